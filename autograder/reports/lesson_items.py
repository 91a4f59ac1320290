"""What a lesson asks for, and what its tests said: the exercises, the written answers, the checks' messages."""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from textwrap import dedent
from types import MappingProxyType
from typing import Any

from autograder.course import Cell, CourseError, Lesson, grade_id, is_graded, is_solution, is_written, read_notebook
from autograder.gradebook.result import STOPPED
from autograder.reading.sanitize import plain
from course_lib import syntax
from course_lib.check.message import NOT_WRITTEN, Message

HEADING = re.compile(r"^(#{1,6})\s+(.+?)\s*#*$", re.MULTILINE)
POINTS = re.compile(r"\s*\(\s*[\d.]+\s+points?\s*\)$")
"""The end of a task's heading: ` (2 points)`."""

MANY = 1024
"""So many exercises and tests keep the hints that stand in them: a server asks for them with every hand-in."""
NOT_RUN, UNKNOWN = "not run", ""
COMMON = {
    NOT_WRITTEN: "The line `raise NotImplementedError` still stands where your answer belongs.",
    NOT_RUN: "The notebook was stopped before this check: it took too long, needed too much memory, or Python ended.",
    "returns None": "The function ends without `return`, so its result is None.",
    "wrong shape": "The result has another shape than the task asks for.",
    "wrong type": "The result is of another type than the task asks for.",
    "wrong length": "The result has more or fewer items than the task asks for.",
    "missing key": "A key that the task asks for is missing.",
    "extra key": "There is a key that the task does not ask for.",
    "not finite": "A number in the result is infinite or not a number. Is there a division by zero, or an overflow?",
    "not defined": "After the answer's cell there is no function of this name. Does the cell stop with an error?",
    "not a function": "The name of the exercise must stay the name of a function.",
    "changes what it is given": "Your function changes what it is given. Work on a copy.",
    "always the same": "The same comes back whatever the input is.",
    "argument given back": "What comes back is an argument, unchanged.",
    "order turned round": "The items are right, in the opposite order.",
    "other order": "The items are right; their order is not.",
    "one item off": "There is one item too few or too many at an end.",
    "some are missing": "What is there belongs there, but some of it is missing.",
    "too many": "What belongs there is there, and more besides.",
    "capital letters": "The text is right but for capital and small letters.",
    "blanks": "The text is right but for blanks and line breaks.",
    "transposed": "The numbers are right, but rows and columns are swapped.",
    "sign": "The numbers have the wrong sign.",
    "some signs": "The sizes are right; some signs are not.",
    "off by a factor": "The numbers are off by a factor.",
    "off by an argument": "The numbers are off by an argument, or by how many items it has.",
    "off by a constant": "The numbers are off by a constant.",
    "another function of it": "In place of the right numbers comes a function of them: a square, a root, a logarithm.",
    "zeros": "Some numbers are 0 and should not be; the others are right.",
    "fractions": "Whole numbers are asked for; some that come are not.",
    "some places": "The same places of the result are wrong each time; all others are right.",
    "one side": "All numbers that are wrong are too large, or all too small.",
    "some inputs": "It goes wrong for some inputs and is right for others.",
    "some results": "It goes wrong where some results should come back and is right for others.",
    "one truth": "One truth value comes back where the other is right, never the other way round.",
    "one part": "One part of the result is wrong, another one is right.",
    "one column": "Some columns of the table are wrong; all else is right.",
    "the beginning": "The result begins right; all after that is wrong.",
    "the sum": "The sums are right; how they are shared out among the places is not.",
    "beyond a border": "Numbers come that lie beyond what the right ones can reach: below 0, or above 1.",
    "all alike": "The same number comes out wherever the result is wrong.",
    "other places": "All numbers that belong there are there, but some are in wrong places.",
    "not sorted": "The items should be in order, and are not.",
    "an item twice": "Some items come twice; none should.",
    "not set": "The same part of the result is None each time.",
    "unused": "Some argument changes nothing, though it should.",
    "right elsewhere": "It goes right as soon as one argument is simpler: 0, 1, or with one row.",
    "as if": "The results are what other arguments should give: as if a sign were turned, two swapped, a row missing.",
}
"""Mistakes that the checks find in any exercise, and what to say of them without a word of the test."""


@dataclass(frozen=True)
class Item:
    """One exercise, or one written answer."""

    name: str
    title: str
    section: str
    """Heading of the part of the lesson where it stands."""
    task: str
    """The first paragraph of the task, in Markdown."""
    tests: dict[str, float]
    """grade_id → points, of its tests; of the answer itself where it is a written one."""
    hidden: frozenset[str]
    """The tests among them that students must not see."""
    hints: dict[str, str]
    """Name of a foreseen mistake → hint, as they stand in its tests."""

    @property
    def written(self) -> bool:
        """Whether a person marks it."""
        return self.name in self.tests

    @property
    def maximum(self) -> float:
        return sum(self.tests.values())

    def hint(self, mistake: str) -> str:
        """What may be told about a mistake: words of the course alone, none that were made while a test ran."""
        if mistake in self.hints or mistake in COMMON:
            return self.hints.get(mistake) or COMMON[mistake]
        if is_error(mistake):
            return f"The code stops with {mistake}. Call it yourself with other inputs than the examples."
        return "None of the usual mistakes. Try other inputs: negative, empty, one element, two dimensions."

    def known(self, mistake: str) -> str:
        """The name of a mistake where the course knows it; else an empty string."""
        return mistake if mistake in self.hints or mistake in COMMON or is_error(mistake) else UNKNOWN


@dataclass(frozen=True)
class Ran:
    """What a graded notebook says. Students' code may have written any of it: text to be shown, never more."""

    messages: dict[str, Message]
    """grade_id of each failed test → what it said."""
    seconds: dict[str, float]
    """grade_id → how long the cell ran."""
    answers: dict[str, str]
    """grade_id → what the student wrote."""


def items_of(lesson: Lesson) -> list[Item]:
    """The lesson's exercises and written answers, in its order."""
    tests = {exercise.name: exercise.points for exercise in lesson.exercises}
    sources = {grade_id(cell): cell["source"] for cell in lesson.cells}
    section, title, task, found = "", "", "", []
    for cell in lesson.cells:
        name = grade_id(cell)
        if cell["cell_type"] == "markdown" and not is_solution(cell):
            for level, text in HEADING.findall(cell["source"]):
                section, title = (text, "") if len(level) <= 2 else (section, text)
                task = _first_paragraph(cell["source"].partition(text)[2])
        elif is_solution(cell):
            own = {name: lesson.grade_ids[name]} if is_graded(cell) else tests[name]
            hidden = frozenset(test for test in own if "### BEGIN HIDDEN TESTS" in sources[test] and test != name)
            hints = dict(hints_of(lesson.checks, name))
            for test in sorted(own, key=lambda test: test in hidden, reverse=True):  # a visible test's words win
                hints |= _hints_in_text(sources[test]) if test != name else {}
            found.append(Item(name, POINTS.sub("", title) or name, section, task, own, hidden, hints))
    return found


def ast_of(source: str) -> ast.Module:
    """A text of Python, read; empty where it is none."""
    try:
        return syntax.parse(source)
    except SyntaxError:
        return ast.Module([], [])


@lru_cache(MANY)
def _hints_in_text(source: str) -> Mapping[str, str]:
    return MappingProxyType(hints_in(ast_of(source)))


@lru_cache(MANY)
def hints_of(checks: str, exercise: str) -> Mapping[str, str]:
    """Name → hint of each mistake that an exercise of a ``checks.py`` foresees; the file is read, not run."""
    body = ast_of(checks).body
    named = {
        target.id: node
        for node in body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    hints: dict[str, str] = {}
    for node in body:
        if isinstance(node, ast.ClassDef) and ("name", exercise) in _constants(node):
            mistakes = [part for part in node.body if _gives_mistakes(part)]  # no other dict: examples hold texts, too
            used = {part.id for mistake in mistakes for part in ast.walk(mistake) if isinstance(part, ast.Name)}
            for part in (*(named[name] for name in named if name in used), *mistakes):
                hints |= hints_in(_WithTexts(named).visit(part))
    return MappingProxyType(hints)


class _WithTexts(ast.NodeTransformer):
    """Puts the texts of a file's own names in their places, filled in where ``format`` does so."""

    def __init__(self, named: dict[str, ast.Assign]):
        self._texts = {name: _text(node.value) for name, node in named.items()}

    def visit_Name(self, node: ast.Name) -> ast.expr:
        text = self._texts.get(node.id)
        return ast.Constant(text) if text and isinstance(node.ctx, ast.Load) else node

    def visit_Call(self, node: ast.Call) -> ast.expr:
        self.generic_visit(node)
        function, words = node.func, [_text(argument) for argument in node.args]
        if isinstance(function, ast.Attribute) and function.attr == "format" and _text(function.value) and all(words):
            return ast.Constant(_text(function.value).format(*words))
        return node


def _gives_mistakes(node: ast.stmt) -> bool:
    """Whether a statement in an exercise's class says which mistakes are foreseen."""
    targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
    return any(isinstance(target, ast.Name) and target.id in ("mistakes", "hidden_mistakes") for target in targets)


def _constants(node: ast.ClassDef) -> list[tuple[str, str]]:
    """The names that a class gives to texts."""
    assigned = [part for part in node.body if isinstance(part, ast.Assign) and isinstance(part.targets[0], ast.Name)]
    return [(part.targets[0].id, _text(part.value)) for part in assigned if isinstance(part.targets[0], ast.Name)]


def hints_in(tree: ast.AST) -> dict[str, str]:
    """Name → hint of each mistake that stands in a piece of Python."""
    pairs: list[tuple[ast.AST | None, ast.AST | None]] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Dict):
            entries = zip(node.keys, node.values, strict=True)
            for key, value in entries:  # a mistake: (what makes it, hint), or the hint alone
                pairs.append((key, value.elts[1] if isinstance(value, ast.Tuple) and len(value.elts) == 2 else value))
        elif isinstance(node, ast.Call) and len(node.args) > 1:
            pairs += [(keyword.value, node.args[1]) for keyword in node.keywords if keyword.arg == "mistake"]
    return {name: hint for name, hint in ((_text(k), _text(v)) for k, v in pairs) if name and hint}


def read_graded(notebook: Path) -> Ran | None:
    """What a graded notebook says; None where there is none, or none that can be read."""
    try:
        cells = read_notebook(notebook)["cells"]
    except (CourseError, OSError, RecursionError):
        return None
    ran = Ran({}, {}, {})
    for cell in cells:
        name = grade_id(cell)
        if name and cell.get("cell_type") == "markdown" and is_written(cell):
            ran.answers[name] = cell["source"]
        if not name or cell.get("cell_type") != "code":
            continue
        ran.seconds[name] = _seconds(cell)
        if is_solution(cell):
            ran.answers[name] = cell["source"]
        elif error := _error(cell.get("outputs")):
            ran.messages[name] = read_message(str(error.get("ename")), str(error.get("evalue")))
    return ran


def read_message(error: str, text: str) -> Message:
    """What stands in an error of a test cell."""
    text = plain(text)[:4000]
    if error in (STOPPED, "CellTimeoutError"):
        return Message("", NOT_RUN, text)
    found = Message.parse(text)
    if found is None:
        return Message("", plain(error)[:80], text)
    return replace(found, detail=dedent(found.detail))


def is_error(name: str) -> bool:
    """Whether this is the name of one of Python's own exceptions."""
    kind = getattr(builtins, name, None)
    return isinstance(kind, type) and issubclass(kind, BaseException)


def _error(outputs: object) -> dict[str, Any] | None:
    found = [output for output in outputs if isinstance(output, dict)] if isinstance(outputs, list) else []
    return next((output for output in found if output.get("output_type") == "error"), None)


def _first_paragraph(source: str) -> str:
    return next((part.strip() for part in source.split("\n\n")[1:] if part.strip()), "")


def _text(node: ast.AST | None) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def _seconds(cell: Cell) -> float:
    """How long a cell ran, from the times that nbclient leaves in it; 0 where there are none."""
    times = cell["metadata"].get("execution", {})
    try:
        start, end = (datetime.fromisoformat(times[key]) for key in ("iopub.execute_input", "shell.execute_reply"))
        return max(0.0, (end - start).total_seconds())
    except (KeyError, TypeError, ValueError, AttributeError):
        return 0.0


def title_of(lesson: Lesson) -> str:
    """A lesson's number and title, from its folder and the first heading: `01 · Neurons and activations`."""
    number = lesson.name.partition("_")[0]
    for cell in lesson.cells:
        if cell["cell_type"] == "markdown" and (heading := HEADING.search(cell["source"])):
            return f"{number} · {heading[2]}" if number.isdigit() else heading[2]
    return lesson.name
