"""Playground: draw pixels, edit a 3 × 3 kernel, watch the convolution; stride, padding and pooling as controls."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from course_lib.playground import view

DRAWINGS = ("bar", "square", "slope", "seven", "empty")
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


def convolution(drawing: str = "seven", kernel: str = "left-right edge") -> None:
    """Show the playground.

    Args:
        drawing: one of :data:`DRAWINGS` to begin with.
        kernel: one of :data:`KERNELS` to begin with.

    Raises:
        ValueError: where there is no such drawing or kernel.
    """
    state = {"drawing": view.one_of("drawing", drawing, DRAWINGS), "kernelName": view.one_of("kernel", kernel, KERNELS)}
    view.play("convolution", state)
