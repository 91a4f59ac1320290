"""Families of mistakes in numbers: a factor, a shift, a sign, an argument too many, one side, one corner of a table."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np


class Family(NamedTuple):
    """What is common to all that is wrong."""

    name: str
    sentence: str


Example = tuple[tuple[Any, ...], Any, Any]
"""Arguments, expected, got."""

ENOUGH = 3
"""So many numbers must show a rule before it is told."""
FEW = 2
"""So many are enough where some have decimals: these fit no rule by chance."""

ROUNDED_TO = 7
"""Fewer decimals than these are seen as rounding."""

Same = Callable[[Any, Any], bool]
"""Whether two results are the same, within the exercise's tolerance."""

Rule = Callable[[list[Example], Same], Family | None]
"""Looks at the examples that are wrong, and says what is common to them, or None."""


def numbers(examples: list[Example]) -> tuple[np.ndarray, np.ndarray] | None:
    """All numbers expected and all that came, in two rows, without those missing in both; None where the shapes differ,
    or they are too few."""
    want = [array for _, expected, _ in examples for array in _arrays(expected, expected)]
    have = [array for _, expected, got in examples for array in _arrays(got, expected)]
    if [array.shape for array in want] != [array.shape for array in have]:
        return None
    one, two = (np.concatenate([array.ravel() for array in arrays]) for arrays in (want, have))
    there = ~(np.isnan(one) & np.isnan(two))
    one, two = one[there], two[there]
    enough = FEW if (one != np.round(one)).any() else ENOUGH
    if len(one) < enough or not np.isfinite(one).all() or not np.isfinite(two).all() or len(np.unique(one)) < 2:
        return None
    return one, two


def _arrays(value: Any, like: Any) -> list[np.ndarray]:
    """The numbers of a result, several arrays where it has parts of several shapes; of a dict its values, in the order
    of the keys expected."""
    if isinstance(like, dict):
        if value.keys() != like.keys():
            raise KeyError("other keys")
        value = [value[key] for key in like]
    try:
        return [floats(value)]
    except ValueError:
        return [array for one, two in zip(value, like, strict=True) for array in _arrays(one, two)]


def floats(value: Any) -> np.ndarray:
    """A result as an array of numbers.

    Raises:
        TypeError: for truth values, of which nothing is said as of numbers.
        ValueError: where it is none.
    """
    if np.asarray(value).dtype.kind == "b":
        raise TypeError("truth values")
    return np.asarray(value, dtype=float)


def agree(want: np.ndarray, got: np.ndarray, same: Same) -> np.ndarray:
    """Number by number, in one row: whether they are the same."""
    return np.array([same(float(one), float(two)) for one, two in zip(want.ravel(), got.ravel(), strict=True)])


def _turned(examples: list[Example], same: Same) -> Family | None:
    """Rows and columns are swapped, or the shape is another one."""
    pairs = [(np.asarray(want, dtype=float), np.asarray(got, dtype=float)) for _, want, got in examples]
    if sum(want.size for want, _ in pairs) < ENOUGH:
        return None
    if all(want.ndim == got.ndim == 2 and same(want.T, got) for want, got in pairs):
        return Family("transposed", "The numbers are right, but rows and columns are swapped.")
    if all(want.shape != got.shape and same(want.ravel(), got.ravel()) for want, got in pairs):
        return Family("wrong shape", "The numbers are right, in their order; only the shape is not.")
    return None


def _sign(examples: list[Example], same: Same) -> Family | None:
    if (pair := numbers(examples)) is not None:
        want, got = pair
        if same(-want, got):
            return Family("sign", "Every number has the wrong sign.")
        if same(np.abs(want), np.abs(got)):
            return Family("some signs", "The sizes are right; the sign of some numbers is not.")
    return None


def _factor(examples: list[Example], same: Same) -> Family | None:
    if (pair := numbers(examples)) is not None:
        want, got = pair
        used = want != 0
        if used.sum() >= FEW and got[used][0] != 0:
            factor = float(np.median(got[used] / want[used]))
            if same(want * factor, got):
                return Family("off by a factor", f"Every number is {factor:.4g} times what it should be.")
    return None


def _factor_each(examples: list[Example], same: Same) -> Family | None:
    """One factor in each example, another one in the next."""
    if numbers(examples) is not None and (parts := _factors(examples, same)):
        told = ", ".join(f"{part:.4g}" for part in parts[:3])
        return Family("off by a factor", f"In each example all numbers are off by one factor: {told}, in turn.")
    return None


def _factors(examples: list[Example], same: Same) -> list[float]:
    """One factor for each example, where there are several numbers in each."""
    found = []
    for _, expected, result in examples:
        want, got = np.ravel(np.asarray(expected, dtype=float)), np.ravel(np.asarray(result, dtype=float))
        used = want != 0
        if used.sum() < ENOUGH or len(np.unique(want)) < 2:
            return []
        factor = float(np.median(got[used] / want[used]))
        if factor == 0 or not same(want * factor, got):
            return []
        found.append(factor)
    return found


def _shift(examples: list[Example], same: Same) -> Family | None:
    if (pair := numbers(examples)) is not None:
        want, got = pair
        shift = float(np.median(got - want))
        if shift and same(want + shift, got):
            word = "more" if shift > 0 else "less"
            return Family("off by a constant", f"Every number is {abs(shift):.4g} {word} than it should be.")
    return None


def _nothing(examples: list[Example], same: Same) -> Family | None:
    if (pair := numbers(examples)) is not None and not pair[1].any():
        return Family("zeros", "Every number is 0.")
    return None


def _change(examples: list[Example], same: Same) -> Family | None:
    """A step from an argument, too long or too short by one factor."""
    if (pair := numbers(examples)) is None:
        return None
    want, got = pair
    least = min(len(arguments) for arguments, _, _ in examples)
    for number in range(least):
        starts = [(np.asarray(arguments[number]), np.asarray(expected)) for arguments, expected, _ in examples]
        if any(start.shape != end.shape or start.dtype.kind not in "iuf" for start, end in starts):
            continue
        start = np.concatenate([start.ravel() for start, _ in starts])
        used = want != start
        if used.sum() < FEW:
            continue
        factor = float(np.median((got - start)[used] / (want - start)[used]))
        if same(start + factor * (want - start), got):
            which = "the argument" if least == 1 else f"argument {number + 1}"
            return Family("off by a factor", f"The change from {which} is {factor:.4g} times what it should be.")
    return None


def _transformed(examples: list[Example], same: Same) -> Family | None:
    """Another function of the right numbers."""
    if (pair := numbers(examples)) is None:
        return None
    want, got = pair
    forms: list[tuple[str, np.ndarray]] = [
        ("its square root", np.sqrt(want)),
        ("its square", want**2),
        ("its logarithm", np.log(want)),
        ("its exponential", np.exp(want)),
        ("one divided by it", 1 / want),
        ("one minus it", 1 - want),
        ("its size without its sign", np.abs(want)),
        ("it without its decimals", np.trunc(want)),
        ("it rounded to a whole number", np.round(want)),
        ("it rounded down", np.floor(want)),
        ("it rounded up", np.ceil(want)),
    ]
    for words, form in forms:
        if np.isfinite(form).all() and len(np.unique(form)) > 1 and same(form, got):
            return Family("another function of it", f"In place of each number comes {words}.")
    for digits in range(1, ROUNDED_TO):
        if (got == np.round(want, digits)).all() and not same(want, got):
            places = "one decimal" if digits == 1 else f"{digits} decimals"
            return Family("another function of it", f"In place of each number comes it rounded, to {places}.")
    slack = 1e-6 * (1 + np.abs(want))  # 2, reckoned in floating point, may lie just below 2
    if (want == np.round(want)).all():
        return None  # of whole numbers a smaller one is no sign of rounding
    if ((got == np.floor(want - slack)) | (got == np.floor(want + slack))).all() and (got != want).any():
        return Family("another function of it", "In place of each number comes it rounded down.")
    return None


def _fractions(examples: list[Example], same: Same) -> Family | None:
    """Fractions where whole numbers belong: those that are floats are whole by chance."""
    if (pair := numbers(examples)) is not None and all(_counts(expected) for _, expected, _ in examples):
        want, got = pair
        if (want == np.round(want)).all() and (cut := int((got != np.round(got)).sum())):
            return Family("fractions", f"All numbers should be whole; {cut} of {len(got)} that come are not.")
    return None


def _counts(value: Any) -> bool:
    """Whether all numbers in it are whole by their kind."""
    if isinstance(value, (list, dict)):
        return all(map(_counts, value.values() if isinstance(value, dict) else value))
    return isinstance(value, int) or (isinstance(value, np.ndarray) and value.dtype.kind in "iu")


def _zeros(examples: list[Example], same: Same) -> Family | None:
    """Some numbers are 0 that should not be, the others are right."""
    if (pair := numbers(examples)) is not None:
        want, got = pair
        lost = (got == 0) & (want != 0)
        if lost.any() and same(want[~lost], got[~lost]):
            some = f"{int(lost.sum())} of {len(want)} numbers are 0 and should not be; the others are right."
            return Family("zeros", some)
    return None


def _elements(examples: list[Example], same: Same) -> Family | None:
    """Element by element: which numbers of the argument go wrong, where the result has its shape."""
    if len(examples[0][0]) == 0 or not isinstance(examples[0][0][0], np.ndarray):
        return None
    given, well = [], []
    for arguments, expected, got in examples:
        x, want, have = arguments[0], np.asarray(expected, dtype=float), np.asarray(got, dtype=float)
        if not (np.shape(x) == want.shape == have.shape) or want.ndim == 0:
            return None
        given.append(np.ravel(x).astype(float))
        well.append(agree(want, have, same))
    x, is_right = np.concatenate(given), np.concatenate(well).astype(bool)
    if is_right.all() or not is_right.any() or len(x) < ENOUGH:
        return None
    for words, there in (
        ("negative", x < 0),
        ("positive", x > 0),
        ("0", x == 0),
        ("0 or less", x <= 0),
        ("0 or more", x >= 0),
        ("100 or more in size", np.abs(x) >= 100),
    ):
        if (there == ~is_right).all():
            return Family("some inputs", f"It goes wrong where the number given is {words}; elsewhere it is right.")
    return _between(x, is_right)


def _between(x: np.ndarray, is_right: np.ndarray) -> Family | None:
    """The numbers that go wrong lie beside each other, with none that goes right between them."""
    low, high, well = float(x[~is_right].min()), float(x[~is_right].max()), np.unique(x[is_right])
    below, above = well[well < low], well[well > high]
    if len(well) < ENOUGH or len(below) + len(above) < len(well):
        return None
    ends = [f"above {number:.4g}" for number in below[-1:]] + [f"below {number:.4g}" for number in above[:1]]
    return Family("some inputs", f"Of the numbers given, those {' and '.join(ends)} go wrong; all others are right.")


def _affine(examples: list[Example], same: Same) -> Family | None:
    """Off by a factor and a constant."""
    if (pair := numbers(examples)) is None or len(np.unique(pair[0])) <= ENOUGH:
        return None
    want, got = pair
    factor, shift = (float(part) for part in np.polyfit(want, got, 1))
    if np.ptp(got) < 1e-9 * (1 + np.abs(got).max()) or not same(factor * want + shift, got):
        return None
    word = "plus" if shift > 0 else "minus"
    return Family("off by a factor", f"Every number is {factor:.4g} times what it should be, {word} {abs(shift):.4g}.")


def _argument(examples: list[Example], same: Same) -> Family | None:
    """Off by an argument, or by how many items it has: added, taken away, multiplied, divided by."""
    if (pair := numbers(examples)) is None:
        return None
    want, got = pair
    sizes = [np.size(expected) for _, expected, _ in examples]
    for name, values in _quantities([arguments for arguments, _, _ in examples]):
        q = np.repeat(np.asarray(values, dtype=float), sizes)
        if len(np.unique(q)) < 2:
            continue
        forms: list[tuple[str, np.ndarray]] = [
            ("the right one times", want * q),
            ("the right one divided by", want / q),
            ("the right one plus", want + q),
            ("the right one minus", want - q),
            ("the right one plus twice", want + 2 * q),
            ("the right one minus twice", want - 2 * q),
            ("the right one times twice", want * 2 * q),
            ("the right one times half of", want * q / 2),
            ("the right one times the square of", want * q**2),
            ("the right one divided by the square of", want / q**2),
        ]
        for words, form in forms:
            if same(form, got):
                return Family("off by an argument", f"Every number is {words} {name}.")
    return None


def _quantities(calls: list[tuple[Any, ...]]) -> list[tuple[str, list[float]]]:
    """What the arguments of the calls measure, one number a call: numbers, and how many items there are."""
    found: list[tuple[str, list[float]]] = []
    least = min(len(arguments) for arguments in calls)
    for number in range(least):
        which = "the argument" if least == 1 else f"argument {number + 1}"
        values = [arguments[number] for arguments in calls]
        if all(isinstance(value, (int, float, np.number)) and not isinstance(value, bool) for value in values):
            found.append((which, [float(value) for value in values]))
        elif all(isinstance(value, (list, tuple, np.ndarray)) for value in values):
            found.append((f"the number of items in {which}", [float(len(value)) for value in values]))
            if all(isinstance(item, (list, tuple)) for value in values for item in value):
                total = [float(sum(len(item) for item in value)) for value in values]
                found.append((f"how many there are in all lists of {which}", total))
            elif all(np.ndim(value) == 2 for value in values):
                found.append((f"the number of columns of {which}", [float(np.shape(value)[1]) for value in values]))
    return found


_PLACES: list[tuple[str, int, Callable[..., np.ndarray]]] = [
    ("the first item is", 1, lambda i: i == 0),
    ("the last item is", 1, lambda i: i == i.max()),
    ("the first and the last item are", 1, lambda i: (i == 0) | (i == i.max())),
    ("all items but the first are", 1, lambda i: i > 0),
    ("all items but the last are", 1, lambda i: i < i.max()),
    ("the first row is", 2, lambda i, j: i == 0),
    ("the last row is", 2, lambda i, j: i == i.max()),
    ("the first column is", 2, lambda i, j: j == 0),
    ("the last column is", 2, lambda i, j: j == j.max()),
    ("all rows but the first are", 2, lambda i, j: i > 0),
    ("all columns but the first are", 2, lambda i, j: j > 0),
    ("the border is", 2, lambda i, j: (i == 0) | (j == 0) | (i == i.max()) | (j == j.max())),
    ("the inside is", 2, lambda i, j: (i > 0) & (j > 0) & (i < i.max()) & (j < j.max())),
    ("the diagonal is", 2, lambda i, j: i == j),
    ("all but the diagonal is", 2, lambda i, j: i != j),
]
"""Places in a row or a table, by the numbers of rows and columns."""
SO_MANY_PLACES = 6
"""In fewer, a pattern may be chance."""


def _place(examples: list[Example], same: Same) -> Family | None:
    """The same places are wrong each time, all others are right."""
    wrongs = []
    for _, expected, result in examples:
        want, got = np.asarray(expected, dtype=float), np.asarray(result, dtype=float)
        if want.shape != got.shape or want.ndim not in (1, 2) or min(want.shape) < 2 or want.size < ENOUGH:
            return None
        if not want.all():
            return None  # a 0 is right by chance: whatever it is multiplied with
        wrongs.append(~agree(want, got, same).reshape(want.shape))
    if sum(wrong.size for wrong in wrongs) < SO_MANY_PLACES or any(wrong.all() for wrong in wrongs):
        return None
    for words, dimensions, holds in _PLACES:
        if all(w.ndim == dimensions and (holds(*np.indices(w.shape)) == w).all() for w in wrongs):
            return Family("some places", f"In what comes back {words} wrong each time; all else is right.")
    return None


def _side(examples: list[Example], same: Same) -> Family | None:
    """All that is wrong is too large, or all too small."""
    if (pair := numbers(examples)) is None:
        return None
    want, got = pair
    wrong = ~agree(want, got, same)
    if wrong.sum() < ENOUGH:
        return None
    larger = (got > want)[wrong]
    if not larger.all() and larger.any():
        return None
    word = "large" if larger.all() else "small"
    some = "Every number is" if wrong.all() else f"{int(wrong.sum())} of {len(wrong)} numbers are wrong, and each is"
    return Family("one side", f"{some} too {word}.")


PLAIN: tuple[Rule, ...] = (_turned, _sign, _factor, _shift, _nothing)
"""One and the same of all numbers: tried first."""
RULES: tuple[Rule, ...] = (
    _argument,
    _change,
    _factor_each,
    _affine,
    _transformed,
    _zeros,
    _elements,
)
LAST: tuple[Rule, ...] = (_fractions, _place, _side)
"""Tried where nothing can be said of the inputs that go wrong, either."""
