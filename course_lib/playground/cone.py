"""Playground: a network learns the cone √(x² + y²). Scrub through its epochs; another network is one click away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from course_lib import plots
from course_lib.playground import view

EDGE, SIDE = 10.0, 41
AXIS = np.linspace(-EDGE, EDGE, SIDE)
X = np.stack(np.meshgrid(AXIS, AXIS), axis=-1).reshape(-1, 2)
"""The points of the map, row after row, shape (SIDE², 2)."""
TRUE = np.hypot(*X.T).reshape(SIDE, SIDE)
"""The cone at those points, shape (SIDE, SIDE)."""


def surface(model: Any) -> np.ndarray:
    """What a Keras model says at every point of the map, shape (SIDE, SIDE)."""
    return np.asarray(model(X, training=False)).reshape(SIDE, SIDE)


@dataclass(frozen=True)
class Learning:
    """The surfaces of one network after each epoch; ``surfaces[0]`` is before training, shape (epochs + 1, SIDE, SIDE).

    Raises:
        ValueError: where the surfaces have another shape.
    """

    name: str
    surfaces: np.ndarray

    def __post_init__(self) -> None:
        if np.shape(self.surfaces)[1:] != (SIDE, SIDE):
            raise ValueError(f"Surfaces have the shape (epochs + 1, {SIDE}, {SIDE}), not {np.shape(self.surfaces)}.")

    @property
    def epochs(self) -> int:
        """The last epoch."""
        return len(self.surfaces) - 1

    @property
    def errors(self) -> np.ndarray:
        """Mean squared error over the map after each epoch, shape (epochs + 1,)."""
        means: np.ndarray = ((np.asarray(self.surfaces) - TRUE) ** 2).mean(axis=(1, 2))
        return means

    def describe(self, epoch: int) -> str:
        """The picture in words."""
        middle = self.surfaces[epoch][SIDE // 2]
        return (
            f"{self.name} after epoch {epoch} of {self.epochs}: mean squared error {self.errors[epoch]:.3f}. At the "
            f"tip, where the distance is 0, it says {middle[SIDE // 2]:.2f}; at x = 10, y = 0 it says {middle[-1]:.2f}."
        )


class _Picture:
    """The picture, drawn once and then updated in place: that keeps a slider quick."""

    def __init__(self, most_epochs: int, errors: tuple[float, float]) -> None:
        import matplotlib.pyplot as plt

        plots.style()
        self.fig, (cone, learned, slice_, curve) = plt.subplots(
            1, 4, figsize=(11, 3.1), gridspec_kw={"width_ratios": [1, 1, 1.1, 1.1]}
        )
        colors: dict[str, Any] = {"cmap": plots.SEQUENTIAL, "vmin": 0, "vmax": TRUE.max()}
        colors |= {"extent": (-EDGE, EDGE, -EDGE, EDGE), "origin": "lower"}
        cone.imshow(TRUE, **colors)
        self.image = learned.imshow(TRUE, **colors)
        for panel in (cone, learned):
            panel.set(xlabel="x", xticks=[-10, 0, 10], yticks=[-10, 0, 10])
            panel.grid(visible=False)
            panel.plot([-EDGE, EDGE], [0, 0], ":", color="white", lw=1.2)
        cone.set(ylabel="y", title="The true cone")
        self.heading = learned.set_title(" ")
        slice_.plot(AXIS, np.abs(AXIS), "--", color="0.4", label="true")
        (self.line,) = slice_.plot(AXIS, AXIS, color=plots.COLORS[0], label="learned")
        slice_.set(xlim=(-EDGE, EDGE), ylim=(-4, 12), xlabel="x", ylabel="distance", title="Cut at y = 0 (dotted)")
        slice_.legend(loc="lower left")
        (self.curve,) = curve.plot([], [], color="0.6", lw=1.5)
        (self.dot,) = curve.plot([], [], "o", color=plots.COLORS[1], ms=9)
        curve.set(xlim=(-0.4, most_epochs + 0.4), yscale="log", xlabel="epoch", title="Mean squared error")
        curve.set_ylim(errors[0] / 2, errors[1] * 2)
        self.fig.tight_layout()
        plt.close(self.fig)

    def html(self, learning: Learning, epoch: int) -> str:
        epoch = min(epoch, learning.epochs)
        self.image.set_data(learning.surfaces[epoch])
        self.heading.set_text(f"Learned, epoch {epoch}")
        self.line.set_ydata(learning.surfaces[epoch][SIDE // 2])
        self.curve.set_data(np.arange(learning.epochs + 1), learning.errors)
        self.dot.set_data([epoch], [learning.errors[epoch]])
        return plots.img(plots.quick_png(self.fig), learning.describe(epoch))


def cone(networks: Mapping[str, Sequence[np.ndarray]], epoch: int | None = None) -> None:
    """Show the playground.

    Args:
        networks: name → what :func:`surface` gave before training and after each epoch.
        epoch: where the slider stands at first; the last epoch by default.
    """
    import ipywidgets as widgets

    all_learned = {name: Learning(name, np.asarray(surfaces)) for name, surfaces in networks.items()}
    errors = np.concatenate([learning.errors for learning in all_learned.values()])
    most = max(learning.epochs for learning in all_learned.values())
    start = most if epoch is None else epoch
    picture = _Picture(most, (errors.min(), errors.max()))
    controls = {
        "network": widgets.ToggleButtons(options=list(all_learned), description="network"),
        "epoch": widgets.IntSlider(start, min=0, max=most, description="epoch", layout={"width": "480px"}),
    }

    def draw(network: str, epoch: int) -> str:
        return picture.html(all_learned[network], epoch)

    first = next(iter(all_learned))
    view.show(view.controls_and_picture(controls, draw), draw(first, start))
