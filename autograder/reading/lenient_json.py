"""JSON as others wrote it, read so that whoever goes through it later meets no surprise."""

from __future__ import annotations

import json
import re
from typing import Any

DEEPEST = 100
"""Levels of lists and objects in each other; what is nested deeper is left out. Pictures and widgets need some 20."""

MARKS = re.compile(r'"(?:[^"\\]+|\\.)*+"?|[\[\]{}]', re.DOTALL)
"""Strings, for what looks like a bracket in them is none, and brackets. A string without an end goes to the end."""
HALF = re.compile("[\ud800-\udfff]")
"""Half a character: one of the two code units that UTF-16 writes a rare character with. No file can hold it."""
HALF_ESCAPED = re.compile(r"\\u[dD][89a-fA-F]")
"""The same as JSON escapes it: D800 to DFFF."""


def loads(text: str) -> Any:
    """The value in a text of JSON: half characters become `�`, what is nested too deep becomes None.

    Both are valid JSON, and both stop programs: the first cannot be written to a file, the second exceeds the depth to
    which Python's functions may call themselves.

    Raises:
        ValueError: where it is no JSON.
    """
    value = json.loads(_shallow(text))
    return whole(value) if HALF_ESCAPED.search(text) or HALF.search(text) else value


def unpack(message: bytes) -> Any:
    """A part of a kernel's message, which student code may have written."""
    return loads(bytes(message).decode("utf-8", "replace"))


def whole(value: Any) -> Any:
    """A value of JSON without half characters."""
    if isinstance(value, str):
        return HALF.sub("�", value)
    if isinstance(value, list):
        return [whole(item) for item in value]
    if isinstance(value, dict):
        return {whole(key): whole(item) for key, item in value.items()}
    return value


def _shallow(text: str) -> str:
    """The same JSON with `null` in the place of what is nested too deep."""
    if text.count("[") + text.count("{") <= DEEPEST:
        return text
    kept, start, depth = [], 0, 0
    for found in MARKS.finditer(text):
        if found[0] in ("[", "{"):
            depth += 1
            if depth == DEEPEST + 1:
                kept += [text[start : found.start()], "null"]
        elif found[0] in ("]", "}"):
            if depth == DEEPEST + 1:
                start = found.end()
            depth -= 1
    return "".join([*kept, text[start:]])
