"""The ways in which people bring Keras and Spark together today: batch inference, data-parallel training, search.

Workers build the model from its architecture (JSON) and its weights (arrays): both travel with the task. Importing
TensorFlow costs a worker seconds and half a gigabyte; ``spark.start(keras=True)`` pays once for all of them.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from course_lib.machine import give_memory_back

if TYPE_CHECKING:
    import keras
    import pandas as pd
    from pyspark.sql import DataFrame, SparkSession

Weights = list[np.ndarray]


@dataclass(frozen=True)
class Recipe:
    """What a worker needs to rebuild a Keras model: plain data that pickles."""

    architecture: str
    weights: Weights

    @classmethod
    def of(cls, model: keras.Model) -> Recipe:
        return cls(model.to_json(), model.get_weights())

    def build(self) -> keras.Model:
        keras = quiet_keras()
        keras.utils.clear_session()  # a worker lives long: let the last task's model go
        model = keras.models.model_from_json(self.architecture)
        model.set_weights(self.weights)
        return model


def quiet_keras() -> Any:
    """Import Keras in a Spark worker: one thread for each task, for Spark has the cores already."""
    import keras
    import tensorflow as tf

    try:
        tf.config.threading.set_intra_op_parallelism_threads(1)
        tf.config.threading.set_inter_op_parallelism_threads(1)
    except RuntimeError:  # TensorFlow runs already, in a worker that Spark kept
        pass
    return keras


def predict_function(model: keras.Model) -> Callable[[], Callable[[np.ndarray], np.ndarray]]:
    """What :func:`pyspark.ml.functions.predict_batch_udf` takes: a function that loads the model in the worker.

    It calls ``model(x, training=False)``: ``model.predict`` would set up a data pipeline for each batch.

    Args:
        model: any Keras model. Images come as they leave a DataFrame, as float32 of shape (batch, ...).
    """
    recipe = Recipe.of(model)

    def load() -> Callable[[np.ndarray], np.ndarray]:
        rebuilt = recipe.build()
        return lambda images: np.asarray(rebuilt(images, training=False))

    return load


def average(weights: Sequence[Weights], rows: Sequence[int]) -> Weights:
    """Average the weights of several workers, array by array; a worker counts as much as it has rows.

    Source: FedAvg, McMahan et al., 2017, https://arxiv.org/abs/1602.05629.
    """
    shares = np.asarray(rows) / np.sum(rows)
    return [np.einsum("w,w...->...", shares, np.stack(arrays)) for arrays in zip(*weights, strict=True)]


def fit_averaging(
    shards: DataFrame,
    model: keras.Model,
    *,
    rounds: int,
    batch_size: int,
    after_round: Callable[[int], None] = lambda _: None,
) -> None:
    """Train in Spark tasks: in each round every task trains one epoch on its partition, then weights are averaged.

    What is lost against one machine: within a round no worker sees the others' rows, and the optimizer's state
    (momentum, Adam's averages) is gone at its end, for only weights are averaged.

    Args:
        shards: columns ``image`` (array of float) and ``label`` (int); one task for each partition. Cache it.
        model: compiled with ``sparse_categorical_crossentropy``; it gets the averaged weights after each round.
        rounds: epochs.
        batch_size: rows in a step of one worker.
        after_round: called with the round's number, 1 for the first.
    """
    give_memory_back()
    settings = model.get_compile_config()
    shape = model.input_shape[1:]
    for number in range(1, rounds + 1):
        recipe = Recipe.of(model)

        def train(parts: Iterator[pd.DataFrame], recipe: Recipe = recipe) -> Iterator[pd.DataFrame]:
            import pandas as pd

            shard = pd.concat(parts)
            local = _ready_to_train(recipe, settings)
            images = np.stack(shard["image"].to_list()).reshape(-1, *shape)
            local.fit(images, shard["label"].to_numpy(), epochs=1, batch_size=batch_size, verbose=0)
            yield pd.DataFrame({"weights": [pickle.dumps(local.get_weights())], "rows": [len(shard)]})
            give_memory_back()

        answers = shards.mapInPandas(train, "weights binary, rows long").collect()
        model.set_weights(average([pickle.loads(a.weights) for a in answers], [a.rows for a in answers]))
        after_round(number)


def search(
    session: SparkSession | None, trial: Callable[[dict[str, Any]], float], settings: Sequence[dict[str, Any]]
) -> list[float]:
    """Score every setting: as one Spark task each, or one after another where ``session`` is None.

    Args:
        session: a Spark session, or None.
        trial: takes a setting, trains, and returns a score. It travels to the workers with the data that it uses.
        settings: dicts of hyper-parameters.
    """
    give_memory_back()
    if session is None:
        scores = []
        for setting in settings:
            scores.append(trial(setting))
            give_memory_back()
        return scores

    def run(parts: Iterator[pd.DataFrame]) -> Iterator[pd.DataFrame]:
        _training.clear()  # what this worker's last task has left
        for part in parts:
            give_memory_back()
            yield part.assign(score=[trial(settings[number]) for number in part["id"]])

    rows = session.range(0, len(settings), 1, len(settings)).mapInPandas(run, "id long, score double").collect()
    return [row.score for row in sorted(rows, key=lambda row: row.id)]


_training: dict[str, tuple[keras.Model, Weights]] = {}
"""A worker's compiled network and its optimizer's first state, under its recipe: compiling costs time and memory."""


def _ready_to_train(recipe: Recipe, settings: dict[str, Any]) -> keras.Model:
    """The network with the recipe's weights and an optimizer that has not seen a step; compiled once in a worker."""
    key = recipe.architecture + repr(settings)
    if key not in _training:
        _training.clear()
        model = recipe.build()
        model.compile_from_config(settings)
        model.optimizer.build(model.trainable_variables)
        _training[key] = model, [np.array(variable) for variable in model.optimizer.variables]
    model, first = _training[key]
    model.set_weights(recipe.weights)
    for variable, value in zip(model.optimizer.variables, first, strict=True):
        variable.assign(value)
    return model
