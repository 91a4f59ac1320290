"""Many copies of one network: every learning rate with every seed, trained at once or one after the other.

An experiment over 5 rates and 8 seeds would be 40 calls of ``fit``. With :func:`train` it is one: the weights of the 40
copies are stacked, and each step moves them all. The copies never meet: each has its own weights, its own data, its own
rate. So each learns what it would learn alone (a test compares it with Keras's own ``fit``).

Where the copies need ``fit`` itself, :func:`start_anew` lets one compiled network serve for all.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

Pair = tuple[np.ndarray, np.ndarray]
"""Inputs and targets."""


@dataclass(frozen=True)
class Trained:
    """What all copies reached. Losses have the shape (rates, seeds, epochs), and are infinite where a copy diverged."""

    train_loss: np.ndarray
    """Mean over the batches of each epoch, as ``fit`` reports it."""
    test_loss: np.ndarray
    """On the test rows after each epoch; where none were given, no epochs."""
    validation_loss: np.ndarray
    """On the validation rows after each epoch; where none were given, no epochs."""
    predictions: np.ndarray
    """For the test rows, after the last epoch: shape (rates, seeds, test rows), or (…, test rows, units)."""
    predict: Callable[[np.ndarray], np.ndarray]
    """The same for other inputs, of shape (rows, features) for all copies or (seeds, rows, features)."""


def train(
    build: Callable[[int], Any],
    train_data: Pair,
    test_data: Pair | None = None,
    *,
    optimizer: Callable[..., Any],
    rates: Sequence[Any],
    epochs: int,
    batch_size: int = 32,
    loss: Callable[..., Any] | None = None,
    validation_data: Pair | None = None,
    decays: Sequence[float] | None = None,
    jit_compile: bool = False,
) -> Trained:
    """Train one copy of a network for every pair of a learning rate and a seed.

    Args:
        build: takes a seed and returns a ``keras.Sequential`` of Dense, Dropout and Flatten layers.
        train_data: inputs (seeds, rows, features) and targets (seeds, rows): each seed has rows of its own. Pictures,
            (seeds, rows, height, width), are laid in a row.
        test_data: inputs (test rows, features) and targets (test rows,), the same for all copies; or each seed's own.
        optimizer: a class of ``keras.optimizers`` that moves each weight by itself: SGD, RMSprop, Adagrad, Adam, AdamW.
        rates: learning rates: numbers, or schedules of ``keras.optimizers.schedules``.
        epochs: how often each copy sees its rows, shuffled anew each time; rows beyond the last full batch wait.
        batch_size: rows of a step.
        loss: a function of ``keras.losses``; the mean squared error by default. Where the last layer has several units,
            one for classes.
        validation_data: each seed's own inputs and targets, to watch beside the test rows.
        decays: the weight decay that belongs to each of the rates; for AdamW.
        jit_compile: whether XLA compiles the steps. It takes some seconds once, and pays for small networks that take
            thousands of steps. Sums are rounded in another order.
    """
    import tensorflow as tf

    seeds, rows = train_data[1].shape
    copies = _Copies([build(seed) for seed in range(seeds)], len(rates), train_data[0].ndim, loss)

    def rates_now() -> Any:
        return copies.of_rates([rate(optimize.iterations) if callable(rate) else rate for rate in rates])

    decay = {} if decays is None else {"weight_decay": copies.of_rates(decays)}
    optimize = optimizer(learning_rate=rates_now, **decay)
    optimize.build(copies.weights)
    x, y = copies.inputs(train_data[0]), copies.targets(train_data[1])
    steps = rows // batch_size

    def epoch(order: Any) -> Any:
        seen = tf.zeros(copies.count)
        for step in tf.range(steps):
            batch = order[step]
            x_batch, y_batch = tf.gather(x, batch, axis=1), tf.gather(y, batch, axis=1)
            with tf.GradientTape() as tape:
                losses = copies.losses(y_batch, copies.outputs(x_batch, training=True))
                # Every copy's loss depends on its own weights alone: the gradient of the sum is all their gradients.
                total = tf.reduce_sum(losses)
            optimize.apply(tape.gradient(total, [weight.value for weight in copies.weights]))
            seen += losses
        return seen / steps

    given = {"test": test_data, "validation": validation_data}
    watched = {name: (copies.inputs(pair[0]), copies.targets(pair[1])) for name, pair in given.items() if pair}
    shuffle = np.random.default_rng(0)
    run_epoch, say = tf.function(epoch, jit_compile=jit_compile), tf.function(copies.outputs)
    history: dict[str, list[Any]] = {"train": [], "test": [], "validation": []}
    said = {"test": np.empty((copies.count, 0))}
    for _ in range(epochs):
        order = shuffle.permutation(rows)[: steps * batch_size]
        history["train"].append(run_epoch(tf.constant(order.reshape(steps, batch_size))))
        for name, (inputs, targets) in watched.items():
            said[name] = say(inputs)
            history[name].append(copies.losses(targets, said[name]))
    return Trained(
        train_loss=copies.history(history["train"]),
        test_loss=copies.history(history["test"]),
        validation_loss=copies.history(history["validation"]),
        predictions=copies.apart(said["test"]),
        predict=lambda others: copies.apart(copies.outputs(copies.inputs(others))),
    )


class _Copies:
    """The stacked weights of all copies, rate by rate and in each rate seed by seed, and what they make of inputs."""

    def __init__(self, networks: Sequence[Any], rates: int, dimensions: int, loss: Callable[..., Any] | None) -> None:
        import keras

        self.rates, self.seeds, self.count = rates, len(networks), rates * len(networks)
        self.dimensions = dimensions  # of inputs that each seed has for itself
        self.loss = loss or keras.losses.mean_squared_error
        self.layers = networks[0].layers
        self.dropped = keras.random.SeedGenerator(0)
        starts = [np.stack(parts) for parts in zip(*(network.get_weights() for network in networks), strict=True)]
        # (copies, inputs, units) for kernels, (copies, 1, units) for biases
        self.weights = [
            keras.Variable(np.concatenate([w.reshape(self.seeds, -1, w.shape[-1])] * rates)) for w in starts
        ]

    def inputs(self, part: np.ndarray) -> Any:
        """(copies, rows, features); (1, rows, features) where all copies get the same."""
        own = part.ndim == self.dimensions
        return self._stacked(part.reshape(*part.shape[: 1 + own], -1), own)

    def targets(self, part: np.ndarray) -> Any:
        return self._stacked(part, part.ndim == 2)

    def _stacked(self, part: np.ndarray, own: bool) -> Any:
        import tensorflow as tf

        # A tensor: an array would become a part of each graph that reads it.
        return tf.constant(np.concatenate([part] * self.rates) if own else part[None], tf.float32)

    def of_rates(self, values: Sequence[Any]) -> Any:
        """For each copy the value that belongs to its rate, shape (copies, 1, 1)."""
        import tensorflow as tf

        return tf.repeat(tf.stack([tf.cast(value, tf.float32) for value in values]), self.seeds)[:, None, None]

    def outputs(self, h: Any, *, training: bool = False) -> Any:
        """(copies, rows) where the last layer has one unit, else (copies, rows, units)."""
        import keras

        pairs = zip(self.weights[::2], self.weights[1::2], strict=True)
        for layer in self.layers:
            if isinstance(layer, keras.layers.Dense):
                kernel, bias = next(pairs)
                h = layer.activation(h @ kernel + bias)
            elif isinstance(layer, keras.layers.Dropout) and training:
                h = keras.random.dropout(h, layer.rate, seed=self.dropped)
        return h[..., 0] if h.shape[-1] == 1 else h

    def losses(self, targets: Any, outputs: Any) -> Any:
        """The mean over the rows, shape (copies,)."""
        import tensorflow as tf

        found = self.loss(tf.broadcast_to(targets, tf.shape(outputs)[:2]), outputs)
        return tf.reduce_mean(found, axis=1) if len(found.shape) == 2 else found

    def history(self, epochs: Sequence[Any]) -> np.ndarray:
        """Losses of each epoch, one array each, as (rates, seeds, epochs)."""
        losses = self.apart(np.stack(epochs, axis=-1) if epochs else np.empty((self.count, 0)))
        return np.where(np.isfinite(losses), losses, np.inf)

    def apart(self, values: Any) -> np.ndarray:
        """(copies, …) as (rates, seeds, …)."""
        return np.reshape(values, (self.rates, self.seeds, *np.shape(values)[1:]))


def start_anew(network: Any, fresh: Any) -> Any:
    """Give a compiled network the weights and the optimizer's state of ``fresh``, compiled alike; return the network.

    Its next ``fit`` does what that of ``fresh`` would do (a test compares the two), and sooner: TensorFlow traces the
    steps of each network once, and those of ``network`` it may know already.

    Example: one network for five seeds.

        >>> network = build(0)
        >>> for seed in range(5):
        ...     history = replicas.start_anew(network, build(seed)).fit(x, y)
    """
    for each in (network, fresh):
        each.optimizer.build(each.trainable_variables)
    pairs = [*zip(network.layers, fresh.layers, strict=True), (network.optimizer, fresh.optimizer)]
    for own, start in pairs:
        for variable, value in zip(own.variables, start.variables, strict=True):
            variable.assign(value)
    return network
