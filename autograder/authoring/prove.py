"""Proves the tests of a lesson: every answer of the bank goes through the released notebook and the grader.

One hand-in carries the k-th answer to every exercise. Exercises do not depend on each other, so a lesson needs as many
hand-ins as its longest bank, and one with nothing but stubs.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import zip_longest
from pathlib import Path
from typing import Any

from autograder import nbgrader_calls
from autograder.authoring.answers import STUB, Answer, fill, read_bank
from autograder.authoring.release import leaks
from autograder.course import Course, CourseError, Exercise, Lesson, grade_id, read_notebook
from autograder.gradebook.result import Result
from autograder.grading import grade_one
from autograder.grading.version import version
from autograder.kernels.ahead import modules_needed
from autograder.kernels.fork import fork_server
from autograder.kernels.rungs import why_no_sandbox
from autograder.processes import scratch
from autograder.processes.pool import LIMIT, JobFailed, run_jobs
from autograder.reading.sanitize import plain
from course_lib.check.message import NOT_WRITTEN, Message

Attempts = dict[tuple[str, int], dict[str, Answer]]
"""(lesson, number of the hand-in) → exercise → the answer in it."""


@dataclass(frozen=True)
class Failure:
    """An answer that was not treated as the bank says."""

    answer: Answer
    expected: str
    got: str


@dataclass
class Proof:
    """What was found out about one exercise."""

    lesson: str
    exercise: str
    tried: dict[str, int] = field(default_factory=lambda: {"right": 0, "wrong": 0, "stub": 0})
    passed: dict[str, int] = field(default_factory=lambda: {"right": 0, "wrong": 0, "stub": 0, "hint": 0})
    failures: list[Failure] = field(default_factory=list)
    missing: str = ""
    """Why there is nothing to prove: no bank, or no such exercise."""

    @property
    def well(self) -> bool:
        return not self.failures and not self.missing


def prove(
    course: Course,
    lessons: list[Lesson],
    bank: Path | None = None,
    exercise: str | None = None,
    progress: Callable[[int, int], None] = lambda done, total: None,
    workers: int | None = None,
    most: int | None = None,
) -> list[Proof]:
    """Run every answer of the bank; the course's own folders and gradebook are not touched.

    Args:
        course: the course.
        lessons: which lessons.
        bank: another bank of the same form; it may leave exercises out. By default the course's own, which may not.
        exercise: only this one.
        progress: called with the number of hand-ins done and of all.
        workers: how many run at once; by default one a core.
        most: of each exercise so many answers, right and wrong ones; by default all.

    Raises:
        CourseError: where a lesson or a bank is malformed, or there is no such exercise.
    """
    known = {lesson.name for lesson in course.lessons()}
    for folder in sorted((bank or course.answers).glob("*/")):
        if folder.name not in known and folder.name != "__pycache__":
            raise CourseError(f"{folder}: there is no lesson of this name.")
    proofs: dict[tuple[str, str], Proof] = {}
    attempts: Attempts = {}
    for lesson in lessons:
        answers = read_bank((bank or course.answers) / lesson.name)
        names = [ex.name for ex in lesson.exercises]
        for name in dict.fromkeys([*names, *answers]):
            if exercise in (None, name) and (bank is None or name in answers):
                why = "" if name in answers else f"no answers: {course.answers / lesson.name / name}.py is missing"
                why = why if name in names else "there are answers, but the lesson has no such exercise"
                proofs[lesson.name, name] = Proof(lesson.name, name, missing=why)
        chosen = {
            name: spread(answers[name], most) for name in names if (lesson.name, name) in proofs and name in answers
        }
        rounds = zip_longest(*chosen.values())
        for number, column in enumerate([(STUB,) * len(chosen), *rounds] if chosen else []):
            attempts[lesson.name, number] = {
                name: answer for name, answer in zip(chosen, column, strict=True) if answer is not None
            }
    if not proofs:
        what = f"exercise {exercise!r}" if exercise else "answer"
        raise CourseError(f"There is no {what} to prove in {', '.join(lesson.name for lesson in lessons)}.")

    by_name = {lesson.name: lesson for lesson in lessons}
    with ExitStack() as stack:
        place = stack.enter_context(scratch.scratch())
        server = stack.enter_context(fork_server(modules_needed(lessons)))
        jobs = _lay_out(place, course, by_name, attempts, server)
        progress(0, len(jobs))
        for done, (key, result) in enumerate(run_jobs(grade_one.grade_notebook, jobs, LIMIT, workers), start=1):
            lesson = by_name[key[0]]
            for name, answer in attempts[key].items():
                (tested,) = (ex for ex in lesson.exercises if ex.name == name)
                _judge(proofs[lesson.name, name], lesson, tested, answer, result)
            if key[1] == 0:
                _look_beside(proofs[lesson.name, next(iter(attempts[key]))], lesson, result)
            progress(done, len(jobs))
    return list(proofs.values())


def spread(answers: list[Answer], most: int | None) -> list[Answer]:
    """So many of the answers to an exercise: right ones at most half, wrong ones from all over the bank."""
    if most is None or len(answers) <= most:
        return answers
    right = [answer for answer in answers if answer.kind == "right"][: most // 2]
    wrong = [answer for answer in answers if answer.kind == "wrong"]
    count = min(most - len(right), len(wrong))
    return [*right, *(wrong[number * len(wrong) // count] for number in range(count))]


def _lay_out(
    place: Path, course: Course, lessons: dict[str, Lesson], attempts: Attempts, server: str | None
) -> dict[tuple[str, int], tuple[Any, ...]]:
    """A folder of its own for every hand-in; returns the jobs."""
    names = sorted({name for name, _ in attempts})
    for name in names:
        nbgrader_calls.prepare(place / name, course, lessons[name])
    for name, result in run_jobs(nbgrader_calls.generate, {name: (place / name, name) for name in names}, LIMIT):
        if isinstance(result, JobFailed):
            raise CourseError(f"nbgrader refuses {name}: {result}")
        found = leaks(lessons[name], Course(place / name).release / name)
        if found:
            raise CourseError(f"The student version of {name} would give away: {'; '.join(found)}.")
    versions = {name: version(course, lessons[name]) for name in names}
    sandboxed = not why_no_sandbox(
        modules_needed(lessons.values())
    )  # the bank is our own: where there is no sandbox, it needs none
    jobs = {}
    for (name, number), answers in attempts.items():
        notebook = Path(name) / lessons[name].notebook.name
        folder = place / f"{name}-{number}" / name
        sources = {exercise: answer.source for exercise, answer in answers.items() if answer is not STUB}
        fill(Course(place / name).release / notebook, folder / notebook.name, sources)
        jobs[name, number] = (folder, versions[name], server, sandboxed)
    return jobs


def _judge(proof: Proof, lesson: Lesson, exercise: Exercise, answer: Answer, result: Result | JobFailed) -> None:
    """Compare what an answer earned and showed with what the bank says of it."""
    full = sum(exercise.points.values())
    if isinstance(result, JobFailed):
        points, messages = 0.0, [f"the hand-in was not graded: {result}"]
        well = False
    else:
        points = sum(result.points.get(test) or 0.0 for test in exercise.points)
        messages = _messages(result.folder / lesson.notebook.name, set(exercise.points))
        said = [message.split("\n")[0] for message in messages]
        not_written = said == [Message(exercise.name, NOT_WRITTEN).title] * len(exercise.points)
        well = {"right": points == full, "wrong": points < full, "stub": points == 0 and not_written}[answer.kind]
    title = Message(exercise.name, answer.mistake).title
    hint = answer.kind == "wrong" and any(message.split("\n")[0] == title for message in messages)
    proof.tried[answer.kind] += 1
    proof.passed[answer.kind] += well
    proof.passed["hint"] += hint
    if well and (hint or answer.kind != "wrong"):
        return
    expected = {
        "right": f"{full:g} of {full:g} points",
        "wrong": f"fewer than {full:g} points, and “{title}”",
        "stub": f"0 points, and “{Message(exercise.name, NOT_WRITTEN).title}” from each test",
    }[answer.kind]
    got = f"{points:g} of {full:g} points" + "".join(f"\n{message}" for message in dict.fromkeys(messages))
    proof.failures.append(Failure(answer, expected, got))


def _look_beside(proof: Proof, lesson: Lesson, result: Result | JobFailed) -> None:
    """In the hand-in of stubs alone, no cell may fail but the exercises' tests: a student's Python would stop there."""
    if isinstance(result, JobFailed):
        return
    tests = {test for exercise in lesson.exercises for test in exercise.points}
    if beside := _messages(result.folder / lesson.notebook.name, tests, beside=True):
        proof.failures.append(Failure(STUB, "no error beside the tests of the exercises", "\n".join(beside)))


def _messages(notebook: Path, tests: set[str], beside: bool = False) -> list[str]:
    """The errors that a student reads under these tests, or beside them."""
    return [
        plain(output["evalue"] or output["ename"])
        for cell in read_notebook(notebook)["cells"]
        if (grade_id(cell) in tests) != beside
        for output in cell.get("outputs", [])
        if output["output_type"] == "error"
    ]
