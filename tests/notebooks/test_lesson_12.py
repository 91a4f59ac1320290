"""Lesson 12: the numbers that the cells print support what the prose says."""

import re
from itertools import pairwise

import pytest

from course_lib import data
from tests.notebooks.lessons import NOTEBOOKS, numbers, printed, prose, read, run

pytestmark = pytest.mark.slow
LESSON = next(path for path in NOTEBOOKS if path.parent.name.startswith("12_"))


def text(cell: str) -> str:
    """What a cell prints."""
    return "".join(output["text"] for output in run(LESSON)[cell] if output["output_type"] == "stream")


def family(name: str) -> list[list[float]]:
    """The numbers of the lines that a family of the shelf prints for C19."""
    lines = [line.removeprefix("C19: ") for line in printed(LESSON, "C19")]
    return [numbers(line) for line in lines if line.startswith(name)]


def test_c22_the_decks_wssse_adds_distances_and_mllib_adds_squares():
    lines = [line for line in text("claim-wssse").splitlines() if line.startswith("C22:")]
    distances, squares, rdd_cost, frame_cost = (float(line.split()[-1]) for line in lines[:4])
    assert distances == pytest.approx(0.4 * 3**0.5, abs=1e-5)
    assert squares == rdd_cost == frame_cost == pytest.approx(0.12)
    assert [line.split()[-1] for line in lines[4:]] == ["True", "False"]


def test_c22_the_silhouette_peaks_and_the_cost_bends_at_five():
    rows = {k: (cost, silhouette) for k, cost, silhouette in choices()}
    assert list(rows) == [2, 3, 4, 5, 6, 7, 8]
    assert max(rows, key=lambda k: rows[k][1]) == 5
    saved = {k: rows[k - 1][0] - rows[k][0] for k in list(rows)[1:]}
    assert saved[5] > 5 * saved[6] > 0


def choices() -> list[tuple[int, float, float]]:
    rows = re.findall(r"k = (\d): sum of squares +([\d,]+), silhouette ([\d.]+)", text("choose-k-run"))
    return [(int(k), float(cost.replace(",", "")), float(silhouette)) for k, cost, silhouette in rows]


def test_mllibs_silhouette_is_that_of_all_pairs_and_is_far_above_zero_without_clumps():
    all_pairs, mllib = map(float, re.findall(r"all pairs ([\d.]+), MLlib ([\d.]+)", text("silhouette-run"))[0])
    assert all_pairs == pytest.approx(mllib, abs=1e-5)
    assert float(re.search(r"not squared ([\d.]+)", text("silhouette-run"))[1]) < mllib
    nothing = float(text("silhouette-run").split()[-1])
    assert 0.4 < nothing < max(silhouette for *_, silhouette in choices()) - 0.15


def test_c22_kmeans_parallel_ends_lower_than_random_starts():
    rows = {}
    for line in text("starts-run").splitlines():
        best, median, worst, near = re.findall(r"(?:best|median|worst) ([\d,]+)|: (\d+) of", line)
        rows[line.split()[1]] = [float((a or b).replace(",", "")) for a, b in (best, median, worst, near)]
    assert rows["k-means||"][1] < 0.8 * rows["random"][1]  # the medians
    assert rows["k-means||"][0] <= rows["random"][0]
    assert 10 > rows["k-means||"][3] > rows["random"][3]  # more of the islands, but not in every run
    assert max(worst for _, _, worst, _ in rows.values()) > 2 * min(best for best, *_ in rows.values())


def test_more_iterations_are_more_jobs():
    counts = re.findall(r"(\d+) iterations: (\d+) jobs, (\d+) shuffles", text("jobs-run"))
    (one, jobs_1, shuffles_1), (five, jobs_5, shuffles_5) = (map(int, row) for row in counts)
    assert (one, five) == (1, 5)
    assert jobs_5 >= jobs_1 + 4 and shuffles_5 >= shuffles_1 + 4
    assert jobs_5 > 5


def test_c19_every_family_of_the_slides_has_a_number():
    families = "regression classification clustering dimensionality optimization filtering featurization statistical"
    assert {line.split()[1].rstrip(":,") for line in printed(LESSON, "C19")} == set(families.split())


def test_c19_scaling_lets_kmeans_see_both_features():
    (raw,), (scaled,) = (re.findall(r"(\d+)%", line) for line in text("units-run").splitlines()[:2])
    assert int(raw) < 75 and int(scaled) > 95


def test_c19_the_models_beat_their_baselines():
    ((line, mean),) = family("regression")
    assert line < 0.7 * mean
    ((accuracy, _),) = family("classification")
    guess = float(text("classification").split()[-1])
    assert accuracy > 0.85 > guess
    ((purity, chance),) = family("clustering")
    assert 0.6 < purity < 0.98 and chance < 0.15


def test_c19_pca_needs_fewer_than_half_of_the_directions():
    ((_, _, held, _, needed),) = ([float(n) for n in re.findall(r"[\d.]+", line)] for line in pca_lines())
    assert held < 100 / 3 and needed < 32


def pca_lines() -> list[str]:
    return [line.removeprefix("C19: ") for line in printed(LESSON, "C19") if "dimensionality" in line]


def test_c19_lbfgs_falls_and_a_long_step_leaps_up_first():
    rows = re.findall(r"after (\d+) iterations (.*\n.*)", text("optimization-figure"))
    after = {int(passes): losses(row) for passes, row in rows}
    (lbfgs_5, step_1, step_10, step_30), (lbfgs_50, *steps_50) = after[5], after[50]
    assert lbfgs_5 < step_1 < step_10 < step_30
    assert step_30 > 0.6931 and step_10 > 0.6931  # above the start, ln 2
    assert lbfgs_50 < lbfgs_5 and min(steps_50) < 1.1 * lbfgs_50
    assert float(text("optimization-run").split()[-1]) < 1e-9


def losses(line: str) -> list[float]:
    return [float(n) for n in re.findall(r"\d+\.\d+", line)]


def test_c19_als_beats_the_mean_with_a_fair_penalty_only():
    (_, _, baseline), (_, loose_known, loose_new), (_, known, new) = family("filtering")
    assert new < baseline < loose_new
    assert loose_known < known
    by_factors, by_mllib = losses(text("filtering-table").splitlines()[-1])
    assert by_factors == pytest.approx(by_mllib, abs=1e-3)


def test_c19_tf_idf_is_the_formula_and_hashing_collides():
    line = next(line for line in printed(LESSON, "C19") if "TF-IDF" in line)
    ours, theirs = losses(line)
    assert ours == pytest.approx(theirs, abs=1e-3)
    assert float(text("tfidf-words").splitlines()[3].split()[-1]) == 0
    few, many = (int(n) for n in re.findall(r"places, (\d+) of 300", text("hashing-run")))
    assert few > 50 and many <= 5


def test_the_presidents_who_share_a_surname_are_those_that_the_prose_names():
    years: dict[str, set[int]] = {}
    for record in data.speeches():
        if record["year"] < 1870 or record["year"] >= 1930:
            years.setdefault(record["president"], set()).add(record["year"])
    # one man was away for four years and came back: six lie between two speeches of his
    shared = {who for who, spoke in years.items() if any(b - a > 6 for a, b in pairwise(sorted(spoke)))}
    (named,) = re.findall(r"Two men of one surname count as one: ([\w, ]+)\.", prose(LESSON, "tfidf"))
    assert set(named.split(", ")) == shared


def test_c19_chi_square_is_the_formula_and_spearman_sees_only_the_order():
    lines = text("testing-run").splitlines()
    early, late = ([float(n) for n in re.findall(r"([\d.]+)(?:%| words)", line)] for line in lines[:2])
    assert early[0] > late[0] and early[1] > 1.5 * late[1]
    ours, theirs = losses(lines[2])
    assert ours == pytest.approx(theirs, rel=1e-6)
    assert lines[3].endswith("True")
    (curve_pearson, curve_spearman), (pearson, spearman) = (
        losses(line)[-2:] for line in text("correlation-run").splitlines()
    )
    assert curve_pearson < 0.9 and curve_spearman == 1
    assert abs(pearson - spearman) < 0.1


def test_runs_is_gone_and_the_loop_replaces_it():
    error, cured = text("runs-error").splitlines()
    assert error.startswith("TypeError:") and "'runs'" in error
    assert cured.endswith("0.12")


def test_spark_is_stopped_at_the_end():
    last = [cell for cell in read(LESSON).cells if cell.cell_type == "code"][-1]
    assert last.source.startswith("spark.stop()")
