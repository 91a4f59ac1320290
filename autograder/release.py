"""Makes the student version of lessons in ``release/``, without solutions and hidden tests.

A notebook that somebody has worked in is never overwritten: a small file in ``release/`` keeps the hash of every file
as it was written, and what has another hash now is somebody's work.
"""

from __future__ import annotations

import datetime
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from autograder import run
from autograder.course import (
    Course,
    CourseError,
    Lesson,
    file_digest,
    files_in,
    grade_id,
    read_cells,
    read_json,
    write_json,
)
from autograder.pool import JobFailed, run_each
from autograder.scratch import scratch

MARKER = re.compile(r"\b(?:BEGIN|END)[ _]+(?:SOLUTION|HIDDEN|MARK)", re.IGNORECASE)
REGION = re.compile(r"^.*### BEGIN (?:SOLUTION|HIDDEN TESTS|MARK SCHEME).*\n((?:.*\n)*?).*### END ", re.MULTILINE)


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
        if entry["source"] != lesson.digest or _changed(course, lesson, entry, fresh):
            old.append(lesson)
        else:
            yield Released(lesson.name, "kept" if entry["kept"] else "up to date", tuple(entry["kept"]))
    if not old:
        return
    with scratch() as place:
        roots = {lesson: place / lesson.name for lesson in old}
        for lesson, root in roots.items():
            run.prepare(root, course, lesson)
        for lesson, result in run_each(run.generate, {le: (root, le.name) for le, root in roots.items()}, run.LIMIT):
            if isinstance(result, JobFailed):
                raise CourseError(f"nbgrader refuses {lesson.name}: {result}")
            new = roots[lesson] / "release" / lesson.name
            found = leaks(lesson, new)
            if found:
                raise CourseError(f"{lesson.name} is not released, it would give away: {'; '.join(found)}.")
            known = made.get(lesson.name, {"files": {}})["files"]
            files, kept, aside = _install(new, course.release / lesson.name, known, fresh)
            made[lesson.name] = {"source": lesson.digest, "files": files, "kept": kept}
            write_json(record, made)
            yield Released(lesson.name, "kept" if kept else "made", tuple(kept or aside))


def leaks(lesson: Lesson, released: Path) -> list[str]:
    """What a student version gives away: markers left in any file, or a region that should have been cut out.

    Args:
        lesson: the instructors' version.
        released: folder of the student version.
    """
    found = []
    for path in files_in(released):
        marker = MARKER.search(path.read_text(encoding="utf-8", errors="ignore"))
        if marker:
            found.append(f"{marker[0]!r} in {path.name}")
    cells = {grade_id(cell): _plain(cell["source"]) for cell in read_cells(released / lesson.notebook.name)}
    for cell in lesson.cells:
        for region in REGION.findall(cell["source"] + "\n"):
            if _plain(region) and _plain(region) in cells.get(grade_id(cell), ""):
                found.append(f"the hidden part of cell {grade_id(cell)}")
    return found


def _plain(source: str) -> str:
    """The lines of a cell without indentation and blank lines."""
    return "\n".join(line.strip() for line in source.split("\n") if line.strip())


def _changed(course: Course, lesson: Lesson, entry: dict, fresh: bool) -> bool:
    """Whether a file is gone, or differs although it should be fresh."""
    folder = course.release / lesson.name
    return any(
        not (folder / name).exists() or (fresh and file_digest(folder / name) != known)
        for name, known in entry["files"].items()
    )


def _install(new: Path, folder: Path, known: dict[str, str], fresh: bool) -> tuple[dict, list[str], list[str]]:
    """Copy the new files over the old ones, but for those that somebody has worked in.

    Returns:
        Name → hash of each file as it was written; the files kept; the names under which work was put aside.
    """
    files, kept, aside = {}, [], []
    for path in files_in(new):
        name, target = path.relative_to(new).as_posix(), folder / path.relative_to(new)
        if target.exists() and file_digest(target) not in (known.get(name), file_digest(path)):
            if not fresh:
                kept.append(name)
                files[name] = known.get(name, "")
                continue
            backup = target.with_name(f"{target.stem}-{datetime.datetime.now():%Y%m%d-%H%M%S}{target.suffix}")
            target.rename(backup)
            aside.append(backup.relative_to(folder).as_posix())
        target.parent.mkdir(parents=True, exist_ok=True)
        half = target.with_name(target.name + ".new")
        shutil.copyfile(path, half)
        half.replace(target)
        files[name] = file_digest(target)
    for name in known.keys() - files.keys():  # gone from the lesson
        old = folder / name
        if old.exists() and file_digest(old) == known[name]:
            old.unlink()
    return files, kept, aside
