"""The exercises of lesson 7."""

import itertools
import tempfile
from pathlib import Path

import keras
import numpy as np
import tensorflow as tf

from course_lib.check import Exercise, beside, models, raises, when


def sizes(count, size):
    """The sizes of the batches of one epoch."""
    return [min(size, count - start) for start in range(0, count, size)]


def photograph(path):
    return np.full((2, 2, 3), float(path))


def batches(paths, labels, size, count, drop=False, wrap=False, flip=False, plain=False, rounds=99):
    """The first batches of a right generator, or of one with a fault."""
    n, found = len(paths), []
    for start in range(0, n - (n % size if drop else 0), size):
        chosen = [i % n for i in range(start, start + size if wrap else min(start + size, n))]
        images = [paths[i] if plain else photograph(paths[i]) for i in chosen]
        pair = np.array(images), np.array([labels[i] for i in chosen])
        found.append(pair[::-1] if flip else pair)
    return (found * rounds)[:count]


@beside
def first_batches(photo_batches, paths, labels, size, count, load):
    """The first batches that it yields."""
    stream = iter(photo_batches(paths, labels, size, load))
    return [tuple(batch) for batch in itertools.islice(stream, count)]


class PhotoBatches(Exercise):
    """An endless generator of batches."""

    name = "photo_batches"

    def look(self, photo_batches, paths, labels, size, count):
        return first_batches(photo_batches, paths, np.array(labels), size, count, photograph)

    def loaded(self, photo_batches, paths, labels):
        """How many photographs it loads before it yields the first batch of 2."""
        asked = []

        def load(path):
            asked.append(path)
            return photograph(path)

        first_batches(photo_batches, paths, np.array(labels), 2, 1, load)
        return len(asked)

    def examples(self):
        paths, labels = ["0", "1", "2", "3", "4"], [0, 0, 1, 1, 1]
        for size, count in ((2, 4), (5, 3)):
            yield (paths, labels, size, count), batches(paths, labels, size, count)
        yield (paths, labels), 2, self.loaded

    def hidden(self, rng):
        n = int(rng.integers(9, 14))
        paths = [str(i) for i in rng.permutation(n)]
        labels = rng.permutation(np.arange(100, 200))[:n].tolist()
        for size in (1, 4, 7, n):
            yield (paths, labels, size, 9), batches(paths, labels, size, 9)
        yield (paths, labels), 2, self.loaded

    mistakes = {
        "stops after one round": (
            lambda *a: batches(*a, rounds=1),
            "Your generator ends after the last photograph. Put the loop over the batches into `while True:`.",
        ),
        "last batch dropped": (
            lambda *a: batches(*a, drop=True),
            "The photographs of the last, smaller batch never come. A slice that runs past the end is allowed.",
        ),
        "last batch filled up": (
            lambda *a: batches(*a, wrap=True),
            "Your last batch is filled with photographs from the beginning. Here it is smaller instead.",
        ),
        "labels first": (
            lambda *a: batches(*a, flip=True),
            "The order is photographs first, then labels: `yield X_batch, y_batch`.",
        ),
        "the first batch again": (
            lambda paths, labels, size, count: batches(paths, labels, size, 1) * count,
            "Every batch is the first one. Does your slice move on with the loop?",
        ),
        "one batch, not many": (
            lambda paths, labels, size, count: [
                tuple(part) for part in batches(paths, labels, size, 1)[0]
            ],
            "`return` ends the function with a single batch. A generator uses `yield`.",
        ),
        "load not called": (
            lambda *a: batches(*a, plain=True),
            "Your batches hold the paths. Call `load(path)` on each path, then stack what comes back.",
        ),
        "all loaded at once": (
            when(lambda got: got > 2),
            "All photographs are loaded before the first batch comes. "
            "Then they are all in memory: load inside the loop.",
        ),
    }


class CountSteps(Exercise):
    """How many batches make an epoch, and how large the last one is."""

    name = "count_steps"

    def examples(self):
        yield (10, 4), (3, 2)
        yield (12, 4), (3, 4)
        yield (9, 4), (3, 1)
        yield (3, 4), (1, 3)

    def hidden(self, rng):
        fixed = [(1, 1), (2000, 32), (64_000, 32), (800, 7), (33, 32), (7, 100)]
        for n, size in [*fixed, *rng.integers((100, 1), (5000, 100), size=(5, 2)).tolist()]:
            yield (n, size), (len(sizes(n, size)), sizes(n, size)[-1])

    mistakes = {
        "last batch lost": (
            lambda n, b: (n // b, n % b),
            "`//` rounds down, so the photographs left over have no step. Round up.",
        ),
        "last batch called full": (
            lambda n, b: (-(-n // b), b),
            "The last batch holds what is left over, which may be fewer.",
        ),
        "one step too many": (
            lambda n, b: (n // b + 1, n % b),
            "Where the photographs divide evenly, you add a step with no photographs in it.",
        ),
        "empty last batch": (
            lambda n, b: (-(-n // b), n % b),
            "Where the photographs divide evenly, the remainder is 0, but the last batch is full.",
        ),
        "rounded to nearest": (
            lambda n, b: (round(n / b), (n - 1) % b + 1),
            "`round` goes to the nearest whole number, sometimes down. Use `math.ceil`, or `-(-n // b)`.",
        ),
        "not a whole number": (
            lambda n, b: (n / b, (n - 1) % b + 1),
            "There is no fraction of a step. Round up.",
        ),
    }


@beside
def run_pipeline(mend_pipeline, count, size):
    """Two epochs. Photograph 7 is the number 7; augmented, it is a number between 7 and 8."""
    reads = []

    def read():
        reads.append(1)
        yield from (float(i) for i in range(count))

    @tf.autograph.experimental.do_not_convert  # TensorFlow would look for its text, and warn
    def augment(x):
        return x + tf.random.uniform((), 0.01, 0.99)

    source = tf.data.Dataset.from_generator(read, output_signature=tf.TensorSpec(()))
    dataset = mend_pipeline(source, augment, size)
    epochs = [[np.atleast_1d(b.numpy()) for b in dataset.take(3 * count)] for _ in range(2)]
    return {"epochs": epochs, "reads": len(reads), "last step": type(dataset).__name__}


class MendPipeline(Exercise):
    """Read, cache, shuffle, augment, batch, prefetch."""

    name = "mend_pipeline"

    def look(self, mend_pipeline, count, size):
        """What two epochs look like."""
        ran = run_pipeline(mend_pipeline, count, size)
        epochs = ran["epochs"]
        values = [np.concatenate([np.ravel(batch) for batch in epoch]) for epoch in epochs]
        order = [v.astype(int).tolist() for v in values]
        first, second = (
            dict(zip(o, v % 1, strict=True)) for o, v in zip(order, values, strict=True)
        )
        groups = [{tuple(sorted(np.ravel(b).astype(int).tolist())) for b in e} for e in epochs]
        return {
            "batch sizes": [[len(batch) for batch in epoch] for epoch in epochs],
            "each photograph once": [sorted(o) == list(range(count)) for o in order],
            "times the files were read": ran["reads"],
            "changed anew in the second epoch": any(
                abs(change - second.get(i, 9)) > 1e-3 for i, change in first.items()
            ),
            "each photograph changed by itself": all(
                np.ptp(b % 1) > 1e-3 for epoch in epochs for b in epoch if len(b) > 2
            ),
            "batches mixed anew": groups[0] != groups[1],
            "mixed at all": order[0] != sorted(order[0]),
            "prepared ahead": "Prefetch" in ran["last step"],
            "_right sizes": [sizes(count, size)] * 2,
        }

    def right(self, count, size):
        return {
            "batch sizes": [sizes(count, size)] * 2,
            "each photograph once": [True, True],
            "times the files were read": 1,
            "changed anew in the second epoch": True,
            "each photograph changed by itself": True,
            "batches mixed anew": True,
            "mixed at all": True,
            "prepared ahead": True,
        }

    def examples(self):
        yield (40, 8), self.right(40, 8)

    def hidden(self, rng):
        size = int(rng.integers(8, 17))
        count = 3 * size + int(rng.integers(1, size))
        yield (count, size), self.right(count, size)

    mistakes = {
        "not batched": (
            when(lambda got: {n for epoch in got["batch sizes"] for n in epoch} == {1}),
            "Photographs come one by one. `batch(batch_size)` is missing.",
        ),
        "batches in batches or dropped": (
            when(lambda got: got["batch sizes"] != got["_right sizes"]),
            "Batches have the wrong sizes. Batch once, keep the last smaller one, repeat nothing.",
        ),
        "augmented before the cache": (
            when(lambda got: not got["changed anew in the second epoch"]),
            "Both epochs see the same augmented photographs. What stands before `cache()` is done once and kept: "
            "augment after it.",
        ),
        "whole batch changed alike": (
            when(lambda got: not got["each photograph changed by itself"]),
            "`augment` changes one photograph, but it gets a whole batch. Map before you batch.",
        ),
        "no shuffle": (
            when(lambda got: not got["mixed at all"] and not got["batches mixed anew"]),
            "The photographs come in the order of the files. Shuffle them, one by one.",
        ),
        "same batches in every epoch": (
            when(lambda got: not got["batches mixed anew"]),
            "The same photographs share a batch in both epochs. Shuffle single photographs, so before `batch`; "
            "and after `cache`, which would keep the order.",
        ),
        "files read again": (
            when(lambda got: got["times the files were read"] > 1),
            "The second epoch reads the files again. Put `cache()` right after the reading.",
        ),
        "nothing prepared ahead": (
            when(lambda got: not got["prepared ahead"]),
            "No batch is ready when the network asks. `prefetch` must be there, as the very last step.",
        ),
    }


@beside
def run_dataset(ShuffledPhotos, x, y, size):
    """Two epochs, and the first batch of each asked for once more."""
    dataset = ShuffledPhotos(x, y, size)
    epochs, again = [], []
    for _ in range(2):
        epochs.append([tuple(np.array(part) for part in dataset[i]) for i in range(len(dataset))])
        again.append(np.array(dataset[0][0]))
        dataset.on_epoch_end()
    return {"length": len(dataset), "epochs": epochs, "again": again, "x": x}


class ShuffledPhotos(Exercise):
    """A PyDataset with a new order in each epoch."""

    name = "shuffled_photos"
    asks = ("ShuffledPhotos",)

    def look(self, answer, count, size):
        """What two epochs look like."""
        x = np.arange(count, dtype=float)[:, None]
        ran = run_dataset(answer, x.copy(), 10 * x[:, 0], size)
        epochs = [[(np.ravel(a), np.ravel(b)) for a, b in epoch] for epoch in ran["epochs"]]
        orders = [[v for a, _ in epoch for v in a.tolist()] for epoch in epochs]
        return {
            "len(dataset)": ran["length"],
            "batch sizes": [len(a) for a, _ in epochs[0]],
            "same batch when asked twice": all(
                np.array_equal(epoch[0][0], np.ravel(again))
                for epoch, again in zip(epochs, ran["again"], strict=True)
            ),
            "each photograph once": all(sorted(order) == list(range(count)) for order in orders),
            "its own label": all(np.array_equal(10 * a, b) for epoch in epochs for a, b in epoch),
            "new order in the second epoch": orders[0] != orders[1],
            "x untouched": np.array_equal(ran["x"], x),
            "_batches needed": len(sizes(count, size)),
        }

    def right(self, count, size):
        return {
            "len(dataset)": len(sizes(count, size)),
            "batch sizes": sizes(count, size),
            "same batch when asked twice": True,
            "each photograph once": True,
            "its own label": True,
            "new order in the second epoch": True,
            "x untouched": True,
        }

    def examples(self):
        yield (10, 4), self.right(10, 4)

    def hidden(self, rng):
        drawn = rng.integers((40, 5), (90, 20)).tolist()
        for count, size in ((64, 16), (33, 32), (50, 7), drawn):
            yield (count, size), self.right(count, size)

    mistakes = {
        "not a whole number": (
            raises("TypeError", ""),
            "Python stops here with TypeError. Is `len` a whole number? `/` gives a fraction; round up.",
        ),
        "last batch lost": (
            when(lambda got: got["len(dataset)"] < got["_batches needed"]),
            "`len` is too small: the photographs of the last, smaller batch never come. Round up.",
        ),
        "length counts photographs": (
            when(lambda got: got["len(dataset)"] > got["_batches needed"]),
            "`len` must be the number of batches. Yours is larger.",
        ),
        "shuffled within the epoch": (
            when(lambda got: not got["same batch when asked twice"]),
            "Asked twice for batch 0, your dataset gives two answers. Shuffle in `on_epoch_end` only.",
        ),
        "labels not shuffled along": (
            when(lambda got: not got["its own label"] and got["x untouched"]),
            "Photographs come with the labels of others. Take x and y at the same positions.",
        ),
        "x shuffled": (
            when(lambda got: not got["x untouched"]),
            "You shuffle the array that you were given. Shuffle `self.order` and take photographs at its positions.",
        ),
        "drawn with repetition": (
            when(lambda got: not got["each photograph once"]),
            "Some photographs come twice in an epoch, others never. A new order is a permutation of all positions.",
        ),
        "never shuffled": (
            when(lambda got: not got["new order in the second epoch"]),
            "The second epoch has the order of the first. Change `self.order` in `on_epoch_end`, and use it.",
        ),
    }


@beside
def leaks(find_leaks, files):
    """What it finds in a folder with these files."""
    with tempfile.TemporaryDirectory() as folder:
        for name, content in files.items():
            path = Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        return find_leaks(Path(folder))


def shared(files, same, of="validation", among=("train",)):
    """The photographs of one part for which `same` holds with another photograph; each is (class, name, bytes)."""
    photographs = [(*name.split("/"), content) for name, content in files.items()]
    return sorted(
        f"{a[1]}/{a[2]}"
        for a in photographs
        if a[0] == of
        and any(b[0] in among and a is not b and same(a[1:], b[1:]) for b in photographs)
    )


def same_kind(a, b):
    return a[0] == b[0]


def same_name(a, b):
    return a[1] == b[1]


def same_bytes(a, b):
    return a[2] == b[2]


class FindLeaks(Exercise):
    """Validation photographs whose bytes are in train, too."""

    name = "find_leaks"

    def look(self, find_leaks, files):
        return leaks(find_leaks, files)

    def examples(self):
        files = {
            "train/grass/0.jpg": b"blade",
            "train/grass/1.jpg": b"green",
            "train/gravel/0.jpg": b"stone",
            "train/gravel/1.jpg": b"pebbles",
            "validation/grass/0.jpg": b"meadow",
            "validation/grass/7.jpg": b"pebbles",
            "validation/grass/8.jpg": b"green",
            "validation/gravel/2.jpg": b"rocky",
            "validation/gravel/3.jpg": b"rocky",
        }
        yield (files,), ["grass/7.jpg", "grass/8.jpg"]
        files = {"train/a/1.jpg": b"1", "validation/a/1.jpg": b"2", "validation/b/1.jpg": b"1"}
        yield (files,), ["b/1.jpg"]

    def hidden(self, rng):
        contents = [rng.bytes(50 + i // 2) for i in range(40)]
        first = int(rng.integers(10, 18))
        files = {f"train/{'ab'[i % 2]}/{i:03}.jpg": contents[i] for i in range(20)}
        files |= {f"validation/{'ba'[i % 2]}/{i:03}.jpg": contents[i + first] for i in range(20)}
        files |= {"validation/a/100.jpg": contents[39], "validation/c/0.jpg": contents[3]}
        yield (files,), shared(files, same_bytes)
        yield ({"train/a/1.jpg": b"x", "validation/a/1.jpg": b"y"},), []

    mistakes = {
        "names compared": (
            lambda files: shared(files, same_name),
            "You compare names. A copy may have another name, and the same name may be another photograph.",
        ),
        "names compared within a class": (
            lambda files: shared(files, lambda a, b: same_name(a, b) and same_kind(a, b)),
            "You compare names. A copy may have another name, and the same name may be another photograph.",
        ),
        "same name and same bytes": (
            lambda files: shared(files, lambda a, b: same_name(a, b) and same_bytes(a, b)),
            "Copies under another name escape you. Compare the bytes alone.",
        ),
        "same class only": (
            lambda files: shared(files, lambda a, b: same_kind(a, b) and same_bytes(a, b)),
            "Copies in the folder of another class escape you. Compare with all of train.",
        ),
        "sizes compared": (
            lambda files: shared(files, lambda a, b: len(a[2]) == len(b[2])),
            "Files of equal size are not equal files. Compare a hash of their bytes.",
        ),
        "training photographs returned": (
            lambda files: shared(files, same_bytes, of="train", among=("validation",)),
            "These are the training photographs. Return those in validation.",
        ),
        "doubles within validation": (
            lambda files: shared(files, same_bytes, among=("train", "validation")),
            "Two copies within validation are no leak. Only what is also in train counts.",
        ),
        "class missing": (
            lambda files: sorted(name.split("/")[1] for name in shared(files, same_bytes)),
            'The class is missing: write each as "class/name".',
        ),
    }


@beside
def described(residual_block, filters):
    """The block as a model, in plain data."""
    inputs = keras.Input((6, 5, filters))
    outputs = residual_block(inputs, filters)
    return {"shape": outputs.shape, "model": models.to_data(keras.Model(inputs, outputs))}


def output(model, x, scale):
    """What a block gives where each of its kernels copies its input, times a scale; in words."""
    for weights in model.trainable_weights:
        copying = np.zeros(weights.shape, "float32")
        if len(weights.shape) == 4:  # the middle of each kernel passes its own channel on
            middle = weights.shape[0] // 2, weights.shape[1] // 2
            copying[middle] = scale * np.eye(*weights.shape[2:])
        weights.assign(copying)
    y, relu = np.array(model(x, training=False)), np.maximum(x, 0)
    known = {
        "nothing": 0 * x,
        "x": x,
        "relu(x)": relu,
        "2x": 2 * x,
        "x + relu(x)": x + relu,
        "2 relu(x)": 2 * relu,
    }
    return next((k for k, v in known.items() if np.allclose(v, y, atol=1e-4)), "another result")


class ResidualBlock(Exercise):
    """x plus two convolutions of x."""

    name = "residual_block"

    def look(self, residual_block, filters):
        """How it behaves with zero kernels and with kernels that copy, and which weights it has."""
        block = described(residual_block, filters)
        facts = {"shape": list(block["shape"]), "_filters": filters}
        if facts["shape"] == [None, 6, 5, filters]:
            model = models.rebuild(block["model"])
            x = np.random.default_rng(filters).normal(size=(2, 6, 5, filters)).astype("float32")
            facts |= {
                "weights": sorted(tuple(weights.shape) for weights in model.trainable_weights),
                "a silent branch gives": output(model, x, 0),
                "a branch that copies gives": output(model, x, 1),
            }
        return facts

    def right(self, filters):
        return {
            "shape": (None, 6, 5, filters),
            "weights": sorted([(3, 3, filters, filters), (filters,)] * 2),
            "a silent branch gives": "x",
            "a branch that copies gives": "x + relu(x)",
        }

    def examples(self):
        yield (3,), self.right(3)

    def hidden(self, rng):
        for filters in (5, 1, int(rng.integers(6, 20))):
            yield (filters,), self.right(filters)

    mistakes = {
        "concatenated": (
            when(lambda got: got["shape"] == [None, 6, 5, 2 * got["_filters"]]),
            "The channels have doubled: you put x beside the branch. `layers.Add()` adds number to number.",
        ),
        "shape lost": (
            when(lambda got: "weights" not in got),
            'The shape changes. Height, width and channels must stay: use padding="same" and `filters` filters.',
        ),
        "sizes do not fit": (
            raises("ValueError", ""),
            'The sum does not fit: its parts have other shapes. Use padding="same" in both convolutions.',
        ),
        "skip from inside": (
            when(
                lambda got: (
                    got["a silent branch gives"] == "nothing"
                    and got["a branch that copies gives"] == "2 relu(x)"
                )
            ),
            "You add something other than the block's own input. Keep `x` and add it at the end.",
        ),
        "no skip": (
            when(lambda got: got["a silent branch gives"] == "nothing"),
            "With a silent branch nothing comes out. The input must go round the convolutions and be added.",
        ),
        "activation after the sum": (
            when(lambda got: got["a silent branch gives"] == "relu(x)"),
            "Negative numbers are cut off after the sum. Here the sum itself is the output.",
        ),
        "one convolution": (
            when(lambda got: len(got["weights"]) < 4),
            "The branch has two convolutions, each with kernel and bias.",
        ),
        "wrong kernels": (
            when(
                lambda got: (
                    len(got["weights"]) > 4
                    or any(w[:2] != [3, 3] for w in got["weights"] if len(w) == 4)
                )
            ),
            "The branch has two 3 × 3 convolutions with `filters` filters each, and nothing else to train.",
        ),
        "no activation between": (
            when(lambda got: got["a branch that copies gives"] == "2x"),
            "Between the convolutions there is no ReLU. Without it the two are one linear map (lesson 01).",
        ),
    }
