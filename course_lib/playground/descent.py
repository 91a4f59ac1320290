"""Playground: gradient descent on the 67 patients of lpsa.data. Step size, iterations and intercept as controls."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np

from course_lib import data, plots
from course_lib.playground import view

MOST_ITERATIONS = 200
LIMITS = 0.2, 300.0
"""Bounds of the figure's MSE axis."""


@cache
def _patients() -> tuple[np.ndarray, np.ndarray]:
    """Features with a column of ones at the end (67, 9), and labels (67,)."""
    rows = [line.replace(",", " ").split() for line in data.lpsa().read_text(encoding="utf-8").splitlines()]
    table = np.array(rows, dtype=float)
    return np.c_[table[:, 1:], np.ones(len(table))], table[:, 0]


@dataclass(frozen=True)
class Descent:
    """Linear regression as MLlib's ``LinearRegressionWithSGD`` trains it, with all rows in every step.

    In iteration i the step is ``step / √i``. MLlib starts the weights at 0 and the intercept, where it fits one, at 1.
    """

    step: float = 1.0
    iterations: int = 100
    intercept: bool = False

    @cached_property
    def mse(self) -> np.ndarray:
        """Mean squared error at the start and after each iteration, shape (iterations + 1,)."""
        x, y = self._table()
        weights = np.zeros(x.shape[1])
        weights[8:] = 1.0
        errors = []
        for i in range(1, self.iterations + 2):
            residual = x @ weights - y
            errors.append(np.mean(residual**2))
            weights = weights - self.step / np.sqrt(i) * (x.T @ residual) / len(y)
        return np.array(errors)

    @cached_property
    def floor(self) -> float:
        """The smallest MSE that this model can have, from least squares."""
        x, y = self._table()
        return float(np.mean((x @ np.linalg.lstsq(x, y, rcond=None)[0] - y) ** 2))

    def _table(self) -> tuple[np.ndarray, np.ndarray]:
        x, y = _patients()
        return (x if self.intercept else x[:, :8]), y

    def describe(self) -> str:
        """The picture in words."""
        with_or_without = "with" if self.intercept else "without"
        last = self.mse[-1]
        return (
            f"Mean squared error against iterations for step {self.step:g}, {with_or_without} an intercept. It begins "
            f"at {self.mse[0]:.2f} and after {self.iterations} iterations is {last:{'.3f' if last < 1e4 else '.1e'}}. "
            f"A dashed line marks the least that this model can reach, {self.floor:.3f}."
        )


class _Curve:
    """The picture, drawn once and then updated in place: that keeps a slider quick."""

    def __init__(self) -> None:
        import matplotlib.pyplot as plt

        plots.style()
        self.fig, ax = plt.subplots(figsize=(6.0, 3.4))
        (self.curve,) = ax.plot([], [], color=plots.COLORS[0])
        self.floor = ax.axhline(1.0, ls="--", color=plots.COLORS[1], lw=1.5)
        self.label = ax.text(MOST_ITERATIONS, 1.0, "", ha="right", va="bottom", color=plots.COLORS[1])
        ax.set(yscale="log", ylim=LIMITS, xlim=(0, MOST_ITERATIONS), xlabel="iteration", ylabel="MSE")
        self.title = ax.set_title(" ")
        self.fig.tight_layout()
        plt.close(self.fig)

    def html(self, descent: Descent) -> str:
        # Beyond the upper bound the line only has to leave the picture.
        self.curve.set_data(np.arange(descent.iterations + 1), np.minimum(descent.mse, 100 * LIMITS[1]))
        self.floor.set_ydata([descent.floor, descent.floor])
        self.label.set_position((MOST_ITERATIONS, descent.floor * 1.08))
        self.label.set_text(f"least squares: {descent.floor:.3f}")
        last = descent.mse[-1]
        self.title.set_text(f"step {descent.step:g}: MSE {last:{'.3f' if last < 1e4 else '.1e'}} at the end")
        return plots.img(plots.quick_png(self.fig), descent.describe())


def descent(step: float = 1.0, iterations: int = 100, intercept: bool = False) -> None:
    """Show the playground. The dashed line is the least MSE that the model can reach, however long it trains."""
    import ipywidgets as widgets

    picture = _Curve()
    wide = {"width": "480px"}
    controls = {
        "step": widgets.FloatLogSlider(
            step, base=10, min=-4, max=1, step=0.05, description="step", readout_format=".4g", layout=wide
        ),
        "iterations": widgets.IntSlider(iterations, min=1, max=MOST_ITERATIONS, description="iterations", layout=wide),
        "intercept": widgets.Checkbox(intercept, description="fit an intercept"),
    }
    panel = view.controls_and_picture(controls, lambda **values: picture.html(Descent(**values)))
    view.show(panel, picture.html(Descent(step, iterations, intercept)))
