"""Something to drag and to step through; the browser computes and draws it (``web/``).

Without widgets (a printed page, a preview on the web) a still picture with alt text stands in its place.
"""

from course_lib import activations
from course_lib.playground import view
from course_lib.playground.ball import ball
from course_lib.playground.cone import cone
from course_lib.playground.convolution import convolution
from course_lib.playground.descent import descent
from course_lib.playground.kmeans import kmeans
from course_lib.playground.losses import losses
from course_lib.playground.photo import photo
from course_lib.playground.xor import xor

__all__ = [
    "activation",
    "ball",
    "cone",
    "convolution",
    "data_parallel",
    "descent",
    "kmeans",
    "losses",
    "mapreduce",
    "neuron",
    "partitions",
    "photo",
    "pipeline",
    "softmax",
    "xor",
]


def neuron(w1: float = 1.0, w2: float = 1.0, b: float = -0.5, activation: str = "sigmoid") -> None:
    """One neuron with two inputs. On the dashed line the weighted sum is 0; the dots are the inputs of a gate.

    Raises:
        ValueError: where the course has no such activation.
    """
    view.one_of("activation", activation, activations.ACTIVATIONS)
    view.play("neuron", {"w1": w1, "w2": w2, "b": b, "activation": activation})


def activation(name: str = "sigmoid", x: float = 1.0) -> None:
    """An activation, its tangent at ``x``, and its derivative.

    Raises:
        ValueError: where the course has no such activation.
    """
    view.play("activation", {"activation": view.one_of("name", name, activations.ACTIVATIONS), "x": x})


def softmax(temperature: float = 1.0, true: str = "cat") -> None:
    """Four logits to pull, a temperature, the shares that softmax makes of them, and what the ``true`` class costs.

    Raises:
        ValueError: where ``true`` is not one of the four classes.
    """
    view.one_of("true", true, ("cat", "dog", "bird", "fish"))
    view.play("softmax", {"temperature": temperature, "true": true})


def pipeline(
    prepare: float = 30.0, train: float = 20.0, prefetch: int = 0, workers: int = 1, cache: bool = False
) -> None:
    """Two epochs of six batches, prepared by workers and trained on one after another; who waits for whom?

    Args:
        prepare: milliseconds to prepare a batch.
        train: milliseconds to train on one.
        prefetch: batches that may lie ready before the trainer asks; 0 prepares a batch only when it is asked for.
        workers: batches that are prepared at the same time; more than prefetch, or than 1 without it, stay idle.
        cache: whether the second epoch finds its batches prepared.
    """
    times = {"prepare": prepare, "train": train}
    view.play("pipeline", {**times, "prefetch": prefetch, "workers": workers, "cache": cache})


def partitions(keys: int = 40, hot: float = 0.6, partitions: int = 8, salts: int = 1) -> None:
    """Where a shuffle puts 10,000 rows: the hot key holds the share ``hot``, the others share the rest alike."""
    view.play("partitions", {"keys": keys, "hot": hot, "partitions": partitions, "salts": salts})


def data_parallel(w: float = 0.0, rate: float = 0.2, workers: int = 3, shards: str = "equal") -> None:
    """One step of gradient descent on twelve rows: each worker's gradient, the combined one, the step.

    Raises:
        ValueError: where ``shards`` is neither "equal" nor "unequal".
    """
    view.one_of("shards", shards, ("equal", "unequal"))
    view.play("data_parallel", {"w": w, "rate": rate, "workers": workers, "shards": shards})


def mapreduce() -> None:
    """A MapReduce job, step by step: choose a job, switch the combiner on or off, and watch the pairs move."""
    view.play("mapreduce", {})
