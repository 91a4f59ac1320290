"""No notebook with hidden tests lies where student code runs."""

from __future__ import annotations

import json
from pathlib import Path

from nbformat import NotebookNode
from nbgrader.preprocessors import ClearHiddenTests
from traitlets.config import Config

from autograder.course import is_test


def hide_tests(notebook: NotebookNode, file: Path, config: Config) -> None:
    """Write a notebook's file anew without the hidden tests; the notebook itself keeps them.

    `nbgrader autograde` writes them into the file before it runs the notebook, and student code runs beside it. From
    here on a cell that opens its own notebook finds what the student had. When the notebook has run, nbgrader, or
    :mod:`autograder.grading.grade_one`, writes the file once more.

    Args:
        notebook: about to be run.
        file: where it lies.
        config: nbgrader's settings, for the marks around hidden tests.
    """
    cut = ClearHiddenTests(config=config)
    cells = [
        # what looks like a mark in an answer is none
        cut.preprocess_cell(NotebookNode(cell), {}, 0)[0] if is_test(cell) else cell
        for cell in notebook.cells
    ]
    file.write_text(json.dumps({**notebook, "cells": cells}), encoding="utf-8")
