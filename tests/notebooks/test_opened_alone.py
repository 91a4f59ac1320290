"""A lesson that is opened without the course (VS Code, Colab, Kaggle) says what it lacks, where the reader looks."""

import re
import subprocess
import sys

import pytest

from tests.notebooks.lessons import NOTEBOOKS, ROOT, read

OPEN = """
import sys
from IPython.core.interactiveshell import InteractiveShell
sys.modules["course_lib"] = None  # not installed
InteractiveShell.instance(colors="nocolor").run_cell(sys.stdin.read())
"""


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.parent.name)
def test_the_error_shows_the_way(path):
    first = next(cell.source for cell in read(path).cells if cell.cell_type == "code" and "course_lib" in cell.source)
    done = subprocess.run([sys.executable, "-c", OPEN], input=first, capture_output=True, text=True)
    assert "ModuleNotFoundError" in done.stdout, done.stderr
    (section,) = re.findall(r'Choose the course\'s kernel \(\.venv\); README\.md: "(.+)"', done.stdout)
    assert section in (ROOT / "README.md").read_text(encoding="utf-8")
