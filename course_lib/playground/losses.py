"""Playground: one outlier to drag, and what mean squared error, mean absolute error and Huber loss make of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

import numpy as np

from course_lib.playground import view

_RNG = np.random.default_rng(4)
X = np.linspace(0.0, 10.0, 11)
OUTLIER = 9
"""Which of the points can be dragged."""
HONEST = 2.0 + 1.5 * X + _RNG.normal(0.0, 0.8, len(X))


@dataclass(frozen=True)
class Fits:
    """A constant or a line through eleven points, fitted under three losses.

    With r the distance of a point from the fit, a point costs r² under MSE and |r| under MAE. Under Huber loss it costs
    r²/2 up to |r| = delta, and from there on delta·(|r| − delta/2) (Huber, 1964).
    """

    outlier: float = 45.0
    model: str = "line"
    delta: float = 1.0

    @cached_property
    def y(self) -> np.ndarray:
        """Heights of the points, shape (11,)."""
        y = HONEST.copy()
        y[OUTLIER] = self.outlier
        return y

    @cached_property
    def fitted(self) -> dict[str, np.ndarray]:
        """Loss → heights of its fit at X, shape (11,)."""
        return {"MSE": self._weighted(np.ones(len(X))), "MAE": self._least_absolute(), "Huber": self._huber()}

    def miss(self, loss: str) -> float:
        """Mean distance of the ten other points from a fit."""
        return float(np.delete(np.abs(self.fitted[loss] - self.y), OUTLIER).mean())

    @property
    def _features(self) -> np.ndarray:
        return np.stack([np.ones_like(X), X], axis=1)[:, : 1 if self.model == "constant" else 2]

    def _weighted(self, weights: np.ndarray) -> np.ndarray:
        """Weighted least squares."""
        root = np.sqrt(weights)
        solution = np.linalg.lstsq(self._features * root[:, None], self.y * root, rcond=None)[0]
        line: np.ndarray = self._features @ solution
        return line

    def _least_absolute(self) -> np.ndarray:
        """Some fit of least absolute error passes through as many points as it has parameters: try them all."""
        columns = self._features.shape[1]
        rows = np.array(list(combinations(range(len(X)), columns)))
        solutions = np.linalg.solve(self._features[rows], self.y[rows][..., None])[..., 0]
        candidates = solutions @ self._features.T
        costs = np.abs(candidates - self.y).sum(axis=1)
        best: np.ndarray = candidates[np.argmax(costs <= costs.min() + 1e-9)]  # of those that cost the same, the first
        return best

    def _huber(self) -> np.ndarray:
        """Least squares again and again, each point's weight lowered to delta/|r| where |r| is above delta."""
        fit = self._least_absolute()
        for _ in range(100):
            before, distance = fit, np.maximum(np.abs(fit - self.y), 1e-12)
            fit = self._weighted(np.minimum(1.0, self.delta / distance))
            if np.abs(fit - before).max() < 1e-6:
                break
        return fit


def losses(outlier: float = 45.0, model: str = "line", delta: float = 1.0) -> None:
    """Show the playground.

    Args:
        outlier: height of the point that can be dragged, −20 to 60.
        model: ``"line"`` or ``"constant"``.
        delta: where Huber loss turns from squares to distances.

    Raises:
        ValueError: where there is no such model.
    """
    view.one_of("model", model, ("line", "constant"))
    view.play("losses", {"outlier": outlier, "model": model, "delta": delta})
