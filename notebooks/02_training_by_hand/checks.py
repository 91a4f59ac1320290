"""The exercises of lesson 2."""

import keras
import numpy as np

from course_lib.check import Exercise, beside, raises, unfit, when


class MseGradient(Exercise):
    """The mean squared error, and its slope by each prediction."""

    name = "mse_gradient"
    rtol, atol = 1e-4, 1e-6  # an answer may compute in 32 bits

    def examples(self):
        p, y = np.array([1.0, 4.0, -2.0]), np.array([1.0, 2.0, 1.0])
        yield (p[:2], y[:2]), (2.0, [0.0, 2.0])
        yield (p, y), (13 / 3, [0.0, 4 / 3, -2.0])
        yield (p[:, None], y[:, None]), (13 / 3, [[0.0], [4 / 3], [-2.0]])

    def hidden(self, rng):
        for shape in ((1,), (8,), (50, 1)):
            p, y = rng.normal(size=shape), rng.normal(2, 3, size=shape)
            yield (p, y), (np.mean((p - y) ** 2), 2 * (p - y) / len(p))

    def hidden_inputs(self, draw):
        shape = draw.one_of((draw.whole(1, 9),), (draw.whole(1, 9), 1))
        p, y = draw.array(shape, -9, 9), draw.array(shape, -9, 9)
        return (p, y), self.reference(p, y)

    parts = ("the loss", "the gradient")

    @staticmethod
    def reference(p, y):
        return np.mean((p - y) ** 2), 2 * (p - y) / len(p)

    mistakes = {
        "2 forgotten": (
            lambda p, y: (np.mean((p - y) ** 2), (p - y) / len(p)),
            "The derivative of a square brings a factor 2: your gradient is half of what it should be.",
        ),
        "1/n forgotten": (
            lambda p, y: (np.mean((p - y) ** 2), 2 * (p - y)),
            "The loss is a mean, so each term counts 1/n, in the gradient, too.",
        ),
        "uphill and downhill": (
            lambda p, y: (np.mean((p - y) ** 2), 2 * (y - p) / len(p)),
            "The sign is turned round: the gradient points where L grows. Larger p above y makes L larger.",
        ),
        "mean of the gradient": (
            lambda p, y: (np.mean((p - y) ** 2), np.mean(2 * (p - y))),
            "You return one number as gradient. Each prediction has a slope of its own.",
        ),
        "gradient only": (
            lambda p, y: 2 * (p - y) / len(p),
            "Two things are asked: the loss first, then the gradient.",
        ),
        "sum": (
            lambda p, y: (np.sum((p - y) ** 2), 2 * (p - y)),
            "That is the *sum* of squares and its gradient. Asked is the mean.",
        ),
        "divided by n − 1": (
            lambda p, y: (
                np.sum((p - y) ** 2) / (len(p) - 1),
                2 * (p - y) / (len(p) - 1),
            ),
            "You divide by n − 1. A mean of n terms divides by n.",
        ),
        "half": (
            lambda p, y: (np.mean((p - y) ** 2) / 2, (p - y) / len(p)),
            "You halve loss and gradient, as some books do. Our loss has no ½, nor has that of Keras.",
        ),
        "swapped": (
            lambda p, y: (2 * (p - y) / len(p), np.mean((p - y) ** 2)),
            "The order is: loss, then gradient.",
        ),
        "added": (
            lambda p, y: (np.mean((p + y) ** 2), 2 * (p + y) / len(p)),
            "You add p and y. The error is their difference, p − y.",
        ),
        "not squared": (
            lambda p, y: (np.mean(np.abs(p - y)), np.sign(p - y) / len(p)),
            "That is the mean of |p − y|, and its slopes. Asked are the mean of the squares, and theirs.",
        ),
        "root": (
            lambda p, y: (np.sqrt(np.mean((p - y) ** 2)), 2 * (p - y) / len(p)),
            "You take the root of the mean. The mean squared error has none.",
        ),
    }


def bowl(w):
    return float(np.sum(w**2))


def row_sums(w):
    """The squares of the sums along the last axis, added up: each slope depends on the neighbours, too."""
    return float(np.sum(w.sum(axis=-1) ** 2))


def cubes(w):
    return float(np.sum(w**3))


def mixed(w):
    return float(np.sum(np.sin(w)) + row_sums(w) + np.prod(w.ravel()[:2]) + w.ravel()[-1] ** 3)


def measured(f, w, up=1.0, down=1.0, divide=2.0, h=1e-5, join=np.subtract):
    found = np.zeros_like(w)
    for index in np.ndindex(w.shape):
        step = np.zeros_like(w)
        step[index] = h
        found[index] = join(f(w + up * step), f(w - down * step)) / (divide * h)
    return found


def by_rows(f, w, h=1e-5):
    """One slope for each entry of the first axis, all that is in it moved together."""
    found = []
    for row in range(len(w)):
        step = np.zeros_like(w)
        step[row] = h
        found.append((f(w + step) - f(w - step)) / (2 * h))
    return np.array(found)


def left_below(f, w, h=1e-5):
    """The entries that have been moved up, then down, stay there."""
    found, moved = np.zeros_like(w), w.copy()
    for index in np.ndindex(w.shape):
        moved[index] += h
        up = f(moved)
        moved[index] -= 2 * h
        found[index] = (up - f(moved)) / (2 * h)
    return found


def step_kept(f, w, h=1e-5):
    """The entries that have been moved stay moved."""
    found, step = np.zeros_like(w), np.zeros_like(w)
    for index in np.ndindex(w.shape):
        step[index] = h
        found[index] = (f(w + step) - f(w - step)) / (2 * h)
    return found


@beside
def slopes_and_weights(numeric_gradient, f, w, *h):
    """The gradient, and the weights as they are afterwards."""
    own = w.copy()
    return numeric_gradient(f, own, *h), own


ALL_AT_ONCE = (
    "You move all weights together. Move one and leave the others: `for index in np.ndindex(w.shape)` goes through "
    "them all."
)

ROWS_ONLY = "With two axes, each *entry* is a weight, not each row: `np.ndindex(w.shape)` goes through them."


class NumericGradient(Exercise):
    """Central differences, weight by weight."""

    name = "numeric_gradient"
    rtol, atol = 2e-6, 1e-8

    def look(self, answer, f, w, *h):
        found, after = slopes_and_weights(answer, f, w, *h)
        # there and back by h may leave a last digit, which is nobody's fault
        return found if np.allclose(after, w, rtol=0, atol=1e-9) else unfit("w has changed")

    def examples(self):
        row, table = np.array([0.5, -1.0, 2.0]), np.array([[1.0, 2.0, 3.0], [-2.0, 0.5, -3.0]])
        yield (bowl, row), 2 * row
        yield (row_sums, table), [[12.0, 12.0, 12.0], [-9.0, -9.0, -9.0]]
        yield (cubes, np.array([1.0, -2.0]), 0.1), [3.01, 12.01]  # (1.1³ − 0.9³) / 0.2 = 3.01
        yield (mixed, table), measured(mixed, table)
        yield (mixed, row, 0.25), measured(mixed, row, h=0.25)

    def hidden(self, rng):
        one = rng.normal(size=1)
        yield (bowl, one), 2 * one
        for shape in ((7,), (3, 4), (2, 3, 2)):
            w = rng.normal(size=shape)
            yield (mixed, w), measured(mixed, w)
            h = rng.uniform(0.1, 0.5)
            yield (mixed, w, h), measured(mixed, w, h=h)

    hidden_in_32_bits = False

    def hidden_inputs(self, draw):
        f = draw.one_of(bowl, row_sums, cubes, mixed)
        w = draw.array(draw.shape(draw.whole(1, 3), 3), -3, 3)
        h = draw.one_of((), (draw.number(0.125, 0.5),))
        return (f, w, *h), self.reference(f, w, *h)

    @staticmethod
    def reference(f, w, h=1e-5):
        return measured(f, w, h=h)

    mistakes = {
        "w is changed": (
            when(lambda got: got == "w has changed"),
            "After the call, w is not what it was. Put each entry back, or move a fresh copy for each.",
        ),
        "one-sided": (
            lambda f, w, h=1e-5: measured(f, w, down=0.0, divide=1.0, h=h),
            "You step to one side only. Step to both sides: the errors cancel.",
        ),
        "h for 2h": (
            lambda f, w, h=1e-5: measured(f, w, divide=1.0, h=h),
            "Twice too large: from w − h to w + h the distance is 2h.",
        ),
        "multiplied by 2h": (
            lambda f, w, h=1e-5: measured(f, w, divide=1 / (2 * h**2), h=h),
            "You multiply by 2h. Divide by it.",
        ),
        "2 plus h": (
            lambda f, w, h=1e-5: measured(f, w, divide=(2 + h) / h, h=h),
            "You divide by 2 + h. From w − h to w + h the distance is 2 times h.",
        ),
        "all at once": (
            lambda f, w, h=1e-5: np.full_like(w, (f(w + h) - f(w - h)) / (2 * h)),
            ALL_AT_ONCE,
        ),
        "all at once, one number": (
            lambda f, w, h=1e-5: (f(w + h) - f(w - h)) / (2 * h),
            ALL_AT_ONCE,
        ),
        "flat": (
            lambda f, w, h=1e-5: measured(f, w, h=h).ravel(),
            "The numbers are right, the shape is not: give the gradient the shape of w.",
        ),
        "rows only": (by_rows, ROWS_ONLY),
        "rows only, filled": (
            lambda f, w, h=1e-5: (
                np.zeros_like(w) + by_rows(f, w, h).reshape(-1, *[1] * (w.ndim - 1))
            ),
            ROWS_ONLY,
        ),
        "parentheses": (
            lambda f, w, h=1e-5: measured(f, w, h=h, join=lambda up, down: 2 * h * up - down),
            "Only the second term is divided. Put the difference into parentheses.",
        ),
        "backwards": (
            lambda f, w, h=1e-5: measured(f, w, up=0.0, divide=1.0, h=h),
            "You step downwards only. Step to both sides: the errors cancel.",
        ),
        "one step over 2h": (
            lambda f, w, h=1e-5: measured(f, w, down=0.0, h=h),
            "You step from w to w + h, but divide by 2h. Start at w − h.",
        ),
        "the same array twice": (
            lambda f, w, h=1e-5: np.zeros_like(w),
            "Every slope is 0. Are the arrays that you give to f two different ones? `up = w` is a second name for "
            "the same array; `w.copy()` makes a new one.",
        ),
        "the first entry alone": (
            lambda f, w, h=1e-5: measured(f, w, h=h) * (np.arange(w.size) == 0).reshape(w.shape),
            "Only the first slope is there, all others are 0. Does `return` stand inside the loop?",
        ),
        "sign": (
            lambda f, w, h=1e-5: -measured(f, w, h=h),
            "The sign is turned round: f at w + h minus f at w − h.",
        ),
        "left step over 2h": (
            lambda f, w, h=1e-5: measured(f, w, up=0.0, h=h),
            "You step from w − h to w, but divide by 2h. End at w + h.",
        ),
        "added": (
            lambda f, w, h=1e-5: measured(f, w, h=h, join=np.add),
            "You add the two values of f. A slope needs their difference.",
        ),
        "the value above alone": (
            lambda f, w, h=1e-5: measured(f, w, h=h, join=lambda up, down: up),
            "You divide f at w + h alone. A slope needs a difference: take f at w − h away first.",
        ),
        "the value below alone": (
            lambda f, w, h=1e-5: measured(f, w, h=h, join=lambda up, down: down),
            "You divide f at w − h alone. A slope needs a difference: f at w + h minus f at w − h.",
        ),
        "not divided": (
            lambda f, w, h=1e-5: measured(f, w, h=h) * (2 * h),
            "That is how much f changes. Divide it by the distance, 2h.",
        ),
        "divided by 2 alone": (
            lambda f, w, h=1e-5: measured(f, w, h=h) * h,
            "You divide by 2. The distance from w − h to w + h is 2h.",
        ),
        "multiplied by h": (
            lambda f, w, h=1e-5: measured(f, w, h=h) * h**2,
            "`a / 2 * h` multiplies by h. Write `a / (2 * h)`.",
        ),
        "h unused": (
            lambda f, w, h=1e-5: measured(f, w),
            "You step by the same length, whatever h is. Use the argument `h`; a line `h = …` loses it.",
        ),
        "flat arrays for f": (
            lambda f, w, h=1e-5: measured(f, w.ravel(), h=h).reshape(w.shape),
            "You call f with a flat array. f expects the shape of w: reshape before each call.",
        ),
        "step not set back": (
            step_kept,
            "The entries that you have moved stay moved. Begin each step with all zeros but one.",
        ),
        "entry not put back": (
            left_below,
            "The entries that you have moved stay moved. Put each back before the next, or copy w inside the loop.",
        ),
    }


class DenseBackward(Exercise):
    """What comes from above goes back through a layer P = H W + b."""

    name = "dense_backward"
    rtol, atol = 1e-4, 1e-6

    def examples(self):
        yield tuple(np.array([[value]]) for value in (2.0, 3.0, 1.0)), ([[3.0]], [[2.0]], [1.0])
        H = np.array([[1.0, 2.0, 0.0], [0.0, 1.0, -1.0], [2.0, 0.0, 1.0], [1.0, 1.0, 1.0]])
        W = np.array([[1.0, 2.0], [0.0, -1.0], [3.0, 1.0]])
        dP = np.array([[1.0, 0.0], [2.0, -1.0], [0.0, 3.0], [-1.0, 1.0]])
        yield (H, W, dP), (dP @ W.T, H.T @ dP, dP.sum(axis=0))

    def hidden(self, rng):
        for n, m, k in ((1, 5, 3), (6, 1, 4), (3, 3, 3), (10, 4, 1)):
            H, W, dP = (rng.normal(size=shape) for shape in ((n, m), (m, k), (n, k)))
            yield (H, W, dP), (dP @ W.T, H.T @ dP, dP.sum(axis=0))

    hidden_in_32_bits = False

    def hidden_inputs(self, draw):
        n, m, k = draw.shape(3, 6)
        H, W, dP = draw.array((n, m), -9, 9), draw.array((m, k), -9, 9), draw.array((n, k), -9, 9)
        return (H, W, dP), self.reference(H, W, dP)

    parts = ("dH", "dW", "db")

    @staticmethod
    def reference(H, W, dP):
        return dP @ W.T, H.T @ dP, dP.sum(axis=0)

    mistakes = {
        "mean over rows": (
            lambda H, W, dP: (dP @ W.T, H.T @ dP / len(H), dP.mean(axis=0)),
            "You divide by n. That has been done already: the 1/n of the loss is inside dP.",
        ),
        "mean for the bias": (
            lambda H, W, dP: (dP @ W.T, H.T @ dP, dP.mean(axis=0)),
            "dW is right. The bias adds up its slopes over the rows in the same way; yours takes the mean.",
        ),
        "bias for each row": (
            lambda H, W, dP: (dP @ W.T, H.T @ dP, dP),
            "One bias serves all rows: add its slopes up over the rows, shape (k,).",
        ),
        "bias over outputs": (
            lambda H, W, dP: (dP @ W.T, H.T @ dP, dP.sum(axis=1)),
            "You add up over the outputs. The bias has one entry for each output: add up over the rows, axis 0.",
        ),
        "bias in a row": (
            lambda H, W, dP: (dP @ W.T, H.T @ dP, dP.sum(axis=0, keepdims=True)),
            "db has shape (1, k) in yours. Asked is (k,), the shape of b.",
        ),
        "bias all ones": (
            lambda H, W, dP: (dP @ W.T, H.T @ dP, np.ones(dP.shape[1])),
            "∂P/∂b is 1, but the chain rule multiplies by what comes from above: dP.",
        ),
        "another order": (
            lambda H, W, dP: (H.T @ dP, dP @ W.T, dP.sum(axis=0)),
            "The order is dH, dW, db.",
        ),
        "transposed": (
            lambda H, W, dP: (dP @ W.T, dP.T @ H, dP.sum(axis=0)),
            "dW has the shape (k, m) in yours, and W has (m, k): transpose.",
        ),
        "one bias for all": (
            lambda H, W, dP: (dP @ W.T, H.T @ dP, dP.sum()),
            "You add up all slopes to one number. b has one entry for each output: add up over the rows, axis 0.",
        ),
        "shapes do not fit": (
            raises("ValueError", "core dimension|not aligned"),
            "Two shapes do not fit. Write them beside each factor: H (n, m), dP (n, k), W (m, k). Transpose one of two "
            "with `.T`, so that those in the middle are the same.",
        ),
        "entry by entry": (
            raises("ValueError", "could not be broadcast"),
            "Two shapes do not fit. If you wrote `*` between two matrices: it multiplies entry by entry. The product "
            "of matrices is `@`.",
        ),
    }


def network(rng, n, d, hidden):
    """Weights of a network with one hidden layer, and rows for it."""
    shapes = (d, hidden), (hidden,), (hidden, 1), (1,)
    weights = [rng.normal(size=shape) for shape in shapes]
    return weights, rng.normal(size=(n, d)), rng.normal(size=(n, 1))


def gradients(weights, X, y, mean=True, slope=lambda Z, H: 1 - H**2, activation=np.tanh):
    W1, b1, W2, b2 = weights
    Z = X @ W1 + b1
    H = activation(Z)
    dP = 2 * (H @ W2 + b2 - y) / (len(y) if mean else 1)
    dZ = (dP @ W2.T) * slope(Z, H)
    return [X.T @ dZ, dZ.sum(axis=0), H.T @ dP, dP.sum(axis=0)]


class MendBackward(Exercise):
    """The whole way back through a network with tanh."""

    name = "mend_backward"
    rtol, atol = 1e-4, 1e-6

    def examples(self):
        flat = [np.zeros((1, 2)), np.zeros(2), np.zeros((2, 1)), np.zeros(1)]
        X, y = np.array([[1.0], [2.0]]), np.array([[3.0], [-1.0]])
        yield (flat, X, y), ([[0.0, 0.0]], [0.0, 0.0], [[0.0], [0.0]], [-2.0])
        arguments = network(np.random.default_rng(4), 5, 2, 3)
        yield arguments, gradients(*arguments)

    def hidden(self, rng):
        for sizes in ((1, 1, 4), (12, 3, 6), (30, 2, 1)):
            arguments = network(rng, *sizes)
            yield arguments, gradients(*arguments)

    hidden_in_32_bits = False

    def hidden_inputs(self, draw):
        n, d, hidden = draw.shape(3, 6)
        weights = [
            draw.array(shape, -2, 2) for shape in ((d, hidden), (hidden,), (hidden, 1), (1,))
        ]
        X, y = draw.array((n, d), -2, 2), draw.array((n, 1), -9, 9)
        return (weights, X, y), gradients(weights, X, y)

    parts = ("dW1", "db1", "dW2", "db2")

    @staticmethod
    def reference(weights, X, y):
        return gradients(weights, X, y)

    mistakes = {
        "as it was": (
            lambda w, X, y: gradients(w, X, y, mean=False, slope=lambda Z, H: 1 - Z**2),
            "Both faults are still there. Where is tanh in its derivative? And the loss is a *mean*.",
        ),
        "mean forgotten": (
            lambda w, X, y: gradients(w, X, y, mean=False),
            "One fault is mended. The other: the loss is a mean over n rows, so its slopes carry 1/n.",
        ),
        "Z for tanh of Z": (
            lambda w, X, y: gradients(w, X, y, slope=lambda Z, H: 1 - Z**2),
            "One fault is mended. The other: the derivative is 1 − tanh²(z), and tanh(Z) is called H here.",
        ),
        "not squared": (
            lambda w, X, y: gradients(w, X, y, slope=lambda Z, H: 1 - H),
            "The derivative of tanh is 1 − tanh², with a square.",
        ),
        "tanh twice": (
            lambda w, X, y: gradients(w, X, y, slope=lambda Z, H: 1 - np.tanh(H) ** 2),
            "H is tanh(Z) already: you take tanh of it once more.",
        ),
        "tanh ignored": (
            lambda w, X, y: gradients(w, X, y, slope=lambda Z, H: np.ones_like(H)),
            "The slopes pass tanh unchanged in yours. The chain rule multiplies by its derivative.",
        ),
        "the whole squared": (
            lambda w, X, y: gradients(w, X, y, slope=lambda Z, H: (1 - H) ** 2),
            "You square 1 − tanh. The derivative is 1 − tanh²: the square belongs to tanh alone.",
        ),
        "the slope of ReLU": (
            lambda w, X, y: gradients(w, X, y, slope=lambda Z, H: Z > 0),
            "Z > 0 is the slope of ReLU. Here the activation is tanh: its slope is 1 − H².",
        ),
        "ReLU throughout": (
            lambda w, X, y: gradients(
                w, X, y, slope=lambda Z, H: Z > 0, activation=lambda Z: np.maximum(Z, 0)
            ),
            "This is the way back through ReLU. Here the activation is tanh, and its slope 1 − H².",
        ),
        "the sigmoid's": (
            lambda w, X, y: gradients(w, X, y, slope=lambda Z, H: H * (1 - H)),
            "h·(1 − h) is the derivative of the sigmoid. For tanh it is 1 − h².",
        ),
        "2 and mean lost": (
            lambda w, X, y: [g * len(y) / 2 for g in gradients(w, X, y)],
            "The slopes of the loss by P lack a factor: the loss is a mean of squares, so they are 2 · (P − y) / n.",
        ),
        "2 lost": (
            lambda w, X, y: [g / 2 for g in gradients(w, X, y)],
            "All gradients are half of what they should be: the 2 of the square was right.",
        ),
        "uphill and downhill": (
            lambda w, X, y: [-g for g in gradients(w, X, y)],
            "All signs are turned round: the slopes of the loss by P begin with P − y, not y − P.",
        ),
        "y added": (
            lambda w, X, y: gradients(w, X, -y),
            "You add y to the predictions. The error is their difference, P − y.",
        ),
        "y forgotten": (
            lambda w, X, y: gradients(w, X, np.zeros_like(y)),
            "The targets y play no part in yours. The error is P − y.",
        ),
        "n multiplied": (
            lambda w, X, y: [g * len(y) ** 2 for g in gradients(w, X, y)],
            "You multiply by n. The loss is a mean: divide by n.",
        ),
        "divided by the columns": (
            lambda w, X, y: [g * len(X) / X.shape[1] for g in gradients(w, X, y)],
            "You divide by the number of columns of X. The mean goes over its rows, `len(X)`.",
        ),
        "a tuple of three": (
            lambda w, X, y: gradients(w, X, y)[:3],
            "Four gradients are asked: W1, b1, W2, b2.",
        ),
    }


@beside
def step_and_given(sgd_step, weights, gradients, rate):
    """The new weights, and the arrays that were given as they are afterwards."""
    weights, gradients = [w.copy() for w in weights], [g.copy() for g in gradients]
    return sgd_step(weights, gradients, rate), weights + gradients


def each(move):
    return lambda weights, gradients, rate: [
        move(w, g, rate) for w, g in zip(weights, gradients, strict=True)
    ]


downhill = each(lambda w, g, rate: w - rate * g)


class SgdStep(Exercise):
    """One step downhill, for all arrays of weights."""

    name = "sgd_step"
    rtol, atol = 1e-4, 1e-6

    def look(self, answer, weights, gradients, rate):
        new, after = step_and_given(answer, weights, gradients, rate)
        kept = all(np.array_equal(a, b) for a, b in zip(after, weights + gradients, strict=True))
        return new if kept else unfit("the old arrays have changed")

    def examples(self):
        yield ([np.array([1.0, 2.0])], [np.array([10.0, -10.0])], 0.1), [[0.0, 3.0]]
        weights = [np.array([[1.0, -2.0], [0.5, 3.0]]), np.array([4.0, 5.0])]
        slopes = [np.array([[10.0, -1.0], [0.0, 2.0]]), np.array([-3.0, 0.5])]
        yield (weights, slopes, 0.01), downhill(weights, slopes, 0.01)
        twins, slopes = [np.array([1.0]), np.array([2.0])], [np.array([10.0]), np.array([-10.0])]
        yield (twins, slopes, 0.5), [[-4.0], [7.0]]

    def hidden(self, rng):
        for rate, shapes in (
            (rng.uniform(0.3, 0.7), [(3,)]),
            (0.003, [(2, 4), (4,), (4, 1), (1,)]),
            (1.0, [(1, 1), (2, 2, 2), (1, 1)]),
        ):
            weights, slopes = ([rng.normal(size=shape) for shape in shapes] for _ in range(2))
            yield (weights, slopes, rate), downhill(weights, slopes, rate)

    def hidden_inputs(self, draw):
        shapes = draw.items(lambda: draw.shape(draw.whole(1, 3), 3), 1, 4)
        weights, slopes = ([draw.array(shape, -9, 9) for shape in shapes] for _ in range(2))
        rate = draw.number(0, 1)
        return (weights, slopes, rate), downhill(weights, slopes, rate)

    reference = staticmethod(downhill)

    mistakes = {
        "arrays changed": (
            when(lambda got: got == "the old arrays have changed"),
            "What you were given has changed: `w -= …` and `weights[i] = …` work in place. Put each `w - …` into a "
            "new list.",
        ),
        "uphill": (
            each(lambda w, g, rate: w + rate * g),
            "This goes uphill. The gradient points to where the loss grows: subtract.",
        ),
        "without rate": (
            each(lambda w, g, rate: w - g),
            "The learning rate is missing. Multiply the gradient by it.",
        ),
        "the step alone": (
            each(lambda w, g, rate: -rate * g),
            "You return the step. Asked are the weights after it.",
        ),
        "sign only": (
            each(lambda w, g, rate: w - rate * np.sign(g)),
            "Each entry moves by the rate alone. A steeper slope makes a longer step.",
        ),
        "the first array only": (
            lambda w, g, rate: w[0] - rate * g[0],
            "You return one array. Asked is a list of them. If `return` stands inside your loop, it ends the loop at "
            "once.",
        ),
        "list minus list": (
            raises("TypeError", "multiply sequence|operand type.*'list'"),
            "Python does not calculate with whole lists. Go through both: `for w, g in zip(weights, gradients)`.",
        ),
        "one array of all": (
            raises("ValueError", "inhomogeneous"),
            "Arrays of different shapes do not fit into one. Take them one by one.",
        ),
        "not moved": (
            lambda weights, gradients, rate: weights,
            "The weights come back as they were. Subtract rate · gradient from each array.",
        ),
        "rate times gradient alone": (
            each(lambda w, g, rate: rate * g),
            "You return rate · gradient. Subtract it from the weights.",
        ),
        "gradient forgotten": (
            each(lambda w, g, rate: w - rate),
            "You subtract the rate alone. Multiply it by the gradient first.",
        ),
        "rate and gradient added": (
            each(lambda w, g, rate: w - (rate + g)),
            "You add the rate to the gradient. Multiply them.",
        ),
        "weights and gradients swapped": (
            each(lambda w, g, rate: g - rate * w),
            "Weights and gradients are swapped: the weights move, by rate · gradient.",
        ),
        "turned round": (
            each(lambda w, g, rate: rate * g - w),
            "The difference is turned round: the weights minus rate · gradient.",
        ),
        "divided by the gradient": (
            each(lambda w, g, rate: w - rate / g),
            "You divide the rate by the gradient. Multiply them.",
        ),
        "matched by shape": (
            lambda weights, gradients, rate: [
                w - rate * next(g for g in gradients if g.shape == w.shape) for w in weights
            ],
            "Arrays of the same shape all get the same gradient in yours. Take the gradients in their order.",
        ),
        "divided by the rate": (
            each(lambda w, g, rate: w - g / rate),
            "You divide the gradient by the rate. Multiply them.",
        ),
        "weights shrunk": (
            each(lambda w, g, rate: w * (1 - rate) - rate * g),
            "The rate also shrinks the weights. Subtract rate · gradient from the whole weight.",
        ),
    }


def keras_steps(w, slopes, rate):
    """Steps of Keras's own Adam: what it has before each of them, and what after."""
    optimizer = keras.optimizers.Adam(learning_rate=rate, beta_1=0.9, beta_2=0.999)
    weight = keras.Variable(w, dtype="float32")
    optimizer.build([weight])
    before = [w, np.zeros_like(w), np.zeros_like(w)]
    for t, g in enumerate(slopes, start=1):
        optimizer.apply([keras.ops.convert_to_tensor(g, dtype="float32")])
        means = [v for v in optimizer.variables if tuple(v.shape) == w.shape]
        after = [keras.ops.convert_to_numpy(part).astype(float) for part in (weight, *means[:2])]
        yield (before[0], g, before[1], before[2], t, rate), after
        before = after


def running(before, new, beta):
    return beta * before + (1 - beta) * new


def one_step(step, mean=running, square=np.square):
    """Where a formula for the step leads, or one for the running means."""

    def moved(w, g, m, v, t, rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
        m, v = mean(m, g, beta_1), mean(v, square(g), beta_2)
        return [w - step(g, m, v, t, rate, beta_1, beta_2, epsilon), m, v]

    return moved


def corrected_kept(w, g, m, v, t, rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
    """The corrected means are handed on."""
    m, v = running(m, g, beta_1) / (1 - beta_1**t), running(v, g**2, beta_2) / (1 - beta_2**t)
    return [w - rate * m / (np.sqrt(v) + epsilon), m, v]


def old_means(w, g, m, v, t, rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
    """The step is taken before the means are brought up to date."""
    step = step_of_adam(g, m, v, t, rate, beta_1, beta_2, epsilon)
    return [w - step, running(m, g, beta_1), running(v, g**2, beta_2)]


def means_of_means(w, g, m, v, t, rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
    """The second mean is of the first one's square."""
    m = running(m, g, beta_1)
    v = running(v, m**2, beta_2)
    return [w - step_of_adam(g, m, v, t, rate, beta_1, beta_2, epsilon), m, v]


def step_of_adam(g, m, v, t, rate, b1, b2, e):
    return rate * m / (1 - b1**t) / (np.sqrt(v / (1 - b2**t)) + e)


adam = one_step(step_of_adam)


def steps(w, slopes, *numbers):
    """Steps of Adam, one after the other: what is given to each, and what it returns."""
    m, v = np.zeros_like(w), np.zeros_like(w)
    for t, g in enumerate(slopes, start=1):
        given = w, g, m, v, t, *numbers
        w, m, v = adam(*given)
        yield given, [w, m, v]


class AdamStep(Exercise):
    """One step of Adam, the first or a later one."""

    name = "adam_step"
    rtol = atol = 1e-5  # an answer may add epsilon before the correction, as Keras does
    in_place = "costs"

    def examples(self):
        w = np.array([1.0, -2.0, 0.5])
        slopes = [np.array(g) for g in ([2.0, -1.0, 0.5], [1.0, 0.5, -1.0], [-0.5, 2.0, 1.0])]
        yield from keras_steps(w, slopes, 0.01)
        yield from steps(w, [np.array([2.0, 0.0, -1.0]), slopes[1]], 0.1, 0.5, 0.75)
        yield from steps(w, slopes[:2], 0.1, 0.5, 0.0, 0.25)
        yield from steps(w, slopes[:2])

    def hidden(self, rng):
        other = rng.uniform(0.6, 0.85), rng.uniform(0.9, 0.97)
        # with beta_2 = 0 it does not matter where epsilon is added
        instant = rng.uniform(0.6, 0.85), 0.0, rng.uniform(0.1, 0.5)
        for shape, many, numbers in (
            ((2, 3), 20, (0.05, 0.9, 0.999)),
            ((5,), 8, (0.02, *other)),
            ((4,), 3, (0.1, *instant)),
            ((3,), 4, ()),
        ):
            w = rng.normal(size=shape)
            # no slope is nearly 0: there it counts where epsilon is added; where all are 0 it does not
            slopes = [rng.uniform(0.5, 2, shape) * rng.choice([-1, 1], shape) for _ in range(many)]
            for g in slopes:
                g.flat[1] = 0.0
            first, second, *_, last = steps(w, slopes, *numbers)
            yield from (first, second, last)

    def hidden_inputs(self, draw):
        shape = draw.shape(draw.whole(1, 3), 3)
        w = draw.array(shape, -9, 9)
        # 0 or not nearly 0: else it counts where epsilon is added
        slopes = draw.items(lambda: draw.array(shape, 0.5, 2) * draw.wholes(shape, -1, 1), 1, 6)
        numbers = draw.one_of(
            (), (draw.number(0.001, 0.1), draw.number(0.5, 0.95), draw.number(0.9, 0.999))
        )
        return list(steps(w, slopes, *numbers))[-1]

    parts = ("w", "m", "v")

    @staticmethod
    def reference(w, g, m, v, t, rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
        return adam(w, g, m, v, t, rate, beta_1, beta_2, epsilon)

    mistakes = {
        "means not corrected": (
            one_step(lambda g, m, v, t, rate, b1, b2, e: rate * m / (np.sqrt(v) + e)),
            "m and v are right. They start at zero and are too near it at first: divide by 1 − β₁ᵗ and 1 − β₂ᵗ "
            "for the step.",
        ),
        "corrected means kept": (
            corrected_kept,
            "You hand on the corrected means. The next step needs m and v as they were before the correction.",
        ),
        "no root": (
            one_step(
                lambda g, m, v, t, rate, b1, b2, e: rate * m / (1 - b1**t) / (v / (1 - b2**t) + e)
            ),
            "The step divides by the *root* of v̂.",
        ),
        "slope for its mean": (
            one_step(lambda g, m, v, t, rate, b1, b2, e: rate * g / (np.sqrt(v / (1 - b2**t)) + e)),
            "You step along g itself. Adam steps along its running mean m̂.",
        ),
        "times instead of power": (
            one_step(
                lambda g, m, v, t, rate, b1, b2, e: (
                    rate * m / (1 - b1 * t) / (np.sqrt(v / (1 - b2 * t)) + e)
                )
            ),
            "βᵗ is β to the power of t, `beta_1**t`, not β times t.",
        ),
        "one step late": (
            one_step(
                lambda g, m, v, t, rate, b1, b2, e: (
                    rate * m / (1 - b1 ** (t + 1)) / (np.sqrt(v / (1 - b2 ** (t + 1))) + e)
                )
            ),
            "t counts from 1 already: no t + 1.",
        ),
        "uphill": (
            one_step(
                lambda g, m, v, t, rate, b1, b2, e: (
                    -rate * m / (1 - b1**t) / (np.sqrt(v / (1 - b2**t)) + e)
                )
            ),
            "This goes uphill: subtract the step.",
        ),
        "the means as they were": (
            old_means,
            "Your step uses m and v as they were given. Bring them up to date with g first.",
        ),
        "mean of the mean": (
            means_of_means,
            "v is the running mean of m² in yours. It is that of g².",
        ),
        "the power lost": (
            one_step(
                lambda g, m, v, t, rate, b1, b2, e: (
                    rate * m / (1 - b1) / (np.sqrt(v / (1 - b2)) + e)
                )
            ),
            "You divide by 1 − β at every step. It is 1 − βᵗ, with `beta_1**t`.",
        ),
        "weights only": (
            when(lambda got: isinstance(got, np.ndarray) or len(got) != 3),
            "Three arrays are asked: the new w, m and v. The next step needs all of them.",
        ),
        "fixed betas": (
            one_step(
                lambda g, m, v, t, rate, b1, b2, e: (
                    rate * m / (1 - 0.9**t) / (np.sqrt(v / (1 - 0.999**t)) + e)
                )
            ),
            "You correct with 0.9 and 0.999, whatever β₁ and β₂ are: use the arguments.",
        ),
        "betas unused": (
            lambda w, g, m, v, t, rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7: adam(
                w, g, m, v, t, rate, epsilon=epsilon
            ),
            "Your step uses 0.9 and 0.999, whatever β₁ and β₂ are: use the arguments.",
        ),
        "epsilon unused": (
            lambda w, g, m, v, t, rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7: adam(
                w, g, m, v, t, rate, beta_1, beta_2
            ),
            "Your step uses another ε than the argument `epsilon`. Use the argument.",
        ),
        "no epsilon": (
            lambda w, g, m, v, t, rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7: adam(
                w, g, m, v, t, rate, beta_1, beta_2, 0.0
            ),
            "ε is missing: where all slopes so far are 0, you divide 0 by 0. Divide by √v̂ + ε.",
        ),
        "epsilon after the division": (
            one_step(
                lambda g, m, v, t, rate, b1, b2, e: (
                    rate * m / (1 - b1**t) / np.sqrt(v / (1 - b2**t)) - e
                )
            ),
            "`a / b + ε` adds ε after the division. Divide by the whole of √v̂ + ε: put it into parentheses.",
        ),
        "epsilon under the root": (
            one_step(
                lambda g, m, v, t, rate, b1, b2, e: (
                    rate * m / (1 - b1**t) / np.sqrt(v / (1 - b2**t) + e)
                )
            ),
            "You add ε before you take the root. Take the root of v̂ first, then add ε.",
        ),
        "only m corrected": (
            one_step(lambda g, m, v, t, rate, b1, b2, e: rate * m / (1 - b1**t) / (np.sqrt(v) + e)),
            "You correct m alone. Divide v by 1 − β₂ᵗ as well.",
        ),
        "only v corrected": (
            one_step(lambda g, m, v, t, rate, b1, b2, e: rate * m / (np.sqrt(v / (1 - b2**t)) + e)),
            "You correct v alone. Divide m by 1 − β₁ᵗ as well.",
        ),
        "g not squared": (
            one_step(step_of_adam, square=lambda g: g),
            "v is the running mean of g itself in yours. It is that of g².",
        ),
        "weights of the mean swapped": (
            one_step(step_of_adam, mean=lambda before, new, beta: (1 - beta) * before + beta * new),
            "β and 1 − β are swapped: most of the old mean stays, and 1 − β of the new slope joins it.",
        ),
        "1 − β lost": (
            one_step(step_of_adam, mean=lambda before, new, beta: beta * before + new),
            "The new slope joins its running mean in full. Multiply it by 1 − β.",
        ),
    }
