"""How long a class takes: plain `nbgrader autograde` against `autograder grade`, the same hand-ins, in one run.

    python -m tests.benchmarks.grading [hand-ins] [lesson ...]

The floor is the computing time (CPU) of the kernels, their Java and their workers, over the cores: no grader that runs
all cells can be faster. "Cores busy" says how much of the cores' time was worked while `autograder grade` ran: what is
left could still be gained. Java's loaded classes are kept in a file before, as they are from the first run on.
"""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import psutil
from rich.console import Console
from rich.table import Table

from autograder.authoring.answers import fill, read_bank
from autograder.authoring.release import release
from autograder.course import CONFIG, Course, Lesson
from course_lib import spark
from course_lib.spark import java

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
        "floor",
        "over the floor",
        "cores busy",
        "points",
    ):
        table.add_column(column, justify="left" if column in ("lesson", "points") else "right")
    console = Console()
    with contextlib.suppress(java.JavaMissing):
        spark.share_classes()  # once a machine, 20 s; no run has to pay for it
    for lesson in Course.find().lessons(names or ["01", "09"]):
        with tempfile.TemporaryDirectory() as place, console.status(lesson.name):
            ours, plain = Course(Path(place, "ours")), Course(Path(place, "plain"))
            hand_in(ours, lesson, number)
            shutil.copytree(ours.root, plain.root)
            (plain.root / CONFIG).write_text(PLAIN, encoding="utf-8")
            fast, busy, kernels = timed([sys.executable, "-m", "autograder.cli", "grade"], ours.root)
            command = [sys.executable, "-m", "nbgrader", "generate_assignment", lesson.name, "--force"]
            timed(command, plain.root)
            slow, _, _ = timed([sys.executable, "-m", "nbgrader", "autograde", lesson.name, "--create"], plain.root)
            floor = kernels / (os.cpu_count() or 1)
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


def timed(command: list[str], folder: Path) -> tuple[float, float, float]:
    """Run a command that may end with 0 or 1.

    Returns:
        Its seconds; the share of the cores' time that was worked; CPU seconds of what fork servers of kernels started.
    """
    environment = os.environ | {"PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])}
    before, start = worked(), time.perf_counter()
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=said, stderr=said)
        kernels: dict[tuple[int, float], float] = {}
        watch = threading.Thread(target=_watch, args=(psutil.Process(process.pid), kernels))
        watch.start()
        code = process.wait()
        wall, work = time.perf_counter() - start, worked() - before
        watch.join()
        if code > 1:
            said.seek(0)
            raise RuntimeError(said.read().decode()[-4000:])
    return wall, min(1.0, work / wall / (os.cpu_count() or 1)), sum(kernels.values())


def _watch(grader: psutil.Process, kernels: dict[tuple[int, float], float]) -> None:
    """Keep the CPU seconds of each process below a fork server, as last seen, until the grader ends."""
    while grader.is_running() and grader.status() != psutil.STATUS_ZOMBIE:
        with contextlib.suppress(psutil.Error):
            for server in grader.children():
                if not any("autograder.kernels.server" in word for word in server.cmdline()):
                    continue
                for process in server.children(recursive=True):
                    with contextlib.suppress(psutil.Error):
                        times = process.cpu_times()
                        kernels[process.pid, process.create_time()] = times.user + times.system
        time.sleep(0.2)


def worked() -> float:
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
    """Whether the points are equal, in words; where they are not, whose, where, and what plain nbgrader gave."""
    other = sorted(key for key in plain | ours if plain.get(key) != ours.get(key))
    if not other:
        return f"all {len(ours)} equal"
    told = [f"{key[0]} {key[1]}: {plain.get(key)}, here {ours.get(key)}" for key in other]
    return "\n".join([f"{len(other)} of {len(ours)} differ:", *told])


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 24, sys.argv[2:] or None)
