"""A lesson as grading needs it: what lay in ``notebooks/`` when the run began."""

from __future__ import annotations

import copy
from dataclasses import dataclass

from nbformat import NotebookNode, from_dict
from nbgrader.preprocessors import ClearSolutions
from nbgrader.utils import compute_checksum
from traitlets.config import Config

from autograder.course import CHECKS, Course, Lesson, files_in, grade_id, is_solution, read_config
from autograder.grading.names import names_in

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
    checks: str = ""
    """The text of its ``checks.py``: for the judge alone."""
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
        if path not in (lesson.notebook, lesson.folder / CHECKS)
    }
    cells = tuple(cell for cell in notebook.cells if grade_id(cell))
    sources = frozenset(cell.source.strip() for cell in notebook.cells if not grade_id(cell))
    return Version(lesson.name, lesson.notebook.name, cells, files, config, lesson.checks, sources)
