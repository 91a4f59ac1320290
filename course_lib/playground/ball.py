"""Playground: a ball rolls down a loss surface. Surface, optimizer, learning rate and number of steps as controls."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from course_lib import plots
from course_lib.playground import view

MOST_STEPS = 100
EDGE = 3.0
"""The map goes from −EDGE to EDGE in both directions."""
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
            if np.abs(w).max() < 1e6:  # beyond, numbers would soon overflow
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

    def describe(self) -> str:
        """The picture in words."""
        (a, b), last = self.path[-1], self.losses[-1]
        where = "has left the map" if np.abs(self.path[-1]).max() > EDGE else f"is at ({a:.2f}, {b:.2f})"
        return (
            f"A ball on a map of the surface '{self.surface}', moved by {self.optimizer} at a rate of {self.rate:g}. "
            f"After {self.steps} steps it {where}, and the loss went from {self.losses[0]:.2f} to {last:.3g}."
        )


class _Map:
    """The picture, drawn once and then updated in place: that keeps a slider quick."""

    def __init__(self) -> None:
        import matplotlib.pyplot as plt

        plots.style()
        self.fig, (ground, curve) = plt.subplots(1, 2, figsize=(9, 3.9), gridspec_kw={"width_ratios": [1.15, 1]})
        axis = np.linspace(-EDGE, EDGE, 121)
        a, b = np.meshgrid(axis, axis)
        self.grounds = {}
        for name, surface in SURFACES.items():
            heights = np.log1p(surface.loss(a, b))
            drawn = ground.imshow(
                heights, extent=(-EDGE, EDGE, -EDGE, EDGE), origin="lower", cmap="Greys", aspect="auto", alpha=0.75
            )
            self.grounds[name] = drawn
        ground.set(xlim=(-EDGE, EDGE), ylim=(-EDGE, EDGE), xlabel="weight a", ylabel="weight b")
        ground.grid(visible=False)
        (self.way,) = ground.plot([], [], "o-", color=plots.COLORS[1], ms=3.5, lw=1.4)
        (self.ball,) = ground.plot([], [], "o", color=plots.COLORS[0], ms=11, mec="white")
        self.title = ground.set_title(" ")
        (self.curve,) = curve.plot([], [], color=plots.COLORS[0])
        curve.set(xlim=(0, MOST_STEPS), ylim=(1e-6, 1e4), yscale="log", xlabel="step", title="Loss by step")
        self.fig.tight_layout()
        plt.close(self.fig)

    def html(self, roll: Roll) -> str:
        for name, ground in self.grounds.items():
            ground.set_visible(name == roll.surface)
        self.way.set_data(*roll.path.T)
        self.ball.set_data(*np.clip(roll.path[-1:], -EDGE, EDGE).T)
        self.title.set_text(f"{roll.optimizer}, rate {roll.rate:.3g}: {roll.steps} steps")
        self.curve.set_data(np.arange(roll.steps + 1), np.clip(roll.losses, 1e-6, 1e4))
        return plots.img(plots.quick_png(self.fig), roll.describe())


def ball(surface: str = "valley", optimizer: str = "SGD", rate: float = 0.05, steps: int = 30) -> None:
    """Show the playground.

    Args:
        surface: one of :data:`SURFACES`.
        optimizer: one of :data:`OPTIMIZERS`.
        rate: learning rate.
        steps: 0 to :data:`MOST_STEPS`.
    """
    import ipywidgets as widgets

    picture = _Map()
    wide = {"width": "480px"}
    controls = {
        "surface": widgets.ToggleButtons(options=list(SURFACES), value=surface, description="surface"),
        "optimizer": widgets.ToggleButtons(options=OPTIMIZERS, value=optimizer, description="optimizer"),
        "rate": widgets.FloatLogSlider(
            rate, base=10, min=-3, max=0.5, step=0.05, description="rate", readout_format=".3g", layout=wide
        ),
        "steps": widgets.IntSlider(steps, min=0, max=MOST_STEPS, description="steps", layout=wide),
    }
    panel = view.controls_and_picture(controls, lambda **values: picture.html(Roll(**values)))
    view.show(panel, picture.html(Roll(surface, optimizer, rate, steps)))
