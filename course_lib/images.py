"""Grey images: moved about, and shown side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from course_lib import plots

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def shift(images: np.ndarray, right: int = 0, down: int = 0) -> np.ndarray:
    """Move images by whole pixels. What leaves the picture is lost, what comes in is 0.

    Args:
        images: one image or many, shape (…, height, width).
        right: pixels to the right; negative moves to the left.
        down: pixels downwards; negative moves upwards.

    Returns:
        A new array of the same shape and dtype.
    """
    height, width = images.shape[-2:]
    moved = np.zeros_like(images)
    if abs(down) < height and abs(right) < width:
        to_rows, from_rows = _overlap(height, down)
        to_columns, from_columns = _overlap(width, right)
        moved[..., to_rows, to_columns] = images[..., from_rows, from_columns]
    return moved


def _overlap(length: int, by: int) -> tuple[slice, slice]:
    """Where the pixels that stay in the picture go to, and where they come from."""
    return slice(max(by, 0), length + min(by, 0)), slice(max(-by, 0), length + min(-by, 0))


def grid(images: np.ndarray, titles: Sequence[str] = (), columns: int = 8, symmetric: bool = False) -> Figure:
    """Images side by side, all on one scale. Show it with :func:`plots.show`, which wants the alt text.

    Args:
        images: shape (n, height, width).
        titles: one for each image, or none at all.
        columns: how many images stand in a row.
        symmetric: for numbers of both signs, such as kernels: orange below 0, white at 0, purple above. Otherwise the
            smallest number is white and the largest black.
    """
    import matplotlib.pyplot as plt

    plots.style()
    columns = min(columns, len(images))
    rows = -(-len(images) // columns)
    fig, axes = plt.subplots(rows, columns, figsize=(1.1 * columns, (1.4 if titles else 1.15) * rows), squeeze=False)
    low, high = float(np.min(images)), float(np.max(images))
    if symmetric:
        high = max(abs(low), abs(high))
        low = -high
    colours = "PuOr" if symmetric else "gray_r"
    for place, panel in enumerate(axes.flat):
        panel.set_axis_off()
        if place < len(images):
            panel.imshow(images[place], cmap=colours, vmin=low, vmax=high)
            if titles:
                panel.set_title(titles[place], fontsize=9, loc="center")
    fig.tight_layout()
    return fig
