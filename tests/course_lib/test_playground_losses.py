"""The model behind the playground of lesson 04: each fit really is the best under its loss."""

import numpy as np
import pytest

from course_lib.playground.losses import Fits, X

LIMITS = -20.0, 60.0


def huber(r, delta):
    return np.where(abs(r) <= delta, r**2 / 2, delta * (abs(r) - delta / 2)).sum()


@pytest.mark.parametrize("outlier", [*LIMITS, 5.0, 30.0])
def test_a_constant_under_mse_is_the_mean_and_under_mae_the_median(outlier):
    fits = Fits(outlier, "constant")
    np.testing.assert_allclose(fits.fitted["MSE"], fits.y.mean())
    np.testing.assert_allclose(fits.fitted["MAE"], np.median(fits.y))


@pytest.mark.parametrize("delta", [0.1, 1.0, 10.0])
@pytest.mark.parametrize("outlier", [*LIMITS, 17.0])
def test_no_other_line_has_a_smaller_loss(outlier, delta):
    fits = Fits(outlier, "line", delta)
    cost = {
        "MSE": lambda line: ((line - fits.y) ** 2).sum(),
        "MAE": lambda line: abs(line - fits.y).sum(),
        "Huber": lambda line: huber(line - fits.y, delta),
    }
    moves = np.random.default_rng(0).normal(size=(500, 2, 1)) * np.geomspace(1e-3, 10, 500)[:, None, None]
    for loss, line in fits.fitted.items():
        others = line + moves[:, 0] + moves[:, 1] * (X - 5) / 5
        assert all(cost[loss](other) >= cost[loss](line) * (1 - 1e-6) for other in others)


def test_only_mse_follows_the_outlier_for_ever():
    near, far = Fits(45.0), Fits(60.0)
    assert abs(far.fitted["MSE"] - near.fitted["MSE"]).max() > 1
    for loss in ("MAE", "Huber"):
        np.testing.assert_allclose(far.fitted[loss], near.fitted[loss], atol=1e-3)
        assert near.miss(loss) < near.miss("MSE") / 2


def test_huber_lies_between_the_two():
    np.testing.assert_allclose(Fits(delta=100.0).fitted["Huber"], Fits().fitted["MSE"], atol=1e-4)
    np.testing.assert_allclose(Fits(delta=1e-3).fitted["Huber"], Fits().fitted["MAE"], atol=0.2)
