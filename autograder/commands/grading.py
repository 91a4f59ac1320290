"""The commands that turn hand-ins into points, and the one that says whether this machine can."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from autograder.commands.results import insist_on_grades, write_report
from autograder.commands.shared import Lessons, console, orderly, progress_bar
from autograder.course import Course, CourseError, choose
from autograder.kernels.rungs import LANDLOCK, NAMESPACES, promises, rung
from autograder.processes import pool
from autograder.reading.sanitize import plain

if TYPE_CHECKING:
    pass


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
    with orderly("What was graded is recorded. Run the same command again to go on with the rest."):
        course = Course.find()
        raise typer.Exit(grade_now(course, lessons, student, force, not no_sandbox, master))


def grade_now(
    course: Course,
    names: list[str] | None,
    students: list[str] | None = None,
    force: bool = False,
    sandboxed: bool = True,
    master: str | None = None,
) -> int:
    """Grade with a progress bar, print the table and write the reports; return the exit code."""
    pool.make_ready()  # on one core, while this process loads the same on another
    from autograder.commands import class_table
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
    with progress_bar() as progress, closing(grading.run(sandboxed=sandboxed, master=master)) as graded:
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
    write_report(course, everything)
    return 1 if any(outcome.problems for outcome in outcomes) else 0


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

    with orderly("Start it again to go on."):
        serve_course(
            Course.find(), lessons, uploads, tries, port, lambda line: console.print(Text(plain(line)), soft_wrap=True)
        )


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

    with orderly("What was marked is in the gradebook."):
        course = Course.find()
        insist_on_grades(course)
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
