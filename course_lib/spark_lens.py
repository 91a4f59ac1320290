"""What a Spark job did, read from Spark's own status store: no web page needed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pyspark import RDD


def partition_sizes(rdd: RDD) -> list[int]:
    """Count the elements in each partition of an RDD."""
    return rdd.mapPartitions(lambda part: [sum(1 for _ in part)]).collect()


def shuffled_bytes(action: Callable[[], Any]) -> int:
    """Run ``action`` and read how many bytes its jobs wrote for the shuffle (Spark's ``shuffleWriteBytes``).

    Args:
        action: a function without arguments that makes Spark work, for instance ``rdd.count``.

    Returns:
        Bytes, as Spark stores them: serialised and compressed.

    Raises:
        RuntimeError: where no Spark session runs in this process.
    """
    from pyspark import SparkContext

    context = SparkContext._active_spark_context
    if context is None:
        raise RuntimeError("No Spark session is running here. Start one: spark.start().")
    before = _stages(context)
    action()
    return sum(stage.shuffleWriteBytes() for number, stage in _stages(context).items() if number not in before)


def _stages(context: Any) -> dict[int, Any]:
    """Stage number → what the status store knows about it."""
    java = context._jsc.sc()
    java.listenerBus().waitUntilEmpty()  # else the last numbers may not have arrived
    no_quantiles = context._gateway.new_array(context._jvm.double, 0)
    stages = java.statusStore().stageList(None, False, False, no_quantiles, None)
    found = (stages.apply(i) for i in range(stages.size()))
    return {stage.stageId(): stage for stage in found}
