"""Lesson 13: the numbers that the cells print support what the prose says."""

import re

import pytest

from course_lib.keras_on_spark import what_is_missing
from tests.notebooks.lessons import NOTEBOOKS, numbers, printed, read, run

pytestmark = pytest.mark.slow
LESSON = next(path for path in NOTEBOOKS if path.parent.name.startswith("13_"))

needs_systemds = pytest.mark.skipif(bool(what_is_missing()), reason=what_is_missing() or "SystemDS runs here")


def text(cell: str) -> str:
    """What a cell prints."""
    return "".join(output["text"] for output in run(LESSON)[cell] if output["output_type"] == "stream")


def test_nothing_red():
    streams = [(cell, out) for cell, outs in run(LESSON).items() for out in outs if out["output_type"] == "stream"]
    assert [(cell, out["text"]) for cell, out in streams if out["name"] == "stderr"] == []


def test_the_model_is_smaller_than_a_batch():
    weights, batch = (float(line.split()[-2]) for line in text("digits").splitlines())
    assert weights < batch / 3


def test_the_script_has_a_relu_for_each_of_three_layers():
    assert text("bridge-dml").count("relu::forward") == 3


def test_a_refusal_names_the_layer():
    assert "'norm' (BatchNormalization)" in text("refusal")


@needs_systemds
def test_c23_both_train_alike_and_the_weights_come_back():
    keras, systemds, gap = (numbers(line)[-1] for line in printed(LESSON, "C23"))
    assert min(keras, systemds) > 0.7 and abs(keras - systemds) < 0.08  # their rows come in another order
    assert gap < 1e-5


def test_rows_in_the_wrong_order_spoil_the_network():
    right, wrong = (float(n) for n in re.findall(r"0\.\d{3}", text("forgotten-run")))
    assert right > 0.7 > 0.4 > wrong


@needs_systemds
def test_on_spark_each_step_is_a_job_and_the_loss_is_the_same():
    (steps,) = re.findall(r"(\d+) steps of Keras", text("deck-keras"))
    assert int(steps) == 5 * 800 / 100  # epochs, rows, rows in a batch
    assert f"{steps} Spark jobs" in text("spark-fit")
    assert float(text("spark-figure").split()[-1]) < 1e-6


def test_small_batches_call_the_network_more_often_and_the_answers_are_the_same():
    calls = [int(n) for n in re.findall(r"(\d+) calls", text("inference-run"))]
    assert calls[:3] == [100, 10, 2]  # one partition: 2,000 rows in batches of 20, 200 and 1,000
    for one, two in zip(calls[:3], calls[3:], strict=True):
        assert one <= two <= one + 1  # two partitions: at most one smaller batch more
    assert "same answers: True" in text("inference-run")


def test_averaging_learns_more_slowly_by_round():
    averaged, alone = ([float(n) for n in re.findall(r"0\.\d{3}", line)] for line in text("training-run").splitlines())
    assert len(averaged) == len(alone) == 5
    assert sum(averaged) < sum(alone) and averaged[-1] > averaged[0]


def test_the_search_finds_the_same_scores_in_other_processes():
    here, job, places, _ = text("search-run").splitlines()
    ours, theirs = ([float(n) for n in line.split("accuracies")[1].split()] for line in (here, job))
    assert len(ours) == len(theirs) == 4
    assert max(abs(a - b) for a, b in zip(ours, theirs, strict=True)) < 0.05  # threads add in another order
    assert places.endswith("False")


def test_spark_is_stopped_at_the_end():
    last = [cell for cell in read(LESSON).cells if cell.cell_type == "code"][-1]
    assert last.source.startswith("spark.stop()")
