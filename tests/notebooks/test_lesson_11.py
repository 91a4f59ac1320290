"""Lesson 11: the numbers that the cells print support what the prose says."""

import re

import pytest

from tests.notebooks.lessons import NOTEBOOKS, numbers, printed, prose, read, run

pytestmark = pytest.mark.slow
LESSON = next(path for path in NOTEBOOKS if path.parent.name.startswith("11_"))


def text(cell: str) -> str:
    """What a cell prints."""
    return "".join(output["text"] for output in run(LESSON)[cell] if output["output_type"] == "stream")


def c20(words: str) -> str:
    (line,) = (line for line in printed(LESSON, "C20") if words in line)
    return line


def test_c20_map_and_reduce_equal_the_evaluator():
    differences = [float(line.split()[-1]) for line in printed(LESSON, "C20") if "evaluator" in line]
    assert len(differences) == 2
    assert max(differences) < 1e-9


def test_c20_the_slides_model_is_hardly_better_than_predicting_zero():
    old, new, zero = (numbers(c20(words))[0] for words in ("SGD: MSE", "ml LinearRegression", "predicts 0"))
    zero = numbers(c20("predicts 0"))[-1]
    assert new < 0.45
    assert 0.8 * zero < old < zero


def test_c20_an_iteration_is_a_job():
    old, new = numbers(c20("jobs to train"))
    iterations = int(text("descend").split()[-1])
    assert iterations < old < iterations + 10
    assert new < 10


def test_c20_the_intercept_is_to_blame_and_not_the_step():
    old = numbers(c20("SGD: MSE"))[0]
    least_without, least_with = (numbers(c20(f"least MSE {word}"))[-1] for word in ("without", "with an"))
    assert old == pytest.approx(least_without, abs=0.01)
    assert least_without > 10 * least_with
    assert numbers(c20("intercept=True"))[-1] == pytest.approx(least_with, abs=0.01)
    assert numbers(c20("step=1e-8"))[-1] == pytest.approx(numbers(c20("predicts 0"))[-1], abs=0.001)


def test_the_board_version_of_descent_gives_mllibs_weights():
    assert float(text("descend").split()[5]) < 1e-9


def test_the_files_numbers_that_the_prose_names():
    assert text("lines-run").startswith("67 lines")
    assert "mean of the labels 2.45\n" in text("claim-intercept")
    assert float(re.search(r"at most ([\d.]+) away", text("claim-intercept"))[1]) < 0.2


def test_the_tree_looks_near_the_middle_and_then_at_the_edge():
    assert float(re.search(r"accuracy ([\d.]+)", text("tree-train-run"))[1]) > 0.9
    assert "If (feature 434" in text("tree-train-run")  # 15 × 28 + 14
    assert "If (feature 99 in {2.0})" in text("tree-train-run")  # row 3, near the edge; a category
    roots = re.findall(r"first question: row (\d+), column (\d+)", text("claim-tree"))
    assert len(roots) == 5 and len(set(roots)) > 1
    assert all(9 <= int(row) <= 18 and 9 <= int(column) <= 18 for row, column in roots)


def test_an_honest_indexer_stops_at_a_value_that_it_has_not_seen():
    assert "Error" in text("honest-error") and "encountered invalid value" in text("honest-error")


def test_c21_the_leak_of_the_indexers_is_smaller_than_the_luck_of_the_split():
    leaky, honest = (numbers(line) for line in printed(LESSON, "C21"))
    assert honest[0] > 0.85
    assert abs(leaky[0] - honest[0]) < honest[2] - honest[1]


def test_cross_validation_trains_thirteen_pipelines_and_prefers_the_deeper_tree():
    lines = text("choose-run").splitlines()
    assert lines[0].endswith("= 13")
    scores = [(int(n), float(score)) for n, score in re.findall(r"depth (\d), .*: ([\d.]+) ±", "\n".join(lines))]
    assert len(scores) == 4
    assert max(s for depth, s in scores if depth == 0) < min(s for depth, s in scores if depth == 3) - 0.1
    shallow, deep = ([s for depth, s in scores if depth == d] for d in (0, 3))
    assert shallow[0] == shallow[1] and abs(deep[0] - deep[1]) < 0.05


def test_a_selection_before_the_split_makes_coins_predictable():
    before, after = map(float, text("leak-table").splitlines()[-1].split()[1:])
    assert before > 0.65
    assert after < before - 0.15
    assert 0.3 < after < 0.65


def test_c28_the_old_lines_fail_and_the_new_ones_run():
    lines = printed(LESSON, "C28")
    errors = [re.search(r": (\w+(?:Error|Exception)):", line)[1] for line in lines if "cure" not in line]
    assert errors == ["SyntaxError", "IllegalArgumentException", "IllegalArgumentException"]
    assert "spark.ml.linalg" in lines[1] and "spark.mllib.linalg" in lines[1]
    assert "precision" in lines[2]
    assert sum(line.endswith(": runs") for line in lines if "cure" in line) == 3
    (accuracy,) = (numbers(line)[-1] for line in lines if "accuracy" in line)
    assert f"accuracy {accuracy:.2f}" in text("tree-train-run")


def test_spark_is_stopped_at_the_end():
    last = [cell for cell in read(LESSON).cells if cell.cell_type == "code"][-1]
    assert last.source.startswith("spark.stop()")


def test_c20_each_iteration_shuffles_one_partial_sum_of_each_partition():
    shuffles, rows = (int(n) for n in re.search(r"(\d+) shuffles: (\d+) rows", text("deck-train")).groups())
    assert shuffles == int(text("descend").split()[-1]), "one for each iteration"
    assert rows == 2 * shuffles and "loadLabeledPoints(sc, data.lpsa().as_uri(), 2)" in prose(LESSON, "spark-start")
    told = prose(LESSON, "deck-train-read")
    assert "in each iteration every partition writes *one* row" in told and "No row is shuffled" not in told
