"""A pytest plugin for nbval: keep what each cell printed, so that one run serves all tests of a lesson."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

_outputs: dict[str, list[dict]] = {}


def pytest_runtest_teardown(item: pytest.Item) -> None:
    cell = getattr(item, "cell", None)
    if cell is not None:
        _outputs[cell["id"]] = list(getattr(item, "test_outputs", None) or [])


def pytest_sessionfinish() -> None:
    Path(os.environ["SAVED_OUTPUTS"]).write_text(json.dumps(_outputs), encoding="utf-8")
