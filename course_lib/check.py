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
* :func:`hint`: help on demand, in three levels.

A check that fails raises :class:`CheckFailed`, an ``AssertionError``: nbgrader and the Validate button understand it.
Answers are compared as plain data: whatever an answer's ``__eq__`` says is never asked.
"""

from __future__ import annotations

import contextlib
import copy
import re
import sys
import traceback
import warnings
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NoReturn

import numpy as np

Mistakes = Mapping[str, tuple[Any, str]]
"""Name of a foreseen mistake → (what makes it, the hint that it gets)."""

LEVELS = ("Nudge", "Hint", "Worked idea")


class CheckFailed(AssertionError):
    """The answer is not right yet.

    Attributes:
        exercise: name of the exercise, for instance ``"leaky_relu"``.
        mistake: name of the mistake that fits, or ``""`` where none was recognised.
    """

    def __init__(self, exercise: str, mistake: str, *lines: str):
        self.exercise, self.mistake = exercise, mistake
        title = f"✗ {exercise} · {mistake}" if mistake else f"✗ {exercise} is not right yet"
        super().__init__("\n".join([title, *(line for line in lines if line)]))

    def _render_traceback_(self) -> list[str]:
        """What Jupyter shows: the message alone, for a traceback through this module would help nobody."""
        return str(self).split("\n")


# ---------------------------------------------------------------------------------------------- the checks


def values(
    function: Callable,
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
    function: Callable,
    examples: Sequence[tuple[tuple, Any]],
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
        _fail(exercise, "not a function", f"`{exercise}` should be a function, but it is {_kind(function)}.")

    outcomes = [_call(function, arguments) for arguments, _ in examples]
    first_wrong = None
    for (arguments, expected), outcome in zip(examples, outcomes, strict=True):
        difference = outcome.difference(expected, rtol, atol)
        if difference:
            first_wrong = (arguments, outcome, difference)
            break
    if first_wrong is None:
        _passed(exercise, len(examples))
        return

    arguments, outcome, difference = first_wrong
    for mistake, (wrong, hint_text) in (mistakes or {}).items():
        if _explains(wrong, examples, outcomes, rtol, atol):
            _fail(exercise, mistake, hint_text, _example(arguments, difference))
    if outcome.error:
        _fail(exercise, *outcome.explain_error(), _arguments_line(arguments))
    _fail(exercise, difference.mistake, difference.sentence, _example(arguments, difference))


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
    difference = _Outcome(value=value).difference(expected, rtol, atol)
    if not difference:
        _passed(name)
        return
    for mistake, (wrong, hint_text) in (mistakes or {}).items():
        if callable(wrong):
            with contextlib.suppress(Exception), _quiet():
                if wrong(value) is True:
                    _fail(name, mistake, hint_text, f"  got       {difference.got}")
        elif not _Outcome(value=value).difference(wrong, rtol, atol):
            _fail(name, mistake, hint_text, f"  got       {difference.got}")
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
        _passed(name)
    else:
        _fail(name, mistake, sentence)


# ---------------------------------------------------------------------------------------- help on demand

_next_level: dict[str, int] = {}


def hint(exercise: str, level: int | None = None) -> None:
    """Show help for an exercise: a nudge at the first call, then a hint, then a worked idea.

    The texts stand in ``hints.md`` beside the notebook.

    Args:
        exercise: its name, as in the heading above it.
        level: 1, 2 or 3 to go straight to one level.
    """
    path = Path("hints.md")
    if not path.exists():
        print("No hints here: the file hints.md should lie beside this notebook.")
        return
    texts = read_hints(path.read_text(encoding="utf-8"))
    if exercise not in texts:
        print(f"There are no hints for {exercise!r}. There are some for: {', '.join(texts)}.")
        return
    if level is None:
        level = _next_level.get(exercise, 1)
    level = min(max(int(level), 1), len(LEVELS))
    _next_level[exercise] = min(level + 1, len(LEVELS))
    more = f'\n\n*Still stuck? Run `check.hint("{exercise}")` again.*' if level < len(LEVELS) else ""
    text = f"**{LEVELS[level - 1]}** ({level} of {len(LEVELS)}). {texts[exercise][level - 1]}{more}"
    try:
        from IPython.display import Markdown, display

        display(Markdown(text))
    except ImportError:  # outside Jupyter
        print(text)


def read_hints(text: str) -> dict[str, list[str]]:
    """Split ``hints.md`` into its exercises.

    Args:
        text: for each exercise a heading ``## name`` and three paragraphs that begin with ``**Nudge.**``,
            ``**Hint.**`` and ``**Worked idea.**``.

    Returns:
        Name of the exercise → its three texts.

    Raises:
        ValueError: where a level is missing.
    """
    hints = {}
    for section in re.split(r"^## +", text, flags=re.M)[1:]:
        exercise, _, body = section.partition("\n")
        parts = re.split(r"^\*\*(?:" + "|".join(LEVELS) + r")\.\*\*", body, flags=re.M)[1:]
        if len(parts) != len(LEVELS):
            raise ValueError(f"hints.md: {exercise.strip()} needs the paragraphs {', '.join(LEVELS)}.")
        hints[exercise.strip()] = [part.strip() for part in parts]
    return hints


# ------------------------------------------------------------------------------- answers as plain data


class _NotPlain(Exception):
    """A value that is no plain data; its text says what it is."""


def _plain(value: Any, depth: int = 0) -> Any:
    """Copy ``value`` into numbers, strings, arrays, lists, sets and dicts of exactly these types.

    Methods of the value's own class are never called, only those of the base types: an object that overrides
    ``__eq__`` or ``__array__`` gains nothing.
    """
    kind = type(value)
    if depth > 20:
        raise _NotPlain("nested too deeply")
    if value is None or kind is bool:
        return value
    if issubclass(kind, np.ndarray):
        array = np.array(value, subok=False)
        if array.dtype.kind in "US":
            return array.tolist()
        if array.dtype.kind == "O":
            return (
                [_plain(item, depth + 1) for item in array.tolist()] if array.ndim else _plain(array.item(), depth + 1)
            )
        if array.dtype.kind not in "biuf":
            raise _NotPlain(f"an array of {array.dtype}")
        return array
    if issubclass(kind, np.generic):
        return _plain(np.generic.item(value), depth + 1) if kind.__module__ == "numpy" else _no(value)
    for base, convert in ((int, int.__int__), (float, float.__float__), (str, str.__str__)):
        if issubclass(kind, base):
            return convert(value)
    if issubclass(kind, (list, tuple)):
        base = list if issubclass(kind, list) else tuple
        return [_plain(item, depth + 1) for item in base.__iter__(value)]
    if issubclass(kind, (set, frozenset)):
        base = set if issubclass(kind, set) else frozenset
        return {_key(item, depth) for item in base.__iter__(value)}
    if issubclass(kind, dict):
        return {_key(key, depth): _plain(item, depth + 1) for key, item in dict.items(value)}
    for module, convert_name in (("tensorflow", "numpy"), ("pandas", "to_numpy")):
        if module in sys.modules and kind.__module__.split(".")[0] == module and hasattr(kind, convert_name):
            return _plain(getattr(value, convert_name)(), depth + 1)
    return _no(value)


def _no(value: Any) -> NoReturn:
    raise _NotPlain(_kind(value))


def _key(value: Any, depth: int) -> Any:
    """A plain key of a dict or item of a set: tuples stay tuples."""
    if issubclass(type(value), (tuple, frozenset)):
        return tuple(_key(item, depth + 1) for item in tuple(value))
    plain = _plain(value, depth + 1)
    if isinstance(plain, (list, dict, set, np.ndarray)):
        raise _NotPlain(f"{_kind(value)} as a key")
    return plain


def _kind(value: Any) -> str:
    """What a value is, in words, safe for any object."""
    if value is None:
        return "None"
    name = type(value).__name__
    if not isinstance(name, str):
        return "an object"
    return {"function": "a function", "NotImplementedType": "NotImplemented"}.get(
        name, f"an object of type {name[:60]}"
    )


def _as_array(value: Any) -> np.ndarray | None:
    """Plain data as an array of numbers, or None where it is something else."""
    if isinstance(value, np.ndarray):
        return value
    if isinstance(value, (bool, int, float)):
        return np.asarray(value) if not isinstance(value, int) or abs(value) < 2**63 else None
    if isinstance(value, list):
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                array = np.array(value)
        except (ValueError, OverflowError):
            return None
        return array if array.dtype.kind in "biuf" else None
    return None


class _Difference:
    """Where a result differs: the name of the mistake, a sentence, and what to print as expected and got."""

    def __init__(self, mistake: str, sentence: str, expected: Any, got: Any, index: tuple[int, ...] | None = None):
        self.mistake, self.sentence, self.index = mistake, sentence, index
        self.expected, self.got = _show(expected), _show(got)


def _compare(expected: Any, got: Any, rtol: float, atol: float, equal_nan: bool = False) -> _Difference | None:
    """Compare two pieces of plain data."""
    want, have = _as_array(expected), _as_array(got)
    if want is not None:
        return _compare_arrays(want, have, expected, got, rtol, atol, equal_nan)
    if isinstance(expected, list):
        if not isinstance(got, list):
            return _Difference("wrong type", "A list is expected here.", expected, got)
        if len(expected) != len(got):
            sentence = f"{len(expected)} items are expected, yours are {len(got)}."
            return _Difference("wrong length", sentence, expected, got)
        for want_item, got_item in zip(expected, got, strict=True):
            difference = _compare(want_item, got_item, rtol, atol, equal_nan)
            if difference:
                return _Difference(difference.mistake, difference.sentence, want_item, got_item)
        return None
    if isinstance(expected, dict):
        if not isinstance(got, dict):
            return _Difference("wrong type", "A dict is expected here.", expected, got)
        missing = [key for key in expected if key not in got]
        extra = [key for key in got if key not in expected]
        if missing:
            return _Difference("missing key", f"The key {_show(missing[0])} is missing.", expected, got)
        if extra:
            return _Difference("extra key", f"The key {_show(extra[0])} should not be there.", expected, got)
        for key, want_item in expected.items():
            difference = _compare(want_item, got[key], rtol, atol, equal_nan)
            if difference:
                return _Difference("", f"Look at the key {_show(key)}.", want_item, got[key])
        return None
    # strings, sets, None, huge integers
    if type(expected) is type(got) and expected == got:
        return None
    if got is None:
        return _Difference("returns None", "Nothing comes back. Does the function end with `return`?", expected, got)
    return _Difference("", "", expected, got)


def _compare_arrays(
    want: np.ndarray, have: np.ndarray | None, expected: Any, got: Any, rtol: float, atol: float, equal_nan: bool
) -> _Difference | None:
    if have is None:
        if got is None:
            sentence = "Nothing comes back. Does the function end with `return`? Printing is not returning."
            return _Difference("returns None", sentence, expected, got)
        what = "a number" if want.ndim == 0 else "an array of numbers"
        return _Difference("wrong type", f"{what.capitalize()} is expected here.", expected, got)
    if want.ndim == 0 and have.size == 1:
        have = have.reshape(())
    if want.shape != have.shape:
        sentence = f"The shape should be {want.shape}, yours is {have.shape}."
        return _Difference("wrong shape", sentence, expected, got)
    if want.dtype.kind in "biu" and have.dtype.kind in "biu":
        close = want == have
    else:
        want, have = want.astype(float), have.astype(float)
        with np.errstate(all="ignore"):
            close = np.abs(have - want) <= atol + rtol * np.abs(want)
        close |= want == have  # infinities
        if equal_nan:
            close |= np.isnan(want) & np.isnan(have)
    if close.all():
        return None
    index = tuple(int(i) for i in np.argwhere(~close)[0])
    if have.dtype.kind == "f" and not np.isfinite(have[index]) and np.isfinite(want[index]):
        return _Difference("not finite", "One of your numbers is not finite.", want[index], have[index], index)
    return _Difference("", "", want[index], have[index], index)


# --------------------------------------------------------------------------- calling what a student wrote


class _Outcome:
    """What one call gave: a value, or the exception that it ended in."""

    def __init__(self, value: Any = None, error: BaseException | None = None):
        self.error, self.problem, self.plain = error, "", None
        if error is None:
            try:
                self.plain = _plain(value)
            except _NotPlain as not_plain:
                self.problem = str(not_plain)
            except Exception:
                self.problem = "an object that cannot be read"

    def difference(self, expected: Any, rtol: float, atol: float, equal_nan: bool = False) -> _Difference | None:
        expected = _plain(expected)
        if self.error is not None:
            return _Difference("error", "", expected, f"{type(self.error).__name__}")
        if self.problem:
            sentence = f"A plain result is expected here; yours is {self.problem}."
            return _Difference("wrong type", sentence, expected, self.problem)
        return _compare(expected, self.plain, rtol, atol, equal_nan)

    def explain_error(self) -> tuple[str, str]:
        """Name and sentence for the exception that the student's code ended in."""
        error = self.error
        if isinstance(error, NotImplementedError):
            return "not written yet", "Replace the line `raise NotImplementedError(...)` with your answer."
        kind, text = type(error).__name__, _safe(error)
        own = [f for f in traceback.extract_tb(error.__traceback__) if f.filename != __file__] if error else []
        line = f"\n  at        {own[-1].line}" if own and own[-1].line else ""
        return kind, f"Your code stops with {kind}: {text}{line}"


def _safe(error: BaseException | None) -> str:
    """The text of an exception; a hostile ``__str__`` must not stop the check."""
    try:
        text = BaseException.__str__(error) if error is not None else ""
    except Exception:
        return ""
    return text if len(text) <= 300 else text[:300] + "…"


@contextlib.contextmanager
def _quiet():
    """Warnings and stderr never cost a point: a warning is no error, so it does not reach stderr."""
    with warnings.catch_warnings(), np.errstate(all="ignore"), contextlib.redirect_stderr(sys.stdout):
        warnings.simplefilter("ignore")
        yield


def _call(function: Callable, arguments: tuple) -> _Outcome:
    """Call a function on fresh copies of its arguments."""
    fresh = [copy.deepcopy(a) if type(a) in (np.ndarray, list, dict, set) else a for a in arguments]
    try:
        with _quiet():
            return _Outcome(value=function(*fresh))
    except (Exception, SystemExit) as error:
        return _Outcome(error=error)


def _explains(wrong: Any, examples: Sequence, outcomes: Sequence[_Outcome], rtol: float, atol: float) -> bool:
    """Whether a foreseen mistake gives what the student's function gave, for all examples."""
    if isinstance(wrong, type) and issubclass(wrong, BaseException):
        return any(isinstance(outcome.error, wrong) for outcome in outcomes)
    for (arguments, _), outcome in zip(examples, outcomes, strict=True):
        foreseen = _call(wrong, arguments)
        if foreseen.error is not None or outcome.error is not None:
            if type(foreseen.error) is not type(outcome.error):
                return False
        elif foreseen.problem or outcome.problem or outcome.difference(foreseen.plain, rtol, atol, equal_nan=True):
            return False
    return True


# ------------------------------------------------------------------------------------- what a student reads


def _show(value: Any) -> str:
    """A value in one short line."""
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, np.ndarray):
        text = np.array2string(value, precision=6, threshold=12, separator=", ")
    else:
        try:
            text = repr(value) if type(value).__module__ in ("builtins", "numpy") else _kind(value)
        except Exception:
            text = _kind(value)
    text = " ".join(text.split())
    return text if len(text) <= 160 else text[:157] + "…"


def _arguments_line(arguments: tuple) -> str:
    shown = ", ".join(_show(a) for a in arguments)
    return f"  input     {shown}" if shown else ""


def _example(arguments: tuple, difference: _Difference) -> str:
    """Input, expected and got, one line each. Where one element of an array differs, only that one."""
    index = difference.index
    if index and len(arguments) == 1 and isinstance(arguments[0], np.ndarray) and arguments[0].ndim == len(index):
        with contextlib.suppress(IndexError):
            arguments = (arguments[0][index],)
    lines = [_arguments_line(arguments), f"  expected  {difference.expected}", f"  got       {difference.got}"]
    return "\n".join(line for line in lines if line)


def _name_of(function: Any, name: str | None) -> str:
    """The name of an exercise: the given one, the function's own, or that of the variable that holds it."""
    own = getattr(function, "__name__", "")
    if name or (type(own) is str and own.isidentifier()):
        return name or own
    with contextlib.suppress(Exception):
        from IPython import get_ipython

        for variable, value in get_ipython().user_ns.items():
            if value is function and not variable.startswith("_"):
                return variable
    return "your answer"


def _passed(exercise: str, examples: int = 1) -> None:
    print(f"✓ {exercise}" + (f": {examples} examples" if examples > 1 else ""))


def _fail(exercise: str, mistake: str, *lines: str) -> NoReturn:
    raise CheckFailed(exercise, mistake, *lines, f'  More help: check.hint("{exercise}")') from None
