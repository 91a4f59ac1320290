"""Playground: one neuron with two inputs. Its weights, bias and activation as controls, its output as a map."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from course_lib import plots
from course_lib.activations import ACTIVATIONS
from course_lib.playground import view

CORNERS = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
"""The four inputs of a logical gate."""

BOUNDS = {"sigmoid": (0.0, 1.0), "tanh": (-1.0, 1.0)}
"""Activations whose colour scale stands still, so that steepness can be compared."""

EXTENT = (-1.0, 2.0)
RESOLUTION = 61


@dataclass(frozen=True)
class Neuron:
    """activation(w1 · x1 + w2 · x2 + b)."""

    w1: float = 1.0
    w2: float = 1.0
    b: float = -0.5
    activation: str = "sigmoid"

    def output(self, x: np.ndarray) -> np.ndarray:
        """Output for inputs of shape (..., 2): shape (...)."""
        return ACTIVATIONS[self.activation].function(x @ np.array([self.w1, self.w2]) + self.b)

    def surface(self) -> np.ndarray:
        """Output on a grid over EXTENT, shape (RESOLUTION, RESOLUTION), row 0 at the lowest x2."""
        axis = np.linspace(*EXTENT, RESOLUTION)
        return self.output(np.stack(np.meshgrid(axis, axis), axis=-1))

    def boundary(self) -> tuple[np.ndarray, np.ndarray] | None:
        """Two ends of the line where the weighted sum is 0, as (x1, x2); None where the weights are both 0."""
        norm = np.hypot(self.w1, self.w2)
        if norm == 0:
            return None
        foot = -self.b * np.array([self.w1, self.w2]) / norm**2
        along = 6 * np.array([-self.w2, self.w1]) / norm
        ends = np.stack([foot - along, foot + along])
        return ends[:, 0], ends[:, 1]

    def describe(self) -> str:
        """The picture in words."""
        values = ", ".join(
            f"({a:.0f}, {b:.0f}) gives {y:.2f}" for (a, b), y in zip(CORNERS, self.output(CORNERS), strict=True)
        )
        return (
            f"Output of a neuron with weights {self.w1:g} and {self.w2:g}, bias {self.b:g} and {self.activation} "
            f"activation, over its two inputs. {values}."
        )


class _Map:
    """The picture, drawn once and then updated in place: that keeps a slider quick."""

    def __init__(self) -> None:
        import matplotlib.pyplot as plt

        plots.style()
        self.fig, ax = plt.subplots(figsize=(4.9, 4.0))
        self.image = ax.imshow(
            np.zeros((RESOLUTION, RESOLUTION)), origin="lower", extent=(*EXTENT, *EXTENT), cmap=plots.SEQUENTIAL
        )
        (self.line,) = ax.plot([], [], "--", color="white", lw=2)
        ax.plot(*CORNERS.T, "o", color="white", mec="black", ms=9)
        box = {"boxstyle": "round,pad=0.2", "fc": "white", "alpha": 0.9, "lw": 0}
        self.labels = [ax.text(x + 0.09, y + 0.09, "", color="black", bbox=box) for x, y in CORNERS]
        ax.set(xlabel="input $x_1$", ylabel="input $x_2$", xlim=EXTENT, ylim=EXTENT)
        ax.grid(False)
        self.title = ax.set_title(" ")
        self.fig.colorbar(self.image, ax=ax, label="output")
        self.fig.tight_layout()
        plt.close(self.fig)

    def html(self, neuron: Neuron) -> str:
        surface = neuron.surface()
        self.image.set_data(surface)
        low, high = BOUNDS.get(neuron.activation, (surface.min(), surface.max()))
        self.image.set_clim(low, max(high, low + 1e-9))
        self.line.set_data(*(neuron.boundary() or ([], [])))
        for label, value in zip(self.labels, neuron.output(CORNERS), strict=True):
            label.set_text(f"{value:.2f}")
        formula = f"{neuron.activation}({neuron.w1:g} x₁ {neuron.w2:+g} x₂ {neuron.b:+g})"
        self.title.set_text(formula.replace(" +", " + ").replace(" -", " − ").replace("(-", "(−"))
        return plots.img(plots.quick_png(self.fig), neuron.describe())


def neuron(w1: float = 1.0, w2: float = 1.0, b: float = -0.5, activation: str = "sigmoid") -> None:
    """Show the playground. The dashed line is where the weighted sum is 0; the dots are the inputs of a gate."""
    import ipywidgets as widgets

    picture = _Map()

    def slider(label: str, value: float) -> widgets.FloatSlider:
        return widgets.FloatSlider(
            value, min=-30, max=30, step=0.1, description=label, readout_format=".1f", layout={"width": "480px"}
        )

    controls = {
        "w1": slider("weight w₁", w1),
        "w2": slider("weight w₂", w2),
        "b": slider("bias b", b),
        "activation": widgets.Dropdown(options=list(ACTIVATIONS), value=activation, description="activation"),
    }
    panel = view.controls_and_picture(controls, lambda **values: picture.html(Neuron(**values)))
    view.show(panel, picture.html(Neuron(w1, w2, b, activation)))
