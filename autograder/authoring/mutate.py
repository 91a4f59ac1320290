"""Small faults put into a right answer, one at a time: what a test must catch.

The faults are those that students of NumPy, Keras and Spark make: another operator, a constant or an axis, off by one,
a term, a statement or a branch dropped, arguments swapped, a copy forgotten. docs/decisions says why they are our own.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator
from dataclasses import dataclass

from course_lib import syntax

OPERATORS: dict[type[ast.operator], tuple[type[ast.operator], ...]] = {
    ast.Add: (ast.Sub,),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Div, ast.Add),
    ast.Div: (ast.Mult, ast.FloorDiv),
    ast.FloorDiv: (ast.Div,),
    ast.Mod: (ast.FloorDiv,),
    ast.Pow: (ast.Mult,),
    ast.MatMult: (ast.Mult,),
    ast.BitAnd: (ast.BitOr,),
    ast.BitOr: (ast.BitAnd,),
}
COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.Gt),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.Lt),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
}
SWAPS = [
    ("max", "min"),
    ("argmax", "argmin"),
    ("maximum", "minimum"),
    ("sum", "mean"),
    ("any", "all"),
    ("zeros", "ones"),
    ("zeros_like", "ones_like"),
    ("floor", "ceil"),
    ("float32", "float64"),
    ("append", "extend"),
    ("asc", "desc"),
    ("union", "intersection"),
    ("map", "flatMap"),
    ("inner", "left"),
    ("row_number", "rank"),
    ("count", "countDistinct"),
    ("avg", "sum"),
    ("relu", "linear"),
    ("softmax", "sigmoid"),
    ("same", "valid"),
]
"""Names, attributes and words that are taken for each other; both ways."""
UNWRAPPED = {
    *("abs", "sorted", "copy", "astype", "sqrt", "log", "exp", "square", "round", "int", "float", "reshape", "list"),
    *("set", "lower", "strip", "distinct", "cache", "persist", "prefetch", "shuffle", "flatten", "ravel", "transpose"),
    *("fillna", "dropna", "sort_values", "orderBy", "sortByKey", "stop_gradient", "squeeze", "normalize"),
}
"""Calls that are forgotten: their first argument, or what they are called on, stays."""
SYMMETRIC = {"max", "min", "maximum", "minimum", "add", "multiply", "allclose", "array_equal", "isclose"}
"""Calls that mean the same with their two arguments swapped."""


@dataclass(frozen=True)
class Mutant:
    """A right answer with one fault."""

    answer: str
    """Title of the right answer that it was."""
    before: str
    """The line or lines where it differs, as Python writes them."""
    after: str
    source: str

    @property
    def change(self) -> str:
        """What was changed, in one line."""
        return f"{self.before or '(nothing)'} → {self.after or '(nothing)'}"


def mutants(title: str, source: str) -> Iterator[Mutant]:
    """All answers that differ from a right one by one fault, each once."""
    tree = syntax.parse(source)
    original = ast.unparse(tree)
    seen = {original}
    for number, node in enumerate(ast.walk(tree)):
        for variant in range(len(list(_changes(node)))):
            changed = copy.deepcopy(tree)
            for at, twin in enumerate(ast.walk(changed)):
                if at == number:
                    _put(changed, twin, list(_changes(twin))[variant])
                    break
            text = ast.unparse(ast.fix_missing_locations(changed))
            if text not in seen:
                seen.add(text)
                yield Mutant(title, *_differing(original, text), text)


def _put(tree: ast.Module, old: ast.AST, new: list[ast.stmt] | ast.AST) -> None:
    """Put a node, or statements, in another one's place."""
    for parent in ast.walk(tree):
        for field, value in ast.iter_fields(parent):
            if value is old:
                setattr(parent, field, new)
                return
            if isinstance(value, list) and any(item is old for item in value):
                at = next(number for number, item in enumerate(value) if item is old)
                value[at : at + 1] = new if isinstance(new, list) else [new]
                if not value and field in ("body",):
                    value.append(ast.Pass())
                return


def _differing(before: str, after: str) -> tuple[str, str]:
    """The lines in which two texts differ."""
    one, two = before.split("\n"), after.split("\n")
    while one and two and one[0] == two[0]:
        one, two = one[1:], two[1:]
    while one and two and one[-1] == two[-1]:
        one, two = one[:-1], two[:-1]
    return tuple(" ⏎ ".join(line.strip() for line in lines) for lines in (one, two))  # type: ignore[return-value]


def _changes(node: ast.AST) -> Iterator[list[ast.stmt] | ast.AST]:
    """What may stand in a node's place. Asked of equal nodes it gives equal changes, in the same order."""
    match node:
        case ast.BinOp(left, op, right):
            for other in OPERATORS.get(type(op), ()):
                yield ast.BinOp(left, other(), right)
            if not isinstance(op, ast.Mod):
                yield left
                yield right
            if isinstance(op, (ast.Sub, ast.Div, ast.Pow, ast.MatMult)):
                yield ast.BinOp(right, op, left)
        case ast.UnaryOp(ast.USub() | ast.Not() | ast.Invert(), operand) if not isinstance(operand, ast.Constant):
            yield operand
        case ast.Compare(left, [op], [right]):
            for comparison in COMPARISONS.get(type(op), ()):
                yield ast.Compare(left, [comparison()], [right])
        case ast.BoolOp(op, values):
            yield ast.BoolOp(ast.And() if isinstance(op, ast.Or) else ast.Or(), values)
            for number in range(len(values)):
                rest = values[:number] + values[number + 1 :]
                yield rest[0] if len(rest) == 1 else ast.BoolOp(op, rest)
        case ast.Constant(bool(value)):
            yield ast.Constant(not value)
        case ast.Constant(int(value)):
            yield ast.Constant(value + 1)
            yield _number(value - 1)
        case ast.Constant(float(value)):
            yield ast.Constant(value * 2)
            if value:
                yield ast.Constant(0.0)
        case ast.Constant(str(value)):
            yield from (ast.Constant(word) for word in _other(value))
        case ast.Name(name, ast.Load()):
            yield from (ast.Name(word, ast.Load()) for word in _other(name))
        case ast.Attribute(value, name, ast.Load()):
            yield from (ast.Attribute(value, word, ast.Load()) for word in _other(name))
        case ast.Call(function, arguments, keywords):
            yield from _calls(function, arguments, keywords)
        case ast.Slice(lower, upper, step):
            parts = [lower, upper, step]
            for number, part in enumerate(parts):
                if part is not None:
                    yield ast.Slice(*(None if at == number else other for at, other in enumerate(parts)))
        case ast.comprehension(target, iterated, conditions, is_async):
            for number in range(len(conditions)):
                yield ast.comprehension(target, iterated, conditions[:number] + conditions[number + 1 :], is_async)
        case ast.IfExp(_, body, orelse):
            yield body
            yield orelse
        case ast.If(_, body, orelse):
            yield list(body)
            yield list(orelse) or [ast.Pass()]
        case ast.AugAssign(target, op, value):
            for other in OPERATORS.get(type(op), ()):
                yield [ast.AugAssign(target, other(), value)]
            if isinstance(target, ast.Name):
                yield [ast.Assign([ast.Name(target.id, ast.Store())], value, lineno=0)]
            yield [ast.Pass()]
        case ast.Expr(value) if not isinstance(value, ast.Constant):
            yield [ast.Pass()]
        case ast.Return(value) if value is not None:
            yield [ast.Expr(value)]
        case ast.Assign([ast.Name(name)], value) if any(
            isinstance(part, ast.Name) and part.id == name for part in ast.walk(value)
        ):
            yield [ast.Pass()]  # a step on the way is left out
        case ast.Tuple(items, ast.Load()) if len(items) == 2:
            yield ast.Tuple(items[::-1], ast.Load())


def _calls(function: ast.expr, arguments: list[ast.expr], keywords: list[ast.keyword]) -> Iterator[ast.AST]:
    """A call with an argument dropped or two swapped, or the call itself forgotten."""
    called = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    if called in UNWRAPPED:
        owner = function.value if isinstance(function, ast.Attribute) else None
        is_module = isinstance(owner, ast.Name) and owner.id in ("np", "numpy", "math", "tf", "keras", "F", "ops")
        if owner is None or is_module or not isinstance(function, ast.Attribute):
            yield from arguments[:1]
        else:
            yield owner
    if len(arguments) == 2 and called not in SYMMETRIC and not any(isinstance(a, ast.Starred) for a in arguments):
        yield ast.Call(function, arguments[::-1], keywords)
    for number, keyword in enumerate(keywords):
        yield ast.Call(function, arguments, keywords[:number] + keywords[number + 1 :])
        if keyword.arg == "axis" and isinstance(keyword.value, (ast.Constant, ast.UnaryOp)):
            for axis in (0, 1, -1):
                other = ast.keyword("axis", _number(axis))
                yield ast.Call(function, arguments, [*keywords[:number], other, *keywords[number + 1 :]])


def _number(value: int) -> ast.expr:
    """A whole number as Python's own parser writes it."""
    return ast.Constant(value) if value >= 0 else ast.UnaryOp(ast.USub(), ast.Constant(-value))


def _other(word: str) -> Iterator[str]:
    for one, two in SWAPS:
        if word in (one, two):
            yield two if word == one else one
