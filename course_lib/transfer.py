"""Four ways to teach a network two kinds of photos, each scored by five folds (lesson 08, claim C14).

Every recipe has the same form, ``recipe(train, test) -> accuracy``, where ``train`` and ``test`` are positions in the
same arrays, so that :func:`five_folds` can run and time them all alike.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import keras

    from course_lib.backbones import Backbone

Recipe = Callable[[np.ndarray, np.ndarray], float]

Photo = str | Path | IO[bytes] | np.ndarray
"""A path, an open file, or an array (height, width, 3)."""

DECK = [(0.86, 16_888.32), (0.82, 16_895.00), (0.85, 16_897.95), (0.77, 16_879.80), (0.80, 16_884.62)]
"""The deck's table: accuracy and seconds of five folds, the whole of ResNet50 trained on cats and dogs."""


@dataclass(frozen=True)
class Photos:
    """Images (n, size, size, 3) uint8 RGB, labels (n,) as positions in ``names``, the classes' names, the files."""

    images: np.ndarray
    labels: np.ndarray
    names: list[str]
    files: list[Path]

    def in_part(self, name: str) -> np.ndarray:
        """Positions of the photos that lie in ``name/CLASS/``: in ``train`` or ``validation``."""
        return np.flatnonzero([file.parent.parent.name == name for file in self.files])


def read_photos(folder: str | Path, size: int, per_class: int | None = None) -> Photos:
    """Read the photos in ``folder/train/NAME`` and ``folder/validation/NAME``, middle square, scaled.

    Args:
        folder: holds ``train`` and ``validation``, each with one folder a class.
        size: side of the square in pixels.
        per_class: take so many of each class, half of them from either part, evenly spaced; all by default.
    """
    names = sorted(path.name for path in Path(folder, "train").iterdir() if path.is_dir())
    chosen, labels = [], []
    for label, name in enumerate(names):
        for part in ("train", "validation"):
            files = sorted(Path(folder, part, name).glob("*.*"))
            files = evenly(files, per_class // 2) if per_class else files
            chosen += files
            labels += [label] * len(files)
    return Photos(np.stack([middle_square(file, size) for file in chosen]), np.array(labels), names, chosen)


def evenly(files: list[Path], count: int) -> list[Path]:
    """So many of them, from the first to the last; all where there are no more."""
    return [files[i] for i in np.linspace(0, len(files) - 1, min(count, len(files))).round().astype(int)]


def middle_square(file: Photo, size: int) -> np.ndarray:
    """The middle square of a photo, RGB (size, size, 3), pixels 0 … 255.

    Args:
        file: the photo.
        size: side of the square in pixels.
    """
    from PIL import Image, ImageOps

    with Image.fromarray(file) if isinstance(file, np.ndarray) else Image.open(file) as photo:
        upright = ImageOps.exif_transpose(photo).convert("RGB")
        return np.asarray(ImageOps.fit(upright, (size, size), Image.Resampling.BICUBIC))


def folds(labels: np.ndarray, k: int = 5, seed: int = 0) -> list[tuple[np.ndarray, np.ndarray]]:
    """k pairs (train, test) of positions; each position is tested once, each fold has its share of every class."""
    rng = np.random.default_rng(seed)
    fold = np.empty(len(labels), dtype=int)
    for label in np.unique(labels):
        members = rng.permutation(np.flatnonzero(labels == label))
        fold[members] = np.arange(len(members)) % k
    return [(np.flatnonzero(fold != i), np.flatnonzero(fold == i)) for i in range(k)]


def five_folds(recipe: Recipe, labels: np.ndarray) -> list[tuple[float, float]]:
    """Accuracy and seconds of ``recipe`` on each of five folds."""
    import keras

    scores = []
    for i, (train, test) in enumerate(folds(labels)):
        keras.utils.set_random_seed(i)
        start = time.perf_counter()
        accuracy = recipe(train, test)
        scores.append((accuracy, time.perf_counter() - start))
    return scores


def small_cnn(size: int, classes: int) -> keras.Model:
    """A small convolutional network with random weights: images with pixels 0 … 255 → probabilities."""
    import keras

    layers = [keras.Input((size, size, 3)), keras.layers.Rescaling(1 / 255)]
    for filters in (16, 32, 64):
        layers += [keras.layers.Conv2D(filters, 3, padding="same", activation="relu"), keras.layers.MaxPooling2D()]
    layers += [keras.layers.GlobalAveragePooling2D(), keras.layers.Dense(classes, activation="softmax")]
    return keras.Sequential(layers)


def new_head(feature_size: int, classes: int) -> keras.Model:
    """A new last layer: features → probabilities."""
    import keras

    return keras.Sequential(
        [keras.Input((feature_size,)), keras.layers.Dropout(0.2), keras.layers.Dense(classes, activation="softmax")]
    )


class Repeated:
    """A network that is trained many times, each time anew. Keras builds its training step once, for all of them.

    To build that step takes a second or two, longer than the training of a small network.
    """

    def __init__(self, model: keras.Model) -> None:
        """Adam on the cross-entropy of probabilities."""
        import keras

        self.model = model
        self._optimizer = keras.optimizers.Adam()
        # jit_compile: the compiler takes longer than so little training
        model.compile(optimizer=self._optimizer, loss="sparse_categorical_crossentropy", jit_compile=False)
        self._optimizer.build(model.trainable_variables)

    def train(
        self, weights: Sequence[np.ndarray], x: np.ndarray, y: np.ndarray, epochs: int, learning_rate: float = 1e-3
    ) -> keras.Model:
        """Train from these weights, with an optimizer that has no past; batches of 32."""
        import keras

        self.model.set_weights(weights)
        for variable in self._optimizer.variables:
            variable.assign(keras.ops.zeros_like(variable))
        self._optimizer.learning_rate = learning_rate
        self.model.fit(x, y, epochs=epochs, batch_size=32, verbose=0)
        return self.model


def accuracy(model: keras.Model, x: np.ndarray, y: np.ndarray) -> float:
    """Share of right answers."""
    return float(np.mean(np.argmax(model(x, training=False), axis=1) == y))


def from_scratch(photos: Photos, epochs: int = 15) -> Recipe:
    """A small CNN that has seen nothing but the training photos."""
    shape = photos.images.shape[1], len(photos.names)
    network = Repeated(small_cnn(*shape))

    def recipe(fit: np.ndarray, test: np.ndarray) -> float:
        model = network.train(small_cnn(*shape).get_weights(), photos.images[fit], photos.labels[fit], epochs)
        return accuracy(model, photos.images[test], photos.labels[test])

    return recipe


def frozen(features: np.ndarray, photos: Photos, epochs: int = 20) -> Recipe:
    """A new head on features that were computed once. The backbone does not take part: it cannot change.

    Features are standardised with mean and deviation of the training photos.
    """
    shape = features.shape[1], len(photos.names)
    head = Repeated(new_head(*shape))

    def recipe(fit: np.ndarray, test: np.ndarray) -> float:
        mean, deviation = features[fit].mean(axis=0), features[fit].std(axis=0)
        x = (features - mean) / np.where(deviation > 0, deviation, 1)
        model = head.train(new_head(*shape).get_weights(), x[fit], photos.labels[fit], epochs)
        return accuracy(model, x[test], photos.labels[test])

    return recipe


def split(backbone: Backbone) -> tuple[keras.Model, keras.Model]:
    """Cut a backbone before its last block: (prepared images → maps, maps → features). Both share its weights."""
    import keras

    cut = backbone.model.get_layer(backbone.last_block_input).output
    return keras.Model(backbone.model.input, cut), keras.Model(cut, backbone.model.output)


def opened(block: keras.Model) -> keras.Model:
    """A fresh copy of a block, same weights, everything trainable but BatchNorm.

    Frozen BatchNorm runs with its stored mean and variance, whatever ``fit`` says.
    """
    import keras

    copy = keras.models.clone_model(block)
    copy.set_weights(block.get_weights())
    copy.trainable = True
    for layer in copy.layers:
        layer.trainable = not isinstance(layer, keras.layers.BatchNormalization)
    return copy


def fine_tuned(last_block: keras.Model, maps: np.ndarray, photos: Photos, epochs: int = 3) -> Recipe:
    """A new head, then the last block with it at a low rate; the layers below were run once and gave ``maps``.

    Every fold begins with the block as it was.
    """
    import keras

    block = opened(last_block)
    shape = block.output_shape[-1], len(photos.names)
    head = Repeated(new_head(*shape))
    whole = Repeated(keras.Sequential([keras.Input(maps.shape[1:]), block, new_head(*shape)]))
    features = np.asarray(last_block(maps, training=False))

    def recipe(fit: np.ndarray, test: np.ndarray) -> float:
        trained = head.train(new_head(*shape).get_weights(), features[fit], photos.labels[fit], 20)
        weights = [*last_block.get_weights(), *trained.get_weights()]
        model = whole.train(weights, maps[fit], photos.labels[fit], epochs, 1e-4)
        return accuracy(model, maps[test], photos.labels[test])

    return recipe


def table(rows: dict[str, Sequence[tuple[float, float]]], once: dict[str, float]) -> str:
    """Two lines of text each: accuracy of each fold, mean; seconds a fold, how many times the deck's seconds that is.

    Args:
        rows: name of the recipe → accuracy and seconds of each fold.
        once: name of the recipe → seconds spent once for all folds (features); a fifth of them counts for each fold.
    """
    deck = np.mean([seconds for _, seconds in DECK])
    lines = []
    for name, scores in {"deck: all of ResNet50": DECK, **rows}.items():
        accuracies, seconds = np.array(scores).T
        each = seconds.mean() + once.get(name, 0.0) / len(scores)
        shown = " ".join(f"{a:.3f}" for a in accuracies)
        faster = f", {deck / each:,.0f} × faster" if name in rows else ""
        lines += [f"{name:22} {shown}  mean {accuracies.mean():.3f}", f"{'':22} {each:8,.1f} s a fold{faster}"]
    return "\n".join(lines)
