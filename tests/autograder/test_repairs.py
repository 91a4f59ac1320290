"""What a student makes of a wrong answer who does what the check says: its form in the bank, and where it leads."""

import pytest

from autograder.authoring.answers import read_answers
from autograder.authoring.repairs import STEPS, follow_lesson
from autograder.course import Course, CourseError
from tests.autograder.tiny_course import REPOSITORY, cell, write_notebook

CHECKS = """
import numpy as np
from course_lib.check import Exercise


class Slope(Exercise):
    name = "slope"

    def examples(self):
        yield (2.0, 3.0), 6.0
        yield (-1.0, 4.0), -4.0

    def hidden(self, rng):
        for a, b in rng.normal(size=(3, 2)):
            yield (float(a), float(b)), float(a * b)

    mistakes = {
        "sum": (lambda a, b: a + b, "You add. Multiply."),
        "sign": (lambda a, b: -a * b, "The sign is turned."),
        "sign, twice as much": (lambda a, b: -2 * a * b, "The sign is turned, and all is doubled."),
    }
"""
RIGHT = "# %% right: plain\ndef slope(a, b):\n    return a * b\n\n"
SUM = "# %% wrong [sum]: adds\ndef slope(a, b):\n    return a + b\n\n"
BOTH = "# %% wrong [sign, twice as much]: two faults\ndef slope(a, b):\n    return -2 * a * b\n\n"


@pytest.fixture
def follow(tmp_path):
    """Writes a bank and follows its one chain."""
    folder, bank = tmp_path / "notebooks" / "01_slope", tmp_path / "tests" / "answers" / "01_slope"
    folder.mkdir(parents=True)
    bank.mkdir(parents=True)
    write_notebook(folder / "slope.ipynb", [cell("code", "setup", "import numpy as np", locked=True)])
    (folder / "checks.py").write_text(CHECKS, encoding="utf-8")

    def chain(text):
        (bank / "slope.py").write_text(RIGHT + text, encoding="utf-8")
        (found,) = follow_lesson(bank.parent, folder, None, None)
        return found

    return chain


def test_what_the_check_says_leads_to_a_right_answer(follow):
    chain = follow(SUM + "# %% repair: + → *\n")
    assert not chain.broken and chain.help == ("check",)
    assert chain.said[0].startswith("✗ slope · sum\nYou add. Multiply.") and len(chain.said) == 1


def test_each_repair_goes_on_from_the_one_before(follow):
    chain = follow(BOTH + "# %% repair (worked idea): -2 → -1\n\n# %% repair\ndef slope(a, b):\n    return b * a\n")
    assert not chain.broken and chain.help == ("worked idea", "check")
    assert [said.split("\n")[0] for said in chain.said] == ["✗ slope · sign, twice as much", "✗ slope · sign"]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (SUM, "no repair leads on from here"),
        (SUM + "# %% repair: a + b → b + a", "the same is said again"),
        (SUM + "# %% repair: a + b → -a * b", "no repair leads on from here"),
        (SUM + "# %% repair: + → *\n\n# %% repair: * → /", "1 repairs too many"),
        ("# %% wrong [sum]: it is right\ndef slope(a, b):\n    return b * a", "it is right as it stands"),
        (
            SUM + "# %% repair: a + b → -2 * a * b\n# %% repair: 2 → 1\n"
            "# %% repair: -1 → a + b - a - b + 3\n# %% repair: + 3 → + 4",
            f"not right after {STEPS} repairs",
        ),
        (
            "# %% wrong [sum]: stops\ndef slope(a, b):\n    raise SystemError(a)\n# %% repair: slope → other",
            "not tried: ",
        ),
    ],
)
def test_a_chain_that_breaks_says_where(follow, text, why):
    assert follow(text).broken.startswith(why)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (RIGHT + "# %% repair: a → b\n", "below the wrong answer"),
        (SUM + "# %% repair: a → b\n", "stands not once"),
        (SUM + "# %% repair: nothing\n", "no arrow"),
        (SUM + "# %% repair (a lot): + → *\n", "help in"),
        (SUM + "# %% repair + → *\n", "a repair reads"),
    ],
)
def test_a_malformed_repair_is_named_with_its_line(tmp_path, text, reason):
    path = tmp_path / "slope.py"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CourseError, match=reason) as error:
        read_answers(path)
    assert str(error.value).startswith(f"{path}:5: ")


REAL = Course(REPOSITORY)


@pytest.mark.parametrize("lesson", [lesson.name for lesson in REAL.lessons()])
def test_every_wrong_answer_of_the_course_has_a_repair(lesson):
    """Where they lead: `tests/notebooks/test_answering.py` for some, `autograder prove --repairs` for all."""
    for path in (REAL.answers / lesson).glob("*.py"):
        wrong = [answer for answer in read_answers(path) if answer.kind == "wrong"]
        assert [answer.title for answer in wrong if not 1 <= len(answer.repairs) <= STEPS] == [], path.name
