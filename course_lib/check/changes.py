"""Other arguments in place of those of an example: with one sign turned round, two swapped, the last row missing."""

from __future__ import annotations

import inspect
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Any, TypeVar

import numpy as np

Change = Callable[[tuple[Any, ...]], tuple[Any, ...] | None]
"""Other arguments in place of an example's; None where it cannot be made with them."""


class NotThere(Exception):
    """A change that cannot be made with this argument."""


PATIENCE = 2.0
"""Seconds that looking for something to say may take: nobody waits longer for a hint."""
T = TypeVar("T")


def in_time(candidates: Iterable[T], seconds: float = PATIENCE) -> Iterator[T]:
    """As many of them as can be tried in so many seconds."""
    end = time.monotonic() + seconds
    for candidate in candidates:
        if time.monotonic() > end:
            return
        yield candidate


def names_of(reference: Callable[..., Any], calls: Sequence[tuple[Any, ...]]) -> list[str]:
    """What the arguments that all calls give are called; empty for those that are not talked of, as ``_i``."""
    least = min(len(arguments) for arguments in calls)
    names = list(inspect.signature(reference).parameters)[:least]
    return ["" if name.startswith("_") else f"`{name}`" for name in names]


def changes(names: list[str], sample: tuple[Any, ...]) -> Iterator[tuple[str, Change]]:
    """Words for what is changed, and the change; plainest first.

    Args:
        names: what the arguments are called.
        sample: the arguments of one example.
    """
    told = [number for number, name in enumerate(names) if name]
    pairs = [(a, b) for a in told for b in told if a != b and _alike(sample[a], sample[b])]
    yield from ((f"{names[a]} and {names[b]} were swapped", _swapped(a, b)) for a, b in pairs if a < b)
    for name, place in places(names, sample, parts=False):
        yield from ((f"{name} {words}", place(make)) for words, make in _OTHERS)
    yield from ((f"{names[a]} were the same as {names[b]}", _taken(a, b)) for a, b in pairs)
    for name, place in places(names, sample)[len(told) :]:
        yield from ((f"{name} {words}", place(make)) for words, make in _OTHERS)
    yield from ((f"{words} of {which} were {what}", cut) for which, words, what, cut in _rows(names, sample))


Place = Callable[[Callable[[Any], Any]], Change]
"""Puts what a function makes of one argument, or of a part of one, in its place."""


def places(names: list[str], sample: tuple[Any, ...], parts: bool = True) -> list[tuple[str, Place]]:
    """Each argument; then the parts of those that are short lists, or lists of small tuples."""
    found: list[tuple[str, Place]] = [(name, partial(_put, n)) for n, name in enumerate(names) if name]
    for number, name in enumerate(names) if parts else ():
        value = sample[number] if name else None
        if isinstance(value, (list, tuple)) and len(value) <= MOST_PARTS and not width(value):
            found += [
                (f"item {n} of {name}", partial(_put_in, number, partial(_in_item, n))) for n in range(len(value))
            ]
        found += [
            (f"item {n} in each item of {name}", partial(_put_in, number, partial(_in_each, n)))
            for n in range(width(value))
        ]
    return found


MOST_PARTS = 6


def _rows(names: list[str], sample: tuple[Any, ...]) -> Iterator[tuple[str, str, str, Change]]:
    """Where several arguments have as many rows: rows that may be lost in all of them at once."""
    long = [n for n, name in enumerate(names) if name and _length(sample[n]) > 1]
    long = [n for n in long if _length(sample[n]) == _length(sample[long[0]])]
    if len(long) > 1:
        which = " and ".join(names[n] for n in long)
        yield from ((which, words, what, _together(long, cut)) for words, what, cut in _CUTS)


def one_row(names: list[str], sample: tuple[Any, ...]) -> Iterator[tuple[str, Change]]:
    """The first row alone, of all arguments that have as many."""
    yield from ((which, cut) for which, words, what, cut in _rows(names, sample) if (words, what) == _CUTS[2][:2])


def _alike(one: Any, two: Any) -> bool:
    numbers = (int, float, np.number)
    return (isinstance(one, numbers) and isinstance(two, numbers)) or (
        type(one) is type(two) and np.ndim(one) == np.ndim(two)
        if isinstance(one, np.ndarray)
        else type(one) is type(two)
    )


def _length(value: Any) -> int:
    if isinstance(value, np.ndarray):
        return len(value) if value.ndim else 0
    return len(value) if isinstance(value, (list, tuple)) else 0


def _put(number: int, make: Callable[[Any], Any]) -> Change:
    return lambda arguments: (*arguments[:number], make(arguments[number]), *arguments[number + 1 :])


def _put_in(
    number: int, inside: Callable[[Callable[[Any], Any]], Callable[[Any], Any]], make: Callable[[Any], Any]
) -> Change:
    return _put(number, inside(make))


def _taken(number: int, other: int) -> Change:
    return lambda arguments: (*arguments[:number], arguments[other], *arguments[number + 1 :])


def _swapped(one: int, two: int) -> Change:
    def change(arguments: tuple[Any, ...]) -> tuple[Any, ...]:
        swapped = list(arguments)
        swapped[one], swapped[two] = swapped[two], swapped[one]
        return tuple(swapped)

    return change


def _together(numbers: list[int], cut: Callable[[Any], Any]) -> Change:
    return lambda arguments: tuple(cut(a) if n in numbers else a for n, a in enumerate(arguments))


def _in_item(item: int, make: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def change(value: Any) -> Any:
        if not isinstance(value, (list, tuple)) or len(value) <= item:
            raise NotThere
        return type(value)((*value[:item], make(value[item]), *value[item + 1 :]))

    return change


def width(value: Any) -> int:
    """How many parts each item of a list has, where it is the same small number of them; else 0."""
    if not isinstance(value, list) or not value or not all(isinstance(item, (tuple, list)) for item in value):
        return 0
    widths = {len(item) for item in value}
    return widths.pop() if len(widths) == 1 and max(widths) <= 4 else 0


def _in_each(item: int, make: Callable[[Any], Any]) -> Callable[[Any], Any]:
    change = _in_item(item, make)

    def changed(value: Any) -> Any:
        if not width(value):
            raise NotThere
        return [change(one) for one in value]

    return changed


def _of_numbers(form: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """A form of a number, of each number in an array or in a list of numbers; of nothing else."""

    def make(value: Any) -> Any:
        if isinstance(value, np.ndarray) and value.dtype.kind in "iuf":
            return form(value)
        if isinstance(value, (int, float, np.number)) and not isinstance(value, bool):
            return form(value)
        if isinstance(value, (list, tuple)) and value and all(type(item) in (int, float) for item in value):
            return type(value)(form(item) for item in value)
        raise NotThere

    return make


def _of_items(form: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """A form of an array, a list or a text with two items or more; of nothing else."""

    def make(value: Any) -> Any:
        if (isinstance(value, (list, tuple, str)) and len(value) > 1) or (
            isinstance(value, np.ndarray) and _length(value) > 1
        ):
            return form(value)
        raise NotThere

    return make


def _of_arrays(form: Callable[[np.ndarray], np.ndarray], dimensions: int = 1) -> Callable[[Any], Any]:
    def make(value: Any) -> Any:
        if isinstance(value, np.ndarray) and value.ndim >= dimensions:
            return form(value)
        raise NotThere

    return make


def _opposite(value: Any) -> bool:
    if not isinstance(value, bool):
        raise NotThere
    return not value


def _in_order(value: Any) -> Any:
    return np.sort(value) if isinstance(value, np.ndarray) else type(value)(sorted(value))


def _once(value: Any) -> Any:
    if isinstance(value, (list, tuple)):
        return type(value)(dict.fromkeys(value))
    raise NotThere


def _left_out(value: Any) -> Any:
    if not callable(value):
        raise NotThere
    return lambda given, *_: given


_OTHERS: list[tuple[str, Callable[[Any], Any]]] = [
    ("had the other sign", _of_numbers(lambda v: -v)),
    ("were 0", _of_numbers(lambda v: v * 0)),
    ("were 1", _of_numbers(lambda v: v * 0 + 1)),
    ("were one more", _of_numbers(lambda v: v + 1)),
    ("were one less", _of_numbers(lambda v: v - 1)),
    ("were twice as large", _of_numbers(lambda v: v * 2)),
    ("were half as large", _of_numbers(lambda v: v // 2 if isinstance(v, int) and v % 2 == 0 else v / 2)),
    ("were squared", _of_numbers(lambda v: v * v)),
    ("were the root of it", _of_numbers(lambda v: v**0.5)),
    ("were one divided by it", _of_numbers(lambda v: 1 / v)),
    ("had no sign", _of_numbers(abs)),
    ("were the opposite", _opposite),
    ("were left out", _left_out),
    ("had not its first item", _of_items(lambda v: v[1:])),
    ("had not its last item", _of_items(lambda v: v[:-1])),
    ("had its first item only", _of_items(lambda v: v[:1])),
    ("had its last item only", _of_items(lambda v: v[-1:])),
    ("were in the opposite order", _of_items(lambda v: v[::-1])),
    ("were sorted", _of_items(_in_order)),
    ("had each item once", _once),
    ("had not its first column", _of_arrays(lambda v: v[..., 1:], 2)),
    ("had not its last column", _of_arrays(lambda v: v[..., :-1], 2)),
    ("were transposed", _of_arrays(lambda v: v.T, 2)),
    ("were flat", _of_arrays(lambda v: v.ravel(), 2)),
    ("were the same everywhere, its mean", _of_arrays(lambda v: np.full_like(v, v.mean()))),
    ("had small letters only", lambda v: v.lower() if isinstance(v, str) else _no()),
]
"""What may stand in an argument's place, plainest first."""


def _no() -> Any:
    raise NotThere


_CUTS: list[tuple[str, str, Callable[[Any], Any]]] = [
    ("the first rows", "missing", lambda v: v[1:]),
    ("the last rows", "missing", lambda v: v[:-1]),
    ("the first rows", "all there is", lambda v: v[:1]),
    ("the last rows", "all there is", lambda v: v[-1:]),
]
"""Rows that may be lost in several arguments at once."""
