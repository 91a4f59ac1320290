"""Runs one hand-in: its own folder, its own process, its own kernel; the result comes back as plain data."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from autograder.course import CONFIG, Course, Lesson, grade_id, is_graded, is_locked, is_solution, read_config
from autograder.pool import JobFailed, MachineFailed

if TYPE_CHECKING:
    from autograder.restore import Version

LIMIT = 900.0
"""Seconds after which a hand-in's process is killed, should Execute's own limits not have ended it."""


@dataclass(frozen=True)
class Result:
    """What grading a hand-in gave."""

    points: dict[str, float | None]
    """grade_id → points; None where a person must read the answer."""
    flagged: tuple[str, ...]
    """The cells among them whose points a person should look at."""
    comments: dict[str, str | None]
    """grade_id of an answer → nbgrader's comment ("No response.")."""
    notes: tuple[str, ...]
    """What was mended on the way, in words."""
    problems: tuple[str, ...]
    """What a person should know, in words."""
    folder: Path
    """The graded notebook and its files."""


def grade(folder: Path, of: Version, server: str | None, sandboxed: bool) -> Result:
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

    from autograder.execute import Execute
    from autograder.places import find_written_beside, put_in_order
    from autograder.restore import is_unanswered, restore
    from autograder.score import score

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
    execute = Execute(config=of.config, fork_server=server or "", sandbox=sandboxed)
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


def prepare(root: Path, course: Course, lesson: Lesson) -> None:
    """Lay out a course directory with one lesson and no gradebook."""
    shutil.copytree(
        lesson.folder, root / "notebooks" / lesson.name, ignore=shutil.ignore_patterns(".ipynb_checkpoints")
    )
    shutil.copyfile(course.root / CONFIG, root / CONFIG)


def generate(root: Path, lesson: str, gradebook_url: str | None = None) -> None:
    """Make the student version of a lesson in ``root/release`` and write its cells into a gradebook.

    Args:
        root: a prepared course directory.
        lesson: name of the lesson.
        gradebook_url: which gradebook; by default that of ``root``.

    Raises:
        JobFailed: where the notebook breaks nbgrader's rules.
    """
    from nbgrader.apps import NbGraderAPI

    config = read_config(root)
    config.CourseDirectory.root = str(root)
    config.CourseDirectory.db_url = gradebook_url or f"sqlite:///{root / 'gradebook.db'}"
    check(NbGraderAPI(config=config).generate_assignment(lesson))


def check(outcome: dict) -> None:
    """Raise JobFailed with the reason in nbgrader's log: the first error in it that is not its own summary."""
    if outcome["success"]:
        return
    text = f"{outcome.get('log', '')}\n{outcome.get('error', '')}"
    errors = re.findall(r"^\s*(?:\w+\.)*(\w+(?:Error|Exception|Entry)\b.*)$", text, flags=re.M)
    own = [error for error in errors if not error.startswith("NbGraderException")]
    raise JobFailed((own or errors or [text.strip()[-300:]])[0])


def _stops(cells: list) -> list[str]:
    """Where the run of a notebook was stopped, and where the lesson's own code failed, in words."""
    from autograder.execute import STOPPED

    found: dict[str, str] = {}  # sentence → the first cell that it is true of
    for number, cell in enumerate(cells, start=1):
        for output in cell.get("outputs", []):
            if output["output_type"] != "error":
                continue
            if output["ename"] in (STOPPED, "CellTimeoutError"):
                sentence = output["evalue"]
            elif is_locked(cell) and not is_graded(cell):
                reason = f"{output['ename']}: {output['evalue']}"[:200]
                sentence = f"The lesson's own code failed here, which is not the student's fault ({reason})."
            else:
                continue
            found.setdefault(sentence, grade_id(cell) or f"number {number}")
    return [f"cell {cell}: {sentence}" for sentence, cell in found.items()]


def _strange(cells: list, flagged: list[str]) -> list[str]:
    """What a person should look at, and why."""
    from autograder.integrity import suspicions, taken_names
    from autograder.restore import ANSWERS
    from autograder.score import TAMPERED, UNEXPLAINED

    why: dict[str, list[str]] = {TAMPERED: [], UNEXPLAINED: [], "": []}
    for cell in cells:
        if (name := grade_id(cell)) in flagged:
            why[next((reason for reason in (TAMPERED, UNEXPLAINED) if cell["metadata"].get(reason)), "")].append(name)
    says = {
        TAMPERED: "the tests were tampered with",
        UNEXPLAINED: "the test itself stopped with an error that is not the answer's",
        "": "the test showed something that is no score",
    }
    found = [f"{says[reason]}, 0 points for now: {', '.join(names)}" for reason, names in why.items() if names]
    own = "\n".join(cell["source"] for cell in cells if cell["cell_type"] == "code" and is_locked(cell))
    for number, cell in enumerate(cells, start=1):
        if cell["cell_type"] != "code" or is_locked(cell):
            continue
        reasons = suspicions(cell["source"])
        if is_solution(cell):
            taken = taken_names(cell["source"], set(cell["metadata"].get(ANSWERS, [])), own)
            reasons += [f"it gives another meaning to a name of the lesson: {name}" for name in taken]
        found += [f"cell {grade_id(cell) or f'number {number}'}: {reason}" for reason in reasons]
    return found
