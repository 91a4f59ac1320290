"""Statements of Python reduced to their shape: what stays the same where names, comments and order change."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from course_lib import syntax

MOST_CHARACTERS = 20_000
"""Of one answer; what comes after them is not compared."""
IPYTHON = re.compile(r"^([ \t]*)[%!].*", re.MULTILINE)
"""A line for IPython alone: a magic or a shell command."""
UNSHAPED = {"ctx", "returns", "annotation", "type_comment", "type_params", "decorator_list", "simple", "kind"}
"""Fields of a syntax tree that say nothing of what is computed, or nothing that a copy must keep."""
HOLDS_STATEMENTS = (ast.stmt, ast.excepthandler, ast.match_case)
SAYS_NOTHING = (ast.Import, ast.ImportFrom, ast.Pass, ast.Global, ast.Nonlocal)


@dataclass(frozen=True)
class Statement:
    """One statement; of a loop, a condition or a function its head alone: what stands in it are statements, too."""

    shape: str
    first: int
    """Number of its first line; the text's first one is 1."""
    last: int


@lru_cache(10_000)
def statements(source: str) -> tuple[Statement, ...]:
    """The statements of an answer, in no order.

    Names that the answer itself gives are numbered in each statement, annotations and docstrings left out,
    `x += 1` is `x = x + 1`, `a > b` is `b < a`, the order of keywords does not matter. What is no Python is compared
    by its lines, as they stand.
    """
    source = source[:MOST_CHARACTERS]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # "\d" in a student's text
            tree = syntax.parse(IPYTHON.sub(r"\1pass", source))
        own = _own_names(tree)
        return tuple(
            Statement(_shape(node, own, {}), node.lineno, _end_of_head(node))
            for node in ast.walk(tree)
            if isinstance(node, ast.stmt) and not _says_nothing(node)
        )
    except (SyntaxError, ValueError, RecursionError):  # the last two: of hostile texts, while their tree is walked
        return by_line(source)


def by_line(source: str) -> tuple[Statement, ...]:
    """The lines of an answer, for want of statements: without comments, and indented as you please."""
    lines = enumerate(source[:MOST_CHARACTERS].split("\n"), start=1)
    found = [(number, " ".join(line.split())) for number, line in lines]
    return tuple(Statement(f"line {line}", number, number) for number, line in found if line and line[0] != "#")


def _own_names(tree: ast.Module) -> set[str]:
    """The names that a text gives: to variables, arguments, functions; modules have their usual ones."""
    own = set()
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name, ctx=ast.Store()) | ast.arg(arg=name):
                own.add(name)
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name) | ast.ExceptHandler(name=str(name)):
                own.add(name)
    return own


def _says_nothing(node: ast.stmt) -> bool:
    """Whether every answer may have this statement: an import, a docstring, the line that a student is to replace."""
    match node:
        case ast.Expr(value=ast.Constant()):
            return True
        case ast.Raise(exc=ast.Name(id=name) | ast.Call(func=ast.Name(id=name))):
            return name == "NotImplementedError"
    return isinstance(node, SAYS_NOTHING)


def _end_of_head(node: ast.stmt) -> int:
    """The last line of a statement, or of its head where it holds others."""
    parts = list(ast.iter_child_nodes(node))
    head = [part for part in parts if not isinstance(part, HOLDS_STATEMENTS)]
    if head == parts:
        return node.end_lineno or node.lineno
    return max([node.lineno, *(getattr(inner, "end_lineno", 0) for part in head for inner in ast.walk(part))])


def _shape(node: Any, own: set[str], numbers: dict[str, str]) -> str:
    """A part of a syntax tree as text; names of its ``own`` become numbers, in the order in which they come."""

    def name(text: str) -> str:
        return numbers.setdefault(text, f"_{len(numbers)}") if text in own else text

    match node:
        case ast.Name(id=text) | ast.arg(arg=text):
            return name(text)
        case ast.AugAssign():
            return _shape(ast.Assign([node.target], ast.BinOp(node.target, node.op, node.value)), own, numbers)
        case ast.AnnAssign(value=ast.expr() as value):
            return _shape(ast.Assign([node.target], value), own, numbers)
        case ast.Compare(left=left, ops=[ast.Gt() | ast.GtE() as operator], comparators=[right]):
            turned = ast.Lt() if isinstance(operator, ast.Gt) else ast.LtE()
            return _shape(ast.Compare(right, [turned], [left]), own, numbers)
        case ast.Call():
            node = ast.Call(node.func, node.args, sorted(node.keywords, key=lambda keyword: keyword.arg or ""))
        case list():
            return f"[{','.join(_shape(part, own, numbers) for part in node)}]"
    if not isinstance(node, ast.AST):
        return repr(node)
    parts = (name(part) if field == "name" and part else _shape(part, own, numbers) for field, part in _fields(node))
    return f"{type(node).__name__}({','.join(parts)})"


def _fields(node: ast.AST) -> Iterator[tuple[str, Any]]:
    """What a node holds, but for the statements in it."""
    for field, value in ast.iter_fields(node):
        holds = (
            isinstance(value, list) and value and isinstance(value[0], ast.stmt | ast.excepthandler | ast.match_case)
        )
        if field not in UNSHAPED and not holds:
            yield field, value
