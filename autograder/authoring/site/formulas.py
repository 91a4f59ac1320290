"""Formulas as MathML, which browsers draw themselves: no script, no other host. A small font makes them look well.

docutils translates; STIX Two Math (SIL Open Font License) comes with the package ziamath, cut down to the signs in use.
"""

from __future__ import annotations

import html
import importlib.util
import io
import logging
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sphinx.application import Sphinx

FONT = "STIXTwoMath-Regular.ttf"
BRACE = "⏟"
_SPACE = "{http://www.w3.org/1998/Math/MathML}"
_MATH = re.compile(r"<math\b.*?</math>", re.DOTALL)


def mathml(tex: str, block: bool) -> str:
    """A formula as MathML.

    Args:
        tex: in TeX's notation.
        block: on a line of its own.

    Raises:
        ValueError: where docutils does not know a command.
    """
    from docutils.utils.math.latex2mathml import tex2mathml

    known = re.sub(r"\\dots\b", r"\\ldots", tex.strip())
    try:
        made = str(tex2mathml(known, as_block=block))
    except Exception as error:  # docutils raises errors of its own, and others where it stumbles
        raise ValueError(f"{tex!r} cannot be drawn: {error}") from error
    return _named_below(made) if BRACE in made else made


def _named_below(made: str) -> str:
    """The name of a brace below it; docutils puts it beside."""
    ElementTree.register_namespace("", _SPACE.strip("{}"))
    math = ElementTree.fromstring(made)
    for part in math.iter(f"{_SPACE}msub"):
        if part[0].tag == f"{_SPACE}munder" and part[0][-1].text == BRACE:
            part.tag = f"{_SPACE}munder"
    return ElementTree.tostring(math, encoding="unicode")


def font(pages: Iterable[str]) -> bytes:
    """The font of formulas, as WOFF, with the signs that these pages use.

    Args:
        pages: their HTML.
    """
    from fontTools import subset

    signs = {sign for page in pages for math in _MATH.findall(page) for sign in html.unescape(_bare(math))}
    logging.getLogger("fontTools").setLevel(logging.WARNING)  # Sphinx makes it talk
    options = subset.Options()
    options.flavor = "woff"
    options.layout_features = ["*"]
    cutter, buffer = subset.Subsetter(options), io.BytesIO()
    cutter.populate(unicodes={ord(sign) for sign in signs | {_slanted(sign) for sign in signs}})
    with closing(subset.load_font(str(_font_file()), options)) as loaded:
        cutter.subset(loaded)
        subset.save_font(loaded, buffer, options)
    return buffer.getvalue()


def setup(app: Sphinx) -> None:
    """Draw Sphinx's formulas so; called by Sphinx."""
    app.add_html_math_renderer("mathml", inline_renderers=(_inline, None), block_renderers=(_block, None))


def _inline(writer: Any, node: Any) -> None:
    from docutils import nodes

    writer.body.append(mathml(node.astext(), block=False))
    raise nodes.SkipNode


def _block(writer: Any, node: Any) -> None:
    from docutils import nodes

    writer.body.append(f'<div class="formula" tabindex="0">{mathml(node.astext(), block=True)}</div>\n')
    raise nodes.SkipNode


def _bare(markup: str) -> str:
    return re.sub(r"<[^>]+>", "", markup)


def _slanted(sign: str) -> str:
    """The letter as browsers draw it in a formula: from Unicode's block of mathematical italics."""
    if sign == "h":
        return "\u210e"
    for first, count, slanted in (("A", 26, 0x1D434), ("a", 26, 0x1D44E), ("α", 25, 0x1D6FC)):
        if 0 <= ord(sign) - ord(first) < count:
            return chr(slanted + ord(sign) - ord(first))
    return sign


def _font_file() -> Path:
    found = importlib.util.find_spec("ziamath")
    if found is None or found.origin is None:
        raise ModuleNotFoundError("ziamath")
    return Path(found.origin).parent / "fonts" / FONT
