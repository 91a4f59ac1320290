"""Reads the old form of PyTorch's weight files with NumPy alone, and runs nothing that a file asks for.

``torch.save`` wrote this form until version 1.5: five pickles, one after another (a magic number, the protocol, sizes
of C types, the tensors' names and shapes, the order of the storages), then each storage as a count and raw numbers.

A pickle may name any Python function to be called. The reader here answers to the four names that a file of weights
needs and refuses every other one.
"""

from __future__ import annotations

import pickle
from collections import OrderedDict
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

import numpy as np

MAGIC = 0x1950A86A20F9469CFC6C
PROTOCOL = 1001


class _Storage(NamedTuple):
    """One flat run of numbers, by the key under which it follows the pickles."""

    key: str
    dtype: np.dtype


class _Tensor(NamedTuple):
    """A view into a storage; offset and strides count elements."""

    storage: _Storage
    offset: int
    shape: tuple[int, ...]
    strides: tuple[int, ...]


def _rebuild_tensor(
    storage: _Storage, offset: int, shape: tuple[int, ...], strides: tuple[int, ...], *_: Any
) -> _Tensor:
    return _Tensor(storage, offset, shape, strides)


class _Unpickler(pickle.Unpickler):
    ALLOWED = {  # noqa: RUF012 (never changed)
        ("collections", "OrderedDict"): OrderedDict,
        ("torch._utils", "_rebuild_tensor_v2"): _rebuild_tensor,
        ("torch", "FloatStorage"): np.dtype("<f4"),
        ("torch", "LongStorage"): np.dtype("<i8"),
    }

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) not in self.ALLOWED:
            raise pickle.UnpicklingError(f"the file asks for {module}.{name}; a file of weights has no need of it")
        return self.ALLOWED[module, name]

    def persistent_load(self, reference: tuple[Any, ...]) -> _Storage:
        kind, dtype, key, *_ = reference
        if kind != "storage" or not isinstance(dtype, np.dtype):
            raise pickle.UnpicklingError(f"unknown reference {kind!r}")
        return _Storage(key, dtype)


def read(path: str | Path) -> dict[str, np.ndarray]:
    """Read a file of weights.

    Returns:
        Name of the tensor → array, in the file's order; float32 weights and int64 counters.

    Raises:
        pickle.UnpicklingError: where the file is of another form, or asks for more than tensors.
    """
    with Path(path).open("rb") as file:
        try:
            magic, protocol, _sizes, tensors, keys = (_Unpickler(file).load() for _ in range(5))
        except (EOFError, AttributeError, KeyError, TypeError, ValueError) as error:
            raise pickle.UnpicklingError(f"{path} is no file of weights in PyTorch's old form: {error}") from error
        if magic != MAGIC or protocol != PROTOCOL:
            raise pickle.UnpicklingError(f"{path} is no file of weights in PyTorch's old form")
        dtypes = {tensor.storage.key: tensor.storage.dtype for tensor in tensors.values()}
        storages = {key: _numbers(file, dtypes[key]) for key in keys}
    return {name: _view(storages[tensor.storage.key], tensor) for name, tensor in tensors.items()}


def _numbers(file: BinaryIO, dtype: np.dtype) -> np.ndarray:
    count = int.from_bytes(file.read(8), "little")
    data = file.read(count * dtype.itemsize)
    if len(data) != count * dtype.itemsize:
        raise pickle.UnpicklingError("the file of weights ends too early")
    return np.frombuffer(data, dtype)


def _view(storage: np.ndarray, tensor: _Tensor) -> np.ndarray:
    """The tensor's numbers, copied out of its storage in the order of its axes."""
    steps = zip(tensor.shape, tensor.strides, strict=True)
    last = tensor.offset + sum((length - 1) * stride for length, stride in steps)
    if min((tensor.offset, *tensor.shape, *tensor.strides)) < 0 or (0 not in tensor.shape and last >= storage.size):
        raise pickle.UnpicklingError("a tensor reaches outside its storage")
    strides = [stride * storage.itemsize for stride in tensor.strides]
    return np.lib.stride_tricks.as_strided(storage[tensor.offset :], tensor.shape, strides).copy()
