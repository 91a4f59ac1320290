"""Networks drawn from all that the bridge to SystemDS accepts: layers, losses, optimizers, data, starting weights.

A draw takes its settings away from Keras's defaults. One number tells it, so that a failing one can be made again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

keras: Any = __import__("keras")
layers = keras.layers

LOSSES = ("mse", "binary_crossentropy", "categorical_crossentropy", "sparse_categorical_crossentropy")
MIDDLE = (None, "linear", "relu", "relu", "relu", "sigmoid", "tanh")


@dataclass
class Drawn:
    """One network, compiled, and what it is trained on.

    Attributes:
        model: the Keras model.
        X, y: examples and targets, as ``fit`` takes them.
        batch_size: rows in a step; the last batch of an epoch is shorter.
        steps: how many of them.
    """

    model: Any
    X: np.ndarray
    y: np.ndarray
    batch_size: int
    steps: int


def draw(number: int) -> Drawn:
    """Make the network of this number; every call makes the same one anew."""
    rng = np.random.default_rng(number)
    keras.utils.set_random_seed(number)
    dtype = str(rng.choice(["float32", "float64"]))
    images = bool(rng.random() < 0.8)
    shape = (*rng.integers(5, 10, 2), rng.integers(1, 4)) if images else (rng.integers(1, 13),)
    shape = tuple(int(size) for size in shape)
    loss = str(rng.choice(LOSSES))
    outputs = 1 if loss == "binary_crossentropy" else int(rng.integers(2 if "categorical" in loss else 1, 6))
    first = _on_images(rng, shape, dtype) if images else []
    model = _joined(rng, shape, [*first, *_on_rows(rng, dtype), *_end(rng, loss, outputs, dtype)], dtype)
    model.set_weights([_weights(rng, array) for array in model.get_weights()])
    model.compile(_optimizer(rng), _loss(rng, loss, dtype), run_eagerly=True)
    rows = int(rng.integers(5, 30))
    X, y = _inputs(rng, (rows, *shape)), _targets(rng, loss, rows, outputs)
    return Drawn(model, X, y, batch_size=int(rng.integers(3, rows + 1)), steps=3)


def _on_images(rng: np.random.Generator, shape: tuple[int, ...], dtype: str) -> list[Any]:
    """Convolutions, pools and what goes between them, up to Flatten."""
    stack: list[Any] = []
    height, width, _ = shape
    for _ in range(rng.integers(2, 6)):
        kind = rng.choice(["conv", "pool", "between"], p=[0.45, 0.45, 0.1])
        window = tuple(int(rng.integers(1, min(size, 3) + 1)) for size in (height, width))
        strides = tuple(int(step) for step in rng.choice([1, 1, 1, 2, 3], 2))
        if kind == "between":
            stack.append(_between(rng, dtype))
            continue
        if kind == "conv":
            same = window[0] % 2 == window[1] % 2 == 1 and rng.random() < 0.8
            strides = (1, 1) if same else strides
            options = {"padding": "same" if same else "valid", "use_bias": bool(rng.random() < 0.7)}
            activation = rng.choice(MIDDLE)
            filters = int(rng.integers(1, 5))
            stack.append(layers.Conv2D(filters, window, strides, activation=activation, dtype=dtype, **options))
            if same:
                continue
        else:
            strides = window if rng.random() < 0.3 else strides
            stack.append(layers.MaxPooling2D(window, None if strides == window else strides, dtype=dtype))
        height, width = ((size - w) // s + 1 for size, w, s in zip((height, width), window, strides, strict=True))
    return [*stack, layers.Flatten(dtype=dtype)]


def _on_rows(rng: np.random.Generator, dtype: str) -> list[Any]:
    stack: list[Any] = []
    for _ in range(rng.integers(0, 3)):
        units, activation = int(rng.integers(1, 8)), rng.choice([*MIDDLE, "softmax"])
        activation = None if units == 1 and activation == "softmax" else activation  # Keras warns of it
        stack.append(layers.Dense(units, activation, bool(rng.random() < 0.7), dtype=dtype))
        if rng.random() < 0.4:
            stack.append(_between(rng, dtype))
    return stack


def _between(rng: np.random.Generator, dtype: str) -> Any:
    """A layer without weights. Dropout at rate 0: what it drops is drawn anew by each engine."""
    kind = rng.choice(["Activation", "ReLU", "Dropout"])
    if kind == "Activation":
        return layers.Activation(str(rng.choice(MIDDLE[1:])), dtype=dtype)
    return layers.ReLU(dtype=dtype) if kind == "ReLU" else layers.Dropout(0.0, dtype=dtype)


def _end(rng: np.random.Generator, loss: str, outputs: int, dtype: str) -> list[Any]:
    """The last Dense, with its activation inside or as a layer."""
    bias = bool(rng.random() < 0.7)
    if loss == "mse":
        name = str(rng.choice([*MIDDLE[1:], "softmax"][: None if outputs > 1 else -1]))
        return [layers.Dense(outputs, name, bias, dtype=dtype)]
    name = "sigmoid" if loss == "binary_crossentropy" else "softmax"
    if rng.random() < 0.5:
        return [layers.Dense(outputs, name, bias, dtype=dtype)]
    apart = layers.Activation(name, dtype=dtype)
    if name == "softmax" and rng.random() < 0.5:
        apart = layers.Softmax(axis=int(rng.choice([-1, 1])), dtype=dtype)
    return [layers.Dense(outputs, use_bias=bias, dtype=dtype), apart]


def _joined(rng: np.random.Generator, shape: tuple[int, ...], stack: list[Any], dtype: str) -> Any:
    """A model in one of three ways in which people write it."""
    image = keras.Input(shape, dtype=dtype)
    way = rng.choice(["list", "add", "functional"])
    if way == "list":
        return keras.Sequential([image, *stack])
    if way == "add":
        model = keras.Sequential()
        for layer in (image, *stack):
            model.add(layer)
        return model
    x = image
    for layer in stack:
        x = layer(x)
    return keras.Model(image, x)


def _weights(rng: np.random.Generator, array: np.ndarray) -> np.ndarray:
    """Starting values: usual ones, large ones, and the constant ones that make all of a window's pixels equal.

    After a step these differ by so little that 32 bits see no difference, and the next step takes another pixel.
    """
    kind = rng.choice(["usual", "usual", "usual", "large", "zeros", "ones"])
    if kind in ("zeros", "ones") and (array.ndim == 1 or array.dtype == "float64"):
        return np.full_like(array, kind == "ones")
    size = (3 if kind == "large" else 1) / np.sqrt(max(1, np.prod(array.shape[:-1])))
    return rng.normal(0, size, array.shape).astype(array.dtype)


def _inputs(rng: np.random.Generator, shape: tuple[int, ...]) -> np.ndarray:
    """Numbers about 0; mostly zeros, as in digits; bytes that nobody scaled."""
    kind = rng.choice(["about 0", "about 0", "mostly 0", "bytes"])
    if kind == "about 0":
        return rng.normal(size=shape).astype("float32")
    few = rng.random(shape) < (0.15 if kind == "mostly 0" else 0.5)
    return (few * rng.integers(0, 256, shape) / (255 if kind == "mostly 0" else 1)).astype("float32")


def _targets(rng: np.random.Generator, loss: str, rows: int, outputs: int) -> np.ndarray:
    if loss == "mse":
        return rng.normal(size=(rows, outputs)).astype("float32")
    numbers = rng.integers(0, max(2, outputs), rows)
    return np.eye(outputs)[numbers] if loss == "categorical_crossentropy" else numbers


def _loss(rng: np.random.Generator, name: str, dtype: str) -> Any:
    """By name, as a function, as an object; in 64 bits only an object can be told so."""
    kind = {"mse": "MeanSquaredError"}.get(name, name.title().replace("_", ""))
    made = getattr(keras.losses, kind)(dtype=dtype)
    if dtype == "float64":
        return made
    return (name, keras.losses.get(name), made)[rng.integers(3)]


def _optimizer(rng: np.random.Generator) -> Any:
    """SGD or Adam. Adam with an ε that counts: with a tiny one, rounding alone decides where a slope is 0."""
    rate = float(10 ** rng.uniform(-3, -0.5))
    if rng.random() < 0.6:
        return keras.optimizers.SGD(rate, momentum=float(rng.choice([0, 0.5, 0.9])))
    beta_1, beta_2 = (float(beta) for beta in rng.choice([0.5, 0.9, 0.99], 2))
    return keras.optimizers.Adam(rate, beta_1, beta_2, epsilon=float(10 ** rng.uniform(-2, 0)))
