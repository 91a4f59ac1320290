"""Which checks pass, for the student's own eyes: ``from course_lib import progress; progress.show()``.

When a student runs a visible test in JupyterLab, its result is noted in a hidden folder beside the lessons,
``.course-progress/<lesson>.json``. Nothing leaves the machine, nobody's marks depend on it, and it may be deleted at
any time. Nothing is noted where a grader or a test runs the notebook: only JupyterLab (or VS Code) says which file it
shows.
"""

from __future__ import annotations

import contextlib
import datetime
import html
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from course_lib.student_copy import Copy, copies_in, digest, read_copy

FOLDER = ".course-progress"
_copies: dict[Path, Copy] = {}


@dataclass(frozen=True)
class Progress:
    """How far a student is with one lesson."""

    copy: Copy
    passed: tuple[str, ...]
    """Exercises whose visible test passed when it was last run."""
    open: tuple[str, ...]
    """The other exercises."""
    written: int
    """How many answers in words are there, of how many."""
    to_write: int
    begun: bool
    ready: bool
    """Whether `submit.check` has written a receipt for the notebook as it is now."""

    @property
    def state(self) -> str:
        """In a few words."""
        if not self.begun:
            return "not begun"
        if self.ready:
            return "ready to hand in"
        return "all done" if not self.open and self.written == self.to_write else "begun"

    @property
    def details(self) -> str:
        """Which checks pass, and how many answers are written."""
        total = len(self.passed) + len(self.open)
        checks = f"{len(self.passed)} of {total} checks pass"
        words = f"{self.written} of {self.to_write} written answers" if self.to_write else ""
        return " · ".join(part for part in (checks, words) if part)


# ------------------------------------------------------------------------------------------------ taking notes


def watch() -> None:
    """Note from now on which visible tests pass, where this kernel belongs to a student's own copy in JupyterLab.

    Called by :mod:`course_lib.check`. It never fails, and does nothing in graders, tests and scripts.
    """
    with contextlib.suppress(Exception):
        from IPython import get_ipython

        shell = get_ipython()
        if shell is not None and session_notebook() and not getattr(shell, "_course_progress", False):
            shell._course_progress = True
            shell.events.register("post_run_cell", _note)


def session_notebook() -> Path | None:
    """The notebook that this kernel was started for, as JupyterLab (or VS Code) says; None elsewhere."""
    from IPython import get_ipython

    shell = get_ipython()
    if shell is None:
        return None
    said = os.environ.get("JPY_SESSION_NAME") or shell.user_ns.get("__vsc_ipynb_file__")
    path = Path(said) if isinstance(said, str) else None
    return path if path and path.suffix == ".ipynb" and path.is_file() else None


def _note(result: Any) -> None:
    """Note what a cell that has run says of an exercise. Nothing that happens here may disturb the student."""
    with contextlib.suppress(Exception):
        path = session_notebook()
        source = result.info.raw_cell
        if path is None or not isinstance(source, str):
            return
        copy = _copies.get(path) or _copies.setdefault(path, read_copy(path))
        test = copy.name_of("test", source)
        cell_id = str(getattr(result.info, "cell_id", "") or "")
        if test:
            note(copy, tests={test: bool(result.success)})
        elif copy.released.get(cell_id) and copy.released[cell_id].kind == "answer":
            note(copy, ran={cell_id: digest(source)})


def note(copy: Copy, tests: dict[str, bool] | None = None, ran: dict[str, str] | None = None) -> None:
    """Add to a lesson's record, and bring the start page up to date.

    Args:
        copy: the student's copy.
        tests: name of a visible test → whether it passed.
        ran: name of an answer → the SHA-256 of the text that was run.
    """
    record = read_record(copy)
    now = datetime.datetime.now(datetime.UTC).isoformat(timespec="milliseconds")
    before = {name: entry.get("passed") for name, entry in record["tests"].items()}
    record["tests"] |= {name: {"passed": passed, "utc": now} for name, passed in (tests or {}).items()}
    record["ran"] |= {name: {"sha256": sha256, "utc": now} for name, sha256 in (ran or {}).items()}
    write_json(_record(copy), {"lesson": copy.lesson} | record)
    if tests and before != {name: entry["passed"] for name, entry in record["tests"].items()}:
        from course_lib import lab

        lab.refresh_start_page(copy.path.parent.parent)


def read_record(copy: Copy) -> dict[str, dict[str, dict]]:
    """A lesson's record: ``tests`` and ``ran``, each name → entry. Empty where there is none that can be read."""
    try:
        content = json.loads(_record(copy).read_text(encoding="utf-8"))
        parts = {part: dict(content[part]) for part in ("tests", "ran")}
        return {part: {n: e for n, e in entries.items() if isinstance(e, dict)} for part, entries in parts.items()}
    except (OSError, ValueError, KeyError, TypeError):
        return {"tests": {}, "ran": {}}


def _record(copy: Copy) -> Path:
    return copy.path.parent.parent / FOLDER / f"{Path(copy.lesson).name}.json"


def write_json(path: Path, value: object) -> None:
    """Write ``value`` so that a reader sees the old file or the new one, never half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        fresh.write_text(json.dumps(value, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)


# --------------------------------------------------------------------------------------------- reading the notes


def progress_of(copy: Copy) -> Progress:
    """How far a student is with a lesson."""
    record = read_record(copy)
    tests = [name for name, cell in copy.released.items() if cell.kind == "test"]
    passed = [name for name in tests if record["tests"].get(name, {}).get("passed") is True]
    unanswered = set(copy.unanswered) | set(copy.missing)
    kinds = {name: cell.kind for name, cell in copy.released.items()}
    to_write = [name for name, kind in kinds.items() if kind == "written"]
    written = len([name for name in to_write if name not in unanswered])
    answered = [name for name, kind in kinds.items() if kind in ("answer", "written") and name not in unanswered]
    return Progress(
        copy,
        tuple(_exercise(name) for name in passed),
        tuple(_exercise(name) for name in tests if name not in passed),
        written,
        len(to_write),
        bool(answered or record["tests"] or record["ran"]),
        _is_ready(copy),
    )


def receipt_path(notebook: Path) -> Path:
    """Where the receipt of a notebook lies."""
    return notebook.with_suffix(".receipt.json")


def _is_ready(copy: Copy) -> bool:
    try:
        receipt = json.loads(receipt_path(copy.path).read_text(encoding="utf-8"))
        return bool(receipt["cells_sha256"] == copy.content_sha256)
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _exercise(test: str) -> str:
    return test.removesuffix("_visible")


def show() -> None:
    """Show all lessons and which checks pass, as noted on this machine."""
    notebook = session_notebook()
    here = notebook.parent if notebook else Path.cwd()
    copies = copies_in(here) or copies_in(here.parent)
    rows = [progress_of(copy) for copy in copies]
    text = "\n".join(f"{row.copy.lesson}: {row.state}; {row.details}" for row in rows)
    text = text or "No lessons here: open this beside the lessons that you were given."
    try:
        from IPython.display import display

        display({"text/html": table(rows, here) if rows else html.escape(text), "text/plain": text}, raw=True)
    except ImportError:  # outside Jupyter
        print(text)


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
