"""Playground: softmax. Four logits, a temperature and the true class as controls; bars of probabilities."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from course_lib import activations, plots
from course_lib.playground import view

CLASSES = ("cat", "dog", "bird", "fish")


@dataclass(frozen=True)
class Scores:
    """Four logits, one for each of :data:`CLASSES`, and what softmax makes of them.

    ``temperature`` divides the logits and must be positive; ``true`` is one of :data:`CLASSES`.
    """

    cat: float = 2.0
    dog: float = 1.0
    bird: float = 0.0
    fish: float = -1.0
    temperature: float = 1.0
    true: str = "cat"

    @cached_property
    def probabilities(self) -> np.ndarray:
        """Softmax of the logits over the temperature, shape (4,)."""
        return activations.softmax(np.array([self.cat, self.dog, self.bird, self.fish]) / self.temperature)

    @cached_property
    def cross_entropy(self) -> float:
        """−log of the probability of the true class, from the logits: finite even where the probability is 0."""
        z = np.array([self.cat, self.dog, self.bird, self.fish]) / self.temperature
        return float(z.max() + np.log(np.exp(z - z.max()).sum()) - z[CLASSES.index(self.true)])

    @property
    def answer(self) -> str:
        """The class with the highest probability."""
        return CLASSES[int(np.argmax(self.probabilities))]

    def describe(self) -> str:
        """The picture in words."""
        bars = ", ".join(f"{name} {p:.3f}" for name, p in zip(CLASSES, self.probabilities, strict=True))
        return (
            f"Four bars, the probabilities of softmax at temperature {self.temperature:g}: {bars}. The true class is "
            f"{self.true}; the cross-entropy is {self.cross_entropy:.3f}."
        )


class _Bars:
    """The picture, drawn once and then updated in place: that keeps a slider quick."""

    def __init__(self) -> None:
        import matplotlib.pyplot as plt

        plots.style()
        self.fig, ax = plt.subplots(figsize=(6.0, 3.2))
        self.bars = ax.bar(CLASSES, [0.0] * len(CLASSES), width=0.6)
        self.labels = [ax.text(i, 0.0, "", ha="center", va="bottom") for i in range(len(CLASSES))]
        ax.set(ylim=(0, 1.12), xlabel="class (orange, hatched: the true one)", ylabel="probability")
        self.title = ax.set_title(" ")
        self.fig.tight_layout()
        plt.close(self.fig)

    def html(self, scores: Scores) -> str:
        for name, bar, label, p in zip(CLASSES, self.bars, self.labels, scores.probabilities, strict=True):
            bar.set_height(p)
            bar.set_facecolor(plots.COLORS[1] if name == scores.true else plots.COLORS[0])
            bar.set_hatch("//" if name == scores.true else "")  # not by colour alone
            label.set_y(p + 0.01)
            label.set_text(f"{p:.3f}")
        self.title.set_text(f"It answers {scores.answer}; cross-entropy {scores.cross_entropy:.3f}")
        return plots.img(plots.quick_png(self.fig), scores.describe())


def softmax(temperature: float = 1.0, true: str = "cat") -> None:
    """Show the playground: logits and temperature as sliders, the true class to choose."""
    import ipywidgets as widgets

    picture = _Bars()
    start = Scores(temperature=temperature, true=true)
    wide = {"width": "480px"}
    controls = {
        name: widgets.FloatSlider(getattr(start, name), min=-10, max=10, step=0.5, description=name, layout=wide)
        for name in CLASSES
    }
    controls["temperature"] = widgets.FloatLogSlider(
        temperature, base=10, min=-1, max=1, step=0.05, description="temperature", readout_format=".3g", layout=wide
    )
    controls["true"] = widgets.Dropdown(options=CLASSES, value=true, description="true class")
    panel = view.controls_and_picture(controls, lambda **values: picture.html(Scores(**values)))
    view.show(panel, picture.html(start))
