"""What students and instructors wrote, as HTML that cannot act: for Formgrader and for `autograder mark`."""

from __future__ import annotations

import base64
import re
import secrets
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import bleach
from markupsafe import escape
from mistune import HTMLRenderer
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

from autograder.reading.lenient_json import whole
from autograder.reading.sanitize import formula

TAGS = {*bleach.ALLOWED_TAGS, "br", "del", "details", "dd", "div", "dl", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "hr"}
TAGS |= {"img", "kbd", "p", "pre", "s", "span", "sub", "summary", "sup", "table", "tbody", "td", "th", "thead", "tr"}
PICTURES = ("image/png", "image/jpeg", "image/gif", "image/svg+xml")
"""Pictures that are shown. In an ``img`` none of them acts, not even SVG."""
DATA = re.compile(rf"data:(?:{'|'.join(map(re.escape, PICTURES))});base64,[A-Za-z0-9+/=]+")
"""A picture as an address that holds it."""
SOURCE = re.compile(r"""src=(["'])(attachment:.*?|[^:]*?)\1""")
"""A picture that belongs to the notebook: attached to the cell, or a file beside it."""
KINDS = {"png": PICTURES[0], "jpg": PICTURES[1], "jpeg": PICTURES[1], "gif": PICTURES[2], "svg": PICTURES[3]}
LARGEST = 5_000_000
"""Bytes of a file beside the notebook that is shown as a picture."""
BARE = re.compile(r"""<img(?: (?!src=)[a-z]+=(?:"[^"]*"|'[^']*'))*>""")
"""A picture without an address, as bleach writes it."""
ALT = re.compile(r""" alt=(?:"([^"]*)"|'([^']*)')""")
"""What it says of itself."""
ELSEWHERE = "[a picture that is not in the notebook]"


def clean_html(source: str | bytes) -> str:
    """HTML without anything that acts: other tags are shown as text, links lead to the web, pictures lie in the page.

    Of a picture that would have to be fetched the description is shown: fetching it would tell its owner who marks
    what, and when.
    """
    html = whole(source.decode("utf-8", "replace") if isinstance(source, bytes) else str(source))
    try:
        return _clean(html)
    except Exception:  # thousands of tags in each other, for instance: better to be read as it is than not at all
        return f"<pre>{escape(html)}</pre>"


def _clean(html: str) -> str:
    kept: list[str] = []
    place = f"https://{secrets.token_hex(16)}.invalid/"  # stands for a picture while all else is cleaned

    def put_away(found: re.Match[str]) -> str:
        kept.append(found[0])
        return f"{place}{len(kept) - 1}/"

    def is_allowed(tag: str, name: str, value: str) -> bool:
        """No ``id`` or ``class``: an answer could pose as a part of the page, for instance as its field for points."""
        if tag == "a":
            return name == "title" or (name == "href" and place not in value)
        if tag == "img":
            return name in ("alt", "title", "width", "height") or (name == "src" and value.startswith(place))
        return tag in ("td", "th") and name in ("colspan", "rowspan")

    html = DATA.sub(put_away, html)
    html = bleach.clean(html, tags=TAGS, attributes=is_allowed, protocols={"http", "https", "mailto"})
    html = BARE.sub(_description, html)
    return re.sub(re.escape(place) + r"(\d+)/", lambda found: kept[int(found[1])], html)


def _description(picture: re.Match[str]) -> str:
    """What is shown in a picture's place."""
    found = ALT.search(picture[0])
    return str(escape(unescape(found[1] or found[2] or ""))) if found and any(found.groups()) else ELSEWHERE


def safe_markdown(source: str, attachments: dict[str, Any] | None = None, folder: Path | None = None) -> str:
    """Markdown as HTML that :func:`clean_html` lets through, with formulas that browsers draw without MathJax.

    Whatever stands there, something is shown: an attachment that is missing or no picture by its description, text
    that cannot be rendered as it was typed.

    Args:
        source: what a cell says.
        attachments: of the cell: name → type → content in base64.
        folder: where the notebook lies, with pictures beside it.
    """
    renderer = _Renderer()
    try:
        # the attachments are put in afterwards: nbconvert's own renderer raises where one is missing
        html = MarkdownWithMath(renderer=renderer).render(source)
        html = SOURCE.sub(lambda found: f'src="{_picture(found[2], attachments, folder)}"', html)
    except Exception:
        html = f"<pre>{escape(source)}</pre>"
    return renderer.put_formulas(clean_html(html))


class _Renderer(IPythonRenderer):
    """nbconvert's renderer, that leaves attachments and formulas for later."""

    def __init__(self) -> None:
        super().__init__(escape=False, exclude_anchor_links=True)
        self._place = secrets.token_hex(16)  # nobody can type it
        self._token = rf"{self._place}-(\d+)-"
        self._formulas: list[tuple[str, str]] = []  # as typed, as drawn

    def image(self, text: str, url: str, title: str | None = None) -> str:
        """A picture, its address as it was typed."""
        text = re.sub(self._token, lambda found: str(escape(self._formulas[int(found[1])][0])), text)
        return str(HTMLRenderer.image(self, text, url, title))

    def inline_math(self, body: str) -> str:
        """A formula in a line."""
        return self._later(body)

    def block_math(self, body: str) -> str:
        """A formula in a line of its own."""
        return self._later(body, "block")

    def latex_environment(self, name: str, body: str) -> str:
        """Several lines of formulas."""
        return self._later(rf"\begin{{{name}}}{body}\end{{{name}}}", "block")

    def _later(self, tex: str, display: str = "inline") -> str:
        self._formulas.append((tex, formula(tex, display)))
        return f"{self._place}-{len(self._formulas) - 1}-"

    def put_formulas(self, html: str) -> str:
        """The same HTML, cleaned by now, with the formulas in their places."""
        return re.sub(self._token, lambda found: self._formulas[int(found[1])][1], html)


def _picture(address: str, attachments: object, folder: Path | None) -> str:
    """The address that holds an attached picture, or one beside the notebook; empty where there is none."""
    if not address.startswith("attachment:"):
        return _beside(address, folder) if folder else ""
    name = unquote(address.removeprefix("attachment:"))
    kinds = attachments.get(name) if isinstance(attachments, dict) else None
    for kind in PICTURES:
        content = kinds.get(kind) if isinstance(kinds, dict) else None
        if isinstance(content, list):
            content = "".join(map(str, content))
        if isinstance(content, str):
            return f"data:{kind};base64,{''.join(content.split())}"
    return ""


def _beside(address: str, folder: Path) -> str:
    """The address that holds a picture that lies in a folder; empty where it is none, or lies elsewhere."""
    try:
        path = (folder / unquote(unescape(address))).resolve()
        kind = KINDS.get(path.suffix[1:].lower())
        if kind and path.is_relative_to(folder.resolve()) and path.is_file() and path.stat().st_size <= LARGEST:
            return f"data:{kind};base64,{base64.b64encode(path.read_bytes()).decode()}"
    except (OSError, ValueError):
        pass
    return ""
