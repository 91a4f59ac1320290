"""Playground: a network with one hidden layer learns XOR. Neurons, activation, learning rate, start as controls."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from course_lib.playground import view

X = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
Y = np.array([0.0, 1.0, 1.0, 0.0])
"""What XOR says of the rows of X."""
ACTIVATIONS = ("tanh", "ReLU")
SEEDS = range(1, 51)
MOST_HIDDEN = 4


class Learned(NamedTuple):
    """What networks of several starts have come to.

    Attributes:
        losses: at the start and after each step, shape (seeds, steps + 1).
        outputs: for the rows of X at the end, shape (seeds, 4).
        weights: at the end: of the hidden layer (seeds, 2, hidden) and (seeds, hidden), of the output (seeds, hidden)
            and (seeds,).
    """

    losses: np.ndarray
    outputs: np.ndarray
    weights: list[np.ndarray]

    @property
    def right(self) -> np.ndarray:
        """Whether all four outputs are nearer to 1 where XOR is 1, and to 0 elsewhere (a half is neither), (seeds,)."""
        right: np.ndarray = np.all(np.abs(self.outputs - Y) < 0.49, axis=1)
        return right


def start(seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Weights (4, 2), biases (4,) and output weights (4,) of four hidden neurons; a network of two has the first."""
    rng = np.random.default_rng(seed)
    w, b, v = rng.normal(0, 1, (MOST_HIDDEN, 2)), rng.normal(0, 0.5, MOST_HIDDEN), rng.normal(0, 1, MOST_HIDDEN)
    return w.round(3), b.round(3), v.round(3)


def learn(
    hidden: int = 2, activation: str = "tanh", rate: float = 0.3, steps: int = 300, seeds: Sequence[int] = SEEDS
) -> Learned:
    """Gradient descent on the mean squared error, all four rows in each step, from several starts at once.

    The output is linear, as in lesson 02. A network whose loss is above a million stays as it is.
    """
    w, b, v = (np.stack(parts)[:, :hidden] for parts in zip(*map(start, seeds), strict=True))
    w, c, losses = w.transpose(0, 2, 1), np.zeros(len(seeds)), []
    for step in range(steps + 1):
        z = X @ w + b[:, None]
        h = np.tanh(z) if activation == "tanh" else np.maximum(z, 0)
        outputs = (h @ v[..., None])[..., 0] + c[:, None]
        losses.append(np.mean((outputs - Y) ** 2, axis=1))
        if step < steps:
            up = (outputs - Y) / 2 * (losses[-1] <= 1e6)[:, None]  # slopes by the outputs
            down = up[..., None] * v[:, None] * (1 - h**2 if activation == "tanh" else z > 0)
            w = w - rate * X.T @ down
            b = b - rate * down.sum(axis=1)
            v = v - rate * (up[:, None] @ h)[:, 0]
            c = c - rate * up.sum(axis=1)
    return Learned(np.stack(losses, axis=1), outputs, [w, b, v, c])


def xor(hidden: int = 2, activation: str = "tanh", rate: float = 0.3, seed: int = 3, steps: int = 0) -> None:
    """Show the playground: press Play, and see which line each hidden neuron draws.

    Args:
        hidden: hidden neurons, 1 to 4.
        activation: ``"tanh"`` or ``"ReLU"``.
        rate: learning rate.
        seed: which of fifty starts.
        steps: how many are done at first, 0 to 300.

    Raises:
        ValueError: where there is no such activation, number of hidden neurons or start.
    """
    view.one_of("activation", activation, ACTIVATIONS)
    for word, value, allowed in (("hidden", hidden, range(1, MOST_HIDDEN + 1)), ("seed", seed, SEEDS)):
        if value not in allowed:
            raise ValueError(f"{word} is a whole number from {allowed[0]} to {allowed[-1]}, not {value!r}.")
    starts = [dict(zip(("w", "b", "v"), (part.tolist() for part in start(each)), strict=True)) for each in SEEDS]
    state = {"hidden": hidden, "activation": activation, "rate": rate, "seed": seed, "steps": steps}
    view.play("xor", state, {"starts": starts})
