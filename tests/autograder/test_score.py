"""What an executed test cell earns."""

import pytest
from nbformat.v4 import new_code_cell, new_output

from autograder.grading.score import score

ERROR = new_output("error", ename="CheckFailed", evalue="no", traceback=[])
WARNING = new_output("stream", name="stderr", text="careful")


def shown(text: str):
    return new_output("execute_result", data={"text/plain": text}, execution_count=1)


@pytest.mark.parametrize(
    ("outputs", "expected"),
    [
        ([], (2, False)),
        ([new_output("stream", text="✓ relu")], (2, False)),
        ([WARNING], (2, False)),
        ([shown("0.5")], (0.5, False)),
        ([shown("2")], (2, False)),
        ([ERROR], (0, False)),
        ([WARNING, ERROR], (0, False)),
        ([shown("2"), ERROR], (0, False)),
        ([shown("-1")], (0, True)),
        ([shown("3")], (0, True)),
        ([shown("nan")], (0, True)),
        ([shown("inf")], (0, True)),
        ([shown("True")], (0, True)),
        ([shown("'full marks'")], (0, True)),
        ([new_output("execute_result", data={}, execution_count=1)], (0, True)),
        ([shown("1"), shown("2")], (0, True)),
    ],
)
def test_only_a_test_that_ran_to_its_end_earns_points(outputs, expected):
    nbgrader = {"grade": True, "solution": False, "locked": True, "points": 2, "grade_id": "relu_visible"}
    assert score(new_code_cell("check", metadata={"nbgrader": nbgrader}, outputs=outputs)) == expected
