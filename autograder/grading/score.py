"""What a test cell earns: nbgrader's rule, with its known holes closed."""

from __future__ import annotations

import math

from nbformat import NotebookNode
from nbgrader import utils

from autograder.gradebook.seen import FOR_A_PERSON

BESIDE = "answered-beside"
"""Metadata of a written answer that is untouched, but has new text in a cell beside it."""


def score(cell: NotebookNode) -> tuple[float | None, bool]:
    """Points of an executed cell that gives points.

    Full points for a test that ran to its end without an error. A number from 0 to the maximum as its last
    expression is partial credit. Output on stderr costs nothing. Any other last expression earns 0 and is flagged, and
    so does a test that the judge leaves to a person.

    Args:
        cell: a notebook cell with nbgrader's metadata, after it ran.

    Returns:
        The points, None where a person must read the answer; and whether a person should look at the cell.
    """
    if cell.metadata.get(BESIDE):
        return None, False
    if utils.is_solution(cell) or cell.cell_type != "code":
        return utils.determine_grade(cell)[0], False
    if cell.metadata.get(FOR_A_PERSON):
        return 0.0, True
    maximum = float(cell.metadata.nbgrader["points"])
    if any(output.output_type == "error" for output in cell.outputs):
        return 0.0, False
    results = [output for output in cell.outputs if output.output_type == "execute_result"]
    if not results:
        return maximum, False
    try:
        points = float(results[-1]["data"]["text/plain"])
    except (KeyError, TypeError, ValueError):
        return 0.0, True
    if len(results) > 1 or not math.isfinite(points) or not 0 <= points <= maximum:
        return 0.0, True
    return points, False
