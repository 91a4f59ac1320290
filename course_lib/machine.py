"""What this machine has: cores and memory."""

from __future__ import annotations

import contextlib
import ctypes
import gc
import math
import os
import re
from collections.abc import Iterator
from pathlib import Path

from course_lib.setup import pythons


def cores() -> int:
    """Cores that this process may use (fewer than the machine's in a container), at least one."""
    own = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    for group in control_groups("cpu"):
        quota, period = [*pythons.read(group / "cpu.max").split(), "", ""][:2]  # "150000 100000", or "max 100000"
        quota = quota or pythons.read(group / "cpu.cfs_quota_us").strip()  # -1 without a limit
        period = period or pythons.read(group / "cpu.cfs_period_us").strip()
        if quota.isdigit() and period.isdigit():
            own = min(own, math.ceil(int(quota) / int(period)))
    return own


def give_memory_back() -> None:
    """Return to the system what Python has freed but its allocator keeps: Java and the workers will want it."""
    gc.collect()
    with contextlib.suppress(OSError, AttributeError):  # only glibc has it
        ctypes.CDLL("libc.so.6").malloc_trim(0)


def give_arrays_back() -> None:
    """From now on, return each array of a megabyte or more to the system when it is freed.

    glibc by itself keeps arrays that are as large as one freed before, up to 32 MB, and small ones settle between them:
    a kernel that runs large networks grows and grows.
    """
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL("libc.so.6").mallopt(-3, 1 << 20)  # M_MMAP_THRESHOLD, in malloc.h


MEMORY_GB = 2  # a lesson: kernel, JVM and Python workers together


def memory_gb() -> float | None:
    """Free memory in GB; the limits of containers, hubs and labs count. None where the system does not say."""
    bounds = []
    available = re.search(r"^MemAvailable: +(\d+) kB", pythons.read(Path("/proc/meminfo")), flags=re.M)
    if available:
        bounds.append(int(available[1]) * 1024)
    elif hasattr(os, "sysconf") and "SC_PHYS_PAGES" in os.sysconf_names:
        bounds.append(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE"))  # macOS: all there is
    for group in control_groups("memory"):
        for limit, used, stale in MEMORY_FILES:
            most, now = pythons.read(group / limit).strip(), pythons.read(group / used).strip()
            # files that were read and can be dropped count as used there
            spare = re.search(rf"^{stale} (\d+)$", pythons.read(group / "memory.stat"), flags=re.M)
            if most.isdigit() and now.isdigit():
                bounds.append(int(most) - int(now) + (int(spare[1]) if spare else 0))
    return max(0, min(bounds)) / 1e9 if bounds else None


def tight_limits() -> list[str]:
    """What this process's limits (``ulimit``) leave too little of for Spark, each with the cure."""
    try:
        import resource
    except ImportError:  # Windows has none
        return []
    found = []
    files = resource.getrlimit(resource.RLIMIT_NOFILE)[1]  # Java raises its own limit as far as this one
    if 0 <= files < OPEN_FILES:
        found.append(
            f"Only {files} files may be open at once here (ulimit -n), and Spark needs {OPEN_FILES}: start JupyterLab "
            "from a terminal without that limit, or ask whoever set it."
        )
    addresses = resource.getrlimit(resource.RLIMIT_AS)[0]
    if 0 <= addresses < ADDRESSES_GB * 1e9:
        found.append(
            f"Only {addresses / 1e9:.1f} GB of addresses may be used here (ulimit -v), and Java needs {ADDRESSES_GB}: "
            "type `ulimit -v unlimited` in a terminal and start JupyterLab there, or ask whoever set that limit."
        )
    return found


OPEN_FILES = 512
ADDRESSES_GB = 3  # what Java reserves; it uses a fifth of it
CGROUPS = Path("/sys/fs/cgroup")
OWN_CGROUPS = Path("/proc/self/cgroup")
MEMORY_FILES = (
    ("memory.max", "memory.current", "inactive_file"),  # version 2
    ("memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file"),  # version 1
)


def control_groups(kind: str) -> Iterator[Path]:
    """Folders of the control groups that this process is in, the innermost first: the limits of each of them hold.

    Version 2 has one tree, version 1 one for each kind. A container may see the path of the host, which does not exist
    in it: then the tree's root is its own group.

    Args:
        kind: ``memory`` or ``cpu``.
    """
    for line in pythons.read(OWN_CGROUPS).splitlines():
        _, kinds, path = line.split(":", 2)
        if kinds and kind not in kinds.split(","):
            continue
        root = CGROUPS / kind if kinds else CGROUPS
        parts = [part for part in path.split("/") if part not in ("", "..")]
        yield from (root.joinpath(*parts[:depth]) for depth in range(len(parts), -1, -1))
