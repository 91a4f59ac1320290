"""When a lesson is due: a date as people write it, and the same in UTC, as nbgrader keeps it."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from autograder.course import Course, CourseError, Lesson
from course_lib.student.copy import DUE, due_lines

FORM = re.compile(r"(\d{4}-\d\d-\d\d)(?:[ T](\d\d?:\d\d(?::\d\d)?))?\s*(\S.*)?")
"""Day, time of day, zone: `2026-11-20`, `2026-11-20T23:59+01:00`, `2026-11-20 23:59 Europe/Berlin`."""
OFFSET = re.compile(r"(?:UTC|GMT)?([+-])(\d\d?):?(\d\d)?")
"""A zone by its distance from UTC: `-0600`, `+01:00`, `UTC+1`."""
NO_ZONE = re.compile(r"[\d.,:]|[ap]\.?m\b", re.IGNORECASE)
"""What stands behind a time that was written in another way: `11:59 PM`, `23.59`."""
YEARS = range(2000, 2101)
"""Others are a slip, or mean `never`: the last day of 9999 has no tomorrow, and no other time zone."""
EXAMPLE = "2026-11-20 23:59 Europe/Berlin"


def parse_due(text: str, zone: str = "") -> datetime:
    """A due date, for instance `2026-11-20 23:59 Europe/Berlin`, `… UTC`, `… -0600`.

    nbgrader's own reader takes zones that it does not know, for instance `CST`, for UTC, and `-0600` for 600 seconds.

    Args:
        text: date, time, and a zone where it is not ``zone``. Without a time it is the end of that day.
        zone: a name such as `Europe/Berlin`; by default this machine's zone.

    Raises:
        CourseError: where it is no date, or the zone is not known for certain.
    """
    match = FORM.fullmatch(text.strip())
    try:
        if match is None or NO_ZONE.match(match[3] or ""):
            raise ValueError
        clock = match[2] or "23:59"
        naive = datetime.fromisoformat(f"{match[1]} {'0' * (clock[1] == ':')}{clock}")
    except ValueError:
        raise CourseError(f"{text!r} is no date: write it as {EXAMPLE!r}.") from None
    if naive.year not in YEARS:
        raise CourseError(f"{text!r}: the year {naive.year}? Where there is no date, write 'none'.")
    named = (match[3] or zone).strip()
    return naive.replace(tzinfo=zone_of(named)) if named else naive.astimezone()


def in_zone(when: datetime, zone: str = "") -> datetime:
    """The same moment in a zone, by default this machine's."""
    return when.astimezone(zone_of(zone) if zone else None)


def zone_of(name: str) -> tzinfo:
    """The time zone of this name.

    Raises:
        CourseError: where it is not known for certain.
    """
    if name.upper() in ("UTC", "GMT", "Z"):
        return UTC
    if offset := OFFSET.fullmatch(name):
        length = timedelta(hours=int(offset[2]), minutes=int(offset[3] or 0))
        if length < timedelta(hours=15):
            return timezone(-length if offset[1] == "-" else length)
    try:
        if "/" not in name:  # `EST` is known, but the summer time of those who write it is not meant
            raise ValueError
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise CourseError(
            f"The time zone {name!r} is not known for certain: write its place ('Europe/Berlin', 'America/Chicago'), "
            "'UTC', or what it is ahead of UTC ('+0100')."
        ) from None


def tell_students(course: Course, lesson: Lesson, when: datetime | None, rules: str = "", keep: bool = False) -> None:
    """Write the date into the student version, where there is one: it goes wherever that goes.

    Args:
        course: the course.
        lesson: which lesson.
        when: its date; None takes the file away.
        rules: what being late costs, in words, below the date.
        keep: leave the date as it is written, in whatever zone, where it is the same moment.
    """
    path = course.release / lesson.name / DUE
    if when is None:
        path.unlink(missing_ok=True)
    elif path.parent.is_dir():
        said, known = both(when), due_lines(path)
        if keep and known and known[0].endswith(both(when.astimezone(UTC))):
            said = known[0]
        path.write_text("".join(f"{line}\n" for line in (said, rules) if line), encoding="utf-8")


def both(when: datetime) -> str:
    """A time in its own zone and in UTC, in words."""
    place = str(when.tzinfo) if isinstance(when.tzinfo, ZoneInfo) else when.tzname()
    own = f"{when:%A, %d %B %Y, %H:%M} {place}"
    return own if when.tzname() == "UTC" else f"{own} = {when.astimezone(UTC):%A, %d %B %Y, %H:%M} UTC"
