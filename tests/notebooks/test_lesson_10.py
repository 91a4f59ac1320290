"""Lesson 10: the numbers that the cells print support what the prose says."""

import re

import pytest

from course_lib import data
from tests.notebooks.lessons import NOTEBOOKS, printed, prose, read, run

pytestmark = pytest.mark.slow
LESSON = next(path for path in NOTEBOOKS if path.parent.name.startswith("10_"))


def text(cell: str) -> str:
    """What a cell prints."""
    return "".join(output["text"] for output in run(LESSON)[cell] if output["output_type"] == "stream")


def counts(line: str) -> list[int]:
    """The whole numbers in a line, written with commas."""
    return [int(n.replace(",", "")) for n in re.findall(r"\d[\d,]*", line.split(":", 2)[-1])]


def test_rdd_dataframe_and_sql_give_equal_answers():
    assert re.findall(r"equals RDD: +(\w+)", text("three-ways-run")) == ["True", "True"]
    assert "SQL has the same plan: True" in text("plan-run")


def test_sentences_have_shrunk():
    then, now = re.findall(r"fall from (\d+) to (\d+)", str(run(LESSON)["first-picture"]))[0]
    assert int(then) > 1.5 * int(now)


def test_each_exchange_in_the_plan_is_a_shuffle_that_the_lens_sees():
    rows = re.findall(r"(\d) × Exchange, shuffles seen: (\d), of +([\d,]+) rows", text("plan-shuffles-run"))
    assert [(planned, seen) for planned, seen, _ in rows] == [("0", "0"), ("1", "1"), ("2", "2"), ("2", "2")]
    assert all(int(moved.replace(",", "")) < 1000 for *_, moved in rows)


def test_a_broadcast_moves_next_to_nothing():
    shuffled, broadcast = (int(n.replace(",", "")) for n in re.findall(r"([\d,]+) bytes shuffled", text("joins-run")))
    assert shuffled > 100 * broadcast
    assert "SortMergeJoin" in text("joins-run") and "BroadcastHashJoin" in text("joins-run")
    assert "same totals: True" in text("joins-run")


def test_salt_spreads_the_hot_key_and_keeps_the_answer():
    plain, salted = (float(n) for n in re.findall(r"([\d.]+) times the mean", text("skew-figure")))
    assert plain > 5 and salted < 3
    assert "same sum and count: True" in text("skew-run")


def test_parquet_reads_fewer_columns_and_the_filter_fewer_rows():
    found = re.findall(r"^(.+?) +([\d,]+) rows; +([\d,]+) bytes", text("parquet-run"), re.M)
    rows, size = ({name: int(row[i].replace(",", "")) for name, *row in found} for i in (0, 1))
    assert rows["id < 1000"] < rows["one column"] / 2
    assert rows["one column"] == rows["all columns"] == 200_000
    assert size["one column"] < size["id < 1000"] < size["all columns"] / 2
    assert "LessThan(id,1000)" in text("parquet-run")
    assert "ReadSchema: struct<id:bigint,amount:int>" in text("parquet-run")


def test_a_pandas_udf_is_called_once_a_batch():
    by_row, by_batch, built_in = (int(n.replace(",", "")) for n in re.findall(r"([\d,]+) calls", text("udf-run")))
    assert by_row == 20_000 and 2 <= by_batch <= 4 and built_in == 0
    assert "same sum: True" in text("udf-run")


def test_the_shuffle_does_not_grow_with_the_rows():
    moved = re.findall(r"([\d,]+) rows shuffled", text("scale-run"))
    assert len(moved) == 4 and len(set(moved)) == 1


def test_c27_in_memory_the_cache_saves_three_of_four_readings():
    line = next(line for line in printed(LESSON, "C27") if "in memory" in line)
    _, plain, cached = counts(line)
    assert plain == 4 * cached == 4 * 3655


def test_c27_more_than_the_heap_holds_goes_through():
    rows, heap = (line for line in printed(LESSON, "C27") if "large data" in line)
    assert counts(rows)[0] == 100_000_000
    assert counts(rows)[-1] > counts(heap)[0]


def test_c27_a_stopped_stream_loses_nothing():
    stopped, ended = (line for line in printed(LESSON, "C27") if "stream" in line)
    at_stop, after = counts(stopped)
    assert at_stop < after == 3655
    assert counts(ended) == [3655, 0, 0]
    done, batches = (int(n) for n in re.findall(r"after (\d+) of (\d+) batches", text("restart-stop"))[0])
    assert 2 <= done < batches == 24 / 4  # the last four files come after the stop


def test_the_watermark_drops_the_click_whose_window_was_closed():
    assert "dropped in all: 1" in text("streams-run")
    assert "{'10:00': 3, '10:10': 2, '10:20': 2} sum 7 of 8" in text("streams-windows")


def test_spark_is_stopped_at_the_end():
    last = [cell for cell in read(LESSON).cells if cell.cell_type == "code"][-1]
    assert last.source.startswith("spark.stop()")


def test_a_rank_travels_whole_and_its_first_places_in_parts():
    rows = re.findall(r"^(.+?) +(\d+) rows in, +(\d+) shuffled .* planned: (\w+)", text("windows-rows"), re.M)
    (_, rows_in, moved, limited), (_, again, few, limited_too), (_, _, unlimited, switched_off) = rows
    assert rows_in == moved == again and limited == "False"
    assert unlimited == moved and switched_off == "False"
    assert int(few) < int(moved) / 10 and limited_too == "True"
    assert "For all places every row travels" in prose(LESSON, "windows-rows-read")
    assert "`WindowGroupLimit` in the plan does that before the shuffle" in prose(LESSON, "windows-rows-read")
    assert "the last line, the same question sends every row" in prose(LESSON, "windows-rows-read")


def test_the_first_point_of_the_scaling_figure_is_not_a_cold_one():
    source = next(cell.source for cell in read(LESSON).cells if cell.id == "scale-run")
    assert source.index("\nmean_and_maximum(sizes[0])") < source.index("for rows in sizes")
    assert "the query ran once before" in prose(LESSON, "scale-read")


def test_the_paragraphs_are_as_many_as_the_prose_says():
    assert len(data.speeches()) == 25_110
    assert "25,110 paragraphs go in" in prose(LESSON, "plan-shuffles-read")


def test_adaptive_execution_puts_small_partitions_together():
    without, adaptive, tasks = text("aqe-groups").splitlines()
    assert "AQEShuffleRead" not in without and adaptive.endswith("→ AQEShuffleRead coalesced")
    assert tasks == "tasks after the shuffle: 32 without, 1 with AQE"


def test_adaptive_execution_cuts_the_fat_partition():
    found = re.findall(r"(\d+) tasks join, the largest of them ([\d,]+) rows", text("aqe-skew"))
    (tasks, largest), (_, smaller) = ((int(n), int(rows.replace(",", ""))) for n, rows in found)
    assert tasks == 8 and largest > 180_000 and smaller < largest / 2
    assert text("aqe-skew").count("skew=true") == 1


def test_adaptive_execution_broadcasts_what_turns_out_small_after_it_was_written():
    without, adaptive, *_ = text("aqe-join").splitlines()
    assert without.endswith("SortMergeJoin → SortMergeJoin")
    assert adaptive.endswith("SortMergeJoin → BroadcastHashJoin, AQEShuffleRead local")
    without, adaptive = (int(rows.replace(",", "")) for rows in re.findall(r"([\d,]+) rows written", text("aqe-join")))
    assert without > adaptive > 200_000  # sales and ten shops; the sums of partitions make the difference
    assert "But they *were* written" in prose(LESSON, "aqe-read")


def test_a_kept_table_takes_as_much_on_disk_as_in_memory():
    found = re.findall(r"DataFrame, (\w+) .*?, (\S+ \w+) in memory, (\S+ \w+) on disk", text("kept-run"))
    assert [level for level, *_ in found] == ["MEMORY_ONLY", "MEMORY_AND_DISK", "DISK_ONLY"]
    (_, memory, nothing), both, (_, none, disk) = found
    assert memory == disk == both[1] and nothing == none == both[2] == "0 B"


def test_more_partitions_are_more_tasks():
    tasks = [int(n) for n in re.findall(r"tasks: +(\d+)", text("partitions-run"))]
    assert tasks == [1, 2, 8, 200]


def test_plain_functions_get_their_rows_by_arrow_or_pickled():
    steps = re.findall(r"(\w+EvalPython)", text("arrow-run"))
    assert steps == ["BatchEvalPython", "ArrowEvalPython", "ArrowEvalPython"]
    assert "same answer: True" in text("arrow-run")
    rows = [line.split()[-2:] for line in text("arrow-types-run").splitlines()[1:]]
    assert rows == [["None", "3"], ["None", "7"], ["None", "7.0"]]
    assert "Pickled, each of the three became null" in prose(LESSON, "arrow-read")


def test_ansi_mode_stops_where_spark_3_was_silent():
    strict, silent = text("ansi-run").split("without it, as in Spark 3:")
    errors = re.findall(r"  ([A-Z_]+)$", strict, re.M)
    assert errors == ["CAST_INVALID_INPUT", "DIVIDE_BY_ZERO", "ARITHMETIC_OVERFLOW"]
    summed, divided, overflown = (line.split()[-1] for line in silent.strip().splitlines())
    assert (summed, divided) == ("19", "10.0") and int(overflown) < 0
    assert "try_cast(price AS int))             19" in strict


def test_a_batch_that_fails_comes_again_with_its_number():
    mails, by_number = (re.findall(r"\('(.....)', (\d)\)", line) for line in text("twice-run").splitlines()[-2:])
    once = [("10:00", "3"), ("10:10", "2"), ("10:20", "2")]
    assert sorted(by_number) == once and sorted(mails) == sorted(2 * once)
    assert "we start it again" in text("twice-run")


def test_a_state_outlives_the_query():
    assert re.findall(r"(\d) clicks, longest pause (\d+) minutes", text("state-run")) == [("5", "14"), ("7", "24")]
    assert "{home}" in text("state-read-back") and "24.0" in text("state-read-back")


def test_a_class_with_states_of_its_own_agrees():
    by_class = re.findall(r"batch (\d): longest pause (\d+) minutes", text("state-class-run"))
    assert by_class == [("0", "14"), ("1", "24")]


def test_a_client_in_another_process_is_served():
    said = text("connect-run")
    assert "here, select →  UNRESOLVED_COLUMN" in said
    if "pip install" in said:
        pytest.skip("the packages of pyspark[connect] are not installed")
    assert "counted: [(0, 334), (1, 333), (2, 333)]" in said
    assert "no error: frame = session.range(3).select('nope')" in said
    assert "frame.collect() → UNRESOLVED_COLUMN.WITH_SUGGESTION" in said
    assert "session.sparkContext → JVM_ATTRIBUTE_NOT_SUPPORTED" in said
    assert not re.search(r"seen from here: 0 jobs", said)
