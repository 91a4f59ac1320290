"""The command line `autograder`: from the student version to marks in a gradebook.

Exit codes: 0 all well; 1 a hand-in or an answer needs a person; 2 wrong use or set-up; 130 stopped with Ctrl-C.
"""

from __future__ import annotations

import typer

from autograder.commands import grading, hand_ins, lessons, results
from course_lib import terminal

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    help="Make the student version of the lessons, collect and grade what was handed in, prove the tests.\n\n"
    "Exit codes: 0 all well; 1 a hand-in or an answer needs a person; 2 wrong use or set-up; 130 stopped with Ctrl-C.",
)
COMMANDS = (
    lessons.release,
    *(hand_ins.roster, hand_ins.due, hand_ins.teams, hand_ins.collect, hand_ins.receipt),
    *(grading.grade, grading.serve, grading.mark),
    *(results.report, results.feedback, results.export, results.similar),
    grading.doctor,
    *(lessons.prove, lessons.learn, lessons.new_lesson, lessons.links, lessons.publish, lessons.site, lessons.demo),
)
"""In the order of a term, as `autograder --help` lists them."""
for command in COMMANDS:
    app.command()(command)


def main() -> None:
    """Entry point of the `autograder` command."""
    terminal.make_readable()
    app()


if __name__ == "__main__":
    main()
