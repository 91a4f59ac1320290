"""The judge: the process that runs the tests of one hand-in. It never holds student code, only stand-ins for it.

It is forked from the same server as the student's kernel, lives in a sandbox of its own (it reads what hostile code
sends), and talks to two sides: the grader, which names the tests, and the student's process, which answers questions.
Expected values, foreseen mistakes, hidden examples and verdicts exist here alone.
"""

from __future__ import annotations

import ast
import builtins
import contextlib
import io
import random
import secrets
import socket
import types
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

import course_lib.check
from autograder.course import is_one_line
from autograder.kernels.messages import JAVA_ENDED, SPARK_AMISS
from autograder.kernels.stand_in import StandIn, Student, beside_half
from autograder.kernels.wire import Channel, WireError
from course_lib import syntax
from course_lib.check.checks import CheckFailed, Unjudged
from course_lib.check.exercise import HIDDEN, VISIBLE, Example, Exercise, together
from course_lib.check.lesson import LessonChecks
from course_lib.check.message import Message
from course_lib.check.outcome import SPARK_FAILED, SPARK_GONE, AnswerError, Outcome

LONGEST = 20_000
"""Characters of a text that a verdict may hold."""
ENOUGH = 3
"""So many hidden examples, wrong where all visible ones are right, tell of an answer made for the visible ones."""

GONE = "The student's process gave no answer any more."
TOO_LONG = "This test ran for too long and was stopped. Is there an endless loop?"
BY_SPARK = {SPARK_GONE: JAVA_ENDED, SPARK_FAILED: SPARK_AMISS}
"""Mistakes that may be none → what a person is told of them."""


@dataclass
class Verdict:
    """What a test says."""

    printed: str = ""
    error: tuple[str, str] | None = None
    """Name and text of the error that it ended in."""
    score: float | None = None
    """Partial credit: a number as the last expression."""
    stopped: str = ""
    """Why it could not run to its end, where that is no failed check."""
    for_a_person: list[str] = field(default_factory=list)
    """Why a person should look, in sentences; the points are 0 for now."""

    def plain(self) -> dict[str, Any]:
        """As it goes to the grader."""
        return {
            "printed": self.printed[:LONGEST],
            "error": [part[:LONGEST] for part in self.error] if self.error else None,
            "score": self.score,
            "stopped": self.stopped[:LONGEST],
            "for_a_person": [sentence[:1000] for sentence in self.for_a_person[:10]],
        }


class Asked:
    """All that was asked about one exercise, and what came back."""

    def __init__(self, exercise: Exercise, seed: int, answer: Any, parts: tuple[str, ...], student: Student):
        """Ask all questions of these parts, in an order that nobody can foresee, some of them twice.

        Raises:
            Unjudged: where a person has to decide.
            WireError: where the student's process does not answer.
        """
        self.exercise = exercise
        self.questions = {part: exercise.questions(part, np.random.default_rng(seed)) for part in parts}
        self.outcomes: dict[tuple[str, int], Outcome] = {}
        self.changes_its_mind = False
        order = [(part, number) for part in parts for number in range(len(self.questions[part]))]
        if not exercise.costly:
            order += random.SystemRandom().sample(order, (len(order) + 2) // 3)
        random.SystemRandom().shuffle(order)
        for part, number in order:
            with contextlib.redirect_stdout(io.StringIO()):
                outcome = exercise.ask(self.questions[part][number], answer)
            outcome.changed = student.has_changed()
            before = self.outcomes.setdefault((part, number), outcome)
            self.changes_its_mind |= before is not outcome and not _alike(before, outcome, exercise)

    def of(self, part: str) -> tuple[list[Example], list[Outcome]]:
        """The questions of a part, and what came back."""
        questions = self.questions[part]
        return questions, [self.outcomes[part, number] for number in range(len(questions))]

    def wrong(self, part: str) -> list[bool]:
        """Which outcomes of a part differ from what was expected."""
        questions, outcomes = self.of(part)
        ex = self.exercise
        return [
            bool(outcome.difference(question.expected, ex.rtol, ex.atol))
            for question, outcome in zip(questions, outcomes, strict=True)
        ]

    def knows_the_visible_alone(self) -> bool:
        """Whether hidden examples are answered wrongly, but for what is given as well where it is wrong: by chance."""
        _, outcomes = self.of(HIDDEN)
        wrong = self.wrong(HIDDEN)
        amiss = [outcome for outcome, is_wrong in zip(outcomes, wrong, strict=True) if is_wrong]
        if len(wrong) < ENOUGH or 2 * len(amiss) < len(wrong):
            return False
        right = [outcome for outcome, is_wrong in zip(outcomes, wrong, strict=True) if not is_wrong]
        return all(any(_alike(one, other, self.exercise) for other in amiss) for one in right)

    def satisfies_a_decoy(self) -> bool:
        """Whether some outcome agrees with an expectation that nobody could fulfil: then comparing is broken."""
        decoy = [secrets.token_hex(16), secrets.randbits(60)]
        return any(outcome.difference(decoy, 0, 0) is None for outcome in self.outcomes.values())


def _alike(one: Outcome, two: Outcome, exercise: Exercise) -> bool:
    """Whether two outcomes of the same question agree."""
    if one.error or two.error or one.problem or two.problem:
        return (one.error and one.error.kind) == (two.error and two.error.kind) and one.problem == two.problem
    return one.fits == two.fits and two.agrees(one.shown, exercise.rtol, exercise.atol)


class Judge:
    """Runs tests."""

    def __init__(
        self,
        student: Channel,
        checks: str,
        seed: int,
        definitions: list[str],
        wake: Callable[[], None] = lambda: None,
    ):
        """Get ready for one hand-in.

        Args:
            student: the connection to its process.
            checks: the text of the lesson's ``checks.py``; empty where there is none.
            seed: of the hidden examples.
            definitions: what the lesson's own cells define; for tests that stand in the notebook.
            wake: has the student's process answer, when there is a question.
        """
        self._student = Student(student, beside_half(checks), wake)
        self._checks, self._seed = LessonChecks(checks), seed
        self._asked: dict[str, Asked] = {}
        self._verdict = Verdict()
        self._module = types.ModuleType("__main__")
        for source in definitions:
            with contextlib.suppress(Exception):
                exec(compile(source, "<lesson>", "exec"), vars(self._module))

    def test(self, source: str, answers: list[str]) -> Verdict:
        """Run one test cell.

        Args:
            source: the cell.
            answers: the names that the lesson asks for in the answer's cell.
        """
        self._verdict = verdict = Verdict()
        printed = io.StringIO()
        try:
            with contextlib.redirect_stdout(printed):
                self._run(source, answers)
        except CheckFailed as failed:
            verdict.error = "CheckFailed", str(failed)
            if said := BY_SPARK.get(failed.mistake):
                verdict.for_a_person.append(said)
        except Unjudged as why:
            verdict.error = "Unjudged", str(why)
            verdict.for_a_person.append(f"the test cannot decide: {why}")
        except AnswerError as error:
            verdict.error = error.raised.kind, error.raised.text
        except KeyboardInterrupt:
            verdict.stopped = TOO_LONG
        except WireError as error:
            verdict.stopped = f"{GONE} ({error})"
        except (Exception, SystemExit) as error:
            verdict.error = type(error).__name__, str(error)
            missing = isinstance(error, NameError) and error.name in answers
            if not isinstance(error, AssertionError) and not missing:
                verdict.for_a_person.append("the test itself stopped with an error that is not the answer's")
        finally:
            with contextlib.suppress(WireError):
                self._student.done()
        verdict.printed = printed.getvalue()
        return verdict

    def _run(self, source: str, answers: list[str]) -> None:
        names = vars(self._module)
        names["check"] = _Checks(self)
        tree = syntax.parse(source)
        if not is_one_line(source):
            self._bind(answers, {part.id for part in ast.walk(tree) if isinstance(part, ast.Name)})
        last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
        exec(compile(tree, "<checks>", "exec"), names)
        if isinstance(last, ast.Expr):
            value = eval(compile(ast.Expression(last.value), "<checks>", "eval"), names)
            if value is not None:
                self._score(value)

    def _score(self, value: Any) -> None:
        """Take a number as partial credit; anything else is for a person."""
        if isinstance(value, (int, float, np.number)) and not isinstance(value, bool):
            self._verdict.score = float(value)
        else:
            self._verdict.for_a_person.append("the test showed something that is no score")

    def _bind(self, answers: list[str], read: set[str]) -> None:
        """Bind the students' names that a test in the notebook reads: functions to stand-ins, values as plain data."""
        names = vars(self._module)
        for name in answers:
            names.pop(name, None)
        wanted = sorted({n for n in read if n not in names and not hasattr(builtins, n)} | (read & set(answers)))
        for name, kind in self._student.kinds(wanted).items():
            names[name] = StandIn(self._student, name) if kind == "function" else self._student.value(name)

    def answer(self, name: str, hidden: bool = False) -> None:
        """Decide about an exercise of ``checks.py``: what :func:`course_lib.check.answer` does in a notebook.

        Raises:
            CheckFailed: where the answer is not right.
            Unjudged: where a person has to decide.
            WireError: where the student's process does not answer.
        """
        exercise = self._checks.exercises[name]()
        part = HIDDEN if hidden else VISIBLE
        if name not in self._asked or part not in self._asked[name].questions:
            bound = self._stand_in(exercise)
            parts = (part,) if exercise.costly else (VISIBLE, HIDDEN)
            self._asked[name] = Asked(exercise, self._seed, bound, parts, self._student)
        asked = self._asked[name]
        questions, outcomes = asked.of(part)
        asked.exercise.decide(part, questions, outcomes)
        if asked.changes_its_mind:
            self._verdict.for_a_person.append("the same question got different answers")
        if asked.satisfies_a_decoy():
            self._verdict.for_a_person.append("the answer agrees with an expectation that is wrong on purpose")
        if part == VISIBLE and HIDDEN in asked.questions and asked.knows_the_visible_alone():
            self._verdict.for_a_person.append("it is right for the examples that students see, and for no other")
        print(asked.exercise.passed(outcomes))

    def _stand_in(self, exercise: Exercise) -> Any:
        """What stands for the answer.

        Raises:
            CheckFailed: where a name that is asked for is missing, or is no function.
        """
        names = exercise.names()
        kinds = self._student.kinds(list(names))
        for name in names:
            if name not in kinds:
                said = f"There is no `{name}` after the cell with the answer ran. Does that cell stop with an error?"
                raise CheckFailed(Message(exercise.name, "not defined", said))
            if kinds[name] != "function":
                said = f"`{name}` should be a function, but it is a value."
                raise CheckFailed(Message(exercise.name, "not a function", said))
        return together({name: StandIn(self._student, name, names) for name in names})


class _Checks:
    """:mod:`course_lib.check` as a test in the judge sees it."""

    def __init__(self, judge: Judge):
        self.answer = judge.answer

    def __getattr__(self, name: str) -> Any:
        return getattr(course_lib.check, name)


def run(grader: socket.socket, student: socket.socket) -> None:
    """Be the judge of one hand-in until the grader hangs up."""
    orders = Channel(grader)
    judge: Judge | None = None
    with contextlib.suppress(WireError):
        while True:
            try:
                order, _ = orders.receive()
                if judge is None:
                    try:
                        judge = Judge(
                            Channel(student),
                            order["checks"],
                            order["seed"],
                            order["definitions"],
                            wake=lambda: orders.send({"asks": True}),
                        )
                    except Exception as error:
                        orders.send({"failed": f"{type(error).__name__}: {error}"[:500]})
                        return
                    orders.send({"ready": True})
                else:
                    orders.send(judge.test(order["test"], order["answers"]).plain())
            except KeyboardInterrupt:  # it came when the test was over
                continue
