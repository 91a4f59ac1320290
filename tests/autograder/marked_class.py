"""A class whose graded notebooks are there without a kernel: what marking by question reads and writes."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from threading import Barrier, Thread

from autograder.course import Course
from autograder.gradebook import record
from autograder.gradebook.by_hand import MARKED_MEANWHILE, Mark, Standing, mark, standings
from autograder.gradebook.result import Result
from autograder.gradebook.seen import FOR_A_PERSON, what_is_seen
from autograder.marking.questions import questions_of
from autograder.marking.server import Marking, serve
from autograder.nbgrader_calls import generate
from tests.autograder.tiny_course import LESSON, NOTEBOOK, hand_in, named
from tests.waiting import PATIENCE

POINTS = {"double_visible": 1.0, "double_hidden": 1.0, "greet_visible": 0.5, "greet_hidden": 0.5, "why": None}
SVG = "<svg onload=alert(2)><img src=x onerror=\"document.title='taken over'\">"
HOSTILE = f"<script>document.title = 'taken over'</script> {SVG} [here](javascript:alert(1)) **bold stays** \x1b[31m"
WHY = {
    "ada": "Because multiplying by two doubles the number, whatever its sign is.",
    "bo": "because  multiplying by two doubles the number, whatever its sign is.",
    "cy": "Multiplying by two doubles the number, and its sign stays whatever it is.",
    "dee": "No idea.",
    "mallory": HOSTILE,
}


def enter(course: Course) -> None:
    """Write the lesson's cells into the gradebook, and the student version."""
    generate(course.root, LESSON, course.gradebook_url)


def put(course: Course, student: str, why: str, change: Callable | None = None, flagged: tuple[str, ...] = ()) -> Path:
    """Let a student's hand-in be graded, with this written answer; returns the graded notebook."""
    (lesson,) = course.lessons()
    path = hand_in(course, student, change, why=why)
    graded = course.root / "graded"
    shutil.rmtree(graded, ignore_errors=True)
    shutil.copytree(path.parent, graded)
    result = Result(POINTS | dict.fromkeys(flagged, 0.0), flagged, {}, (), (), graded)
    record.record(course, lesson, student, path.parent, result)
    return course.autograded / student / LESSON / NOTEBOOK


def in_doubt(cells: list[dict]) -> None:
    """A hidden test that a person must look at."""
    test = named(cells, "double_hidden")
    test["metadata"][FOR_A_PERSON] = [f"The answer knows the visible examples. {SVG}"]
    test["outputs"] = [{"output_type": "error", "ename": "CheckFailed", "evalue": f"✗ double {SVG}", "traceback": []}]


def make_class(course: Course) -> None:
    """Five students with a written answer each; one of them with a test in doubt."""
    enter(course)
    for student, why in WHY.items():
        put(course, student, why, in_doubt if student == "dee" else None, ("double_hidden",) * (student == "dee"))


@contextmanager
def served(course: Course, **options) -> Iterator[tuple[str, str]]:
    """The page as `autograder mark` serves it; yields its address and its token."""
    ready: Future[tuple[int, str]] = Future()
    loop = asyncio.new_event_loop()
    marking = Marking(course, questions_of(course.lessons()), **options)
    task = loop.create_task(serve(marking, 0, lambda port, token: ready.set_result((port, token))))

    def run() -> None:
        with suppress(asyncio.CancelledError):
            loop.run_until_complete(task)
        loop.run_until_complete(loop.shutdown_default_executor())
        loop.close()

    thread = Thread(target=run)
    thread.start()
    try:
        port, token = ready.result(PATIENCE)
        yield f"http://127.0.0.1:{port}/", token
    finally:
        loop.call_soon_threadsafe(task.cancel)
        thread.join()


def standing(course: Course, student: str, cell: str = "why", answer: str = "why") -> tuple[float | None, bool, str]:
    """Points by hand, whether it waits, and the comment, as nbgrader's own gradebook has them."""
    with record.open_gradebook(course) as gradebook:
        grade = gradebook.find_grade(cell, "small_numbers", LESSON, student)
        comment = gradebook.find_comment(answer, "small_numbers", LESSON, student)
        return grade.manual_score, grade.needs_manual_grade, comment.manual_comment or ""


def look(course: Course) -> list[Standing]:
    """What a marker sees of all written answers."""
    return standings(course, course.lessons()[0], "why", "why")


def decide(course: Course, seen: list[Standing], points: float | None, comment: str = "") -> dict[str, str]:
    """Mark answers as they were seen; returns what was refused."""
    (lesson,) = course.lessons()
    graded = course.autograded
    marks = [
        Mark(one.id, one.version, what_is_seen(graded / one.student / LESSON / NOTEBOOK)["why"], points, comment)
        for one in seen
    ]
    return mark(course, lesson, "why", "why", marks)


def all_at_once(course: Course, monkeypatch) -> None:
    """Two markers mark the same answers at the same time, each with points of their own: each answer has one's.

    The lock on this machine is out of the way: markers may sit at others, or in Formgrader.
    """
    monkeypatch.setattr("autograder.gradebook.by_hand.only_writer", lambda course: nullcontext())
    seen = look(course)
    start = Barrier(2)

    def one(points: float) -> dict[str, str]:
        start.wait()
        return decide(course, seen, points, f"from {points:g}")

    with ThreadPoolExecutor(2) as markers:
        refused = list(markers.map(one, (1.0, 2.0)))
    for standing in look(course):
        winner = 1.0 if standing.id in refused[1] else 2.0
        assert standing.id not in refused[int(winner) - 1]
        assert (standing.points, standing.waits, standing.comment) == (winner, False, f"from {winner:g}")
    assert len(refused[0]) + len(refused[1]) == len(seen)


def formgrader_comes_between(course: Course, monkeypatch) -> None:
    """Somebody marks in Formgrader between our look at the gradebook and our writing: theirs stays."""
    from autograder.gradebook import by_hand

    (seen, *_) = look(course)
    real = by_hand._seen

    def meanwhile(*args):
        with record.open_gradebook(course) as gradebook:
            grade = gradebook.find_grade("why", "small_numbers", LESSON, seen.student)
            grade.manual_score, grade.needs_manual_grade = 0.5, False
            gradebook.db.commit()
        return real(*args)

    monkeypatch.setattr(by_hand, "_seen", meanwhile)
    assert decide(course, [seen], 2.0, "ours") == {seen.id: MARKED_MEANWHILE}
    assert standing(course, seen.student) == (0.5, False, "")
