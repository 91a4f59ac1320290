"""One hand-in's whole way, from the instructors' notebook to the points: what the quick lane runs of the grader."""

import pytest

from autograder.gradebook import record
from tests.autograder.tiny_course import LESSON, NOTEBOOK, hand_in


@pytest.mark.seconds(30)
def test_a_lesson_is_released_answered_graded_and_reported(course, autograder):
    assert autograder("release") == (0, f"made release/{LESSON}\n")
    released = (course.release / LESSON / NOTEBOOK).read_text(encoding="utf-8")
    assert "BEGIN SOLUTION" not in released and "140" not in released  # a number of a hidden test
    hand_in(course, "ada", greet="def greet(name):\n    return 'Hello!'", why="Because.")
    code, output = autograder("grade")
    assert code == 0, output
    assert "2 / 5" in output and "✎" in output
    assert record.marks(course)["ada", LESSON].points == 2
    assert "no name" in (course.reports / "mistakes.csv").read_text(encoding="utf-8")
