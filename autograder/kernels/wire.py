"""How the judge and a student's process talk: frames of JSON text and the bytes of arrays, read strictly.

Nothing that arrives is unpickled, evaluated or imported. What may arrive: None, booleans, numbers, strings, bytes,
lists, tuples, sets, dicts, arrays of numbers and strings, and the words for something that is none of these.
"""

from __future__ import annotations

import base64
import json
import re
import socket
import struct
import sys
from collections.abc import Callable
from typing import Any

import numpy as np

from course_lib.check.outcome import Foreign, Raised
from course_lib.check.plain import CONVERTERS, describe

MOST_TEXT, MOST_BYTES = 32_000_000, 96_000_000
"""Of one frame: bytes of JSON, bytes of arrays."""
DEEPEST, MOST_PARTS = 40, 1_000_000
DTYPE = re.compile(r"[<>|=][biufcSU]\d{1,6}")
HEAD = struct.Struct(">QQ")


class WireError(Exception):
    """What arrived is no message of ours, or too large; or the other side is gone."""


class Channel:
    """One end of the connection."""

    def __init__(self, connection: socket.socket):
        self._connection = connection

    def send(self, message: dict[str, Any], blobs: list[bytes] | None = None) -> None:
        """Send one frame.

        Raises:
            WireError: where it is too large, or the other side is gone.
        """
        text, rest = json.dumps(message).encode(), b"".join(blobs or [])
        if len(text) > MOST_TEXT or len(rest) > MOST_BYTES:
            raise WireError("more than fits into one message")
        try:
            self._connection.sendall(HEAD.pack(len(text), len(rest)) + text + rest)
        except OSError:
            raise WireError("the other side is gone") from None

    def receive(self) -> tuple[dict[str, Any], bytes]:
        """Wait for one frame.

        Raises:
            WireError: as above.
        """
        text_size, rest_size = HEAD.unpack(self._read(HEAD.size))
        if text_size > MOST_TEXT or rest_size > MOST_BYTES:
            raise WireError("more than fits into one message")
        text, rest = self._read(text_size), self._read(rest_size)
        try:
            message = json.loads(text)
        except (ValueError, RecursionError):
            raise WireError("no JSON") from None
        if not isinstance(message, dict):
            raise WireError("no message")
        return message, rest

    def _read(self, size: int) -> bytes:
        parts = bytearray()
        while len(parts) < size:
            try:
                part = self._connection.recv(min(size - len(parts), 1 << 20))
            except OSError:
                part = b""
            if not part:
                raise WireError("the other side is gone")
            parts += part
        return bytes(parts)


# ------------------------------------------------------------------------------------------------ writing


class Packer:
    """Makes values fit for the wire.

    Attributes:
        blobs: the bytes of the arrays, in order.
        functions: the functions met; they travel as their number in this list.
    """

    def __init__(self, functions: list[Callable[..., Any]] | None = None):
        self.blobs: list[bytes] = []
        self.functions = functions
        self._parts = 0

    def pack(self, value: Any, depth: int = 0) -> Any:
        """A value as JSON; what is no plain data becomes the words for it."""
        self._parts += 1
        if depth > DEEPEST or self._parts > MOST_PARTS:
            return {"foreign": "nested too deeply" if depth > DEEPEST else "more than a million parts"}
        cls = type(value)
        if value is None or cls is bool:
            return value
        if isinstance(value, np.ndarray):
            return self._array(np.array(value, subok=False), depth)
        if isinstance(value, np.generic) and cls.__module__ == "numpy":
            return {"scalar": self._array(np.asarray(value), depth)}
        if isinstance(value, int):
            number = int.__int__(value)
            return number if abs(number) < 2**63 else {"int": hex(number)}
        if isinstance(value, float):
            return float.__float__(value)
        if isinstance(value, complex):
            return {"complex": [value.real, value.imag]}
        if isinstance(value, str):
            return str.__str__(value).encode("utf-8", "surrogatepass").decode("utf-8", "replace")
        if isinstance(value, (bytes, bytearray)):
            return {"bytes": base64.b64encode(bytes(value)).decode()}
        kind: Any
        for kind in (list, tuple, set, frozenset):
            if isinstance(value, kind):  # by the base type's own method: a subclass may do as it likes
                return {kind.__name__: [self.pack(item, depth + 1) for item in kind.__iter__(value)]}
        if isinstance(value, dict):
            pairs = dict.items(value)
            return {"dict": [[self.pack(key, depth + 1), self.pack(item, depth + 1)] for key, item in pairs]}
        if isinstance(value, Foreign):
            return {"foreign": value.says}
        if self.functions is not None and callable(value):
            self.functions.append(value)
            return {"function": len(self.functions) - 1}
        library = cls.__module__.split(".")[0]
        name = CONVERTERS.get(library, "") if library in sys.modules else ""
        if name and (convert := getattr(value, name, None)) is not None:
            return self.pack(convert(), depth + 1)
        return {"foreign": describe(value)}

    def _array(self, array: np.ndarray, depth: int) -> Any:
        if array.dtype.kind == "O":
            return self.pack(array.tolist(), depth + 1)
        if array.dtype.kind not in "biufcSU":
            return {"foreign": f"an array of {array.dtype}"}
        data = np.ascontiguousarray(array).tobytes()
        self.blobs.append(data)
        return {"array": [array.dtype.str, list(array.shape), len(data)]}


# ------------------------------------------------------------------------------------------------ reading


class Unpacker:
    """Reads values off the wire."""

    def __init__(self, blobs: bytes, function: Callable[[int], Any] | None = None):
        """Read values.

        Args:
            blobs: the bytes that came with the text.
            function: makes what stands for a function of the other side; None where no function may come.
        """
        self._blobs, self._at, self._function, self._parts = blobs, 0, function, 0

    def unpack(self, part: Any, depth: int = 0) -> Any:
        """One value.

        Raises:
            WireError: where it is malformed.
        """
        self._parts += 1
        if depth > 2 * DEEPEST or self._parts > 2 * MOST_PARTS:
            raise WireError("too deep, or too many parts")
        if part is None or isinstance(part, (bool, int, float, str)):
            return part
        if not isinstance(part, dict) or len(part) != 1:
            raise WireError("no value")
        ((kind, inner),) = part.items()
        try:
            return self._of(kind, inner, depth)
        except (ValueError, TypeError, OverflowError, MemoryError) as error:
            raise WireError(f"no {kind[:20]}: {type(error).__name__}") from None

    def _of(self, kind: str, inner: Any, depth: int) -> Any:
        if kind == "array":
            return self._array(inner)
        if kind == "scalar":
            value = self.unpack(inner, depth + 1)
            return value[()] if isinstance(value, np.ndarray) and value.ndim == 0 else value
        if kind in ("list", "tuple", "set", "frozenset") and isinstance(inner, list):
            items = [self.unpack(item, depth + 1) for item in inner]
            return {"list": list, "tuple": tuple, "set": set, "frozenset": frozenset}[kind](items)
        if kind == "dict" and isinstance(inner, list):
            return {self.unpack(key, depth + 1): self.unpack(item, depth + 1) for key, item in inner}
        if kind == "int" and isinstance(inner, str) and len(inner) < 10_000:
            return int(inner, 16)
        if kind == "complex":
            real, imaginary = inner
            return complex(float(real), float(imaginary))
        if kind == "bytes" and isinstance(inner, str):
            return base64.b64decode(inner, validate=True)
        if kind == "foreign" and isinstance(inner, str):
            return Foreign(inner[:200])
        if kind == "function" and type(inner) is int and self._function:
            return self._function(inner)
        raise WireError("no value")

    def _array(self, inner: Any) -> np.ndarray:
        dtype, shape, size = inner
        if not isinstance(dtype, str) or not DTYPE.fullmatch(dtype) or type(size) is not int:
            raise WireError("no array")
        if not isinstance(shape, list) or len(shape) > 32 or any(type(n) is not int or n < 0 for n in shape):
            raise WireError("no array")
        kind = np.dtype(dtype)
        count = 1
        for n in shape:
            count *= n
        if count * kind.itemsize != size or self._at + size > len(self._blobs) or size < 0:
            raise WireError("no array")
        array = np.frombuffer(self._blobs, np.uint8, size, self._at).copy().view(kind) if size else np.empty(0, kind)
        self._at += size
        return array.reshape(shape)


def packed_error(raised: Raised) -> list[Any]:
    """An exception on the wire."""
    return [list(raised.kinds), raised.text, raised.line]


def read_error(given: Any) -> Raised:
    """Read an exception.

    Raises:
        WireError: where it is malformed.
    """
    match given:
        case [[*kinds], str(text), str(line)] if 0 < len(kinds) <= 20 and all(isinstance(k, str) for k in kinds):
            return Raised(tuple(kind[:60] for kind in kinds), text[:400], line[:200])
    raise WireError("no exception")
