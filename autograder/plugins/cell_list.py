"""Leaves in each released notebook the list of its cells, for what runs on the student's side.

nbgrader calls it last of all (``c.GenerateAssignment.preprocessors``), so it sees what students get and nothing else.
The helpers that read the list are :mod:`course_lib.progress` and :mod:`course_lib.submit`; grading never does.
"""

from __future__ import annotations

from typing import Any

from nbformat import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor

from autograder.course import grade_id, is_graded, is_locked, is_solution
from course_lib.student.copy import KEY, digest


class ListCells(NbGraderPreprocessor):
    """Writes lesson, and kind, points and SHA-256 of every cell that nbgrader knows, into the notebook's metadata."""

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        cells = [
            {
                "name": grade_id(cell),
                "kind": kind(cell),
                "points": float(cell.metadata.nbgrader.get("points", 0)),
                "sha256": digest(cell.source),
            }
            for cell in nb.cells
            if grade_id(cell) and (is_graded(cell) or is_solution(cell) or is_locked(cell))
        ]
        names = resources["nbgrader"]
        nb.metadata[KEY] = {"lesson": names["assignment"], "notebook": names["notebook"] + ".ipynb", "cells": cells}
        return nb, resources


def kind(cell: NotebookNode) -> str:
    """What a cell of a released notebook is: `answer`, `written`, `test`, `hidden` or `locked`."""
    if is_solution(cell):
        return "written" if is_graded(cell) else "answer"
    if not is_graded(cell):
        return "locked"
    lines = [line.strip() for line in cell.source.splitlines()]
    return "test" if any(line and not line.startswith("#") for line in lines) else "hidden"
