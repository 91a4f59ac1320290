"""The exercises of lesson 8."""

import tempfile
from pathlib import Path

import keras
import numpy as np

from course_lib.check import Exercise, beside, models, raises, unfit, when


class Prepare(Exercise):
    """(pixels − 127) / 128, in floats."""

    name = "prepare"

    def examples(self):
        pixels = np.array([[0, 64, 127], [128, 200, 255]], dtype="uint8")
        yield (pixels,), [[-127 / 128, -63 / 128, 0.0], [1 / 128, 73 / 128, 1.0]]
        yield (np.array([10, 250], dtype="uint8"),), [-117 / 128, 123 / 128]

    def hidden(self, rng):
        photo = rng.integers(0, 256, (2, 3, 4, 3), dtype=np.uint8)
        for pixels in (photo, np.arange(256, dtype=np.uint8)):
            yield (pixels,), (pixels.astype(float) - 127) / 128

    mistakes = {
        "wraps around": (
            lambda x: (x - 127) / 128,
            "A uint8 knows no negative numbers: 0 − 127 wraps around to 129. Make the pixels floats first.",
        ),
        "0 to 1": (
            lambda x: x / 255,
            "That is the scale 0 … 1 of many tutorials. This network was trained on (x − 127)/128.",
        ),
        "another network's scale": (
            lambda x: x / 127.5 - 1,
            "That is the scale of MobileNet. Close is not the same: here it is (x − 127)/128.",
        ),
        "division first": (
            lambda x: x / 128 - 127,
            "Division binds tighter than subtraction. Put x − 127 in parentheses.",
        ),
        "not shifted": (
            lambda x: x / 128,
            "The shift is missing: subtract 127 first, so that middle grey becomes 0.",
        ),
    }


class ClassMap(Exercise):
    """The channels of a feature map, weighted and added up at each place."""

    name = "class_map"

    def examples(self):
        features = np.array(
            [[[2.0, 5.0], [0.0, 1.0], [3.0, 0.5]], [[1.0, 1.0], [0.0, 10.0], [4.0, 0.0]]]
        )
        yield (features, np.array([1.0, -0.2])), [[1.0, -0.2, 2.9], [0.8, -2.0, 4.0]]

    def hidden(self, rng):
        for shape in [(7, 7, 16), (5, 3, 4), (1, 1, 2)]:
            features, weights = rng.normal(size=shape), rng.normal(size=shape[-1])
            yield (features, weights), np.einsum("ijc,c->ij", features, weights)

    mistakes = {
        "no weights": (
            lambda f, w: f.sum(axis=-1),
            "You add up the channels. Each must be weighted first: that is what makes it a map of *this* class.",
        ),
        "mean over the channels": (
            lambda f, w: (f * w).mean(axis=-1),
            "You average over the channels. The formula adds them up.",
        ),
        "one number": (
            lambda f, w: f.mean(axis=(0, 1)) @ w,
            "That is the logit, one number. Leave the places apart: sum over channels only.",
        ),
        "not summed": (
            lambda f, w: f * w,
            "You have one map per channel, already weighted. Add them up along the last axis.",
        ),
        "evidence against cut off": (
            lambda f, w: np.maximum(f @ w, 0),
            "Negative places speak against the class. Keep them; the picture may hide them later.",
        ),
        "scaled": (
            lambda f, w: (f @ w - (f @ w).min()) / np.ptp(f @ w),
            "You scaled the map to 0 … 1. That is for the picture; return the sums as they are.",
        ),
    }


@beside
def trainable_paths(freeze, names, closed):
    """Paths of the trainable weights of a small model, after the student's function."""
    layers = [keras.Input((4,))]
    for i in (1, 2):
        layers.append(keras.layers.Dense(3, name=f"conv_{i}"))
        layers.append(keras.layers.BatchNormalization(name=f"bn_{i}"))
    model = keras.Sequential([*layers, keras.layers.Dense(2, name="out")])
    model.trainable = not closed
    freeze(model, names)
    return [weight.path for weight in model.trainable_weights]


NORMS, OTHERS = {"bn_1", "bn_2"}, {"conv_1", "conv_2", "out"}


class Freeze(Exercise):
    """Only the named layers are trainable, and BatchNorm never."""

    name = "freeze"

    def look(self, freeze, names, closed):
        """The layers that are open afterwards; the model may be closed as a whole before."""
        return sorted({path.split("/")[-2] for path in trainable_paths(freeze, names, closed)})

    def examples(self):
        yield (["conv_2", "bn_2"], False), ["conv_2"]
        yield (["conv_2", "bn_2", "out"], True), ["conv_2", "out"]

    def hidden(self, rng):
        drawn = rng.permutation(sorted(NORMS | OTHERS)).tolist()
        for names, closed in [
            (["out"], True),
            (["bn_1", "conv_1", "out"], False),
            (["bn_1", "bn_2"], True),
            ([], False),
            (drawn[:2], False),
            (drawn[2:], True),
        ]:
            yield (names, closed), sorted(OTHERS & set(names))

    mistakes = {
        "both faults are left": (
            lambda names, closed: [] if closed else sorted(names),
            "This does what the function in the task does: BatchNorm opens, and a closed model stays closed.",
        ),
        "BatchNorm is open": (
            lambda names, closed: sorted(names),
            "BatchNorm must stay frozen, even where its name is in `names`. Ask `isinstance(layer, "
            "keras.layers.BatchNormalization)`.",
        ),
        "the model itself is closed": (
            lambda names, closed: [] if closed else sorted(OTHERS & set(names)),
            "A model that was closed as a whole stays closed: set `model.trainable = True` before the loop.",
        ),
        "nothing is trainable": (
            lambda names, closed: [],
            "Nothing is left to train. Setting `model.trainable = False` closes every layer: not after the loop.",
        ),
        "the other way round": (
            lambda names, closed: sorted(OTHERS - set(names)),
            "You freeze the layers in `names` and open the others.",
        ),
        "everything is open": (
            lambda names, closed: sorted(NORMS | OTHERS),
            "Every layer is trainable. Close those that are not in `names`.",
        ),
        "layers that were not named": (
            lambda names, closed: sorted(OTHERS),
            "BatchNorm is frozen, good. But layers that are not in `names` are open.",
        ),
    }


@beside
def built(new_head, feature_size, classes):
    """The student's model as data."""
    return models.to_data(new_head(feature_size, classes), (None, feature_size))


def head(f, c, between=True, adds_up=True, in_training=True, dropout=True, rates=(0.2,)):
    """What a head of f features and c classes does, the right one if nothing else is said."""
    return {
        "output shape": [c],
        "number of weights": f * c + c,
        "outputs lie between 0 and 1": between,
        "outputs add up to 1": adds_up,
        "and in training": in_training,
        "dropout at work in training": dropout,
        "dropout rates": list(rates),
    }


class NewHead(Exercise):
    """Dropout and one Dense layer with softmax."""

    name = "new_head"

    def look(self, new_head, feature_size, classes):
        """What the head does with random features."""
        data = built(new_head, feature_size, classes)
        if not models.is_model(data):
            return unfit(data)
        model = models.rebuild(data, compiled=False)
        features = np.random.default_rng(0).normal(size=(64, feature_size)).astype("float32")
        quiet, noisy = (
            np.asarray(model(features, training=training)) for training in (False, True)
        )
        rates = [layer.rate for layer in model.layers if isinstance(layer, keras.layers.Dropout)]
        return {
            "output shape": list(quiet.shape[1:]),
            "number of weights": model.count_params(),
            "_one layer has": feature_size * classes + classes,
            "outputs lie between 0 and 1": bool(quiet.min() >= 0 and quiet.max() <= 1),
            "outputs add up to 1": bool(np.allclose(quiet.sum(-1), 1, atol=1e-4)),
            "and in training": bool(np.allclose(noisy.sum(-1), 1, atol=1e-4)),
            "dropout at work in training": bool(abs(noisy - quiet).max() > 1e-6),
            "dropout rates": [round(float(rate), 6) for rate in rates],
        }

    def examples(self):
        yield (12, 2), head(12, 2)
        yield (5, 3), head(5, 3)

    def hidden(self, rng):
        drawn = int(rng.integers(8, 60)), int(rng.integers(3, 9))
        for f, c in ((7, 4), (1280, 2), drawn):
            yield (f, c), head(f, c)

    mistakes = {
        "no softmax": (
            lambda f, c: head(f, c, between=False, adds_up=False, in_training=False),
            'The outputs do not add up to 1: a Dense layer alone gives logits. Add `activation="softmax"`.',
        ),
        "sigmoid": (
            lambda f, c: head(f, c, adds_up=False, in_training=False),
            "The outputs do not add up to 1. Sigmoid judges each class alone; softmax shares 1 among them.",
        ),
        "no dropout": (
            lambda f, c: head(f, c, dropout=False, rates=[]),
            "The dropout is missing. Put `keras.layers.Dropout(0.2)` before the Dense layer.",
        ),
        "dropout after the softmax": (
            lambda f, c: head(f, c, in_training=False),
            "Dropout stands last, so it deletes probabilities in training. Put it on the features, before Dense.",
        ),
        "keeps a fifth": (
            lambda f, c: head(f, c, rates=[0.8]),
            "The rate is the share that is *dropped*: 0.2, not 0.8.",
        ),
        "a hidden layer": (
            when(lambda got: got["number of weights"] > got["_one layer has"]),
            "There are more weights than one Dense layer has. One layer on the features is enough here.",
        ),
        "one output": (
            lambda f, c: head(f, 1, dropout=False),
            "One output under softmax is always 1: a share of one. Make one output for each class.",
        ),
        "one sigmoid": (
            lambda f, c: head(f, 1, adds_up=False, in_training=False),
            "One sigmoid would do for two classes. Here the head has one softmax output for each class.",
        ),
    }


@beside
def two_calls(cached, compute):
    """What two calls with one path give, and whether there is a file afterwards."""
    with tempfile.TemporaryDirectory() as temporary:
        path = str(Path(temporary, "features.npy"))
        given = [cached(path, compute) for _ in range(2)]
        first, second = [None if array is None else np.array(array).tolist() for array in given]
        return {"first call": first, "second call": second, "there is a file": Path(path).exists()}


def calls(numbers, first=True, second=1, computed=1, file=True):
    """What two calls give; the right answer if nothing else is said."""
    return {
        "first call": list(numbers) if first else None,
        "second call": [second * n for n in numbers] if second else None,
        "computed": computed,
        "there is a file": file,
    }


class Cached(Exercise):
    """Computed once and saved; loaded from then on."""

    name = "cached"

    def look(self, cached, numbers):
        """What two calls give, how often they compute, and whether there is a file."""
        computed = []

        def compute():
            computed.append(1)
            return np.array(numbers, "float32") * len(computed)  # a second time would differ

        return {**two_calls(cached, compute), "computed": len(computed)}

    def examples(self):
        yield ([1.0, 2.0, 3.5],), calls([1.0, 2.0, 3.5])

    def hidden(self, rng):
        for numbers in ([-1.0, 0.5], [7.0], (rng.integers(1, 40, size=6) / 4).tolist()):
            yield (numbers,), calls(numbers)

    mistakes = {
        "computed every time": (
            lambda numbers: calls(numbers, second=2, computed=2),
            "The second call computes again. Look for the file first; if it is there, load it.",
        ),
        "computed, then thrown away": (
            lambda numbers: calls(numbers, computed=2),
            "The second call returns what is in the file, good, but it computed before it looked."
            " That is the slow part.",
        ),
        "never saved": (
            lambda numbers: calls(numbers, second=2, computed=2, file=False),
            "No file was written, so the next call has nothing to load. Use `np.save(path, array)`.",
        ),
        "kept in memory": (
            lambda numbers: calls(numbers, file=False),
            "It is kept in memory only and is lost when the notebook restarts. Save it with `np.save`.",
        ),
        "nothing the first time": (
            lambda numbers: calls(numbers, first=False),
            "The first call saves but returns nothing. Return the array in both cases.",
        ),
        "nothing the second time": (
            lambda numbers: calls(numbers, second=0),
            "Where the file exists, nothing is returned. Load it and return it.",
        ),
        "loads before it saves": (
            raises("FileNotFoundError", ""),
            "At the first call there is no file yet. Ask `Path(path).exists()`.",
        ),
    }


def right_folds(n, k):
    return [([j for j in range(n) if j % k != i], list(range(i, n, k))) for i in range(k)]


def blocks(n, k):
    parts = np.array_split(np.arange(n), k)
    return [(np.setdiff1d(np.arange(n), part), part) for part in parts]


class KFolds(Exercise):
    """Fold i tests every k-th position from i on, and trains on the others."""

    name = "k_folds"

    def examples(self):
        yield (5, 2), right_folds(5, 2)
        yield (7, 3), right_folds(7, 3)

    def hidden(self, rng):
        k = int(rng.integers(3, 7))
        drawn = k * int(rng.integers(3, 8)) + int(rng.integers(1, k)), k
        for n, k in [(10, 5), (11, 5), (4, 4), (23, 2), drawn]:
            yield (n, k), right_folds(n, k)

    mistakes = {
        "tested on what it trained on": (
            lambda n, k: [(list(range(n)), test) for _, test in right_folds(n, k)],
            "The test photos are in the training set too. Leave them out of it.",
        ),
        "train and test swapped": (
            lambda n, k: [(test, train) for train, test in right_folds(n, k)],
            "Each fold trains on its one part and tests on all others. It is the other way round.",
        ),
        "blocks": (
            blocks,
            "Your folds are blocks of neighbours. Photos sorted by class would give a fold of one class;"
            " take every k-th.",
        ),
        "only the tests": (
            lambda n, k: [test for _, test in right_folds(n, k)],
            "Return pairs: the positions to train on, then those to test on.",
        ),
        "the last ones lost": (
            lambda n, k: right_folds(n - n % k, k),
            "Where n is no multiple of k, the last positions are in no fold. Each position is tested once.",
        ),
        "counts from one": (
            lambda n, k: [
                ([j + 1 for j in train], [j + 1 for j in test]) for train, test in right_folds(n, k)
            ],
            "Positions begin at 0 in Python.",
        ),
        "one fold": (
            lambda n, k: right_folds(n, k)[0],
            "That is the first fold alone. Return a list of all k.",
        ),
    }
