"""Proves the tests by faults: every right answer of the bank, with one fault put in, must lose points.

What passes all the same is a hole in a test, or no fault at all. The latter stand with their reason in the bank's
``equivalent.toml``, one table for each::

    [[softmax]]
    change = "e = np.exp(z - z.max(axis=-1, keepdims=True)) → e = np.exp(z - z.max(axis=1, keepdims=True))"
    why = "the same for two dimensions"

Where a task asks for a measured result alone (a small network that is accurate enough), whatever passes is right: there
``change = "*"`` stands for all.
"""

from __future__ import annotations

import contextlib
import os
import random
import tempfile
import tomllib
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

from autograder.authoring.answers import Answer, read_bank
from autograder.authoring.mutate import mutants
from autograder.authoring.trial import Trial, a_sample, give, namespace, try_answer
from autograder.course import Course, CourseError, Lesson
from autograder.processes.pool import JobFailed, run_jobs
from course_lib.check.asking import TOO_LONG
from course_lib.check.checks import BY_HAND
from course_lib.check.exercise import Exercise
from course_lib.check.lesson import LessonChecks
from course_lib.check.message import NOT_WRITTEN

EQUIVALENT, ANY = "equivalent.toml", "*"
SECONDS = 20.0
"""How long the visible or the hidden questions to one answer may compute: a fault often makes a loop without end."""
LIMIT = 3 * 3600.0
BY_HEART = "the visible examples by heart"
GENERIC = ("wrong type", "wrong shape", "wrong length", "not finite", "missing key", "extra key", "returns None")
"""Mistakes in form that anybody might make: their message says what is wrong, and where."""


@dataclass(frozen=True)
class Fault:
    """A mutant, and what became of it."""

    exercise: str
    answer: str
    change: str
    caught: bool
    kind: str
    """What a student would read: `foreseen`, `family`, `form`, `error`, `long` (where it was when it was stopped),
    `worked` (the example by hand), `plain`, or `untrue` where the hidden examples do not bear out a foreseen mistake;
    `stopped` where it could not be tried."""
    said: str = ""


@dataclass
class LessonFaults:
    """What the mutants of one lesson showed."""

    lesson: str
    faults: list[Fault] = field(default_factory=list)
    equivalent: int = 0
    unused: list[str] = field(default_factory=list)
    """Entries of the list of equivalents that fit no mutant that passes."""
    missing: str = ""

    @property
    def caught(self) -> int:
        return sum(fault.caught for fault in self.faults)

    @property
    def survivors(self) -> list[Fault]:
        return [fault for fault in self.faults if not fault.caught]

    @property
    def kinds(self) -> Counter[str]:
        """How many of those caught are told what."""
        return Counter(fault.kind for fault in self.faults if fault.caught)


def prove_mutants(
    course: Course,
    lessons: list[Lesson],
    exercise: str | None = None,
    most: int | None = None,
    seed: int = 0,
    workers: int | None = None,
) -> Iterator[LessonFaults]:
    """Put faults into all right answers of these lessons and try them.

    Args:
        course: the course.
        lessons: which lessons; each is tried in a process of its own.
        exercise: only this one.
        most: of each exercise so many mutants, drawn with ``seed``, of a costly one a third; by default all.
        seed: of the draw.
        workers: how many lessons at once; by default one a core.
    """
    jobs = {lesson.name: (course.answers, lesson.folder, exercise, most, seed) for lesson in lessons}
    died = []
    for name, result in run_jobs(try_lesson, jobs, LIMIT, workers):
        if isinstance(result, JobFailed) and exercise is None:
            died.append(next(lesson for lesson in lessons if lesson.name == name))
        else:
            yield LessonFaults(name, missing=str(result)) if isinstance(result, JobFailed) else result
    for lesson in died:  # a fault may kill its process (a crash in a library): each exercise in one of its own
        parts = {one.name: (course.answers, lesson.folder, one.name, most, seed) for one in lesson.exercises}
        yield _together(lesson.name, dict(run_jobs(try_lesson, parts, LIMIT, workers)))


def _together(lesson: str, parts: dict[str, LessonFaults | JobFailed]) -> LessonFaults:
    """One result of those of a lesson's exercises."""
    whole = LessonFaults(lesson)
    for name, part in parts.items():
        if isinstance(part, JobFailed):
            whole.missing += f"{name}: {part}. "
        else:
            whole.faults += part.faults
            whole.equivalent += part.equivalent
            whole.unused += part.unused
    return whole


def read_equivalents(path: Path) -> dict[str, dict[str, str]]:
    """Exercise → change → why it is no fault.

    Raises:
        CourseError: where the file is not in its form.
    """
    if not path.is_file():
        return {}
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
        return {name: {entry["change"]: str(entry["why"]) for entry in entries} for name, entries in tables.items()}
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise CourseError(f"{path}: {error}. Each entry is [[exercise]] with change and why.") from None


def try_lesson(answers: Path, folder: Path, only: str | None, most: int | None, seed: int) -> LessonFaults:
    """Try the mutants of one lesson in this process."""
    known = read_equivalents(answers / folder.name / EQUIVALENT)
    found = LessonFaults(folder.name)
    for module, exercise, bank in each_exercise(answers, folder, only):
        right = right_of(bank)
        listed_here, used = known.get(exercise.name, {}), set[str]()
        drawn = {
            (mutant.change, mutant.source): mutant
            for answer in right
            for mutant in mutants(answer.title, answer.source)
        }
        chosen = list(drawn.values())
        if most is not None and len(chosen) > (few := a_sample(exercise, most)):
            chosen = random.Random(seed).sample(chosen, few)
        for mutant in chosen:
            trial = try_source(module, exercise, mutant.answer, mutant.source)
            listed = {mutant.change, ANY} & set(listed_here)
            if trial.passes and listed:
                used |= listed
                found.equivalent += 1
            else:
                found.faults.append(_fault(exercise, mutant.answer, mutant.change, trial))
        if _is_called(exercise):
            trial = try_answer(exercise, lambda: _by_heart(exercise), 0, SECONDS)  # noqa: B023
            found.faults.append(_fault(exercise, BY_HEART, "(hard-coded)", trial))
        if most is None:
            found.unused += [f"{exercise.name}: {change}" for change in listed_here if change not in used]
    return found


def right_of(bank: list[Answer]) -> list[Answer]:
    return [answer for answer in bank if answer.kind == "right"]


def each_exercise(
    answers: Path, folder: Path, only: str | None
) -> Iterator[tuple[ModuleType, type[Exercise], list[Answer]]]:
    """A lesson's names, each exercise, its answers; meanwhile this process is in a folder of its own."""
    (notebook,) = folder.glob("*.ipynb")
    checks = LessonChecks((folder / "checks.py").read_text(encoding="utf-8"))
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    with tempfile.TemporaryDirectory() as scratch, contextlib.chdir(scratch):
        module = namespace(notebook)
        for name, bank in read_bank(answers / folder.name).items():
            if only in (None, name) and name in checks.exercises:
                yield module, checks.exercises[name], bank


def try_source(module: Any, exercise: type[Exercise], title: str, source: str) -> Trial:
    """Ask an answer everything; its text decides which hidden examples are drawn."""
    hidden = zlib.crc32(source.encode()) % 100_000
    return try_answer(exercise, lambda: give(module, exercise, title, source), hidden, SECONDS)


def _is_called(exercise: type[Exercise]) -> bool:
    return exercise.look is Exercise.look and not exercise.asks


def _by_heart(exercise: type[Exercise]) -> Any:
    """An answer that knows the visible examples and nothing else."""
    seen = exercise().examples()
    known = [(repr(arguments), expected) for arguments, expected, *_ in seen]
    return lambda *arguments: dict(known).get(repr(arguments), known[-1][1])


def _fault(exercise: type[Exercise], answer: str, change: str, trial: Trial) -> Fault:
    said = trial.said
    if said is None:
        kind = "stopped" if trial.stopped else ""
        return Fault(exercise.name, answer, change, bool(trial.stopped), kind, trial.stopped)
    return Fault(exercise.name, answer, change, True, _kind(exercise, said.mistake, trial), str(said))


def _kind(exercise: type[Exercise], mistake: str, trial: Trial) -> str:
    if BY_HAND in str(trial.said):
        return "worked"
    if not mistake:
        return "plain"
    if mistake in exercise.foreseen():
        return "untrue" if trial.visible and trial.borne_out is False else "foreseen"
    if mistake == TOO_LONG:
        return "long"
    if mistake in GENERIC or mistake == NOT_WRITTEN:
        return "form"
    return "error" if mistake[:1].isupper() else "family"
