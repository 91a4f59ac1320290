"""The exercises of lesson 13."""

from itertools import pairwise

import numpy as np

from course_lib.check import Exercise, raises, when


class StepsInAll(Exercise):
    """Batches in an epoch, rounded up, times epochs."""

    name = "steps_in_all"

    def examples(self):
        yield (60000, 100, 5), 3000
        yield (250, 100, 2), 6
        yield (50, 100, 3), 3
        yield (170, 100, 4), 8

    def hidden(self, rng):
        yield (64, 64, 7), 7
        yield (65, 64, 7), 14
        yield (1, 100, 1), 1
        for size in (30, 75):
            full, rest, epochs = (int(rng.integers(low, size // 3)) for low in (5, 1, 3))
            yield (full * size + rest, size, epochs), (full + 1) * epochs
            yield (full * size, size, epochs), full * epochs

    def hidden_inputs(self, draw):
        samples, size, epochs = draw.whole(1, 999), draw.whole(1, 99), draw.whole(1, 9)
        return (samples, size, epochs), self.reference(samples, size, epochs)

    @staticmethod
    def reference(samples, batch_size, epochs):
        return -(-samples // batch_size) * epochs

    kinds = {
        "the last batch of an epoch is smaller": lambda samples, size, epochs: samples % size > 0,
        "all batches are full": lambda samples, size, epochs: samples % size == 0,
        "there are fewer samples than a batch holds": lambda samples, size, epochs: samples < size,
        "there is more than one full batch": lambda samples, size, epochs: samples // size > 1,
    }
    mistakes = {
        "last batch lost": (
            lambda n, b, e: e * (n // b),
            "The last, smaller batch is a step as well. Round up.",
        ),
        "rounded at the end": (
            lambda n, b, e: -(-(e * n) // b),
            "An epoch ends with its own last batch. Round up for one epoch, then multiply.",
        ),
        "not a whole number": (
            lambda n, b, e: e * n / b,
            "A part of a step does not exist. Round the batches of an epoch up.",
        ),
        "one too many": (
            lambda n, b, e: e * (n // b + 1),
            "Where the batches fit exactly, there is no further one. 60,000 / 100 is 600, not 601.",
        ),
        "added": (
            lambda n, b, e: -(-n // b) + e,
            "You add the epochs to the batches of one epoch. Multiply them.",
        ),
        "one step in all": (
            lambda n, b, e: n // b * e + (n % b > 0),
            "You add one step at the end. Every epoch has a smaller last batch of its own.",
        ),
        "one epoch": (lambda n, b, e: -(-n // b), "That is one epoch. Multiply by `epochs`."),
        "rounded to the nearest": (
            lambda n, b, e: e * round(n / b),
            "`round` loses a small last batch. Round up, always.",
        ),
        "the small batch alone": (
            lambda n, b, e: e * (n % b),
            "`%` gives the rows that are left over. Count the batches.",
        ),
    }


class KernelToRows(Exercise):
    """A kernel (H, W, C, F) as a matrix (F, C·H·W)."""

    name = "kernel_to_rows"

    def examples(self):
        yield (np.arange(12.0).reshape(1, 3, 2, 2),), [[0, 4, 8, 2, 6, 10], [1, 5, 9, 3, 7, 11]]
        kernel = np.arange(2 * 3 * 2 * 4.0).reshape(2, 3, 2, 4)
        rows = [
            [kernel[h, w, c, f] for c in range(2) for h in range(2) for w in range(3)]
            for f in range(4)
        ]
        yield (kernel,), rows

    def hidden(self, rng):
        for shape in ((3, 2, 4, 5), (3, 3, 1, 3), rng.permutation([2, 3, 4, 5])):
            kernel = rng.normal(size=shape)
            yield (kernel,), np.einsum("hwcf->fchw", kernel).reshape(shape[3], -1)

    def hidden_inputs(self, draw):
        kernel = draw.array(draw.shape(4, 4), -9, 9)
        return (kernel,), self.reference(kernel)

    @staticmethod
    def reference(kernel):
        return np.transpose(kernel, (3, 2, 0, 1)).reshape(kernel.shape[3], -1)

    mistakes = {
        "reshape only": (
            lambda k: k.reshape(k.shape[3], -1),
            "`reshape` cuts the numbers in the order in which they lie. Move the axes first, to F, C, H, W.",
        ),
        "channels last": (
            lambda k: k.transpose(3, 0, 1, 2).reshape(k.shape[3], -1),
            "The filters are right, but the channels still come last in each row. Put C before H and W.",
        ),
        "width before height": (
            lambda k: k.transpose(3, 2, 1, 0).reshape(k.shape[3], -1),
            "Height and width are swapped. `.T` turns all axes round; you want F, C, H, W.",
        ),
        "not flattened": (
            lambda k: k.transpose(3, 2, 0, 1),
            "The axes stand right. Now flatten the last three: `.reshape(kernel.shape[3], -1)`.",
        ),
        "filters in columns": (
            lambda k: k.transpose(2, 0, 1, 3).reshape(-1, k.shape[3]),
            "Each filter is a column. SystemDS wants it as a row.",
        ),
    }


class DenseRows(Exercise):
    """The rows of a Dense matrix, moved from (H, W, C) to (C, H, W)."""

    name = "dense_rows"

    def examples(self):
        rows = np.arange(12.0)[:, None] * [1, 10]  # 12 inputs (2 × 3 pixels, 2 channels), 2 units
        yield (np.arange(4.0)[:, None], 1, 2, 2), [[0], [2], [1], [3]]
        yield (rows, 2, 3, 2), rows[[0, 2, 4, 6, 8, 10, 1, 3, 5, 7, 9, 11]]

    def hidden(self, rng):
        drawn = rng.permutation([2, 3, 4, 5]).tolist()
        for h, w, c, units in ((3, 4, 5, 7), (4, 2, 3, 1), drawn):
            matrix = rng.normal(size=(h * w * c, units))
            yield (matrix, h, w, c), np.concatenate([matrix[channel::c] for channel in range(c)])

    def hidden_inputs(self, draw):
        h, w, c, units = draw.shape(4, 4)
        matrix = draw.array((h * w * c, units), -9, 9)
        return (matrix, h, w, c), self.reference(matrix, h, w, c)

    @staticmethod
    def reference(matrix, height, width, channels):
        return np.concatenate([matrix[channel::channels] for channel in range(channels)])

    mistakes = {
        "unchanged": (
            lambda m, h, w, c: m,
            "The rows come back as they were; `reshape` alone moves none. Cut into (H, W, C, units), then `transpose`.",
        ),
        "the way back": (
            lambda m, h, w, c: m.reshape(c, h, w, -1).transpose(1, 2, 0, 3).reshape(len(m), -1),
            "You go from channels first to channels last. The other way is asked.",
        ),
        "units moved": (
            lambda m, h, w, c: m.reshape(h, w, c, -1).transpose(3, 2, 0, 1).reshape(len(m), -1),
            "The units moved too. Keep them as the last axis; only rows change places.",
        ),
        "width before height": (
            lambda m, h, w, c: m.reshape(h, w, c, -1).transpose(2, 1, 0, 3).reshape(len(m), -1),
            "Height and width are swapped. The order is channel, height, width.",
        ),
        "not flat again": (
            lambda m, h, w, c: m.reshape(h, w, c, -1).transpose(2, 0, 1, 3),
            "The order is right. Make it a matrix again: `.reshape(len(matrix), -1)`.",
        ),
    }


def spans(sizes):
    """Sizes → (first, last) of each."""
    ends = np.cumsum([0, *sizes]).tolist()
    return list(pairwise(ends))


def right_shards(n, k):
    return spans([n // k + (i < n % k) for i in range(k)])


def rounded_up(n, k):
    """As long as the longest, until the rows end; further workers get an empty shard."""
    size = -(-n // k)
    return [(min(i * size, n), min((i + 1) * size, n)) for i in range(k)]


def used(shards):
    """Without the empty ones."""
    return [(a, b) for a, b in shards if a < b]


def in_order(shards):
    """Whether no shard ends before it begins."""
    return all(a <= b for a, b in shards)


ROUNDED_UP = (
    "Every shard is as long as the longest, so little is left for the last one. Round down, and give one row "
    "more to each of the first shards until none is left over."
)


class SplitShards(Exercise):
    """Shards of equal size, the first ones longer by one row."""

    name = "split_shards"

    def examples(self):
        yield (10, 3), [(0, 4), (4, 7), (7, 10)]
        yield (8, 2), [(0, 4), (4, 8)]
        yield (11, 4), [(0, 3), (3, 6), (6, 9), (9, 11)]
        yield (2, 3), [(0, 1), (1, 2), (2, 2)]

    def hidden(self, rng):
        drawn = []
        for k in (6, int(rng.integers(7, 12))):
            size, rest = int(rng.integers(20, 300)), int(rng.integers(2, k - 1))
            drawn.append((k * size + rest, k))
        for n, k in [(1347, 4), (5, 5), (3, 1), (17, 6), (3, 5), (1, 4), *drawn]:
            yield (n, k), right_shards(n, k)

    def hidden_inputs(self, draw):
        rows, workers = draw.whole(1, 99), draw.whole(1, 12)
        return (rows, workers), right_shards(rows, workers)

    reference = staticmethod(lambda rows, workers: right_shards(rows, workers))

    kinds = {
        "the rows cannot be shared out evenly": lambda rows, workers: rows % workers > 0,
        "there are fewer rows than workers": lambda rows, workers: rows < workers,
        "there are at least as many rows as workers": lambda rows, workers: rows >= workers,
    }
    mistakes = {
        "rows in full": (
            when(lambda got, expected: got == [list(range(*part)) for part in expected]),
            "You list the rows of each shard. Give two numbers for each: its first row, and the row behind its last.",
        ),
        "fractions of rows": (
            when(lambda got: any(float(number) % 1 for part in got for number in part)),
            "Rows cannot be cut: `first` and `last` are whole numbers. `//` and `%` give whole numbers.",
        ),
        "rows lost": (
            lambda n, k: spans([n // k] * k),
            "The last rows belong to nobody. Give one row more to each of the first shards until none is left over: "
            "of 10 rows for 3 workers, the first gets 4.",
        ),
        "last takes the rest": (
            lambda n, k: spans([n // k] * (k - 1) + [n // k + n % k]),
            "The last shard takes all that is left over. Give one row more to each of the first shards instead.",
        ),
        "rounded up": (rounded_up, ROUNDED_UP),
        "rounded up, fewer shards": (lambda n, k: used(rounded_up(n, k)), ROUNDED_UP),
        "empty shards lost": (
            lambda n, k: used(right_shards(n, k)),
            "Every worker gets a shard, also where it is empty. Give as many pairs as there are workers.",
        ),
        "an index out of range": (
            raises("IndexError", "out of (bounds|range)"),
            "An index is out of range. If this happens only with fewer rows than workers: an empty shard has no first "
            "and no last row to look at.",
        ),
        "first and length": (
            lambda n, k: [(a, b - a) for a, b in right_shards(n, k)],
            "You give the first row and the *number* of rows. Give the first row and the row behind the last.",
        ),
        "ends swapped": (
            lambda n, k: [(b, a) for a, b in right_shards(n, k)],
            "Each pair is the wrong way round. `first` comes first.",
        ),
        "gaps": (
            when(lambda got: in_order(got) and any(b + 1 < c for (_, b), (c, _) in pairwise(got))),
            "Rows between two shards belong to nobody. A shard begins where the one before it ends.",
        ),
        "overlap": (
            when(lambda got: in_order(got) and any(b > c for (_, b), (c, _) in pairwise(got))),
            "Some rows are in two shards. A shard begins where the one before it ends.",
        ),
        "counted from 1": (
            lambda n, k: [(a + 1, b + 1) for a, b in right_shards(n, k)],
            "You count rows from 1. Python counts from 0.",
        ),
        "last row included": (
            lambda n, k: [(a, b - 1) for a, b in right_shards(n, k)],
            "`last` is the row behind the shard, as in `rows[first:last]`.",
        ),
        "sizes": (
            lambda n, k: [b - a for a, b in right_shards(n, k)],
            "These are sizes. Give (first, last) for each.",
        ),
        "longer ones last": (
            lambda n, k: [(i * n // k, (i + 1) * n // k) for i in range(k)],
            "Nothing is lost, and the sizes are right; but the longer shards should come first.",
        ),
    }


def summed(weights, rows):
    return [
        sum(n * a for n, a in zip(rows, arrays, strict=True))
        for arrays in zip(*weights, strict=True)
    ]


def averaged(weights, rows):
    return [total / sum(rows) for total in summed(weights, rows)]


class AverageWeights(Exercise):
    """The mean of the workers' arrays, weighted by rows."""

    name = "average_weights"
    rtol, atol = 1e-5, 1e-6  # a model's weights have 32 bits

    def examples(self):
        one = [[np.array([1.0])], [np.array([4.0])]]
        two = [
            [np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([10.0, 20.0])],
            [np.array([[5.0, 6.0], [7.0, 8.0]]), np.array([50.0, 60.0])],
        ]
        yield (one, [200, 100]), [[2.0]]
        yield (two, [300, 100]), [[[2, 3], [4, 5]], [20, 30]]
        yield ([*one, [np.array([10.0])]], [1, 2, 1]), [[4.75]]

    def hidden(self, rng):
        drawn = rng.choice(np.arange(5, 200), 3, replace=False).tolist()
        for rows in ([10, 20, 70], [5], [1, 1, 1, 1], drawn):
            weights = [
                [rng.normal(size=shape) for shape in ((3, 4), 4, (2, 2, 1, 3))] for _ in rows
            ]
            yield (weights, rows), averaged(weights, rows)
        single = [[array.astype("float32") for array in worker] for worker in weights]
        yield (single, drawn), averaged(weights, drawn)

    def hidden_inputs(self, draw):
        shapes = draw.items(lambda: draw.shape(draw.whole(1, 4), 3), 1, 3)
        weights = draw.items(lambda: [draw.array(shape, -4, 4) for shape in shapes], 1, 4)
        rows = [draw.whole(1, 500) for _ in weights]
        return (weights, rows), averaged(weights, rows)

    reference = staticmethod(averaged)

    @staticmethod
    def steps(weights, rows):
        return {"each worker's share of the rows": np.divide(rows, sum(rows))}

    kinds = {
        "the workers have different numbers of rows": lambda weights, rows: len(set(rows)) > 1,
        "there are more than two workers": lambda weights, rows: len(rows) > 2,
        "a worker has more than one array": lambda weights, rows: len(weights[0]) > 1,
    }
    mistakes = {
        "rows ignored": (
            lambda ws, rows: averaged(ws, [1] * len(ws)),
            "Each worker counts the same. A worker with twice the rows counts twice.",
        ),
        "not divided": (
            summed,
            "You weight by rows. Divide by all rows together as well.",
        ),
        "divided by workers": (
            lambda ws, rows: [s / len(rows) for s in summed(ws, rows)],
            "You divide by the number of workers. Divide by all rows together, `sum(rows)`.",
        ),
        "added, not averaged": (
            lambda ws, rows: summed(ws, [1] * len(ws)),
            "You add the workers' arrays. Weight each by its rows, and divide by all rows together.",
        ),
        "multiplied by rows": (
            lambda ws, rows: [total * sum(rows) for total in summed(ws, rows)],
            "You multiply by the number of all rows. Divide by it.",
        ),
        "shares turned round": (
            lambda ws, rows: summed(ws, [sum(rows) / n for n in rows]),
            "A worker's share is its rows divided by all rows, not the other way round.",
        ),
        "all are 0": (
            lambda ws, rows: summed(ws, [n // sum(rows) for n in rows]),
            "Every number is 0. Does `//` drop the fraction of a worker's share? Divide with `/`.",
        ),
        "last worker only": (
            lambda ws, rows: [rows[-1] * array / sum(rows) for array in ws[-1]],
            "Only the last worker counts. Does each round of the loop overwrite the one before? "
            "Begin at 0 for each array, and add up.",
        ),
        "per worker": (
            lambda ws, rows: [np.mean([np.mean(a) for a in w]) for w in ws],
            "You average inside a worker. Average the same array over all workers.",
        ),
        "arrays of other shapes": (
            raises("ValueError", "inhomogeneous"),
            "The arrays of one worker have different shapes: they fit into no common array. Go array by array.",
        ),
        "two workers only": (
            lambda ws, rows: averaged(ws[:2], rows[:2]),
            "There may be any number of workers, not two.",
        ),
    }


def gradients(w, shards):
    return [np.mean(2 * x * (w * x - y)) for x, y in shards]


def shared(w, shards):
    """The gradient of all rows together."""
    return np.average(gradients(w, shards), weights=[len(x) for x, _ in shards])


def counted_twice(w, shards):
    """As if the sum over a shard's rows were weighted by their number once more."""
    sizes = [len(x) for x, _ in shards]
    return np.average(np.multiply(sizes, gradients(w, shards)), weights=sizes)


def mean_of_all(shards, term):
    """The mean of a term over all rows together."""
    return np.mean(np.concatenate([term(x, y) for x, y in shards]))


def one_after_another(w, shards, rate, weighted):
    rows = sum(len(x) for x, _ in shards)
    for x, y in shards:
        share = len(x) / rows if weighted else 1 / len(shards)
        w = w - rate * np.mean(2 * x * (w * x - y)) * share
    return w


class AllReduceStep(Exercise):
    """One step with the gradients of all workers, weighted by rows."""

    name = "all_reduce_step"
    rtol = atol = 1e-5  # an answer may compute in 32 bits

    def examples(self):
        one = np.array([1.0]), np.array([1.0])
        more = np.array([1.0, 1.0]), np.array([4.0, 4.0])
        uneven = [
            (np.array([1.0, 2.0, 3.0]), np.array([2.0, 3.0, 7.0])),
            (np.array([2.0]), np.array([0.0])),
            (np.array([1.0, 1.0]), np.array([0.0, 3.0])),
        ]
        yield (0.0, [one, more], 0.5), 3.0
        yield (1.0, uneven, 0.2), 1.8

    def hidden(self, rng):
        drawn = rng.choice(np.arange(1, 30), 4, replace=False)
        for sizes in ([5, 1, 9], [4], [3, 3], drawn):
            shards = [tuple(rng.normal(size=(2, n))) for n in sizes]
            w, rate = rng.normal(), rng.uniform(0.1, 0.4)
            yield (w, shards, rate), w - rate * shared(w, shards)

    def hidden_inputs(self, draw):
        shards = []
        for n in draw.items(lambda: draw.whole(1, 9), 1, 5):
            shards.append((draw.array((n,), -4, 4), draw.array((n,), -9, 9)))
        w, rate = draw.number(-4, 4), draw.number(0, 0.5)
        return (w, shards, rate), self.reference(w, shards, rate)

    @staticmethod
    def reference(w, shards, rate):
        return w - rate * shared(w, shards)

    @staticmethod
    def steps(w, shards, rate):
        return {"each worker's gradient": gradients(w, shards), "of all rows": shared(w, shards)}

    kinds = {
        "the weight is not 0": lambda w, shards, rate: w != 0,
        "the shards are of different sizes": lambda w, shards, rate: (
            len({len(x) for x, _ in shards}) > 1
        ),
    }
    mistakes = {
        "both faults": (
            lambda w, s, rate: one_after_another(w, s, rate, weighted=False),
            "Nothing has changed yet. Which `w` does the second worker use? How many rows does each have?",
        ),
        "moved on between workers": (
            lambda w, s, rate: one_after_another(w, s, rate, weighted=True),
            "The weighting is right. But the second worker already sees the moved `w`: collect all gradients first.",
        ),
        "mean of means": (
            lambda w, s, rate: w - rate * np.mean(gradients(w, s)),
            "All workers see the same `w` now. But a shard with more rows must count more.",
        ),
        "sum of gradients": (
            lambda w, s, rate: w - rate * np.sum(gradients(w, s)),
            "The workers' gradients are added: the step grows with the number of workers. "
            "Take their mean, in which each worker counts as much as it has rows.",
        ),
        "two forgotten": (
            lambda w, s, rate: w - rate * shared(w, s) / 2,
            "Half the step. The derivative of (w·x − y)² begins with a 2.",
        ),
        "sum over rows": (
            lambda w, s, rate: w - rate * shared(w, s) * sum(len(x) for x, _ in s),
            "You add over all rows and do not divide. The loss is a *mean*: divide by the number of rows.",
        ),
        "uphill": (
            lambda w, s, rate: w + rate * shared(w, s),
            "The step goes up the slope. Subtract.",
        ),
        "divided twice": (
            lambda w, s, rate: w - rate * shared(w, s) / len(s),
            "That is divided once more by the number of workers. Dividing by all rows is enough.",
        ),
        "sum over rows, divided by workers": (
            lambda w, s, rate: w - rate * shared(w, s) * sum(len(x) for x, _ in s) / len(s),
            "You add over all rows and divide by the number of workers. Divide by the number of rows.",
        ),
        "means divided by rows": (
            lambda w, s, rate: w - rate * np.sum(gradients(w, s)) / sum(len(x) for x, _ in s),
            "You add the workers' means and divide by the number of rows. Multiply each mean by its rows first.",
        ),
        "multiplied by rows": (
            lambda w, s, rate: w - rate * shared(w, s) * sum(len(x) for x, _ in s) ** 2,
            "You multiply by the number of rows. Divide by it.",
        ),
        "label added": (
            lambda w, s, rate: w - rate * shared(w, [(x, -y) for x, y in s]),
            "You add y to the prediction. The error is w·x − y.",
        ),
        "label left out": (
            lambda w, s, rate: w - rate * shared(w, [(x, 0 * y) for x, y in s]),
            "y is missing. The error is w·x − y.",
        ),
        "no factor 2·x": (
            lambda w, s, rate: w - rate * mean_of_all(s, lambda x, y: w * x - y),
            "That is the mean error. The derivative of (w·x − y)² has a factor 2·x as well.",
        ),
        "no factor x": (
            lambda w, s, rate: w - rate * mean_of_all(s, lambda x, y: 2 * (w * x - y)),
            "The factor x is missing: the derivative of (w·x − y)² is 2·x·(w·x − y).",
        ),
        "rate added": (
            lambda w, s, rate: w - rate / sum(len(x) for x, _ in s) - shared(w, s),
            "You add the rate to the sum over the rows. Multiply them.",
        ),
        "divided by the gradient": (
            lambda w, s, rate: w - rate / shared(w, s) / sum(len(x) for x, _ in s) ** 2,
            "You divide the rate by the gradient. Multiply them.",
        ),
        "divided by the mean gradient": (
            lambda w, s, rate: w - rate / shared(w, s),
            "You divide the rate by the gradient. Multiply them.",
        ),
        "prediction left out": (
            lambda w, s, rate: w - rate * mean_of_all(s, lambda x, y: 2 * x * y),
            "The prediction w·x is missing. The error is w·x − y.",
        ),
        "weight left out": (
            lambda w, s, rate: w - rate * mean_of_all(s, lambda x, y: 2 * x * (x - y)),
            "The weight is missing from the prediction. The error is w·x − y, not x − y.",
        ),
        "counted twice": (
            lambda w, s, rate: w - rate * counted_twice(w, s),
            "A shard's rows count twice: in its sum, and where you multiply that by their number. Multiply its mean.",
        ),
        "rate left out": (
            lambda w, s, rate: w - shared(w, s),
            "You move by the whole gradient. Multiply it by `rate`.",
        ),
        "the move alone": (
            lambda w, s, rate: -rate * shared(w, s),
            "You give the move. Add it to `w`.",
        ),
        "rate times gradient alone": (
            lambda w, s, rate: rate * shared(w, s),
            "You give `rate` times the gradient. Subtract it from `w`.",
        ),
        "first worker only": (
            lambda w, s, rate: w - rate * gradients(w, s)[0],
            "Only the first worker's gradient is used. Does `return` stand inside the loop? "
            "Collect the gradients of all workers first.",
        ),
        "last worker only": (
            lambda w, s, rate: w - rate * gradients(w, s)[-1],
            "Only the last worker's gradient is used. Does each round of the loop overwrite the one before? "
            "Collect the gradients of all workers.",
        ),
    }


def pays(startup, saved):
    """The first whole number of rows that saves more than the start costs; None where a row saves nothing."""
    return int(startup // saved) + 1 if saved > 0 else None


class unguarded(when):
    """Where a row saves nothing, some number comes back, or a division by zero fails."""

    def __init__(self):
        super().__init__(lambda got, expected: expected is None and abs(got) > 0)
        self.by_zero = raises("ZeroDivisionError", r"by zero|Fraction\(.*, 0\)")

    def fits(self, outcome, expected):
        return self.by_zero.fits(outcome, expected) or super().fits(outcome, expected)


class RowsThatPay(Exercise):
    """The smallest number of rows for which the cluster is faster."""

    name = "rows_that_pay"

    def examples(self):
        yield (10, 0.25, 1, 2), 41
        yield (31, 0.5, 4, 4), 13
        yield (5, 1, 0.5, 100), None
        yield (20, 0.25, 1, 1), None
        yield (9, 0.5, 1, 2), None
        yield (1000, 0.25, 1, 2), 4001
        yield (9.2, 0.25, 1, 2), 37

    def hidden(self, rng):
        yield (8, 0.125, 0.5, 4), 33
        yield (7, 0.5, 2, 8), 6
        yield (0, 0.5, 2, 8), 1
        yield (6, 0.75, 1, 4), None
        yield (100, 3, 2, 16), None
        yield (9000, 0.5, 1.5, 2), 36001
        for workers in (4, 8, 16):
            share = int(rng.integers(2, 9))  # all times are eighths of a second: no rounding
            saved = int(rng.integers(1, share * (workers - 1)))
            move, n = share * (workers - 1) - saved, int(rng.integers(5, 40))
            for startup in (n * saved, (n + 0.5) * saved):
                yield (startup / 8, move / 8, share * workers / 8, workers), n + 1

    def hidden_inputs(self, draw):
        move, compute, workers = (
            draw.whole(0, 40) / 16,
            draw.whole(1, 40) / 8,
            2 ** draw.whole(0, 4),
        )
        startup = draw.whole(0, 80) / 8  # all that is reckoned with them is exact
        return (startup, move, compute, workers), self.reference(startup, move, compute, workers)

    @staticmethod
    def reference(startup, move, compute, workers):
        return pays(startup, compute - move - compute / workers)

    kinds = {
        "it never pays": lambda s, m, c, k: m + c / k >= c,
        "it pays from some number of rows on": lambda s, m, c, k: m + c / k < c,
        "the start-up is a whole multiple of what a row saves": lambda s, m, c, k: (
            m + c / k < c and s % (c - m - c / k) == 0
        ),
        "the start-up is no whole multiple of what a row saves": lambda s, m, c, k: (
            m + c / k < c and s % (c - m - c / k) != 0
        ),
    }
    mistakes = {
        "travel forgotten": (
            lambda s, m, c, k: pays(s, c - c / k),
            "You leave `move` out. Every row has to travel, on the cluster only.",
        ),
        "as fast, not faster": (
            lambda s, m, c, k: int(np.ceil(s / (c - m - c / k))) if c - m - c / k > 0 else None,
            "Where the start-up is a whole multiple of what a row saves, both take the same time at your number: "
            "give one row more there. Elsewhere your number is right.",
        ),
        "travel is shared": (
            lambda s, m, c, k: pays(s, c - (m + c) / k),
            "You share the travel among the workers. Only the computing is shared here.",
        ),
        "no look at the sign": (
            unguarded(),
            "Where a row costs as much on the cluster as alone, or more, no number of rows helps. Look at that before "
            "you divide, and return `None`.",
        ),
        "rounded to the nearest": (
            lambda s, m, c, k: round(s / (c - m - c / k)) + 1 if c - m - c / k > 0 else None,
            "You round to the nearest whole number, and go one too far where that is up. Round down, then add 1.",
        ),
        "no number found": (
            when(lambda got, expected: got is None and expected is not None),
            "You return `None` though the cluster is faster from some number on. Look at your condition for `None`, "
            "or for a loop that ends too early.",
        ),
        "turned round": (
            when(lambda got, expected: (got is None) != (expected is None)),
            "You return `None` where the cluster helps, and a number where it does not. Is your comparison "
            "turned round, or what it compares?",
        ),
        "below one": (
            when(lambda got, expected: expected is not None and got < 1),
            "Less than one row comes back: in your division the start-up, or what a row saves, has the wrong sign. "
            "A row saves what it costs alone, less what it costs on the cluster.",
        ),
        "zero for never": (
            lambda s, m, c, k: pays(s, c - m - c / k) or 0,
            "No number of rows helps here. 0 rows would mean that it always pays: return `None`.",
        ),
        "not a whole number": (
            lambda s, m, c, k: s / (c - m - c / k) if c - m - c / k > 0 else None,
            "A part of a row does not exist. Round down and add 1: at a whole number both still take the same time.",
        ),
    }
