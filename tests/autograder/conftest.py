"""The tiny course, and the command run in it."""

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from autograder import cli
from autograder.authoring.release import release
from autograder.course import Course
from autograder.kernels.rungs import why_no_sandbox
from tests.autograder.hostile_class import graded_hostile_class
from tests.autograder.tiny_course import BANK, REPOSITORY, lesson_cells, write_notebook


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
def student_version(tmp_path_factory) -> Path:
    """The tiny course's `release/`, made once. Only to be copied."""
    made = make_course(tmp_path_factory.mktemp("released") / "course")
    list(release(made, made.lessons()))
    return made.release


@pytest.fixture
def released(course: Course, student_version: Path) -> Course:
    """The tiny course, released."""
    shutil.copytree(student_version, course.release)
    return course


@pytest.fixture(scope="session")
def hostile_class(tmp_path_factory) -> Course:
    """A graded class whose names, answers and comments would do harm. Only to be read from."""
    return graded_hostile_class(make_course(tmp_path_factory.mktemp("hostile") / "course"))


@pytest.fixture
def autograder(course: Course, monkeypatch):
    """Run the command in the course, in this process; returns exit code and output."""
    monkeypatch.chdir(course.root)

    def run(*arguments: str) -> tuple[int, str]:
        without = ["--no-sandbox"] if arguments[0] == "grade" and why_no_sandbox() else []
        done = CliRunner().invoke(cli.app, [*arguments, *without])
        if done.exception is not None and not isinstance(done.exception, SystemExit):
            raise done.exception
        return done.exit_code, done.output

    return run
