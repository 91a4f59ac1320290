"""Many copies of one network, trained at once: every learning rate with every seed, in one loop.

An experiment over 5 rates and 8 seeds would be 40 calls of ``fit``. Here it is one: the weights of the 40 copies are
stacked, and each step moves them all. The copies never meet: each has its own weights, its own data, its own rate. So
each learns what it would learn alone (a test compares it with Keras's own ``fit``).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np


@dataclass(frozen=True)
class Trained:
    """What all copies reached."""

    test_loss: np.ndarray
    """Loss on the test rows after each epoch, shape (rates, seeds, epochs); infinite where a copy diverged."""
    predictions: np.ndarray
    """For the test rows, after the last epoch, shape (rates, seeds, test rows)."""


def train(
    build: Callable[[int], Any],
    train_data: tuple[np.ndarray, np.ndarray],
    test_data: tuple[np.ndarray, np.ndarray],
    *,
    optimizer: Callable[..., Any],
    rates: Sequence[float],
    epochs: int,
    batch_size: int = 32,
    loss: Callable[..., Any] | None = None,
) -> Trained:
    """Train one copy of a network for every pair of a learning rate and a seed.

    Args:
        build: takes a seed and returns a ``keras.Sequential`` of Dense layers, the last one with one unit.
        train_data: inputs (seeds, rows, features) and targets (seeds, rows): each seed has rows of its own.
        test_data: inputs (test rows, features) and targets (test rows,), the same for all copies.
        optimizer: a class of ``keras.optimizers`` that moves each weight by itself: SGD, RMSprop, Adagrad, Adam.
        rates: learning rates.
        epochs: how often each copy sees its rows, shuffled anew each time; rows beyond the last full batch wait.
        batch_size: rows of a step.
        loss: a function of ``keras.losses``; the mean squared error by default.
    """
    import keras
    import tensorflow as tf

    loss = loss or keras.losses.mean_squared_error
    seeds, rows, _ = train_data[0].shape
    x, y = (tf.constant(np.concatenate([part] * len(rates)), tf.float32) for part in train_data)
    x_test, y_test = (tf.constant(part, tf.float32) for part in test_data)
    networks = [build(seed) for seed in range(seeds)]
    activations = [layer.activation for layer in networks[0].layers]
    starts = [np.stack(parts) for parts in zip(*(network.get_weights() for network in networks), strict=True)]
    # (copies, inputs, units) for kernels, (copies, 1, units) for biases
    weights = [keras.Variable(np.concatenate([w.reshape(seeds, -1, w.shape[-1])] * len(rates))) for w in starts]
    each_rate = tf.constant(np.repeat(rates, seeds)[:, None, None], tf.float32)
    optimize = optimizer(learning_rate=lambda: each_rate)
    optimize.build(weights)

    def forward(h: Any) -> Any:
        for kernel, bias, activation in zip(weights[::2], weights[1::2], activations, strict=True):
            h = activation(h @ kernel + bias)
        return h[..., 0]

    def epoch(order: Any) -> None:
        for step in tf.range(rows // batch_size):
            batch = order[step * batch_size : (step + 1) * batch_size]
            x_batch, y_batch = tf.gather(x, batch, axis=1), tf.gather(y, batch, axis=1)
            with tf.GradientTape() as tape:
                # Every copy's loss depends on its own weights alone: the gradient of the sum is all their gradients.
                total = tf.reduce_sum(loss(y_batch, forward(x_batch)))
            optimize.apply(tape.gradient(total, [w.value for w in weights]))

    shuffle = np.random.default_rng(0)
    run_epoch, predict = tf.function(epoch), tf.function(lambda: forward(x_test[None]))
    history = []
    for _ in range(epochs):
        run_epoch(tf.constant(shuffle.permutation(rows)))
        predictions = predict()
        history.append(np.asarray(loss(tf.broadcast_to(y_test, predictions.shape), predictions)))
    losses = np.stack(history, axis=-1).reshape(len(rates), seeds, epochs)
    losses = np.where(np.isfinite(losses), losses, np.inf)
    return Trained(losses, np.asarray(predictions).reshape(len(rates), seeds, -1))
