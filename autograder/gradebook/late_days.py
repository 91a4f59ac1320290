"""Who is late by how many days, and which of them are free: the course's rules, applied to what the gradebook says.

The rules stand in ``nbgrader_config.py``, under ``c.LateDays``: plain nbgrader and Formgrader read them, too. They
are no part of any hash: what being late costs is reckoned anew each time, and no notebook runs for it.

- A day is late as soon as it has begun. Days are those of the clock on the wall in the course's time zone: what is due
  on Saturday at 23:59 is one day late until Sunday at 23:59, also where the clock is changed in between.
- The minutes of grace count at the end of each day: up to there, the day has not begun.
- Free days are spent without anybody's doing, as long as there are any: in the order of the lessons' own dates,
  extensions aside, and where these are the same of their names.
- Of an extension and the lesson's date the later one counts. A team's members are late each by themselves.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass, fields
from datetime import UTC, datetime, timedelta
from itertools import groupby
from typing import Any

from traitlets.config import Config

from autograder.course import Course, CourseError, read_config
from autograder.gradebook.due import in_zone, zone_of
from autograder.gradebook.extensions import extensions, read_extensions
from autograder.gradebook.person import people_in
from autograder.gradebook.teams import Teams

LATE = timedelta(seconds=1)
"""How late a hand-in is of which an LMS says that it is late, not by how much. It counts as one day."""
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Rules:
    """What being late costs."""

    grace_minutes: float = 0
    free_days: int = 0
    """In all, over the term."""
    percent_a_day: float = 0
    """Of the points that were earned."""
    zone: str = ""
    """Where the course is, for instance `Europe/Berlin`; empty: where this machine is."""
    zero: bool = False
    """Whether nbgrader's own ``c.LateSubmissionPlugin.penalty_method = "zero"`` is set: late hand-ins get no points."""

    @classmethod
    def of(cls, course: Course, config: Config | None = None) -> Rules:
        """The rules in the course's settings.

        Raises:
            CourseError: where they are not as they must be.
        """
        config = read_config(course.root) if config is None else config
        given = dict(config.get("LateDays", {}))
        zero = (
            given.pop("penalty_method", config.get("LateSubmissionPlugin", {}).get("penalty_method", "none")) == "zero"
        )
        names = [field.name for field in fields(cls) if field.name != "zero"]
        for name, value in given.items():
            if name not in names:
                near = difflib.get_close_matches(name, names, n=1) or [", ".join(names)]
                raise CourseError(f"nbgrader_config.py: there is no c.LateDays.{name}. Perhaps {near[0]}?")
            why = _why_not(name, value)
            if why:
                raise CourseError(f"nbgrader_config.py: c.LateDays.{name} = {value!r}: it must be {why}.")
        if given.get("zone"):
            zone_of(given["zone"])
        return cls(**given, zero=zero)

    def days_late(self, due: datetime, handed_in: datetime) -> int:
        """How many days late a hand-in is; a day that has begun counts as a whole one.

        Args:
            due: when it was due, with a time zone.
            handed_in: when it came, with a time zone.
        """
        if handed_in - due == LATE:
            return 1
        grace = timedelta(minutes=self.grace_minutes)
        days = max(0, (handed_in - due) // DAY - 1)  # the clock may have been changed in between
        while handed_in > self._after(due, days) + grace:
            days += 1
        return days

    def _after(self, due: datetime, days: int) -> datetime:
        """The same time on the clock, so many days later, in UTC."""
        if not days:  # an hour that the clock shows twice is told apart
            return due
        there = in_zone(due, self.zone)
        if self.zone:
            return (there + days * DAY).astimezone(UTC)
        return (there.replace(tzinfo=None) + days * DAY).astimezone(UTC)  # this machine's zone

    def penalty(self, late: Late, score: float) -> float:
        """Points that are taken off."""
        if not late.charged:
            return 0.0
        return score if self.zero else score * min(1.0, late.charged * self.percent_a_day / 100)

    def sentence(self) -> str:
        """The rules in words, for students; empty where nothing is taken off."""
        if not self.zero and not self.percent_a_day:
            return ""
        said = [f"Up to {self.grace_minutes:g} minutes late cost nothing."] * bool(self.grace_minutes)
        if self.free_days:
            days = (
                "1 late day is free. It is" if self.free_days == 1 else f"{self.free_days} late days are free. They are"
            )
            said.append(f"Over the whole term {days} spent without your doing, on the lesson that is due first.")
        day = "every other day late" if self.free_days else "every day late"
        cost = "all points" if self.zero else f"{self.percent_a_day:g} % of the points that you earned"
        return " ".join([*said, f"{day.capitalize()} that has begun takes off {cost}."])


@dataclass(frozen=True)
class Late:
    """How late one hand-in is."""

    due: datetime
    """When it was due for this student, in UTC."""
    handed_in: datetime
    """In UTC."""
    days: int
    """Days late; 0 where it was in time."""
    free: int
    """How many of them are free."""
    left: int
    """How many free days are left for lessons that are due later."""

    @property
    def charged(self) -> int:
        """Days that cost points."""
        return self.days - self.free

    @property
    def seconds(self) -> float:
        """How late it is; 0 where it counts as in time."""
        return (self.handed_in - self.due).total_seconds() if self.days else 0.0


def check(course: Course) -> None:
    """Look whether settings and the table of extensions are as they must be.

    Raises:
        CourseError: where they are not.
    """
    read_extensions(course, Rules.of(course).zone)


def lateness(
    course: Course, gradebook: Any, students: list[str] | None = None, rules: Rules | None = None
) -> dict[tuple[str, str], Late]:
    """(student, lesson) → how late it is, of all hand-ins of which it is known when they were due and when they came.

    Args:
        course: whose rules and extensions.
        gradebook: open.
        students: only these.
        rules: by default those in the course's settings.

    Raises:
        CourseError: where settings or the table of extensions are not as they must be.
    """
    from nbgrader.api import SubmittedAssignment

    rules = rules or Rules.of(course)
    later = {}
    if course.extensions.exists():  # else the whole class would be read for each hand-in that is recorded
        people = people_in(gradebook)
        later = extensions(course, rules.zone, Teams.read(course, people), people)
    query = gradebook.db.query(SubmittedAssignment).filter(SubmittedAssignment.timestamp.is_not(None))
    if students is not None:
        query = query.filter(SubmittedAssignment.student_id.in_(students))
    rows = [row for row in query if row.assignment.duedate is not None]
    rows.sort(key=lambda row: (row.student_id, row.assignment.duedate, row.name))
    found = {}
    for student, own in groupby(rows, key=lambda row: str(row.student_id)):
        left = rules.free_days
        for row in own:
            due = row.duedate.replace(tzinfo=UTC)  # with nbgrader's own extension
            due = max(due, later.get((student, row.name), due))
            handed_in = row.timestamp.replace(tzinfo=UTC)
            days = rules.days_late(due, handed_in)
            free = min(days, left)
            left -= free
            found[student, str(row.name)] = Late(due, handed_in, days, free, left)
    return found


def _why_not(name: str, value: object) -> str:
    """What a setting must be, where it is something else."""
    if name == "zone":
        return "" if isinstance(value, str) else "the name of a time zone, for instance 'Europe/Berlin'"
    if isinstance(value, bool) or not isinstance(value, int if name == "free_days" else int | float):
        return "a whole number" if name == "free_days" else "a number"
    if name == "percent_a_day" and not 0 <= value <= 100:
        return "between 0 and 100"
    return "" if 0 <= value < float("inf") else "0 or more"
