"""Code and notebooks follow one style, and the types agree; the hook before a commit asks the same."""

import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
TOOLS = ["ruff check --quiet .", "ruff format --check --quiet .", "mypy"]


@pytest.mark.seconds(60)
@pytest.mark.parametrize("tool", TOOLS)
def test_style(tool):
    result = subprocess.run([sys.executable, "-m", *tool.split()], cwd=ROOT, capture_output=True, text=True)
    assert result.returncode == 0, result.stdout + result.stderr


def test_the_hook_before_a_commit_runs_the_same():
    """And nothing from elsewhere: its hooks are this repository's own, run by the environment at hand."""
    config = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    (own,) = config["repos"]
    assert own["repo"] == "local"
    assert [hook["entry"] for hook in own["hooks"]] == [f"python -m {tool}" for tool in TOOLS]
    for hook in own["hooks"]:
        assert hook["language"] == "system" and hook["pass_filenames"] is False, hook["id"]
