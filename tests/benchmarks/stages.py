"""Where the time of a hand-in goes: by what is done, and by which process does it.

    python -m tests.benchmarks.stages [hand-ins] [lesson ...]

A class is graded by `autograder grade`, one hand-in at a time, so that no two stages mix; then its feedback is written.
The grading processes note when a stage begins. Meanwhile every process below them is looked at 25 times a second, so
what lives shorter than that (a shell) is missed. All numbers are means of one hand-in.
"""

from __future__ import annotations

import contextlib
import functools
import json
import os
import subprocess
import sys
import tempfile
import time
from bisect import bisect
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
from rich.console import Console
from rich.table import Table

NOTES = "STAGES_OF_GRADING"
"""Variable: the file where stages are noted."""
SECONDS = 0.04
KINDS = ("grader", "its job", "fork server", "sandbox", "student's kernel", "judge", "Java", "Python workers", "other")
START, END = "start and end of the run", "end of the run"


def main(number: int = 6, names: list[str] | None = None) -> None:
    """Print a table for each lesson."""
    from autograder.course import Course
    from tests.benchmarks.grading import hand_in

    for lesson in Course.find().lessons(names or ["01", "09"]):
        with tempfile.TemporaryDirectory() as place:
            course, notes = Course(Path(place, "course")), Path(place, "notes")
            hand_in(course, lesson, number)
            marks, samples = watched(course.root, notes)
        Console(width=150).print(table(lesson.name, number, *shares(marks, samples)))


# ------------------------------------------------------------------------------------------ in the processes that grade


def note(stage: str) -> None:
    """From now on it is this stage's time."""
    with Path(os.environ[NOTES]).open("a", encoding="utf-8") as file:
        file.write(json.dumps([time.monotonic(), stage]) + "\n")


def stage(name: str | Callable[..., str], place: Any, function: str, after: str = "") -> None:
    """Have a function note that its stage begins, and at its end that another does."""
    original = getattr(place, function)

    @functools.wraps(original)
    def noted(*arguments: Any, **named: Any) -> Any:
        note(name if isinstance(name, str) else name(*arguments))
        try:
            return original(*arguments, **named)
        finally:
            if after:
                note(after)

    setattr(place, function, noted)


def grade_noted(*arguments: Any) -> Any:
    """:func:`autograder.grading.grade_one.grade_notebook`, with its stages noted; runs in a process of the pool."""
    from nbclient import NotebookClient

    from autograder.grading import grade_one
    from autograder.grading.execute import Execute

    stage("start the judge and the sandbox", Execute, "create_kernel_manager", "start the kernel")
    stage(_kind_of_cell, Execute, "preprocess_cell")
    stage("end the kernel", NotebookClient, "_cleanup_kernel")
    stage("score, write the notebook", NotebookClient, "set_widgets_metadata")
    note("read, restore")
    try:
        return grade_one.grade_notebook(*arguments)
    finally:
        note("end the job")


def _kind_of_cell(execute: Any, cell: Any, *rest: Any) -> str:
    from autograder.course import is_test
    from autograder.grading.execute import SKIP

    if cell.cell_type != "code":
        return "cells without code"
    if is_test(cell):
        return "tests: judge and answers"
    if "spark.start(" in cell.source:
        return "cells: start Spark"
    return "cells: definitions" if SKIP in cell.metadata.get("tags", []) else "cells"


def grade_course() -> None:
    """Grade the course in this folder, then write its feedback."""
    from autograder.cli import app
    from autograder.gradebook import record
    from autograder.grading import grade_class

    grade_class.grade_one.grade_notebook = grade_noted
    grade_class.at_once = lambda cores, memory: 1
    stage("examine", grade_class, "_examine", "start the job")
    stage("record", record, "record", "start the job")
    begin = grade_class.run_jobs

    def run_jobs(*arguments: Any, **named: Any) -> Any:
        note("start the job")
        yield from begin(*arguments, **named)
        note(END)

    grade_class.run_jobs = run_jobs
    for command, name in {"grade": START, "feedback": "feedback"}.items():
        note(name)
        with contextlib.suppress(SystemExit):
            app([command])


# ---------------------------------------------------------------------------------------------- in the one that watches

Sample = tuple[float, dict[str, float]]
"""When, and the processor seconds so far of each kind of process."""


def watched(folder: Path, notes: Path) -> tuple[list[tuple[float, str]], list[Sample]]:
    """Run :func:`grade_course` there; returns when stages began, and what each kind of process had worked by when."""
    root = str(Path(__file__).resolve().parents[2])
    path = os.pathsep.join([root, *filter(None, [os.environ.get("PYTHONPATH")])])
    environment = os.environ | {NOTES: str(notes), "PYTHONPATH": path}
    code = "from tests.benchmarks import stages; stages.grade_course()"
    grader = subprocess.Popen([sys.executable, "-c", code], cwd=folder, env=environment, stdout=subprocess.DEVNULL)
    look, samples = Look(grader.pid), []
    while grader.poll() is None:
        samples.append((time.monotonic(), look.worked()))
        time.sleep(SECONDS)
    marks = [tuple(json.loads(line)) for line in notes.read_text(encoding="utf-8").splitlines()]
    return sorted(marks), samples


class Look:
    """Looks at all processes below a grader."""

    def __init__(self, grader: int):
        self._grader = grader
        self._kinds: dict[int, str] = {grader: "grader"}
        self._seconds: dict[int, float] = {}
        self._callers = 0

    def worked(self) -> dict[str, float]:
        """Kind → processor seconds so far, of processes that have ended, too, as last seen."""
        for process in psutil.process_iter():
            with contextlib.suppress(psutil.Error):
                kind = self._kinds.get(process.pid, "")
                if kind in ("", "other"):  # a shell may have become Java
                    kind = self._kind_of(process)
                if kind:
                    self._kinds[process.pid] = kind
                    times = process.cpu_times()
                    self._seconds[process.pid] = times.user + times.system
        total: dict[str, float] = defaultdict(float)
        for pid, seconds in self._seconds.items():
            total[self._kinds[pid].partition("/")[0]] += seconds
        return total

    def _kind_of(self, process: psutil.Process) -> str:
        """What a process is; empty where it is none of the grader's."""
        above = self._kinds.get(process.ppid(), "")
        if not above:
            return ""
        command = process.cmdline()
        line = " ".join(command)
        if command and command[0].endswith("/java"):
            return "Java"
        if above == "Python workers" or "spark.workers" in line or "keras_on_spark.daemon" in line:
            return "Python workers"
        if above == "fork server":  # it is called twice for each hand-in: for a judge, then for a kernel
            self._callers += 1
            return "sandbox/judge" if self._callers % 2 else "sandbox/student's kernel"
        if above.startswith("sandbox/"):  # the first process inside, and what it has forked
            return above.split("/")[1] if above.endswith("/first") else f"{above}/first"
        if above == "grader" and "autograder.kernels.server" in line:
            return "fork server"
        return "its job" if "multiprocessing.forkserver" in line else "other"


def shares(
    marks: list[tuple[float, str]], samples: list[Sample]
) -> tuple[dict[str, float], dict[str, dict[str, float]]]:
    """Stage → seconds; stage → kind of process → processor seconds."""
    times = [at for at, _ in samples]
    wall: dict[str, float] = defaultdict(float)
    worked: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))

    def by(moment: float, kind: str) -> float:
        place = min(max(1, bisect(times, moment)), len(times) - 1)
        (start, before), (end, after) = samples[place - 1 : place + 1]
        share = min(1.0, max(0.0, (moment - start) / (end - start)))
        return before.get(kind, 0.0) + share * (after.get(kind, 0.0) - before.get(kind, 0.0))

    for (begin, name), (end, _) in zip(marks, [*marks[1:], (times[-1], "")], strict=True):
        wall[name] += end - begin
        for kind in KINDS:
            worked[name][kind] += by(end, kind) - by(begin, kind)
    return wall, worked


def table(name: str, number: int, wall: dict[str, float], worked: dict[str, dict[str, float]]) -> Table:
    """The means of one hand-in."""
    title = f"{name}: milliseconds of one hand-in, mean of {number}, {os.cpu_count()} cores, Python "
    made = Table(title=title + sys.version.split()[0])
    made.add_column("stage")
    for column in ("by the clock", "processors", *KINDS):
        made.add_column(column, justify="right")

    def row(stage: str, seconds: float, kinds: dict[str, float]) -> None:
        values = [seconds, sum(kinds.values()), *(kinds[kind] for kind in KINDS)]
        made.add_row(stage, *(f"{1000 * value / number:.0f}" for value in values))

    for stage in wall:
        row(stage, wall[stage], worked[stage])
    row("all", sum(wall.values()), {kind: sum(part[kind] for part in worked.values()) for kind in KINDS})
    return made


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 6, sys.argv[2:] or None)
