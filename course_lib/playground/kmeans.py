"""Playground: k-means one half-step at a time: give the points to the centres, move the centres, again."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from course_lib.playground import view

_random = np.random.default_rng(12)
POINTS = np.concatenate(
    [_random.normal(centre, 0.8, (25, 2)) for centre in ((1.5, 1.5), (1.5, 8.0), (8.0, 2.0), (8.5, 8.5))]
)
"""A hundred points in four clumps of 25."""

STARTS = ("one in each clump", "crowded in one clump", "random 1", "random 2", "random 3")
MOST_CENTRES = 6


@dataclass(frozen=True)
class Walk:
    """K-means from one start after some half-steps: an odd one gives points to centres, an even one moves centres."""

    k: int = 4
    start: str = STARTS[0]
    step: int = 0

    def first(self) -> np.ndarray:
        """Which points the centres are before the first step, shape (k,)."""
        if self.start == STARTS[0]:  # points 0, 25, 50, 75, then 12 and 37
            return np.array([25 * (i % 4) + 12 * (i // 4) for i in range(self.k)])
        if self.start == STARTS[1]:
            return np.arange(self.k)
        return np.random.default_rng(int(self.start[-1])).choice(len(POINTS), self.k, replace=False)

    def now(self) -> tuple[np.ndarray, np.ndarray | None, bool]:
        """Centres, the centre that each point belongs to (None before the first step), whether nothing moves."""
        centres, labels, resting = POINTS[self.first()], None, False
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


def nearest(centres: np.ndarray) -> np.ndarray:
    """Index of the nearest centre of each point, shape (100,)."""
    distances: np.ndarray = ((POINTS[:, None] - centres) ** 2).sum(axis=2)
    return np.asarray(distances.argmin(axis=1))


def means(labels: np.ndarray, centres: np.ndarray) -> np.ndarray:
    """The mean of the points of each centre; a centre without points stays where it is."""
    return np.array([POINTS[labels == i].mean(axis=0) if (labels == i).any() else c for i, c in enumerate(centres)])


def kmeans(k: int = 4, start: str = STARTS[0]) -> None:
    """Show the playground: choose k and the start, then step: give points to centres, move the centres.

    Raises:
        ValueError: where there is no such start.
    """
    starts = {name: [Walk(n, name).first().tolist() for n in range(1, MOST_CENTRES + 1)] for name in STARTS}
    data = {"points": POINTS.tolist(), "starts": starts}
    view.play("kmeans", {"k": k, "start": view.one_of("start", start, STARTS)}, data)
