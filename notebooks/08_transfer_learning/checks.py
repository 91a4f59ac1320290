"""The exercises of lesson 8."""

import contextlib
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

    def hidden_inputs(self, draw):
        pixels = draw.wholes(draw.shape(draw.whole(1, 4), 4), 0, 255).astype("uint8")
        return (pixels,), self.reference(pixels)

    @staticmethod
    def reference(images):
        return (images.astype(float) - 127) / 128

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
    rtol, atol = 1e-4, 1e-5  # an answer may compute in 32 bits

    def examples(self):
        features = np.array(
            [[[2.0, 5.0], [0.0, 1.0], [3.0, 0.5]], [[1.0, 1.0], [0.0, 10.0], [4.0, 0.0]]]
        )
        yield (features, np.array([1.0, -0.2])), [[1.0, -0.2, 2.9], [0.8, -2.0, 4.0]]

    def hidden(self, rng):
        for shape in [(7, 7, 16), (5, 3, 4), (1, 1, 2)]:
            features, weights = rng.normal(size=shape), rng.normal(size=shape[-1])
            yield (features, weights), np.einsum("ijc,c->ij", features, weights)

    def hidden_inputs(self, draw):
        shape = draw.shape(3, 5)
        features, weights = draw.array(shape, -4, 4), draw.array(shape[-1:], -4, 4)
        return (features, weights), self.reference(features, weights)

    @staticmethod
    def reference(feature_map, weights):
        return feature_map @ weights

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
            "That is the mean over all places, one number. Keep the places apart: sum over channels only.",
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
        "channels on the wrong side": (
            raises("ValueError", "mismatch in its core dimension"),
            "In `a @ b` the last axis of a meets the last but one of b, or its only one: these must be equally long. "
            "The channels are the last axis of `feature_map`.",
        ),
    }


@beside
def trainable_paths(freeze, names, closed):
    """Paths of the trainable weights of a small model, after the student's function."""
    layers = [keras.Input((4,))]
    for i in (1, 2):
        layers.append(keras.layers.Dense(3, name=f"conv_{i}"))
        layers.append(keras.layers.BatchNormalization(name=f"bn_{i}"))
    layers.append(keras.layers.Dense(3, name="conv_bn"))  # names say nothing of the kind
    layers.append(keras.layers.BatchNormalization(name="scale"))
    layers.append(keras.layers.Dense(3, name="conv_2_out"))  # others' names are parts of this one
    model = keras.Sequential([*layers, keras.layers.Dense(2, name="out")])
    model.trainable = not closed
    freeze(model, names)
    return [weight.path for weight in model.trainable_weights]


NORMS, OTHERS = {"bn_1", "bn_2", "scale"}, {"conv_1", "conv_2", "conv_bn", "conv_2_out", "out"}
PART = (
    "A layer is open that is not in `names`: its name only holds one of them, or is a part of one. Compare whole "
    "names: `layer.name in names`, where `names` is a list."
)


class Freeze(Exercise):
    """Only the named layers are trainable, and BatchNorm never."""

    name = "freeze"

    def look(self, freeze, names, closed):
        """The layers that are open afterwards; the model may be closed as a whole before."""
        return sorted({path.split("/")[-2] for path in trainable_paths(freeze, names, closed)})

    def examples(self):
        yield (["conv_2", "bn_2"], False), ["conv_2"]
        yield (["conv_2", "bn_2", "out"], True), ["conv_2", "out"]
        yield (["conv_bn", "scale"], False), ["conv_bn"]
        yield (["conv_2_out"], True), ["conv_2_out"]

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

    @staticmethod
    def steps(names, closed):
        return {"trainable afterwards": sorted(OTHERS & set(names))}

    mistakes = {
        "both faults are left": (
            lambda names, closed: [] if closed else sorted(names),
            "This does what the function in the task does: BatchNorm opens, and a closed model stays closed. Begin "
            "with BatchNorm: ask `isinstance(layer, keras.layers.BatchNormalization)`.",
        ),
        "BatchNorm is open": (
            lambda names, closed: sorted(names),
            "BatchNorm must stay frozen, even where its name is in `names`. Ask `isinstance(layer, "
            "keras.layers.BatchNormalization)`.",
        ),
        "BatchNorm told by its name": (
            lambda names, closed: sorted(name for name in names if "bn" not in name),
            "You tell BatchNorm by its name, but a layer may have any name. Ask `isinstance(layer, "
            "keras.layers.BatchNormalization)`.",
        ),
        "BatchNorm alone": (
            lambda names, closed: sorted(NORMS & set(names)),
            "Of the layers in `names`, BatchNorm opens and the others do not. It should be the other way round: "
            "`not isinstance(layer, keras.layers.BatchNormalization)`.",
        ),
        "the model itself is closed": (
            lambda names, closed: [] if closed else sorted(OTHERS & set(names)),
            "A model that was closed as a whole stays closed: set `model.trainable = True` before the loop.",
        ),
        "nothing is trainable": (
            lambda names, closed: [],
            "Nothing is left to train. If you set `model.trainable = False`: it closes the model with every layer; "
            "open the model instead, before the loop. If not: compare `layer.name` with `names`, not the layer.",
        ),
        "the other way round": (
            lambda names, closed: sorted(OTHERS - set(names)),
            "You freeze the layers in `names` and open the others. It should be the other way round.",
        ),
        "everything is open": (
            lambda names, closed: sorted(NORMS | OTHERS),
            "Every layer is trainable. Close those that are not in `names`.",
        ),
        "names that hold one of them": (
            lambda names, closed: sorted(
                layer for layer in OTHERS if any(name in layer for name in names)
            ),
            PART,
        ),
        "parts of names": (
            lambda names, closed: sorted(
                layer for layer in OTHERS if any(layer in name for name in names)
            ),
            PART,
        ),
        "layers that were not named": (
            lambda names, closed: sorted(OTHERS),
            "BatchNorm is frozen, good. But layers that are not in `names` are open. Close them.",
        ),
    }


@beside
def built(new_head, feature_size, classes):
    """The student's model as data."""
    return models.to_data(new_head(feature_size, classes), (None, feature_size))


def head(f, c, **other):
    """What a head of f features and c classes does, the right one if nothing else is said."""
    facts = {
        "output shape": [c],
        "number of weights": f * c + c,
        "outputs lie between 0 and 1": True,
        "outputs add up to 1": True,
        "and in training": True,
        "no dropout in a plain call": True,
        "softmax of one Dense layer": True,
        "dropout at work in training": True,
        "dropout before the weights": True,
        "dropout rates": [0.2],
        "compiled": False,
    }
    return facts | {key.replace("_", " "): fact for key, fact in other.items()}


LOGITS = {
    "outputs_add_up_to_1": False,
    "and_in_training": False,
    "softmax_of_one_Dense_layer": False,
}


def softmax(z):
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def parts(layer):
    """A layer, or all that stand in it."""
    inner = getattr(layer, "layers", None)
    return [layer] if inner is None else [part for one in inner for part in parts(one)]


class NewHead(Exercise):
    """Dropout and one Dense layer with softmax."""

    name = "new_head"

    def look(self, new_head, feature_size, classes):
        """What the head does with random features."""
        data = built(new_head, feature_size, classes)
        if not models.is_model(data):
            return data if data is None else unfit(data)
        model = models.rebuild(data, compiled=False)
        rng = np.random.default_rng(0)
        features = rng.normal(size=(64, feature_size)).astype("float32")
        # its first weights are free: with zeros neither dropout nor softmax would be seen
        model.set_weights([rng.uniform(0.2, 1, part.shape) for part in model.get_weights()])
        quiet, again, noisy = (
            np.asarray(model(features, training=training)) for training in (False, None, True)
        )
        facts = {
            "output shape": list(quiet.shape[1:]),
            "number of weights": model.count_params(),
            "_one layer has": feature_size * classes + classes,
            "outputs lie between 0 and 1": bool(quiet.min() >= 0 and quiet.max() <= 1),
            "outputs add up to 1": bool(np.allclose(quiet.sum(-1), 1, atol=1e-4)),
            "and in training": bool(np.allclose(noisy.sum(-1), 1, atol=1e-4)),
            "no dropout in a plain call": bool(np.allclose(quiet, again, atol=1e-5)),
            "softmax of one Dense layer": False,
            "_softmax twice": False,
            "dropout at work in training": bool(abs(noisy - quiet).max() > 1e-6),
            "dropout rates": [
                round(float(part.rate), 6)
                for part in parts(model)
                if isinstance(part, keras.layers.Dropout)
            ],
            "compiled": bool(data["compiled"]),
        }
        weights = model.get_weights()
        if [np.ndim(part) for part in weights] == [2, 1] and len(weights[0]) == feature_size:
            logits = features @ weights[0] + weights[1]
            facts["softmax of one Dense layer"] = bool(
                np.allclose(quiet, softmax(logits), atol=1e-4)
            )
            twice = softmax(softmax(logits))
            facts["_softmax twice"] = quiet.shape[1] > 1 and bool(
                np.allclose(quiet, twice, atol=1e-4)
            )
        model.set_weights([part + 1 + np.arange(part.shape[-1]) for part in weights])
        none = np.zeros((64, feature_size), "float32")  # dropout on these changes nothing
        with_bias = [np.asarray(model(none, training=training)) for training in (False, True)]
        facts["dropout before the weights"] = bool(np.allclose(*with_bias, atol=1e-5))
        return facts

    def examples(self):
        yield (12, 2), head(12, 2)
        yield (5, 3), head(5, 3)

    def hidden(self, rng):
        drawn = int(rng.integers(8, 60)), int(rng.integers(3, 9))
        for f, c in ((7, 4), (1280, 2), drawn):
            yield (f, c), head(f, c)

    mistakes = {
        "no softmax": (
            lambda f, c: head(f, c, outputs_lie_between_0_and_1=False, **LOGITS),
            'The outputs do not add up to 1. Without an activation, Dense gives logits: use `activation="softmax"`.',
        ),
        "sigmoid": (
            lambda f, c: head(f, c, **LOGITS),
            "Outputs do not add up to 1. If you use sigmoid: it judges each class alone, softmax shares 1 among all.",
        ),
        "softmax twice": (
            when(lambda got: got["_softmax twice"]),
            "Softmax stands there twice, which makes all classes nearly alike. Once is enough.",
        ),
        "no dropout": (
            lambda f, c: head(f, c, dropout_at_work_in_training=False, dropout_rates=[]),
            "The dropout is missing. Put `keras.layers.Dropout(0.2)` before the Dense layer.",
        ),
        "dropout after the softmax": (
            lambda f, c: head(f, c, and_in_training=False, dropout_before_the_weights=False),
            "Dropout stands last, so it deletes probabilities in training. Put it on the features, before Dense.",
        ),
        "dropout on the logits": (
            lambda f, c: head(f, c, dropout_before_the_weights=False),
            "Dropout stands between Dense and softmax, so it deletes logits. Put it on the features, before Dense.",
        ),
        "dropout always on": (
            when(lambda got: not got["no dropout in a plain call"]),
            "A call `model(x)` is no training, but the dropout is at work in it. Leave `training=True` out.",
        ),
        "keeps a fifth": (
            lambda f, c: head(f, c, dropout_rates=[0.8]),
            "The rate is the share that is *dropped*: 0.2, not 0.8.",
        ),
        "another rate": (
            when(
                lambda got: (
                    len(got["dropout rates"]) == 1 and got["dropout rates"][0] not in (0.2, 0.8)
                )
            ),
            "Your dropout has another rate than 0.2. Set it to 0.2.",
        ),
        "too many weights": (
            when(lambda got: got["number of weights"] > got["_one layer has"]),
            "One Dense layer from the features to the classes has fewer weights than your model. One is enough here.",
        ),
        "compiled": (
            lambda f, c: head(f, c, compiled=True),
            "The head is compiled. Leave that to whoever trains it.",
        ),
        "one output": (
            lambda f, c: head(f, 1, dropout_at_work_in_training=False),
            "One output under softmax is always 1: a share of one. Make one output for each class.",
        ),
        "one sigmoid": (
            lambda f, c: head(f, 1, **LOGITS),
            "One sigmoid would do for two classes. Here the head has one softmax output for each class.",
        ),
    }


@beside
def three_calls(cached, compute, old):
    """What two calls with one path give, what one gives whose file is there, and which files are there afterwards.

    Files saved under another path than the given one lie elsewhere: ``./`` stands before their names.
    """
    # beside the notebook nothing is left, and nothing found
    with (
        tempfile.TemporaryDirectory() as temporary,
        tempfile.TemporaryDirectory() as elsewhere,
        contextlib.chdir(elsewhere),
    ):
        path, other = str(Path(temporary, "features.npy")), str(Path(temporary, "old.npy"))
        np.save(other, np.array(old))
        given = [cached(one, compute) for one in (path, path, other)]
        first, second, third = [
            None if array is None else np.array(array).tolist() for array in given
        ]
        names = sorted(file.name for file in Path(temporary).iterdir())
        names += sorted(f"./{file.name}" for file in Path(elsewhere).iterdir())
        return {"first": first, "second": second, "third": third, "names": names}


OLD = [[5.0, 6.5, 7.0], [8.0, 9.0, 0.5]]


def calls(numbers, first=1, second=1, old=True, computed=1, file=True):
    """What three calls give; the right answer if nothing else is said. A number: so many times the first result."""
    times = [(np.array(numbers) * n).tolist() if n else None for n in (first, second, computed)]
    return {
        "first call": times[0],
        "second call": times[1],
        "call with a file that was there": OLD if old is True else old and times[2],
        "computed": computed,
        "there is a file": file,
    }


class Cached(Exercise):
    """Computed once and saved; loaded from then on."""

    name = "cached"
    rtol = atol = 0.0  # what is kept is what was computed, to the last digit

    def look(self, cached, numbers):
        """What three calls give, how often they compute, and whether there is a file."""
        computed = []

        def compute():
            computed.append(1)
            return np.array(numbers) * len(computed)  # a second time would differ

        ran = three_calls(cached, compute, OLD)
        return {
            "first call": ran["first"],
            "second call": ran["second"],
            "call with a file that was there": ran["third"],
            "computed": len(computed),
            "there is a file": "features.npy" in ran["names"],
            "_other files": sorted({*ran["names"]} - {"features.npy", "old.npy"}),
        }

    def examples(self):
        yield ([[1.0, 2.0, 3.1], [4.0, 5.0, 6.0]],), calls([[1.0, 2.0, 3.1], [4.0, 5.0, 6.0]])
        yield ([7, 1],), calls([7, 1])

    def hidden(self, rng):
        drawn = (rng.integers(1, 40, size=(3, 2, 2)) / 4).tolist()
        for numbers in ([-1.0, 0.5], [[7.0]], drawn, [[True, False]]):
            yield (numbers,), calls(numbers)

    mistakes = {
        "computed every time": (
            lambda numbers: calls(numbers, second=2, old="new", computed=3),
            "The second call computes again. Look for the file first; if it is there, load it.",
        ),
        "computed, then thrown away": (
            lambda numbers: calls(numbers, computed=3),
            "The second call returns what is in the file, good, but it computed before it looked."
            " That is the slow part.",
        ),
        "another name": (
            when(lambda got: got["_other files"] and not got["there is a file"]),
            "You save under another name than `path`. Use `path` as it is; `np.save` adds "
            "`.npy` only where it is missing.",
        ),
        "never saved": (
            when(
                lambda got: (
                    not (got["_other files"] or got["there is a file"])
                    and got["first call"] != got["second call"]
                )
            ),
            "After the first call there is no file `path`, so the next call has nothing to load. "
            "Use `np.save(path, array)`.",
        ),
        "no file after two calls": (
            when(
                lambda got: (
                    not (got["_other files"] or got["there is a file"])
                    and got["first call"] == got["second call"]
                )
            ),
            "After two calls there is no file `path`, so nothing is left when the notebook restarts. "
            "Save the array: `np.save(path, array)`.",
        ),
        "nothing the first time": (
            lambda numbers: calls(numbers, first=0),
            "The first call saves but returns nothing. Return the array in both cases.",
        ),
        "nothing the second time": (
            lambda numbers: calls(numbers, second=0, old=None),
            "Where the file exists, nothing is returned. Load it and return it.",
        ),
        "loads before it saves": (
            raises("FileNotFoundError", r"no such file or directory: '.*[/\\]features\.npy'"),
            "You load `path` where there is no such file. Ask `Path(path).exists()` first; "
            "if there is none, compute, and save under exactly this name.",
        ),
        "another array from the file": (
            when(
                lambda got: (
                    got["computed"] == 1
                    and None not in (got["first call"], got["second call"])
                    and got["first call"] != got["second call"]
                )
            ),
            "What the second call gives is not the array that was computed. `np.save(path, array)` and `np.load(path)` "
            "keep its numbers, shape and type.",
        ),
        "a call gives nothing": (
            when(
                lambda got: (
                    None
                    in (
                        got["first call"],
                        got["second call"],
                        got["call with a file that was there"],
                    )
                )
            ),
            "A call gives `None` back. Does every way through your function end in `return`?",
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

    def hidden_inputs(self, draw):
        k = draw.whole(2, 8)
        n = draw.whole(k, 40)
        return (n, k), right_folds(n, k)

    reference = staticmethod(right_folds)

    mistakes = {
        "tested on what it trained on": (
            lambda n, k: [(list(range(n)), test) for _, test in right_folds(n, k)],
            "The test photos are in the training set too. Leave them out of it.",
        ),
        "train and test swapped": (
            lambda n, k: [(test, train) for train, test in right_folds(n, k)],
            "Your folds train on one part and test on all others. It should be the other way round.",
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
