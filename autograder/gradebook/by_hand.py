"""Points and comments that a person gives, one question at a time; they land where Formgrader's land.

Several people may mark at once, here and in Formgrader. Whoever saw an answer as it is no longer (marked meanwhile, or
graded again) changes nothing.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.course import Course, CourseError, Lesson
from autograder.gradebook.lock import only_writer
from autograder.gradebook.record import has_gradebook, open_gradebook
from autograder.gradebook.seen import what_is_seen

MARKED_MEANWHILE, GRADED_AGAIN, GONE = "marked meanwhile", "graded again", "gone"
"""Why a mark was not written: somebody else's stands there; the answer is another one; it is no longer there."""


@dataclass(frozen=True)
class Standing:
    """What the gradebook says of one student's answer to a question."""

    id: str
    """nbgrader's, of its grade: a number that tells nobody whose it is."""
    student: str
    points: float | None
    """That a person gave."""
    automatic: float | None
    """That a program gave."""
    waits: bool
    comment: str
    """That a person wrote."""
    extra: float | None
    """Credit beyond the maximum, which only Formgrader gives."""

    @property
    def version(self) -> str:
        """Another text for each other state."""
        state = [self.points, self.automatic, self.waits, self.comment, self.extra]
        return hashlib.sha256(json.dumps(state).encode()).hexdigest()[:20]


@dataclass(frozen=True)
class Mark:
    """What a person decides of one answer."""

    id: str
    version: str
    """Of the :class:`Standing` that the person saw."""
    seen: str
    """Of the answer that the person saw (:func:`autograder.gradebook.seen.what_is_seen`)."""
    points: float | None
    comment: str
    waits: bool = False
    """True where a mark is taken back."""


def counts(course: Course) -> dict[tuple[str, str], list[tuple[str, bool, bool]]]:
    """(lesson, cell that gives points) → of each hand-in: the student, whether it waits, whether a person marked it."""
    from nbgrader.api import Assignment, BaseCell, Grade, SubmittedAssignment, SubmittedNotebook
    from sqlalchemy import select

    found: dict[tuple[str, str], list[tuple[str, bool, bool]]] = {}
    if not has_gradebook(course):
        return found
    query = (
        select(Assignment.name, BaseCell.name, SubmittedAssignment.student_id)
        .add_columns(Grade.needs_manual_grade, Grade.manual_score)
        .join(BaseCell, Grade.cell_id == BaseCell.id)
        .join(SubmittedNotebook, Grade.notebook_id == SubmittedNotebook.id)
        .join(SubmittedAssignment, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        .join(Assignment, SubmittedAssignment.assignment_id == Assignment.id)
    )
    with open_gradebook(course) as gradebook:
        for lesson, cell, student, waits, points in gradebook.db.execute(query):
            found.setdefault((lesson, cell), []).append((student, bool(waits), points is not None))
    return found


def standings(course: Course, lesson: Lesson, cell: str, answer: str) -> list[Standing]:
    """What the gradebook says of all answers to a question, in an order that tells nothing.

    Args:
        course: whose gradebook.
        lesson: which lesson.
        cell: grade_id of the cell that gives the points.
        answer: grade_id of the answer's cell, which has the comment.
    """
    with open_gradebook(course) as gradebook:
        return [standing for standing, _, _ in _rows(gradebook, lesson, cell, answer)]


def comments_used(standings: Iterable[Standing]) -> list[str]:
    """The comments that stand there, the most frequent first."""
    found = Counter(one.comment for one in standings if one.comment)
    return [text for text, _ in sorted(found.items(), key=lambda item: (-item[1], item[0]))]


def mark(course: Course, lesson: Lesson, cell: str, answer: str, marks: list[Mark]) -> dict[str, str]:
    """Write marks, each whole or not at all.

    Args:
        course: whose gradebook.
        lesson: which lesson.
        cell: grade_id of the cell that gives the points.
        answer: grade_id of the answer's cell, which has the comment.
        marks: what to write.

    Returns:
        id → why it was not written; empty where all were.

    Raises:
        CourseError: where points are no number from 0 to the cell's maximum; then nothing is written.
    """
    maximum = lesson.grade_ids[cell]
    for one in marks:
        if one.points is not None and not 0 <= one.points <= maximum:  # not a number is not in between either
            raise CourseError(f"Points go from 0 to {maximum:g}, so {one.points:g} is not possible.")
    refused = {}
    with only_writer(course), open_gradebook(course) as gradebook:  # nobody grades between the look and the mark
        there = {row[0].id: row for row in _rows(gradebook, lesson, cell, answer)}
        gradebook.db.rollback()  # what is written next begins a transaction of its own
        for one in sorted(marks, key=lambda one: one.id):  # in one order, so that two markers never wait for each other
            if one.id not in there:
                refused[one.id] = GONE
                continue
            standing, grade, comment = there[one.id]
            notebook = course.autograded / standing.student / lesson.name / lesson.notebook.name
            if standing.version != one.version:
                refused[one.id] = MARKED_MEANWHILE
            elif _seen(notebook, cell) != one.seen:
                refused[one.id] = GRADED_AGAIN
            elif not _write(gradebook, standing, grade, comment, one):
                refused[one.id] = MARKED_MEANWHILE
    return refused


def _seen(notebook: Path, cell: str) -> str:
    return what_is_seen(notebook).get(cell, "")


def _rows(gradebook: Any, lesson: Lesson, cell: str, answer: str) -> list[tuple[Standing, Any, Any]]:
    """What stands there, with the ids of its grade and of its comment (None where it has none)."""
    from nbgrader.api import Comment, Grade, MissingEntry, SubmittedAssignment, SubmittedNotebook
    from sqlalchemy import and_, select

    notebook = lesson.notebook.stem
    try:
        of = gradebook.find_graded_cell(cell, notebook, lesson.name).id
        commented = gradebook.find_solution_cell(answer, notebook, lesson.name).id
    except MissingEntry:
        return []
    what = (Grade.manual_score, Grade.auto_score, Grade.needs_manual_grade, Comment.manual_comment, Grade.extra_credit)
    query = (
        select(Grade.id, SubmittedAssignment.student_id, *what, Comment.id)
        .where(Grade.cell_id == of)
        .join(SubmittedNotebook, Grade.notebook_id == SubmittedNotebook.id)
        .join(SubmittedAssignment, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        .outerjoin(Comment, and_(Comment.notebook_id == SubmittedNotebook.id, Comment.cell_id == commented))
        .order_by(Grade.id)
    )
    return [
        (Standing(grade, student, points, auto, bool(waits), text or "", extra), grade, comment)
        for grade, student, points, auto, waits, text, extra, comment in gradebook.db.execute(query)
    ]


def _write(gradebook: Any, was: Standing, grade: str, comment: str | None, new: Mark) -> bool:
    """Write one mark where the database still says what it said a moment ago; Formgrader may have written since."""
    from nbgrader.api import Comment, Grade
    from sqlalchemy import func, update

    points = (
        update(Grade)
        .where(
            Grade.id == grade,
            Grade.manual_score.is_not_distinct_from(was.points),
            Grade.auto_score.is_not_distinct_from(was.automatic),
            Grade.extra_credit.is_not_distinct_from(was.extra),
            Grade.needs_manual_grade == was.waits,
        )
        .values(manual_score=new.points, needs_manual_grade=new.waits)
    )
    words = (
        update(Comment)
        .where(Comment.id == comment, func.coalesce(Comment.manual_comment, "") == was.comment)
        .values(manual_comment=new.comment or None)
    )
    written: bool = gradebook.db.execute(points).rowcount == 1
    if written and comment is not None and new.comment != was.comment:
        written = gradebook.db.execute(words).rowcount == 1
    if written:
        gradebook.db.commit()
    else:
        gradebook.db.rollback()
    return written
