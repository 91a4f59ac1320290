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


def compiled(seed, optimizer):
    alone = network(seed)
    alone.compile(optimizer, "mse", jit_compile=False)
    return alone


@pytest.mark.parametrize(
    ("name", "jit_compile"), [("SGD", False), ("RMSprop", False), ("Adagrad", False), ("Adam", False), ("Adam", True)]
)
def test_a_copy_learns_what_fit_would_teach_it(name, jit_compile):
    import keras

    optimizer = getattr(keras.optimizers, name)
    x, y = points(seeds=2, rows=64)
    test = points(seeds=1, rows=50)
    rates = [0.01, 0.05]
    options = dict(optimizer=optimizer, rates=rates, epochs=2, batch_size=16, jit_compile=jit_compile)
    together = replicas.train(network, (x, y), (test[0][0], test[1][0]), **options)
    assert together.test_loss.shape == (2, 2, 2) and together.predictions.shape == (2, 2, 50)

    shuffle = np.random.default_rng(0)
    orders = [shuffle.permutation(64) for _ in range(2)]
    kept = compiled(0, optimizer(0.01))
    for i, rate in enumerate(rates):
        for seed in range(2):
            alone = replicas.start_anew(kept, compiled(seed, optimizer(rate)))
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


def test_schedules_and_weight_decays_are_those_of_the_optimizer():
    import keras

    x, y = points(seeds=1, rows=64)
    cosine = keras.optimizers.schedules.CosineDecay(0.05, decay_steps=8)
    rates, decays = [0.05, 0.05, cosine], [0.0, 2.0, 2.0]
    adamw, options = keras.optimizers.AdamW, dict(epochs=2, batch_size=16)
    together = replicas.train(network, (x, y), (x[0], y[0]), optimizer=adamw, rates=rates, decays=decays, **options)
    assert len(set(together.test_loss[:, 0, -1].round(4))) == 3

    shuffle = np.random.default_rng(0)
    orders = [shuffle.permutation(64) for _ in range(2)]
    for i, (rate, decay) in enumerate(zip(rates, decays, strict=True)):
        alone = compiled(0, adamw(rate, weight_decay=decay))
        for order in orders:
            alone.fit(x[0][order], y[0][order], batch_size=16, shuffle=False, verbose=0)
        error = alone.evaluate(x[0], y[0], verbose=0)
        assert together.test_loss[i, 0, -1] == pytest.approx(error, rel=1e-3)


def reader(seed):
    """Names one of three kinds of pictures; its output are logits."""
    import keras

    keras.utils.set_random_seed(seed)
    layers = [keras.layers.Flatten(), keras.layers.Dense(6, "relu"), keras.layers.Dropout(0.5), keras.layers.Dense(3)]
    model = keras.Sequential([keras.Input((4, 4)), *layers])
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.Adam(0.01), loss, jit_compile=False)
    return model


def logits_cost(y, logits):
    import keras

    return keras.losses.sparse_categorical_crossentropy(y, logits, from_logits=True)


def test_classes_of_pictures_each_seed_with_rows_of_its_own():
    import keras

    rng = np.random.default_rng(0)
    pictures, kinds = rng.normal(size=(2, 32, 4, 4)), rng.integers(0, 3, (2, 32))
    options = dict(optimizer=keras.optimizers.SGD, rates=[0.0], epochs=1, loss=logits_cost)
    still = replicas.train(
        reader, (pictures, kinds), (pictures, kinds), validation_data=(pictures[:, :8], kinds[:, :8]), **options
    )
    assert still.predictions.shape == (1, 2, 32, 3)
    for seed in range(2):  # nothing is dropped where it does not train
        alone = reader(seed)
        np.testing.assert_allclose(still.predictions[0, seed], alone(pictures[seed]), atol=1e-5)
        np.testing.assert_allclose(still.predict(pictures[0])[0, seed], alone(pictures[0]), atol=1e-5)
        costs = [alone.evaluate(pictures[seed][:n], kinds[seed][:n], verbose=0) for n in (32, 8)]
        watched = still.test_loss[0, seed, 0], still.validation_loss[0, seed, 0]
        assert watched == pytest.approx(costs, rel=1e-4)
        assert abs(still.train_loss[0, seed, 0] - costs[0]) > 1e-3, "while it trains, half of the units are dropped"
    unwatched = replicas.train(reader, (pictures, kinds), **options)
    assert unwatched.test_loss.shape == (1, 2, 0) and unwatched.train_loss.shape == (1, 2, 1)


def test_a_network_started_anew_trains_as_a_fresh_one_would():
    rng = np.random.default_rng(0)
    pictures, kinds = rng.normal(size=(32, 4, 4)), rng.integers(0, 3, 32)
    options = dict(epochs=2, batch_size=8, validation_split=0.25, verbose=0)
    kept = reader(0)
    kept.fit(pictures, kinds, **options)
    again = replicas.start_anew(kept, reader(1)).fit(pictures, kinds, **options).history
    assert again == reader(1).fit(pictures, kinds, **options).history
