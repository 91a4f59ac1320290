"""A check accepts every right answer, names every foreseen mistake, and believes no object's own word."""

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest

from course_lib import check
from course_lib.check import CheckFailed, hints, raises
from course_lib.check.outcome import Raised

MISTAKES = {
    "slope 0.01": (lambda x: np.maximum(0.01 * x, x), "The slope is 0.1 here."),
    "plain ReLU": (lambda x: np.maximum(0, x), "A leak lets a tenth through."),
    "not vectorised": (raises("TypeError", "only (length-1|0-dimensional) arrays"), "Use NumPy's functions."),
}


def leaky(function):
    check.values(function, [-2.0, 0.0, 3.0], [-0.2, 0.0, 3.0], mistakes=MISTAKES, name="leaky_relu")


@pytest.mark.parametrize(
    "answer",
    [
        lambda x: np.maximum(0.1 * x, x),
        lambda x: [max(0.1 * v, v) for v in x],
        lambda x: tuple(max(0.1 * v, v) for v in x),
        lambda x: np.maximum(0.1 * x, x).astype("float32"),
        lambda x: [np.float64(max(0.1 * v, v)) for v in x],
        lambda x: np.array([-0.2, 0, 3], dtype=object),
        lambda x: np.asarray(np.maximum(0.1 * x, x)).view(type("Own", (np.ndarray,), {})),
    ],
)
def test_right_answers_pass_in_every_form(answer, capsys):
    leaky(answer)
    assert capsys.readouterr().out == "✓ leaky_relu\n"


@pytest.mark.parametrize(
    ("answer", "mistake"),
    [
        (lambda x: np.where(x > 0, x, 0.01 * x), "slope 0.01"),
        (lambda x: x * (x > 0), "plain ReLU"),
        (lambda x: float(x), "not vectorised"),
        (lambda x: None, "returns None"),
        (lambda x: x[:2], "wrong shape"),
        (lambda x: "0.1", "wrong type"),
        (lambda x: x * np.nan, "not finite"),
        (lambda x: 1 / 0, "ZeroDivisionError"),
        (lambda x: (_ for _ in ()).throw(NotImplementedError("…")), "not written yet"),
        (lambda x: 7 * x, ""),
        (3.0, "not a function"),
    ],
)
def test_wrong_answers_get_their_own_name(answer, mistake):
    with pytest.raises(CheckFailed) as failure:
        leaky(answer)
    assert failure.value.mistake == mistake
    assert str(failure.value).startswith(f"✗ leaky_relu · {mistake}" if mistake else "✗ leaky_relu is not right yet")


GRAPHS = [
    (
        "Graph execution error:\n\nDetected at node compile_loss/loss/Softmax defined at (most recent call last):\n"
        '  File "/lib/course_lib/check/asking.py", line 40, in ask\n\n  File "/lib/keras/losses.py", line 7, '
        "in call\n\nReceived a label value of 5\n\t [[{{node compile_loss/loss/Softmax}}]] [Op:__inference_step_7]",
        "Received a label value of 5 (at compile_loss/loss/Softmax)",
    ),
    (
        "Graph execution error:\n\nDetected at node dense/BiasAdd defined at (most recent call last):\n"
        "<stack traces unavailable>\nMatrix size-incompatible\n\t [[{{node dense/BiasAdd}}]] [Op:__inference_step_7]",
        "Matrix size-incompatible (at dense/BiasAdd)",
    ),
    (
        "{{function_node __wrapped__IteratorGetNext_output_types_1_device_/job:localhost/device:CPU:0}} Error in "
        "user-defined function passed to MapDataset:29 transformation with iterator: Iterator::Root::Map: "
        "indices = 2 is not in [0, 2)\n\t [[{{node GatherV2}}]] [Op:IteratorGetNext] name: ",
        "indices = 2 is not in [0, 2) (at GatherV2)",
    ),
    (
        'in user code:\n\n    File "/tmp/ipykernel_7/1.py", line 4, in double  *\n        return i + half\n\n'
        "    TypeError: Input 'y' has type float32.\n",
        "Input 'y' has type float32.",
    ),
    (
        "Exception encountered when calling Own.call().\n\n\x1b[1mno such attribute\x1b[0m\n\nArguments received by "
        "Own.call():\n  • x=tf.Tensor(shape=(4, 3), dtype=float32)",
        "Exception encountered when calling Own.call().\n\nno such attribute",
    ),
]


@pytest.mark.parametrize(("text", "reason"), GRAPHS)
def test_what_goes_wrong_in_a_graph_is_told_without_files_that_are_not_the_students(text, reason):
    assert Raised.of(ValueError(text)).text == reason


def test_the_line_inside_a_graph_is_the_students_own():
    without_code = '  File "/tmp/ipykernel_7/1.py", line 2, in f\n  File "/ops.py", line 2, in call\n    f()\n'
    assert Raised.of(ValueError(without_code)).line == ""
    quoted = without_code + '  File "/tmp/ipykernel_7/1.py", line 4, in load\n    raise ValueError("no photo")\n'
    said = Raised.of(ValueError(quoted + '  File "/lib/np.py", line 9, in load\n    open()\n'))
    assert said.line == 'raise ValueError("no photo")'


def test_a_hint_shows_the_element_that_differs():
    with pytest.raises(CheckFailed) as failure:
        leaky(lambda x: np.maximum(0.01 * x, x))
    assert str(failure.value).split("\n") == [
        "✗ leaky_relu · slope 0.01",
        "The slope is 0.1 here.",
        "  call      leaky_relu(np.array([-2., 0., 3.]))",
        "  where     index [0]",
        "  expected  -0.2",
        "  got       -0.02",
        '  More help: check.hint("leaky_relu")',
    ]


def test_numbers_are_shown_with_six_decimals_where_these_differ():
    for got, shown in ((-8 / 9, ("0.888889", "-0.888889")), (8 / 9 + 1e-8, (repr(8 / 9), repr(8 / 9 + 1e-8)))):
        with pytest.raises(CheckFailed) as failure:
            check.values(lambda x, got=got: got, 1.0, 8 / 9, rtol=1e-12, name="part")
        assert "  expected  {}\n  got       {}".format(*shown) in str(failure.value)


def test_arrays_are_shown_as_one_types_them():
    with pytest.raises(CheckFailed, match=r"call +part\(np\.array\(\[\[0\., 2\.5\], \[-1\.5, 10\.\]\]\)\)"):
        check.values(lambda x: x + 1, np.array([[0, 2.5], [-1.5, 10]]), 8.0, name="part")


def test_jupyter_shows_the_message_and_no_traceback():
    with pytest.raises(CheckFailed) as failure:
        leaky(lambda x: x)
    assert "\n".join(failure.value._render_traceback_()) == str(failure.value)


def test_the_line_that_stopped_is_quoted():
    def answer(x):
        return x / undefined_name  # noqa: F821

    with pytest.raises(
        CheckFailed, match=r"NameError: name 'undefined_name' is not defined\n  at +return x / undefined"
    ):
        leaky(answer)


def test_what_python_says_badly_is_said_in_plain_words_as_well():
    def no_start(x):
        for one in x:
            total += one  # noqa: F821
        return total

    def two_axes(x):
        return [x[i, j] for i in range(x.shape[0]) for j in range(x.shape[1])]

    def another_tuple(x):
        return (1, 2)[len(x)]

    for answer, said in (
        (no_start, "UnboundLocalError: .*\n.* used before any line has given it a value"),
        (two_axes, "IndexError: .*\n.* fewer axes than the line asks for"),
        (another_tuple, "IndexError: .*\n  at "),
    ):
        with pytest.raises(CheckFailed, match=said):
            leaky(answer)


class EqualsEverything:
    def __eq__(self, other):
        return True

    def __float__(self):
        return -0.2

    def __array__(self, *args, **kwargs):
        return np.array([-0.2, 0.0, 3.0])

    def __len__(self):
        return 3


class EqualArray(np.ndarray):
    def __eq__(self, other):
        return np.ones(self.shape, dtype=bool)

    def __sub__(self, other):
        return np.zeros(self.shape)

    __rsub__ = __sub__

    def __array_ufunc__(self, ufunc, method, *inputs, **kwargs):
        return np.zeros(self.shape)


class LyingFloat(float):
    def __eq__(self, other):
        return True

    def __float__(self):
        return -0.2

    __hash__ = float.__hash__


class LyingClass:
    @property
    def __class__(self):
        return np.ndarray


class BadRepr(dict):
    def __repr__(self):
        raise RuntimeError("no")


@pytest.mark.parametrize(
    "answer",
    [
        lambda x: EqualsEverything(),
        lambda x: [EqualsEverything()] * 3,
        lambda x: np.array([EqualsEverything()] * 3, dtype=object),
        lambda x: np.zeros(3).view(EqualArray),
        lambda x: [LyingFloat(5.0)] * 3,
        lambda x: LyingClass(),
        lambda x: BadRepr(a=1),
        lambda x: (_ for _ in ()).throw(SystemExit(0)),
        lambda x: np.array([np.inf, np.inf, np.inf]),
        lambda x: np.array([1 + 2j] * 3),
        lambda x: True,
        lambda x: b"-0.2",
    ],
)
def test_hostile_objects_pass_nothing(answer):
    with pytest.raises(CheckFailed):
        leaky(answer)


def test_an_exception_with_a_hostile_text_is_reported():
    class Nasty(Exception):
        def __str__(self):
            raise RuntimeError

    def answer(x):
        raise Nasty("told")

    with pytest.raises(CheckFailed, match="Nasty: told"):
        leaky(answer)


def test_an_error_in_a_spark_worker_is_told_as_the_students_own():
    wrapped = "An exception was thrown from the Python worker:\nTraceback (most recent call last):\n  File ...\n"

    def answer(x):
        raise RuntimeError(wrapped + "NameError: name 'words' is not defined\n\n\tat org.apache.spark.Task")

    with pytest.raises(CheckFailed) as failure:
        leaky(answer)
    assert failure.value.mistake == "NameError"
    assert "Your code stops with NameError: name 'words' is not defined\n" in str(failure.value)


def test_a_text_is_shown_with_all_its_blanks():
    with pytest.raises(CheckFailed) as failure:
        check.cases(lambda line: line.split(" "), [(("1  2",), ["1", "2"])], name="cut")
    assert "cut('1  2')" in str(failure.value)


def test_a_librarys_line_is_not_called_the_students():
    with pytest.raises(CheckFailed) as failure:
        check.cases(np.linalg.inv, [((np.zeros((2, 2)),), 0)], name="turn")
    assert "LinAlgError" in str(failure.value)
    assert "  at  " not in str(failure.value)


def test_answers_cannot_change_the_inputs_of_later_examples():
    def answer(x):
        x *= 0
        return x

    x = np.array([1.0, 2.0])
    with pytest.raises(CheckFailed):
        check.cases(answer, [((x,), x.copy())])
    assert x.tolist() == [1.0, 2.0]


def test_warnings_reach_neither_stderr_nor_the_verdict(capsys):
    import sys

    def answer(x):
        print("a note", file=sys.stderr)
        np.exp(np.array([1e4]))
        return np.maximum(0.1 * x, x)

    leaky(answer)
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("expected", "right", "wrong"),
    [
        ({"a": 1, "b": [1, 2]}, {"b": (1, 2), "a": 1.0}, {"a": 1}),
        ({"a": 1}, {"a": np.int64(1)}, {"a": 1, "b": 0}),
        ({("Ohio", 1): 3}, {("Ohio", 1): 3}, {("Ohio", 2): 3}),
        ([("a", 1), ("b", 2)], [["a", 1], ["b", 2]], [("b", 2), ("a", 1)]),
        ("word", np.str_("word"), "World"),
        ({1, 2}, {2, 1}, {1}),
        (2520, 2520.0, 2521),
        (10**30, 10**30, 10**30 + 1),
        (True, True, False),
        (None, None, 0),
        ([], (), [1]),
        ([[1], [2, 3]], [(1,), (2, 3)], [[1], [2]]),
        (np.inf, float("inf"), -np.inf),
        (0.5, np.array(0.5), np.array([0.5])),
    ],
)
def test_equal_compares_plain_values_of_every_kind(expected, right, wrong):
    check.equal(right, expected, name="x")
    with pytest.raises(CheckFailed):
        check.equal(wrong, expected, name="x")


def test_equal_knows_wrong_values_and_faults():
    mistakes = {"off by one": (4, "Count again."), "negative": (lambda v: v < 0, "A count is never negative.")}
    for value, name in [(4, "off by one"), (-2, "negative"), (9, "")]:
        with pytest.raises(CheckFailed) as failure:
            check.equal(value, 5, name="count", mistakes=mistakes)
        assert failure.value.mistake == name


def test_a_mistake_fits_only_if_it_explains_all_examples():
    mistakes = {"adds": (lambda a, b: a + b, "You add."), "multiplies": (lambda a, b: a * b, "You multiply.")}
    examples = [((2, 2), 0), ((3, 2), 1)]
    with pytest.raises(CheckFailed) as failure:
        check.cases(lambda a, b: a * b, examples, name="difference", mistakes=mistakes)
    assert failure.value.mistake == "multiplies"


def test_that_wants_a_real_true():
    check.that(np.bool_(True), "…", name="x")
    for condition in (1, "yes", EqualsEverything(), None, False):
        with pytest.raises(CheckFailed, match="must hold"):
            check.that(condition, "It must hold.", name="x", mistake="rule")


HINTS = """# Hints

## relu
**Nudge.** Look left.

**Hint.** Negative numbers become 0.

**Worked idea.** For x = −2
the answer is 0.
"""


def test_hints_come_in_three_levels_on_demand(tmp_path, monkeypatch, capsys):
    (tmp_path / "hints.md").write_text(HINTS, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(hints, "_next_level", {})
    seen = []
    for _ in range(4):
        check.hint("relu")
        seen.append(capsys.readouterr().out)
    assert "Look left" in seen[0] and "Still stuck?" in seen[0]
    assert "become 0" in seen[1]
    assert "the answer is 0" in seen[2] and "Still stuck?" not in seen[2]
    assert seen[3] == seen[2]
    check.hint("relu", level=1)
    assert "Look left" in capsys.readouterr().out


def test_hints_are_found_where_jupyter_says_that_the_notebook_lies(tmp_path, monkeypatch, capsys):
    (tmp_path / "lesson").mkdir()
    (tmp_path / "lesson" / "hints.md").write_text(HINTS, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("JPY_SESSION_NAME", str(tmp_path / "lesson" / "lesson.ipynb"))
    check.hint("relu", level=2)
    assert "become 0" in capsys.readouterr().out


def test_hints_that_are_missing_say_so(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    check.hint("relu")
    assert "hints.md" in capsys.readouterr().out
    (tmp_path / "hints.md").write_text(HINTS, encoding="utf-8")
    check.hint("tanh")
    assert "relu" in capsys.readouterr().out
    with pytest.raises(ValueError, match="Worked idea"):
        hints.read_hints("## relu\n**Nudge.** Look.\n")


def test_tensors_and_columns_count_as_arrays():
    pandas = pytest.importorskip("pandas")
    leaky(lambda x: pandas.Series(np.maximum(0.1 * x, x)))


def test_decimals_and_fractions_count_as_numbers():
    check.cases(Decimal, [(("0.25",), 0.25)], name="share")
    check.cases(lambda n: [Fraction(n, 4)], [((3,), [0.75]), ((8,), [2])], name="shares")
    with pytest.raises(CheckFailed, match=r"got +0\.5"):
        check.cases(Decimal, [(("0.5",), 0.25)], name="share")


def test_an_underscore_is_counted_like_any_other_sign():
    with pytest.raises(CheckFailed, match="'_' should not be there"):
        check.cases(lambda text: {c: text.count(c) for c in text}, [(("a_",), {"a": 1})], name="signs")
