"""Disguises an answer as those do who copy one: other names, other comments, another order, another layout."""

import ast
import random

from course_lib import syntax

WORDS = ("result", "value", "tmp", "data", "item", "number", "total", "entry", "thing", "piece")
REMARKS = ("now the next step", "as in the lecture", "see the book", "I tried this first", "this took me an hour")


def disguise(source: str, keep: str, dice: random.Random) -> str:
    """The same answer with other names, order and comments.

    Args:
        source: of the answer.
        keep: the function's own name, which the exercise asks for.
        dice: chooses.
    """
    tree = syntax.parse(source)
    for node in ast.walk(tree):
        for part in ("body", "orelse"):
            if isinstance(inside := getattr(node, part, None), list):
                _reorder(inside, dice)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and ast.get_docstring(node, clean=False) is not None:
            node.body[0] = ast.Expr(ast.Constant(f"My own {dice.choice(WORDS)}."))
    own = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    own |= {node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)}
    own |= {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)} - {keep}
    names = {name: f"{dice.choice(WORDS)}_{number}" for number, name in enumerate(sorted(own))}
    lines = []
    for line in ast.unparse(ast.fix_missing_locations(_Renamed(names).visit(tree))).split("\n"):
        if line.strip() and dice.random() < 0.3:
            lines.append(line[: len(line) - len(line.lstrip())] + f"# {dice.choice(REMARKS)}")
        lines += [line, ""] if dice.random() < 0.1 else [line]
    made = "\n".join(lines)
    syntax.parse(made)
    return made


class _Renamed(ast.NodeTransformer):
    def __init__(self, names: dict[str, str]):
        self.names = names

    def visit_Name(self, node: ast.Name) -> ast.AST:
        return ast.Name(self.names.get(node.id, node.id), node.ctx)

    def visit_arg(self, node: ast.arg) -> ast.AST:
        node.arg = self.names.get(node.arg, node.arg)
        return self.generic_visit(node)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        node.name = self.names.get(node.name, node.name)
        return self.generic_visit(node)


def _reorder(body: list[ast.stmt], dice: random.Random) -> None:
    """Let neighbours that do not need each other change places, here and there."""
    for place in range(len(body) - 1):
        one, other = body[place : place + 2]
        if isinstance(one, ast.Assign) and isinstance(other, ast.Assign) and dice.random() < 0.8:
            sets, uses = _sets(one), _names(one)
            if not sets & _names(other) and not _sets(other) & uses:
                body[place : place + 2] = [other, one]


def _sets(node: ast.stmt) -> set[str]:
    return {part.id for part in ast.walk(node) if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store)}


def _names(node: ast.stmt) -> set[str]:
    return {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}
