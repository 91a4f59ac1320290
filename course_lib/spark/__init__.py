"""Start Spark in a notebook: ``session = spark.start()``, ``spark.stop()``. See :mod:`course_lib.spark.session`."""

from course_lib.spark import connect
from course_lib.spark.job_progress import progress
from course_lib.spark.pages import page
from course_lib.spark.session import kept_classes, log, share_classes, start, stop

__all__ = ["connect", "kept_classes", "log", "page", "progress", "share_classes", "start", "stop"]
