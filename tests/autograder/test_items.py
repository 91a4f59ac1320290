"""What a lesson asks, and what its tests said: read from notebooks that anybody may have written."""

import json
import re

import pytest

from autograder.authoring.answers import read_bank
from autograder.course import Course
from autograder.reports.lesson_items import (
    COMMON,
    NOT_RUN,
    ast_of,
    hints_in,
    hints_of,
    items_of,
    read_graded,
    read_message,
    title_of,
)
from tests.autograder.tiny_course import REPOSITORY


def test_the_exercises_of_a_lesson(course):
    (lesson,) = course.lessons()
    double, greet, why = items_of(lesson)
    assert title_of(lesson) == "01 · Small numbers"
    assert (double.title, double.maximum, double.written) == ("Exercise 1 · double", 2, False)
    assert double.hidden == {"double_hidden"} and list(double.tests) == ["double_visible", "double_hidden"]
    assert double.hint("square") == "Twice a number is not its square."
    assert greet.section == "Small numbers" and greet.maximum == 1
    assert why.written and why.maximum == 2 and not why.hints


def test_hints_are_read_where_they_are_written():
    source = (
        'check.that(x, "Say this.", name="a", mistake="one")\ncheck.equal(x, 1, mistakes={"two": (2, "Two" " words.")})'
    )
    assert hints_in(ast_of(source)) == {"one": "Say this.", "two": "Two words."}
    assert hints_in(ast_of("%magic is no Python")) == {}


def test_texts_in_examples_are_no_hints():
    checks = """
WORDS = {"b": "hidden"}
HINTS = {"two": (2, "Two words.")}
class E(Exercise):
    name = "e"
    facts = {"a": "fact"}
    def hidden(self, rng):
        yield (WORDS,), {"d": "dawn"}
    mistakes = {"one": (1, "One word."), **HINTS}
"""
    assert hints_of(checks, "e") == {"one": "One word.", "two": "Two words."}


@pytest.mark.parametrize(
    ("error", "text", "mistake", "hint", "detail"),
    [
        (
            "CheckFailed",
            '✗ double · square\nA hint.\nOf two lines.\n  got       9\n  More help: check.hint("double")',
            "square",
            "A hint.\nOf two lines.",
            "got       9",
        ),
        ("CheckFailed", "✗ double is not right yet\n  got       0", "", "", "got       0"),
        ("CheckFailed", "✗ double · square", "square", "", ""),
        ("NameError", "name 'x' is not defined", "NameError", "name 'x' is not defined", ""),
        ("NotRun", "It needed too much memory.", NOT_RUN, "It needed too much memory.", ""),
        ("\x1b[1mE", "\x1b[31mred", "E", "red", ""),
    ],
)
def test_messages(error, text, mistake, hint, detail):
    message = read_message(error, text)
    assert (message.mistake, message.hint, message.detail) == (mistake, hint, detail)


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "3", '{"cells": 1}', '{"cells": [1]}', '{"cells": [{"source": 3}]}', "[" * 100_000],
)
def test_a_notebook_that_cannot_be_read_is_none(tmp_path, text):
    path = tmp_path / "a.ipynb"
    path.write_text(text)
    assert read_graded(path) is None


def test_odd_outputs_and_times_do_no_harm(tmp_path):
    def cell(name: str, outputs: object, execution: object) -> dict:
        nbgrader = {"grade_id": name, "grade": True}
        return {
            "cell_type": "code",
            "source": "",
            "outputs": outputs,
            "metadata": {"nbgrader": nbgrader, "execution": execution},
        }

    times = {"iopub.execute_input": "2026-01-01T00:00:01Z", "shell.execute_reply": "2026-01-01T00:00:03Z"}
    cells = [
        cell("a", [{"output_type": "error", "ename": ["x"], "evalue": {"y": 1}}], times),
        cell("b", [{"output_type": "stream"}, {}], "soon"),
        cell("c", [3, None], {"iopub.execute_input": 5}),
        cell("d", {"output_type": "error"}, None),
    ]
    path = tmp_path / "a.ipynb"
    path.write_text(json.dumps({"cells": cells}))
    ran = read_graded(path)
    assert ran.seconds == {"a": 2.0, "b": 0.0, "c": 0.0, "d": 0.0}
    assert list(ran.messages) == ["a"]


def test_every_mistake_of_the_answer_bank_has_words_of_the_course():
    course = Course(REPOSITORY)
    for lesson in course.lessons():
        bank = read_bank(course.answers / lesson.name)
        for item in items_of(lesson):
            assert item.section, f"{lesson.name} {item.name} stands in no part of the lesson"
            for answer in bank.get(item.name, []):
                assert not answer.mistake or item.known(answer.mistake), f"{lesson.name} {item.name}: {answer.mistake}"


def test_every_family_of_mistakes_has_words_that_tell_nothing_of_a_test():
    source = "\n".join(file.read_text(encoding="utf-8") for file in REPOSITORY.glob("course_lib/check/*.py"))
    names = set(re.findall(r'Family\(\s*"([^"]+)"', source))
    assert len(names) > 35 and names <= set(COMMON)
