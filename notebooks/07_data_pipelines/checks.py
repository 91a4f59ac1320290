"""The exercises of lesson 7."""

import itertools
import tempfile
from pathlib import Path

import numpy as np

from course_lib.check import Exercise, beside, in_turn, models, raises, unfit, when


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


@beside
def kinds(photo_batches, paths, labels, load):
    """What kinds of objects its first batch is made of."""
    batch = next(iter(photo_batches(paths, labels, 2, load)))
    return ["array" if isinstance(part, np.ndarray) else type(part).__name__ for part in batch]


def from_places(paths, labels, starts, size):
    """Batches that begin at these positions; behind the last photograph comes the first again."""
    n = len(paths)
    places = [[(start + i) % n for i in range(size)] for start in starts]
    return [
        (np.array([photograph(paths[i]) for i in at]), np.array([labels[i] for i in at]))
        for at in places
    ]


def in_other_order(got, expected):
    """Whether batches have the right sizes and each photograph its label, but not the photographs that belong there."""
    label = {float(x.flat[0]): y for part in expected for x, y in zip(*part, strict=True)}
    pairs = [(x, y) for part in got for x, y in zip(*part, strict=True)]
    same_sizes = [len(part[0]) for part in got] == [len(part[0]) for part in expected]
    return same_sizes and all(label[float(x.flat[0])] == y for x, y in pairs)


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

    def made_of(self, photo_batches, paths, labels):
        """Of what kind X_batch and y_batch are."""
        return kinds(photo_batches, paths, np.array(labels), photograph)

    def examples(self):
        paths, labels = ["3", "1", "4", "0", "2"], [13, 11, 14, 10, 12]
        for size, count in ((2, 4), (5, 3)):
            yield (paths, labels, size, count), batches(paths, labels, size, count)
        yield (paths, labels), 2, self.loaded
        yield (paths, labels), ["array", "array"], self.made_of

    def hidden(self, rng):
        n = int(rng.integers(9, 14))
        paths = [str(i) for i in rng.permutation(n)]
        labels = rng.permutation(np.arange(100, 200))[:n].tolist()
        for size in (1, 4, 7, n):
            yield (paths, labels, size, 9), batches(paths, labels, size, 9)
        yield (paths, labels), 2, self.loaded
        yield (paths, labels), ["array", "array"], self.made_of

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
            "One batch comes back, where a stream of them is asked for. If you `return` it: a generator uses `yield`.",
        ),
        "one photograph each": (
            lambda paths, labels, size, count: batches(paths, labels, 1, count),
            "Each batch holds one photograph. Collect `batch_size` of them before you yield.",
        ),
        "photographs alone": (
            lambda *a: [tuple(images) for images, _ in batches(*a)],
            "Your batches are no pairs: the labels are missing. `yield X_batch, y_batch` gives both.",
        ),
        "labels of the first batch": (
            lambda *a: [(images, batches(*a)[0][1]) for images, _ in batches(*a)],
            "The photographs move on, the labels do not: every batch has those of the first one.",
        ),
        "overlapping": (
            lambda paths, labels, size, count: [
                (
                    np.array([photograph(path) for path in paths[at : at + size]]),
                    np.array(labels[at : at + size]),
                )
                for at in [i % len(paths) for i in range(count)]
            ],
            "Each batch begins one photograph after the one before. Move on by `batch_size`.",
        ),
        "rest carried over": (
            lambda paths, labels, size, count: from_places(
                paths, labels, range(0, count * size, size), size
            ),
            "What is left over at the end of a round is filled up with photographs of the next one. Yield the smaller "
            "batch, and begin the next round with an empty one.",
        ),
        "an empty batch": (
            when(lambda got: any(len(part[0]) == 0 for part in got)),
            "One batch is empty: your loop goes one step too far where the photographs divide evenly.",
        ),
        "another order": (
            when(in_other_order),
            "Each photograph has its own label, and the batches have the right sizes. But they do not come in the "
            "order of the lists, again and again.",
        ),
        "first photograph left out": (
            lambda paths, labels, *a: batches(paths[1:], labels[1:], *a),
            "The first photograph never comes. Positions begin at 0.",
        ),
        "load not called": (
            lambda *a: batches(*a, plain=True),
            "Your batches hold the paths. Call `load(path)` on each path, then stack what comes back.",
        ),
        "too much loaded": (
            when(lambda got: got > 2),
            "Before the first batch comes, `load` is called more often than it has photographs. "
            "Load inside the loop, for one batch at a time.",
        ),
        "lists, no arrays": (
            when(lambda got: "list" in got),
            "A part of your batch is a list. `np.stack` or `np.array` makes an array of it.",
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

    def hidden_inputs(self, draw):
        n, size = draw.whole(1, 999), draw.whole(1, 99)
        return (n, size), self.reference(n, size)

    parts = ("the number of batches", "the size of the last batch")

    @staticmethod
    def reference(photographs, batch_size):
        return len(sizes(photographs, batch_size)), sizes(photographs, batch_size)[-1]

    mistakes = {
        "last batch lost": (
            lambda n, b: (n // b, n % b),
            "You round down, so the photographs left over have no step. Round up.",
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
        "rounded to the nearest": (
            lambda n, b: (round(n / b), n - (round(n / b) - 1) * b),
            "You round to the nearest whole number, and down where little is left over. Round up, always.",
        ),
        "sometimes rounded down": (
            lambda n, b: (round(n / b), (n - 1) % b + 1),
            "Some numbers of steps are rounded down. `round` goes to the nearest whole number: round up instead.",
        ),
        "not a whole number": (
            lambda n, b: (n / b, (n - 1) % b + 1),
            "There is no fraction of a step. Round up.",
        ),
    }


@beside
def run_pipeline(mend_pipeline, count, size):
    """Two epochs. Photograph 7 is the number 7; each time it is augmented it grows by 0.1 to 0.2."""
    import tensorflow as tf  # not above: the notebook would hold its memory in the race of section 3, too

    reads = []

    def read():
        reads.append(1)
        yield from (float(i) for i in range(count))

    # goes on from epoch to epoch; what `tf.random` draws begins anew where a notebook has set a seed
    drawn = tf.random.Generator.from_seed(7)

    @tf.autograph.experimental.do_not_convert  # TensorFlow would look for its text, and warn
    def augment(x):
        return x + drawn.uniform((), 0.101, 0.199)

    source = tf.data.Dataset.from_generator(read, output_signature=tf.TensorSpec(()))
    dataset = mend_pipeline(source, augment, size)
    if not isinstance(dataset, tf.data.Dataset):
        return dataset
    epochs = [[np.atleast_1d(b.numpy()) for b in dataset.take(3 * count)] for _ in range(2)]
    last = dataset
    while "Options" in type(last).__name__:  # settings are no step
        last = last._input_dataset
    ahead = int(getattr(last, "_buffer_size", 0))
    return {
        "epochs": epochs,
        "reads": len(reads),
        "last step": type(last).__name__,
        "ahead": ahead,
    }


NEAR = 3
"""A photograph that a buffer of four brings early comes at most so many places early; one of all comes far earlier."""


class MendPipeline(Exercise):
    """Read, cache, shuffle, augment, batch, prefetch."""

    name = "mend_pipeline"

    def look(self, mend_pipeline, count, size):
        """What two epochs look like."""
        ran = run_pipeline(mend_pipeline, count, size)
        if not isinstance(ran, dict):
            return ran if ran is None else unfit(ran)
        epochs = ran["epochs"]
        values = [np.concatenate([np.ravel(batch) for batch in epoch]) for epoch in epochs]
        order = [v.astype(int).tolist() for v in values]
        first, second = (
            dict(zip(o, v % 1, strict=True)) for o, v in zip(order, values, strict=True)
        )
        groups = [{tuple(sorted(np.ravel(b).astype(int).tolist())) for b in e} for e in epochs]
        grown = np.concatenate(values) % 1
        return {
            "batch sizes": [[len(batch) for batch in epoch] for epoch in epochs],
            "each photograph once": [sorted(o) == list(range(count)) for o in order],
            "times the files were read": ran["reads"],
            "each photograph augmented once": bool((grown > 0.1).all() and (grown < 0.2).all()),
            "changed anew in the second epoch": any(
                abs(change - second.get(i, 9)) > 1e-3 for i, change in first.items()
            ),
            "each photograph changed by itself": all(
                np.ptp(b % 1) > 1e-3 for epoch in epochs for b in epoch if len(b) > 2
            ),
            "batches mixed anew": groups[0] != groups[1],
            "mixed at all": any(o != sorted(o) for o in order),
            "mixed over more than a few places": any(
                photograph - place > NEAR for o in order for place, photograph in enumerate(o)
            ),
            "prepared ahead": "Prefetch" in ran["last step"] and ran["ahead"] != 0,
            "_right sizes": sizes(count, size),
            "_sizes": [sorted(len(batch) for batch in epoch) for epoch in epochs],
            "_batches in batches": any(batch.ndim > 1 for epoch in epochs for batch in epoch),
            "_not augmented": bool((grown < 0.01).all()),
            "_augmented twice": bool((grown > 0.2).all()),
            "_the same order": order[0] == order[1],
            "_prefetched": "Prefetch" in ran["last step"],
        }

    def right(self, count, size):
        return {
            "batch sizes": [sizes(count, size)] * 2,
            "each photograph once": [True, True],
            "times the files were read": 1,
            "each photograph augmented once": True,
            "changed anew in the second epoch": True,
            "each photograph changed by itself": True,
            "batches mixed anew": True,
            "mixed at all": True,
            "mixed over more than a few places": True,
            "prepared ahead": True,
        }

    def examples(self):
        yield (29, 4), self.right(29, 4)  # eight batches: none comes back in its place by chance

    def hidden(self, rng):
        size = int(rng.integers(8, 17))
        count = 7 * size + int(rng.integers(1, size))
        yield (count, size), self.right(count, size)
        yield (count, 4), self.right(count, 4)

    mistakes = {
        "batches in batches": (
            raises("InvalidArgumentError", "Cannot batch tensors with different shapes"),
            "What you batch are batches already, and of two sizes. Batch once.",
        ),
        **in_turn(
            {
                "not batched": (
                    lambda got: {n for epoch in got["batch sizes"] for n in epoch} == {1},
                    "Photographs come one by one. Use `batch(batch_size)`, and go on with what it returns.",
                ),
                "a batch of batches": (
                    lambda got: got["_batches in batches"],
                    "Your batches are batches of batches. Batch once.",
                ),
                "last batch dropped": (
                    lambda got: got["_sizes"] == [sorted(got["_right sizes"][:-1])] * 2,
                    "The last, smaller batch never comes. `drop_remainder=True` would do that: leave it out.",
                ),
                "too many batches": (
                    lambda got: len(got["batch sizes"][0]) > len(got["_right sizes"]),
                    "An epoch has too many batches. Each photograph comes once: repeat nothing, "
                    "and batch with `batch_size`.",
                ),
                "wrong batch sizes": (
                    lambda got: got["_sizes"] != [sorted(got["_right sizes"])] * 2,
                    "Batches have the wrong sizes. Batch once, with `batch_size`, and skip nothing.",
                ),
                "never augmented": (
                    lambda got: got["_not augmented"],
                    "The photographs come as they are in the files. Use `map(augment)`, "
                    "and go on with what it returns.",
                ),
                "augmented before the cache": (
                    lambda got: not got["changed anew in the second epoch"],
                    "Both epochs see the same augmented photographs. What stands before `cache()` is "
                    "done once and kept: augment after it.",
                ),
                "whole batch changed alike": (
                    lambda got: not got["each photograph changed by itself"],
                    "`augment` changes one photograph, but it gets a whole batch. Map before you batch.",
                ),
                "augmented twice": (
                    lambda got: got["_augmented twice"],
                    "Each photograph is augmented more than once. One `map(augment)` is enough.",
                ),
                "no shuffle": (
                    lambda got: not got["mixed at all"] and not got["batches mixed anew"],
                    "The photographs come in the order of the files. Shuffle them one by one, "
                    "and go on with what `shuffle` returns.",
                ),
                "the same order in every epoch": (
                    lambda got: got["_the same order"],
                    "The second epoch has the order of the first. Shuffle anew in every epoch: `cache` keeps "
                    "an order that was made before it, `reshuffle_each_iteration=False` the first.",
                ),
                "whole batches shuffled": (
                    lambda got: not got["batches mixed anew"],
                    "The batches come in another order, but the same photographs share a batch. "
                    "Shuffle single photographs: before `batch`.",
                ),
                "a small buffer": (
                    lambda got: not got["mixed over more than a few places"],
                    "The order is nearly that of the files: no photograph comes more than three places early. "
                    "`shuffle(n)` draws from a buffer of `n` photographs: let it hold all of them.",
                ),
                "files read again": (
                    lambda got: got["times the files were read"] > 1,
                    "The files are read more than once. Put `cache()` right after the reading.",
                ),
                "nothing in the buffer": (
                    lambda got: got["_prefetched"] and not got["prepared ahead"],
                    "`prefetch(0)` prepares nothing. Give it the number of batches to hold ready.",
                ),
                "nothing prepared ahead": (
                    lambda got: not got["prepared ahead"],
                    "The last step is not `prefetch`, so no finished batch waits when the network asks. "
                    "Put it at the very end, and return what it gives.",
                ),
            }
        ),
    }


@beside
def run_dataset(ShuffledPhotos, x, y, size, rounds):
    """Some epochs, and the first batch of each asked for once more."""
    dataset = ShuffledPhotos(x, y, size)
    epochs, again = [], []
    for _ in range(rounds):
        epoch = [dataset[i] for i in range(len(dataset))]
        if not all(isinstance(batch, (tuple, list)) and len(batch) == 2 for batch in epoch):
            return {"length": len(dataset), "pairs": False}
        epochs.append([tuple(np.array(part) for part in batch) for batch in epoch])
        again.append(np.array(dataset[0][0]) if epoch else np.zeros(0))
        dataset.on_epoch_end()
    return {
        "length": len(dataset),
        "pairs": True,
        "epochs": epochs,
        "again": again,
        "x": x,
        "y": y,
    }


def neighbours(order):
    """Which photograph comes after which."""
    return set(itertools.pairwise(order))


class ShuffledPhotos(Exercise):
    """A PyDataset with a new order in each epoch."""

    name = "shuffled_photos"
    asks = ("ShuffledPhotos",)

    def look(self, answer, count, size):
        """What four epochs look like. Photograph 7 is the row 7, 7; its label is 70.

        Labels are single numbers, or, where there is an odd number of them, a column.
        """
        x, y = np.repeat(np.arange(count, dtype=float)[:, None], 2, axis=1), 10.0 * np.arange(count)
        y = y[:, None] if count % 2 else y
        ran = run_dataset(answer, x.copy(), y.copy(), size, 4)
        facts = {
            "len(dataset)": ran["length"],
            "batches are pairs": ran["pairs"],
            "_batches needed": len(sizes(count, size)),
        }
        if not ran["pairs"]:
            return facts
        epochs = ran["epochs"]
        shapes = {(a.shape[1:], b.shape[1:]) for epoch in epochs for a, b in epoch if a.size}
        orders = [[float(v) for a, _ in e for v in np.ravel(a)[::2]] for e in epochs]
        labels = [[float(v) for _, b in e for v in np.ravel(b)] for e in epochs]
        return facts | {
            "batch sizes": [len(a) if a.ndim else 0 for a, _ in epochs[0]],
            "photographs and labels keep their shape": shapes == {((2,), y.shape[1:])},
            "same batch when asked twice": all(
                not epoch or np.array_equal(epoch[0][0], again)
                for epoch, again in zip(epochs, ran["again"], strict=True)
            ),
            "each photograph once": all(sorted(order) == list(range(count)) for order in orders),
            "its own label": all(
                [10 * v for v in o] == b for o, b in zip(orders, labels, strict=True)
            ),
            "new order in the second epoch": orders[0] != orders[1],
            "new order in every epoch": len({tuple(order) for order in orders}) == len(orders),
            "other neighbours in some epoch": any(
                2 * len(neighbours(a) & neighbours(b)) < len(neighbours(a))
                for a, b in itertools.pairwise(orders)
            ),
            "x untouched": np.array_equal(ran["x"], x),
            "y untouched": np.array_equal(ran["y"], y),
            "_sizes": sizes(count, size),
            "_labels first": shapes == {(y.shape[1:], (2,))},
            "_twice": all(len(set(order)) < len(order) for order in orders[1:]),
        }

    def right(self, count, size):
        return {
            "len(dataset)": len(sizes(count, size)),
            "batches are pairs": True,
            "batch sizes": sizes(count, size),
            "photographs and labels keep their shape": True,
            "same batch when asked twice": True,
            "each photograph once": True,
            "its own label": True,
            "new order in the second epoch": True,
            "new order in every epoch": True,
            "other neighbours in some epoch": True,
            "x untouched": True,
            "y untouched": True,
        }

    def examples(self):
        for count, size in ((10, 4), (13, 5), (12, 4)):
            yield (count, size), self.right(count, size)

    def hidden(self, rng):
        drawn = rng.integers((40, 5), (90, 20)).tolist()
        for count, size in ((64, 16), (33, 32), (50, 7), drawn):
            yield (count, size), self.right(count, size)

    mistakes = {
        "not a whole number": (
            raises("TypeError", "'(numpy\\.)?float.*cannot be interpreted as an integer"),
            "A float stands where a whole number is needed. Is it what `__len__` returns? "
            "`/` gives a float, even 3.0; round up to a whole number.",
        ),
        "no length": (
            raises("TypeError", "'NoneType' object cannot be interpreted as an integer"),
            "There is None where a whole number is needed. Does `__len__` end with `return`?",
        ),
        **in_turn(
            {
                "no pair": (
                    lambda got: not got["batches are pairs"],
                    "`dataset[i]` is no pair. `__getitem__` must return `(X_batch, y_batch)`.",
                ),
                "last batch lost": (
                    lambda got: got["len(dataset)"] < got["_batches needed"],
                    "`len` is too small: the photographs of the last batches never come. Round up.",
                ),
                "length too large": (
                    lambda got: got["len(dataset)"] > got["_batches needed"],
                    "`len` is larger than the number of batches. Count batches, not photographs; "
                    "where they divide evenly, the last batch is full.",
                ),
                "labels first": (
                    lambda got: got["_labels first"],
                    "The order is photographs first, then labels: `return X_batch, y_batch`.",
                ),
                "shape lost": (
                    lambda got: not got["photographs and labels keep their shape"],
                    "A photograph or a label comes in another shape than in `x` and `y`. Take whole "
                    "rows, along the first axis.",
                ),
                "wrong slice": (
                    lambda got: got["batch sizes"] != got["_sizes"],
                    "Batches have the wrong sizes. Batch i holds the positions from i · batch_size "
                    "up to (i + 1) · batch_size of the order.",
                ),
                "x or y changed": (
                    lambda got: not (got["x untouched"] and got["y untouched"]),
                    "You change an array that you were given. Shuffle `self.order` and take "
                    "photographs at its positions.",
                ),
                "shuffled within the epoch": (
                    lambda got: not got["same batch when asked twice"],
                    "Asked twice for batch 0, your dataset gives two answers. Shuffle in "
                    "`on_epoch_end` only.",
                ),
                "labels not shuffled along": (
                    lambda got: not got["its own label"],
                    "Photographs come with the labels of others. Take x and y at the same positions.",
                ),
                "drawn with repetition": (
                    lambda got: got["_twice"],
                    "Some photographs come twice in an epoch. A new order is a permutation of all positions.",
                ),
                "never shuffled": (
                    lambda got: not got["new order in the second epoch"],
                    "The second epoch has the order of the first. Change `self.order` in `on_epoch_end`, and "
                    "use it in `__getitem__`. `permutation` changes nothing, it returns a new order.",
                ),
                "the same neighbours": (
                    lambda got: not got["other neighbours in some epoch"],
                    "From epoch to epoch most photographs are followed by the same one as before. Turning the order "
                    "on, or moving pieces of it, mixes too little: draw a permutation of all positions.",
                ),
                "an order comes again": (
                    lambda got: not got["new order in every epoch"],
                    "A later epoch has an order that was there before. Draw a new one each time, "
                    "with the same `self.rng`: a generator made anew from one seed repeats itself.",
                ),
            }
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


def ending_in(end, files, part=""):
    """Of a part only the files with this ending; all of the others."""
    return {
        name: content
        for name, content in files.items()
        if name.endswith(end) or not name.startswith(part)
    }


def each_copy(files):
    """Each photograph of validation as often as it is in train."""
    train = [content for name, content in files.items() if name.startswith("train/")]
    found = []
    for name, content in files.items():
        if name.startswith("validation/"):
            found += [name.removeprefix("validation/")] * train.count(content)
    return sorted(found)


def same_kind(a, b):
    return a[0] == b[0]


def same_name(a, b):
    return a[1] == b[1]


def same_bytes(a, b):
    return a[2] == b[2]


NAMES = (
    "You compare names. A copy may have another name, and the same name may be another photograph: "
    "compare `path.read_bytes()`."
)

ENDINGS = 'Files that end in something else than ".jpg" escape you. A copy may have any name: look at all files.'


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
            "train/gravel/2.jpg": b"green",
            "train/gravel/8.jpeg": b"moss",
            "train/gravel/9.png": b"sand",
            "validation/grass/7.jpg": b"pebbles",
            "validation/gravel/2.jpg": b"rocky",
            "validation/gravel/6.jpg": b"green",
            "validation/gravel/3.jpg": b"rocky",
            "validation/grass/0.jpg": b"glade",
            "validation/grass/8.jpg": b"green",
            "validation/gravel/4.jpg": b"pebbled",
            "validation/gravel/5.jpg": b"genre",  # as long, and of the same letters
            "validation/grass/5.jpg": b"a path between meadows",
            "validation/gravel/7.jpg": b"moss",
            "validation/gravel/9.jpeg": b"sand",
            "validation/grass/9.jpeg": b"stone",
            "validation/gravel/0.png": b"snow",
        }
        yield (
            (files,),
            [
                "grass/7.jpg",
                "grass/8.jpg",
                "grass/9.jpeg",
                "gravel/6.jpg",
                "gravel/7.jpg",
                "gravel/9.jpeg",
            ],
        )
        files = {"train/a/1.jpg": b"1", "validation/a/1.jpg": b"2", "validation/b/1.jpg": b"1"}
        yield (files,), ["b/1.jpg"]
        yield ({"train/a/1.jpg": b"1", "validation/a/1.jpg": b"2"},), []

    def hidden(self, rng):
        head, tail = rng.bytes(3000), rng.bytes(30)  # files of one camera begin and end alike
        contents = [head + rng.bytes(50 + i // 2) + tail for i in range(40)]
        first = int(rng.integers(10, 18))
        files = {f"train/{'ab'[i % 2]}/{i:03}.jpg": contents[i] for i in range(20)}
        mixed = rng.permutation(20).tolist()
        files |= {f"validation/{'ba'[i % 2]}/{i:03}.jpg": contents[i + first] for i in mixed}
        files |= {"validation/a/100.jpg": contents[39], "validation/c/0.jpg": contents[3]}
        files |= {"train/a/101.jpg": contents[3], "validation/b/200.jpg": contents[3]}
        files |= {"train/b/102.png": contents[38], "validation/a/201.jpeg": contents[38]}
        yield (files,), shared(files, same_bytes)
        yield ({"train/a/1.jpg": b"x", "validation/a/1.jpg": b"y"},), []

    mistakes = {
        "names compared": (
            lambda files: shared(files, same_name),
            NAMES,
        ),
        "names compared within a class": (
            lambda files: shared(files, lambda a, b: same_name(a, b) and same_kind(a, b)),
            NAMES,
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
        "one ending only": (
            lambda files: shared(ending_in(".jpg", files), same_bytes),
            ENDINGS,
        ),
        "one ending only in train": (
            lambda files: shared(ending_in(".jpg", files, "train"), same_bytes),
            ENDINGS,
        ),
        "one ending only in validation": (
            lambda files: shared(ending_in(".jpg", files, "validation"), same_bytes),
            ENDINGS,
        ),
        "all of validation": (
            lambda files: shared(files, lambda a, b: True),
            "Every photograph of validation is in your list. With which files do you compare each?",
        ),
        "slash missing": (
            lambda files: [name.replace("/", "") for name in shared(files, same_bytes)],
            'Between class and name stands a slash: write each as "class/name".',
        ),
        "one for each copy": (
            each_copy,
            "A photograph with two copies in train comes twice in your list. Once is enough.",
        ),
        "the first bytes": (
            lambda files: shared(files, lambda a, b: a[2][:4] == b[2][:4]),
            "Files that begin alike are not equal files. Compare all bytes.",
        ),
        "training photographs returned": (
            lambda files: shared(files, same_bytes, of="train", among=("validation",)),
            "These are the training photographs. Return those in validation.",
        ),
        "doubles within validation": (
            lambda files: shared(files, same_bytes, among=("train", "validation")),
            "Two copies within validation are no leak. Only what is also in train counts.",
        ),
        "more than class and name": (
            when(
                lambda got, expected: (
                    [text[-len(end) :] for text, end in zip(got, expected, strict=True)] == expected
                )
            ),
            "They are the right photographs, with more before the class than belongs there. Write `class/name` alone: "
            "`path.parent.name` and `path.name` are the two.",
        ),
        "class missing": (
            lambda files: sorted(name.split("/")[1] for name in shared(files, same_bytes)),
            'The class is missing: write each as "class/name".',
        ),
    }


@beside
def described(residual_block, filters):
    """The block as a model, in plain data; what it returns, where that is no tensor of Keras."""
    import keras

    inputs = keras.Input((6, 5, filters))
    outputs = residual_block(inputs, filters)
    if not isinstance(outputs, keras.KerasTensor):
        return outputs
    return {"shape": outputs.shape, "model": models.to_data(keras.Model(inputs, outputs))}


def output(model, x, scales):
    """What a block gives where its kernels copy their input, times a scale for each; in words."""
    number = 0
    for weights in model.trainable_weights:
        copying = np.zeros(weights.shape, "float32")
        if len(weights.shape) == 4:  # the middle of each kernel passes its own channel on
            middle = weights.shape[0] // 2, weights.shape[1] // 2
            copying[middle] = scales[number % 2] * np.eye(*weights.shape[2:])
            number += 1
        weights.assign(copying)
    y = np.array(model(x, training=False))
    up = np.maximum(x, 0)
    known = {
        "nothing": 0 * x,
        "x": x,
        "relu(x)": up,
        "2x": 2 * x,
        "x + relu(x)": x + up,
        "x - relu(x)": x - up,
        "2 relu(x)": 2 * up,
    }
    return next((k for k, v in known.items() if np.allclose(v, y, atol=1e-4)), "another result")


class ResidualBlock(Exercise):
    """x plus two convolutions of x."""

    name = "residual_block"

    def look(self, residual_block, filters):
        """How it behaves with zero kernels and with kernels that copy, and which weights it has."""
        block = described(residual_block, filters)
        if not isinstance(block, dict):
            return block if block is None else unfit(block)
        facts = {"shape": list(block["shape"]), "_filters": filters}
        if facts["shape"] == [None, 6, 5, filters]:
            model = models.rebuild(block["model"])
            x = np.random.default_rng(filters).normal(size=(2, 6, 5, filters)).astype("float32")
            facts |= {
                "weights": sorted(tuple(weights.shape) for weights in model.weights),
                "a silent branch gives": output(model, x, (0, 0)),
                "a branch that copies gives": output(model, x, (1, 1)),
                "with the first kernel times -1": output(model, x, (-1, 1)),
                "with the second kernel times -1": output(model, x, (1, -1)),
            }
        return facts

    def right(self, filters):
        return {
            "shape": (None, 6, 5, filters),
            "weights": sorted([(3, 3, filters, filters), (filters,)] * 2),
            "a silent branch gives": "x",
            "a branch that copies gives": "x + relu(x)",
            "with the first kernel times -1": "relu(x)",  # x + relu(-x) is the same
            "with the second kernel times -1": "x - relu(x)",
        }

    def examples(self):
        yield (2,), self.right(2)

    def hidden(self, rng):
        for filters in (5, 1, 3, int(rng.integers(6, 20))):
            yield (filters,), self.right(filters)

    mistakes = {
        "sizes do not fit": (
            raises(
                "ValueError",
                r"incompatible shapes.*\((4, 3|2, 1), |[246], which cannot be broadcasted to [246]\b",
            ),
            'The sum does not fit: its parts differ in height and width. Use padding="same" in both convolutions.',
        ),
        "channels do not fit": (
            raises("ValueError", r"\(6, 5, \d+\) and \(6, 5, \d+\)"),
            "The sum does not fit: its parts have different numbers of channels. "
            "Both convolutions have `filters` filters.",
        ),
        **in_turn(
            {
                "concatenated": (
                    lambda got: got["shape"] == [None, 6, 5, 2 * got["_filters"]],
                    "The channels have doubled. If you put x beside the branch: "
                    "`layers.Add()` adds number to number instead.",
                ),
                "shape lost": (
                    lambda got: "weights" not in got,
                    "The shape changes. Height, width and channels must stay: "
                    'use padding="same" and `filters` filters.',
                ),
                "too few weights": (
                    lambda got: len(got["weights"]) < 4,
                    "There are fewer weights than two convolutions have, each with a kernel and a bias of its own.",
                ),
                "other weights": (
                    lambda got: (
                        len(got["weights"]) > 4
                        or any(w[:2] != [3, 3] for w in got["weights"] if len(w) == 4)
                    ),
                    "Your weights are not those of two 3 × 3 convolutions alone. "
                    "Look at the kernel sizes, and leave out any further layer with weights.",
                ),
                "skip from inside": (
                    lambda got: (
                        got["a silent branch gives"] == "nothing"
                        and got["a branch that copies gives"] == "2 relu(x)"
                    ),
                    "You add something other than the block's own input. Keep `x` and add it at the end.",
                ),
                "no skip": (
                    lambda got: got["a silent branch gives"] == "nothing",
                    "With a silent branch nothing comes out. The input must go round the "
                    "convolutions and be added.",
                ),
                "negative numbers cut off": (
                    lambda got: got["a silent branch gives"] == "relu(x)",
                    "With a silent branch, x comes out without its negative numbers. "
                    "Put no activation after the sum, and none on the x that you add.",
                ),
                "no activation between": (
                    lambda got: got["a branch that copies gives"] == "2x",
                    "Between the convolutions there is no ReLU. "
                    "Without it the two are one linear map (lesson 01).",
                ),
                "subtracted": (
                    lambda got: got["a branch that copies gives"] == "x - relu(x)",
                    "You subtract the branch from x. Add it.",
                ),
                "activation behind the second": (
                    lambda got: got["with the second kernel times -1"] == "x",
                    "The branch adds nothing negative: an activation stands behind the second "
                    "convolution. There should be none.",
                ),
                "activation before the first": (
                    lambda got: got["with the first kernel times -1"] == "x",
                    "The first convolution does not see negative numbers: an activation stands "
                    "before it. Only the one between the two is asked for.",
                ),
                "another function": (
                    lambda got: got["a branch that copies gives"] == "another result",
                    "With kernels that copy, x + ReLU(x) should come out. "
                    "Is the activation between the convolutions ReLU, and nothing else done to x?",
                ),
            }
        ),
    }
