"""Plain nbgrader works on the course as it is: nothing of ours stands between."""

import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from autograder.authoring.answers import fill
from autograder.course import Course, read_config
from autograder.gradebook.record import marks, open_gradebook
from autograder.processes.pool import run_jobs
from tests.autograder.tiny_course import (
    DOUBLE_TEST,
    LESSON,
    NOTEBOOK,
    REPOSITORY,
    RIGHT,
    hand_in,
    hidden,
    lesson_cells,
    named,
    wide_environment,
    write_notebook,
)

pytestmark = pytest.mark.slow


def nbgrader(course: Course, *arguments: str) -> str:
    command = [sys.executable, "-m", "nbgrader", *arguments]
    done = subprocess.run(command, cwd=course.root, env=wide_environment(), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout + done.stderr


def test_generate_autograde_feedback_and_validate(course):
    nbgrader(course, "generate_assignment", "01_small_numbers")
    notebook = course.release / "01_small_numbers" / "small_numbers.ipynb"
    submitted = course.submitted / "ada" / "01_small_numbers" / "small_numbers.ipynb"
    fill(notebook, submitted, RIGHT | {"why": "Because."})
    assert "passes all the tests" in nbgrader(course, "validate", str(submitted))
    nbgrader(course, "autograde", "01_small_numbers")
    assert marks(course)["ada", "01_small_numbers"].points == 3
    nbgrader(course, "generate_feedback", "01_small_numbers")
    page = course.root / "feedback" / "ada" / "01_small_numbers" / "small_numbers.html"
    assert "3 of 5 points" in page.read_text(encoding="utf-8")


def test_nbgrader_goes_on_where_the_autograder_stopped_and_the_other_way_round(course, autograder):
    autograder("release")
    notebook = course.release / "01_small_numbers" / "small_numbers.ipynb"
    for student in ("ada", "bo"):
        fill(notebook, course.submitted / student / "01_small_numbers" / "small_numbers.ipynb", RIGHT)
    autograder("grade", "--student", "ada")
    nbgrader(course, "autograde", "01_small_numbers")
    nbgrader(course, "generate_feedback", "01_small_numbers")
    code, _ = autograder("grade")
    assert code == 0
    assert {student: mark.points for (student, _), mark in marks(course).items()} == {"ada": 3, "bo": 3}


def test_every_lesson_of_the_course_is_an_assignment(tmp_path):
    """nbgrader's own code, as Formgrader calls it: once loaded for all lessons, not thirteen times."""
    course = Course(tmp_path / "course")
    shutil.copytree(REPOSITORY / "notebooks", course.notebooks)
    shutil.copy(REPOSITORY / "nbgrader_config.py", course.root)
    lessons = course.lessons()
    ((_, said),) = run_jobs(_generate, {"all": (course.root, [lesson.name for lesson in lessons])}, 300)
    assert said == {lesson.name: "" for lesson in lessons}
    for lesson in lessons:
        nbformat.validate(nbformat.read(course.release / lesson.name / lesson.notebook.name, as_version=4))


def _generate(root: Path, names: list[str]) -> dict[str, str]:
    """Lesson → what nbgrader complains of."""
    from nbgrader.apps import NbGraderAPI

    api = NbGraderAPI(config=read_config(root))
    made = {name: api.generate_assignment(name) for name in names}
    return {name: "" if outcome["success"] else outcome["log"] for name, outcome in made.items()}
