"""Playground: one outlier to drag, and what mean squared error, mean absolute error and Huber loss make of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

import numpy as np

from course_lib import plots
from course_lib.playground import view

_RNG = np.random.default_rng(4)
X = np.linspace(0.0, 10.0, 11)
OUTLIER = 9
"""Which of the points can be dragged."""
HONEST = 2.0 + 1.5 * X + _RNG.normal(0.0, 0.8, len(X))
LIMITS = -20.0, 60.0
"""Bounds of the figure's y axis."""


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
        best: np.ndarray = candidates[np.abs(candidates - self.y).sum(axis=1).argmin()]
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

    def describe(self) -> str:
        """The picture in words."""
        numbers = ", ".join(f"{loss} {self.miss(loss):.2f}" for loss in self.fitted)
        return (
            f"Eleven points; one of them, the outlier, is at height {self.outlier:g}. Three fits of a {self.model}, "
            f"Huber loss with delta {self.delta:g}. Mean distance of the other ten points from each fit: {numbers}."
        )


class _Picture:
    """The picture, drawn once and then updated in place: that keeps a slider quick."""

    def __init__(self) -> None:
        import matplotlib.pyplot as plt

        plots.style()
        self.fig, ax = plt.subplots(figsize=(6.4, 3.6))
        others = np.delete(np.arange(len(X)), OUTLIER)
        ax.plot(X[others], HONEST[others], "o", color="0.35", label="ten points")
        (self.outlier,) = ax.plot([], [], "D", color=plots.COLORS[3], ms=10, label="the outlier", clip_on=False)
        styles = {"MSE": "-", "MAE": "--", "Huber": "-."}
        self.lines = {
            loss: ax.plot([], [], style, color=color)[0]
            for (loss, style), color in zip(styles.items(), plots.COLORS, strict=False)
        }
        ax.set(xlim=(-0.4, 10.4), ylim=LIMITS, xlabel="x", ylabel="y")
        self.title = ax.set_title(" ")
        self.legend = ax.legend(
            [*self.lines.values(), self.outlier], [*self.lines, "the outlier"], loc="upper left", ncols=2
        )
        self.fig.tight_layout()
        plt.close(self.fig)

    def html(self, fits: Fits) -> str:
        self.outlier.set_data([X[OUTLIER]], [fits.outlier])
        for (loss, line), text in zip(self.lines.items(), self.legend.get_texts(), strict=False):
            line.set_data(X, fits.fitted[loss])
            text.set_text(f"{loss}: off by {fits.miss(loss):.2f}")
        self.title.set_text(f"A {fits.model} under three losses: how far off the other ten?")
        return plots.img(plots.quick_png(self.fig), fits.describe())


def losses(outlier: float = 45.0, model: str = "line", delta: float = 1.0) -> None:
    """Show the playground.

    Args:
        outlier: height of the point that can be dragged.
        model: ``"line"`` or ``"constant"``.
        delta: where Huber loss turns from squares to distances.
    """
    import ipywidgets as widgets

    picture = _Picture()
    wide = {"width": "480px"}
    low, high = LIMITS
    controls = {
        "outlier": widgets.FloatSlider(outlier, min=low, max=high, step=1, description="outlier", layout=wide),
        "model": widgets.ToggleButtons(options=["line", "constant"], value=model, description="model"),
        "delta": widgets.FloatLogSlider(
            delta, base=10, min=-1, max=2, step=0.1, description="Huber delta", readout_format=".3g", layout=wide
        ),
    }
    panel = view.controls_and_picture(controls, lambda **values: picture.html(Fits(**values)))
    view.show(panel, picture.html(Fits(outlier, model, delta)))
