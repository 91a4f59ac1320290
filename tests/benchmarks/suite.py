"""Where the test suite's time goes: ``python -m tests.benchmarks.suite [pytest's arguments]``.

Runs pytest and looks at all its processes five times a second: how many of each kind were started, how much computing
time each kind took, and which tests it was for. Computing time tells more than the clock where others work as well.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import psutil
import pytest
from rich.console import Console
from rich.table import Table

from tests.conftest import group_of

KINDS = {
    "browser": ("chromium", "chrome"),
    "JupyterLab": ("jupyterlab",),
    "fork server and its kernels": ("autograder.kernels.server",),
    "pool of grading processes": ("multiprocessing.forkserver", "multiprocessing.spawn"),
    "Spark's Python workers": ("spark_workers", "pyspark.daemon", "keras_on_spark.daemon", "pyspark/daemon"),
    "kernels from nothing": ("ipykernel_launcher",),
    "nbval": ("--nbval",),
    "nbgrader": ("nbgrader",),
    "the command autograder": ("autograder.cli", "closed_rungs", "autograder.grading.cluster_worker"),
    "style and types": ("ruff", "mypy"),
    "PostgreSQL": ("postgres",),
    "installer": ("-m pip", "ensurepip", "-m venv", "uv pip", "course_lib.install"),
}
SECONDS = 0.2
NOTES = "COURSE_SUITE_NOTES"
"""Environment variable: the folder in which each of pytest's processes notes which test it is at."""
MOST = 40
"""Rows of the table of tests."""


def kind_of(command: list[str]) -> str:
    """What a process is, by its command line."""
    line = " ".join(command) + " "
    if command and command[0].endswith(("/java", "java.exe")):
        return "Java (Spark, SystemDS)"
    return next((kind for kind, words in KINDS.items() if any(word in line for word in words)), "other Python")


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_logstart(nodeid: str) -> None:
    """Note in which process the test runs. (pytest loads this module as a plugin.)"""
    if (notes := os.environ.get(NOTES)) is not None and "PYTEST_XDIST_WORKER" in os.environ:
        Path(notes, str(os.getpid())).write_text(nodeid)


class Watched:
    """All processes below the suite: what each took, and for which test."""

    def __init__(self, suite: int, notes: Path) -> None:
        self.notes = notes
        self.owner = {suite: 0}
        """Process → the pytest process that it works for (0: the first one)."""
        self.kinds: dict[tuple[int, float], str] = {}
        self.seconds: dict[tuple[int, float], float] = defaultdict(float)
        self.tests: dict[str, float] = defaultdict(float)
        self.at: dict[int, str] = {}
        """Pytest process → the test that it was at when last looked at: what was computed since was for that one."""

    def look(self) -> None:
        """Take the processes' computing time as it is now."""
        at = {int(note.name): note.read_text() for note in self.notes.iterdir()}
        for process in psutil.process_iter():
            with contextlib.suppress(psutil.Error):
                pid, key = process.pid, (process.pid, process.create_time())
                if pid not in self.owner:
                    if (parent := process.ppid()) not in self.owner:
                        continue
                    self.owner[pid] = pid if pid in at else self.owner[parent]
                if pid in at:
                    self.owner[pid] = pid
                of_tests = pid in at or not self.owner[pid]
                self.kinds[key] = "the tests themselves" if of_tests else kind_of(process.cmdline())
                times = process.cpu_times()
                test = self.at.get(self.owner[pid], "before the first test")
                self.tests[test] += times.user + times.system - self.seconds[key]
                self.seconds[key] = times.user + times.system
        self.at = at


def _table(title: str, of: str, rows: list[tuple[str, int, float]]) -> Table:
    table = Table(title=title)
    for column in (of, "number", "computing time, s"):
        table.add_column(column, justify="left" if column == of else "right", overflow="fold")
    for name, count, seconds in rows:
        table.add_row(name, str(count), f"{seconds:.0f}")
    return table


def _summed(rows: Iterable[tuple[str, float]], most: int) -> list[tuple[str, int, float]]:
    """Name, how many rows have it, and their seconds together; the largest first."""
    of_name: dict[str, list[float]] = defaultdict(list)
    for name, seconds in rows:
        of_name[name].append(seconds)
    largest = sorted(of_name, key=lambda name: -sum(of_name[name]))
    return [(name, len(of_name[name]), sum(of_name[name])) for name in largest[:most]]


def main(arguments: list[str]) -> int:
    """Run pytest, print the tables, return pytest's exit code."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as notes:
        command = [sys.executable, "-m", "pytest", "-p", "tests.benchmarks.suite", *arguments]
        suite = subprocess.Popen(command, env={**os.environ, NOTES: notes})
        watched = Watched(suite.pid, Path(notes))
        while suite.poll() is None:
            watched.look()
            time.sleep(SECONDS)
    wall = time.monotonic() - began
    kinds = [(kind, watched.seconds[key]) for key, kind in watched.kinds.items()]
    tests = list(watched.tests.items())
    groups = [(group_of(test), seconds) for test, seconds in tests]
    rows = [*_summed(kinds, len(KINDS) + 3), ("together", len(kinds), sum(watched.seconds.values()))]
    console = Console(width=160)
    console.print(_table(f"The suite: {wall:.0f} s by the clock, {os.cpu_count()} cores", "kind of process", rows))
    console.print(_table("For which", "group of tests", _summed(groups, MOST)))
    console.print(_table("The costliest", "test", _summed(tests, MOST)))
    return suite.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
