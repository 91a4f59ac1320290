"""The lessons as tests see them, and one run of each: by nbval, solutions in place, network cut off where possible."""

from __future__ import annotations

import functools
import re
from pathlib import Path
from typing import Any

import nbformat

from autograder.authoring.outputs import RunFailed, outputs_of

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("[0-9][0-9]_*/*.ipynb"))


@functools.cache
def read(notebook: Path) -> nbformat.NotebookNode:
    return nbformat.read(notebook, as_version=4)


def grading(cell: nbformat.NotebookNode) -> dict[str, Any]:
    """The cell's nbgrader metadata; empty for an ordinary cell."""
    return cell.metadata.get("nbgrader", {})


def exercises(notebook: Path) -> list[str]:
    """Names of the autograded exercises, in order."""
    cells = [grading(cell) for cell in read(notebook).cells]
    return [meta["grade_id"] for meta in cells if meta.get("solution") and not meta.get("grade")]


def run(notebook: Path) -> dict[str, list[dict]]:
    """Run a notebook as it stands and return cell id → outputs. An unchanged lesson runs once on a machine.

    Raises:
        RunFailed: where a cell fails, with nbval's report; for all tests that ask, after one run.
    """
    outcome = _outcome(notebook)
    if isinstance(outcome, RunFailed):
        raise outcome
    return outcome


@functools.cache
def _outcome(notebook: Path) -> dict[str, list[dict]] | RunFailed:
    try:
        return outputs_of(ROOT, notebook)
    except RunFailed as failed:
        return failed


def lines_of(notebook: Path, cell: str) -> list[str]:
    """The lines that one cell prints."""
    streams = [out["text"] for out in run(notebook)[cell] if out["output_type"] == "stream"]
    return "".join(streams).splitlines()


def printed(notebook: Path, claim: str) -> list[str]:
    """The lines that a notebook prints for a claim, for instance all that begin with ``C16:``."""
    streams = [out["text"] for outs in run(notebook).values() for out in outs if out["output_type"] == "stream"]
    lines = [line for text in streams for line in text.splitlines()]
    return [line for line in lines if line.startswith(claim + ":")]


def numbers(line: str) -> list[float]:
    """The numbers in a printed line, after the claim's own."""
    found = re.findall(r"(?<![\w.])-?\d+(?:,\d{3})*(?:\.\d+)?(?:e[-+]?\d+)?", line.split(":", 1)[1])
    return [float(n.replace(",", "")) for n in found]


def prose(notebook: Path, cell: str) -> str:
    """The text of one cell as one line: what the students read, or the code that draws what they see."""
    (found,) = (each.source for each in read(notebook).cells if each.id == cell)
    return " ".join(found.split())
