"""The text of a failed check: what is written is read back, and it is to the letter what students have always read."""

import pytest

from autograder.reports.lesson_items import read_message
from course_lib import check
from course_lib.check.message import LONGEST_NAME, WINDOW, Message, passed, wrapped

NAMES = ["relu", "größe", "a·b", "x" * LONGEST_NAME, "leaky relu", "relu.v2", "check.hint(1)", "is not right yet"]
MISTAKES = [
    "",
    "slope 0.01",
    "axis=0, not 1.",
    "a · b",
    "· · ·",
    "is not right yet",
    "NotImplementedError",
    "Σ over the wrong axis → 3 × too large",
    "y" * LONGEST_NAME,
]
HINTS = ["", "One line.", "Two lines.\n\nWith a gap · and a ✗.", "More help: ask.", "`x` · not yet\n    indented"]
DETAILS = [
    "",
    "  got       9",
    "  input     [1, 2]\n  expected  3\n  got       None",
    "  at        return x[0]\n  input     []",
]


@pytest.mark.parametrize("exercise", NAMES)
@pytest.mark.parametrize("mistake", MISTAKES)
def test_what_is_written_is_read_back(exercise, mistake):
    for hint in HINTS:
        for detail in DETAILS:
            message = Message(exercise, mistake, hint, detail)
            assert Message.parse(message.format()) == message


@pytest.mark.parametrize("breaks", ["\n", "\r\n", "\u2028", "\x0b"])
def test_names_stay_on_one_line(breaks):
    message = Message(f"re{breaks}lu", f"one{breaks}two", "A hint.")
    assert message.title == "✗ re lu · one two"
    assert Message.parse(message.format()) == message


def test_to_the_letter():
    message = Message("relu", "slope 0.01", "Look.\nAgain.", "  input     -2.0\n  got       1")
    assert message.format() == (
        '✗ relu · slope 0.01\nLook.\nAgain.\n  input     -2.0\n  got       1\n  More help: check.hint("relu")'
    )
    assert Message("relu").format() == '✗ relu is not right yet\n  More help: check.hint("relu")'
    assert (passed("relu"), passed("relu", 3)) == ("✓ relu", "✓ relu: 3 examples")


def test_in_a_window_words_stay_whole():
    hint, array = "Both weights together must outweigh the bias. " * 3, "np.array([-1.25, 0.5, 3.75]), " * 4
    text = Message("and_weights", "(1, 1) is not on", hint, f"  call      f({array})\n  at        return 1").format()
    shown = wrapped(text)
    assert max(map(len, shown.split("\n"))) <= WINDOW
    assert shown.split() == text.split()
    assert f"\n{' ' * 12}3.75]), )\n" in shown  # an example goes on below its value
    assert (
        wrapped("✗ relu\nShort.\n  got       [1,\n             2]")
        == "✗ relu\nShort.\n  got       [1,\n             2]"
    )
    assert wrapped("x" * 200) == "x" * 200


def test_the_offer_of_help_may_be_missing():
    assert Message.parse("✗ double is not right yet\n  got       0") == Message("double", detail="  got       0")


@pytest.mark.parametrize(
    "text", ["", "ZeroDivisionError", "✗ ", "✗ relu", "✓ relu", " ✗ relu · x", "✗ relu · " + "x" * (LONGEST_NAME + 1)]
)
def test_anything_else_is_none(text):
    assert Message.parse(text) is None


def test_a_failed_check_and_the_report_agree():
    with pytest.raises(check.CheckFailed) as failure:
        check.equal(3, 4, name="sum", mistakes={"off by one": (3, "Count from 0.")})
    message = Message.parse(str(failure.value))
    assert message == Message("sum", "off by one", "Count from 0.", "  got       3")
    assert (failure.value.exercise, failure.value.mistake) == (message.exercise, message.mistake)
    read = read_message("CheckFailed", str(failure.value))
    assert (read.mistake, read.hint) == (message.mistake, message.hint)
