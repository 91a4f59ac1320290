"""Which settings of Keras the bridge honours. Every other one must stand at its default, which changes nothing.

A setting that nobody reads would be ignored in silence, and the two networks would learn different things. So the
configuration of each layer, loss and optimizer is swept: what is neither read by the bridge nor at the default that
Keras's constructor gives it is refused, by name.
"""

from __future__ import annotations

import inspect
import warnings
from collections.abc import Callable
from typing import Any

READ = {
    "InputLayer": "batch_shape",
    "Dense": "units use_bias activation",
    "Conv2D": "filters kernel_size strides padding data_format use_bias activation",
    "MaxPooling2D": "pool_size strides padding data_format",
    "Flatten": "data_format",
    "Dropout": "rate",
    "Activation": "activation",
    "ReLU": "",
    "Softmax": "axis",
    "SGD": "learning_rate momentum",
    "Adam": "learning_rate beta_1 beta_2 epsilon",
    "compile": "optimizer loss",
}
"""Settings that the bridge reads, by the class that has them."""

WITHOUT_EFFECT = {
    "name",
    "trainable",  # of a layer without weights; with weights it is read from the weights themselves
    "dtype",  # read from the policy
    "kernel_initializer",  # the weights are there already
    "bias_initializer",
    "ema_momentum",  # asks for use_ema
    "metrics",  # they watch the training and do not change it
    "weighted_metrics",
    "run_eagerly",
    "steps_per_execution",
    "jit_compile",
    "auto_scale_loss",
}

FLOATS = ("float32", "float64")


def not_honoured(thing: Any) -> list[str]:
    """Name the settings of a layer, loss or optimizer that would be ignored, with values where these are short."""
    return _beside_defaults(thing.get_config(), type(thing).__init__, type(thing).__name__)


def compiled_with(model: Any) -> list[str]:
    """Name what a model was compiled with and the bridge would ignore."""
    with warnings.catch_warnings(action="ignore"):  # a metric may be a lambda, which Keras does not like to write down
        return _beside_defaults(model.get_compile_config() or {}, model.compile, "compile")


def _beside_defaults(config: dict[str, Any], maker: Callable[..., Any], kind: str) -> list[str]:
    """The settings of a configuration that are not read, and differ from the defaults of what takes them."""
    known = WITHOUT_EFFECT.union(READ.get(kind, "").split())
    defaults = {name: parameter.default for name, parameter in inspect.signature(maker).parameters.items()}
    return [_told(n, value) for n, value in config.items() if n not in known and not _same(value, defaults.get(n))]


def _same(value: Any, default: Any) -> bool:
    """Whether a value is the default; Keras writes down some that are None as False."""
    return (value is False and default is None) or bool(value == default)


def _told(name: str, value: Any) -> str:
    return f"{name}={value!r}" if isinstance(value, (bool, int, float, str, tuple)) else name
