"""Where the course keeps what it has made or downloaded, from lesson to lesson."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

NAME = "keras-spark-course"


def folder() -> Path:
    """The course's folder in the user's cache; where that cannot be written, one in the temporary folder."""
    home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    for place in (home, Path(tempfile.gettempdir())):
        found = place / NAME
        try:
            found.mkdir(parents=True, exist_ok=True)
        except OSError:
            continue
        if os.access(found, os.W_OK):
            return found
    raise OSError(f"Neither {home} nor {tempfile.gettempdir()} can be written.")
