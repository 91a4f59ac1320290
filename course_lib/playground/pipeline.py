"""Playground: who waits for whom? Batches are prepared on the CPU and trained on an accelerator."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from course_lib import plots
from course_lib.playground import view

if TYPE_CHECKING:
    from matplotlib.artist import Artist

BATCHES, EPOCHS = 6, 2


@dataclass(frozen=True)
class Bar:
    """One piece of work: lane 0 trains, lanes 1, 2, … are workers. Times in milliseconds."""

    lane: int
    batch: int
    start: float
    end: float


@dataclass(frozen=True)
class Pipeline:
    """Two epochs of six batches.

    Attributes:
        prepare, train: milliseconds for one batch.
        prefetch: batches that may lie ready before the trainer asks; 0 prepares a batch only when it is asked for.
        workers: batches that are prepared at the same time; more than prefetch, or than 1 without it, stay idle.
        cache: whether the second epoch finds its batches prepared.
    """

    prepare: float = 30.0
    train: float = 20.0
    prefetch: int = 0
    workers: int = 1
    cache: bool = False

    def bars(self) -> list[Bar]:
        """All pieces of work, in the order of batches."""
        work: list[Bar] = []
        free = [0.0] * self.workers  # when each worker is free again
        begun = [0.0] * (BATCHES * EPOCHS)  # when the training on each batch began
        trained = 0.0
        for batch in range(BATCHES * EPOCHS):
            if self.cache and batch >= BATCHES:
                ready = 0.0
            else:
                # A place in the buffer is free once the batch `prefetch` places earlier has left it.
                earlier = batch - self.prefetch
                room = trained if self.prefetch == 0 else begun[earlier] if earlier >= 0 else 0.0
                worker = min(range(self.workers), key=lambda i: max(free[i], room))
                start = max(free[worker], room)
                ready = free[worker] = start + self.prepare
                work.append(Bar(1 + worker, batch, start, ready))
            begun[batch] = max(ready, trained)
            trained = begun[batch] + self.train
            work.append(Bar(0, batch, begun[batch], trained))
        return work

    @property
    def total(self) -> float:
        """Milliseconds until the last batch is trained."""
        return max(bar.end for bar in self.bars())

    @property
    def waiting(self) -> float:
        """Share of the time in which the trainer waits, 0 to 1."""
        return 1 - BATCHES * EPOCHS * self.train / self.total

    def describe(self) -> str:
        """The picture in words."""
        cache = "a cache" if self.cache else "no cache"
        workers = "1 worker" if self.workers == 1 else f"{self.workers} workers"
        return (
            f"Timeline of {EPOCHS} epochs of {BATCHES} batches: {self.prepare:g} ms to prepare one, {self.train:g} ms "
            f"to train on it, prefetch {self.prefetch}, {workers}, {cache}. All takes {self.total:.0f} "
            f"ms; the trainer waits {100 * self.waiting:.0f} % of it."
        )


class _Timeline:
    """The picture; its axes are made once and only the bars are drawn anew, which keeps a slider quick."""

    def __init__(self) -> None:
        import matplotlib.pyplot as plt

        plots.style()
        self.fig, self.ax = plt.subplots(figsize=(8, 2.4))
        self.fig.subplots_adjust(left=0.11, right=0.98, top=0.87, bottom=0.22)
        self.ax.grid(axis="y", visible=False)
        self.ax.set_xlabel("milliseconds")
        self.drawn: list[Artist] = []
        plt.close(self.fig)

    def html(self, pipeline: Pipeline) -> str:
        ax, bars = self.ax, pipeline.bars()
        for artist in self.drawn:
            artist.remove()
        self.drawn = []
        for lane in range(pipeline.workers + 1):
            mine = [bar for bar in bars if bar.lane == lane]
            first, second = (plots.COLORS[0], plots.COLORS[5]) if lane == 0 else ("0.72", "0.86")
            spans = [(bar.start, bar.end - bar.start) for bar in mine]
            colors = [second if bar.batch >= BATCHES else first for bar in mine]
            self.drawn += [ax.broken_barh(spans, (lane - 0.4, 0.8), color=colors, edgecolor="white")]
        for bar in bars:
            ink = "white" if bar.lane == 0 and bar.batch < BATCHES else "black"
            middle, number = (bar.start + bar.end) / 2, str(bar.batch % BATCHES + 1)
            self.drawn += [ax.text(middle, bar.lane, number, ha="center", va="center", fontsize=9, color=ink)]
        lanes = ["train", *(f"worker {i + 1}" for i in range(pipeline.workers))]
        ax.set(yticks=range(len(lanes)), yticklabels=lanes, xlim=(0, max(620, pipeline.total)))
        ax.set_ylim(len(lanes) - 0.4, -0.6)
        ax.set_title(f"{pipeline.total:.0f} ms in all; training waits {100 * pipeline.waiting:.0f} % of the time")
        return plots.img(plots.quick_png(self.fig), pipeline.describe())


def pipeline(
    prepare: float = 30.0, train: float = 20.0, prefetch: int = 0, workers: int = 1, cache: bool = False
) -> None:
    """Show the playground. Numbers in the bars are batches; the second epoch is paler."""
    import ipywidgets as widgets

    def slider(label: str, value: int, low: int, high: int, step: int = 1) -> widgets.IntSlider:
        style = {"description_width": "110px"}
        return widgets.IntSlider(int(value), min=low, max=high, step=step, description=label, style=style)

    controls = {
        "prepare": slider("prepare, ms", int(prepare), 5, 60, 5),
        "train": slider("train, ms", int(train), 5, 60, 5),
        "prefetch": slider("prefetch", prefetch, 0, 4),
        "workers": slider("workers", workers, 1, 4),
        "cache": widgets.Checkbox(cache, description="cache"),
    }
    picture = _Timeline()
    panel = view.controls_and_picture(controls, lambda **values: picture.html(Pipeline(**values)))
    view.show(panel, picture.html(Pipeline(prepare, train, prefetch, workers, cache)))
