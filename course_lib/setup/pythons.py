"""Find a Python that the course runs on, and ask programs what they are."""

from __future__ import annotations

import platform
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from course_lib.setup.sources import neutral

OLDEST, NEWEST = (3, 11), (3, 13)  # TensorFlow 2.21 comes for these

# Asked of every candidate, so it must run on any Python.
ASK = "import platform, sys; print(*sys.version_info[:2], 64 if sys.maxsize > 2**32 else 32, platform.machine())"


class SetupError(Exception):
    """The set-up cannot go on; the text says what to do next."""


def find_python() -> str:
    """Return a Python that the course runs on: this one, else another on ``PATH``.

    Raises:
        SetupError: where there is none.
    """
    # Inside a virtual environment, the Python below it: .venv must not be made from itself.
    own = getattr(sys, "_base_executable", None) or sys.executable
    own_problem = problem(*describe([own]))
    if not own_problem:
        return own
    for minor in range(NEWEST[1], OLDEST[1] - 1, -1):
        for command in ([f"python3.{minor}"], ["py", f"-3.{minor}"]):
            if shutil.which(command[0]) and not problem(*describe(command)):
                return output([*command, "-c", "import sys; print(sys.executable)"])
    raise SetupError(own_problem)


def describe(command: list[str]) -> tuple[tuple[int, int], int, str]:
    """Ask a Python for its version, its bits and its processor; version (0, 0) where it does not run."""
    words = output([*command, "-c", ASK]).split()
    return ((int(words[0]), int(words[1])), int(words[2]), words[3]) if len(words) == 4 else ((0, 0), 0, "")


def problem(version: tuple[int, int], bits: int, machine: str) -> str:
    """Say why the course does not run on such a Python, and what to do; nothing where it does."""
    cure = {
        "darwin": "Install one: brew install python@3.12",
        "win32": "Install one: winget install Python.Python.3.12",
    }.get(sys.platform, "Install one: sudo apt install python3.12 python3.12-venv, or: uv python install 3.12")
    if not OLDEST <= version <= NEWEST:
        found = f"Python {version[0]}.{version[1]}" if version > (0, 0) else "a Python that does not run"
        return f"The course needs Python 3.11, 3.12 or 3.13; this is {found}. {cure}\nThen run the same command again."
    if bits != 64:
        return f"This Python is the 32-bit one, and TensorFlow comes for 64 bits only. {cure} (64-bit)."
    if sys.platform == "darwin" and machine == "x86_64":
        return "TensorFlow 2.21 does not come for Macs with an Intel processor. Use the Binder link in README.md."
    if sys.platform == "win32" and machine == "ARM64":
        return f"TensorFlow does not come for Windows on ARM. Install the Python for x86-64 processors. {cure}"
    if sys.platform == "linux" and machine not in ("x86_64", "aarch64"):
        return f"TensorFlow does not come for {machine} processors. Use the Binder link in README.md."
    if sys.platform == "linux" and platform.libc_ver()[0] not in ("glibc", ""):
        return "TensorFlow needs a Linux with glibc (Debian, Ubuntu, Fedora ...). Use the Binder link in README.md."
    return ""


def output(command: Sequence[str | Path]) -> str:
    """What a command prints; nothing where it fails."""
    try:
        result = subprocess.run([str(word) for word in command], capture_output=True, text=True, env=neutral())
    except OSError:
        return ""
    return result.stdout.strip() if result.returncode == 0 else ""


def read(path: Path) -> str:
    """Text of a file; nothing where there is none."""
    return path.read_text(encoding="utf-8") if path.is_file() else ""
