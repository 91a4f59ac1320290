"""What all commands share: the console, orderly ends, progress, the argument `lessons`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, TypeVar

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.text import Text

from autograder.course import CourseError

console = Console()

Result = TypeVar("Result")
Lessons = Annotated[
    list[str] | None, typer.Argument(help="Lessons, by folder name or its beginning (01); all by default.")
]


@contextmanager
def orderly(go_on: str) -> Iterator[None]:
    """Turn what can go wrong into one message and an exit code."""
    try:
        yield
    except CourseError as error:
        console.print(Text(str(error), style="red"), soft_wrap=True)  # commands in it can be copied
        raise typer.Exit(2) from None
    except KeyboardInterrupt:
        console.print(f"\nStopped. {go_on}")
        raise typer.Exit(130) from None


def progress_bar() -> Progress:
    """A bar with what is done, of how many, and the time; gone when all is done."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    return Progress(*columns, console=console, transient=True)
