"""Asks an answer once more, with other arguments: which of them makes no difference, and with which it goes right.

What is told was tried: with each example that goes wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from course_lib.check.changes import Change, NotThere, in_time, names_of, one_row, places
from course_lib.check.number_families import Example, Family, Same
from course_lib.check.plain import NotPlain, to_plain

Ask = Callable[[tuple[Any, ...]], Any]
"""Asks the answer with other arguments; gives plain data."""
Reference = Callable[..., Any]
SEVERAL = 2
"""One example may go right by chance."""


def of(ask: Ask, wrong: Sequence[Example], reference: Reference, same: Same) -> Family | None:
    """What asking once more tells; None where it tells nothing.

    Args:
        ask: asks the answer.
        wrong: arguments, expected, and what the answer gave, as plain data.
        reference: gives what is right; its parameters are called as the task calls them.
        same: whether two results are the same.
    """
    sample, names = wrong[0][0], names_of(reference, [arguments for arguments, *_ in wrong])
    for name, place in in_time(places(names, sample)):
        others = [place(make) for make in _DIFFERENT]
        if all(_ignores(ask, others, example, reference, same) for example in wrong):
            return Family("unused", f"With some other values of {name} the same comes back, and should not.")
    if len(wrong) < SEVERAL:
        return None
    simpler = [(f"{name} {words}", place(make)) for name, place in places(names, sample) for words, make in _SIMPLE]
    simpler += [(f"{which} have one row", change) for which, change in one_row(names, sample)]
    for words, change in in_time(simpler):
        if all(_mends(ask, change, arguments, reference, same) for arguments, _, _ in wrong):
            return Family("right elsewhere", f"Here it goes right as soon as {words}, and all else is as it was.")
    return None


def _ignores(ask: Ask, others: Sequence[Change], example: Example, reference: Reference, same: Same) -> bool:
    """Whether an answer gives the same with all of several other arguments, though it should not."""
    arguments, expected, got = example
    differ = 0
    for change in others:
        try:
            other = change(arguments) or arguments
            right = to_plain(reference(*other))
        except Exception:
            continue  # arguments that make no sense
        if not same(right, expected):
            differ += 1
            try:
                if not same(ask(other), got):
                    return False
            except Exception:
                return False
    return differ >= SEVERAL


def _mends(ask: Ask, change: Change, arguments: tuple[Any, ...], reference: Reference, same: Same) -> bool:
    """Whether an answer is right with other arguments, where a right answer is more than an argument or zeros."""
    try:
        other = change(arguments)
        if other is None or same(to_plain(other), to_plain(arguments)):
            return False
        right = to_plain(reference(*other))
        return not _is_trivial(right, other, same) and same(ask(other), right)
    except Exception:
        return False


def _is_trivial(right: Any, arguments: tuple[Any, ...], same: Same) -> bool:
    """Whether even a wrong answer may easily give this: an argument, a truth value, one number everywhere."""
    if right is None or isinstance(right, (bool, str)) or any(_is(right, argument, same) for argument in arguments):
        return True
    numbers = np.ravel(np.asarray(right, dtype=float))
    alike = numbers.size > 1 and (numbers == numbers[0]).all()
    return bool(numbers.size == 0 or alike or not numbers.any() or not np.isfinite(numbers).all())


def _is(right: Any, argument: Any, same: Same) -> bool:
    try:
        return same(right, to_plain(argument))
    except NotPlain:
        return False


def _of_kind(whole: Callable[[int], int], decimals: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Another value of the same kind. Arrays of whole numbers are often labels: others might mean nothing."""

    def make(value: Any) -> Any:
        if isinstance(value, int) and not isinstance(value, bool):
            return whole(value)
        if isinstance(value, (float, np.number)) or (isinstance(value, np.ndarray) and value.dtype.kind == "f"):
            return decimals(value)
        if isinstance(value, (list, tuple)) and value:
            return type(value)(make(item) for item in value)
        raise NotThere

    return make


_DIFFERENT = [
    _of_kind(lambda n: n + 1, lambda v: v * 1.25 + 0.5),
    _of_kind(lambda n: 3 * n + 2, lambda v: v * -2.5 - 0.75),
    _of_kind(lambda n: 1, lambda v: v * 0 + 0.125),
    _of_kind(lambda n: n + 100, lambda v: v * 100 + 17),
]
"""So many other values are tried before one is said to make no difference."""


def _all(number: float) -> Callable[[Any], Any]:
    def make(value: Any) -> Any:
        if isinstance(value, (int, float, np.number)) and not isinstance(value, bool):
            return int(number) if isinstance(value, int) else float(number)
        if isinstance(value, np.ndarray) and value.dtype.kind == "f":
            return value * 0 + number
        if isinstance(value, list) and value and all(type(item) in (int, float) for item in value):
            return [type(item)(number) for item in value]
        raise NotThere

    return make


def _positive(value: Any) -> Any:
    if isinstance(value, (int, float, np.ndarray)) and not isinstance(value, bool):
        return abs(value)
    raise NotThere


def _first_only(value: Any) -> Any:
    if isinstance(value, (list, np.ndarray)) and len(value) > 1:
        return value[:1]
    raise NotThere


_SIMPLE: list[tuple[str, Callable[[Any], Any]]] = [
    ("is 0", _all(0)),
    ("is 1", _all(1)),
    ("is 2", _all(2)),
    ("has no negative number", _positive),
    ("has its first item only", _first_only),
]
"""Simple arguments, with which an answer may go right."""
