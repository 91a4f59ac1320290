"""The tiny course, and the command run in it."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.course import Course
from autograder.kernels import why_no_sandbox
from tests.autograder.hostile_class import graded_hostile_class
from tests.autograder.tiny_course import BANK, REPOSITORY, lesson_cells, wide_environment, write_notebook


def make_course(root: Path) -> Course:
    """Lay out the tiny course, not yet released, with its answer bank."""
    lesson = root / "notebooks" / "01_small_numbers"
    write_notebook(lesson / "small_numbers.ipynb", lesson_cells())
    (lesson / "hints.md").write_text(
        "## double\n\n**Nudge.** a\n\n**Hint.** b\n\n**Worked idea.** c\n", encoding="utf-8"
    )
    shutil.copy(REPOSITORY / "nbgrader_config.py", root)
    if why_no_sandbox():  # then test the rest without
        with (root / "nbgrader_config.py").open("a", encoding="utf-8") as config:
            config.write("c.Execute.sandbox = False\n")
    for name, text in BANK.items():
        path = root / "tests" / "answers" / "01_small_numbers" / f"{name}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return Course(root)


@pytest.fixture
def course(tmp_path: Path) -> Course:
    """The tiny course, not yet released, with its answer bank."""
    return make_course(tmp_path / "course")


@pytest.fixture(scope="session")
def hostile_class(tmp_path_factory) -> Course:
    """A graded class whose names, answers and comments would do harm. Only to be read from."""
    return graded_hostile_class(make_course(tmp_path_factory.mktemp("hostile") / "course"))


@pytest.fixture
def autograder(course: Course):
    """Run the command in the course, as a user does; returns exit code and output."""

    def run(*arguments: str) -> tuple[int, str]:
        without = ["--no-sandbox"] if arguments[0] == "grade" and why_no_sandbox() else []
        command = [sys.executable, "-m", "autograder.cli", *arguments, *without]
        done = subprocess.run(
            command, cwd=course.root, capture_output=True, text=True, env=wide_environment(), check=False
        )
        return done.returncode, done.stdout + done.stderr

    return run
