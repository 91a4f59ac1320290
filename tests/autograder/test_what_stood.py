"""What fails now does not erase what stood: an appeal costs no points."""

from contextlib import contextmanager

import pytest

from autograder.course import Course
from autograder.grading import grade_class
from tests.autograder.tiny_course import LESSON, NOTEBOOK, grade, hand_in, points

pytestmark = pytest.mark.slow
WRONG = "def double(x):\n    return 0"


@pytest.fixture
def graded_course(released: Course) -> Course:
    """Ada and Bo have three points each."""
    hand_in(released, "ada")
    hand_in(released, "bo")
    grade(released)
    assert points(released) == {"ada": 3, "bo": 3}
    return released


@contextmanager
def no_server(*_):
    """A fork server that is gone: no kernel can be started."""
    yield "/nonexistent/server"


def test_a_kernel_that_does_not_start_leaves_the_old_result_and_is_tried_again(graded_course, autograder, monkeypatch):
    hand_in(graded_course, "bo", double=WRONG)
    hand_in(graded_course, "cy")
    monkeypatch.setattr(grade_class, "fork_server", no_server)
    for _ in range(2):  # the second time what stands has failed before
        outcomes = grade(graded_course, force=True)
        assert points(graded_course) == {"ada": 3, "bo": 3, "cy": 0}
        for student in ("ada", "bo"):
            (problem,) = outcomes[student].problems
            assert "will try it again. The earlier result stands." in problem
            assert outcomes[student].graded and outcomes[student].unchanged
            assert (graded_course.autograded / student / LESSON / NOTEBOOK).is_file()
        assert not outcomes["cy"].graded and "stands" not in outcomes["cy"].problems[0]
    code, said = autograder("export")
    assert code == 0 and "1 hand-ins could not be graded" in said
    monkeypatch.undo()
    outcomes = grade(graded_course)
    assert points(graded_course) == {"ada": 3, "bo": 1, "cy": 3}
    assert not any(outcome.unchanged or outcome.problems for outcome in outcomes.values())


def test_a_run_that_is_too_slow_takes_points_of_a_new_hand_in_alone(graded_course, monkeypatch):
    hand_in(graded_course, "bo", double=WRONG)
    monkeypatch.setattr(grade_class, "LIMIT", 0.01)
    outcomes = grade(graded_course, force=True)
    assert points(graded_course) == {"ada": 3, "bo": 0}
    assert "The earlier result stands." in outcomes["ada"].problems[0]
    assert not outcomes["bo"].graded and not (graded_course.autograded / "bo" / LESSON).exists()
