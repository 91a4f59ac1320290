"""Self-checks with hints: the only thing that the test cells of a lesson call.

A test cell reads like a sentence::

    check.values(leaky_relu, [-2.0, 0.0, 3.0], [-0.2, 0.0, 3.0], mistakes={
        "slope 0.01": (lambda x: np.maximum(0.01 * x, x), "The slope for negative x is 0.1 here."),
    })

The parts:

* :func:`values`: a function of arrays, one call;
* :func:`cases`: a function, several calls, any plain Python values (numbers, strings, lists, dicts, arrays);
* :func:`equal`: a value that the student computed;
* :func:`that`: a condition, with the sentence to say when it does not hold;
* :func:`hint`: help on demand, in three levels (:mod:`course_lib.check.hints`).

A check that fails raises :class:`CheckFailed`, an ``AssertionError``: nbgrader and the Validate button understand it.
Answers are compared as plain data: whatever an answer's ``__eq__`` says is never asked.
"""

from __future__ import annotations

import contextlib
import copy
import sys
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NoReturn

import numpy as np

from course_lib.check.hints import hint as hint
from course_lib.check.message import Message, lines, passed
from course_lib.check.outcome import Outcome
from course_lib.check.plain import Difference, describe, short

Mistakes = Mapping[str, tuple[Any, str]]
"""Name of a foreseen mistake → (a function that makes it, or the exception that it ends in, or :class:`when`; hint)."""


class when:
    """A foreseen mistake that is seen in the result itself: ``when(lambda got: got["shapes"] == [(2, 600)])``.

    It fits when ``holds(got)`` is true of every example that went wrong.
    """

    def __init__(self, holds: Callable[[Any], Any]):
        self._holds = holds

    def fits(self, outcome: Outcome) -> bool:
        """Whether it explains what an answer gave; what it cannot be asked of, it does not explain."""
        return outcome.error is None and not outcome.problem and _has_fault(outcome.plain, self._holds)


class Unjudged(Exception):
    """A check cannot decide about an answer: a person has to. The text says why."""


class CheckFailed(AssertionError):
    """The answer is not right yet.

    Attributes:
        exercise: name of the exercise, for instance ``"leaky_relu"``.
        mistake: name of the mistake that fits, or ``""`` where none was recognised.
    """

    def __init__(self, message: Message):
        self.exercise, self.mistake = message.exercise, message.mistake
        super().__init__(message.format())

    def _render_traceback_(self) -> list[str]:
        """What Jupyter shows: the message alone, for a traceback through this module would help nobody."""
        return str(self).split("\n")


# ---------------------------------------------------------------------------------------------- the checks


def values(
    function: Callable[..., Any],
    inputs: Any,
    expected: Any,
    *,
    mistakes: Mistakes | None = None,
    rtol: float = 1e-6,
    atol: float = 1e-9,
    name: str | None = None,
) -> None:
    """Check ``function(inputs)`` against ``expected``, element by element.

    Args:
        function: the student's function.
        inputs: its one argument, made into a float array, or a tuple of arguments, each used as it is.
        expected: what it must return: a number or an array of numbers (a list will do).
        mistakes: name → (function that makes the mistake, or the exception that it ends in; hint).
        rtol, atol: relative and absolute tolerance, as in ``numpy.allclose``.
        name: name of the exercise; the function's own name by default.

    Raises:
        CheckFailed: with the hint of the mistake that fits, or with input, expected and got.
    """
    arguments = inputs if type(inputs) is tuple else (np.asarray(inputs, dtype=float),)
    cases(function, [(arguments, expected)], mistakes=mistakes, rtol=rtol, atol=atol, name=name)


def cases(
    function: Callable[..., Any],
    examples: Sequence[tuple[tuple[Any, ...], Any]],
    *,
    mistakes: Mistakes | None = None,
    rtol: float = 1e-6,
    atol: float = 1e-9,
    name: str | None = None,
) -> None:
    """Check ``function(*arguments)`` against ``expected`` for every ``(arguments, expected)`` of ``examples``.

    Results may be numbers, strings, booleans, None, arrays, and lists, tuples, sets and dicts of these. A list and a
    tuple with the same items count as the same.

    Args:
        function: the student's function.
        examples: pairs of a tuple of arguments and the result that they must give.
        mistakes: name → (function that makes the mistake, or the exception that it ends in; hint). A mistake fits
            when it explains the student's results for *all* examples.
        rtol, atol: relative and absolute tolerance for numbers.
        name: name of the exercise; the function's own name by default.

    Raises:
        CheckFailed: with the hint of the mistake that fits, or with the first example that differs.
    """
    exercise = _name_of(function, name)
    if not callable(function):
        _fail(exercise, "not a function", f"`{exercise}` should be a function, but it is {describe(function)}.")
    outcomes = [ask(function, arguments) for arguments, _ in examples]
    decide(exercise, examples, outcomes, mistakes or {}, rtol, atol)
    print(passed(exercise, len(examples)))


def equal(
    value: Any,
    expected: Any,
    *,
    name: str,
    mistakes: Mistakes | None = None,
    rtol: float = 1e-6,
    atol: float = 1e-9,
) -> None:
    """Check a value that the student computed.

    Args:
        value: the student's value.
        expected: what it must be.
        name: name of the exercise.
        mistakes: name → (the wrong value, or a function that says whether a value has the fault; hint).
        rtol, atol: relative and absolute tolerance for numbers.

    Raises:
        CheckFailed: with the hint of the mistake that fits, or with expected and got.
    """
    difference = Outcome(value=value).difference(expected, rtol, atol)
    if not difference:
        print(passed(name))
        return
    for mistake, (wrong, hint_text) in (mistakes or {}).items():
        if _has_fault(value, wrong) if callable(wrong) else not Outcome(value=value).difference(wrong, rtol, atol):
            _fail(name, mistake, hint_text, f"  got       {short(difference.got)}")
    _fail(name, difference.mistake, difference.sentence, _example((), difference))


def that(condition: Any, sentence: str, *, name: str, mistake: str = "") -> None:
    """Check that ``condition`` is ``True``, exactly; else fail with ``sentence``.

    Args:
        condition: ``True`` or NumPy's ``True``; anything else fails, also an object that merely counts as true.
        sentence: what to tell the student, in words.
        name: name of the exercise.
        mistake: name of the mistake that the condition excludes.

    Raises:
        CheckFailed: with ``sentence``.
    """
    if type(condition) in (bool, np.bool_) and bool(condition):
        print(passed(name))
    else:
        _fail(name, mistake, sentence)


# --------------------------------------------------------------------------- calling what a student wrote


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    """Warnings and stderr never cost a point: a warning is no error, so it does not reach stderr."""
    with warnings.catch_warnings(), np.errstate(all="ignore"), contextlib.redirect_stderr(sys.stdout):
        warnings.simplefilter("ignore")
        yield


def ask(function: Callable[..., Any], arguments: tuple[Any, ...]) -> Outcome:
    """Call a function on fresh copies of its arguments."""
    fresh = [copy.deepcopy(a) if type(a) in (np.ndarray, list, dict, set) else a for a in arguments]
    try:
        with quiet():
            return Outcome(value=function(*fresh))
    except Unjudged:
        raise
    except (Exception, SystemExit) as error:
        return Outcome(error=error)


def decide(
    exercise: str,
    examples: Sequence[tuple[tuple[Any, ...], Any]],
    outcomes: Sequence[Outcome],
    mistakes: Mistakes,
    rtol: float = 1e-6,
    atol: float = 1e-9,
) -> None:
    """Compare what an answer gave with what was expected.

    Args:
        exercise: its name.
        examples: pairs of a tuple of arguments and the result that they must give.
        outcomes: what the answer gave, one for each example.
        mistakes, rtol, atol: as in :func:`cases`.

    Raises:
        CheckFailed: with the hint of the mistake that fits, or with the first example that differs.
    """
    differences = [o.difference(expected, rtol, atol) for o, (_, expected) in zip(outcomes, examples, strict=True)]
    wrong = [number for number, difference in enumerate(differences) if difference]
    if not wrong:
        return
    (arguments, _), outcome, difference = examples[wrong[0]], outcomes[wrong[0]], differences[wrong[0]]
    assert difference is not None
    for mistake, (makes, hint_text) in mistakes.items():
        if isinstance(makes, when):
            explained = all(makes.fits(outcomes[number]) for number in wrong)
        else:
            explained = _explains(makes, examples, outcomes, rtol, atol)
        if explained:
            if outcome.error is None:
                _fail(exercise, mistake, hint_text, _example(arguments, difference))
            _, sentence, place = outcome.error.explain()
            _fail(exercise, mistake, lines(hint_text, sentence), place)
    if outcome.error:
        name, sentence, place = outcome.error.explain()
        shown = "" if outcome.error.kind == "NotImplementedError" else _arguments_line(arguments)
        _fail(exercise, name, sentence, lines(place, shown))
    _fail(exercise, difference.mistake, difference.sentence, _example(arguments, difference))


def _explains(wrong: Any, examples: Sequence[Any], outcomes: Sequence[Outcome], rtol: float, atol: float) -> bool:
    """Whether a foreseen mistake gives what the student's function gave, for all examples."""
    if isinstance(wrong, type) and issubclass(wrong, BaseException):
        return any(wrong.__name__ in outcome.error.kinds for outcome in outcomes if outcome.error is not None)
    for (arguments, _), outcome in zip(examples, outcomes, strict=True):
        foreseen = ask(wrong, arguments)
        if foreseen.error or outcome.error or foreseen.problem or outcome.problem:
            return False
        if not outcome.agrees(foreseen.plain, rtol, atol):
            return False
    return True


def _has_fault(value: Any, fault: Callable[..., Any]) -> bool:
    """Whether ``fault(value)`` is true; a fault that cannot be asked of this value is not there."""
    try:
        with quiet():
            return bool(fault(value))
    except Exception:
        return False


# ------------------------------------------------------------------------------------- what a student reads


def _arguments_line(arguments: tuple[Any, ...]) -> str:
    shown = ", ".join(short(a) for a in arguments)
    return f"  input     {shown}" if shown else ""


def _example(arguments: tuple[Any, ...], difference: Difference) -> str:
    """Input, expected and got, one line each. Where one element of an array differs, only that one."""
    index = difference.index
    if index and len(arguments) == 1 and isinstance(arguments[0], np.ndarray) and arguments[0].ndim == len(index):
        with contextlib.suppress(IndexError):
            arguments = (arguments[0][index],)
    return lines(
        _arguments_line(arguments),
        f"  expected  {short(difference.expected)}",
        f"  got       {short(difference.got)}",
    )


def _name_of(function: Any, name: str | None) -> str:
    """The name of an exercise: the given one, the function's own, or that of the variable that holds it."""
    own = getattr(function, "__name__", "")
    if name or (type(own) is str and own.isidentifier()):
        return name or str(own)
    with contextlib.suppress(Exception):
        from IPython import get_ipython

        for variable, value in get_ipython().user_ns.items():
            if value is function and not variable.startswith("_"):
                return str(variable)
    return "your answer"


def _fail(exercise: str, mistake: str, hint: str, detail: str = "") -> NoReturn:
    raise CheckFailed(Message(exercise, mistake, hint, detail)) from None
