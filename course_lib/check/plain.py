"""Answers as plain data: how :mod:`course_lib.check` reads and compares what a student's code gives.

A student's object is never asked whether it equals something. It is first copied, by the methods of the base types
alone, into numbers, strings, arrays, lists, sets and dicts; only these are compared.
"""

from __future__ import annotations

import re
import sys
import warnings
from dataclasses import dataclass, replace
from types import BuiltinFunctionType, FunctionType
from typing import Any

import numpy as np

CONVERTERS = {
    "tensorflow": "numpy",
    "pandas": "to_numpy",
    "pyspark": "toArray",
    "decimal": "__float__",
    "fractions": "__float__",
}
"""Library → the method by which its tensors, columns and vectors become NumPy arrays, and its numbers plain ones."""


LONGEST = 160
"""Characters of a value that a student is shown."""


class NotPlain(Exception):
    """A value that is no plain data; its text says what it is."""


class Foreign:
    """Stands for a result in another process that is no plain data; ``says`` tells what it is."""

    def __init__(self, says: str):
        self.says = says


@dataclass
class Difference:
    """Where a result differs from what was expected.

    Attributes:
        expected, got: the two pieces of plain data, as small as the difference allows.
        mistake: name of a mistake that anybody might make in any exercise, or ``""``.
        sentence: what to tell the student, or ``""``.
        index: position of the difference, where whole arrays were compared.
        path: how one gets there from the whole result: the number of an item, or a key, from outside to inside.
        comparable: whether it says anything to show the two beside each other.
        around: the two innermost lists that they stand in, such as rows of tables; None where there are none.
    """

    expected: Any
    got: Any
    mistake: str = ""
    sentence: str = ""
    index: tuple[int, ...] = ()
    path: tuple[tuple[str, Any], ...] = ()
    comparable: bool = True
    around: tuple[Any, Any] | None = None

    def inside(self, kind: str, place: Any) -> Difference:
        """The same difference, seen from the list or dict around it."""
        return replace(self, path=((kind, place), *self.path))

    def where(self) -> str:
        """The place in words, or empty where it is the whole result."""
        steps = [f"key {short(at)}" if kind == "key" else f"{kind} {at}" for kind, at in self.path]
        if self.index:
            steps.append(f"index [{', '.join(map(str, self.index))}]")
        return ", ".join(steps)


def to_plain(value: Any, depth: int = 0) -> Any:
    """Copy ``value`` into numbers, strings, arrays, lists, sets and dicts of exactly these types.

    Tuples become lists. Only methods of the base types are called, never those of the value's own class, so that
    an object that overrides ``__eq__`` or ``__array__`` gains nothing.

    Raises:
        NotPlain: for anything else.
    """
    cls = type(value)
    if depth > 20:
        raise NotPlain("nested too deeply")
    if value is None or cls is bool:
        return value
    if issubclass(cls, np.ndarray):
        return _plain_array(np.array(value, subok=False), depth)
    if issubclass(cls, np.generic) and cls.__module__ == "numpy":
        return to_plain(np.generic.item(value), depth + 1)
    if issubclass(cls, int):
        return int.__int__(value)
    if issubclass(cls, float):
        return float.__float__(value)
    if issubclass(cls, str):
        return str.__str__(value)
    if issubclass(cls, list):
        return [to_plain(item, depth + 1) for item in list.__iter__(value)]
    if issubclass(cls, tuple):
        return [to_plain(item, depth + 1) for item in tuple.__iter__(value)]
    if issubclass(cls, set):
        return {_plain_key(item, depth) for item in set.__iter__(value)}
    if issubclass(cls, frozenset):
        return {_plain_key(item, depth) for item in frozenset.__iter__(value)}
    if issubclass(cls, dict):
        return {_plain_key(key, depth): to_plain(item, depth + 1) for key, item in dict.items(value)}
    if cls is Foreign:
        raise NotPlain(value.says)
    library = cls.__module__.split(".")[0]
    convert = getattr(value, CONVERTERS[library], None) if library in sys.modules and library in CONVERTERS else None
    if convert is not None:
        return to_plain(convert(), depth + 1)
    raise NotPlain(describe(value))


def _plain_array(array: np.ndarray, depth: int) -> Any:
    if array.dtype.kind in "US":
        return array.tolist()
    if array.dtype.kind == "O":
        return to_plain(array.tolist(), depth + 1)
    if array.dtype.kind not in "biuf":
        raise NotPlain(f"an array of {array.dtype}")
    return array


def _plain_key(value: Any, depth: int) -> Any:
    """A plain key of a dict or item of a set. Here tuples stay tuples, for lists have no hash."""
    if issubclass(type(value), tuple):
        return tuple(_plain_key(item, depth + 1) for item in tuple.__iter__(value))
    key = to_plain(value, depth + 1)
    if isinstance(key, (list, dict, set, np.ndarray)):
        raise NotPlain(f"{describe(value)} as a key")
    return key


def compare(expected: Any, got: Any, rtol: float, atol: float, equal_nan: bool = False) -> Difference | None:
    """Compare two pieces of plain data; None where they agree.

    Args:
        expected, got: results of :func:`to_plain`.
        rtol, atol: relative and absolute tolerance for numbers that are not both whole.
        equal_nan: whether NaN agrees with NaN.
    """
    if got is None and expected is not None:
        sentence = "Nothing comes back. Does the function end with `return`? Printing is not returning."
        return Difference(expected, got, "returns None", sentence)
    want, have = _as_array(expected), _as_array(got)
    if want is not None:
        if have is None:
            what = "A number" if want.ndim == 0 else "An array of numbers"
            ragged = isinstance(got, list) and want.ndim > 0
            texts = "text" if ragged and _holds_text(got) else "a list whose rows differ in length or kind"
            is_what = texts if ragged else _kind(got)
            return Difference(expected, got, "wrong type", f"{what} is expected; yours is {is_what}.")
        if isinstance(expected, list) and want.ndim == 1 and want.shape != have.shape and have.ndim < 2:
            are = "one number" if have.ndim == 0 else str(len(have))
            sentence = f"{len(expected)} numbers are expected, as a list, tuple or array; yours: {are}."
            return Difference(expected, got, "wrong shape", sentence)
        return _compare_arrays(want, have, rtol, atol, equal_nan)
    if isinstance(expected, list):
        return _compare_lists(expected, got, rtol, atol, equal_nan)
    if isinstance(expected, dict):
        return _compare_dicts(expected, got, rtol, atol, equal_nan)
    # strings, sets, None, whole numbers beyond 64 bits
    return None if type(expected) is type(got) and expected == got else Difference(expected, got)


def _as_array(value: Any) -> np.ndarray | None:
    """Plain data as an array of numbers, or None where it is something else."""
    if isinstance(value, np.ndarray):
        return value
    if not isinstance(value, (bool, int, float, list)):
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            array = np.array(value)
    except (ValueError, OverflowError):  # rows of different lengths
        return None
    return array if array.dtype.kind in "biuf" else None


def _holds_text(value: list[Any]) -> bool:
    """Whether all that lists hold is text."""
    return bool(value) and all(_holds_text(item) if isinstance(item, list) else isinstance(item, str) for item in value)


def _compare_arrays(want: np.ndarray, have: np.ndarray, rtol: float, atol: float, equal_nan: bool) -> Difference | None:
    if want.ndim == 0 and have.ndim:
        sentence = f"One number is expected; yours has the shape {have.shape}."
        return Difference(want, have, "wrong shape", sentence)
    if want.shape != have.shape:
        sentence = f"The shape should be {want.shape}, yours is {have.shape}."
        return Difference(want, have, "wrong shape", sentence)
    if want.dtype.kind in "biu" and have.dtype.kind in "biu":
        close = want == have
    else:
        want, have = want.astype(float), have.astype(float)
        with np.errstate(all="ignore"):
            close = np.isfinite(want) & (np.abs(have - want) <= atol + rtol * np.abs(want))
        close |= want == have  # infinities
        if equal_nan:
            close |= np.isnan(want) & np.isnan(have)
    if close.all():
        return None
    index = tuple(int(i) for i in np.argwhere(~close)[0])
    expected, got = want[index], have[index]
    if np.isfinite(expected) and not np.isfinite(got):
        return Difference(expected, got, "not finite", "One of your numbers is not finite.", index)
    return Difference(expected, got, index=index, around=(want[index[:-1]], have[index[:-1]]) if index else None)


def _compare_lists(expected: list[Any], got: Any, rtol: float, atol: float, equal_nan: bool) -> Difference | None:
    if isinstance(got, np.ndarray):
        got = got.tolist()
    if not isinstance(got, list):
        what = f"{len(expected)} values are expected, as a list or tuple; yours is {_kind(got)}."
        return Difference(expected, got, "wrong type", what)
    if len(expected) != len(got):
        are = "1 item is" if len(expected) == 1 else f"{len(expected)} items are"
        return Difference(expected, got, "wrong length", f"{are} expected, yours are {len(got)}.")
    for number, (want, have) in enumerate(zip(expected, got, strict=True)):
        if difference := compare(want, have, rtol, atol, equal_nan):
            if difference.mistake == "returns None":  # it is a part that is None, not the result
                difference = Difference(want, have)
            return replace(difference.inside("item", number), around=difference.around or (expected, got))
    return None


def _compare_dicts(expected: dict[Any, Any], got: Any, rtol: float, atol: float, equal_nan: bool) -> Difference | None:
    if not isinstance(got, dict):
        return Difference(expected, got, "wrong type", f"A dict is expected; yours is {_kind(got)}.")
    for key in expected:
        if key not in got:
            return Difference(expected, got, "missing key", f"The key {short(key)} is missing.")
    for key in got:
        if key not in expected:
            return Difference(expected, got, "extra key", f"The key {short(key)} should not be there.")
    for key, item in expected.items():
        if difference := compare(item, got[key], rtol, atol, equal_nan):
            if difference.mistake == "returns None":
                difference = Difference(item, got[key])
            return difference.inside("key", key)
    return None


def _kind(value: Any) -> str:
    """What plain data is, in words."""
    names = {bool: "a truth value", int: "a number", float: "a number", str: "a string", set: "a set"}
    names |= {list: "a list", dict: "a dict", np.ndarray: "an array", type(None): "None"}
    return names.get(type(value), describe(value))


def describe(value: Any) -> str:
    """What a value is, in words; safe for any object."""
    if value is None:
        return "None"
    if isinstance(value, (FunctionType, BuiltinFunctionType, np.ufunc)):
        return f"the function {value.__name__[:60]}"
    return f"an object of type {str(type(value).__name__)[:60]}"


def short(value: Any, numbers: int = 12, longest: int = LONGEST) -> str:
    """A value in one short line; safe for any object.

    Args:
        value: the value.
        numbers: of an array with more only the corners.
        longest: so many characters.
    """
    try:
        if isinstance(value, np.generic):
            value = value.item()
        if isinstance(value, np.ndarray):
            text = " ".join(np.array2string(value, precision=6, threshold=numbers, separator=", ").split())
            text = re.sub(r"(?<=\[) | (?=[],])", "", text)  # without the blanks that make columns: [1. , 0.5]
        elif type(value).__module__ == "builtins" and not callable(value):
            text = repr(value)
        else:
            text = describe(value)
    except Exception:  # a hostile __repr__ inside a list
        text = describe(value)
    text = " ".join(part.strip() for part in text.splitlines())  # two blanks in a text stay two
    return text if len(text) <= longest else text[: longest - 1] + "…"
