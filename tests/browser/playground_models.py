"""What the playgrounds compute, again in NumPy: a thousand random states of each, and the numbers they must give."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from course_lib.activations import ACTIVATIONS, softmax
from course_lib.playground.ball import OPTIMIZERS, SURFACES, Roll
from course_lib.playground.cone import TRUE
from course_lib.playground.convolution import KERNELS, Convolution
from course_lib.playground.kmeans import STARTS, Walk
from course_lib.playground.losses import Fits
from course_lib.playground.xor import ACTIVATIONS as XOR_ACTIVATIONS
from course_lib.playground.xor import SEEDS, learn
from tests.browser.playground_page import CALLS, begins

State = dict[str, Any]


@dataclass(frozen=True)
class Model:
    """One playground's mathematics, twice.

    Attributes:
        script: JavaScript, from the module ``m``, a state ``s`` and the playground's ``data`` to a list of numbers.
        states: draws states.
        numbers: the same list, by NumPy.
    """

    script: str
    states: Callable[[np.random.Generator], State]
    numbers: Callable[[State], Any]

    def draw(self, n: int = 1000) -> Iterator[State]:
        rng = np.random.default_rng(7)
        return (self.states(rng) for _ in range(n))


def _activation(rng: np.random.Generator) -> str:
    return str(rng.choice(list(ACTIVATIONS)))


def _neuron(s: State) -> list[float]:
    z = s["w1"] * s["x1"] + s["w2"] * s["x2"] + s["b"]
    return [z, float(ACTIVATIONS[s["activation"]].function(np.array(z)))]


def _point(s: State) -> list[float]:
    activation = ACTIVATIONS[s["activation"]]
    return [float(activation.function(np.array(s["x"]))), float(activation.derivative(np.array(s["x"])))]


@cache
def _patients(intercept: bool) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Features, labels, and the weights of least squares."""
    _, data = begins("descent")
    x, y = np.array(data["x"]), np.array(data["y"])
    if intercept:
        x = np.c_[x, np.ones(len(x))]
    return x, y, np.linalg.lstsq(x, y, rcond=None)[0]


def _descent(s: State) -> list[float]:
    """MLlib's descent: in iteration i the step is step / √i; the weights begin at 0, the intercept at 1."""
    x, y, best = _patients(s["intercept"])
    weights = np.zeros(x.shape[1])
    weights[8:] = 1.0
    errors = []
    for i in range(1, s["iterations"] + 2):
        residual = x @ weights - y
        errors.append(np.mean(residual**2))
        weights = weights - s["step"] / np.sqrt(i) * (x.T @ residual) / len(y)
    return [*errors, *best, float(np.mean((x @ best - y) ** 2))]


def _convolution(s: State) -> list[float]:
    done = Convolution(np.array(s["image"]), np.array(s["kernel"]), s["stride"], s["padding"], s["pool"])
    return [*done.convolved.ravel(), *done.output.ravel()]


def _picture(rng: np.random.Generator) -> State:
    return {
        "image": rng.normal(size=(10, 10)).tolist(),
        "kernel": rng.choice([rng.normal(size=(3, 3)), *KERNELS.values()]).tolist(),
        "stride": int(rng.integers(1, 4)),
        "padding": str(rng.choice(["valid", "same"])),
        "pool": int(rng.integers(1, 4)),
    }


def _softmax(s: State) -> list[float]:
    z = np.array([s[name] for name in CLASSES]) / s["temperature"]
    entropy = z.max() + np.log(np.exp(z - z.max()).sum()) - z[CLASSES.index(s["true"])]
    return [*softmax(z), entropy]


CLASSES = ("cat", "dog", "bird", "fish")


def _partitions(s: State) -> list[float]:
    """Rows of 10,000 in each partition, the hot key's first, by zlib's CRC-32 of a key and its salt."""

    def parts(rows: int, n: int) -> list[int]:
        return [rows * (i + 1) // n - rows * i // n for i in range(n)]

    hot = round(10_000 * s["hot"]) if s["keys"] > 1 else 10_000
    rows = np.zeros((2, s["partitions"]))
    for key, of_key in enumerate([hot, *parts(10_000 - hot, s["keys"] - 1)]):
        for salt, part in enumerate(parts(of_key, s["salts"])):
            rows[min(key, 1), zlib.crc32(f"key {key} salt {salt}".encode()) % s["partitions"]] += part
    return [*rows[0], *rows.sum(axis=0)]


def _pipeline(s: State) -> list[float]:
    """Lane, start and end of each piece of work, in the order of batches; then the whole time and the share waited."""
    work, free, begun, trained = [], np.zeros(s["workers"]), np.zeros(12), 0.0
    for batch in range(12):
        ready = 0.0
        if not (s["cache"] and batch >= 6):
            # a place in the buffer is free once the batch `prefetch` places earlier has left it
            earlier = batch - s["prefetch"]
            room = trained if s["prefetch"] == 0 else begun[earlier] if earlier >= 0 else 0.0
            worker = int(np.argmin(np.maximum(free, room)))
            start = max(free[worker], room)
            ready = free[worker] = start + s["prepare"]
            work.append([1 + worker, start, ready])
        begun[batch] = max(ready, trained)
        trained = begun[batch] + s["train"]
        work.append([0, begun[batch], trained])
    return [*np.ravel(work), trained, 1 - 12 * s["train"] / trained]


def _data_parallel(s: State) -> list[float]:
    x = np.array([0.2, 0.4, 0.5, 0.7, 0.8, 1.0, 1.1, 1.3, 1.5, 1.6, 1.8, 2.0])
    y = np.array([0.5, 0.7, 1.2, 1.3, 1.8, 1.9, 2.4, 2.5, 2.9, 3.4, 3.5, 4.1])
    if s["shards"] == "equal" or s["workers"] == 1:
        shards = np.array_split(np.arange(12), s["workers"])
    else:
        shards = [*np.array_split(np.arange(6), s["workers"] - 1), np.arange(6, 12)]
    slopes = 2 * x * (s["w"] * x - y)
    gradients = [slopes[shard].mean() for shard in shards]
    rows = [len(shard) for shard in shards]
    combined = {
        "sum": np.sum(gradients),
        "plain mean": np.mean(gradients),
        "weighted by rows": np.average(gradients, weights=rows),
    }[s["combine"]]
    after = s["w"] - s["rate"] * combined
    return [*rows, *gradients, combined, slopes.mean(), after, np.mean((after * x - y) ** 2)]


def _losses(s: State) -> list[float]:
    fits = Fits(**s)
    return [*fits.y, *np.ravel(list(fits.fitted.values())), *(fits.miss(loss) for loss in fits.fitted)]


def _kmeans(s: State) -> list[float]:
    walk = Walk(**s)
    centres, labels, resting = walk.now()
    return [*centres.ravel(), *([] if labels is None else labels), resting, walk.sum_of_squares()]


def _ball(s: State) -> list[float]:
    rolled = Roll(**s)
    return [*rolled.path.ravel(), *rolled.losses]


def _xor(s: State) -> list[float]:
    """Losses, outputs, and each hidden neuron's weights, bias and share of the output; then the output's bias."""
    learned = learn(s["hidden"], s["activation"], s["rate"], s["steps"], [s["seed"]])
    w, b, v, c = (part[0] for part in learned.weights)
    return [*learned.losses[0], *learned.outputs[0], *np.column_stack([*w, b, v]).ravel(), c]


def _cone(s: State) -> list[float]:
    learned = (100 * np.asarray(CALLS["cone"]["networks"][s["network"]])).round() / 100  # as it travels
    return [*((learned - TRUE) ** 2).mean(axis=(1, 2))]


def _results(s: State) -> list[float]:
    """How many boxes each step has and how many cross; then the results, key by key."""
    text = ["of the people of the people", "by the people by the people", "for the people for the people"]
    days = ["Mumbai 80 Chicago 40 Mumbai 84", "Chicago 50 Chicago 60 Chicago 54 Mumbai 90", "Mumbai 94 Chicago 20"]

    def temperatures(line: str) -> list[tuple[str, float]]:
        return list(zip(line.split()[::2], map(float, line.split()[1::2]), strict=True))

    merge: Callable[[list[Any]], Any]
    lines, mapper, merge = {
        "Word count": (text, lambda line: [(word, 1.0) for word in line.split()], sum),
        "Maximum temperature": (days, temperatures, max),
        "Mean temperature, naive": (days, temperatures, np.mean),
        "Mean with (sum, count)": (
            days,
            lambda line: [(city, (degrees, 1)) for city, degrees in temperatures(line)],
            lambda values: tuple(np.sum(values, axis=0)),
        ),
    }[s["job"]]

    def grouped(pairs: list[tuple[int, str, Any]]) -> list[tuple[int, str, Any]]:
        places = dict.fromkeys((worker, key) for worker, key, _ in pairs)
        return [(*place, merge([value for *where, value in pairs if tuple(where) == place])) for place in places]

    pairs = [(worker, key, value) for worker, line in enumerate(lines) for key, value in mapper(line)]
    counts = [3, len(pairs)]
    if s["combiner"]:
        pairs = grouped(pairs)
        counts.append(len(pairs))
    goals = [zlib.crc32(key.encode()) % 3 for _, key, _ in pairs]
    crossed = sum(goal != worker for goal, (worker, *_) in zip(goals, pairs, strict=True))
    results = grouped([(goal, key, value) for goal, (_, key, value) in zip(goals, pairs, strict=True)])
    ordered = sorted(results, key=lambda box: box[1])
    return [*counts, len(pairs), len(results), crossed, *np.ravel([[box[0], *np.ravel(box[2])] for box in ordered])]


def _job(rng: np.random.Generator) -> State:
    jobs = ["Word count", "Maximum temperature", "Mean temperature, naive", "Mean with (sum, count)"]
    return {"job": str(rng.choice(jobs)), "combiner": bool(rng.integers(2))}


MODELS = {
    "neuron": Model(
        "Object.values(m.output(s, s.x1, s.x2))",
        lambda rng: (
            dict(zip(["w1", "w2", "b", "x1", "x2"], rng.uniform(-5, 5, 5), strict=True))
            | {"activation": _activation(rng)}
        ),
        _neuron,
    ),
    "activation": Model(
        "Object.values(m.point(s))", lambda rng: {"activation": _activation(rng), "x": rng.uniform(-6, 6)}, _point
    ),
    "descent": Model(
        "((l) => [...m.train(s, data).mse, ...l.weights, l.floor])(m.least(data, s.intercept))",
        lambda rng: {
            "step": 10 ** rng.uniform(-4, 1),
            "iterations": int(rng.integers(1, 60)),
            "intercept": bool(rng.integers(2)),
        },
        _descent,
    ),
    "convolution": Model(
        "((c) => [...c.convolved.flat(), ...c.output.flat()])(m.convolve(s.image, s.kernel, s))",
        _picture,
        _convolution,
    ),
    "softmax": Model(
        "((r) => [...r.probabilities, r.entropy])(m.shares(s))",
        lambda rng: (
            {name: rng.uniform(-10, 10) for name in CLASSES}
            | {"temperature": 10 ** rng.uniform(-1, 1), "true": str(rng.choice(CLASSES))}
        ),
        _softmax,
    ),
    "partitions": Model(
        "[...m.shuffle(s).map(p => p.reduce((n, x) => n + (x.key === 0 ? x.rows : 0), 0)), ...m.sizes(s)]",
        lambda rng: {
            "keys": int(rng.integers(1, 40)),
            "hot": round(rng.uniform(), 2),
            "partitions": int(rng.integers(1, 17)),
            "salts": int(rng.integers(1, 17)),
        },
        _partitions,
    ),
    "pipeline": Model(
        "[...m.bars(s).flatMap(b => [b.lane, b.start, b.end]), m.total(s), m.waiting(s)]",
        lambda rng: {
            "prepare": int(rng.integers(1, 61)),
            "train": int(rng.integers(1, 61)),
            "prefetch": int(rng.integers(0, 5)),
            "workers": int(rng.integers(1, 5)),
            "cache": bool(rng.integers(2)),
        },
        _pipeline,
    ),
    "data_parallel": Model(
        "((r) => [...r.rows, ...r.gradients, r.combined, r.alone, r.after, m.loss(r.after)])(m.step(s))",
        lambda rng: {
            "w": rng.uniform(-0.5, 4.5),
            "rate": rng.uniform(0.02, 0.6),
            "workers": int(rng.integers(1, 5)),
            "shards": str(rng.choice(["equal", "unequal"])),
            "combine": str(rng.choice(["weighted by rows", "plain mean", "sum"])),
        },
        _data_parallel,
    ),
    "losses": Model(
        "((f) => [...m.heights(s), ...f.flat(), ...f.map(v => m.miss(s, v))])(Object.values(m.fitted(s)))",
        lambda rng: {
            "outlier": rng.uniform(-20, 60),
            "model": str(rng.choice(["line", "constant"])),
            "delta": 10 ** rng.uniform(-1, 2),
        },
        _losses,
    ),
    "kmeans": Model(
        "((w) => [...w.centres.flat(), ...(w.labels ?? []), +w.resting, m.squares(s, data)])(m.walk(s, data))",
        lambda rng: {"k": int(rng.integers(1, 7)), "start": str(rng.choice(STARTS)), "step": int(rng.integers(0, 25))},
        _kmeans,
    ),
    "ball": Model(
        "((r) => [...r.path.flat(), ...r.losses])(m.roll(s))",
        lambda rng: {
            "surface": str(rng.choice(list(SURFACES))),
            "optimizer": str(rng.choice(OPTIMIZERS)),
            "rate": 10 ** rng.uniform(-3, 0),
            "steps": int(rng.integers(0, 25)),
            "beta": rng.uniform(0, 0.99),
            "turn": rng.uniform(0, 90),
        },
        _ball,
    ),
    "xor": Model(
        """((r) => {
            const { neurons, c } = r.weights.at(-1);
            const outputs = m.CORNERS.map(([x1, x2]) => m.output({ neurons, c }, s.activation, x1, x2));
            return [...r.losses, ...outputs, ...neurons.flatMap(n => [n.w1, n.w2, n.b, n.v]), c];
        })(m.train(s, data))""",
        lambda rng: {
            "hidden": int(rng.integers(1, 5)),
            "activation": str(rng.choice(XOR_ACTIVATIONS)),
            "rate": 10 ** rng.uniform(-2, -0.5),  # beyond, the last digit of a tanh soon decides where it goes
            "steps": int(rng.integers(0, 25)),
            "seed": int(rng.choice(SEEDS)),
        },
        _xor,
    ),
    "cone": Model(
        "m.errors(s.network, data)", lambda rng: {"network": str(rng.choice(list(CALLS["cone"]["networks"])))}, _cone
    ),
    "mapreduce": Model(
        """((f) => {
            const results = [...f.at(-1).boxes].sort((a, b) => (a.key < b.key ? -1 : 1));
            const values = results.flatMap(b => [b.worker, b.value].flat());
            return [...f.map(x => x.boxes.length), f.at(-1).crossed, ...values];
        })(m.frames(s.job, s.combiner))""",
        _job,
        _results,
    ),
}
