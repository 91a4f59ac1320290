"""Scaffolds a lesson: a notebook with one complete exercise, its hints, questions, answer bank and tests."""

from __future__ import annotations

import json
import re
import shutil
import unicodedata
from pathlib import Path

from autograder.authoring import lesson_template as template
from autograder.course import CHECKS, QUESTIONS, Course, CourseError


def new_lesson(course: Course, number: int, title: str) -> list[Path]:
    """Write a new lesson into the course; return the folders and files made.

    Args:
        course: the course.
        number: 1 to 99, not taken yet.
        title: as readers see it; the folder and the notebook are named after it.

    Raises:
        CourseError: where something would be overwritten, or the title gives no name.
    """
    title = " ".join(title.split())
    topic = slug(title)
    if not 1 <= number <= 99:
        raise CourseError(f"A lesson's number is 1 to 99, not {number}.")
    if not topic or len(topic) > 60 or not title.isprintable():
        raise CourseError(f"A title has at least one letter and at most 60 characters, not {title!r}.")
    name = f"{number:02}_{topic}"
    new: dict[Path, str | dict[str, str]] = {
        course.notebooks / name: {
            f"{topic}.ipynb": _notebook(number, title),
            CHECKS: template.CHECKS.format(number=number),
            "hints.md": template.HINTS.format(number=number),
            QUESTIONS: template.QUESTIONS,
        },
        course.answers / name: {f"{template.EXERCISE}.py": template.BANK},
        course.root / "tests" / "notebooks" / f"test_lesson_{number:02}.py": template.TESTS.format(
            number=number, title=title.replace("\\", "\\\\").replace('"', "'")
        ),
    }
    taken = [path for path in new if path.exists()]
    taken += [path for parent in (course.notebooks, course.answers) for path in parent.glob(f"{number:02}_*")]
    taken += course.notebooks.glob(f"*/{topic}.ipynb")
    if taken:
        raise CourseError(f"There is {taken[0].relative_to(course.root)} already; nothing was written.")
    done: list[Path] = []
    try:
        for path, content in new.items():
            done.append(path)
            _write(path, content)
    except BaseException:  # Ctrl-C, too: no half of a lesson stays behind
        for path in done:
            shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
        raise
    return list(new)


def slug(title: str) -> str:
    """A title as the name of a folder: ``Über-Netze, 2nd part`` becomes ``uber_netze_2nd_part``."""
    ascii_only = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "_", ascii_only.lower()).strip("_")


def _write(path: Path, content: str | dict[str, str]) -> None:
    """Write a file, or a folder of files."""
    if isinstance(content, dict):
        path.mkdir(parents=True)
        for name, text in content.items():
            (path / name).write_text(text, encoding="utf-8")
    else:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")


def _notebook(number: int, title: str) -> str:
    """The notebook as the text of its file, one JSON string for each line of a cell."""
    cells = []
    for cell in template.CELLS:
        source = cell.source.replace("{title}", title).replace("{number}", f"{number:02}").strip("\n")
        made: dict[str, object] = {
            "cell_type": cell.kind,
            "id": cell.name,
            "metadata": cell.metadata,
            "source": source.splitlines(True),
        }
        if cell.kind == "code":
            made |= {"execution_count": None, "outputs": []}
        cells.append(dict(sorted(made.items())))
    kernel = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
    metadata = {"kernelspec": kernel, "language_info": {"name": "python"}}
    content = {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(content, indent=1, ensure_ascii=False) + "\n"
