"""Lesson 01 itself, graded: who cheats in it gains nothing, and an honest student's habits cost nothing."""

import shutil
from pathlib import Path

import pytest

from autograder.authoring.answers import fill, read_bank
from autograder.authoring.release import release
from autograder.course import Course
from autograder.gradebook import record
from autograder.grading.grade_class import Grading, Outcome, find_submissions
from autograder.kernels.rungs import why_no_sandbox
from tests.autograder.tiny_course import REPOSITORY

LESSON = "01_neurons_and_activations"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(bool(why_no_sandbox()), reason=f"there is no sandbox here: {why_no_sandbox()}"),
]
BANK = read_bank(REPOSITORY / "tests" / "answers" / LESSON)
RIGHT = {name: next(one.source for one in answers if one.kind == "right") for name, answers in BANK.items()}
WRONG = {name: f"def {name}(*a, **k):\n    return 0.0\n" for name in BANK}
FULL = 16

FRAUDS = {
    "binds-check": "class check:\n    values = cases = equal = that = staticmethod(lambda *a, **k: None)\n",
    "binds-numpy": (
        "import numpy as _real\nclass np:\n    def __getattr__(self, name):\n        return getattr(_real, name)\n"
        "    def array(*a, **k):\n        return 0.0\n    asarray = linspace = array\n"
    ),
    "binds-what-python-brings": "zip = lambda *a, **k: ()\nany = callable = lambda *a: True\nall = lambda *a: True\n",
}
HABITS = {
    "names": "max = 3\nsum = 0\nlist = [1]\n",
    "a-variable-called-check": "check = 0.5\n",
    "strict-numpy": "import numpy as np\nnp.seterr(all='raise')\n",
    "strict-warnings": "import warnings\nwarnings.simplefilter('error')\n",
    "stars": "from numpy import *\nfrom math import *\nimport numpy as np\n",
}


@pytest.fixture(scope="module")
def graded(tmp_path_factory) -> tuple[Course, dict[str, Outcome], dict[str, float]]:
    """The class of lesson 01: course, student → outcome, student → points."""
    course = Course(tmp_path_factory.mktemp("lesson") / "course")
    shutil.copytree(REPOSITORY / "notebooks" / LESSON, course.notebooks / LESSON)
    shutil.copy(REPOSITORY / "nbgrader_config.py", course.root)
    list(release(course, course.lessons()))
    (lesson,) = course.lessons()

    def hand_in(student: str, sources: dict[str, str]) -> None:
        name = Path(LESSON) / lesson.notebook.name
        fill(course.release / name, course.submitted / student / name, sources)

    first = next(iter(BANK))
    for name, code in FRAUDS.items():
        hand_in(name, {**WRONG, first: code + WRONG[first]})
        hand_in(f"{name}-everywhere", {exercise: code + source for exercise, source in WRONG.items()})
    for name, code in HABITS.items():
        hand_in(name, {**RIGHT, first: code + RIGHT[first]})
    outcomes = {outcome.student: outcome for outcome in Grading(course, find_submissions(course, [lesson])).run()}
    return course, outcomes, {student: mark.points for (student, _), mark in record.marks(course).items()}


@pytest.mark.parametrize("name", [f"{name}{more}" for name in FRAUDS for more in ("", "-everywhere")])
def test_a_fraud_gains_nothing(graded, name):
    _, outcomes, points = graded
    assert outcomes[name].graded
    assert points[name] == 0


@pytest.mark.parametrize("name", HABITS)
def test_an_honest_habit_costs_nothing(graded, name):
    _, outcomes, points = graded
    assert points[name] == FULL, outcomes[name].problems
