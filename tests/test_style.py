"""Code and notebooks follow one style, and the types agree."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.mark.seconds(60)
@pytest.mark.parametrize("tool", ["ruff check --quiet .", "ruff format --check --quiet .", "mypy"])
def test_style(tool):
    result = subprocess.run([sys.executable, "-m", *tool.split()], cwd=ROOT, capture_output=True, text=True)
    assert result.returncode == 0, result.stdout + result.stderr
