"""An exercise as an object: what is asked, which answers are right, which mistakes are foreseen.

A lesson's exercises stand in its ``checks.py``, beside the notebook::

    class Mse(Exercise):
        name = "mse"

        def examples(self):                       # a student may see these
            yield (np.array([1.0, 2.0]), np.array([0.0, 0.0])), 2.5

        def hidden(self, rng):                    # drawn anew for each hand-in; no student's copy holds them
            p, z = rng.normal(size=(2, 50))
            yield (p, z), np.mean((p - z) ** 2)

        def hidden_inputs(self, draw):            # any input that the task allows, special ones among them
            shape = draw.shape(1, 9)
            p, z = draw.array(shape, -9, 9), draw.array(shape, -9, 9)
            return (p, z), np.mean((p - z) ** 2)

        mistakes = {
            "not squared": (lambda p, z: np.mean(abs(p - z)), "You average |p − z|. Square the differences first."),
        }

The same object serves twice. In a student's notebook it asks the function itself. When a hand-in is graded it lives in
another process than the answer (the judge); what it calls is a stand-in then, to which only plain data goes and from
which only plain data comes. So ``look`` must not expect more of an answer than that: numbers, strings, lists, tuples,
sets, dicts, arrays. Functions may be given as arguments. What can only be done where the answer is (start Spark, feed a
``tf.data.Dataset``, build a model) stands in a function marked with :func:`beside`.
"""

from __future__ import annotations

import contextlib
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial, wraps
from types import MappingProxyType
from typing import Any, ClassVar

import numpy as np

from course_lib.check.checks import CheckFailed, Mistakes, ask, decide
from course_lib.check.draws import Draw
from course_lib.check.family import About
from course_lib.check.inputs import Kinds
from course_lib.check.message import Message, lines, passed
from course_lib.check.outcome import Outcome

VISIBLE, HIDDEN = "visible", "hidden"
NOTED, COSTS, ALLOWED = "noted", "costs", "allowed"
DRAWN = 3
"""So many of the inputs that an exercise declares are asked besides its hidden examples."""
CHANGES = "Your function changes what it is given. Whoever calls it may still need that: work on a copy."
IN_PLACE = "`a += …` and `a[i] = …` change `a` itself; `a = a + …` makes a new one."


@dataclass(frozen=True)
class Example:
    """One question and what must come back."""

    arguments: tuple[Any, ...]
    expected: Any
    look: Callable[..., Any]
    """Called with the answer and the arguments: what is compared with ``expected``."""


class Exercise:
    """One exercise of a lesson. Subclass it in the lesson's ``checks.py``."""

    name: ClassVar[str] = ""
    """As the answer's cell is called in the notebook."""
    asks: ClassVar[tuple[str, ...]] = ()
    """The names that the answer must define; by default the exercise's own. Of several, ``look`` gets an object with
    them as attributes."""
    rtol: ClassVar[float] = 1e-6
    atol: ClassVar[float] = 1e-9
    costly: ClassVar[bool] = False
    """Whether a question takes seconds: then the judge asks no question twice."""
    in_place: ClassVar[str] = NOTED
    """What it means that an answer changes its arguments: by default a student is told, and loses nothing; ``COSTS``
    where the task forbids it, ``ALLOWED`` where the task is to do so."""
    mistakes: Mistakes = MappingProxyType({})
    """Foreseen mistakes: name → (what makes it, hint); see :func:`course_lib.check.checks.cases`."""
    kinds: Kinds = MappingProxyType({})
    """Words for kinds of input → whether an example's arguments are of that kind: ``"the user is unknown"``. Where just
    those go wrong, a student is told."""
    parts: ClassVar[tuple[str, ...]] = ()
    """What the parts of a result are called, where it has several: which are right is told, then."""
    reference: ClassVar[Callable[..., Any] | None] = None
    """A static method that gives what is right, where that is cheap; its parameters are called as the task calls them.
    It is asked with other arguments than the answer: "It comes out as if `b` had the other sign." """
    steps: ClassVar[Callable[..., Mapping[str, Any]] | None] = None
    """A static method with the task's parameters: what one works out by hand on the way, words → value.
    Told of the example that is shown where nothing better is known of a mistake than that all is too large."""
    hidden_mistakes: Mistakes = MappingProxyType({})
    """Those that only hidden examples can show; tried after ``mistakes``."""

    def examples(self) -> Iterable[Any]:
        """The visible examples: pairs ``(arguments, expected)``, or triples with a way to look of their own.

        Every example with the same way to look belongs together: a mistake must explain all of them.
        """
        raise NotImplementedError

    def hidden(self, rng: np.random.Generator) -> Iterable[Any]:
        """The hidden examples, in the same form, drawn with ``rng``; fixed corner cases come on top."""
        return ()

    hidden_in_32_bits: ClassVar[bool] = True
    """Whether float arrays among ``hidden_inputs`` are natural in 32 bits, too: then both are tried."""

    def hidden_inputs(self, draw: Draw) -> tuple[tuple[Any, ...], Any] | None:
        """One input of all that the task allows, drawn with ``draw``: a pair ``(arguments, expected)``.

        A few are asked besides the hidden examples, with ``look``; thousands by ``autograder prove --draws``, of right
        answers. By default None: then nothing is declared.
        """
        return None

    def look(self, answer: Any, *arguments: Any) -> Any:
        """What is compared with ``expected``: by default what the answer returns.

        Of a dict of facts, keys that begin with ``_`` are not compared; foreseen mistakes may read them. Where an
        answer has not the form that is looked at, give ``unfit(answer)``: it might be the very facts expected.
        """
        return answer(*arguments)

    # ----------------------------------------------------------------- what follows is the same for all exercises

    @classmethod
    def foreseen(cls) -> Mistakes:
        """All foreseen mistakes, in the order in which they are tried."""
        return {**cls.mistakes, **cls.hidden_mistakes}

    def questions(self, part: str, rng: np.random.Generator) -> list[Example]:
        """The examples of a part, `visible` or `hidden`.

        Raises:
            TypeError: where an example has another form.
        """
        found = []
        for given in self.examples() if part == VISIBLE else [*self.hidden(rng), *self._drawn(rng)]:
            if not isinstance(given, tuple) or len(given) not in (2, 3) or not isinstance(given[0], tuple):
                raise TypeError(f"{self.name}: an example is (arguments, expected) with a tuple of arguments")
            found.append(Example(given[0], given[1], given[2] if len(given) == 3 else self.look))
        return found

    def _drawn(self, rng: np.random.Generator) -> Iterator[Any]:
        """A few of the inputs that are declared; looked at last, so that hints are chosen by the hidden examples."""
        for _ in range(DRAWN):
            if given := self.hidden_inputs(Draw(rng)):
                yield (*given, self._look_at_drawn)

    def _look_at_drawn(self, answer: Any, *arguments: Any) -> Any:
        return self.look(answer, *arguments)

    def ask(self, question: Example, answer: Any) -> Outcome:
        """Ask one question.

        Raises:
            Unjudged: where a person has to decide.
        """
        return ask(lambda *arguments: question.look(answer, *arguments), question.arguments)

    def calls(self, question: Example) -> bool:
        """Whether a question's arguments are those of the answer's function, and what it returns is compared."""
        usual = question.look in (self.look, self._look_at_drawn)
        return usual and type(self).look is Exercise.look and not self.asks

    def decide(self, part: str, questions: list[Example], outcomes: list[Outcome], answer: Any = None) -> None:
        """Compare all that came back with what was expected.

        Args:
            part: `visible` or `hidden`.
            questions: what was asked.
            outcomes: what came back.
            answer: where it may be asked once more, to tell more of what is wrong.

        Raises:
            CheckFailed: with the hint of the mistake that fits, or with the first example that differs.
        """
        mistakes = self.mistakes if part == VISIBLE else self.foreseen()
        groups = list(_by_look(questions))
        amiss = sum(self._is_amiss([questions[n] for n in group], [outcomes[n] for n in group]) for group in groups)
        well: list[tuple[Any, ...]] = []
        for group in groups:
            pairs = [(questions[number].arguments, questions[number].expected) for number in group]
            chosen = [outcomes[number] for number in group]
            first = questions[group[0]]
            again = None if answer is None or self.costly else partial(self._again, first, answer)
            steps = self.steps if first.look in (self.look, self._look_at_drawn) else None
            about = About(self.calls(first), self.kinds, well, amiss > 1, self.parts, self.reference, again, steps)
            decide(self.name, pairs, chosen, mistakes, self.rtol, self.atol, about)
            well = well + [arguments for arguments, _ in pairs]
        if self.in_place == COSTS and any(outcome.changed for outcome in outcomes):
            raise CheckFailed(Message(self.name, "changes what it is given", lines(CHANGES, IN_PLACE)))

    def _is_amiss(self, questions: list[Example], outcomes: list[Outcome]) -> bool:
        """Whether something came back that was not expected."""
        pairs = zip(questions, outcomes, strict=True)
        return any(outcome.difference(q.expected, self.rtol, self.atol) for q, outcome in pairs)

    def _again(self, question: Example, answer: Any, arguments: tuple[Any, ...]) -> Outcome:
        """Ask a question with other arguments; what an answer prints then, nobody needs to see."""
        with contextlib.redirect_stdout(io.StringIO()):
            return self.ask(Example(arguments, None, question.look), answer)

    def passed(self, outcomes: list[Outcome]) -> str:
        """What a student reads where all is right."""
        line = passed(self.name, len(outcomes))
        noted = self.in_place == NOTED and any(outcome.changed for outcome in outcomes)
        return lines(line, f"  {CHANGES}" if noted else "")

    @classmethod
    def names(cls) -> tuple[str, ...]:
        """The names that the answer must define."""
        return cls.asks or (cls.name,)


def _by_look(questions: list[Example]) -> Iterator[list[int]]:
    """The numbers of the questions that are looked at in the same way."""
    looks: list[Any] = []
    for question in questions:
        if question.look not in looks:
            looks.append(question.look)
    for look in looks:
        yield [number for number, question in enumerate(questions) if question.look == look]


class Several:
    """The parts of an answer that defines several names, as attributes."""

    def __init__(self, parts: Mapping[str, Any]):
        vars(self).update(parts)

    @property
    def one(self) -> Any:
        """Any one of them: enough to know where they are."""
        return next(iter(vars(self).values()))


def together(parts: Mapping[str, Any]) -> Any:
    """An answer as checks get it: its one function, or an object with all that it defines."""
    return Several(parts) if len(parts) > 1 else next(iter(parts.values()))


def beside(function: Callable[..., Any]) -> Callable[..., Any]:
    """Mark a function of ``checks.py`` that runs where the answer is, in the student's process.

    Its first argument is the answer, the others are plain data or functions; it returns plain data. It stands at top
    level and uses nothing but its arguments, the imports of ``checks.py`` and other functions so marked: when a hand-in
    is graded, these alone travel to the student's process. Nothing in it may tell what is right.
    """

    @wraps(function)
    def run(answer: Any, *arguments: Any) -> Any:
        one = answer.one if isinstance(answer, Several) else answer
        if getattr(type(one), "is_stand_in", False):
            return one.run_beside(function.__name__, answer, arguments)
        return function(answer, *arguments)

    return run
