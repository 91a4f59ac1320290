"""The exercises of lesson 1."""

import numpy as np

from course_lib.activations import ACTIVATIONS
from course_lib.check import Exercise, raises, unfit, when


class Neuron(Exercise):
    """One neuron: f(w·x + b)."""

    name = "neuron"
    rtol, atol = 1e-5, 1e-6  # an answer may compute in 32 bits

    def examples(self):
        yield (np.array([3.0, 1.0]), np.array([2.0, -1.0]), -4.0, np.tanh), np.tanh(1.0)
        yield (np.array([1.0, -2.0, 3.0]), np.array([2.0, 3.0, 1.0]), -1.0, np.tanh), np.tanh(-2.0)
        yield (np.array([2.0, 1.0]), np.array([-1.0, 3.0]), 0.5, np.exp), np.exp(1.5)

    def hidden(self, rng):
        functions = [np.tanh, np.exp, np.sin, lambda z: np.maximum(0.0, z), lambda z: z]
        for n, f in enumerate(functions, start=1):
            x, w, b = rng.normal(size=n), rng.normal(size=n), rng.normal()
            yield (x, w, b, f), f(float(w @ x) + b)

    def hidden_inputs(self, draw):
        n = draw.whole(1, 8)
        x, w, b = draw.array((n,), -4, 4), draw.array((n,), -4, 4), draw.number(-4, 4)
        f = draw.one_of(np.tanh, np.sin, np.exp, lambda z: np.maximum(0.0, z), lambda z: z)
        return (x, w, b, f), f(float(w @ x) + b)

    @staticmethod
    def reference(x, w, b, activation):
        return activation(w @ x + b)

    mistakes = {
        "bias forgotten": (
            lambda x, w, b, f: f(w @ x),
            "The bias b is missing. Add it to the weighted sum.",
        ),
        "bias subtracted": (
            lambda x, w, b, f: f(w @ x - b),
            "You subtract the bias. A neuron adds it.",
        ),
        "always tanh": (
            lambda x, w, b, f: np.tanh(w @ x + b),
            "Your neuron uses tanh whatever `activation` is. Call `activation`.",
        ),
        "bias after the activation": (
            lambda x, w, b, f: f(w @ x) + b,
            "The bias belongs inside: f(w·x + b).",
        ),
        "no activation": (
            lambda x, w, b, f: w @ x + b,
            "That is the weighted sum. Pass it through `activation`.",
        ),
        "average": (
            lambda x, w, b, f: f(np.mean(w * x) + b),
            "You average the products. A neuron adds them up, although the deck says average.",
        ),
        "not summed": (
            lambda x, w, b, f: f(w * x + b),
            "You have one number per input. The products must be added up before the activation.",
        ),
        "sum subtracted": (
            lambda x, w, b, f: f(b - w @ x),
            "You subtract the weighted sum from the bias. A neuron adds the two.",
        ),
        "inputs unused": (
            lambda x, w, b, f: f(b),
            "Only the bias reaches the activation. Add the weighted sum of the inputs to it.",
        ),
        "weights added up": (
            lambda x, w, b, f: f(w.sum() + b),
            "You add up the weights alone. Multiply each weight by its input first.",
        ),
        "inputs added up": (
            lambda x, w, b, f: f(x.sum() + b),
            "You add up the inputs alone. Multiply each input by its weight first.",
        ),
        "added, not multiplied": (
            lambda x, w, b, f: f((w + x).sum() + b),
            "You add each weight to its input. A neuron multiplies them.",
        ),
        "divided, not multiplied": (
            lambda x, w, b, f: f((w / x).sum() + b),
            "You divide each weight by its input. A neuron multiplies them.",
        ),
        "last product only": (
            lambda x, w, b, f: f(w[-1] * x[-1]),
            "Only the product of the last input is left. In a loop `z = …` overwrites; `z += …` adds.",
        ),
        "last product and bias": (
            lambda x, w, b, f: f(w[-1] * x[-1] + b),
            "Of all products only that of the last input counts. In a loop `z = …` overwrites; `z += …` adds.",
        ),
        "bias with each product": (
            lambda x, w, b, f: f(w @ x + len(x) * b),
            "You add the bias once for each input. Add it once, to the sum of the products.",
        ),
        "first product only": (
            lambda x, w, b, f: f(w[0] * x[0] + b),
            "Only the first input counts. If `return` stands inside your loop, it ends the loop at once.",
        ),
        "two inputs only": (
            lambda x, w, b, f: f(w[0] * x[0] + w[1] * x[1] + b),
            "You use the first two inputs. There may be any number of them: `w @ x` takes all.",
        ),
    }


class LeakyRelu(Exercise):
    """max(0.1 x, x), element by element."""

    name = "leaky_relu"

    def examples(self):
        yield (
            (np.array([[3.0, -2.0, 0.5], [0.0, -0.5, -40.0]]),),
            [[3.0, -0.2, 0.5], [0.0, -0.05, -4.0]],
        )
        yield (np.array([-2.0, 0.0, 3.0]),), [-0.2, 0.0, 3.0]

    def hidden(self, rng):
        corners = np.array([[-1000.0, -3.5, -1e-6], [0.0, 0.7, 1000.0]])
        for x in (corners, np.linspace(-7, 7, 29), rng.normal(0, 5, size=(2, 3, 4))):
            yield (x,), np.where(x > 0, x, 0.1 * x)

    def hidden_inputs(self, draw):
        x = draw.array(draw.shape(draw.whole(1, 3), 4), -1000, 1000)
        return (x,), self.reference(x)

    @staticmethod
    def reference(x):
        return np.where(x > 0, x, 0.1 * x)

    mistakes = {
        "slope 0.01": (
            lambda x: np.maximum(0.01 * x, x),
            "The slope for negative x is 0.1 in this course, yours looks like 0.01.",
        ),
        "plain ReLU": (
            lambda x: np.maximum(0, x),
            "Negative inputs give 0. A leak lets a tenth of them through.",
        ),
        "a tenth of all": (
            lambda x: 0.1 * x,
            "You take a tenth of every number. Positive numbers stay as they are.",
        ),
        "minimum": (
            lambda x: np.minimum(0.1 * x, x),
            "Each number is the smaller of x and 0.1·x. Leaky ReLU gives the larger.",
        ),
        "absolute value": (
            lambda x: np.where(x > 0, x, -0.1 * x),
            "Negative inputs come out positive. The leak keeps their sign.",
        ),
        "one number for all": (
            lambda x: max(0.1 * x.max(), x.max()),
            "You return one number. `np.maximum(a, b)` compares element by element; `max` and `np.max` do not.",
        ),
        "not vectorised": (
            raises("ValueError", "truth value of an array"),
            "`if` and `max` ask for one truth value; an array has many. Use `np.maximum` or `np.where`.",
        ),
        "max for maximum": (
            raises("TypeError", "converted to a scalar index"),
            "If you wrote `np.max(a, b)`: its second argument is an axis. `np.maximum(a, b)` compares two arrays.",
        ),
    }


class Maxout(Exercise):
    """The larger of two weighted sums."""

    name = "maxout"
    rtol, atol = 1e-5, 1e-6  # an answer may compute in 32 bits

    def examples(self):
        x, w1, w2 = np.array([2.0, 5.0]), np.array([5.0, -1.0]), np.array([-3.0, 2.0])
        yield (x, w1, 6.0, w2, 1.0), 11.0  # 5 + 6 and 4 + 1
        yield (x, w1, -1.0, w2, 9.0), 13.0
        yield (x, w1, -9.0, w2, -5.0), -1.0
        yield (np.array([-1.0, 3.0]), w1, 4.0, w2, -20.0), -4.0

    def hidden(self, rng):
        for d in (2, 3, 5, 30):
            x, w1, w2 = rng.normal(size=(3, d))
            b1, b2 = rng.normal(size=2)
            larger = max(float(w1 @ x) + b1, float(w2 @ x) + b2)
            yield (x, w1, b1, w2, b2), larger
            yield (x, w2, b2, w1, b1), larger

    def hidden_inputs(self, draw):
        n = draw.whole(1, 8)
        x, w1, w2 = (draw.array((n,), -4, 4) for _ in range(3))
        b1, b2 = draw.number(-9, 9), draw.number(-9, 9)
        return (x, w1, b1, w2, b2), self.reference(x, w1, b1, w2, b2)

    @staticmethod
    def reference(x, w1, b1, w2, b2):
        return max(w1 @ x + b1, w2 @ x + b2)

    kinds = {
        "the first of the two sums is the larger": lambda x, w1, b1, w2, b2: (
            w1 @ x + b1 > w2 @ x + b2
        ),
        "the second of the two sums is the larger": lambda x, w1, b1, w2, b2: (
            w1 @ x + b1 < w2 @ x + b2
        ),
    }
    mistakes = {
        "smaller line": (
            lambda x, w1, b1, w2, b2: min(w1 @ x + b1, w2 @ x + b2),
            "You return the smaller of the two sums. Maxout keeps the larger one.",
        ),
        "biases forgotten": (
            lambda x, w1, b1, w2, b2: max(w1 @ x, w2 @ x),
            "The biases b1 and b2 are missing. Each belongs to its own sum.",
        ),
        "maximum of the weights": (
            lambda x, w1, b1, w2, b2: np.maximum(w1, w2) @ x + max(b1, b2),
            "You choose the larger weights first. Compute both sums, then choose the larger sum.",
        ),
        "sum of both": (
            lambda x, w1, b1, w2, b2: w1 @ x + b1 + w2 @ x + b2,
            "You add the two sums. Maxout keeps the larger one.",
        ),
        "ReLU of the first sum": (
            lambda x, w1, b1, w2, b2: max(0.0, w1 @ x + b1),
            "That is ReLU of the first sum. The second sum takes the place of the 0.",
        ),
        "0 as a third": (
            lambda x, w1, b1, w2, b2: max(0.0, w1 @ x + b1, w2 @ x + b2),
            "You also compare with 0. When both sums are negative, the larger of them is the answer.",
        ),
        "absolute value": (
            lambda x, w1, b1, w2, b2: abs(w1 @ x + b1),
            "You return the first sum without its sign. Compare the first sum with the second.",
        ),
        "first sum only": (
            lambda x, w1, b1, w2, b2: w1 @ x + b1,
            "You return the first sum even where the second is larger.",
        ),
        "second sum only": (
            lambda x, w1, b1, w2, b2: w2 @ x + b2,
            "You return the second sum even where the first is larger.",
        ),
        "biases swapped": (
            lambda x, w1, b1, w2, b2: max(w1 @ x + b2, w2 @ x + b1),
            "The biases are swapped: b1 belongs to w1, b2 to w2.",
        ),
        "not compared": (
            raises("ValueError", "truth value of an array"),
            "`max` and `if` compare numbers; here they got an array. If you wrote `w1 * x`: add up its products first.",
        ),
        "average of both": (
            lambda x, w1, b1, w2, b2: (w1 @ x + b1 + w2 @ x + b2) / 2,
            "You average the two sums. Maxout keeps the larger one.",
        ),
        "b1 forgotten": (
            lambda x, w1, b1, w2, b2: max(w1 @ x, w2 @ x + b2),
            "The first sum lacks its bias b1.",
        ),
        "b2 forgotten": (
            lambda x, w1, b1, w2, b2: max(w1 @ x + b1, w2 @ x),
            "The second sum lacks its bias b2.",
        ),
        "b1 twice": (
            lambda x, w1, b1, w2, b2: max(w1 @ x + b1, w2 @ x + b1),
            "b1 stands in both sums. The second one has the bias b2.",
        ),
        "w1 twice": (
            lambda x, w1, b1, w2, b2: max(w1 @ x + b1, w1 @ x + b2),
            "w1 stands in both sums. The second one has the weights w2.",
        ),
        "inputs unused": (
            lambda x, w1, b1, w2, b2: max(b1, b2),
            "You compare the biases alone. Add each one's weighted sum first.",
        ),
        "b1 alone": (
            lambda x, w1, b1, w2, b2: max(b1, w2 @ x + b2),
            "The first sum is b1 alone. Add w1·x.",
        ),
        "b2 alone": (
            lambda x, w1, b1, w2, b2: max(w1 @ x + b1, b2),
            "The second sum is b2 alone. Add w2·x.",
        ),
        "w1 added up": (
            lambda x, w1, b1, w2, b2: max(w1.sum() + b1, w2 @ x + b2),
            "In the first sum you add up the weights alone. Multiply each weight by its input first.",
        ),
        "w2 added up": (
            lambda x, w1, b1, w2, b2: max(w1 @ x + b1, w2.sum() + b2),
            "In the second sum you add up the weights alone. Multiply each weight by its input first.",
        ),
        "weights added up": (
            lambda x, w1, b1, w2, b2: max(w1.sum() + b1, w2.sum() + b2),
            "You add up the weights alone. Multiply each weight by its input first.",
        ),
        "b1 subtracted": (
            lambda x, w1, b1, w2, b2: max(w1 @ x - b1, w2 @ x + b2),
            "You subtract b1. Add it.",
        ),
        "biases subtracted": (
            lambda x, w1, b1, w2, b2: max(w1 @ x - b1, w2 @ x - b2),
            "You subtract the biases. Add them.",
        ),
        "biases with each product": (
            lambda x, w1, b1, w2, b2: max(w1 @ x + len(x) * b1, w2 @ x + len(x) * b2),
            "You add the bias once for each input. Add it once, to the sum of the products.",
        ),
        "not summed": (
            lambda x, w1, b1, w2, b2: np.maximum(w1 * x + b1, w2 * x + b2),
            "You compare input by input. First add up the products, then take the larger of two numbers.",
        ),
    }


def stable_sigmoid(x):
    e = np.exp(-np.abs(x))
    return np.where(x >= 0, 1 / (1 + e), e / (1 + e))


def one_side(got, expected, negative):
    """Whether the numbers for negative x alone are wrong, or those for the others; not the wrong form's, nor nan."""
    got, expected = np.asarray(got, dtype=float), np.asarray(expected, dtype=float)
    side = (expected < 0.5) == negative
    wrong = ~np.isclose(got, expected, rtol=1e-5, atol=1e-7)
    turned = np.allclose(got[wrong], 1 - expected[wrong])
    return bool(np.isfinite(got).all() and not wrong[~side].any() and not turned)


class Sigmoid(Exercise):
    """1 / (1 + e⁻ˣ), without overflow."""

    name = "sigmoid"
    rtol, atol = 1e-5, 1e-7  # an answer may compute in 32 bits

    def examples(self):
        x = np.array([-1000.0, -2.0, 0.0, 1.5, 1000.0])
        yield (x,), [0.0, 0.11920292202211755, 0.5, 0.8175744761936437, 1.0]
        yield (np.log([[1.0, 3.0], [4.0, 0.25]]),), [[0.5, 0.75], [0.8, 0.2]]

    def hidden(self, rng):
        corners = np.array([[-1000.0, -700.0, -35.0, -3.0], [3.0, 35.0, 700.0, 1000.0]])
        for x in (corners, np.linspace(-8, 8, 33), rng.normal(0, 20, size=(2, 5, 3))):
            yield (x,), stable_sigmoid(x)

    def hidden_inputs(self, draw):
        x = draw.array(draw.shape(draw.whole(1, 3), 4), -1000, 1000)
        return (x,), stable_sigmoid(x)

    @staticmethod
    def reference(x):
        return stable_sigmoid(x)

    mistakes = {
        "overflow": (
            lambda x: np.exp(x) / (1 + np.exp(x)),
            "At x = 1000 you get nan: e^1000 is inf, and inf/inf is nan. 1 / (1 + e^(−x)) is the same, without nan.",
        ),
        "sign": (
            lambda x: 1 / (1 + np.exp(x)),
            "Your curve falls, and large x should give 1. Is a sign the wrong way round, or are two branches?",
        ),
        "parentheses": (
            lambda x: 1 / 1 + np.exp(-x),
            "You return 1 + e^(−x). Asked is 1 divided by that. `1 / 1 + a` means (1/1) + a; parentheses help.",
        ),
        "tanh": (np.tanh, "That is tanh: it runs from −1 to 1. The sigmoid runs from 0 to 1."),
        "clipped too early": (
            lambda x: 1 / (1 + np.exp(-np.clip(x, -10, 10))),
            "You clip the input so early that the curve changes: the true value at x = −1000 is nearer to 0.",
        ),
        "not vectorised": (
            raises("TypeError", "converted to Python scalars"),
            "`math.exp` and `float` take one number. `np.exp` takes whole arrays.",
        ),
        "an if on an array": (
            raises("ValueError", "truth value of an array"),
            "`if` asks for one truth value; an array has many. `np.where(condition, a, b)` chooses element by element.",
        ),
        "overflow of math": (
            raises("OverflowError", "math range error"),
            "`math.exp(1000)` is too large for a float and stops. Use 1 / (1 + e^(−x)) for x ≥ 0, and e^x / (1 + e^x), "
            "which is the same, for negative x.",
        ),
        "always above one half": (
            lambda x: 1 / (1 + np.exp(-np.abs(x))),
            "Negative x gives what −x should give. For negative x use the other form, e^x / (1 + e^x).",
        ),
        "1 lost": (np.exp, "That is e^x. The denominator is 1 + e^(−x), not e^(−x) alone."),
        "minus below": (
            lambda x: 1 / (1 - np.exp(-x)),
            "The denominator has a minus. It is 1 plus e^(−x).",
        ),
        "2 for 1": (
            lambda x: 1 / (2 + np.exp(-x)),
            "The denominator is 1 + e^(−x): yours begins with a 2.",
        ),
        "twice as steep": (
            lambda x: stable_sigmoid(2 * x),
            "Your curve is twice as steep: at x it has the value that belongs to 2x. Look for a factor before x.",
        ),
        "negative side": (
            when(lambda got, expected: one_side(got, expected, negative=True)),
            "For x ≥ 0 all is right. For negative x your value should be that of e^x / (1 + e^x).",
        ),
        "positive side": (
            when(lambda got, expected: one_side(got, expected, negative=False)),
            "For negative x all is right. For x ≥ 0 your value should be that of 1 / (1 + e^(−x)).",
        ),
    }


class Elu(Exercise):
    """x for x ≥ 0, else α (eˣ − 1)."""

    name = "elu"
    rtol = atol = 1e-6  # an answer may compute in 32 bits

    def without_alpha(self, elu, x):
        """With the α that stands in the function's first line."""
        return elu(x)

    def examples(self):
        x = np.array([-1.0, 0.0, 0.5, 2.0])
        yield (x, 1.0), [np.exp(-1) - 1, 0.0, 0.5, 2.0]
        yield (x, 0.25), [0.25 * (np.exp(-1) - 1), 0.0, 0.5, 2.0]
        yield (x[::-1].reshape(2, 2),), [[2.0, 0.5], [0.0, np.exp(-1) - 1]], self.without_alpha

    def hidden(self, rng):
        corners = np.array([[-1000.0, -5.0, -0.25], [0.25, 5.0, 1000.0]])
        for alpha in (0.1, 1.0, 2.5, rng.uniform(0.2, 3.0)):
            for x in (corners, rng.normal(0, 3, size=12)):
                yield (x, alpha), np.where(x >= 0, x, alpha * np.expm1(np.minimum(x, 0.0)))
        x = rng.normal(0, 3, size=(2, 2, 3))
        yield (x,), np.where(x >= 0, x, np.expm1(np.minimum(x, 0.0))), self.without_alpha

    def hidden_inputs(self, draw):
        x, alpha = draw.array(draw.shape(draw.whole(1, 3), 4), -1000, 1000), draw.number(0.125, 4)
        return (x, alpha), self.reference(x, alpha)

    @staticmethod
    def reference(x, alpha=1.0):
        return np.where(x >= 0, x, alpha * np.expm1(np.minimum(x, 0.0)))

    mistakes = {
        "not mended": (
            lambda x, alpha=1.0: np.where(x >= 0, x, alpha * np.exp(x) - 1),
            "Still the old formula: α multiplies e^x alone. It must multiply the whole difference e^x − 1.",
        ),
        "alpha unused": (
            lambda x, alpha=1.0: np.where(x >= 0, x, np.exp(x) - 1),
            "The result does not change with α. Below zero, ELU is α times (e^x − 1).",
        ),
        "sign": (
            lambda x, alpha=1.0: np.where(x >= 0, x, alpha * (1 - np.exp(x))),
            "Below zero your curve is positive. ELU goes down to −α there.",
        ),
        "alpha everywhere": (
            lambda x, alpha=1.0: alpha * np.where(x >= 0, x, np.exp(x) - 1),
            "α also changes the positive side. There ELU is x itself.",
        ),
        "shifted exponent": (
            lambda x, alpha=1.0: np.where(x >= 0, x, alpha * np.exp(x - 1)),
            "You take e to the power x − 1. The 1 is subtracted afterwards, outside `np.exp`.",
        ),
        "no branch": (
            lambda x, alpha=1.0: alpha * (np.exp(x) - 1),
            "For x ≥ 0 your result is α(e^x − 1). There ELU is x.",
        ),
        "sides swapped": (
            lambda x, alpha=1.0: np.where(x < 0, x, alpha * (np.exp(x) - 1)),
            "The sides are swapped: ELU is x where x ≥ 0, and α(e^x − 1) below.",
        ),
        "plus 1": (
            lambda x, alpha=1.0: np.where(x >= 0, x, alpha * (np.exp(x) + 1)),
            "You add 1. Below zero, ELU is α times (e^x − 1).",
        ),
        "1 lost": (
            lambda x, alpha=1.0: np.where(x >= 0, x, alpha * np.exp(x)),
            "The −1 is lost: below zero, ELU is α times (e^x − 1).",
        ),
        "alpha added": (
            lambda x, alpha=1.0: np.where(x >= 0, x, alpha + np.exp(x) - 1),
            "You add α. Multiply by it.",
        ),
        "divided by alpha": (
            lambda x, alpha=1.0: np.where(x >= 0, x, (np.exp(x) - 1) / alpha),
            "You divide by α. Multiply by it.",
        ),
    }


def bend(x):
    return x**3 + x**2


class Derivative(Exercise):
    """The difference quotient over both sides."""

    name = "derivative"
    rtol = atol = 1e-3  # an answer may compute in 32 bits

    def without_h(self, derivative, f, x):
        """With the step that stands in the function's first line."""
        return derivative(f, x)

    def examples(self):
        x = np.array([-1.0, 0.5, 3.0])
        yield (np.square, x, 0.1), 2 * x
        yield (bend, x, 0.1), 3 * x**2 + 2 * x + 0.01
        yield (bend, np.array([[1.0, 2.0], [-3.0, 0.0]]), 0.5), [[5.25, 16.25], [21.25, 0.25]]
        yield (bend, x), 3 * x**2 + 2 * x, self.without_h

    def hidden(self, rng):
        x = np.linspace(-2, 2, 9) + rng.uniform(-0.1, 0.1)
        yield (np.sin, x, 0.25), np.cos(x) * np.sin(0.25) / 0.25
        yield (np.exp, x.reshape(3, 3), 0.5), np.exp(x.reshape(3, 3)) * np.sinh(0.5) / 0.5
        yield (np.tanh, x, 1e-5), 1 - np.tanh(x) ** 2
        yield (np.sin, 2 * x), np.cos(2 * x), self.without_h

    hidden_in_32_bits = False

    def hidden_inputs(self, draw):
        f = draw.one_of(np.square, np.sin, np.tanh, bend)
        x = draw.array(draw.shape(draw.whole(1, 3), 4), -4, 4)
        h = draw.one_of(1e-5, draw.number(0.125, 0.5))
        return (f, x, h), self.reference(f, x, h)

    @staticmethod
    def reference(f, x, h=1e-5):
        return (f(x + h) - f(x - h)) / (2 * h)

    @staticmethod
    def steps(f, x, h):
        return {"f(x + h)": f(x + h), "f(x − h)": f(x - h)}

    mistakes = {
        "one-sided": (
            lambda f, x, h=1e-5: (f(x + h) - f(x)) / h,
            "You step to one side only. Step to both sides: the errors cancel.",
        ),
        "backwards": (
            lambda f, x, h=1e-5: (f(x) - f(x - h)) / h,
            "You step to the left only. Step to both sides: the errors cancel.",
        ),
        "divided by 2": (
            lambda f, x, h=1e-5: (f(x + h) - f(x - h)) / 2,
            "You divide by 2, but the distance between the two points is 2h.",
        ),
        "divided by h": (
            lambda f, x, h=1e-5: (f(x + h) - f(x - h)) / h,
            "Twice too large: from x − h to x + h you walk 2h, not h.",
        ),
        "parentheses": (
            lambda f, x, h=1e-5: f(x + h) - f(x - h) / (2 * h),
            "Only the second term is divided. Put the difference into parentheses.",
        ),
        "left point only": (
            lambda f, x, h=1e-5: f(x - h) / (2 * h),
            "You use the height at x − h alone. A slope needs the difference of two heights.",
        ),
        "right of 0": (
            lambda f, x, h=1e-5: (f(h) - f(x - h)) / (2 * h),
            "The right point is h itself, wherever x is. Step from x: x + h.",
        ),
        "left of 0": (
            lambda f, x, h=1e-5: (f(x + h) - f(h)) / (2 * h),
            "The left point is h itself, wherever x is. Step from x: x − h.",
        ),
        "left point mirrored": (
            lambda f, x, h=1e-5: (f(x + h) - f(h - x)) / (2 * h),
            "The left point is h − x. Step from x: x − h.",
        ),
        "divided, then multiplied": (
            lambda f, x, h=1e-5: (f(x + h) - f(x - h)) / 2 * h,
            "`a / 2 * h` multiplies by h. Write `a / (2 * h)`.",
        ),
        "sign": (
            lambda f, x, h=1e-5: (f(x - h) - f(x + h)) / (2 * h),
            "The sign is turned round: right minus left, not left minus right.",
        ),
        "added": (
            lambda f, x, h=1e-5: (f(x + h) + f(x - h)) / (2 * h),
            "You add the two heights. A slope needs their difference.",
        ),
        "not divided": (
            lambda f, x, h=1e-5: f(x + h) - f(x - h),
            "That is the rise from left to right. Divide it by the run, 2h.",
        ),
        "one step over 2h": (
            lambda f, x, h=1e-5: (f(x + h) - f(x)) / (2 * h),
            "You step from x to x + h, but divide by 2h. Start at x − h.",
        ),
        "left step over 2h": (
            lambda f, x, h=1e-5: (f(x) - f(x - h)) / (2 * h),
            "You step from x − h to x, but divide by 2h. End at x + h.",
        ),
        "right point only": (
            lambda f, x, h=1e-5: f(x + h) / (2 * h),
            "You use the height at x + h alone. Subtract the height at x − h.",
        ),
        "h unused": (
            lambda f, x, h=1e-5: (f(x + 1e-5) - f(x - 1e-5)) / 2e-5,
            "You give the slope for a tiny step, whatever h is. Step by the argument `h`; a line `h = …` loses it.",
        ),
        "half a step": (
            lambda f, x, h=1e-5: (f(x + h / 2) - f(x - h / 2)) / h,
            "You step by h/2 to each side. Step by h to each side: the distance is then 2h.",
        ),
    }


CORNERS = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
AND = [0, 0, 0, 1]
SHIFTS = [(0, 0), (0.1, 0.1), (-0.1, -0.1), (0.1, -0.1), (-0.1, 0.1)]


def flat(answer):
    """All numbers of an answer in a row; None where it holds anything else."""
    try:
        numbers = np.hstack([np.ravel(part) for part in answer])
        return numbers.astype(float) if numbers.dtype.kind in "biuf" else None  # "20" is text
    except (TypeError, ValueError):
        return None


def table(y):
    """At each corner: 1 where all outputs are above 0.95, 0 where they are below 0.05, else 0.5."""
    off = np.where((y < 0.05).all(axis=0), 0.0, 0.5)
    return np.where((y > 0.95).all(axis=0), 1.0, off).tolist()


def outputs(y, besides=""):
    """At each corner the limit that its outputs keep, or the one that is farthest from it."""
    found = {}
    for corner, on, least, most in zip(CORNERS, AND, y.min(axis=0), y.max(axis=0), strict=True):
        place = f"({corner[0]}, {corner[1]}){besides}"
        keeps, limit = (least > 0.95, "above 0.95") if on else (most < 0.05, "below 0.05")
        found[place] = f"at {place}: {limit if keeps else f'{least if on else most:.3g}'}"
    return found


class AndWeights(Exercise):
    """Weights of one sigmoid neuron that computes AND, also for inputs that are a little off."""

    name = "and_weights"

    def look(self, and_weights):
        """What comes out at the inputs (0, 0), (0, 1), (1, 0), (1, 1), and near them."""
        answer = and_weights()
        numbers = flat(answer)
        if numbers is None or len(numbers) != 3:
            return answer if answer is None else unfit(answer)
        z = np.stack([(CORNERS + shift) @ numbers[:2] + numbers[2] for shift in SHIFTS])
        y = ACTIVATIONS["sigmoid"].function(z)
        return {
            **outputs(y[:1]),
            **outputs(y, ", a little off"),
            "_exact": table(y[:1]),
            "_a little off": table(y),
            "_z": z[0].tolist(),
        }

    def examples(self):
        right = np.array([AND], dtype=float)
        yield (), {**outputs(right), **outputs(right, ", a little off")}

    def stays(self, and_weights, noise):
        """Whether (1, 1) stays above 0.95, and whether the other corners stay below 0.05."""
        answer = and_weights()
        numbers = flat(answer)
        if numbers is None or len(numbers) != 3:
            return answer if answer is None else unfit(answer)
        y = ACTIVATIONS["sigmoid"].function((CORNERS + noise) @ numbers[:2] + numbers[2])
        return {"on": bool(np.all(y[:, 3] > 0.95)), "off": bool(np.all(y[:, :3] < 0.05))}

    def hidden(self, rng):
        yield (rng.uniform(-0.1, 0.1, (200, 4, 2)),), {"on": True, "off": True}, self.stays

    mistakes = {
        "three numbers": (
            when(lambda got: got is not None and not isinstance(got, dict)),
            "Return exactly three numbers: w1, w2, b. The neuron makes its outputs of them.",
        ),
        "OR": (
            when(lambda got: got["_exact"] == [0, 1, 1, 1]),
            "This neuron computes OR: one input is enough for it. Make the bias so negative that one weight alone does "
            "not outweigh it.",
        ),
        "always off": (
            when(lambda got: got["_exact"] == [0, 0, 0, 0]),
            "The output is small everywhere. At (1, 1) both weights together must outweigh the bias.",
        ),
        "always on": (
            when(lambda got: got["_exact"] == [1, 1, 1, 1]),
            "The output is large everywhere. Make the bias so negative that one weight alone does not outweigh it.",
        ),
        "NAND": (
            when(lambda got: got["_exact"] == [1, 1, 1, 0]),
            "Turned round: this is NAND. Change the sign of all three numbers.",
        ),
        "NOR": (
            when(lambda got: got["_exact"] == [1, 0, 0, 0]),
            "This neuron is on only when both inputs are 0. AND needs positive weights and a negative bias.",
        ),
        "first input only": (
            when(lambda got: got["_exact"] == [0, 0, 1, 1]),
            "The output follows the first input alone. Give the second one as much weight.",
        ),
        "second input only": (
            when(lambda got: got["_exact"] == [0, 1, 0, 1]),
            "The output follows the second input alone. Give the first one as much weight.",
        ),
        "off for (1, 0) alone": (
            when(lambda got: got["_exact"] == [1, 1, 0, 1]),
            "Only (1, 0) switches this neuron off. If your bias comes first: the order is w1, w2, b.",
        ),
        "signs": (
            when(lambda got: min(got["_z"][1:3]) <= got["_z"][0] or got["_z"][0] >= 0),
            "AND needs two positive weights and a negative bias. One of yours is not so.",
        ),
        "too flat": (
            when(lambda got: 0.5 in got["_exact"] and max(got["_z"][:3]) < 0 < got["_z"][3]),
            "z has the right sign at all four inputs, but somewhere it is too near 0: that output lies between 0.05 "
            "and 0.95. Multiply all three numbers by the same factor.",
        ),
        "(1, 1) is not on": (
            when(lambda got: 0.5 in got["_exact"] and got["_z"][3] <= 0),
            "At (1, 1) z is 0 or less, the output one half or less. Both weights together must outweigh the bias.",
        ),
        "another input is on": (
            when(lambda got: 0.5 in got["_exact"] and max(got["_z"][:3]) >= 0),
            "At an input that should be off, z is 0 or more. Compute z for all four. Make the bias more negative.",
        ),
        "noise at (1, 1)": (
            when(lambda got: got["_a little off"] == [0, 0, 0, 0.5]),
            "With inputs that are a little off, (1, 1) is not always above 0.95. Make the bias less negative, or all "
            "numbers larger.",
        ),
        "noise at another corner": (
            when(lambda got: got["_exact"] == AND and got["_a little off"][3] == 1),
            "With inputs that are a little off, another corner than (1, 1) comes above 0.05. Make the bias more "
            "negative, or all numbers larger.",
        ),
        "noise": (
            when(lambda got: got["_exact"] == AND),
            "With inputs that are a little off, outputs on both sides lie between 0.05 and 0.95. Multiply all three "
            "numbers by the same factor.",
        ),
    }
    hidden_mistakes = {
        "(1, 1) is not always on": (
            when(lambda got: not got["on"]),
            "With noisy inputs (1, 1) is not always above 0.95. Make the bias less negative, or all numbers larger.",
        ),
        "another corner rises": (
            when(lambda got: not got["off"]),
            "With noisy inputs another corner than (1, 1) comes above 0.05. Make the bias more negative, or all "
            "numbers larger.",
        ),
    }
