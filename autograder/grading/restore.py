"""Puts a hand-in's notebook back in order: the lesson's own cells as they were written, the answers as handed in.

nbgrader does this with ``OverwriteCells``; here the truth is the instructors' notebook itself, and cells that are
missing come back as well.
"""

from __future__ import annotations

import copy
import re

from nbformat import NotebookNode, from_dict

from autograder.course import grade_id, is_solution
from autograder.grading.version import Version
from course_lib.student.copy import KEY

CELL_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
"""What format 4.5 takes for a cell's id."""


def restore(notebook: NotebookNode, of: Version) -> list[str]:
    """Put the lesson's own cells back into a hand-in's notebook, in place.

    Tests and locked cells get the instructor's source, answers keep the student's; metadata is the instructor's. Cells
    that are missing come back after the lesson's cell before them. Outputs are cleared. Cells that claim to be the
    lesson's and are not become plain ones.

    Returns:
        The names of the cells that were missing.
    """
    known = {grade_id(cell): cell for cell in of.cells}
    present: set[str] = set()
    for cell in notebook.cells:
        name = grade_id(cell)
        if name and (name not in known or name in present):
            del cell.metadata["nbgrader"]
        elif not name:
            cell.metadata.pop("nbgrader", None)
        else:
            present.add(name)
            _overwrite(cell, known[name])
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    missing = [name for name in known if name not in present]
    order = list(known)
    for name in missing:
        before = set(order[: order.index(name)])
        places = [place for place, cell in enumerate(notebook.cells) if grade_id(cell) in before]
        notebook.cells.insert(max(places, default=-1) + 1, copy.deepcopy(known[name]))
    ids = set()
    for number, cell in enumerate(notebook.cells):
        if not isinstance(cell.get("id"), str) or not CELL_ID.fullmatch(cell["id"]) or cell["id"] in ids:
            cell["id"] = f"cell-{number}"
        ids.add(cell["id"])
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    own = {KEY: notebook.metadata[KEY]} if KEY in notebook.metadata else {}  # the student's own tools read it
    notebook.metadata = from_dict({"kernelspec": kernel} | own)
    return missing


def is_unanswered(cell: NotebookNode, of: Version) -> bool:
    """Whether an answer is still the stub."""
    (stub,) = (stub for stub in of.cells if grade_id(stub) == grade_id(cell))
    return bool(cell.source.strip() == stub.source.strip())


def _overwrite(cell: NotebookNode, own: NotebookNode) -> None:
    if not is_solution(own):
        cell.source = own.source
    if cell.cell_type != own.cell_type:
        cell.cell_type = own.cell_type
        for key in ("outputs", "execution_count", "attachments"):
            cell.pop(key, None)
    cell.metadata = copy.deepcopy(own.metadata)
