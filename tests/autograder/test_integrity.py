"""What makes a person look at an answer, and the traps before tests."""

import pytest

from autograder.grading.integrity import FRAUDS, definitions, names_in, suspicions, taken_names, traps


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("import gc", "memory of Python"),
        ("get_ipython().run_cell('x')", "running IPython"),
        ("from ipykernel.kernelbase import Kernel", "kernel's own modules"),
        ("import inspect\ninspect.currentframe()", "frames"),
        ("getattr(sys, 'settrace')(f)", "traces"),
    ],
)
def test_code_that_looks_at_the_machinery_is_named(source, why):
    assert any(why in reason for reason in suspicions(source))


@pytest.mark.parametrize(
    "source",
    [
        "def relu(x):\n    return np.maximum(x, 0)",
        "%timeit relu(x)",
        "def broken(",
        "# gc and ctypes are only named here",
    ],
)
def test_honest_code_is_not(source):
    assert suspicions(source) == []


def test_a_trap_fails_where_tests_work_and_passes_where_they_do_not():
    scope: dict = {}
    exec("def double(x):\n    return 2 * x\n\ndef helper(x):\n    return double(x)", scope)
    for test in ("assert double(2) == 4", "assert helper(2) == 4"):  # a test may call it through a helper of its own
        for _ in range(5):
            (fraud, first_must_fail), (trap, must_fail) = traps(test, {"double", "absent"})
            assert (first_must_fail, must_fail) == (False, True)
            assert fraud in FRAUDS
            with pytest.raises((AssertionError, TypeError)):
                exec(trap, scope)
            assert scope["double"](2) == 4 and "_trap" not in scope
    exec(traps("pass", {"double"})[1][0], scope)  # a test that tests nothing falls into it


def test_the_names_that_a_cell_defines():
    assert names_in("import os\na, b = 1, 2\ndef f():\n    c = 3\nclass G:\n    d = 4") == {"os", "a", "b", "f", "G"}
    assert names_in("def broken(") == set()


def test_the_names_of_the_lesson_that_an_answer_takes():
    lesson = "import numpy as np\nfrom course_lib import check\nrate = 3\ndef draw(): pass"
    assert taken_names("check = 1\nimport fake as np\nrate = 4\ndef draw(): pass", set(), lesson) == [
        "check",
        "draw",
        "np",
    ]
    assert taken_names("import numpy as np\nfrom course_lib import check\nmax = 3", set(), lesson) == []
    assert taken_names("def draw(): pass", {"draw"}, lesson) == []
    assert taken_names("def broken(", set(), lesson) == []


def test_what_a_demonstration_defines_without_computing_anything():
    source = (
        "import math\nimport not_there_at_all\nL = math.inf\nLIMITS = [1, (2, -3)]\nslow = sum(range(9))\n"
        "def twice(x):\n    return 2 * x\nprint('shown')\nfor i in range(3):\n    j = i\nclass Box: pass\nother = twice"
    )
    scope: dict = {}
    exec(definitions(source), scope)
    assert set(scope) - {"__builtins__"} == {"math", "L", "LIMITS", "twice", "Box", "other"}
    assert scope["twice"](scope["LIMITS"][0]) == 2
    assert definitions("%matplotlib inline") == ""
