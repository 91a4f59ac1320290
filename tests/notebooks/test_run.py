"""Every lesson runs from top to bottom, offline, with nothing red in it and alt text on every figure."""

import copy
import re
import shutil
import subprocess
import sys

import nbformat
import pytest
from nbclient import NotebookClient

from tests.notebooks.lessons import NOTEBOOKS, exercises, grading, read, run, without_network

pytestmark = pytest.mark.slow
each_lesson = pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.parent.name)


def outputs(notebook):
    return [(cell, output) for cell, outputs in run(notebook).items() for output in outputs]


@each_lesson
def test_runs_top_to_bottom_without_red(notebook):
    red = [(cell, output["text"]) for cell, output in outputs(notebook) if output.get("name") == "stderr"]
    assert not red


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


@each_lesson
def test_what_graders_run_stands_alone_and_untouched_stubs_fail_only_in_their_own_tests(notebook, tmp_path):
    student = copy.deepcopy(read(notebook))
    student.cells = [cell for cell in student.cells if "skip-grading" not in cell.metadata.get("tags", [])]
    for cell in student.cells:
        if cell.cell_type == "code":
            cell.source = re.sub(
                r"### BEGIN SOLUTION.*?### END SOLUTION", 'raise NotImplementedError("…")', cell.source, flags=re.S
            )
    folder = shutil.copytree(notebook.parent, tmp_path / "lesson")
    client = NotebookClient(student, timeout=300, allow_errors=True, resources={"metadata": {"path": str(folder)}})
    client.execute()
    errors = {
        cell.id: output for cell in student.cells for output in cell.get("outputs", []) if output.output_type == "error"
    }
    assert list(errors) == [f"{name}_{kind}" for name in exercises(notebook) for kind in ("visible", "hidden")]
    assert all(error.ename == "CheckFailed" and "not written yet" in error.evalue for error in errors.values())
    assert all(grading(cell).get("points") for cell in student.cells if cell.id in errors)
    nbformat.validate(student)


def test_the_network_is_really_cut_off():
    if not without_network():
        pytest.skip("install bubblewrap to run the lessons without a network (Debian: apt-get install bubblewrap)")
    code = "import socket; socket.create_connection(('192.0.2.1', 80), timeout=2)"
    done = subprocess.run([*without_network(), sys.executable, "-c", code], capture_output=True, text=True)
    assert "unreachable" in done.stderr
