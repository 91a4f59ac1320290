"""Spark's Python daemon with Keras loaded: workers are forked from it, so they start at once and share its memory.

Spark runs this module in place of ``pyspark.daemon`` (setting ``spark.python.daemon.module``). It only imports:
TensorFlow starts its threads with the first operation, in the worker, after the fork.
"""

import gc
import os

from course_lib.spark import workers as spark_workers

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")

if __name__ == "__main__":
    spark_workers.mend_search_path()  # before anything imports PySpark
    import keras  # noqa: F401
    import pandas  # noqa: F401
    import pyarrow  # noqa: F401
    import pyspark.daemon
    import pyspark.sql
    import pyspark.worker
    import tensorflow  # noqa: F401

    gc.freeze()  # else the collector would write into every shared page, and the workers would copy them all
    pyspark.daemon.manager()
