"""The exercises of lesson 5."""

import numpy as np

from course_lib import activations, images
from course_lib.check import Exercise, raises


def naive(z):
    return np.exp(z) / np.exp(z).sum(axis=-1, keepdims=True)


def softmax_over(z, axis, keepdims=True):
    """Softmax over another axis; None: over all numbers. Without keepdims the sum loses its axis."""
    e = np.exp(z - z.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=keepdims)


class Softmax(Exercise):
    """Softmax over the last axis, without overflow."""

    name = "softmax"
    rtol, atol = 1e-5, 1e-7  # an answer may compute in 32 bits

    def examples(self):
        rows = np.array([[1.0, 3.0], [0.5, -2.0]])
        far = np.array([[1000.0, 998.0], [-1000.0, -1000.0]])
        cube = np.array([[[0.0, 1.0], [2.0, -1.0]], [[0.5, 0.0], [-3.0, 1.0]]])
        for z in (rows, far, cube, np.array([0.0, 1.0, -1000.0])):
            yield (z,), activations.softmax(z)

    def hidden(self, rng):
        shapes = [(4,), (1,), (3, 5), (5, 3), (2, 3, 4), (2, 1, 3, 2)]
        drawn = [rng.normal(size=shape) * 3 for shape in shapes]
        drawn.append(rng.integers(-1000, 1001, (3, 4)).astype(float))  # whole: exact in 32 bits
        corners = np.array([[700.0, 710.0, 720.0], [-900.0, -1000.0, -901.0]])
        for z in (*drawn, np.array([-1000.0, 1000.0, 999.0]), corners):
            yield (z,), activations.softmax(z)

    mistakes = {
        "overflow": (
            naive,
            "`np.exp(1000)` is inf. Subtract the largest entry of each row before you take the exponential.",
        ),
        "axis 0": (
            lambda z: softmax_over(z, 0),
            "You normalise over axis 0, down the columns. Each row is one answer: use axis=-1.",
        ),
        "all numbers together": (
            lambda z: softmax_over(z, None),
            "The whole array adds up to 1. Every row should: sum over the last axis only, and keep it (keepdims=True).",
        ),
        "one maximum for all": (
            lambda z: naive(z - z.max()),
            "You subtract the largest number of all. A row far below it becomes 0/0. Use each row's own maximum.",
        ),
        "not divided": (
            lambda z: np.exp(z - z.max(axis=-1, keepdims=True)),
            "You have the powers. Divide each by the sum of its row.",
        ),
        "second axis": (
            raises("AxisError", ""),
            "A one-dimensional array has no axis 1. The last axis is always axis=-1.",
        ),
        "log softmax": (
            lambda z: np.log(activations.softmax(z)),
            "That is the logarithm of the shares. Softmax itself has no logarithm.",
        ),
        "sign": (
            lambda z: activations.softmax(-z),
            "Your largest logit gets the smallest share. Check the sign of the exponent.",
        ),
        "axis 1": (
            lambda z: softmax_over(z, min(1, z.ndim - 1)),
            "In an array of three dimensions axis 1 is not the last one. Use axis=-1.",
        ),
        "axis lost": (
            lambda z: softmax_over(z, -1, keepdims=False),
            "The sum has lost its axis, so NumPy divides columns, not rows. Keep it: keepdims=True.",
        ),
        "shapes": (
            raises("ValueError", ""),
            "The shapes do not fit. A maximum or a sum loses its axis unless you write keepdims=True.",
        ),
    }


def divided_by_columns(z):
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=0, keepdims=True)


class Soften(Exercise):
    """Softmax of the logits divided by a temperature, row by row."""

    name = "soften"
    rtol, atol = 1e-5, 1e-7

    def examples(self):
        z = np.array([[1.0, 3.0, 0.0], [0.5, -2.0, 1.0], [0.0, 0.25, -1.0]])
        for t in (1.0, 2.0, 0.5):
            yield (z, t), activations.softmax(z / t)

    def hidden(self, rng):
        far = np.array([[1000.0, 990.0], [-1000.0, -990.0], [0.0, 5.0]])
        for t in (0.3, 1.0, rng.uniform(2, 10)):
            for z in (rng.normal(size=(4, 6)) * 3, rng.normal(size=(1, 6)) * 3, far):
                yield (z, t), activations.softmax(z / t)

    mistakes = {
        "not mended": (
            lambda z, t: divided_by_columns(z * t),
            "Both faults are still there. Try one image, then T = 10, and look at each line.",
        ),
        "temperature multiplied": (
            lambda z, t: activations.softmax(z * t),
            "The rows are right now. But heat should even out the shares: the logits are *divided* by T.",
        ),
        "axis 0": (
            lambda z, t: divided_by_columns(z / t),
            "The temperature is right now. But the sum runs over axis 0, down the columns. Each row must add up to 1.",
        ),
        "all along axis 0": (
            lambda z, t: softmax_over(z / t, 0),
            "You take maximum and sum down the columns. Each row is one image: use axis=-1.",
        ),
        "probabilities divided": (
            lambda z, t: activations.softmax(z) / t,
            "You divide the probabilities by T, so they no longer add up to 1. Divide the logits.",
        ),
        "temperature unused": (
            lambda z, t: activations.softmax(z),
            "The result does not change with the temperature.",
        ),
        "temperature added": (
            lambda z, t: activations.softmax(z + t),
            "The result does not change with the temperature: adding one number to all logits does nothing. Divide.",
        ),
    }


class OneHot(Exercise):
    """One row per label: 1 at the label's place, 0 elsewhere."""

    name = "one_hot"

    def examples(self):
        for labels in ([1, 0, 3, 1], [2, 2, 4, 1], [3]):
            yield (np.array(labels), 6), np.eye(6)[labels]

    def hidden(self, rng):
        corners = [(np.array([0, 0, 0]), 2), (np.array([0]), 1), (np.arange(5)[::-1], 7)]
        for labels, classes in (*corners, (rng.integers(0, 10, 5), 10), (rng.integers(0, 4, 3), 9)):
            yield (labels, classes), np.eye(classes)[labels]

    mistakes = {
        "counted from 1": (
            lambda y, k: np.eye(k)[y - 1],
            "Your 1 stands one place too far left. The first place belongs to label 0.",
        ),
        "one place too far right": (
            lambda y, k: np.eye(k)[(y + 1) % k],
            "Your 1 stands one place too far right. The first place belongs to label 0.",
        ),
        "transposed": (
            lambda y, k: np.eye(k)[y].T,
            "Rows and columns are swapped: one row per label, one column per class.",
        ),
        "classes from the labels": (
            lambda y, k: np.eye(y.max() + 1)[y],
            "You count the classes in the labels. A class may be absent from a batch: use `classes`.",
        ),
        "label in place of 1": (
            lambda y, k: np.eye(k)[y] * y[:, None],
            "You write the label at its place. Write a 1.",
        ),
        "label 0 lost": (
            lambda y, k: np.eye(k)[y] * (y[:, None] > 0),
            "A label 0 has an empty row. It gets a 1 in the first place.",
        ),
        "rows by position": (
            lambda y, k: np.eye(len(y), k),
            "The 1 of row i stands at place i. It should stand at place labels[i].",
        ),
        "every label in every row": (
            lambda y, k: np.tile(np.eye(k)[y].max(axis=0), (len(y), 1)),
            "Every row has the 1s of all labels: whole columns are filled. `a[np.arange(n), labels]` pairs them.",
        ),
        "all but the label": (lambda y, k: 1 - np.eye(k)[y], "0 and 1 are swapped."),
    }


def of_true_class(p, y):
    """Each row's probability of the true class, at least 1e-7."""
    return np.maximum(p, 1e-7)[np.arange(len(y)), y]


class CrossEntropy(Exercise):
    """The mean of −log of the true class's probability."""

    name = "cross_entropy"
    rtol, atol = 1e-4, 1e-5

    def examples(self):
        p = np.array([[0.5, 0.25, 0.25], [0.125, 0.125, 0.75], [0.4, 0.1, 0.5]])
        zero = np.array([[0.25, 0.75, 0.0], [0.5, 0.0, 0.5]])
        yield (p, np.array([0, 2, 1])), -np.log([0.5, 0.75, 0.1]).mean()
        yield (p, np.array([1, 1, 0])), -np.log([0.25, 0.125, 0.4]).mean()
        yield (zero, np.array([0, 1])), -np.log([0.25, 1e-7]).mean()

    def hidden(self, rng):
        for n, k in [(1, 2), (1, 5), (8, 3), (40, 10), (5, 5)]:
            p = rng.dirichlet(np.ones(k), size=n) * 0.9 + 0.1 / k
            y = rng.integers(0, k, n)
            yield (p, y), -np.log(of_true_class(p, y)).mean()
        yield (np.eye(4), np.array([3, 1, 2, 3])), -np.log(1e-7) / 4

    mistakes = {
        "sum": (
            lambda p, y: -np.log(of_true_class(p, y)).sum(),
            "You add up the rows. Take their mean, so that the number does not grow with the batch.",
        ),
        "sign": (
            lambda p, y: np.log(of_true_class(p, y)).mean(),
            "Your number is negative: the minus sign is missing.",
        ),
        "log of 0": (
            lambda p, y: -np.log(p[np.arange(len(y)), y]).mean(),
            "One true class has probability 0, and log 0 is −inf. Raise small probabilities to 1e-7 first.",
        ),
        "0 times infinity": (
            lambda p, y: -(np.eye(p.shape[1])[y] * np.log(p)).sum(axis=1).mean(),
            "Somewhere a probability is 0, and log 0 is −inf. Raise small probabilities to 1e-7 first.",
        ),
        "mean over all numbers": (
            lambda p, y: -np.log(of_true_class(p, y)).mean() / p.shape[1],
            "You divide by the number of classes as well. Sum over the classes, then take the mean over the rows.",
        ),
        "every label in every row": (
            lambda p, y: -np.log(np.maximum(p, 1e-7)[:, y]).mean(),
            "`p[:, labels]` takes all labels from every row. `p[np.arange(n), labels]` pairs rows with labels.",
        ),
        "all classes": (
            lambda p, y: -np.log(np.maximum(p, 1e-7)).sum(axis=1).mean(),
            "You count all classes, whatever the labels are. Only the true class counts.",
        ),
        "log of the mean": (
            lambda p, y: -np.log(of_true_class(p, y).mean()),
            "You take the mean first. Take the logarithm of each row, then the mean.",
        ),
        "no logarithm": (
            lambda p, y: (1 - of_true_class(p, y)).mean(),
            "That is 1 − p. Cross-entropy is −log p.",
        ),
        "the answer's class": (
            lambda p, y: -np.log(p.max(axis=1)).mean(),
            "You take each row's largest probability. Take that of the true class, labels[i].",
        ),
        "logarithm to base 2": (
            lambda p, y: -np.log2(of_true_class(p, y)).mean(),
            "You use the logarithm to base 2. Here it is the natural one, `np.log`.",
        ),
        "logarithm to base 10": (
            lambda p, y: -np.log10(of_true_class(p, y)).mean(),
            "You use the logarithm to base 10. Here it is the natural one, `np.log`.",
        ),
        "one number per row": (
            lambda p, y: -np.log(of_true_class(p, y)),
            "You return one number for each row. Return their mean.",
        ),
    }


class Accuracy(Exercise):
    """The share of the rows whose highest probability is at the label."""

    name = "accuracy"
    rtol = 1e-5

    def examples(self):
        p = np.array([[0.4, 0.3, 0.3], [0.1, 0.3, 0.6], [0.5, 0.3, 0.2]])
        q = np.array([[0.1, 0.2, 0.7], [0.9, 0.06, 0.04], [0.4, 0.3, 0.3]])
        yield (p, np.array([0, 1, 0])), 2 / 3
        yield (q, np.array([2, 0, 0])), 1.0

    def hidden(self, rng):
        for n, k in [(1, 4), (7, 3), (50, 10), (3, 8)]:
            p, y = rng.dirichlet(np.ones(k), size=n), rng.integers(0, k, n)
            y[::2] = p[::2].argmax(axis=1)
            yield (p, y), np.mean(p.argmax(axis=1) == y)

    mistakes = {
        "argmax over rows": (
            lambda p, y: np.mean(p.argmax(axis=0) == y),
            "You look for the largest number of each column. Each row is one image: argmax(axis=1).",
        ),
        "one argmax for all": (
            lambda p, y: np.mean(p.argmax() == y),
            "Without an axis, argmax gives one place in the whole array. Use axis=1.",
        ),
        "count": (
            lambda p, y: np.sum(p.argmax(axis=1) == y),
            "You count the right answers. Divide by the number of images.",
        ),
        "percent": (
            lambda p, y: 100 * np.mean(p.argmax(axis=1) == y),
            "You return per cent. Return a share from 0 to 1.",
        ),
        "error rate": (
            lambda p, y: np.mean(p.argmax(axis=1) != y),
            "That is the share of wrong answers.",
        ),
        "mean probability": (
            lambda p, y: p[np.arange(len(y)), y].mean(),
            "You average the probability of the true class. Accuracy counts: the answer is right, or it is not.",
        ),
        "mean confidence": (
            lambda p, y: p.max(axis=1).mean(),
            "You average the largest probabilities. Compare the *place* of the largest with the label.",
        ),
        "above one half": (
            lambda p, y: np.mean(p[np.arange(len(y)), y] > 0.5),
            "You ask for more than 0.5. The highest of ten may be lower than that, and is the answer all the same.",
        ),
        "one answer per row": (
            lambda p, y: p.argmax(axis=1) == y,
            "You return right or wrong for each image. Return the share of right ones.",
        ),
        "divided by the classes": (
            lambda p, y: np.sum(p.argmax(axis=1) == y) / p.size,
            "You divide by all the numbers. Divide by the number of images.",
        ),
    }


def moved(image, right, down, fill):
    return images.shift(image - fill, right, down) + fill


class ShiftImage(Exercise):
    """An image moved by whole pixels; empty places get the fill."""

    name = "shift_image"

    def examples(self):
        image = np.arange(1, 13).reshape(3, 4)
        moves = [(1, 0, 50), (0, 1, 50), (-1, -2, 60), (2, -1, 70), (0, 0, 50), (-4, 0, 80)]
        for move in (*moves, (0, 5, 90)):
            yield (image, *move), moved(image, *move)

    def hidden(self, rng):
        moves = [(0, 0), (1, 2), (-2, 1), (2, -1), (-1, -1), (9, 0), (0, -9)]
        for shape in [(5, 3), (2, 6), (1, 1), (4, 4)]:
            image = rng.integers(1, 100, shape)
            for right, down in moves:
                move = (right, down, int(rng.integers(100, 256)))
                yield (image, *move), moved(image, *move)
            yield (image, 2, -1, 0), moved(image, 2, -1, 0)

    mistakes = {
        "wraps around": (
            lambda a, r, d, f: np.roll(a, (d, r), axis=(0, 1)),
            "What leaves on one side comes back on the other. Write `fill` over the places that become empty.",
        ),
        "fill unused": (
            lambda a, r, d, f: moved(a, r, d, 0),
            "Empty places get 0 whatever `fill` is.",
        ),
        "directions swapped": (
            lambda a, r, d, f: moved(a, d, r, f),
            "Right and down are swapped. The first axis of an image counts rows: moving *down* changes it.",
        ),
        "backwards": (
            lambda a, r, d, f: moved(a, -r, -d, f),
            "The image moves the wrong way on both axes. The pixel at column c comes from column c − right.",
        ),
        "up for down": (
            lambda a, r, d, f: moved(a, r, -d, f),
            "Positive `down` moves your image up. Rows count from the top.",
        ),
        "left for right": (
            lambda a, r, d, f: moved(a, -r, d, f),
            "Positive `right` moves your image left. The pixel at column c comes from column c − right.",
        ),
        "down ignored": (
            lambda a, r, d, f: moved(a, r, 0, f),
            "The image never moves up or down.",
        ),
        "right ignored": (
            lambda a, r, d, f: moved(a, 0, d, f),
            "The image never moves left or right.",
        ),
        "edge repeated": (
            lambda a, r, d, f: a[
                np.clip(np.arange(a.shape[0]) - d, 0, a.shape[0] - 1)[:, None],
                np.clip(np.arange(a.shape[1]) - r, 0, a.shape[1] - 1),
            ],
            "Empty places repeat the edge of the image. They should get the value `fill`.",
        ),
        "not moved": (lambda a, r, d, f: a, "The image comes back unmoved."),
        "index outside": (
            raises("IndexError", ""),
            "You reach for a pixel outside the image. Copy only where both row and column lie inside.",
        ),
        "shapes": (
            raises("ValueError", ""),
            "Two slices differ in size. If you cut with `[:, :-right]`: that is empty for 0, and wrong for negatives.",
        ),
    }
