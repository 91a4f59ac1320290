"""What `autograder due` does: dates, extensions and rules, said back in the course's zone and in UTC."""

from __future__ import annotations

from datetime import UTC, datetime

from autograder.course import Course, CourseError, Lesson
from autograder.gradebook import record
from autograder.gradebook.due import both, in_zone, parse_due
from autograder.gradebook.extensions import Extension, extend, read_extensions, strangers
from autograder.gradebook.late_days import Rules
from autograder.gradebook.person import id_of, perhaps
from autograder.gradebook.teams import Teams

NO_DATE = ("none", "no date", "never")


def set_date(course: Course, lesson: Lesson, when: str, students: list[str], zone: str = "") -> list[str]:
    """Set a lesson's date, or give students longer; reckon penalties anew; return what was done, in sentences.

    Args:
        course: the course.
        lesson: which lesson.
        when: a date; `none` takes the date or the extension away.
        students: ids or teams that get an extension; nobody: the date is the lesson's.
        zone: of the date where it names none; by default the course's.

    Raises:
        CourseError: for a date that can be misunderstood, or an id that is nobody's; then nothing was changed.
    """
    rules = Rules.of(course)
    date = None if when.strip().casefold() in NO_DATE else parse_due(when, zone or rules.zone)
    said = _extend(course, lesson, date, students, rules) if students else _set(course, lesson, date)
    record.tell_dates(course, [lesson], None if students else date)
    return said + record.reckon_penalties(course)


def _set(course: Course, lesson: Lesson, date: datetime | None) -> list[str]:
    record.set_due(course, lesson, date)
    return [f"{lesson.name}: due {both(date)}" if date else f"{lesson.name}: no date"]


def _extend(course: Course, lesson: Lesson, date: datetime | None, names: list[str], rules: Rules) -> list[str]:
    people = record.students(course)
    teams = Teams.read(course, people)
    ids = [name if teams.members(name, lesson.name) else id_of(people, name) for name in names]
    for name in ids if date and people else []:
        if not teams.members(name, lesson.name) and all(person.id != name for person in people):
            near = perhaps(people, name) or " `autograder roster class.csv` brings the class in."
            raise CourseError(f"Nobody in the class, and no team, is called {name!r}.{near}")
    had_none = extend(course, lesson, ids, date, rules.zone)
    if date is None:
        return [f"{lesson.name}: {name} {'had' if name in had_none else 'has'} no extension" for name in ids]
    said = [f"{lesson.name}: {name} has until {both(date)}" for name in ids]
    due = record.due_dates(course).get(lesson.name)
    if due is None:
        said.append(f"{lesson.name} itself has no date yet, so nobody is late: set it, too.")
    elif due > date:
        said.append(f"The lesson's own date is later, and it counts: {both(in_zone(due, rules.zone))}.")
    return said


def lines(course: Course, lessons: list[Lesson], zone: str = "") -> list[str]:
    """All dates, extensions, and what being late costs, in sentences."""
    rules, dates, people = Rules.of(course), record.due_dates(course), record.students(course)
    zone = zone or rules.zone
    granted = read_extensions(course, rules.zone)
    said = []
    for lesson in lessons:
        due = dates.get(lesson.name)
        said.append(f"{lesson.name}: {f'due {both(in_zone(due, zone))}' if due else 'no date'}")
        said += [_longer(one, due, zone) for one in granted if one.lesson == lesson.name]
    said.append(rules.sentence() or "Being late takes no points off (c.LateDays in nbgrader_config.py).")
    return said + strangers(course, rules.zone, Teams.read(course, people), people)


def _longer(one: Extension, due: datetime | None, zone: str) -> str:
    early = " (the lesson's own date is later, and it counts)" if due and due > one.until.astimezone(UTC) else ""
    return f"    {one.id} has until {both(in_zone(one.until, zone))}{early}"
