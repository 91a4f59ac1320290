"""The lessons as tests see them, and one run of each: by nbval, solutions in place, network cut off where possible."""

from __future__ import annotations

import functools
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import nbformat

from autograder.course import digest_of, files_in
from course_lib.files import write_json

ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / "build" / "lessons"
NOTEBOOKS = sorted((ROOT / "notebooks").glob("[0-9][0-9]_*/*.ipynb"))


@functools.cache
def read(notebook: Path) -> nbformat.NotebookNode:
    return nbformat.read(notebook, as_version=4)


def grading(cell: nbformat.NotebookNode) -> dict[str, Any]:
    """The cell's nbgrader metadata; empty for an ordinary cell."""
    return cell.metadata.get("nbgrader", {})


def exercises(notebook: Path) -> list[str]:
    """Names of the autograded exercises, in order."""
    cells = [grading(cell) for cell in read(notebook).cells]
    return [meta["grade_id"] for meta in cells if meta.get("solution") and not meta.get("grade")]


@functools.cache
def without_network() -> list[str]:
    """A command prefix that cuts the network off but for loopback; empty where bubblewrap cannot do it."""
    prefix = ["bwrap", "--unshare-net", "--dev-bind", "/", "/"]
    if shutil.which("bwrap") and subprocess.run([*prefix, "true"], capture_output=True).returncode == 0:
        return prefix
    return []


@functools.cache
def run(notebook: Path) -> dict[str, list[dict]]:
    """Run a notebook as it stands and return cell id → outputs.

    They are kept by content, so that an unchanged lesson is not run again on the same machine; where `CI` is set, each
    lesson runs.

    Raises:
        AssertionError: where a cell fails, with nbval's report.
    """
    kept = KEPT / f"{notebook.parent.name}-{content_of(notebook)}.json"
    if kept.exists() and not os.environ.get("CI"):
        return json.loads(kept.read_text(encoding="utf-8"))
    outputs = run_with_nbval(notebook)
    for old in KEPT.glob(f"{notebook.parent.name}-*.json"):
        old.unlink()
    write_json(kept, outputs)
    return outputs


def content_of(notebook: Path) -> str:
    """A hash of all that decides what a lesson shows: its folder, `course_lib`, the lock, Python."""
    files = [*files_in(notebook.parent), *files_in(ROOT / "course_lib"), ROOT / "requirements.txt", Path(__file__)]
    return hashlib.sha256(f"{sys.version} {digest_of(files, ROOT)}".encode()).hexdigest()[:16]


def run_with_nbval(notebook: Path) -> dict[str, list[dict]]:
    """Run a notebook in a kernel of its own, and let nbval compare the outputs that are kept in it."""
    with tempfile.TemporaryDirectory() as folder:
        saved = Path(folder) / "outputs.json"
        command = [sys.executable, "-m", "pytest", "--nbval-lax", "--nbval-cell-timeout=300", "-p", "no:cacheprovider"]
        command += ["-p", "tests.notebooks.save_outputs", "--nbval-current-env", "-q", "--color=no", str(notebook)]
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
        environment |= {"SAVED_OUTPUTS": str(saved), "PYTHONPATH": str(ROOT)}
        done = subprocess.run(
            [*without_network(), *command], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=900
        )
        assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
        return json.loads(saved.read_text(encoding="utf-8"))


def lines_of(notebook: Path, cell: str) -> list[str]:
    """The lines that one cell prints."""
    streams = [out["text"] for out in run(notebook)[cell] if out["output_type"] == "stream"]
    return "".join(streams).splitlines()


def printed(notebook: Path, claim: str) -> list[str]:
    """The lines that a notebook prints for a claim, for instance all that begin with ``C16:``."""
    streams = [out["text"] for outs in run(notebook).values() for out in outs if out["output_type"] == "stream"]
    lines = [line for text in streams for line in text.splitlines()]
    return [line for line in lines if line.startswith(claim + ":")]


def numbers(line: str) -> list[float]:
    """The numbers in a printed line, after the claim's own."""
    return [float(n) for n in re.findall(r"(?<![\w.])-?\d+(?:\.\d+)?(?:e[-+]?\d+)?", line.split(":", 1)[1])]


def prose(notebook: Path, cell: str) -> str:
    """The text of one cell as one line: what the students read, or the code that draws what they see."""
    (found,) = (each.source for each in read(notebook).cells if each.id == cell)
    return " ".join(found.split())
