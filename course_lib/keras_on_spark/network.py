"""A network as plain data: what the bridge reads from Keras and writes in DML.

Shapes are SystemDS's: (channels, height, width) for images, (features,) for rows.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

Shape = tuple[int, ...]


class CannotTranslate(ValueError):
    """The model has a part that the bridge cannot write in DML; the text names it."""


@dataclass(frozen=True)
class Step:
    """One operation of the network: ``affine``, ``conv2d``, ``max_pool2d``, ``dropout``, ``flatten`` or an activation.

    Attributes:
        operation: its name in SystemDS's ``nn`` library.
        layer: name of the Keras layer that it comes from.
        before, after: shape of one example going in and coming out.
        window, stride, padding: (height, width) of convolution and pooling.
        rate: share of values that dropout sets to 0.
        bias: whether the operation adds one.
    """

    operation: str
    layer: str
    before: Shape
    after: Shape
    window: tuple[int, int] = (1, 1)
    stride: tuple[int, int] = (1, 1)
    padding: tuple[int, int] = (0, 0)
    rate: float = 0.0
    bias: bool = True

    @property
    def overlaps(self) -> bool:
        """Whether it is a pool whose windows share pixels."""
        pairs = zip(self.stride, self.window, strict=True)
        return self.operation == "max_pool2d" and any(stride < window for stride, window in pairs)

    @property
    def apart(self) -> Step:
        """This pool, with its windows laid side by side on a larger image."""
        channels, *places = self.after
        height, width = (n * size for n, size in zip(places, self.window, strict=True))
        return replace(self, before=(channels, height, width), stride=self.window)

    @property
    def shapes(self) -> tuple[Shape, ...]:
        """Shapes of its weights as SystemDS wants them: matrix, then bias."""
        if self.operation == "affine":
            matrix, bias = (math.prod(self.before), self.after[0]), (1, self.after[0])
        elif self.operation == "conv2d":
            matrix, bias = (self.after[0], self.before[0] * math.prod(self.window)), (self.after[0], 1)
        else:
            return ()
        return (matrix, bias) if self.bias else (matrix,)


@dataclass(frozen=True)
class Optimizer:
    """SGD with momentum, or Adam; numbers by their names in Keras."""

    name: str
    learning_rate: float
    momentum: float = 0.0
    beta_1: float = 0.9
    beta_2: float = 0.999
    epsilon: float = 1e-7


@dataclass(frozen=True)
class Network:
    """A Keras model as plain data."""

    steps: tuple[Step, ...]
    loss: str | None
    optimizer: Optimizer | None

    @property
    def input_shape(self) -> Shape:
        return self.steps[0].before

    @property
    def outputs(self) -> int:
        return self.steps[-1].after[0]

    @property
    def judged(self) -> tuple[Step, ...]:
        """The steps up to what the loss looks at.

        A cross-entropy takes the scores before softmax or sigmoid, as in Keras: a probability that has rounded to 0
        would have no slope.
        """
        return self.steps[:-1] if (self.loss or "").endswith("crossentropy") else self.steps

    @property
    def size(self) -> int:
        """How many weights there are."""
        return sum(math.prod(shape) for step in self.steps for shape in step.shapes)
