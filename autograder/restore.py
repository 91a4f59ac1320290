"""Puts a hand-in's notebook back in order: the lesson's own cells as they were written, the answers as handed in.

nbgrader does this with ``OverwriteCells``; here the truth is the instructors' notebook itself, and cells that are
missing come back as well.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass
from pathlib import Path

from nbformat import NotebookNode, from_dict
from nbgrader.preprocessors import ClearSolutions, NbGraderPreprocessor
from nbgrader.utils import compute_checksum
from traitlets.config import Config

from autograder.course import Course, Lesson, files_in, grade_id, is_solution, read_config
from autograder.integrity import names_in
from course_lib.student_copy import KEY

ANSWERS = "answers"
"""Metadata of an answer's cell: the names that the lesson asks for in it."""


@dataclass(frozen=True)
class Version:
    """What grading needs of a lesson: plain data, that may be sent to another process or machine."""

    lesson: str
    notebook: str
    """File name of the notebook."""
    cells: tuple[NotebookNode, ...]
    """The cells that nbgrader knows, in order: tests with their hidden part, answers as their stubs."""
    files: dict[str, bytes]
    """The lesson's other files."""
    config: Config
    """The course's nbgrader settings."""
    sources: frozenset[str] = frozenset()
    """The text of its other cells: what a student finds there, and has not written."""


def version(course: Course, lesson: Lesson) -> Version:
    """The version of a lesson that lies in ``notebooks/`` now."""
    content = {"cells": copy.deepcopy(lesson.cells), "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    notebook = from_dict(content)
    config = read_config(course.root)
    ClearSolutions(config=config).preprocess(notebook, {})
    for cell in notebook.cells:
        if "nbgrader" in cell.metadata:
            cell.metadata.nbgrader["checksum"] = compute_checksum(cell)
        if is_solution(cell) and cell.cell_type == "code":
            cell.metadata[ANSWERS] = sorted(names_in(cell.source) | {grade_id(cell)})
    files = {
        path.relative_to(lesson.folder).as_posix(): path.read_bytes()
        for path in files_in(lesson.folder)
        if path != lesson.notebook
    }
    cells = tuple(cell for cell in notebook.cells if grade_id(cell))
    sources = frozenset(cell.source.strip() for cell in notebook.cells if not grade_id(cell))
    return Version(lesson.name, lesson.notebook.name, cells, files, config, sources)


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
        if not isinstance(cell.get("id"), str) or cell["id"] in ids:
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
    return cell.source.strip() == stub.source.strip()


class Restore(NbGraderPreprocessor):
    """The same for `nbgrader autograde` and Formgrader's button, as the first of nbgrader's steps.

    It mends what :mod:`autograder.examine` mends inside a notebook, and takes an earlier hand-in's points back: they
    come again when this one is through. A hand-in with links in it is refused: nbgrader has followed them, out of the
    folder.
    """

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple[NotebookNode, dict]:
        """Put a hand-in's notebook back in order.

        Raises:
            Unreadable: where there are links beside it.
        """
        from nbgrader.api import Gradebook

        from autograder.bounds import too_large
        from autograder.examine import Unreadable, name_cells
        from autograder.mend import tidy
        from autograder.places import find_written_beside, put_in_order
        from autograder.record import take_back

        names = resources["nbgrader"]
        course = Course.find(Path(self.config.CourseDirectory.root))
        (lesson,) = course.lessons([names["assignment"]])
        with Gradebook(names["db_url"]) as gradebook:
            take_back(gradebook, lesson, names["student"])
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


def _overwrite(cell: NotebookNode, own: NotebookNode) -> None:
    if not is_solution(own):
        cell.source = own.source
    if cell.cell_type != own.cell_type:
        cell.cell_type = own.cell_type
        for key in ("outputs", "execution_count", "attachments"):
            cell.pop(key, None)
    cell.metadata = copy.deepcopy(own.metadata)
