"""What grading a hand-in gave: what `grading` makes, the gradebook keeps and `reports` show."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Result:
    """What grading a hand-in gave."""

    points: dict[str, float | None]
    """grade_id → points; None where a person must read the answer."""
    flagged: tuple[str, ...]
    """The cells among them whose points a person should look at."""
    comments: dict[str, str | None]
    """grade_id of an answer → nbgrader's comment ("No response.")."""
    notes: tuple[str, ...]
    """What was mended on the way, in words."""
    problems: tuple[str, ...]
    """What a person should know, in words."""
    folder: Path
    """The graded notebook and its files."""


STOPPED = "NotRun"
"""Name of the error under a cell that the run did not reach, or was stopped in."""
