"""The table on the screen says what happened, and a name in it cannot colour or clear the terminal."""

import io

from rich.console import Console

from autograder.authoring.mutants import Fault, LessonFaults
from autograder.authoring.repairs import Chain
from autograder.commands.class_table import HINTS, ClassTable, rich_table, show_mutants, show_repairs
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


def test_thirteen_lessons_stand_side_by_side_in_a_window_of_80_letters():
    console = Console(width=80, record=True, file=io.StringIO())
    lessons = [f"{number:02}_some_topic" for number in range(1, 14)]
    kinds = [kind for kind in HINTS if kind != "stopped"]
    faults = [Fault("f", "a", "x → y", True, kind) for kind in kinds] * 99
    show_mutants([LessonFaults(lesson, [*faults, Fault("f", "a", "x → z", False, "")]) for lesson in lessons], console)
    assert show_repairs([(lesson, [Chain("f", "a", ("said",), ("check",))] * 123) for lesson in lessons], console)
    rows = [line.split() for line in console.export_text().splitlines()]
    assert [row[-13:] for row in rows if row[:1] == ["lesson"]] == [[lesson[:2] for lesson in lessons]] * 2
    assert [row for row in rows if row[:2] == ["own", "hint"]] == [["own", "hint", *["99"] * 13]]
    assert [row for row in rows if row[:2] == ["after", "1"]] == [["after", "1", *["123"] * 13]]
    assert not any("…" in row for row in rows)
