"""Importing the library is instant: nothing heavy comes along."""

import json
import logging
import subprocess
import sys
from pathlib import Path

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


def test_what_is_started_from_here_gets_large_pages():
    choice = Path("/sys/kernel/mm/transparent_hugepage/enabled")
    if not choice.exists() or "[never]" in choice.read_text():
        pytest.skip("this system has no large pages, or hands none out: /sys/kernel/mm/transparent_hugepage/enabled")
    code = "import re\nheld = b'x' * (16 << 20)\n"
    code += "print(re.search(r'AnonHugePages: +(\\d+)', open('/proc/self/smaps_rollup').read())[1])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert int(done.stdout) >= 2_048, "kB, of 16,384 that are held: not one large page"
