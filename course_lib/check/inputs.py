"""What tells the examples that go wrong from those that go right: their arguments, or what should come back."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

import numpy as np

from course_lib.check.number_families import Family

Kinds = Mapping[str, Callable[..., bool]]
"""Words for kinds of input ("the user is unknown") → whether an example's arguments are of that kind."""


def inputs(
    wrong: Sequence[tuple[Any, ...]],
    right: Sequence[tuple[Any, ...]],
    called: bool = True,
    kinds: Kinds = MappingProxyType({}),
    elsewhere: Sequence[tuple[Any, ...]] = (),
) -> Family | None:
    """What tells the inputs that go wrong from those that go right; None where nothing plain does.

    Args:
        wrong, right: arguments.
        called: whether they are those of the answer's function.
        kinds: the exercise's own words for kinds of input.
        elsewhere: arguments that are right, looked at in another way: only the exercise's own words hold of them, too.
    """
    well = [*right, *elsewhere]
    for words, holds in kinds.items() if wrong and well else ():
        with contextlib.suppress(Exception):
            if all(holds(*arguments) for arguments in wrong) and not any(holds(*arguments) for arguments in well):
                return Family("some inputs", f"It goes wrong where {words}; elsewhere it is right.")
    if not called or not wrong or len(right) < 2:  # one example that is right may differ in many ways by chance
        return None
    least = min(len(arguments) for arguments in (*wrong, *right))  # some calls may leave an argument to its default
    for number in range(least):
        amiss, well = [arguments[number] for arguments in wrong], [arguments[number] for arguments in right]
        which = "the argument" if least == 1 else f"argument {number + 1}"
        for words, holds in _INPUTS:
            with contextlib.suppress(Exception):
                if all(holds(one) for one in amiss) and not any(holds(one) for one in well):
                    return Family("some inputs", f"It goes wrong where {which} {words}; elsewhere it is right.")
    return None


def _each(value: Any) -> np.ndarray:
    """All numbers in an argument."""
    return np.ravel(np.asarray(value, dtype=float))


_INPUTS: list[tuple[str, Callable[[Any], bool]]] = [
    ("is empty", lambda a: len(a) == 0),
    ("has a single item", lambda a: len(a) == 1),
    ("has no dimension", lambda a: isinstance(a, np.ndarray) and a.ndim == 0),
    ("has one dimension", lambda a: isinstance(a, (np.ndarray, list)) and np.ndim(a) == 1),
    ("has two dimensions", lambda a: isinstance(a, (np.ndarray, list)) and np.ndim(a) == 2),
    ("has three dimensions or more", lambda a: isinstance(a, (np.ndarray, list)) and np.ndim(a) > 2),
    ("is a NumPy array", lambda a: isinstance(a, np.ndarray)),
    ("is a list", lambda a: isinstance(a, list)),
    ("is 0", lambda a: np.ndim(a) == 0 and a == 0),
    ("is 1", lambda a: np.ndim(a) == 0 and a == 1),
    ("is negative", lambda a: np.ndim(a) == 0 and a < 0),
    ("is more than 1", lambda a: np.ndim(a) == 0 and a > 1),
    ("is less than 1", lambda a: np.ndim(a) == 0 and a < 1),
    ("is an odd number", lambda a: np.ndim(a) == 0 and a % 2 == 1),
    ("holds a negative number", lambda a: bool((_each(a) < 0).any())),
    ("holds a 0", lambda a: bool((_each(a) == 0).any())),
    ("holds negative numbers only", lambda a: bool((_each(a) < 0).all())),
    ("holds very large numbers", lambda a: bool((np.abs(_each(a)) >= 100).any())),
    ("has an item twice", lambda a: len({repr(item) for item in a}) < len(a)),
    ("has no item twice", lambda a: len({repr(item) for item in a}) == len(a)),
    ("has an odd number of items", lambda a: len(a) % 2 == 1),
    ("has an even number of items", lambda a: len(a) % 2 == 0),
    ("is not sorted", lambda a: sorted(a) != list(a)),
    ("holds capital letters", lambda a: isinstance(a, str) and a != a.lower()),
    ("holds marks beside letters and blanks", lambda a: isinstance(a, str) and not a.replace(" ", "").isalnum()),
]
"""What may be said of an argument, plainest first."""


def wanted(wrong: Sequence[Any], right: Sequence[Any]) -> Family | None:
    """What tells results expected where it goes wrong from those where it is right; None where nothing plain does."""
    for words, holds in _RESULTS if wrong and right else ():
        if all(holds(one) for one in wrong) and not any(holds(one) for one in right):
            return Family("some results", f"It goes wrong where {words} should come back; elsewhere it is right.")
    if len({repr(one) for one in wrong}) == 1 and isinstance(wrong[0], bool) and (not wrong[0]) in right:
        return Family(
            "one truth", f"`{not wrong[0]}` comes back where `{wrong[0]}` is right, never the other way round."
        )
    return None


_RESULTS: list[tuple[str, Callable[[Any], bool]]] = [
    ("`None`", lambda r: r is None),
    ("`True`", lambda r: r is True),
    ("`False`", lambda r: r is False),
    ("0", lambda r: type(r) in (int, float) and r == 0),
    ("an empty list", lambda r: isinstance(r, list) and not r),
    ("an empty dict", lambda r: isinstance(r, dict) and not r),
    ("a negative number", lambda r: type(r) in (int, float) and r < 0),
    ("a list with one item", lambda r: isinstance(r, list) and len(r) == 1),
    ("something else than `None`", lambda r: r is not None),
]
