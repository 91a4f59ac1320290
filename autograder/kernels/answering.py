"""The kernel that runs hand-ins: an IPython kernel that also answers the judge's questions."""

from __future__ import annotations

import ast
from typing import Any, ClassVar

from ipykernel.compiler import XCachingCompiler
from ipykernel.ipkernel import IPythonKernel
from traitlets import Type

from autograder.kernels import no_debugger
from autograder.kernels.messages import ASKED
from autograder.kernels.respond import respond
from autograder.kernels.shell import GradingShell
from autograder.kernels.wire import Channel
from course_lib import syntax


class Compiler(XCachingCompiler):
    """IPython's compiler; no cell fails for what is tidied up while it is read."""

    def ast_parse(self, *source: Any, **options: Any) -> ast.AST:
        with syntax.undisturbed():
            return super().ast_parse(*source, **options)


class AnsweringKernel(IPythonKernel):
    """An IPython kernel. Tests do not run in it: there it only answers (:mod:`autograder.kernels.respond`)."""

    shell_class = Type(GradingShell)
    compiler_class = Type(Compiler)
    judge: ClassVar[Channel | None] = None
    """The connection to the judge; None where there is none."""

    def __init__(self, **options: Any):
        with no_debugger.unlisted():
            super().__init__(**options)
        self._loaded: dict[str, Any] = {}

    async def do_execute(
        self, code: str, silent: bool, *rest: Any, cell_meta: dict[str, Any] | None = None, **options: Any
    ) -> Any:
        """Run one cell, or answer questions."""
        if cell_meta == ASKED and self.judge is not None:
            shell: Any = self.shell
            respond(self.judge, lambda: shell.user_ns, self._loaded)
            return {"status": "ok", "execution_count": self.execution_count, "payload": [], "user_expressions": {}}
        return await super().do_execute(code, silent, *rest, cell_meta=cell_meta, **options)
