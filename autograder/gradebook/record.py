"""The one writer of ``gradebook.db`` and ``autograded/``. What a person has marked by hand stays."""

from __future__ import annotations

import contextlib
import shutil
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from autograder.course import TIMESTAMP, Course, CourseError, Lesson
from autograder.gradebook import late_penalty, team_marks
from autograder.gradebook.due import in_zone, tell_students
from autograder.gradebook.late_days import Rules, check
from autograder.gradebook.lock import only_grader, only_writer
from autograder.gradebook.person import Person, people_in
from autograder.gradebook.result import Result
from autograder.gradebook.seen import what_is_seen
from autograder.processes import no_alembic
from autograder.processes.scratch import delete


@dataclass(frozen=True)
class Mark:
    """What the gradebook says of one student and lesson."""

    points: float
    maximum: float
    to_read: bool
    """Whether a person must still mark something."""


def has_gradebook(course: Course) -> bool:
    """Whether there is a gradebook; nbgrader makes the tables of a database that has none."""
    return course.gradebook is None or course.gradebook.exists()


_kept: dict[str, Any] = {}
"""Address → the gradebook, between two openings within :func:`kept_ready`; None before the first."""


@contextmanager
def kept_ready(course: Course) -> Iterator[None]:
    """While the block runs, open the gradebook the second time as quickly as if it had been open all the time.

    What SQLAlchemy has worked out for it is kept: its tables, the text of each query. For each hand-in anew, that took
    most of what recording it takes. Between two openings no connection and no transaction is open, so what others
    write is seen, and a kill loses no more than it ever did.
    """
    url = course.gradebook_url
    _kept[url] = None
    try:
        yield
    finally:
        _kept.pop(url, None)


@contextmanager
def open_gradebook(course: Course) -> Iterator[Any]:
    """The course's gradebook, open as long as the block runs.

    Raises:
        CourseError: where it cannot be opened.
    """
    from sqlalchemy.exc import SAWarning

    url = course.gradebook_url
    is_kept = url in _kept
    opened = (_kept.pop(url, None) if has_gradebook(course) else None) or _opened(course, url)
    try:
        with warnings.catch_warnings(), opened as gradebook:  # at its end the connection is closed
            warnings.simplefilter("ignore", SAWarning)  # nbgrader's own way of adding a submission
            yield gradebook
    finally:
        if is_kept:
            _kept[url] = opened


def _opened(course: Course, url: str) -> Any:
    """The gradebook at an address, its tables looked at, or made where there are none.

    Raises:
        CourseError: where it cannot be opened.
    """
    from nbgrader.api import Gradebook
    from sqlalchemy.engine import make_url
    from sqlalchemy.exc import SQLAlchemyError

    try:
        if _is_older(url):
            copy = f"cp {course.gradebook} {course.gradebook}.before" if course.gradebook else "pg_dump"
            raise CourseError(
                f"The gradebook {course.gradebook or make_url(url).render_as_string()} was made by an "
                f"older nbgrader; nothing was changed in it. Copy it ({copy}), then run `nbgrader db upgrade`."
            )
        no_alembic.ask_here()
        return Gradebook(url)
    except (ImportError, SQLAlchemyError) as error:
        where = make_url(url).render_as_string()  # the password becomes ***
        cure = "\nIts driver is missing: pip install -e .[postgresql]" if isinstance(error, ImportError) else ""
        raise CourseError(f"The gradebook {where} cannot be opened: {str(error).splitlines()[0]}{cure}") from None


def _is_older(url: str) -> bool:
    """Whether a database lacks a table or a column that this nbgrader has. An empty one does not: it gets them all."""
    from nbgrader.api import Base
    from sqlalchemy import create_engine, inspect

    engine = create_engine(url)
    try:
        look = inspect(engine)
        there = set(look.get_table_names())
        return bool(there) and any(
            name not in there or set(table.columns.keys()) - {column["name"] for column in look.get_columns(name)}
            for name, table in Base.metadata.tables.items()
        )
    finally:
        engine.dispose()


def record(course: Course, lesson: Lesson, student: str, hand_in: Path, result: Result) -> None:
    """Write a hand-in's points and put its graded notebook into ``autograded/``; both replace what was there.

    Args:
        course: whose gradebook.
        lesson: which lesson.
        student: who.
        hand_in: the folder handed in; a ``timestamp.txt`` in it says when.
        result: what grading gave.
    """
    fresh = _make_ready(course, result)  # what can fail, for instance on a full disk, before the old points go
    before = what_is_seen(course.autograded / student / lesson.name / lesson.notebook.name)
    now = what_is_seen(fresh / lesson.notebook.name)
    with only_writer(course), open_gradebook(course) as gradebook:
        notebook = _submitted_notebook(gradebook, lesson, student)
        notebook.assignment.timestamp = _timestamp(hand_in)
        stands = {name for name in _marked(notebook) if now.get(name, "") == before.get(name)}
        for grade in notebook.grades:
            grade.auto_score = result.points.get(grade.name)
            waits = grade.name in result.flagged or grade.auto_score is None or grade.manual_score is not None
            grade.needs_manual_grade = waits and grade.name not in stands
        for comment in notebook.comments:
            comment.auto_comment = result.comments.get(comment.name)
        gradebook.db.commit()
        late_penalty.reckon(course, gradebook, [student])
        _replace_autograded(course, lesson, student, fresh)


def _marked(notebook: Any) -> set[str]:
    """The cells of a handed-in notebook that a person has given points, and nothing new came since."""
    return {one.name for one in notebook.grades if one.manual_score is not None and not one.needs_manual_grade}


def reckon_penalties(course: Course) -> list[str]:
    """Bring all penalties for being late up to date, after each member of a team has got the team's marks.

    While somebody grades, it is left to that run.

    Returns:
        What an instructor should know, in sentences.

    Raises:
        CourseError: where settings, the table of teams or that of extensions are not as they must be.
    """
    check(course)
    if not has_gradebook(course):
        return []
    with contextlib.ExitStack() as stack:
        try:
            stack.enter_context(only_grader(course))
        except CourseError:
            return []
        gradebook = stack.enter_context(open_gradebook(course))
        said = team_marks.share(course, gradebook)
        late_penalty.reckon(course, gradebook)
    return said


def record_failure(course: Course, lesson: Lesson, student: str) -> None:
    """Take back the points that a program gave earlier: this hand-in waits for a person."""
    with only_writer(course), open_gradebook(course) as gradebook:
        take_back(gradebook, lesson, student)
        _replace_autograded(course, lesson, student, None)


def take_back(gradebook: Any, lesson: Lesson, student: str) -> set[str]:
    """Take the points of a program out of an open gradebook; those that a person gave stay, and wait.

    Returns:
        The cells whose marks did not wait before.
    """
    notebook = _submitted_notebook(gradebook, lesson, student)
    marked = _marked(notebook)
    for grade in notebook.grades:
        grade.auto_score, grade.needs_manual_grade = None, True
    gradebook.db.commit()
    return marked


def marks(course: Course) -> dict[tuple[str, str], Mark]:
    """(student, lesson) → what the gradebook says."""
    from nbgrader.api import SubmittedAssignment
    from sqlalchemy.orm import undefer

    if not has_gradebook(course):
        return {}
    sums = [undefer(getattr(SubmittedAssignment, name)) for name in ("score", "max_score", "needs_manual_grade")]
    with open_gradebook(course) as gradebook:
        return {
            (submission.student_id, submission.name): Mark(
                submission.score, submission.max_score, submission.needs_manual_grade
            )
            for submission in gradebook.db.query(SubmittedAssignment).options(*sums)
        }


def what_is_known(course: Course) -> tuple[set[tuple[str, str]], set[str]]:
    """The (student, lesson) pairs that something was recorded for, and the lessons whose cells are in the gradebook."""
    from nbgrader.api import Assignment, SubmittedAssignment

    if not has_gradebook(course):
        return set(), set()
    with open_gradebook(course) as gradebook:
        recorded = {(one.student_id, one.name) for one in gradebook.db.query(SubmittedAssignment)}
        return recorded, {one.name for one in gradebook.db.query(Assignment) if one.notebooks}


def due_dates(course: Course) -> dict[str, datetime]:
    """lesson → when it is due, of those that have a date."""
    from nbgrader.api import Assignment

    if not has_gradebook(course):
        return {}
    with open_gradebook(course) as gradebook:
        found = gradebook.db.query(Assignment).filter(Assignment.duedate.is_not(None))
        return {assignment.name: assignment.duedate.replace(tzinfo=UTC) for assignment in found}


def set_due(course: Course, lesson: Lesson, when: datetime | None) -> None:
    """Set when a lesson is due; None takes the date away."""
    utc = when.astimezone(UTC).replace(tzinfo=None) if when else None
    with open_gradebook(course) as gradebook:
        assignment = gradebook.update_or_create_assignment(lesson.name)
        assignment.duedate = utc  # nbgrader's own call takes no None
        gradebook.db.commit()


def tell_dates(course: Course, lessons: list[Lesson], given: datetime | None = None) -> None:
    """Write dates and the rules for late hand-ins into the student versions.

    Where there is no gradebook, as in a student's copy of the course, what was written there stays.

    Args:
        course: the course.
        lessons: which lessons.
        given: the date of them all as it was typed: it stays in its zone where the course has none of its own.
    """
    if not has_gradebook(course):
        return
    rules, dates = Rules.of(course), due_dates(course)
    for lesson in lessons:
        date = dates.get(lesson.name)
        shown = in_zone(given or date, rules.zone) if date and (rules.zone or not given) else given
        tell_students(course, lesson, shown, rules.sentence(), keep=not rules.zone and not given)


def students(course: Course) -> list[Person]:
    """The class, as the gradebook knows it."""
    if not has_gradebook(course):
        return []
    with open_gradebook(course) as gradebook:
        return people_in(gradebook)


def enrol(course: Course, people: list[Person]) -> None:
    """Write students and their true names into the gradebook; nobody is taken out, no name is emptied.

    Moodle knows full names alone: where first and last name are known apart, they stay.
    """
    with open_gradebook(course) as gradebook:
        apart = {one.id for one in gradebook.students if one.first_name and one.last_name}
        for person in people:
            known = {
                "first_name": person.first,
                "last_name": person.last if person.first or person.id not in apart else "",
                "email": person.email,
                "lms_user_id": person.lms,
            }
            gradebook.update_or_create_student(person.id, **{key: value for key, value in known.items() if value})


def rename(course: Course, old: str, new: str) -> None:
    """Give one student's hand-ins, with points and marks, to another id, and forget the first; who is known stays.

    Where both have a hand-in for a lesson, that of the new id counts.
    """
    from nbgrader.api import Student

    if not has_gradebook(course):
        return
    with open_gradebook(course) as gradebook:
        if gradebook.db.get(Student, old) is None:
            return
        gradebook.update_or_create_student(new)
        has = {one.name for one in gradebook.student_submissions(new)}
        for submission in gradebook.student_submissions(old):
            if submission.name not in has:
                submission.student_id = new
        gradebook.db.commit()
        gradebook.db.expire_all()
        gradebook.remove_student(old)


def forget(course: Course, student: str, lesson: str) -> None:
    """Take a student's result of a lesson out of the gradebook and ``autograded/``."""
    if not has_gradebook(course):
        return
    with open_gradebook(course) as gradebook:
        if any(one.name == lesson for one in gradebook.student_submissions(student)):
            gradebook.remove_submission(lesson, student)
    place = course.autograded / student / lesson
    if place.exists():
        delete(place)


def _submitted_notebook(gradebook: Any, lesson: Lesson, student: str) -> Any:
    gradebook.update_or_create_student(student)
    submission = gradebook.update_or_create_submission(lesson.name, student)
    (notebook,) = submission.notebooks
    # loads all cells in one query; else the name of each grade and comment is one of its own
    _ = notebook.notebook.grade_cells
    return notebook


def _timestamp(hand_in: Path) -> datetime | None:
    """When a hand-in arrived, where it says so."""
    try:
        found = parse_timestamp((hand_in / TIMESTAMP).read_text(encoding="utf-8"))
        return found.replace(tzinfo=None) if found else None  # nbgrader keeps UTC without saying so
    except (OSError, ValueError):
        return None


def parse_timestamp(text: str) -> datetime | None:
    """A time as nbgrader writes it; None where it is none."""
    from nbgrader.utils import parse_utc

    try:
        return parse_utc(text.strip()).replace(tzinfo=UTC) if text.strip() else None
    except (ValueError, OverflowError):
        return None


def _make_ready(course: Course, result: Result) -> Path:
    """Copy a graded folder beside those of the class."""
    fresh = course.autograded / ".new"
    delete(fresh)
    shutil.copytree(result.folder, fresh)
    return fresh


def _replace_autograded(course: Course, lesson: Lesson, student: str, fresh: Path | None) -> None:
    """Put the graded folder in its place in one step, so that it is there whole or not at all."""
    place = course.autograded / student / lesson.name
    if place.exists():
        delete(place)
    if fresh:
        place.parent.mkdir(parents=True, exist_ok=True)
        fresh.rename(place)
