"""A student's receipt, against what was handed in."""

import json
import shutil
import subprocess
import sys

import pytest

from autograder.authoring.answers import fill
from autograder.course import Course
from tests.autograder.tiny_course import LESSON, RIGHT, wide_environment

pytestmark = pytest.mark.slow


@pytest.fixture
def mine(released: Course):
    """A student's own notebook, with its receipt beside it."""
    mine = released.root / "home" / LESSON / "small_numbers.ipynb"
    fill(released.release / LESSON / "small_numbers.ipynb", mine, RIGHT | {"why": "Because."})
    command = [sys.executable, "-m", "course_lib.submit", "01"]
    subprocess.run(command, cwd=mine.parent.parent, env=wide_environment(), check=True, capture_output=True)
    return mine


def hand_in(course: Course, student: str, *files) -> None:
    folder = course.submitted / student / LESSON
    folder.mkdir(parents=True)
    for file in files:
        shutil.copy(file, folder)


def test_a_receipt_among_the_hand_ins(course, autograder, mine):
    receipt = mine.with_suffix(".receipt.json")
    hand_in(course, "ada", mine, receipt)
    code, output = autograder("receipt")
    assert code == 0, output
    assert f"ada/{LESSON}/small_numbers.ipynb has the same file; written 20" in output

    fill(mine, mine, {"double": "def double(x):\n    return x + x + 0"})
    hand_in(course, "bo", mine, receipt)
    code, output = autograder("receipt")
    assert code == 1
    assert "the notebook beside it has other cells" in output  # though ada's would fit
    assert "2 graded now" in autograder("grade")[1]  # a receipt is no hindrance


def test_the_students_own_tools_in_a_hand_in_cost_nothing(course, autograder, mine):
    notebook = json.loads(mine.read_text(encoding="utf-8"))
    for tool in ("progress.show()", "submit.check()"):
        own = {"cell_type": "code", "metadata": {}, "execution_count": None, "outputs": []}
        source = f"from course_lib import {tool.partition('.')[0]}\n{tool}"
        notebook["cells"].append(own | {"id": tool.partition(".")[0], "source": source})
    mine.write_text(json.dumps(notebook), encoding="utf-8")
    hand_in(course, "ada", mine)
    code, output = autograder("grade")
    assert code == 0 and "3 / 5 ✎" in output and "!" not in output.replace("! points given", "")
    graded = course.autograded / "ada" / LESSON / "small_numbers.ipynb"
    assert "Here is nothing to do" in graded.read_text(encoding="utf-8")


def test_a_receipt_sent_by_mail_is_looked_up_in_the_whole_class(course, autograder, mine):
    receipt = mine.with_suffix(".receipt.json")
    code, output = autograder("receipt", str(receipt))
    assert code == 1 and "no hand-in for 01_small_numbers has these cells" in output
    notebook = json.loads(mine.read_text(encoding="utf-8"))
    notebook["cells"][1]["execution_count"] = 5  # saved once more
    mine.write_text(json.dumps(notebook), encoding="utf-8")
    hand_in(course, "ada", mine)
    code, output = autograder("receipt", str(receipt))
    assert code == 0 and f"ada/{LESSON}/small_numbers.ipynb has the same cells" in output
    earlier = course.submitted / ".earlier" / "ada" / LESSON / "20260101-000000"
    earlier.parent.mkdir(parents=True)
    (course.submitted / "ada" / LESSON).rename(earlier)
    code, output = autograder("receipt", str(receipt))
    assert code == 1 and "a newer hand-in counts now" in output


def test_what_is_no_receipt(course, autograder, tmp_path):
    other = tmp_path / "other.json"
    for content in ("{}", "[]", "nothing", '{"lesson": "../x", "cells_sha256": "a"}'):
        other.write_text(content, encoding="utf-8")
        code, output = autograder("receipt", str(other))
        assert (
            code == 1 and "Traceback" not in output and ("this is no receipt" in output or "no hand-in for" in output)
        )
    assert autograder("receipt", "gone.json")[0] == 2
    assert autograder("receipt") == (0, f"No receipts in {course.submitted}.\n")
