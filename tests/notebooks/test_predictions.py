"""Predictions that count: asked before they are answered, and answered by what the cells measured."""

import ast
import re
from dataclasses import dataclass

import pytest

from course_lib import syntax
from course_lib.keras_on_spark import what_is_missing
from tests.notebooks.lessons import NOTEBOOKS, grading, prose, read
from tests.notebooks.shown import output_of

each_lesson = pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.parent.name)


@dataclass
class Call:
    """One call of `predict` in a lesson."""

    place: int
    """Number of its cell."""
    cell: str
    kind: str
    name: str
    node: ast.Call


def calls(notebook) -> list[Call]:
    found = []
    for place, cell in enumerate(read(notebook).cells):
        if cell.cell_type == "code":
            for node in ast.walk(syntax.parse(cell.source)):
                if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("predict."):
                    name = ast.literal_eval(node.args[0])
                    found.append(Call(place, cell.id, node.func.attr, name, node))
    return found


def questions(notebook) -> list[Call]:
    return [call for call in calls(notebook) if call.kind != "answer"]


def answers(notebook) -> dict[str, Call]:
    return {call.name: call for call in calls(notebook) if call.kind == "answer"}


def because(call: Call) -> dict:
    """Keys of the sentences; their texts may be reckoned."""
    given = [*call.node.args[2:3], *(word.value for word in call.node.keywords if word.arg == "because")]
    return {ast.literal_eval(key): value for part in given for key, value in zip(part.keys, part.values, strict=True)}


def measured_names(notebook) -> set[str]:
    """What the lesson's own cells bind: not imports, functions or answers of exercises."""
    own = [cell for cell in read(notebook).cells if cell.cell_type == "code" and not grading(cell).get("solution")]
    nodes = [node for cell in own for node in ast.walk(syntax.parse(cell.source))]
    return {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}


@each_lesson
def test_six_questions_and_each_is_answered_later(notebook):
    asked = questions(notebook)
    names = [call.name for call in asked]
    assert len(names) >= 6 and len(names) == len(set(names))
    given = [call.name for call in calls(notebook) if call.kind == "answer"]
    assert sorted(given) == sorted(names)
    for call in asked:
        assert answers(notebook)[call.name].place > call.place, call.name


@each_lesson
def test_answers_come_from_what_was_measured(notebook):
    bound = measured_names(notebook)
    for call in answers(notebook).values():
        measured = {node.id for node in ast.walk(call.node.args[1]) if isinstance(node, ast.Name)}
        assert measured & bound, f"{call.name}: {ast.unparse(call.node.args[1])} is typed in"


@each_lesson
def test_wrong_expectations_have_sentences(notebook):
    for call in questions(notebook):
        sentences = because(answers(notebook)[call.name])
        assert sentences, call.name
        if call.kind != "number":
            options = ast.literal_eval(call.node.args[2])
            assert len(options) == len(set(options)) >= 2, call.name
            said = [key if isinstance(key, tuple) else (key,) for key in sentences]
            assert all(part in options for key in said for part in key), f"{call.name}: {sentences.keys()}"
            assert call.kind == "choice" or all(isinstance(key, tuple) for key in sentences), call.name
        else:
            assert all(key in ("too low", "too high") or isinstance(key, (int, float)) for key in sentences), call.name


@each_lesson
def test_their_words_hold_no_marks_of_markdown(notebook):
    """They are shown as they stand: `fit` with its backticks, *more* with its stars."""
    for call in calls(notebook):
        texts = [node.value for node in ast.walk(call.node) if isinstance(node, ast.Constant)]
        marked = [text for text in texts if isinstance(text, str) and re.search(r"`|\*\w[^*]*\w\*", text)]
        assert not marked, call.name


@each_lesson
def test_grading_leaves_them_out_and_answers_are_folded(notebook):
    cells = {cell.id: cell for cell in read(notebook).cells}
    for call in calls(notebook):
        metadata = cells[call.cell].metadata
        assert "skip-grading" in metadata.get("tags", []) and not grading(cells[call.cell]), call.cell
        if call.kind == "answer":
            assert metadata.get("jupyter", {}).get("source_hidden"), f"{call.cell}: its sentences give the answer away"


BY_THE_CLOCK = {"work", "spark-time", "lazy", "cache", "longer", "pieces", "beside-plain", "shared-time", "longest"}
"""Questions whose answer is measured in time. On a busy machine it may be another one, and is then read as it came."""


def test_the_questions_by_the_clock_are_asked():
    assert {call.name for notebook in NOTEBOOKS for call in questions(notebook)} >= BY_THE_CLOCK


@each_lesson
@pytest.mark.slow
def test_each_answer_is_one_that_could_be_given(notebook):
    for call in questions(notebook):
        found = answers(notebook)[call.name]
        if what_is_missing() and "if not missing:" in prose(notebook, found.cell):
            continue  # the lesson leaves out what SystemDS would have answered
        shown = [line for line in output_of(notebook, found.cell).splitlines() if line.startswith("Measured: ")]
        assert shown, found.cell
        if call.kind == "number":
            continue
        options = ast.literal_eval(call.node.args[2])
        said = [line.removeprefix("Measured: ") for line in shown]
        if call.kind == "choice":
            came_out = [option for option in options if any(f"{line} (".startswith(f"{option} (") for line in said)]
            assert came_out, f"{call.name}: {said} is none of {options}"
            never_read = set(came_out) & set(because(found)) if call.name not in BY_THE_CLOCK else ()
            assert not never_read, f"{call.name}: a sentence for what came out is never read"
        else:
            assert any(sorted(line.split(" (")[0].split(" → ")) == sorted(options) for line in said), call.name
