"""Every lesson runs from top to bottom, offline, with nothing red in it and alt text on every figure."""

import re
import subprocess
import sys

import pytest

from autograder.authoring.outputs import without_network
from tests.notebooks.lessons import NOTEBOOKS, run

pytestmark = pytest.mark.slow
each_lesson = pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.parent.name)


AS_SAID = {"plan-run", "aqe-skew", "lines-run", "tree-train-run", "honest-error", "claim-old"}
"""Cells that print what Spark or a file says, as it says it: only their tables must fit."""
DATA = {"lazy-run", "word-count-toy", "temperatures-records", "votes-run", "twice-run", "deck-run"}
MESSAGES = {"then-fit-generator", "then-image-data-generator", "bridge-dml", "refusal"}
"""Cells that print data as Python writes them, or a library's sentence: these fit 1,200 pixels, 96 letters."""


def outputs(notebook):
    return [(cell, output) for cell, outputs in run(notebook).items() for output in outputs]


def printed(notebook):
    return [(cell, line) for cell, output in outputs(notebook) for line in output.get("text", "").splitlines()]


@each_lesson
def test_runs_top_to_bottom_without_red(notebook):
    """Nor a library's warning, which TensorFlow writes elsewhere in a notebook."""
    streams = [(cell, output) for cell, output in outputs(notebook) if output["output_type"] == "stream"]
    red = [(cell, o["text"]) for cell, o in streams if o["name"] == "stderr" or re.search("^WARNING", o["text"], re.M)]
    assert not red


@each_lesson
def test_no_value_is_left_over_below_a_cell(notebook):
    """``Out[…]: PythonRDD[637]``, or how many letters were written: a cell says what it shows."""
    assert [cell for cell, output in outputs(notebook) if output["output_type"] == "execute_result"] == []


@each_lesson
def test_what_is_printed_fits_a_window(notebook):
    """At 1,024 pixels 74 letters fit beside JupyterLab's list of files; it breaks a longer line inside a word."""
    long = [(cell, line) for cell, line in printed(notebook) if len(line) > 74]
    tables = [one for one in long if len(re.findall(r"\S {2,}\S", one[1])) > 1]
    wide = [(cell, line) for cell, line in long if cell not in DATA | MESSAGES or len(line) > 96]
    assert tables + [one for one in wide if one[0] not in AS_SAID] == []


@each_lesson
def test_large_numbers_that_are_printed_have_commas(notebook):
    """In words and tables: 64,000. Data of Python's (``'votes': 131376``) and code are as they are."""
    large = re.compile(r"(?:^| )(?<!': )\d{5,}(?=[ ,;.]|$)")
    assert [(cell, line) for cell, line in printed(notebook) if large.search(line)] == []


@each_lesson
def test_every_figure_has_alt_text(notebook):
    pictures = 0
    for cell, output in outputs(notebook):
        data = output.get("data", {})
        html = "".join(data.get("text/html", ""))
        assert "image/png" not in data, f"{cell}: show the figure with plots.show(fig, alt=…)"
        assert html.count("<img") == html.count('<img alt="') - html.count('<img alt=""'), cell
        pictures += html.count("<img")
    assert pictures > 0


def test_the_network_is_really_cut_off():
    if not without_network():
        pytest.skip("install bubblewrap to run the lessons without a network (Debian: apt-get install bubblewrap)")
    code = "import socket; socket.create_connection(('192.0.2.1', 80), timeout=2)"
    done = subprocess.run([*without_network(), sys.executable, "-c", code], capture_output=True, text=True)
    assert "unreachable" in done.stderr
