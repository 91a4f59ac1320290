"""A grader that is killed, again and again, loses nothing and leaves nothing half made."""

import json
import multiprocessing
import os
import random
import shutil
import sqlite3
import sys
import tempfile
import time
from contextlib import closing, redirect_stdout
from pathlib import Path

import pytest

from autograder.authoring.answers import fill
from autograder.course import Course
from autograder.gradebook import record
from autograder.kernels.rungs import why_no_sandbox
from autograder.processes import scratch
from tests.autograder.tiny_course import LESSON, NOTEBOOK, RIGHT
from tests.waiting import until

pytestmark = pytest.mark.slow
KILLS, MANY = 12, 30
"""How often it is killed; with `--thorough` more often."""
EARLY = 4
"""Kills at any moment; the others come after the first write, when there is something to lose."""
ANSWERS = [
    RIGHT,
    RIGHT | {"double": "def double(x):\n    return x ** 2"},
    {},
    RIGHT | {"greet": "import os\nos._exit(1)"},
]
COMMAND = ["autograder", "grade", *["--no-sandbox"] * bool(why_no_sandbox())]


@pytest.mark.seconds(300)
def test_kills_at_random_moments_end_with_the_scores_of_an_undisturbed_run(released: Course, request):
    kills = MANY if request.config.getoption("--thorough") else KILLS
    for number in range(4):
        path = released.submitted / f"s{number}" / LESSON / NOTEBOOK
        fill(released.release / LESSON / NOTEBOOK, path, ANSWERS[number])
    (released.submitted / "s4" / LESSON).mkdir(parents=True)
    (released.submitted / "s4" / LESSON / NOTEBOOK).write_text("{", encoding="utf-8")

    began = time.monotonic()
    grader = start(released)
    until(released.gradebook.exists)
    first_write = time.monotonic() - began
    assert ends_with(grader) == 1  # one hand-in cannot be read
    undisturbed, length = results(released), time.monotonic() - began
    assert len(undisturbed) == 5

    begin_anew(released)
    dice = random.Random(5)
    killed = 0
    while killed < kills:
        grader = start(released)
        grader.join(timeout=dice.uniform(0 if killed < EARLY else first_write, length))
        if grader.is_alive():
            grader.kill()
            grader.join()
            killed += 1
            assert_nothing_is_half_made(released)
        else:
            assert results(released) == undisturbed  # it came through, after however many kills
            begin_anew(released)
    assert ends_with(start(released)) == 1
    assert results(released) == undisturbed
    time.sleep(1)  # processes that a killed grader had started end by themselves
    scratch.sweep()
    ours = [path for path in Path(tempfile.gettempdir()).glob("autograder-*/kept") if (path / "submitted").exists()]
    assert not ours


def start(course: Course):
    """A process that grades, forked from one that has imported nbgrader: the kills shall hit the grading."""
    context = multiprocessing.get_context("forkserver" if sys.platform != "win32" else "spawn")
    if sys.platform != "win32":
        context.set_forkserver_preload(["autograder.grading.preload", "autograder.cli"])
    grader = context.Process(target=grade, args=(course.root,))
    grader.start()
    return grader


def grade(root: Path) -> None:
    from autograder.cli import main

    os.chdir(root)
    sys.argv = COMMAND
    with Path(os.devnull).open("w", encoding="utf-8") as nothing, redirect_stdout(nothing):
        main()


def ends_with(grader) -> int:
    grader.join()
    return grader.exitcode


def begin_anew(course: Course) -> None:
    shutil.rmtree(course.autograded)
    course.gradebook.unlink()


def results(course: Course) -> dict[str, tuple]:
    """Student → points, whether a person is asked, and whether there is a graded notebook."""
    return {
        student: (mark.points, mark.to_read, (course.autograded / student / LESSON / NOTEBOOK).exists())
        for (student, _), mark in record.marks(course).items()
    }


def assert_nothing_is_half_made(course: Course) -> None:
    for notebook in course.autograded.glob("*/*/*.ipynb"):
        cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
        assert any(cell.get("outputs") or cell.get("execution_count") for cell in cells), notebook
    for folder in course.autograded.glob("[!.]*/*/"):
        assert (folder / NOTEBOOK).exists(), folder
    if course.gradebook.exists():
        with closing(sqlite3.connect(course.gradebook)) as book:
            assert book.execute("pragma integrity_check").fetchone() == ("ok",)
