"""What a student gets back: one page a lesson, in nbgrader's ``feedback/``. `nbgrader release_feedback` hands it out.

A failed test's hint comes as a message (:mod:`course_lib.check.message`) in the graded notebook. The page tells which
mistake it names, in the course's own words (:func:`tell`). Nothing that was printed or raised while
tests ran is in it: a hidden test's numbers might be.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.course import TIMESTAMP, Course, CourseError, Lesson
from autograder.gradebook.due import both, in_zone
from autograder.gradebook.late_days import Late
from autograder.gradebook.team_work import SECRET
from autograder.reports.analysis import Classroom, GradedSubmission
from autograder.reports.lesson_items import NOT_RUN, UNKNOWN, Item, title_of
from autograder.reports.pages import page
from autograder.reports.report import late_by
from course_lib.check.message import NOT_WRITTEN

LONGEST = 20_000
"""So many characters of an answer are shown."""


@dataclass(frozen=True)
class Told:
    """What is said about one mistake."""

    mistake: str
    hint: str


def write_feedback(classroom: Classroom, course: Course, students: list[str] | None = None) -> Iterator[Path]:
    """Write the pages of these students, of all by default, and yield their paths.

    Raises:
        CourseError: where a student has no graded hand-in; when all others are written, where one has a name that no
            folder can have.
    """
    unknown = sorted(set(students or []) - {student for student, _ in classroom.submissions})
    if unknown:
        raise CourseError(f"Nothing in the gradebook from {', '.join(unknown)}.")
    lessons = {lesson.name: lesson for lesson in classroom.lessons}
    failed = []
    for (student, name), submission in classroom.submissions.items():
        if students and student not in students:
            continue
        try:
            yield _write_page(submission, lessons[name], classroom, course)
        except OSError as error:
            failed.append(f"{student!r}, {name} ({error.strerror or error})")
    if failed:
        raise CourseError(f"All pages are written but those of {'; '.join(failed)}.")


def _write_page(submission: GradedSubmission, lesson: Lesson, classroom: Classroom, course: Course) -> Path:
    """Write one page and what belongs beside it.

    Raises:
        OSError: where no folder can have the student's name, or nothing can be written there.
    """
    student = submission.student
    if student in ("", ".", "..") or "\0" in student or Path(student).name != student:
        raise OSError("no folder can have this name")
    folder = course.feedback / student / lesson.name
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{lesson.notebook.stem}.html"
    path.write_text(html(submission, lesson, classroom), encoding="utf-8")
    _for_the_exchange(folder, course.submitted / student / lesson.name, submission)
    return path


def html(submission: GradedSubmission, lesson: Lesson, classroom: Classroom) -> str:
    """The page of one student and lesson."""
    exercises = classroom.items[lesson.name]
    return page(
        "feedback.html",
        title=title_of(lesson),
        student=classroom.people[submission.student].name or submission.student,
        one=submission,
        due=both(in_zone(submission.late.due, classroom.rules.zone)) if submission.late else "",
        late=late_by(submission.seconds_late),
        days=_days(submission.late, classroom) if submission.late else "",
        rules=classroom.rules.sentence(),
        cards=[_card(item, submission) for item in exercises],
        solved=sum(_state(item, submission)[0] == "solved" for item in exercises),
    )


def _days(late: Late, classroom: Classroom) -> str:
    """How many days late a hand-in is, and which of them are free, in a sentence; empty where days do not count."""
    if not classroom.rules.sentence() or not late.days:
        return ""
    said = f"That is {late.days} late day{'s' * (late.days != 1)}"
    if classroom.rules.free_days:
        said += f", {late.free or 'none'} of {'it' if late.days == 1 else 'them'} free; {late.left or 'no'} free "
        said += f"day{'s' * (late.left != 1)} {'is' if late.left == 1 else 'are'} left for lessons that are due later"
    return f"{said}."


def tell(item: Item, submission: GradedSubmission) -> list[Told]:
    """What to say about the mistakes in an exercise, each once: those foreseen there; if there are none, the others.

    A student's code can write what it likes into a message. So a message only chooses among the course's own words.
    """
    mistakes = [item.known(submission.ran.messages[test].mistake) for test in item.tests if _failed(test, submission)]
    foreseen = [mistake for mistake in dict.fromkeys(mistakes) if mistake in item.hints]
    named = [mistake for mistake in mistakes if mistake != UNKNOWN]
    return [Told(mistake, item.hint(mistake)) for mistake in foreseen or named[:1] or mistakes[:1]]


def _failed(test: str, submission: GradedSubmission) -> bool:
    return test in submission.ran.messages


def _state(item: Item, submission: GradedSubmission) -> tuple[str, str]:
    """A word for how an exercise went, and its colour."""
    grade = submission.of(item)
    if grade.waits:
        return "a person will look at this", "look"
    if grade.maximum and grade.points >= grade.maximum:
        return "solved", "good"
    if any(told.mistake == NOT_WRITTEN for told in tell(item, submission)) or submission.comments.get(item.name) == (
        "No response."
    ):
        return "not written", "bad"
    return ("in part", "look") if grade.points > 0 else ("not yet", "bad")


def _card(item: Item, submission: GradedSubmission) -> dict[str, Any]:
    grade, (word, colour) = submission.of(item), _state(item, submission)
    visible = [test for test in item.tests if test not in item.hidden]
    told = [] if word == "solved" else tell(item, submission)  # a person may have given the points
    only_hidden = bool(told) and not any(_failed(test, submission) for test in visible)
    comment = submission.comments.get(item.name, "")
    return {
        "item": item,
        "grade": grade,
        "word": word,
        "colour": colour,
        "told": told,
        "only_hidden": only_hidden,
        "see_more": bool(told) and not only_hidden and told[0].mistake not in (NOT_WRITTEN, NOT_RUN),
        "answer": "" if word == "not written" else submission.ran.answers.get(item.name, "")[:LONGEST],
        "comment": "" if comment == "No response." else comment,
        "reread": item.section if colour == "bad" or word == "in part" else "",
    }


def _for_the_exchange(folder: Path, hand_in: Path, submission: GradedSubmission) -> None:
    """Put beside a page what `nbgrader release_feedback` reads.

    The secret is the one that came with the hand-in through nbgrader's exchange: who holds it fetches the page. What
    came another way has none and gets one that nobody knows, so that releasing does not stop there.
    """
    own = _small_text(hand_in / SECRET)
    if own or not _small_text(folder / SECRET):
        (folder / SECRET).write_text(own or secrets.token_hex(64), encoding="utf-8")
    handed_in = f"{submission.handed_in} UTC" if submission.handed_in else ""
    (folder / TIMESTAMP).write_text(_small_text(hand_in / TIMESTAMP) or handed_in, encoding="utf-8")


def _small_text(path: Path) -> str:
    """The text of a plain file of at most 1,000 characters; empty where there is none."""
    try:
        if path.is_symlink() or not path.is_file() or path.stat().st_size > 1000:
            return ""
        return path.read_text(encoding="utf-8")
    except (OSError, ValueError):
        return ""
