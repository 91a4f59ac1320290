"""The form in which a question is answered: radio buttons, a number, or places; its look is in ``form.js``."""

from __future__ import annotations

import dataclasses
import html
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from course_lib import progress, terminal
from course_lib.jupyter_private import mimebundle
from course_lib.predict.question import Question


def show(question: Question, note: str, commit: Callable[[Any], str], answer: Mapping[str, str] | None = None) -> None:
    """Ask the question; in words where nobody can click.

    Args:
        question: what is asked.
        note: what to say below it at first.
        commit: takes what is said, and returns what to say to it.
        answer: by MIME type, where it is known already; it goes along, folded, where nobody can click.
    """
    try:
        widget = mimebundle(_form(question, note, commit)) if progress.session_notebook() else {}
    except Exception:  # no widgets here: the question can be read all the same
        widget = {}
    plain = "\n".join(filter(None, [question.ask(), note, answer["text/plain"] if answer else ""]))
    terminal.show({**widget, "text/html": _marked(question, note, answer), "text/plain": plain})


def _marked(question: Question, note: str, answer: Mapping[str, str] | None) -> str:
    """The question as HTML; the site's ``course.js`` makes buttons of the options."""
    options = "".join(f"<li>{html.escape(option)}</li>" for option in question.options)
    blank = f"… {question.unit}" if question.kind == "number" else ""
    rest = "".join(f"<p>{html.escape(line)}</p>" for line in (blank, question.hint, note) if line)
    fold = '<details class="guess"><summary>The answer</summary><div class="output">{}</div></details>'
    told = fold.format(answer["text/html"]) if answer else ""
    asked = f"<p><b>{question.lead}:</b> {html.escape(question.text)}</p>"
    return f'<div class="ask">{asked}<ul class="options">{options}</ul>{rest}{told}</div>'


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

    form = Form(question=dataclasses.asdict(question) | {"hint": question.hint}, note=note)

    def take(change: Any) -> None:
        form.note = commit(change["new"])

    form.observe(take, names="said")
    return form
