"""The exercises of lesson 6."""

import keras
import numpy as np

from course_lib import data
from course_lib.check import Exercise, beside, in_turn, models, raises, unfit, when


def places(n, kernel, stride, padding):
    return -(-n // stride) if padding == "same" else (n - kernel) // stride + 1


class OutputSize(Exercise):
    """How many places a window has."""

    name = "output_size"

    def examples(self):
        yield (28, 3, 1, "valid"), 26
        yield (28, 3, 2, "valid"), 13
        yield (28, 3, 1, "same"), 28
        yield (28, 5, 3, "same"), 10
        yield (28, 4, 1, "same"), 28
        yield (7, 7, 1, "valid"), 1
        yield (29, 3, 3, "valid"), 9
        yield (29, 3, 3, "same"), 10
        yield (28, 4, 3, "valid"), 9

    def hidden(self, rng):
        cases = [(n, k, s) for n in (5, 9, 32) for k in (1, 2, 3, 4, 5) for s in (1, 2, 4)]
        drawn = rng.integers((40, 1, 1), (200, 20, 9), size=(10, 3)).tolist()
        for case in [*cases, *drawn]:
            for padding in ("valid", "same"):
                yield (*case, padding), places(*case, padding)

    def hidden_inputs(self, draw):
        kernel, stride, padding = draw.whole(1, 9), draw.whole(1, 6), draw.one_of("valid", "same")
        n = draw.whole(kernel if padding == "valid" else 1, 60)
        return (n, kernel, stride, padding), places(n, kernel, stride, padding)

    reference = staticmethod(places)

    kinds = {
        "padding is `valid`": lambda n, kernel, stride, padding: padding == "valid",
        "padding is `same`": lambda n, kernel, stride, padding: padding == "same",
        "padding is `same` and the stride is more than 1": lambda n, kernel, stride, padding: (
            padding == "same" and stride > 1
        ),
        "padding is `valid` and the stride is more than 1": lambda n, kernel, stride, padding: (
            padding == "valid" and stride > 1
        ),
        "padding is `same` and the stride does not divide n": lambda n, kernel, stride, padding: (
            padding == "same" and n % stride > 0
        ),
        "padding is `same` and the stride divides n": lambda n, kernel, stride, padding: (
            padding == "same" and n % stride == 0
        ),
        "padding is `valid` and the last step leaves pixels over": lambda n, kernel, stride, padding: (
            padding == "valid" and (n - kernel) % stride > 0
        ),
    }

    mistakes = {
        "plus one forgotten": (
            lambda n, k, s, p: -(-n // s) if p == "same" else (n - k) // s,
            "Count the places for n = 3, k = 3: the window fits once, and 3 − 3 is 0.",
        ),
        "rounded up": (
            lambda n, k, s, p: -(-n // s) if p == "same" else -(-(n - k) // s) + 1,
            "With `valid` a window that would hang over the edge does not count: round down.",
        ),
        "rounded down": (
            lambda n, k, s, p: n // s if p == "same" else (n - k) // s + 1,
            "With `same` even the last, partly hanging window counts: 28 pixels with stride 3 give 10. Round up.",
        ),
        "not a whole number": (
            when(lambda got: got % 1 != 0),
            "A number of places is a whole number: `//` divides and rounds down, `math.ceil` rounds up.",
        ),
        "rounded to nearest": (
            lambda n, k, s, p: round(n / s) if p == "same" else round((n - k) / s) + 1,
            "You round to the nearest whole number. With `valid` round down, with `same` up.",
        ),
        "valid and same swapped": (
            lambda n, k, s, p: -(-n // s) if p == "valid" else (n - k) // s + 1,
            "You compute `same` for `valid`, and `valid` for `same`.",
        ),
        "padding ignored": (
            lambda n, k, s, p: (n - k) // s + 1,
            "You compute `valid` for both. With `same` zeros are added at the border.",
        ),
        "odd kernels only": (
            lambda n, k, s, p: (n + 2 * ((k - 1) // 2 if p == "same" else 0) - k) // s + 1,
            "Right for odd kernels. With an even one `same` may add one zero more on one side: use the formula above.",
        ),
        "half the kernel on both sides": (
            lambda n, k, s, p: (n + 2 * (k // 2 if p == "same" else 0) - k) // s + 1,
            "Right for odd kernels. With an even one `same` may add one zero more on one side: use the formula above.",
        ),
        "same keeps the size": (
            lambda n, k, s, p: n if p == "same" else (n - k) // s + 1,
            "`same` keeps the size for stride 1 only. With stride 2 about half of the places are left.",
        ),
        "plus one before dividing": (
            lambda n, k, s, p: -(-n // s) if p == "same" else (n - k + 1) // s,
            "With `valid` the window can begin at 0 and at each stride-th pixel up to n − kernel. Divide n − kernel "
            "by the stride, round down, and only then add 1.",
        ),
        "plus one before dividing, and rounded down": (
            lambda n, k, s, p: (n if p == "same" else n - k + 1) // s,
            "Too small for both. With `same` round up. With `valid` divide n − kernel by the stride, round down, and "
            "only then add 1.",
        ),
        "stride ignored": (
            lambda n, k, s, p: n if p == "same" else n - k + 1,
            "The stride plays no part in this result. With stride 2 every second place is left out.",
        ),
    }


def products(image, kernel, stride=1):
    """For each place of the window its products, shape (rows, columns, k, m)."""
    windows = np.lib.stride_tricks.sliding_window_view(image, kernel.shape)
    return windows[::stride, ::stride] * kernel


def convolved(image, kernel, stride=1):
    return products(image, kernel, stride).sum(axis=(2, 3))


def moved_by_one(image, kernel, stride=1):
    """A map of the right size, but of windows with stride 1."""
    rows, columns = convolved(image, kernel, stride).shape
    return convolved(image, kernel, 1)[:rows, :columns]


def ends_too_early(got, expected):
    """Whether it is all that is expected, but for the last row, the last column, or both."""
    rows, columns = got.shape
    short = rows - expected.shape[0], columns - expected.shape[1]
    return short in {(-1, 0), (0, -1), (-1, -1)} and np.allclose(got, expected[:rows, :columns])


NUMBERS = np.array(
    [
        [1.0, 0.0, 2.0, 1.0, 3.0, 0.0, 1.0],
        [0.0, 1.0, 1.0, 2.0, 0.0, 4.0, 2.0],
        [3.0, 1.0, 0.0, 1.0, 2.0, 1.0, 0.0],
        [1.0, 2.0, 1.0, 0.0, 1.0, 3.0, 5.0],
        [2.0, 0.0, 3.0, 1.0, 1.0, 0.0, 2.0],
    ]
)


class Conv2d(Exercise):
    """Multiply and add up over a window."""

    name = "conv2d"
    rtol, atol = 1e-4, 1e-5  # an answer may compute in 32 bits

    def without_stride(self, conv2d, image, kernel):
        return conv2d(image, kernel)

    def examples(self):
        yield (np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[1.0, 10.0]]), 1), [[21.0], [43.0]]
        kernel = np.array([[1.0, 2.0, 0.0], [-1.0, 0.0, 3.0]])
        for stride in (1, 2):
            yield (NUMBERS, kernel, stride), convolved(NUMBERS, kernel, stride)
        yield (NUMBERS, kernel), convolved(NUMBERS, kernel), self.without_stride

    def hidden(self, rng):
        for shape, window, stride in (
            ((5, 5), (5, 5), 1),
            ((9, 4), (1, 1), 3),
            ((10, 12), (4, 3), 2),
            ((6, 9), (2, 5), 1),
            ((1, 6), (1, 2), 1),
        ):
            image, kernel = rng.normal(size=shape), rng.normal(size=window)
            yield (image, kernel, stride), convolved(image, kernel, stride)
        yield (image, kernel), convolved(image, kernel), self.without_stride

    def hidden_inputs(self, draw):
        window, stride = draw.shape(2, 4), draw.whole(1, 4)
        image = draw.array(tuple(n + draw.whole(0, 5) for n in window), -3, 3)
        kernel = draw.array(window, -3, 3)
        return (image, kernel, stride), convolved(image, kernel, stride)

    reference = staticmethod(convolved)

    @staticmethod
    def steps(image, kernel, stride):
        return {"products of the first window": products(image, kernel, stride)[0, 0]}

    mistakes = {
        "kernel turned round": (
            lambda i, k, s=1: convolved(i, k[::-1, ::-1], s),
            "You turn the kernel by 180°, as mathematicians do. Networks do not: lay it on as it is.",
        ),
        "stride ignored": (
            lambda i, k, s=1: convolved(i, k, 1),
            "Right for stride 1. With stride 2 the window moves on by two pixels, and fewer places are left.",
        ),
        "window without stride": (
            moved_by_one,
            "The output has the right size, but the window moves by one pixel only: it begins at stride · i.",
        ),
        "rows and columns swapped": (
            lambda i, k, s=1: convolved(i, k, s).T,
            "Rows and columns of the result are swapped.",
        ),
        "mean of the products": (
            lambda i, k, s=1: products(i, k, s).mean(axis=(2, 3)),
            "You take the mean of the products. Asked is their sum.",
        ),
        "largest product": (
            lambda i, k, s=1: products(i, k, s).max(axis=(2, 3)),
            "You keep the largest product, as pooling does. Convolution adds the products up.",
        ),
        "last product": (
            lambda i, k, s=1: products(i, k, s)[:, :, -1, -1],
            "Only the last product of each window is left. Does each round of a loop overwrite the one before? Add up.",
        ),
        "kernel added": (
            lambda i, k, s=1: convolved(i, np.ones_like(k), s) + k.sum(),
            "You add the kernel to the window. Multiply them entry by entry, then add up.",
        ),
        "ends too early": (
            when(lambda got, expected: ends_too_early(np.array(got), np.array(expected))),
            "The last row or column of your map is missing. In each direction a window fits "
            "(n − kernel) // stride + 1 times, as in exercise 1.",
        ),
        "another stride by default": (
            lambda i, k: convolved(i, k, 2),
            "Where no stride is given, it is 1: `def conv2d(image, kernel, stride=1)`.",
        ),
    }


def pooled(x, size, function=np.max, leftovers=False, stride=None):
    ends = [n + (size - 1 if leftovers else 0) for n in x.shape]
    rows, columns = [range(0, end - size + 1, stride or size) for end in ends]
    return np.array([[function(x[i : i + size, j : j + size]) for j in columns] for i in rows])


NEGATIVE = np.array(
    [
        [-5.0, -3.0, -8.0, -6.0, -1.0, -7.0, -2.0],
        [-2.0, -9.0, -4.0, -5.0, -3.0, -6.0, -1.0],
        [-7.0, -1.0, -6.0, -9.0, -8.0, -4.0, -3.0],
        [-4.0, -6.0, -2.0, -8.0, -5.0, -9.0, -1.0],
        [-1.0, -2.0, -1.0, -3.0, -1.0, -2.0, -1.0],
    ]
)


def cut(x, size):
    """Without the rows and columns that fill no whole block."""
    return x[: x.shape[0] // size * size, : x.shape[1] // size * size]


class MaxPool(Exercise):
    """The maximum of each block."""

    name = "max_pool"
    rtol, atol = 1e-4, 1e-6  # an answer may compute in 32 bits

    def examples(self):
        yield (np.array([[1.0, 2.0, 9.0], [3.0, 4.0, 9.0]]), 2), [[4.0]]
        yield (np.array([[1.0, -2.0, 5.0, 0.0], [3.0, 4.0, -1.0, 6.0]]), 2), [[4.0, 6.0]]
        for size in (2, 3):
            yield (NEGATIVE, size), pooled(NEGATIVE, size)

    def hidden(self, rng):
        for shape, size in (((4, 4), 2), ((6, 9), 3), ((11, 5), 4), ((3, 3), 1), ((2, 8), 2)):
            x = rng.normal(size=shape) - 2
            yield (x, size), pooled(x, size)

    def hidden_inputs(self, draw):
        size = draw.whole(1, 4)
        feature_map = draw.array(draw.shape(2, 10, size), -9, 9)
        return (feature_map, size), pooled(feature_map, size)

    @staticmethod
    def reference(feature_map, size):
        return pooled(feature_map, size)

    mistakes = {
        "mean": (
            lambda x, size: pooled(x, size, np.mean),
            "That is average pooling. Keep the largest number of each block.",
        ),
        "smallest": (
            lambda x, size: pooled(x, size, np.min),
            "You keep the smallest number of each block. Keep the largest.",
        ),
        "starts at zero": (
            lambda x, size: np.maximum(pooled(x, size), 0),
            "A block of negative numbers gets 0 in yours. Start the search with the block's own numbers.",
        ),
        "blocks begin at i, j": (
            lambda x, size: pooled(x, size, stride=1)[: x.shape[0] // size, : x.shape[1] // size],
            "There are as many blocks as there should be, but each begins one pixel after the one before. Block i "
            "begins at row i · size.",
        ),
        "axes of the blocks": (
            lambda x, size: (
                cut(x, size).reshape(x.shape[0] // size, x.shape[1] // size, -1).max(axis=2)
            ),
            "You reshape to (rows, columns, size, size), which takes pixels in the order in which they are read, not "
            "in blocks. Reshape to (rows, size, columns, size), and take the maximum over axes 1 and 3.",
        ),
        "overlapping": (
            lambda x, size: pooled(x, size, stride=1),
            "Your blocks overlap: the next one begins `size` pixels further.",
        ),
        "leftovers kept": (
            lambda x, size: pooled(x, size, leftovers=True),
            "Rows and columns that fill no whole block are left out here: there are `height // size` blocks below one "
            "another, and `width // size` side by side.",
        ),
        "largest size": (
            lambda x, size: pooled(x, size, lambda block: block.flat[np.abs(block).argmax()]),
            "You keep the number that is largest without its sign. Keep the largest: −1 is larger than −3.",
        ),
        "upper left pixel": (
            lambda x, size: pooled(x, size, lambda block: block[0, 0]),
            "You keep the first pixel of each block. Keep the largest.",
        ),
        "blocks do not fit": (
            raises("ValueError", "cannot reshape array of size (6|35|55) into"),
            "Blocks do not fit into the shape: 5 rows are two blocks of 2, and one row is left over. Cut off first "
            "what is left over, rows and columns.",
        ),
    }


def sign(kernel, picture):
    answer = (picture * kernel).sum()
    if abs(answer) < 1e-6 * max(1, abs(kernel).max()):
        return "zero"
    return "positive" if answer > 0 else "negative"


def common_sign(kernel, pictures):
    """One sign for all: a kernel may miss an edge at its own border, but never see it the wrong way."""
    *edges, ramp = [sign(kernel, picture) for picture in pictures]
    seen = {*edges, ramp} - {"zero"}
    if len(seen) > 1 or (seen and ramp == "zero"):
        return "mixed"
    return seen.pop() if seen else "zero"


class EdgeKernel(Exercise):
    """A kernel that sees where the image gets brighter from right to left."""

    name = "edge_kernel"

    def look(self, edge_kernel, low=0.3, high=0.7, even=0.2):
        """What the kernel answers on small images, in words; the answer itself where it is no 3 × 3 table."""
        kernel = edge_kernel()
        if np.shape(kernel) != (3, 3):
            return unfit(kernel)
        kernel = np.asarray(kernel, dtype=float)
        rows = [low, low, high], [low, high, high], [low, (low + high) / 2, high]
        darker = [np.array([row] * 3) for row in rows]
        return {
            "even": sign(kernel, np.full((3, 3), even)),
            "brighter to the left": common_sign(kernel, [picture[:, ::-1] for picture in darker]),
            "darker to the left": common_sign(kernel, darker),
            "brighter downwards": common_sign(kernel, [picture.T for picture in darker]),
            "darker downwards": common_sign(kernel, [picture.T[::-1] for picture in darker]),
        }

    right = {
        "even": "zero",
        "brighter to the left": "positive",
        "darker to the left": "negative",
        "brighter downwards": "zero",
        "darker downwards": "zero",
    }

    def examples(self):
        yield (), self.right

    def hidden(self, rng):
        for _ in range(5):
            low, high, even = rng.uniform((0.1, 0.6, 0.2), (0.5, 1, 1)).tolist()
            yield (low, high, even), self.right

    mistakes = in_turn(
        {
            "not 3 × 3": (
                lambda got: got is not None and not isinstance(got, dict),
                "The kernel is a table of 3 rows and 3 columns.",
            ),
            "even image": (
                lambda got: got["even"] != "zero",
                "On an even image it should answer 0: the nine weights must add up to 0.",
            ),
            "the other direction": (
                (
                    lambda got: (
                        got["brighter to the left"] == "negative"
                        and got["brighter downwards"] == "zero"
                    )
                ),
                "It sees the edges that it should, with the wrong sign. Plus on the left, minus on the right.",
            ),
            "upwards and downwards": (
                lambda got: got["brighter to the left"] == "zero",
                "It does not see changes from right to left at all. Plus belongs on the left, minus on the right. "
                "Are all weights 0, or did rows and columns change places?",
            ),
            "both directions": (
                lambda got: got["brighter downwards"] != "zero",
                "It answers to changes from top to bottom, too. The weights of each *row* must add up to 0.",
            ),
            "no sign": (
                lambda got: got["brighter to the left"] == "mixed",
                "Some edges get the wrong sign or none. "
                "The left column should not add up to less than 0, the right one not to more.",
            ),
        }
    )


def conv_layer(image, kernels, bias):
    """What Conv2D makes of one image."""
    k = len(kernels)
    windows = np.lib.stride_tricks.sliding_window_view(image, (k, k), axis=(0, 1))
    return np.einsum("ijcab,abcf->ijf", windows, kernels) + bias


def without_border(maps):
    """The last row and column stay zero."""
    maps[-1], maps[:, -1] = 0, 0
    return maps


def image_and_filters(rng, height, width, channels, filters, k):
    image = rng.normal(size=(height, width, channels))
    return image, rng.normal(size=(k, k, channels, filters)), rng.normal(size=filters)


class MendLayer(Exercise):
    """A convolution of several channels and filters."""

    name = "mend_layer"
    rtol, atol = 1e-4, 1e-5  # an answer may compute in 32 bits

    def examples(self):
        yield (np.array([[[2.0, 3.0]]]), np.ones((1, 1, 2, 1)), np.array([10.0])), [[[15.0]]]
        yield (np.array([[[2.0]]]), np.full((1, 1, 1, 1), 3.0), np.array([10.0])), [[[16.0]]]
        image = np.array(
            [
                [[1.0, 0.0], [2.0, 1.0], [0.0, 3.0], [1.0, 1.0]],
                [[0.0, 2.0], [1.0, 0.0], [4.0, 1.0], [2.0, 0.0]],
                [[3.0, 1.0], [0.0, 1.0], [1.0, 2.0], [0.0, 5.0]],
            ]
        )
        kernels = np.array(
            [[[1, 0], [2, 1]], [[0, 1], [-1, 3]], [[1, 1], [0, 2]], [[3, 0], [1, -2]]]
        )
        given = image, kernels.reshape(2, 2, 2, 2).astype(float), np.array([10.0, 200.0])
        yield given, conv_layer(*given)

    def hidden(self, rng):
        for sizes in ((3, 3, 1, 1, 3), (6, 4, 3, 2, 2), (5, 7, 4, 5, 1)):
            given = image_and_filters(rng, *sizes)
            yield given, conv_layer(*given)

    def hidden_inputs(self, draw):
        k, channels, filters = draw.shape(3, 3)
        image = draw.array((k + draw.whole(0, 3), k + draw.whole(0, 3), channels), -3, 3)
        kernels, bias = draw.array((k, k, channels, filters), -3, 3), draw.array((filters,), -9, 9)
        return (image, kernels, bias), conv_layer(image, kernels, bias)

    reference = staticmethod(conv_layer)

    mistakes = {
        "as it was": (
            lambda x, k, b: without_border(conv_layer(x, k, x.shape[2] * b)),
            "Both faults are still there. How far do i and j go? How often is the bias added?",
        ),
        "last row and column": (
            lambda x, k, b: without_border(conv_layer(x, k, b)),
            "One fault is mended. The other: the last row and column stay zero. A window fits n − k + 1 times, and "
            "`out` has as many places.",
        ),
        "last row and column, bias alone": (
            lambda x, k, b: without_border(conv_layer(x, k, 0)) + b,
            "One fault is mended. The other: the last row and column hold the bias alone. A window fits n − k + 1 "
            "times, and `out` has as many places.",
        ),
        "bias for each channel": (
            lambda x, k, b: conv_layer(x, k, x.shape[2] * b),
            "One fault is mended. The other: you add the bias once for each channel. A filter adds it once.",
        ),
        "no bias": (
            lambda x, k, b: conv_layer(x, k, 0),
            "The bias is gone altogether: it belongs in once for each filter.",
        ),
        "no bias where there is one channel": (
            lambda x, k, b: conv_layer(x, k, b * (x.shape[2] > 1)),
            "Where the image has one channel the bias is missing. A filter adds it once, for any number of channels.",
        ),
        "one bias too few": (
            lambda x, k, b: conv_layer(x, k, b * (x.shape[2] - 1)),
            "You add the bias once for each channel but one. A filter adds it once, for any number of channels.",
        ),
        "first channel only": (
            lambda x, k, b: conv_layer(x[..., :1], k[:, :, :1], b),
            "Only the first channel counts in yours. A filter adds up over all channels.",
        ),
        "last channel only": (
            lambda x, k, b: conv_layer(x[..., -1:], k[:, :, -1:], b),
            "Only the last channel is left. In a loop over channels `=` overwrites, `+=` adds.",
        ),
        "kernel turned round": (
            lambda x, k, b: conv_layer(x, k[::-1, ::-1], b),
            "You turn the kernel by 180°. Networks lay it on as it is.",
        ),
    }


@beside
def built(build_cnn, seed):
    """The student's network as plain data, with its first weights."""
    keras.utils.set_random_seed(seed)
    return models.to_data(build_cnn(), (None, 28, 28, 1))


def has_convolution(part):
    inner = getattr(part, "layers", [])
    return "Conv2D" in type(part).__name__ or any(has_convolution(layer) for layer in inner)


def misses_probabilities(model, x):
    """Whether a loss for class numbers takes outputs for probabilities that are none."""
    loss = keras.losses.get(model.loss)
    known = keras.losses.SparseCategoricalCrossentropy, keras.losses.sparse_categorical_crossentropy
    if not isinstance(loss, known[0]) and loss is not known[1]:
        return False
    outputs = np.asarray(model(x))
    are_shares = bool((outputs >= 0).all() and np.allclose(outputs.sum(axis=1), 1, atol=1e-3))
    takes_logits = bool(getattr(loss, "get_config", dict)().get("from_logits"))
    return not (takes_logits or are_shares)


def trained(build_cnn, rows, limit):
    """What up to three trainings show, measured on some rows; the answer itself where it is no network."""
    x, y = data.digits()
    x = (x[..., None] / 255).astype("float32")
    accuracies = []
    for seed in (1, 2, 3):
        described = built(build_cnn, seed)
        if not models.is_model(described):
            return unfit(described)
        if not described["compiled"]:
            return {"compiled": False}
        model = models.rebuild(described)
        if tuple(model(x[:2]).shape) != (2, 10):
            return {"compiled": True, "ten outputs": False}
        amiss = misses_probabilities(model, x[:20])
        keras.utils.set_random_seed(seed)
        model.fit(x[:4000], y[:4000], epochs=5, batch_size=64, verbose=0)
        said = model.predict(x[rows], batch_size=500, verbose=0).argmax(axis=1)
        accuracies.append(float(np.mean(said == y[rows])))
        if accuracies[-1] >= limit or model.count_params() > 6_000:
            break
    return {
        "compiled": True,
        "ten outputs": True,
        "a convolution": has_convolution(model),
        "at most 6,000 parameters": model.count_params() <= 6_000,
        "accurate enough": accuracies[-1] >= limit,
        "_parameters": model.count_params(),
        "_accuracies": accuracies,
        "_no probabilities": amiss,
    }


class BuildCnn(Exercise):
    """A small network that learns digits."""

    name = "build_cnn"
    costly = True

    def look(self, build_cnn):
        found = trained(build_cnn, slice(4000, 4500), 0.9)
        if isinstance(found, dict):
            for seed, accuracy in enumerate(found.get("_accuracies", []), start=1):
                print(f"seed {seed}: {found['_parameters']:,} parameters, accuracy {accuracy:.3f}")
        return found

    right = dict.fromkeys(
        ["compiled", "ten outputs", "a convolution", "at most 6,000 parameters", "accurate enough"],
        True,
    )

    def examples(self):
        yield (), self.right

    def hidden(self, rng):
        rows = 4500 + rng.permutation(500)[:400]
        yield (), self.right, lambda build_cnn: trained(build_cnn, rows, 0.86)

    mistakes = {
        "not compiled": (
            when(lambda got: not got["compiled"]),
            "The network is not compiled: call `model.compile(optimizer, loss)` before you return it.",
        ),
        "ten outputs": (
            when(lambda got: not got["ten outputs"]),
            "The output should have shape (rows, 10): `Flatten` or global pooling first, then a Dense layer with 10.",
        ),
        "no convolution": (
            when(lambda got: not got["a convolution"]),
            "There is no Conv2D in it. Put one in before `Flatten` or global pooling.",
        ),
        "too many parameters": (
            when(lambda got: not got["at most 6,000 parameters"]),
            "More than 6,000 parameters; `model.summary()` shows where. If most sit in the Dense layer behind "
            "`Flatten`, pool before it until few enough are left.",
        ),
        "another loss": (
            raises("InvalidArgumentError", "compile_loss"),
            "Your loss cannot compare class numbers with ten outputs. Use `sparse_categorical_crossentropy`.",
        ),
        "no probabilities": (
            when(lambda got: not got["accurate enough"] and got["_no probabilities"]),
            "The last layer gives no probabilities, and the loss takes its numbers for such. Give the last layer a "
            "softmax, or the loss `from_logits=True`.",
        ),
        "guessing": (
            when(lambda got: not got["accurate enough"] and got["_accuracies"][-1] < 0.2),
            "It does little better than guessing, though the loss fits the last layer. Is the rate far too large, or "
            "far too small? Is too little left of the picture before the last layer?",
        ),
        "not accurate enough": (
            when(lambda got: not got["accurate enough"] and got["_accuracies"][-1] >= 0.2),
            "It learns, but stays below 0.90. "
            "More filters, a second convolution, an activation, or a rate above Adam's 0.001 may help.",
        ),
        "loss for vectors": (
            raises("ValueError", "`target` and `output` must have the same (shape|rank)"),
            "Targets are class numbers, so the loss is the *sparse* one.",
        ),
        "channel missing": (
            raises("ValueError", r"expected (min_)?ndim=4, found ndim=3"),
            "A convolution wants height, width and channels: the input is (28, 28, 1).",
        ),
        "nothing left": (
            raises(
                "ValueError",
                "output size would be (zero or )?negative|negative dimension",
            ),
            "A window is larger than what is left of the picture. Pool less often, or by less.",
        ),
    }
