"""What a lesson's cells show: one run of its notebook, kept by content, for the tests and for the course on the web.

nbval runs it, solutions in place, network cut off where that is possible, and compares what the notebook keeps. This
module is also the pytest plugin that hands out what nbval saw.
"""

from __future__ import annotations

import functools
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from filelock import FileLock

from autograder.course import CourseError, digest_of, file_digest, files_in
from course_lib.files import write_json

if TYPE_CHECKING:
    import pytest

Outputs = dict[str, list[dict[str, Any]]]
"""Id of a code cell → its outputs, as the notebook format has them."""
LIMIT = 900
"""Seconds for a lesson."""
_STARTUP = "from autograder.authoring import figure_facts; figure_facts.record()"
"""What the kernel runs before a lesson's first cell."""
_SAVED = "SAVED_OUTPUTS"
"""The environment variable that tells the plugin where to write."""


class RunFailed(CourseError):
    """A cell of the lesson fails, or shows something else than what the notebook keeps; the text is nbval's report."""


def kept(root: Path, notebook: Path) -> Path:
    """Where the outputs of a lesson are kept, be they there or not.

    Args:
        root: the course's folder.
        notebook: the lesson's notebook, the instructors' version.
    """
    return root / "build" / "lessons" / f"{notebook.parent.name}-{content_of(root, notebook)}.json"


def outputs_of(root: Path, notebook: Path) -> Outputs:
    """The outputs of a lesson: those that are kept, else of a run that takes minutes and is kept.

    Args:
        root: the course's folder.
        notebook: the lesson's notebook, the instructors' version.

    Raises:
        RunFailed: where a cell fails.
    """
    place = kept(root, notebook)
    place.parent.mkdir(parents=True, exist_ok=True)
    # whoever comes second takes what the first has made
    with FileLock(place.with_name(f"{notebook.parent.name}.lock")):
        if place.exists():
            found: Outputs = json.loads(place.read_text(encoding="utf-8"))
            return found
        outputs = run_with_nbval(root, notebook)
        for old in place.parent.glob(f"{notebook.parent.name}-*.json"):
            old.unlink()
        write_json(place, outputs)
    return outputs


def content_of(root: Path, notebook: Path) -> str:
    """A hash of all that decides what a lesson shows: its folder, `course_lib`, the lock, Python, how it is run."""
    files = [*files_in(notebook.parent), *files_in(root / "course_lib"), root / "requirements.txt"]
    how = (Path(__file__), Path(__file__).with_name("figure_facts.py"))
    made_of = f"{sys.version} {digest_of(files, root)} {' '.join(map(file_digest, how))}"
    return hashlib.sha256(made_of.encode()).hexdigest()[:16]


def run_with_nbval(root: Path, notebook: Path) -> Outputs:
    """Run a notebook in a kernel of its own, and let nbval compare the outputs that are kept in it.

    Raises:
        RunFailed: where a cell fails.
    """
    with tempfile.TemporaryDirectory() as folder:
        saved, startup = Path(folder) / "outputs.json", Path(folder) / "profile_default" / "startup"
        startup.mkdir(parents=True)
        (startup / "figures.py").write_text(_STARTUP, encoding="utf-8")
        command = [sys.executable, "-m", "pytest", "--nbval-lax", "--nbval-cell-timeout=300", "-p", "no:cacheprovider"]
        command += ["-p", __name__, "--nbval-current-env", "-q", "--color=no", str(notebook)]
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
        # NumPy's threads wait by computing; where other lessons run on the same cores, that is most of what they do
        environment |= {"OPENBLAS_NUM_THREADS": "1"}
        environment |= {"IPYTHONDIR": folder, _SAVED: str(saved)}
        environment |= {"PYTHONPATH": os.pathsep.join([str(root), str(Path(__file__).parents[2])])}
        try:
            done = subprocess.run(
                [*without_network(), *command], cwd=root, env=environment, capture_output=True, text=True, timeout=LIMIT
            )
        except subprocess.TimeoutExpired:
            raise RunFailed(f"{notebook.parent.name} did not come to its end within {LIMIT} seconds.") from None
        if done.returncode:
            raise RunFailed(f"{notebook.parent.name} does not run:\n{done.stdout[-6000:]}{done.stderr[-2000:]}")
        outputs: Outputs = json.loads(saved.read_text(encoding="utf-8"))
        return outputs


@functools.cache
def without_network() -> list[str]:
    """A command prefix that cuts the network off but for loopback; empty where bubblewrap cannot do it."""
    prefix = ["bwrap", "--unshare-net", "--dev-bind", "/", "/"]
    if shutil.which("bwrap") and subprocess.run([*prefix, "true"], capture_output=True).returncode == 0:
        return prefix
    return []


# ------------------------------------------------------------------------------------- the plugin, beside nbval

_seen: Outputs = {}


def pytest_runtest_teardown(item: pytest.Item) -> None:
    """Keep what a cell showed."""
    cell = getattr(item, "cell", None)
    if cell is not None:
        _seen[cell["id"]] = list(getattr(item, "test_outputs", None) or [])


def pytest_sessionfinish() -> None:
    """Hand it out."""
    Path(os.environ[_SAVED]).write_text(json.dumps(_seen), encoding="utf-8")
