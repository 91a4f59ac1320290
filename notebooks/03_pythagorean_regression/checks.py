"""The exercises of lesson 3."""

import json

import keras
import numpy as np

from course_lib.check import Exercise, beside, models, raises, unfit, when


@beside
def sample(sample_data, n, low, high, seed):
    """What comes back, as arrays if it is a pair."""
    found = sample_data(n, low, high, np.random.default_rng(seed))
    if isinstance(found, (tuple, list)) and len(found) == 2:
        found = [np.asarray(part, dtype=float) for part in found]
    return found


class SampleData(Exercise):
    """Points evenly in a square, and their distances from the origin."""

    name = "sample_data"

    def look(self, answer, low=-10.0, high=10.0, n=600, seed=1):
        """What is true of the points, or the answer itself where it is no pair."""
        pair = sample(answer, n, low, high, seed)
        if not isinstance(pair, (tuple, list)) or len(pair) != 2:
            return unfit(pair)
        X, z = pair
        if X.shape != (n, 2) or z.shape != (n,):
            return {"shapes": [X.shape, z.shape]}
        again, other = (sample(answer, n, low, high, s)[0] for s in (seed, seed + 1))
        middle, spread = (low + high) / 2, (high - low) / np.sqrt(12)  # of an even distribution
        return {
            "shapes": [X.shape, z.shape],
            "distances": np.allclose(z, np.hypot(X[:, 0], X[:, 1]), rtol=1e-4, atol=1e-4),
            "inside": X.min() >= low - 1e-6 and X.max() <= high + 1e-6,
            "fills the square": np.ptp(X, axis=0).min() > 0.9 * (high - low),
            "even": bool(
                abs(X.mean() - middle) < 0.2 * spread
                and abs(X.std(axis=0) / spread - 1).max() < 0.15
            ),
            "corners": (abs(X - middle).min(axis=1) > 0.38 * (high - low)).any(),
            "x and y apart": abs(np.corrcoef(X.T)[0, 1]) < 0.3,
            "between whole numbers": not np.array_equal(X, np.round(X)),
            "from rng": np.array_equal(X, again) and not np.array_equal(X, other),
        }

    right = {
        "shapes": [(600, 2), (600,)],
        "distances": True,
        "inside": True,
        "fills the square": True,
        "even": True,
        "corners": True,
        "x and y apart": True,
        "between whole numbers": True,
        "from rng": True,
    }

    def examples(self):
        yield (), self.right

    def hidden_look(self, answer, *arguments):
        """The same facts; where the points do not fit other borders, that alone."""
        facts = self.look(answer, *arguments)
        borders = "inside", "fills the square"
        fits = not isinstance(facts, dict) or all(facts.get(name, True) for name in borders)
        return facts if fits else {"fits other borders": False}

    def hidden_shapes(self, answer, n):
        return [np.shape(part) for part in sample(answer, n, -1.0, 1.0, 3)]

    def hidden(self, rng):
        low = rng.uniform(-5, 2)
        seed = int(rng.integers(3, 10**6))
        for borders in ((0.0, 1.0), (2.0, 4.0), (low, low + rng.uniform(1, 5))):
            yield (*borders, 600, seed), self.right, self.hidden_look
        for n in (1, 7):
            yield (n,), [(n, 2), (n,)], self.hidden_shapes

    mistakes = {
        "swapped": (
            when(lambda got: got["shapes"] == [[600], [600, 2]]),
            "First the points, then the distances: `return X, z`.",
        ),
        "points in columns": (
            when(lambda got: got["shapes"][0] == [2, 600]),
            "One row is one point: the shape is (n, 2), yours is (2, n). Transpose with `.T`.",
        ),
        "distances in a column": (
            when(lambda got: got["shapes"][1] == [600, 1]),
            "The distances have shape (n, 1). Asked is (n,): a plain row of numbers.",
        ),
        "distances": (
            when(lambda got: not got["distances"]),
            "The points are there, the distances do not fit: √(x² + y²) of each row.",
        ),
        "whole numbers": (
            when(lambda got: not got["between whole numbers"]),
            "All your numbers are whole. Every place between them should be possible, too.",
        ),
        "a corner only": (
            when(lambda got: got["inside"] and not got["fills the square"]),
            "Your points do not reach the borders. Do both x and y go from `low` to `high`?",
        ),
        "out of the square": (
            when(lambda got: not got["inside"]),
            "Some points lie outside [low, high]. `rng.random()` goes from 0 to 1, `rng.normal()` has no borders.",
        ),
        "a disc": (
            when(lambda got: got["x and y apart"] and not got["corners"]),
            "The corners of the square stay empty. x and y are drawn independently of each other.",
        ),
        "one number twice": (
            when(lambda got: not got["x and y apart"]),
            "x and y move together in yours: each needs random numbers of its own.",
        ),
        "not even": (
            when(lambda got: not got["even"]),
            "Some parts of the square get more points than others. An even distribution is called *uniform*.",
        ),
        "not from rng": (
            when(lambda got: not got["from rng"]),
            "The same `rng` seed must give the same points, another seed others. Draw from `rng`, and seed nothing.",
        ),
    }
    hidden_mistakes = {
        "always ten": (
            when(lambda got: not got["fits other borders"]),
            "The square has other borders now. Do you use `low` and `high`, or the numbers of the example?",
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
        rng = np.random.default_rng(3)
        f = rng.normal(size=(30, 2))
        z = 4 - 3 * f[:, 0] + rng.normal(size=30)
        yield (f, z), best(ones(f), z)

    def hidden(self, rng):
        for n, k in ((12, 1), (50, 3), (200, 5)):
            f = rng.normal(1, 2, size=(n, k))
            z = f @ rng.normal(size=k) + 7 + rng.normal(size=n)
            yield (f, z), best(ones(f), z)

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
            "The intercept is missing in what you return.",
        ),
        "lstsq gives four things": (
            lambda f, z: np.linalg.lstsq(ones(f), z, rcond=None),
            "`np.linalg.lstsq` returns four things. The coefficients are the first.",
        ),
        "inverse forgotten": (
            lambda f, z: ones(f).T @ z,
            "That is Aᵀz. The normal equations want the β for which AᵀA β = Aᵀz.",
        ),
        "not square": (
            np.linalg.LinAlgError,
            "`solve` wants a square matrix: AᵀA is one, A is not.",
        ),
        "elementwise product": (
            raises("ValueError", ""),
            "Shapes do not fit. A matrix product is `@`; `*` multiplies element by element. Is A (n, k + 1)?",
        ),
        "a column": (
            lambda f, z: best(ones(f), z)[:, None],
            "Your coefficients are a column, shape (k + 1, 1). Asked is (k + 1,): `.ravel()` helps.",
        ),
    }
    hidden_mistakes = {
        "two features only": (
            raises("IndexError", ""),
            "Here are other numbers of features than in the example. Does your code count them?",
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


def error_as_with(features):
    return when(lambda got: np.isclose(got["_error"], ols_error(features, got["_seed"]), rtol=1e-4))


class Features(Exercise):
    """Up to eight features with which a regression comes near the cone."""

    name = "features"

    def look(self, answer, seed=30):
        """What is true of the features, or the answer itself where it is no table of 11 rows."""
        points, _ = cone(11, seed)
        together = answer(points.copy())
        if np.ndim(together) != 2 or len(together) != 11:
            return unfit(together)
        together, alone = (np.asarray(part, dtype=float) for part in (together, answer(points[:1])))
        error = ols_error(answer, seed)
        if seed == 30:
            print(f"Your {together.shape[1]} features reach a test error of {error:.3g}.")
        return {
            "at most 8 features": together.shape[1] <= 8,
            "from its own row": alone.shape == together[:1].shape
            and np.allclose(alone, together[:1]),
            "not the distance itself": error > 1e-6,
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
            when(lambda got: not got["at most 8 features"]),
            "These are more than 8 features. Which of them could go?",
        ),
        "the distance itself": (
            when(lambda got: not got["not the distance itself"]),
            "The distance itself is among your features, in some form: then there is nothing left to learn.",
        ),
        "other rows": (
            when(lambda got: not got["from its own row"]),
            "A point's features change with the points beside it. Compute them from its own x and y alone.",
        ),
        "a level plane": (
            when(lambda got: got["_error"] > 7),
            "OLS does no better than the mean with these. Left and right must count alike: which powers ignore a sign?",
        ),
        "only squares": (
            error_as_with(lambda X: X**2),
            "Squares alone make a bowl. What grows more slowly?",
        ),
        "only absolute values": (
            error_as_with(abs),
            "Absolute values alone make a pyramid. What makes diamonds rounder?",
        ),
        "squares and absolute values": (
            error_as_with(lambda X: np.hstack([X**2, abs(X)])),
            "Squares with absolute values are not enough. Something with *both* x and y in it is missing.",
        ),
        "not good enough": (
            when(lambda got: not got["error below 0.1"]),
            "The error is still above 0.1. Whatever depends on x and y *together* helps: a product, a maximum.",
        ),
    }


class Mse(Exercise):
    """The mean squared error, for predictions in a row or in a column."""

    name = "mse"
    rtol = 1e-4  # an answer may compute in 32 bits

    def examples(self):
        p, z = np.array([1.0, 4.0, 3.0]), np.array([1.0, 2.0, 6.0])
        yield (p, z), 13 / 3
        yield (p[:, None], z), 13 / 3
        yield (np.array([[2.5]]), np.array([2.0])), 0.25

    def hidden(self, rng):
        for n in (4, 9, 100):
            p, z = rng.normal(size=n), rng.normal(3, 2, size=n)
            yield (p[:, None], z), np.mean((p - z) ** 2)
            yield (p, z), np.mean((p - z) ** 2)

    mistakes = {
        "each with each": (
            lambda p, z: np.mean((p - z) ** 2),
            "Right for shape (n,). For (n, 1) each prediction meets each target: make `predicted` flat first.",
        ),
        "each row's own mean": (
            lambda p, z: np.mean((p - z) ** 2, axis=0),
            "You return several numbers. Asked is one mean over all rows.",
        ),
        "root": (
            lambda p, z: np.sqrt(np.mean((np.ravel(p) - z) ** 2)),
            "That is the root of the mean squared error.",
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
        "half": (
            lambda p, z: np.mean((np.ravel(p) - z) ** 2) / 2,
            "There is a factor ½ too much.",
        ),
        "one for each row": (
            lambda p, z: (np.ravel(p) - z) ** 2,
            "You return one square for each row. Asked is their mean, one number.",
        ),
        "a column only": (
            raises("IndexError", ""),
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


USUAL = {"Dense", "InputLayer", "Dropout", "GaussianNoise", "Flatten", "Rescaling", "Identity"}
USUAL |= {
    "Normalization",
    "BatchNormalization",
    "LayerNormalization",
    "Concatenate",
    "Add",
    "Average",
}
USUAL |= {"Activation", "ReLU", "LeakyReLU", "PReLU", "ELU", "Softmax"}


def is_usual(layer):
    """A layer with weights, an activation, or one that only passes on; nothing that computes a formula."""
    if str(layer.get("module")).startswith("keras.src.ops"):
        return True  # such as relu(h): no layer
    activation = layer["config"].get("activation")
    own = isinstance(activation, dict) and not str(activation.get("module")).startswith("keras")
    return layer["class_name"] in USUAL and not own


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
                return unfit(data)
            if not data["compiled"]:
                return {"compiled": False}
            if data["model"] and not all(
                map(is_usual, layers(json.loads(data["model"])["config"]))
            ):
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
            when(lambda got: not got["compiled"]),
            "The network is not compiled: call `model.compile(optimizer=…, loss=…)` before you return it.",
        ),
        "one output": (
            when(lambda got: not got.get("one output", True)),
            "A distance is one number for each point: the last layer is `keras.layers.Dense(1)`.",
        ),
        "too many parameters": (
            when(lambda got: not got.get("at most 1,000 parameters", True)),
            "More than 1,000 parameters. Two layers of n neurons have about n² weights between them; one layer has "
            "none.",
        ),
        "the distance itself": (
            when(lambda got: not got["learns from x and y"]),
            "Your network does not learn the distance, it computes it. Dense layers and activations only, please.",
        ),
        "diverged": (
            when(lambda got: not got["_error"] < 1e3),
            "The error grew and grew: the learning rate is too large for this optimizer.",
        ),
        "no activations": (
            when(lambda got: 7.5 < got["_error"] < 9 and got["_spread"] < 1),
            "It says nearly the mean everywhere. Without activations layers collapse into a plane; or every ReLU has "
            "died.",
        ),
        "cannot reach": (
            when(lambda got: 0.9 < got["_highest"] <= 1.001),
            "It never says more than 1: the last layer squeezes. Distances go up to 14, so leave its activation out.",
        ),
        "a dead layer": (
            when(lambda got: got["_spread"] < 0.01),
            "It says the same everywhere. A ReLU that is 0 for every point learns nothing: is one the last layer?",
        ),
        "not good enough": (
            when(lambda got: not got["good enough"]),
            "It learns, but the error stays above 0.05. More neurons in the first layer, or another optimizer and "
            "rate?",
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


class Split(Exercise):
    """A random split into train and test rows."""

    name = "split"

    def look(self, answer, n=40, share=0.25):
        """What is true of the parts, or the answer itself where they are not four."""
        four, X, z = split_rows(answer, n, share, 1)
        if not isinstance(four, (tuple, list)) or len(four) != 4:
            return unfit(four)
        shapes = [part.shape for part in four]
        if [len(shape) for shape in shapes] != [2, 2, 1, 1]:
            return {"shapes": shapes}
        X_train, X_test, z_train, z_test = four
        again, other = (split_rows(answer, n, share, seed)[0][3] for seed in (1, 2))
        rows = np.concatenate([X_train, X_test])
        return {
            "shapes": shapes,
            "a point keeps its target": all(
                np.array_equal(points, np.column_stack([2 * targets, -targets]))
                for points, targets in ((X_train, z_train), (X_test, z_test))
            ),
            "every row once": np.array_equal(np.sort(rows[:, 0]), 2 * np.arange(n)),
            "the caller's arrays": np.array_equal(z, np.arange(n))
            and np.array_equal(X[:, 0], 2 * z),
            "at random": not np.array_equal(np.sort(z_test), np.sort(other)),
            "from rng": np.array_equal(z_test, again),
            "_asked": n * share,
        }

    def right(self, train, test):
        names = (
            "a point keeps its target",
            "every row once",
            "the caller's arrays",
            "at random",
            "from rng",
        )
        return {"shapes": [(train, 2), (test, 2), (train,), (test,)]} | dict.fromkeys(names, True)

    def examples(self):
        yield (), self.right(30, 10)

    def hidden(self, rng):
        yield (200, 0.29), self.right(142, 58)
        for n in (50, 100):
            test = int(rng.integers(8, 20))
            yield (n, test / n), self.right(n - test, test)

    mistakes = {
        "another order": (
            when(lambda got: len(got) == 1 and sorted(map(len, got["shapes"])) == [1, 1, 2, 2]),
            "Four parts in this order, please: X_train, X_test, z_train, z_test.",
        ),
        "parts swapped": (
            when(lambda got: [shape[0] for shape in got["shapes"]] == [10, 30, 10, 30]),
            "The test part is the small one: `share` of the rows. Yours are swapped.",
        ),
        "a third order": (
            when(lambda got: [shape[0] for shape in got["shapes"]] == [30, 10, 10, 30]),
            "X and z are cut at different places: train and test are swapped in one of them.",
        ),
        "pairs torn apart": (
            when(lambda got: not got["a point keeps its target"]),
            "A point and its target do not stay together: X and z need the *same* order. Shuffle row numbers, once.",
        ),
        "the caller's arrays": (
            when(lambda got: not got["the caller's arrays"]),
            "The split is right, but the caller's X or z has changed: `rng.shuffle` works in place. Index with an "
            "order.",
        ),
        "rows twice": (
            when(lambda got: not got["every row once"]),
            "Some rows come twice, others never: draw each row number once (`rng.permutation`), not with "
            "`rng.integers`.",
        ),
        "not shuffled": (
            when(lambda got: not got["at random"]),
            "Every `rng` gives the same test rows: yours are not shuffled, or with a seed of their own. Draw from "
            "`rng`.",
        ),
        "not from rng": (
            when(lambda got: not got["from rng"]),
            "The same `rng` seed must give the same split. Draw from `rng`, not from another generator.",
        ),
    }
    hidden_mistakes = {
        "always a quarter": (
            when(
                lambda got: got["shapes"][1][0] == sum(shape[0] for shape in got["shapes"][:2]) // 4
            ),
            "Here `share` is not 0.25: does your code use it?",
        ),
        "rounded down": (
            when(lambda got: got["shapes"][1][0] == int(got["_asked"])),
            "0.29 · 200 is 58 rows, but `int` cuts 57.999… down to 57. Use `round`.",
        ),
    }
