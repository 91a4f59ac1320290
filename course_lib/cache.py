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
    home = Path(os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache"))  # noqa: PTH111 (never raises)
    # everybody's temporary folder: a place for each user, and nobody else's
    own = Path(tempfile.gettempdir(), f"{NAME}-{os.getuid()}" if hasattr(os, "getuid") else NAME)
    for found in (home / NAME, own):
        if not found.is_absolute():  # no home, and no entry in passwd that says it
            continue
        try:
            found.mkdir(mode=0o755, parents=True, exist_ok=True)
            if found == own and hasattr(os, "getuid") and found.stat().st_uid != os.getuid():
                continue
            with tempfile.TemporaryFile(dir=found):  # says more than rights do: a disk may be full, or read-only
                return found
        except OSError:
            continue
    raise OSError(f"Neither {home} nor {tempfile.gettempdir()} can be written.")
