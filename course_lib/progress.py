"""Which checks pass, which predictions came true and what was recalled, for the student's own eyes.

``from course_lib import progress; progress.show()`` shows them. When a student runs a visible test or answers a
question in JupyterLab, it is noted in a hidden folder beside the lessons, ``.course-progress/<lesson>.json``.
Nothing leaves the machine, nobody's marks depend on it, and it may be deleted at
any time. Nothing is noted where a grader or a test runs the notebook: only JupyterLab (or VS Code) says which file it
shows.
"""

from __future__ import annotations

import contextlib
import datetime
import html
import os
from pathlib import Path
from typing import Any
from urllib.parse import quote

from course_lib import jupyter_private, shadows, terminal
from course_lib.files import write_json
from course_lib.student.copy import Copy, copies_in, digest, read_copy
from course_lib.student.records import Progress, progress_of, read_record, record_path

_copies: dict[Path, Copy] = {}
"""Read once in a kernel: what is asked of them here, the cells as released, does not change."""


# ------------------------------------------------------------------------------------------------ taking notes


def watch() -> None:
    """Note from now on which visible tests pass, where this kernel belongs to a student's own copy in JupyterLab.

    Says where a file beside the notebook hides a module: what comes of it is hard to read.

    Called by :mod:`course_lib.check`. It never fails, and does nothing in graders, tests and scripts.
    """
    with contextlib.suppress(Exception):
        from IPython import get_ipython

        shell = get_ipython()
        if shell is not None and (notebook := jupyter_private.notebook_of(shell)):
            jupyter_private.after_every_cell(shell, _note)
            if hidden := shadows.warning(shadows.hiding(notebook.parent)):
                print(hidden)


def session_notebook() -> Path | None:
    """The notebook that this kernel was started for, as JupyterLab (or VS Code) says; None elsewhere."""
    from IPython import get_ipython

    shell = get_ipython()
    return jupyter_private.notebook_of(shell) if shell is not None else None


def _note(cell: jupyter_private.RanCell) -> None:
    """Note what a cell that has run says of an exercise."""
    path = session_notebook()
    if path is None:
        return
    copy = _copies.get(path) or _copies.setdefault(path, read_copy(path))
    test = copy.name_of("test", cell.source)
    if test:
        note(copy, tests={test: cell.success})
    elif cell.cell_id in copy.released and copy.released[cell.cell_id].kind == "answer":
        note(copy, ran={cell.cell_id: digest(cell.source)})


def note(
    copy: Copy,
    tests: dict[str, bool] | None = None,
    ran: dict[str, str] | None = None,
    answers: dict[str, dict[str, dict[str, Any]]] | None = None,
) -> None:
    """Add to a lesson's record, and bring the start page up to date.

    Args:
        copy: the student's copy.
        tests: name of a visible test → whether it passed.
        ran: name of an answer → the SHA-256 of the text that was run.
        answers: `predictions` or `recalled` → name of a question → what is known of it, in place of what was noted.
    """
    record = read_record(copy)
    now = datetime.datetime.now(datetime.UTC).isoformat(timespec="milliseconds")
    before = {name: entry.get("passed") for name, entry in record["tests"].items()}
    record["tests"] |= {name: {"passed": passed, "utc": now} for name, passed in (tests or {}).items()}
    record["ran"] |= {name: {"sha256": sha256, "utc": now} for name, sha256 in (ran or {}).items()}
    for part, entries in (answers or {}).items():
        record[part] |= entries
    write_json(record_path(copy), {"lesson": copy.lesson} | record)
    if answers or (tests and before != {name: entry["passed"] for name, entry in record["tests"].items()}):
        from course_lib.student import start_page

        start_page.refresh_start_page(copy.path.parent.parent)


def kept(part: str, name: str) -> dict[str, Any]:
    """What is noted of a question; empty where there is nothing, or nowhere to note it.

    Args:
        part: `predictions` or `recalled`.
        name: of the question.
    """
    with contextlib.suppress(Exception):
        if (path := session_notebook()) is not None:
            return read_record(read_copy(path))[part].get(name, {})
    return {}


def keep(part: str, name: str, **facts: Any) -> None:
    """Note them of a question where this kernel shows a student's own copy. It never fails: the lesson goes on."""
    with contextlib.suppress(Exception):
        if (path := session_notebook()) is not None:
            now = datetime.datetime.now(datetime.UTC).isoformat(timespec="milliseconds")
            note(read_copy(path), answers={part: {name: facts | {"utc": now}}})


# --------------------------------------------------------------------------------------------- reading the notes


def show() -> None:
    """Show all lessons and which checks pass, as noted on this machine."""
    notebook = session_notebook()
    here = notebook.parent if notebook else Path.cwd()
    copies = copies_in(here) or copies_in(here.parent)
    rows = [progress_of(copy) for copy in copies]
    text = "\n".join(f"{row.copy.lesson}: {row.state}; {row.details}" for row in rows)
    text = text or "No lessons here: open this beside the lessons that you were given."
    terminal.show({"text/html": table(rows, here) if rows else html.escape(text), "text/plain": text})


def table(rows: list[Progress], here: Path) -> str:
    """The lessons as an HTML table that takes its colours from JupyterLab's theme.

    Args:
        rows: one for each lesson.
        here: the folder of the notebook that shows it; links are relative to it.
    """
    line = "padding:.4em .8em;text-align:left;vertical-align:top;border-bottom:1px solid var(--jp-border-color2,#8888)"
    parts = [
        '<table style="border-collapse:collapse;color:var(--jp-content-font-color1,inherit)">',
        '<caption style="text-align:left;padding:.4em .8em">Your lessons. A check counts as it was last run here; '
        "this is not your grade.</caption><thead><tr>",
        *(f'<th scope="col" style="{line}">{head}</th>' for head in ("Lesson", "State", "Checks")),
        "</tr></thead><tbody>",
    ]
    for row in rows:
        link = quote(Path(os.path.relpath(row.copy.path, here)).as_posix())
        title = html.escape(row.copy.lesson.replace("_", " "))
        names = [f"✓ {html.escape(name)}" for name in row.passed] + [f"○ {html.escape(name)}" for name in row.open]
        checks = f"{row.details}<br><small>{' &nbsp; '.join(names)}</small>" if row.begun else row.details
        style = f' style="{line}"'
        parts.append(
            f'<tr><th scope="row"{style}><a href="{link}" style="color:var(--jp-content-link-color,LinkText)">{title}'
            f"</a></th><td{style}>{row.state}</td><td{style}>{checks}</td></tr>"
        )
    return "\n".join([*parts, "</tbody></table><p>✓ passes · ○ open</p>"])
