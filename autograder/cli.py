"""The command line `autograder`: from the student version to marks in a gradebook.

Exit codes: 0 all well; 1 a hand-in or an answer needs a person; 2 wrong use or set-up; 130 stopped with Ctrl-C.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.text import Text

import autograder.processes.no_grammar  # noqa: F401
from autograder.course import Course, CourseError, Lesson, choose
from autograder.kernels.rungs import LANDLOCK, NAMESPACES, promises, rung, why_no_sandbox
from autograder.processes import pool
from autograder.reading.sanitize import one_line, plain
from course_lib import terminal

if TYPE_CHECKING:
    from autograder.reports.analysis import Classroom

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    help="Make the student version of the lessons, collect and grade what was handed in, prove the tests.\n\n"
    "Exit codes: 0 all well; 1 a hand-in or an answer needs a person; 2 wrong use or set-up; 130 stopped with Ctrl-C.",
)
console = Console()

Result = TypeVar("Result")
Lessons = Annotated[
    list[str] | None, typer.Argument(help="Lessons, by folder name or its beginning (01); all by default.")
]


@contextmanager
def _orderly(go_on: str) -> Iterator[None]:
    """Turn what can go wrong into one message and an exit code."""
    try:
        yield
    except CourseError as error:
        console.print(Text(str(error), style="red"), soft_wrap=True)  # commands in it can be copied
        raise typer.Exit(2) from None
    except KeyboardInterrupt:
        console.print(f"\nStopped. {go_on}")
        raise typer.Exit(130) from None


def _progress() -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    return Progress(*columns, console=console, transient=True)


@app.command()
def release(
    lessons: Lessons = None,
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Put your own work aside, under another name beside it, and begin anew.")
    ] = False,
) -> None:
    """Make the student version in release/. A notebook that somebody has worked in is kept."""
    from autograder.authoring.release import release as make

    with _orderly("Run `autograder release` again to go on; nothing is half-made."):
        course = Course.find()
        for made in make(course, course.lessons(lessons), fresh):
            line = {
                "made": f"made release/{made.lesson}",
                "up to date": f"release/{made.lesson} is up to date",
                "kept": f"release/{made.lesson}: there is a new version. Your work was kept ({', '.join(made.files)}); "
                f"`autograder release --fresh {made.lesson}` puts it aside and takes the new one",
            }[made.status]
            if made.status == "made" and made.files:
                line += f"; your work is in {', '.join(made.files)}"
            console.print(escape(line), highlight=False, soft_wrap=True)


@app.command()
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

    with _orderly("Run `autograder roster` again."):
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


@app.command()
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

    with _orderly("Nothing was changed."):
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


@app.command()
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

    with _orderly("Run `autograder teams` again."):
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
                course.teams.rename(course.backups / f"teams-{datetime.now():%Y%m%d-%H%M%S}.csv")
            new.write(course.teams)
            now = new
        said += team_work.share_if_any(course, lessons)
        for line in [*now.lines(people), *said]:
            console.print(Text(plain(line)), soft_wrap=True)
        if table:
            console.print(Text(f"teams: {course.teams}"), soft_wrap=True)


@app.command()
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

    with _orderly("What was collected is in its place. Run the same command again to go on with the rest."):
        course = Course.find()
        with _progress() as progress:
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


@app.command()
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

    with _orderly("Run `autograder receipt` again."):
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


@app.command()
def grade(
    lessons: Lessons = None,
    student: Annotated[list[str] | None, typer.Option(help="Only this student; may be given several times.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Grade again what has not changed, too.")] = False,
    no_sandbox: Annotated[
        bool, typer.Option("--no-sandbox", help="Run student code with your own rights. Only for students you trust.")
    ] = False,
    master: Annotated[
        str | None,
        typer.Option(
            help="Run hand-ins on a Spark cluster: spark://host:7077, or another master that Spark knows. Its machines "
            "have this environment and this folder at the same path. Everything is recorded here, as ever."
        ),
    ] = None,
) -> None:
    """Grade what lies in submitted/<student>/<lesson>/ and fill gradebook.db."""
    with _orderly("What was graded is recorded. Run the same command again to go on with the rest."):
        course = Course.find()
        raise typer.Exit(_grade(course, lessons, student, force, not no_sandbox, master))


def _grade(
    course: Course,
    names: list[str] | None,
    students: list[str] | None = None,
    force: bool = False,
    sandboxed: bool = True,
    master: str | None = None,
) -> int:
    """Grade with a progress bar, print the table and write the reports; return the exit code."""
    pool.make_ready()  # on one core, while this process loads the same on another
    from autograder import class_table
    from autograder.gradebook import late_days, record, team_work
    from autograder.grading.grade_class import Grading, find_submissions, strangers

    late_days.check(course)
    everything = course.lessons()
    lessons = choose(everything, names)
    for remark in team_work.share_if_any(course, everything):
        console.print(Text(plain(remark), style="yellow"), soft_wrap=True)
    chosen = find_submissions(course, lessons, students)
    for folder in strangers(course, everything):
        console.print(Text(plain(f"No lesson has this name, so it is left out: {folder}"), style="yellow"))
    if not chosen:
        console.print(f"Nothing to grade: put hand-ins into {course.submitted}/<student>/<lesson>/.", markup=False)
        return 0
    grading = Grading(course, chosen, force)
    outcomes = grading.unchanged()
    # closed at once when Ctrl-C comes between two results: else hand-ins on a cluster go on to their end
    with _progress() as progress, closing(grading.run(sandboxed=sandboxed, master=master)) as graded:
        task = progress.add_task("grading", total=len(grading.new))
        for outcome in graded if grading.new else ():
            outcomes.append(outcome)
            progress.advance(task)
    # a due date may have moved, and marks were given, since the rest was graded
    for remark in [*grading.remarks, *record.reckon_penalties(course)]:
        console.print(Text(plain(remark), style="yellow"), soft_wrap=True)
    seen = [lesson.name for lesson in lessons if any(outcome.lesson == lesson.name for outcome in outcomes)]
    table = class_table.ClassTable.of(seen, outcomes, record.marks(course))
    console.print(class_table.rich_table(table))
    console.print(class_table.LEGEND)
    for sign, who, sentence in table.remarks():
        console.print(Text(plain(f"{sign} {who}: {sentence}")))
    now = sum(outcome.graded and not outcome.unchanged for outcome in outcomes)
    unchanged = sum(outcome.graded and outcome.unchanged for outcome in outcomes)
    failed = sum(not outcome.graded for outcome in outcomes)
    console.print(f"{now} graded now, {unchanged} unchanged; {failed} could not be graded.")
    _report(course, everything)
    return 1 if any(outcome.problems for outcome in outcomes) else 0


def _report(course: Course, lessons: list[Lesson], formgrader: str | None = None, some: bool = False) -> None:
    """Write the class report and say where it lies; one on some lessons leaves the one on all as it is."""
    from autograder.reports.analysis import read_class
    from autograder.reports.report import formgrader_of, write_report

    folder = course.reports / "-".join(lesson.name.partition("_")[0] for lesson in lessons) if some else course.reports
    page, *tables = write_report(read_class(course, lessons), folder, formgrader or formgrader_of(course))
    console.print(Text(f"report: {page}"), soft_wrap=True)
    console.print(Text(f"tables: {', '.join(table.name for table in tables)} beside it"), soft_wrap=True)


@app.command()
def serve(
    lessons: Lessons = None,
    uploads: Annotated[
        Path | None,
        typer.Option(
            help="Hand-ins arrive in this folder, too, as <student>/<lesson>/; their pages go into feedback/ beside "
            "them. With it, no exchange is needed.",
            file_okay=False,
        ),
    ] = None,
    tries: Annotated[
        int,
        typer.Option(
            help="So many hand-ins of a student for a lesson are graded within an hour; the next one waits, and the "
            "student is told. 0: all of them.",
            min=0,
        ),
    ] = 10,
    port: Annotated[int, typer.Option(help="Where the status page is, on 127.0.0.1; by default where it is free.")] = 0,
) -> None:
    """Grade each hand-in as it comes, and put the feedback where the student fetches it.

    Watches nbgrader's exchange: students `nbgrader submit` and `nbgrader fetch_feedback`, or use their Assignment List.
    Points are those of `autograder grade`. Each student has a turn; a newer hand-in takes the place of one that waits.

    Ctrl-C, or a kill, loses nothing: what was not graded is graded at the next start, and nothing twice. Other commands
    work beside it; while hand-ins are graded, `grade` and `collect` say that they must wait.

    Exit codes: 0 stopped with Ctrl-C or SIGTERM; 2 wrong use or set-up.
    """
    pool.make_ready()
    from autograder.serving.serve import serve as serve_course

    with _orderly("Start it again to go on."):
        serve_course(
            Course.find(), lessons, uploads, tries, port, lambda line: console.print(Text(plain(line)), soft_wrap=True)
        )


@app.command()
def mark(
    lesson: Annotated[str | None, typer.Argument(help="Only this lesson (01 is enough); all by default.")] = None,
    question: Annotated[str | None, typer.Argument(help="Begin with this question, by its cell's name (xor).")] = None,
    hide_names: Annotated[bool, typer.Option("--hide-names", help="Begin without names.")] = False,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open the page.")] = True,
    port: Annotated[int, typer.Option(help="Where it listens, on 127.0.0.1; by default where it is free.")] = 0,
) -> None:
    """Mark all answers to one question after the other, in the browser: written ones, and tests in doubt.

    The rubric's rows are keys, equal answers are marked at once, nearly equal ones stand together. Several people may
    mark at the same time, here and in Formgrader: nobody overwrites what they have not seen.

    The page works as long as this command runs, and only with the address that it prints.
    """
    import asyncio

    from autograder.gradebook.backup import back_up
    from autograder.marking import questions, server

    with _orderly("What was marked is in the gradebook."):
        course = Course.find()
        _graded(course)
        known = questions.questions_of(course.lessons([lesson] if lesson else None))
        found = questions.find_questions(course, known)
        if not found:
            raise CourseError("Nothing to mark: no written answer was graded yet. Run `autograder grade` first.")
        first = questions.choose(found, question).key if question else ""
        if remark := back_up(course):
            console.print(Text(plain(remark), style="yellow"), soft_wrap=True)
        waiting = sum(one.waiting for one in found)
        console.print(f"{waiting} answers wait for a mark." if waiting else "No answer waits for a mark.")
        with server.private_folder() as folder:

            def ready(at: int, token: str) -> None:
                address = f"http://127.0.0.1:{at}/#{token}"
                console.print(Text(f"The page: {address}"), soft_wrap=True)
                if hub := server.on_a_hub(at, token):
                    console.print(Text(f"On this JupyterHub, with jupyter-server-proxy: {hub}"), soft_wrap=True)
                console.print("Ctrl-C ends it. Each mark is in the gradebook as soon as it is given.")
                if browser:
                    server.open_browser(address, Path(folder))

            asyncio.run(server.serve(server.Marking(course, known, first, hide_names), port, ready))


@app.command()
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
    with _orderly("Run `autograder report` again."):
        if formgrader and not formgrader.startswith(("http://", "https://")):
            raise CourseError(f"An address begins with http:// or https://, not {formgrader!r}.")
        course = Course.find()
        _graded(course)
        _report(course, course.lessons(lessons), formgrader, some=bool(lessons))


@app.command()
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

    with _orderly("Run `autograder feedback` again."):
        course = Course.find()
        _graded(course)
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


@app.command()
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

    with _orderly("Run `autograder export` again."):
        course = Course.find()
        _graded(course)
        made = exporting.export(read_class(course, course.lessons(lessons)), to, roster)
        path = made.write(course.exports / f"{to}.csv")
        for remark in made.remarks:
            console.print(Text(plain(remark), style="yellow"), soft_wrap=True)
        console.print(Text(f"points: {path}"), soft_wrap=True)


@app.command()
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

    with _orderly("Run `autograder similar` again."):
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


def _graded(course: Course) -> None:
    """Make sure that there is something to tell of, and that penalties and teams' marks are those of today."""
    from autograder.gradebook.record import has_gradebook, reckon_penalties

    for remark in reckon_penalties(course):
        console.print(Text(plain(remark), style="yellow"), soft_wrap=True)
    if not has_gradebook(course):
        raise CourseError(f"Nothing was graded yet: there is no {course.gradebook}. Run `autograder grade` first.")


@app.command()
def doctor() -> None:
    """Say what this machine can do for grading: the sandbox, forked kernels, Java, room."""
    import shutil
    import sys
    import tempfile

    from course_lib import spark
    from course_lib.machine import cores
    from course_lib.spark import java

    works, why = rung()
    says = {
        NAMESPACES: "✓ sandbox: every hand-in has files, processes, a network and a user of its own",
        LANDLOCK: "✓ sandbox, second rung (Landlock and seccomp): no hand-in opens others' files or reaches others' "
        f"processes, and none has a network: Spark lessons are not graded here. The first rung is closed: {why}",
        "": f"✗ sandbox: {why}",
    }
    console.print(Text(says[works]), soft_wrap=True)
    for sentence, holds in promises(works, sys.platform == "linux").items():
        console.print(f"  {'✓' if holds else '✗'} {sentence}", soft_wrap=True)
    console.print("  What stands behind each, and what is not promised: docs/security.md", soft_wrap=True)
    forked = sys.platform == "linux"
    console.print("✓ kernels are forked" if forked else "· kernels start one by one: only Linux can fork them")
    try:
        kept = spark.kept_classes()
        console.print(
            "✓ Java: its classes are kept" if kept else "· Java: its classes are kept at the first Spark lesson"
        )
    except java.JavaMissing as missing:
        console.print(Text(f"✗ Java: {missing}"))
    free = shutil.disk_usage(tempfile.gettempdir()).free / 1e9
    console.print(f"{'✓' if free > 2 else '✗'} {free:.0f} GB free for temporary files, {cores()} cores")
    raise typer.Exit(0 if works else 2)


@app.command()
def prove(
    lessons: Lessons = None,
    answers: Annotated[
        Path | None, typer.Option(help="Another bank: a folder with <lesson>/<exercise>.py in it.", file_okay=False)
    ] = None,
    exercise: Annotated[str | None, typer.Option(help="Only this exercise.")] = None,
    mutants: Annotated[
        bool, typer.Option("--mutants", help="Put one fault at a time into the right answers: each must lose points.")
    ] = False,
    most: Annotated[int | None, typer.Option(help="So many answers, or faults, for each exercise.", min=1)] = None,
    draws: Annotated[
        int | None, typer.Option(help="Ask the right answers the hidden examples of so many draws.", min=1)
    ] = None,
) -> None:
    """Run every right and wrong answer of the bank through the released notebooks and the grader."""
    from autograder import class_table
    from autograder.authoring.prove import prove as run_bank

    with _orderly("Nothing was changed."):
        course = Course.find()
        if draws:
            raise typer.Exit(0 if _prove_draws(course, course.lessons(lessons), exercise, draws) else 1)
        if mutants:
            raise typer.Exit(0 if _prove_mutants(course, course.lessons(lessons), exercise, most) else 1)
        if answers and not answers.is_dir():
            raise CourseError(f"There is no folder {answers}.")
        with _progress() as progress:
            task = progress.add_task("proving", total=None)
            proofs = run_bank(
                course,
                course.lessons(lessons),
                answers,
                exercise,
                lambda done, total: progress.update(task, completed=done, total=total),
                most=most,
            )
        class_table.show_proofs(proofs, console)
        raise typer.Exit(0 if all(proof.well for proof in proofs) else 1)


def _tried(results: Iterator[Result], lessons: int) -> list[Result]:
    """Results of lessons as they come, under a progress bar."""
    with _progress() as progress:
        return list(progress.track(results, total=lessons, description="lessons tried"))


def _prove_draws(course: Course, lessons: list[Lesson], exercise: str | None, draws: int) -> bool:
    """Show which right answers some draw of the hidden examples refuses; whether none is."""
    from autograder import class_table
    from autograder.authoring.mutants import prove_draws

    results = _tried(prove_draws(course, lessons, draws, exercise), len(lessons))
    class_table.show_draws(sorted(results, key=lambda result: result[0]), draws, console)
    return not any(refused for _, _, refused in results)


def _prove_mutants(course: Course, lessons: list[Lesson], exercise: str | None, most: int | None) -> bool:
    """Show what the mutants of these lessons showed; whether all were caught."""
    from autograder import class_table
    from autograder.authoring.mutants import prove_mutants

    results = _tried(prove_mutants(course, lessons, exercise, most), len(lessons))
    results.sort(key=lambda result: result.lesson)
    class_table.show_mutants(results, console)
    return not any(result.survivors or result.missing or result.unused for result in results)


@app.command()
def learn(
    lessons: Lessons = None,
    exercise: Annotated[str | None, typer.Option(help="Only this exercise.")] = None,
) -> None:
    """Write wrong answers of the class that got no hint of their own into the answer bank, without names."""
    from autograder.authoring.learn import learn as write
    from autograder.reports.analysis import read_class

    with _orderly("What was written stays; `autograder learn` again goes on."):
        course = Course.find()
        _graded(course)
        learned = write(course, read_class(course, course.lessons(lessons)), exercise)
        for one in learned:
            said = one.mistake or "no mistake recognised"
            console.print(Text(f"{one.lesson} · {one.exercise}: {one.title} ({plain(said)})"), soft_wrap=True)
        if not learned:
            console.print("Every mistake met has a hint of its own, or stands in the bank.")
            return
        console.print(
            "\nNext: look at them in the answer bank (a wrong answer may be a right one that a test refuses);\n"
            "foresee the mistake in the lesson's checks.py, put its name in the brackets, and run `autograder prove`.",
            markup=False, highlight=False, soft_wrap=True,
        )  # fmt: skip


@app.command()
def new_lesson(
    number: Annotated[int, typer.Argument(help="Its number, 1 to 99, not taken yet.")],
    title: Annotated[str, typer.Argument(help="Its title, for instance 'Recurrent networks'.")],
) -> None:
    """Begin a new lesson: a notebook with one exercise, hints, questions, answer bank and tests. Overwrites nothing."""
    from autograder.authoring.new_lesson import new_lesson as make

    with _orderly("Nothing was written."):
        course = Course.find()
        for path in make(course, number, title):
            console.print(Text(f"made {path.relative_to(course.root)}"), soft_wrap=True)
        console.print(
            f"\nNext:\n"
            f"1. Write the lesson over the scaffold. It has one exercise and one prediction; a lesson wants 4 to 7\n"
            f"   exercises and at least 5 predictions.\n"
            f"2. `pytest tests/notebooks -k '{number:02}_ or lesson_{number:02}'` says what is still missing\n"
            f"   (`make setup-dev` brings pytest).\n"
            f"3. `autograder prove {number:02}` runs the answer bank; every exercise needs its own file in it.\n"
            f"4. Add a row to README.md and a box to docs/lessons.svg, then `autograder release {number:02}`.",
            markup=False,
            highlight=False,
            soft_wrap=True,
        )


@app.command()
def links(
    repository: Annotated[
        str | None, typer.Argument(help="OWNER/REPO on GitHub; by default that of git's remote `origin`.")
    ] = None,
) -> None:
    """Write where the course is on GitHub into pyproject.toml, and into every link of README and docs."""
    from autograder.authoring.links import remote, rewrite

    with _orderly("Run `autograder links` again; what is written already stays."):
        course = Course.find()
        name = repository or remote(course.root)
        changed = rewrite(course.root, name)
        for path in changed:
            console.print(Text(f"changed {path.relative_to(course.root)}"), soft_wrap=True)
        if not changed:
            console.print(Text(f"All links lead to {name} already."), soft_wrap=True)


@app.command()
def publish() -> None:
    """Make the git branch `students`: all lessons without solutions, and what they need. Nothing is sent.

    Binder, Codespaces, Colab and GitHub's own pages open this branch. It holds no commit of the instructors' version.
    """
    from autograder.authoring.links import BRANCH
    from autograder.authoring.publish import publish as make

    with _orderly("Nothing was changed."):
        made = make(Course.find())
        state = f"has a new commit, {made.commit[:8]}" if made.new else "is up to date"
        console.print(f"The branch {BRANCH} {state}. Send it: git push origin {BRANCH}", soft_wrap=True)


@app.command()
def site() -> None:
    """Build the course on the web in site/: every lesson with what its cells show, without solutions.

    A lesson that has not run since it changed is run once, which takes a minute or two; the tests use the same runs.
    """
    from autograder.authoring.site.build import build

    with _orderly("The old site is as it was. Run `autograder site` again; lessons that have run are not run again."):
        course = Course.find()
        folder = build(course, course.site, lambda line: console.print(Text(line), soft_wrap=True))
        console.print(Text(f"the site: {folder}"), soft_wrap=True)
        console.print("To look at it: python3 -m http.server --bind 127.0.0.1 --directory site", soft_wrap=True)


@app.command()
def demo(
    lessons: Annotated[list[str] | None, typer.Argument(help="Lessons; 01 and 09 by default.")] = None,
) -> None:
    """Make up a class of 12 in demo/, from the answer bank, and grade it."""
    from autograder.authoring.demo import LESSONS, make_class

    with _orderly("Run `autograder demo` to begin anew."):
        course = Course.find()
        made = make_class(course, course.lessons(lessons or LESSONS))
        console.print(f"A class of 12 handed in; their work is in {made.submitted}.", highlight=False, soft_wrap=True)
        _grade(made, None, sandboxed=not why_no_sandbox(["pyspark"]))  # the answers are our own


def main() -> None:
    """Entry point of the `autograder` command."""
    terminal.make_readable()
    app()


if __name__ == "__main__":
    main()
