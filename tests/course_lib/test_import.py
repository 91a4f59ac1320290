"""Importing the library is instant: nothing heavy comes along."""

import json
import logging
import subprocess
import sys

import pytest

import course_lib  # noqa: F401


def test_tensorflow_tells_nobody_that_each_of_several_networks_has_its_own_graph(caplog):
    logger = logging.getLogger("tensorflow")
    logger.warning("%s triggered tf.function retracing. Tracing is expensive", "5 out of the last 19 calls")
    logger.warning("disk full")
    assert [record.getMessage() for record in caplog.records] == ["disk full"]


@pytest.mark.parametrize(
    "module", ["course_lib", "course_lib.check", "course_lib.plots", "course_lib.playground", "course_lib.predict"]
)
def test_no_heavy_library_is_imported(module):
    heavy = ["tensorflow", "keras", "pyspark", "matplotlib", "pandas", "ipywidgets", "anywidget", "nbgrader"]
    code = f"import sys, json, {module}; print(json.dumps([m for m in {heavy} if m in sys.modules]))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == []
