"""What a class teaches the course: wrong answers without a hint become entries of the bank, without names."""

from dataclasses import replace

import pytest

from autograder.authoring.answers import read_answers
from autograder.authoring.learn import anonymous, learn
from autograder.course import Course, CourseError
from course_lib.check.message import Message
from tests.autograder.test_analysis import classroom, submission

WRONG = '# Ada Lovelace\ndef one(x):\n    """By Ada."""\n    return x + 3  # Ada\n'


def met(student: str, message: Message, answer: str = WRONG):
    return submission(student, {}, messages={"one_visible": message}, answers={"one": answer})


def test_each_way_to_be_wrong_is_written_once_and_without_names(tmp_path):
    (tmp_path / "tests" / "answers" / "01").mkdir(parents=True)
    course = Course(tmp_path)
    bank = course.answers / "01" / "one.py"
    bank.parent.mkdir(parents=True, exist_ok=True)
    bank.write_text('"""Bank."""\n\n\n# %% right: plain\ndef one(x):\n    return x\n', encoding="utf-8")
    unknown = Message("one", "", "", "  got       4")
    made = classroom(
        met("a", unknown),
        met("b", unknown),
        met("c", Message("one", "", "", "  got       5"), "def one(x):\n    return x + 4"),
        met("d", Message("one", "some inputs", "Seen.", "  got       0"), "def one(x):\n    return 0"),
        met("e", Message("one", "odd", "Hint."), "def one(x):\n    return 1"),
        met("f", Message("one", "", "", "  got       6"), "def one(x:\n"),
    )
    learned = learn(course, made)
    assert (learned[0].exercise, learned[0].mistake, learned[0].students) == ("one", "", 2)
    assert {one.mistake for one in learned} == {"", "some inputs"} and len(learned) == 3
    answers = read_answers(bank)
    assert [(answer.kind, answer.mistake) for answer in answers[1:]].count(("wrong", "")) == 2
    text = bank.read_text(encoding="utf-8")
    assert "Ada" not in text and "[none yet]" in text and "return x + 3" in text
    assert learn(course, made) == [], "what stands there is not written again"
    with pytest.raises(CourseError, match="no exercise 'three'"):
        learn(course, made, "three")


def test_an_exercise_alone(tmp_path):
    course = Course(tmp_path)
    (course.answers / "01").mkdir(parents=True)
    two = replace(met("a", Message("one")), ran=met("a", Message("one")).ran)
    assert learn(course, classroom(two), "two") == []
    assert len(learn(course, classroom(two), "one")) == 1


def test_only_code_is_kept():
    assert anonymous('def f():\n    "Bob"\n') == "def f():\n    pass"
    assert anonymous("def f(:") == ""
