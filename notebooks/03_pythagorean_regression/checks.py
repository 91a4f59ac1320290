"""The exercises of lesson 3."""

import json

import keras
import numpy as np

from course_lib.check import Exercise, beside, models, raises, unfit, when


@beside
def sample(sample_data, n, low, high, seed, before=0):
    """What comes back, as arrays if it is a pair; of the same generator so many samples are drawn before."""
    rng = np.random.default_rng(seed)
    found = [sample_data(n, low, high, rng) for _ in range(before + 1)][-1]
    if isinstance(found, (tuple, list)) and len(found) == 2:
        found = [np.asarray(part, dtype=float) for part in found]
    return found


def wrong_fact(name):
    """A mistake that is seen in the first fact that is not true."""
    return when(lambda got: next(key for key, fact in got.items() if fact is False) == name)


def sorted_columns(x):
    return np.sort(x, axis=0).T


def reach_of(x):
    """Lowest and highest number in each column."""
    return np.column_stack([x.min(axis=0), x.max(axis=0)])


def reaches(got, low, high):
    """Whether both x and y go from `low` to `high`, and no further."""
    near = bool(got["distances"]) and abs(np.array(got["_reach"]) - [low, high]).max() < 0.05 * (
        high - low
    )
    return near and not got["from low to high"]


def is_shifted(got):
    """Whether x and y spread as wide as from low to high, but elsewhere, by as much."""
    low, width = got["_low"], got["_high"] - got["_low"]
    shift = np.mean(got["_reach"]) - (low + width / 2)
    near = bool(got["distances"]) and abs(shift) > 0.1 * width
    return near and abs(np.array(got["_reach"]) - shift - [low, low + width]).max() < 0.05 * width


class SampleData(Exercise):
    """Points evenly in a square, and their distances from the origin."""

    name = "sample_data"

    def look(self, answer, low=-10.0, high=10.0, n=600, seed=1):
        """What is true of the points, or the answer itself where it is no pair."""
        pair = sample(answer, n, low, high, seed)
        if not isinstance(pair, (tuple, list)) or len(pair) != 2:
            return pair if pair is None else unfit(pair)
        X, z = pair
        if X.shape != (n, 2) or z.shape != (n,):
            return unfit({"shapes": [X.shape, z.shape]})
        again, other = (sample(answer, n, low, high, s)[0] for s in (seed, seed + 1))
        second = sample(answer, n, low, high, seed, 1)[0]
        middle, spread = (low + high) / 2, (high - low) / np.sqrt(12)  # of an even distribution
        inside = X.min() >= low - 1e-6 and X.max() <= high + 1e-6
        return {
            "shapes": [X.shape, z.shape],
            "distances": np.allclose(z, np.hypot(X[:, 0], X[:, 1]), rtol=1e-4, atol=1e-4),
            "from low to high": inside and np.ptp(X, axis=0).min() > 0.9 * (high - low),
            "between whole numbers": not np.array_equal(X, np.round(X)),
            "x and y apart": abs(np.corrcoef(X.T)[0, 1]) < 0.3,
            "few numbers twice": len(np.unique(X)) > 0.9 * X.size,
            "points in the corners": (abs(X - middle).min(axis=1) > 0.38 * (high - low)).any(),
            "evenly spread": bool(
                abs(X.mean() - middle) < 0.2 * spread
                and abs(X.std(axis=0) / spread - 1).max() < 0.15
            ),
            "from rng": np.array_equal(X, again)
            and not any(
                np.array_equal(*pair)
                for pair in zip(sorted_columns(X), sorted_columns(other), strict=True)
            ),
            "the second sample is another": not np.array_equal(X, second),
            "_reach": reach_of(X),
            "_low": low,
            "_high": high,
        }

    right = {
        "shapes": [(600, 2), (600,)],
        "distances": True,
        "from low to high": True,
        "between whole numbers": True,
        "x and y apart": True,
        "few numbers twice": True,
        "points in the corners": True,
        "evenly spread": True,
        "from rng": True,
        "the second sample is another": True,
    }

    def shapes(self, answer, n):
        """The shapes alone: of few points not much is known."""
        pair = sample(answer, n, -1.0, 1.0, 3)
        found = [np.shape(part) for part in pair]
        return {"shapes": found} if found == [(n, 2), (n,)] else unfit({"shapes": found})

    def examples(self):
        yield (), self.right
        yield (2.0, 5.0), self.right
        yield (3,), {"shapes": [(3, 2), (3,)]}, self.shapes

    def hidden(self, rng):
        low = rng.uniform(-5, 2)
        seed = int(rng.integers(3, 10**6))
        for borders in ((0.0, 1.0), (2.0, 4.0), (low, low + rng.uniform(1, 5))):
            yield (*borders, 600, seed), self.right
        for n in (1, 7):
            yield (n,), {"shapes": [(n, 2), (n,)]}, self.shapes

    def hidden_inputs(self, draw):
        low = draw.number(-20, 20)
        return (low, low + draw.number(0.5, 20), 600, draw.whole(3, 10**6)), self.right

    mistakes = {
        "swapped": (
            when(lambda got, expected: got["shapes"] == expected["shapes"][::-1]),
            "First the points, then the distances: `return X, z`.",
        ),
        "points in columns": (
            when(lambda got, expected: got["shapes"][0] == expected["shapes"][0][::-1]),
            "One row is one point: the shape is (n, 2), yours is (2, n). Transpose with `.T`.",
        ),
        "distances in a column": (
            when(
                lambda got, expected: (
                    got["shapes"] == [expected["shapes"][0], expected["shapes"][1] + [1]]
                )
            ),
            "The distances have shape (n, 1). Asked is (n,): a plain row of numbers.",
        ),
        "no distance for each point": (
            when(
                lambda got, expected: (
                    got["shapes"][0] == expected["shapes"][0] and got["shapes"][1] in ([], [0], [2])
                )
            ),
            "Each point has a distance of its own, shape (n,). Sum or norm run over the two columns: `axis=1`.",
        ),
        "not two columns": (
            when(
                lambda got, expected: (
                    got["shapes"][0][0] == expected["shapes"][0][0]
                    and got["shapes"][0] != expected["shapes"][0]
                )
            ),
            "A point has two numbers, x and y: the points have the shape (n, 2).",
        ),
        "always 600": (
            when(lambda got, expected: got["shapes"] == [[600, 2], [600]] != expected["shapes"]),
            "You draw 600 points here as well. Draw `n` of them.",
        ),
        "another number of points": (
            when(
                lambda got, expected: (
                    got["shapes"][0] == [*got["shapes"][1], 2]
                    and got["shapes"] != expected["shapes"]
                )
            ),
            "You give another number of points than `n`.",
        ),
        "distances": (
            wrong_fact("distances"),
            "The points are there, the distances do not fit: √(x² + y²) of each row.",
        ),
        "whole numbers": (
            when(lambda got: got["distances"] and not got["between whole numbers"]),
            "All your numbers are whole. Every place between them should be possible, too: `rng.uniform` draws so.",
        ),
        "always ten": (
            when(lambda got: reaches(got, -10, 10)),
            "Your points go from −10 to 10 whatever `low` and `high` are.",
        ),
        "from 0 to 1": (
            when(lambda got: reaches(got, 0, 1)),
            "Your points go from 0 to 1, as `rng.random()` does. Stretch and shift them, or let `rng.uniform` do so.",
        ),
        "from 0 to high": (
            when(
                lambda got: reaches(got, 0, got["_high"]) and abs(got["_low"]) > 0.05 * got["_high"]
            ),
            "Your points go from 0 to `high`. Where is `low`?",
        ),
        "a column stands still": (
            when(lambda got: np.ptp(got["_reach"], axis=1).min() == 0 and got["distances"]),
            "x or y is the same number in every row. Each point needs one of its own, drawn from `low` to `high`.",
        ),
        "shifted": (
            when(is_shifted),
            "Your points spread as wide as they should, but they do not begin at `low`. To numbers that begin at 0 "
            "add `low`.",
        ),
        "other borders": (
            when(
                lambda got: (
                    not got["from low to high"]
                    and not any(
                        reaches(got, *borders) for borders in ((-10, 10), (0, 1), (0, got["_high"]))
                    )
                    and got["distances"]
                )
            ),
            "x or y does not go from `low` to `high`. `rng.random()` goes from 0 to 1, `rng.normal()` has no borders; "
            "`rng.uniform` takes the two.",
        ),
        "one number twice": (
            wrong_fact("x and y apart"),
            "x and y depend on each other in yours: each needs random numbers of its own.",
        ),
        "numbers that come again": (
            wrong_fact("few numbers twice"),
            "Many numbers come more than once. Draw each x and each y anew, and keep all decimals.",
        ),
        "a disc": (
            wrong_fact("points in the corners"),
            "The corners of the square stay empty. Draw x and y independently of each other.",
        ),
        "not even": (
            wrong_fact("evenly spread"),
            "Some parts of the square get more points than others. An even distribution is called *uniform*.",
        ),
        "not from rng": (
            wrong_fact("from rng"),
            "The same `rng` seed must give the same points, another seed others, in x and in y. Draw from `rng`, and "
            "seed nothing.",
        ),
        "the same points twice": (
            wrong_fact("the second sample is another"),
            "Two samples from one generator have the same points. Draw from `rng` itself, not from a copy.",
        ),
    }


def best(A, z):
    return np.linalg.lstsq(A, z, rcond=None)[0]


def ones(features):
    return np.column_stack([np.ones(len(features)), features])


class Ols(Exercise):
    """The coefficients of least squares, intercept first."""

    name = "ols"
    rtol, atol = 1e-4, 1e-5

    def examples(self):
        yield (np.array([[0.0], [1.0], [2.0]]), np.array([5.0, 7.0, 9.0])), [5.0, 2.0]
        f = np.array([[0.0, 1.0], [1.0, 0.0], [2.0, 3.0], [3.0, 2.0]])
        yield (f, np.array([5.0, 2.0, 5.0, -2.0])), [4.0, -3.0, 2.0]

    def hidden(self, rng):
        for n, k in ((12, 1), (50, 3), (200, 5)):
            f = rng.normal(1, 2, size=(n, k))
            z = f @ rng.normal(size=k) + 7 + rng.normal(size=n)
            yield (f, z), best(ones(f), z)

    def hidden_inputs(self, draw):
        k = draw.whole(1, 4)
        n = draw.whole(3 * k + 3, 40)
        f, z = draw.rng.normal(1, 2, (n, k)).round(3), draw.array((n,), -20, 20)
        return (f, z), best(ones(f), z)

    mistakes = {
        "no intercept": (
            best,
            "There is no intercept: your line is forced through the origin. Put a column of ones first.",
        ),
        "intercept last": (
            lambda f, z: np.roll(best(ones(f), z), -1),
            "The numbers are right; the intercept comes first.",
        ),
        "predictions": (
            lambda f, z: ones(f) @ best(ones(f), z),
            "You return the predictions. Asked are the coefficients.",
        ),
        "slopes only": (
            lambda f, z: best(ones(f), z)[1:],
            "The intercept is missing in what you return. It comes first.",
        ),
        "lstsq gives four things": (
            lambda f, z: np.linalg.lstsq(ones(f), z, rcond=None),
            "`np.linalg.lstsq` returns four things. The coefficients are the first.",
        ),
        "inverse forgotten": (
            lambda f, z: ones(f).T @ z,
            "That is Aᵀz. The normal equations want the β for which AᵀA β = Aᵀz: `np.linalg.solve(M, v)` finds it.",
        ),
        "not square": (
            raises("LinAlgError", "must be square"),
            "`solve` and `inv` want a square matrix: AᵀA is one, A is not.",
        ),
        "elementwise product": (
            raises("ValueError", "could not be broadcast together"),
            "Shapes do not fit, element by element. A matrix product is `@`; `*` multiplies number by number.",
        ),
        "a column": (
            lambda f, z: best(ones(f), z)[:, None],
            "Your coefficients are a column, shape (k + 1, 1). Asked is (k + 1,): `.ravel()` helps.",
        ),
        "shapes of a product": (
            raises("ValueError", "mismatch in its core dimension"),
            "Shapes do not fit in a product, or in `solve`. AᵀA is (k + 1, k + 1), Aᵀz is (k + 1,).",
        ),
        "a row for a matrix": (
            raises("LinAlgError", "1-dimensional array given"),
            "A plain row of numbers stands where a matrix belongs. `solve(M, v)` takes the matrix first; `np.insert` "
            "without `axis` makes everything flat.",
        ),
        "columns that depend on each other": (
            raises("LinAlgError", "singular matrix"),
            "This matrix has no inverse: its columns depend on each other. Is one column all ones, and only one?",
        ),
        "zeros for ones": (
            lambda f, z: np.concatenate([[0.0], best(f, z)]),
            "The intercept comes out as 0, as if your first column held zeros. Fill it with ones.",
        ),
        "a fixed number of features": (
            raises("IndexError", r"index \d+ is out of bounds for axis 1"),
            "Your code asks for a column that is not there. The number of features, k, is not always the same.",
        ),
        "one feature only": (
            lambda f, z: best(ones(f[:, :1]), z),
            "You use the first feature alone. Every column of `features` gets a coefficient: put them all into A. "
            "`np.polyfit` takes one only.",
        ),
    }


def cone(n, seed):
    """Points of the square, and their distances."""
    X = np.random.default_rng(seed).uniform(-10, 10, size=(n, 2))
    return X, np.hypot(X[:, 0], X[:, 1])


def ols_error(features, seed):
    """Test error of OLS on these features."""
    (X, z), (X_test, z_test) = cone(3_000, seed), cone(3_000, seed + 1)
    A, A_test = (ones(np.asarray(features(part), dtype=float)) for part in (X, X_test))
    scale = abs(A).max(axis=0)  # powers differ much in size; rounding must not decide
    scale[scale == 0] = 1
    return float(np.mean((A_test / scale @ best(A / scale, z) - z_test) ** 2))


POOR = {
    "only squares": lambda X: X**2,
    "only absolute values": abs,
    "squares and absolute values": lambda X: np.hstack([X**2, abs(X)]),
}
"""Features that are not enough."""


def fault_of_features(got):
    """The first fact that is not true; of an error that is too large, what it is as large as."""
    fault = next(key for key, fact in got.items() if fact is False)
    if fault != "error below 0.1":
        return fault
    if got["_error"] > 7:
        return "a level plane"
    for name, features in POOR.items():
        if np.isclose(got["_error"], ols_error(features, got["_seed"]), rtol=1e-6):
            return name
    return "not good enough"


def feature_fault(name):
    return when(lambda got: fault_of_features(got) == name)


class Features(Exercise):
    """Up to eight features with which a regression comes near the cone."""

    name = "features"

    def look(self, answer, seed=30):
        """What is true of the features, or the answer itself where it is no table of 11 rows."""
        points, _ = cone(11, seed)
        together = answer(points.copy())
        if np.ndim(together) != 2 or len(together) != 11:
            return together if together is None else unfit(together)
        together, alone = (np.asarray(part, dtype=float) for part in (together, answer(points[:1])))
        error = ols_error(answer, seed)
        if seed == 30:
            print(f"Your {together.shape[1]} features reach a test error of {error:.3g}.")
        return {
            "at most 8 features": together.shape[1] <= 8,
            "from its own row": alone.shape == together[:1].shape
            and np.allclose(alone, together[:1]),
            "not the distance itself": error > 5e-8,  # a series of maxima comes down to 1e-7
            "error below 0.1": error < 0.1,
            "_error": error,
            "_seed": seed,
        }

    right = {
        "at most 8 features": True,
        "from its own row": True,
        "not the distance itself": True,
        "error below 0.1": True,
    }

    def examples(self):
        yield (), self.right

    def hidden(self, rng):
        for seed in rng.integers(100, 10**6, size=2):
            yield (int(seed),), self.right

    mistakes = {
        "columns as rows": (
            when(lambda got: np.shape(got)[1:] == (11,)),
            "Asked is one row of features for each point, shape (n, k): `np.column_stack([...])`.",
        ),
        "one column, flat": (
            when(lambda got: np.shape(got) == (11,)),
            "A single feature is a table, too: shape (n, 1). `reshape(-1, 1)` makes it one.",
        ),
        "too many features": (
            feature_fault("at most 8 features"),
            "These are more than 8 features. Which of them could go?",
        ),
        "the distance itself": (
            feature_fault("not the distance itself"),
            "Your features hold the distance itself, in some form. Leave it out. Squares and absolute values come near "
            "it.",
        ),
        "other rows": (
            feature_fault("from its own row"),
            "A point's features change with the points beside it. Compute them from its own x and y alone.",
        ),
        "a level plane": (
            feature_fault("a level plane"),
            "OLS hardly beats the mean with these. Left and right must count alike: which powers ignore a sign?",
        ),
        "only squares": (
            feature_fault("only squares"),
            "Squares alone make a bowl. What grows more slowly?",
        ),
        "only absolute values": (
            feature_fault("only absolute values"),
            "Absolute values alone make a pyramid. What makes diamonds rounder?",
        ),
        "squares and absolute values": (
            feature_fault("squares and absolute values"),
            "Squares with absolute values are not enough. Something with *both* x and y in it is missing, which "
            "ignores their signs, too.",
        ),
        "not good enough": (
            feature_fault("not good enough"),
            "The error is not below 0.1 yet. x², y², |x|, |y| and |x·y| together reach it. Which of them are missing "
            "in yours?",
        ),
    }


class Mse(Exercise):
    """The mean squared error, for predictions in a row or in a column."""

    name = "mse"
    rtol = 1e-4  # an answer may compute in 32 bits

    def examples(self):
        p, z = np.array([1.0, 4.0, 3.0]), np.array([1.0, 2.0, 7.0])
        yield (p, z), 20 / 3
        yield (np.array([[1.0], [2.0], [4.0]]), np.array([2.0, 2.0, 0.0])), 17 / 3
        yield (np.array([[2.5]]), np.array([2.0])), 0.25

    def hidden(self, rng):
        for n in (1, 4, 9, 100):
            p, z = rng.normal(size=n), rng.normal(3, 2, size=n)
            yield (p[:, None], z), np.mean((p - z) ** 2)
            yield (p, z), np.mean((p - z) ** 2)

    def hidden_inputs(self, draw):
        n = draw.whole(1, 9)
        p, z = draw.array((n,), -9, 9), draw.array((n,), -9, 9)
        return (draw.one_of(p, p[:, None]), z), np.mean((p - z) ** 2)

    mistakes = {
        "every prediction meets every target": (
            lambda p, z: np.mean((p - z) ** 2),
            "Right for shape (n,). For (n, 1) each prediction meets each target: make `predicted` flat first.",
        ),
        "a column beside a row": (
            lambda p, z: np.mean((np.ravel(p)[:, None] - z) ** 2),
            "Each prediction meets each target: one of the two is a column, the other a row. Give both the shape (n,).",
        ),
        "targets as a column": (
            lambda p, z: np.mean((p - z[:, None]) ** 2),
            "Right for shape (n, 1). For (n,) each prediction meets each target: give both the same shape first.",
        ),
        "doubled": (
            lambda p, z: np.mean((np.ravel(p) - z) * 2),
            "`* 2` doubles the differences. Squares are `** 2`.",
        ),
        "not squared": (
            lambda p, z: np.mean(np.ravel(p) - z),
            "You average the differences themselves: those up and down cancel. Square them first.",
        ),
        "plus": (
            lambda p, z: np.mean((np.ravel(p) + z) ** 2),
            "You add prediction and target. The error is their difference.",
        ),
        "without the targets": (
            lambda p, z: np.mean(np.ravel(p) ** 2),
            "You square the predictions. The error is their difference from the targets.",
        ),
        "without the predictions": (
            lambda p, z: np.mean(z**2),
            "You square the targets. The error is the predictions' difference from them.",
        ),
        "a power of two": (
            lambda p, z: np.mean(2.0 ** (np.ravel(p) - z)),
            "You take 2 to the power of the differences. Their squares are `(…) ** 2`.",
        ),
        "only the last row": (
            lambda p, z: (np.ravel(p)[-1] - z[-1]) ** 2 / len(z),
            "Only the last row counts in yours. In a loop `total = …` overwrites. Begin with `total = 0` before it; "
            "`total += …` adds.",
        ),
        "each row's own mean": (
            lambda p, z: np.mean((p - z) ** 2, axis=0),
            "For (n, 1) you return several numbers: each prediction meets each target. Make `predicted` flat first.",
        ),
        "root": (
            lambda p, z: np.sqrt(np.mean((np.ravel(p) - z) ** 2)),
            "That is the root of the mean squared error. Leave the root out.",
        ),
        "sum": (
            lambda p, z: np.sum((np.ravel(p) - z) ** 2),
            "You add the squares up. Asked is their mean.",
        ),
        "distances": (
            lambda p, z: np.mean(abs(np.ravel(p) - z)),
            "That is the mean absolute error: the squares are missing.",
        ),
        "square of the mean": (
            lambda p, z: np.mean(np.ravel(p) - z) ** 2,
            "You square the mean: errors up and down cancel before. Square first, then take the mean.",
        ),
        "divided by n − 1": (
            lambda p, z: np.sum((np.ravel(p) - z) ** 2) / (len(z) - 1),
            "You divide by n − 1. A mean of n squares divides by n.",
        ),
        "the variance of the errors": (
            lambda p, z: np.var(np.ravel(p) - z),
            "That is the variance of the errors: their mean is taken away before they are squared. Square them as they "
            "are.",
        ),
        "half": (
            lambda p, z: np.mean((np.ravel(p) - z) ** 2) / 2,
            "You return half of the mean squared error. Leave the factor ½ out.",
        ),
        "one for each row": (
            lambda p, z: (np.ravel(p) - z) ** 2,
            "You return one square for each row. Asked is their mean, one number.",
        ),
        "a column only": (
            raises("IndexError", "too many indices"),
            "It must work for both shapes, (n,) and (n, 1). `np.ravel` or `reshape(-1)` makes either flat.",
        ),
    }


@beside
def build(build_network, seed):
    """The network as plain data."""
    keras.utils.set_random_seed(seed)
    return models.to_data(build_network(), (None, 2))


def layers(config):
    """All layers, those inside of layers, too."""
    found = []
    for layer in config.get("layers", []):
        found += layers(layer["config"]) if "layers" in layer["config"] else [layer]
    return found


def is_own(layer):
    """Whether a layer, or its activation, is code that Keras does not know."""
    activation = layer["config"].get("activation")
    own = isinstance(activation, dict) and not str(activation.get("module")).startswith("keras")
    return (
        own or layer["class_name"] == "Lambda" or not str(layer.get("module")).startswith("keras")
    )


def steps(model, x):
    """All that a network computes on the way, those of networks inside as well."""
    found = []
    if isinstance(model, keras.Sequential):
        for layer in model.layers:
            found += steps(layer, x) if isinstance(layer, keras.Model) else []
            x = layer(x)
            found.append(x)
        return found
    parts = [part for part in model.operations if not isinstance(part, keras.layers.InputLayer)]
    for part in parts:
        if isinstance(part, keras.Model):
            found += steps(part, keras.Model(model.inputs, part.input)(x))
    for result in keras.Model(model.inputs, [part.output for part in parts])(x) if parts else []:
        found += result if isinstance(result, (list, tuple)) else [result]
    return found


def computes_distance(model):
    """Whether a step that no training changes gives the distance, or its square."""
    X, z = cone(500, 5)
    draw = np.random.default_rng(6)
    seen = []
    for _ in range(2):
        for weight in model.trainable_weights:
            weight.assign(draw.normal(size=weight.shape))
        seen.append(
            [np.reshape(np.asarray(step, dtype=float), (len(X), -1)) for step in steps(model, X)]
        )
    for one, two in zip(*seen, strict=True):
        if one.shape[1] > 16 or not np.array_equal(one, two) or not np.isfinite(one).all():
            continue
        for A, target in [(one, z), *((column[:, None], z**2) for column in one.T)]:
            A = ones(A / max(abs(A).max(), 1e-9))
            if np.mean((A @ best(A, target) - target) ** 2) < 1e-5 * np.var(target):
                return True
    return False


def is_least_at_distances(model):
    """Whether the network's loss is less where it says the distances than where it says half a unit more, or less."""
    z = np.float32([[3.0], [7.0], [12.0]])  # below 1, a loss for classes would be
    there, *beside_it = (
        float(model.compute_loss(y=z, y_pred=z + shift)) for shift in (0.0, 0.5, -0.5)
    )
    return there < min(beside_it)


def fault_of_network(got):
    """The first fact that is not true; of an error that is too large, what it comes from."""
    fault = next(key for key, fact in got.items() if fact is False)
    if fault != "good enough":
        return fault
    if not got["_loss_fits"]:
        return "another loss"
    if not got["_error"] < 1e3:
        return "diverged"
    if 0.9 < got["_highest"] <= 1.001:
        return "cannot reach"
    if 7.5 < got["_error"] < 9 and got["_spread"] < 1:
        return "no activations"
    return "a dead layer" if got["_spread"] < 0.01 else "not good enough"


def network_fault(name):
    return when(lambda got: fault_of_network(got) == name)


class BuildNetwork(Exercise):
    """A network of at most 1,000 parameters that learns the cone."""

    name = "build_network"
    costly = True

    def look(self, answer, limit=0.05, test_seed=22):
        """What a training of the network shows; the answer itself where it is no network."""
        (X, z), (X_test, z_test) = cone(4_000, 21), cone(4_000, test_seed)
        for seed in (1, 2, 3):
            data = build(answer, seed)
            if not models.is_model(data):
                return data if data is None else unfit(data)
            if not data["compiled"]:
                return {"compiled": False}
            if data["model"] and any(map(is_own, layers(json.loads(data["model"])["config"]))):
                return {"compiled": True, "Keras's own parts": False}
            if computes_distance(models.rebuild(data, compiled=False)):
                return {"compiled": True, "learns from x and y": False}
            model = models.rebuild(data)
            if model(X[:3]).shape not in ((3, 1), (3,)):
                return {"compiled": True, "one output": False}
            keras.utils.set_random_seed(seed)
            model.fit(X, z, epochs=10, batch_size=32, verbose=0)
            predicted = model.predict(X_test, batch_size=1_000, verbose=0).ravel()
            error, parameters = float(np.mean((predicted - z_test) ** 2)), model.count_params()
            if test_seed == 22:
                print(f"seed {seed}: {parameters:,} parameters, test error {error:.4f}")
            if error < limit or parameters > 1_000:
                break
        return {
            "compiled": True,
            "one output": True,
            "at most 1,000 parameters": parameters <= 1_000,
            "learns from x and y": not error <= 1e-7,  # an error of nan is another fault
            "good enough": error < limit,
            "_loss_fits": is_least_at_distances(model),
            "_error": error,
            "_spread": predicted.std(),
            "_highest": predicted.max(),
        }

    right = {
        "compiled": True,
        "one output": True,
        "at most 1,000 parameters": True,
        "learns from x and y": True,
        "good enough": True,
    }

    def examples(self):
        yield (), self.right

    def hidden(self, rng):
        yield (0.1, int(rng.integers(100, 10**6))), self.right

    mistakes = {
        "not compiled": (
            network_fault("compiled"),
            "The network is not compiled: call `model.compile(optimizer=…, loss=…)` before you return it.",
        ),
        "no loss": (
            raises("ValueError", "No loss to compute"),
            "`compile` has no loss, so training does not know what to make small: `loss=…`.",
        ),
        "not two inputs": (
            raises("ValueError", r"incompatible with the layer.* input with shape \(\d+, 2\)"),
            "Your network does not take two numbers. A point has two, x and y: `keras.Input((2,))`.",
        ),
        "one output": (
            network_fault("one output"),
            "A distance is one number for each point: the last layer is `keras.layers.Dense(1)`.",
        ),
        "too many parameters": (
            network_fault("at most 1,000 parameters"),
            "More than 1,000 parameters. Between two hidden layers of n neurons lie n² weights; a single hidden layer "
            "saves them.",
        ),
        "code of its own": (
            network_fault("Keras's own parts"),
            "Your network holds code of its own, in a layer or as an activation. The test builds it anew, and knows "
            "Keras's layers and activations only.",
        ),
        "the distance itself": (
            network_fault("learns from x and y"),
            "Your network computes the distance, before or without training. Let Dense layers learn it from x and y.",
        ),
        "another loss": (
            network_fault("another loss"),
            "Your loss is not smallest where the network says the distances themselves. Losses for classes are like "
            "that. For distances take the mean squared error.",
        ),
        "diverged": (
            network_fault("diverged"),
            "After training the error is huge, or nan. If it grew from epoch to epoch, the learning rate is too large "
            "for this optimizer.",
        ),
        "no activations": (
            network_fault("no activations"),
            "It says nearly the mean everywhere. Without activations layers collapse into a plane. Are there any? Or "
            "has every ReLU died?",
        ),
        "cannot reach": (
            network_fault("cannot reach"),
            "It never says more than 1, and distances go up to 14. If the last layer has an activation, leave it out.",
        ),
        "a dead layer": (
            network_fault("a dead layer"),
            "It says the same everywhere. A ReLU that is 0 for every point learns nothing: is one the last layer?",
        ),
        "not good enough": (
            network_fault("not good enough"),
            "The error stays above 0.05. More neurons in the first layer help, and so does Adam with a rate of about "
            "0.01: try both.",
        ),
    }


@beside
def split_rows(split, n, share, seed):
    """What comes back, as arrays if it is four; then X and z as they are afterwards. A target tells its row."""
    z = np.arange(n, dtype=float)
    X = np.column_stack([2 * z, -z])
    found = split(X, z, share, np.random.default_rng(seed))
    if isinstance(found, (tuple, list)) and len(found) == 4:
        found = [np.asarray(part, dtype=float) for part in found]
    return found, X, z


@beside
def tested_rows(split, n, share, seeds):
    """The targets in the test part, one list for each seed. A target tells its row."""
    z = np.arange(n, dtype=float)
    X = np.column_stack([2 * z, -z])
    found = [split(X.copy(), z.copy(), share, np.random.default_rng(seed)) for seed in range(seeds)]
    return [np.asarray(four[3], dtype=float) for four in found]


SPLITS = 80
"""So many splits are compared; a row that may be tested is so in one of them."""


def fault_of_sizes(got, expected, asked):
    """The fault in the parts' numbers of rows, or None."""
    (train, test, z_train, z_test), (right, small, *_) = got, expected
    if (train, test) != (z_train, z_test):
        return "a third order" if (train, test) == (z_test, z_train) else "parts of two lengths"
    if train + test != right + small:
        return "rows lost or doubled"
    if (train, test) == (right, small):
        return None
    if (train, test) == (small, right):
        return "parts swapped"
    for name, guess in ("rounded down", np.floor(asked)), ("rounded up", np.ceil(asked)):
        if test == guess:
            return name
    return "always a quarter" if abs(test - (train + test) / 4) < 1 else "another share"


def fault_of_split(got, expected):
    """The first fault of a split."""
    sizes = ([shape[0] for shape in facts["shapes"]] for facts in (got, expected))
    fault = fault_of_sizes(*sizes, got["_asked"])
    return fault or next(key for key, fact in got.items() if fact is False)


WRONG_SIZES = ("rounded down", "rounded up", "always a quarter", "another share")
"""Where the sizes are now too small and now too large, say, they are wrong, and no more is said."""


def first_fault(name):
    return when(lambda got, expected: fault_of_split(got, expected) == name)


class Split(Exercise):
    """A random split into train and test rows."""

    name = "split"

    def look(self, answer, n=40, share=0.25):
        """What is true of the parts, or the answer itself where they are not four."""
        four, X, z = split_rows(answer, n, share, 1)
        if not isinstance(four, (tuple, list)) or len(four) != 4:
            return four if four is None else unfit(four)
        shapes = [part.shape for part in four]
        if [len(shape) for shape in shapes] != [2, 2, 1, 1]:
            return unfit({"shapes": shapes})
        X_train, X_test, z_train, z_test = four
        tested = tested_rows(answer, n, share, SPLITS)
        different = len({np.sort(part).tobytes() for part in tested})
        together = np.concatenate([X_train, X_test])
        return {
            "shapes": shapes,
            "a point keeps its target": all(
                np.array_equal(points, np.column_stack([2 * targets, -targets]))
                for points, targets in ((X_train, z_train), (X_test, z_test))
            ),
            "every row once": np.array_equal(np.sort(together[:, 0]), 2 * np.arange(n)),
            "the caller's arrays": np.array_equal(z, np.arange(n))
            and np.array_equal(X[:, 0], 2 * z),
            "at random": different > 1,
            "from rng": np.array_equal(z_test, tested[1]),
            "many splits": different > SPLITS / 4,
            "every row is tested at times": set(np.concatenate(tested)) == set(range(n)),
            "_asked": n * share,
        }

    def rounded(self, answer, *arguments):
        """Asked after the others: what is wrong here only is a matter of rounding."""
        return self.look(answer, *arguments)

    def right(self, train, test):
        names = (
            "a point keeps its target",
            "every row once",
            "the caller's arrays",
            "at random",
            "from rng",
            "many splits",
            "every row is tested at times",
        )
        return {"shapes": [(train, 2), (test, 2), (train,), (test,)]} | dict.fromkeys(names, True)

    def examples(self):
        yield (), self.right(30, 10)
        yield (40, 0.68), self.right(13, 27)  # 27.2 rows
        yield (40, 0.42), self.right(23, 17), self.rounded  # 16.8

    def hidden(self, rng):
        yield (200, 0.29), self.right(142, 58), self.rounded  # 57.99999999999999
        yield (61, 0.7), self.right(18, 43), self.rounded  # 42.7
        yield (61, 0.2), self.right(49, 12)  # 12.2
        for n in (50, 100):
            test = int(rng.integers(n // 5, n // 2))
            yield (n, test / n), self.right(n - test, test)

    def hidden_inputs(self, draw):
        n = draw.whole(20, 60)
        test = draw.whole(n // 5, n // 2)
        return (n, (test + draw.number(-0.375, 0.375)) / n), self.right(n - test, test)

    mistakes = {
        "another order": (
            when(lambda got: len(got) == 1 and sorted(map(len, got["shapes"])) == [1, 1, 2, 2]),
            "Four parts in this order, please: X_train, X_test, z_train, z_test.",
        ),
        "nothing in a part": (
            when(lambda got: len(got) == 1 and [0] in got["shapes"]),
            "One part is empty. The test part is `share` times all rows, rounded.",
        ),
        "parts swapped": (
            first_fault("parts swapped"),
            "The test part gets `share` of the rows. Yours are swapped.",
        ),
        "a third order": (
            first_fault("a third order"),
            "In X or in z, train and test are swapped. Cut both at the same place, and keep to the order in the task.",
        ),
        "parts of two lengths": (
            first_fault("parts of two lengths"),
            "X and z of one part have not the same number of rows. Cut both at the same place.",
        ),
        "rows lost or doubled": (
            first_fault("rows lost or doubled"),
            "The two parts together have more or fewer rows than X. Each row belongs to exactly one part.",
        ),
        "always a quarter": (
            first_fault("always a quarter"),
            "The test part is a quarter of the rows here, too. Does your code use `share`?",
        ),
        "rounded down": (
            first_fault("rounded down"),
            "You round down: of 16.8 rows 17 belong to the test part. `int` cuts the decimals off, `round` rounds.",
        ),
        "rounded up": (
            first_fault("rounded up"),
            "You round up: of 27.2 rows 27 belong to the test part. Use `round`.",
        ),
        "another share": (
            when(lambda got, expected: fault_of_split(got, expected) in WRONG_SIZES),
            "The test part has the wrong size: it is `share` times all rows, rounded to a whole number.",
        ),
        "pairs torn apart": (
            first_fault("a point keeps its target"),
            "A point and its target do not stay together: X and z need the *same* order. Shuffle row numbers, once.",
        ),
        "rows twice": (
            first_fault("every row once"),
            "Some rows come twice, others never. `rng.permutation` has each row number once; cut it in two.",
        ),
        "the caller's arrays": (
            first_fault("the caller's arrays"),
            "The caller's X or z has changed: `rng.shuffle(X)` and `X[:] = …` write into it. Shuffle row numbers; "
            "`X[numbers]` is a new array.",
        ),
        "not shuffled": (
            first_fault("at random"),
            "Another `rng` gives the same test rows: yours are not shuffled, or with a seed of their own. Draw from "
            "`rng`.",
        ),
        "not from rng": (
            first_fault("from rng"),
            "The same `rng` seed must give the same split. Draw from `rng`, not from another generator.",
        ),
        "some rows never": (
            first_fault("every row is tested at times"),
            "In 80 splits some row was never in the test part. Every row must have a chance.",
        ),
        "few splits": (
            first_fault("many splits"),
            "80 different `rng` give only a few different splits. Draw the order itself from `rng`.",
        ),
    }
