"""How much memory processes hold."""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
from pathlib import Path

from autograder.kernels.limits import MB

SOCKET = 0.4
"""MB that a socket may hold of what nobody has read yet; it is in no process's own memory."""


LARGE = 2 << 20
"""Bytes of a large page."""
_COLLAPSE = 25  # MADV_COLLAPSE, since Linux 6.1


def in_large_pages() -> None:
    """Move what this process has allocated into large pages, where the system can: a fork copies a table of all pages,
    and the fork of a process that has TensorFlow loaded takes a third less with them."""
    libc = ctypes.CDLL(None)
    for line in Path("/proc/self/maps").read_text().splitlines():
        place, rights, *_, inode = line.split()[:5]
        if rights == "rw-p" and inode == "0":
            begin, end = (int(address, 16) for address in place.split("-"))
            begin, end = -(-begin // LARGE) * LARGE, end // LARGE * LARGE
            if begin < end:  # where it cannot be done, nothing is changed
                libc.madvise(ctypes.c_void_p(begin), ctypes.c_size_t(end - begin), _COLLAPSE)


def of_this_process() -> float:
    """MB that the process which asks holds."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() / MB


def of_this_world(limit: float) -> float:
    """MB of all processes of this world, of its files, and of what its sockets may hold; see :func:`of`."""
    files = sum((size.f_blocks - size.f_bfree) * size.f_frsize / MB for size in map(os.statvfs, ("/tmp", "/dev/shm")))
    files += SOCKET * _sockets()
    return files + of([process for process in Path("/proc").glob("[0-9]*") if process.name != "1"], limit - files)


def _sockets() -> int:
    """How many sockets there are in this world's network."""
    with contextlib.suppress(OSError, ValueError, IndexError):
        return int(Path("/proc/net/sockstat").read_text().split("sockets: used ", 1)[1].split()[0])
    return 0


def of(processes: list[Path], limit: float) -> float:
    """MB of processes, given as their folders in ``/proc``.

    Each shared page counts once for all who share it; as that takes long to find out, the sum of what each process
    holds is given where it is below ``limit`` already.
    """
    held = 0.0
    for process in processes:
        with contextlib.suppress(OSError, ValueError, IndexError):
            held += int((process / "statm").read_text().split()[1]) * resource.getpagesize() / MB
            held += _tables(process)
    if held <= limit:
        return held
    shares = 0.0
    for process in processes:
        with contextlib.suppress(OSError, ValueError, IndexError):
            shares += float((process / "smaps_rollup").read_text().split("\nPss:", 1)[1].split()[0]) / 1024
            shares += _tables(process)
    return shares


def _tables(process: Path) -> float:
    """MB of the tables that say where a process's memory is: they grow with what is reserved, used or not."""
    return float((process / "status").read_text().split("\nVmPTE:", 1)[1].split()[0]) / 1024
