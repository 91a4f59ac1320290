"""Plain nbgrader works on the course as it is: nothing of ours stands between."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from autograder.authoring.answers import fill, read_bank
from autograder.course import CONFIG, Course, read_config, read_notebook
from autograder.gradebook.record import marks
from autograder.grading.execute import SKIP
from autograder.grading.names import definitions
from autograder.processes.pool import run_jobs
from tests.autograder.tiny_course import (
    REPOSITORY,
    RIGHT,
    wide_environment,
)
from tests.benchmarks.grading import PLAIN, points

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


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Two lessons, one with Spark; all with `--thorough`, as in the weekly run."""
    if "number" in metafunc.fixturenames:
        all_of_them = [lesson.name[:2] for lesson in Course(REPOSITORY).lessons()]
        metafunc.parametrize("number", all_of_them if metafunc.config.getoption("--thorough") else ["02", "09"])


@pytest.mark.seconds(300)
def test_an_answer_earns_the_same_without_our_engine(number, tmp_path):
    """nbgrader's own settings and kernel: a right answer, a wrong one and a stub of every exercise of a lesson."""
    ours, course = Course(REPOSITORY), Course(tmp_path / "course")
    (lesson,) = ours.lessons([number])
    shutil.copytree(lesson.folder, course.notebooks / lesson.name)
    (course.root / CONFIG).write_text(PLAIN, encoding="utf-8")
    nbgrader(course, "generate_assignment", lesson.name)
    bank = read_bank(ours.answers / lesson.name)
    for kind in ("right", "wrong", "stub"):
        sources = {
            name: next((one.source for one in answers if one.kind == kind), "") for name, answers in bank.items()
        }
        path = course.submitted / kind / lesson.name / lesson.notebook.name
        fill(course.release / lesson.name / lesson.notebook.name, path, sources if kind != "stub" else {})
        _leave_out_what_only_demonstrates(path)
    nbgrader(course, "autograde", lesson.name)
    earned = points(course)
    assert len(lesson.exercises) == len(bank) > 3
    for exercise in lesson.exercises:
        of = {kind: sum(earned[kind, test] for test in exercise.points) for kind in ("right", "wrong", "stub")}
        full = sum(exercise.points.values())
        assert of["right"] == full and of["wrong"] < full and of["stub"] == 0, (exercise.name, of)


def _leave_out_what_only_demonstrates(path: Path) -> None:
    """Of cells that only demonstrate, keep what they define: it saves most of the time."""
    content = read_notebook(path)
    for cell in content["cells"]:
        if cell["cell_type"] == "code" and SKIP in cell["metadata"].get("tags", []):
            cell["source"] = definitions(cell["source"])
    path.write_text(json.dumps(content), encoding="utf-8")


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
