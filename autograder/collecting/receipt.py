"""Finds the hand-in that a receipt of ``course_lib.submit`` was written for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from autograder.course import Course, CourseError, everything_in, read_json
from course_lib.submit import matches


@dataclass(frozen=True)
class Fit:
    """What a receipt belongs to."""

    well: bool
    """Whether that is a hand-in that counts."""
    sentence: str


def find_receipts(course: Course) -> list[Path]:
    """The receipts that were handed in beside notebooks."""
    return sorted(path for path in course.submitted.glob("*/*/*.receipt.json") if path.is_file())


def look_up(course: Course, path: Path) -> Fit:
    """Which hand-in a receipt belongs to. A receipt that lies beside a notebook belongs to that one or to none.

    Raises:
        CourseError: where the file is missing.
    """
    if not path.is_file():
        raise CourseError(f"There is no file {path}.")
    content: object = read_json(path)
    receipt = content if isinstance(content, dict) else {}
    lesson, when = receipt.get("lesson"), receipt.get("utc")
    if not isinstance(lesson, str) or not isinstance(receipt.get("cells_sha256"), str):
        return Fit(False, "this is no receipt.")
    said = f"written {when} by the student's clock" if isinstance(when, str) else "without a time"
    beside = course.submitted.resolve() in path.resolve().parents
    for folder, earlier in [(path.parent, False)] if beside else _folders(course, lesson):
        for notebook in sorted(folder.glob("*.ipynb")):
            how = matches(receipt, notebook.read_bytes()) if notebook.is_file() and not notebook.is_symlink() else ""
            if how:
                where = notebook.resolve().relative_to(course.submitted.resolve())
                newer = "; a newer hand-in counts now" if earlier else ""
                return Fit(not earlier, f"{where} has {how}{newer}; {said}.")
    changed = "the notebook beside it has other cells" if beside else f"no hand-in for {lesson} has these cells"
    return Fit(False, f"{changed}; {said}.")


def _folders(course: Course, lesson: str) -> Iterator[tuple[Path, bool]]:
    """The folders of a lesson's hand-ins, those that count first; and whether it is an earlier one."""
    if Path(lesson).name != lesson:
        return
    for folder in sorted(course.submitted.glob("*")):
        if (folder / lesson).is_dir() and folder != course.earlier:
            yield folder / lesson, False
    for folder in sorted(everything_in(course.earlier)):
        if folder.is_dir():
            yield folder, True
