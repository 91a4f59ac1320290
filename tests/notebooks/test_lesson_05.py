"""Lesson 05: the numbers that the cells print support what the prose says."""

import re

import numpy as np
import pytest

from tests.notebooks.lessons import NOTEBOOKS, lines_of, numbers, printed, prose

pytestmark = pytest.mark.slow
LESSON = next(path for path in NOTEBOOKS if path.parent.name.startswith("05_"))


def test_c11_softmax_is_a_distribution_and_its_gradient_is_p_minus_y():
    row_sums, differences, tape, four_ways = (numbers(line)[-1] for line in printed(LESSON, "C11"))
    assert row_sums < 1e-12
    assert differences < 1e-6 and tape < 1e-6
    assert four_ways < 1e-4


@pytest.fixture(scope="module")
def accuracy():
    """(size, shift) → mean, smallest and largest accuracy over the seeds."""
    lines = [re.match(r"C12: (\d+) × \d+ pixels, shift (\d): accuracy (.+)", line) for line in printed(LESSON, "C12")]
    return {(int(row[1]), int(row[2])): numbers(f"C12:{row[3]}") for row in lines if row}


def test_c12_one_pixel_costs_a_dense_network_about_half(accuracy):
    assert len(accuracy) == 10
    assert all(smallest <= mean <= largest for mean, smallest, largest in accuracy.values())
    mean = {key: row[0] for key, row in accuracy.items()}
    assert mean[8, 0] > 0.93 and 0.3 < mean[8, 1] < 0.65 and mean[8, 2] < 0.25
    assert accuracy[8, 1][2] < accuracy[8, 0][1] - 0.2, "not one of the seeds is spared"


def test_c12_large_images_fall_more_gently_and_fall_all_the_same(accuracy):
    mean = {key: row[0] for key, row in accuracy.items()}
    assert mean[28, 0] > 0.87
    assert mean[28, 0] - mean[28, 1] < 0.2 < mean[8, 0] - mean[8, 1]
    assert mean[28, 1] > mean[28, 2] > mean[28, 3] > mean[28, 4]
    assert mean[28, 4] < 0.4
    assert mean[28, 3] < mean[8, 1] and mean[28, 4] < mean[8, 1], "three or four pixels are like one of eight"


def test_c12_most_ink_of_a_large_image_stays_on_ink():
    lines = [line for line in printed(LESSON, "C12") if "correlation" in line]
    alike = {
        (int(row[1]), int(row[2])): float(row[3])
        for row in (re.match(r"C12: (\d+) .*?shift (\d) .*correlation (-?[\d.]+)", line) for line in lines)
        if row
    }
    assert alike[28, 1] > 0.7 > 0.6 > alike[8, 1]
    assert alike[28, 4] < alike[8, 1]


def test_each_component_of_the_gradient_is_at_most_1_and_its_length_is_not():
    rows = [
        [float(n) for n in line.split("[")[-1].strip("] ").split()] for line in lines_of(LESSON, "gradient-check")[:2]
    ]
    even, wrong = rows
    assert even == pytest.approx([1 / 3, -2 / 3, 1 / 3], abs=0.001)
    assert wrong == pytest.approx([1, -1, 0], abs=0.001) and sum(n**2 for n in wrong) > 1
    assert "Each of its numbers lies between −1 and 1" in prose(LESSON, "gradient-idea")
    assert "have reached 1 and −1" in prose(LESSON, "gradient-reading")


def test_keras_takes_the_logits_behind_a_softmax_that_ends_a_model():
    import keras

    model = keras.Sequential([keras.Input((3,)), keras.layers.Softmax()])
    model.compile(loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True), jit_compile=False)
    with pytest.warns(UserWarning, match="from_logits=True"):
        cost = model.evaluate(np.array([[2.0, 0.0, 0.0]]), np.array([0]), verbose=0)
    assert cost == pytest.approx(np.log(1 + 2 * np.exp(-2)), rel=1e-5), "softmax was taken twice"
    assert "Keras warns on TensorFlow, and takes the logits" in prose(LESSON, "from-logits-reading")


def test_on_familiar_images_the_network_is_about_as_often_right_as_it_is_sure():
    groups = [re.search(r"mean (0\.\d+), share right (\S+)", line) for line in lines_of(LESSON, "calibration")]
    assert all(abs(float(group[1]) - float(group[2])) < 0.12 for group in groups)


def test_precision_and_recall_by_hand_are_those_of_the_library():
    by_hand, library = (re.findall(r"\b[01]\.\d{3}", line) for line in lines_of(LESSON, "precision-measure")[:2])
    assert by_hand == library and len(library) == 2


def test_the_temperature_is_above_1_for_each_network_that_was_trained_for_long():
    rows = [numbers(line) for line in lines_of(LESSON, "temperature-fit")]
    assert len(rows) == 3 and all(temperature > 1.2 for temperature, *_ in rows)
