"""How `autograder serve` does under load: students who hand in, wait for their page, and hand in again (a closed loop).

    python -m tests.benchmarks.serving [hand-ins] [lesson] [students] [kills]

From hand-in to page, as a student sees it: the upload is written, the page beside it is a new one. The simulated
students are threads of this process and take their share of the same cores; answers are drawn from the bank; a closed
loop sends nothing while it waits, so a slow server is asked less often than a class would ask it. Where the server is
killed, with all that it has started, it is started again at once; those times count as well.
"""

from __future__ import annotations

import os
import random
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
from autograder.course import Course, Lesson
from autograder.gradebook import record
from autograder.gradebook.journal import Journal
from tests.benchmarks.grading import hand_in, worked


class Service:
    """The command, running, and killed now and then."""

    def __init__(self, course: Course, lesson: Lesson, uploads: Path):
        self._command = [sys.executable, "-m", "autograder.cli", "serve", lesson.name, "--uploads", str(uploads)]
        self._command += ["--tries", "0"]
        self._course = course
        self.start()

    def start(self) -> None:
        self._process = subprocess.Popen(self._command, cwd=self._course.root, stdout=subprocess.DEVNULL)

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait()

    def memory(self) -> float:
        """Gigabytes of the server and all that it has started, shared pages once."""
        total = 0
        for one in [psutil.Process(self._process.pid), *psutil.Process(self._process.pid).children(recursive=True)]:
            try:
                total += one.memory_full_info().pss
            except psutil.Error:
                continue
        return total / 1e9


def student(name: str, course: Course, lesson: Lesson, uploads: Path, left: list[int], took: list[float]) -> None:
    """Hand in as long as hand-ins are left to be made; each next one when the page of the last is there."""
    dice, bank = random.Random(name), read_bank(Course.find().answers / lesson.name)
    place = uploads / name / lesson.name
    page = place / "feedback" / f"{lesson.notebook.stem}.html"
    while left:
        left.pop()
        sources = {exercise: dice.choice(answers).source for exercise, answers in bank.items()}
        before = page.stat().st_mtime_ns if page.exists() else 0
        fill(course.release / lesson.name / lesson.notebook.name, place / lesson.notebook.name, sources)
        began = time.monotonic()
        while not page.exists() or page.stat().st_mtime_ns == before:
            time.sleep(0.02)
        took.append(time.monotonic() - began)


def main(number: int = 100, name: str = "01", students: int = 5, kills: int = 0) -> None:
    """Print hand-ins a second, percentiles, memory, the cores' work, and whether any was lost or given other points."""
    with tempfile.TemporaryDirectory() as place:
        course, uploads = Course(Path(place, "course")), Path(place, "uploads")
        uploads.mkdir()
        hand_in(course, Course.find().lessons([name])[0], 0)
        (lesson,) = course.lessons()
        service = Service(course, lesson, uploads)
        left, took, memory = list(range(number)), [], []
        own, work = time.process_time(), worked()
        who = [f"student-{count}" for count in range(students)]
        threads = [threading.Thread(target=student, args=(one, course, lesson, uploads, left, took)) for one in who]
        moments = sorted(random.Random(number).sample(range(1, number), kills)) if kills else []
        began = time.monotonic()
        for thread in threads:
            thread.start()
        while any(thread.is_alive() for thread in threads):
            if moments and len(took) >= moments[0]:
                moments.pop(0)
                service.kill()
                service.start()
            memory.append(service.memory())
            time.sleep(1)
        seconds, cores = time.monotonic() - began, os.cpu_count() or 1
        own, work = (time.process_time() - own) / seconds / cores, (worked() - work) / seconds / cores
        service.stop()
        done = Journal(course.served).all("done")
        points = record.marks(course)
        again = subprocess.run(
            [sys.executable, "-m", "autograder.cli", "grade", "--force"],
            cwd=course.root, capture_output=True, text=True, check=False,
        )  # fmt: skip
        equal = again.returncode in (0, 1) and points == record.marks(course)
    ordered, quarter = sorted(took), -(-len(memory) // 4)
    percentiles = [ordered[-(-share * len(ordered) // 100) - 1] for share in (50, 95, 99)]
    grown = [max(memory[at : at + quarter]) for at in range(0, len(memory), quarter)]
    failed = sum(not fact["ran"] for fact in done.values())
    rows = {
        "hand-ins a second": f"{number / seconds:.2f}",
        "from hand-in to page: p50, p95, p99": ", ".join(f"{value:.1f} s" for value in percentiles),
        "lost, failed": f"{number - len(done)}, {failed}",
        "points": "as by grade --force" if equal else "NOT as by grade --force",
        "memory at most, by quarters of the run": ", ".join(f"{most:.2f} GB" for most in grown),
        "cores busy; of these with the students": f"{100 * work:.0f} %; {100 * own:.0f} %",
    }
    title = f"{number} hand-ins of {lesson.name}, {students} students, {kills} kills, {os.cpu_count()} cores"
    table = Table("", "measured", title=title)
    for row in rows.items():
        table.add_row(*row)
    Console().print(table)


if __name__ == "__main__":
    main(*[argument if at == 1 else int(argument) for at, argument in enumerate(sys.argv[1:])])  # type: ignore[arg-type]
