"""The commands for lessons: student versions, the bank of answers, a new lesson, ways in, the course on the web."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape
from rich.text import Text

from autograder.commands.grading import grade_now
from autograder.commands.results import insist_on_grades
from autograder.commands.shared import Lessons, Result, console, orderly, progress_bar
from autograder.course import Course, CourseError, Lesson
from autograder.kernels.rungs import why_no_sandbox
from autograder.reading.sanitize import plain

if TYPE_CHECKING:
    pass


def release(
    lessons: Lessons = None,
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Put your own work aside, under another name beside it, and begin anew.")
    ] = False,
) -> None:
    """Make the student version in release/. A notebook that somebody has worked in is kept."""
    from autograder.authoring.release import release as make

    with orderly("Run `autograder release` again to go on; nothing is half-made."):
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


def prove(
    lessons: Lessons = None,
    answers: Annotated[
        Path | None, typer.Option(help="Another bank: a folder with <lesson>/<exercise>.py in it.", file_okay=False)
    ] = None,
    exercise: Annotated[str | None, typer.Option(help="Only this exercise.")] = None,
    mutants: Annotated[
        bool, typer.Option("--mutants", help="Put one fault at a time into the right answers: each must lose points.")
    ] = False,
    repairs: Annotated[
        bool, typer.Option("--repairs", help="Do what the checks say of wrong answers: each must end at a right one.")
    ] = False,
    most: Annotated[int | None, typer.Option(help="So many answers, or faults, for each exercise.", min=1)] = None,
    draws: Annotated[
        int | None, typer.Option(help="Ask each right answer so many inputs of those that its task allows.", min=1)
    ] = None,
) -> None:
    """Run every right and wrong answer of the bank through the released notebooks and the grader."""
    from autograder.authoring.prove import prove as run_bank
    from autograder.commands import class_table

    with orderly("Nothing was changed."):
        course = Course.find()
        if draws:
            raise typer.Exit(0 if _prove_draws(course, course.lessons(lessons), exercise, draws) else 1)
        if repairs:
            raise typer.Exit(0 if _prove_repairs(course, course.lessons(lessons), exercise, most) else 1)
        if mutants:
            raise typer.Exit(0 if _prove_mutants(course, course.lessons(lessons), exercise, most) else 1)
        if answers and not answers.is_dir():
            raise CourseError(f"There is no folder {answers}.")
        with progress_bar() as progress:
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
    with progress_bar() as progress:
        return list(progress.track(results, total=lessons, description="lessons tried"))


def _prove_draws(course: Course, lessons: list[Lesson], exercise: str | None, draws: int) -> bool:
    """Show which right answers are refused for some input; whether none is."""
    from autograder.authoring.drawn import prove_draws
    from autograder.commands import class_table

    results = _tried(prove_draws(course, lessons, draws, exercise), len(lessons))
    results.sort(key=lambda result: result.lesson)
    class_table.show_draws(results, console)
    return not any(result.refused or result.missing for result in results)


def _prove_repairs(course: Course, lessons: list[Lesson], exercise: str | None, most: int | None) -> bool:
    """Show where what the checks say of wrong answers leads; whether all end at a right one."""
    from autograder.authoring.repairs import follow_repairs
    from autograder.commands import class_table

    results = _tried(follow_repairs(course, lessons, exercise, most), len(lessons))
    return class_table.show_repairs(sorted(results, key=lambda result: result[0]), console)


def _prove_mutants(course: Course, lessons: list[Lesson], exercise: str | None, most: int | None) -> bool:
    """Show what the mutants of these lessons showed; whether all were caught."""
    from autograder.authoring.mutants import prove_mutants
    from autograder.commands import class_table

    results = _tried(prove_mutants(course, lessons, exercise, most), len(lessons))
    results.sort(key=lambda result: result.lesson)
    class_table.show_mutants(results, console)
    return not any(result.survivors or result.missing or result.unused for result in results)


def learn(
    lessons: Lessons = None,
    exercise: Annotated[str | None, typer.Option(help="Only this exercise.")] = None,
) -> None:
    """Write wrong answers of the class that got no hint of their own into the answer bank, without names."""
    from autograder.authoring.learn import learn as write
    from autograder.reports.analysis import read_class

    with orderly("What was written stays; `autograder learn` again goes on."):
        course = Course.find()
        insist_on_grades(course)
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


def new_lesson(
    number: Annotated[int, typer.Argument(help="Its number, 1 to 99, not taken yet.")],
    title: Annotated[str, typer.Argument(help="Its title, for instance 'Recurrent networks'.")],
) -> None:
    """Begin a new lesson: a notebook with one exercise, hints, questions, answer bank and tests. Overwrites nothing."""
    from autograder.authoring.new_lesson import new_lesson as make

    with orderly("Nothing was written."):
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


def links(
    repository: Annotated[
        str | None, typer.Argument(help="OWNER/REPO on GitHub; by default that of git's remote `origin`.")
    ] = None,
) -> None:
    """Write where the course is on GitHub into pyproject.toml, and into every link of README and docs."""
    from autograder.authoring.links import remote, rewrite

    with orderly("Run `autograder links` again; what is written already stays."):
        course = Course.find()
        name = repository or remote(course.root)
        changed = rewrite(course.root, name)
        for path in changed:
            console.print(Text(f"changed {path.relative_to(course.root)}"), soft_wrap=True)
        if not changed:
            console.print(Text(f"All links lead to {name} already."), soft_wrap=True)


def publish() -> None:
    """Make the git branch `students`: all lessons without solutions, and what they need. Nothing is sent.

    Binder, Codespaces, Colab and GitHub's own pages open this branch. It holds no commit of the instructors' version.
    """
    from autograder.authoring.links import BRANCH
    from autograder.authoring.publish import publish as make

    with orderly("Nothing was changed."):
        made = make(Course.find())
        state = f"has a new commit, {made.commit[:8]}" if made.new else "is up to date"
        console.print(f"The branch {BRANCH} {state}. Send it: git push origin {BRANCH}", soft_wrap=True)


def site() -> None:
    """Build the course on the web in site/: every lesson with what its cells show, without solutions.

    A lesson that has not run since it changed is run once, which takes a minute or two; the tests use the same runs.
    """
    from autograder.authoring.site.build import build

    with orderly("The old site is as it was. Run `autograder site` again; lessons that have run are not run again."):
        course = Course.find()
        folder = build(course, course.site, lambda line: console.print(Text(line), soft_wrap=True))
        console.print(Text(f"the site: {folder}"), soft_wrap=True)
        console.print("To look at it: python3 -m http.server --bind 127.0.0.1 --directory site", soft_wrap=True)


def demo(
    lessons: Annotated[list[str] | None, typer.Argument(help="Lessons; 01 and 09 by default.")] = None,
) -> None:
    """Make up a class of 12 in demo/, from the answer bank, and grade it."""
    from autograder.authoring.demo import LESSONS, make_class

    with orderly("Run `autograder demo` to begin anew."):
        course = Course.find()
        made = make_class(course, course.lessons(lessons or LESSONS))
        console.print(f"A class of 12 handed in; their work is in {made.submitted}.", highlight=False, soft_wrap=True)
        grade_now(made, None, sandboxed=not why_no_sandbox(["pyspark"]))  # the answers are our own
