"""Objectives and questions from memory: each objective is met three times in two forms, and every name is there."""

import re

import pytest

from course_lib.recall import Asked
from tests.notebooks import objectives
from tests.notebooks.lessons import NOTEBOOKS, exercises, grading, read
from tests.notebooks.objectives import WITH_QUESTIONS, items, number, questions
from tests.notebooks.test_predictions import questions as predictions

each_lesson = pytest.mark.parametrize("notebook", WITH_QUESTIONS, ids=lambda path: path.parent.name)
FIRST = NOTEBOOKS[0]


def asked(notebook) -> list[Asked]:
    return [*questions(notebook).opening, *questions(notebook).closing]


def there(notebook) -> set[str]:
    """All that may be an item of this lesson."""
    written = [
        grading(cell)["grade_id"]
        for cell in read(notebook).cells
        if grading(cell).get("points") and cell.cell_type == "markdown"
    ]
    return (
        {f"exercise:{name}" for name in [*exercises(notebook), *written]}
        | {f"prediction:{call.name}" for call in predictions(notebook)}
        | {f"closing:{one.question.name}" for one in questions(notebook).closing}
    )


@each_lesson
def test_objectives_are_those_of_the_first_cell(notebook):
    _, _, goals = read(notebook).cells[0].source.partition("After this lesson you can")
    listed = [goal.rstrip(",.") for goal in re.findall(r"^- (.+)$", goals, flags=re.M)]
    assert [objective.text for objective in questions(notebook).objectives] == listed


@each_lesson
def test_each_objective_is_met_three_times_in_two_forms(notebook):
    for objective in questions(notebook).objectives:
        assert set(objective.items) <= there(notebook), f"{objective.name}: {set(objective.items) - there(notebook)}"
        met = set(items(notebook, objective))
        forms = {item.split(":")[0].replace("opening", "closing") for item in met}
        assert len(met) >= 3 and len(forms) >= 2, f"{objective.name}: {sorted(met)}"
    listed = {item for objective in questions(notebook).objectives for item in objective.items}
    closing = {f"closing:{one.question.name}" for one in questions(notebook).closing}
    assert closing <= listed, f"{closing - listed}: a question without its objective"


@each_lesson
def test_two_questions_on_earlier_lessons_and_three_on_its_own(notebook):
    opening, closing = questions(notebook).opening, questions(notebook).closing
    assert (len(opening), len(closing)) == (2, 3)
    assert [one for one in closing if one.question.kind == "order"]
    assert [one for one in closing if one.question.text == "Which of these sentences is wrong?"]
    assert not [one.recalls for one in closing if one.recalls]
    if notebook == FIRST:
        assert not [one.recalls for one in opening if one.recalls], "there is nothing before it"
        return
    lessons = {one.recalls.partition(":")[0] for one in opening}
    assert lessons != {f"{int(number(notebook)) - 1:02}"} or lessons == {"01"}, "not both on the last lesson"
    for one in opening:
        lesson, _, objective = one.recalls.partition(":")
        assert lesson in {number(path) for path in NOTEBOOKS} and lesson < number(notebook), one.recalls
        known = [path for path in WITH_QUESTIONS if number(path) == lesson]
        assert all(objective in {each.name for each in questions(path).objectives} for path in known), one.recalls


@each_lesson
def test_wrong_answers_have_sentences(notebook):
    for one in asked(notebook):
        assert one.because, one.question.name
        assert one.question.kind != "choice" or 3 <= len(one.question.options) <= 4, one.question.name


@each_lesson
def test_they_stand_where_they_should(notebook):
    cells = read(notebook).cells
    order = [cell.id for cell in cells]
    for part, what in (("opening", "Two questions on "), ("closing", "Three questions on this lesson, from memory. ")):
        cell = cells[order.index(f"recall-{part}")]
        comment, call = cell.source.splitlines()
        assert comment.startswith(f"# {what}") and comment.endswith(", from memory. Run this cell.")
        assert call == f"recall.{part}()"
        assert "skip-grading" in cell.metadata.get("tags", []) and "jupyter" not in cell.metadata
    first = next(n for n, cell in enumerate(cells) if re.search(r"^## 1 ·", cell.source, flags=re.M))
    assert order.index("setup") < order.index("recall-opening") < first
    assert order.index("recall-closing") + 1 == order.index("recap")


def test_the_page_of_objectives_is_that_of_the_lessons():
    said = objectives.PAGE.read_text(encoding="utf-8")
    assert said == objectives.page(), "write it anew: python -m tests.notebooks.objectives"
