"""Families of mistakes, seen in how a result differs: a factor, a shift, a sign, an order, a transposition.

An exercise foresees its own mistakes. Where none of them fits, something can often be said all the same. It is true,
for it says no more than what was seen: that every number is twice what it should be.
"""

from __future__ import annotations

import contextlib
import warnings
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from types import MappingProxyType
from typing import Any, NamedTuple

import numpy as np

from course_lib.check import as_if, number_families, probes, traits
from course_lib.check.inputs import Kinds, inputs, wanted
from course_lib.check.message import lines
from course_lib.check.number_families import Example, Family, Rule, Same
from course_lib.check.outcome import Outcome
from course_lib.check.plain import NotPlain, compare, short, to_plain


class About(NamedTuple):
    """What an exercise says of itself, to tell what is wrong with an answer."""

    called: bool = True
    """Whether the arguments are those of the answer's function, and the result what it returned."""
    kinds: Kinds = MappingProxyType({})
    """The exercise's own words for kinds of input."""
    elsewhere: Sequence[tuple[Any, ...]] = ()
    """Arguments with which the answer is right, of examples that are looked at in another way."""
    more_is_wrong: bool = False
    """Whether examples that are looked at in another way are wrong, too: then nothing is said of "elsewhere"."""
    parts: tuple[str, ...] = ()
    """What the parts of a result are called."""
    reference: Callable[..., Any] | None = None
    """Gives what is right."""
    ask: Callable[[tuple[Any, ...]], Outcome] | None = None
    """Asks the answer once more, with other arguments; where that costs nothing."""
    steps: Callable[..., Mapping[str, Any]] | None = None
    """Gives what stands on the way to what is right."""


NOTHING = About()
Right = Sequence[tuple[tuple[Any, ...], Any]]
"""Arguments and what is expected, of the examples that are right."""


def of(
    wrong: Sequence[tuple[tuple[Any, ...], Any, Outcome]],
    right: Right,
    rtol: float,
    atol: float,
    about: About = NOTHING,
) -> Family | None:
    """What is common to all examples that are wrong; None where nothing is.

    How the results differ goes first. Where no plain rule tells it, which examples go wrong is told, and what can be
    said of their results all the same.

    Args:
        wrong: arguments, expected, and what the answer gave.
        right: the examples that are right.
        rtol, atol: tolerance for numbers.
        about: what the exercise says of itself.
    """

    def same(one: Any, two: Any) -> bool:
        return compare(one, two, rtol, atol) is None

    with np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the reference, where other arguments make no sense
        examples = _examples(wrong, about.called)
        if examples and (found := _how(examples, [(a, to_plain(want)) for a, want in right], same, about)):
            return found
        which = which_examples([(arguments, expected) for arguments, expected, _ in wrong], right, about)
        parts = [traits.column, _part] if about.called else [traits.column]
        besides = _first(parts, examples, same) or _besides(examples, same) if examples else None
    return Family(which.name, lines(which.sentence, besides.sentence)) if which and besides else which or besides


def _how(examples: list[Example], right: Right, same: Same, about: About) -> Family | None:
    """How all results differ from those expected, where it is one way."""
    of_a_call = _OF_A_CALL if about.called else ()
    well = _well(right)
    found = _first([*of_a_call, *_OF_ANYTHING, *number_families.PLAIN], examples, same, well)
    if found is None and about.parts:
        found = _first([partial(_named_part, names=about.parts)], examples, same)
    if found is None and about.reference:
        with contextlib.suppress(Exception):
            found = as_if.of(examples, right, about.reference, same)
    found = found or _first(number_families.RULES, examples, same, well)
    if found is None and about.reference and about.ask:
        with contextlib.suppress(Exception):
            found = probes.of(_plainly(about.ask), examples, about.reference, same)
    return found


def _plainly(ask: Callable[[tuple[Any, ...]], Outcome]) -> Callable[[tuple[Any, ...]], Any]:
    def asked(arguments: tuple[Any, ...]) -> Any:
        outcome = ask(arguments)
        if outcome.error or outcome.problem or not outcome.fits:
            raise NotPlain
        return outcome.shown

    return asked


def which_examples(wrong: Right, right: Right, about: About) -> Family | None:
    """What tells the examples that go wrong from the others."""
    if about.more_is_wrong:
        return None
    amiss, well = [arguments for arguments, _ in wrong], [arguments for arguments, _ in right]
    found = inputs(amiss, well, about.called, about.kinds, about.elsewhere)
    if found is None and about.called:
        found = wanted([expected for _, expected in wrong], [expected for _, expected in right])
    return found


def _examples(wrong: Sequence[tuple[tuple[Any, ...], Any, Outcome]], called: bool) -> list[Example]:
    """The examples whose results can be compared; none where one of them cannot."""
    try:
        return _plain(wrong, called)
    except NotPlain:
        return []


def _plain(wrong: Sequence[tuple[tuple[Any, ...], Any, Outcome]], called: bool) -> list[Example]:
    """The examples whose results can be compared; none where one of them cannot."""
    if any(outcome.error or outcome.problem or not outcome.fits for _, _, outcome in wrong):
        return []
    examples = [(arguments, to_plain(expected), outcome.shown) for arguments, expected, outcome in wrong]
    if not called and any(isinstance(expected, dict) for _, expected, _ in examples):
        return []  # facts that a check has gathered: their words are the check's own
    return examples


def _well(right: Right) -> list[Example]:
    """The examples that are right, in the same form: what came is what was expected."""
    with contextlib.suppress(NotPlain):
        return [(arguments, to_plain(want), to_plain(want)) for arguments, want in right]
    return []


def _first(rules: Sequence[Rule], examples: list[Example], same: Same, well: Sequence[Example] = ()) -> Family | None:
    """What the first rule says that has something to say.

    Args:
        rules: tried in this order.
        examples: those that are wrong.
        same: whether two results are the same.
        well: those that are right. Where the rule does not hold of them, "every number" means where it goes wrong.
    """
    for rule in rules:
        with contextlib.suppress(Exception):
            if found := rule(examples, same):
                return found if not well or _holds(rule, [*examples, *well], same, found) else _there(found)
    return None


def _holds(rule: Rule, examples: list[Example], same: Same, found: Family) -> bool:
    """Whether a rule says the same of these examples."""
    with contextlib.suppress(Exception):
        return rule(examples, same) == found
    return False


def _there(found: Family) -> Family:
    """The same, of the examples that go wrong alone."""
    where = "In the examples that go wrong" if "goes wrong" in found.sentence else "Where it goes wrong"
    return Family(found.name, f"{where}, {found.sentence[:1].lower()}{found.sentence[1:]}")


def _named_part(examples: list[Example], same: Same, names: Sequence[str]) -> Family | None:
    """Which parts of a result are right, which are wrong; and how the first wrong one differs."""
    wants, gots = ([list(example[side]) for example in examples] for side in (1, 2))
    if any(len(part) != len(names) for part in (*wants, *gots)):
        return None
    right = [n for n in range(len(names)) if all(same(w[n], g[n]) for w, g in zip(wants, gots, strict=True))]
    wrong = [n for n in range(len(names)) if n not in right]
    if not right or not wrong:
        return None
    told = f"{_listed([names[n] for n in right])} right; {_listed([names[n] for n in wrong])} not."
    told = told[:1].upper() + told[1:] if told.startswith("the ") else told  # a name keeps its small letter
    parts = {
        at: [(a, w[at], g[at]) for (a, _, _), w, g in zip(examples, wants, gots, strict=True) if not same(w[at], g[at])]
        for at in wrong
    }
    for rules in (_ONE_WAY, (*traits.RULES, *number_families.LAST)):
        for at, part in parts.items():
            if how := _first(rules, part, same):
                return Family("one part", lines(told, f"In {names[at]}: {how.sentence}"))
    return Family("one part", told)


def _besides(examples: list[Example], same: Same) -> Family | None:
    """What can be said where the results differ in no one way."""
    return _first([*traits.RULES, *number_families.LAST], examples, same)


def _listed(names: list[str]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]} are" if len(names) > 1 else f"{names[0]} is"


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
_ONE_WAY = (*_OF_ANYTHING, *number_families.PLAIN, *number_families.RULES)
