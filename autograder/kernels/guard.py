"""The kernel that runs hand-ins: what tests rely on is put back before each cell, and tests leave no trace.

All of this happens in the process that student code runs in, so it raises the price of a fraud, no more. Whether it
still works is asked again and again by :mod:`autograder.grading.integrity`, from outside.
"""

from __future__ import annotations

import linecache
import sys
import types
from typing import Any

from ipykernel.ipkernel import IPythonKernel
from traitlets import Type

from autograder.kernels.scope import TEST, LessonScope
from autograder.kernels.shell import GradingShell

GUARDED = [
    "builtins",
    "math",
    "operator",
    "functools",
    "json",
    "numpy",
    "course_lib",
    "autograder",
    "IPython",
    "ipykernel",
    "traitlets",
    "zmq",
]
"""Modules, with their parts, that tests and the kernel itself are made of."""

FIXED: tuple[Any, ...] = (types.FunctionType, types.BuiltinFunctionType, type, classmethod, staticmethod, property)
"""What never changes in an honest hand-in; other values (counters, caches) may."""


UNDISTURBED = 0.5
"""Seconds for which Python lets a test go on before another thread may take over; one that waits gives way at once."""


class Snapshot:
    """Functions and classes of the guarded modules, and the shell's hooks, as they were when it was taken."""

    def __init__(self, shell: Any):
        self._shell = shell
        self._modules = {
            name: module
            for name, module in sys.modules.items()
            if name.split(".")[0] in GUARDED and isinstance(module, types.ModuleType)
        }
        owners: list[Any] = list(self._modules.values())
        owners += {
            value
            for module in owners
            for value in vars(module).values()
            if isinstance(value, type) and value.__module__ in self._modules and value.__flags__ & (1 << 9)  # heap type
        }
        self._owners = [
            (owner, {name: value for name, value in vars(owner).items() if isinstance(value, FIXED)})
            for owner in owners
        ]
        self._instances = [(thing, set(vars(thing))) for thing in (shell, shell.displayhook, shell.display_pub)]
        self._lists: list[tuple[list[Any], list[Any]]] = [
            (shell.ast_transformers, []),
            *[
                (manager, list(manager))
                for manager in (
                    shell.input_transformer_manager.cleanup_transforms,
                    shell.input_transformer_manager.line_transforms,
                    shell.input_transformer_manager.token_transformers,
                    shell.input_transformers_post,
                    sys.meta_path,
                    sys.path_hooks,
                )
            ],
        ]
        self._events = {name: list(callbacks) for name, callbacks in shell.events.callbacks.items()}
        self._hooks = sys.displayhook, sys.excepthook

    def restore(self) -> None:
        """Put everything back."""
        sys.settrace(None)
        sys.setprofile(None)
        for name, module in self._modules.items():
            if sys.modules.get(name) is not module:
                sys.modules[name] = module
        for owner, was in self._owners:
            now = vars(owner)
            for name, value in was.items():
                if now.get(name) is not value:
                    setattr(owner, name, value)
        for thing, names in self._instances:
            for name in set(vars(thing)) - names:
                if callable(vars(thing)[name]):
                    delattr(thing, name)
        for found, items in self._lists:
            if found != items:
                found[:] = items
        for name, callbacks in self._shell.events.callbacks.items():
            own = self._events.get(name, [])
            callbacks[:] = [callback for callback in callbacks if callback in own or _is_known(callback)]
        sys.displayhook, sys.excepthook = self._hooks


def _is_known(callback: Any) -> bool:
    """Whether a callback is that of a library which registers it when it is first used."""
    return getattr(callback, "__func__", callback) in {
        value
        for name in ("matplotlib_inline.backend_inline", "matplotlib_inline.config")
        for value in vars(sys.modules.get(name, types)).values()
        if isinstance(value, types.FunctionType) and value.__module__ == name
    }


class GradingKernel(IPythonKernel):
    """An IPython kernel that restores its snapshot before each cell and forgets the cells not kept in the history.

    Tests run in the lesson's own namespace (:mod:`autograder.kernels.scope`). Which cell is a test, the grader says in
    the metadata of its message.
    """

    shell_class = Type(GradingShell)

    def __init__(self, **options: Any):
        super().__init__(**options)
        self._snapshot: Snapshot | None = None
        self._scope: LessonScope | None = None

    async def do_execute(
        self,
        code: str,
        silent: bool,
        store_history: bool = True,
        *rest: Any,
        cell_meta: dict[str, Any] | None = None,
        **options: Any,
    ) -> Any:
        """Run one cell."""
        if self._snapshot is None or self._scope is None:
            self._snapshot, self._scope = Snapshot(self.shell), LessonScope(self.shell)
        role, interval = cell_meta or {}, sys.getswitchinterval()
        if role.get("is") == TEST:  # no thread of an answer comes between restoring and testing
            sys.setswitchinterval(UNDISTURBED)
        seen = set(linecache.cache)
        try:
            self._snapshot.restore()
            with self._scope.of(role, code):
                return await super().do_execute(code, silent, store_history, *rest, cell_meta=cell_meta, **options)
        finally:
            sys.setswitchinterval(interval)
            if not store_history:
                for name in set(linecache.cache) - seen:
                    del linecache.cache[name]
                sys.last_traceback = sys.last_value = None
