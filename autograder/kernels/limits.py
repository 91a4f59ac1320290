"""What one hand-in may use."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """What one hand-in may use at most."""

    memory: int = 3000
    """MB, all its processes and its files in ``/tmp`` together."""
    disk: int = 512
    """MB in ``/tmp``."""
    processes: int = 512
    """Processes and threads: Java alone has some 60."""
    cpu: int = 1200
    """Seconds of CPU time of one process."""


MB = 2**20
