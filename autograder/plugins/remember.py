"""Remembers what markers saw, where nbgrader itself grades: it removes the old graded notebook before it begins."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nbconvert.exporters import NotebookExporter

from autograder.course import Course
from autograder.gradebook.seen import what_is_seen


class RememberSeen(NotebookExporter):
    """nbgrader's exporter (``c.Autograde.exporter_class``), made before anything is removed.

    Its two passes over a hand-in share nothing else: :class:`autograder.plugins.Restore` in the first says which cells
    were marked, :class:`autograder.plugins.SaveScores` in the second asks which of those marks stand.
    """

    def __init__(self, **kwargs: Any):
        super().__init__(**kwargs)  # type: ignore[no-untyped-call]
        self.marked: dict[tuple[str, str], set[str]] = {}
        """(student, lesson) → the cells that a person had marked."""
        nbgrader: Any = self.parent
        where = nbgrader.coursedir
        graded = Course(Path(where.root)).autograded.glob(f"{where.student_id}/{where.assignment_id}/*.ipynb")
        self._seen = {(path.parts[-3], path.parts[-2]): what_is_seen(path) for path in graded}

    def stands(self, student: str, lesson: str, now: dict[str, str]) -> set[str]:
        """The cells whose marks stand, given what a marker sees now."""
        before = self._seen.get((student, lesson), {})
        return {name for name in self.marked.get((student, lesson), ()) if now.get(name, "") == before.get(name)}
