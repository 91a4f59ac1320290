"""What all commands share: the console, orderly ends, progress, the argument `lessons`."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, NoReturn, TypeVar

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.text import Text

from autograder.course import CourseError
from autograder.reading.sanitize import plain

console = Console()

Result = TypeVar("Result")
Lessons = Annotated[
    list[str] | None, typer.Argument(help="Lessons, by folder name or its beginning (01); all by default.")
]


@contextmanager
def orderly(go_on: str) -> Iterator[None]:
    """Turn what can go wrong into one message and an exit code: wrong use, and what the machine does not let us do."""
    try:
        yield
    except CourseError as error:
        _end(str(error))
    except BrokenPipeError:  # whoever reads our output has seen enough
        raise
    except OSError as error:
        place = error.filename2 or error.filename
        where = f"{os.fsdecode(place)}: " if isinstance(place, str | bytes) else ""
        _end(f"{where}{error.strerror or error}. Mend that. {go_on}")
    except Exception as error:
        if not isinstance(error, _of_the_gradebook()):
            raise
        _end(f"The gradebook: {next(iter(str(error).splitlines()), '')}. Mend that. {go_on}")
    except KeyboardInterrupt:
        console.print(f"\nStopped. {go_on}")
        raise typer.Exit(130) from None


def _end(said: str) -> NoReturn:
    console.print(Text(plain(said), style="red"), soft_wrap=True)  # commands in it can be copied
    raise typer.Exit(2) from None


def _of_the_gradebook() -> tuple[type[Exception], ...]:
    """The errors of its database: locked, read-only, damaged. None where nothing has opened one."""
    return (sys.modules["sqlalchemy.exc"].SQLAlchemyError,) if "sqlalchemy.exc" in sys.modules else ()


def progress_bar() -> Progress:
    """A bar with what is done, of how many, and the time; gone when all is done."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    return Progress(*columns, console=console, transient=True)
