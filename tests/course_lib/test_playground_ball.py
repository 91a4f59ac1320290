"""The model behind the playground of lesson 02."""

import numpy as np
import pytest

from course_lib.playground.ball import OPTIMIZERS, SURFACES, Roll, ball


@pytest.mark.parametrize("name", SURFACES)
def test_gradients_are_those_of_the_losses(name):
    loss, gradient, _ = SURFACES[name]
    h = 1e-6
    for a, b in ((-1.3, 0.7), (0.4, -2.0)):
        numeric = (loss(a + h, b) - loss(a - h, b)) / (2 * h), (loss(a, b + h) - loss(a, b - h)) / (2 * h)
        assert gradient(a, b) == pytest.approx(numeric, abs=1e-6)


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_each_optimizer_moves_as_keras_does(optimizer):
    import keras

    roll = Roll("valley", optimizer, 0.02, 8)
    kinds = {"momentum": ("SGD", {"momentum": 0.9})}
    kind, options = kinds.get(optimizer, (optimizer, {}))
    keras_optimizer = getattr(keras.optimizers, kind)(learning_rate=0.02, **options)
    w = keras.Variable(np.array(SURFACES["valley"].start, dtype="float32"))
    keras_optimizer.build([w])
    for place in roll.path[1:]:
        keras_optimizer.apply([keras.ops.convert_to_tensor(w.numpy() * np.array([1, 20], dtype="float32"))])
        assert w.numpy() == pytest.approx(place, abs=1e-4)


def test_the_playground_begins_with_the_share_that_it_is_given(monkeypatch):
    sent = []
    monkeypatch.setattr("course_lib.playground.view.play", lambda name, state: sent.append(state))
    ball("valley", "momentum", beta=0.4)
    assert sent == [{"surface": "valley", "optimizer": "momentum", "rate": 0.05, "steps": 30, "beta": 0.4}]


def test_too_large_a_rate_leaves_the_map_and_stays_finite():
    roll = Roll("valley", "SGD", 0.5, 100)
    assert np.isfinite(roll.losses).all() and roll.losses[-1] > 1e6
