"""Results that fit other arguments: as if `b` had the other sign, as if two were swapped, as if a row were missing.

An exercise that gives its :attr:`~course_lib.check.exercise.Exercise.reference` is looked at in this way: the reference
is asked with one argument changed, and where it gives what the answer gave, each time, that is told. It says how the
result comes out, not what stands in the code.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from course_lib.check.changes import Change, NotThere, changes, in_time, names_of
from course_lib.check.number_families import Example, Family, Same
from course_lib.check.plain import to_plain


def of(
    wrong: Sequence[Example], right: Sequence[tuple[tuple[Any, ...], Any]], reference: Callable[..., Any], same: Same
) -> Family | None:
    """With which other arguments the reference gives what the answer gave; None where with none.

    Args:
        wrong: arguments, expected, and what the answer gave, as plain data.
        right: arguments and what is expected, where the answer is right.
        reference: gives what is right; its parameters are called as the task calls them.
        same: whether two results are the same.
    """
    names = names_of(reference, [arguments for arguments, *_ in (*wrong, *right)])
    evidence = _evidence(wrong)
    always, at_times = list[str](), list[str]()
    for words, change in in_time(changes(names, wrong[0][0])):
        if all(_gives(reference, change, arguments, got, same) for arguments, _, got in wrong):
            is_always = all(_gives(reference, change, arguments, want, same, True) for arguments, want in right)
            (always if is_always else at_times).append(words)
            if is_always and evidence:
                break
    fitting = always or (at_times if evidence == DECIMALS else [])
    if not fitting or (not evidence and len(fitting) > 1):  # of several that fit by chance, none is told
        return None
    return Family("as if", f"{'It' if always else 'Where it goes wrong, it'} comes out as if {fitting[0]}.")


CHANCE, SEVERAL, DECIMALS = range(3)


def _evidence(wrong: Sequence[Example]) -> int:
    """How far a fit is from chance: a single result may fit, several whole numbers hardly, decimals never."""
    sizes = 0
    for _, _, got in wrong:
        with contextlib.suppress(Exception):
            numbers = np.ravel(np.asarray(got, dtype=float))
            if (np.isfinite(numbers) & (numbers != np.round(numbers))).any():
                return DECIMALS
        sizes += 1 if isinstance(got, (int, float)) else np.size(got) if isinstance(got, np.ndarray) else SEVERAL
    enough = 4 if all(isinstance(got, bool) for _, _, got in wrong) else 2
    return SEVERAL if sizes >= enough else CHANCE


def _gives(
    reference: Callable[..., Any], change: Change, arguments: Any, result: Any, same: Same, or_not: bool = False
) -> bool:
    """Whether the reference gives this result with the changed arguments.

    Args:
        reference, change, arguments, result, same: as above.
        or_not: what it means that the change cannot be made here.
    """
    try:
        other = change(arguments)
        return same(to_plain(reference(*other)), result) if other is not None else or_not
    except NotThere:
        return or_not
    except Exception:
        return False
