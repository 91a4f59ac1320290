"""One student of the class."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import datetime


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
