"""Lesson 13: the numbers that the cells print support what the prose says."""

import copy
import re
import shutil

import pytest
from nbclient import NotebookClient

from course_lib.keras_on_spark import what_is_missing
from tests.notebooks.lessons import NOTEBOOKS, exercises, numbers, printed, read, run

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
    assert min(keras, systemds) > 0.8 and abs(keras - systemds) <= 0.02
    assert gap < 1e-5


@needs_systemds
def test_on_spark_each_step_is_a_job_and_the_loss_is_the_same():
    (steps,) = re.findall(r"(\d+) steps of Keras", text("deck-keras"))
    assert f"{steps} Spark jobs" in text("spark-fit")
    assert float(text("spark-figure").split()[-1]) < 1e-6


def test_small_batches_are_slow_and_the_answers_are_the_same():
    rates = [float(n.replace(",", "")) for n in re.findall(r"([\d,]+) rows/s", text("inference-run"))]
    one, two = rates[:3], rates[3:6]
    assert max(one) > 1.5 * one[0] and max(two) > 1.5 * two[0]
    assert "same answers: True" in text("inference-run")


def test_averaging_learns_more_slowly_by_round():
    averaged, alone = ([float(n) for n in re.findall(r"0\.\d{3}", line)] for line in text("training-run").splitlines())
    assert len(averaged) == len(alone) == 5
    assert sum(averaged) < sum(alone) and averaged[-1] > averaged[0]


def test_the_search_finds_the_same_scores_and_its_start_up_counts():
    here, job, ratio = text("search-run").splitlines()
    assert here.split("accuracies")[1] == job.split("accuracies")[1]
    without, with_start = numbers("x:" + ratio)
    assert with_start < without


def test_spark_is_stopped_at_the_end():
    last = [cell for cell in read(LESSON).cells if cell.cell_type == "code"][-1]
    assert last.source.startswith("spark.stop()")


def test_what_graders_run_stands_alone_and_untouched_stubs_fail_only_in_their_own_tests(tmp_path):
    notebook = copy.deepcopy(read(LESSON))
    notebook.cells = [cell for cell in notebook.cells if "skip-grading" not in cell.metadata.get("tags", [])]
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.source = re.sub(
                r"### BEGIN SOLUTION.*?### END SOLUTION", 'raise NotImplementedError("…")', cell.source, flags=re.S
            )
    shutil.copy(LESSON.parent / "hints.md", tmp_path)
    client = NotebookClient(notebook, timeout=120, allow_errors=True, resources={"metadata": {"path": str(tmp_path)}})
    client.execute()
    failed = [
        cell.id
        for cell in notebook.cells
        if cell.cell_type == "code" and any(output.output_type == "error" for output in cell.outputs)
    ]
    assert failed == [f"{name}_{kind}" for name in exercises(LESSON) for kind in ("visible", "hidden")]
