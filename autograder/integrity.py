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
    """What a cell defines at its top level; nothing where it cannot be read."""
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return set()
    found = set()
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found.add(node.name)
        else:
            found |= {
                part.id for part in ast.walk(node) if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store)
            }
    return found


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
