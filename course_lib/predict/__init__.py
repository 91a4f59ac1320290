"""Predictions that count: a lesson asks before it shows, and then says how the guess went.

Before the cell that measures::

    predict.choice("noise", "Four times the rows. What becomes of the noise?", ["a quarter", "a half", "it stays"])

After it, the answer, always taken from what was measured::

    predict.answer("noise", "a quarter" if share < 0.35 else "a half" if share < 0.7 else "it stays", {
        "a quarter": "The noise of a mean falls with the square root of the number of rows.",
    })

A guess is kept on the student's machine, beside the record of checks; the first one counts, for the student's own eyes.
Nobody has to guess: the next cell runs all the same. Where there is nothing to click (a printed page, a grader, a
terminal) question and answer are printed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from course_lib import progress, terminal
from course_lib.predict import form
from course_lib.predict.question import Because, Question
from course_lib.predict.told import told

__all__ = ["answer", "choice", "number", "order"]

_asked: dict[str, Question] = {}
_said: dict[str, Any] = {}
_told: set[str] = set()
"""In this kernel: what was asked, the latest guess, and which answers have been shown."""


def choice(name: str, text: str, options: Sequence[str]) -> None:
    """Ask which of some options it will be.

    Args:
        name: of the question, its own in the lesson.
        text: the question.
        options: two or more; the answer will be one of them.
    """
    _ask(Question(name, "choice", text, tuple(options)))


def number(name: str, text: str, unit: str = "", *, within: float = 0.0, factor: float = 1.0) -> None:
    """Ask for a number.

    Args:
        name: of the question, its own in the lesson.
        text: the question.
        unit: of the number, for instance ``"steps"``.
        within: a guess counts as right that is no further away than this,
        factor: or larger or smaller by no more than this factor.
    """
    _ask(Question(name, "number", text, (), unit, within, factor))


def order(name: str, text: str, options: Sequence[str]) -> None:
    """Ask for the order of some things; say in the text what comes first.

    Args:
        name: of the question, its own in the lesson.
        text: the question.
        options: the things, not in the order that will come out.
    """
    _ask(Question(name, "order", text, tuple(options)))


def answer(name: str, measured: Any, because: Because | None = None, *, shown: str = "") -> None:
    """Say what was measured, beside what was said before.

    Args:
        name: of the question.
        measured: from the results of the lesson's cells, never typed in: an option, a number, or a list of all options.
        because: what was expected → a sentence for who expected it; see :data:`course_lib.predict.question.Because`.
        shown: numbers that say more than ``measured``, printed beside it.
    """
    asked = _asked.get(name) or Question(name, _kind_of(measured), "")
    measured = asked.plain(measured)
    result = asked.words(measured) + (f" ({shown})" if shown else "")
    entry = progress.kept("predictions", name)
    first = asked.read(entry.get("said"))
    said = _said.get(name, first)
    _told.add(name)
    right = first is not None and asked.agree(first, measured)
    progress.keep("predictions", name, said=first, measured=measured, right=right)
    terminal.show(told(asked, said, measured, {"Measured": result}, because or {}))


# --------------------------------------------------------------------------------------------------- behind these


def _ask(question: Question) -> None:
    _asked[question.name] = question
    _said.pop(question.name, None)
    entry = progress.kept("predictions", question.name)
    first = question.read(entry.get("said"))
    note = ""
    if first is not None:
        note = f"Your first guess was: {question.words(first)}. It stays the one that counts; you may guess again."
    elif entry or question.name in _told:
        note = "The answer has been shown already. You may still guess, for yourself."
    form.show(question, note, lambda said: _commit(question, said))


def _commit(question: Question, said: Any) -> str:
    """Keep a guess; returns what to say to it."""
    _said[question.name] = said = question.plain(said)
    if question.name in _told:
        return f"{question.words(said)}: you had seen the answer. Run its cell again to compare."
    if not progress.kept("predictions", question.name):
        progress.keep("predictions", question.name, said=said)
    return f"Kept: {question.words(said)}. Now run the next cells."


def _kind_of(measured: Any) -> str:
    """What kind of question an answer was for, where the question has not run."""
    if isinstance(measured, str):
        return "choice"
    return "order" if isinstance(measured, (list, tuple)) else "number"
