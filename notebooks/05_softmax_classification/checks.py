"""The exercises of lesson 5."""

import numpy as np

from course_lib import activations, images
from course_lib.check import Exercise, raises


def naive(z):
    return np.exp(z) / np.exp(z).sum(axis=-1, keepdims=True)


def softmax_over(z, axis):
    """Softmax over another axis; None: over all numbers."""
    e = np.exp(z - z.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)


def powers(z):
    """The exponentials, each row's largest first subtracted."""
    return np.exp(z - z.max(axis=-1, keepdims=True))


def second(z):
    """Axis 1, where there is one."""
    return min(1, z.ndim - 1)


LOST = "The shapes do not fit. A maximum or a sum loses its axis unless you write keepdims=True."


class Softmax(Exercise):
    """Softmax over the last axis, without overflow."""

    name = "softmax"
    # an answer may compute in 32 bits, and subtract the logarithm of the sum from 1000
    rtol, atol = 1e-4, 1e-7

    def one_row(self, softmax, z):
        """For one dimension: other mistakes end in an error there."""
        return softmax(z)

    def examples(self):
        rows = np.log([[1.0, 3.0, 4.0], [2.0, 0.5, 2.5]])  # shares: 1/8, 3/8, 1/2 and 0.4, 0.1, 0.5
        far = np.array([[1000.0, 998.0, 0.0], [-1000.0, -1000.0, -1000.0]])
        wide = np.array([[400.0, 401.0, 399.0], [-1000.0, 1000.0, 0.0]])
        cube = np.array([[[0.0, 1.0, 2.0], [2.0, -1.0, 0.0]], [[0.5, 0.0, 1.0], [-3.0, 1.0, 2.0]]])
        for z in (rows, far, wide, cube):
            yield (z,), activations.softmax(z)
        one = np.array([0.0, 1.0, -1000.0])
        yield (one,), activations.softmax(one), self.one_row

    def hidden(self, rng):
        # no square ones: where an axis is lost, the shapes never fit
        shapes = [(4,), (1,), (3, 5), (5, 3), (2, 3, 4), (2, 1, 3, 2)]
        drawn = [rng.normal(size=shape) * 3 for shape in shapes]
        drawn.append(rng.integers(-1000, 1001, (3, 4)).astype(float))  # whole: exact in 32 bits
        corners = np.array([[700.0, 710.0, 720.0], [-900.0, -1000.0, -901.0]])
        for z in (*drawn, np.array([-1000.0, 1000.0, 999.0]), corners):
            yield (z,), activations.softmax(z), self.one_row if z.ndim == 1 else self.look

    def hidden_inputs(self, draw):
        z = draw.array(draw.shape(draw.whole(1, 4), 4), -1000, 1000)
        return (z,), activations.softmax(z)

    reference = staticmethod(activations.softmax)

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
            raises("AxisError", "axis 1 is out of bounds"),
            "A one-dimensional array has no axis 1. The last axis is always axis=-1.",
        ),
        "log softmax": (
            lambda z: (
                z - z.max(axis=-1, keepdims=True) - np.log(powers(z).sum(axis=-1, keepdims=True))
            ),
            "That is the logarithm of the shares. Softmax itself has no logarithm.",
        ),
        "sign": (
            lambda z: activations.softmax(-z),
            "Your largest logit gets the smallest share. Check the sign of the exponent.",
        ),
        "axis 1": (
            lambda z: softmax_over(z, second(z)),
            "In an array of three dimensions axis 1 is not the last one. Use axis=-1.",
        ),
        "maximum down the columns": (
            lambda z: naive(z - z.max(axis=0, keepdims=True)),
            "You subtract the largest number of each column. Take that of each row: axis=-1.",
        ),
        "maximum over axis 1": (
            lambda z: naive(z - z.max(axis=second(z), keepdims=True)),
            "In an array of three dimensions the maximum over axis 1 is not that over the last. Use axis=-1.",
        ),
        "sum over axis 1": (
            lambda z: powers(z) / powers(z).sum(axis=second(z), keepdims=True),
            "In an array of three dimensions the sum over axis 1 is not that over the last. Use axis=-1.",
        ),
        "sum down the columns": (
            lambda z: powers(z) / powers(z).sum(axis=0, keepdims=True),
            "The sum runs over axis 0, down the columns. Each row is one answer: use axis=-1.",
        ),
        "axis lost": (raises("ValueError", "could not be broadcast"), LOST),
        "maximum added": (
            lambda z: naive(z + z.max(axis=-1, keepdims=True)),
            "You add the largest entry. Subtract it, so that no exponent is above 0.",
        ),
        "mean subtracted": (
            lambda z: naive(z - z.mean(axis=-1, keepdims=True)),
            "You subtract the mean. An entry far above it still overflows: subtract the largest one.",
        ),
        "minimum subtracted": (
            lambda z: naive(z - z.min(axis=-1, keepdims=True)),
            "You subtract the smallest entry. One far above it overflows: subtract the largest one.",
        ),
        "turned round": (
            lambda z: naive(z.max(axis=-1, keepdims=True) - z),
            "You subtract each entry from the largest. Subtract the largest from each entry.",
        ),
        "mean for sum": (
            lambda z: activations.softmax(z) * z.shape[-1],
            "You divide by the mean of the powers. Divide by their sum.",
        ),
        "multiplied": (
            lambda z: powers(z) * powers(z).sum(axis=-1, keepdims=True),
            "You multiply by the sum of the powers. Divide by it.",
        ),
        "no exponential": (
            lambda z: z / z.sum(axis=-1, keepdims=True),
            "You divide the logits by their sum. Take the exponential of each first.",
        ),
    }


def divided_by_columns(z):
    return powers(z) / powers(z).sum(axis=0, keepdims=True)


class Soften(Exercise):
    """Softmax of the logits divided by a temperature, row by row."""

    name = "soften"
    rtol, atol = 5e-4, 1e-7  # in 32 bits 1000 / 0.3 is rounded, too

    def examples(self):
        z = np.log([[1.0, 9.0, 4.0], [4.0, 1.0, 0.25]])
        for t in (1.0, 2.0, 0.5):  # shares at T = 2: 1/6, 1/2, 1/3 and 4/7, 2/7, 1/7
            yield (z, t), activations.softmax(z / t)
        far = np.array(
            [
                [1000.0, 998.0, 999.0],
                [400.0, 401.0, 399.0],
                [500.0, -500.0, 499.0],
                [1000.0, -1000.0, 999.0],
                [151.0, 150.0, 149.0],  # too much in 32 bits alone
            ]
        )
        yield (far, 1.0), activations.softmax(far)

    def hidden(self, rng):
        far = np.array([[1000.0, 990.0], [-1000.0, -990.0], [0.0, 1000.0]])
        for t in (0.3, 1.0, rng.uniform(2, 10)):
            for z in (rng.normal(size=(4, 6)) * 3, rng.normal(size=(1, 6)) * 3, far):
                yield (z, t), activations.softmax(z / t)

    def hidden_inputs(self, draw):
        z, temperature = draw.array(draw.shape(2, 5), -1000, 1000), draw.number(0.25, 10)
        return (z, temperature), activations.softmax(z / temperature)

    @staticmethod
    def reference(logits, temperature):
        return activations.softmax(logits / temperature)

    mistakes = {
        "not mended": (
            lambda z, t: divided_by_columns(z * t),
            "Both faults are still there. What becomes of z at T = 10? And over which axis does the sum run?",
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
            "The result does not change with the temperature. Divide the logits by it: adding it does nothing.",
        ),
        "not divided": (
            lambda z, t: powers(z / t),
            "You have the powers. Divide each by the sum of its row.",
        ),
        "axis lost": (raises("ValueError", "could not be broadcast"), LOST),
        "maximum down the columns": (
            lambda z, t: naive(z / t - (z / t).max(axis=0, keepdims=True)),
            "You subtract the largest number of each column. Take that of each row: axis=-1.",
        ),
        "all numbers together": (
            lambda z, t: powers(z / t) / powers(z / t).sum(),
            "You divide by the sum of the whole array. Each row must add up to 1: axis=-1.",
        ),
        "overflow": (
            lambda z, t: naive(z / t),
            "`np.exp(1000)` is inf. Keep the line that subtracts the largest entry of each row.",
        ),
        "maximum added": (
            lambda z, t: naive(z / t + (z / t).max(axis=-1, keepdims=True)),
            "You add the largest entry. Subtract it, so that no exponent is above 0.",
        ),
        "overflow in 32 bits": (
            lambda z, t: naive((z / t).astype("float32")),
            "In 32 bits `np.exp(100)` is inf. Keep the line that subtracts the largest entry of each row.",
        ),
        "minimum subtracted": (
            lambda z, t: naive(z / t - (z / t).min(axis=-1, keepdims=True)),
            "You subtract the smallest entry. One far above it overflows: subtract the largest one.",
        ),
        "turned round": (
            lambda z, t: naive((z / t).max(axis=-1, keepdims=True) - z / t),
            "You subtract each entry from the largest. Subtract the largest from each entry.",
        ),
        "multiplied": (
            lambda z, t: powers(z / t) * powers(z / t).sum(axis=-1, keepdims=True),
            "You multiply by the sum of the powers. Divide by it.",
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

    def hidden_inputs(self, draw):
        classes = draw.whole(1, 10)
        labels = draw.wholes((draw.whole(1, 9),), 0, classes - 1)
        return (labels, classes), np.eye(classes)[labels]

    @staticmethod
    def reference(labels, classes):
        return np.eye(classes)[labels]

    mistakes = {
        "counted from 1": (
            lambda y, k: np.eye(k)[y - 1],
            "Your 1 stands one place too far left (that of label 0: last). The first place belongs to label 0.",
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
            "A label 0 has an empty row. It gets a 1 in the first place. If you ask `if label`: a 0 counts as False.",
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
        p = np.array([[0.5, 0.25, 0.25], [0.125, 0.125, 0.75], [0.4, 0.1, 0.5], [0.2, 0.2, 0.6]])
        zero = np.array([[0.25, 0.75, 0.0], [0.5, 0.0, 0.5]])
        small = np.array([[1e-6, 1.0 - 1e-6]])
        yield (p, np.array([0, 2, 1, 2])), -np.log([0.5, 0.75, 0.1, 0.6]).mean()
        yield (p, np.array([1, 1, 0, 0])), -np.log([0.25, 0.125, 0.4, 0.2]).mean()
        yield (zero, np.array([0, 1])), -np.log([0.25, 1e-7]).mean()
        yield (small, np.array([0])), -np.log(1e-6)

    def hidden(self, rng):
        for n, k in [(1, 2), (1, 5), (8, 3), (40, 10), (5, 5)]:
            p = rng.dirichlet(np.ones(k), size=n) * 0.9 + 0.1 / k
            y = rng.integers(0, k, n)
            yield (p, y), -np.log(of_true_class(p, y)).mean()
        yield (np.eye(4), np.array([3, 1, 2, 3])), -np.log(1e-7) / 4
        small = 10 ** rng.uniform(-6.5, -5.5, 3)
        yield (np.stack([small, 1 - small], axis=1), np.zeros(3, int)), -np.log(small).mean()

    def hidden_inputs(self, draw):
        n, k = draw.whole(1, 9), draw.whole(2, 6)
        parts = draw.array((n, k), 0, 1)
        parts[range(n), draw.wholes((n,), 0, k - 1)] = 1.0  # in each row some class is likely
        p = np.where(parts < 1e-6, 0.0, parts)
        p, y = p / p.sum(axis=1, keepdims=True), draw.wholes((n,), 0, k - 1)
        return (p, y), self.reference(p, y)

    @staticmethod
    def reference(probabilities, labels):
        return -np.log(of_true_class(probabilities, labels)).mean()

    @staticmethod
    def steps(probabilities, labels):
        p = of_true_class(probabilities, labels)
        return {"each row's probability of its true class": p, "minus its logarithm": -np.log(p)}

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
            "You count all classes, whatever the labels are. `p[np.arange(n), labels]` takes each row's true class.",
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
            "You take each row's largest probability. Take that of the true class: `p[np.arange(n), labels]`.",
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
        "divided by the classes": (
            lambda p, y: -np.log(of_true_class(p, y)).sum() / p.shape[1],
            "You divide by the number of classes. Add up each row first (axis=1), then take the mean over the rows.",
        ),
        "added, not raised": (
            lambda p, y: -np.log(p[np.arange(len(y)), y] + 1e-7).mean(),
            "You add 1e-7 to each probability. Raise only those below it: `np.maximum(p, 1e-7)`.",
        ),
        "lowered": (
            lambda p, y: -np.log(np.minimum(p, 1e-7)[np.arange(len(y)), y]).mean(),
            "You lower all probabilities to 1e-7. The smaller ones are to be raised: `np.maximum`.",
        ),
        "probability alone": (
            lambda p, y: -of_true_class(p, y).mean(),
            "The logarithm is missing: you average the probabilities.",
        ),
        "first row only": (
            lambda p, y: -np.log(of_true_class(p, y)[0]) / len(y),
            "Only the first row counts. If `return` stands inside your loop, it ends the loop at once.",
        ),
        "last row only": (
            lambda p, y: -np.log(of_true_class(p, y)[-1]) / len(y),
            "Only the last row counts. In a loop `total = …` overwrites; `total += …` adds.",
        ),
    }


class Accuracy(Exercise):
    """The share of the rows whose highest probability is at the label."""

    name = "accuracy"
    rtol = 1e-5

    def examples(self):
        p = np.array(
            [
                [0.1, 0.8, 0.1],
                [0.3, 0.45, 0.25],
                [0.2, 0.25, 0.55],
                [0.4, 0.25, 0.35],
                [0.5, 0.3, 0.2],
                [0.2, 0.3, 0.5],
            ]
        )
        q = np.array(
            [
                [0.05, 0.1, 0.15, 0.2, 0.5],
                [0.3, 0.25, 0.2, 0.15, 0.1],
                [0.1, 0.2, 0.4, 0.25, 0.05],
                [0.7, 0.12, 0.08, 0.06, 0.04],
            ]
        )
        yield (p, np.array([1, 1, 2, 0, 2, 1])), 4 / 6
        yield (q, np.array([4, 0, 2, 1])), 3 / 4
        yield (p[:3], np.array([1, 1, 2])), 1.0

    def hidden(self, rng):
        for n, k in [(2, 4), (7, 3), (50, 10), (3, 8)]:
            p, y = rng.dirichlet(np.ones(k), size=n), rng.integers(0, k, n)
            y[::2] = p[::2].argmax(axis=1)
            yield (p, y), np.mean(p.argmax(axis=1) == y)

    def hidden_inputs(self, draw):
        n, k = draw.whole(1, 9), draw.whole(2, 6)
        p = np.array([draw.rng.permutation(k) + 0.5 for _ in range(n)]) / (k * k / 2)
        seen = draw.rng.random(n) < draw.one_of(0, 0.5, 1)
        y = np.where(seen, p.argmax(axis=1), draw.wholes((n,), 0, k - 1))
        return (p, y), self.reference(p, y)

    @staticmethod
    def reference(probabilities, labels):
        return np.mean(probabilities.argmax(axis=1) == labels)

    mistakes = {
        "argmax over rows": (
            raises("ValueError", "could not be broadcast|inconsistent numbers of samples"),
            "Your answers are not as many as the labels. Each row is one image: argmax(axis=1).",
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
            "That is the share of wrong answers. Asked is that of the right ones.",
        ),
        "mean probability": (
            lambda p, y: p[np.arange(len(y)), y].mean(),
            "You average the probability of the true class. Count how often the *place* of the largest is the label.",
        ),
        "mean confidence": (
            lambda p, y: p.max(axis=1).mean(),
            "You average the largest probabilities. Compare the *place* of the largest with the label.",
        ),
        "above one half": (
            lambda p, y: np.mean(p[np.arange(len(y)), y] > 0.5),
            "You ask for more than 0.5. The highest of several may be lower, and is the answer all the same: compare "
            "its place, argmax(axis=1), with the label.",
        ),
        "one answer per row": (
            lambda p, y: p.argmax(axis=1) == y,
            "You return right or wrong for each image. Return the share of right ones.",
        ),
        "divided by the classes": (
            lambda p, y: np.sum(p.argmax(axis=1) == y) / p.size,
            "You divide by all the numbers. Divide by the number of images.",
        ),
        "argmin": (
            lambda p, y: np.mean(p.argmin(axis=1) == y),
            "You take the class with the lowest probability. Take that with the highest: argmax.",
        ),
        "whole numbers": (
            lambda p, y: np.sum(p.argmax(axis=1) == y) // len(y),
            "Your share has lost its decimals. If you divide with `//`, it cuts them off: use `/`.",
        ),
    }


def moved(image, right, down, fill):
    return images.shift(image - fill, right, down) + fill


def with_row_filled(image, fill):
    changed = image.copy()
    changed[0] = fill
    return changed


class ShiftImage(Exercise):
    """An image moved by whole pixels; empty places get the fill."""

    name = "shift_image"
    rtol = atol = 1e-4  # an answer may move the image without its fill, in 32 bits

    def back_or_far(self, shift_image, image, right, down, fill):
        """Moves to the left or up, or by more than the image's size: other mistakes end in an error there."""
        return shift_image(image, right, down, fill)

    def decimals(self, shift_image, image, right, down, fill):
        """An image with decimals, and a fill without: an array made from the fill alone holds whole numbers."""
        return shift_image(image, right, down, fill)

    def examples(self):
        image = np.arange(12).reshape(3, 4)
        for move in ((1, 0, 50), (0, 1, 50), (3, 2, 60), (0, 0, 70)):
            yield (image, *move), moved(image, *move)
        for move in ((-1, -2, 60), (2, -1, 70), (-1, 0, 50), (-4, 0, 80), (0, 5, 90)):
            yield (image, *move), moved(image, *move), self.back_or_far
        yield (image / 4, 1, 1, 9), moved(image / 4, 1, 1, 9), self.decimals

    def hidden(self, rng):
        near, other = (
            [(0, 0), (1, 1), (2, 0), (0, 1)],
            [(1, 2), (-2, 1), (2, -1), (-1, -1), (9, 0), (0, -9)],
        )
        for shape in [(5, 3), (2, 6), (1, 1), (4, 4)]:
            image = rng.integers(1, 100, shape)
            image.flat[0] = 0
            for right, down in near + other:
                move = (right, down, int(rng.integers(100, 256)))
                look = self.look if (right, down) in near and min(shape) > 1 else self.back_or_far
                yield (image, *move), moved(image, *move), look
            yield (image, 2, -1, 0), moved(image, 2, -1, 0), self.back_or_far
            yield (image / 8, 1, 0, 9), moved(image / 8, 1, 0, 9), self.decimals

    def hidden_inputs(self, draw):
        shape = draw.shape(2, 6)
        image = draw.one_of(draw.wholes(shape, 0, 255), draw.array(shape, 0, 255))
        move = draw.whole(-7, 7), draw.whole(-7, 7), draw.whole(0, 255)
        return (image, *move), moved(image, *move)

    @staticmethod
    def reference(image, right, down, fill):
        return moved(image, right, down, fill)

    kinds = {
        "the image moves": lambda image, right, down, fill: (right, down) != (0, 0),
        "the image moves right or left": lambda image, right, down, fill: right != 0,
        "the image moves down or up": lambda image, right, down, fill: down != 0,
        "the image moves left or up": lambda image, right, down, fill: right < 0 or down < 0,
        "the image moves both ways": lambda image, right, down, fill: right != 0 and down != 0,
    }

    mistakes = {
        "wraps around": (
            lambda a, r, d, f: np.roll(a, (d, r), axis=(0, 1)),
            "What leaves on one side comes back on the other. Write `fill` over the places that become empty.",
        ),
        "rows wrap around": (
            lambda a, r, d, f: moved(np.roll(a, d, axis=0), r, 0, f),
            "What leaves at the top or bottom comes back on the other side. Write `fill` over the empty rows.",
        ),
        "columns wrap around": (
            lambda a, r, d, f: moved(np.roll(a, r, axis=1), 0, d, f),
            "What leaves at the left or right comes back on the other side. Write `fill` over the empty columns.",
        ),
        "every 0 filled": (
            lambda a, r, d, f: np.where(moved(a, r, d, 0) == 0, f, moved(a, r, d, 0)),
            "You write `fill` over every 0. The image itself may hold zeros. Begin with an image full of `fill`, and "
            "copy the pixels that stay inside.",
        ),
        "only fill": (
            lambda a, r, d, f: np.full_like(a, f),
            "Nothing of the image is left here. Copy the pixels that stay inside.",
        ),
        "first row lost": (
            lambda a, r, d, f: with_row_filled(moved(a, r, d, f), f),
            "The first row is `fill` even where a pixel belongs there. Rows and columns count from 0.",
        ),
        "first column lost": (
            lambda a, r, d, f: with_row_filled(moved(a, r, d, f).T, f).T,
            "The first column is `fill` even where a pixel belongs there. Rows and columns count from 0.",
        ),
        "fill unused": (
            lambda a, r, d, f: moved(a, r, d, 0),
            "Empty places get 0 here. Give them the value `fill`.",
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
            "The image should move up or down here, and does not. Use `down`, negative numbers as well.",
        ),
        "right ignored": (
            lambda a, r, d, f: moved(a, 0, d, f),
            "The image should move left or right here, and does not. Use `right`, negative numbers as well.",
        ),
        "edge repeated": (
            lambda a, r, d, f: a[
                np.clip(np.arange(a.shape[0]) - d, 0, a.shape[0] - 1)[:, None],
                np.clip(np.arange(a.shape[1]) - r, 0, a.shape[1] - 1),
            ],
            "Empty places repeat the edge of the image. They should get the value `fill`.",
        ),
        "not moved": (
            lambda a, r, d, f: a,
            "The image comes back unmoved. Use `right` and `down`, negative numbers as well.",
        ),
        "decimals lost": (
            lambda a, r, d, f: np.trunc(moved(a, r, d, f)),
            "The image's decimals are lost. If you begin with `np.full(shape, 9)`: that holds whole numbers. Give it "
            "the image's type: `dtype=image.dtype`.",
        ),
        "index outside": (
            raises("IndexError", "out of bounds"),
            "You reach for a pixel outside the image. Copy only where both row and column lie inside.",
        ),
        "shapes": (
            raises("ValueError", "could not broadcast input array"),
            "Two slices differ in size. If you cut with `[:, :-right]`: that is empty for 0, and wrong for negatives. "
            "Two loops over rows and columns with one `if` fit all moves.",
        ),
    }
