"""Who has longer: the table ``extensions.csv`` in the course's folder, with the columns `id`, `lesson`, `until`.

It may be edited by hand or by `autograder due LESSON DATE --student ID`. An id may be a team's name: then it holds for
all of the team.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from autograder.course import Course, CourseError, Lesson, choose
from autograder.gradebook.due import parse_due
from autograder.gradebook.person import Person, id_of, perhaps
from autograder.gradebook.teams import Teams
from autograder.reading.notebook import Unreadable
from autograder.reading.sanitize import from_cell, write_csv
from autograder.reading.tables import read_rows

COLUMNS = ("id", "lesson", "until")


@dataclass(frozen=True)
class Extension:
    """One row of the table."""

    id: str
    """A student's id, or a team's name."""
    lesson: str
    """The lesson's full name."""
    until: datetime
    text: str
    """The date as it was written."""
    line: int


def read_extensions(course: Course, zone: str = "") -> list[Extension]:
    """The rows of the table, in its order; none where there is no table.

    Args:
        course: the course.
        zone: of dates that name none; by default this machine's.

    Raises:
        CourseError: where a row is not as it must be; the message names it.
    """
    path = course.extensions
    if not path.exists():
        return []
    try:
        rows = read_rows(path)
    except Unreadable as why:
        raise CourseError(f"{path.name} {why}") from None
    lessons = course.lessons()
    found: dict[tuple[str, str], Extension] = {}
    for line, row in rows:
        cells = {key.strip().casefold(): from_cell(value) for key, value in row.items()}
        if missing := [column for column in COLUMNS if column not in cells]:
            raise CourseError(f"{path.name} has no column {missing[0]!r}: its columns are {', '.join(COLUMNS)}.")
        if not any(cells[column] for column in COLUMNS):
            continue
        if empty := [column for column in COLUMNS if not cells[column]]:
            raise CourseError(f"{path.name}, line {line}: {empty[0]!r} is empty.")
        try:
            (lesson,) = choose(lessons, [cells["lesson"]])
            until = parse_due(cells["until"], zone)
        except CourseError as why:
            raise CourseError(f"{path.name}, line {line}: {why}") from None
        made = Extension(cells["id"], lesson.name, until, cells["until"], line)
        if before := found.get((made.id, made.lesson)):
            raise CourseError(
                f"{path.name}, line {line}: {made.id} has an extension for {made.lesson} already, in line "
                f"{before.line}. Take one of them out."
            )
        found[made.id, made.lesson] = made
    return list(found.values())


def extensions(course: Course, zone: str, teams: Teams, people: list[Person]) -> dict[tuple[str, str], datetime]:
    """(student, lesson) → until when, in UTC. Of a student's own date and the team's the later one counts."""
    found: dict[tuple[str, str], datetime] = {}
    for one in read_extensions(course, zone):
        members = teams.members(one.id, one.lesson)
        for student in members if members else [id_of(people, one.id)]:
            until = one.until.astimezone(UTC)
            found[student, one.lesson] = max(until, found.get((student, one.lesson), until))
    return found


def strangers(course: Course, zone: str, teams: Teams, people: list[Person]) -> list[str]:
    """A sentence for each row whose id is nobody's; nothing where there is no class yet."""
    known = {person.id for person in people}
    return [
        f"{course.extensions.name}, line {one.line}: nobody in the class, and no team, is called {one.id!r}; the row "
        f"counts for nobody.{perhaps(people, one.id)}"
        for one in read_extensions(course, zone)
        if known and id_of(people, one.id) not in known and not teams.members(one.id, one.lesson)
    ]


def extend(course: Course, lesson: Lesson, ids: list[str], until: datetime | None, zone: str = "") -> list[str]:
    """Write extensions into the table, or take them out; who had none is returned then.

    Args:
        course: the course.
        lesson: which lesson.
        ids: students or teams.
        until: a date with a zone; None takes the extension out.
        zone: of dates in the table that name none.

    Raises:
        CourseError: where the table is not as it must be; then it stays as it is.
    """
    kept = read_extensions(course, zone)
    had = {one.id for one in kept if one.lesson == lesson.name}
    rows = [(one.id, one.lesson, one.text) for one in kept if one.lesson != lesson.name or one.id not in ids]
    if until is not None:
        rows += [(name, lesson.name, _written(until)) for name in ids]
    write_csv(course.extensions, COLUMNS, rows)
    return [name for name in ids if name not in had] if until is None else []


def _written(when: datetime) -> str:
    """A date that :func:`parse_due` reads back."""
    place = str(when.tzinfo) if isinstance(when.tzinfo, ZoneInfo) else f"{when:%z}"
    return f"{when:%Y-%m-%d %H:%M:%S} {place}"
