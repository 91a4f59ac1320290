"""Imported by fork servers before they import ipykernel: spares each kernel what ipykernel does for a debugger.

ipykernel loads debugpy, a hundred modules, as a kernel starts (60 ms), and lists the files of all modules (20 ms with
TensorFlow's thousands, each of whose pages it copies by that). Nobody steps through a graded cell. A hand-in that
imports debugpy itself finds it, as at home.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, ClassVar

sys.modules["debugpy"] = None  # type: ignore[assignment]  # as if it were not installed, while ipykernel looks
try:
    import ipykernel.debugger  # noqa: F401
finally:
    del sys.modules["debugpy"]


class _NoModules:
    """:mod:`sys` as a debugger's list of modules sees it: none is loaded."""

    modules: ClassVar[dict[str, Any]] = {}

    def __getattr__(self, name: str) -> Any:
        return getattr(sys, name)


@contextmanager
def unlisted() -> Iterator[None]:
    """While the block makes a kernel, ipykernel finds no modules to list for a debugger."""
    from ipykernel import ipkernel

    vars(ipkernel)["sys"] = _NoModules()
    try:
        yield
    finally:
        vars(ipkernel)["sys"] = sys
