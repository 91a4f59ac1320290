"""How long a class takes: plain `nbgrader autograde` against `autograder grade`, the same hand-ins, in one run.

    python -m tests.benchmarks.grading [hand-ins] [lesson ...]

The floor is the time that the cells themselves ran, over the cores: no grader that runs them can be faster. "Cores
busy" says how much of the cores' time was worked while `autograder grade` ran: what is left could still be gained.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path

import psutil
from rich.console import Console
from rich.table import Table

from autograder.answers import fill, read_bank
from autograder.course import CONFIG, Course, Lesson
from autograder.release import release

PLAIN = """c = get_config()
c.CourseDirectory.course_id = "plain"
c.CourseDirectory.source_directory = "notebooks"
c.ClearSolutions.text_stub = "*Write your answer here.*"  # as ours, or no untouched answer would be known as such
c.Execute.timeout = 300
"""


def main(number: int = 24, names: list[str] | None = None) -> None:
    """Print both times, their ratio, the floor, and whether all points are equal."""
    table = Table(title=f"{number} hand-ins, {os.cpu_count()} cores, Python {sys.version.split()[0]}")
    for column in (
        "lesson",
        "nbgrader",
        "autograder",
        "ratio",
        "cells alone",
        "over the floor",
        "cores busy",
        "points",
    ):
        table.add_column(column, justify="left" if column in ("lesson", "points") else "right")
    console = Console()
    for lesson in Course.find().lessons(names or ["01", "09"]):
        with tempfile.TemporaryDirectory() as place, console.status(lesson.name):
            ours, plain = Course(Path(place, "ours")), Course(Path(place, "plain"))
            hand_in(ours, lesson, number)
            shutil.copytree(ours.root, plain.root)
            (plain.root / CONFIG).write_text(PLAIN, encoding="utf-8")
            fast, busy = timed([sys.executable, "-m", "autograder.cli", "grade"], ours.root)
            command = [sys.executable, "-m", "nbgrader", "generate_assignment", lesson.name, "--force"]
            timed(command, plain.root)
            slow, _ = timed([sys.executable, "-m", "nbgrader", "autograde", lesson.name, "--create"], plain.root)
            floor = own_seconds(ours) / (os.cpu_count() or 1)
            table.add_row(
                lesson.name,
                f"{slow:.0f} s",
                f"{fast:.0f} s",
                f"{slow / fast:.1f}",
                f"{floor:.0f} s",
                f"{100 * (fast / floor - 1):.0f} %",
                f"{100 * busy:.0f} %",
                compare(points(plain), points(ours)),
            )
    console.print(table)


def hand_in(course: Course, lesson: Lesson, number: int) -> None:
    """Lay out a course with one lesson and this many hand-ins, whose answers come from the bank."""
    shutil.copytree(lesson.folder, course.notebooks / lesson.name)
    shutil.copyfile(lesson.folder.parent.parent / CONFIG, course.root / CONFIG)
    list(release(course, course.lessons()))
    bank = read_bank(Course.find().answers / lesson.name)
    dice = random.Random(1)
    for student in range(number):
        sources = {exercise: dice.choice(answers).source for exercise, answers in bank.items()}
        path = course.submitted / f"student{student:03}" / lesson.name / lesson.notebook.name
        fill(course.release / lesson.name / lesson.notebook.name, path, sources)


def timed(command: list[str], folder: Path) -> tuple[float, float]:
    """Seconds of a command that may end with 0 or 1, and the share of the cores' time that was worked."""
    environment = os.environ | {"PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])}
    before, start = _worked(), time.perf_counter()
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    if done.returncode > 1:
        raise RuntimeError(done.stdout[-2000:] + done.stderr[-2000:])
    wall = time.perf_counter() - start
    return wall, min(1.0, (_worked() - before) / wall / (os.cpu_count() or 1))


def _worked() -> float:
    """CPU seconds that the machine has worked since it started, all programs together."""
    times = psutil.cpu_times()
    return sum(getattr(times, kind, 0.0) for kind in ("user", "system", "nice"))


def points(course: Course) -> dict[tuple[str, str], float | None]:
    """(student, cell) → points."""
    from nbgrader.api import Gradebook

    with Gradebook(course.gradebook_url) as gradebook:
        return {
            (submission.student_id, grade.name): grade.auto_score
            for assignment in gradebook.assignments
            for submission in assignment.submissions
            for notebook in submission.notebooks
            for grade in notebook.grades
        }


def compare(plain: dict, ours: dict) -> str:
    """Whether the points are equal, in words."""
    other = [key for key in plain | ours if plain.get(key) != ours.get(key)]
    if not other:
        return f"all {len(ours)} equal"
    cells = sorted({name for _, name in other})
    return f"{len(other)} of {len(ours)} differ: {', '.join(cells)}"


def own_seconds(course: Course) -> float:
    """The sum of the times that cells ran, as their kernels say."""
    total = 0.0
    for path in course.autograded.glob("*/*/*.ipynb"):
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            times = cell["metadata"].get("execution", {})
            if "iopub.execute_input" in times and "shell.execute_reply" in times:
                began, ended = (
                    datetime.fromisoformat(times[key].replace("Z", "+00:00"))
                    for key in ("iopub.execute_input", "shell.execute_reply")
                )
                total += (ended - began).total_seconds()
    return total


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 24, sys.argv[2:] or None)
