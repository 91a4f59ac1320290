"""Proves the tests by right answers: none may be refused, whatever an exercise is asked of all that its task allows.

Where an exercise declares its inputs (``hidden_inputs``), each right answer of the bank gets so many different ones, in
64 bits and, where that is natural, in 32. Of the others the hidden examples are drawn so many times.
"""

from __future__ import annotations

import contextlib
import io
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from autograder.authoring.answers import Answer
from autograder.authoring.mutants import LIMIT, SECONDS, each_exercise, right_of
from autograder.authoring.trial import TooLong, at_most, give, try_answer
from autograder.course import Course, Lesson
from autograder.processes.pool import JobFailed, run_jobs
from course_lib.check.checks import CheckFailed
from course_lib.check.draws import Draw, has_float_arrays, in_32_bits
from course_lib.check.exercise import HIDDEN, Example, Exercise

MOST_SECONDS = 120.0
"""How long the answers of one exercise are asked; then the next one follows."""


@dataclass(frozen=True)
class Refusal:
    """A right answer that did not pass."""

    exercise: str
    answer: str
    what: str
    """Which draw it was."""
    said: str


@dataclass
class LessonDraws:
    """What right answers of one lesson said to all that was drawn."""

    lesson: str
    answers: int = 0
    inputs: int = 0
    """So many questions were drawn from declared inputs and asked."""
    draws: int = 0
    """So many times the hidden examples were drawn and asked, where no inputs are declared."""
    cut: list[str] = field(default_factory=list)
    """Exercises whose time was over before all was asked."""
    refused: list[Refusal] = field(default_factory=list)
    missing: str = ""


def prove_draws(
    course: Course, lessons: list[Lesson], draws: int, exercise: str | None = None, workers: int | None = None
) -> Iterator[LessonDraws]:
    """Ask all right answers many inputs: none may be refused.

    Args:
        course: the course.
        lessons: which lessons.
        draws: how many inputs each answer gets; a costly exercise is asked a tenth of them.
        exercise: only this one.
        workers: how many lessons at once.
    """
    jobs = {lesson.name: (course.answers, lesson.folder, exercise, draws, draws) for lesson in lessons}
    for name, result in run_jobs(draw_lesson, jobs, LIMIT, workers):
        yield LessonDraws(name, missing=str(result)) if isinstance(result, JobFailed) else result


def draw_lesson(answers: Path, folder: Path, only: str | None, inputs: int, draws: int) -> LessonDraws:
    """What the right answers of one lesson say to so many inputs, or draws where none are declared; in this process."""
    found = LessonDraws(folder.name)
    for module, exercise, bank in each_exercise(answers, folder, only):
        right, begun, fresh = right_of(bank), time.monotonic(), exercise()
        asked = declared_inputs(fresh, inputs)
        for number, answer in enumerate(right):
            end = begun + MOST_SECONDS * (number + 1) / len(right)  # each answer has its share
            found.answers += 1
            if asked:
                whole = _ask_inputs(module, fresh, answer, asked, end, found)
            else:
                few = draws // 10 if exercise.costly else draws
                whole = _ask_draws(module, exercise, answer, few, end, found)
            if not whole and exercise.name not in found.cut:
                found.cut.append(exercise.name)
    return found


def declared_inputs(exercise: Exercise, inputs: int) -> list[tuple[str, Example]]:
    """So many inputs with their names (a number draws the same again), in 32 bits as well where that is another one.

    Empty where the exercise declares none.
    """
    found = []
    for number in range(inputs):
        given = exercise.hidden_inputs(Draw(np.random.default_rng(number)))
        if given is None:
            return []
        arguments, expected = given
        found.append((f"input {number}", Example(arguments, expected, exercise.look)))
        if exercise.hidden_in_32_bits and has_float_arrays(arguments):
            found.append((f"input {number} in 32 bits", Example(in_32_bits(arguments), expected, exercise.look)))
    return found


def _ask_inputs(
    module: Any,
    exercise: Exercise,
    answer: Answer,
    asked: list[tuple[str, Example]],
    end: float,
    found: LessonDraws,
) -> bool:
    """Ask an answer each of these, up to the first that it is refused for; whether the time was enough."""
    with contextlib.redirect_stdout(io.StringIO()):
        bound = give(module, type(exercise), answer.title, answer.source)
        for what, question in asked:
            if time.monotonic() > end:
                return False
            try:
                with at_most(SECONDS):
                    exercise.decide(HIDDEN, [question], [exercise.ask(question, bound)])
            except (CheckFailed, TooLong) as why:
                said = str(why) or f"it takes more than {SECONDS:g} seconds"
                found.refused.append(Refusal(exercise.name, answer.title, what, said))
                break
            found.inputs += 1
    return True


def _ask_draws(
    module: Any, exercise: type[Exercise], answer: Answer, draws: int, end: float, found: LessonDraws
) -> bool:
    """Ask an answer the hidden examples of many draws, up to the first that refuses it; whether the time was enough."""
    for seed in range(1, draws + 1):  # 0 is what an answer is asked elsewhere
        if seed > 1 and time.monotonic() > end:
            return False
        trial = try_answer(exercise, lambda: give(module, exercise, answer.title, answer.source), seed, SECONDS)
        if not trial.passes:
            said = trial.stopped or str(trial.said)
            found.refused.append(Refusal(exercise.name, answer.title, f"draw {seed}", said))
            return True
        found.draws += 1
    return True
