"""The activation functions of the course: formula, derivative and range of each.

All functions take and return NumPy arrays of any shape and stay finite wherever the true value fits into a float.
Sources: the deck for the formulas of sigmoid, ELU and the slope 0.1 of Leaky ReLU; Nair and Hinton (2010) for ReLU,
Maas et al. (2013) for Leaky ReLU, Clevert et al. (2016) for ELU, Goodfellow et al. (2013) for Maxout, Hendrycks and
Gimpel (2016) for GELU and SiLU.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

Array = np.ndarray
_erf = np.vectorize(math.erf, otypes=[float])


@dataclass(frozen=True)
class Activation:
    """One activation function.

    Attributes:
        name: as people call it.
        formula: in LaTeX, as a function of x.
        range: the values that it takes, in words or as an interval.
        function: x → activation, elementwise.
        derivative: x → slope, elementwise. At a kink: the slope to the right of it.
    """

    name: str
    formula: str
    range: str
    function: Callable[[Array], Array]
    derivative: Callable[[Array], Array]


def sigmoid(x: Array) -> Array:
    """1 / (1 + e^−x), by e^−|x|, which never overflows."""
    e = np.exp(-np.abs(x))
    y: Array = np.where(np.asarray(x) >= 0, 1.0, e) / (1.0 + e)
    return y


def leaky_relu(x: Array, slope: float = 0.1) -> Array:
    """x for x ≥ 0, slope · x below; the deck's slope is 0.1."""
    return np.where(np.asarray(x) >= 0, x, slope * np.asarray(x, dtype=float))


def elu(x: Array, alpha: float = 1.0) -> Array:
    """x for x ≥ 0, α (e^x − 1) below."""
    x = np.asarray(x, dtype=float)
    return np.where(x >= 0, x, alpha * np.expm1(np.minimum(x, 0.0)))


def gelu(x: Array) -> Array:
    """x · Φ(x): x times the share of a standard normal distribution that lies below it."""
    y: Array = x * _normal_below(x)
    return y


def silu(x: Array) -> Array:
    """x · sigmoid(x), also called swish."""
    y: Array = x * sigmoid(x)
    return y


def maxout(x: Array, w1: Sequence[float] | Array, b1: float, w2: Sequence[float] | Array, b2: float) -> Array:
    """max(w1·x + b1, w2·x + b2) for each row of ``x``, shape (n, d) → (n,)."""
    larger: Array = np.maximum(x @ np.asarray(w1) + b1, x @ np.asarray(w2) + b2)
    return larger


def softmax(z: Array) -> Array:
    """e^z / Σ e^z over the last axis; the largest entry is subtracted first, which changes nothing but the overflow."""
    e = np.exp(z - np.max(z, axis=-1, keepdims=True))
    shares: Array = e / e.sum(axis=-1, keepdims=True)
    return shares


def _normal_below(x: Array) -> Array:
    """Φ: the share of a standard normal distribution that lies below x."""
    below: Array = 0.5 * (1.0 + _erf(np.asarray(x, dtype=float) / math.sqrt(2.0)))
    return below


def _gelu_slope(x: Array) -> Array:
    density = np.exp(-0.5 * np.square(x)) / math.sqrt(2.0 * math.pi)
    slope: Array = _normal_below(x) + x * density
    return slope


def _sigmoid_slope(x: Array) -> Array:
    s = sigmoid(x)
    return s * (1.0 - s)


def _silu_slope(x: Array) -> Array:
    s = sigmoid(x)
    return s * (1.0 + x * (1.0 - s))


def _step(x: Array) -> Array:
    return np.where(np.asarray(x) >= 0, 1.0, 0.0)


ACTIVATIONS = {
    a.name: a
    for a in [
        Activation(
            "linear", "x", "all numbers", lambda x: np.asarray(x, dtype=float), lambda x: np.ones_like(x, dtype=float)
        ),
        Activation("sigmoid", r"\frac{1}{1+e^{-x}}", "(0, 1)", sigmoid, _sigmoid_slope),
        Activation("tanh", r"\tanh x", "(−1, 1)", np.tanh, lambda x: 1.0 - np.tanh(x) ** 2),
        Activation("ReLU", r"\max(0, x)", "[0, ∞)", lambda x: np.maximum(0.0, x), _step),
        Activation(
            "Leaky ReLU", r"\max(0.1x, x)", "all numbers", leaky_relu, lambda x: np.where(np.asarray(x) >= 0, 1.0, 0.1)
        ),
        Activation(
            "ELU",
            r"x \;(x\geq 0),\; \alpha(e^x-1) \;(x<0)",
            "(−α, ∞)",
            elu,
            lambda x: np.where(np.asarray(x) >= 0, 1.0, np.exp(np.minimum(x, 0.0))),
        ),
        Activation("GELU", r"x\,\Phi(x)", "[−0.17, ∞)", gelu, _gelu_slope),
        Activation("SiLU", r"\frac{x}{1+e^{-x}}", "[−0.28, ∞)", silu, _silu_slope),
        Activation("exponential", r"e^x", "(0, ∞)", np.exp, np.exp),
    ]
}
"""Name → activation, for those that work on one number at a time."""


def fit_hinges(x: Array, y: Array, width: int) -> Array:
    """Values at ``x`` of a network with one hidden layer of ReLUs that follows ``y``.

    Each hidden unit computes max(0, x − k). The kinks k are spread evenly over the range of ``x``; the weights of the
    output layer are those of least squares. Nothing is trained step by step.

    Args:
        x, y: shape (n,).
        width: number of hidden units.

    Returns:
        The network's outputs, shape (n,).
    """
    kinks = np.linspace(x.min(), x.max(), width, endpoint=False)
    hidden = np.maximum(0.0, x[:, None] - kinks)
    design = np.column_stack([hidden, np.ones_like(x)])
    weights, *_ = np.linalg.lstsq(design, y, rcond=None)
    fitted: Array = design @ weights
    return fitted
