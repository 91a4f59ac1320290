"""Importing the library is instant: nothing heavy comes along."""

import json
import subprocess
import sys

import pytest


@pytest.mark.parametrize(
    "module", ["course_lib", "course_lib.check", "course_lib.plots", "course_lib.playground", "course_lib.predict"]
)
def test_no_heavy_library_is_imported(module):
    heavy = ["tensorflow", "keras", "pyspark", "matplotlib", "pandas", "ipywidgets", "anywidget", "nbgrader"]
    code = f"import sys, json, {module}; print(json.dumps([m for m in {heavy} if m in sys.modules]))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == []
