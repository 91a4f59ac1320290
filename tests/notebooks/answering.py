"""A lesson's checks without a notebook: every answer of the bank, asked in one process and across the judge's wire.

``python -m tests.notebooks.answering 03 [exercise [seed]]`` prints what goes wrong.
"""

from __future__ import annotations

import contextlib
import io
import socket
import sys
import threading
import types
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from autograder.authoring.answers import Answer, read_bank
from autograder.authoring.prove import spread
from autograder.authoring.trial import give, namespace
from autograder.course import CourseError
from autograder.kernels.respond import respond
from autograder.kernels.stand_in import StandIn, Student, beside_half
from autograder.kernels.wire import Channel
from course_lib.check.checks import CheckFailed
from course_lib.check.exercise import HIDDEN, VISIBLE, Exercise, together
from course_lib.check.lesson import LessonChecks, check, visible_half
from course_lib.check.message import Message
from tests.notebooks.lessons import ROOT


@contextlib.contextmanager
def across_the_wire(module: types.ModuleType, exercise: type[Exercise], source: str) -> Iterator[Any]:
    """The same answer behind a stand-in; the answering side runs in a thread."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        thread = threading.Thread(target=respond, args=(Channel(theirs), lambda: vars(module), {}), daemon=True)
        thread.start()
        student, names = Student(Channel(ours), beside_half(source)), exercise.names()
        yield together({name: StandIn(student, name, names) for name in names})
        student.done()
        thread.join(60)


def title(ask: Callable[[], Any]) -> str:
    """The first line of what a check says; empty where it passes."""
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            ask()
    except CheckFailed as failed:
        return str(failed).split("\n")[0]
    return ""


def faults(lesson: Path, only: str = "", seed: int = 0, few: bool = False, most: int | None = None) -> Iterator[str]:
    """What is not as the bank says.

    Args:
        lesson: its folder.
        only: this exercise alone.
        seed: of the hidden examples.
        few: nothing goes across the wire (`prove` sends answers across the real one); of a costly exercise four are
            asked at all.
        most: of each exercise so many answers, from all over its bank; by default all.
    """
    (notebook,) = lesson.glob("*.ipynb")
    source = (lesson / "checks.py").read_text(encoding="utf-8")
    checks, half, module = LessonChecks(source), LessonChecks(visible_half(source)), namespace(notebook)
    for name, answers in read_bank(ROOT / "tests" / "answers" / lesson.name).items():
        if only not in ("", name):
            continue
        exercise, student_has = checks.exercises[name], half.exercises[name]
        for answer in spread(answers, 4 if few and exercise.costly else most):
            here = f"{name}: {answer.kind}: {answer.title}"
            bound = give(module, exercise, answer.title, answer.source)
            seen = title(lambda: check(student_has(), VISIBLE, bound))  # noqa: B023
            hidden = title(lambda: check(exercise(), HIDDEN, bound, seed))  # noqa: B023
            yield from amiss(f"{here}: in one process", name, answer, [seen, hidden])
            if few:
                continue
            with across_the_wire(module, exercise, source) as stand_in:
                judged = [title(lambda: check(exercise(), part, stand_in, seed)) for part in (VISIBLE, HIDDEN)]  # noqa: B023
            yield from amiss(f"{here}: across the wire", name, answer, judged)


def amiss(here: str, exercise: str, answer: Answer, titles: list[str]) -> Iterator[str]:
    """Whether an answer is told something else than the bank says."""
    wanted = Message(exercise, answer.mistake).title if answer.kind == "wrong" else ""
    if any(titles) if answer.kind == "right" else wanted not in titles:
        yield f"{here}: {titles}, wanted: {wanted or 'passes'}"


def main(which: str, exercise: str = "", seed: str = "0") -> int:
    """Print what is not as the bank says of a lesson, or of one exercise; returns the exit code."""
    lessons = sorted((ROOT / "notebooks").glob(f"{which}*/"))
    if len(lessons) != 1:
        sys.exit(f"{which} is {len(lessons)} lessons; give the number of one, as 03.")
    try:
        bank = read_bank(ROOT / "tests" / "answers" / lessons[0].name)
    except CourseError as error:
        sys.exit(str(error))
    if exercise not in ("", *bank):
        sys.exit(f"{lessons[0].name} has no exercise {exercise}; it has {', '.join(bank)}.")
    np.seterr(all="ignore")
    found = list(faults(lessons[0], exercise, int(seed)))
    print("\n".join(found) or "all as the bank says")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
