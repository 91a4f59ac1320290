"""How the judge and a student's process talk: frames of JSON text and the bytes of arrays, read strictly.

Nothing that arrives is unpickled, evaluated or imported. What may arrive: None, booleans, numbers, strings, bytes,
lists, tuples, sets, dicts, arrays of numbers and strings, and the words for something that is none of these.
"""

from __future__ import annotations

import base64
import json
import math
import re
import socket
import struct
import sys
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from course_lib.check.outcome import Raised
from course_lib.check.plain import CONVERTERS, Foreign, describe

MOST_TEXT, MOST_BYTES = 32_000_000, 96_000_000
"""Of one frame: bytes of JSON, bytes of arrays."""
DEEPEST, MOST_PARTS = 40, 1_000_000
MOST_BITS = 33_200
"""Of a whole number: ten thousand digits."""
KINDS = "biufcSU"
"""Of arrays, as NumPy's ``dtype.kind`` has them: numbers and strings."""
DTYPE = re.compile(rf"[<>|=][{KINDS}]\d{{1,6}}")
"""NumPy's word for a type: order of bytes, kind, size, as in `<f8`."""
HEAD = struct.Struct(">QQ")  # bytes of JSON, bytes of arrays, the most significant first


class WireError(BaseException):
    """What arrived is no message of ours, or too large; or the other side is gone.

    No Exception: a check that catches whatever an answer raises must not take it for an error of the answer.
    """


class Channel:
    """One end of the connection."""

    def __init__(self, connection: socket.socket):
        self._connection = connection
        self._arrived = bytearray()
        """What is not read yet. An interrupt loses none of it, so the next frame begins where it should."""

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
        self._wait_for(HEAD.size)
        text_size, rest_size = HEAD.unpack_from(self._arrived)
        if text_size > MOST_TEXT or rest_size > MOST_BYTES:
            raise WireError("more than fits into one message")
        start, end = HEAD.size + text_size, HEAD.size + text_size + rest_size
        self._wait_for(end)
        frame, self._arrived = self._arrived, bytearray()
        try:
            message = json.loads(frame[HEAD.size : start])
        except (ValueError, RecursionError, MemoryError):
            raise WireError("no JSON") from None
        if not isinstance(message, dict):
            raise WireError("no message")
        return message, bytes(frame[start:])

    def _wait_for(self, size: int) -> None:
        """Read on until so many bytes are there, and no more than these."""
        while len(self._arrived) < size:
            try:
                part = self._connection.recv(min(size - len(self._arrived), 1 << 20))
            except OSError:
                part = b""
            if not part:
                raise WireError("the other side is gone")
            self._arrived += part


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
        cls = type(value)  # what a class says of itself is not asked
        if value is None or cls is bool:
            return value
        if issubclass(cls, np.ndarray):
            return self._array(np.array(value, subok=False), depth)
        if issubclass(cls, np.generic) and cls.__module__ == "numpy":
            if value.dtype.kind not in KINDS:  # a date
                return self.pack(np.generic.item(value), depth + 1)
            return {"scalar": self._array(np.asarray(value), depth)}
        if issubclass(cls, int):
            number = int.__int__(value)
            if number.bit_length() > MOST_BITS:
                return {"foreign": "a number of more than ten thousand digits"}
            return number if abs(number) < 2**63 else {"int": hex(number)}
        if issubclass(cls, float):
            return float.__float__(value)
        if issubclass(cls, complex):
            both = complex.__complex__(value)
            return {"complex": [both.real, both.imag]}
        if issubclass(cls, str):
            return _readable(str.__str__(value))
        if issubclass(cls, (bytes, bytearray)):
            return {"bytes": base64.b64encode(memoryview(value)).decode()}
        kind: Any
        for kind in (list, tuple, set, frozenset):
            if issubclass(cls, kind):  # by the base type's own method: a subclass may do as it likes
                pack = self._key if kind in (set, frozenset) else self.pack
                return {kind.__name__: [pack(item, depth + 1) for item in kind.__iter__(value)]}
        if issubclass(cls, dict):
            pairs = dict.items(value)
            return {"dict": [[self._key(key, depth + 1), self.pack(item, depth + 1)] for key, item in pairs]}
        if cls is Foreign:
            return {"foreign": value.says}
        if self.functions is not None and callable(value):
            self.functions.append(value)
            return {"function": len(self.functions) - 1}
        library = cls.__module__.split(".")[0]
        name = CONVERTERS.get(library, "") if library in sys.modules else ""
        if name and (convert := getattr(value, name, None)) is not None:
            return self.pack(convert(), depth + 1)
        return {"foreign": describe(value)}

    def _key(self, value: Any, depth: int) -> Any:
        """A key of a dict, or an item of a set: what would have no hash at the other end becomes words."""
        packed = self.pack(value, depth)
        return packed if _has_hash(packed) else {"foreign": f"{describe(value)} as a key"}

    def _array(self, array: np.ndarray, depth: int) -> Any:
        if array.dtype.kind == "O":
            return self.pack(array.tolist(), depth + 1)
        if array.dtype.kind not in KINDS:
            return {"foreign": f"an array of {array.dtype}"}
        if _is_hollow(array.shape):
            return {"foreign": f"an empty array of shape {array.shape}"}
        data = np.ascontiguousarray(array).tobytes()
        self.blobs.append(data)
        return {"array": [array.dtype.str, list(array.shape), len(data)]}


def _has_hash(packed: Any) -> bool:
    """Whether what is packed can be a key when it is unpacked."""
    if not isinstance(packed, dict):
        return True
    ((kind, inner),) = packed.items()
    return kind not in ("array", "list", "set", "dict") and (kind != "tuple" or all(_has_hash(part) for part in inner))


def _is_hollow(shape: Sequence[int]) -> bool:
    """Whether an array holds nothing, in more rows than whoever compares it could walk: (10⁹, 0)."""
    return 0 in shape and math.prod(filter(None, shape)) > MOST_PARTS


def _readable(text: str) -> str:
    """Without halves of characters, which no file can hold."""
    return text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")


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
        if part is None or isinstance(part, (bool, int, float)):
            return part
        if isinstance(part, str):
            return _readable(part)
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
        if kind == "scalar" and isinstance(inner, dict) and "array" in inner:
            value = self.unpack(inner, depth + 1)
            if value.ndim == 0:
                return value[()]
        if kind in ("list", "tuple", "set", "frozenset") and isinstance(inner, list):
            items = [self.unpack(item, depth + 1) for item in inner]
            return {"list": list, "tuple": tuple, "set": set, "frozenset": frozenset}[kind](items)
        if kind == "dict" and isinstance(inner, list):
            return {self.unpack(key, depth + 1): self.unpack(item, depth + 1) for key, item in inner}
        if kind == "int" and isinstance(inner, str) and len(inner) < MOST_BITS // 4 + 10:
            return int(inner, 16)
        if kind == "complex" and isinstance(inner, list) and [type(number) for number in inner] == [float, float]:
            return complex(*inner)
        if kind == "bytes" and isinstance(inner, str):
            return base64.b64decode(inner, validate=True)
        if kind == "foreign" and isinstance(inner, str):
            return Foreign(_readable(inner[:200]))
        if kind == "function" and type(inner) is int and self._function:
            return self._function(inner)
        raise WireError("no value")

    def _array(self, inner: Any) -> np.ndarray:
        if not isinstance(inner, list) or len(inner) != 3:
            raise WireError("no array")
        dtype, shape, size = inner
        if not isinstance(dtype, str) or not DTYPE.fullmatch(dtype) or type(size) is not int:
            raise WireError("no array")
        if not isinstance(shape, list) or len(shape) > 32 or any(type(n) is not int or n < 0 for n in shape):
            raise WireError("no array")
        kind = np.dtype(dtype)
        if _is_hollow(shape):
            raise WireError("no array")
        if math.prod(shape) * kind.itemsize != size or self._at + size > len(self._blobs) or size < 0:
            raise WireError("no array")
        array = np.frombuffer(self._blobs, np.uint8, size, self._at).copy().view(kind) if size else np.empty(0, kind)
        self._at += size
        if kind.kind == "b" and (array.view(np.uint8) > 1).any():
            raise WireError("no booleans")
        if kind.kind == "U" and size:
            codes = array.view(np.dtype(f"{kind.str[0]}u4"))
            if codes.max() > sys.maxunicode:
                raise WireError("no text")
            codes[(codes >= 0xD800) & (codes <= 0xDFFF)] = 0xFFFD  # as in :func:`_readable`
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
            return Raised(tuple(_readable(kind[:60]) for kind in kinds), _readable(text[:400]), _readable(line[:200]))
    raise WireError("no exception")
