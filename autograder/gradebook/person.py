"""One student of the class."""

from __future__ import annotations

import difflib
import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Person:
    """One student of the class."""

    id: str
    first: str = ""
    last: str = ""
    email: str = ""
    lms: str = ""
    """Number of the student in a learning platform."""
    participant: str = ""
    """Moodle's number of the student in one assignment; it is another one in the next, so no gradebook keeps it."""
    handed_in: datetime | None = None
    """When the student handed that assignment in, where Moodle's grading worksheet says so."""
    group: str = ""
    """The student's group in that assignment, where Moodle's grading worksheet says so."""

    @property
    def name(self) -> str:
        """Last name, first name, as far as they are known."""
        return ", ".join(part for part in (self.last, self.first) if part)

    @property
    def keys(self) -> set[str]:
        """What the student may be called in a name of a file, squashed."""
        names = [self.first + self.last, self.last + self.first, self.id, self.email, self.email.partition("@")[0]]
        return {squashed(name) for name in names} - {""}


def squashed(name: str) -> str:
    """Letters and digits alone, without capitals and accents: `Doe, Jané` → `doejane`."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    return "".join(char for char in plain if char.isalnum())


def login(identity: str) -> str:
    """What a platform calls the student of this id: the inverse of what `collect` does, ``o~27neil`` → ``o'neil``."""
    return re.sub(r"(?:~[0-9A-F]{2})+", _characters, identity)


def _characters(found: re.Match[str]) -> str:
    return bytes.fromhex(found[0].replace("~", "")).decode("utf-8", "replace")


def people_in(gradebook: Any) -> list[Person]:
    """The class, as an open gradebook knows it."""
    return [
        Person(one.id, one.first_name or "", one.last_name or "", one.email or "", one.lms_user_id or "")
        for one in gradebook.students
    ]


def id_of(people: list[Person], name: str) -> str:
    """The id of the one who is called so, by id, name or e-mail; the name itself where that is nobody, or several."""
    fits = [one.id for one in people if one.id == name] or [one.id for one in people if squashed(name) in one.keys]
    return fits[0] if len(fits) == 1 else name


def perhaps(people: list[Person], name: str) -> str:
    """The ids that somebody who wrote ``name`` may have meant, for a message; empty where none is near."""
    near = [one.id for one in people if squashed(name) in one.keys]  # several of one name
    near = near or difflib.get_close_matches(name, [one.id for one in people], n=3)
    return f" Perhaps {' or '.join(near)}?" if near else ""
