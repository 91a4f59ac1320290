"""A class of 60 goes through a term in one run: what an instructor relies on at its end."""

import csv
import zipfile
from collections.abc import Callable
from html import escape
from pathlib import Path

import pytest

from autograder.gradebook import record
from autograder.gradebook.by_hand import standings
from tests.autograder.term import (
    ABSENT,
    AGAIN,
    CANVAS,
    FOLDERS,
    HANDED_IN,
    IDS,
    LATE,
    LONGER,
    MOODLE,
    NAME,
    REWORDED,
    WRITTEN,
    Term,
    a_term,
    by_hand,
    canvas_name,
    everything,
    expected,
    hidden_examples,
    moodle_name,
)  # fmt: skip

pytestmark = [pytest.mark.slow, pytest.mark.seconds(400)]


@pytest.fixture(scope="module")
def term(tmp_path_factory) -> Term:
    return a_term(tmp_path_factory.mktemp("term") / "course")


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def test_nobody_is_lost_doubled_or_renamed(term):
    assert "60 students in the class." in term.said["roster"]
    people = {one.id: (one.first, one.last) for one in record.students(term.course)}
    assert people == NAME
    found = {(path.parent.parent.name, path.parent.name) for path in term.course.submitted.glob("[!.]*/*/*.ipynb")}
    assert found == everything() == set(record.marks(term.course))
    assert f"{len(everything())} graded now, 0 unchanged; 0 could not be graded." in term.said["grade"]
    assert f"missing · {MOODLE}: {ABSENT}\n" in term.said["collect moodle"]
    assert not any("not in the class" in said for said in term.said.values())


def test_points_are_those_that_the_bank_says(term):
    with record.open_gradebook(term.course) as gradebook:
        got = {
            (submission.student_id, submission.name): sum(
                grade.auto_score or 0.0 for one in submission.notebooks for grade in one.grades
            )
            for assignment in gradebook.assignments
            for submission in assignment.submissions
        }
    assert got == {key: expected(term, *key) for key in everything()}
    assert len({points for (_, lesson), points in got.items() if lesson == MOODLE}) > 5, "they differ"


def test_only_what_is_new_is_graded_again_and_marks_stay(term):
    assert f"2 graded now, {len(everything()) - 2} unchanged; 0 could not be graded." in term.said["grade again"]
    assert (
        f"newer, the earlier one kept in submitted/.earlier · {CANVAS}: {AGAIN}, {REWORDED}"
        in term.said["collect again"]
    )
    lesson, cell = term.lesson(CANVAS), WRITTEN[CANVAS]
    marks = {one.student: (one.points, one.comment, one.waits) for one in standings(term.course, lesson, cell, cell)}
    assert marks == {student: (2.0, "Why?", student == REWORDED) for student in HANDED_IN[CANVAS]}


def test_being_late_costs_what_the_rules_say(term):
    with record.open_gradebook(term.course) as gradebook:
        penalties = {
            (one.student_id, one.name): one.late_submission_penalty
            for assignment in gradebook.assignments
            for one in assignment.submissions
            if one.late_submission_penalty
        }
    # the free day went to lesson 01, of which Canvas says LATE; two days of lesson 02 are left, at ten per cent each
    assert penalties == {(LATE, MOODLE): pytest.approx(expected(term, LATE, MOODLE) * 0.2)}
    assert f"late · {CANVAS}: {LATE}\n" in term.said["collect canvas"]
    assert f"late · {MOODLE}: {LATE}\n" in term.said["collect moodle"], f"{LONGER} has an extension"


def test_report_and_exports_have_everybodys_points(term):
    points = {
        (student, lesson): expected(term, student, lesson) + by_hand(student, lesson)
        for student, lesson in everything()
    }
    points[LATE, MOODLE] *= 0.8
    wanted = {(student, lesson): points.get((student, lesson)) for student in IDS for lesson in WRITTEN}

    def read(
        rows: list[dict[str, str]], identity: str, column: Callable[[str], str]
    ) -> dict[tuple[str, str], float | None]:
        return {
            (row[identity], lesson): float(row[column(lesson)]) if row[column(lesson)] else None
            for row in rows
            for lesson in WRITTEN
            if row[identity] in NAME
        }

    exports = term.course.exports
    canvas = read(
        rows_of(exports / "canvas.csv"), "SIS Login ID", lambda name: f"{name} (555)" if name == CANVAS else name
    )
    titles = [name for name in rows_of(exports / "moodle.csv")[0] if name[:2].isdigit()]
    moodle = read(
        rows_of(exports / "moodle.csv"), "username", lambda name: next(one for one in titles if one[:2] == name[:2])
    )
    assert (
        canvas
        == moodle
        == {key: value if value is None else pytest.approx(value, abs=1e-4) for key, value in wanted.items()}
    )
    report = {(row["student"], row["lesson"]): row for row in rows_of(term.course.reports / "class.csv")}
    assert {key: float(row["points"]) for key, row in report.items() if row["points"]} == {
        key: pytest.approx(value, abs=1e-4) for key, value in points.items()
    }


def test_feedback_goes_back_under_the_names_that_came(term):
    canvas, moodle = (
        zipfile.ZipFile(term.course.exports / f"{to}-{lesson}.zip")
        for to, lesson in (("canvas", CANVAS), ("moodle", MOODLE))
    )
    with canvas, moodle:
        # Canvas reads the numbers; its own suffix for a second attempt is no part of them
        assert {name.rpartition("_neurons")[0] for name in canvas.namelist()} == {
            canvas_name(term, one, one in (AGAIN, REWORDED)).rpartition("_neurons")[0] for one in HANDED_IN[CANVAS]
        }
        folders = {f"{moodle_name(one)}_assignfeedback_file_/feedback.html" for one in HANDED_IN[MOODLE]}
        assert set(moodle.namelist()) == folders and len(moodle.namelist()) == len(folders)
        assert "Why?" in canvas.read(canvas.namelist()[0]).decode()
    pages = {path.parent.parent.name for path in term.course.feedback.glob(f"*/{FOLDERS}/*.html")}
    assert pages == set(HANDED_IN[FOLDERS])


def test_no_feedback_shows_a_hidden_example(term):
    looked_for = 0
    for student, lesson in sorted(everything()):
        (graded,) = (term.course.autograded / student / lesson).glob("*.ipynb")
        (page,) = (term.course.feedback / student / lesson).glob("*.html")
        text = page.read_text(encoding="utf-8")
        secrets = hidden_examples(graded)
        looked_for += len(secrets)
        assert not [one for one in secrets if one in text or escape(one) in text], (student, lesson)
    assert looked_for > 50
