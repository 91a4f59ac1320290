"""What a marker saw of an answer: a mark stands as long as that is the same, whatever else is graded again."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from autograder.course import Cell, CourseError, exercise_of, grade_id, is_answer, is_written, read_notebook


def what_is_seen(notebook: Path) -> dict[str, str]:
    """grade_id of each cell that gives points → a hash of what a marker judges by; nothing where it cannot be read.

    Of a written answer that is its text, of a test the answer and what the test said. What a student wrote into cells
    of their own counts with it.

    Args:
        notebook: a graded one.
    """
    try:
        cells = read_notebook(notebook)["cells"]
    except (CourseError, OSError, RecursionError):
        return {}
    answers = {grade_id(cell): cell for cell in cells if is_answer(cell)}
    unnamed = [_shown(cell) for cell in cells if not grade_id(cell) and cell["cell_type"] == "code"]
    seen: dict[str, object] = {}
    written = ""
    for cell in cells:
        name = grade_id(cell)
        if name:
            written = name if is_written(cell) else ""
            if written:
                seen[name] = [_shown(cell)]
            elif owner := exercise_of(name, answers):
                seen[name] = [_shown(answers[owner]), unnamed, _errors(cell)]
        elif written:  # an answer may go on below its cell
            seen[written] = [seen[written], _shown(cell)]
    return {name: hashlib.sha256(json.dumps(what).encode()).hexdigest() for name, what in seen.items()}


def _shown(cell: Cell) -> list[object]:
    return [cell["source"], cell.get("attachments")]


def _errors(cell: Cell) -> list[object]:
    outputs = cell.get("outputs") or []
    return [[one.get("ename"), one.get("evalue")] for one in outputs if one.get("output_type") == "error"]
