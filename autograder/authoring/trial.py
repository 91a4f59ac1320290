"""Tries an answer against its lesson's checks without a notebook: in this process, in the lesson's own namespace."""

from __future__ import annotations

import contextlib
import io
import linecache
import signal
import sys
import types
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from autograder.course import grade_id, is_solution, is_test, read_notebook
from autograder.grading.names import definitions
from course_lib.check.asking import TOO_LONG, ask_each
from course_lib.check.checks import CheckFailed, Unjudged, bears_out
from course_lib.check.exercise import HIDDEN, VISIBLE, Exercise, together
from course_lib.check.outcome import Outcome

RUN_WHOLE = ("setup", "spark-start")
"""Cells of a lesson that are run as they stand; of the others only what they define."""


ROUNDED = 1e-3
"""So much an answer that computes in 32 bits may differ from what makes its mistake in 64; relative and absolute."""


class TooLong(KeyboardInterrupt):
    """An answer took more than it may: what a student's stop button does. No ``except Exception`` catches it."""


@dataclass(frozen=True)
class Trial:
    """What the checks say of an answer."""

    visible: CheckFailed | None
    hidden: CheckFailed | None
    borne_out: bool | None = None
    """Whether the mistake that the visible check names explains what the hidden examples show, too; None where it names
    none, or where they are looked at in another way."""
    stopped: str = ""
    """Why it could not be tried to its end."""

    @property
    def passes(self) -> bool:
        return self.visible is None and self.hidden is None and not self.stopped

    @property
    def said(self) -> CheckFailed | None:
        """What a student reads first."""
        return self.visible or self.hidden


def namespace(notebook: Path) -> types.ModuleType:
    """What the lesson's own cells define, without running what they compute; Spark is started where they start it."""
    module = types.ModuleType("__main__")  # functions of this name travel to Spark's workers by value
    for cell in read_notebook(notebook)["cells"]:
        if cell["cell_type"] == "code" and not is_solution(cell) and not is_test(cell):
            source = cell["source"] if grade_id(cell) in RUN_WHOLE else definitions(cell["source"])
            exec(source, vars(module))
    return module


def give(module: types.ModuleType, exercise: type[Exercise], title: str, source: str) -> Any:
    """Run an answer in the lesson's namespace; returns what the checks ask.

    Raises:
        Exception: whatever the answer raises, or a KeyError where it does not define what is asked for.
    """
    for name in exercise.names():
        vars(module).pop(name, None)
    file = f"<answer {exercise.name}: {title}>"
    linecache.cache[file] = (len(source), None, source.splitlines(True), file)
    exec(compile(source, file, "exec"), vars(module))
    return together({name: vars(module)[name] for name in exercise.names()})


def a_sample(exercise: type[Exercise], most: int) -> int:
    """How many of an exercise are tried where others get ``most``: a third of them where each takes seconds."""
    return max(1, most // 3) if exercise.costly else most


def try_answer(exercise: type[Exercise], make: Callable[[], Any], seed: int, seconds: float) -> Trial:
    """Ask an answer everything, visible and hidden.

    Args:
        exercise: whose answer it is.
        make: gives the answer, for each part anew.
        seed: of the hidden examples.
        seconds: how long each part may compute.
    """
    parts: dict[str, CheckFailed | None] = {VISIBLE: None, HIDDEN: None}
    asked: dict[str, tuple[Exercise, list[Any], list[Outcome]]] = {}
    for part in parts:
        try:
            with at_most(seconds), contextlib.redirect_stdout(io.StringIO()):
                bound = make()
                fresh = exercise()
                questions = fresh.questions(part, np.random.default_rng(seed))
                asked[part] = fresh, questions, ask_each(fresh, questions, bound)
                fresh.decide(part, *asked[part][1:], bound)
        except CheckFailed as failed:
            parts[part] = failed
            if failed.mistake == TOO_LONG:
                break
        except TooLong:
            return Trial(None, None, stopped=f"it takes more than {seconds:g} seconds")
        except Unjudged as why:
            return Trial(None, None, stopped=f"for a person: {why}")
        except BaseException as error:
            return Trial(None, None, stopped=f"{type(error).__name__}: {error}"[:200])
    failed_first = parts[VISIBLE]
    borne_out = None
    if failed_first is not None and failed_first.mistake and HIDDEN in asked:
        borne_out = _borne_out(failed_first.mistake, asked[VISIBLE], asked[HIDDEN])
    return Trial(failed_first, parts[HIDDEN], borne_out)


def _borne_out(mistake: str, visible: Any, hidden: Any) -> bool | None:
    """Whether a mistake that explains the visible examples explains the hidden ones that are looked at in this way."""
    exercise, questions, outcomes = visible
    first = next(
        (q for q, o in zip(questions, outcomes, strict=True) if o.difference(q.expected, exercise.rtol, exercise.atol)),
        None,  # it only changes what it is given
    )
    made = exercise.foreseen().get(mistake)
    if made is None or first is None:
        return None
    pairs = [(q, o) for q, o in zip(*hidden[1:], strict=True) if _same_look(q, first)]
    examples = [(question.arguments, question.expected) for question, _ in pairs]
    rtol, atol = max(exercise.rtol, ROUNDED), max(exercise.atol, ROUNDED)
    return bears_out(made[0], examples, [outcome for _, outcome in pairs], rtol, atol)


def _same_look(one: Any, two: Any) -> bool:
    return bool(getattr(one.look, "__func__", one.look) == getattr(two.look, "__func__", two.look))


@contextlib.contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Stop what computes for longer, or waits six times as long; where the system has no such signals, nothing.

    Computing time counts, so that a busy machine stops nobody.

    Raises:
        TooLong: after so many seconds, and again each second while it is not heard.
    """
    if sys.platform == "win32":
        yield
        return

    def stop(*_: Any) -> None:
        raise TooLong

    clocks = {signal.ITIMER_PROF: (signal.SIGPROF, seconds), signal.ITIMER_REAL: (signal.SIGALRM, 6 * seconds)}
    before = {number: signal.signal(number, stop) for number, _ in clocks.values()}
    for clock, (_, most) in clocks.items():
        signal.setitimer(clock, most, 1.0)
    try:
        yield
    finally:
        for clock in clocks:
            signal.setitimer(clock, 0)
        for number, handler in before.items():
            signal.signal(number, handler)
