"""`nbgrader autograde`, and the call that Formgrader's button makes, grade as `autograder grade` does."""

import socket
import sys
from pathlib import Path

import pytest

from autograder.course import Course
from autograder.kernels.rungs import why_no_sandbox
from autograder.processes.pool import run_jobs
from tests.autograder.test_after_grading import mark, waiting
from tests.autograder.test_plain_nbgrader import nbgrader
from tests.autograder.tiny_course import LESSON, RIGHT, grade, hand_in, named, points, printed

pytestmark = pytest.mark.slow
WRONG = "def double(x):\n    return 0"
SHOW = WRONG + "\nget_ipython().events.register('post_run_cell', lambda *_: get_ipython().displayhook({}))"
SANDBOX = """
import os, socket
def shown(path):
    try:
        return bool(os.listdir(path) if os.path.isdir(path) else open(path).read())
    except OSError:
        return False
def reached(port):
    try:
        return bool(socket.create_connection(("127.0.0.1", port), timeout=2))
    except OSError:
        return False
print("SANDBOX", shown({root!r}), shown({gradebook!r}), reached({port}), os.getpid() < 100)
"""


@pytest.fixture
def released(released: Course) -> Course:
    nbgrader(released, "generate_assignment", LESSON, "--force")
    return released


def press_autograde(course: Course, *students: str) -> dict[str, dict]:
    """Do what Formgrader does when somebody presses its button in these students' rows."""
    jobs = {student: (course.root, student) for student in students}
    return dict(run_jobs(_press, jobs, 300, workers=1))


def _press(root: Path, student: str) -> dict:
    from nbgrader.apps import NbGraderAPI

    from autograder.course import read_config

    return NbGraderAPI(config=read_config(root)).autograde(LESSON, student)


def test_a_mark_stands_on_this_road_too_until_what_the_marker_saw_changes(released):
    hand_in(released, "ada", why="Because.")
    grade(released)
    mark(released, "why", 2)
    mark(released, "double_hidden", 0.5)
    assert press_autograde(released, "ada")["ada"]["success"]
    assert waiting(released) == set() and points(released) == {"ada": 4.5}
    hand_in(released, "ada", why="Because of this.")
    assert press_autograde(released, "ada")["ada"]["success"]
    assert waiting(released) == {"why"} and points(released) == {"ada": 4.5}


def hand_in_a_class(course: Course, port: int) -> dict[str, float]:
    """Honest, broken and hostile hand-ins; returns what each is worth."""

    def split(cells):
        at = cells.index(named(cells, "greet"))
        return [*cells[:at], {**cells[at], "id": "half", "source": "def greet(name):"}, *cells[at:]]

    def without(name):
        return lambda cells: [cell for cell in cells if cell is not named(cells, name)]

    def renamed(cells):
        named(cells, "double_hidden")["metadata"]["nbgrader"].update(grade_id="mine", grade=False, points=100)
        return cells

    peeks = SANDBOX.format(root=str(course.root), gradebook=str(course.gradebook), port=port)
    hand_in(course, "a-split", split)
    hand_in(course, "b-deleted", without("double_hidden"), double="def double(x):\n    return {3: 6, -1: -2}.get(x, 0)")
    hand_in(course, "c-deleted-answer", without("greet"))
    hand_in(course, "d-renamed", renamed, double=WRONG)
    hand_in(course, "e-warns", double="import sys\ndef double(x):\n    print('!', file=sys.stderr)\n    return 2 * x")
    hand_in(course, "f-dies", greet="import os\nos._exit(1)")
    hand_in(course, "g-minus", double=SHOW.format(-1))
    hand_in(course, "h-silent", double=WRONG + "\nget_ipython().showtraceback = lambda *a, **k: None")
    hand_in(course, "i-peeks", greet=RIGHT["greet"] + peeks)
    hand_in(course, "z-well")
    honest = {"a-split": 3, "e-warns": 3, "i-peeks": 3, "z-well": 3}
    return honest | {"b-deleted": 2, "c-deleted-answer": 2, "d-renamed": 1, "f-dies": 2, "g-minus": 1, "h-silent": 1}


@pytest.mark.parametrize("by", ["command", "button"])
def test_the_class_gets_what_it_deserves(released, by):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        worth = hand_in_a_class(released, listener.getsockname()[1])
        if by == "command":
            nbgrader(released, "autograde", LESSON)
        else:
            outcomes = press_autograde(released, *worth)
            assert {student for student, outcome in outcomes.items() if not outcome["success"]} == set(), outcomes
    assert points(released) == worth
    if not why_no_sandbox():
        assert "SANDBOX False False False True" in printed(released, "i-peeks")


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights on Windows")
def test_links_are_refused_and_an_old_score_does_not_stay(released):
    path = hand_in(released, "ada")
    hand_in(released, "bo")
    press_autograde(released, "ada", "bo")
    assert points(released) == {"ada": 3, "bo": 3}
    path.with_name("mine.db").symlink_to(released.gradebook)
    outcomes = press_autograde(released, "ada", "bo")
    assert not outcomes["ada"]["success"] and "There are links in" in outcomes["ada"]["log"]
    assert outcomes["bo"]["success"]
    assert points(released) == {"ada": 0, "bo": 3}
    assert not (released.autograded / "ada" / LESSON).exists()


def test_scores_are_those_of_autograder_grade(released, autograder):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        hand_in_a_class(released, listener.getsockname()[1])
    nbgrader(released, "autograde", LESSON)
    theirs = points(released)
    autograder("grade")
    assert points(released) == theirs
