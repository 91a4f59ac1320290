"""Which settings of Keras the bridge honours. Every other one must stand at the value that changes nothing.

A setting that nobody reads would be ignored in silence, and the two networks would learn different things. So the
configuration of each layer, loss and optimizer is swept: what is not named here as read is refused, by name. A setting
that a later Keras brings is refused, too, until somebody has looked at it.
"""

from __future__ import annotations

from typing import Any

READ = {
    "InputLayer": "batch_shape dtype",
    "Dense": "units use_bias activation",
    "Conv2D": "filters kernel_size strides padding use_bias activation",
    "MaxPooling2D": "pool_size strides padding",
    "Flatten": "",
    "Dropout": "rate",
    "Activation": "activation",
    "ReLU": "max_value negative_slope threshold",
    "Softmax": "axis",
    "SGD": "learning_rate momentum",
    "Adam": "learning_rate beta_1 beta_2 epsilon",
    "loss": "",
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

NEUTRAL = {
    "data_format": "channels_last",
    "dilation_rate": (1, 1),
    "groups": 1,
    "axis": -1,
    "reduction": "sum_over_batch_size",
    "label_smoothing": 0.0,
    "weight_decay": 0.0,
}
"""Values, beside None and False, with which a setting changes nothing."""

FLOATS = ("float32", "float64")


def not_honoured(config: dict[str, Any], kind: str) -> list[str]:
    """Name the settings of a configuration that the bridge would ignore, with their values where these are short.

    Args:
        config: as ``get_config()`` gives it.
        kind: a key of :data:`READ`.
    """
    known = WITHOUT_EFFECT.union(READ[kind].split())
    return [_told(name, value) for name, value in config.items() if name not in known and not _neutral(name, value)]


def _neutral(name: str, value: Any) -> bool:
    if value is None or value is False:
        return True
    value = tuple(value) if isinstance(value, list) else value
    return name in NEUTRAL and bool(value == NEUTRAL[name])


def _told(name: str, value: Any) -> str:
    return f"{name}={value!r}" if isinstance(value, (bool, int, float, str, tuple)) else name
