"""Playground: where a shuffle puts the rows. Keys, partitions, a hot key, and salt that spreads it."""

from __future__ import annotations

from dataclasses import dataclass
from zlib import crc32

import numpy as np

from course_lib import plots
from course_lib.playground import view

ROWS = 10_000
MOST_PARTITIONS = 16


@dataclass(frozen=True)
class Shuffle:
    """``ROWS`` rows; the hot key holds the share ``hot`` of them, the other keys share the rest alike."""

    keys: int = 40
    hot: float = 0.6
    partitions: int = 8
    salts: int = 1

    def rows_per_key(self) -> list[int]:
        """The hot key first."""
        hot = round(ROWS * self.hot) if self.keys > 1 else ROWS
        return [hot, *_parts(ROWS - hot, self.keys - 1)]

    def sizes(self) -> tuple[np.ndarray, np.ndarray]:
        """Rows of the hot key, and of all other keys, in each partition."""
        hot, others = np.zeros(self.partitions, int), np.zeros(self.partitions, int)
        for key, rows in enumerate(self.rows_per_key()):
            target = others if key else hot
            for salt, part in enumerate(_parts(rows, self.salts)):
                target[partition_of(key, salt, self.partitions)] += part
        return hot, others

    def skew(self) -> float:
        """Rows of the fullest partition as a multiple of the mean."""
        total = np.sum(self.sizes(), axis=0)
        return float(total.max() / total.mean())

    def title(self) -> str:
        return f"The fullest partition holds {self.skew():.1f} × the mean"

    def describe(self) -> str:
        """The picture in words."""
        total = np.sum(self.sizes(), axis=0)
        return (
            f"Bars: rows in each of {self.partitions} partitions: {', '.join(f'{n:,}' for n in total)}. "
            f"{self.keys} keys, the hot one with {self.rows_per_key()[0]:,} of {ROWS:,} rows, salts: {self.salts}. "
            f"{self.title()}."
        )


def partition_of(key: int, salt: int, partitions: int) -> int:
    """The partition of a key and its salt: a hash, as Spark does it, with another hash function (CRC-32)."""
    return crc32(f"key {key} salt {salt}".encode()) % partitions


def _parts(rows: int, parts: int) -> list[int]:
    """Cut rows into parts that differ by one at most; no parts where ``parts`` is 0."""
    return [rows * (i + 1) // parts - rows * i // parts for i in range(parts)]


class _Bars:
    """Stacked bars, drawn once and then updated in place: that keeps a slider quick."""

    def __init__(self) -> None:
        import matplotlib.pyplot as plt

        plots.style()
        self.fig, self.axis = plt.subplots(figsize=(7.6, 3.4))
        places = np.arange(MOST_PARTITIONS)
        self.others = self.axis.bar(places, 0, color=plots.COLORS[0], label="other keys")
        self.hot = self.axis.bar(places, 0, color=plots.COLORS[1], label="the hot key", hatch="//", edgecolor="white")
        self.mean = self.axis.axhline(0, ls="--", color="black", lw=1.5, label="mean")
        self.axis.set(xlabel="partition", ylabel="rows")
        self.axis.yaxis.set_major_formatter(lambda y, _: f"{y:,.0f}")
        self.axis.legend(loc="upper left", bbox_to_anchor=(1, 1))
        self.title = self.axis.set_title(" ")
        self.fig.subplots_adjust(left=0.11, right=0.78, bottom=0.15, top=0.9)
        plt.close(self.fig)

    def draw(self, shuffle: Shuffle) -> None:
        hot, others = (np.pad(part, (0, MOST_PARTITIONS - shuffle.partitions)) for part in shuffle.sizes())
        for upper, lower, above, below in zip(self.hot, self.others, hot, others, strict=True):
            lower.set_height(below)
            upper.set_height(above)
            upper.set_y(below)
        self.mean.set_ydata([ROWS / shuffle.partitions] * 2)
        self.axis.set(xlim=(-0.6, shuffle.partitions - 0.4), ylim=(0, 1.08 * (hot + others).max()))
        self.axis.set_xticks(range(shuffle.partitions))
        self.title.set_text(shuffle.title())

    def html(self, shuffle: Shuffle) -> str:
        self.draw(shuffle)
        return plots.img(plots.quick_png(self.fig), shuffle.describe())


def partitions(keys: int = 40, hot: float = 0.6, partitions: int = 8, salts: int = 1) -> None:
    """Show the playground: change keys, the share of the hot key, partitions and salts, and watch the bars."""
    import ipywidgets as widgets

    bars = _Bars()
    controls = {
        "keys": widgets.IntSlider(keys, min=1, max=100, description="keys"),
        "hot": widgets.FloatSlider(hot, min=0.0, max=1.0, step=0.05, description="hot share"),
        "partitions": widgets.IntSlider(partitions, min=1, max=MOST_PARTITIONS, description="partitions"),
        "salts": widgets.IntSlider(salts, min=1, max=32, description="salts"),
    }
    panel = view.controls_and_picture(controls, lambda **values: bars.html(Shuffle(**values)))
    view.show(panel, bars.html(Shuffle(keys, hot, partitions, salts)))
