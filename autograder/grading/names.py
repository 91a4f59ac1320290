"""What a cell binds and defines, read off its text."""

from __future__ import annotations

import ast

from course_lib import syntax

DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


def names_in(source: str) -> set[str]:
    """What a cell binds at its top level; nothing where it cannot be read."""
    try:
        tree = syntax.parse(source)
    except SyntaxError:
        return set()
    found = set()
    for node in tree.body:
        if isinstance(node, DEFINITIONS):
            found.add(node.name)
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            found |= {alias.asname or alias.name.partition(".")[0] for alias in node.names}
        else:
            found |= {
                part.id for part in ast.walk(node) if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store)
            }
    return found


def definitions(source: str) -> str:
    """What a cell that only demonstrates puts in scope without computing anything: a cell to run in its place.

    These are its imports, functions, classes, constants, and other names for what is there (``L = keras.layers``). Each
    stands alone: where one fails, the others come all the same.
    """
    try:
        tree = syntax.parse(source)
    except SyntaxError:  # a magic command
        return ""
    kept = [
        node for node in tree.body if isinstance(node, (*DEFINITIONS, ast.Import, ast.ImportFrom)) or _is_name(node)
    ]
    failed = ast.ExceptHandler(type=ast.Name("Exception"), body=[ast.Pass()])
    tries = [ast.Try(body=[node], handlers=[failed], orelse=[], finalbody=[]) for node in kept]
    return ast.unparse(ast.fix_missing_locations(ast.Module(body=list(tries), type_ignores=[])))


def _is_name(node: ast.stmt) -> bool:
    """Whether a statement only gives a constant, or something that is there already, a name."""
    if not isinstance(node, ast.Assign | ast.AnnAssign) or node.value is None:
        return False
    value = node.value
    while isinstance(value, ast.Attribute):
        value = value.value
    if isinstance(value, ast.Name):
        return True
    try:
        ast.literal_eval(node.value)
    except (ValueError, TypeError):
        return False
    return True
