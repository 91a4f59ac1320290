"""What a check says, as text: written when a check fails, read back by reports and by the proof of the answers.

A failed check's text has a title, a hint, a detail and a last line that offers help::

    ✗ leaky_relu · slope 0.01
    The slope for negative x is 0.1 here.
      call      leaky_relu(-2.0)
      expected  -0.2
      got       -0.02
      More help: check.hint("leaky_relu")

In a graded notebook students' code may have written any of it: what :meth:`Message.parse` gives is text to be shown,
never more.
"""

from __future__ import annotations

import re
import textwrap
from dataclasses import dataclass
from functools import partial

VERSION = 1
"""Of the form. Notebooks that were graded earlier must still be read: a new form is a new pattern beside this one."""

NOT_WRITTEN = "not written yet"
"""The mistake of an answer that still raises ``NotImplementedError``."""

LONGEST_NAME = 200
WINDOW = 72
"""Letters that stand side by side below a cell in a window of 1,024 pixels, beside the list of files."""

# The name of an exercise is an identifier, so the first " · " ends it; the name of a mistake may hold anything.
FORM = re.compile(
    rf"✗ (?P<exercise>[^\n]{{1,{LONGEST_NAME}}}?)"
    rf"(?: · (?P<mistake>[^\n]{{1,{LONGEST_NAME}}})| is not right yet)"
    r"(?:\n(?P<text>.*))?",
    re.DOTALL,
)
MORE_HELP = re.compile(r"(?:^|\n)  More help: check\.hint\(.*\)\s*$")
DETAIL = re.compile(r"^  (?:call|input|where|expected|got|at) ", re.MULTILINE)
"""A line that shows the example."""


@dataclass(frozen=True)
class Message:
    """What a failed check says; ``Message.parse(message.format()) == message``.

    Names are one line each: line breaks in them become spaces. Those of more than ``LONGEST_NAME`` characters are
    written, but not read back.
    """

    exercise: str
    mistake: str = ""
    """Name of the mistake that fits; empty where none was recognised."""
    hint: str = ""
    """What to tell the student; no line of it begins like a detail."""
    detail: str = ""
    """The call, the place, expected and got; or where the code stopped. Each line: two spaces, a word, a value."""

    def __post_init__(self) -> None:
        for name in ("exercise", "mistake"):
            object.__setattr__(self, name, " ".join(getattr(self, name).splitlines()))

    @property
    def title(self) -> str:
        """The first line."""
        return f"✗ {self.exercise} · {self.mistake}" if self.mistake else f"✗ {self.exercise} is not right yet"

    def format(self) -> str:
        """The text that a student reads."""
        return lines(self.title, self.hint, self.detail, f'  More help: check.hint("{self.exercise}")')

    @classmethod
    def parse(cls, text: str) -> Message | None:
        """Read a text of :meth:`format`; the offer of help may be missing. None where it is something else."""
        found = FORM.fullmatch(text)
        if found is None:
            return None
        body = MORE_HELP.sub("", found["text"] or "")
        detail = DETAIL.search(body)
        start = detail.start() if detail else len(body)
        return cls(found["exercise"], found["mistake"] or "", body[:start].strip(), body[start:].rstrip())


def passed(exercise: str, examples: int = 1) -> str:
    """The line of a check that passes."""
    return f"✓ {exercise}: {examples} examples" if examples > 1 else f"✓ {exercise}"


def wrapped(text: str) -> str:
    """The text of a message for a window as narrow as 1,024 pixels: Jupyter breaks long lines inside a word."""
    indents = (
        (line, " " * (12 if DETAIL.match(line) else len(line) - len(line.lstrip()))) for line in text.split("\n")
    )
    narrow = partial(textwrap.fill, width=WINDOW, break_long_words=False, break_on_hyphens=False)
    return "\n".join(
        line if len(line) <= WINDOW else narrow(line, subsequent_indent=indent) for line, indent in indents
    )


def lines(*parts: str) -> str:
    """Put parts below each other; empty ones are left out."""
    return "\n".join(part for part in parts if part)
