"""nbgrader's own `generate_assignment`, in a course directory of its own, and what its log says."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

from autograder.course import CONFIG, Course, Lesson, read_config, sqlite_url
from autograder.processes import no_alembic
from autograder.processes.pool import JobFailed


def prepare(root: Path, course: Course, lesson: Lesson) -> None:
    """Lay out a course directory with one lesson and no gradebook."""
    shutil.copytree(
        lesson.folder, Course(root).notebooks / lesson.name, ignore=shutil.ignore_patterns(".ipynb_checkpoints")
    )
    shutil.copyfile(course.root / CONFIG, root / CONFIG)


def generate(root: Path, lesson: str, gradebook_url: str | None = None) -> None:
    """Make the student version of a lesson in ``root/release`` and write its cells into a gradebook.

    Args:
        root: a prepared course directory.
        lesson: name of the lesson.
        gradebook_url: which gradebook; by default that of ``root``.

    Raises:
        JobFailed: where the notebook breaks nbgrader's rules.
    """
    from nbgrader.apps import NbGraderAPI

    no_alembic.ask_here()
    config = read_config(root)
    config.CourseDirectory.root = str(root)
    config.CourseDirectory.db_url = gradebook_url or sqlite_url(root / "gradebook.db")
    check(NbGraderAPI(config=config).generate_assignment(lesson))


def check(outcome: dict[str, Any]) -> None:
    """Raise JobFailed with the reason in nbgrader's log: the first error in it that is not its own summary."""
    if outcome["success"]:
        return
    text = f"{outcome.get('log', '')}\n{outcome.get('error', '')}"
    # the last line of a traceback: modules, the kind of error, what it says
    errors = re.findall(r"^\s*(?:\w+\.)*(\w+(?:Error|Exception|Entry)\b.*)$", text, flags=re.M)
    own = [error for error in errors if not error.startswith("NbGraderException")]
    raise JobFailed((own or errors or [text.strip()[-300:]])[0])
