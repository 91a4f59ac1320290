"""Playground: a network learns the cone √(x² + y²). Scrub through its epochs; another network is one click away."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from course_lib.playground import view

EDGE, SIDE = 10.0, 41
AXIS = np.linspace(-EDGE, EDGE, SIDE)
X = np.stack(np.meshgrid(AXIS, AXIS), axis=-1).reshape(-1, 2)
"""The points of the map, row after row, shape (SIDE², 2)."""
TRUE = np.hypot(*X.T).reshape(SIDE, SIDE)
"""The cone at those points, shape (SIDE, SIDE)."""


def surface(model: Any) -> np.ndarray:
    """What a Keras model says at every point of the map, shape (SIDE, SIDE)."""
    return np.asarray(model(X, training=False)).reshape(SIDE, SIDE)


def cone(networks: Mapping[str, Sequence[np.ndarray]], epoch: int | None = None) -> None:
    """Show the playground.

    Args:
        networks: name → what :func:`surface` gave before training and after each epoch.
        epoch: where the slider stands at first; the last epoch by default.

    Raises:
        ValueError: where the surfaces have another shape.
    """
    packed = {}
    for name, surfaces in networks.items():
        if np.shape(surfaces)[1:] != (SIDE, SIDE):
            raise ValueError(f"Surfaces have the shape (epochs + 1, {SIDE}, {SIDE}), not {np.shape(surfaces)}.")
        hundredths = np.clip(100 * np.asarray(surfaces), -32768, 32767).round().astype("<i2")  # a tenth of their JSON
        packed[name] = base64.b64encode(hundredths.tobytes()).decode("ascii")
    last = max(len(surfaces) for surfaces in networks.values()) - 1
    view.play("cone", {"epoch": last if epoch is None else epoch}, {"side": SIDE, "networks": packed})
