"""Lesson 03: the numbers that the cells print support what the prose says."""

import re

import pytest

from tests.notebooks.lessons import NOTEBOOKS, lines_of, numbers, printed, prose

pytestmark = pytest.mark.slow
LESSON = next(path for path in NOTEBOOKS if path.parent.name.startswith("03_"))


def test_c4_a_plane_is_hopeless_around_the_origin_and_fine_in_a_corner():
    lines = [line for line in printed(LESSON, "C4") if "R²" in line]
    means = [float(re.search(r"R² +(-?\d\.\d+)", line)[1]) for line in lines]
    around, around_one, corner = means
    assert abs(around) < 0.02 and abs(around_one) < 0.02
    assert 0.93 < corner < 0.97


def test_c4_features_decide():
    errors = [numbers(line)[-1] for line in printed(LESSON, "C4") if "R²" not in line]
    plain, squares, absolute, both, product, fourth, distance, mean = errors
    assert plain == pytest.approx(mean, rel=0.02)
    assert plain > 10 * max(squares, absolute)
    assert min(squares, absolute) > both > 0.1 > product > fourth > 1e6 * distance


def by_size():
    """name → points → (median, lowest, highest) test error."""
    table = {}
    for line in printed(LESSON, "C5"):
        name, points, *errors = re.match(r"C5: (.+?) +(\S+) points, median (\S+) \((\S+) to (\S+)\)", line).groups()
        table.setdefault(name, {})[int(points.replace(",", ""))] = [float(error) for error in errors]
    return table


def test_c5_the_decks_network_needs_more_points_than_good_features():
    table = by_size()
    deck, ols = table["deck's network"], table["OLS, eight features"]
    assert deck[32][0] > 5 * ols[32][0]
    assert deck[10_000][0] > ols[10_000][0]
    assert deck[10_000][0] < 0.2 * deck[32][0]


def test_c5_what_is_built_in_is_free():
    table = by_size()
    wide, moved, ols = table["32 and 32 ReLU"], table["ReLU, tip moved"], table["OLS, eight features"]
    assert wide[32][0] < 3 * ols[32][0]
    assert wide[10_000][0] < ols[10_000][0] / 3
    assert moved[32][0] > 5 * wide[32][0]
    assert moved[100][0] > 2 * wide[32][0] and moved[1000][0] < moved[32][0] / 5


def test_what_helps_and_what_ruins():
    found = {}
    for line in lines_of(LESSON, "variants-trained"):
        name, errors = line.split(" test error ")
        found[name.strip()] = sorted(map(float, errors.split()))
    deck, adam, wide = (found[name] for name in ("deck: SGD 0.01", "Adam 0.01", "32 and 32 ReLU, Adam 0.001"))
    assert wide[-1] < adam[0] and adam[2] < deck[2]
    assert deck[-1] < 4 and all(7.5 < error < 8.5 for error in found["no activations"])


def test_the_broadcasting_trap_gives_twice_the_variance():
    _, trap, right, _, twice = lines_of(LESSON, "broadcasting-trap")
    assert float(trap.split()[-1]) > 5 * float(right.split()[-1])
    assert float(trap.split()[-1]) == pytest.approx(float(twice.split()[-1]), rel=0.25)


def test_beyond_the_data():
    tanh, relu, ols = (
        [float(n) for n in re.search(r"\[(.*)\]", line)[1].split()] for line in lines_of(LESSON, "extrapolation")
    )
    assert min(tanh) > 5 and min(ols) > 20
    assert sorted(relu)[2] < 2, "the median of five; a dead copy may stray"


def test_the_error_that_squares_reach_is_the_one_printed():
    (line,) = (line for line in printed(LESSON, "C4") if "x², y²" in line)
    assert (
        re.search(r"They reach (\d\.\d\d), as in the table", prose(LESSON, "features-task"))[1]
        == f"{numbers(line)[-1]:.2f}"
    )


def test_a_larger_rate_is_no_help_and_the_title_does_not_say_so():
    found = {}
    for line in lines_of(LESSON, "variants-trained"):
        name, errors = line.split(" test error ")
        found[name.strip()] = sorted(map(float, errors.split()))[2]
    assert found["SGD 0.03"] > 0.7 * found["deck: SGD 0.01"]
    assert "Three times its rate is no help" in prose(LESSON, "variants-reading")
    assert "Other settings help" not in prose(LESSON, "variants-figure")


def test_the_error_at_the_end_is_the_luck_of_the_last_steps_and_no_over_fitting():
    test, training = (float(line.split()[-1]) for line in lines_of(LESSON, "broadcasting-trap")[2:4])
    assert training == pytest.approx(test, rel=0.15)
    first, second = lines_of(LESSON, "last-steps")
    loss = float(re.search(r"epoch (\S+);", first)[1])
    smallest, _, largest = (float(n) for n in re.findall(r"\d\.\d+", second))
    assert loss < test / 2, "the loss is a fraction of the error"
    assert largest > 3 * smallest
    assert "313 batches" in prose(LESSON, "last-steps-idea")
