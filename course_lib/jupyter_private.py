"""The parts of IPython and of the front ends that they keep to themselves: nowhere else are they touched.

Seen in IPython 9.18.1, ipykernel 7.4.0, JupyterLab 4.6.6, ipywidgets 8.1.9, anywidget 0.11.0
(``tests/course_lib/test_private_parts.py`` asks the installed ones).
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class RanCell:
    """A cell that has run."""

    source: str
    cell_id: str
    """Its id in the notebook; empty where the front end does not say it."""
    success: bool


def after_every_cell(shell: Any, note: Callable[[RanCell], None]) -> None:
    """Call ``note`` after each cell of this kernel from now on, whatever it raises; a second call changes nothing.

    The event is public, but not what it brings: the text and the id of the cell are asked of the result by name. The
    mark on the shell lasts as long as the kernel, also where ``course_lib`` is imported anew.
    """
    if getattr(shell, "_course_progress", False):
        return
    shell._course_progress = True

    def tell(result: Any) -> None:
        with contextlib.suppress(Exception):  # IPython would show it under the student's cell
            if isinstance(result.info.raw_cell, str):
                cell_id = str(getattr(result.info, "cell_id", "") or "")
                note(RanCell(result.info.raw_cell, cell_id, bool(result.success)))

    shell.events.register("post_run_cell", tell)


def notebook_of(shell: Any) -> Path | None:
    """The notebook that a kernel was started for; None where nobody says.

    A kernel does not know its notebook. JupyterLab's server leaves the path in an environment variable, VS Code in the
    user's variables; neither promises to.
    """
    said = os.environ.get("JPY_SESSION_NAME") or shell.user_ns.get("__vsc_ipynb_file__")
    path = Path(said) if isinstance(said, str) else None
    return path if path and path.suffix == ".ipynb" and path.is_file() else None


def last_cell(shell: Any) -> str:
    """The text of the cell that runs; IPython keeps it in the user's variable ``In``."""
    return str(shell.user_ns.get("In", [""])[-1])


def mimebundle(widget: Any) -> dict[str, Any]:
    """A widget as the front end gets it, by MIME type; ``display`` alone would not let us add a form of our own."""
    made = widget._repr_mimebundle_()
    return dict(made[0] if isinstance(made, tuple) else made)  # anywidget gives (data, metadata)


def without_address_grammar() -> None:
    """Let whatever imports jsonschema from now on, as nbformat and JupyterLab do, start a second earlier.

    It imports rfc3987_syntax where that is installed, which builds three grammars of international web addresses at
    once. Neither a notebook's schema nor Jupyter's events have one, and jsonschema goes on without it.
    """
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]  # None: as if it were not installed
