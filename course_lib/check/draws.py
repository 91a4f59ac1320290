"""Draws what an exercise may be asked: any input that its task allows.

Ends of a range, zeros and repeated values come far more often than chance would bring them: there answers go wrong.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import numpy as np

T = TypeVar("T")
SPECIAL = 0.1
"""The share of numbers that are an end of their range, or 0."""


class Draw:
    """One draw. Its numbers are the same in 32 bits and in 64, so that an answer can be asked in both."""

    def __init__(self, rng: np.random.Generator):
        self.rng = rng

    def whole(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both included."""
        return int(self._special(self.rng.integers(low, high + 1), low, high))

    def number(self, low: float, high: float) -> float:
        """A number from `low` to `high`, both included."""
        return float(self.array((), low, high))

    def array(self, shape: tuple[int, ...], low: float, high: float) -> Any:
        """A float array with numbers from `low` to `high`; where 0 lies between, all are near 0 at times."""
        reach = 10 ** -self.rng.uniform(0, 3) if low < 0 < high and self.chance() else 1.0
        numbers = np.where(
            self.rng.random(shape) < SPECIAL,
            self._special(np.zeros(shape), low, high, always=True),
            self.rng.uniform(low * reach, high * reach, shape),
        )
        return numbers.astype(np.float32).astype(float)

    def wholes(self, shape: tuple[int, ...], low: int, high: int) -> Any:
        """An array of whole numbers from `low` to `high`, both included."""
        return self._special(self.rng.integers(low, high + 1, shape), low, high)

    def shape(self, axes: int, most: int, least: int = 1) -> tuple[int, ...]:
        """The shape of an array with so many axes, each of a length from `least` to `most`."""
        return tuple(self.whole(least, most) for _ in range(axes))

    def one_of(self, *choices: T) -> T:
        """One of these."""
        return choices[int(self.rng.integers(len(choices)))]

    def some(self, *choices: T) -> list[T]:
        """One or more of these, in any order, none of them twice."""
        return [choices[n] for n in self.rng.permutation(len(choices))[: self.whole(1, len(choices))]]

    def items(self, make: Callable[[], T], least: int, most: int) -> list[T]:
        """A list of `least` to `most` things, each made anew."""
        return [make() for _ in range(self.whole(least, most))]

    def chance(self) -> bool:
        """True half of the time."""
        return bool(self.rng.random() < 0.5)

    def _special(self, numbers: Any, low: float, high: float, always: bool = False) -> Any:
        """Some of the numbers, or all, changed to an end of the range, or to 0 where it lies within."""
        chosen = self.rng.choice([low, high, min(max(0, low), high)], np.shape(numbers))
        return chosen if always else np.where(self.rng.random(np.shape(numbers)) < SPECIAL, chosen, numbers)


def in_32_bits(value: Any) -> Any:
    """The same with every float array in it in 32 bits, also within lists, tuples and dicts."""
    if isinstance(value, np.ndarray) and value.dtype == float:
        return value.astype(np.float32)
    if isinstance(value, (list, tuple)):
        return type(value)(in_32_bits(part) for part in value)
    if isinstance(value, dict):
        return {key: in_32_bits(part) for key, part in value.items()}
    return value


def has_float_arrays(value: Any) -> bool:
    """Whether :func:`in_32_bits` makes something else of it."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, (list, tuple)):
        return any(map(has_float_arrays, value))
    return isinstance(value, np.ndarray) and value.dtype == float
