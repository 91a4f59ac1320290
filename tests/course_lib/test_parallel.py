"""Training and search in Spark's tasks do what one process would do."""

import keras
import numpy as np
import pandas as pd
import pytest

from course_lib import spark
from course_lib.keras_on_spark import parallel

pytestmark = pytest.mark.slow
IMAGES = np.random.default_rng(0).random((40, 6), dtype=np.float32)
LABELS = (IMAGES.sum(axis=1) > 3).astype("int32")


@pytest.fixture(scope="module")
def session():
    spark.stop()
    yield spark.start(keras=True)
    spark.stop()


def network():
    keras.utils.set_random_seed(0)
    model = keras.Sequential([keras.Input((6,)), keras.layers.Dense(8, "tanh"), keras.layers.Dense(2, "softmax")])
    model.compile(keras.optimizers.Adam(0.01), "sparse_categorical_crossentropy", jit_compile=False)
    return model


def test_averaging_starts_every_round_with_a_fresh_optimizer(session):
    """One task, all rows in one batch: each round is one step of an Adam that has seen nothing before."""
    rows = pd.DataFrame({"image": list(IMAGES), "label": LABELS})
    shards = session.createDataFrame(rows, "image array<float>, label int").repartition(1).cache()
    seen, averaged = [], network()
    parallel.fit_averaging(shards, averaged, rounds=3, batch_size=40, after_round=seen.append)
    assert seen == [1, 2, 3]

    alone = network()
    for _ in range(3):
        alone.compile(keras.optimizers.Adam(0.01), alone.loss, jit_compile=False)
        alone.fit(IMAGES, LABELS, batch_size=40, verbose=0)
    for one, other in zip(averaged.get_weights(), alone.get_weights(), strict=True):
        np.testing.assert_allclose(one, other, atol=1e-5)


def test_a_second_network_is_not_taken_for_the_first(session):
    rows = pd.DataFrame({"image": list(IMAGES), "label": LABELS})
    shards = session.createDataFrame(rows, "image array<float>, label int").repartition(1).cache()
    moved = {}
    for rate in (0.001, 0.1):  # the same layers, another rate: Adam's first step is as long as the rate
        model = network()
        before = model.get_weights()
        model.compile(keras.optimizers.Adam(rate), "sparse_categorical_crossentropy", jit_compile=False)
        parallel.fit_averaging(shards, model, rounds=1, batch_size=40)
        moved[rate] = max(np.abs(a - b).max() for a, b in zip(model.get_weights(), before, strict=True))
    assert moved[0.001] == pytest.approx(0.001, rel=0.05) and moved[0.1] == pytest.approx(0.1, rel=0.05)


def test_search_gives_the_scores_in_the_order_of_the_settings(session):
    settings = [{"n": n} for n in (3, 1, 2, 5)]
    assert parallel.search(session, lambda setting: setting["n"] ** 2, settings) == [9, 1, 4, 25]
    assert parallel.search(None, lambda setting: setting["n"] ** 2, settings) == [9, 1, 4, 25]
