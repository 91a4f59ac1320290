"""The parts of Keras that it keeps to itself and this course cannot do without: nowhere else are they touched.

Seen in Keras 3.15.1 (``tests/course_lib/test_private_parts.py`` asks the installed one).
"""

from __future__ import annotations

from typing import Any


def maker_of(tensor: Any) -> Any:
    """The layer that a symbolic tensor comes out of. The public API knows a layer's tensors, not a tensor's layer.

    Raises:
        AttributeError: where it is no symbolic tensor of Keras.
    """
    return tensor._keras_history.operation


def call_of(tensor: Any) -> tuple[list[Any], dict[str, Any]]:
    """The call that a symbolic tensor comes out of: the tensors that went in, and what else was given, by name.

    A layer may be called many times, by several models: the public API tells of all these calls together.
    """
    operation, number, _ = tensor._keras_history
    node = operation._inbound_nodes[number]
    rest = {f"argument {place}": value for place, value in enumerate(node.arguments.args[1:], 2)}
    return list(node.input_tensors), rest | node.arguments.kwargs


def inputs_of(layer: Any) -> list[Any]:
    """All symbolic tensors that go into a layer, use by use. The public ``layer.input`` refuses a layer used twice."""
    return [tensor for node in layer._inbound_nodes for tensor in node.input_tensors]
