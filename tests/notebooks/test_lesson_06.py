"""Lesson 06: the numbers that the cells print support what the prose says."""

import re

import pytest

from tests.notebooks.lessons import NOTEBOOKS, lines_of, numbers, printed, prose

pytestmark = pytest.mark.slow
LESSON = next(path for path in NOTEBOOKS if path.parent.name.startswith("06_"))


def test_c13_by_hand_is_what_keras_computes():
    (convolutions, by_convolution), (poolings, by_pooling) = map(numbers, printed(LESSON, "C13"))
    assert (convolutions, poolings) == (24, 3)
    assert by_convolution < 1e-5 and by_pooling < 1e-5


def test_training_finds_the_secret_kernel():
    assert float(lines_of(LESSON, "rediscovery")[-1].split()[-1]) < 0.4


def test_most_parameters_sit_behind_flatten():
    parameters = {}
    for line in lines_of(LESSON, "network")[1:]:
        layer, *_, count, _ = line.split()
        parameters[layer] = max(int(count.replace(",", "")), parameters.get(layer, 0))
    assert parameters["Dense"] > 2 * parameters["Conv2D"]
    assert float(lines_of(LESSON, "trained")[-1].split()[-1]) > 0.88, "accuracy on new digits"


def test_c12_convolution_helps_augmentation_more_and_global_pooling_far_out():
    found = {}
    for line in lines_of(LESSON, "shift-measure")[1:]:
        name, parameters, means = re.match(r"(.+?) +(\S+) parameters  (.*)", line).groups()
        found[name] = [float(mean) for mean in means.split()]
        assert int(parameters.replace(",", "")) < 6_000
    dense, flat, pooled = found["dense"], found["CNN, flatten"], found["CNN, global pooling"]
    taught, dense_taught = found["CNN, flatten, augmented"], found["dense, augmented"]
    assert flat[0] > dense[0] and flat[2] > dense[2] + 0.1 and flat[4] > dense[4]
    assert flat[0] - flat[4] > 0.3, "a CNN falls, too"
    assert pooled[4] > flat[4] + 0.08 and pooled[0] - pooled[4] > 0.15
    assert taught[4] > max(pooled[4], flat[4], dense_taught[4]) and taught[0] > 0.88 and taught[3] > 0.8
    assert dense_taught[0] < dense[0] - 0.05 and dense_taught[4] > dense[4]
    assert all(taught[by] > max(found[name][by] for name in found if found[name] is not taught) for by in range(1, 5))
    assert "with it the CNN is the best of all from one pixel on" in prose(LESSON, "shift-reading")
    assert "Convolution helps, augmentation more; global pooling far out" in prose(LESSON, "shift-figure")


def test_keras_1s_words_are_said_to_be_keras_1s():
    assert "Keras 1 and 2" in prose(LESSON, "then-and-now")
    assert re.search(r"border_mode[^|]*\(Keras 1\)", prose(LESSON, "then-and-now"))
