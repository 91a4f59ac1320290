"""What a student's copy says about itself, wherever it went."""

import json

import pytest

from autograder.authoring.answers import fill
from course_lib.student import start_page
from course_lib.student.copy import NoCopy, copies_in, read_copy
from tests.autograder.tiny_course import RIGHT

pytestmark = pytest.mark.slow


def edit(path, change):
    notebook = json.loads(path.read_text(encoding="utf-8"))
    change(notebook)
    path.write_text(json.dumps(notebook), encoding="utf-8")


def test_release_leaves_the_list_of_cells_in_the_notebook(own_copy):
    copy = read_copy(own_copy)
    assert copy.lesson == "01_small_numbers"
    assert {name: cell.kind for name, cell in copy.released.items()} == {
        "setup": "locked",
        "double_task": "locked",
        "double": "answer",
        "double_visible": "test",
        "double_hidden": "hidden",
        "greet_task": "locked",
        "greet": "answer",
        "greet_visible": "test",
        "greet_hidden": "hidden",
        "why": "written",
    }
    assert list(copy.released)[:3] == ["setup", "double_task", "double"]
    assert copy.released["greet_visible"].points == 0.5
    assert not copy.missing and not copy.changed
    assert copy.unanswered == ["double", "greet", "why"]


def test_the_list_gives_nothing_away(own_copy):
    listed = json.loads(own_copy.read_text(encoding="utf-8"))["metadata"]["course"]
    assert set(listed) == {"lesson", "notebook", "cells"}
    assert all(set(cell) == {"name", "kind", "points", "sha256"} for cell in listed["cells"])


@pytest.mark.parametrize(
    "half",
    ["def double(x):\n    # what now?\n    raise NotImplementedError()", "", "  \n"],
    ids=["the stub's last line left in", "empty", "white space"],
)
def test_half_an_answer_is_none(own_copy, half):
    fill(own_copy, own_copy, RIGHT | {"why": "Because.", "double": half})
    assert read_copy(own_copy).unanswered == ["double"]


def test_an_answer_that_names_the_error_in_a_comment_is_one(own_copy):
    fill(own_copy, own_copy, RIGHT | {"double": "def double(x):\n    return 2 * x  # no raise NotImplementedError"})
    assert read_copy(own_copy).unanswered == ["why"]


def test_deleted_copied_and_changed_cells(own_copy):
    def change(notebook):
        cells = {cell["id"]: cell for cell in notebook["cells"]}
        cells["setup"]["source"] = "import numpy"
        notebook["cells"] = [cell for cell in notebook["cells"] if cell["id"] not in ("greet", "double-task")]
        notebook["cells"].append(json.loads(json.dumps(cells["double"])) | {"source": "double = max", "id": "again"})

    edit(own_copy, change)
    copy = read_copy(own_copy)
    assert copy.missing == ["greet"]  # text may go
    assert copy.changed == ["setup"]
    assert "double" not in copy.unanswered  # the last one counts


def test_outputs_and_the_helpers_own_cell_do_not_change_the_hash(own_copy):
    before = read_copy(own_copy).content_sha256

    def run(notebook):
        notebook["cells"][1]["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "7"}]
        helper = {"cell_type": "code", "metadata": {}, "source": "from course_lib import submit\nsubmit.check()"}
        notebook["cells"] += [helper | {"outputs": [], "execution_count": 3}, {"cell_type": "code", "source": ""}]

    edit(own_copy, run)
    assert read_copy(own_copy).content_sha256 == before
    edit(own_copy, lambda notebook: notebook["cells"].append({"cell_type": "code", "source": "x = 1"}))
    assert read_copy(own_copy).content_sha256 != before


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("<html>", "no readable notebook"),
        ('{"cells": 3}', "no readable notebook"),
        ('{"cells": [], "metadata": {}}', "which lesson"),
        ('{"cells": [], "metadata": {"course": {"lesson": "x", "cells": [1]}}}', "which lesson"),
    ],
)
def test_what_is_no_copy_is_said(own_copy, content, says):
    own_copy.write_text(content, encoding="utf-8")
    with pytest.raises(NoCopy, match=says):
        read_copy(own_copy)
    assert copies_in(own_copy.parent.parent) == []


def test_a_missing_file_is_said(tmp_path):
    with pytest.raises(NoCopy, match="cannot be read"):
        read_copy(tmp_path / "gone.ipynb")


def test_a_duplicate_does_not_count_but_a_renamed_notebook_does(own_copy):
    release = own_copy.parent.parent
    duplicate = own_copy.with_name("small_numbers-Copy1.ipynb")
    duplicate.write_bytes(own_copy.read_bytes())
    assert [copy.path for copy in copies_in(release)] == [own_copy]
    fill(duplicate, duplicate, RIGHT)  # the fresh one beside a renamed one holds nothing of the student's
    assert [copy.path for copy in copies_in(release)] == [duplicate]
    page = start_page.start_page(release)
    assert duplicate.name in page and f"/{own_copy.name})" not in page
    fill(own_copy, own_copy, RIGHT)
    assert [copy.path for copy in copies_in(release)] == [own_copy]
    own_copy.unlink()
    assert [copy.path for copy in copies_in(release)] == [duplicate]
