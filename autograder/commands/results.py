"""The commands for what comes after grading: pages for the class and for students, tables, similar hand-ins."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from autograder.commands.shared import Lessons, console, orderly
from autograder.course import Course, CourseError, Lesson, choose
from autograder.reading.sanitize import one_line, plain

if TYPE_CHECKING:
    from autograder.reports.analysis import Classroom


def report(
    lessons: Lessons = None,
    formgrader: Annotated[
        str | None,
        typer.Option(
            help="Address of Formgrader, for the links to answers that wait for a person. By default that of the "
            "JupyterLab that runs in this course's folder, else http://localhost:8888/formgrader."
        ),
    ] = None,
) -> None:
    """Write the class report: reports/class.html and tables for spreadsheets; of some lessons, reports/01-09/."""
    with orderly("Run `autograder report` again."):
        if formgrader and not formgrader.startswith(("http://", "https://")):
            raise CourseError(f"An address begins with http:// or https://, not {formgrader!r}.")
        course = Course.find()
        insist_on_grades(course)
        write_report(course, course.lessons(lessons), formgrader, some=bool(lessons))


def write_report(course: Course, lessons: list[Lesson], formgrader: str | None = None, some: bool = False) -> None:
    """Write the class report and say where it lies; one on some lessons leaves the one on all as it is."""
    from autograder.reports.analysis import read_class
    from autograder.reports.report import formgrader_of, write_report

    folder = course.reports / "-".join(lesson.name.partition("_")[0] for lesson in lessons) if some else course.reports
    page, *tables = write_report(read_class(course, lessons), folder, formgrader or formgrader_of(course))
    console.print(Text(f"report: {page}"), soft_wrap=True)
    console.print(Text(f"tables: {', '.join(table.name for table in tables)} beside it"), soft_wrap=True)


def feedback(
    lessons: Lessons = None,
    student: Annotated[list[str] | None, typer.Option(help="Only this student; may be given several times.")] = None,
    to: Annotated[
        str | None, typer.Option(help="Also make the zip that canvas or moodle takes back, in exports/.")
    ] = None,
) -> None:
    """Write each student's pages into feedback/. `nbgrader release_feedback LESSON` hands them out."""
    from autograder.reports.analysis import read_class
    from autograder.reports.feedback import write_feedback

    with orderly("Run `autograder feedback` again."):
        course = Course.find()
        insist_on_grades(course)
        classroom = read_class(course, course.lessons(lessons), student)
        pages = list(write_feedback(classroom, course, student))
        console.print(
            Text(f"{len(pages)} page{'s' * (len(pages) != 1)} in {course.feedback}/<student>/<lesson>/."),
            soft_wrap=True,
        )
        if to:
            _give_back(course, classroom, to)


def _give_back(course: Course, classroom: Classroom, to: str) -> None:
    """Make what a platform takes back, and say where it goes."""
    from autograder.reports.give_back import give_back

    for made in give_back(course, classroom, to):
        for path in made.files:
            console.print(Text(f"{made.lesson}: {made.students} students: {path}"), soft_wrap=True)
        if made.left_out:
            names = ", ".join(one_line(student) for student in made.left_out)
            console.print(Text(f"{made.lesson}: did not come from {to}: {names}", style="yellow"), soft_wrap=True)
        if made.differ:
            names = ", ".join(one_line(student) for student in made.differ)
            sentence = f"the page that {names} will see has the points of another member; theirs differ, being late"
            console.print(Text(f"{made.lesson}: {sentence}.", style="yellow"), soft_wrap=True)
    console.print(
        {
            "moodle": "In Moodle, assignment → View all submissions → Grading action: `Upload multiple feedback files "
            "in a zip` takes the zip, `Upload grading worksheet` the table (switch Moodle to English before: "
            "it looks for the headings in your language).",
            "canvas": "In Canvas, Grades → the assignment's menu → `Upload Submissions` takes the zip. Points: "
            "`autograder export --to canvas`.",
        }[to],
        markup=False, highlight=False, soft_wrap=True,
    )  # fmt: skip


def export(
    lessons: Lessons = None,
    to: Annotated[str, typer.Option(help="Which gradebook: nbgrader, canvas or moodle.")] = "nbgrader",
    roster: Annotated[
        Path | None, typer.Option(help="The gradebook that Canvas exported: its students and ids are kept.")
    ] = None,
) -> None:
    """Write the points into exports/, as a table that nbgrader, Canvas or Moodle understands."""
    from autograder.reports import export as exporting
    from autograder.reports.analysis import read_class

    with orderly("Run `autograder export` again."):
        course = Course.find()
        insist_on_grades(course)
        made = exporting.export(read_class(course, course.lessons(lessons)), to, roster)
        path = made.write(course.exports / f"{to}.csv")
        for remark in made.remarks:
            console.print(Text(plain(remark), style="yellow"), soft_wrap=True)
        console.print(Text(f"points: {path}"), soft_wrap=True)


def similar(
    lessons: Lessons = None,
    hide_names: Annotated[
        bool,
        typer.Option("--hide-names", help="Numbers in place of names; what was written stays as it is."),
    ] = False,
) -> None:
    """Compare the hand-ins of a lesson with each other: reports/similar-<lesson>.html. Proves nothing, takes no points.

    Counts statements that two hand-ins share and that neither the lessons, nor the answer bank, nor many others have;
    names, comments, layout and order make no difference. The page shows how often chance alone does as much.

    Exit codes: 0 all were compared; 1 a hand-in could not be; 2 wrong use or set-up; 130 stopped with Ctrl-C.
    """
    from autograder.authoring.answers import read_bank
    from autograder.reports import similar_page
    from autograder.reports.similar import compare

    with orderly("Run `autograder similar` again."):
        course = Course.find()
        everything = course.lessons()
        bank = {
            lesson.name: {
                exercise: [(answer.kind, answer.source) for answer in answers]
                for exercise, answers in read_bank(course.answers / lesson.name).items()
            }
            for lesson in everything
        }
        comparisons = [compare(course, lesson, everything, bank) for lesson in choose(everything, lessons)]
        for comparison in comparisons:
            names = similar_page.labels(comparison, hide_names)
            for who, why in similar_page.remarks(comparison, names):
                console.print(Text(plain(f"! {who}: {why}"), style="yellow"), soft_wrap=True)
            if len(comparison.texts) < 2:
                continue
            if comparison.pairs:
                console.print(similar_page.table(comparison, names))
            console.print(Text(comparison.sentence), soft_wrap=True)
            console.print(Text(f"page: {similar_page.write_similar(comparison, course, names)}"), soft_wrap=True)
        if not any(len(comparison.texts) > 1 for comparison in comparisons):
            console.print(f"Nothing to compare: it takes two hand-ins in {course.submitted}.", markup=False)
        raise typer.Exit(1 if any(comparison.remarks for comparison in comparisons) else 0)


def insist_on_grades(course: Course) -> None:
    """Make sure that there is something to tell of, and that penalties and teams' marks are those of today."""
    from autograder.gradebook.record import has_gradebook, reckon_penalties

    for remark in reckon_penalties(course):
        console.print(Text(plain(remark), style="yellow"), soft_wrap=True)
    if not has_gradebook(course):
        raise CourseError(f"Nothing was graded yet: there is no {course.gradebook}. Run `autograder grade` first.")
