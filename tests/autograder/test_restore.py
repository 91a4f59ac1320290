"""A hand-in's notebook is put back in order before it runs."""

import copy

import pytest
from nbformat import from_dict

from autograder.course import Course, grade_id
from autograder.grading.restore import is_unanswered, restore
from autograder.grading.version import Version, version


@pytest.fixture
def lesson(course: Course) -> Version:
    return version(course, course.lessons()[0])


@pytest.fixture
def hand_in(course: Course, lesson: Version):
    """The lesson's notebook with the stubs in it, as a student has it."""
    cells = copy.deepcopy(course.lessons()[0].cells)
    stubs = {grade_id(cell): cell for cell in lesson.cells}
    for cell in cells:
        if grade_id(cell) in stubs:
            cell["source"] = stubs[grade_id(cell)].source
    return from_dict({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


def named(notebook, name: str):
    (cell,) = (cell for cell in notebook.cells if grade_id(cell) == name)
    return cell


def test_a_version_has_hidden_tests_and_no_solutions(lesson):
    sources = {grade_id(cell): cell.source for cell in lesson.cells}
    assert "140" in sources["double_hidden"]
    assert "twice" not in sources["double"] and "NotImplementedError" in sources["double"]
    assert "convinces" not in sources["why"]
    assert set(lesson.files) == {"hints.md"}


def test_answers_stay_and_all_else_is_the_lessons(lesson, hand_in):
    named(hand_in, "double").source = "def double(x): return 2 * x"
    named(hand_in, "double_visible").source = "pass"
    named(hand_in, "setup").source = "check = None"
    named(hand_in, "double").metadata.nbgrader.update(points=100, grade=True)
    assert restore(hand_in, lesson) == []
    assert named(hand_in, "double").source == "def double(x): return 2 * x"
    assert "check.cases" in named(hand_in, "double_visible").source
    assert "import check" in named(hand_in, "setup").source
    assert not named(hand_in, "double").metadata.nbgrader["grade"]


def test_missing_cells_come_back_in_their_places(lesson, hand_in):
    order = [grade_id(cell) for cell in hand_in.cells if grade_id(cell)]
    hand_in.cells = [
        cell for cell in hand_in.cells if grade_id(cell) not in ("setup", "double_visible", "greet_hidden")
    ]
    assert restore(hand_in, lesson) == ["setup", "double_visible", "greet_hidden"]
    assert [grade_id(cell) for cell in hand_in.cells if grade_id(cell)] == order


def test_copies_and_strangers_become_plain_cells_without_outputs(lesson, hand_in):
    twin = copy.deepcopy(named(hand_in, "greet"))
    stranger = copy.deepcopy(twin)
    stranger.metadata.nbgrader["grade_id"] = "somebody"
    stranger.outputs = [{"output_type": "stream", "name": "stdout", "text": "<script>"}]
    hand_in.cells += [twin, stranger]
    restore(hand_in, lesson)
    assert [cell for cell in hand_in.cells if "nbgrader" in cell.metadata][-1].metadata.nbgrader["grade_id"] == "why"
    assert len({cell.id for cell in hand_in.cells}) == len(hand_in.cells)
    assert all(cell.outputs == [] for cell in hand_in.cells if cell.cell_type == "code")


def test_a_stub_is_no_answer(lesson, hand_in):
    restore(hand_in, lesson)
    assert is_unanswered(named(hand_in, "why"), lesson)
    named(hand_in, "why").source = "Because."
    assert not is_unanswered(named(hand_in, "why"), lesson)
