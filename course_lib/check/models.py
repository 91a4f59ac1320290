"""Keras models as plain data, and back: how a check looks at a model that was built in another process.

The model is not believed, it is built again: from its layers' settings and its weights, known layers only, and nothing
of it is unpickled. What it can do is then measured on the copy.
"""

from __future__ import annotations

import json
import re
from typing import Any

from course_lib.check.checks import Unjudged

MOST_WEIGHTS = 20_000_000
PLACES = re.compile(
    r"keras(\.src)?\.(layers|initializers|regularizers|constraints|optimizers|losses|metrics|models|ops|random"
    r"|dtype_policies)(\.\w+)*"
)
"""Modules of Keras whose classes compute, and do nothing else."""
AT_THE_TOP = {"DTypePolicy", "Functional", "Model", "Sequential"}
"""Classes that stand in ``keras`` itself."""
DATA = {"__bytes__", "__ellipsis__", "__keras_tensor__", "__numpy__", "__slice__", "__tensor__"}
"""What Keras calls plain data in a configuration."""
BRING_CODE = {"FlaxLayer", "IndexLookup", "IntegerLookup", "JaxLayer", "Lambda", "StringLookup", "TFSMLayer"}
BRING_CODE |= {"TextVectorization", "TorchModuleWrapper"}
"""Layers of Keras that hold programs, or read files."""


def to_data(model: Any, shape: tuple[int | None, ...] | None = None) -> Any:
    """A model as plain data: its layers (JSON), its weights, how it is compiled (JSON, or None); for :func:`rebuild`.

    What is no Keras model comes back as it is: the check then says what is wrong with it.

    Args:
        model: the model.
        shape: of its input, rows first (None for any number): a model without an input layer is built by it. Without
            it, a model that is not built yet has no weights here.
    """
    import keras

    if not isinstance(model, keras.Model):
        return model
    if shape is not None and not model.built:
        model.build(shape)
    compiled = None
    if getattr(model, "compiled", False):
        try:
            compiled = json.dumps(model.get_compile_config())
        except Exception:  # Keras asks functions for their source, and that may fail in many ways
            compiled = "own"
    try:
        config = model.to_json()
    except Exception as error:
        return {"model": "", "why": f"{type(error).__name__}: {error}"[:200], "compiled": compiled, "weights": []}
    built = bool(getattr(model, "built", False)) and model.count_params() <= MOST_WEIGHTS
    return {"model": config, "weights": model.get_weights() if built else [], "compiled": compiled}


def is_model(data: Any) -> bool:
    """Whether this is what :func:`to_data` makes of a model."""
    return isinstance(data, dict) and isinstance(data.get("model"), str) and "weights" in data


def rebuild(data: dict[str, Any], compiled: bool = True) -> Any:
    """The model that was described.

    Args:
        data: of :func:`to_data`.
        compiled: whether to compile it as it was; where it was not, it is not.

    Raises:
        Unjudged: where it holds parts that are not Keras's own, or does not fit together.
    """
    import keras

    try:
        _refuse_unknown(data)
        config = json.loads(data["model"])
        for part in _objects(config):  # else it would be compiled by what stands there
            part.pop("compile_config", None)
        model = keras.models.model_from_json(json.dumps(config))
        if data["weights"]:
            model.set_weights(data["weights"])
        if compiled and data.get("compiled"):
            model.compile_from_config(json.loads(data["compiled"]))
    except Unjudged:
        raise
    except Exception as error:
        raise Unjudged(f"the model cannot be built again ({type(error).__name__}).") from None
    return model


def _refuse_unknown(data: dict[str, Any]) -> None:
    """Known layers only: a layer that brings code of its own is for a person to read."""
    if not data["model"]:
        raise Unjudged(f"the model cannot be written down ({data.get('why', '')}).")
    if data.get("compiled") == "own":
        raise Unjudged("the model is compiled with parts that cannot be written down.")
    for text in (data["model"], data.get("compiled") or "null"):
        for part in _objects(json.loads(text)):
            if not _is_known(part):
                raise Unjudged(f"the model holds a part that is not Keras's own: {str(part.get('class_name'))[:60]}.")


def _is_known(part: dict[str, Any]) -> bool:
    """Whether this describes something of Keras's own that only computes; of functions, one that it knows by name."""
    module, name = part.get("module"), part["class_name"]
    if part.get("registered_name") not in (None, name) or not isinstance(name, str):
        return False
    if module is None:
        return name in DATA
    if name == "function":
        return bool(module == "builtins")
    if module == "keras":
        return name in AT_THE_TOP
    return name not in BRING_CODE and isinstance(module, str) and bool(PLACES.fullmatch(module))


def _objects(value: Any) -> list[dict[str, Any]]:
    """All descriptions of Keras objects in a configuration."""
    found: list[dict[str, Any]] = []
    stack = [value]
    while stack:
        part = stack.pop()
        if isinstance(part, dict):
            if "class_name" in part and "config" in part:
                found.append(part)
            stack += part.values()
        elif isinstance(part, list):
            stack += part
    return found
