"""What is said where no foreseen mistake fits: it is true, and it is specific."""

import re

import numpy as np
import pytest

from course_lib.check import CheckFailed, Exercise, raises, unfit, when
from course_lib.check.exercise import ALLOWED, COSTS, VISIBLE
from course_lib.check.lesson import check

ROWS = np.array([[1.0, -2.0, 3.0], [4.0, 0.5, -6.0]])


def said(right, answer, *inputs, **attributes) -> CheckFailed:
    """What an answer is told by a check with these examples."""
    examples = [((value,) if not isinstance(value, tuple) else value) for value in inputs]
    body = {"name": "f", "examples": lambda self: [(args, right(*args)) for args in examples], **attributes}
    with pytest.raises(CheckFailed) as failed:
        check(type("F", (Exercise,), body)(), VISIBLE, answer)
    return failed.value


@pytest.mark.parametrize(
    ("right", "answer", "inputs", "name", "sentence"),
    [
        (np.copy, lambda x: 2 * x, [ROWS], "off by a factor", "2 times"),
        (np.copy, lambda x: -x, [ROWS], "sign", "wrong sign"),
        (np.copy, np.abs, [ROWS], "some signs", "sign of some"),
        (np.copy, lambda x: x + 1.5, [ROWS], "off by a constant", "1.5 more"),
        (np.copy, lambda x: x.T, [ROWS], "wrong shape", "in their order|rows and columns"),
        (np.copy, lambda x: x.T, [np.array([[1.0, 2.0], [3.0, 5.0]])], "transposed", "swapped"),
        (np.copy, lambda x: x.ravel(), [ROWS], "wrong shape", "only the shape"),
        (lambda x: x**2, lambda x: x, [ROWS], "argument given back", "unchanged"),
        (np.exp, lambda x: np.exp(x) ** 2, [ROWS], "another function of it", "its square"),
        (lambda x: x + 0.25, lambda x: np.round(x + 0.25), [ROWS * 1.3], "another function of it", "whole number"),
        (np.copy, lambda x: np.where(x > 0, x, 0), [ROWS], "zeros", "2 of 6 numbers are 0"),
        (np.copy, lambda x: np.where(x > 0, x, 0.1 * x), [ROWS], "some inputs", "number given is negative"),
        (
            np.copy,
            lambda x: np.where(abs(x) < 2, 3 * x, x),
            [np.arange(1.0, 9) - 4.5],
            "some inputs",
            "those above -2.5 and below 2.5 go wrong",
        ),
        (
            np.copy,
            lambda x: np.where(x > 2, 3 * x, x),
            [np.arange(1.0, 9) - 4.5],
            "some inputs",
            "those above 1.5 go wrong",
        ),
        (np.copy, lambda x: 3 * x - 4, [np.arange(1.0, 9)], "off by a factor", "3 times what it should be, minus 4"),
        (
            lambda x, h: x / h,
            lambda x, h: x * h,
            [(ROWS, 2.0), (ROWS, 4.0)],
            "off by an argument",
            "square of argument 2",
        ),
        (
            lambda x, b: x + b,
            lambda x, b: x + b + b,
            [(ROWS, 2.0), (ROWS, 4.0)],
            "off by an argument",
            "plus argument 2",
        ),
        (np.mean, np.sum, [[1, 2], [3, 5, 6], [2, 9, 9, 3]], "off by an argument", "times the number of items"),
        (
            np.log,
            lambda x: np.log(x) * [1, 1, 1, 9],
            [np.array([2.0, 3, 4, 5]), np.arange(5.0, 9)],
            "some places",
            "last item",
        ),
        (np.exp, lambda x: 1 + x, [ROWS], "one side", "Every number is too small"),
        (sorted, lambda x: sorted(x)[::-1], [[3, 1, 2]], "order turned round", "opposite order"),
        (sorted, lambda x: [2, 1, 3], [[3, 1, 2]], "other order", "order is not"),
        (sorted, lambda x: sorted(x)[:-1], [[3, 1, 2]], "wrong shape", "last item is missing"),
        (set, lambda x: set(x) - {1}, [[3, 1, 2]], "some are missing", "missing: 1"),
        (set, lambda x: set(x) | {9}, [[3, 1, 2]], "too many", "besides: 9"),
        (str.upper, str.lower, ["aB"], "capital letters", "capital"),
        (str.upper, lambda s: s.upper() + " ", ["aB"], "blanks", "blanks"),
        (lambda x: x, lambda x: 7, [1, 2, 3], "always the same", "same comes back: 7"),
        (sum, lambda x: sum(x) if len(x) > 0 else 9, [[], [1, 2], [3]], "some inputs", "the argument is empty"),
        (abs, lambda x: x if x < 0 else 0, [-1.0, 0.0, -3.0, 0.0], "argument given back", "unchanged"),
        (lambda x: (x, -x), lambda x: (x, x + 1), [1, 5], "one part", "item 1 is wrong and item 0 is right"),
    ],
)
def test_a_property_is_told(right, answer, inputs, name, sentence):
    failed = said(right, answer, *inputs)
    assert failed.mistake == name
    assert re.search(sentence, str(failed))


@pytest.mark.parametrize(
    ("right", "answer", "inputs"),
    [
        (np.copy, lambda x: x * np.array([1.5, 2.5, 3.5]) + 1, [ROWS]),
        (np.exp, lambda x: 5.0 + 0 * x, [ROWS]),  # no factor makes a constant of them
        (np.copy, lambda x: 7 * x**3, [np.array([-2.0, 0.0, 3.0])]),  # a 0 in the middle is right by chance
        (lambda x: x, lambda x: x * x + 1, [1.0, 2.0]),  # two numbers show no rule
        (np.copy, lambda x: x * 2, [np.array([3.0, 3.0, 3.0])]),  # nor do equal ones
    ],
)
def test_nothing_is_told_that_was_not_seen(right, answer, inputs):
    assert said(right, answer, *inputs).mistake == ""


def test_an_exercise_has_words_for_its_kinds_of_input():
    kinds = {"the guess lies outside of 1 to 5": lambda guess: not 1 <= guess <= 5}
    failed = said(lambda x: min(max(x, 1), 5), lambda x: x * x, 0.5, 7, 1, kinds=kinds)
    assert "It goes wrong where the guess lies outside of 1 to 5; elsewhere it is right." in str(failed)
    other = said(lambda x: min(max(x, 1), 5), lambda x: x * x, 0.5, 3, 1, kinds=kinds)
    assert "elsewhere" not in str(other)
    looks = {"look": lambda self, answer, x: {"guess": answer(x)}, "kinds": kinds}
    assert "outside of 1 to 5" in str(said(lambda x: {"guess": min(max(x, 1), 5)}, lambda x: x, 0.5, 7, 3, **looks))


def test_one_case_that_is_right_does_not_lose_the_hint():
    mistakes = {"squared": (lambda x: x * x, "You square it.")}
    failed = said(lambda x: 2 * x, lambda x: 6 if x == 3 else x * x, 3, 4, 5, mistakes=mistakes)
    assert failed.mistake == "squared"


def test_what_explains_everything_goes_before_what_explains_what_is_wrong():
    mistakes = {
        "squared": (lambda x: x * x, "You square it."),
        "squared above 3": (lambda x: x * x if x > 3 else 2 * x, "You square large ones."),
    }
    failed = said(lambda x: 2 * x, lambda x: x * x if x > 3 else 2 * x, 3, 4, 5, mistakes=mistakes)
    assert failed.mistake == "squared above 3"


def test_where_two_fit_both_are_named():
    mistakes = {"squared": (lambda x: x * x, "You square it."), "cubed": (lambda x: x**3, "You cube it.")}
    failed = said(lambda x: x + 1, lambda x: x * x, 1, mistakes=mistakes)
    assert "More than one mistake gives this." in str(failed)
    assert "You square it." in str(failed) and "You cube it." in str(failed)


def test_the_kind_of_an_exception_alone_explains_nothing():
    mistakes = {"axis": (raises("AxisError", "axis 1 is out of bounds"), "The last axis is -1.")}
    right, answer = (lambda x: np.sum(x, axis=-1)), (lambda x: np.sum(x, axis=1))
    assert said(right, answer, np.ones(3), mistakes=mistakes).mistake == "axis"
    other = said(right, lambda x: np.sum(x, axis=2), np.ones(3), mistakes=mistakes)
    assert other.mistake == "AxisError" and "-1" not in other.args[0].split("\n")[1]
    with pytest.raises(TypeError, match="raises"):
        said(right, answer, np.ones(3), mistakes={"axis": (ValueError, "")})


def test_a_family_of_mistakes_is_told_by_what_was_expected():
    mistakes = {"half": (when(lambda got, expected: got * 2 == expected), "Half of it is missing.")}
    assert said(lambda x: 2 * x, lambda x: x, 1, 2, mistakes=mistakes).mistake == "half"


def test_a_number_is_a_number():
    assert said(lambda x: 0.25, lambda x: [0.25], 1).mistake == "wrong shape"
    assert said(lambda x: 0.25, lambda x: np.array([[0.25]]), 1).mistake == "wrong shape"


def test_the_place_is_told():
    text = str(said(lambda x: (x, {"a": [1, 2, "x"]}), lambda x: (x, {"a": [1, 2, "y"]}), 1))
    assert "  call      f(1)\n  where     item 1, key 'a', item 2\n  expected  'x'\n  got       'y'" in text


def test_the_call_is_shown_as_one_types_it():
    text = str(said(lambda x, g, n: g(x), lambda x, g, n: 7, (np.array([1.0, 2.0]), np.tanh, 3)))
    assert "call      f(np.array([1., 2.]), tanh, 3)" in text


def in_place(x):
    x[x < 0] = 0
    return x


def passes(answer, **attributes) -> str:
    body = {"name": "relu", "examples": lambda self: [((ROWS.copy(),), np.maximum(ROWS, 0))], **attributes}
    return check(type("Relu", (Exercise,), body)(), VISIBLE, answer)


def test_an_argument_changed_in_place_is_told_and_costs_where_the_task_says_so():
    assert passes(lambda x: np.maximum(x, 0)) == "✓ relu"
    told = passes(in_place).split("\n")
    assert told[0] == "✓ relu" and "changes what it is given" in told[1]
    assert passes(in_place, in_place=ALLOWED) == "✓ relu"
    with pytest.raises(CheckFailed) as failed:
        passes(in_place, in_place=COSTS)
    assert failed.value.mistake == "changes what it is given"


def test_a_value_bound_beside_what_is_asked_is_no_second_question():
    mistakes = {"by a word": (when(lambda got, word="half": word == "half" and got == 1), "Half.")}
    assert said(lambda x: 2 * x, lambda x: x, 1, mistakes=mistakes).mistake == "by a word"


def test_none_is_told_as_none_where_a_form_is_asked():
    def look(self, answer, x):
        return unfit(answer(x))

    assert said(lambda x: {"a": x}, lambda x: None, 1, look=look).mistake == "returns None"
    assert said(lambda x: {"a": x}, lambda x: {"a": x}, 1, look=look).mistake == "wrong type"
