"""Families of mistakes, seen in how a result differs: a factor, a shift, a sign, an order, a transposition.

An exercise foresees its own mistakes. Where none of them fits, something can often be said all the same. It is true,
for it says no more than what was seen: that every number is twice what it should be.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

import numpy as np

from course_lib.check import number_families
from course_lib.check.number_families import Example, Family, Rule, Same
from course_lib.check.outcome import Outcome
from course_lib.check.plain import NotPlain, compare, short, to_plain

Kinds = Mapping[str, Callable[..., bool]]
"""Words for kinds of input ("the user is unknown") → whether an example's arguments are of that kind."""


def of(
    wrong: Sequence[tuple[tuple[Any, ...], Any, Outcome]],
    right: Sequence[tuple[Any, ...]],
    rtol: float,
    atol: float,
    called: bool = True,
    kinds: Kinds = MappingProxyType({}),
) -> Family | None:
    """What is common to all examples that are wrong; None where nothing is.

    Args:
        wrong: arguments, expected, and what the answer gave.
        right: the arguments of the examples that are right.
        rtol, atol: tolerance for numbers.
        called: whether the arguments are those of the answer's function.
        kinds: the exercise's own words for kinds of input.
    """
    amiss = [arguments for arguments, _, _ in wrong]
    rules: list[Rule] = [*(_OF_A_CALL if called else ()), *_OF_ANYTHING, *number_families.RULES]
    found = None
    with contextlib.suppress(NotPlain), np.errstate(all="ignore"):
        examples = _plain(wrong, called)
        found = _first(rules, examples, rtol, atol) if examples else None
        found = found or inputs(amiss, right, called, kinds)
        if examples and not found:
            found = _first([*((_part,) if called else ()), *number_families.LAST], examples, rtol, atol)
        return found
    return found or inputs(amiss, right, called, kinds)


def _plain(wrong: Sequence[tuple[tuple[Any, ...], Any, Outcome]], called: bool) -> list[Example]:
    """The examples whose results can be compared; none where one of them cannot."""
    if any(outcome.error or outcome.problem or not outcome.fits for _, _, outcome in wrong):
        return []
    examples = [(arguments, to_plain(expected), outcome.shown) for arguments, expected, outcome in wrong]
    if not called and any(isinstance(expected, dict) for _, expected, _ in examples):
        return []  # facts that a check has gathered: their words are the check's own
    return examples


def _first(rules: Sequence[Rule], examples: list[Example], rtol: float, atol: float) -> Family | None:
    """What the first rule says that has something to say."""

    def same(one: Any, two: Any) -> bool:
        return compare(one, two, rtol, atol) is None

    for rule in rules:
        with contextlib.suppress(Exception):
            if found := rule(examples, same):
                return found
    return None


def inputs(
    wrong: Sequence[tuple[Any, ...]],
    right: Sequence[tuple[Any, ...]],
    called: bool = True,
    kinds: Kinds = MappingProxyType({}),
) -> Family | None:
    """What tells the inputs that go wrong from those that go right; None where nothing plain does."""
    for words, holds in kinds.items() if wrong and right else ():
        with contextlib.suppress(Exception):
            if all(holds(*arguments) for arguments in wrong) and not any(holds(*arguments) for arguments in right):
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
    ("has one dimension", lambda a: isinstance(a, np.ndarray) and a.ndim == 1),
    ("has two dimensions", lambda a: isinstance(a, np.ndarray) and a.ndim == 2),
    ("has three dimensions or more", lambda a: isinstance(a, np.ndarray) and a.ndim > 2),
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


def _part(examples: list[Example], same: Same) -> Family | None:
    """Of a result with several parts, the same ones are right each time."""
    wants = [want for _, want, _ in examples]
    gots = [got for _, _, got in examples]
    if not all(isinstance(want, list) and isinstance(got, list) for want, got in zip(wants, gots, strict=True)):
        return None
    size = len(wants[0])
    if not 2 <= size <= 6 or any(len(part) != size for part in (*wants, *gots)):
        return None
    right = [n for n in range(size) if all(same(w[n], g[n]) for w, g in zip(wants, gots, strict=True))]
    wrong = [n for n in range(size) if not any(same(w[n], g[n]) for w, g in zip(wants, gots, strict=True))]
    if not right or not wrong or len(right) + len(wrong) < size:
        return None
    one, two = (_items(part) for part in (wrong, right))
    return Family("one part", f"Of what comes back, {one} wrong and {two} right.")


def _items(numbers: list[int]) -> str:
    if len(numbers) == 1:
        return f"item {numbers[0]} is"
    return f"items {', '.join(str(number) for number in numbers)} are"


def _no_answer_to_the_input(examples: list[Example], same: Same) -> Family | None:
    """The same result for each example, though other results are expected."""
    results, expected = [got for _, _, got in examples], [want for _, want, _ in examples]
    is_one = len(examples) > 1 and all(same(results[0], got) for got in results[1:])
    if is_one and not any(same(expected[0], want) for want in expected[1:]):
        return Family("always the same", f"Each time the same comes back: {short(results[0])}.")
    return None


def _given_back(examples: list[Example], same: Same) -> Family | None:
    """An argument comes back unchanged."""
    least = min(len(arguments) for arguments, _, _ in examples)
    for number in range(least):
        with contextlib.suppress(NotPlain):
            if all(same(to_plain(arguments[number]), got) for arguments, _, got in examples):
                which = "its argument" if least == 1 else f"argument {number + 1}"
                return Family("argument given back", f"What comes back is {which}, unchanged.")
    return None


def _order(examples: list[Example], same: Same) -> Family | None:
    """The right items in another order."""
    if not all(isinstance(want, list) or np.ndim(want) > 0 for _, want, _ in examples):
        return None
    pairs = [(list(want), list(got)) for _, want, got in examples]
    if any(len(want) != len(got) or len(want) < 2 for want, got in pairs):
        return None
    if all(same(want[::-1], got) for want, got in pairs):
        return Family("order turned round", "The items are right, in the opposite order.")
    for want, got in pairs:
        rest = list(got)
        for item in want:
            at = next((number for number, other in enumerate(rest) if same(item, other)), None)
            if at is None:
                return None
            rest.pop(at)
    return Family("other order", "The items are right; their order is not.")


def _ends(examples: list[Example], same: Same) -> Family | None:
    """One item too few or too many, at one end."""
    pairs = [(list(want), list(got)) for _, want, got in examples]
    cuts: list[tuple[str, Callable[[list[Any], list[Any]], bool]]] = [
        ("The last item is missing; the others are right.", lambda w, g: len(w) > 1 and same(w[:-1], g)),
        ("The first item is missing; the others are right.", lambda w, g: len(w) > 1 and same(w[1:], g)),
        ("There is one item too many at the end; the others are right.", lambda w, g: len(g) > 1 and same(w, g[:-1])),
        ("There is one item too many at the start; the others are right.", lambda w, g: len(g) > 1 and same(w, g[1:])),
    ]
    for sentence, holds in cuts:
        if all(holds(want, got) for want, got in pairs):
            return Family("one item off", sentence)
    return None


def _members(examples: list[Example], same: Same) -> Family | None:
    """Sets, or keys of dicts: some are missing, or too many."""
    if not all(type(want) is type(got) and isinstance(want, (set, dict)) for _, want, got in examples):
        return None
    missing = [set(want) - set(got) for _, want, got in examples]
    extra = [set(got) - set(want) for _, want, got in examples]
    if any(missing) and not any(extra):
        return Family("some are missing", f"All that is there belongs there, but some are missing: {_some(missing)}.")
    if any(extra) and not any(missing):
        return Family("too many", f"All that belongs there is there, and more besides: {_some(extra)}.")
    return None


def _some(sets: list[set[Any]]) -> str:
    items = sorted({repr(item) for part in sets for item in part})
    return short(", ".join(items[:3]))[1:-1] + (", …" if len(items) > 3 else "")


def _text(examples: list[Example], same: Same) -> Family | None:
    """Text that differs in its letters' case or in blanks alone."""
    if not all(isinstance(want, str) and isinstance(got, str) for _, want, got in examples):
        return None
    if all(want.lower() == got.lower() for _, want, got in examples):
        return Family("capital letters", "The text is right but for capital and small letters.")
    if all("".join(want.split()) == "".join(got.split()) for _, want, got in examples):
        return Family("blanks", "The text is right but for blanks and line breaks.")
    return None


_OF_ANYTHING = (_text, _members, _order, _ends)
_OF_A_CALL = (_no_answer_to_the_input, _given_back)
