"""Users that nobody has, one for each process of a hand-in: two that run at once are never the same user.

Only where the grader is root; elsewhere a hand-in runs as the grader's own user, in a world of its own.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

MOST = 10_000
"""Processes of hand-ins that run at once on one machine, of all graders together."""


class Slot:
    """A number that nobody else on this machine holds; given back by :meth:`close`, and by the end of this process."""

    def __init__(self) -> None:
        """Take the first free number.

        Raises:
            RuntimeError: where none is free.
        """
        self.number, self._file = 0, -1
        if os.name != "posix" or os.getuid() != 0:
            return
        import fcntl

        folder = Path(tempfile.gettempdir()) / "autograder-users"
        folder.mkdir(mode=0o700, exist_ok=True)
        if folder.is_symlink() or folder.stat().st_uid != 0:
            raise RuntimeError(f"{folder} belongs to somebody else: remove it")
        for number in range(MOST):
            file = os.open(folder / str(number), os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                os.close(file)
                continue
            self.number, self._file = number, file
            return
        raise RuntimeError(f"{MOST} hand-ins run on this machine already")

    def close(self) -> None:
        """Give it back."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1
