"""The little of NumPy that :mod:`course_lib.check` needs where there is none: numbers in lists, as arrays.

In a page it stands where NumPy stands elsewhere, for ``course_lib.check`` alone; answers and a lesson's own checks
never see it. What it can do it does as NumPy 2 does, to the last letter of a message
(``tests/autograder/test_arrays.py``); where NumPy warns and goes on with infinity, it goes on with NaN, which no check
takes for an answer.
"""

from __future__ import annotations

import builtins
import contextlib
import itertools
import math
import operator
import statistics
from collections.abc import Callable, Iterable, Iterator
from types import SimpleNamespace
from typing import Any

EDGE = 3
"""So many items at each end stand for a long row."""


class generic:
    """Stands for NumPy's numbers; here an item of an array is Python's own."""


class number:
    """Stands for those that are no truth values."""


class bool_:
    """Stands for NumPy's truth values."""


class ufunc:
    """Stands for NumPy's functions."""


class ndarray:
    """Numbers in rows: a flat list and a shape."""

    __hash__ = None  # type: ignore[assignment]

    def __init__(self, items: list[Any], shape: tuple[int, ...], kind: str):
        """``kind``: b truth values, i and u whole numbers, f others, O all that is no number."""
        self.items, self.shape, self.dtype = items, shape, SimpleNamespace(kind=kind)

    @property
    def ndim(self) -> int:
        return len(self.shape)

    @property
    def size(self) -> int:
        return len(self.items)

    @property
    def T(self) -> ndarray:
        if self.ndim != 2:
            raise ValueError("only a table is turned")
        rows, columns = self.shape
        turned = [self.items[row * columns + column] for column in range(columns) for row in range(rows)]
        return ndarray(turned, (columns, rows), self.dtype.kind)

    def __len__(self) -> int:
        if not self.shape:
            raise TypeError("a single number has no length")
        return self.shape[0]

    def __iter__(self) -> Iterator[Any]:
        return (self[at] for at in range(len(self)))

    def __getitem__(self, index: Any) -> Any:
        if isinstance(index, ndarray):  # a mask
            return array([item for item, there in zip(self.items, index.items, strict=True) if there])
        index = index if isinstance(index, tuple) else (index,)
        items, shape = self.items, self.shape
        for at in index:
            if not -shape[0] <= at < shape[0]:
                raise IndexError(at)
            size = len(items) // shape[0]
            at, shape = at % shape[0], shape[1:]
            items = items[at * size : (at + 1) * size]
        return ndarray(items, shape, self.dtype.kind) if shape else items[0]

    def astype(self, kind: type) -> ndarray:
        return array(self, kind)

    def ravel(self) -> ndarray:
        return ndarray(self.items, (self.size,), self.dtype.kind)

    def all(self) -> bool:
        return all(self.items)

    def any(self) -> bool:
        return any(self.items)

    def sum(self) -> Any:
        return sum(self.items)

    def max(self) -> Any:
        return max(self.items)


def _or_nan(function: Callable[..., Any], *given: Any) -> Any:
    try:
        return function(*given)
    except (ArithmeticError, ValueError):
        return math.nan


def _with_another(function: Callable[[Any, Any], Any], turned: bool = False) -> Callable[[ndarray, Any], ndarray]:
    """An operator, item by item, of an array and another of its shape or a number."""

    def of(one: ndarray, other: Any) -> ndarray:
        others = other.items if isinstance(other, ndarray) else [other] * one.size
        if isinstance(other, ndarray) and other.shape != one.shape:
            raise ValueError(f"the shapes {one.shape} and {other.shape} differ")
        pairs = zip(others, one.items, strict=True) if turned else zip(one.items, others, strict=True)
        made = [_or_nan(function, *pair) for pair in pairs]
        return ndarray(made, one.shape, _kind(made))

    return of


def _each(function: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """A function of a number as one of arrays, too."""

    def of(value: Any) -> Any:
        if not isinstance(value, ndarray):
            return _or_nan(function, value)
        made = [_or_nan(function, item) for item in value.items]
        return ndarray(made, value.shape, _kind(made))

    return of


for _name in ("eq", "ne", "lt", "le", "gt", "ge", "and_", "or_", "add", "sub", "mul", "truediv", "pow"):
    setattr(ndarray, f"__{_name.strip('_')}__", _with_another(getattr(operator, _name)))
for _name in ("add", "sub", "mul", "truediv"):
    setattr(ndarray, f"__r{_name}__", _with_another(getattr(operator, _name), turned=True))
for _name, _function in {"neg": operator.neg, "invert": operator.not_}.items():
    setattr(ndarray, f"__{_name}__", _each(_function))

# ------------------------------------------------------------------------------------------------ arrays from lists


def array(value: Any, dtype: type | None = None, subok: bool = False) -> ndarray:
    """A number, or numbers in lists of equal length, as an array.

    Raises:
        ValueError: where lists differ in length, or what is no number should become one.
    """
    if isinstance(value, ndarray):
        items, shape = value.items, value.shape
    else:
        items, shape = _read(value)
    if dtype is float:
        items = [math.nan if item is None else float(item) for item in items]
    kind = _kind(items)
    if made := {"f": float, "i": int, "u": int}.get(kind):
        items = [made(item) for item in items]
    return ndarray(items, shape, kind)


asarray = array


def _read(value: Any) -> tuple[list[Any], tuple[int, ...]]:
    if not isinstance(value, (list, tuple)):
        return (value.items, value.shape) if isinstance(value, ndarray) else ([value], ())
    parts = [_read(part) for part in value]
    if len({shape for _, shape in parts}) > 1:
        raise ValueError("rows differ in length or kind")
    return [item for items, _ in parts for item in items], (len(parts), *(parts[0][1] if parts else ()))


def _kind(items: list[Any]) -> str:
    """The kind that holds them all, as NumPy has it: whole numbers of 64 bits, with or without a sign, or floats."""
    kinds = {_size(item) for item in items}
    if "O" in kinds:
        return "O"
    if "f" in kinds or not kinds or {"i", "u"} <= kinds:
        return "f"
    return max(kinds)  # b < i < u


def _size(item: Any) -> str:
    if isinstance(item, (bool, float)):
        return "b" if isinstance(item, bool) else "f"
    if not isinstance(item, int) or not -(2**63) <= item < 2**64:
        return "O"
    return "i" if item < 2**63 else "u"


# ---------------------------------------------------------------------------------------------- functions of arrays


def _rounded(function: Callable[[float], int]) -> Callable[[Any], Any]:
    return _each(lambda item: float(function(item)))


abs = _each(operator.abs)
isfinite, isnan = _each(math.isfinite), _each(math.isnan)
sqrt, log, exp = _each(math.sqrt), _each(math.log), _each(math.exp)
trunc, floor = _rounded(math.trunc), _rounded(math.floor)
ceil, round = _rounded(math.ceil), _rounded(builtins.round)


def ravel(value: Any) -> ndarray:
    return array(value).ravel()


def ndim(value: Any) -> int:
    return array(value).ndim


def size(value: Any) -> int:
    return array(value).size


def shape(value: Any) -> tuple[int, ...]:
    return array(value).shape


def reshape(value: Any, shape: tuple[int, ...]) -> ndarray:
    """The same items in another shape that holds as many."""
    given = array(value)
    return ndarray(given.items, shape, given.dtype.kind)


def indices(shape: tuple[int, ...]) -> list[ndarray]:
    """For each dimension the number of the row, the column, … in each place."""
    places = list(itertools.product(*map(range, shape)))
    return [ndarray([place[axis] for place in places], shape, "i") for axis in range(len(shape))]


def repeat(value: ndarray, times: list[int]) -> ndarray:
    return array([item for item, often in zip(value.items, times, strict=True) for _ in range(often)])


def concatenate(parts: Iterable[Any]) -> ndarray:
    parts = list(parts)
    if not parts:
        raise ValueError("need at least one array to concatenate")
    return array([item for part in parts for item in array(part).items])


def unique(value: Any) -> list[Any]:
    return sorted(set(array(value).items))


def median(value: Any) -> float:
    items = array(value).items
    return math.nan if any(map(math.isnan, items)) else float(statistics.median(items))


def ptp(value: ndarray) -> float:
    """From the smallest to the largest."""
    return float(max(value.items) - min(value.items))


def polyfit(x: ndarray, y: ndarray, degree: int) -> tuple[float, float]:
    """Slope and height of the line nearest to the points, by least squares."""
    if degree != 1:
        raise ValueError("a line has the degree 1")
    slope, height = statistics.linear_regression(x.items, y.items)
    return slope, height


def argwhere(mask: ndarray) -> list[tuple[int, ...]]:
    """The places where it is true."""
    found = []
    for number, there in enumerate(mask.items):
        place: list[int] = []
        for length in reversed(mask.shape):
            number, at = divmod(number, length)
            place.insert(0, at)
        if there:
            found.append(tuple(place))
    return found


def errstate(**_: str) -> contextlib.AbstractContextManager[None]:
    return contextlib.nullcontext()


random = SimpleNamespace(default_rng=lambda seed: None)
"""Visible checks draw nothing."""


# -------------------------------------------------------------------------------------------- arrays as one reads them


def array2string(value: ndarray, precision: int, threshold: int, separator: str) -> str:
    """The array in one line; of long rows the ends."""
    if not value.size:
        return "[]"
    cut = value.size > threshold
    return _rows(value, _words(list(_corners(value, cut)), precision, bool(value.shape)), cut, separator)


def _ends(value: ndarray, cut: bool) -> list[Any]:
    parts = list(value)
    return [*parts[:EDGE], None, *parts[-EDGE:]] if cut and len(parts) > 2 * EDGE else parts


def _corners(value: Any, cut: bool) -> Iterator[Any]:
    if not isinstance(value, ndarray) or not value.shape:
        yield value.items[0] if isinstance(value, ndarray) else value
        return
    for part in _ends(value, cut):
        if part is not None:
            yield from _corners(part, cut)


def _rows(value: Any, word: Callable[[Any], str], cut: bool, separator: str) -> str:
    if not isinstance(value, ndarray) or not value.shape:
        return word(value.items[0] if isinstance(value, ndarray) else value)
    parts = ("..." if part is None else _rows(part, word, cut, separator) for part in _ends(value, cut))
    return f"[{separator.join(parts)}]"


def _words(items: list[Any], precision: int, in_rows: bool) -> Callable[[Any], str]:
    """How each of these numbers is written, so that all take the same room."""
    if not isinstance(items[0], float):
        width = max(len(str(item)) for item in items)
        if isinstance(items[0], bool) and in_rows:
            width = len("False")
        return lambda item: str(item).rjust(width)
    finite = [item for item in items if math.isfinite(item)]
    sizes = [operator.abs(item) for item in finite if item]
    tall = bool(sizes) and (max(sizes) >= 1e8 or min(sizes) < 1e-4 or max(sizes) / min(sizes) > 1000)
    _, fractions, powers = zip(*(_digits(item, precision, tall) for item in finite or [0.0]), strict=True)
    after, digits = max(map(len, fractions)), max(map(len, powers)) - 1

    def write(item: float) -> str:
        if not math.isfinite(item):
            return str(item)
        before, fraction, power = _digits(item, precision, tall)
        if not tall:
            return f"{before}.{fraction.ljust(after)}"
        return f"{before}.{fraction.ljust(after, '0')}e{power[0]}{power[1:].rjust(digits, '0')}"

    width = max(len(write(item)) for item in items)
    return lambda item: write(item).rjust(width)


def _digits(item: float, precision: int, tall: bool) -> tuple[str, str, str]:
    """What stands before the point, after it without needless zeros, and the power of ten with its sign."""
    number, _, power = f"{item:.{precision}{'e' if tall else 'f'}}".partition("e")
    before, _, fraction = number.partition(".")
    return before, fraction.rstrip("0"), power
