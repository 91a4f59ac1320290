"""The table on the screen says what happened, and a name in it cannot colour or clear the terminal."""

import io

from rich.console import Console

from autograder.commands.class_table import ClassTable, rich_table
from autograder.gradebook.record import Mark
from autograder.grading.grade_class import Outcome

EVIL = "\x1b[2J\x1b[31m[bold]evil"


def test_points_signs_and_remarks():
    outcomes = [
        Outcome(EVIL, "01", True, notes=("mended",), problems=("look",)),
        Outcome("yan", "01", True, unchanged=True),
        Outcome("zoe", "01", False, problems=("no notebook",)),
    ]
    marks = {(EVIL, "01"): Mark(1.5, 3, True), ("yan", "01"): Mark(3, 3, False), ("zoe", "01"): Mark(0, 3, True)}
    table = ClassTable.of(["01"], outcomes, marks)
    console = Console(width=100, record=True, file=io.StringIO())
    console.print(rich_table(table))
    text = console.export_text()
    assert "[bold]evil" in text and "\x1b" not in text
    assert "1.5 / 3 ! ✎" in text and "3 / 3 =" in text and "– / 3 ✗" in text
    assert [(sign, sentence) for sign, _, sentence in table.remarks()] == [
        ("✗", "no notebook"),
        ("!", "look"),
        ("·", "mended"),
    ]


def test_a_line_break_in_a_name_makes_no_line_of_its_own():
    outcome = Outcome("ada\n✗ bo · 01: not graded", "01_small", True, problems=("look\nat this",))
    table = ClassTable.of(["01_small"], [outcome], {})
    assert table.remarks() == [("!", "ada ✗ bo · 01: not graded · 01_small", "look at this")]
