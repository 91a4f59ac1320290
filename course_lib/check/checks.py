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
import inspect
import re
import sys
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, NoReturn

import numpy as np

from course_lib.check import family
from course_lib.check.hints import hint as hint
from course_lib.check.message import Message, lines, passed, wrapped
from course_lib.check.outcome import Outcome
from course_lib.check.plain import Difference, NotPlain, compare, describe, short, to_plain

Mistakes = Mapping[str, tuple[Any, str]]
"""Name of a foreseen mistake → (a function that makes it, or :class:`when`, or :class:`raises`; hint)."""


class when:
    """A foreseen mistake that is seen in the result itself: ``when(lambda got: got["shapes"] == [(2, 600)])``.

    It fits when ``holds(got)`` is true of every example that went wrong. With two parameters it is asked
    ``holds(got, expected)``: how an answer differs is often common to a family of mistakes.
    """

    def __init__(self, holds: Callable[..., Any]):
        asked = [one for one in inspect.signature(holds).parameters.values() if one.default is one.empty]
        self._holds, self._both = holds, len(asked) == 2

    def fits(self, outcome: Outcome, expected: Any) -> bool:
        """Whether it explains what an answer gave; what it cannot be asked of, it does not explain."""
        if outcome.error is not None or outcome.problem:
            return False
        got = outcome.plain
        return _has_fault(got, (lambda g: self._holds(g, to_plain(expected))) if self._both else self._holds)


def in_turn(faults: Mapping[str, tuple[Callable[[Any], Any], str]]) -> dict[str, tuple[when, str]]:
    """Of faults that the same facts show only the first is told: the others may follow from it.

    Args:
        faults: name → (whether a result has the fault; hint), the one that goes first first.
    """
    tests = [holds for holds, _ in faults.values()]

    def alone(number: int) -> when:
        return when(lambda got: tests[number](got) and not any(holds(got) for holds in tests[:number]))

    return {name: (alone(number), hint) for number, (name, (_, hint)) in enumerate(faults.items())}


class raises:
    """A foreseen mistake that ends in an exception: ``raises("AxisError", "axis 1 is out of bounds")``.

    The kind alone explains nothing, so its text must hold what tells this mistake from others. It fits when all that
    went wrong ended so.
    """

    def __init__(self, kind: str, text: str):
        """Name the exception and a regular expression that is found in its text; case does not matter."""
        self._kind, self._text = kind, re.compile(text, re.IGNORECASE)

    def fits(self, outcome: Outcome, expected: Any) -> bool:
        """Whether an answer ended so."""
        error = outcome.error
        return error is not None and self._kind in error.kinds and bool(self._text.search(error.text))


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
        return wrapped(str(self)).split("\n")


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
        mistakes: name → (function that makes the mistake, or :class:`when`, or :class:`raises`; hint).
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
        mistakes: name → (function that makes the mistake, or :class:`when`, or :class:`raises`; hint).
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
    _fail(name, difference.mistake, difference.sentence, _example("", (), difference))


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
    """Call a function on fresh copies of its arguments, and see whether it changes them."""
    fresh = copies(arguments)
    try:
        with quiet():
            outcome = Outcome(value=function(*fresh))
    except Unjudged:
        raise
    except (Exception, SystemExit) as error:
        outcome = Outcome(error=error)
    outcome.changed = has_changed(arguments, fresh)
    return outcome


CHANGEABLE = (np.ndarray, list, dict, set)
"""Kinds of arguments that a function may change in place."""


def copies(arguments: Sequence[Any]) -> list[Any]:
    """Arguments that a call may change, each a copy; the others as they are."""
    return [copy.deepcopy(a) if type(a) in CHANGEABLE else a for a in arguments]


def has_changed(before: Sequence[Any], after: Sequence[Any]) -> bool:
    """Whether a call has changed one of its arguments in place."""
    with contextlib.suppress(NotPlain, ValueError, TypeError, RecursionError):
        for one, two in zip(before, after, strict=True):
            if type(one) in CHANGEABLE and compare(to_plain(one), to_plain(two), 0, 0, equal_nan=True):
                return True
    return False


LONGEST_CALL = 240
"""Characters of all arguments together; longer arrays are told by their shapes."""
BY_HAND = "The example below, by hand. Print the same in your code, and compare:"
AT_TIMES, PROPERTY = 1, 2
"""How well a function fits that gives something else in what is right, and how well a property, see :func:`_fits`."""


def decide(
    exercise: str,
    examples: Sequence[tuple[tuple[Any, ...], Any]],
    outcomes: Sequence[Outcome],
    mistakes: Mistakes,
    rtol: float = 1e-6,
    atol: float = 1e-9,
    about: family.About = family.NOTHING,
) -> None:
    """Compare what an answer gave with what was expected.

    A foreseen mistake fits where it explains all that is wrong. A function that explains what is right as well goes
    first, then properties in their order; where two functions fit equally well, both are named. Where none fits, a
    property of the difference is told, if there is one.

    Args:
        exercise: its name.
        examples: pairs of a tuple of arguments and the result that they must give.
        outcomes: what the answer gave, one for each example.
        mistakes, rtol, atol: as in :func:`cases`.
        about: what the exercise says of itself.

    Raises:
        CheckFailed: with the hint of the mistake that fits, or with the first example that differs.
    """
    differences = [o.difference(expected, rtol, atol) for o, (_, expected) in zip(outcomes, examples, strict=True)]
    wrong = [number for number, difference in enumerate(differences) if difference]
    if not wrong:
        return
    (arguments, _), outcome, difference = examples[wrong[0]], outcomes[wrong[0]], differences[wrong[0]]
    assert difference is not None
    call = exercise if about.called else ""
    right = [example for number, example in enumerate(examples) if number not in wrong]
    if not about.called and difference.mistake == "returns None":  # what is looked at is not what should come back
        difference = replace(difference, comparable=False)
    if difference.mistake == "returns None" and any(expected is None for _, expected in examples):
        difference = replace(difference, sentence="`None` comes back, and there is another answer.")
    detail = _example(call, arguments, difference)
    rank = {name: _fits(made, examples, outcomes, wrong, rtol, atol) for name, (made, _) in mistakes.items()}
    best = max(rank.values(), default=0)
    fitting = [name for name in mistakes if rank[name] == best] if best else []
    if best == PROPERTY:
        fitting = fitting[:1]  # several properties are no contradiction: whoever wrote them put the first one first
    if outcome.error is not None:
        kind, sentence, place = outcome.error.explain()
        shown = "" if outcome.error.kind == "NotImplementedError" else arguments_line(call, arguments)
        if fitting:
            _fail(exercise, fitting[0], lines(_common(mistakes, fitting), sentence), place)
        only = family.which_examples([examples[n] for n in wrong], right, about) if shown else None
        _fail(exercise, kind, lines(sentence, only.sentence if only else ""), lines(place, shown))
    if fitting:
        if not call and _is_fact(difference.expected):
            detail = arguments_line(call, arguments)
        at_times = "Not in every example, but where it goes wrong:" if best == AT_TIMES else ""
        _fail(exercise, fitting[0], lines(at_times, _common(mistakes, fitting)), detail)
    name, sentence = difference.mistake, difference.sentence
    if sentence and not call and (part := _part(difference, about.parts)):
        sentence = f"In {part}: {sentence}"
    seen = family.of([(*examples[n], outcomes[n]) for n in wrong], right, rtol, atol, about)
    if seen and name in ("", "wrong shape", "wrong length", "not finite"):
        name, sentence = name or seen.name, lines(sentence, seen.sentence)
    if not name and (other := next((outcomes[n].error for n in wrong if outcomes[n].error), None)):
        name, sentence = other.kind, f"For another input your code stops with {other.kind}: {other.text}"
        stopped = [n for n in wrong if outcomes[n].error]
        why = [
            hint
            for made, hint in mistakes.values()
            if isinstance(made, raises) and all(made.fits(outcomes[n], examples[n][1]) for n in stopped)
        ]
        sentence = lines(sentence, *why[:1])
    if name in ("", "one side") and difference.comparable and about.steps:
        sentence = lines(sentence, by_hand(about.steps, arguments))
    _fail(exercise, name, sentence, detail)


def _part(difference: Difference, parts: Sequence[str]) -> str:
    """What the part of a result is called in which it differs."""
    kind, number = difference.path[0] if difference.path else ("", 0)
    return parts[number] if kind == "item" and number < len(parts) else ""


def by_hand(steps: Callable[..., Mapping[str, Any]], arguments: tuple[Any, ...]) -> str:
    """What one works out on the way to the result, to be compared with what the code has there."""
    try:
        with quiet():
            found = {words: _to_six_digits(value) for words, value in steps(*copies(arguments)).items()}
    except Exception:  # of an input where nothing is worked out
        return ""
    return lines(BY_HAND if found else "", *(f"· {words}: {short(value)}" for words, value in found.items()))


def _to_six_digits(value: Any) -> Any:
    """Numbers to six digits, arrays as lists."""
    if isinstance(value, (list, tuple)):
        return [_to_six_digits(item) for item in value]
    if isinstance(value, dict):
        return {key: _to_six_digits(item) for key, item in value.items()}
    if isinstance(value, (np.ndarray, np.generic)):
        return _to_six_digits(value.tolist())
    return float(f"{value:.6g}") if isinstance(value, float) else value


def _common(mistakes: Mistakes, fitting: list[str]) -> str:
    """The hint of the mistake that fits; where several fit, what it may be."""
    hints = list(dict.fromkeys(mistakes[name][1] for name in fitting))[:3]
    if len(hints) == 1:
        return hints[0]
    return lines("More than one mistake gives this, for instance:", *(f"· {hint}" for hint in hints))


def _fits(
    made: Any, examples: Sequence[Any], outcomes: Sequence[Outcome], wrong: list[int], rtol: float, atol: float
) -> int:
    """How well a foreseen mistake fits.

    3: a function that gives what came in all examples; 2: a property of all that is wrong; 1: a function that gives
    what came in all that is wrong, and something else in what is right; 0: not at all.
    """
    if isinstance(made, type) and issubclass(made, BaseException):
        raise TypeError(f"the kind of an exception explains nothing: write raises({made.__name__!r}, part of its text)")
    if isinstance(made, (when, raises)):
        return PROPERTY * all(made.fits(outcomes[number], examples[number][1]) for number in wrong)
    if not all(_explains(made, examples[number][0], outcomes[number], rtol, atol) for number in wrong):
        return 0
    right = [number for number in range(len(examples)) if number not in wrong]
    given = [outcomes[number].plain for number in wrong]
    by_chance = any(isinstance(g, bool) for g in given) or (len(given) == 1 and _is_whole(given[0]))
    if by_chance and right:  # a truth value, or one whole number, fits many mistakes
        return 3 * all(_explains(made, examples[number][0], outcomes[number], rtol, atol) for number in right)
    return AT_TIMES + 2 * all(_explains(made, examples[number][0], outcomes[number], rtol, atol) for number in right)


def _is_whole(given: Any) -> bool:
    """Whether it is one whole number, 2 or 2.0."""
    return isinstance(given, (int, float)) and given % 1 == 0


def _explains(made: Any, arguments: tuple[Any, ...], outcome: Outcome, rtol: float, atol: float) -> bool:
    """Whether a function that makes a mistake gives what the student's function gave."""
    foreseen = ask(made, arguments)
    if foreseen.error or outcome.error or foreseen.problem or outcome.problem:
        return False
    return outcome.agrees(foreseen.plain, rtol, atol)


def bears_out(
    made: Any, examples: Sequence[tuple[tuple[Any, ...], Any]], outcomes: Sequence[Outcome], rtol: float, atol: float
) -> bool | None:
    """Whether a foreseen mistake explains what is wrong in examples that it was not chosen by; None: nothing is."""
    wrong = [n for n, (_, expected) in enumerate(examples) if outcomes[n].difference(expected, rtol, atol)]
    # numbers say nothing of a mistake that ends in an error, nor an error of one that gives numbers
    wrong = [n for n in wrong if (outcomes[n].error is not None) == isinstance(made, raises)]
    return _fits(made, examples, outcomes, wrong, rtol, atol) > 0 if wrong else None


def _has_fault(value: Any, fault: Callable[..., Any]) -> bool:
    """Whether ``fault(value)`` is true; a fault that cannot be asked of this value is not there."""
    try:
        with quiet():
            return bool(fault(value))
    except Exception:
        return False


# ------------------------------------------------------------------------------------- what a student reads


def arguments_line(call: str, arguments: tuple[Any, ...]) -> str:
    """The call as one would type it; where something else is looked at, what it begins with."""
    shown = ", ".join(_typed(a) for a in arguments)
    if len(shown) > LONGEST_CALL:
        shown = ", ".join(_typed(a, at_most=6) for a in arguments)
    return f"  call      {call}({shown})" if call else f"  input     {shown}" if shown else ""


def _typed(value: Any, at_most: int = 40) -> str:
    """An argument as one would type it; of an array with more numbers only the shape."""
    if isinstance(value, np.ndarray):
        if value.size > at_most:
            return f"<array of shape {value.shape}>"
        return f"np.array({short(value, at_most, LONGEST_CALL)})"
    if type(value) in (list, tuple):
        text = ", ".join(_typed(item, at_most) for item in value)
        whole = f"[{text}]" if type(value) is list else f"({text}{',' * (len(value) == 1)})"
        return whole if len(whole) <= LONGEST_CALL else short(value)
    return value.__name__ if callable(value) and hasattr(value, "__name__") else short(value)


def _example(call: str, arguments: tuple[Any, ...], difference: Difference) -> str:
    """The call, the place, expected and got, one line each."""
    if not difference.comparable:
        return lines(arguments_line(call, arguments), f"  got       {short(difference.got)}")
    where = difference.where() if call or not difference.path else ""  # a check's own form says nothing to a student
    kind, name = difference.path[-1] if difference.path else ("", "")
    fact = f"{name}: " if not call and kind == "key" and _is_fact(difference.expected) else ""  # its words say more
    index = difference.index
    expected, got = difference.expected, difference.got
    if not call and difference.around and difference.path and len(difference.path + index) > 1:
        rows = [short(row) for row in difference.around]
        if rows[0] != rows[1] and not any("…" in row or "..." in row for row in rows):
            expected, got = difference.around  # a number of a table's row, without its place, says little
    expected, got = _rounded(expected, got)
    if call and index and len(arguments) == 1 and isinstance(arguments[0], np.ndarray) and arguments[0].size > 12:
        with contextlib.suppress(IndexError):
            if arguments[0].ndim == len(index):
                where += f", where the argument holds {short(arguments[0][index])}"
    return lines(
        arguments_line(call, arguments),
        f"  where     {where}" if where else "",
        f"  expected  {fact}{short(expected)}",
        f"  got       {fact}{short(got)}",
    )


def _rounded(expected: Any, got: Any) -> tuple[Any, Any]:
    """Two numbers with six decimals, where these show the difference: 10.1 for 10.100000000000001."""
    if not all(isinstance(n, float) and (n == 0 or abs(n) >= 0.001) for n in (expected, got)):
        return expected, got
    shown = round(float(expected), 6), round(float(got), 6)
    return shown if shown[0] != shown[1] else (expected, got)


def _is_fact(expected: Any) -> bool:
    """Whether it is a check's own fact, or a table of them: beside a hint "expected True" says nothing."""
    facts = expected.values() if isinstance(expected, dict) else [expected]
    return all(isinstance(fact, (bool, np.bool_)) for fact in facts)


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
