"""Lesson 02: the numbers that the cells print support what the prose says."""

import re

import pytest

from tests.notebooks.lessons import NOTEBOOKS, lines_of

pytestmark = pytest.mark.slow
LESSON = next(path for path in NOTEBOOKS if path.parent.name.startswith("02_"))


def test_central_differences_are_better_and_neither_wants_the_smallest_step():
    (one_error, one_step), (error, step) = (
        map(float, re.search(r"error (\S+), at h = (\S+)", line).groups())
        for line in lines_of(LESSON, "difference-error")
    )
    assert error < one_error / 5
    assert 1e-8 <= step <= 1e-4 and one_step <= 1e-6


def test_three_witnesses_agree():
    errors = [float(line.split()[-1]) for line in lines_of(LESSON, "three-witnesses")]
    assert len(errors) == 5 and max(errors[:4]) < 1e-7 and errors[4] < 1e-12


def test_small_rates_crawl_and_large_ones_diverge():
    losses, diverged = {}, {}
    for line in lines_of(LESSON, "rates"):
        rate, found, gone = re.match(r"rate (\S+) *: .* steps (.*)   diverged: (\d)", line).groups()
        losses[float(rate)], diverged[float(rate)] = sorted(map(float, found.split())), int(gone)
    medians = {rate: found[2] for rate, found in losses.items()}
    assert medians[0.001] > medians[0.01] > medians[0.05]
    assert diverged[0.001] == diverged[0.01] == diverged[0.05] == 0 and diverged[1.0] == 5
    assert medians[0.2] > medians[0.05], "the best is close below the edge"


def test_four_times_the_rows_halve_the_noise():
    scaled = [float(line.split()[-1]) for line in lines_of(LESSON, "batch-noise")]
    assert len(scaled) == 6 and max(scaled) < 1.4 * min(scaled)


def test_sgd_wins_in_the_valley_and_loses_in_the_gorge():
    steps = [int(re.search(r" (\d+) steps", line)[1]) for line in lines_of(LESSON, "valley") if "steps" in line]
    valley, gorge = dict(zip("sma", steps[:3], strict=True)), dict(zip("sma", steps[3:], strict=True))
    assert valley["s"] < min(valley["m"], valley["a"])
    assert gorge["s"] > max(gorge["m"], gorge["a"])
    assert gorge["a"] < 1.5 * valley["a"]


def test_by_hand_is_what_keras_does():
    (line,) = lines_of(LESSON, "same-as-keras")
    moved, differ = re.search(r"up to (\S+); .* up to (\S+)", line).groups()
    assert float(moved) > 0.05 and float(differ) < 1e-9
