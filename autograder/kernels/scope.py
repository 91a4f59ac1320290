"""Where tests run: in a namespace of the lesson's own, so that what a student binds changes no test.

A student may call a variable `check`, `np` or `max`. Their own functions then see these; a test sees the lesson's
objects, the answer that it asks for, and Python's own built-in functions.
"""

from __future__ import annotations

import ast
import builtins
import contextlib
import types
import warnings
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np

LESSON, TEST = "lesson", "test"
"""What the grader says of a cell, in the message that runs it: the lesson's own code, or a test."""


class LessonScope:
    """The names of one notebook that are the lesson's own: those of its locked cells and of its tests."""

    def __init__(self, shell: Any):
        self._shell = shell
        self._tests = types.ModuleType("__main__")  # what is defined in it travels to Spark's workers by value
        self._names = vars(self._tests)
        self._names.update({name: value for name, value in shell.user_ns.items() if name in shell.user_ns_hidden})

    @contextlib.contextmanager
    def of(self, role: dict[str, Any], code: str) -> Iterator[None]:
        """What a cell sees while it runs.

        Args:
            role: what the grader says of the cell: ``is`` (`LESSON` or `TEST`), ``binds`` (the names that a cell of the
                lesson binds), ``answers`` (the names that a test asks a student for).
            code: the cell.
        """
        if role.get("is") == TEST:
            with self._for_test(code, role.get("answers", ())):
                yield
            return
        yield
        if role.get("is") == LESSON:
            user = self._shell.user_ns
            self._names.update({name: user[name] for name in role.get("binds", ()) if name in user})

    @contextlib.contextmanager
    def _for_test(self, code: str, answers: Iterable[str]) -> Iterator[None]:
        shell = self._shell
        user, module = shell.user_ns, shell.user_module
        for name in answers:
            self._names.pop(name, None)
            if name in user:
                self._names[name] = user[name]
        for name in _read_by(code) - set(self._names) - set(dir(builtins)):
            if name in user:  # bound by a cell of the lesson that students may edit
                self._names[name] = user[name]
        shell.user_ns, shell.user_module = self._names, self._tests
        try:
            # as in a fresh Python: `np.seterr(all="raise")` or a filter for warnings is the student's own affair
            with np.errstate(divide="warn", over="warn", under="ignore", invalid="warn"), warnings.catch_warnings():
                warnings.simplefilter("default")
                yield
        finally:
            shell.user_ns, shell.user_module = user, module


def _read_by(code: str) -> set[str]:
    """The names that a cell reads; none where it cannot be parsed."""
    try:
        tree = ast.parse(code)
    except SyntaxError:
        return set()
    return {part.id for part in ast.walk(tree) if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Load)}
