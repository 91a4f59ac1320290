"""Proves that what a check says is true and enough: a student who does what it says ends at a right answer.

The bank holds the student's part: below each wrong answer stands what somebody makes of it who read what the check
says, and no more. Here the answers are checked one after the other, as the student would, in the lesson's own names.
A hint is true where the answer, repaired as it says, is not told the same again. It is enough where the answer is right
in the end, after `STEPS` repairs at most.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.authoring.answers import Answer
from autograder.authoring.mutants import LIMIT, each_exercise, try_source
from autograder.authoring.trial import a_sample
from autograder.course import Course, Lesson
from autograder.processes.pool import JobFailed, run_jobs
from course_lib.check.checks import CheckFailed
from course_lib.check.exercise import Exercise

STEPS = 3
"""So many repairs a student may need."""


@dataclass(frozen=True)
class Chain:
    """A wrong answer, and where what its checks say leads."""

    exercise: str
    title: str
    said: tuple[str, ...]
    """What the checks say: of the answer, then of each repair that is not right yet."""
    help: tuple[str, ...] = ()
    """Of each repair, how much help it takes."""
    broken: str = ""
    """Why it does not end at a right answer; empty where it does."""


def follow_repairs(
    course: Course, lessons: list[Lesson], exercise: str | None = None, most: int | None = None
) -> Iterator[tuple[str, list[Chain] | JobFailed]]:
    """Follow the repairs of all wrong answers of these lessons, each lesson in a process of its own.

    Args:
        course: the course.
        lessons: which lessons.
        exercise: only this one.
        most: of each exercise so many wrong answers, drawn, of a costly one a third; by default all.

    Yields:
        The lesson, and its chains.
    """
    jobs = {lesson.name: (course.answers, lesson.folder, exercise, most) for lesson in lessons}
    yield from run_jobs(follow_lesson, jobs, LIMIT)


def follow_lesson(answers: Path, folder: Path, only: str | None, most: int | None, seed: int = 0) -> list[Chain]:
    """The chains of one lesson, in this process."""
    chains = []
    for module, exercise, bank in each_exercise(answers, folder, only):
        wrong = [answer for answer in bank if answer.kind == "wrong"]
        if most is not None and len(wrong) > (few := a_sample(exercise, most)):
            wrong = random.Random(seed).sample(wrong, few)
        chains += [follow(module, exercise, answer) for answer in wrong]
    return chains


def follow(module: Any, exercise: type[Exercise], answer: Answer) -> Chain:
    """Check a wrong answer, then its repairs one after the other."""
    said: list[str] = []
    told: list[str] = []
    sources = [answer.source, *(repair.source for repair in answer.repairs)]
    broken = ""
    for number, source in enumerate(sources):
        trial = try_source(module, exercise, answer.title, source)
        if trial.stopped:
            broken = f"not tried: {trial.stopped}"
        elif trial.said is None:
            unused = len(sources) - 1 - number
            broken = "it is right as it stands" if not number else f"{unused} repairs too many" if unused else ""
        elif _subject(exercise, trial.said) in told:
            broken = "the same is said again"
        elif number == STEPS:
            broken = f"not right after {STEPS} repairs"
        elif number == len(sources) - 1:
            broken = "no repair leads on from here"
        if trial.said is not None:
            said.append(str(trial.said))
            told.append(_subject(exercise, trial.said))
        if broken or trial.passes:
            break
    return Chain(exercise.name, answer.title, tuple(said), tuple(repair.help for repair in answer.repairs), broken)


def _subject(exercise: type[Exercise], said: CheckFailed) -> str:
    """What a message speaks of: the foreseen mistake, or all its text."""
    return said.mistake if said.mistake in exercise.foreseen() else str(said)
