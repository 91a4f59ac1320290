"""Playground: an activation function, its tangent at one point, and its derivative."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from course_lib import plots
from course_lib.activations import ACTIVATIONS
from course_lib.playground import view

X = np.linspace(-6.0, 6.0, 241)


@dataclass(frozen=True)
class Point:
    """One point on the curve of an activation function."""

    activation: str = "sigmoid"
    x: float = 1.0

    @property
    def value(self) -> float:
        return float(ACTIVATIONS[self.activation].function(np.array(self.x)))

    @property
    def slope(self) -> float:
        return float(ACTIVATIONS[self.activation].derivative(np.array(self.x)))

    def tangent(self, x: np.ndarray) -> np.ndarray:
        """The straight line that touches the curve at this point."""
        return self.value + self.slope * (x - self.x)

    def describe(self) -> str:
        """The picture in words."""
        return (
            f"{self.activation} and its derivative. At x = {self.x:g} the value is {self.value:.3g} and the slope "
            f"{self.slope:.3g}. Range: {ACTIVATIONS[self.activation].range}."
        )


class _Curves:
    """Both pictures, drawn once and then updated in place: that keeps a slider quick."""

    def __init__(self) -> None:
        import matplotlib.pyplot as plt

        plots.style()
        self.fig, (left, right) = plt.subplots(1, 2, figsize=(8.4, 3.3))
        (self.curve,) = left.plot([], [], color=plots.COLORS[0])
        (self.tangent,) = left.plot([], [], "--", color=plots.COLORS[1], label="tangent")
        (self.dot,) = left.plot([], [], "o", color=plots.COLORS[1], ms=8)
        (self.slopes,) = right.plot([], [], color=plots.COLORS[2])
        (self.slope_dot,) = right.plot([], [], "o", color=plots.COLORS[1], ms=8)
        left.set(xlabel="weighted sum x", ylabel="activation", xlim=(X[0], X[-1]), ylim=(-2.2, 4.2))
        right.set(xlabel="weighted sum x", ylabel="derivative", xlim=(X[0], X[-1]), ylim=(-0.1, 1.6))
        self.left_title, self.right_title = left.set_title(" "), right.set_title(" ")
        self.fig.tight_layout()
        plt.close(self.fig)

    def html(self, point: Point) -> str:
        activation = ACTIVATIONS[point.activation]
        self.curve.set_data(X, activation.function(X))
        self.tangent.set_data(X, point.tangent(X))
        self.dot.set_data([point.x], [point.value])
        self.slopes.set_data(X, activation.derivative(X))
        self.slope_dot.set_data([point.x], [point.slope])
        self.left_title.set_text(f"{point.activation}: value {point.value:.3g} at x = {point.x:g}")
        self.right_title.set_text(f"slope there: {point.slope:.3g}")
        return plots.img(plots.quick_png(self.fig), point.describe())


def activation(name: str = "sigmoid", x: float = 1.0) -> None:
    """Show the playground: choose an activation, move x, watch the slope."""
    import ipywidgets as widgets

    picture = _Curves()
    controls = {
        "activation": widgets.Dropdown(options=list(ACTIVATIONS), value=name, description="activation"),
        "x": widgets.FloatSlider(x, min=-6, max=6, step=0.1, description="x", readout_format=".1f"),
    }
    panel = view.controls_and_picture(controls, lambda **values: picture.html(Point(**values)))
    view.show(panel, picture.html(Point(name, x)))
