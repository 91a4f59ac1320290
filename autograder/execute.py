"""Runs a hand-in's cells: nbgrader's Execute, but one bad cell does not take the good ones with it."""

from __future__ import annotations

from time import monotonic

from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat.v4 import new_output
from nbgrader.preprocessors import Execute as NbgraderExecute
from traitlets import Integer, default

SKIP = "skip-grading"
STOPPED = "NotRun"


class Execute(NbgraderExecute):
    """Executes a notebook for grading.

    * Cells tagged ``skip-grading`` only demonstrate: they are left out, unless they are a solution or give points.
    * When the kernel dies or answers no more, the cells already run keep what they earned. The cell at fault and
      those after it get an error that says why.
    * A hand-in has ``limit`` seconds for all its cells together.
    """

    limit = Integer(600, help="Seconds for all cells of a hand-in together").tag(config=True)

    @default("error_on_timeout")
    def _error_on_timeout(self) -> dict:
        text = f"This cell ran for more than {self.timeout} seconds and was stopped. Is there an endless loop?"
        return {"ename": "CellTimeoutError", "evalue": text, "traceback": [text]}

    def preprocess(self, nb, resources=None, km=None):
        """Run all cells of ``nb`` in a fresh kernel."""
        self._stopped = ""
        self._deadline = monotonic() + self.limit
        return super().preprocess(nb, resources, km)

    def preprocess_cell(self, cell, resources, index):
        """Run one cell, unless it is left out or the kernel is gone."""
        if cell.cell_type != "code" or _left_out(cell):
            return cell, resources
        if not self._stopped and monotonic() > self._deadline:
            self._stopped = f"The whole notebook ran for more than {self.limit} seconds."
        if not self._stopped:
            try:
                return super().preprocess_cell(cell, resources, index)
            except DeadKernelError:
                self._stopped = "Python stopped while this cell ran (the kernel died), or had stopped before it."
            except CellTimeoutError:
                self._stopped = "Python did not answer any more in this cell, or in one before it."
        cell.outputs.append(
            new_output("error", ename=STOPPED, evalue=self._stopped, traceback=[f"{STOPPED}: {self._stopped}"])
        )
        return cell, resources


def _left_out(cell) -> bool:
    """Whether a cell is not run. A tag on a test or a solution changes nothing, whoever put it there."""
    tags = cell.metadata.get("tags", [])
    nbgrader = cell.metadata.get("nbgrader", {})
    if nbgrader.get("grade") or nbgrader.get("solution"):
        cell.metadata["tags"] = [tag for tag in tags if tag not in (SKIP, "skip-execution", "raises-exception")]
        return False
    return SKIP in tags
