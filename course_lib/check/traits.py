"""What right results have in common and these have not: a sum, a border, an order. What is right up to some place."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from course_lib.check.number_families import ENOUGH, Example, Family, Rule, Same, agree, floats, numbers

BY_CHANCE = 100
"""Of so few orders one may be sorted by chance."""


def _truth(examples: list[Example], same: Same) -> Family | None:
    """Truth values that are wrong to one side."""
    pairs = [(bool(w), bool(g)) for _, want, got in examples for w, g in _truths(want, got)]
    wrong = [got for want, got in pairs if want != got]
    if len(pairs) < 2 or len(set(wrong)) != 1 or len({want for want, _ in pairs}) < 2:
        return None
    return Family("one truth", f"`{wrong[0]}` comes back where `{not wrong[0]}` is right, never the other way round.")


def _truths(want: Any, got: Any) -> list[tuple[Any, Any]]:
    one, two = np.asarray(want), np.asarray(got)
    if one.dtype != bool or two.dtype != bool or one.shape != two.shape:
        raise TypeError("no truth values")
    return list(zip(one.ravel(), two.ravel(), strict=True))


def _arrays(examples: list[Example]) -> list[tuple[np.ndarray, np.ndarray]]:
    """Expected and got as arrays of one shape, with one dimension or more.

    Raises:
        ValueError, TypeError: where they are not.
    """
    pairs = [(np.asarray(want, dtype=float), np.asarray(got, dtype=float)) for _, want, got in examples]
    if any(want.shape != got.shape or want.ndim == 0 for want, got in pairs):
        raise ValueError("no such arrays")
    return pairs


def _sums(examples: list[Example], same: Same) -> Family | None:
    """What adds up to 1 should do so; or the sum is right and its parts are not."""
    pairs = _arrays(examples)
    if all(want.shape[-1] > 1 and (want >= 0).all() for want, _ in pairs):
        for words, sums in (("The numbers", _sum), ("The numbers of each row", _row_sums)):
            want, got = (np.concatenate([sums(part) for part in side]) for side in zip(*pairs, strict=True))
            bad = got[np.isfinite(got) & ~_near(got, 1.0)]
            if len(want) > 1 and _near(want, 1.0).all() and len(bad):
                told = f"{words} should add up to 1; {len(bad)} of {len(got)} such sums are others, as {bad[0]:.4g}."
                return Family("the sum", told)
    if all(want.size > 2 and same(float(want.sum()), float(got.sum())) for want, got in pairs):
        return Family("the sum", "All numbers together add up to what they should; how they are shared out is wrong.")
    return None


def _by_column(examples: list[Example], same: Same) -> Family | None:
    """In each column the numbers are off by a constant, or a factor, of its own."""
    shown, well, forms = 0, False, {"constant": True, "factor": True}
    for want, got in _arrays(examples):
        if want.ndim != 2 or len(want) < 2:
            return None
        for w, g in zip(want.T, got.T, strict=True):
            used = w != 0
            if agree(w, g, same).all():
                well = True
                continue
            shown += int(used.sum() > 1)
            forms["constant"] &= same(w + float(g[0] - w[0]), g)
            forms["factor"] &= bool(used.any()) and same(w * float(g[used][0] / w[used][0]), g)
    for word, holds in forms.items():
        if holds and shown:
            where = "In each column that is wrong" if well else "In each column"
            return Family(f"off by a {word}", f"{where} all numbers are off by a {word} of its own.")
    return None


def _near(one: np.ndarray, two: float) -> Any:
    """Number by number, whether they are nearly the same."""
    return np.abs(one - two) <= 1e-8 + 1e-5 * np.abs(two)


def _sum(array: np.ndarray) -> np.ndarray:
    return np.asarray([float(array.sum())])


def _not_finite(examples: list[Example], same: Same) -> Family | None:
    """Some numbers are nan or infinite, and none should be."""
    pairs = _arrays(examples)
    want, got = (np.concatenate([part.ravel() for part in side]) for side in zip(*pairs, strict=True))
    lost = int((~np.isfinite(got)).sum())
    if not lost or not np.isfinite(want).all():
        return None
    return Family("not finite", f"{lost} of {len(got)} numbers that come are nan or infinite.")


def _row_sums(array: np.ndarray) -> np.ndarray:
    columns = array.shape[-1]
    return np.asarray([float(row.sum()) for row in np.reshape(array, (array.size // columns, columns))])


def _borders(examples: list[Example], same: Same) -> Family | None:
    """Numbers beyond where all right ones are."""
    pairs = [(floats(w).ravel(), floats(g).ravel()) for _, w, g in examples]
    want, got = (np.concatenate(side) for side in zip(*pairs, strict=True))
    if len(want) != len(got) or len(want) < ENOUGH:
        return None
    for words, holds in _BORDERS:
        if holds(want).all() and (beyond := int((~holds(got)).sum())):
            told = f"All numbers expected here are {words}; {beyond} of {len(got)} that come are not."
            return Family("beyond a border", told)
    return None


_BORDERS: list[tuple[str, Callable[[np.ndarray], np.ndarray]]] = [
    ("between 0 and 1", lambda a: (a >= -1e-9) & (a <= 1 + 1e-9)),
    ("0 or more", lambda a: a >= -1e-9),
    ("0 or less", lambda a: a <= 1e-9),
]


def _some_alike(examples: list[Example], same: Same) -> Family | None:
    """The numbers that are wrong are all off in one way, the others are right."""
    if (pair := numbers(examples)) is None:
        return None
    want, got = pair
    wrong = ~agree(want, got, same)
    if wrong.all() or wrong.sum() < 2:
        return None
    some = f"{int(wrong.sum())} of {len(wrong)} numbers are wrong, and each"
    w, g = want[wrong], got[wrong]
    if same(0 * g + g[0], g) and len(np.unique(w)) > 1:
        return Family("all alike", f"{some} comes out as {g[0]:.4g}.")
    shift = float(np.median(g - w))
    if same(w + shift, g) and (wrong.sum() >= ENOUGH or abs(shift) == 1):
        return Family(
            "off by a constant", f"{some} is {abs(shift):.4g} {'more' if shift > 0 else 'less'} than it should be."
        )
    if wrong.sum() >= ENOUGH and (w != 0).all() and same(w * float(np.median(g / w)), g):
        return Family("off by a factor", f"{some} is {float(np.median(g / w)):.4g} times what it should be.")
    return None


def _shuffled(examples: list[Example], same: Same) -> Family | None:
    """The right numbers in wrong places; or some of them, and others twice or 0."""
    pairs = [(w.ravel(), g.ravel()) for w, g in _arrays(examples)]
    if any(len(np.unique(want)) < max(4, 0.7 * len(want)) for want, _ in pairs):
        return None
    if all(same(sorted(map(float, want)), sorted(map(float, got))) for want, got in pairs):
        return Family("other places", "All numbers that belong there are there, but some are in wrong places.")
    if all(number == 0 or _near(want, number).any() for want, got in pairs for number in map(float, got)):
        lost = sum(not _near(got, number).any() for want, got in pairs for number in map(float, want))
        of = sum(len(want) for want, _ in pairs)
        if lost:
            told = f"{lost} of {of} numbers that belong there are missing; others come twice, or a 0."
            return Family("some are missing", told)
    return None


def _items(examples: list[Example]) -> list[tuple[list[Any], list[Any]]]:
    """Expected and got as lists of items.

    Raises:
        TypeError: where one of them has none; a text is no list of letters.
    """
    if any(isinstance(result, str) for example in examples for result in example[1:]):
        raise TypeError("a text")
    return [(list(want), list(got)) for _, want, got in examples]


def _beginning(examples: list[Example], same: Same) -> Family | None:
    """Right up to some item, wrong from there on."""
    pairs = _items(examples)
    if all(_is_header(want[0]) for want, _ in pairs):
        return None
    right = [[same(w, g) for w, g in zip(want, got, strict=True)] for want, got in pairs]
    firsts = {row.index(False) for row in right}
    if len(firsts) != 1 or (first := firsts.pop()) == 0:
        return None
    if not any(_is_something(item) for want, _ in pairs for item in want[:first]):
        return None  # a 0 is right by chance
    if any(any(row[first:]) for row in right) or not any(len(row) > first + 1 for row in right):
        return None
    some = "The first item is" if first == 1 else f"The first {first} items are"
    return Family("the beginning", f"{some} right each time, all after that wrong.")


def _is_something(item: Any) -> bool:
    """Whether it is more than 0, or a row of zeros."""
    if isinstance(item, list):
        return any(map(_is_something, item))
    return bool(np.any(item)) if isinstance(item, (int, float, np.ndarray)) else True


def _order_lost(examples: list[Example], same: Same) -> Family | None:
    """What comes is not sorted, though all right results are; or has an item twice, though none has."""
    pairs = _items(examples)
    if any(len(want) < 3 for want, _ in pairs):
        return None
    orders = math.prod(math.factorial(len(want)) for want, _ in pairs)
    ways = (("from small to large", sorted), ("from large to small", _down))
    for words, sort in ways if orders > BY_CHANCE else ():
        if all(want == sort(want) for want, _ in pairs) and not any(got == sort(got) for _, got in pairs):
            return Family("not sorted", f"The items expected here go {words}; yours do not.")
    if all(_unlike(want) for want, _ in pairs) and not any(_unlike(got) for _, got in pairs):
        return Family("an item twice", "No item should come twice here; some of yours do.")
    return None


def _unset(examples: list[Example], same: Same) -> Family | None:
    """The same part of a result is None each time."""
    wants, gots = ([list(example[side]) for example in examples] for side in (1, 2))
    if any(len(want) != len(got) for want, got in zip(wants, gots, strict=True)):
        return None
    unset = [
        {n for n, (w, g) in enumerate(zip(*pair, strict=True)) if g is None is not w}
        for pair in zip(wants, gots, strict=True)
    ]
    always = sorted(set.intersection(*unset))
    return Family("not set", f"Item {always[0]} of what comes back is `None`.") if always else None


def column(examples: list[Example], same: Same) -> Family | None:
    """Of tables, each a list of names and then of rows, only some columns are wrong."""
    names = examples[0][1][0]
    if not _is_header(names):
        return None
    wrong = set()
    for _, want, got in examples:
        if (
            want[0] != names
            or got[0] != names
            or len(want) != len(got)
            or {len(row) for row in (*want, *got)} != {len(names)}
        ):
            return None
        columns = zip(zip(*want[1:], strict=True), zip(*got[1:], strict=True), strict=True)
        wrong |= {
            name
            for name, (w, g) in zip(names, columns, strict=True)
            if not same(sorted(w, key=repr), sorted(g, key=repr))
        }
    if not wrong or len(wrong) == len(names):
        return None
    right = [name for name in names if name not in wrong]
    told = f"In the columns {_named(right)}" if len(right) > 1 else f"In the column {_named(right)}"
    return Family("one column", f"{told} all is right; it goes wrong in {_named(sorted(wrong))}.")


def _is_header(item: Any) -> bool:
    """Whether this may be the names of a table's columns."""
    return isinstance(item, list) and bool(item) and all(isinstance(name, str) for name in item)


def _named(names: list[str]) -> str:
    return " and ".join(f"`{name}`" for name in names)


def _down(items: list[Any]) -> list[Any]:
    return sorted(items, reverse=True)


def _unlike(items: list[Any]) -> bool:
    return len({repr(item) for item in items}) == len(items)


RULES: tuple[Rule, ...] = (
    _truth,
    _unset,
    _shuffled,
    _by_column,
    _some_alike,
    _sums,
    _borders,
    _not_finite,
    _order_lost,
    _beginning,
)
