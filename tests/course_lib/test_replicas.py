"""Many copies trained at once learn what each would learn alone."""

import numpy as np
import pytest

from course_lib import replicas

pytestmark = pytest.mark.slow


def network(seed):
    import keras

    keras.utils.set_random_seed(seed)
    return keras.Sequential(
        [keras.Input((2,)), keras.layers.Dense(4, "relu"), keras.layers.Dense(3, "tanh"), keras.layers.Dense(1)]
    )


def points(seeds, rows):
    x = np.random.default_rng(0).uniform(-1, 1, (seeds, rows, 2))
    return x, np.hypot(x[..., 0], x[..., 1])


@pytest.mark.parametrize("name", ["SGD", "RMSprop", "Adagrad", "Adam"])
def test_a_copy_learns_what_fit_would_teach_it(name):
    import keras

    optimizer = getattr(keras.optimizers, name)
    x, y = points(seeds=2, rows=64)
    test = points(seeds=1, rows=50)
    rates = [0.01, 0.05]
    together = replicas.train(
        network, (x, y), (test[0][0], test[1][0]), optimizer=optimizer, rates=rates, epochs=2, batch_size=16
    )
    assert together.test_loss.shape == (2, 2, 2) and together.predictions.shape == (2, 2, 50)

    shuffle = np.random.default_rng(0)
    orders = [shuffle.permutation(64) for _ in range(2)]
    for i, rate in enumerate(rates):
        for seed in range(2):
            alone = network(seed)
            alone.compile(optimizer(learning_rate=rate), "mse", jit_compile=False)
            for epoch, order in enumerate(orders):
                alone.fit(x[seed][order], y[seed][order], batch_size=16, shuffle=False, verbose=0)
                error = alone.evaluate(test[0][0], test[1][0], verbose=0)
                assert together.test_loss[i, seed, epoch] == pytest.approx(error, rel=1e-3)


def test_a_copy_that_diverges_is_infinitely_bad_and_harms_no_other():
    import keras

    x, y = points(seeds=1, rows=64)
    options = dict(optimizer=keras.optimizers.SGD, epochs=8, batch_size=16)
    alone = replicas.train(network, (x, 100 * y), (x[0], 100 * y[0]), rates=[1e-4], **options)
    both = replicas.train(network, (x, 100 * y), (x[0], 100 * y[0]), rates=[1e-4, 1e6], **options)
    assert both.test_loss[1, 0, -1] == np.inf
    np.testing.assert_allclose(both.test_loss[0], alone.test_loss[0], rtol=1e-4)


def test_another_loss():
    import keras

    x, y = points(seeds=2, rows=32)
    done = replicas.train(
        network,
        (x, y),
        (x[0], y[0]),
        optimizer=keras.optimizers.SGD,
        rates=[0.01],
        epochs=1,
        loss=keras.losses.mean_absolute_error,
    )
    np.testing.assert_allclose(done.test_loss[0, :, -1], abs(done.predictions[0] - y[0]).mean(axis=1), rtol=1e-4)
