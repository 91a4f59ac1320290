"""Who is in the class, under which id each student's folder stands, and who an LMS means."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from datetime import datetime
from pathlib import Path

from autograder.collecting.sources import RESERVED
from autograder.course import Course, CourseError
from autograder.gradebook import record
from autograder.gradebook.backup import back_up
from autograder.gradebook.person import Person, squashed
from autograder.reading.notebook import Unreadable
from autograder.reading.tables import read_rows, rounded

COLUMNS = {
    "id": ("id", "student_id", "student id", "sis login id", "username", "id number"),
    "lms": ("lms_user_id", "lms id", "canvas id"),
    "first": ("first_name", "first name", "firstname"),
    "last": ("last_name", "last name", "lastname", "surname"),
    "full": ("name", "full name", "student"),
    "email": ("email", "email address"),
    "group": (
        "group",
        "groups",
        "gruppe",
        "gruppen",
        "groupe",
        "groupes",
        "grupo",
        "grupos",
        "gruppo",
        "gruppi",
        "groep",
    ),
}
"""What rosters call their columns: nbgrader's, Canvas's gradebook; groups are Moodle's, in some of its languages."""
NO_GROUP = ("default group", "no groups", "standardgruppe", "keine gruppen", "keine gruppe")
"""What Moodle writes where a student is in no group (its texts ``defaultteam`` and ``groupsnone``)."""
WORKSHEET = 6
"""So many columns, at least, has Moodle's grading worksheet: its number, name, e-mail, status, grade, maximum, …"""
TIME = re.compile(
    r"(\d{1,2})\.?\s+(?:de\s+)?([^\W\d]{3,})\.?\s+(?:de\s+)?(\d{4}),?\s+(\d{1,2})[:.](\d{2})\s*([ap]m)?", re.IGNORECASE
)
"""A time in Moodle's worksheet: `Friday, 20 November 2026, 11:59 PM`, `viernes, 20 de noviembre de 2026, 23:59`."""
ANY_TIME = re.compile(r"\d{4}.*\d{1,2}[:.]\d{2}")
"""A time in whatever language."""
MONTHS = (
    "jan ene gen", "feb fév fev", "mar mär maa mrt", "apr avr abr", "mai may mag mei", "jun juin giu", "jul juil lug",
    "aug aoû ago", "sep set", "oct okt ott out", "nov", "dec dez déc dic",
)  # fmt: skip
"""How months begin in Moodle's languages of Western Europe."""


def read_roster(path: Path) -> list[Person]:
    """The students in a CSV file with a heading; ``id`` is the only column that must be there.

    Canvas's gradebook ("Student", "ID", "SIS Login ID") and Moodle's grading worksheet, in whatever language, are
    understood too.

    Raises:
        CourseError: where it cannot be read, or has no column with ids, or an id twice.
    """
    try:
        rows = [row for _, row in read_rows(path)]
    except Unreadable as why:
        raise CourseError(f"The roster {path} {why}") from None
    people, numbers = _worksheet(rows), list[str]()
    for row in [] if people else rows:
        cells = {key.strip().casefold(): value for key, value in row.items()}
        if "sis login id" in cells:  # Canvas: its ID is the number in the names of files
            cells["lms_user_id"] = cells.pop("id", "")
        found = {name: next((cells[key] for key in keys if cells.get(key)), "") for name, keys in COLUMNS.items()}
        first, last = found["first"], found["last"]
        if found["full"] and not last:
            last, comma, first = found["full"].partition(",")
            first, last = (first.strip(), last.strip()) if comma else ("", found["full"])
        identity = found["id"] or found["email"].partition("@")[0]
        if identity:
            people.append(Person(safe_id(identity), first, last, found["email"], found["lms"]))
            numbers += [identity, found["lms"]]
    if wrong := rounded(numbers):
        raise CourseError(f"The roster {path} {wrong}")
    if twice := {person.id for person in people if sum(other.id == person.id for other in people) > 1}:
        raise CourseError(f"The roster {path} has {', '.join(sorted(twice))} twice.")
    if not people:
        columns = ", ".join(rows[0]) if rows else ""
        has = f"its columns are {columns}. Call the one that has them `id`" if columns else "it has a heading alone"
        raise CourseError(f"The roster {path} has no column `id` with students' ids: {has}.")
    return people


def enrol_class(course: Course, people: list[Person]) -> list[str]:
    """Write the class into the gradebook, after a backup; returns what there is to say of the backup."""
    remark = back_up(course)
    record.enrol(course, people)
    return [remark] * bool(remark)


def lines(course: Course) -> list[str]:
    """The class as the gradebook knows it, in words: id, name, e-mail."""
    people = sorted(record.students(course), key=lambda one: one.id)
    if not people:
        return ["Nobody is in the class yet. For instance: autograder roster class.csv"]
    said = [" · ".join(part for part in (one.id, one.name, one.email) if part) for one in people]
    return [*said, f"{len(people)} student{'s' * (len(people) != 1)} in the class."]


def _worksheet(rows: list[dict[str, str]]) -> list[Person]:
    """The students of Moodle's grading worksheet; nobody where it is another table.

    Moodle writes headings in the language of whoever downloads it. What stays is the order: first a word and the
    number of the participant in this assignment, then the full name. Of columns with times the first says when
    the student handed in. Where groups hand in, `Group` follows the status (Moodle's source:
    ``mod/assign/gradingtable.php``).
    """
    tables = [list(row.items()) for row in rows]
    # a word with a letter at least, then the number: `Participant 12`, `Teilnehmer/in12`
    numbers = [re.fullmatch(r"(\D*[^\W\d]\D*?)\s*(\d+)", row[0][1]) for row in tables if row]
    words = {match[1] if match else "" for match in numbers}
    if not tables or len(words) != 1 or "" in words or len(tables[0]) < 2:
        return []
    (word,) = words
    if tables[0][0][0].strip().casefold() != "identifier" and (
        len(tables[0]) < WORKSHEET or len(word) < 3 or word[0].islower()  # `u7` is an id of somebody's own
    ):
        return []
    if {key.strip().casefold() for key, _ in tables[0][1:]} & {*COLUMNS["id"], *COLUMNS["first"]} - {"id number"}:
        return []
    people = []
    for row, number in zip(tables, numbers, strict=True):
        email = next((value for _, value in row if re.fullmatch(r"[^@\s]+@[^@\s]+", value)), "")
        own = next((value for key, value in row[1:] if re.fullmatch(r"id[- ]?n\w+", key.strip(), re.IGNORECASE)), "")
        times = [value for _, value in row[2:] if ANY_TIME.search(value)]
        name, identity = row[1][1], own or email.partition("@")[0] or row[1][1]
        if number and identity:
            handed_in = _time(times[0]) if times and not _only_graded(tables, row) else None
            group = next((value for key, value in row[2:] if key.strip().casefold() in COLUMNS["group"]), "")
            group = "" if group.casefold() in NO_GROUP else group
            people.append(Person(safe_id(identity), "", name, email, "", number[2], handed_in, group))
    return people


def _only_graded(tables: list[list[tuple[str, str]]], row: list[tuple[str, str]]) -> bool:
    """Whether the first time in a row of Moodle's worksheet is not in the first column that has times."""
    first = min(place for one in tables for place, (_, value) in enumerate(one) if place > 1 and ANY_TIME.search(value))
    return not ANY_TIME.search(row[first][1])


def _time(text: str) -> datetime | None:
    """A time in Moodle's worksheet, which is that of the zone of whoever downloads it: ours."""
    if (match := TIME.search(text)) is None:
        return None
    name = unicodedata.normalize("NFC", match[2]).casefold()
    month = next((number for number, begins in enumerate(MONTHS, 1) if name.startswith(tuple(begins.split()))), 0)
    hour = int(match[4]) % 12 + 12 * (match[6].casefold() == "pm") if match[6] else int(match[4])
    try:
        return datetime(int(match[3]), month, int(match[1]), hour, int(match[5])).astimezone()
    except ValueError:  # a month in another language
        return None


def find(people: list[Person], name: str, lms: str = "", participant: str = "") -> Person | None:
    """Whom an LMS means by a name and a number; None where it is nobody, or where several fit.

    Args:
        people: the class.
        name: as it stands in the source.
        lms: the LMS's number of the student.
        participant: Moodle's number of the student in this assignment.
    """
    fits = [person for person in people if participant and person.participant == participant]
    fits = fits or [person for person in people if lms and person.lms == lms]
    fits = fits or [person for person in people if person.id == safe_id(name)]
    fits = fits or [person for person in people if squashed(name) in person.keys]
    return fits[0] if len(fits) == 1 else None


def safe_id(name: str, plain: str = "-_.@ ", capitals: bool = True) -> str:
    """A student's name as nbgrader, file systems and URLs take it; it can be turned back.

    Letters, digits, inner spaces and ``-_.@`` stay. Any other character becomes ``~`` and the hexadecimal digits of its
    bytes, as does the first of a dot name or of one that Windows keeps for itself. What is longer than 100 bytes is cut
    and ends in a hash; only such a name cannot be turned back.

    Args:
        name: as it stands in a source.
        plain: which characters stay, besides letters and digits.
        capitals: whether capital letters stay; without them, names that differ in these alone get different ids on
            every file system.
    """
    name = unicodedata.normalize("NFC", name)
    made = ""
    for place, char in enumerate(name):
        stays = char.isalnum() or char in plain
        if (char == " " and place in (0, len(name) - 1)) or (char == "." and place in (0, len(name) - 1)):
            stays = False
        if (place == 0 and RESERVED.match(name)) or (char.isupper() and not capitals):
            stays = False
        made += char if stays else "".join(f"~{byte:02X}" for byte in char.encode("utf-8", "surrogatepass"))
    if len(made.encode()) <= 100:
        return made or "~"
    digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    return f"{made.encode()[:80].decode(errors='ignore').rstrip(' .')}~~{digest}"
