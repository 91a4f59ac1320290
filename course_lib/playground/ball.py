"""Playground: a ball rolls down a loss surface. Surface, optimizer, learning rate and number of steps as controls."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from course_lib.playground import view

OPTIMIZERS = ("SGD", "momentum", "RMSprop", "Adam")


class Surface(NamedTuple):
    """A loss of two weights a, b, its gradient, and where the ball starts."""

    loss: Callable[[np.ndarray, np.ndarray], np.ndarray]
    gradient: Callable[[float, float], tuple[float, float]]
    start: tuple[float, float]


SURFACES = {
    "bowl": Surface(lambda a, b: a**2 / 2 + b**2 / 2, lambda a, b: (a, b), (-2.5, 1.5)),
    "valley": Surface(lambda a, b: a**2 / 2 + 20 * b**2 / 2, lambda a, b: (a, 20 * b), (-2.5, 1.5)),
    "gorge": Surface(lambda a, b: a**2 / 2 + 100 * b**2 / 2, lambda a, b: (a, 100 * b), (-2.5, 1.5)),
    "two hollows": Surface(
        lambda a, b: (a**2 - 2) ** 2 / 4 + a / 2 + b**2 / 2 + 1.4, lambda a, b: (a**3 - 2 * a + 0.5, b), (2.4, 1.5)
    ),
}


@dataclass(frozen=True)
class Roll:
    """The way of a ball under one of :data:`OPTIMIZERS`.

    RMSprop (rho 0.9) and Adam (0.9, 0.999) are as in Keras.

    Attributes:
        beta: the share that momentum keeps of its speed, and Adam of its mean of slopes (beta_1).
        turn: degrees by which the surface, with the start, is turned about the middle of the map.
    """

    surface: str = "valley"
    optimizer: str = "SGD"
    rate: float = 0.05
    steps: int = 30
    beta: float = 0.9
    turn: float = 0.0

    @cached_property
    def path(self) -> np.ndarray:
        """Where the ball is at the start and after each step, shape (steps + 1, 2); it stops once it is far away."""
        surface, axes = SURFACES[self.surface], self._axes
        w, m, v = axes @ surface.start, np.zeros(2), np.zeros(2)
        path = [w]
        for t in range(1, self.steps + 1):
            if w @ w < 1e12:  # beyond, numbers would soon overflow
                g = axes @ surface.gradient(*(w @ axes))
                if self.optimizer == "SGD":
                    w = w - self.rate * g
                elif self.optimizer == "momentum":
                    m = self.beta * m - self.rate * g
                    w = w + m
                elif self.optimizer == "RMSprop":
                    v = 0.9 * v + 0.1 * g**2
                    w = w - self.rate * g / np.sqrt(v + 1e-7)
                else:
                    m, v = self.beta * m + (1 - self.beta) * g, 0.999 * v + 0.001 * g**2
                    w = w - self.rate * (m / (1 - self.beta**t)) / (np.sqrt(v / (1 - 0.999**t)) + 1e-7)
            path.append(w)
        return np.array(path)

    @cached_property
    def losses(self) -> np.ndarray:
        """The loss at the start and after each step, shape (steps + 1,)."""
        return np.asarray(SURFACES[self.surface].loss(*(self.path @ self._axes).T))

    @property
    def _axes(self) -> np.ndarray:
        """The surface's own axes, as columns."""
        angle = np.deg2rad(self.turn)
        return np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])


def ball(
    surface: str = "valley", optimizer: str = "SGD", rate: float = 0.05, steps: int = 30, beta: float = 0.9
) -> None:
    """Show the playground.

    Args:
        surface: one of :data:`SURFACES`.
        optimizer: one of :data:`OPTIMIZERS`.
        rate: learning rate.
        steps: 0 to 100.
        beta: the share that momentum keeps of its speed, and Adam of its mean of slopes, 0 to 0.99.

    Raises:
        ValueError: where there is no such surface or optimizer.
    """
    view.one_of("surface", surface, SURFACES)
    view.one_of("optimizer", optimizer, OPTIMIZERS)
    view.play("ball", {"surface": surface, "optimizer": optimizer, "rate": rate, "steps": steps, "beta": beta})
