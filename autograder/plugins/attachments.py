"""Takes out of each released notebook what is attached to a cell and named only in what was cut out of it.

nbgrader cuts the text of a solution or rubric and leaves the pictures that were pasted into it.
"""

from __future__ import annotations

from typing import Any

from nbformat import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor

from autograder.course import shows


class DropAttachments(NbGraderPreprocessor):
    """Keeps the attachments that a cell's text still names (``c.GenerateAssignment.preprocessors``, after the cuts)."""

    def preprocess_cell(
        self, cell: NotebookNode, resources: dict[str, Any], index: int
    ) -> tuple[NotebookNode, dict[str, Any]]:
        attachments = cell.get("attachments", {})
        for name in [name for name in attachments if not shows(cell.source, name)]:
            del attachments[name]
        if not attachments:
            cell.pop("attachments", None)
        return cell, resources
