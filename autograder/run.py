"""One lesson, one hand-in, one small course directory, one process: what the pool runs.

Grading never works in the course's own folders. A hand-in gets a course directory of its own with a gradebook of its
own; nbgrader grades it there, and the result comes back as plain data.
"""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from autograder.course import CONFIG, Course, Lesson, grade_id, is_graded, is_locked, read_cells
from autograder.pool import JobFailed

STUDENT = "student"
LIMIT = 900.0
"""Seconds after which a hand-in's process is killed, should Execute's own limits not have ended it."""


@dataclass(frozen=True)
class Result:
    """What grading a hand-in gave."""

    points: dict[str, float | None]
    """grade_id → points; None where a person must read the answer."""
    flagged: tuple[str, ...]
    """The cells among them whose points a person should look at."""
    comments: dict[str, str | None]
    """grade_id of a solution cell → nbgrader's comment ("No response.")."""
    timestamp: datetime | None
    late_penalty: float | None
    problems: tuple[str, ...]
    """What a person should know, in words."""
    folder: Path
    """The graded notebook and its files."""


def prepare(root: Path, course: Course, lesson: Lesson) -> None:
    """Lay out a course directory with one lesson and no gradebook."""
    shutil.copytree(
        lesson.folder, root / "notebooks" / lesson.name, ignore=shutil.ignore_patterns(".ipynb_checkpoints")
    )
    shutil.copyfile(course.root / CONFIG, root / CONFIG)


def copy_prepared(template: Path, root: Path) -> None:
    """Copy a prepared course directory, its gradebook too, for one hand-in."""
    shutil.copytree(template, root, ignore=shutil.ignore_patterns("release"))


def generate(root: Path, lesson: str, gradebook_url: str | None = None) -> None:
    """Make the student version of a lesson in ``root/release`` and write its cells into a gradebook.

    Args:
        root: a prepared course directory.
        lesson: name of the lesson.
        gradebook_url: which gradebook; by default that of ``root``.

    Raises:
        JobFailed: where the notebook breaks nbgrader's rules.
    """
    _check(_api(root, gradebook_url).generate_assignment(lesson))


def autograde(root: Path, lesson: str) -> Result:
    """Grade the one hand-in in ``root/submitted``.

    Args:
        root: a prepared course directory in which :func:`generate` has run.
        lesson: name of the lesson.

    Raises:
        JobFailed: where nbgrader gave up.
    """
    from nbgrader.api import Gradebook

    api = _api(root)
    _check(api.autograde(lesson, STUDENT))
    with Gradebook(api.coursedir.db_url, api.coursedir.course_id) as gradebook:
        submission = gradebook.find_submission(lesson, STUDENT)
        (notebook,) = submission.notebooks
        folder = root / "autograded" / STUDENT / lesson
        flagged = tuple(g.name for g in notebook.grades if g.auto_score is not None and g.needs_manual_grade)
        return Result(
            points={grade.name: grade.auto_score for grade in notebook.grades},
            flagged=flagged,
            comments={comment.name: comment.auto_comment for comment in notebook.comments},
            timestamp=submission.timestamp,
            late_penalty=notebook.late_submission_penalty,
            problems=(*_stops(folder / f"{notebook.name}.ipynb"), *_strange(flagged)),
            folder=folder,
        )


def _api(root: Path, gradebook_url: str | None = None):
    from nbgrader.apps import NbGraderAPI
    from traitlets.config import Config, PyFileConfigLoader

    config = Config(PyFileConfigLoader(CONFIG, path=str(root)).load_config())
    config.CourseDirectory.root = str(root)
    config.CourseDirectory.db_url = gradebook_url or f"sqlite:///{root / 'gradebook.db'}"
    return NbGraderAPI(config=config)


def _check(outcome: dict) -> None:
    """Raise with the reason that stands in nbgrader's log: the first error in it that is not its own summary."""
    if outcome["success"]:
        return
    text = f"{outcome.get('log', '')}\n{outcome.get('error', '')}"
    errors = re.findall(r"^\s*(?:\w+\.)*(\w+(?:Error|Exception|Entry)\b.*)$", text, flags=re.M)
    own = [error for error in errors if not error.startswith("NbGraderException")]
    raise JobFailed((own or errors or [text.strip()[-300:]])[0])


def _stops(notebook: Path) -> list[str]:
    """Where the run of a notebook was stopped, and where the lesson's own code failed, in words."""
    from autograder.execute import STOPPED

    found: dict[str, str] = {}  # sentence → the first cell that it is true of
    for number, cell in enumerate(read_cells(notebook), start=1):
        for output in cell.get("outputs", []):
            if output["output_type"] != "error":
                continue
            if output["ename"] in (STOPPED, "CellTimeoutError"):
                sentence = output["evalue"]
            elif is_locked(cell) and not is_graded(cell):
                reason = f"{output['ename']}: {output['evalue']}"[:200]
                sentence = f"The lesson's own code failed here, which is not the student's fault ({reason})."
            else:
                continue
            found.setdefault(sentence, grade_id(cell) or f"number {number}")
    return [f"cell {cell}: {sentence}" for sentence, cell in found.items()]


def _strange(flagged: tuple[str, ...]) -> list[str]:
    return [f"the test showed something that is no score, 0 points for now: {', '.join(flagged)}"] if flagged else []
