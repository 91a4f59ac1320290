"""What :mod:`tests.benchmarks.scaling` has the grader and its executors write down: when, and what processors worked.

Each hand-in's process imports this module anew, so it needs nothing but what is loaded there already.
"""

from __future__ import annotations

import contextlib
import functools
import json
import os
import pickle
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

NOTES, PRETENDED = "SCALING_NOTES", "SCALING_PRETENDED"
"""Variables: the file for the notes; a file with what every hand-in is said to give, and after how many seconds."""


def note(kind: str, **facts: float) -> None:
    """Write one line."""
    with Path(os.environ[NOTES]).open("a", encoding="utf-8") as file:
        file.write(json.dumps({"kind": kind, "at": time.monotonic(), **facts}) + "\n")


def worked(root: int) -> float:
    """Processor seconds of a process and of all below it, those that have ended among them.

    Args:
        root: its number.
    """
    above, ticks = {}, {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            fields = path.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
            number = int(path.parent.name)
            # after the name: state, parent, …; from the 12th on: user, system, and both of children that have ended
            above[number], ticks[number] = int(fields[1]), sum(map(int, fields[11:15]))
    below, new = set(), {root}
    while new:
        below |= new
        new = {number for number, parent in above.items() if parent in new} - below
    return sum(ticks.get(number, 0) for number in below) / os.sysconf("SC_CLK_TCK")


def machine() -> float:
    """Processor seconds of the whole machine since it started."""
    ticks = Path("/proc/stat").read_text(encoding="utf-8").split()[1:9]  # user, nice, system, idle, waiting, …
    return sum(int(ticks[at]) for at in (0, 1, 2, 5, 6)) / os.sysconf("SC_CLK_TCK")


# ---------------------------------------------------------------------------------------------------- in an executor


def grade_noted(files: dict[str, bytes], of: Any, sandboxed: bool) -> Any:
    """Grade a hand-in as an executor does, and note it."""
    from autograder.grading import cluster_worker

    daemon = os.getppid()
    java = int(Path(f"/proc/{daemon}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[1])
    note("begin", machine=machine())
    begin, before = time.monotonic(), worked(java)
    try:
        return pretended(files) if PRETENDED in os.environ else cluster_worker.grade_task(files, of, sandboxed)
    finally:
        note(
            "hand-in",
            executor=daemon,
            begin=begin,
            before=before,
            after=worked(java),
            own=worked(os.getpid()),
            machine=machine(),
        )


def pretended(files: dict[str, bytes]) -> Any:
    """What a hand-in would give, after as long as it would take, without computing it."""
    from autograder.gradebook.result import Result

    seconds, points, graded = pickle.loads(Path(os.environ[PRETENDED]).read_bytes())
    time.sleep(seconds)
    return Result(points, (), {}, (), (), Path()), dict.fromkeys(files, graded)


# -------------------------------------------------------------------------------------------------- in the grader


def grade_course(master: str) -> None:
    """Grade the course in this folder on a cluster, with notes."""
    from autograder.cli import app
    from autograder.commands import grading as command
    from autograder.gradebook import record
    from autograder.grading import cluster, grade_class

    noted("examine", grade_class, "_examine")
    noted("record", grade_class.Grading, "settle")
    for place, function in ((record, "reckon_penalties"), (record, "marks"), (command, "write_report")):
        noted("report", place, function)
    cluster.cluster_worker.grade_task = grade_noted
    grade_each = cluster.Cluster.grade_each

    def each(*arguments: Any) -> Iterator[Any]:
        so_far("ready")
        yield from grade_each(*arguments)
        so_far("recorded")

    cluster.Cluster.grade_each = each
    with contextlib.suppress(SystemExit):
        app(["grade", "--master", master])
    so_far("end")


def so_far(kind: str) -> None:
    """Note what this process has worked, and what it has with all below it (Java)."""
    note(kind, python=time.process_time(), all=worked(os.getpid()))


def noted(kind: str, place: Any, function: str) -> None:
    """Have a function note how long it took, by the clock and in processor time."""
    original = getattr(place, function)

    @functools.wraps(original)
    def timed(*arguments: Any, **named: Any) -> Any:
        clock, processor = time.monotonic(), time.thread_time()
        try:
            return original(*arguments, **named)
        finally:
            note(kind, clock=time.monotonic() - clock, processor=time.thread_time() - processor)

    setattr(place, function, timed)
