"""Where the course keeps what it has made or downloaded, from lesson to lesson."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

NAME = "keras-spark-course"


def folder() -> Path:
    """The course's folder in the user's cache; where that cannot be written, one in the temporary folder.

    Raises:
        OSError: where neither can be written.
    """
    home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    for place in (home, Path(tempfile.gettempdir())):
        found = place / NAME
        try:
            found.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=found):  # says more than rights do: a disk may be full, or read-only
                return found
        except OSError:
            continue
    raise OSError(f"Neither {home} nor {tempfile.gettempdir()} can be written.")
