"""Kernels for student code: forked from a process that has the heavy libraries loaded, each in a sandbox of its own."""

from __future__ import annotations

import functools
import sys
from collections.abc import Iterable
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


MB = 2**20

NAMESPACES, LANDLOCK = "namespaces", "landlock"
"""The two rungs of the sandbox, the better first."""


@functools.cache
def rung() -> tuple[str, str]:
    """Try the sandbox once; returns the best rung that works here, and why a better one, or any, does not."""
    if sys.platform != "linux":
        return "", "it needs Linux: on Windows use WSL, elsewhere Docker"
    from autograder.kernels import landlock, sandbox

    if not (closed := sandbox.try_it()):
        return NAMESPACES, ""
    if not (missing := landlock.try_it()):
        return LANDLOCK, closed
    return "", f"{closed}; {missing}"


def why_no_sandbox(modules: Iterable[str] = ()) -> str:
    """Why hand-ins that need these modules cannot run in a sandbox here; an empty string where they can."""
    works, why = rung()
    if works == LANDLOCK and any(name.split(".")[0] == "pyspark" for name in modules):
        return f"Spark needs a network of its own: {why}"
    return "" if works else why
