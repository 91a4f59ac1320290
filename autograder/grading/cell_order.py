"""Where the cells of a hand-in stand: what a student moved, or wrote beside its place, costs no points."""

from __future__ import annotations

import copy
from collections.abc import Iterator

from nbformat import NotebookNode

from autograder.course import exercise_of, grade_id, is_answer, is_graded, is_solution, is_written
from autograder.grading.restore import is_unanswered
from autograder.grading.score import BESIDE
from autograder.grading.version import Version


def put_in_order(notebook: NotebookNode, of: Version) -> list[str]:
    """Put tests behind their answers again, and the lesson's other code where answers find it, in place.

    Answers stay where they are, and so does the student's own code: a test comes after what stands below its answer.

    Args:
        notebook: a hand-in's, with all of the lesson's cells in it (:func:`autograder.grading.restore.restore`).
        of: the lesson.

    Returns:
        The names of the cells that had been moved.
    """
    places = {grade_id(cell): place for place, cell in enumerate(notebook.cells) if grade_id(cell)}
    moved = [grade_id(cell) for cell in of.cells if _is_out_of_place(cell, of, places)]
    notebook.cells = [cell for cell in notebook.cells if grade_id(cell) not in moved]
    order = [grade_id(cell) for cell in of.cells]
    for cell in of.cells:
        if grade_id(cell) in moved:
            before = set(order[: order.index(grade_id(cell))])
            place = max((place for place, other in enumerate(notebook.cells) if grade_id(other) in before), default=-1)
            place += 1
            while is_graded(cell) and place < len(notebook.cells) and not _is_lessons(notebook.cells[place], of):
                place += 1
            notebook.cells.insert(place, copy.deepcopy(cell))
    return moved


def _is_out_of_place(cell: NotebookNode, of: Version, places: dict[str, int]) -> bool:
    """Whether a test stands before its answer, or other code of the lesson not between the answers around it."""
    if cell.cell_type != "code" or is_solution(cell):
        return False
    at = next(number for number, other in enumerate(of.cells) if other is cell)
    before = [grade_id(other) for other in of.cells[:at] if is_answer(other)]
    after = [grade_id(other) for other in of.cells[at:] if is_answer(other)]
    if is_graded(cell):
        own = exercise_of(grade_id(cell), before) or (before[-1] if before else None)
        return own is not None and places[grade_id(cell)] < places[own]
    first = places[before[-1]] if before else -1
    last = places[after[0]] if after else max(places.values()) + 1
    return first < last and not first < places[grade_id(cell)] < last  # else the student has moved the answers


def find_written_beside(notebook: NotebookNode, of: Version) -> list[str]:
    """Mark the written answers that are untouched, but have new text beside them: a person must read that.

    Beside an answer is what stands between the lesson's cell above it and the one below it.

    Returns:
        Their names.
    """
    found = []
    for place, cell in enumerate(notebook.cells):
        if is_written(cell) and is_unanswered(cell, of):
            above, below = reversed(notebook.cells[:place]), iter(notebook.cells[place + 1 :])
            if _has_words(above, of) or _has_words(below, of):
                cell.metadata[BESIDE] = True
                found.append(grade_id(cell))
    return found


def _has_words(cells: Iterator[NotebookNode], of: Version) -> bool:
    """Whether a student has written text in one of these cells, before the lesson's next."""
    for cell in cells:
        if _is_lessons(cell, of):
            return False
        if cell.cell_type != "code" and cell.source.strip():
            return True
    return False


def _is_lessons(cell: NotebookNode, of: Version) -> bool:
    """Whether a cell is the lesson's, as it was released."""
    return bool(grade_id(cell)) or cell.source.strip() in of.sources
