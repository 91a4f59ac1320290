"""Reads Python's text into its syntax tree, whoever wrote it."""

from __future__ import annotations

import ast
import contextlib
import gc
from collections.abc import Iterator


def parse(source: str) -> ast.Module:
    """The syntax tree of a text, as :func:`ast.parse` makes it.

    Raises:
        SyntaxError: where it is no Python; also where it holds a null byte, or is nested too deeply to be read.
    """
    try:
        with undisturbed():
            return ast.parse(source)
    except (ValueError, RecursionError, MemoryError) as error:  # what Python says to a null byte, and to ten thousand (
        raise SyntaxError(str(error) or "too deeply nested") from None


@contextlib.contextmanager
def undisturbed() -> Iterator[None]:
    """While a tree is built, nothing is tidied up.

    What is tidied up may parse, too: Python prints the traceback of an error in ``__del__`` by parsing its lines. Until
    3.11.9 and 3.12.3 both parsers count their depth in one place, and the outer one ends with "SystemError: AST
    constructor recursion depth mismatch" (https://github.com/python/cpython/issues/106905).
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
