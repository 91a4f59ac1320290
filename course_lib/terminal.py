"""Words for terminals: those without a ✓ and a ✗, and those that show no tables and figures."""

from __future__ import annotations

import codecs
import sys
import unicodedata
from collections.abc import Mapping
from typing import Any

PLAIN = {
    "✓": "ok",
    "✗": "XX",
    "→": "->",
    "↔": "<->",
    "·": "-",
    "█": "#",
    "░": ".",
    "–": "-",
    "—": "-",
    "×": "x",
    "−": "-",
}
HANDLER = "course.plain"


def make_readable() -> None:
    """Let this process's output go on where a terminal (latin-1, ASCII) lacks a letter, in plain ones instead."""
    codecs.register_error(HANDLER, _plain)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # not where a notebook or a test stands in for a terminal
            stream.reconfigure(errors=HANDLER)


def _plain(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lacking = error.object[error.start : error.end]
    return "".join(PLAIN.get(letter) or _without_accents(letter) for letter in lacking), error.end


def _without_accents(letter: str) -> str:
    """`e` for `é`, `...` for `…`, and `?` where nothing plain is meant."""
    return unicodedata.normalize("NFKD", letter).encode("ascii", "ignore").decode() or "?"


# ------------------------------------------------------------------------------------------- a notebook, or only words


def show(forms: Mapping[str, Any]) -> None:
    """Show something in a notebook; elsewhere its words.

    Args:
        forms: the same thing by MIME type. ``text/plain`` is what a terminal gets.
    """
    try:
        from IPython.core.getipython import get_ipython
        from IPython.display import display
    except ImportError:
        print(forms["text/plain"])
        return
    if get_ipython() is None:  # `display` would print the forms themselves, a figure's bytes among them
        print(forms["text/plain"])
    else:
        display(dict(forms), raw=True)


def in_kernel() -> bool:
    """Whether this process is the kernel of a notebook."""
    if "IPython" not in sys.modules:
        return False
    from IPython.core.getipython import get_ipython

    return hasattr(get_ipython(), "kernel")
