"""The model behind the playground of lesson 05."""

import numpy as np
import pytest

from course_lib.playground.softmax import CLASSES, Scores, _Bars


def test_equal_logits_give_equal_shares_and_the_entropy_of_four_classes():
    scores = Scores(3.0, 3.0, 3.0, 3.0)
    assert scores.probabilities == pytest.approx([0.25] * 4)
    assert scores.cross_entropy == pytest.approx(np.log(4))


@pytest.mark.parametrize("temperature", [0.1, 1.0, 10.0])
def test_the_temperature_never_changes_the_order(temperature):
    scores = Scores(temperature=temperature)
    assert scores.answer == "cat"
    assert (np.diff(scores.probabilities) < 0).all()
    assert scores.probabilities.sum() == pytest.approx(1)


def test_heat_evens_out_and_cold_makes_certain():
    cold, plain, hot = (Scores(temperature=t).probabilities[0] for t in (0.1, 1.0, 10.0))
    assert hot < plain < cold


def test_a_lost_class_still_has_a_finite_cross_entropy():
    scores = Scores(cat=-10.0, dog=10.0, temperature=0.1)
    assert scores.cross_entropy == pytest.approx(200.0)


def test_the_true_class_is_not_known_by_its_colour_alone():
    picture = _Bars()
    for true in ("fish", "dog"):  # it moves
        picture.html(Scores(true=true))
        assert [name for name, bar in zip(CLASSES, picture.bars, strict=True) if bar.get_hatch()] == [true]


def test_the_picture_says_the_numbers():
    html = _Bars().html(Scores(true="fish"))
    assert html.startswith('<img alt="Four bars') and f"{CLASSES[0]} 0.644" in html
    assert "The true class is fish; the cross-entropy is 3.440." in html
