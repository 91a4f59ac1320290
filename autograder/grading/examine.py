"""The submission doctor: looks at a hand-in before it is run, mends what is safe and says what it found."""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from pathlib import Path

from autograder.course import Cell, Course, CourseError, Lesson, files_in, grade_id, is_graded, is_solution
from autograder.reading.notebook import Unreadable, read_leniently

__all__ = ["Unreadable", "examine"]

DEFINED = re.compile(r"^(?:async\s+)?(?:def|class)\s+(\w+)", re.MULTILINE)
"""What a cell defines at its top level, also where it is no valid Python."""


def examine(hand_in: Path, lesson: Lesson, copy: Path) -> list[str]:
    """Copy a hand-in to ``copy``, mended.

    Links are left out. A notebook under another name, or in a folder, gets its place back. Other encodings and formats
    are converted. Where a cell was copied or split, the last one counts, as in nbgrader. An answer that lost nbgrader's
    metadata is found by the function that it defines.

    Args:
        hand_in: what a student handed in for the lesson.
        lesson: the instructors' version.
        copy: a folder that does not exist yet.

    Returns:
        Notes on what was mended.

    Raises:
        Unreadable: where there is nothing to run.
    """
    files = files_in(hand_in)
    checkpoints = sorted(path for path in hand_in.rglob(".ipynb_checkpoints/*.ipynb") if _is_plain(path, hand_in))
    if not any(path.suffix == ".ipynb" for path in files) and len(checkpoints) == 1:
        files.append(checkpoints[0])
    if not files:
        raise Unreadable("The folder is empty. Ask for the notebook.")
    for path in files:
        target = copy / path.relative_to(hand_in)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    notes = [f"left out {path.name}: it is a link" for path in sorted(hand_in.rglob("*")) if path.is_symlink()]

    notebook = copy / lesson.notebook.name
    if not notebook.is_file():
        notes.append(_find_renamed(copy, lesson))
    content, mended = read_leniently(notebook.read_bytes(), notebook.name)
    notes += mended
    notes += name_cells(content["cells"], lesson)
    _check_lesson(content["cells"], lesson)
    notebook.write_text(json.dumps(content), encoding="utf-8")
    return notes


def name_cells(cells: list[Cell], lesson: Lesson) -> list[str]:
    """See to it that each of the lesson's names stands for one cell, in place; returns notes on what was mended."""
    notes = []
    if copied := _mend_copies(cells):
        notes.append(f"copied or split cells, the last one counts: {', '.join(copied)}")
    if found := _find_lost(cells, lesson):
        notes.append(f"cells that had lost their names, found by what they define: {', '.join(found)}")
    return notes


def _is_plain(path: Path, root: Path) -> bool:
    """Whether a file is no link and lies in no linked folder."""
    folders = [path, *path.relative_to(root).parents]
    return path.is_file() and not any((root / folder).is_symlink() for folder in folders)


def _find_renamed(copy: Path, lesson: Lesson) -> str:
    """Give the lesson's notebook its place back: the only one, or the one with most of its cells."""
    name = lesson.notebook.name
    others = sorted(path for path in copy.rglob("*.ipynb") if path.is_file())
    shared = {path: _shared(path, lesson) for path in others}
    most = [path for path in others if shared[path] == max(shared.values())]
    if len(most) != 1:
        found = ", ".join(path.relative_to(copy).as_posix() for path in (most or files_in(copy))[:5])
        which = f"and {found} fit equally well" if most else f"only {found}"
        raise Unreadable(f"There is no {name}, {which}. Ask for {name}.")
    took = most[0].relative_to(copy).as_posix()
    if (copy / name).exists():  # a folder
        (copy / name).rename(copy / f"{name}-folder")
        most[0] = copy / took.replace(f"{name}/", f"{name}-folder/", 1)
    most[0].rename(copy / name)
    among = f", which has most of its cells; also there: {', '.join(p.name for p in others if p is not most[0])}"
    checkpoint = ", a checkpoint copy: ask whether it is the last version" if ".ipynb_checkpoints" in took else ""
    return f"{took} was taken for {name}{checkpoint}{among if len(others) > 1 else ''}"


def _shared(path: Path, lesson: Lesson) -> int:
    """How many of the lesson's cells a notebook has; -1 where it is none."""
    try:
        cells = read_leniently(path.read_bytes(), path.name)[0]["cells"]
    except Unreadable:
        return -1
    return len({grade_id(cell) for cell in cells} & _names(lesson))


def _names(lesson: Lesson) -> set[str]:
    """The names of the cells that a student works in, and of those that give points."""
    return {grade_id(cell) for cell in lesson.cells if is_graded(cell) or is_solution(cell)}


def _mend_copies(cells: list[Cell]) -> list[str]:
    """Make all but the last cell of each grade_id a plain cell; return the ids that were there more than once."""
    seen: set[str] = set()
    copied = []
    for cell in reversed(cells):
        name = grade_id(cell)
        if name and name in seen:
            del cell["metadata"]["nbgrader"]
            copied.append(name)
        seen.add(name)
    return sorted(set(copied))


def _find_lost(cells: list[Cell], lesson: Lesson) -> list[str]:
    """Give answers that lost their names (another editor, a new notebook) these back; return them.

    An answer is known by what it defines: a plain code cell that defines the same function. Of several the last one
    counts, as it does in Python.
    """
    known = {grade_id(cell) for cell in lesson.cells} - {""}
    present = {grade_id(cell) for cell in cells}
    answers = {
        grade_id(cell): set(DEFINED.findall(cell["source"]))
        for cell in lesson.cells
        if is_solution(cell) and cell["cell_type"] == "code"
    }
    times = Counter(name for defined in answers.values() for name in defined)
    found = []
    for name, defined in answers.items():
        own = {one for one in defined if times[one] == 1}
        fits = [
            cell
            for cell in cells
            if cell["cell_type"] == "code"
            and grade_id(cell) not in known
            and own & set(DEFINED.findall(cell["source"]))
        ]
        if name not in present and fits:
            fits[-1]["metadata"]["nbgrader"] = {"grade_id": name, "solution": True, "grade": False, "locked": False}
            found.append(name)
    return found


def _check_lesson(cells: list[Cell], lesson: Lesson) -> None:
    """Raise where a notebook has none of the lesson's cells, and say whose it has."""
    present = {grade_id(cell) for cell in cells} - {""}
    if present & _names(lesson):
        return
    problem = f"{lesson.notebook.name} has none of the lesson's cells."
    try:
        others = Course(lesson.folder.parent.parent).lessons()
    except CourseError:
        others = []
    for other in others:
        if len(present & _names(other)) > len(_names(other)) / 2:
            raise Unreadable(f"{problem} It is the notebook of {other.name}. Ask for the right one.")
    raise Unreadable(f"{problem} Is it another notebook?")
