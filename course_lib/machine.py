"""What this machine has: cores and memory."""

from __future__ import annotations

import contextlib
import ctypes
import gc
import os
import re
from pathlib import Path

from course_lib.setup import pythons


def cores() -> int:
    """Cores that this process may use (fewer than the machine's in a container)."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def give_memory_back() -> None:
    """Return to the system what Python has freed but its allocator keeps: Java and the workers will want it."""
    gc.collect()
    with contextlib.suppress(OSError, AttributeError):  # only glibc has it
        ctypes.CDLL("libc.so.6").malloc_trim(0)


MEMORY_GB = 2  # a lesson: kernel, JVM and Python workers together


def memory_gb() -> float | None:
    """Free memory in GB; the limit of a container counts. None where the system does not say."""
    bounds = []
    available = re.search(r"^MemAvailable: +(\d+) kB", pythons.read(Path("/proc/meminfo")), flags=re.M)
    if available:
        bounds.append(int(available[1]) * 1024)
    elif hasattr(os, "sysconf") and "SC_PHYS_PAGES" in os.sysconf_names:
        bounds.append(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE"))  # macOS: all there is
    texts = [pythons.read(Path("/sys/fs/cgroup", name)).strip() for name in ("memory.max", "memory.current")]
    if all(text.isdigit() for text in texts):
        bounds.append(int(texts[0]) - int(texts[1]))
    return min(bounds) / 1e9 if bounds else None
