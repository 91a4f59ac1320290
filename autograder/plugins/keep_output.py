"""Leaves in each released notebook the outputs of cells tagged ``keep_output``: the picture that a lesson opens with.

nbgrader clears all outputs. A student is to see this one before anything has run.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor

from autograder.course import Course

TAG = "keep_output"


class KeepOutput(NbGraderPreprocessor):
    """Puts them back from the instructors' notebook (``c.GenerateAssignment.preprocessors``, after the clearing)."""

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        course = Course.find(Path(self.config.CourseDirectory.root))
        (lesson,) = course.lessons([resources["nbgrader"]["assignment"]])
        source = nbformat.read(lesson.notebook, as_version=4)
        kept = {cell.id: cell.outputs for cell in source.cells if is_kept(cell)}
        for cell in nb.cells:
            if is_kept(cell):
                cell.outputs = kept[cell.id]
        return nb, resources


def is_kept(cell: NotebookNode) -> bool:
    """Whether a cell's outputs are released with it."""
    return bool(cell.cell_type == "code" and TAG in cell.metadata.get("tags", ()))
