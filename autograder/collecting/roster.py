"""Who is in the class, under which id each student's folder stands, and who an LMS means."""

from __future__ import annotations

import csv
import hashlib
import io
import re
import unicodedata
from pathlib import Path

from autograder.collecting.sources import RESERVED
from autograder.course import CourseError
from autograder.gradebook.person import Person, squashed

COLUMNS = {
    "id": ("id", "student_id", "student id", "sis login id", "username", "id number"),
    "lms": ("lms_user_id", "lms id", "canvas id", "identifier"),
    "first": ("first_name", "first name", "firstname"),
    "last": ("last_name", "last name", "lastname", "surname"),
    "full": ("name", "full name", "student"),
    "email": ("email", "email address"),
}
"""What rosters call their columns: nbgrader's, Canvas's gradebook, Moodle's grading worksheet."""


def read_roster(path: Path) -> list[Person]:
    """The students in a CSV file with a heading; ``id`` is the only column that must be there.

    Canvas's gradebook ("Student", "ID", "SIS Login ID") and Moodle's worksheet ("Identifier", "Full name", "Email
    address") are understood too.

    Raises:
        CourseError: where it cannot be read, or has no column with ids, or an id twice.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
        heading = text.partition("\n")[0]
        delimiter = max(",;\t", key=heading.count)  # spreadsheets in half of Europe write semicolons
        rows = list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter))
    except UnicodeDecodeError:
        raise CourseError(f"The roster {path} is not UTF-8: save it again as 'CSV UTF-8'.") from None
    except (OSError, csv.Error) as error:
        raise CourseError(f"The roster {path} cannot be read: {error}") from None
    people = []
    for row in rows:
        cells = {str(key).strip().casefold(): str(value or "").strip() for key, value in row.items() if key}
        if "sis login id" in cells:  # Canvas: its ID is the number in the names of files
            cells["lms_user_id"] = cells.pop("id", "")
        found = {name: next((cells[key] for key in keys if cells.get(key)), "") for name, keys in COLUMNS.items()}
        first, last = found["first"], found["last"]
        if found["full"] and not last:
            last, comma, first = found["full"].partition(",")
            first, last = (first.strip(), last.strip()) if comma else ("", found["full"])
        identity = found["id"] or found["email"].partition("@")[0]
        if identity:
            lms = re.sub(r"^Participant ", "", found["lms"])
            people.append(Person(safe_id(identity), first, last, found["email"], lms))
    twice = {person.id for person in people if sum(other.id == person.id for other in people) > 1}
    if not people or twice:
        wrong = f"has {', '.join(sorted(twice))} twice" if twice else "has no column `id` with students' ids"
        raise CourseError(f"The roster {path} {wrong}.")
    return people


def find(people: list[Person], name: str, number: str = "") -> Person | None:
    """Whom an LMS means by a name and a number; None where it is nobody, or where several fit."""
    fits = [person for person in people if number and person.lms == number]
    fits = fits or [person for person in people if person.id == safe_id(name)]
    fits = fits or [person for person in people if squashed(name) in person.keys]
    return fits[0] if len(fits) == 1 else None


def safe_id(name: str, plain: str = "-_.@ ", capitals: bool = True) -> str:
    """A student's name as nbgrader, file systems and URLs take it; :func:`true_name` goes back.

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


def true_name(identity: str) -> str:
    """The name that :func:`safe_id` made an id of."""
    data = re.sub(rb"~([0-9A-F]{2})", lambda match: bytes.fromhex(match[1].decode()), identity.encode())
    return data.decode("utf-8", "replace")
