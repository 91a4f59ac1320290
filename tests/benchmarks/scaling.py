"""What a cluster of more machines gains: the same class on 1, 2 and 4 executors of one core, and what bounds a hundred.

    python -m tests.benchmarks.scaling [LESSON] [STUDENTS]

A standalone cluster, master and workers processes of this machine, grades hand-ins made from the answer bank; the
points must be those that this machine gives alone. From the run with one executor the others are predicted. Then a
hundred executors are pretended: each waits as long as a hand-in takes, and gives what one gave. So what remains is
the work of the machine that examines, sends, receives and records, and of Spark. Other work on this machine is counted
nowhere, but slows all of it down.
"""

from __future__ import annotations

import itertools
import json
import os
import pickle
import shutil
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

from rich.console import Console
from rich.table import Table

from autograder.course import Course
from tests.benchmarks.grading import compare, hand_in, points, timed
from tests.benchmarks.scaling_notes import NOTES, PRETENDED
from tests.standalone import environment, standalone

EXECUTORS = (1, 2, 4)
MANY, CLASS = 100, 10_000
"""The cores and the hand-ins of the arithmetic."""


@dataclass(frozen=True)
class Costs:
    """What a class costs, in seconds."""

    start: float
    """Until the first hand-in begins, and what is left to do after the last one whatever their number."""
    parallel: float
    """A core, for one hand-in."""
    serial: float
    """The machine that records, for one hand-in: examining, sending, receiving, recording. Meanwhile others compute."""
    after: float = 0.0
    """The same machine, for one hand-in's part of the report, when all are recorded."""

    def amdahl(self, hand_ins: int, cores: int) -> float:
        """Seconds, if cores waited while the one machine works."""
        return self.start + hand_ins * (self.after + self.serial + self.parallel / cores)

    def overlapped(self, hand_ins: int, cores: int) -> float:
        """Seconds, if the one machine always works while cores compute: the slower of the two decides."""
        return self.start + hand_ins * (self.after + max(self.serial, self.parallel / cores))

    @property
    def enough(self) -> float:
        """So many cores keep the one machine busy; more gain nothing."""
        return self.parallel / self.serial

    def share(self, hand_ins: int) -> float:
        """The serial part of all the work, as Amdahl's law has it."""
        return 1 - hand_ins * self.parallel / self.amdahl(hand_ins, 1)


@dataclass(frozen=True)
class Run:
    """What was measured of one class on so many executors; seconds."""

    executors: int
    hand_ins: int
    wall: float
    first: float
    """From the command to the first hand-in's beginning."""
    loading: float
    """Of these, the last: Spark's first tasks and the executors' libraries."""
    inside: float
    """A hand-in on its executor, by the clock."""
    cycle: float
    """The same, up to where the next one begins there."""
    work: float
    """A hand-in's processor time on its executor, Java and what comes between two of them included."""
    machine: float
    """The same of all that this machine did meanwhile, other work as well."""
    tail: float
    """From the last hand-in's end to the command's."""
    examine: float
    record: float
    """Of the recording machine, for one hand-in: processor time."""
    python: float
    """The same: all that its Python does while hand-ins run; one thread at a time."""
    java: float
    """The same: its Java, and others that it has started."""
    report: float
    """The same: the table of points and the report at the end, for all hand-ins."""
    late: float
    """Recording one in the last quarter of the run, over one in the first."""

    @property
    def costs(self) -> Costs:
        return Costs(self.first + self.tail, self.cycle, self.python)


def read(notes: Iterable[str], executors: int, begin: float, end: float) -> Run:
    """What the notes of one run say.

    Args:
        notes: lines of JSON (:func:`tests.benchmarks.scaling_notes.note`).
        executors: how many there were.
        begin, end: of the command, on the notes' clock.
    """
    kinds = defaultdict(list)
    for line in notes:
        found = json.loads(line)
        kinds[found["kind"]].append(found)
    mine = defaultdict(list)
    for one in sorted(kinds["hand-in"], key=lambda one: one["begin"]):
        mine[one["executor"]].append(one)
    number = len(kinds["hand-in"])
    spans = [max(one["at"] for one in own) - own[0]["begin"] for own in mine.values()]
    # Spark's daemon waits for none of its children, so what each process of a hand-in has worked is gone with it
    worked = [
        max(one["after"] for one in own) - own[0]["before"] + sum(one["own"] for one in own[:-1])
        for own in mine.values()
    ]
    first = min(one["begin"] for one in kinds["hand-in"])
    (ready,), (recorded,) = kinds["ready"], kinds["recorded"]
    python = recorded["python"] - ready["python"]
    records = [one["processor"] for one in kinds["record"]]
    quarter = max(1, len(records) // 4)
    return Run(
        executors,
        number,
        wall=end - begin,
        first=first - begin,
        loading=first - ready["at"],
        inside=mean(one["at"] - one["begin"] for one in kinds["hand-in"]),
        cycle=sum(spans) / number,
        work=sum(worked) / number,
        machine=(max(one["machine"] for one in kinds["hand-in"]) - min(one["machine"] for one in kinds["begin"]))
        / number,
        tail=end - max(one["at"] for one in kinds["hand-in"]),
        examine=mean(one["processor"] for one in kinds["examine"]),
        record=mean(records),
        python=python / number,
        java=(recorded["all"] - ready["all"] - python) / number,
        report=sum(one["processor"] for one in kinds["report"]),
        late=mean(records[-quarter:]) / mean(records[:quarter]),
    )


def predicted(one: Run, executors: int, cores: int) -> float:
    """The seconds that more executors would take, by the run with one, on a machine of so many cores.

    Loading shares the cores. Then either the executors are the limit, each with its part of the class, or the
    machine, with all that anybody computes.
    """
    loading = one.loading * max(1.0, executors / cores)
    whole = one.work + one.python + one.java
    middle = max(-(-one.hand_ins // executors) * one.cycle, one.hand_ins * whole / cores)
    return one.first - one.loading + loading + middle + one.tail


# ------------------------------------------------------------------------------------------------------- measuring


def graded(course: Course, folder: Path, executors: int, pretend: Path | None = None) -> Run:
    """Grade a class on a cluster of executors with one core each.

    Args:
        course: whose class; it has not been graded.
        folder: a new one, for logs and notes.
        executors: how many.
        pretend: what each hand-in is said to give; then the executors are two processes with many slots.
    """
    folder.mkdir()
    notes = folder / "notes"
    told = {NOTES: str(notes)} | ({PRETENDED: str(pretend)} if pretend else {})
    os.environ |= told  # executors have it from their workers
    try:
        if pretend:
            return _graded(course, notes, executors, f"local-cluster[2,{executors // 2},1024]")
        with standalone(folder, executors) as (address, _):
            return _graded(course, notes, executors, address)
    finally:
        for name in told:
            del os.environ[name]


def _graded(course: Course, notes: Path, executors: int, master: str) -> Run:
    code = f"from tests.benchmarks.scaling_notes import grade_course; grade_course({master!r})"
    begin = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=course.root, env=environment(), capture_output=True, text=True, check=False
    )
    end = time.monotonic()
    if done.returncode or not notes.exists():
        raise RuntimeError(done.stdout[-3000:] + done.stderr[-3000:])
    return read(notes.read_text(encoding="utf-8").splitlines(), executors, begin, end)


def crowd(course: Course, number: int) -> None:
    """Make a class larger: its hand-ins again and again, under new names."""
    present = sorted(course.submitted.iterdir())
    for count, folder in zip(range(number - len(present)), itertools.cycle(present)):
        shutil.copytree(folder, course.submitted / f"more{count:05}")


def main(name: str = "01", students: int = 24) -> None:
    """Print what was measured, what was predicted, and the arithmetic.

    Raises:
        SystemExit: where a point differs from this machine's.
    """
    console = Console(width=170)
    (lesson,) = Course.find().lessons([name])
    with tempfile.TemporaryDirectory() as place:
        alone = Course(Path(place, "alone"))
        hand_in(alone, lesson, students)
        courses = {executors: Course(Path(place, str(executors))) for executors in (*EXECUTORS, MANY)}
        for course in courses.values():
            shutil.copytree(alone.root, course.root)
        here, _, _ = timed([sys.executable, "-m", "autograder.cli", "grade"], alone.root)
        expected, runs, said = points(alone), [], []
        for executors in EXECUTORS:
            runs.append(graded(courses[executors], Path(place, f"logs{executors}"), executors))
            said.append(compare(expected, points(courses[executors])))
            console.print(f"{executors} executors: {runs[-1].wall:.0f} s, points {said[-1]}")
        student = min(path.name for path in alone.autograded.glob("student*"))
        notebook = alone.autograded / student / lesson.name / lesson.notebook.name
        worth = {cell: value for (who, cell), value in expected.items() if who == student}
        pretend = Path(place, "pretended")
        pretend.write_bytes(pickle.dumps((runs[0].cycle, worth, notebook.read_bytes())))
        crowd(courses[MANY], 16 * students)
        many = graded(courses[MANY], Path(place, f"logs{MANY}"), MANY, pretend)
    console.print(measured(lesson.name, here, runs, said))
    console.print(f"The machine alone, without Spark: {here:.0f} s.")
    for line in arithmetic(runs[0], many):
        console.print(line, soft_wrap=True)
    if any(not one.startswith("all ") for one in said):
        raise SystemExit("Points differ.")


def measured(name: str, here: float, runs: list[Run], said: list[str]) -> Table:
    """A column for each run."""
    cores = os.cpu_count() or 1
    table = Table(title=f"{name}: {runs[0].hand_ins} hand-ins, {cores} cores, Python {sys.version.split()[0]}")
    table.add_column("executors of one core")
    for run in runs:
        table.add_column(str(run.executors), justify="right")
    rows = {
        "seconds in all": [f"{run.wall:.1f}" for run in runs],
        "predicted from one executor": ["", *(f"{predicted(runs[0], run.executors, cores):.1f}" for run in runs[1:])],
        "until the first hand-in begins; libraries in it": [f"{run.first:.1f}; {run.loading:.1f}" for run in runs],
        "a hand-in by the executor's clock; to the next one": [f"{run.inside:.2f}; {run.cycle:.2f}" for run in runs],
        "its processor seconds there": [f"{run.work:.2f}" for run in runs],
        "all processors, with other work here, a hand-in": [f"{run.machine:.2f}" for run in runs],
        "recording machine, ms a hand-in: examine, record": [
            f"{1000 * run.examine:.0f}, {1000 * run.record:.0f}" for run in runs
        ],
        "all its Python; Java, ms a hand-in": [f"{1000 * run.python:.0f}; {1000 * run.java:.0f}" for run in runs],
        "after the last hand-in": [f"{run.tail:.1f}" for run in runs],
        "serial part of this class": [f"{100 * run.costs.share(run.hand_ins):.0f} %" for run in runs],
        "points": said,
    }
    for row, cells in rows.items():
        table.add_row(row, *cells)
    return table


def arithmetic(one: Run, many: Run) -> list[str]:
    """What follows for a large cluster, and what the pretended one says of it."""
    after = max(0.0, (many.report - one.report) / (many.hand_ins - one.hand_ins))
    costs = Costs(one.first + one.tail, one.cycle, many.python, after)
    rate = many.hand_ins / (many.wall - many.first - many.tail)
    cores = os.cpu_count() or 1
    return [
        f"a = {costs.start:.1f} s   start and end, whatever the class",
        f"c = {costs.parallel:.2f} s   a core, for one hand-in",
        f"r = {1000 * costs.serial:.0f} ms   the recording machine's Python, for one ({MANY} pretended executors)",
        f"b = {1000 * costs.after:.0f} ms   its part of the report at the end",
        f"f = {100 * costs.share(CLASS):.1f} %   serial part of N = {CLASS:,} hand-ins: "
        "(a + N (b + r)) / (a + N (b + r + c))",
        f"Amdahl on p = {MANY} cores: a + N (b + r + c / p) = {costs.amdahl(CLASS, MANY):,.0f} s; one core "
        f"{costs.amdahl(CLASS, 1):,.0f} s; never more than 1 / f = {1 / costs.share(CLASS):.0f} times as fast",
        f"Overlapping: a + N (b + max(r, c / p)) = {costs.overlapped(CLASS, MANY):,.0f} s; level from c / r = "
        f"{costs.enough:.0f} cores on",
        f"Pretended, {MANY} executors on {cores} cores, {many.hand_ins} hand-ins: {rate:.1f} recorded a second "
        f"(1 / r = {1 / many.python:.1f}, p / c = {MANY / costs.parallel:.0f}); processor ms a hand-in: "
        f"Python {1000 * many.python:.0f} "
        f"(examine {1000 * many.examine:.0f}, record {1000 * many.record:.0f}), Java {1000 * many.java:.0f}, executors "
        f"{1000 * many.work:.0f}; recording in the last quarter {many.late:.2f} times the first",
    ]


if __name__ == "__main__":
    main(*sys.argv[1:2], *map(int, sys.argv[2:3]))
