"""The one writer of ``gradebook.db`` and ``autograded/``. What a person has marked by hand stays."""

from __future__ import annotations

import shutil
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from autograder.course import Course, Lesson
from autograder.run import Result


@dataclass(frozen=True)
class Mark:
    """What the gradebook says of one student and lesson."""

    points: float
    maximum: float
    to_read: bool
    """Whether a person must still mark something."""


@contextmanager
def _gradebook(course: Course) -> Iterator:
    from nbgrader.api import Gradebook
    from sqlalchemy.exc import SAWarning

    with warnings.catch_warnings(), Gradebook(course.gradebook_url) as gradebook:
        warnings.simplefilter("ignore", SAWarning)  # nbgrader's own way of adding a submission
        yield gradebook


def record(course: Course, lesson: Lesson, student: str, result: Result) -> None:
    """Write a hand-in's points and put its graded notebook into ``autograded/``; both replace what was there."""
    with _gradebook(course) as gradebook:
        notebook = _submitted_notebook(gradebook, lesson, student)
        notebook.assignment.timestamp = result.timestamp
        notebook.late_submission_penalty = result.late_penalty
        missing = {name for name, points in result.points.items() if points is None} - _manual(notebook)
        for grade in notebook.grades:
            grade.auto_score = 0.0 if grade.name in missing else result.points.get(grade.name)
            flagged = grade.name in missing or grade.name in result.flagged
            grade.needs_manual_grade = flagged or grade.auto_score is None or grade.manual_score is not None
        for comment in notebook.comments:
            comment.auto_comment = result.comments.get(comment.name)
        gradebook.db.commit()
    _replace_autograded(course, lesson, student, result)


def record_failure(course: Course, lesson: Lesson, student: str) -> None:
    """Take back the points that a program gave earlier: this hand-in waits for a person."""
    with _gradebook(course) as gradebook:
        notebook = _submitted_notebook(gradebook, lesson, student)
        for grade in notebook.grades:
            grade.auto_score, grade.needs_manual_grade = None, True
        gradebook.db.commit()
    _replace_autograded(course, lesson, student, None)


def marks(course: Course) -> dict[tuple[str, str], Mark]:
    """(student, lesson) → what the gradebook says."""
    from nbgrader.api import SubmittedAssignment

    if not course.gradebook.exists():
        return {}
    with _gradebook(course) as gradebook:
        return {
            (submission.student_id, submission.name): Mark(
                submission.score, submission.max_score, submission.needs_manual_grade
            )
            for submission in gradebook.db.query(SubmittedAssignment)
        }


def knows(course: Course, lesson: Lesson) -> bool:
    """Whether the lesson's cells are in the gradebook."""
    from nbgrader.api import Assignment

    if not course.gradebook.exists():
        return False
    with _gradebook(course) as gradebook:
        return gradebook.db.query(Assignment).filter(Assignment.name == lesson.name).count() == 1


def _submitted_notebook(gradebook, lesson: Lesson, student: str):
    gradebook.update_or_create_student(student)
    submission = gradebook.update_or_create_submission(lesson.name, student)
    (notebook,) = submission.notebooks
    return notebook


def _manual(notebook) -> set[str]:
    """The cells that a person marks."""
    return {cell.name for cell in notebook.notebook.solution_cells} | {
        cell.name for cell in notebook.notebook.grade_cells if cell.cell_type == "markdown"
    }


def _replace_autograded(course: Course, lesson: Lesson, student: str, result: Result | None) -> None:
    """Put the graded folder in its place in one step, so that it is there whole or not at all."""
    place = course.autograded / student / lesson.name
    fresh = course.autograded / ".new"
    shutil.rmtree(fresh, ignore_errors=True)
    if result:
        shutil.copytree(result.folder, fresh)
    if place.exists():
        shutil.rmtree(place)
    if result:
        place.parent.mkdir(parents=True, exist_ok=True)
        fresh.rename(place)
