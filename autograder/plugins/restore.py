"""Puts a hand-in's notebook back in order, where nbgrader itself grades."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbgrader.api import Gradebook
from nbgrader.preprocessors import NbGraderPreprocessor

from autograder.course import Course
from autograder.gradebook.record import take_back
from autograder.grading.cell_order import find_written_beside, put_in_order
from autograder.grading.examine import Unreadable, name_cells
from autograder.grading.restore import restore
from autograder.grading.version import version
from autograder.plugins.remember import RememberSeen
from autograder.reading.bounds import too_large
from autograder.reading.notebook import tidy


class Restore(NbGraderPreprocessor):
    """The same for `nbgrader autograde` and Formgrader's button, as the first of nbgrader's steps.

    It mends what :mod:`autograder.grading.examine` mends inside a notebook, and takes an earlier hand-in's points
    back: they come again when this one is through. A hand-in with links in it is refused: nbgrader
    has followed them, out of the folder.
    """

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        """Put a hand-in's notebook back in order.

        Raises:
            Unreadable: where there are links beside it.
        """

        names = resources["nbgrader"]
        course = Course.find(Path(self.config.CourseDirectory.root))
        (lesson,) = course.lessons([names["assignment"]])
        with Gradebook(names["db_url"]) as gradebook:
            marked = take_back(gradebook, lesson, names["student"])
        if isinstance(self.parent, RememberSeen):
            self.parent.marked[names["student"], lesson.name] = marked
        folder = Path(resources["metadata"]["path"])
        if why := too_large(folder):
            raise Unreadable(why)
        links = [path.name for path in (folder, *sorted(folder.rglob("*"))) if path.is_symlink()]
        if links:
            raise Unreadable(f"There are links in {folder}: {', '.join(links)}. Ask for the files themselves.")
        for cell in nb.cells:
            tidy(cell)
        for note in name_cells(nb.cells, lesson):
            self.log.warning(note)
        of = version(course, lesson)
        for what, found in {
            "missing cells, put back": restore(nb, of),
            "moved cells, put back in their places": put_in_order(nb, of),
            "untouched answers with new text beside them, for a person to read": find_written_beside(nb, of),
        }.items():
            if found:
                self.log.warning("%s: %s", what, ", ".join(found))
        return nb, resources
