"""What the playgrounds compute, again in NumPy: a thousand random states of each, and the numbers they must give."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from course_lib.activations import ACTIVATIONS
from course_lib.playground.convolution import KERNELS, Convolution
from tests.browser.playground_page import begins

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


def _descent(s: State) -> list[float]:
    """MLlib's descent: in iteration i the step is step / √i; the weights begin at 0, the intercept at 1."""
    _, data = begins("descent")
    x, y = np.array(data["x"]), np.array(data["y"])
    if s["intercept"]:
        x = np.c_[x, np.ones(len(x))]
    weights = np.zeros(x.shape[1])
    weights[8:] = 1.0
    best = np.linalg.lstsq(x, y, rcond=None)[0]
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
}
