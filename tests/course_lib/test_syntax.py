"""Reading Python's text: what cannot be read says so in one way, and what is tidied up meanwhile does no harm."""

import ast
import gc
import sys
from collections.abc import Iterator

import pytest
from ipykernel.compiler import XCachingCompiler

from autograder.kernels.answering import Compiler
from course_lib import syntax

LONG = "\n".join(f"x{number} = [{number}, (1, 2, 3), {{'a': x}}]" for number in range(500))


@pytest.mark.parametrize("source", ["def", "a\0b", "(" * 100_000, "-" * 100_000 + "1"], ids=["def", "null", "(", "-"])
def test_what_cannot_be_read_is_a_syntax_error(source):
    with pytest.raises(SyntaxError):
        syntax.parse(source)
    assert gc.isenabled()


def test_it_reads_what_ast_reads():
    assert ast.dump(syntax.parse(LONG)) == ast.dump(ast.parse(LONG))


class Parses:
    """In a circle, so that only tidying up ends it; then it parses deeper in the stack, as tracebacks do.

    It leaves another one behind for the next time.
    """

    again = True

    def __init__(self) -> None:
        self.itself = self

    def __del__(self) -> None:
        deeper(20)
        if Parses.again:
            Parses()


def deeper(calls: int) -> object:
    return deeper(calls - 1) if calls else ast.parse("1 + 1")


@pytest.fixture
def busy(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Python tidies up often, and each time finds something that parses."""
    before = gc.get_threshold()
    gc.set_threshold(50)
    Parses()
    yield
    gc.set_threshold(*before)
    monkeypatch.setattr(Parses, "again", False)
    gc.collect()


@pytest.mark.skipif(sys.version_info >= (3, 11, 9), reason="this Python counts the depth of each parser apart")
def test_python_itself_stumbles(busy):
    with pytest.raises(SystemError, match="recursion depth mismatch"):
        ast.parse(LONG)


def test_ours_does_not(busy):
    assert len(syntax.parse(LONG).body) == 500


def test_a_cell_of_a_hand_in_does_not(busy):
    assert issubclass(Compiler, XCachingCompiler)
    read = Compiler().ast_parse(LONG, "<cell>")
    assert isinstance(read, ast.Module)
    assert len(read.body) == 500
