"""One mark for a team: what a person gives to one member's copy of an answer holds for all of them.

Formgrader shows each member's copy. One of them waits to be marked, that of the member who comes first in the
alphabet; the others do not. Each time a command of ours looks at the gradebook, marks and comments that a person has
changed go to the rest of the team. What each had then is kept in a small file, to tell a change from what has always
been there.
"""

from __future__ import annotations

from typing import Any

from autograder.course import Course, read_json
from autograder.gradebook.person import people_in
from autograder.gradebook.teams import Teams
from course_lib.files import write_json

MARK = ("manual_score", "extra_credit")
COMMENT = ("manual_comment",)


def share(course: Course, gradebook: Any) -> list[str]:
    """Give each member of a team what a person gave to one of them.

    Args:
        course: whose teams.
        gradebook: open.

    Returns:
        A sentence where two members were given different marks: one counts.
    """
    teams = Teams.read(course, people_in(gradebook))
    before = read_json(course.team_marks)
    if not teams.rows and not before:
        return []
    now: dict[str, list[Any]] = {}
    said: list[str] = []
    for assignment in gradebook.assignments:
        by_student = {one.student_id: one.notebooks[0] for one in assignment.submissions if one.notebooks}
        for team, members in teams.together(assignment.name).items():
            books = {student: by_student[student] for student in members if student in by_student}
            if len(books) < 2:
                continue
            for kind, fields in (("grades", MARK), ("comments", COMMENT)):
                cells: dict[str, dict[str, Any]] = {}
                for student, book in books.items():
                    for row in getattr(book, kind):
                        cells.setdefault(row.name, {})[student] = row
                for name, rows in cells.items():
                    key = f"{assignment.name}/{name}/{kind}"
                    known = {student: before.get(f"{key}/{student}") for student in rows}
                    who, differ = _agree(rows, fields, known)
                    if differ and kind == "grades":
                        said.append(
                            f"{assignment.name} · team {team}: {name} was marked for {' and '.join([who, *differ])} in "
                            f"different ways. The mark of {who} counts for all. Change it there if it should not."
                        )
                    now |= {f"{key}/{student}": _values(row, fields) for student, row in rows.items()}
    gradebook.db.commit()
    if now != before:
        write_json(course.team_marks, now)
    return said


def _agree(rows: dict[str, Any], fields: tuple[str, ...], known: dict[str, list[Any] | None]) -> tuple[str, list[str]]:
    """Make the rows of one cell the same, in place.

    Args:
        rows: member → grade or comment, the members in order.
        fields: what of it a person gives.
        known: member → what the fields were the last time.

    Returns:
        Whose values count, and who was given others since the last time.
    """
    blank: list[Any] = [None] * len(fields)
    changed = [student for student, row in rows.items() if _values(row, fields) != (known[student] or blank)]
    given = [student for student, row in rows.items() if _values(row, fields) != blank]
    who = (changed or given or list(rows))[0]
    values = _values(rows[who], fields)
    differ = [student for student in changed if _values(rows[student], fields) != values]
    waits = getattr(rows[who], "needs_manual_grade", None)
    for number, row in enumerate(rows.values()):
        for field, value in zip(fields, values, strict=True):
            setattr(row, field, value)
        if waits is not None:
            row.needs_manual_grade = waits and number == 0
    return who, differ


def _values(row: Any, fields: tuple[str, ...]) -> list[Any]:
    return [getattr(row, field) for field in fields]
