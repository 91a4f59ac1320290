"""Lesson 01: the numbers that the cells print support what the prose says."""

import re

import pytest

from tests.notebooks.lessons import NOTEBOOKS, lines_of, numbers, printed, prose

pytestmark = pytest.mark.slow
LESSON = next(path for path in NOTEBOOKS if path.parent.name.startswith("01_"))


def test_c1_layers_without_activation_collapse_exactly():
    parameters, difference = printed(LESSON, "C1")
    three_layers, one_layer = numbers(parameters)
    assert three_layers > 1000 and one_layer == 3
    assert numbers(difference)[-1] == 0


def test_c2_sigmoid_vanishes_relu_does_not_and_the_leak_changes_nothing():
    rows = [re.match(r"C2: variance (\d)/100 +(.+?) +(\S+) \(", line) for line in printed(LESSON, "C2")]
    ratio = {(row[1], row[2]): float(row[3]) for row in rows if row}
    assert len(ratio) == 8
    assert ratio["2", "sigmoid"] < 1e-6 and ratio["1", "sigmoid"] < 1e-6
    assert 0.3 < ratio["2", "ReLU"] < 3
    for variance in "12":
        assert 0.5 < ratio[variance, "Leaky ReLU"] / ratio[variance, "ReLU"] < 2
    assert ratio["1", "ReLU"] < 0.02 < ratio["1", "tanh"]


def test_c2_a_dead_relu_stays_dead_and_a_leak_wakes_it():
    relu, leaky = (line for line in printed(LESSON, "C2") if "loss" in line)
    before, after, *_, bias = numbers(relu)
    assert before == after and bias == -10
    before, after, *_, bias = numbers(leaky)
    assert after < 0.01 * before and bias == pytest.approx(2, abs=0.1)
    relu, leaky = (line for line in printed(LESSON, "C2") if "units are off" in line)
    assert numbers(relu)[0] > 5 and numbers(leaky)[0] == 0


def test_silu_passes_less_than_relu_and_smooth_neurons_stay_where_they_were_pushed():
    described = lines_of(LESSON, "smooth-depth")
    lowest = dict(re.findall(r"(\w+): lowest value (\S+) at ", "\n".join(described)))
    assert lowest == {"GELU": "-0.17", "SiLU": "-0.28"}
    table = prose(LESSON, "gallery-table")
    assert r"$[-0.17, \infty)$" in table and r"$[-0.28, \infty)$" in table
    differences = [line.split()[-1] for line in described if "differs from Keras" in line]
    assert len(differences) == 2 and max(map(float, differences)) < 1e-5
    share = {line.split()[0]: float(line.split()[2]) for line in described if "passes" in line}
    assert share["SiLU"] < 0.1 * share["GELU"] < 0.1 * share["ReLU"], "each layer passes less than ReLU would"
    rows = [re.match(r"(\w+) +bias -3 → (\S+),  loss (\S+) → (\S+)", line) for line in lines_of(LESSON, "smooth-dead")]
    pushed = {row[1]: [float(number) for number in row.groups()[1:]] for row in rows}
    for name in ("GELU", "SiLU"):
        bias, before, after = pushed[name]
        assert bias < -3.5 and after > 0.8 * before
    assert pushed["ReLU"] == [-3, pushed["ReLU"][1], pushed["ReLU"][1]] and pushed["ELU"][2] == 0


def test_c3_more_neurons_can_do_more_and_training_finds_part_of_it():
    mean, *widths = printed(LESSON, "C3")
    baseline = numbers(mean)[0]
    rows = {int(row[0]): row[1:] for row in map(numbers, widths)}
    built = {width: row[0] for width, row in rows.items()}
    trained = {width: row[1] for width, row in rows.items()}
    assert all(built[2 * width] < built[width] / 10 for width in (8, 16, 32))
    assert trained[64] < trained[8] < trained[2] <= baseline
    assert trained[64] > 10 * built[64]


def test_c24_the_decks_formulas_are_those_of_keras():
    lines = printed(LESSON, "C24")
    assert len(lines) == 3
    assert all(numbers(line)[-1] < 1e-6 for line in lines)


def test_c25_four_slopes_for_one_leak():
    assert [numbers(line)[-1] for line in printed(LESSON, "C25")] == [0.3, 0.2, 0.1]
