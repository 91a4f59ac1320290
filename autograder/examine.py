"""The submission doctor: looks at a hand-in before it is run, mends what is safe and says what it found."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from autograder.course import CourseError, Lesson, files_in, grade_id, is_graded, is_solution, read_cells


class Unreadable(Exception):
    """A hand-in that cannot be run; the text says why, and what to ask for."""


def examine(hand_in: Path, lesson: Lesson, copy: Path) -> list[str]:
    """Copy a hand-in to ``copy``, mended.

    Links are left out. A notebook under another name gets its own name back. Where a cell was copied or split, the
    last one counts, as in nbgrader.

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
    if not files:
        raise Unreadable("The folder is empty. Ask for the notebook.")
    for path in files:
        target = copy / path.relative_to(hand_in)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    notes = [f"left out {path.name}: it is a link" for path in sorted(hand_in.rglob("*")) if path.is_symlink()]

    notebook = copy / lesson.notebook.name
    if not notebook.exists():
        notes.append(_find_renamed(copy, lesson))
    if not notebook.stat().st_size:
        raise Unreadable(f"{notebook.name} is an empty file. Ask for a new upload.")
    try:
        cells = read_cells(notebook)
    except CourseError as error:
        raise Unreadable(f"{str(error).replace(str(copy) + '/', '')} Ask for a new upload.") from None

    copied = _mend_copies(notebook)
    if copied:
        notes.append(f"copied or split cells, the last one counts: {', '.join(copied)}")
    present = {grade_id(cell) for cell in cells}
    wanted = [grade_id(cell) for cell in lesson.cells if is_graded(cell) or is_solution(cell)]
    if present.isdisjoint(wanted):
        raise Unreadable(f"{notebook.name} has none of the lesson's cells. Is it another notebook?")
    return notes


def _find_renamed(copy: Path, lesson: Lesson) -> str:
    """Give the only notebook of a hand-in its proper name back."""
    others = sorted(path for path in copy.rglob("*.ipynb"))
    if len(others) != 1:
        found = ", ".join(path.relative_to(copy).as_posix() for path in files_in(copy)[:5])
        raise Unreadable(f"There is no {lesson.notebook.name}, only {found}. Ask for {lesson.notebook.name}.")
    name = others[0].relative_to(copy).as_posix()
    others[0].rename(copy / lesson.notebook.name)
    return f"{name} was taken for {lesson.notebook.name}"


def _mend_copies(notebook: Path) -> list[str]:
    """Make all but the last cell of each grade_id a plain cell; return the ids that were there more than once."""
    content = json.loads(notebook.read_text(encoding="utf-8"))
    seen: set[str] = set()
    copied = []
    for cell in reversed(content["cells"]):
        name = grade_id(cell)
        if name and name in seen:
            del cell["metadata"]["nbgrader"]
            copied.append(name)
        seen.add(name)
    if copied:
        notebook.write_text(json.dumps(content), encoding="utf-8")
    return sorted(set(copied))
