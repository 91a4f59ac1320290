"""Runs one hand-in: its own folder, its own process, its own kernel; the result comes back as plain data."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from autograder.course import Cell, grade_id, is_graded, is_locked, is_solution, is_test
from autograder.gradebook.result import Result
from autograder.processes.pool import JobFailed, MachineFailed

if TYPE_CHECKING:
    from autograder.grading.version import Version


WAITS = {"StdinNotImplementedError": "input()", "BdbQuit": "the debugger"}
"""Errors that code ends in when grading, and not at home."""


def grade_notebook(folder: Path, of: Version, server: str | None, sandboxed: bool) -> Result:
    """Grade the hand-in in ``folder``; its notebook becomes the graded one.

    Args:
        folder: what was handed in, examined.
        of: the lesson.
        server: address of the fork server that kernels come from; None starts each from nothing.
        sandboxed: whether the kernel runs in a sandbox.

    Raises:
        JobFailed: where the notebook cannot be run at all.
    """
    import nbformat

    from autograder.grading.cell_order import find_written_beside, put_in_order
    from autograder.grading.execute import Execute
    from autograder.grading.restore import is_unanswered, restore
    from autograder.grading.score import score

    path = folder / of.notebook
    notebook = nbformat.read(path, as_version=4)
    missing = restore(notebook, of)
    moved = put_in_order(notebook, of)
    beside = find_written_beside(notebook, of)
    for name, content in of.files.items():
        target = folder / name
        if target.is_dir():
            shutil.rmtree(target)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    execute = Execute(config=of.config, checks=of.checks, fork_server=server or "", sandbox=sandboxed)
    try:
        notebook, _ = execute.preprocess(notebook, {"metadata": {"path": str(folder), "name": path.stem}})
    except RecursionError as error:  # nothing that the machine could do better at the next run
        raise JobFailed(f"it cannot be run (RecursionError: {error})") from None
    except RuntimeError as error:
        raise MachineFailed(f"its kernel could not be started: {error}") from None

    points: dict[str, float | None] = {}
    comments: dict[str, str | None] = {}
    flagged = []
    for cell in notebook.cells:
        name = grade_id(cell)
        if is_solution(cell):
            comments[name] = "No response." if is_unanswered(cell, of) and name not in beside else None
        if is_graded(cell):
            points[name], strange = (0.0, False) if comments.get(name) else score(cell)
            flagged += [name] * strange
    nbformat.write(notebook, path)
    answers = [name for name in missing if name in comments]
    return Result(
        points,
        tuple(flagged),
        comments,
        (
            *([f"missing cells, put back: {', '.join(missing)}"] if missing else []),
            *([f"moved cells, put back in their places: {', '.join(moved)}"] if moved else []),
        ),
        (
            *(f"cell {name} is untouched, but there is new text beside it: a person must read that" for name in beside),
            *([f"the answer's cell was missing: {', '.join(answers)}"] if answers else []),
            *_stops(notebook.cells),
            *_strange(notebook.cells, flagged),
        ),
        folder,
    )


def _stops(cells: list[Cell]) -> list[str]:
    """Where the run of a notebook was stopped, and where the lesson's own code failed, in words."""
    from autograder.gradebook.result import STOPPED

    found: dict[str, str] = {}  # sentence → the first cell that it is true of
    for number, cell in enumerate(cells, start=1):
        for output in cell.get("outputs", []):
            if output["output_type"] != "error":
                continue
            if output["ename"] in (STOPPED, "CellTimeoutError"):
                sentence = output["evalue"]
            elif output["ename"] in WAITS:
                sentence = f"It waits for somebody at the keyboard ({WAITS[output['ename']]}); the rest did not run."
            elif is_locked(cell) and not is_test(cell):
                reason = f"{output['ename']}: {output['evalue']}"[:200]
                sentence = f"The lesson's own code failed here, which is not the student's fault ({reason})."
            else:
                continue
            found.setdefault(sentence, grade_id(cell) or f"number {number}")
    return [f"cell {cell}: {sentence}" for sentence, cell in found.items()]


def _strange(cells: list[Cell], flagged: list[str]) -> list[str]:
    """What a person should look at, and why."""
    from autograder.gradebook.seen import FOR_A_PERSON

    why: dict[str, list[str]] = {}
    for cell in cells:
        if (name := grade_id(cell)) in flagged:
            for sentence in cell["metadata"].get(FOR_A_PERSON) or ["the test showed something that is no score"]:
                why.setdefault(sentence, []).append(name)
    return [f"{sentence}; 0 points for now: {', '.join(names)}" for sentence, names in why.items()]
