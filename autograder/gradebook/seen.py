"""What a marker sees of an answer: a mark stands as long as that is the same, whatever else is graded again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from autograder.course import Cell, CourseError, exercise_of, grade_id, is_answer, is_written, read_notebook

FOR_A_PERSON = "for-a-person"
"""Metadata of a test cell about which a person must decide: why, in sentences."""


@dataclass(frozen=True)
class Part:
    """A piece of what a marker judges by."""

    kind: Literal["answer", "beside", "own", "said", "why"]
    """The answer's own cell; a cell beside a written one; code in a student's own cells; what a test said; why a
    person must look."""
    source: str
    code: bool
    attachments: Any = None


def what_is_shown(cells: Iterable[Cell]) -> dict[str, list[Part]]:
    """grade_id of each cell that gives points → what a marker judges by.

    Of a written answer that is its text, and the cells beside it, for an answer may go on there; of a test the answer,
    what the test said, and what a student wrote into cells of their own.

    Args:
        cells: of a graded notebook.
    """
    cells = list(cells)
    answers = {grade_id(cell): cell for cell in cells if is_answer(cell)}
    own = [_part("own", cell) for cell in cells if not grade_id(cell) and cell["cell_type"] == "code"]
    shown: dict[str, list[Part]] = {}
    written = ""
    beside: list[Part] = []
    for cell in cells:
        name = grade_id(cell)
        if not name:
            (shown[written] if written else beside).append(_part("beside", cell))
            continue
        written = name if is_written(cell) else ""
        if written:
            shown[name] = [*beside, _part("answer", cell)]
        elif owner := exercise_of(name, answers):
            shown[name] = [_part("answer", answers[owner]), *_said(cell), *own]
        beside = []
    return shown


def seen_in(cells: Iterable[Cell]) -> dict[str, str]:
    """grade_id of each cell that gives points → a hash of what a marker judges by."""
    return {
        name: hashlib.sha256(
            json.dumps([[one.kind, one.source, one.attachments] for one in parts if one.kind != "why"]).encode()
        ).hexdigest()
        for name, parts in what_is_shown(cells).items()
    }


def what_is_seen(notebook: Path) -> dict[str, str]:
    """The same of a graded notebook on disk; nothing where it cannot be read."""
    try:
        return seen_in(read_notebook(notebook)["cells"])
    except (CourseError, OSError, RecursionError):
        return {}


def _part(kind: Literal["answer", "beside", "own"], cell: Cell) -> Part:
    return Part(kind, cell["source"], cell["cell_type"] == "code", cell.get("attachments"))


def _said(test: Cell) -> list[Part]:
    """What a test said, and why a person must look at it."""
    outputs = test.get("outputs") or []
    errors = [f"{one.get('ename')}: {one.get('evalue')}" for one in outputs if one.get("output_type") == "error"]
    why = test["metadata"].get(FOR_A_PERSON) or []
    return [Part("said", error, False) for error in errors] + [Part("why", str(one), False) for one in why]
