"""One grader at a time in a course, one server, and one writer of a hand-in's points and notebook."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from autograder.course import Course, CourseError


class Busy(CourseError):
    """Somebody else is at work in this course."""


@contextmanager
def only_grader(course: Course) -> Iterator[None]:
    """Be the only one who grades in this course.

    Raises:
        Busy: where somebody else does.
    """
    with _held(
        course,
        course.lock,
        "Another `autograder grade`, or `autograder serve`, is at work in this course. Wait until it is done, or stop "
        "the server (Ctrl-C): what it has not graded yet waits for the next one.",
    ):
        yield


@contextmanager
def only_server(course: Course) -> Iterator[None]:
    """Be the only one who watches for hand-ins of this course.

    Raises:
        Busy: where somebody else does.
    """
    with _held(course, course.serving, "Another `autograder serve` watches this course. Stop it first (Ctrl-C)."):
        yield


@contextmanager
def _held(course: Course, path: Path, otherwise: str) -> Iterator[None]:
    course.autograded.mkdir(exist_ok=True)
    lock = FileLock(path, timeout=0)
    try:
        lock.acquire()
    except Timeout:
        raise Busy(otherwise) from None
    try:
        yield
    finally:
        lock.release()


@contextmanager
def only_writer(course: Course) -> Iterator[None]:
    """Be the only one who writes points, for a moment: a mark belongs to the notebook that lies there.

    Raises:
        CourseError: where somebody else is for half a minute, or the folder cannot be written to.
    """
    try:
        course.autograded.mkdir(exist_ok=True)
        lock = FileLock(course.writing, timeout=30, mode=0o664)  # markers of one group share it
        lock.acquire()
    except (Timeout, OSError) as error:
        raise CourseError(f"{course.autograded} is in use, or cannot be written to ({error}). Try again.") from None
    try:
        yield
    finally:
        lock.release()
