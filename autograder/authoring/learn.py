"""What a class teaches the course: wrong answers without a hint of their own become entries of the answer bank."""

from __future__ import annotations

import ast
import contextlib
from dataclasses import dataclass

from autograder.authoring.answers import NONE_YET, Answer, read_answers
from autograder.course import Course, CourseError
from autograder.reports.analysis import Classroom
from course_lib import syntax

HEADING = "# %% wrong [{mistake}]: {title}\n{source}\n"


@dataclass(frozen=True)
class Learned:
    """A wrong answer that was written into the bank."""

    lesson: str
    exercise: str
    mistake: str
    students: int
    title: str


def learn(course: Course, classroom: Classroom, exercise: str | None = None) -> list[Learned]:
    """Write one answer for each way to be wrong that no foreseen mistake explains into the bank.

    What is written is code alone: comments and docstrings, where names may stand, are left out. An answer that stands
    there already is not written again.

    Args:
        course: whose bank.
        classroom: the class.
        exercise: only this one.

    Raises:
        CourseError: where the bank of an exercise is not in its form.
    """
    found = []
    for met in classroom.misconceptions():
        if met.foreseen or met.item.written or exercise not in (None, met.item.name):
            continue
        path = course.answers / met.lesson / f"{met.item.name}.py"
        source = anonymous(met.answer)
        known = read_answers(path) if path.is_file() else []
        if not source or any(anonymous(answer.source) == source for answer in known):
            continue
        title = _title(met.students, known)
        with path.open("a", encoding="utf-8") as bank:
            bank.write("\n\n" + HEADING.format(mistake=met.mistake or NONE_YET, title=title, source=source))
        found.append(Learned(met.lesson, met.item.name, met.mistake, met.students, title))
    if exercise is not None and exercise not in {item.name for items in classroom.items.values() for item in items}:
        raise CourseError(f"There is no exercise {exercise!r} in what was handed in.")
    return found


def _title(students: int, known: list[Answer]) -> str:
    """A title that no answer has yet."""
    number = 1 + sum(answer.title.startswith("met in a class") for answer in known)
    return f"met in a class, {number}, by {students}"


def anonymous(source: str) -> str:
    """Code without comments and docstrings, as Python itself writes it; empty where it is no Python."""
    with contextlib.suppress(SyntaxError, ValueError, RecursionError):
        tree = syntax.parse(source)
        for node in ast.walk(tree):
            body = getattr(node, "body", None)
            if isinstance(body, list):
                kept = [part for part in body if not _is_text(part)]
                node.body = kept or [ast.Pass()]  # type: ignore[attr-defined]
        return ast.unparse(tree)
    return ""


def _is_text(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
