"""Weights and images in two layouts: Keras puts channels last, SystemDS puts them first.

In DML all weights of a network stand in one row, layer after layer, matrix before bias: so workers can average them.
"""

from __future__ import annotations

import numpy as np

from course_lib.keras_on_spark.network import Network, Shape, Step


def images_to_rows(images: np.ndarray) -> np.ndarray:
    """Turn images of shape (n, H, W, C) into rows of shape (n, C·H·W)."""
    return images.transpose(0, 3, 1, 2).reshape(len(images), -1)


def kernel_to_matrix(kernel: np.ndarray) -> np.ndarray:
    """Turn a convolution's kernel (H, W, C, F) into SystemDS's matrix (F, C·H·W)."""
    return kernel.transpose(3, 2, 0, 1).reshape(kernel.shape[3], -1)


def matrix_to_kernel(matrix: np.ndarray, height: int, width: int) -> np.ndarray:
    """Turn SystemDS's matrix (F, C·H·W) into a Keras kernel (H, W, C, F)."""
    return matrix.reshape(len(matrix), -1, height, width).transpose(2, 3, 1, 0)


def rows_to_channels_first(matrix: np.ndarray, image: Shape) -> np.ndarray:
    """Reorder the rows of the Dense matrix behind a Flatten of images (C, H, W).

    Args:
        matrix: (H·W·C, units), rows in Keras's order.
        image: (C, H, W) of the images that were flattened.

    Returns:
        (C·H·W, units), rows in SystemDS's order.
    """
    channels, height, width = image
    return matrix.reshape(height, width, channels, -1).transpose(2, 0, 1, 3).reshape(len(matrix), -1)


def rows_to_channels_last(matrix: np.ndarray, image: Shape) -> np.ndarray:
    """Undo :func:`rows_to_channels_first`."""
    channels, height, width = image
    return matrix.reshape(channels, height, width, -1).transpose(1, 2, 0, 3).reshape(len(matrix), -1)


def to_row(network: Network, arrays: list[np.ndarray]) -> np.ndarray:
    """Lay Keras's weights, as ``model.get_weights()`` gives them, out as one row (1, size) of float64."""
    remaining = iter(arrays)
    parts = []
    for step, image in _with_flattened(network):
        for number, _ in enumerate(step.shapes):
            array = np.asarray(next(remaining), dtype=np.float64)
            if number == 0 and step.operation == "conv2d":
                array = kernel_to_matrix(array)
            elif number == 0 and image:
                array = rows_to_channels_first(array, image)
            parts.append(array.ravel())
    return np.concatenate(parts)[None, :] if parts else np.zeros((1, 0))


def from_row(network: Network, row: np.ndarray) -> list[np.ndarray]:
    """Undo :func:`to_row`: the list that ``model.set_weights()`` takes."""
    arrays, start = [], 0
    for step, image in _with_flattened(network):
        for number, shape in enumerate(step.shapes):
            array = row.ravel()[start : start + np.prod(shape)].reshape(shape)
            start += array.size
            if number == 1:
                array = array.ravel()
            elif step.operation == "conv2d":
                array = matrix_to_kernel(array, *step.window)
            elif image:
                array = rows_to_channels_last(array, image)
            arrays.append(array)
    return arrays


def _with_flattened(network: Network) -> list[tuple[Step, Shape | None]]:
    """Each step that has weights, and the shape of the images flattened since the last one."""
    found: list[tuple[Step, Shape | None]] = []
    image: Shape | None = None
    for step in network.steps:
        if step.operation == "flatten" and len(step.before) == 3:
            image = step.before
        elif step.shapes:
            found.append((step, image))
            image = None
    return found
