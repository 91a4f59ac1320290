"""The commands around hand-ins: who is in the class, until when, in which team; bringing work in."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from autograder.commands.shared import console, orderly, progress_bar
from autograder.course import Course, CourseError, choose
from autograder.reading.sanitize import plain

if TYPE_CHECKING:
    pass


def roster(
    table: Annotated[
        Path | None,
        typer.Argument(
            help="The class as CSV: id, first_name, last_name, email, lms_user_id; Canvas's gradebook; Moodle's "
            "grading worksheet. None: show the class."
        ),
    ] = None,
) -> None:
    """Bring the class into the gradebook, or show it. Nobody is taken out; names and addresses become the new ones.

    Takes what spreadsheets write: commas, semicolons or tabs between columns.
    """
    from autograder.collecting.roster import enrol_class, lines, read_roster
    from autograder.gradebook import record
    from autograder.gradebook.lock import only_grader

    with orderly("Run `autograder roster` again."):
        course = Course.find()
        said: list[str] = []
        if table:
            people = read_roster(table)
            with only_grader(course):
                said = enrol_class(course, people)
            listed = {person.id for person in people}
            others = sorted(person.id for person in record.students(course) if person.id not in listed)
            take_out = "`nbgrader db student remove ID` takes one out."
            said += [f"In the gradebook, not in {table.name}: {', '.join(others)}. {take_out}"] * bool(others)
        for line in [*lines(course), *said]:
            console.print(Text(plain(line)), soft_wrap=True)


def due(
    lesson: Annotated[str | None, typer.Argument(help="Which lesson (01 is enough); none: show all dates.")] = None,
    when: Annotated[str | None, typer.Argument(help="For instance '2026-11-20 23:59 Europe/Berlin'.")] = None,
    student: Annotated[
        list[str] | None,
        typer.Option(help="This student, or team, has until then; may be given several times. In extensions.csv."),
    ] = None,
    zone: Annotated[
        str, typer.Option(help="Time zone, for instance Europe/Berlin; by default the course's, else this machine's.")
    ] = "",
) -> None:
    """Say when lessons are due, or set it: for all, or for some who have longer. `none` takes a date away.

    Shows each date in your zone and in UTC, as the gradebook keeps it, and what being late costs (c.LateDays in
    nbgrader_config.py). Penalties are reckoned anew; nothing is graded again for them.

    Students read the date on the start page and in release/<lesson>/due.txt: hand the file out again where they have
    the lesson.
    """
    from autograder.gradebook import dates

    with orderly("Nothing was changed."):
        course = Course.find()
        lessons = course.lessons([lesson] if lesson else None)
        if student and not when:
            raise CourseError("Until when? For instance: autograder due 01 '2026-11-27 23:59' --student ada")
        said = (
            dates.set_date(course, lessons[0], when, student or [], zone)
            if when
            else dates.lines(course, lessons, zone)
        )
        for line in said:
            console.print(Text(plain(line)), soft_wrap=True)


def teams(
    table: Annotated[
        Path | None,
        typer.Argument(
            help="Who is in which team: columns team, id, lesson; Canvas's export of a group set; Moodle's grading "
            "worksheet or list of participants. None: show the teams."
        ),
    ] = None,
    lesson: Annotated[
        list[str] | None, typer.Option(help="It holds for this lesson alone; may be given several times.")
    ] = None,
) -> None:
    """Say who hands in together, or show it. One hand-in then gives points, marks and feedback to each member.

    Writes teams.csv, which you may also edit. Lessons that were handed in already keep the teams that they had, unless
    you name them with --lesson. Of several hand-ins of a team the newest counts; the others are kept.
    """
    from datetime import datetime

    from autograder.collecting.groups import read_groups
    from autograder.gradebook import record, team_work
    from autograder.gradebook.teams import Teams

    with orderly("Run `autograder teams` again."):
        course = Course.find()
        if lesson and not table:
            raise CourseError(
                "Which table holds for that lesson? For instance: autograder teams groups.csv --lesson 03"
            )
        lessons, people = course.lessons(), record.students(course)
        now = Teams.read(course, people)
        said: list[str] = []
        if table:
            rows, said = read_groups(course, table, people)
            begun = [one.name for one in lessons if any(course.submitted.glob(f"[!.]*/{one.name}"))]
            chosen = [one.name for one in choose(lessons, lesson)] if lesson else []
            new = now.changed(rows, begun, chosen)
            said += new.differences(now, begun, chosen)
            if course.teams.exists():
                course.backups.mkdir(exist_ok=True)
                shutil.copyfile(course.teams, course.backups / f"teams-{datetime.now():%Y%m%d-%H%M%S}.csv")
            new.write(course.teams)
            now = new
        said += team_work.share_if_any(course, lessons)
        for line in [*now.lines(people), *said]:
            console.print(Text(plain(line)), soft_wrap=True)
        if table:
            console.print(Text(f"teams: {course.teams}"), soft_wrap=True)


def collect(
    sources: Annotated[
        list[Path] | None,
        typer.Argument(help="Zips of Canvas or Moodle, other zips, folders. None: nbgrader's exchange."),
    ] = None,
    lesson: Annotated[
        str | None,
        typer.Option(
            help="Only this lesson (01 is enough). Notebooks that do not say which lesson they are count as it."
        ),
    ] = None,
    roster: Annotated[
        Path | None,
        typer.Option(help="The class as CSV: id, first_name, last_name, email, lms_user_id. Goes into the gradebook."),
    ] = None,
) -> None:
    """Put hand-ins into submitted/<student>/<lesson>/. The newest counts, earlier ones are kept; nothing is lost.

    Takes Canvas's zip ("Download Submissions"), Moodle's ("Download all submissions"), any zip or folder with a folder
    for each student (in it the lesson's files, or a folder for each lesson), or files named after students.

    Says who is late and missing, and what was left out and why. The same source again changes nothing.

    Exit codes: 0 all in place; 1 something was left out; 2 wrong use or set-up; 130 stopped with Ctrl-C.
    """
    from autograder.collecting.collect import collect as collect_all

    with orderly("What was collected is in its place. Run the same command again to go on with the rest."):
        course = Course.find()
        with progress_bar() as progress:
            task = progress.add_task("collecting", total=None)
            collected = collect_all(
                course,
                sources or [],
                lesson,
                roster,
                lambda done, total: progress.update(task, completed=done, total=total),
            )
        if not collected.found:
            console.print("Nothing to collect.")
        else:
            console.print(collected.table())
        for line in collected.lines():
            console.print(Text(line), soft_wrap=True)
        raise typer.Exit(1 if collected.needs_person else 0)


def receipt(
    files: Annotated[
        list[Path] | None, typer.Argument(help="Receipts; by default those that lie among the hand-ins.")
    ] = None,
) -> None:
    """Say which hand-in a student's receipt (of `submit.check`) belongs to.

    A receipt says what was handed in, not when: its time is that of the student's own computer. It is no signature.

    Exit codes: 0 each fits a hand-in that counts; 1 one does not; 2 wrong use or set-up.
    """
    from autograder.collecting.receipt import find_receipts, look_up

    with orderly("Run `autograder receipt` again."):
        course = Course.find()
        found = files or find_receipts(course)
        if not found:
            console.print(Text(f"No receipts in {course.submitted}."), soft_wrap=True)
        well = True
        for path in found:
            fits = look_up(course, path)
            well &= fits.well
            shown = path if files else path.relative_to(course.submitted)
            console.print(Text(plain(f"{'✓' if fits.well else '✗'} {shown}: {fits.sentence}")), soft_wrap=True)
        raise typer.Exit(0 if well else 1)
