"""The reports say what happened and run nothing that stands in a name."""

import csv

from autograder.grade import Outcome
from autograder.record import Mark
from autograder.report import ClassTable, write_reports

EVIL = '=cmd|"/c calc"!A1,<script>alert(1)</script>'


def test_names_and_remarks_are_text_in_both_reports(course):
    outcomes = [
        Outcome(EVIL, "01", True, notes=("@mended",), problems=("<b>look</b>",)),
        Outcome("yan", "01", True),
        Outcome("zoe", "01", False, problems=("no notebook",)),
    ]
    marks = {(EVIL, "01"): Mark(1.5, 3, True), ("yan", "01"): Mark(3, 3, False), ("zoe", "01"): Mark(0, 3, True)}
    page, sheet = write_reports(ClassTable.of(["01"], outcomes, marks), course)
    text = page.read_text(encoding="utf-8")
    assert "<script>alert" not in text and "&lt;script&gt;alert" in text
    assert "<b>look" not in text and "1.5 / 3 ! ✎" in text and "– / 3 ✗" in text
    with sheet.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[1] == ["'" + EVIL, "01", "1.5", "3", "graded", "<b>look</b>; @mended"]
    assert rows[2] == ["yan", "01", "3", "3", "graded", ""]
    assert rows[3] == ["zoe", "01", "", "3", "not graded", "no notebook"]
