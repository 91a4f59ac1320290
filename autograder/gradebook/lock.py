"""One grader at a time in a course."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from filelock import FileLock, Timeout

from autograder.course import Course, CourseError


@contextmanager
def only_grader(course: Course) -> Iterator[None]:
    """Be the only one who grades in this course.

    Raises:
        CourseError: where somebody else does.
    """
    course.autograded.mkdir(exist_ok=True)
    lock = FileLock(course.lock, timeout=0)
    try:
        lock.acquire()
    except Timeout:
        raise CourseError("Another `autograder grade` is at work in this course. Wait until it is done.") from None
    try:
        yield
    finally:
        lock.release()
