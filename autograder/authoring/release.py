"""Makes the student version of lessons in ``release/``, without solutions and hidden tests.

A notebook that somebody has worked in is never overwritten: a small file in ``release/`` keeps the hash of every file
as it was written, and what has another hash now is somebody's work.
"""

from __future__ import annotations

import ast
import contextlib
import datetime
import json
import re
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder import nbgrader_calls
from autograder.course import (
    CHECKS,
    Cell,
    Course,
    CourseError,
    Lesson,
    file_digest,
    files_in,
    grade_id,
    is_graded,
    is_solution,
    read_json,
    read_notebook,
    shows,
)
from autograder.gradebook.record import tell_dates
from autograder.processes.pool import LIMIT, JobFailed, run_jobs
from autograder.processes.scratch import scratch
from course_lib import syntax
from course_lib.check.lesson import is_hidden, unpack
from course_lib.files import write_json
from course_lib.student.copy import CHECKS as PACKED
from course_lib.student.copy import NoCopy, copies_of, read_copy

MARKER = re.compile(r"\b(?:BEGIN|END)[ _]+(?:SOLUTION|HIDDEN|MARK)", re.IGNORECASE)
"""A trace of nbgrader's markers, whatever was typed between their words; none may be left."""
TELLING = 40
"""Characters of a hidden part that are not found elsewhere by chance: `return x + x` may be."""
REGION = re.compile(r"^.*### BEGIN (?:SOLUTION|HIDDEN TESTS|MARK SCHEME).*\n((?:.*\n)*?).*### END ", re.MULTILINE)
"""What nbgrader cuts out: the lines between two markers."""


@dataclass(frozen=True)
class Released:
    """What became of a lesson's student version."""

    lesson: str
    status: str
    """`made`, `up to date`, or `kept`: there is a newer version, but somebody has worked in the older one."""
    files: tuple[str, ...] = ()
    """The files kept, or the names under which somebody's work was put aside."""


def release(course: Course, lessons: list[Lesson], fresh: bool = False) -> Iterator[Released]:
    """Bring ``release/`` up to date for these lessons; yield what became of each.

    Args:
        course: the course.
        lessons: which lessons.
        fresh: put somebody's work aside, under another name beside it, and write the new version.

    Raises:
        CourseError: where nbgrader refuses a lesson, or a solution or a hidden test would be left in it.
    """
    record = course.release / ".made.json"
    made = read_json(record)
    old = []
    for lesson in lessons:
        entry = made.get(lesson.name, {"source": "", "files": {}, "kept": []})
        if entry["source"] != lesson.source or _changed(course, lesson, entry, fresh):
            old.append(lesson)
        else:
            yield Released(lesson.name, "kept" if entry["kept"] else "up to date", tuple(entry["kept"]))
    tell_dates(course, lessons)
    if not old:
        return
    with scratch() as place:
        for lesson, new in student_versions(course, old, place):
            known = made.get(lesson.name, {"files": {}})["files"]
            files, kept, aside = _install(new, course.release / lesson.name, known, fresh)
            made[lesson.name] = {"source": lesson.source, "files": files, "kept": kept}
            write_json(record, made)
            tell_dates(course, [lesson])
            yield Released(lesson.name, "kept" if kept else "made", tuple(kept or aside))


def student_versions(course: Course, lessons: list[Lesson], place: Path) -> Iterator[tuple[Lesson, Path]]:
    """Make the student version of these lessons in folders below ``place``; yield each lesson and its folder.

    Raises:
        CourseError: where nbgrader refuses a lesson, or a solution or a hidden test would be left in it.
    """
    roots = {lesson: place / lesson.name for lesson in lessons}
    for lesson, root in roots.items():
        nbgrader_calls.prepare(root, course, lesson)
    jobs = {lesson: (root, lesson.name) for lesson, root in roots.items()}
    for lesson, result in run_jobs(nbgrader_calls.generate, jobs, LIMIT):
        if isinstance(result, JobFailed):
            raise CourseError(f"nbgrader refuses {lesson.name}: {result}")
        new = Course(roots[lesson]).release / lesson.name
        found = leaks(lesson, new)
        if found:
            raise CourseError(f"{lesson.name} is not released, it would give away: {'; '.join(found)}.")
        yield lesson, new


def leaks(lesson: Lesson, released: Path) -> list[str]:
    """What a student version gives away: markers left in any file, or a region that should have been cut out.

    Looked at are the texts of cells, their outputs, metadata and attachments, and the files beside the notebook.

    Args:
        lesson: the instructors' version.
        released: folder of the student version.
    """
    regions = {grade_id(cell): _regions(cell) for cell in lesson.cells if _regions(cell)}
    found = []
    for path in files_in(released):
        text = path.read_bytes().decode("utf-8", "ignore")
        if marker := MARKER.search(text):
            found.append(f"{marker[0]!r} in {path.name}")
        if path.name in (CHECKS, PACKED):
            found += _not_for_students(path)
        if path.name != lesson.notebook.name:
            found += [f"the hidden part of cell {name} in {path.name}" for name in _shown(regions, _texts(path, text))]
    notebook = read_notebook(released / lesson.notebook.name)
    secret = _attached(lesson.cells) - _attached(lesson.cells, only_named=True)
    for cell in notebook["cells"]:
        name = grade_id(cell) or cell.get("id", "")
        if any(region in _plain(cell["source"]) for region in regions.get(grade_id(cell), ())):
            found.append(f"the hidden part of cell {name}")
        rest = [text for part in ("outputs", "metadata", "attachments") for text in strings(cell.get(part))]
        found += [f"the hidden part of cell {other} beside the text of cell {name}" for other in _shown(regions, rest)]
        if _attached([cell]) & secret or _attached([cell]) - _attached([cell], only_named=True):
            found.append(f"an attachment of cell {name}")
        if cell.get("outputs") and (is_solution(cell) or is_graded(cell)):
            found.append(f"the output of cell {name}")
    found += [
        f"the hidden part of cell {name} in the metadata" for name in _shown(regions, strings(notebook["metadata"]))
    ]
    return found


def _not_for_students(checks: Path) -> list[str]:
    """What the checks of a student version give away: the instructors' file, or a hidden part of it."""
    if checks.name == CHECKS:
        return [f"the file {CHECKS}"]
    parts = [
        part
        for node in syntax.parse(unpack(checks.read_text(encoding="utf-8"))).body
        if isinstance(node, ast.ClassDef)
        for part in node.body
    ]
    return [f"hidden examples in {PACKED}"] if any(is_hidden(part) for part in parts) else []


def _regions(cell: Cell) -> list[str]:
    """What is cut out of a cell, each part as :func:`_plain` has it."""
    return [plain for region in REGION.findall(cell["source"] + "\n") if (plain := _plain(region))]


def _plain(source: str) -> str:
    """The lines of a cell without indentation and blank lines."""
    return "\n".join(line.strip() for line in source.split("\n") if line.strip())


def _shown(regions: dict[str, list[str]], texts: Iterable[str]) -> list[str]:
    """The cells whose hidden part stands in one of these texts, but for parts too short to tell."""
    plain = [_plain(text) for text in texts]
    return [
        name
        for name, parts in regions.items()
        if any(len(part) >= TELLING and any(part in text for text in plain) for part in parts)
    ]


def _texts(path: Path, text: str) -> list[str]:
    """A file's text; of a notebook all the texts in it."""
    if path.suffix == ".ipynb":
        with contextlib.suppress(ValueError):
            return [text, *strings(json.loads(text))]
    return [text]


def strings(value: object) -> Iterator[str]:
    """All texts in a value of JSON, lists of lines as one."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        if all(isinstance(item, str) for item in value):
            yield "".join(value)
        for item in value:
            yield from strings(item)
    elif isinstance(value, dict):
        for item in value.values():
            yield from strings(item)


def _attached(cells: list[Cell], only_named: bool = False) -> set[str]:
    """The contents of the attachments of cells; only of those that stay named when what is hidden is cut out."""
    return {
        content
        for cell in cells
        for name, kinds in cell.get("attachments", {}).items()
        if not only_named or shows(REGION.sub("", cell["source"] + "\n"), name)
        for content in strings(kinds)
    }


def _changed(course: Course, lesson: Lesson, entry: dict[str, Any], fresh: bool) -> bool:
    """Whether a file is gone, or differs although it should be fresh."""
    folder = course.release / lesson.name
    return any(
        not _place(folder, name).exists() or (fresh and not _is_as_written(folder / name, known))
        for name, known in entry["files"].items()
    )


def _place(folder: Path, name: str) -> Path:
    """Where a file of the student version lies: a notebook perhaps under a name that somebody has given it."""
    path = folder / name
    if path.exists() or path.suffix != ".ipynb":
        return path
    return next((copy.path for copy in copies_of(folder) if copy.released_as == name), path)


def _is_as_written(path: Path, *known: str) -> bool:
    """Whether a file still holds what was written into it. A notebook that was only run does: outputs are no work."""
    return path.exists() and not {file_digest(path), _cells(path)}.isdisjoint(filter(None, known))


def _cells(path: Path) -> str:
    """SHA-256 of a student version's cells, or an empty string."""
    with contextlib.suppress(NoCopy):
        return read_copy(path).content_sha256
    return ""


def _install(
    new: Path, folder: Path, known: dict[str, str], fresh: bool
) -> tuple[dict[str, Any], list[str], list[str]]:
    """Copy the new files over the old ones, but for those that somebody has worked in.

    Returns:
        Name → hash of each file as it was written (of a notebook its cells alone); the files kept; the names under
        which work was put aside.
    """
    files, kept, aside = {}, [], []
    for path in files_in(new):
        name = path.relative_to(new).as_posix()
        target, written = _place(folder, name), _cells(path) or file_digest(path)
        if target.exists() and not _is_as_written(target, known.get(name, ""), written):
            if not fresh:
                kept.append(target.relative_to(folder).as_posix())
                files[name] = known.get(name, "")
                continue
            backup = target.with_name(f"{target.stem}-{datetime.datetime.now():%Y%m%d-%H%M%S}{target.suffix}")
            target.rename(backup)
            aside.append(backup.relative_to(folder).as_posix())
            target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        half = target.with_name(target.name + ".new")
        shutil.copyfile(path, half)
        half.replace(target)
        files[name] = written
    for name in known.keys() - files.keys():  # gone from the lesson
        gone = folder / name
        if _is_as_written(gone, known[name]):
            gone.unlink()
    return files, kept, aside
