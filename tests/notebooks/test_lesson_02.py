"""Lesson 02: the numbers that the cells print support what the prose says."""

import re

import numpy as np
import pytest

from tests.notebooks.lessons import NOTEBOOKS, lines_of, prose, read

pytestmark = pytest.mark.slow
LESSON = next(path for path in NOTEBOOKS if path.parent.name.startswith("02_"))


def source(cell):
    return next(each.source for each in read(LESSON).cells if each.id == cell).splitlines()


def test_central_differences_are_better_and_neither_wants_the_smallest_step():
    (one_error, one_step), (error, step) = (
        map(float, re.search(r"error (\S+), at h = (\S+)", line).groups())
        for line in lines_of(LESSON, "difference-error")
    )
    assert error < one_error / 5
    assert 1e-7 <= step <= 1e-5 and one_step <= 1e-6
    assert "between $10^{-7}$ and $10^{-5}$" in prose(LESSON, "difference-reading")


def test_three_witnesses_agree():
    errors = [float(line.split()[-1]) for line in lines_of(LESSON, "three-witnesses")]
    assert len(errors) == 5 and max(errors[:4]) < 1e-7 and errors[4] < 1e-12


def test_under_thirty_lines_are_a_tape():
    notes = lines_of(LESSON, "tape-back")
    assert max(float(number) for number in re.findall(r" (\d\S*e-\d+)", notes[0])) < 1e-12
    walk, differences = (int(re.search(r"(\d+) (?:slopes|losses)", line)[1]) for line in notes[1:])
    assert differences == 2 * walk
    written = [line for cell in ("tape", "tape-back") for line in source(cell) if line]
    assert written.index("tape, arrays = Tape(), start(seed=1)") < 30, "without what uses it"
    first, *ways = lines_of(LESSON, "tape-twice")
    assert float(first.split()[-1]) < 1e-12
    off = {way: float(size) for way, size in (line.split(": off by ") for line in ways)}
    assert off.pop("their sum") < 1e-12 and min(off.values()) > 0.01


def test_small_rates_crawl_and_large_ones_diverge():
    losses, diverged = {}, {}
    for line in lines_of(LESSON, "rates")[:-1]:
        rate, found, gone = re.match(r"rate (\S+) *: last loss (.*)  diverged: (\d)", line).groups()
        losses[float(rate)], diverged[float(rate)] = sorted(map(float, found.split())), int(gone)
    medians = {rate: found[2] for rate, found in losses.items()}
    assert medians[0.001] > medians[0.01] > medians[0.05]
    assert diverged[0.001] == diverged[0.01] == diverged[0.05] == 0 and diverged[1.0] == 5
    assert medians[0.2] > medians[0.05] and 0 < diverged[0.2] < 5, "the best is close below the edge"
    assert "at four times the best rate, some of the five starts diverge" in prose(LESSON, "rates-reading")


def test_four_times_the_rows_halve_the_noise():
    scaled = [float(line.split()[-1]) for line in lines_of(LESSON, "batch-noise")]
    assert len(scaled) == 6 and max(scaled) < 1.4 * min(scaled)


def test_the_best_rate_has_not_arrived_and_no_curve_is_said_to():
    half_way, end = re.search(r"^rate 0.05.* half-way (\S+), at the end (\S+)", lines_of(LESSON, "rates")[-1]).groups()
    assert float(end) < 0.9 * float(half_way), "it still falls"
    assert "0.05 gets furthest" in prose(LESSON, "rates-figure") and "arrive" not in prose(LESSON, "rates-figure")
    assert "Here that is 0.05" in prose(LESSON, "rates-reading")


def test_momentum_beats_sgd_once_its_share_is_chosen_and_adam_leans_on_the_axes():
    lines = [line for line in lines_of(LESSON, "valley") if " steps at its best" in line]
    found = [
        (name.strip(), int(steps)) for name, steps in (re.match(r"(.+?) +(\d+) steps", line).groups() for line in lines)
    ]
    valley, gorge = dict(found[:5]), dict(found[5:])
    for steps in (valley, gorge):
        assert steps["momentum"] < 0.5 * steps["SGD"] and steps["momentum"] < steps["momentum, β = 0.9"]
        assert steps["Adam"] < steps["momentum"] < steps["Adam, turned by 45°"]
        assert steps["Adam, turned by 45°"] > 3 * steps["Adam"]
    assert valley["momentum, β = 0.9"] > valley["SGD"], "with 0.9 alone it would have lost"
    text = prose(LESSON, "valley-reading")
    assert "best of 31 rates" in text and "best of five shares" in text
    assert "10 ** np.arange(-3, 0.01, 0.1)" in prose(LESSON, "valley") and len(np.arange(-3, 0.01, 0.1)) == 31


def test_by_hand_is_what_keras_does():
    (line,) = lines_of(LESSON, "same-as-keras")
    moved, differ = re.search(r"up to (\S+); .* differ by (\S+)", line).groups()
    assert float(moved) > 0.05 and float(differ) < 1e-9
