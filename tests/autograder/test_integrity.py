"""What makes a person look at an answer, and the traps before tests."""

import pytest

from autograder.integrity import FRAUDS, names_in, suspicions, traps


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
    assert names_in("import os\na, b = 1, 2\ndef f():\n    c = 3\nclass G:\n    d = 4") == {"a", "b", "f", "G"}
    assert names_in("def broken(") == set()
