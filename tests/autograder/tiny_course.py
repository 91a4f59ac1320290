"""A tiny course with one lesson of two exercises, a slow demonstration and a written answer."""

import json
import os
from collections.abc import Callable
from pathlib import Path

from autograder.authoring.answers import fill
from autograder.course import Course
from autograder.gradebook import record
from autograder.grading.grade_class import Grading, Outcome, find_submissions
from autograder.kernels.rungs import why_no_sandbox

LESSON, NOTEBOOK = "01_small_numbers", "small_numbers.ipynb"
REPOSITORY = Path(__file__).parents[2]

DOUBLE_TEST = """from course_lib import check

check.cases(double, [(({a},), {b}), (({c},), {d})], mistakes={{
    "square": (lambda x: x**2, "Twice a number is not its square."),
    "adds two": (lambda x: x + 2, "Multiply by two, do not add it."),
}})"""
GREET_TEST = """from course_lib import check

check.cases(greet, [(({name!r},), {greeting!r})], mistakes={{
    "no name": (lambda name: "Hello!", "The name is missing."),
}})"""


def cell(kind: str, name: str, source: str, **nbgrader) -> dict:
    """A notebook cell with nbgrader's metadata where there are any."""
    made = {"cell_type": kind, "id": name.replace("_", "-"), "metadata": {}, "source": source}
    if kind == "code":
        made |= {"execution_count": None, "outputs": []}
    if nbgrader:
        base = {"grade": False, "locked": False, "solution": False, "task": False, "schema_version": 3}
        made["metadata"]["nbgrader"] = base | {"grade_id": name} | nbgrader
    return made


def named(cells: list[dict], name: str) -> dict:
    """The cell of this grade_id."""
    return next(cell for cell in cells if cell["metadata"].get("nbgrader", {}).get("grade_id") == name)


def hidden(source: str) -> str:
    return f"# Hidden tests run here.\n### BEGIN HIDDEN TESTS\n{source}\n### END HIDDEN TESTS"


def lesson_cells() -> list[dict]:
    test = {"grade": True, "locked": True}
    demonstration = cell("code", "demonstration", "import os\n\nopen('ran', 'w').close()\nraise SystemExit")
    demonstration["metadata"]["tags"] = ["skip-grading"]
    return [
        cell("markdown", "title", "# Small numbers"),
        cell("code", "setup", "import numpy as np\n\nfrom course_lib import check", locked=True),
        demonstration,
        cell("markdown", "double_task", "### Exercise 1 · double (2 points)", locked=True),
        cell(
            "code",
            "double",
            "def double(x):\n    ### BEGIN SOLUTION\n    twice = x + x\n    return twice\n    ### END SOLUTION",
            solution=True,
        ),
        cell("code", "double_visible", DOUBLE_TEST.format(a=3, b=6, c=-1, d=-2), points=1, **test),
        cell("code", "double_hidden", hidden(DOUBLE_TEST.format(a=70123, b=140246, c=8, d=16)), points=1, **test),
        cell("markdown", "greet_task", "### Exercise 2 · greet (1 point)", locked=True),
        cell(
            "code",
            "greet",
            'def greet(name):\n    ### BEGIN SOLUTION\n    return f"Hello, {name}!"\n    ### END SOLUTION',
            solution=True,
        ),
        cell("code", "greet_visible", GREET_TEST.format(name="Ada", greeting="Hello, Ada!"), points=0.5, **test),
        cell("code", "greet_hidden", hidden(GREET_TEST.format(name="Bo", greeting="Hello, Bo!")), points=0.5, **test),
        cell(
            "markdown",
            "why",
            "### BEGIN SOLUTION\nTwo points for a reason that secretly convinces.\n### END SOLUTION",
            grade=True,
            solution=True,
            points=2,
        ),
    ]


def write_notebook(path: Path, cells: list[dict]) -> None:
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    content = {"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, indent=1), encoding="utf-8")


BANK = {
    "double": '''"""Exercise `double`: what students hand in."""

# %% right: multiplies
def double(x):
    return 2 * x

# %% right: adds
def double(x):
    return x + x

# %% wrong [square]: the square
def double(x):
    return x ** 2

# %% wrong [adds two]: adds two
def double(x):
    return x + 2
''',
    "greet": '''"""Exercise `greet`: what students hand in."""

# %% right: an f-string
def greet(name):
    return f"Hello, {name}!"

# %% wrong [no name]: greets nobody
def greet(name):
    return "Hello!"

# %% wrong [returns None]: prints
def greet(name):
    print(f"Hello, {name}!")
''',
}

RIGHT = {"double": "def double(x):\n    return 2 * x", "greet": "def greet(name):\n    return f'Hello, {name}!'"}


def hand_in(course: Course, student: str, change: Callable | None = None, **sources: str) -> Path:
    """Hand in the released notebook with right answers, or these, after ``change(cells)``; returns its path."""
    path = course.submitted / student / LESSON / NOTEBOOK
    fill(course.release / LESSON / NOTEBOOK, path, RIGHT | sources)
    if change:
        content = json.loads(path.read_text(encoding="utf-8"))
        content["cells"] = change(content["cells"]) or content["cells"]
        path.write_text(json.dumps(content), encoding="utf-8")
    return path


def wide_environment() -> dict[str, str]:
    """The environment for a command whose tables must not wrap."""
    path = [str(REPOSITORY), *filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))]
    return os.environ | {"COLUMNS": "200", "PYTHONPATH": os.pathsep.join(path)}


def set_limits(course: Course, **limits: int) -> None:
    """Set what a hand-in may take, by the names of `Execute`; what is set last holds."""
    with (course.root / "nbgrader_config.py").open("a", encoding="utf-8") as config:
        config.writelines(f"c.Execute.{name} = {value}\n" for name, value in limits.items())


def grade(course: Course, force: bool = False) -> dict[str, Outcome]:
    """Grade the class; returns student → outcome."""
    grading = Grading(course, find_submissions(course, course.lessons()), force)
    outcomes = grading.unchanged() + (list(grading.run(sandboxed=not why_no_sandbox())) if grading.new else [])
    return {outcome.student: outcome for outcome in outcomes}


def points(course: Course) -> dict[str, float]:
    """Student → points in the gradebook."""
    return {student: mark.points for (student, _), mark in record.marks(course).items()}


def printed(course: Course, student: str) -> str:
    """What a graded hand-in has printed."""
    cells = json.loads((course.autograded / student / LESSON / NOTEBOOK).read_text(encoding="utf-8"))["cells"]
    return "".join("".join(out["text"]) for cell in cells for out in cell.get("outputs", []) if "text" in out)
