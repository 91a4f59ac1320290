"""The form that a prediction is made with: radio buttons, a number, or places; its look is in ``form.js``."""

from __future__ import annotations

import html
from collections.abc import Callable
from pathlib import Path
from typing import Any

from course_lib import progress, terminal
from course_lib.jupyter_private import mimebundle
from course_lib.predict.question import Question


def show(question: Question, note: str, commit: Callable[[Any], str]) -> None:
    """Ask the question; in words where nobody can click.

    Args:
        question: what is asked.
        note: what to say below it at first.
        commit: takes the guess once it is made, and returns what to say then.
    """
    words = "\n".join([question.ask(), *([note] if note else [])])
    try:
        widget = _form(question, note, commit) if progress.session_notebook() else None
    except Exception:  # no widgets here: the question can be read all the same
        widget = None
    if widget is None:
        print(words)
        return
    marked = "<br>".join(html.escape(line) for line in words.splitlines())
    terminal.show({**mimebundle(widget), "text/html": f"<p>{marked}</p>", "text/plain": words})


def _form(question: Question, note: str, commit: Callable[[Any], str]) -> Any:
    """The widget. Imported here, and only where it is wanted: it takes a while."""
    import anywidget
    import traitlets

    class Form(anywidget.AnyWidget):
        _esm = Path(__file__).with_suffix(".js")
        _css = Path(__file__).with_suffix(".css")
        question = traitlets.Dict().tag(sync=True)
        note = traitlets.Unicode().tag(sync=True)
        said = traitlets.Any(None, allow_none=True).tag(sync=True)

    asked = {"kind": question.kind, "text": question.text, "options": question.options, "unit": question.unit}
    asked["hint"] = question.hint
    form = Form(question=asked, note=note)

    def take(change: Any) -> None:
        form.note = commit(change["new"])

    form.observe(take, names="said")
    return form
