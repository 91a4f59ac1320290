"""Temporary folders that are found again and removed when their owner was killed.

The owner holds a lock on a file beside what it keeps; the system lets go of it when the process ends, however it ends.
"""

from __future__ import annotations

import contextlib
import itertools
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
    place = Path(tempfile.mkdtemp(prefix=PREFIX))
    (place / "kept").mkdir()
    lock = os.open(place / "owner", os.O_CREAT | os.O_RDWR, 0o600)
    _lock(lock, wait=True)
    os.write(lock, b"locked")  # nobody takes it for left behind before this stands in it
    _held[place / "kept"] = lock
    return place / "kept"


def remove(folder: Path) -> None:
    """Remove a folder of :func:`make`."""
    with contextlib.suppress(KeyError, OSError):
        os.close(_held.pop(folder))
    delete(folder.parent)


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
                if _lock(owner) and os.fstat(owner).st_size:
                    delete(place)
                    swept += 1
            finally:
                os.close(owner)
    return swept


def delete(folder: Path) -> None:
    """Remove a folder as far as the system lets us, however deep it is."""
    try:
        shutil.rmtree(folder, ignore_errors=True)
    except RecursionError:  # it calls itself once a level
        with contextlib.suppress(OSError):
            _delete_level_by_level(folder)


def _delete_level_by_level(folder: Path) -> None:
    """Move what lies in the folders of a folder up into it, and remove them, until there are none."""
    numbers = itertools.count()
    while entries := list(folder.iterdir()):
        for entry in entries:
            if entry.is_symlink() or not entry.is_dir():
                entry.unlink()
                continue
            for inner in entry.iterdir():
                inner.rename(folder / f".{os.getpid()}-{next(numbers)}")
            entry.rmdir()
    folder.rmdir()


def _lock(file: int, wait: bool = False) -> bool:
    """Take the lock of an open file, if nobody has it or will let go of it. Windows cannot
    say, so nothing is swept there.
    """
    try:
        import fcntl
    except ImportError:
        return False
    try:
        fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except OSError:
        return False
    return True
