"""Claim C14 on cats and dogs, the deck's own task. By hand::

    COURSE_DATA_DIR=cats_and_dogs_filtered.zip python -m tests.benchmarks.transfer

Without the variable it fetches the photos. It prints the lesson's table on *all* photos, and a fifth recipe, frozen
with care: photos of 288 × 288 pixels (networks that were trained on random crops do better on larger ones: H. Touvron
and others, NeurIPS 2019), standardised features, and a logistic head whose L2 penalty is chosen by cross-validation
*inside* each training set. No test photo takes part in that choice.
"""

from __future__ import annotations

import os
import time

import numpy as np
from sklearn.linear_model import LogisticRegressionCV
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from course_lib import backbones, cats_and_dogs, transfer
from course_lib.transfer import Photos, Recipe

LARGE = 288
"""Side of the photos for the careful recipe, in pixels."""


def careful(features: np.ndarray, photos: Photos) -> Recipe:
    """Standardised features, a logistic head, its penalty chosen inside the training set."""

    def recipe(fit: np.ndarray, test: np.ndarray) -> float:
        penalties = np.logspace(-4, 0, 5)
        head = LogisticRegressionCV(
            Cs=penalties, cv=5, max_iter=300, scoring="accuracy", l1_ratios=(0.0,), use_legacy_attributes=False
        )
        model = make_pipeline(StandardScaler(), head).fit(features[fit], photos.labels[fit])
        return float(np.mean(model.predict(features[test]) == photos.labels[test]))

    return recipe


def main() -> None:
    folder = cats_and_dogs.load()
    backbone = backbones.load("efficientnet_lite0")
    photos, small = (transfer.read_photos(folder, size) for size in (backbone.size, 64))
    print(f"{len(photos.images)} photos of {' and '.join(photos.names)}, {os.cpu_count()} cores", flush=True)

    def timed(function, *arguments):
        start = time.perf_counter()
        return function(*arguments), time.perf_counter() - start

    features, seconds = timed(backbone.features, photos.images)
    careful_features, careful_seconds = timed(lambda: backbone.features(transfer.read_photos(folder, LARGE).images))
    control = backbones.load("efficientnet_lite0", pretrained=False).features(photos.images)
    lower, last_block = transfer.split(backbone)
    run = backbones.compiled(lower)
    starts = range(0, len(photos.images), 32)
    maps, maps_seconds = timed(
        lambda: np.concatenate([run(backbone.preprocess(photos.images[i : i + 32])) for i in starts])
    )

    recipes = {
        "from scratch": transfer.from_scratch(small),
        "random backbone": transfer.frozen(control, photos),
        "frozen": transfer.frozen(features, photos),
        "fine-tuned": transfer.fine_tuned(last_block, maps, photos),
        "frozen, with care": careful(careful_features, photos),
    }
    once = {
        "random backbone": seconds,
        "frozen": seconds,
        "fine-tuned": maps_seconds,
        "frozen, with care": careful_seconds,
    }
    scores = {}
    for name, recipe in recipes.items():
        scores[name] = transfer.five_folds(recipe, photos.labels)
        print(transfer.table({name: scores[name]}, once).splitlines()[2], flush=True)
    print(
        f"\nFeatures, once for all folds: {seconds:.1f} s, with care {careful_seconds:.1f} s; each fold counts a fifth."
    )
    print(transfer.table(scores, once))


if __name__ == "__main__":
    main()
