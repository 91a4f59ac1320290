"""One hand-in for a team: it lies in ``submitted/`` under each member's name, where every tool of nbgrader finds it.

Where several members have handed in, the newest counts; what it replaces is kept in ``submitted/.earlier/``. What was
copied for whom stands in ``submitted/.collected.json``, so that a copy is never taken for a hand-in of its own.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from autograder.course import TIMESTAMP, Course, Lesson, digest_of, files_in, read_json
from autograder.gradebook import record
from autograder.gradebook.backup import back_up
from autograder.gradebook.lock import only_grader
from autograder.gradebook.teams import Teams
from autograder.reading.bounds import too_large
from course_lib.files import write_json

SECRET = "submission_secret.txt"
"""By it a student fetches feedback from nbgrader's exchange. It is one student's own and goes to nobody else."""


@dataclass(frozen=True)
class _Work:
    """A hand-in as it lies there."""

    student: str
    folder: Path
    when: datetime | None
    """When it arrived, where that is known."""
    changed: float
    """When its notebook was last changed: that puts hand-ins in order of which nobody says when they arrived."""
    upload: int
    """Its number in Canvas, a later one is larger; 0 where there is none."""
    content: str
    """A hash of all of it but the time."""

    @property
    def time(self) -> str:
        return f" of {self.when:%Y-%m-%d %H:%M} UTC" if self.when else ""


def share(course: Course, lessons: list[Lesson]) -> list[str]:
    """Give each team's hand-in to all of its members; return what an instructor should know, in sentences.

    Args:
        course: whose hand-ins. Nobody else may grade or collect in it meanwhile.
        lessons: of the course.
    """
    people = record.students(course)
    teams = Teams.read(course, people)
    state = read_json(course.collected)
    copies: dict[str, str] = dict(state.get("copies", {}))
    """`student/lesson` → the member it was copied from, and a hash."""
    if not teams.rows and not copies:
        return []
    before = dict(copies)
    said = teams.strangers(people, course.teams.name)
    known = {person.id for person in people}
    for lesson in lessons:
        said += _part(course, lesson, teams, copies)
        for team, members in teams.together(lesson.name).items():
            own = [student for student in members if not known or student in known or _there(course, student, lesson)]
            said += _share_one(course, lesson, team, own, copies, state.get("uploads", {}))
    if copies != before:
        write_json(course.collected, read_json(course.collected) | {"copies": copies})
    return said


def share_if_any(course: Course, lessons: list[Lesson]) -> list[str]:
    """The same, where the course has teams, and as the only one who works in it.

    Raises:
        CourseError: where somebody else grades or collects.
    """
    if not course.teams.exists() and not read_json(course.collected).get("copies"):
        return []
    with only_grader(course):
        return share(course, lessons)


def _there(course: Course, student: str, lesson: Lesson) -> bool:
    folder = course.submitted / student / lesson.name
    return folder.is_dir() and not folder.is_symlink()


def _part(course: Course, lesson: Lesson, teams: Teams, copies: dict[str, str]) -> list[str]:
    """Take copies away from those who are no longer in a team with the one whose work it is."""
    said = []
    for key in [key for key in copies if key.endswith(f"/{lesson.name}")]:
        student, (owner, _, content) = key.rpartition("/")[0], copies[key].rpartition(" ")
        team = teams.of(student, lesson.name)
        if team and owner in teams.members(team, lesson.name):
            continue
        del copies[key]
        folder = course.submitted / student / lesson.name
        if _there(course, student, lesson) and _content(folder) == content:
            back_up(course)
            _put_away(course, student, lesson, folder)
            record.forget(course, student, lesson.name)
            said.append(
                f"{lesson.name}: {student} is no longer in a team with {owner}, so the copy of that hand-in was put "
                "aside (submitted/.earlier) and its points taken back."
            )
    return said


def _share_one(
    course: Course, lesson: Lesson, team: str, members: list[str], copies: dict[str, str], uploads: dict[str, int]
) -> list[str]:
    """Give one team's hand-in of one lesson to all members."""
    there = [_look(course, student, lesson, uploads) for student in members if _there(course, student, lesson)]
    own = [one for one in there if copies.get(f"{one.student}/{lesson.name}", "").rpartition(" ")[2] != one.content]
    if not own:
        own = [one for one in there if copies.get(f"{one.student}/{lesson.name}") is None] or there
    if not own:
        return []
    if large := [f"{one.student}'s: {why}" for one in own if (why := too_large(one.folder))]:
        return [f"{lesson.name} · team {team}: a hand-in is too large to be given to the others. {'; '.join(large)}"]
    said = []
    timed = all(one.when for one in own)
    newest = max(own, key=lambda one: _age(one, timed))  # of several the first in the alphabet
    same = [one for one in own if one.content == newest.content]
    if timed:  # the same work handed in again by another member makes nobody late
        newest = min(same, key=lambda one: _age(one, timed))
    others = [one for one in own if one.content != newest.content]
    if others:
        listed = ", ".join(f"{one.student}'s{one.time}" for one in others)
        sure = all(_age(one, timed) < _age(newest, timed) for one in others)
        why = "the newest" if sure else "nothing says which is the newest, so the first by name"
        said.append(
            f"{lesson.name} · team {team}: {len(others) + 1} members handed in. {newest.student}'s{newest.time} counts "
            f"for all ({why}); put aside in submitted/.earlier: {listed}."
        )
    for student in members:
        if student != newest.student:
            _copy(course, lesson, newest, student, next((one for one in there if one.student == student), None), copies)
    copies.pop(f"{newest.student}/{lesson.name}", None)
    return said


def _look(course: Course, student: str, lesson: Lesson, uploads: dict[str, int]) -> _Work:
    folder = course.submitted / student / lesson.name
    try:
        when = record.parse_timestamp((folder / TIMESTAMP).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        when = None
    notebook = folder / lesson.notebook.name
    changed = (notebook if notebook.is_file() else folder).stat().st_mtime
    return _Work(student, folder, when, changed, uploads.get(f"{student}/{lesson.name}", 0), _content(folder))


def _age(one: _Work, timed: bool) -> tuple[float, int, float]:
    """What puts hand-ins of a team in order: when they arrived, if all say so; else Canvas's number, the date."""
    arrived = one.when.astimezone(UTC).timestamp() if timed and one.when else 0.0
    return arrived, one.upload, one.changed


def _copy(course: Course, lesson: Lesson, work: _Work, student: str, old: _Work | None, copies: dict[str, str]) -> None:
    """Put a hand-in under another member's name as well, in one step."""
    key = f"{student}/{lesson.name}"
    place = course.submitted / student / lesson.name
    if old is None or old.content != work.content or old.when != work.when:
        fresh = course.submitted / ".new"
        shutil.rmtree(fresh, ignore_errors=True)
        shutil.copytree(work.folder, fresh, symlinks=True, ignore=shutil.ignore_patterns(SECRET))
        if old and copies.get(key, "").rpartition(" ")[2] != old.content and old.content != work.content:
            _put_away(course, student, lesson, place)
        elif old:
            secret = place / SECRET
            if secret.is_file() and not secret.is_symlink():
                shutil.copy2(secret, fresh / SECRET)
            shutil.rmtree(place)
        place.parent.mkdir(parents=True, exist_ok=True)
        fresh.rename(place)
    copies[key] = f"{work.student} {work.content}"


def _put_away(course: Course, student: str, lesson: Lesson, folder: Path) -> None:
    when = datetime.fromtimestamp(folder.stat().st_mtime)
    set_aside(folder, course.earlier / student / lesson.name / f"{when:%Y%m%d-%H%M%S}")


def set_aside(folder: Path, place: Path) -> None:
    """Move a folder to a place under a name that is free."""
    free, number = place, 1
    while free.exists():
        number += 1
        free = place.with_name(f"{place.name}-{number}")
    free.parent.mkdir(parents=True, exist_ok=True)
    folder.rename(free)


def _content(folder: Path) -> str:
    """A hash of a hand-in without its time and its secret; empty where it cannot be read, or is too large."""
    try:
        if too_large(folder):
            return ""
        return digest_of([path for path in files_in(folder) if path.name not in (TIMESTAMP, SECRET)], folder)
    except OSError:
        return ""
