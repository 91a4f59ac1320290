"""Text that others wrote, made harmless: for pages, for terminals and for spreadsheets."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from markupsafe import Markup, escape

ANSI = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[@-Z\\^_])|\x9b[0-?]*[ -/]*[@-~]")
UNSEEN = re.compile(  # controls but tab and newline; marks that turn the direction of writing; half characters
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060\u2066-\u2069\ufeff\ud800-\udfff]"
)
FORMULA = re.compile(f"(?:[\\s']|{UNSEEN.pattern})*[=+\\-@＝＋－＠]|'*[\\t\\r\\n|%]")
TEX = {
    "top": "ᵀ",
    "ge": "≥",
    "le": "≤",
    "cdot": "·",
    "alpha": "α",
    "sum": "Σ",
}
NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")


def plain(text: str) -> str:
    """Text without terminal colours; other characters that cannot be seen become `�`."""
    return UNSEEN.sub("�", ANSI.sub("", text).replace("\r\n", "\n"))


def one_line(text: str) -> str:
    """The same in one line: a line break in a name must not make a line of its own on a terminal."""
    return " ".join(plain(text).split())


def in_cell(value: Any) -> Any:
    """A value that a spreadsheet takes for what it is.

    Text that begins like a formula gets an apostrophe in front. Numbers stay numbers, negative ones too, also where
    they are written as text.
    """
    if isinstance(value, str) and FORMULA.match(value) and not NUMBER.fullmatch(value):
        return "'" + value
    return value


def from_cell(text: str) -> str:
    """The text that :func:`in_cell` was given."""
    return text[1:] if text.startswith("'") and FORMULA.match(text) and not NUMBER.fullmatch(text[1:]) else text


def write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> Path:
    """Write a table for spreadsheets: every text quoted, no formulas. Returns ``path``."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", errors="replace", newline="") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_NONNUMERIC)
        writer.writerows([in_cell(value) for value in row] for row in (header, *rows))
    return path


def number(value: float | None, digits: int = 2) -> str:
    """A number without needless zeros; an en dash where there is none."""
    return "–" if value is None else f"{round(value, digits) + 0:g}"


def prose(markdown: str) -> Markup:
    """A paragraph of Markdown as HTML: code, formulas as they are typed, bold and italic letters; nothing else."""
    text = str(escape(plain(markdown)))
    text = re.sub(r"`([^`\n]+)`|\$([^$\n]+)\$", lambda found: f"<code>{found[1] or _formula(found[2])}</code>", text)
    text = re.sub(r"\*\*([^*\n]+)\*\*", r"<strong>\1</strong>", text)
    return Markup(re.sub(r"(?<![*\w])\*(?! )([^*\n]+)(?<! )\*(?![*\w])", r"<em>\1</em>", text))


def _formula(tex: str) -> str:
    """A short formula in TeX as it is typed in plain text."""
    tex = re.sub(r"\\[;,]", " ", tex)
    return re.sub(r"\^?\\([A-Za-z]+)", lambda found: TEX.get(found[1], found[1]), tex)


def in_short(error: Exception) -> str:
    """The kind of an error and the first line of what it says."""
    return f"{type(error).__name__}: {next(iter(str(error).splitlines()), '')[:200]}"
