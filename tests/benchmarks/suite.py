"""Where the test suite's time goes: ``python -m tests.benchmarks.suite [pytest's arguments]``.

Runs pytest and looks at all its processes five times a second: how many of each kind were started, and how much
computing time each kind took. Computing time tells more than the clock where other work runs beside it.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import time
from collections import defaultdict

import psutil
from rich.console import Console
from rich.table import Table

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


def kind_of(command: list[str]) -> str:
    """What a process is, by its command line."""
    line = " ".join(command) + " "
    if command and command[0].endswith(("/java", "java.exe")):
        return "Java (Spark, SystemDS)"
    return next((kind for kind, words in KINDS.items() if any(word in line for word in words)), "other Python")


def _is_pytest(process: psutil.Process, suite: int) -> bool:
    """Whether a process is pytest itself, or one of its workers."""
    return process.pid == suite or (process.ppid() == suite and "execnet" in " ".join(process.cmdline()))


def main(arguments: list[str]) -> int:
    """Run pytest, print the table, return pytest's exit code."""
    began = time.monotonic()
    suite = subprocess.Popen([sys.executable, "-m", "pytest", *arguments])
    kinds: dict[tuple[int, float], str] = {}
    seconds: dict[tuple[int, float], float] = {}
    known = {suite.pid}
    while suite.poll() is None:
        for process in psutil.process_iter():
            with contextlib.suppress(psutil.Error):
                key = (process.pid, process.create_time())
                if process.pid not in known and process.ppid() not in known:
                    continue
                known.add(process.pid)
                kinds[key] = "the tests themselves" if _is_pytest(process, suite.pid) else kind_of(process.cmdline())
                times = process.cpu_times()
                seconds[key] = times.user + times.system
        time.sleep(SECONDS)
    count, total = defaultdict(int), defaultdict(float)
    for key, kind in kinds.items():
        count[kind] += 1
        total[kind] += seconds.get(key, 0.0)
    wall = time.monotonic() - began
    table = Table(title=f"The suite: {wall:.0f} s by the clock, {os.cpu_count()} cores")
    for column in ("kind of process", "processes", "computing time, s"):
        table.add_column(column, justify="left" if column == "kind of process" else "right")
    for kind in sorted(total, key=lambda kind: -total[kind]):
        table.add_row(kind, str(count[kind]), f"{total[kind]:.0f}")
    table.add_row("together", str(sum(count.values())), f"{sum(total.values()):.0f}")
    Console(width=100).print(table)
    return suite.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
