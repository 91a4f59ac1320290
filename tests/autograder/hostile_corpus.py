"""The hostile corpus, ``hostile/*.py``: what a hand-in does besides its wrong answers, by class of attack."""

import json
import re
import shutil
from pathlib import Path

from autograder.authoring.answers import fill
from autograder.course import Course, Lesson, is_test, read_notebook
from autograder.grading.version import ANSWERS, version

HERE = Path(__file__).parent / "hostile"
CORPUS: dict[str, dict[str, str]] = {
    path.stem: dict(block.split("\n", 1) for block in path.read_text(encoding="utf-8").split("\n# %% ")[1:])
    for path in sorted(HERE.glob("*.py"))
}
"""Class → name → code. ``ANSWER`` in it stands for a name that an exercise asks for."""
IN_TESTS = ("files", "notebook")
"""Classes whose code is run here, to change what is handed in; that of the others stands in an answer's cell."""
SLOW = {"own-channel", "closes-the-socket", "callback-without-end", "asks-for-input", "raises-generator-exit"}
"""Attacks that wait for a time limit in each test: a short notebook is enough for them."""
MARK = "L3AK"
"""How attackers mark what must not come back to a student."""
WROTE = re.compile(r"<details><summary>What you wrote</summary><pre>.*?</pre></details>", re.DOTALL)


def told(page: Path) -> str:
    """What a page of feedback tells, without what the student had typed: attackers' marks stand there as well."""
    return WROTE.sub("", page.read_text(encoding="utf-8"))


def asked(course: Course, lesson: Lesson) -> dict[str, list[str]]:
    """The exercises of a lesson, and the names that each asks for."""
    cells = version(course, lesson).cells
    names = {cell.metadata.nbgrader["grade_id"]: cell.metadata[ANSWERS] for cell in cells if ANSWERS in cell.metadata}
    return {exercise.name: names[exercise.name] for exercise in lesson.exercises}


def wrong(names: list[str]) -> str:
    """An answer that is wrong."""
    return "".join(f"def {name}(*a, **k):\n    return 0.0\n" for name in names)


def answers(kind: str, code: str, names: dict[str, list[str]]) -> dict[str, str]:
    """The answers' cells of a hand-in that attacks: all wrong. What stands for any answer stands in each of them."""
    sources = {exercise: wrong(of) for exercise, of in names.items()}
    if kind in IN_TESTS:
        return sources
    for exercise in names if "ANSWER" in code else list(names)[:1]:
        sources[exercise] += "\n".join(code.replace("ANSWER", name) for name in names[exercise])
    return sources


def change(kind: str, code: str, path: Path) -> None:
    """Run what changes a hand-in itself."""
    content = read_notebook(path)
    cells = content["cells"]
    known = {
        "folder": path.parent,
        "checks": Path("notebooks/01_neurons_and_activations/checks.py").absolute(),
        "content": content,
        "cells": cells,
        "tests": [cell for cell in cells if is_test(cell)],
        "meta": lambda cell: cell["metadata"].get("nbgrader", {}),
    }
    exec(code.replace("ANSWER", "double"), known)
    if kind == "notebook":
        path.write_text(json.dumps(content), encoding="utf-8")


def attack(course: Course, lesson: Lesson, student: str, kind: str, code: str, sources: dict[str, str]) -> None:
    """Hand in a notebook that attacks."""
    path = course.submitted / student / lesson.name / lesson.notebook.name
    fill(course.release / lesson.name / lesson.notebook.name, path, sources)
    packed = course.release / lesson.name / ".checks"
    if packed.is_file():
        shutil.copy(packed, path.parent)
    if kind in IN_TESTS:
        change(kind, code, path)
