"""Playground: k-means one half-step at a time: give the points to the centres, move the centres, again."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from course_lib import plots
from course_lib.playground import view

_random = np.random.default_rng(12)
POINTS = np.concatenate(
    [_random.normal(centre, 0.8, (25, 2)) for centre in ((1.5, 1.5), (1.5, 8.0), (8.0, 2.0), (8.5, 8.5))]
)
"""A hundred points in four clumps of 25."""

STARTS = ("one in each clump", "crowded in one clump", "random 1", "random 2", "random 3")
MOST_CENTRES, MOST_STEPS = 6, 24
MARKERS = "os^DvP"


@dataclass(frozen=True)
class Walk:
    """K-means from one start after some half-steps: an odd one gives points to centres, an even one moves centres."""

    k: int = 4
    start: str = STARTS[0]
    step: int = 0

    def first_centres(self) -> np.ndarray:
        """The centres before the first step, shape (k, 2)."""
        if self.start == STARTS[0]:  # points 0, 25, 50, 75, then 12 and 37
            return POINTS[[25 * (i % 4) + 12 * (i // 4) for i in range(self.k)]]
        if self.start == STARTS[1]:
            return POINTS[: self.k]
        return np.random.default_rng(int(self.start[-1])).choice(POINTS, self.k, replace=False)

    def now(self) -> tuple[np.ndarray, np.ndarray | None, bool]:
        """Centres, the centre that each point belongs to (None before the first step), whether nothing moves."""
        centres, labels, resting = self.first_centres(), None, False
        for half in range(1, self.step + 1):
            if half % 2:
                labels = nearest(centres)
            else:
                assert labels is not None
                moved = means(labels, centres)
                resting = bool(np.array_equal(moved, centres))
                centres = moved
        return centres, labels, resting

    def sum_of_squares(self) -> float:
        """Squared distances of all points to their nearest centre, added up."""
        centres = self.now()[0]
        return float(((POINTS - centres[nearest(centres)]) ** 2).sum())

    def describe(self) -> str:
        """The picture in words."""
        centres, labels, resting = self.now()
        where = ", ".join(f"({x:.1f}, {y:.1f})" for x, y in centres)
        sizes = "not given yet" if labels is None else np.bincount(labels, minlength=self.k).tolist()
        return (
            f"A hundred points in four clumps and {self.k} centres after {self.step} half-steps from the start "
            f"“{self.start}”. Centres at {where}; points for each: {sizes}; sum of squares {self.sum_of_squares():.0f}"
            f"{'; nothing moves any more' if resting else ''}."
        )


def nearest(centres: np.ndarray) -> np.ndarray:
    """Index of the nearest centre of each point, shape (100,)."""
    distances: np.ndarray = ((POINTS[:, None] - centres) ** 2).sum(axis=2)
    return np.asarray(distances.argmin(axis=1))


def means(labels: np.ndarray, centres: np.ndarray) -> np.ndarray:
    """The mean of the points of each centre; a centre without points stays where it is."""
    return np.array([POINTS[labels == i].mean(axis=0) if (labels == i).any() else c for i, c in enumerate(centres)])


class _Picture:
    """The cloud and its centres, drawn once and then updated in place."""

    def __init__(self) -> None:
        import matplotlib.pyplot as plt

        plots.style()
        self.fig, axes = plt.subplots(figsize=(6, 4.6))
        none = np.empty((0, 2))
        self.clouds = [
            axes.plot(*none.T, mark, color=plots.COLORS[i], ms=5, alpha=0.6)[0] for i, mark in enumerate(MARKERS)
        ]
        (self.unassigned,) = axes.plot(*none.T, "o", color="0.6", ms=5)
        self.centres = [
            axes.plot(*none.T, mark, color=plots.COLORS[i], ms=15, mec="black", mew=2)[0]
            for i, mark in enumerate(MARKERS)
        ]
        axes.set(xlabel="first feature", ylabel="second feature", xlim=(-1.5, 11.5), ylim=(-1.5, 11.5))
        self.title = axes.set_title(" ")
        self.fig.tight_layout()
        plt.close(self.fig)

    def html(self, walk: Walk) -> str:
        centres, labels, resting = walk.now()
        self.unassigned.set_data(*(POINTS if labels is None else np.empty((0, 2))).T)
        for i in range(MOST_CENTRES):
            own = POINTS[labels == i] if labels is not None else np.empty((0, 2))
            self.clouds[i].set_data(*own.T)
            self.centres[i].set_data(*centres[i : i + 1].T)
        did = "start" if walk.step == 0 else "points given" if walk.step % 2 else "centres moved"
        did = "at rest" if resting else did
        self.title.set_text(f"half-step {walk.step}: {did}; sum of squares {walk.sum_of_squares():.0f}")
        return plots.img(plots.quick_png(self.fig), walk.describe())


def kmeans(k: int = 4, start: str = STARTS[0]) -> None:
    """Show the playground: choose k and the start, then step: give points to centres, move the centres."""
    import ipywidgets as widgets

    picture = _Picture()
    controls = {
        "step": widgets.IntSlider(0, min=0, max=MOST_STEPS, description="half-step"),
        "k": widgets.IntSlider(k, min=1, max=MOST_CENTRES, description="k"),
        "start": widgets.Dropdown(options=list(STARTS), value=start, description="start"),
    }
    panel = view.controls_and_picture(controls, lambda **values: picture.html(Walk(**values)))
    view.show(panel, picture.html(Walk(k, start, 6)))
