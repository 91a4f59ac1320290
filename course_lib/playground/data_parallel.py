"""Playground: one step of data-parallel gradient descent, by hand. Workers, their gradients, the mean, the step."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from course_lib import plots
from course_lib.playground import view

X = np.array([0.2, 0.4, 0.5, 0.7, 0.8, 1.0, 1.1, 1.3, 1.5, 1.6, 1.8, 2.0])
Y = np.array([0.5, 0.7, 1.2, 1.3, 1.8, 1.9, 2.4, 2.5, 2.9, 3.4, 3.5, 4.1])
"""Twelve rows, about y = 2x."""

COMBINE = ("weighted by rows", "plain mean", "sum")
MOST_WORKERS = 4
RANGE = (-1.0, 5.0)  # of the weight


@dataclass(frozen=True)
class Step:
    """The model y = w·x, its loss the mean of (w·x − y)², one step of gradient descent."""

    w: float = 0.0
    rate: float = 0.2
    workers: int = 3
    shards: str = "equal"
    combine: str = "weighted by rows"

    def rows(self) -> list[int]:
        """How many rows each worker holds: equal shares, or half of all rows with the last worker."""
        if self.shards == "equal" or self.workers == 1:
            return [len(part) for part in np.array_split(X, self.workers)]
        return [len(part) for part in np.array_split(X[: len(X) // 2], self.workers - 1)] + [len(X) - len(X) // 2]

    def gradients(self) -> list[float]:
        """Each worker's gradient: the mean over its own rows."""
        ends = np.cumsum(self.rows())[:-1]
        parts = zip(np.split(X, ends), np.split(Y, ends), strict=True)
        return [float(np.mean(2 * x * (self.w * x - y))) for x, y in parts]

    def combined(self) -> float:
        """The gradient after the all-reduce."""
        if self.combine == "sum":
            return float(np.sum(self.gradients()))
        return float(np.average(self.gradients(), weights=self.rows() if self.combine == "weighted by rows" else None))

    def alone(self) -> float:
        """The gradient that one machine with all rows finds."""
        return float(np.mean(2 * X * (self.w * X - Y)))

    def after(self) -> float:
        """The weight after the step."""
        return self.w - self.rate * self.combined()

    def describe(self) -> str:
        """The picture in words."""
        each = "; ".join(
            f"worker {i} with {n} rows finds {g:.2f}"
            for i, (n, g) in enumerate(zip(self.rows(), self.gradients(), strict=True), 1)
        )
        return (
            f"Bars of gradients: {each}. Combined ({self.combine}): {self.combined():.2f}; one machine with all rows: "
            f"{self.alone():.2f}. The step takes the weight from {self.w:.2f} to {self.after():.2f}, the loss from "
            f"{loss(self.w):.2f} to {loss(self.after()):.2f}."
        )


def loss(w: float | np.ndarray) -> np.ndarray:
    """Mean squared error of y = w·x over all rows, for one weight or an array of them."""
    means: np.ndarray = np.mean((np.multiply.outer(w, X) - Y) ** 2, axis=-1)
    return means


class _Picture:
    """Bars and loss curve, drawn once and then updated in place: that keeps a slider quick."""

    def __init__(self) -> None:
        import matplotlib.pyplot as plt

        plots.style()
        self.fig, (bars, curve) = plt.subplots(1, 2, figsize=(8.4, 3.5), width_ratios=[1.25, 1])
        places = np.arange(MOST_WORKERS + 1)
        colors = [plots.COLORS[0]] * MOST_WORKERS + [plots.COLORS[1]]
        self.bars = bars.bar(places, np.zeros(len(places)), color=colors, width=0.65)
        box = {"boxstyle": "round,pad=0.1", "fc": "white", "alpha": 0.85, "lw": 0}
        self.numbers = [bars.text(place, 0, "", ha="center", fontsize=9, bbox=box, zorder=4) for place in places]
        self.alone = bars.axhline(0, ls="--", color="black", lw=1.5)
        bars.text(0.01, 0.97, "dashed: one machine, all rows", transform=bars.transAxes, fontsize=9, va="top")
        bars.axhline(0, color="0.5", lw=0.8)
        bars.set(ylabel="gradient", ylim=(-16, 16), xlim=(-0.6, MOST_WORKERS + 0.6), title="Gradients")
        bars.set_xticks(places)
        self.axis = bars
        ws = np.linspace(*RANGE, 121)
        curve.plot(ws, loss(ws), color="0.4")
        (self.arrow,) = curve.plot([], [], color=plots.COLORS[1], lw=1.5)
        (self.before,) = curve.plot([], [], "o", color=plots.COLORS[0], ms=9, label="before")
        (self.later,) = curve.plot([], [], "s", color=plots.COLORS[1], ms=9, label="after")
        curve.set(xlabel="weight w", ylabel="loss over all rows", xlim=RANGE, ylim=(-0.5, 16))
        curve.legend(loc="upper center")
        self.title = curve.set_title(" ")
        self.fig.tight_layout()
        plt.close(self.fig)

    def html(self, step: Step) -> str:
        gradients, rows = step.gradients(), step.rows()
        labels = [f"worker {i}\n{n} rows" for i, n in enumerate(rows, 1)] + [""] * (MOST_WORKERS - len(rows))
        heights = [*gradients, *[0.0] * (MOST_WORKERS - len(rows)), step.combined()]
        for i, (bar, number, height) in enumerate(zip(self.bars, self.numbers, heights, strict=True)):
            bar.set_height(height)
            shown = i < len(rows) or i == MOST_WORKERS
            number.set_text(f"{height:.1f}".replace("-", "−") if shown else "")
            number.set_y(np.clip(height + (0.5 if height >= 0 else -1.6), -15.5, 14.5))
        self.axis.set_xticklabels([*labels, "combined"], fontsize=9)
        self.alone.set_ydata([step.alone()] * 2)
        w, after = step.w, step.after()
        self.before.set_data([w], [loss(w)])
        self.later.set_data([np.clip(after, *RANGE)], [min(float(loss(after)), 15.8)])
        self.arrow.set_data([w, np.clip(after, *RANGE)], [loss(w), min(float(loss(after)), 15.8)])
        self.title.set_text(f"w: {w:.2f} → {after:.2f}".replace("-", "−"))
        return plots.img(plots.quick_png(self.fig), step.describe())


def data_parallel(w: float = 0.0, rate: float = 0.2, workers: int = 3, shards: str = "equal") -> None:
    """Show the playground: change workers, shards and the way to combine, and watch the combined gradient."""
    import ipywidgets as widgets

    picture = _Picture()
    controls = {
        "w": widgets.FloatSlider(w, min=-0.5, max=4.5, step=0.1, description="weight w"),
        "rate": widgets.FloatSlider(rate, min=0.02, max=0.6, step=0.02, description="rate"),
        "workers": widgets.IntSlider(workers, min=1, max=MOST_WORKERS, description="workers"),
        "shards": widgets.Dropdown(options=["equal", "unequal"], value=shards, description="shards"),
        "combine": widgets.Dropdown(options=list(COMBINE), description="combine"),
    }
    panel = view.controls_and_picture(controls, lambda **values: picture.html(Step(**values)))
    view.show(panel, picture.html(Step(w, rate, workers, shards)))
