"""Whether tests can still be believed in a kernel that student code has run in: traps, set before every test.

A trap is a cell that must end in an error. It runs the test itself, with an answer that is certainly wrong, after the
grader has tried a fraud of its own. Where such a cell passes, the tests are no longer what they were.
"""

from __future__ import annotations

import ast
import random

FRAUDS = (
    "import course_lib.check as _c\nfor _n in list(vars(_c)):\n"
    "    if callable(getattr(_c, _n)) and not _n.startswith('_') and not isinstance(getattr(_c, _n), type):\n"
    "        setattr(_c, _n, lambda *a, **k: None)",
    "import ast as _a\nclass _T(_a.NodeTransformer):\n    def visit_Expr(self, node):\n        return _a.Pass()\n"
    "    def visit_Assert(self, node):\n        return _a.Pass()\nget_ipython().ast_transformers.append(_T())",
    "get_ipython().input_transformer_manager.cleanup_transforms.append(lambda lines: ['pass\\n'])",
    "get_ipython().run_cell = lambda *a, **k: None",
    "get_ipython().showtraceback = lambda *a, **k: None",
)
"""Ways to make every test pass, tried by the grader itself. None of them must last until the next cell."""

DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)

SUSPICIOUS = {
    "get_ipython": "it asks for the running IPython",
    "ctypes": "it uses ctypes",
    "gc": "it looks through the memory of Python",
    "_getframe": "it looks into other functions' frames",
    "currentframe": "it looks into other functions' frames",
    "settrace": "it traces other code",
    "setprofile": "it traces other code",
    "meta_path": "it changes how modules are found",
    "CheckFailed": "it names the error of failed tests",
    "execute_result": "it names a message of the kernel",
    "ast_transformers": "it changes how cells are read",
    "iopub_socket": "it uses the kernel's sockets",
    "ipykernel": "it uses the kernel's own modules",
}
"""Names in an answer that a person should look at, and why. None of them costs a point."""


TRAP = """
def _trap(scope):
    kept = {{name: scope[name] for name in {names!r} if name in scope}}
    scope.update(dict.fromkeys(kept, {wrong}))
    try:
        assert kept
        exec({test!r}, scope)
    finally:
        scope.update(kept)

try:
    _trap(globals())
finally:
    del _trap
"""


def traps(test: str, names: set[str]) -> list[tuple[str, bool]]:
    """Cells to run before a test.

    Args:
        test: source of the test cell.
        names: what the answer defines.

    Returns:
        Pairs of source and whether the cell must fail.
    """
    wrong = random.choice(("lambda *a, **k: None", "lambda *a, **k: object()", "lambda *a, **k: NotImplemented"))
    return [(random.choice(FRAUDS), False), (TRAP.format(names=sorted(names), wrong=wrong, test=test), True)]


def names_in(source: str) -> set[str]:
    """What a cell binds at its top level; nothing where it cannot be read."""
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return set()
    found = set(_imports(tree))
    for node in tree.body:
        if isinstance(node, DEFINITIONS):
            found.add(node.name)
        else:
            found |= {
                part.id for part in ast.walk(node) if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store)
            }
    return found


def taken_names(answer: str, own: set[str], lesson: str) -> list[str]:
    """The lesson's modules, functions and classes whose names an answer binds to something else.

    Args:
        answer: source of the answer.
        own: the names that the lesson asks this answer for.
        lesson: source of the lesson's locked cells.
    """
    try:
        theirs, ours = ast.parse(answer), ast.parse(lesson)
    except SyntaxError:
        return []
    imported = _imports(ours)
    again = {name for name, what in _imports(theirs).items() if imported.get(name) == what}
    defined = {node.name for node in ours.body if isinstance(node, DEFINITIONS)}
    return sorted(names_in(answer) & (defined | set(imported)) - own - again)


def _imports(tree: ast.AST) -> dict[str, str]:
    """The names that imports at the top level bind, and what they bind them to."""
    found = {}
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                found[alias.asname or alias.name.partition(".")[0]] = alias.name if alias.asname else ""
        elif isinstance(node, ast.ImportFrom):
            found |= {alias.asname or alias.name: f"{node.module}:{alias.name}" for alias in node.names}
    return found


def definitions(source: str) -> str:
    """What a cell that only demonstrates puts in scope without computing anything: a cell to run in its place.

    These are its imports, functions, classes, constants, and other names for what is there (``L = keras.layers``). Each
    stands alone: where one fails, the others come all the same.
    """
    try:
        tree = ast.parse(source)
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


def suspicions(source: str) -> list[str]:
    """Why a person should look at an answer, in words; empty for nearly all."""
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return []
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            names.add(node.id)
        elif isinstance(node, ast.Attribute):
            names.add(node.attr)
        elif isinstance(node, ast.alias):
            names.update(node.name.split("."))
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.update(node.module.split("."))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            names.update(word for word in SUSPICIOUS if word == node.value)
    return list(dict.fromkeys(SUSPICIOUS[name] for name in SUSPICIOUS if name in names))
