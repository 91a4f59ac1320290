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
    """Images (n, size, size, 3) uint8 RGB, their labels (n,) as positions in ``names``, and the classes' names."""

    images: np.ndarray
    labels: np.ndarray
    names: list[str]


def read_photos(
    folder: str | Path, size: int, per_class: int | None = None, parts: Sequence[str] = ("train", "validation")
) -> Photos:
    """Read the photos in ``folder/train/NAME`` and ``folder/validation/NAME``, middle square, scaled.

    Args:
        folder: holds ``train`` and ``validation``, each with one folder a class.
        size: side of the square in pixels.
        per_class: take so many of each class, evenly spaced; all by default.
        parts: ``train``, ``validation``, or both.
    """
    names = sorted(path.name for path in Path(folder, "train").iterdir() if path.is_dir())
    images, labels = [], []
    for label, name in enumerate(names):
        files = sorted(p for part in parts for p in Path(folder, part, name).glob("*.*"))
        if per_class and per_class < len(files):
            files = [files[i] for i in np.linspace(0, len(files) - 1, per_class).round().astype(int)]
        images += [middle_square(file, size) for file in files]
        labels += [label] * len(files)
    return Photos(np.stack(images), np.array(labels), names)


def middle_square(file: Photo, size: int) -> np.ndarray:
    """The middle square of a photo, RGB (size, size, 3), pixels 0 … 255.

    Args:
        file: the photo.
        size: side of the square in pixels.
    """
    from PIL import Image, ImageOps

    photo = Image.fromarray(file) if isinstance(file, np.ndarray) else Image.open(file)
    return np.asarray(
        ImageOps.fit(ImageOps.exif_transpose(photo).convert("RGB"), (size, size), Image.Resampling.BICUBIC)
    )


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
        keras.backend.clear_session()
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


def train(model: keras.Model, x: np.ndarray, y: np.ndarray, epochs: int, learning_rate: float) -> None:
    """Adam on the cross-entropy, batches of 32."""
    import keras

    # jit_compile: the compiler takes longer than so little training
    optimizer = keras.optimizers.Adam(learning_rate)
    model.compile(optimizer=optimizer, loss="sparse_categorical_crossentropy", jit_compile=False)
    model.fit(x, y, epochs=epochs, batch_size=32, verbose=0)


def accuracy(model: keras.Model, x: np.ndarray, y: np.ndarray) -> float:
    """Share of right answers."""
    return float(np.mean(np.argmax(model(x, training=False), axis=1) == y))


def from_scratch(photos: Photos, epochs: int = 15) -> Recipe:
    """A small CNN that has seen nothing but the training photos."""

    def recipe(fit: np.ndarray, test: np.ndarray) -> float:
        model = small_cnn(photos.images.shape[1], len(photos.names))
        train(model, photos.images[fit], photos.labels[fit], epochs, 1e-3)
        return accuracy(model, photos.images[test], photos.labels[test])

    return recipe


def frozen(features: np.ndarray, photos: Photos, epochs: int = 20) -> Recipe:
    """A new head on features that were computed once. The backbone does not take part: it cannot change.

    Features are standardised with mean and deviation of the training photos.
    """

    def recipe(fit: np.ndarray, test: np.ndarray) -> float:
        mean, deviation = features[fit].mean(axis=0), features[fit].std(axis=0)
        x = (features - mean) / np.where(deviation > 0, deviation, 1)
        model = new_head(x.shape[1], len(photos.names))
        train(model, x[fit], photos.labels[fit], epochs, 1e-3)
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

    Every fold begins with a fresh copy of the block.
    """
    import keras

    def recipe(fit: np.ndarray, test: np.ndarray) -> float:
        block = opened(last_block)
        head = new_head(block.output_shape[-1], len(photos.names))
        train(head, np.asarray(block(maps[fit], training=False)), photos.labels[fit], 20, 1e-3)
        model = keras.Sequential([keras.Input(maps.shape[1:]), block, head])
        train(model, maps[fit], photos.labels[fit], epochs, 1e-4)
        return accuracy(model, maps[test], photos.labels[test])

    return recipe


def table(rows: dict[str, Sequence[tuple[float, float]]], once: dict[str, float]) -> str:
    """Lines of text: accuracy of each fold, mean, seconds a fold, and how many times the deck's seconds that is.

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
        line = f"{name:22} {shown}  mean {accuracies.mean():.3f}  {each:10,.1f} s a fold"
        lines.append(line + (f"  {deck / each:,.0f} times faster" if name in rows else ""))
    return "\n".join(lines)
