"""The questions that a person marks, and the answers to one of them as the page shows them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Any

from autograder.course import Cell, Course, CourseError, Lesson, grade_id, is_solution, read_notebook
from autograder.gradebook.by_hand import Standing, comments_used, counts, standings
from autograder.gradebook.record import students
from autograder.gradebook.seen import Part, seen_in, what_is_shown
from autograder.marking.alike import clusters
from autograder.reading.sanitize import number, plain
from autograder.reports.lesson_items import Item, items_of, title_of
from autograder.reports.rubric import Level, Rubric, rubrics_of, whole_points
from autograder.reports.safe_html import safe_markdown

LONGEST = 50_000
"""Characters of a cell that are shown."""
CUT = "\n\n[The rest is not shown: open the notebook in autograded/.]"


@dataclass(frozen=True)
class Question:
    """One cell that gives points: a written answer, or a test that a person should look at."""

    lesson: Lesson
    item: Item
    cell: str
    """grade_id of the cell that gives the points; of the answer itself where it is a written one."""

    @property
    def key(self) -> str:
        return f"{self.lesson.name}/{self.cell}"

    @property
    def maximum(self) -> float:
        return self.item.tests[self.cell]

    @property
    def title(self) -> str:
        """In words: lesson, answer, and which of its tests."""
        kind = "" if self.item.written else f" · {'hidden' if self.cell in self.item.hidden else 'visible'} test"
        return plain(f"{title_of(self.lesson)} · {self.item.title}{kind}")

    @cached_property
    def rubric(self) -> Rubric | None:
        return rubrics_of(self.lesson).get(self.cell)


@dataclass(frozen=True)
class Waiting:
    """A question, and how far it is."""

    question: Question
    answers: int
    waiting: int


def questions_of(lessons: list[Lesson]) -> list[Question]:
    """All that gives points in these lessons."""
    return [Question(lesson, item, cell) for lesson in lessons for item in items_of(lesson) for cell in item.tests]


def find_questions(course: Course, questions: list[Question]) -> list[Waiting]:
    """The written answers that somebody handed in, and the tests that wait for a person or were marked by one.

    Hand-ins that could not be graded have nothing to be seen; they are left out.
    """
    known = counts(course)
    is_there = cache(lambda lesson, student: _notebook(course, lesson, student).is_file())
    found = []
    for one in questions:
        waits = [
            waiting
            for student, waiting, marked in known.get((one.lesson.name, one.cell), ())
            if (one.item.written or waiting or marked) and is_there(one.lesson, student)
        ]
        if waits:
            found.append(Waiting(one, len(waits), sum(waits)))
    return found


def choose(questions: list[Waiting], name: str) -> Question:
    """The question that is named, by its cell's grade_id or its beginning.

    Raises:
        CourseError: where none fits, or several do.
    """
    cells = {one.question.key: one.question for one in questions}
    exact = [one for one in cells.values() if name in (one.cell, one.item.name)]
    fits = exact or [one for one in cells.values() if one.cell.startswith(name)]
    if len(fits) != 1:
        listed = ", ".join(one.cell for one in fits or cells.values()) or "none"
        raise CourseError(f"{'Several questions begin' if fits else 'No question begins'} with {name!r}: {listed}.")
    return fits[0]


# ------------------------------------------------------------------------------------------------ for the page


def show(course: Course, question: Question, names: bool) -> dict[str, Any]:
    """All that the page needs of a question. What students wrote is in it as text, or as HTML that cannot act.

    Args:
        course: whose hand-ins.
        question: which.
        names: whether it says who wrote what; else it tells nobody.
    """
    there, seen, shown = {}, {}, {}
    given = {"", *(cell["source"].strip() for cell in question.lesson.cells)}  # the lesson's own cells are no answer
    for one in standings(course, question.lesson, question.cell, question.item.name):
        if not question.item.written and not one.waits and one.points is None:
            continue  # a program's points that nobody doubts
        path = _notebook(course, question.lesson, one.student)
        parts, digest = read_parts(path).get(question.cell, ((), ""))
        if parts:
            own = [part for part in parts if not (part.kind in ("beside", "own") and part.source.strip() in given)]
            there[one.id], seen[one.id], shown[one.id] = one, digest, own
    known = {person.id: person.name for person in students(course)} if names else {}
    answers = {
        name: state(one) | {"seen": seen[name], "who": _who(one.student, known) if names else ""}
        for name, one in there.items()
    }
    groups = []
    for cluster in clusters(shown):
        for place, members in enumerate(cluster, start=1):
            first = members[0]
            folder = _notebook(course, question.lesson, there[first].student).parent
            members = sorted(members, key=lambda name: answers[name]["who"] or name)
            parts_shown = [_part(part, folder) for part in shown[first]]
            groups.append({"answers": members, "place": place, "of": len(cluster), "parts": parts_shown})
    return {
        "question": question.key,
        "title": question.title,
        "task": _task(question),
        "rubric": _rubric(question),
        "levels": _levels(question, list(there.values())),
        "maximum": question.maximum,
        "names": names,
        "groups": groups,
        "answers": answers,
        "comments": comments_used(there.values()),
    }


def state(one: Standing) -> dict[str, Any]:
    """What the page knows of an answer's marks."""
    return {
        "version": one.version,
        "points": one.points,
        "automatic": one.automatic,
        "waits": one.waits,
        "comment": one.comment,
    }


def read_parts(path: Path) -> dict[str, tuple[tuple[Part, ...], str]]:
    """grade_id → what a marker sees of it and its hash, of a graded notebook; a file is read once until it changes."""
    try:
        found = path.stat()
    except OSError:
        return {}
    return _read_parts(path, found.st_mtime_ns, found.st_size, found.st_ino)


@lru_cache(maxsize=500)
def _read_parts(path: Path, *_: int) -> dict[str, tuple[tuple[Part, ...], str]]:
    try:
        cells = read_notebook(path)["cells"]
    except (CourseError, OSError, RecursionError):
        return {}
    seen = seen_in(cells)
    return {name: (tuple(parts), seen[name]) for name, parts in what_is_shown(cells).items()}


def _notebook(course: Course, lesson: Lesson, student: str) -> Path:
    return course.autograded / student / lesson.name / lesson.notebook.name


def _who(student: str, names: dict[str, str]) -> str:
    name = names.get(student)
    return plain(f"{name} ({student})" if name else student)


def _part(part: Part, folder: Path) -> dict[str, Any]:
    source = plain(part.source if len(part.source) <= LONGEST else part.source[:LONGEST] + CUT)
    prose = not part.code and part.kind in ("answer", "beside")
    attachments = part.attachments if isinstance(part.attachments, dict) else None
    return {"kind": part.kind, "text": source, "html": safe_markdown(source, attachments, folder) if prose else ""}


def _task(question: Question) -> str:
    """The cell in which the task stands, as HTML."""
    before: Cell | None = None
    for cell in question.lesson.cells:
        if grade_id(cell) == question.item.name:
            break
        if cell["cell_type"] == "markdown" and not is_solution(cell):
            before = cell
    return safe_markdown(before["source"], before.get("attachments"), question.lesson.folder) if before else ""


def _rubric(question: Question) -> str:
    rubric = question.rubric
    return safe_markdown(rubric.text, rubric.attachments, question.lesson.folder) if rubric else ""


def _levels(question: Question, there: list[Standing]) -> list[dict[str, Any]]:
    """The buttons: the rubric's rows, or of a test nothing, everything, and what the program gave.

    The key of a row is its points where that is one digit for all of them, else its place.
    """
    if question.item.written:
        levels = question.rubric.levels(question.maximum) if question.rubric else whole_points(question.maximum)
    else:
        given = {one.automatic for one in there if one.automatic is not None}
        levels = [Level(points, "") for points in sorted({0.0, question.maximum, *given}, reverse=True)]
    whole = all(level.points.is_integer() and level.points < 10 for level in levels)
    return [
        {
            "points": level.points,
            "key": number(level.points) if whole else str(place) if place < 10 else "",
            "html": safe_markdown(level.text) if level.text else "",
        }
        for place, level in enumerate(levels, start=1)
    ]
