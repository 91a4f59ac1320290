"""Something to drag and to step through; the browser computes and draws it (``web/``).

Without widgets (a printed page, a preview on the web) a still picture with alt text stands in its place.
"""

from course_lib import activations
from course_lib.playground import view
from course_lib.playground.ball import ball
from course_lib.playground.cone import cone
from course_lib.playground.convolution import convolution
from course_lib.playground.data_parallel import data_parallel
from course_lib.playground.descent import descent
from course_lib.playground.kmeans import kmeans
from course_lib.playground.losses import losses
from course_lib.playground.mapreduce import mapreduce
from course_lib.playground.partitions import partitions
from course_lib.playground.photo import photo
from course_lib.playground.pipeline import pipeline
from course_lib.playground.softmax import softmax

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
