"""The checks of every lesson in the student's own process: as a notebook runs them, without grader and judge."""

import numpy as np
import pytest

from autograder.authoring.drawn import draw_lesson
from autograder.authoring.mutants import try_lesson
from autograder.authoring.repairs import follow_lesson
from course_lib import spark
from tests.notebooks import answering
from tests.notebooks.answering import faults
from tests.notebooks.lessons import NOTEBOOKS, ROOT

pytestmark = pytest.mark.slow

ANSWERS = ROOT / "tests" / "answers"
SLOW_ANSWERS = ("03", "10", "11")


@pytest.fixture(scope="module", params=[path.parent for path in NOTEBOOKS], ids=lambda path: path.name)
def lesson(request):
    with np.errstate(all="ignore"):
        yield request.param
    spark.stop()


def test_right_answers_pass_and_wrong_ones_get_their_hint(lesson):
    """All answers of the bank; where each trains or runs a Spark job, four of an exercise. `make prove` takes all."""
    assert list(faults(lesson, few=True, most=4 if lesson.name[:2] in SLOW_ANSWERS else None)) == []


def test_faults_put_into_right_answers_lose_points(lesson):
    """A few of each exercise; `autograder prove --mutants` tries them all."""
    found = try_lesson(ANSWERS, lesson, None, most=2, seed=11)
    assert [f"{fault.exercise}: {fault.answer}: {fault.change}" for fault in found.survivors] == []


def test_doing_what_the_checks_say_ends_at_a_right_answer(lesson):
    """A few of each exercise; `autograder prove --repairs` follows all."""
    chains = follow_lesson(ANSWERS, lesson, None, most=1 if lesson.name[:2] in SLOW_ANSWERS else 3)
    assert [f"{chain.exercise}: {chain.title}: {chain.broken}" for chain in chains if chain.broken] == []


def test_no_right_answer_is_refused_for_what_its_task_allows(lesson):
    """A few inputs; `autograder prove --draws 1000` asks more."""
    found = draw_lesson(ANSWERS, lesson, None, inputs=30, draws=0 if lesson.name[:2] in SLOW_ANSWERS else 1)
    assert [f"{no.exercise}: {no.answer}, {no.what}: {no.said}" for no in found.refused] == []


TWICE = '''"""Exercise `relu`."""

# %% right: one line
relu = abs

# %% right: one line
relu = abs
'''


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("04",), "04 is 0 lessons"),
        (("03",), r"relu\.py:6: there is an answer with the title 'one line' already"),
        (("05", "rleu"), "05_b has no exercise rleu; it has elu"),
    ],
)
def test_what_is_not_in_the_bank_is_said(arguments, said, tmp_path, monkeypatch):
    for lesson, exercise, bank in (("03_a", "relu", TWICE), ("05_b", "elu", TWICE.split("\n\n# %% right")[0] + "\n")):
        (tmp_path / "notebooks" / lesson).mkdir(parents=True)
        answers = tmp_path / "tests" / "answers" / lesson
        answers.mkdir(parents=True)
        (answers / f"{exercise}.py").write_text(bank + "\n# %% right: another\nrelu = max\n", encoding="utf-8")
    monkeypatch.setattr(answering, "ROOT", tmp_path)
    with pytest.raises(SystemExit, match=said):
        answering.main(*arguments)
