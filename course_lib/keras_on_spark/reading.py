"""Read a Keras model into plain data, and refuse by name what DML cannot say."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from course_lib import keras_private
from course_lib.keras_on_spark.network import CannotTranslate, Network, Optimizer, Shape, Step
from course_lib.keras_on_spark.settings import FLOATS, compiled_with, not_honoured

if TYPE_CHECKING:
    import keras

ACTIVATIONS = ("relu", "sigmoid", "tanh", "softmax")
LOSSES = ("mean_squared_error", "categorical_crossentropy", "sparse_categorical_crossentropy", "binary_crossentropy")


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
    for layer in _chain(model):
        translated = READERS[type(layer).__name__](layer, shape)
        _nothing_ignored(layer)
        for step in translated:
            steps.append(step)
            shape = step.after
    _check_end(steps, shape)
    return Network(tuple(steps), _loss(model, steps[-1]), _optimizer(model))


def _chain(model: Any) -> list[Any]:
    """The layers from the model's input to its output: each one that the bridge knows, used once, on one input."""
    import keras

    chain: list[Any] = []
    ends = list(model.outputs)
    while ends:
        layer = keras_private.maker_of(ends[0])
        ends, given = keras_private.call_of(ends[0])
        kind = type(layer)
        if not (isinstance(layer, keras.Layer) and kind.__name__ in READERS and _is_of_keras(kind)):
            raise _refusal(layer, f"the bridge knows {', '.join(name for name in READERS if name != 'InputLayer')}")
        if layer in chain:
            raise _refusal(layer, "it is used twice, with the same weights: use two layers")
        # Whether to train is told by fit and predict, whatever the call says.
        if extra := [name for name, value in given.items() if name != "training" and value is not None]:
            raise _refusal(layer, f"it is called with {', '.join(extra)}: call it with its input alone")
        chain.append(layer)
    return chain[::-1]


def _check_end(steps: list[Step], shape: Shape) -> None:
    """Refuse a network without weights, and one whose last numbers SystemDS has in another order than Keras."""
    with_weights = [i for i, step in enumerate(steps) if step.shapes]
    if len(shape) != 1 or not with_weights:
        raise CannotTranslate("The network must end in numbers made by weights: put Flatten and Dense at its end.")
    for step in steps[with_weights[-1] :]:
        if step.operation == "flatten" and step.before[0] > 1 and math.prod(step.before[1:]) > 1:
            raise CannotTranslate(
                f"Cannot translate layer {step.layer!r} (Flatten) without a Dense behind it: SystemDS has the "
                "numbers of an image in another order. Put a Dense at the end."
            )


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
    if len(shape) == 3:
        _images(layer, shape)
    return [Step("flatten", layer.name, shape, (math.prod(shape),))]


def _dropout(layer: Any, shape: Shape) -> list[Step]:
    if layer.rate == 1:
        raise _refusal(layer, "rate=1 sets every number to 0, and nothing can be learnt: take a smaller rate")
    return [Step("dropout", layer.name, shape, shape, rate=float(layer.rate))]


def _relu(layer: Any, shape: Shape) -> list[Step]:
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


def _images(layer: Any, shape: Shape) -> None:
    if len(shape) != 3:
        raise _refusal(layer, f"it needs images, and gets shape {shape}")
    if layer.data_format != "channels_last":
        raise _refusal(layer, 'only data_format="channels_last" can be translated')


def _nothing_ignored(layer: Any) -> None:
    """Refuse a layer with a setting that would change the training and that nobody reads."""
    if extra := not_honoured(layer):
        raise _refusal(layer, f"{', '.join(extra)} cannot be translated")
    for weight in layer.weights:
        if not weight.trainable:
            raise _refusal(layer, "it is frozen (trainable=False), and the bridge trains every weight: set it to True")
        for held in ("regularizer", "constraint"):  # set on the weight itself, it is in no configuration
            if getattr(weight, held, None) is not None:
                raise _refusal(layer, f"its {weight.name} has a {held}: set {weight.name}.{held} to None")
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
    import keras

    what = "layer" if isinstance(layer, keras.Layer) else "operation"
    return CannotTranslate(f"Cannot translate {what} {layer.name!r} ({type(layer).__name__}): {why}.")


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
    dtype = keras.config.floatx()
    if isinstance(given, keras.losses.Loss):
        dtype = given.dtype
        extra = not_honoured(given) + [f"dtype {dtype}"] * (dtype not in FLOATS)
        if extra:
            raise CannotTranslate(f"Cannot translate the loss {name} with {', '.join(extra)}.")
    if extra := compiled_with(model):
        raise CannotTranslate(f"Cannot translate the loss {name} compiled with {', '.join(extra)}.")
    needed = {"binary_crossentropy": "sigmoid"}.get(name, "softmax")
    if name != "mean_squared_error" and last.operation != needed:
        raise CannotTranslate(f"Cannot translate the loss {name} without {needed} as the last activation.")
    if name == "binary_crossentropy" and last.after != (1,):
        raise CannotTranslate(f"Cannot translate the loss {name} with {last.after[0]} outputs: one sigmoid is needed.")
    if name != "mean_squared_error" and dtype != model.outputs[0].dtype:  # Keras then works on rounded probabilities
        raise CannotTranslate(
            f"Cannot translate the loss {name} in {dtype} of outputs in {model.outputs[0].dtype}: give both one dtype."
        )
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
    if extra := not_honoured(given):
        raise CannotTranslate(f"Cannot translate the optimizer {name} with {', '.join(extra)}.")
    rate = float(f"{config['learning_rate']:.7g}")  # Keras keeps 0.001 as the float32 0.0010000000474974513
    if name == "SGD":
        return Optimizer("SGD", rate, momentum=float(config["momentum"]))
    return Optimizer("Adam", rate, 0.0, float(config["beta_1"]), float(config["beta_2"]), float(config["epsilon"]))
