"""Files beside a lesson that Python takes for a module of its own: a ``random.py`` there hides the real ``random``."""

from __future__ import annotations

import sys
from importlib.machinery import PathFinder
from pathlib import Path

OWN = Path(__file__).resolve().parent
HARMLESS = {"antigravity", "test", "tests", "this"}
"""Modules of Python's and of packages that nobody imports in a lesson."""


def hiding(folder: Path) -> list[Path]:
    """The files and packages in ``folder`` that bear the name of a module of Python's or of an installed package."""
    modules = [*folder.glob("*.py"), *(made.parent for made in folder.glob("*/__init__.py"))]
    return sorted(path for path in modules if path.stem not in HARMLESS and _is_elsewhere(path, folder.resolve()))


def _is_elsewhere(path: Path, folder: Path) -> bool:
    """Whether Python would find another module of this name if the file, or package, were not there."""
    if path.stem == OWN.name:  # an editable installation is not on the search path
        return path.resolve() != OWN
    found = PathFinder.find_spec(path.stem, [place for place in sys.path if Path(place).resolve() != folder])
    return path.stem in sys.stdlib_module_names or (found is not None and found.origin is not None)


def warning(files: list[Path]) -> str:
    """What to do about them, in one sentence; nothing where there are none."""
    if not files:
        return ""
    names = ", ".join(path.name for path in files)
    modules = ", ".join(sorted({path.stem for path in files}))
    return f"{names} in {files[0].parent.name} hides what Python calls {modules}: give it another name."
