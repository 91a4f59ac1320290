"""The made-up class: twelve hand-ins, graded, with mishaps that a person must see."""

import csv

import pytest

pytestmark = pytest.mark.slow


def test_a_class_of_twelve_is_graded_and_reported(course, autograder):
    code, printed = autograder("demo", "01")
    assert code == 0, printed
    with (course.root / "demo" / "reports" / "class.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 12
    assert all(row["student"].split("-")[0] in printed for row in rows)
    points = {row["student"]: row["points"] for row in rows}
    assert float(points["amara-okoye"]) > float(points["jonas-lindgren"])
    assert "class.html" in printed
    assert not course.gradebook.exists(), "the demo has a gradebook of its own"


def test_a_lesson_without_a_bank_is_refused(course, autograder):
    for path in course.answers.rglob("*.py"):
        path.unlink()
    code, printed = autograder("demo", "01")
    assert code == 2 and "no answers" in printed
