"""What is said where no foreseen mistake fits: it is true, and it is specific."""

import re
from typing import ClassVar

import numpy as np
import pytest

from course_lib.check import CheckFailed, Exercise, raises, unfit, when
from course_lib.check.changes import in_time
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
        (
            list,
            lambda x: [item if item is None else item + 1.5 for item in x],
            [[1.0, None, 2.5, 4.0]],
            "off by a constant",
            "1.5 more",
        ),
        (np.copy, lambda x: x.T, [ROWS], "wrong shape", "in their order|rows and columns"),
        (np.copy, lambda x: x.T, [np.array([[1.0, 2.0], [3.0, 5.0]])], "transposed", "swapped"),
        (np.copy, lambda x: x.ravel(), [ROWS], "wrong shape", "only the shape"),
        (lambda x: x**2, lambda x: x, [ROWS], "argument given back", "unchanged"),
        (np.exp, lambda x: np.exp(x) ** 2, [ROWS], "another function of it", "its square"),
        (lambda x: x + 0.25, lambda x: np.round(x + 0.25), [ROWS * 1.3], "another function of it", "whole number"),
        (np.copy, lambda x: np.round(x, 2), [ROWS / 7], "another function of it", "rounded, to 2 decimals"),
        (
            np.copy,
            lambda x: np.where(abs(x).max() > 1, 2 * x, x),
            [ROWS, ROWS / 10],
            "off by a factor",
            "Where it goes wrong, every number is 2 times",
        ),
        (
            lambda n: n * np.outer([1.0, 2.0, 5.0], [1, 2, 3]),
            lambda n: n * np.outer([1.0, 2.0, 5.0], [1, 2, 3]) + np.array([0, 4, 0]),
            [2, 3],
            "off by a constant",
            "In each column that is wrong all numbers are off by a constant",
        ),
        (np.copy, lambda x: np.where(x > 0, x, 0), [ROWS], "zeros", "2 of 6 numbers are 0"),
        (np.copy, np.zeros_like, [ROWS], "zeros", "Every number is 0."),
        (
            lambda x: x - 0.2 * x**2,
            lambda x: x - 0.3 * x**2,
            [ROWS],
            "off by a factor",
            "The change from the argument is 1.5 times what it should be.",
        ),
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
        (np.exp, lambda x: np.exp(x - x**2 - 0.1), [ROWS], "one side", "Every number is too small"),
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
        (np.copy, lambda x: 5 * np.sign(x), [np.array([0.0, 3.0, -2.0]), np.array([0.0, 4.0, 7.0])]),  # or at the start
        (lambda x: x, lambda x: x * x + 1, [1.0, 2.0]),  # two numbers show no rule
        (np.copy, lambda x: x * 2, [np.array([3.0, 3.0, 3.0])]),  # nor do equal ones
        (np.copy, lambda x: x * np.array([2.5, 0.5, 1.75]), [np.array([1.0, 2.0, 4.0])]),  # three are sorted by chance
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


def test_zeros_for_ones_are_not_called_rounded():
    failed = said(np.eye, lambda n: np.eye(n) * (np.arange(n) == 0), 3, 4)
    assert "rounded" not in str(failed)


def test_each_time_means_the_examples_that_are_right_too():
    failed = said(lambda x: x, lambda x: 7.0 if x > 1 else x, 1.0, 2.0, 3.0)
    assert "Where it goes wrong, each time the same comes back" in str(failed)


def test_elsewhere_is_not_said_of_what_other_examples_contradict():
    elu = lambda x, alpha=1.0: np.where(x > 0, x, alpha * np.expm1(x))  # noqa: E731
    failed = said(elu, lambda x, alpha=0.5: elu(x, alpha), ROWS, (ROWS, 2.0))
    assert "In the examples that go wrong, it goes wrong where the number given is negative" in str(failed)


def test_how_many_numbers_are_expected_is_told_without_shapes():
    failed = said(lambda x: (x, 2), lambda x: x, 5)
    assert "2 numbers are expected, as a list, tuple or array; yours: one number." in str(failed)


def test_text_is_called_text():
    failed = said(np.copy, lambda x: x.astype(str), ROWS)
    assert "An array of numbers is expected; yours is text." in str(failed)


def test_none_is_no_forgotten_return_where_none_may_be_right():
    failed = said(lambda x: x if x else None, lambda x: None if x else 5, 0, 3)
    assert "`return`" not in str(failed)


def test_a_list_has_dimensions_too():
    inputs = [1.0, 2.0], np.array([1.0, 2.0]), [3.0, 5.0]
    failed = said(lambda x: x[0], lambda x: x.index(x[0]) + x[0], *inputs)
    assert "It goes wrong where the argument is a NumPy array; elsewhere it is right." in str(failed)


def test_elsewhere_means_all_examples_however_they_are_looked_at():
    class Square(Exercise):
        name = "square"
        kinds: ClassVar = {"it is large": lambda x: x > 10}

        def other(self, answer, x):
            return answer(x)

        def examples(self):
            yield (20,), 400
            yield (2,), 4
            yield (3,), 9, self.other

    def said_of(answer):
        with pytest.raises(CheckFailed) as failed:
            check(Square(), VISIBLE, answer)
        return str(failed.value)

    assert "where it is large; elsewhere it is right" in said_of(lambda x: x * x if x < 10 else x + 7)
    assert "elsewhere" not in said_of(lambda x: x * x if x == 2 else x + 7)


def test_where_little_can_be_said_the_example_is_worked_by_hand():
    steps = staticmethod(lambda x: {"the squares": x**2, "their mean": np.mean(x**2)})
    told = "by hand. Print the same in your code, and compare:\n· the squares: [1.0, 4.0]\n· their mean: 2.5\n  call"
    inputs = np.array([1.0, 2.0]), np.array([3.0, 5.0, 2.0])
    right = lambda x: np.sqrt(np.mean(x**2))  # noqa: E731
    for answer in (lambda x: np.mean(x) ** 3 + x[0], lambda x: np.mean(x) ** 2 * np.cos(x[0] * 7)):
        assert told in str(said(right, answer, *inputs, steps=steps))
    factor = said(right, lambda x: 3 * right(x), *inputs, steps=steps)
    assert factor.mistake == "off by a factor" and "by hand" not in str(factor)
    unknown = staticmethod(lambda x: {"the squares": x["no such key"]})
    assert "by hand" not in str(said(right, answer, *inputs, steps=unknown))


def test_a_part_that_is_too_short_is_called_by_its_name():
    look = lambda self, answer, n: answer(n)  # noqa: E731
    right = lambda n: [["a", "b"], list(range(n))]  # noqa: E731
    failed = said(right, lambda n: [["a", "b"], [0]], 3, 4, look=look, parts=("the header", "the list of rows"))
    assert "In the list of rows: 3 numbers are expected" in str(failed)


def test_an_array_of_some_dozen_numbers_is_shown_whole():
    image = np.arange(35.0).reshape(5, 7) - 9
    pair = said(lambda n, w: w[0] + n, lambda n, w: np.sin(w[0]), (2, [image[0, :3], (1.5,)]))
    assert "f(2, [np.array([-9., -8., -7.]), (1.5,)])" in str(pair)
    assert "-4., -3.], [" in str(said(np.copy, np.sin, image)) and "<array" not in str(said(np.copy, np.sin, image))


def test_one_case_that_is_right_does_not_lose_the_hint():
    mistakes = {"squared": (lambda x: x * x, "You square it.")}
    failed = said(lambda x: 2 * x, lambda x: 6 if x == 3 else x * x, 3, 4, 5, mistakes=mistakes)
    assert failed.mistake == "squared"
    assert "Not in every example, but where it goes wrong:\nYou square it." in str(failed)


def test_a_text_is_no_list_of_letters():
    assert "twice" not in str(said(lambda n: "5 minute", lambda n: "5 seconds", 1))


def test_one_whole_number_may_fit_by_chance_also_as_a_float():
    mistakes = {"squared": (lambda x: x * x, "You square it.")}
    for nine in (9, 9.0):
        failed = said(lambda x: 2 * x, lambda x, nine=nine: nine if x == 3 else 2 * x, 3, 4, 5, mistakes=mistakes)
        assert "You square it." not in str(failed)


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
    assert "More than one mistake gives this, for instance:" in str(failed)
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


# ------------------------------------------------------------------------- an exercise that gives its reference


def line(x, w, b):
    return float(np.dot(x, w)) + b


LINES = [
    (np.array([1.5, 2.0]), np.array([3.0, -1.25]), 0.75),
    (np.array([-1.0, 4.0]), np.array([0.5, 2.0]), -1.5),
    (np.array([2.0, 0.5]), np.array([-3.5, 1.0]), 2.25),
]


@pytest.mark.parametrize(
    ("answer", "name", "sentence"),
    [
        (lambda x, w, b: line(x, w, -b), "as if", "as if `b` had the other sign"),
        (lambda x, w, b: line(x, w, 0), "as if", "as if `b` were 0"),
        (lambda x, w, b: line(x, x, b), "as if", "as if `w` were the same as `x`"),
        (lambda x, w, b: line(x[:1], w[:1], b), "as if", "the last rows of `x` and `w` were missing"),
        (lambda x, w, b: line(x, w, 7 * b**3), "right elsewhere", "as soon as `b` is 0"),
        (lambda x, w, b: float(np.sum(np.exp(x)) + b), "unused", "With some other values of `w` the same comes back"),
    ],
)
def test_a_reference_tells_how_arguments_are_used(answer, name, sentence):
    failed = said(line, answer, *LINES, reference=staticmethod(line))
    assert failed.mistake == name
    assert sentence in str(failed)


def test_an_argument_that_matters_somewhere_is_not_called_unused():
    failed = said(
        line, lambda x, w, b: float(np.sum(np.exp(x))) + b + (w[0] > 300), *LINES, reference=staticmethod(line)
    )
    assert failed.mistake != "unused"


def test_of_several_ways_that_fit_one_whole_number_none_is_told():
    def times(n, k):
        return n * k

    failed = said(times, lambda n, k: n + k if n == 3 else n * k, (3, 1), (2, 2), reference=staticmethod(times))
    assert failed.mistake == ""


def test_what_is_only_a_number_of_something_is_not_talked_of():
    failed = said(line, lambda x, w, b: line(x, w, -b), *LINES, reference=staticmethod(lambda x, w, _b: line(x, w, _b)))
    assert "_b" not in str(failed)


def test_parts_are_called_by_their_names_and_the_wrong_one_is_looked_into():
    failed = said(lambda x: (x.sum(), 2 * x), lambda x: (x.sum(), x), ROWS, ROWS + 1, parts=("the sum", "the double"))
    assert failed.mistake == "one part"
    assert "The sum is right; the double is not." in str(failed)
    assert "In the double: Every number is 0.5 times what it should be." in str(failed)


def test_of_a_part_in_another_shape_nothing_is_told_of_its_numbers():
    failed = said(lambda x: (x.sum(), x), lambda x: (x.sum(), x.ravel()), ROWS, ROWS + 1, parts=("the sum", "the same"))
    assert failed.mistake == "wrong shape" and "The shape should be (2, 3), yours is (6,)." in str(failed)
    assert "sign" not in str(failed)


@pytest.mark.parametrize("given", [None, 5, "ab", [1], (1, 2, 3)])
def test_another_form_than_the_parts_have_ends_no_check(given):
    said(lambda x: (x, 2 * x), lambda x: given, 1.5, 2.5, parts=("one", "two"))


def test_what_an_answer_prints_when_it_is_asked_again_nobody_sees(capsys):
    def answer(x, w, b):
        print("asked")
        return float(np.sum(np.exp(x)) + b)

    said(line, answer, *LINES, reference=staticmethod(line))
    assert capsys.readouterr().out.count("asked") == len(LINES)


def test_truth_values_are_no_numbers():
    told = str(said(lambda n: n > 4, lambda n: n != 2, 1, 2, 3, 4, 5))
    assert "`True` comes back where `False` is right" in told
    assert "numbers" not in told


def test_nobody_waits_long_for_a_hint():
    asked = []

    def answer(x, w, b):
        asked.append(b)
        return float(np.sum(np.exp(x)) * w[0] * b)

    tries = in_time(range(10**9), 0.05)
    assert 0 < sum(1 for _ in tries) < 10**9
    said(line, answer, *LINES, reference=staticmethod(line))
    assert len(asked) > len(LINES)


# --------------------------------------------------------------------------------- what right results have in common


@pytest.mark.parametrize(
    ("right", "answer", "inputs", "name", "sentence"),
    [
        (
            lambda x: x / x.sum(axis=1, keepdims=True),
            lambda x: x / x.sum(axis=0),
            [ROWS**2, ROWS**2 + 1],
            "the sum",
            "The numbers of each row should add up to 1; 4 of 4",
        ),
        (lambda x: x**2, lambda x: x**3 + 0.1, [ROWS[0], ROWS[1]], "beyond a border", "0 or more; 2 of 6"),
        (np.copy, lambda x: np.where(x > 1, 9.0, x), [np.array([1.0, 2, 0, 5])], "all alike", "each comes out as 9"),
        (np.copy, lambda x: x[[1, 0, 2, 3]], [np.array([1.0, 2, 4, 5])], "other order", "order is not"),
        (
            lambda x: x.reshape(2, 2),
            lambda x: x[[0, 0, 1, 3]].reshape(2, 2),
            [np.array([1.0, 2, 4, 5])],
            "some are missing",
            "1 of 4 numbers that belong there are missing",
        ),
        (lambda n: n % 2 == 0, lambda n: n == 2, [1, 2, 3, 4], "one truth", "`False` comes back where `True` is right"),
        (lambda n: None if n > 3 else n, lambda n: min(n, 4), [1, 2, 5], "some results", "`None` should come back"),
        (np.copy, lambda x: x[0] * np.array([1.0, 0.3, 7.0]), [ROWS[0], ROWS[1]], "the beginning", "The first item is"),
        (
            lambda n: (str(n), n),
            lambda n: (None, n + 1),
            [1, 2],
            "not set",
            "Item 0 of what comes back is `None`",
        ),
        (
            lambda n: [["name", "sum"], ["a", n], ["b", 2 * n]],
            lambda n: [["name", "sum"], ["a", n], ["b", n * n * n]],
            [4, 5],
            "one column",
            "In the column `name` all is right; it goes wrong in `sum`",
        ),
    ],
)
def test_what_right_results_have_in_common_is_told(right, answer, inputs, name, sentence):
    failed = said(right, answer, *inputs)
    assert failed.mistake == name
    assert sentence in str(failed)


def test_an_error_in_another_example_is_told():
    failed = said(lambda x: x, lambda x: [1, 7][x] if x else 3, 0, 9)
    assert failed.mistake == "IndexError"
    assert "For another input your code stops with IndexError" in str(failed)


def test_an_error_in_another_example_is_told_with_its_hint():
    mistakes = {"two places": (raises("IndexError", "out of range"), "The list has two places.")}
    failed = said(lambda x: x, lambda x: [1, 7][x] if x else 3, 0, 9, mistakes=mistakes)
    assert "stops with IndexError: list index out of range\nThe list has two places." in str(failed)


def test_beside_a_hint_a_checks_own_facts_are_not_shown():
    class Even(Exercise):
        name = "even"
        mistakes: ClassVar = {"odd": (when(lambda got: not got["even"]), "Your number is odd.")}

        def look(self, answer, n):
            return {"even": answer(n) % 2 == 0}

        def examples(self):
            yield (4,), {"even": True}

    with pytest.raises(CheckFailed, match="Your number is odd") as failed:
        check(Even(), VISIBLE, lambda n: n + 1)
    assert "input     4" in str(failed.value)
    assert "True" not in str(failed.value)
