"""Something to drag and to step through. Each playground is a pure model with a thin view.

Without widgets (a printed page, a preview on the web) a static figure with alt text stands in its place.
"""

from course_lib.playground.activation import activation
from course_lib.playground.cone import cone
from course_lib.playground.data_parallel import data_parallel
from course_lib.playground.descent import descent
from course_lib.playground.kmeans import kmeans
from course_lib.playground.losses import losses
from course_lib.playground.mapreduce import mapreduce
from course_lib.playground.neuron import neuron
from course_lib.playground.partitions import partitions
from course_lib.playground.photo import photo
from course_lib.playground.pipeline import pipeline
from course_lib.playground.softmax import softmax

__all__ = [
    "activation",
    "cone",
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
