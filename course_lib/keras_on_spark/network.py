"""Read a Keras model into plain data, and refuse by name what DML cannot say.

Shapes are SystemDS's: (channels, height, width) for images, (features,) for rows.
"""

from __future__ import annotations

import math
import warnings
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from course_lib import keras_private
from course_lib.keras_on_spark.settings import FLOATS, not_honoured

if TYPE_CHECKING:
    import keras

Shape = tuple[int, ...]

ACTIVATIONS = ("relu", "sigmoid", "tanh", "softmax")
LOSSES = ("mean_squared_error", "categorical_crossentropy", "sparse_categorical_crossentropy", "binary_crossentropy")


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
    def size(self) -> int:
        """How many weights there are."""
        return sum(math.prod(shape) for step in self.steps for shape in step.shapes)


def read(model: keras.Model) -> Network:
    """Read a Sequential or straight functional Keras model.

    Args:
        model: built; compiled where it shall be trained.

    Raises:
        CannotTranslate: with the name of the layer, loss or optimizer that does not fit, before anything runs.
    """
    if not _is_of_keras(type(model)):
        raise CannotTranslate(f"Cannot translate {type(model).__name__}, a class of its own: use keras.Sequential.")
    if not model.built or not hasattr(model, "input_shape"):
        raise CannotTranslate("The model has no input shape yet: begin it with keras.Input(shape=...).")
    if not isinstance(model.input_shape, tuple) or None in model.input_shape[1:]:
        raise CannotTranslate(f"One input of a fixed shape is needed, the model has {model.input_shape}.")
    if not isinstance(model.output_shape, tuple):
        raise CannotTranslate(f"One output is needed, the model has {len(model.output_shape)}.")
    steps: list[Step] = []
    shape = _channels_first(model.input_shape[1:])
    previous = None
    for layer in model.layers:
        kind = type(layer).__name__
        if previous is not None and not _follows(layer, previous):
            raise _refusal(layer, "it does not follow the layer before it; only a straight chain can be translated")
        previous = layer
        reader = READERS.get(kind)
        if reader is None or not _is_of_keras(type(layer)):
            raise _refusal(layer, f"the bridge knows {', '.join(name for name in READERS if name != 'InputLayer')}")
        translated = reader(layer, shape)
        _nothing_ignored(layer, kind)
        for step in translated:
            steps.append(step)
            shape = step.after
    if not steps or len(shape) != 1:
        raise CannotTranslate("The network must end in numbers, not in images: put Flatten and Dense at its end.")
    return Network(tuple(steps), _loss(model, steps[-1]), _optimizer(model))


# ------------------------------------------------------------------------------------------------ layer by layer


def _input(layer: Any, shape: Shape) -> list[Step]:
    if layer.dtype not in FLOATS:
        raise _refusal(layer, f"its numbers are {layer.dtype}; the bridge computes with {' and '.join(FLOATS)}")
    return []


def _dense(layer: Any, shape: Shape) -> list[Step]:
    if len(shape) != 1:
        raise _refusal(layer, "it stands on images; put Flatten before it")
    return [Step("affine", layer.name, shape, (layer.units,), bias=layer.use_bias), *_act(layer, (layer.units,))]


def _conv2d(layer: Any, shape: Shape) -> list[Step]:
    _images(layer, shape)
    if layer.groups != 1 or tuple(layer.dilation_rate) != (1, 1):
        raise _refusal(layer, "groups and dilation cannot be translated")
    window, stride = tuple(layer.kernel_size), tuple(layer.strides)
    padding = (0, 0)
    if layer.padding == "same":
        if stride != (1, 1) or window[0] % 2 == 0 or window[1] % 2 == 0:
            raise _refusal(layer, 'padding="same" needs an odd kernel and stride 1')
        padding = (window[0] // 2, window[1] // 2)
    after = (layer.filters, *_output_size(shape, window, stride, padding))
    return [Step("conv2d", layer.name, shape, after, window, stride, padding, bias=layer.use_bias), *_act(layer, after)]


def _max_pooling(layer: Any, shape: Shape) -> list[Step]:
    _images(layer, shape)
    if layer.padding != "valid":
        raise _refusal(layer, 'only padding="valid" can be translated')
    window, stride = tuple(layer.pool_size), tuple(layer.strides)
    after = (shape[0], *_output_size(shape, window, stride, (0, 0)))
    return [Step("max_pool2d", layer.name, shape, after, window, stride)]


def _flatten(layer: Any, shape: Shape) -> list[Step]:
    return [Step("flatten", layer.name, shape, (math.prod(shape),))]


def _dropout(layer: Any, shape: Shape) -> list[Step]:
    if layer.noise_shape is not None:
        raise _refusal(layer, "noise_shape cannot be translated")
    return [Step("dropout", layer.name, shape, shape, rate=float(layer.rate))]


def _relu(layer: Any, shape: Shape) -> list[Step]:
    if layer.max_value is not None or layer.negative_slope != 0 or layer.threshold != 0:
        raise _refusal(layer, "only the plain ReLU, max(0, x), can be translated")
    return [Step("relu", layer.name, shape, shape)]


def _softmax(layer: Any, shape: Shape) -> list[Step]:
    if layer.axis not in (-1, 1) or len(shape) != 1:
        raise _refusal(layer, "softmax works on rows only")
    return [Step("softmax", layer.name, shape, shape)]


def _act(layer: Any, shape: Shape) -> list[Step]:
    """The activation of a layer as a step of its own; none for the linear one."""
    name = getattr(layer.activation, "__name__", str(layer.activation))
    if name == "linear" and _is_of_keras(layer.activation):
        return []
    if name not in ACTIVATIONS or not _is_of_keras(layer.activation):
        raise _refusal(layer, f"activation {name}; the bridge knows {', '.join(ACTIVATIONS)}")
    if name == "softmax" and len(shape) != 1:
        raise _refusal(layer, "softmax works on rows only")
    return [Step(name, layer.name, shape, shape)]


READERS = {
    "InputLayer": _input,
    "Dense": _dense,
    "Conv2D": _conv2d,
    "MaxPooling2D": _max_pooling,
    "Flatten": _flatten,
    "Dropout": _dropout,
    "Activation": _act,
    "ReLU": _relu,
    "Softmax": _softmax,
}


def _follows(layer: Any, previous: Any) -> bool:
    """Whether a layer is used once, and on the output of the one before it alone."""
    try:
        return layer.input is previous.output or keras_private.maker_of(layer.input) is previous
    except (AttributeError, ValueError):  # several inputs, or used twice
        return False


def _images(layer: Any, shape: Shape) -> None:
    if len(shape) != 3:
        raise _refusal(layer, f"it needs images, and gets shape {shape}")
    if layer.data_format != "channels_last":
        raise _refusal(layer, 'only data_format="channels_last" can be translated')


def _nothing_ignored(layer: Any, kind: str) -> None:
    """Refuse a layer with a setting that would change the training and that nobody reads."""
    if extra := not_honoured(layer.get_config(), kind):
        raise _refusal(layer, f"{', '.join(extra)} cannot be translated")
    if any(not weight.trainable for weight in layer.weights):
        raise _refusal(layer, "it is frozen (trainable=False), and the bridge trains every weight: set it to True")
    if layer.dtype_policy.name not in FLOATS:
        raise _refusal(layer, f"dtype {layer.dtype_policy.name}; the bridge computes with {' and '.join(FLOATS)}")


def _is_of_keras(thing: Any) -> bool:
    """Whether a class or function is Keras's own (or TensorFlow's), and not one of the same name."""
    return str(getattr(thing, "__module__", "")).partition(".")[0] in ("keras", "tensorflow")


def _output_size(shape: Shape, window: Any, stride: Any, padding: Any) -> Shape:
    return tuple((shape[i + 1] + 2 * padding[i] - window[i]) // stride[i] + 1 for i in (0, 1))


def _channels_first(shape: Shape) -> Shape:
    if len(shape) not in (1, 3):
        raise CannotTranslate(f"The input must be rows or images (height, width, channels), not shape {shape}.")
    return (shape[2], shape[0], shape[1]) if len(shape) == 3 else tuple(shape)


def _refusal(layer: Any, why: str) -> CannotTranslate:
    return CannotTranslate(f"Cannot translate layer {layer.name!r} ({type(layer).__name__}): {why}.")


# ------------------------------------------------------------------------------------------- loss and optimizer


def _loss(model: Any, last: Step) -> str | None:
    import keras

    if not getattr(model, "compiled", False) or model.loss is None:
        return None
    given = keras.losses.get(model.loss) if not isinstance(model.loss, (dict, list)) else model.loss
    name = next((n for n, (kind, function) in _losses().items() if given is function or type(given) is kind), None)
    if name is None:
        told = getattr(given, "__name__", None) or getattr(given, "name", None) or str(given)
        raise CannotTranslate(f"Cannot translate the loss {told}: the bridge knows {', '.join(LOSSES)}.")
    if isinstance(given, keras.losses.Loss):
        extra = not_honoured(given.get_config(), "loss") + [f"dtype {given.dtype}"] * (given.dtype not in FLOATS)
        if extra:
            raise CannotTranslate(f"Cannot translate the loss {name} with {', '.join(extra)}.")
    with warnings.catch_warnings(action="ignore"):  # a metric may be a lambda, which Keras does not like to write down
        compiled = model.get_compile_config() or {}
    if extra := not_honoured(compiled, "compile"):
        raise CannotTranslate(f"Cannot translate the loss {name} compiled with {', '.join(extra)}.")
    needed = {"binary_crossentropy": "sigmoid"}.get(name, "softmax")
    if name != "mean_squared_error" and last.operation != needed:
        raise CannotTranslate(f"Cannot translate the loss {name} without {needed} as the last activation.")
    if name == "binary_crossentropy" and last.after != (1,):
        raise CannotTranslate(f"Cannot translate the loss {name} with {last.after[0]} outputs: one sigmoid is needed.")
    return name


def _losses() -> dict[str, tuple[Any, Any]]:
    """Keras's class and function of each loss that the bridge knows: a name can be given to any loss."""
    import keras

    return {n: (getattr(keras.losses, n.title().replace("_", "")), getattr(keras.losses, n)) for n in LOSSES}


def _optimizer(model: Any) -> Optimizer | None:
    import keras

    if not getattr(model, "compiled", False):
        return None
    given = model.optimizer
    config, name = given.get_config(), type(given).__name__
    if type(given) not in (keras.optimizers.SGD, keras.optimizers.Adam):
        raise CannotTranslate(f"Cannot translate the optimizer {name}: the bridge knows SGD and Adam.")
    if isinstance(config["learning_rate"], dict):
        raise CannotTranslate(f"Cannot translate the optimizer {name} with a schedule: give one learning rate.")
    if extra := not_honoured(config, name):
        raise CannotTranslate(f"Cannot translate the optimizer {name} with {', '.join(extra)}.")
    rate = float(f"{config['learning_rate']:.7g}")  # Keras keeps 0.001 as the float32 0.0010000000474974513
    if name == "SGD":
        return Optimizer("SGD", rate, momentum=float(config["momentum"]))
    return Optimizer("Adam", rate, 0.0, float(config["beta_1"]), float(config["beta_2"]), float(config["epsilon"]))
