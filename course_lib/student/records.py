"""A student's records: which checks passed, which answers were run, which lessons are ready to hand in."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from course_lib.student.copy import Copy

FOLDER = ".course-progress"
PARTS = ("tests", "ran", "predictions", "recalled")
"""What is noted: checks, answers that were run, guesses, answers from memory."""
ASKS = re.compile(r"^[ \t]*predict\.(?:choice|number|order)\(\s*[\"']([\w-]+)[\"']", re.MULTILINE)


@dataclass(frozen=True)
class Progress:
    """How far a student is with one lesson."""

    copy: Copy
    passed: tuple[str, ...]
    """Exercises whose visible test passed when it was last run."""
    open: tuple[str, ...]
    """The other exercises."""
    written: int
    """How many answers in words are there, of how many."""
    to_write: int
    begun: bool
    ready: bool
    """Whether `submit.check` has written a receipt for the notebook as it is now."""
    predictions: int = 0
    """How many predictions the lesson asks for, how many were made, and how many of these came true."""
    predicted: int = 0
    came_true: int = 0
    answered: int = 0
    """How many questions from memory were answered, and how many of these rightly."""
    recalled: int = 0

    @property
    def state(self) -> str:
        """In a few words."""
        if not self.begun:
            return "not begun"
        if self.ready:
            return "ready to hand in"
        return "all done" if not self.open and self.written == self.to_write else "begun"

    @property
    def details(self) -> str:
        """Which checks pass, how many answers are written, how the predictions went, and what was recalled."""
        total = len(self.passed) + len(self.open)
        checks = f"{len(self.passed)} of {total} checks pass"
        words = f"{self.written} of {self.to_write} written answers" if self.to_write else ""
        guesses = f"{self.predicted} of {self.predictions} predictions made, {self.came_true} came true"
        memory = f"recalled {self.recalled} of {self.answered}" if self.answered else ""
        return " · ".join(part for part in (checks, words, guesses if self.predictions else "", memory) if part)


def read_record(copy: Copy) -> dict[str, dict[str, dict[str, Any]]]:
    """A lesson's record: each part name → entry. Empty where there is none that can be read."""
    try:
        content = json.loads(record_path(copy).read_text(encoding="utf-8"))
        parts = {part: dict(content.get(part, {})) for part in PARTS}
        return {part: {n: e for n, e in entries.items() if isinstance(e, dict)} for part, entries in parts.items()}
    except (OSError, ValueError, AttributeError, TypeError):
        return {part: {} for part in PARTS}


def record_path(copy: Copy) -> Path:
    return copy.path.parent.parent / FOLDER / f"{Path(copy.lesson).name}.json"


def progress_of(copy: Copy) -> Progress:
    """How far a student is with a lesson."""
    record = read_record(copy)
    tests = [name for name, cell in copy.released.items() if cell.kind == "test"]
    passed = [name for name in tests if record["tests"].get(name, {}).get("passed") is True]
    unanswered = set(copy.unanswered) | set(copy.missing)
    kinds = {name: cell.kind for name, cell in copy.released.items()}
    to_write = [name for name, kind in kinds.items() if kind == "written"]
    written = len([name for name in to_write if name not in unanswered])
    answered = [name for name, kind in kinds.items() if kind in ("answer", "written") and name not in unanswered]
    asked = {
        name for cell in copy.notebook["cells"] if cell["cell_type"] == "code" for name in ASKS.findall(cell["source"])
    }
    guesses = [
        entry for name, entry in record["predictions"].items() if name in asked and entry.get("said") is not None
    ]
    memory = record["recalled"].values()
    return Progress(
        copy,
        tuple(_exercise(name) for name in passed),
        tuple(_exercise(name) for name in tests if name not in passed),
        written,
        len(to_write),
        bool(answered or record["tests"] or record["ran"] or guesses or memory),
        _is_ready(copy),
        len(asked),
        len(guesses),
        sum(entry.get("right") is True for entry in guesses),
        len(memory),
        sum(entry.get("right") is True for entry in memory),
    )


def receipt_path(notebook: Path) -> Path:
    """Where the receipt of a notebook lies."""
    return notebook.with_suffix(".receipt.json")


def _is_ready(copy: Copy) -> bool:
    try:
        receipt = json.loads(receipt_path(copy.path).read_text(encoding="utf-8"))
        return bool(receipt["cells_sha256"] == copy.content_sha256)
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _exercise(test: str) -> str:
    return test.removesuffix("_visible")
