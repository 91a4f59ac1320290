"""Right answers, asked all that a task allows: who is refused is named, with the input that did it."""

import numpy as np
import pytest

from autograder.authoring import drawn
from autograder.authoring.drawn import declared_inputs, draw_lesson
from course_lib.check.exercise import DRAWN, HIDDEN, VISIBLE
from course_lib.check.lesson import LessonChecks, visible_half
from tests.autograder.tiny_course import cell, write_notebook

CHECKS = """
import numpy as np
from course_lib.check import Exercise


class Larger(Exercise):
    name = "larger"

    def examples(self):
        yield (1.0, 2.0), 2.0

    def hidden(self, rng):
        for a, b in rng.normal(size=(3, 2)):
            yield (float(a), float(b)), float(max(a, b))


class Total(Exercise):
    name = "total"

    def examples(self):
        yield (np.array([1.0, 2.0]),), 3.0

    def hidden(self, rng):
        yield (np.array([4.0]),), 4.0

    def hidden_inputs(self, draw):
        x = draw.array(draw.shape(1, 5), -100, 100)
        return (x,), x.sum()
"""
BANK = {
    "larger": [
        ("plain", "return max(a, b)"),
        ("not of small ones", "return max(a, b) if max(a, b) > -1.5 else 0"),
    ],
    "total": [
        ("in 64 bits", "return x.astype(float).sum()"),
        ("not of the lowest", "return x.astype(float)[x > -100].sum()"),
        ("only where it has 64 bits", "return x.sum() * (x.dtype == float)"),
        ("stops", "return x.astype(float).sum() + 0 / (0 not in x)"),
    ],
}


@pytest.fixture
def small(tmp_path):
    """A course with one lesson; its second exercise declares its inputs."""
    folder, bank = tmp_path / "notebooks" / "01_small", tmp_path / "answers" / "01_small"
    folder.mkdir(parents=True)
    bank.mkdir(parents=True)
    write_notebook(folder / "small.ipynb", [cell("code", "setup", "import numpy as np", locked=True)])
    (folder / "checks.py").write_text(CHECKS, encoding="utf-8")
    for name, answers in BANK.items():
        head = f"def {name}({'a, b' if name == 'larger' else 'x'}):\n    "
        text = "".join(f"# %% right: {title}\n{head}{line}\n" for title, line in answers)
        (bank / f"{name}.py").write_text(text, encoding="utf-8")
    return bank.parent, folder


def test_who_is_refused_for_an_allowed_input_is_named_with_it(small):
    found = draw_lesson(*small, "total", 100, 1)
    assert found.answers == 4 and found.draws == 0 and not found.cut
    refused = {refusal.answer: refusal for refusal in found.refused}
    assert set(refused) == {"not of the lowest", "only where it has 64 bits", "stops"}
    assert "total(np.array([" in refused["not of the lowest"].said and "-100." in refused["not of the lowest"].said
    assert refused["only where it has 64 bits"].what.endswith("in 32 bits")
    assert "division by zero" in refused["stops"].said
    assert 200 <= found.inputs < 500, (
        "the answer that passes is asked all, in both sizes; others up to the first refusal"
    )
    assert draw_lesson(*small, "total", 100, 1).refused == found.refused, "a number draws the same again"


def test_where_no_inputs_are_declared_the_hidden_examples_are_drawn(small):
    found = draw_lesson(*small, "larger", 5, 200)
    assert found.answers == 2 and found.inputs == 0 and found.draws >= 200
    (refusal,) = found.refused
    assert refusal.answer == "not of small ones" and refusal.what.startswith("draw ") and "✗ larger" in refusal.said


def test_an_exercise_whose_time_is_over_is_named(small, monkeypatch):
    monkeypatch.setattr(drawn, "MOST_SECONDS", 0.0)
    found = draw_lesson(*small, None, 100, 100)
    assert found.cut == ["larger", "total"] and found.inputs == 0 and found.draws == 2


def test_a_few_are_asked_when_grading_and_none_of_a_student():
    checks = LessonChecks(CHECKS).exercises["total"]()
    fixed, *more = checks.questions(HIDDEN, np.random.default_rng(1))
    assert fixed.look == checks.look and len(more) == DRAWN
    assert all(checks.calls(question) and question.expected == question.arguments[0].sum() for question in more)
    assert len(checks.questions(VISIBLE, np.random.default_rng(1))) == 1
    half = visible_half(CHECKS)
    assert "hidden" not in half and "draw" not in half
    assert LessonChecks(half).exercises["total"]().questions(HIDDEN, np.random.default_rng(1)) == []


def test_an_exercise_natural_in_64_bits_alone_is_asked_in_these():
    exercise = LessonChecks(CHECKS).exercises["total"]()
    assert [name for name, _ in declared_inputs(exercise, 2)] == [
        "input 0",
        "input 0 in 32 bits",
        "input 1",
        "input 1 in 32 bits",
    ]
    exercise.hidden_in_32_bits = False
    assert [name for name, _ in declared_inputs(exercise, 2)] == ["input 0", "input 1"]
