"""What stands in the check cells of the lessons, and what students can read of the tests: a table, printed."""

import ast

import pytest

from autograder.course import is_test
from course_lib import syntax
from course_lib.check.lesson import pack
from tests.notebooks.lessons import NOTEBOOKS, read


def code_lines(source: str) -> int:
    """Lines that are neither empty nor a comment."""
    return sum(bool(line.strip()) and not line.strip().startswith("#") for line in source.splitlines())


def test_check_cells_are_short_and_give_nothing_away(capsys):
    cells = [cell.source for notebook in NOTEBOOKS for cell in read(notebook).cells if is_test(cell)]
    visible = [source for source in cells if "hidden" not in source]
    in_the_open = [notebook for notebook in NOTEBOOKS if _shows_a_solution(notebook)]
    table = {
        "code lines in check cells of all lessons": sum(map(code_lines, cells)),
        "longest check cell that a student sees, in lines": max(len(source.splitlines()) for source in visible),
        "lessons whose checks are readable in what a student opens": len(in_the_open),
    }
    with capsys.disabled():
        print("\n" + "\n".join(f"{name:60} {value:5}" for name, value in table.items()))
    assert table["code lines in check cells of all lessons"] < 700
    assert table["longest check cell that a student sees, in lines"] <= 3
    assert not in_the_open


def _shows_a_solution(notebook) -> bool:
    """Whether what students get of the checks holds Python that can be read."""
    packed = pack((notebook.parent / "checks.py").read_text(encoding="utf-8"))
    return "lambda" in packed or "def " in packed


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.parent.name)
def test_every_exercise_of_the_notebook_stands_in_its_checks(notebook):
    names = [cell.metadata.nbgrader.grade_id for cell in read(notebook).cells if _is_answer(cell)]
    tree = syntax.parse((notebook.parent / "checks.py").read_text(encoding="utf-8"))
    classes = [node for node in tree.body if isinstance(node, ast.ClassDef)]
    asked = [
        part.value.value
        for node in classes
        for part in node.body
        if isinstance(part, ast.Assign)
        and ast.unparse(part.targets[0]) == "name"
        and isinstance(part.value, ast.Constant)
    ]
    assert asked == names
    assert all(ast.get_docstring(node) for node in classes), "each says in a line what is asked"


def _is_answer(cell) -> bool:
    meta = cell.metadata.get("nbgrader", {})
    return cell.cell_type == "code" and meta.get("solution") and not meta.get("grade")
