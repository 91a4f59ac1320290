"""What Spark did, inside the notebook: jobs, stages, rows and bytes shuffled, rows per task.

with spark_lens.look() as seen:
    frame.groupBy("city").count().collect()
seen.shuffles  # stages that wrote data for a shuffle
print(seen)  # a table
seen.show()  # the table and a picture

``spark_lens.kept()`` tells what caches hold. The numbers come from Spark's own status store, in the driver's Java
process. No web page is needed.
"""

from __future__ import annotations

import contextlib
import os
import statistics
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from course_lib.spark import private

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from pyspark import RDD, SparkContext
    from pyspark.sql import DataFrame

MOST_TASKS = 2000
"""Tasks that are read for one stage at most: each costs a few calls to Java."""


@dataclass(frozen=True)
class Stage:
    """One stage: tasks that run without waiting for a shuffle in between. Skipped stages are none: nothing ran."""

    number: int
    name: str
    tasks: int
    seconds: float  # from submission to the end of its last task
    rows_in: int = 0  # read from files, a cache or a range
    bytes_in: int = 0
    rows_read: int = 0  # read from a shuffle
    rows_shuffled: int = 0  # written for a shuffle
    bytes_shuffled: int = 0  # the same as Spark stores it: serialised and compressed
    rows_per_task: tuple[int, ...] = ()

    @property
    def skew(self) -> float:
        """Rows of the largest task as a multiple of the mean; 1 is even, 0 where no rows were counted."""
        mean = statistics.fmean(self.rows_per_task) if self.rows_per_task else 0
        return max(self.rows_per_task) / mean if mean else 0.0


@dataclass
class Look:
    """What was seen: filled when the block of :func:`look` ends."""

    jobs: int = 0
    stages: list[Stage] = field(default_factory=list)

    @property
    def shuffles(self) -> int:
        """Stages that wrote data for a shuffle."""
        return sum(stage.rows_shuffled > 0 for stage in self.stages)

    @property
    def tasks(self) -> int:
        return sum(stage.tasks for stage in self.stages)

    @property
    def rows_in(self) -> int:
        """Rows read from files, caches and ranges."""
        return sum(stage.rows_in for stage in self.stages)

    @property
    def bytes_in(self) -> int:
        """Bytes read from files and caches."""
        return sum(stage.bytes_in for stage in self.stages)

    @property
    def rows_shuffled(self) -> int:
        """Rows written for shuffles."""
        return sum(stage.rows_shuffled for stage in self.stages)

    @property
    def bytes_shuffled(self) -> int:
        """Bytes written for shuffles."""
        return sum(stage.bytes_shuffled for stage in self.stages)

    def summary(self) -> str:
        """One line: jobs, stages, shuffles and what they moved."""
        counts = [_count(self.jobs, "job"), _count(len(self.stages), "stage"), _count(self.shuffles, "shuffle")]
        moved = f": {self.rows_shuffled:,} rows, {_bytes(self.bytes_shuffled)}" if self.shuffles else ""
        return ", ".join(counts) + moved

    def __str__(self) -> str:
        head = f"{'stage':>5} {'tasks':>5} {'seconds':>8} {'rows in':>10} {'from shuffle':>13} {'to shuffle':>11}"
        lines = [self.summary(), f"{head} {'bytes':>9} {'skew':>5}"]
        for stage in self.stages:
            lines.append(
                f"{stage.number:>5} {stage.tasks:>5} {stage.seconds:>8.2f} {stage.rows_in:>10,} {stage.rows_read:>13,} "
                f"{stage.rows_shuffled:>11,} {_bytes(stage.bytes_shuffled):>9} "
                + (f"{stage.skew:>5.1f}" if stage.skew else f"{'–':>5}")
            )
        return "\n".join(lines)

    def describe(self) -> str:
        """The picture in words."""
        rows = [
            f"stage {s.number}: {_count(s.tasks, 'task')}, {s.seconds:.2f} s"
            + (f", largest task {max(s.rows_per_task):,} rows, {s.skew:.1f} times the mean" if s.skew else "")
            for s in self.stages
        ]
        return (
            f"Two panels, a line for each stage: seconds, and rows of each task. {self.summary()}. {'; '.join(rows)}."
        )

    def figure(self) -> Figure:
        """Stages from top to bottom: seconds as bars, and a dot for the rows of each task."""
        import matplotlib.pyplot as plt

        from course_lib import plots

        fig, (times, rows) = plt.subplots(
            1, 2, figsize=(8.4, 1.5 + 0.35 * max(len(self.stages), 1)), sharey=True, width_ratios=[1, 1.4]
        )
        places = range(len(self.stages))
        times.barh(places, [stage.seconds for stage in self.stages], color=plots.COLORS[0], height=0.6)
        for place, stage in zip(places, self.stages, strict=True):
            color = plots.COLORS[1] if stage.rows_shuffled else plots.COLORS[2]
            rows.plot(stage.rows_per_task, [place] * len(stage.rows_per_task), "o", color=color, alpha=0.6, ms=7)
        labels = [f"stage {s.number}" + (" → shuffle" if s.rows_shuffled else "") for s in self.stages]
        times.set_yticks(places, labels)
        times.invert_yaxis()
        times.locator_params(axis="x", nbins=4)  # the last number is no neighbour of the right side's first
        times.set(title=f"{_count(len(self.stages), 'stage')}, {_count(self.shuffles, 'shuffle')}", xlabel="seconds")
        skew = max((stage.skew for stage in self.stages), default=0)
        title = f"The largest task holds {skew:.1f} × the mean" if skew else "No rows were counted"
        rows.set(title=title, xlabel="rows of each task (a dot)", xlim=(0, None))
        rows.xaxis.set_major_formatter(lambda x, _: f"{x:,.0f}")
        rows.locator_params(axis="x", nbins=5)
        fig.tight_layout()
        return fig

    def show(self) -> None:
        """Print the table and show the picture, with alt text."""
        from course_lib import plots

        print(self)
        plots.show(self.figure(), alt=self.describe())


# ------------------------------------------------------------------------------------------------------ looking


@contextlib.contextmanager
def look() -> Iterator[Look]:
    """Watch a block of code. What it made Spark do stands in the :class:`Look` when the block ends.

    Raises:
        RuntimeError: where no Spark session runs in this process, and with Spark Connect.
    """
    context = _context()
    first = max((job.jobId() for job in private.jobs(context)), default=-1) + 1
    seen = Look()
    try:
        yield seen
    finally:
        if not private.is_stopped(context):  # the block may have stopped Spark
            _fill(seen, context, [job for job in private.jobs(context) if job.jobId() >= first])


def shuffled_bytes(action: Callable[[], Any]) -> int:
    """Run ``action`` and read how many bytes its jobs wrote for the shuffle (Spark's ``shuffleWriteBytes``).

    Args:
        action: a function without arguments that makes Spark work, for instance ``rdd.count``.

    Returns:
        Bytes, as Spark stores them: serialised and compressed.

    Raises:
        RuntimeError: where no Spark session runs in this process, and with Spark Connect.
    """
    with look() as seen:
        action()
    return seen.bytes_shuffled


@dataclass(frozen=True)
class Kept:
    """An RDD or DataFrame that Spark keeps, as its page *Storage* shows it."""

    name: str
    partitions: int
    """Partitions that are kept; those not asked for yet, and those without room, are not."""
    memory: int
    """Bytes in memory."""
    disk: int
    """Bytes on disk."""

    def __str__(self) -> str:
        return f"{_count(self.partitions, 'partition')}, {_bytes(self.memory)} in memory, {_bytes(self.disk)} on disk"


def kept() -> list[Kept]:
    """What ``cache`` and ``persist`` have kept so far, the latest last.

    Raises:
        RuntimeError: where no Spark session runs in this process, and with Spark Connect.
    """
    found = sorted(private.kept(_context()), key=lambda info: info.id())
    return [Kept(info.name(), info.numCachedPartitions(), info.memSize(), info.diskSize()) for info in found]


def partition_sizes(data: RDD[Any] | DataFrame) -> list[int]:
    """Count the elements in each partition of an RDD, or the rows in each partition of a DataFrame."""
    from pyspark.sql import DataFrame
    from pyspark.sql.functions import lit

    if isinstance(data, DataFrame):
        # A constant column: no other has to travel to Python to be counted.
        return [row.rows for row in data.select(lit(True)).mapInArrow(_count_rows, "rows long").collect()]
    return data.mapPartitions(lambda part: [sum(1 for _ in part)]).collect()


def _count_rows(batches: Iterator[Any]) -> Iterator[Any]:
    import pyarrow

    yield pyarrow.RecordBatch.from_pydict({"rows": [sum(batch.num_rows for batch in batches)]})


# ------------------------------------------------------------------------------------- reading the status store


def _context() -> SparkContext:
    from pyspark.sql.utils import is_remote

    if (context := private.running_context()) is not None:
        return context
    if is_remote() or os.environ.get("SPARK_REMOTE"):
        raise RuntimeError("A Spark Connect client cannot see jobs and stages. Unset SPARK_REMOTE to use spark_lens.")
    raise RuntimeError("No Spark session is running here. Start one: spark.start().")


def _fill(seen: Look, context: SparkContext, jobs: list[Any]) -> Look:
    """Read the stages that these jobs ran, in order; skipped ones are left out."""
    wanted = {number for job in jobs for number in private.numbers_of_stages(job)}
    ran = [s for s in private.stages(context) if s.stageId() in wanted and s.submissionTime().isDefined()]
    seen.jobs = len(jobs)
    seen.stages = [_stage(context, s) for s in sorted(ran, key=lambda s: (s.stageId(), s.attemptId()))]
    return seen


def _stage(context: SparkContext, data: Any) -> Stage:
    tasks = private.tasks(context, data.stageId(), data.attemptId(), MOST_TASKS)
    tasks = sorted((t for t in tasks if t.taskMetrics().isDefined()), key=lambda t: t.index())
    end = data.completionTime()
    started = data.submissionTime().get().getTime()
    return Stage(
        number=data.stageId(),
        name=data.name(),
        tasks=data.numTasks(),
        seconds=(end.get().getTime() - started) / 1000 if end.isDefined() else 0.0,
        rows_in=data.inputRecords(),
        bytes_in=data.inputBytes(),
        rows_read=data.shuffleReadRecords(),
        rows_shuffled=data.shuffleWriteRecords(),
        bytes_shuffled=data.shuffleWriteBytes(),
        rows_per_task=tuple(_rows(task.taskMetrics().get()) for task in tasks),
    )


def _rows(metrics: Any) -> int:
    """Rows that a task took in, or, where its source does not count them (``parallelize``), that it shuffled."""
    taken = metrics.inputMetrics().recordsRead() + metrics.shuffleReadMetrics().recordsRead()
    return int(taken or metrics.shuffleWriteMetrics().recordsWritten())


def _count(number: int, word: str) -> str:
    return f"{number} {word}" + ("" if number == 1 else "s")


def _bytes(number: int) -> str:
    """1234567 → '1.2 MB'."""
    for unit, size in (("GB", 1e9), ("MB", 1e6), ("kB", 1e3)):
        if number >= size:
            return f"{number / size:.1f} {unit}"
    return f"{number} B"
