"""The checks of every lesson in the student's own process: as a notebook runs them, without grader and judge."""

import numpy as np
import pytest

from course_lib import spark
from tests.notebooks.answering import faults
from tests.notebooks.lessons import NOTEBOOKS

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("lesson", [path.parent for path in NOTEBOOKS], ids=lambda path: path.name)
def test_right_answers_pass_and_wrong_ones_get_their_hint(lesson):
    try:
        with np.errstate(all="ignore"):
            assert list(faults(lesson, few=True)) == []
    finally:
        spark.stop()
