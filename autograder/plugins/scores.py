"""Keeps the points of our own scoring, where nbgrader itself grades."""

from __future__ import annotations

from typing import Any

from nbformat import NotebookNode
from nbgrader.preprocessors import SaveAutoGrades

from autograder.gradebook.seen import seen_in
from autograder.grading.score import BESIDE, score
from autograder.plugins.remember import RememberSeen


class SaveScores(SaveAutoGrades):
    """Writes the points of :func:`score` into the gradebook, in the place of nbgrader's own.

    A mark stands as long as what the marker saw: nbgrader's own step sends each back for a second look.
    """

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        """Score all cells of a notebook that has run."""
        names = resources["nbgrader"]
        self._stands = (
            self.parent.stands(names["student"], names["assignment"], seen_in(nb.cells))
            if isinstance(self.parent, RememberSeen)
            else set()
        )
        done: tuple[NotebookNode, dict[str, Any]] = super().preprocess(nb, resources)
        return done

    def _add_score(self, cell: NotebookNode, resources: dict[str, Any]) -> None:
        name = cell.metadata["nbgrader"]["grade_id"]
        grade = self.gradebook.find_grade(name, self.notebook_id, self.assignment_id, self.student_id)
        grade.auto_score, flagged = score(cell)
        waits = flagged or grade.auto_score is None or grade.manual_score is not None
        grade.needs_manual_grade = waits and name not in self._stands
        self.gradebook.db.commit()

    def _add_comment(self, cell: NotebookNode, resources: dict[str, Any]) -> None:
        super()._add_comment(cell, resources)
        if cell.metadata.get(BESIDE):  # not "No response."
            name = cell.metadata["nbgrader"]["grade_id"]
            comment = self.gradebook.find_comment(name, self.notebook_id, self.assignment_id, self.student_id)
            comment.auto_comment = None
            self.gradebook.db.commit()
