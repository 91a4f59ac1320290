"""Playground: draw pixels, edit a 3 × 3 kernel, watch the convolution; stride, padding and pooling as controls."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from course_lib import plots
from course_lib.playground import view

SIDE = 10
"""Pixels of the drawing in each direction."""


def _drawing(rows: str) -> np.ndarray:
    return np.array([[mark == "#" for mark in row] for row in rows.split()], dtype=float)


DRAWINGS = {
    "bar": _drawing("..........\n" + "....##....\n" * 8 + ".........."),
    "square": _drawing("..........\n.########.\n" + ".#......#.\n" * 6 + ".########.\n.........."),
    "slope": np.eye(SIDE) + np.eye(SIDE, k=1),
    "seven": _drawing(
        ".......... .########. .......##. ......##.. .....##... ....##.... ....##.... ....##.... ....##.... .........."
    ),
    "empty": np.zeros((SIDE, SIDE)),
}
KERNELS = {
    "left-right edge": np.array([[-1.0, 0, 1], [-2, 0, 2], [-1, 0, 1]]),
    "up-down edge": np.array([[-1.0, -2, -1], [0, 0, 0], [1, 2, 1]]),
    "blur": np.full((3, 3), 1 / 9).round(2),
    "sharpen": np.array([[0.0, -1, 0], [-1, 5, -1], [0, -1, 0]]),
    "copy": np.array([[0.0, 0, 0], [0, 1, 0], [0, 0, 0]]),
}


@dataclass(frozen=True)
class Convolution:
    """One image through one kernel, as ``keras.layers.Conv2D`` and then ``MaxPooling2D`` compute it.

    ``padding`` is ``"valid"`` or ``"same"``; ``pool`` is the side of the blocks whose maximum is kept, 1 for none.
    """

    pixels: np.ndarray
    kernel: np.ndarray
    stride: int = 1
    padding: str = "valid"
    pool: int = 1

    @cached_property
    def padded(self) -> np.ndarray:
        """The image with its border of zeros."""
        if self.padding == "valid":
            return self.pixels
        borders = []
        for n, k in zip(self.pixels.shape, self.kernel.shape, strict=True):
            missing = max((-(-n // self.stride) - 1) * self.stride + k - n, 0)
            borders.append((missing // 2, missing - missing // 2))  # an odd one goes to the end
        return np.pad(self.pixels, borders)

    @cached_property
    def convolved(self) -> np.ndarray:
        """Multiply and add up, window by window."""
        windows = np.lib.stride_tricks.sliding_window_view(self.padded, self.kernel.shape)
        sums: np.ndarray = np.einsum("ijab,ab->ij", windows[:: self.stride, :: self.stride], self.kernel)
        return sums

    @cached_property
    def output(self) -> np.ndarray:
        """After pooling; rows and columns that fill no block are left out."""
        rows, columns = (n // self.pool for n in self.convolved.shape)
        blocks = self.convolved[: rows * self.pool, : columns * self.pool]
        largest: np.ndarray = blocks.reshape(rows, self.pool, columns, self.pool).max(axis=(1, 3))
        return largest

    def describe(self) -> str:
        """The picture in words."""
        height, width = self.output.shape
        strongest = self.output.max() if self.output.size else 0.0
        return (
            f"A drawing of {SIDE} by {SIDE} pixels, and what the kernel makes of it with stride {self.stride}, "
            f"padding {self.padding} and pooling {self.pool}: {height} by {width} numbers, the largest {strongest:.2f}."
        )


class _Maps:
    """The picture, drawn once and then updated in place: that keeps a click quick.

    Beside the board it shows the map alone; where there is no board, the drawing, too.
    """

    def __init__(self, with_drawing: bool = False) -> None:
        import matplotlib.pyplot as plt

        plots.style()
        panels = 2 if with_drawing else 1
        self.fig, axes = plt.subplots(1, panels, figsize=(3.0 * panels, 2.9), squeeze=False)
        self.right = axes[0, -1]
        self.drawing = axes[0, 0].imshow(np.zeros((SIDE, SIDE)), cmap="gray_r", vmin=0, vmax=1)
        axes[0, 0].set_title(f"Drawing, {SIDE} × {SIDE}")
        self.map = self.right.imshow(np.zeros((SIDE, SIDE)), cmap="PuOr")
        for panel in axes.flat:
            panel.set(xticks=[], yticks=[])
            panel.grid(visible=False)
        self.fig.colorbar(self.map, ax=self.right, shrink=0.8)
        self.fig.tight_layout()
        plt.close(self.fig)

    def html(self, convolution: Convolution) -> str:
        height, width = convolution.output.shape
        most = max(np.abs(convolution.output).max(initial=0), 1e-9)
        self.drawing.set_data(convolution.pixels)
        self.map.set_data(convolution.output)
        self.map.set_extent((-0.5, width - 0.5, height - 0.5, -0.5))
        self.right.set(xlim=(-0.5, width - 0.5), ylim=(height - 0.5, -0.5))
        self.map.set_clim(-most, most)
        self.right.set_title(f"Its map, {height} × {width}")
        return plots.img(plots.quick_png(self.fig), convolution.describe())


def convolution(drawing: str = "seven", kernel: str = "left-right edge") -> None:
    """Show the playground.

    Args:
        drawing: one of :data:`DRAWINGS` to begin with.
        kernel: one of :data:`KERNELS` to begin with.
    """
    import ipywidgets as widgets

    maps = _Maps()
    small, narrow = {"width": "26px", "height": "26px", "padding": "0"}, {"width": "76px"}
    pixels = [
        widgets.ToggleButton(bool(on), tooltip=f"pixel row {i + 1}, column {j + 1}", layout=small)
        for (i, j), on in np.ndenumerate(DRAWINGS[drawing])
    ]
    numbers = [widgets.FloatText(value, step=0.5, layout=narrow) for value in KERNELS[kernel].flat]
    short = {"style": {"description_width": "55px"}, "layout": {"width": "262px"}}
    drawings = widgets.Dropdown(options=list(DRAWINGS), value=drawing, description="drawing", **short)
    kernels = widgets.Dropdown(options=list(KERNELS), value=kernel, description="kernel", **short)
    stride = widgets.ToggleButtons(options=[1, 2, 3], description="stride", style={"button_width": "60px"})
    padding = widgets.ToggleButtons(options=["valid", "same"], description="padding", style={"button_width": "60px"})
    pool = widgets.ToggleButtons(options=[1, 2, 3], description="pooling", style={"button_width": "60px"})
    picture = widgets.HTML()
    filling = False

    def state() -> Convolution:
        drawn = np.array([pixel.value for pixel in pixels], dtype=float).reshape(SIDE, SIDE)
        weights = np.array([number.value for number in numbers]).reshape(3, 3)
        return Convolution(drawn, weights, stride.value, padding.value, pool.value)

    def redraw(_change: object = None) -> None:
        if not filling:
            picture.value = maps.html(state())

    def fill(controls: list[Any], values: np.ndarray) -> None:
        nonlocal filling
        filling = True  # one picture for all of them
        for control, value in zip(controls, values.flat, strict=True):
            control.value = type(control.value)(value)
        filling = False
        redraw()

    for control in (*pixels, *numbers, stride, padding, pool):
        control.observe(redraw, names="value")
    drawings.observe(lambda change: fill(pixels, DRAWINGS[change["new"]]), names="value")
    kernels.observe(lambda change: fill(numbers, KERNELS[change["new"]]), names="value")
    redraw()
    columns = {"grid_template_columns": f"repeat({SIDE}, 27px)", "grid_gap": "1px"}
    board = widgets.GridBox(pixels, layout=columns)
    weights = widgets.GridBox(numbers, layout={"grid_template_columns": "repeat(3, 80px)"})
    right = widgets.VBox([kernels, weights, stride, padding, pool])
    panel = widgets.HBox([widgets.VBox([drawings, board]), right, picture], layout={"flex_flow": "row wrap"})
    view.show(panel, _Maps(with_drawing=True).html(state()))
