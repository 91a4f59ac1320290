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
