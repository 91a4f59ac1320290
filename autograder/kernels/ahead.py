"""What lessons import, found by reading them: the fork server loads it ahead, so that no kernel has to."""

from __future__ import annotations

import ast
import functools
import sys
from collections.abc import Iterable

from autograder.course import Cell, Lesson
from course_lib import syntax

ALWAYS = (
    "autograder.kernels.no_debugger",  # before ipykernel
    "autograder.kernels.answering",
    "autograder.kernels.judge",
    "autograder.kernels.streams",
    "ipykernel.kernelapp",
    "ipykernel.zmqshell",
    "IPython",
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.core.oinspect",
    "IPython.extensions.storemagic",
    "tornado.platform.asyncio",
    "course_lib.check",
)
"""What every kernel and every judge needs, or imports as it starts."""

BEHIND = {
    "course_lib.spark": (
        "course_lib.spark.java",
        "pyspark.sql",
        "pyspark.sql.functions",
        "pyspark.java_gateway",
        "pyspark.testing",  # py4j's first call of Java asks for it, and for pandas
        "pandas",
    ),
    "matplotlib.pyplot": (
        "IPython.core.pylabtools",
        "matplotlib.backends.backend_agg",
        "matplotlib_inline.backend_inline",
    ),
}
"""What modules import when they are first used."""


def modules_of(cells: Iterable[Cell], checks: str = "") -> list[str]:
    """The modules that code imports by name, and what stands behind them; nothing where kernels cannot be forked.

    Args:
        cells: of a notebook.
        checks: the text of the lesson's ``checks.py``, for the judge.
    """
    if sys.platform != "linux":
        return []
    return list(_imported((*(cell["source"] for cell in cells if cell["cell_type"] == "code"), checks)))


@functools.lru_cache(maxsize=32)  # the locked cells of a lesson are the same in each hand-in
def _imported(sources: tuple[str, ...]) -> tuple[str, ...]:
    found = dict.fromkeys(ALWAYS)
    for source in sources:
        try:
            tree = syntax.parse(source)
        except SyntaxError:  # a magic command, or an error that is shown on purpose
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                found.update(dict.fromkeys(alias.name for alias in node.names))
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                found[node.module] = None
                if node.module == "course_lib":
                    found.update(dict.fromkeys(f"course_lib.{alias.name}" for alias in node.names))
    for module in [module for module in BEHIND if module in found]:
        found.update(dict.fromkeys(BEHIND[module]))
    return tuple(found)


def modules_needed(lessons: Iterable[Lesson]) -> list[str]:
    """What a fork server for these lessons loads."""
    return list(dict.fromkeys(name for lesson in lessons for name in modules_of(lesson.cells, lesson.checks)))
