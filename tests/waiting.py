"""Waiting for what other processes do: patiently, for the machine may be busy. No deadline here measures anything."""

import contextlib
import itertools
import os
import subprocess
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

PATIENCE = 300.0
"""Seconds after which something that should have come never will."""

_numbers = itertools.count(10**6 + os.getpid() % 10**5 * 100)


def until(condition: Callable[[], object], goes_on: Callable[[], None] = lambda: None) -> None:
    """Wait until a condition holds.

    Args:
        condition: asked ten times a second.
        goes_on: raises where there is nothing to wait for any more.

    Raises:
        AssertionError: where it never holds.
    """
    deadline = time.monotonic() + PATIENCE
    while not condition():
        goes_on()
        assert time.monotonic() < deadline, f"{condition} never came true"
        time.sleep(0.1)


def until_answers(what: str, address: str, process: subprocess.Popen, log: Path) -> None:
    """Wait until a server that was started answers.

    Raises:
        RuntimeError: where it has ended; with the end of its log.
        TimeoutError: where it does not answer within two minutes or so.
    """
    for _ in range(240):
        if process.poll() is not None:
            raise RuntimeError(f"{what} ended early:\n{log.read_text()[-3000:]}")
        with contextlib.suppress(OSError), urllib.request.urlopen(address, timeout=5):
            return
        time.sleep(0.5)
    raise TimeoutError(f"{what} did not answer:\n{log.read_text()[-3000:]}")


def new_nap() -> str:
    """Seconds for a `sleep` that no other test, in no other run on this machine, asks for."""
    return str(next(_numbers))


def sleeps(nap: str) -> bool:
    """Whether a process `sleep nap` runs on this machine."""
    for command in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            if nap in command.read_text().split("\0"):
                return True
    return False
