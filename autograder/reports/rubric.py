"""The rubric of a written answer, as it stands in the instructors' notebook."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from autograder.course import Lesson, grade_id, is_written

SOLUTION = re.compile(r"### BEGIN SOLUTION\n(.*?)\n?### END SOLUTION", re.DOTALL)
ROW = re.compile(r"^\|\s*(\d+(?:\.\d+)?)\s*\|(.+)\|[ \t]*$", re.MULTILINE)
"""A row of the rubric's table: points, what the answer shows."""


@dataclass(frozen=True)
class Level:
    """One row: what an answer of so many points shows."""

    points: float
    text: str
    """In Markdown; empty where the rubric says nothing of this number of points."""


@dataclass(frozen=True)
class Rubric:
    """What a marker goes by."""

    text: str
    """In Markdown."""
    attachments: dict[str, Any]
    """Of its cell, as the notebook's format has them."""

    def levels(self, maximum: float) -> list[Level]:
        """Its rows, the best first; one for each whole number of points where it has no table of points."""
        rows = {float(points): text.strip().replace("\\|", "|") for points, text in ROW.findall(self.text)}
        fits = {points: text for points, text in rows.items() if points <= maximum}
        return [Level(points, text) for points, text in sorted(fits.items(), reverse=True)] or whole_points(maximum)


def whole_points(maximum: float) -> list[Level]:
    """A level for each whole number of points and for the maximum, the best first, without words."""
    return [Level(points, "") for points in sorted({maximum, *map(float, range(int(maximum) + 1))}, reverse=True)]


def rubrics_of(lesson: Lesson) -> dict[str, Rubric]:
    """grade_id of each written answer that has a rubric → the rubric."""
    written = [cell for cell in lesson.cells if cell["cell_type"] == "markdown" and is_written(cell)]
    found = {grade_id(cell): (SOLUTION.search(cell["source"]), cell.get("attachments", {})) for cell in written}
    return {name: Rubric(match[1], attachments) for name, (match, attachments) in found.items() if match}
