"""Where the notebook that runs lies: beside it stand its checks, hints and questions."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def folders() -> list[Path]:
    """The folders in which the notebook may lie: the kernel's own, then what Jupyter and VS Code say of it."""
    found = [Path.cwd()]
    for said in (vars(sys.modules["__main__"]).get("__vsc_ipynb_file__"), os.environ.get("JPY_SESSION_NAME")):
        if isinstance(said, str) and said:
            found.append(Path(said).parent)
    return list(dict.fromkeys(found))
