"""What makes a person look at an answer, and the traps before tests."""

import pytest

from autograder.integrity import FRAUDS, suspicions, traps


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
    test = "assert double(2) == 4"
    for _ in range(10):
        (fraud, may_pass), (trap, must_fail) = traps(test, "double")
        assert (may_pass, must_fail) == (False, True)
        assert fraud in FRAUDS
        with pytest.raises((AssertionError, TypeError)):
            exec(trap, {"double": lambda x: 2 * x})
    exec(traps("pass", "double")[1][0], {})  # a test that tests nothing falls into it
