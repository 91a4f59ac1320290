"""Points for other gradebooks: nbgrader's own columns, Canvas, Moodle."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from autograder.course import CourseError
from autograder.gradebook.person import login
from autograder.reading.notebook import Unreadable
from autograder.reading.sanitize import from_cell, write_csv
from autograder.reading.sanitize import number as short
from autograder.reading.tables import filled, read_lines, rounded
from autograder.reports.analysis import Classroom, GradedSubmission
from autograder.reports.lesson_items import title_of

CANVAS_IDS = ("Student", "ID", "SIS User ID", "SIS Login ID", "Integration ID", "Root Account", "Section")
CANVAS_MATCH = ("SIS Login ID", "SIS User ID", "ID", "Integration ID", "Student")
"""Columns in which our id of a student is looked for, the best first, where the gradebook has no Canvas number."""
NBGRADER = (
    "assignment", "duedate", "timestamp", "student_id", "last_name", "first_name", "email",
    "raw_score", "late_submission_penalty", "score", "max_score",
)  # fmt: skip


class Export:
    """A table for a gradebook: its header, its rows, and what an instructor should know of it."""

    def __init__(self, header: list[str], rows: list[list[Any]], remarks: list[str]):
        self.header, self.rows, self.remarks = header, rows, remarks

    def write(self, path: Path) -> Path:
        """Write it as CSV; returns ``path``."""
        return write_csv(path, self.header, self.rows)


def export(classroom: Classroom, to: str, roster: Path | None = None) -> Export:
    """The points of a class as another gradebook wants them, penalties for late hand-ins taken off.

    Args:
        classroom: the class.
        to: `nbgrader`, `canvas` or `moodle`.
        roster: for Canvas, the gradebook that it exported: the new table keeps its students and their ids.

    Raises:
        CourseError: where the roster is none.
    """
    if roster and to != "canvas":
        raise CourseError("A roster is for Canvas: `autograder export --to canvas --roster canvas.csv`.")
    makers: dict[str, Callable[[], Export]] = {
        "nbgrader": lambda: _nbgrader(classroom),
        "canvas": lambda: _canvas_roster(classroom, roster) if roster else _canvas(classroom),
        "moodle": lambda: _moodle(classroom),
    }
    if to not in makers:
        raise CourseError(f"Points go to {', '.join(makers)}, not {to!r}.")
    made = makers[to]()
    waiting = sum(one.waits for one in classroom.submissions.values())
    failed = sum(not one.graded for one in classroom.submissions.values())
    if waiting - failed > 0:
        made.remarks.append(
            f"{waiting - failed} hand-ins wait for a person: these points are not yet all that they get."
        )
    if failed:
        made.remarks.append(f"{failed} hand-ins could not be graded: they have no points here.")
    if late := [one.penalty for one in classroom.submissions.values() if one.penalty]:
        hand_ins = f"{len(late)} hand-in{'s' * (len(late) != 1)}"
        points = f"{short(sum(late))} point{'s' * (sum(late) != 1)}"
        made.remarks.append(f"Taken off for being late: {points}, from {hand_ins}.")
    return made


def read_csv(path: Path) -> list[dict[str, str]]:
    """A table that :meth:`Export.write` wrote, or that another program did.

    Raises:
        CourseError: where the file is no table.
    """
    try:
        (_, heading), *rows = read_lines(path)
    except Unreadable as why:
        raise CourseError(f"{path} {why}") from None
    names = [from_cell(name) for name in heading]
    return [dict(zip(names, (from_cell(value) for value in filled(row, heading)), strict=False)) for _, row in rows]


def _points(one: GradedSubmission | None) -> float | str:
    return round(one.points, 4) if one and one.graded else ""


def _all_points(classroom: Classroom, student: str) -> list[float | str]:
    return [_points(classroom.submissions.get((student, lesson.name))) for lesson in classroom.lessons]


def _maximum(classroom: Classroom, lesson: str) -> float:
    return sum(item.maximum for item in classroom.items[lesson])


def _nbgrader(classroom: Classroom) -> Export:
    """The columns of `nbgrader export`. Who handed in nothing has 0 points, as there."""
    rows: list[list[Any]] = []
    for lesson in classroom.lessons:
        due, maximum = classroom.due.get(lesson.name), _maximum(classroom, lesson.name)
        for student, person in classroom.people.items():
            one = classroom.submissions.get((student, lesson.name))
            raw = sum(grade.points for grade in one.grades.values()) if one else 0.0
            person_columns = (student, person.last, person.first, person.email)
            points = (raw, one.penalty, one.points) if one else (0.0, 0.0, 0.0)
            handed_in = str(one.handed_in or "") if one else ""
            rows.append([lesson.name, str(due or ""), handed_in, *person_columns, *points, maximum])
    return Export(list(NBGRADER), rows, [])


def _moodle(classroom: Classroom) -> Export:
    """One row a student. Moodle's import asks which column names the students: `username`, or `email`."""
    header = ["username", "email", *(title_of(lesson) for lesson in classroom.lessons)]
    rows = [
        [login(student), person.email, *_all_points(classroom, student)] for student, person in classroom.people.items()
    ]
    return Export(header, rows, [])


def _canvas(classroom: Classroom) -> Export:
    """The fewest columns that Canvas takes. It knows students by their login."""
    header = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", *(lesson.name for lesson in classroom.lessons)]
    maxima: list[Any] = [_maximum(classroom, lesson.name) for lesson in classroom.lessons]
    rows: list[list[Any]] = [["    Points Possible", "", "", "", "", *maxima]]
    for student, person in classroom.people.items():
        name, identity = person.name or login(student), login(student)
        rows.append([name, person.lms, "", identity, "", *_all_points(classroom, student)])
    return Export(header, rows, [])


def _canvas_roster(classroom: Classroom, roster: Path) -> Export:
    """Canvas's own students and ids, with our points. A column of a lesson keeps Canvas's name of it."""
    table = read_csv(roster)
    ids = [column for column in CANVAS_IDS if table and column in table[0]]
    if "ID" not in ids or "Student" not in ids:
        raise CourseError(f"{roster} is no gradebook from Canvas: it has no columns `Student` and `ID`.")
    if wrong := rounded(row["ID"].strip() for row in table):
        raise CourseError(f"{roster} {wrong}")
    columns = [_canvas_column(lesson.name, title_of(lesson), list(table[0])) for lesson in classroom.lessons]
    by_key: dict[str, int] = {}
    for column in reversed([column for column in CANVAS_MATCH if column in ids]):
        by_key |= {row[column].strip().lower(): number for number, row in enumerate(table) if row[column].strip()}
    numbers = {row["ID"].strip(): number for number, row in enumerate(table) if row["ID"].strip()}
    found = {
        student: numbers.get(person.lms, by_key.get(login(student).strip().lower()))
        for student, person in classroom.people.items()
    }
    students = {number: student for student, number in found.items() if number is not None}
    rows = []
    for number, row in enumerate(table):
        if row["Student"].strip().lower() == "points possible":
            values: list[Any] = [_maximum(classroom, lesson.name) for lesson in classroom.lessons]
        elif number in students:
            values = _all_points(classroom, students[number])
        else:
            values = [""] * len(columns)
        rows.append([*(row[column] for column in ids), *values])
    strangers = [student for student, number in found.items() if number is None]
    remarks = [f"Not in {roster.name}, so left out: {', '.join(strangers)}."] if strangers else []
    twice = [student for student, number in found.items() if number is not None and students[number] != student]
    remarks += [f"Another hand-in is of the same person, so left out: {', '.join(twice)}."] if twice else []
    return Export([*ids, *columns], rows, remarks)


def _canvas_column(lesson: str, title: str, columns: list[str]) -> str:
    """Canvas's column for a lesson, `Title (1234)`; the lesson's own name where there is none: Canvas makes one."""
    wanted = {lesson.lower(), title.lower(), title.partition(" · ")[2].lower()} - {""}
    return next(
        (column for column in columns if column.rpartition(" (")[0].lower() in wanted or column == lesson), lesson
    )
