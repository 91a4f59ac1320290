"""What is shown once a question has its answer: what was said, what is so, and the sentence for a wrong expectation."""

from __future__ import annotations

import html
from collections.abc import Mapping
from typing import Any

from course_lib.predict.question import Because, Question


def told(question: Question, said: Any, answer: Any, facts: Mapping[str, str], because: Because) -> dict[str, str]:
    """The answer by MIME type.

    Args:
        question: what was asked.
        said: what was answered; None where nobody has.
        answer: what is so.
        facts: head → text, what is told of it.
        because: the sentences for wrong expectations; all of them are told where nobody has answered.
    """
    rows = dict(facts) if said is None else {"You said": question.words(said), **facts}
    lines, more = [], []
    if said is None:
        more = [f"If you {_expected(question, key)}: {text}" for key, text in because.items()]
    elif question.agree(said, answer):
        lines = ["As you said."]
    elif sentence := question.sentence(said, answer, because):
        lines = [sentence]
    plain = [f"{head}: {text}" for head, text in rows.items()] + lines + more
    marked = "<br>".join(f"<strong>{head}:</strong> {html.escape(text)}" for head, text in rows.items())
    marked = f"<p>{marked}</p>" + "".join(f"<p>{html.escape(line)}</p>" for line in lines)
    if more:
        items = "".join(f"<li>{html.escape(line)}</li>" for line in more)
        marked += f"<details><summary>And if you {_say(question)} something else?</summary><ul>{items}</ul></details>"
    style = "border-left:4px solid var(--jp-brand-color1,#1976d2);padding:.1em 1em"
    return {"text/html": f'<div style="{style}">{marked}</div>', "text/plain": "\n".join(plain)}


def _expected(question: Question, key: Any) -> str:
    """For whom a sentence is, where nobody has answered."""
    if key in ("too low", "too high"):
        return f"{_say(question)} {key}"
    expected = " before ".join(key) if isinstance(key, tuple) else question.words(key).removesuffix(".")
    if question.kind == "choice":
        expected = f'"{expected}"'
    return f"{'expect' if question.word == 'guess' else 'say'} {expected}"


def _say(question: Question) -> str:
    return "guess" if question.word == "guess" else "say"
