"""Whether what a kernel says has the form that Jupyter's messages have: student code may have sent it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

ASKED = {"is": "asked by the judge"}
"""What the grader says to a kernel of a message that runs no cell: the judge has questions now."""

KILLED = "Its Python was killed: by itself, or by the machine, which had no memory left."
"""Why a kernel has ended that got SIGKILL from none of us."""
JAVA_ENDED = "Spark's Java process had ended, so the answer could not be tested"
SPARK_AMISS = "Spark failed beside the answer, which may be the machine's fault"
"""What a person is told of an answer; a second run may do better."""


class JudgeFailed(Exception):
    """The judge gave no verdict: the machine's fault, or ours."""


def _is_text(value: object) -> bool:
    """Text as the format has it: one string, or its lines."""
    return isinstance(value, str) or (isinstance(value, list) and all(isinstance(line, str) for line in value))


def _is_bundle(value: object) -> bool:
    """Type of content → content: JSON where the type says so, else text."""
    return isinstance(value, dict) and all(
        _is_text(content) or kind.endswith("json") for kind, content in value.items()
    )


def _is_dict(value: object) -> bool:
    return isinstance(value, dict)


def _is_str(value: object) -> bool:
    return isinstance(value, str)


_SHOWN: dict[str, Callable[[object], bool]] = {"data": _is_bundle, "metadata": _is_dict}
_FORMS: dict[str, dict[str, Callable[[object], bool]]] = {
    "stream": {"name": _is_str, "text": _is_str},
    "error": {"ename": _is_str, "evalue": _is_str, "traceback": _is_text},
    "display_data": _SHOWN,
    "update_display_data": _SHOWN,
    "execute_result": _SHOWN,
    "status": {"execution_state": _is_str},
}


def well_formed(message: dict[str, Any]) -> bool:
    """Whether a message's content has all the parts that its kind must have."""
    content = message.get("content")
    form = _FORMS.get(message["msg_type"], {})
    return isinstance(content, dict) and all(fits(content.get(name)) for name, fits in form.items())
