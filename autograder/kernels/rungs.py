"""Which of the two sandboxes works on this machine."""

from __future__ import annotations

import functools
import sys
from collections.abc import Iterable

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


def promises(works: str, forks: bool) -> dict[str, bool]:
    """What grading promises on a machine, in sentences, and whether each holds there.

    Args:
        works: the rung that works; empty where there is none.
        forks: whether the system can fork kernels.
    """
    return {
        "points are decided in a process that holds no student code": forks,
        "hand-ins do not hold the tests, and open no file of yours or of each other": bool(works),
        "hand-ins reach no process but their own": bool(works),
        "hand-ins have no network": bool(works),
        "each hand-in has a file system of its own, and Spark can run in it": works == NAMESPACES,
        "time and output are limited": True,
        "memory, disk and processes are limited": bool(works),
    }
