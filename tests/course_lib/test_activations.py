"""Values, slopes and ranges of the activations, against finite differences and Keras."""

import numpy as np
import pytest

from course_lib.activations import ACTIVATIONS, fit_hinges, maxout, softmax

X = np.array([-1000.0, -3.7, -0.4, 0.3, 2.9, 600.0])


@pytest.mark.parametrize("activation", ACTIVATIONS.values(), ids=ACTIVATIONS)
def test_finite_without_warnings_and_slopes_agree_with_differences(activation):
    with np.errstate(all="raise", under="ignore"):
        assert np.isfinite(activation.function(X)).all()
        assert np.isfinite(activation.derivative(X)).all()
    x, h = X[1:5], 1e-6
    differences = (activation.function(x + h) - activation.function(x - h)) / (2 * h)
    np.testing.assert_allclose(activation.derivative(x), differences, rtol=1e-6, atol=1e-8)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "keras_name"),
    [
        ("sigmoid", "sigmoid"),
        ("tanh", "tanh"),
        ("ReLU", "relu"),
        ("ELU", "elu"),
        ("GELU", "gelu"),
        ("SiLU", "silu"),
    ],
)
def test_equal_to_keras(name, keras_name):
    import keras

    theirs = np.asarray(keras.activations.get(keras_name)(X.astype("float32")))
    np.testing.assert_allclose(ACTIVATIONS[name].function(X), theirs, rtol=1e-5, atol=1e-6)


def test_softmax_gives_shares_even_for_large_numbers():
    shares = softmax(np.array([[1000.0, 1001.0], [-1000.0, -1000.0]]))
    np.testing.assert_allclose(shares, [[1 / (1 + np.e), np.e / (1 + np.e)], [0.5, 0.5]])


def test_maxout_can_be_the_absolute_value():
    x = np.array([[-3.0], [2.0]])
    assert maxout(x, [1.0], 0.0, [-1.0], 0.0).tolist() == [3.0, 2.0]


def test_hinges_follow_a_polygon_exactly():
    x = np.linspace(-2, 2, 101)
    polygon = np.abs(x)
    np.testing.assert_allclose(fit_hinges(x, polygon, 4), polygon, atol=1e-9)
