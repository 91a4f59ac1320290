"""Kernels for student code: forked from a process that has the heavy libraries loaded, each in a sandbox of its own."""

from __future__ import annotations

import functools
import sys
from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """What one hand-in may use at most."""

    memory: int = 3000
    """MB, all its processes and its files in ``/tmp`` together."""
    disk: int = 512
    """MB in ``/tmp``."""
    processes: int = 512
    """Processes and threads: Java alone has some 60."""
    cpu: int = 1200
    """Seconds of CPU time of one process."""


@functools.cache
def why_no_sandbox() -> str:
    """Try the sandbox once; returns why it does not work here, or an empty string."""
    if sys.platform != "linux":
        return "it needs Linux: on Windows use WSL, elsewhere Docker"
    from autograder.kernels import sandbox

    return sandbox.try_it()
