"""The model behind the playground of lesson 11, against least squares and against its own limits."""

import numpy as np
import pytest

from course_lib.playground.descent import Descent, _Curve


def test_without_training_it_predicts_zero():
    start = Descent(step=1e-8, iterations=1).mse
    assert start[0] == pytest.approx(7.4510, abs=1e-4)
    assert start.shape == (2,)


def test_the_floor_without_an_intercept_is_far_above_the_one_with():
    assert Descent().floor == pytest.approx(6.2068, abs=1e-4)
    assert Descent(intercept=True).floor == pytest.approx(0.4392, abs=1e-4)


@pytest.mark.parametrize("intercept", [False, True])
def test_a_fair_step_ends_near_the_floor_and_never_below(intercept):
    descent = Descent(1.0, 200, intercept)
    assert descent.floor <= descent.mse[-1] < 1.01 * descent.floor


def test_a_large_step_makes_the_error_grow_first():
    assert max(Descent(step=10.0).mse[:20]) > 1e6
    assert np.isfinite(Descent(step=10.0, iterations=200).mse).all()


def test_the_picture_says_the_numbers():
    html = _Curve().html(Descent(step=1.0, iterations=100))
    assert html.startswith('<img alt="Mean squared error') and "6.207" in html
    assert "e+" in _Curve().html(Descent(step=10.0, iterations=50))
