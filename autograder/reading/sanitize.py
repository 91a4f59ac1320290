"""Text that others wrote, made harmless: for pages, for terminals and for spreadsheets."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from html import unescape
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

from markupsafe import Markup, escape

from course_lib.files import write_text

ANSI = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[@-Z\\^_])|\x9b[0-?]*[ -/]*[@-~]")
"""Escape sequences of terminals (ECMA-48): CSI with parameters, OSC up to its end, two characters, CSI as one."""
UNSEEN = re.compile(  # controls but tab and newline; marks that turn the direction of writing; half characters
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060\u2066-\u2069\ufeff\ud800-\udfff]"
)
FORMULA = re.compile(f"(?:[\\s']|{UNSEEN.pattern})*[=+\\-@＝＋－＠]|'*[\\t\\r\\n|%]")
"""What spreadsheets take for a formula, also behind space, quotes and what cannot be seen, and in full width."""
LONGEST_FORMULA = 2_000
"""Characters of TeX that are drawn."""
MATHML = {"math", "mi", "mn", "mo", "ms", "mtext", "mrow", "mspace", "mstyle", "mtable", "mtr", "mtd"}
MATHML |= {"mfrac", "mover", "mroot", "msqrt", "msub", "msubsup", "msup", "munder", "munderover"}
MATHML_ATTRIBUTES = {"accent", "columnalign", "display", "displaystyle", "fence", "form", "linethickness"}
MATHML_ATTRIBUTES |= {"mathvariant", "movablelimits", "scriptlevel", "stretchy"}
SMALL_GAP = re.compile(r"[0-2]?(\.\d+)?em")
"""A gap that does not reach over other text: `0.167em`, not `-40em`."""
NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")
"""A number as Python and spreadsheets write it: `-1.5`, `.5`, `2e-7`."""


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
    """Write a table for spreadsheets, whole or not at all: every text quoted, no formulas. Returns ``path``."""
    made = io.StringIO(newline="")
    writer = csv.writer(made, quoting=csv.QUOTE_NONNUMERIC)
    writer.writerows([in_cell(value) for value in row] for row in (header, *rows))
    write_text(path, made.getvalue().encode("utf-8", "replace").decode())
    return path


def number(value: float | None, digits: int = 2) -> str:
    """A number without needless zeros; an en dash where there is none."""
    return "–" if value is None else f"{round(value, digits) + 0:g}"


def prose(markdown: str) -> Markup:
    """A paragraph of Markdown as HTML: code, formulas, bold and italic letters; nothing else."""
    text = str(escape(plain(markdown)))
    text = re.sub(r"`([^`\n]+)`|\$([^$\n]+)\$", _code_or_formula, text)
    text = re.sub(r"\*\*([^*\n]+)\*\*", r"<strong>\1</strong>", text)
    # one star, not beside a space or in a word: `2 * 3 * 4` and `a*b` stay as they are
    return Markup(re.sub(r"(?<![*\w])\*(?! )([^*\n]+)(?<! )\*(?![*\w])", r"<em>\1</em>", text))


def _code_or_formula(found: re.Match[str]) -> str:
    return f"<code>{found[1]}</code>" if found[1] else formula(unescape(found[2]))


def formula(tex: str, display: str = "inline") -> Markup:
    """A formula in TeX as MathML, which browsers draw by themselves; one that cannot be read as it was typed.

    Only parts that draw something are kept: TeX can also make links, styles, and gaps that reach over a page.

    Args:
        tex: without dollars.
        display: `inline`, or `block` for a line of its own.
    """
    from latex2mathml.converter import convert_to_element

    try:
        if len(tex) <= LONGEST_FORMULA:
            return Markup(_drawn(convert_to_element(tex, display=display)))
    except Exception:  # its own kinds, RecursionError where braces are deep, IndexError: no formula is worth a page
        pass
    return Markup(f"<code>{escape(tex.strip())}</code>")


def _drawn(element: Element) -> str:
    """A formula's tree as HTML. Without a quotation mark: it could not get out of an attribute, either.

    Raises:
        ValueError: where a part of it is not known.
    """
    text = unescape(element.text or "")  # latex2mathml writes `<` as an entity
    if element.tag not in MATHML or "\\" in text:  # a backslash: a command that it does not know
        raise ValueError(element.tag)
    attributes = [f" {name}={value}" for name, value in element.items() if _draws(name, value)]
    parts = "".join(map(_drawn, element))
    return f"<{element.tag}{''.join(attributes)}>{escape(text)}{parts}</{element.tag}>"


def _draws(name: str, value: str) -> bool:
    if name == "width":
        return bool(SMALL_GAP.fullmatch(value))
    return name in MATHML_ATTRIBUTES and value.replace("-", "").isalnum()


def in_short(error: Exception) -> str:
    """The kind of an error and the first line of what it says."""
    return f"{type(error).__name__}: {next(iter(str(error).splitlines()), '')[:200]}"
