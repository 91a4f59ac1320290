"""Keras on Spark: the bridge to Apache SystemDS, and the other ways on which the two meet.

* :class:`Keras2DML`: a Keras model becomes a DML script, SystemDS trains it, its weights come back;
* :mod:`parallel`: batch inference, data-parallel training and search with Keras itself in Spark's workers.
"""

from course_lib.keras_on_spark.bridge import Keras2DML
from course_lib.keras_on_spark.network import CannotTranslate
from course_lib.spark.systemds import SystemDSError, what_is_missing

__all__ = ["CannotTranslate", "Keras2DML", "SystemDSError", "what_is_missing"]
