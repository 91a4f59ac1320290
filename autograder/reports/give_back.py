"""The way back to a learning platform: one zip of feedback, named so that Canvas or Moodle knows whose each file is.

What the platforms take, as their own sources have it:

- **Moodle** ("Upload multiple feedback files in a zip") splits a folder's name at ``_``: full name, participant's
  number, ``assignfeedback``, ``file``; whatever lies in it becomes that participant's feedback (Moodle's
  ``mod/assign/feedback/file/importziplib.php``). Points come by the grading worksheet, which must have the columns
  `Identifier`, `Grade` and `Last modified (grade)`, in the language of whoever uploads it: here English
  (``mod/assign/feedback/offline/importgradeslib.php``).
- **Canvas** ("Upload Submissions") reads the numbers of the user and of the upload out of a file's name, or ``anon_``
  and its mark, and attaches the file to a comment *under the upload's own name*
  (``infer_comment_context_from_filename`` in Canvas's ``app/models/abstract_assignment.rb``). A student gets a
  notebook's name back, so it has to be a notebook. Points come by `autograder export --to canvas`.

`autograder collect` remembers what each hand-in was called. A comment on a group's upload Canvas gives to every member
(``group_students`` in ``generate_comments_from_files``), so there is one file for all of them; Moodle gets one each.
"""

from __future__ import annotations

import json
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path

from autograder.course import Course, CourseError, Lesson, read_json
from autograder.reading.sanitize import number, write_csv
from autograder.reports.analysis import Classroom, GradedSubmission
from autograder.reports.feedback import html

PLATFORMS = ("canvas", "moodle")
WORKSHEET = (
    "Identifier", "Full name", "Email address", "Grade", "Maximum Grade", "Last modified (grade)", "Feedback comments",
)  # fmt: skip
DATE = (2000, 1, 1, 0, 0, 0)
"""Of all files in a zip: the same feedback makes the same zip."""


@dataclass(frozen=True)
class GivenBack:
    """What was made for one lesson."""

    lesson: str
    files: tuple[Path, ...]
    students: int
    left_out: tuple[str, ...]
    """Students whose hand-in did not come from this platform."""
    differ: tuple[str, ...] = ()
    """Students who get a page with the points of another member of their team, and had other points taken off."""


def give_back(course: Course, classroom: Classroom, to: str) -> list[GivenBack]:
    """Write ``exports/<to>-<lesson>.zip`` for each lesson, for Moodle its worksheet beside it.

    Args:
        course: where the exports go.
        classroom: the class.
        to: `canvas` or `moodle`.

    Raises:
        CourseError: for another platform, or where nothing came from this one.
    """
    if to not in PLATFORMS:
        raise CourseError(f"Feedback goes back to {' or '.join(PLATFORMS)}, not {to!r}.")
    names = read_json(course.collected).get("names", {})
    made = [_lesson(course, classroom, lesson, to, names) for lesson in classroom.lessons]
    if not any(one.students for one in made):
        raise CourseError(
            f"None of these hand-ins came from {to.capitalize()}. `autograder collect` remembers what its files are "
            "called: collect the zip that you downloaded once more, it changes nothing else."
        )
    return made


def _lesson(course: Course, classroom: Classroom, lesson: Lesson, to: str, names: dict[str, str]) -> GivenBack:
    found = {student: one for (student, name), one in classroom.submissions.items() if name == lesson.name}
    sent_as = {student: names.get(f"{student}/{lesson.name}", "") for student in found}
    came = {student: name.partition(":")[2] for student, name in sent_as.items() if name.startswith(f"{to}:")}
    left_out = tuple(student for student in found if student not in came)
    if not came:
        return GivenBack(lesson.name, (), 0, left_out)
    course.exports.mkdir(parents=True, exist_ok=True)
    files = [course.exports / f"{to}-{lesson.name}.zip"]
    once = {name: student for student, name in sorted(came.items(), reverse=True)}  # of a group's upload the first
    with zipfile.ZipFile(files[0], "w") as archive:
        for name, student in sorted(once.items(), key=lambda item: item[1]):
            page = html(found[student], lesson, classroom)
            inside, content = _moodle(name, page) if to == "moodle" else _canvas(name, page, lesson)
            archive.writestr(zipfile.ZipInfo(inside, DATE), content, zipfile.ZIP_DEFLATED)
    if to == "moodle":
        rows = [_row(name, found[student], classroom) for student, name in sorted(came.items())]
        files.append(write_csv(files[0].with_suffix(".csv"), list(WORKSHEET), rows))
    shown = {student: found[once[name]] for student, name in came.items()}
    differ = tuple(sorted(student for student, one in shown.items() if one.penalty != found[student].penalty))
    return GivenBack(lesson.name, tuple(files), len(came), left_out, differ)


def _moodle(sent_as: str, page: str) -> tuple[str, str]:
    """A folder with the participant's number in its name, and the page in it."""
    return f"{sent_as}_assignfeedback_file_/feedback.html", page


def _canvas(sent_as: str, page: str, lesson: Lesson) -> tuple[str, str]:
    """A notebook with the page in it: Canvas shows it under the name of the student's own."""
    body = re.sub(r"\s*\n\s*", "\n", page.partition("<main>")[2].partition("</main>")[0])
    cell = {"cell_type": "markdown", "id": "feedback", "metadata": {}, "source": f"# Feedback\n\n{body.strip()}"}
    content = {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    return f"{sent_as}_{lesson.notebook.name}", json.dumps(content, ensure_ascii=False, indent=1)


def _row(sent_as: str, submission: GradedSubmission, classroom: Classroom) -> list[str | float]:
    """One row of Moodle's worksheet. Where a person still has to look, there are no points yet."""
    name, _, participant = sent_as.rpartition("_")
    person = classroom.people.get(submission.student)
    done = submission.graded and not submission.waits
    said = "The attached page tells more."
    if done:
        said = f"{number(submission.points)} of {number(submission.maximum)} points. {said}"
    elif not submission.graded:
        said = f"It could not be graded. {said}"
    points = round(submission.points, 4) if done else ""
    email = person.email if person else ""
    return [f"Participant {participant}", name, email, points, submission.maximum, "-", said]
