"""Runs a student's copy from top to bottom in a fresh Python, as grading will, and throws what it printed away."""

from __future__ import annotations

import os
import queue
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from course_lib.student.copy import CHECKS, Cell, Copy, grade_id

CELL_LIMIT = 120.0
"""Seconds for one cell, as in grading."""
RUN_LIMIT = 600.0
"""Seconds for all cells, as in grading."""


class NoKernel(Exception):
    """No fresh Python could be started; the text says what to do."""


@dataclass
class FreshRun:
    """What happened."""

    errors: dict[str, str] = field(default_factory=dict)
    """Cell → name and text of the error that it ended in. Cells without a name are counted: ``cell 12``."""
    passed: list[str] = field(default_factory=list)
    """Visible tests that ended without an error."""
    stopped: str = ""
    """Why the run ended before the last cell; empty where it did not."""


def run(
    copy: Copy,
    on_cell: Callable[[int, int, str], None] = lambda done, total, name: None,
    cell_limit: float = CELL_LIMIT,
    run_limit: float = RUN_LIMIT,
) -> FreshRun:
    """Run the code cells of a copy in a fresh kernel, in a temporary copy of its folder.

    Cells tagged ``skip-grading`` only demonstrate; they are left out, as in grading. An error does not end the run.

    Args:
        copy: what to run.
        on_cell: called before each cell with how many are done, how many there are, and the cell's name.
        cell_limit, run_limit: seconds for one cell, and for all.

    Raises:
        NoKernel: where no kernel starts.
    """
    cells = [
        (number, cell)
        for number, cell in enumerate(copy.notebook["cells"], start=1)
        if cell["cell_type"] == "code" and cell["source"].strip() and "skip-grading" not in _tags(cell)
    ]
    tests = {name for name, cell in copy.released.items() if cell.kind == "test"}
    outcome = FreshRun()
    end = time.monotonic() + run_limit
    with tempfile.TemporaryDirectory(prefix="course-submit-", ignore_cleanup_errors=True) as place:
        folder = Path(place) / "copy"
        shutil.copytree(copy.path.parent, folder, ignore=_not_of_the_lesson, symlinks=True)
        with _Kernel(folder) as kernel:
            for done, (number, cell) in enumerate(cells):
                name = grade_id(cell) or f"cell {number}"
                on_cell(done, len(cells), name)
                limit = min(cell_limit, end - time.monotonic())
                try:
                    error = kernel.run(cell["source"], limit)
                except TimeoutError:
                    which = f"all cells together take more than {run_limit:.0f} seconds"
                    if limit == cell_limit:
                        which = f"it takes more than {cell_limit:.0f} seconds; is there a loop without an end?"
                    outcome.stopped = f"{name}: {which}"
                    return outcome
                except ChildProcessError:
                    outcome.stopped = f"{name}: Python itself ends there (exit() or a crash, or no memory is left)"
                    return outcome
                if error:
                    outcome.errors[name] = error
                elif name in tests:
                    outcome.passed.append(name)
            on_cell(len(cells), len(cells), "")
    return outcome


def _not_of_the_lesson(folder: str, names: list[str]) -> list[str]:
    """What of a lesson's folder a fresh run does not need: hidden files but for the lesson's checks."""
    return [name for name in names if name == "__pycache__" or (name.startswith(".") and name != CHECKS)]


def _tags(cell: Cell) -> list[Any]:
    metadata = cell.get("metadata")
    tags = metadata.get("tags") if isinstance(metadata, dict) else None
    return tags if isinstance(tags, list) else []


class _Kernel:
    """A fresh kernel in a folder; ends with the ``with`` block, also at Ctrl-C."""

    def __init__(self, folder: Path):
        from jupyter_client.manager import KernelManager

        # without the notebook's name, so that nothing is noted as the student's own work
        own = {name: value for name, value in os.environ.items() if name != "JPY_SESSION_NAME"}
        self.manager = KernelManager(kernel_name="python3")
        self.start = {"cwd": str(folder), "env": own, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}

    def __enter__(self) -> _Kernel:
        try:
            self.manager.start_kernel(**self.start)
            self.client = self.manager.client()
            self.client.start_channels()
            self.client.wait_for_ready(timeout=120)
        except (RuntimeError, KeyError, OSError) as error:
            self.__exit__()
            advice = "`python -m course_lib.doctor` in a terminal says what is wrong."
            raise NoKernel(f"No fresh Python could be started ({error}). {advice}") from None
        except BaseException:  # Ctrl-C
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        if hasattr(self, "client"):
            self.client.stop_channels()
        if self.manager.has_kernel:
            self.manager.shutdown_kernel(now=True)

    def run(self, source: str, limit: float) -> str:
        """Run a cell; return the error that it ended in, or an empty string.

        Raises:
            TimeoutError: after ``limit`` seconds.
            ChildProcessError: where the kernel is gone.
        """
        sent = self.client.execute(source, allow_stdin=False, stop_on_error=False)
        end = time.monotonic() + limit
        while True:
            try:
                reply = self.client.get_shell_msg(timeout=min(0.5, max(end - time.monotonic(), 0.01)))
            except queue.Empty:
                if not self.manager.is_alive():
                    raise ChildProcessError from None
                if time.monotonic() > end:
                    raise TimeoutError from None
                continue
            if reply["parent_header"].get("msg_id") == sent:
                content = reply["content"]
                if content["status"] == "ok":
                    return ""
                text = str(content.get("evalue", "")).split("\n")[0]
                return f"{content.get('ename', 'it was stopped')}: {text}"[:200]
