"""``Keras2DML``: train and ask a Keras model with Apache SystemDS, alone or on Spark."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from course_lib.keras_on_spark import dml, engines, weights
from course_lib.keras_on_spark.reading import read

if TYPE_CHECKING:
    import keras
    from pyspark.sql import SparkSession

WEIGHTS_FILE = "model.weights.h5"

HELD_OUT = 10
"""With ``test_interval``, one row in so many is kept for testing."""


class Keras2DML:
    """A Keras model that SystemDS trains, with the habits of scikit-learn.

    It is the bridge of Apache SystemML (2017), rebuilt for SystemDS, its successor::

        with Keras2DML(spark, keras_model, input_shape=(1, 28, 28), batch_size=100, max_iter=250) as bridge:
            bridge.fit(X_train, y_train)
            bridge.score(X_test, y_test)

    Attributes:
        history_: after ``fit``, one dict for each displayed step: ``iteration``, ``loss``, and ``test_loss`` where
            it was measured.
        work_: after a run on Spark, its jobs and its tasks by executor; None on the own context.
    """

    def __init__(
        self,
        spark: SparkSession | None,
        keras_model: keras.Model,
        input_shape: tuple[int, ...] | None = None,
        *,
        weights: str | Path | list[np.ndarray] | None = None,
        batch_size: int = 64,
        max_iter: int = 2000,
        test_interval: int = 0,
        display: int = 100,
        train_algo: str | None = None,
        shuffle: bool = True,
    ) -> None:
        """Read the model; nothing runs yet.

        Args:
            spark: a session from ``spark.start(systemds=True)``; None for SystemDS's own Java process, without Spark.
            keras_model: a Sequential or straight functional model, compiled where it shall be trained.
            input_shape: (channels, height, width), as SystemML had it; by default the model's own input shape.
            weights: a folder. Where it holds ``model.weights.h5``, the model begins with those weights; ``fit`` saves
                the trained ones there. (SystemML's ``weights`` named the folder of the learned weights, too: one
                file for each layer and bias.) Or a list of arrays to begin with, as ``get_weights`` gives them.
            batch_size: rows in a step.
            max_iter: steps in all (not epochs): epochs · ceil(rows / batch_size).
            test_interval: steps from one test on held-out rows to the next; 0 for none. Every test prints a line.
            display: steps from one printed loss to the next; 0 for none. Lines appear while ``fit`` runs.
            train_algo: ``"minibatch"``: one machine takes every step, the default on the own context.
                ``"allreduce"``: Spark tasks share each batch and their gradients are added, the default on Spark.
            shuffle: whether to shuffle the rows once before training.

        Raises:
            CannotTranslate: with the name of the layer, loss or optimizer that the bridge does not know, or of a
                setting that it would not honour (frozen layers, constraints, regularizers, a seed of Dropout, ...).
            ValueError: where an argument does not fit the model, or the saved weights are another model's.
        """
        self.keras_model = keras_model
        self.network = read(keras_model)
        self._image = self._check_input_shape(input_shape)
        for name, number, least in (("batch_size", batch_size, 1), ("max_iter", max_iter, 1)):
            if number < least:
                raise ValueError(f"{name} must be at least {least}, not {number}.")
        train_algo = train_algo or ("minibatch" if spark is None else "allreduce")
        if train_algo not in ("minibatch", "allreduce"):
            raise ValueError(f'train_algo is "minibatch" or "allreduce", not {train_algo!r}.')
        if train_algo == "allreduce" and spark is None:
            raise ValueError('train_algo="allreduce" needs a Spark session: without one no task can share the batch.')
        self.batch_size, self.max_iter = int(batch_size), int(max_iter)
        self.test_interval, self.display = int(test_interval), int(display)
        self.train_algo, self.shuffle = train_algo, shuffle
        self._folder = Path(weights) if isinstance(weights, (str, Path)) else None
        if isinstance(weights, list):
            keras_model.set_weights(weights)
        if self._folder and (self._folder / WEIGHTS_FILE).exists():
            try:
                keras_model.load_weights(self._folder / WEIGHTS_FILE)
            except ValueError:
                raise ValueError(f"The weights in {self._folder} are another model's: name another folder.") from None
        self._spark = spark
        self._engine: engines.Engine | None = None
        self.history_: list[dict[str, float]] = []

    # ------------------------------------------------------------------------------------------- what users call

    def fit(self, X: np.ndarray, y: np.ndarray) -> Keras2DML:
        """Train from the Keras model's weights, and put the new ones back into it.

        The optimizer begins anew with each call: momentum or Adam's means are not taken over from Keras.

        Args:
            X: images (n, height, width, channels), (n, height, width) with one channel, or rows (n, features) with
                the channels of an image one after another.
            y: as the model's loss wants it: one-hot rows, class numbers, or values.

        Raises:
            ValueError: where X or y has the wrong shape, holds NaN, or is not one-hot.
            SystemDSError: where SystemDS does not start or stops.
        """
        script = self.training_dml()
        rows, targets = self._rows(X), self._targets(y)
        if len(rows) != len(targets):
            raise ValueError(f"X has {len(rows)} rows and y has {len(targets)}: they must match.")
        if self.shuffle:
            order = np.random.default_rng(0).permutation(len(rows))
            rows, targets = rows[order], targets[order]
        inputs = {"w": weights.to_row(self.network, self.keras_model.get_weights())}
        if self.test_interval:
            held = max(1, len(rows) // HELD_OUT)
            inputs |= {"X_test": rows[:held], "Y_test": targets[:held]}
            rows, targets = rows[held:], targets[held:]
        result = self._run(script, {"X": rows, "Y": targets, **inputs}, ("w", "history"), _show)
        self.keras_model.set_weights(weights.from_row(self.network, result["w"]))
        self.history_ = self._kept(result["history"])
        if self._folder:
            self._folder.mkdir(parents=True, exist_ok=True)
            self.keras_model.save_weights(self._folder / WEIGHTS_FILE)
        return self

    def predict_proba(self, X: np.ndarray) -> np.ndarray:
        """Return the network's outputs, shape (n, outputs): for a softmax, probabilities."""
        script = self.prediction_dml()
        inputs = {"X": self._rows(X), "w": weights.to_row(self.network, self.keras_model.get_weights())}
        return self._run(script, inputs, ("probabilities",))["probabilities"]

    def predict(self, X: np.ndarray) -> np.ndarray:
        """Return class numbers, shape (n,), for a classifier; else the outputs, shape (n, outputs)."""
        outputs = self.predict_proba(X)
        if not self._classifies():
            return outputs
        return (outputs[:, 0] > 0.5).astype(int) if outputs.shape[1] == 1 else outputs.argmax(axis=1)

    def score(self, X: np.ndarray, y: np.ndarray) -> float:
        """Return the accuracy of a classifier, and R² of a regression."""
        truth, answer = self._targets(y), self.predict(X)
        if len(truth) != len(answer):
            raise ValueError(f"X has {len(answer)} rows and y has {len(truth)}: they must match.")
        if self._classifies():
            classes = truth[:, 0] if truth.shape[1] == 1 else truth.argmax(axis=1)
            return float(np.mean(answer == classes))
        return float(1 - np.sum((answer - truth) ** 2) / np.sum((truth - truth.mean(axis=0)) ** 2))

    def training_dml(self) -> str:
        """The script that ``fit`` runs, for the Keras model as it now is.

        Raises:
            CannotTranslate: where the model was changed to what cannot be translated.
            ValueError: where it is not compiled.
        """
        self.network = read(self.keras_model)
        if self.network.loss is None or self.network.optimizer is None:
            raise ValueError("Compile the Keras model first: the bridge trains with its loss and optimizer.")
        workers = self._workers() if self.train_algo == "allreduce" else 0
        return dml.training(self.network, self.batch_size, self.max_iter, self.test_interval, workers, self.display)

    def prediction_dml(self) -> str:
        """The script that ``predict`` runs, for the Keras model as it now is."""
        self.network = read(self.keras_model)
        return dml.prediction(self.network, self._workers())

    @property
    def work_(self) -> engines.Work | None:
        return getattr(self._engine, "work", None)

    def close(self) -> None:
        """End SystemDS: on the own context its Java process too. The Spark session goes on."""
        if self._engine is not None:
            self._engine.close()
            self._engine = None

    def __enter__(self) -> Keras2DML:
        return self

    def __exit__(self, *_: Any) -> None:
        self.close()

    # --------------------------------------------------------------------------------------------- how it is done

    def _run(
        self,
        script: str,
        inputs: dict[str, np.ndarray],
        outputs: tuple[str, ...],
        hear: engines.Listener | None = None,
    ) -> dict[str, np.ndarray]:
        if self._engine is None:
            self._engine = engines.OwnEngine() if self._spark is None else engines.SparkEngine(self._spark)
        return self._engine.run(script, inputs, outputs, hear)

    def _workers(self) -> int:
        return 0 if self._spark is None else self._spark.sparkContext.defaultParallelism

    def _classifies(self) -> bool:
        last = self.network.steps[-1].operation
        return (self.network.loss or last).endswith("crossentropy") or (self.network.loss is None and last == "softmax")

    def _check_input_shape(self, given: tuple[int, ...] | None) -> tuple[int, ...]:
        own = self.network.input_shape
        if given is not None and tuple(given) != own and (len(own) != 1 or math.prod(given) != own[0]):
            raise ValueError(
                f"input_shape={tuple(given)} does not fit: the model takes {own}, (channels, height, width) for images."
            )
        return own

    def _rows(self, X: Any) -> np.ndarray:
        """X as SystemDS wants it: one example a row, channels first."""
        X = np.asarray(X, dtype=np.float64)
        shape = self._image
        if len(shape) == 3 and X.ndim == 3 and shape[0] == 1:
            X = X[..., None]
        images = len(shape) == 3 and X.shape[1:] == (*shape[1:], shape[0])
        if not images and X.shape[1:] != (math.prod(shape),):
            expected = f"(n, {', '.join(map(str, (*shape[1:], shape[0])))}) or " if len(shape) == 3 else ""
            raise ValueError(f"X has shape {X.shape}; the model takes {expected}(n, {math.prod(shape)}).")
        if not len(X) or not np.isfinite(X).all():
            raise ValueError("X is empty." if not len(X) else "X holds NaN or infinite numbers: clean them first.")
        return weights.images_to_rows(X) if images else X

    def _targets(self, y: Any) -> np.ndarray:
        """y as the loss wants it, shape (n, outputs)."""
        y = np.asarray(y)
        outputs, loss = self.network.outputs, self.network.loss
        if loss == "sparse_categorical_crossentropy":
            numbers = y.ravel()
            if numbers.dtype.kind not in "iu" or (len(numbers) and not 0 <= numbers.min() <= numbers.max() < outputs):
                raise ValueError(f"y must hold class numbers, 0 to {outputs - 1}, as integers.")
            one_hot_rows: np.ndarray = np.eye(outputs)[numbers]
            return one_hot_rows
        y = y[:, None] if y.ndim == 1 and outputs == 1 else y
        if loss == "categorical_crossentropy":
            one_hot = y.shape[1:] == (outputs,) and bool(np.isin(y, (0, 1)).all() and (y.sum(axis=1) == 1).all())
            if not one_hot:
                raise ValueError(
                    f"y is not one-hot, shape {y.shape}: use keras.utils.to_categorical(y, {outputs}), or compile with "
                    "sparse_categorical_crossentropy."
                )
        if y.shape[1:] != (outputs,):
            raise ValueError(f"y has shape {y.shape}; the model gives (n, {outputs}).")
        values: np.ndarray = y.astype(np.float64)
        if not np.isfinite(values).all():
            raise ValueError("y holds NaN or infinite numbers: clean them first.")
        return values

    def _kept(self, history: np.ndarray) -> list[dict[str, float]]:
        """The steps that were shown, of the losses of all steps."""
        kept = []
        for iteration, (loss, test_loss) in enumerate(history, 1):
            tested = self.test_interval and iteration % self.test_interval == 0
            if tested or (self.display and iteration % self.display == 0):
                entry = {"iteration": iteration, "loss": float(loss)}
                kept.append(entry | ({"test_loss": float(test_loss)} if tested else {}))
        return kept


def _show(line: str) -> None:
    """Print what a training script says of a step, in a readable form."""
    match line.split():
        case [dml.PROGRESS, step, loss, test_loss]:
            tested = f"   test_loss {float(test_loss):.4f}" if float(test_loss) >= 0 else ""
            print(f"step {step:>5}   loss {float(loss):.4f}{tested}", flush=True)
