"""What a cell binds and defines is read off its text, and no cell stops the reading."""

import pytest

from autograder.course import is_one_line
from autograder.grading.names import definitions, names_in


def test_the_names_that_a_cell_defines():
    source = "import os.path, numpy as np\nfrom math import pi as p\na, (b, *c) = 1, (2, 3)\n"
    source += "def f():\n    d = 4\nclass G:\n    e = 5"
    assert names_in(source) == {"os", "np", "p", "a", "b", "c", "f", "G"}
    assert names_in(
        "async def g(): pass\nfor i in []:\n    j = i\nwith x as y: pass\nk: int = 3\nl += 1\n(m := 2)"
    ) == set("gijyklm")
    assert names_in("x[0] = a.b = f(c)\ndel x\nprint(d)") == set()


@pytest.mark.parametrize("source", ["def broken(", "%matplotlib inline", "!ls", "a = 'half\n"])
def test_a_cell_that_cannot_be_read_defines_nothing(source):
    assert names_in(source) == set()
    assert definitions(source) == ""
    assert not is_one_line(source)


def test_what_a_demonstration_defines_without_computing_anything():
    source = (
        "import math\nimport not_there_at_all\nL = math.inf\nLIMITS = [1, (2, -3)]\nslow = sum(range(9))\n"
        "def twice(x):\n    return 2 * x\nprint('shown')\nfor i in range(3):\n    j = i\nclass Box: pass\n"
        "other = twice\nrate: float = 0.5\nempty: int\nlater = nobody\nbroken = math.nothing\nlast = 'there'"
    )
    scope: dict = {}
    exec(definitions(source), scope)
    assert set(scope) - {"__builtins__", "__annotations__"} == {
        "math",
        "L",
        "LIMITS",
        "twice",
        "Box",
        "other",
        "rate",
        "last",
    }
    assert scope["twice"](scope["LIMITS"][0]) == 2


def test_a_demonstration_without_definitions_leaves_nothing_to_run():
    assert definitions("print(1)\nx = f(2)\nx += 1") == ""


@pytest.mark.parametrize(
    ("test", "one_line"),
    [
        ('check.answer("relu")', True),
        ('check.answer("relu", hidden=True)', True),
        ('# a comment\ncheck.answer("relu")\ncheck.answer("mse")', True),
        ("check.cases(relu, [((1,), 1)])", False),
        ('check.answer("relu")\nassert relu(1) == 1', False),
        ('x = check.answer("relu")', False),
        ('lesson.check.answer("relu")', False),
        ("check.answer", False),
        ("assert relu(1) == 1", False),
    ],
)
def test_a_test_that_only_names_an_exercise_is_told_apart(test, one_line):
    assert is_one_line(test) is one_line
