"""Look once more before you hand in: ``from course_lib import submit; submit.check()``, or in a terminal
``python -m course_lib.submit 01``.

It looks whether the notebook is saved, has all its cells and an answer to every question, and runs from top to bottom
in a fresh Python. Then it writes a receipt beside the notebook: what was handed in, by its SHA-256, and when. It sends
nothing. The points in the receipt are those of the visible checks; they are not the grade.
"""

from __future__ import annotations

import argparse
import codecs
import contextlib
import datetime
import hashlib
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from course_lib import jupyter_private, terminal
from course_lib.files import write_json
from course_lib.progress import note, session_notebook
from course_lib.student import fresh_run, start_page
from course_lib.student.copy import Copy, NoCopy, broken_in, copies_in, digest, due_lines, parse_copy, read_copy
from course_lib.student.records import read_record, receipt_path

NOT_THE_GRADE = "Points of the visible checks alone. Not the grade: hidden tests and written answers count, too."
BAR = 24


def check(lesson: str = "", unfinished: bool = False) -> None:
    """Look whether your notebook is ready, and write its receipt. Takes as long as the notebook runs.

    Args:
        lesson: its number (``"01"``) or the notebook's path; the notebook that you are in by default.
        unfinished: write the receipt although something is missing.
    """
    from IPython import get_ipython

    notebook = session_notebook()
    if notebook is None:
        if get_ipython() is not None:  # a grader, a test, or submit's own fresh run
            print("submit.check looks at your own copy in JupyterLab. Here is nothing to do.")
            return
        main([lesson, *["--unfinished"] * unfinished])
        return
    lesson = lesson or notebook.name
    own = os.environ | {"COURSE_SUBMIT_BAR": "1", "PYTHONIOENCODING": "utf-8"}
    try:
        if _find(lesson, notebook.parent).path == notebook and not _is_saved(
            notebook, jupyter_private.last_cell(get_ipython())
        ):
            print(f"✗ This cell is not in {notebook.name} yet: save it (Ctrl+S), then run this cell again.")
            return
    except NoCopy as no_copy:
        print(f"✗ {no_copy}")
        return
    command = [sys.executable, "-m", "course_lib.submit", lesson, *["--unfinished"] * unfinished]
    process = subprocess.Popen(
        command, cwd=notebook.parent, env=own, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, start_new_session=True,
    )  # fmt: skip
    try:
        assert process.stdout
        decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        while some := os.read(process.stdout.fileno(), 4096):
            print(decode(some), end="", flush=True)
    except KeyboardInterrupt:
        print("\nStopping ...", flush=True)
        process.send_signal(signal.SIGINT if os.name != "nt" else signal.SIGTERM)
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
        print("Stopped. Nothing was written.")
    finally:
        process.wait()


def main(argv: list[str] | None = None) -> int:
    """Check a notebook and write its receipt; return the exit code: 0 ready, 1 something is missing, 2 wrong use."""
    parser = argparse.ArgumentParser(
        prog="python -m course_lib.submit",
        description="Look whether a notebook is ready to hand in, and write its receipt beside it. Nothing is sent.",
        epilog="Exit codes: 0 ready; 1 something is missing, no receipt written; 2 no such notebook; 130 Ctrl-C.",
    )
    parser.add_argument("lesson", nargs="?", default="", help="its number (01), or the path of the notebook")
    parser.add_argument("--unfinished", action="store_true", help="write the receipt although something is missing")
    options = parser.parse_args(argv)
    terminal.make_readable()
    try:
        copy = _find(options.lesson, Path.cwd())
        return _check(copy, options.unfinished)
    except (NoCopy, fresh_run.NoKernel) as error:
        print(f"✗ {error}")
        return 2
    except OSError as error:
        print(f"✗ {error.filename or 'A file'} cannot be read or written: {error.strerror or error}.")
        return 2
    except KeyboardInterrupt:
        print("\nStopped. Nothing was written.")
        return 130


def _find(lesson: str, here: Path) -> Copy:
    """The copy that is meant: a path, or the beginning of a lesson's name, looked for here and in ``release/``."""
    path = here / lesson
    if lesson.endswith(".ipynb"):
        return read_copy(path)
    beside = [copy for copy in copies_in(here.parent) if copy.path.parent == here]
    found = beside if not lesson else copies_in(here) or copies_in(here / "release") or copies_in(here.parent)
    fits = [copy for copy in found if copy.lesson.startswith(Path(lesson).name)]
    if not fits:
        start = Path(lesson).name or "[0-9][0-9]_"
        folders = [here] * (not lesson) + [path for root in (here, here / "release") for path in root.glob(f"{start}*")]
        if broken := [why for folder in folders for why in broken_in(folder)]:
            raise broken[0]
    if len(fits) != 1:
        known = ", ".join(copy.lesson for copy in fits or found) or "none here"
        raise NoCopy(f"Which lesson? Give its number or the path of the notebook. Lessons: {known}.")
    return fits[0]


# ------------------------------------------------------------------------------------------------- what is looked at


def _check(copy: Copy, unfinished: bool) -> int:
    """Check a copy, say what was found and what to do next; return the exit code."""
    name = copy.path.name
    print(f"{copy.lesson} · {name}")
    for line in due(copy.path, datetime.datetime.now(datetime.UTC)):
        print(f"· {line}")
    unsaved = _unsaved(copy)
    if unsaved:
        print(f"✗ not saved: you ran another version of {_list(unsaved)}. Save (Ctrl+S), then run this again.")
        return 1
    problems = []
    if copy.missing:
        problems.append(
            f"these cells are gone: {_list(copy.missing)}. Get them back with Edit → Undo, or copy your answers into "
            "a fresh copy of the lesson. A deleted answer gives no points; deleted tests come back when grading."
        )
    if copy.unanswered:
        problems.append(f"no answer yet: {_list(copy.unanswered)}")
    _say(problems, "all cells are there, and every question has an answer")
    if copy.changed:
        print(f"· you changed cells of the lesson ({_list(copy.changed)}): grading takes the lesson's own.")

    ran = fresh_run.run(copy, _bar)
    _bar(0, 0, "")
    faults = []
    tests = {name: cell.points for name, cell in copy.released.items() if cell.kind == "test"}
    if ran.stopped:
        faults.append(f"it does not run to the end. {ran.stopped}")
    errors = {name: text for name, text in ran.errors.items() if name not in tests}
    faults += [f"{cell} stops with {text}" for cell, text in errors.items()]
    if errors:
        faults.append("Does a cell use what another cell below makes, or what you have deleted? Restart and run all.")
    _say(faults, "it runs from top to bottom in a fresh Python")
    failing = [name for name in tests if name not in ran.passed]
    with contextlib.suppress(OSError):  # what was seen here is as good as what was seen in JupyterLab
        note(copy, tests={name: name not in failing for name in tests})
    points, most = sum(tests[name] for name in ran.passed), sum(tests.values())
    print(f"· visible checks: {points:g} of {most:g} points. {NOT_THE_GRADE.split('. ')[1]}")
    if failing:
        print(f"· not passing: {_list(test.removesuffix('_visible') for test in failing)}")

    if (problems or faults) and not unfinished:
        print("No receipt was written. Mend this, save, and run it again. To hand in as it is:")
        print(f"submit.check(unfinished=True), or python -m course_lib.submit {copy.path.parent.name[:2]} --unfinished")
        return 1
    if read_copy(copy.path).content_sha256 != copy.content_sha256:
        print(f"✗ {name} was changed while it ran. Save, and run this again.")
        return 1
    path = receipt_path(copy.path)
    write_json(path, receipt(copy, points, most, failing))
    with contextlib.suppress(OSError):
        start_page.refresh_start_page(copy.path.parent.parent)
    print(f"Receipt: {path.name}, for the notebook with the SHA-256 {copy.content_sha256[:12]}…")
    print(f"Next: hand in {name} and {path.name} as your teacher says.")
    print("Nothing has been sent. Saving once more does no harm; after a change in a cell, run this again.")
    return 0


def due(notebook: Path, now: datetime.datetime) -> list[str]:
    """When a lesson is due, how long that is from now, and what being late costs, in sentences; nothing without a date.

    Args:
        notebook: the student's copy.
        now: with a time zone.
    """
    lines = due_lines(notebook)
    if not lines:
        return []
    said, utc = f"due {lines[0]}", re.search(r"(\d+ \w+ \d{4}, \d\d?:\d\d) UTC$", lines[0])
    with contextlib.suppress(ValueError):
        date = datetime.datetime.strptime(utc[1] if utc else "", "%d %B %Y, %H:%M").replace(tzinfo=datetime.UTC)
        left = abs(date - now)
        hours, minutes = divmod(left.seconds // 60, 60)
        length = f"{left.days} d {hours} h" if left.days else f"{hours} h {minutes} min"
        said += f": {length} left" if date > now else f": {length} ago, unless your teacher gave you another date"
    return [said, *lines[1:]]


def _is_saved(notebook: Path, source: str) -> bool:
    """Whether a cell that was run stands in the saved notebook."""
    return any(cell["source"].strip() == source.strip() for cell in read_copy(notebook).notebook["cells"])


def _unsaved(copy: Copy) -> list[str]:
    """Answers that were run, in another version, after the notebook was last saved."""
    saved = datetime.datetime.fromtimestamp(copy.path.stat().st_mtime, datetime.UTC)
    return [
        name
        for name, entry in read_record(copy)["ran"].items()
        if name in copy.sources and entry.get("sha256") != digest(copy.sources[name]) and _later(entry, saved)
    ]


def _later(entry: dict[str, Any], saved: datetime.datetime) -> bool:
    try:
        return datetime.datetime.fromisoformat(entry["utc"]) > saved
    except (KeyError, TypeError, ValueError):
        return False


def _say(problems: list[str], well: str) -> None:
    for line in [f"✗ {problem}" for problem in problems] or [f"✓ {well}"]:
        print(line, flush=True)


def _list(names: Iterable[str]) -> str:
    return ", ".join(names)


def _bar(done: int, total: int, name: str) -> None:
    """Draw the progress bar over itself; an empty one takes it away. Only where somebody looks."""
    if sys.stdout.isatty() or os.environ.get("COURSE_SUBMIT_BAR"):
        full = BAR * done // total if total else 0
        text = f"[{'█' * full}{'·' * (BAR - full)}] {done} of {total} cells  {name[:32]:32}" if total else " " * 80
        print(f"\r{text}", end="" if total else "\r", flush=True)


# ---------------------------------------------------------------------------------------------------- the receipt


def receipt(copy: Copy, points: float, most: float, failing: list[str]) -> dict[str, Any]:
    """The receipt of a copy, as plain data; ``file_sha256`` is that of the file as it lies there now."""
    return {
        "what": "Receipt of a notebook, written by its student's own computer before it was handed in.",
        "lesson": copy.lesson,
        "notebook": copy.path.name,
        "utc": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        "cells_sha256": copy.content_sha256,
        "file_sha256": hashlib.sha256(copy.path.read_bytes()).hexdigest(),
        "visible_checks": {
            "points": points,
            "of": most,
            "not_passing": failing,
            "note": NOT_THE_GRADE,
        },
        "unanswered": [*copy.missing, *copy.unanswered],
    }


def matches(receipt: dict[str, Any], notebook: bytes) -> str:
    """How a receipt fits the bytes of a notebook.

    Returns:
        `the same file`, `the same cells` (outputs may differ), or an empty string.
    """
    if receipt.get("file_sha256") == hashlib.sha256(notebook).hexdigest():
        return "the same file"
    try:
        cells = parse_copy(notebook, Path("notebook")).content_sha256
    except NoCopy:
        return ""
    return "the same cells" if receipt.get("cells_sha256") == cells else ""


if __name__ == "__main__":
    sys.exit(main())
