"""Temporary folders that are found again and removed when their owner was killed.

The owner holds a lock on a file beside what it keeps; the system lets go of it when the process ends, however it ends.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PREFIX = "autograder-"

_held: dict[Path, int] = {}  # folder → file descriptor of its lock


def make() -> Path:
    """Make an empty folder that belongs to this process until :func:`remove`."""
    making = Path(tempfile.mkdtemp(prefix=f".{PREFIX}"))  # under this name nobody takes it for left behind
    (making / "kept").mkdir()
    lock = os.open(making / "owner", os.O_CREAT | os.O_RDWR, 0o600)
    _lock(lock)
    place = making.with_name(making.name[1:])
    making.rename(place)
    _held[place / "kept"] = lock
    return place / "kept"


def remove(folder: Path) -> None:
    """Remove a folder of :func:`make`."""
    with contextlib.suppress(KeyError, OSError):
        os.close(_held.pop(folder))
    shutil.rmtree(folder.parent, ignore_errors=True)


@contextmanager
def scratch() -> Iterator[Path]:
    """A folder that is removed at the end."""
    folder = make()
    try:
        yield folder
    finally:
        remove(folder)


def sweep() -> int:
    """Remove the folders whose owners have ended without doing so; return how many."""
    swept = 0
    for place in Path(tempfile.gettempdir()).glob(f"{PREFIX}*/"):
        with contextlib.suppress(OSError):  # another user's, or gone meanwhile
            owner = os.open(place / "owner", os.O_RDWR)
            try:
                if _lock(owner):
                    shutil.rmtree(place, ignore_errors=True)
                    swept += 1
            finally:
                os.close(owner)
    return swept


def _lock(file: int) -> bool:
    """Take the lock of an open file, if nobody has it. Windows cannot say, so nothing is swept there."""
    try:
        import fcntl
    except ImportError:
        return False
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
