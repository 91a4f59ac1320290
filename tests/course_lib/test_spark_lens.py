"""What `spark_lens` sees: the model by itself, and a real Spark beside it."""

import pytest

from course_lib import spark, spark_lens
from course_lib.spark_lens import Look, Stage

EVEN = Stage(3, "count", 2, 0.5, rows_in=100, rows_shuffled=10, bytes_shuffled=2_500, rows_per_task=(50, 50))
SKEWED = Stage(4, "count", 4, 1.5, rows_read=10, rows_per_task=(10, 0, 0, 0))


# ------------------------------------------------------------------------------------------ the model, without Spark


def test_totals_are_sums_over_stages():
    seen = Look(jobs=1, stages=[EVEN, SKEWED])
    assert (seen.shuffles, seen.rows_shuffled, seen.bytes_shuffled, seen.rows_in, seen.tasks) == (1, 10, 2500, 100, 6)


def test_skew_is_the_largest_task_over_the_mean():
    assert (EVEN.skew, SKEWED.skew) == (1, 4)
    assert Stage(1, "", 2, 0.1).skew == 0
    assert Stage(1, "", 2, 0.1, rows_per_task=(0, 0)).skew == 0


def test_the_table_has_a_line_for_each_stage():
    lines = str(Look(jobs=1, stages=[EVEN, SKEWED])).splitlines()
    assert lines[0] == "1 job, 2 stages, 1 shuffle: 10 rows, 2.5 kB"
    assert [line.split()[0] for line in lines[1:]] == ["stage", "3", "4"]
    assert len({len(line) for line in lines[1:]}) == 1  # columns stand under their heads
    assert str(Look()).startswith("0 jobs, 0 stages, 0 shuffles")


@pytest.mark.parametrize("stages", [[], [EVEN], [EVEN, SKEWED], [Stage(1, "", 1, 0.0)]])
def test_the_picture_comes_with_alt_text(stages, monkeypatch, capsys):
    shown = {}
    monkeypatch.setattr("course_lib.plots.show", lambda fig, alt: shown.update(fig=fig, alt=alt))
    Look(jobs=1, stages=stages).show()
    assert Look(jobs=1, stages=stages).summary() in shown["alt"]
    assert all(f"stage {stage.number}" in shown["alt"] for stage in stages)
    assert "1 job" in capsys.readouterr().out


# -------------------------------------------------------------------------------------------------- with real Spark


@pytest.fixture(scope="module")
def session():
    yield spark.start()
    spark.stop()


@pytest.mark.slow
def test_a_group_by_is_one_shuffle(session):
    frame = session.range(10_000, numPartitions=4).selectExpr("id % 3 as key")
    with spark_lens.look() as seen:
        rows = frame.groupBy("key").count().collect()
    assert len(rows) == 3
    assert seen.shuffles == 1 and seen.jobs >= 1
    assert seen.rows_in == 10_000
    assert seen.rows_shuffled == 12  # each of 4 partitions combines first: 3 rows leave it
    assert seen.bytes_shuffled > 0
    assert seen.stages[0].rows_per_task == (2500,) * 4
    assert sum(seen.stages[-1].rows_per_task) == 12


@pytest.mark.slow
def test_a_map_shuffles_nothing_and_a_block_without_action_runs_no_job(session):
    frame = session.range(100)
    with spark_lens.look() as seen:
        frame.selectExpr("id + 1").write.format("noop").mode("overwrite").save()
    assert (seen.jobs, seen.shuffles, seen.rows_shuffled, seen.bytes_shuffled) == (1, 0, 0, 0)
    with spark_lens.look() as nothing:
        frame.groupBy("id").count()
    assert (nothing.jobs, nothing.stages) == (0, [])


@pytest.mark.slow
def test_rdds_too_and_only_what_ran_in_the_block(session):
    pairs = session.sparkContext.parallelize(range(1000), 4).map(lambda n: (n % 2, n))
    counts = pairs.reduceByKey(max, 3)
    with spark_lens.look() as first:
        counts.collect()
    with spark_lens.look() as second:
        counts.collect()
    assert (len(first.stages), first.shuffles) == (2, 1)
    assert (len(second.stages), second.shuffles) == (1, 0)  # the shuffle's files are still there: its stage is skipped
    assert [stage.tasks for stage in first.stages] == [4, 3]


@pytest.mark.slow
def test_skew_is_seen_in_the_rows_of_each_task(session):
    frame = session.range(9_000, numPartitions=2).selectExpr("if(id < 8000, 0, id) as key")
    with spark_lens.look() as seen:
        frame.repartition(4, "key").write.format("noop").mode("overwrite").save()
    assert max(seen.stages[-1].rows_per_task) >= 8_000
    assert seen.stages[-1].skew > 3


@pytest.mark.slow
def test_a_block_that_fails_is_seen_too(session):
    with pytest.raises(ZeroDivisionError), spark_lens.look() as seen:
        session.range(10).count()
        1 / 0  # noqa: B018
    assert seen.jobs >= 1


@pytest.mark.slow
def test_what_is_kept_and_where(session):
    from pyspark import StorageLevel

    frame = session.range(1000, numPartitions=4)
    frame.persist(StorageLevel.DISK_ONLY).count()
    (kept,) = spark_lens.kept()
    assert kept.partitions == 4 and kept.memory == 0 < kept.disk
    assert str(kept).startswith("4 partitions, 0 B in memory, ")
    frame.unpersist(blocking=True)
    assert spark_lens.kept() == []


def test_partition_sizes_of_rdds_and_frames(session):
    assert spark_lens.partition_sizes(session.sparkContext.parallelize(range(10), 4)) == [2, 3, 2, 3]
    assert spark_lens.partition_sizes(session.range(10, numPartitions=4)) == [2, 3, 2, 3]
    empty_too = session.range(2, numPartitions=1).repartition(5, "id")
    sizes = spark_lens.partition_sizes(empty_too)
    assert len(sizes) == 5 and sum(sizes) == 2


@pytest.mark.slow
def test_a_block_may_stop_spark():
    spark.start()
    with spark_lens.look() as seen:
        spark.stop()
    assert seen.stages == []


def test_no_session_is_said_in_words(monkeypatch):
    monkeypatch.setattr("pyspark.SparkContext._active_spark_context", None)
    for door in (spark_lens.look().__enter__, lambda: spark_lens.shuffled_bytes(list)):
        with pytest.raises(RuntimeError, match=r"spark\.start"):
            door()


def test_spark_connect_is_said_in_words(monkeypatch):
    monkeypatch.setattr("pyspark.SparkContext._active_spark_context", None)
    monkeypatch.setenv("SPARK_REMOTE", "sc://localhost")
    with pytest.raises(RuntimeError, match="Spark Connect"):
        spark_lens.look().__enter__()
