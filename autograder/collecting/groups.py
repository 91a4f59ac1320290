"""Reads who is in which team out of what Canvas and Moodle export, or a table of the instructor's own.

- **Canvas** (*People*, a group set, its export) writes one row a student with the columns `name`, `canvas_user_id`,
  `user_id`, `login_id`, `sections`, `group_name`, `canvas_group_id`, `group_id`; `user_id` and `group_id` only for whom
  may see them, the last two only where there are groups (Canvas's source: ``export_headers`` in
  ``app/controllers/group_categories_controller.rb``). The headings of name and sections are translated.
- **Moodle's grading worksheet** of an assignment that groups hand in has a column `Group` behind the status
  (``mod/assign/gradingtable.php``); :mod:`autograder.collecting.roster` reads it.
- **Moodle's list of participants** (*Participants*, select, download) has the name, what identifies a student (e-mail,
  ID number), the roles and, separated by commas, the `Groups` (``user/classes/table/participants.php``).
- **One's own**: `team`, `id`, and where it is not for all lessons `lesson`.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from autograder.collecting.roster import COLUMNS, NO_GROUP, find, read_roster, safe_id
from autograder.course import Course, CourseError
from autograder.gradebook.person import Person
from autograder.gradebook.teams import Row, Teams
from autograder.reading.notebook import Unreadable
from autograder.reading.tables import read_rows

FORMS = (
    "its columns are team, id, lesson; or it is Canvas's export of a group set, Moodle's grading worksheet of an "
    "assignment that groups hand in, or Moodle's list of participants with their groups"
)


LARGE = 6
"""A team of more, and of more than half the class, may be none: Moodle says `default group` in its own language."""


def read_groups(course: Course, path: Path, people: list[Person]) -> tuple[list[Row], list[str]]:
    """The rows of a table of teams, and what an instructor should know of it, in sentences.

    Args:
        course: whose lessons and class.
        path: the table.
        people: the class.

    Raises:
        CourseError: where it is none of the known forms, or somebody is in two teams.
    """
    try:
        table = read_rows(path)
    except Unreadable as why:
        raise CourseError(f"{path} {why}") from None
    rows = [(line, {key.strip().casefold(): value for key, value in row.items()}) for line, row in table]
    heading = rows[0][1] if rows else {}
    if {"team", "id"} <= heading.keys():
        return list(Teams.read(course, people, path).rows), []
    if {"group_name", "canvas_user_id"} <= heading.keys():
        found = [
            (cells["group_name"], _person(cells, people, lms=cells["canvas_user_id"], sis=cells.get("user_id", "")))
            for _, cells in rows
        ]
    elif column := next((name for name in COLUMNS["group"] if name in heading), ""):
        found = _worksheet(path, people) or [(cells[column], _person(cells, people)) for _, cells in rows]
    else:
        raise CourseError(f"{path} is no table of teams that is known here: {FORMS}.")
    made, said = [], []
    for team, student in found:
        if not team or team.casefold() in NO_GROUP:
            continue
        if not student:
            raise CourseError(f"{path}: a row of {team!r} has neither an id nor an e-mail address of its student.")
        made.append(Row(team, student))
    names = {row.id for row in made}
    for student in sorted(names):
        several = list(dict.fromkeys(row.team for row in made if row.id == student))
        parts = several[0].split(", ")
        if len(several) > 1 or any(row.team in parts and row.team != several[0] for row in made):
            raise CourseError(
                f"{path}: {student} is in several groups ({', '.join(several)}). Export one set of groups, or take "
                "Moodle's grading worksheet, which has the one that hands in."
            )
    if not made:
        raise CourseError(f"{path} has a column for groups, but nobody is in one.")
    for team in dict.fromkeys(row.team for row in made):
        size = sum(row.team == team for row in made)
        if size > LARGE and size > len(found) / 2:
            said.append(
                f"{team} has {size} of {len(found)} students, and one hand-in gives points to all of them. Is that "
                "what the platform calls those who are in no group? Then take these rows out of teams.csv."
            )
    alone = sum(not team or team.casefold() in NO_GROUP for team, _ in found)
    said += [f"{alone} students are in no group there: they work alone."] * bool(alone)
    return made, said


def _worksheet(path: Path, people: list[Person]) -> list[tuple[str, str]]:
    """(team, id) of each student in Moodle's grading worksheet; nobody where it is another table."""
    try:
        listed = [person for person in read_roster(path) if person.participant]
    except CourseError:
        return []
    known = [replace(person, participant="") for person in people]
    return [(one.group, _id(find(known, one.id) or find(known, one.name), one.id)) for one in listed]


def _person(cells: dict[str, str], people: list[Person], lms: str = "", sis: str = "") -> str:
    """The id of the student in a row: that of the class, where the row is of somebody in it; else the row's own."""
    own = [next((cells[key] for key in keys if cells.get(key)), "") for keys in (COLUMNS["id"], COLUMNS["email"])]
    first, last, full = (
        next((cells[key] for key in COLUMNS[name] if cells.get(key)), "") for name in ("first", "last", "full")
    )
    login = cells.get("login_id", "")
    named = [name for name in (login, sis, *own, full, f"{first} {last}".strip()) if name]
    person = next((found for name in named or [""] if (found := find(people, name, lms))), None)
    return _id(person, login or sis or own[0] or own[1].partition("@")[0])


def _id(person: Person | None, otherwise: str) -> str:
    return person.id if person else safe_id(otherwise) if otherwise else ""
