"""Finds the exercises of the lesson that runs, and checks an answer by them: what a visible check cell calls."""

from __future__ import annotations

import ast
import base64
import json
import sys
import types
import zlib
from functools import cache
from pathlib import Path
from typing import Any, NoReturn

import numpy as np

from course_lib import syntax
from course_lib.check.asking import ask_each, at_most
from course_lib.check.checks import CheckFailed, Unjudged
from course_lib.check.exercise import HIDDEN, VISIBLE, Exercise, together
from course_lib.check.message import Message
from course_lib.check.place import folders
from course_lib.check.plain import describe
from course_lib.student.copy import CHECKS as PACKED

SOURCE = "checks.py"
"""The exercises as instructors have them; the visible half of them, as students do, is the file ``PACKED``."""
FORM = "checks of a lesson, visible half, 1"


class LessonChecks:
    """The exercises of one lesson."""

    def __init__(self, source: str, where: str = "<checks>"):
        """Read them from the text of a ``checks.py``.

        Raises:
            Exception: whatever that file raises.
        """
        # functions of a module called __main__ travel to Spark's workers by value: there is no such file there
        self.module = types.ModuleType("__main__")
        exec(compile(source, where, "exec"), vars(self.module))
        self.exercises: dict[str, type[Exercise]] = {
            thing.name: thing
            for thing in vars(self.module).values()
            if isinstance(thing, type) and issubclass(thing, Exercise) and thing.name
        }


def answer(name: str, *, hidden: bool = False) -> None:
    """Check the answer to an exercise of this lesson.

    Args:
        name: of the exercise.
        hidden: ask the hidden examples; only where the instructors' file of the lesson is at hand.

    Raises:
        CheckFailed: with the hint of the mistake that fits, or with input, expected and got.
        FileNotFoundError: where the lesson's file with its checks is missing; the text says what to do.
    """
    found = _checks(_find())
    if name not in found.exercises:
        known = ", ".join(found.exercises)
        raise FileNotFoundError(f"The checks beside this notebook belong to another lesson: {known}. {_ADVICE}")
    exercise = found.exercises[name]()
    part = HIDDEN if hidden else VISIBLE
    print(check(exercise, part, _bound(exercise, vars(sys.modules["__main__"]))))


def check(exercise: Exercise, part: str, bound: Any, seed: int = 0) -> str:
    """Ask all questions of one part in order; returns the line of a check that passes.

    Args:
        exercise: what is asked.
        part: `visible` or `hidden`.
        bound: the answer.
        seed: of the hidden examples.

    Raises:
        CheckFailed: where the answer is not right yet.
    """
    questions = exercise.questions(part, np.random.default_rng(seed))
    try:
        with at_most():
            outcomes = ask_each(exercise, questions, bound)
    except Unjudged as why:
        _fail(exercise.name, "for a person", f"This check cannot tell: {why} A person will look when it is graded.")
    exercise.decide(part, questions, outcomes, bound)
    return exercise.passed(outcomes)


def _bound(exercise: Exercise, names: dict[str, Any]) -> Any:
    """The answer: the function that the exercise asks for, or an object with all of them.

    Raises:
        CheckFailed: where one is missing, or no function.
    """
    for name in exercise.names():
        if name not in names:
            _fail(
                exercise.name, "not defined", f"There is no `{name}` yet. Run the cell with your answer, then this one."
            )
        if not callable(names[name]):
            said = f"`{name}` should be a function, but it is {describe(names[name])}."
            _fail(exercise.name, "not a function", said)
    return together({name: names[name] for name in exercise.names()})


def _fail(exercise: str, mistake: str, sentence: str) -> NoReturn:
    raise CheckFailed(Message(exercise, mistake, sentence)) from None


# --------------------------------------------------------------------------------------- where the checks are

_ADVICE = (
    "Each lesson's folder holds a file of its own for them, called .checks (hidden in most file browsers). "
    "Copy it from the folder in which you were given the lesson, or start the course again with `make lab`."
)


def _find() -> Path:
    """The file with the checks of the notebook that runs.

    Raises:
        FileNotFoundError: where there is none.
    """
    places = folders()
    for place in places:
        for name in (SOURCE, PACKED):
            if (place / name).is_file():
                return place / name
    raise FileNotFoundError(f"There are no checks beside this notebook (looked in {places[0]}). {_ADVICE}")


def _checks(path: Path) -> LessonChecks:
    text = path.read_text(encoding="utf-8", errors="replace")
    return _loaded(unpack(text) if path.name == PACKED else text)


@cache
def _loaded(source: str) -> LessonChecks:
    return LessonChecks(source)


# ------------------------------------------------------------------------------------- what students receive


def pack(source: str) -> str:
    """The visible half of a ``checks.py`` as students receive it: out of the way, and no secret."""
    packed = base64.b64encode(zlib.compress(visible_half(source).encode(), 9)).decode()
    return json.dumps({"form": FORM, "checks": packed}, indent=1) + "\n"


def unpack(text: str) -> str:
    """The Python text in a packed file.

    Raises:
        FileNotFoundError: where it is damaged; the text says what to do.
    """
    try:
        return zlib.decompress(base64.b64decode(json.loads(text)["checks"])).decode()
    except (ValueError, KeyError, TypeError, zlib.error):
        raise FileNotFoundError(f"The file with this lesson's checks is damaged. {_ADVICE}") from None


def visible_half(source: str) -> str:
    """A ``checks.py`` without hidden examples, hidden mistakes, and whatever only these use; comments go as well."""
    tree = syntax.parse(source)
    classes = [node for node in tree.body if isinstance(node, ast.ClassDef)]
    removed: list[ast.stmt] = []
    while parts := [(node, part) for node in classes for part in node.body if _goes(part, tree, removed)]:
        for node, part in parts:
            node.body.remove(part)
            removed.append(part)
    for node in classes:
        node.body = node.body or [ast.Pass()]
    kept = [node for node in tree.body if not _names_of(node)]
    while more := [node for node in tree.body if node not in kept and _names_of(node) & _read(kept)]:
        kept += more
    tree.body = [node for node in tree.body if node in kept]
    return ast.unparse(tree)


def _goes(part: ast.stmt, tree: ast.Module, removed: list[ast.stmt]) -> bool:
    """Whether a part of a class is hidden, or used by nothing but what is removed already."""
    names = {name for name in _names_of(part, every=True) if not hasattr(Exercise, name)}
    if is_hidden(part) or not names or not names <= _read(removed, attributes=True):
        return is_hidden(part)
    classes = [node.body if isinstance(node, ast.ClassDef) else [node] for node in tree.body]
    others = [other for body in classes for other in body if other is not part]
    return not names & _read(others, attributes=True)


def is_hidden(node: ast.stmt) -> bool:
    """Whether a part of an exercise is for the judge alone."""
    return any(name == "hidden" or name.startswith("hidden_") for name in _names_of(node, every=True))


def _names_of(node: ast.stmt, every: bool = False) -> set[str]:
    """The names that a statement binds, where it may be left out if nobody uses them."""
    if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
        is_exercise = isinstance(node, ast.ClassDef) and any(
            isinstance(part, (ast.Assign, ast.AnnAssign)) and "name" in _names_of(part) for part in node.body
        )
        return set() if is_exercise and not every else {node.name}
    if isinstance(node, (ast.Assign, ast.AnnAssign)):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        return {part.id for target in targets for part in ast.walk(target) if isinstance(part, ast.Name)}
    if isinstance(node, (ast.Import, ast.ImportFrom)) and getattr(node, "module", "") != "__future__":
        return {alias.asname or alias.name.partition(".")[0] for alias in node.names}
    return set()


def _read(statements: list[ast.stmt], attributes: bool = False) -> set[str]:
    """The names that statements read, those of attributes as well where it is asked for."""
    parts = [part for node in statements for part in ast.walk(node)]
    names = {part.id for part in parts if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Load)}
    return names | ({part.attr for part in parts if isinstance(part, ast.Attribute)} if attributes else set())
