"""The exercises of lesson 4."""

import numpy as np

from course_lib.check import Exercise, raises, when


class BestConstant(Exercise):
    """The mean under MSE, the median under MAE."""

    name = "best_constant"
    rtol = atol = 1e-5  # an answer may compute in 32 bits

    def examples(self):
        y = np.array([40.0, -1.0, 7.0, 2.0, 4.0])
        yield (y, "mse"), 10.4
        yield (y, "mae"), 4.0
        yield (-y, "mae"), -4.0
        yield (np.array([3.0]), "mse"), 3.0

    def hidden(self, rng):
        for n in (1, 3, 9, 31):
            y = rng.lognormal(2, 2, n) - 5
            yield (y, "mse"), np.mean(y)
            yield (y, "mae"), np.median(y)

    def hidden_inputs(self, draw):
        y, loss = draw.array((2 * draw.whole(0, 6) + 1,), -20, 90), draw.one_of("mse", "mae")
        return (y, loss), self.reference(y, loss)

    @staticmethod
    def reference(y, loss):
        return np.mean(y) if loss == "mse" else np.median(y)

    kinds = {
        "the loss is MSE": lambda y, loss: loss == "mse",
        "the loss is MAE": lambda y, loss: loss == "mae",
        "there is more than one target": lambda y, loss: len(y) > 1,
        "the loss is MSE and there is more than one target": lambda y, loss: (
            loss == "mse" and len(y) > 1
        ),
        "the loss is MAE and there is more than one target": lambda y, loss: (
            loss == "mae" and len(y) > 1
        ),
    }
    mistakes = {
        "always the mean": (
            lambda y, loss: np.mean(y),
            "Under MAE, too, you return the mean. The best there has as many targets above as below: the median.",
        ),
        "always the median": (
            lambda y, loss: np.median(y),
            "Under MSE, too, you return the median. The best there is the balance point of all: the mean.",
        ),
        "swapped": (
            lambda y, loss: np.median(y) if loss == "mse" else np.mean(y),
            "The two are swapped: yours is the median under MSE, the mean under MAE. It is the other way round.",
        ),
        "not sorted": (
            lambda y, loss: np.mean(y) if loss == "mse" else y[len(y) // 2],
            "You take the value in the middle of the array. The median is in the middle of the *sorted* values.",
        ),
        "middle of the range": (
            lambda y, loss: np.mean(y) if loss == "mse" else (np.min(y) + np.max(y)) / 2,
            "Half-way between smallest and largest: an outlier moves that most of all. Asked is the value with as many "
            "targets above it as below.",
        ),
        "the loss itself": (
            lambda y, loss: np.var(y) if loss == "mse" else np.mean(abs(y - np.median(y))),
            "You return the smallest loss. Asked is the constant that has it.",
        ),
        "sum": (
            lambda y, loss: np.sum(y) if loss == "mse" else np.median(y),
            "Under MSE you return the sum. Divide it by the number of targets.",
        ),
        "one beside the middle": (
            lambda y, loss: np.mean(y) if loss == "mse" else np.sort(y)[len(y) // 2 - 1],
            "You miss the middle by one: of 5 sorted values it is `[2]`, for Python counts from 0.",
        ),
        "one beyond the middle": (
            lambda y, loss: np.mean(y) if loss == "mse" else np.sort(y)[len(y) // 2 + 1],
            "You miss the middle by one: of 5 sorted values it is `[2]`, for Python counts from 0.",
        ),
        "the loss of the best": (
            lambda y, loss: np.mean(y) if loss == "mse" else np.sum(abs(y - np.median(y))),
            "Under MAE you return the sum of the distances. Asked is the constant that makes it smallest.",
        ),
        "no value for a loss": (
            raises("UnboundLocalError", "local variable"),
            'A name has no value yet where your code needs it. `loss` is `"mse"` or `"mae"`, in small letters: does '
            "your code ask for each?",
        ),
    }


def costs(y, z):
    """Binary cross-entropy of each row, from logits."""
    return np.maximum(z, 0) - y * z + np.log1p(np.exp(-np.abs(z)))


class BceFromLogits(Exercise):
    """Mean binary cross-entropy from logits, also from very large ones."""

    name = "bce_from_logits"
    rtol, atol = 1e-5, 1e-6  # an answer may compute in 32 bits

    def examples(self):
        yield (np.array([0.0, 1.0]), np.array([-0.5, 2.5])), 0.2764829
        yield (np.array([1.0]), np.array([-3.0])), 3.0485874
        yield (np.array([0.0]), np.array([2.0])), 2.126928
        yield (np.array([1.0, 0.0, 0.0]), np.array([0.25, 0.5, 0.75])), 0.8956291
        y = np.array([0.0, 0.0, 1.0, 1.0, 1.0])
        yield (y, np.array([1000.0, -600.0, 900.0, -800.0, -700.0])), 500.0

    def hidden(self, rng):
        for n, size in ((1, 1), (5, 2), (9, 2), (40, 1000)):
            y, z = rng.integers(0, 2, n).astype(float), rng.uniform(-size, size, n)
            yield (y, z), np.mean(costs(y, z))
        y, z = np.array([0.0, 1.0, 1.0]), np.array([40.0, -40.0, -50.0])
        yield (y, z), np.mean(costs(y, z))

    def hidden_inputs(self, draw):
        n = draw.whole(1, 9)
        y, z = draw.wholes((n,), 0, 1).astype(float), draw.array((n,), -1000, 1000)
        return (y, z), self.reference(y, z)

    @staticmethod
    def reference(y, logits):
        return np.mean(costs(y, logits))

    kinds = {
        "a logit is large": lambda y, z: np.abs(z).max() > 20,
        "the logits are small": lambda y, z: np.abs(z).max() <= 20,
        "an example is of class 0": lambda y, z: bool((y == 0).any()),
        "an example is of class 1": lambda y, z: bool((y == 1).any()),
        "there is more than one example": lambda y, z: len(y) > 1,
    }
    mistakes = {
        "overflow": (
            when(lambda got, expected: expected > 20 and not np.isfinite(got)),
            "Right for small logits. With large ones a power becomes infinite, or a logarithm gets 0. The text's form, "
            "for y = 0, is max(z, 0) + ln(1 + e^−|z|).",
        ),
        "clipped": (
            when(lambda got, expected: expected > 20 and 0 < got < 0.9 * expected),
            "Large costs come out too small. If a clip, or a small number in the logarithm, cuts them off: leave it "
            "out. The text's form, for y = 0, needs neither: max(z, 0) + ln(1 + e^−|z|).",
        ),
        "summed": (
            lambda y, z: np.sum(costs(y, z)),
            "You add the costs up. Asked is their mean.",
        ),
        "one for each row": (
            costs,
            "You return one cost for each row. Asked is their mean, one number.",
        ),
        "labels turned round": (
            lambda y, z: np.mean(costs(1 - y, z)),
            "Sure and right costs a lot in yours, sure and wrong nothing. Swap the roles of 0 and 1, or turn z round.",
        ),
        "each row as if y were 1": (
            lambda y, z: np.mean(costs(1, z)),
            "You treat each row as if y were 1. For y = 0 the sign of z turns round.",
        ),
        "logits cut to 0…1": (
            lambda y, z: np.mean(
                -y * np.log(np.clip(z, 1e-7, 1 - 1e-7))
                - (1 - y) * np.log(1 - np.clip(z, 1e-7, 1 - 1e-7))
            ),
            "The logits are cut to 0…1, as if they were probabilities. If you use Keras, it needs `from_logits=True`.",
        ),
        "targets and logits swapped": (
            lambda y, z: np.mean(costs(z, y)),
            "Targets and logits are swapped. If you use Keras, it takes the targets first.",
        ),
        "plus |z|": (
            lambda y, z: np.mean(np.maximum(z, 0) - y * z + np.log1p(np.exp(np.abs(z)))),
            "The power is e^|z|, and that is too large. It is e^−|z|.",
        ),
        "minus the small part": (
            lambda y, z: np.mean(np.maximum(z, 0) - y * z - np.log1p(np.exp(-np.abs(z)))),
            "You subtract ln(1 + e^−|z|). It is added to max(z, 0).",
        ),
        "without the large part": (
            lambda y, z: np.mean(np.log1p(np.exp(-np.abs(z)))),
            "Being sure and wrong costs next to nothing in yours. For y = 0 the part max(z, 0) is missing.",
        ),
        "without the small part": (
            lambda y, z: np.mean(np.maximum(z, 0) - y * z),
            "Being right costs exactly nothing in yours. The part ln(1 + e^−|z|) is missing.",
        ),
        "only the last row": (
            lambda y, z: costs(y, z)[-1] / len(y),
            "Only the last row counts in yours. In a loop `total = …` overwrites. Begin with `total = 0` before it; "
            "`total += …` adds.",
        ),
        "only the ones": (
            lambda y, z: np.mean(y * np.logaddexp(0, -z)),
            "Rows with y = 0 cost nothing in yours. They cost ln(1 + e^z).",
        ),
        "only the zeros": (
            lambda y, z: np.mean(costs(0, z)),
            "You treat each row as if y were 0. For y = 1 the sign of z turns round.",
        ),
        "sign": (
            when(lambda got: got < 0),
            "Your cost is negative. Surprise is never below 0: check the signs.",
        ),
        "logarithm to base 2": (
            lambda y, z: np.mean(np.maximum(z, 0) - y * z + np.log2(1 + np.exp(-np.abs(z)))),
            "The formula has the natural logarithm: `np.log` or `np.log1p`.",
        ),
        "logit taken for a probability": (
            lambda y, z: np.mean(-y * np.log(z) - (1 - y) * np.log(1 - z)),
            "You take the logarithm of the logit. It is no probability; the sigmoid makes one of it.",
        ),
        "too large for math": (
            raises("OverflowError", "math range error"),
            "For a logit of ±1000 `math.exp` is too large. ln(1 + e^z) is also max(z, 0) + ln(1 + e^−|z|).",
        ),
        "logarithm of 0": (
            raises("ValueError", "math domain error|expected a positive input"),
            "`math.log` was given 0 or less. A logit may be negative, and for a large one p is exactly 0 or 1. The "
            "text's form, for y = 0, is max(z, 0) + ln(1 + e^−|z|).",
        ),
    }


TASKS = ["temperature", "delay", "spam", "digit", "species", "genres"]
SHOWN = {
    "temperature": ["linear", "mse"],
    "spam": ["sigmoid", "binary_crossentropy"],
    "digit": ["softmax", "categorical_crossentropy"],
}
OTHERS = {
    "delay": ["linear", "mae"],
    "species": ["softmax", "sparse_categorical_crossentropy"],
    "genres": ["sigmoid", "binary_crossentropy"],
}
SPELLINGS = {"mean_squared_error": "mse", "mean_absolute_error": "mae", "none": "linear"}


def in_one_spelling(pair):
    words = pair if isinstance(pair, (tuple, list)) else [pair]
    words = [str(word).strip().lower().replace(" ", "_") for word in words]
    return [SPELLINGS.get(word, word) for word in words]


def marks(answer, right):
    """Task → "right" or "look again"; `_choice` has the answer in one spelling."""
    if not isinstance(answer, dict):
        return answer
    choice = {task: in_one_spelling(pair) for task, pair in answer.items()}
    marked = {
        task: "right" if choice[task] == pair else "look again"
        for task, pair in right.items()
        if task in choice
    }
    return {**marked, "_choice": choice}


def chosen(holds):
    """A mistake that is seen in the choices."""
    return when(lambda got: holds(got["_choice"]))


class HeadAndLoss(Exercise):
    """Task → (last activation, loss): three tasks are visible, three hidden."""

    name = "head_and_loss"

    def look(self, head_and_loss):
        return marks(head_and_loss(), SHOWN)

    def named(self, head_and_loss):
        return dict.fromkeys(head_and_loss(), "named")

    def examples(self):
        yield (), dict.fromkeys(SHOWN, "right")
        yield (), dict.fromkeys(TASKS, "named"), self.named

    def hidden_look(self, head_and_loss):
        return marks(head_and_loss(), OTHERS)

    def hidden(self, rng):
        yield (), dict.fromkeys(OTHERS, "right"), self.hidden_look

    mistakes = {
        "two names": (
            chosen(lambda c: any(len(pair) != 2 for pair in c.values())),
            "Each task needs a pair: (activation, loss), two strings.",
        ),
        "loss first": (
            chosen(lambda c: c["spam"][0] == "binary_crossentropy"),
            "First the activation, then the loss: (activation, loss).",
        ),
        "a bounded temperature": (
            chosen(lambda c: c["temperature"][0] != "linear"),
            "A temperature can be any number. Which of the three activations lets every number through?",
        ),
        "temperature loss": (
            chosen(lambda c: c["temperature"][1] != "mse"),
            "Which loss for a number makes one error of 10° cost more than ten errors of 1°?",
        ),
        "softmax of one": (
            chosen(lambda c: c["spam"][0] == "softmax"),
            "Spam has one probability, so one unit. Softmax of a single unit is always 1.",
        ),
        "spam": (
            chosen(lambda c: c["spam"] != SHOWN["spam"]),
            "Spam is a yes-or-no question: the output lies between 0 and 1, and being sure and wrong must cost a lot.",
        ),
        "one-hot or number": (
            chosen(lambda c: c["digit"][1] == "sparse_categorical_crossentropy"),
            "The targets of the digits are one-hot rows. The sparse loss is for class numbers.",
        ),
        "digit": (
            chosen(lambda c: c["digit"] != SHOWN["digit"]),
            "A digit is exactly one of ten: ten shares that add up to 1, and the loss for one-hot targets.",
        ),
    }
    hidden_mistakes = {
        "outliers": (
            chosen(lambda c: c["delay"][1] == "mse"),
            "Under this loss the typing errors in `delay` decide everything. See exercise 1.",
        ),
        "delay": (
            chosen(lambda c: c["delay"] != OTHERS["delay"]),
            "A delay is any number, and a few wild targets should hardly count.",
        ),
        "one of three": (
            chosen(lambda c: c["species"] != OTHERS["species"]),
            "A flower is exactly one of three species, and the targets are class numbers, not one-hot rows.",
        ),
        "several at once": (
            chosen(lambda c: c["genres"][0] == "softmax"),
            "Softmax shares add up to 1, but a film can be a comedy *and* a western: 20 yes-or-no questions.",
        ),
        "genres": (
            chosen(lambda c: c["genres"] != OTHERS["genres"]),
            "Each genre is a yes-or-no question of its own, as `spam` is one.",
        ),
    }


def stop(losses, patience, ties=False, before=False, reset=True):
    """Early stopping: (epoch to keep, epochs trained). The switches bring in the usual faults."""
    best, kept, wait = float("inf"), 0, 0
    for epoch, loss in enumerate(losses, start=1):
        if loss < best or (ties and loss == best):
            best, kept, wait = loss, epoch, 0 if reset else wait
        else:
            wait += 1
            if wait >= patience:
                return kept, epoch
        if before:
            best = loss
    return kept, len(losses)


class EpochToKeep(Exercise):
    """Early stopping: the epoch whose weights are kept, and the number of epochs trained."""

    name = "epoch_to_keep"

    def examples(self):
        yield ([5.0, 4.0, 3.0, 3.5, 3.2, 2.0], 2), (3, 5)
        yield ([5.0, 4.0, 3.0, 3.5, 3.2, 2.0], 3), (6, 6)
        yield ([9.0, 8.0, 8.5, 7.0, 7.5, 6.0, 6.0, 6.1, 5.0], 2), (6, 8)
        yield ([3.0, 2.0, 1.0], 1), (3, 3)
        yield ([2.5], 3), (1, 1)
        yield ([1.0, 2.0, 3.0, 4.0, 5.0, 0.5], 2), (1, 3)
        yield ([5.0, 3.0, 4.0], 2), (2, 3)
        yield ([2.0, 3.0, 4.0], 2), (1, 3)
        yield ([400.0, 500.0, 300.0], 1), (1, 2)

    def hidden(self, rng):
        for n, patience in ((1, 1), (2, 5), (10, 1), (30, 3), (30, 6), (80, 10)):
            losses = 5 * np.exp(-np.arange(n) / 8) + rng.normal(0, 0.4, n)
            losses = losses.round(1).tolist()  # so that some are equal
            yield (losses, patience), stop(losses, patience)
        for losses in ([-1.0, -2.0, -1.5, -3.0, -2.0, -2.5], [2e9, 1e9, 3e9, 1e9, 5e8, 6e8]):
            yield (losses, 2), stop(losses, 2)

    def hidden_inputs(self, draw):
        losses, patience = draw.items(lambda: draw.whole(-9, 30) / 4, 1, 30), draw.whole(1, 6)
        return (losses, patience), stop(losses, patience)

    parts = ("the epoch to keep", "the number of epochs trained")

    @staticmethod
    def reference(val_losses, patience):
        return stop(val_losses, patience)

    kinds = {
        "training stops early": lambda losses, patience: stop(losses, patience)[1] < len(losses),
        "training runs to the last epoch": lambda losses, patience: (
            stop(losses, patience)[1] == len(losses)
        ),
        "a later epoch would have been better": lambda losses, patience: (
            stop(losses, patience)[0] != 1 + int(np.argmin(losses))
        ),
        "two epochs are equally good": lambda losses, patience: len(set(losses)) < len(losses),
    }
    mistakes = {
        "sees the future": (
            lambda v, p: (int(np.argmin(v)) + 1, len(v)),
            "You take the best of all epochs. Training stops before some of them: they never happen. Go through the "
            "losses in a loop, keep the best so far and its epoch, and return once `patience` epochs brought none.",
        ),
        "keeps the future's best": (
            lambda v, p: (int(np.argmin(v)) + 1, stop(v, p)[1]),
            "You stop in time, but you keep an epoch that comes after the stop.",
        ),
        "counts from 0": (
            lambda v, p: tuple(n - 1 for n in stop(v, p)),
            "Your epochs count from 0. Here the first one is epoch 1.",
        ),
        "one count from 0": (
            lambda v, p: (stop(v, p)[0] - 1, stop(v, p)[1]),
            "The epoch to keep counts from 0 in yours. Here the first one is epoch 1.",
        ),
        "trained counts from 0": (
            lambda v, p: (stop(v, p)[0], stop(v, p)[1] - 1),
            "The number of epochs trained is one too small: the epoch in which you stop was trained, too.",
        ),
        "one epoch too late": (
            lambda v, p: stop(v, p + 1),
            "You stop one epoch too late: `patience` epochs without a new best are enough.",
        ),
        "one epoch too early": (
            lambda v, p: stop(v, p - 1),
            "You stop one epoch too early. With patience 2, the second epoch without a new best stops.",
        ),
        "ties": (
            lambda v, p: stop(v, p, ties=True),
            "An equal loss counts as a new best in yours. Only a smaller one does.",
        ),
        "compares with the epoch before": (
            lambda v, p: stop(v, p, before=True),
            "You compare with the epoch before. A loss may fall and still be above the best: compare with the best.",
        ),
        "never starts anew": (
            lambda v, p: stop(v, p, reset=False),
            "Bad epochs must come in a row. When a new best comes, start counting anew.",
        ),
        "keeps the last": (
            lambda v, p: (stop(v, p)[1], stop(v, p)[1]),
            "You keep the epoch in which you stopped. Keep the best one before it.",
        ),
        "patience ignored": (
            lambda v, p: stop(v, 1),
            "You stop at the first epoch without a new best, whatever `patience` is.",
        ),
        "no new best": (
            lambda v, p: (1, min(len(v), 1 + p)),
            "You never take a new best after the first epoch. When a loss is smaller, keep that epoch and its loss.",
        ),
        "always the first": (
            lambda v, p: (1, stop(v, p)[1]),
            "You stop in time, but you keep epoch 1. Note the epoch whenever a new best comes.",
        ),
        "from the end": (
            lambda v, p: stop(v[::-1], p),
            "You go through the losses from the end: epoch 1 comes first.",
        ),
        "the last epoch is missing": (
            lambda v, p: stop(v[:-1], p),
            "Your loop ends before the last epoch. `range(1, n)` ends with n − 1.",
        ),
        "the largest": (
            lambda v, p: stop([-loss for loss in v], p),
            "You look for the largest loss. A loss is better when it is smaller.",
        ),
        "never stops, keeps the last": (
            lambda v, p: (len(v), len(v)),
            "In yours every epoch counts as the best, and training never stops. Compare each loss with the best.",
        ),
        "swapped": (
            lambda v, p: stop(v, p)[::-1],
            "First the epoch to keep, then the number of epochs trained.",
        ),
        "only one number": (
            lambda v, p: stop(v, p)[0],
            "Return two numbers: the epoch to keep, and the number of epochs trained.",
        ),
    }


FAULTS = {
    "four arrays": "Return four arrays: X_train, y_train, X_validation, y_validation.",
    "order of the four": "The order is X_train, y_train, X_validation, y_validation: rows, then their targets.",
    "targets changed": "Some targets come back changed. Only X is scaled: `y` keeps its numbers.",
    "sizes swapped": "Training should get 80 % of the rows. Yours gives more to validation: are the parts swapped?",
    "rows in both parts": "Some rows are in both parts: validation rewards learning by heart. Shuffle once, then cut.",
    "rows lost or doubled": "Some rows are in neither part. Shuffle with a permutation: it has each row once.",
    "not 80 %": "The training part should have exactly 80 % of the rows.",
    "rows and targets apart": "A row of X no longer stands beside its own target. Shuffle both with the *same* order.",
    "not scaled": "The training rows are not scaled: subtract their mean, divide by their standard deviation.",
    "leak": "You still take mean and standard deviation of all rows. Split first, then measure the training rows only.",
    "wrong scale": "The training rows should have mean 0 and standard deviation 1 in each column (`axis=0`).",
    "validation not scaled": "The validation rows are not scaled. They get the training rows' mean and deviation.",
    "validation scaled by itself": "Each part has a scale of its own: one x, two meanings. Use that of training.",
    "wrong validation scale": "The validation rows need *both* numbers of the training rows: mean and deviation.",
    "not shuffled": "The validation rows are the last fifth, as they came. Shuffle before you cut.",
    "another split each time": "The same `seed` gives another split each time. Give the seed to the random generator.",
    "seed ignored": "Two different seeds put the same rows into validation. Shuffle all rows with `seed`, then cut.",
}


def is_scaled(part, X, rows, by):
    """Whether `part` is `X[rows]`, scaled by the rows `by`. Under the root n or n − 1: both are honest."""
    centred = X[rows] - X[by].mean(axis=0)
    deviations = [X[by].std(axis=0, ddof=ddof) for ddof in (0, 1)]
    return any(np.allclose(part, centred / d, rtol=1e-3, atol=1e-3) for d in deviations)


def fault_of_training(part, X, rows):
    """The fault in the scale of the training rows, or None."""
    if is_scaled(part, X, rows, by=rows):
        return None
    if np.allclose(part, X[rows], atol=1e-4):
        return "not scaled"
    if is_scaled(part, X, rows, by=np.arange(len(X))):
        return "leak"
    centred = np.allclose(part.mean(axis=0), 0, atol=1e-3)
    one = np.allclose(part.std(axis=0), 1, atol=0.05)
    return "rows and targets apart" if centred and one else "wrong scale"


def fault_of_validation(part, X, val_rows, rows):
    """The fault in the scale of the validation rows, or None."""
    if is_scaled(part, X, val_rows, by=rows):
        return None
    if np.allclose(part, X[val_rows], atol=1e-4):
        return "validation not scaled"
    by_itself = is_scaled(part, X, val_rows, by=val_rows)
    return "validation scaled by itself" if by_itself else "wrong validation scale"


def is_fault(fault):
    return when(lambda got: got == fault)


class SplitAndScale(Exercise):
    """A fair split: shuffled by the seed, 80 % for training, scaled by the training rows."""

    name = "split_and_scale"

    def look(self, split_and_scale, X, y, seed, other_seed):
        """What the split does, in a few words. The targets are all different and name their rows."""
        given = X.copy(), y.copy()
        parts = split_and_scale(X, y, seed)
        X, y = given  # whatever has become of the arrays that the answer was given
        if parts is None:
            return None
        if not isinstance(parts, (tuple, list)) or len(parts) != 4:
            return "four arrays"
        X_train, y_train, X_val, y_val = (np.asarray(part, dtype=float) for part in parts)
        if X_train.ndim != 2 or X_val.ndim != 2:
            return "order of the four"
        y_train, y_val = y_train.ravel(), y_val.ravel()
        rows, val_rows = (abs(part[:, None] - y).argmin(axis=1) for part in (y_train, y_val))
        if not all(
            np.allclose(y[at], part, rtol=1e-3) for at, part in ((rows, y_train), (val_rows, y_val))
        ):
            return "targets changed"
        cut = int(0.8 * len(y))
        if len(rows) < len(val_rows):
            return "sizes swapped"
        if set(rows) & set(val_rows):
            return "rows in both parts"
        if len({*rows, *val_rows}) < len(y):
            return "rows lost or doubled"
        if len(rows) != cut:
            return "not 80 %"
        if len(X_train) != len(rows) or len(X_val) != len(val_rows):
            return "rows and targets apart"
        fault = fault_of_training(X_train, X, rows) or fault_of_validation(X_val, X, val_rows, rows)
        if fault:
            return fault
        if set(val_rows) == set(range(cut, len(y))):
            return "not shuffled"
        again, other = (
            np.ravel(split_and_scale(X.copy(), y.copy(), s)[1]) for s in (seed, other_seed)
        )
        if not np.array_equal(again, y_train):
            return "another split each time"
        return "seed ignored" if set(other) == set(y_train) else "a fair split"

    def examples(self):
        rng = np.random.default_rng(0)
        X = np.sort(rng.normal([5.0, -2.0], [3.0, 0.5], (50, 2)), axis=0)
        yield (X, rng.permutation(50) / 10, 1, 2), "a fair split"

    def hidden(self, rng):
        for n, d in ((40, 1), (100, 3), (205, 6)):
            X, y = np.cumsum(rng.normal(1, 1, (n, d)), axis=0), rng.permutation(n) * 1.5 - 7
            seed = int(rng.integers(1000))
            yield (X, y, seed, seed + 1), "a fair split"

    def hidden_inputs(self, draw):
        n, d, seed = 5 * draw.whole(8, 20), draw.whole(1, 5), draw.whole(0, 10**6)
        X = np.cumsum(draw.array((n, d), -1, 4), axis=0) + draw.number(-90, 90)
        return (X, draw.rng.permutation(n) * 1.5 - 7, seed, seed + 1), "a fair split"

    mistakes = {fault: (is_fault(fault), hint) for fault, hint in FAULTS.items()}


def winner_by(score):
    """A function that returns the pair with the smallest score of its losses."""

    def winner(results):
        scores = {
            (name, rate): score(np.array(losses, dtype=float))
            for name, by_rate in results.items()
            for rate, losses in by_rate.items()
        }
        scores = {key: value for key, value in scores.items() if value == value}
        return min(scores, key=scores.get)

    return winner


def or_infinite(losses):
    return np.where(np.isnan(losses), np.inf, losses)


fair = winner_by(lambda losses: np.median(or_infinite(losses)))
nan = float("nan")


def winner_below_one(results):
    """The winner, if its median is below 1."""
    name, rate = fair(results)
    return (name, rate) if np.median(or_infinite(np.array(results[name][rate]))) < 1 else None


class FairWinner(Exercise):
    """The optimizer and rate with the smallest median over seeds; a diverged run counts as infinite."""

    name = "fair_winner"

    def examples(self):
        yield (
            (
                {
                    "SGD": {0.01: [0.3, 0.2, 0.4]},
                    "Adam": {0.001: [0.9, 0.8, 0.15], 0.01: [0.2, 0.1, nan]},
                },
            ),
            ("Adam", 0.01),
        )
        # each foreseen mistake chooses another winner in one of these, and no two the same in all
        for results, winner in (
            (
                {
                    "SGD": {0.1: [nan, nan, nan, nan, 0.47]},
                    "RMSprop": {
                        0.1: [0.34, 0.53, 0.08, 0.24, 0.46],
                        0.01: [0.45, 0.29, 0.48, 0.5, 0.28],
                    },
                },
                ("RMSprop", 0.1),
            ),
            (
                {
                    "RMSprop": {
                        0.1: [0.32, nan, 0.51, 0.04, 0.58],
                        0.01: [0.53, 0.5, 0.39, 0.31, 0.1],
                    },
                    "Adam": {0.1: [0.2, 0.37, 0.52, nan, 0.33]},
                },
                ("Adam", 0.1),
            ),
            (
                {
                    "Adam": {0.1: [0.36, 0.37, 0.02], 0.01: [0.47, 0.21, 0.24]},
                    "RMSprop": {0.1: [0.27, 0.34, 0.43]},
                },
                ("Adam", 0.01),
            ),
            (
                {
                    "RMSprop": {0.1: [3.1, 1.4, nan]},
                    "Adam": {0.1: [0.7, 3.0, 2.6]},
                    "SGD": {0.1: [nan, nan, nan]},
                },
                ("Adam", 0.1),
            ),
            (
                {
                    "Adam": {0.1: [0.7, 0.28, 0.5, 0.25, 0.6]},
                    "SGD": {0.1: [0.45, 0.3, 0.2, 0.4, 0.46]},
                },
                ("SGD", 0.1),
            ),
        ):
            yield (results,), winner

    def hidden(self, rng):
        a, b, c = np.sort(rng.uniform(0.1, 2, 3)).tolist()
        by_rate = {0.03: [c, b, c], 0.003: [a, nan, b]}
        yield ({"Lion": {0.1: [nan] * 3}, "Adam": by_rate},), ("Adam", 0.003)
        rates = (0.3, 0.001, 0.03)
        for size in (1, 1, 1, 1, 20, 20):
            results = {}
            for name in rng.permutation(["SGD", "RMSprop", "Adagrad", "Adam", "Lion"]).tolist():
                results[name] = {}
                for rate, lost in zip(rates, rng.permutation([0, 0.2, 0.7]), strict=True):
                    losses = size * rng.lognormal(rng.normal(0, 0.3), 1.5, 7)
                    losses[rng.random(7) < lost] = nan
                    results[name][rate] = losses.tolist()
            yield (results,), fair(results)

    def hidden_inputs(self, draw):
        names = draw.some("SGD", "RMSprop", "Adagrad", "Adam", "Lion")
        n, size = 2 * draw.whole(0, 3) + 1, draw.one_of(1, 100)

        def drawn_losses():
            found = size * draw.rng.lognormal(0, 1, n)
            found[draw.rng.random(n) < draw.one_of(0, 0.3, 0.7)] = nan
            return found.tolist()

        rates = [0.3, 0.001, 0.03][: draw.whole(1, 3)]
        results = {name: {rate: drawn_losses() for rate in rates} for name in names}
        results[names[0]][rates[0]] = draw.rng.lognormal(0, 1, n).tolist()  # one does not diverge
        return (results,), fair(results)

    parts = ("the optimizer", "the rate")

    mistakes = {
        "luckiest seed": (
            winner_by(np.nanmin),
            "You look at the best seed of each. One lucky run proves nothing: take the median over the seeds.",
        ),
        "mean": (
            winner_by(lambda losses: np.mean(or_infinite(losses))),
            "You compare means. One run that went wrong decides a mean; asked is the median.",
        ),
        "mean of those that ended": (
            winner_by(np.nanmean),
            "You compare means, and you leave out the runs that diverged. Take medians, and count nan as infinite.",
        ),
        "diverged runs left out": (
            winner_by(np.nanmedian),
            "You leave out the runs that diverged. They count as infinite: replace nan by infinity first.",
        ),
        "an empty list": (
            raises("IndexError", "list index out of range"),
            "A list is shorter than your code takes it to be. Do you leave nan out? Where all runs diverged nothing "
            "remains: count nan as infinite.",
        ),
        "nan counts as 0": (
            winner_by(lambda losses: np.median(np.nan_to_num(losses))),
            "A diverged run counts as 0 in yours, the best loss there is. It counts as infinite.",
        ),
        "nan disqualifies": (
            winner_by(np.median),
            "One diverged run puts a rate out of the race. Replace nan by infinity first; a median bears that.",
        ),
        "nan in the sort": (
            winner_by(lambda losses: sorted(losses.tolist())[len(losses) // 2]),
            "`sorted` does not know where to put nan. Replace nan by infinity first.",
        ),
        "nan in the comparison": (
            lambda results: min(
                ((name, rate) for name, by_rate in results.items() for rate in by_rate),
                key=lambda pair: np.sort(results[pair[0]][pair[1]])[
                    len(results[pair[0]][pair[1]]) // 2
                ],
            ),
            "A median that is nan is neither smaller nor larger than any number. Replace nan by infinity first.",
        ),
        "the worst": (
            winner_by(lambda losses: -np.median(or_infinite(losses))),
            "You return the largest median. A loss is better when it is smaller.",
        ),
        "worst seed": (
            winner_by(lambda losses: or_infinite(losses).max()),
            "You compare the worst seed of each. Asked is the median.",
        ),
        "only the name": (
            lambda results: fair(results)[0],
            "Return both: the optimizer and its rate.",
        ),
        "swapped": (
            lambda results: fair(results)[::-1],
            "First the optimizer, then the rate.",
        ),
        "not sorted": (
            winner_by(lambda losses: or_infinite(losses)[len(losses) // 2]),
            "You take the loss in the middle of the list. The median is in the middle of the *sorted* losses.",
        ),
        "the first seed": (
            winner_by(lambda losses: or_infinite(losses)[0]),
            "You compare the first seed of each. Asked is the median over all seeds.",
        ),
        "starts too small": (
            winner_below_one,
            "Where every median is above 1 nothing wins. If your search starts from a number: start from infinity.",
        ),
        "one beside the middle": (
            winner_by(lambda losses: np.sort(or_infinite(losses))[len(losses) // 2 - 1]),
            "You miss the middle by one: of 5 sorted losses it is `[2]`, for Python counts from 0.",
        ),
        "always the third": (
            winner_by(lambda losses: np.sort(or_infinite(losses))[min(2, len(losses) - 1)]),
            "You take the third of the sorted losses. The middle is at `len(losses) // 2`.",
        ),
        "first rate of each": (
            lambda results: fair(
                {name: dict([next(iter(r.items()))]) for name, r in results.items()}
            ),
            "You compare each optimizer at its first rate only. Let each have its best.",
        ),
    }
