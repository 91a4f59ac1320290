"""A lesson's checks without a notebook: every answer of the bank, asked in one process and across the judge's wire.

``python -m tests.notebooks.answering 03 [exercise]`` prints what goes wrong.
"""

from __future__ import annotations

import contextlib
import io
import linecache
import socket
import sys
import threading
import types
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from autograder.authoring.answers import Answer, read_bank
from autograder.course import is_solution, is_test
from autograder.grading.integrity import definitions
from autograder.kernels.respond import respond
from autograder.kernels.stand_in import StandIn, Student, beside_half
from autograder.kernels.wire import Channel
from course_lib.check.checks import CheckFailed
from course_lib.check.exercise import HIDDEN, VISIBLE, Exercise, Several
from course_lib.check.lesson import LessonChecks, check, visible_half
from course_lib.check.message import Message
from tests.notebooks.lessons import ROOT, grading, read


def scope(notebook: Path) -> types.ModuleType:
    """What the lesson's own cells define, without running what they compute; Spark is started where they start it."""
    module = types.ModuleType("__main__")  # functions of this name travel to Spark's workers by value
    for cell in read(notebook).cells:
        if cell.cell_type == "code" and not is_solution(cell) and not is_test(cell):
            whole = grading(cell).get("grade_id") in ("setup", "spark-start")
            source = cell.source if whole else definitions(cell.source)
            exec(source, vars(module))
    return module


def give(module: types.ModuleType, exercise: type[Exercise], answer: Answer) -> Any:
    """Run an answer of the bank in the lesson's scope; returns what the checks ask."""
    for name in exercise.names():
        vars(module).pop(name, None)
    file = f"<answer {exercise.name}: {answer.title}>"
    linecache.cache[file] = (len(answer.source), None, answer.source.splitlines(True), file)
    exec(compile(answer.source, file, "exec"), vars(module))
    parts = {name: vars(module)[name] for name in exercise.names()}
    return Several(parts) if len(parts) > 1 else parts[exercise.names()[0]]


@contextlib.contextmanager
def across_the_wire(module: types.ModuleType, exercise: type[Exercise], source: str) -> Iterator[Any]:
    """The same answer behind a stand-in; the answering side runs in a thread."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        thread = threading.Thread(target=respond, args=(Channel(theirs), lambda: vars(module), {}), daemon=True)
        thread.start()
        student, names = Student(Channel(ours), beside_half(source)), exercise.names()
        parts = {name: StandIn(student, name, names) for name in names}
        yield Several(parts) if len(parts) > 1 else parts[names[0]]
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


def faults(lesson: Path, only: str = "", seed: int = 0) -> Iterator[str]:
    """What is not as the bank says, for all answers of a lesson."""
    (notebook,) = lesson.glob("*.ipynb")
    source = (lesson / "checks.py").read_text(encoding="utf-8")
    checks, half, module = LessonChecks(source), LessonChecks(visible_half(source)), scope(notebook)
    for name, answers in read_bank(ROOT / "tests" / "answers" / lesson.name).items():
        if only not in ("", name):
            continue
        if name not in checks.exercises:
            yield f"{name}: not in checks.py"
            continue
        exercise, student_has = checks.exercises[name], half.exercises[name]
        for answer in answers:
            here = f"{name}: {answer.kind}: {answer.title}"
            try:
                bound = give(module, exercise, answer)
            except Exception as error:
                yield f"{here}: the cell itself fails, {type(error).__name__}: {error}"
                continue
            direct = [title(lambda: check(exercise(), part, bound, seed)) for part in (VISIBLE, HIDDEN)]  # noqa: B023
            alone = title(lambda: check(student_has(), VISIBLE, bound))  # noqa: B023
            with across_the_wire(module, exercise, source) as stand_in:
                judged = [title(lambda: check(exercise(), part, stand_in, seed)) for part in (VISIBLE, HIDDEN)]  # noqa: B023
            for where, titles in (("in one process", direct), ("across the wire", judged)):
                right = not any(titles) if answer.kind == "right" else Message(name, answer.mistake).title in titles
                if not right:
                    wanted = Message(name, answer.mistake).title if answer.kind == "wrong" else "passes"
                    yield f"{here}: {where}: {titles}, wanted: {wanted}"
            if alone != direct[0]:
                yield f"{here}: with the visible half alone: {alone!r}, not {direct[0]!r}"


if __name__ == "__main__":
    (chosen,) = (ROOT / "notebooks").glob(f"{sys.argv[1]}*/")
    np.seterr(all="ignore")
    found = list(faults(chosen, *sys.argv[2:3], *(int(s) for s in sys.argv[3:4])))
    print("\n".join(found) or "all as the bank says")
    sys.exit(bool(found))
