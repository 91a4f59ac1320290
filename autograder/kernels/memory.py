"""How much memory processes hold."""

from __future__ import annotations

import contextlib
import os
import resource
from pathlib import Path

from autograder.kernels.limits import MB

SOCKET = 0.4
"""MB that a socket may hold of what nobody has read yet; it is in no process's own memory."""


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
