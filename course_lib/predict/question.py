"""What a question asks, how what is said compares with the answer, and the words for both."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Because = Mapping[Any, str]
"""What was expected → a sentence for who expected it.

A choice: an option. A number: that number, ``"too low"`` or ``"too high"``. An order: a tuple of things that stand in
this order, one after the other, though not side by side.
"""


@dataclass(frozen=True)
class Question:
    """A question to answer before a cell runs, or from memory (:mod:`course_lib.recall`)."""

    name: str
    kind: str
    """`choice`, `number` or `order`."""
    text: str
    options: tuple[str, ...] = ()
    unit: str = ""
    within: float = 0.0
    """How far from the measured number a guess may lie."""
    factor: float = 1.0
    """By what factor it may be larger or smaller."""
    lead: str = "Predict"
    """The words before the text."""
    word: str = "guess"
    """What one makes: a `guess`, or an `answer`."""

    def plain(self, value: Any) -> Any:
        """A guess or a result as plain data: a text, a number, or a list of texts."""
        if self.kind == "number":
            return float(value)
        return [str(part) for part in value] if self.kind == "order" else str(value)

    def read(self, said: Any) -> Any:
        """What a record has; None where there is nothing, or nothing that fits the question as it is now."""
        with contextlib.suppress(Exception):
            return None if said is None else self.plain(said)
        return None

    def words(self, value: Any) -> str:
        """A guess or a result in words."""
        if self.kind == "order":
            return " → ".join(value)
        if self.kind != "number":
            return str(value)
        unit = re.sub(r"^(\w+)s$", r"\1", self.unit) if value == 1 else self.unit  # one job, though 1 times the mean
        return " ".join(f"{number(value)} {unit}".split())

    def agree(self, said: Any, measured: Any) -> bool:
        """Whether a guess is what was measured, a number within its limits."""
        return self._near(said, measured) if self.kind == "number" else bool(said == measured)

    def sentence(self, said: Any, measured: Any, because: Because) -> str:
        """The sentence for who expected this; empty where there is none, or where it came true."""
        if self.agree(said, measured):
            return ""
        return next((text for expected, text in because.items() if self.meets(expected, said, measured)), "")

    def meets(self, expected: Any, said: Any, measured: Any) -> bool:
        """Whether a guess is one of those that a sentence is for."""
        if self.kind == "order":
            places = [said.index(part) for part in expected if part in said]
            return len(places) == len(expected) and places == sorted(places)
        if self.kind == "number" and isinstance(expected, str):
            return bool(expected == ("too low" if said < measured else "too high"))
        return self._near(said, expected) if self.kind == "number" else bool(said == expected)

    def _near(self, one: float, other: float) -> bool:
        small, large = sorted((abs(one), abs(other)))
        same_sign = one * other > 0
        return abs(one - other) <= self.within or one == other or (same_sign and large <= small * self.factor)

    def ask(self) -> str:
        """The question as lines of text, for where there is nothing to click."""
        answers = [f"…  {self.unit}".strip()] if self.kind == "number" else [f"○ {option}" for option in self.options]
        lines = [f"{self.lead}: {self.text}", *(f"  {answer}" for answer in answers)]
        return "\n".join([*lines, *([f"  {self.hint}"] if self.hint else [])])

    @property
    def hint(self) -> str:
        """How near to the measured number is near enough; empty where it must be met."""
        if self.kind == "order":
            return "Put them in order."
        if self.kind == "number" and self.within:
            return f"Up to {number(self.within)} more or less counts as right."
        return f"Up to {self.factor:g} times more or less counts as right." if self.factor > 1 else ""


def number(value: float) -> str:
    """A number as people read it: whole ones in full, others to three digits."""
    return f"{value:,.0f}" if value == round(value) and abs(value) < 1e9 else f"{value:.3g}"
