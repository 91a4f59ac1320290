"""Show a playground: alive where there are widgets or a page's script, a still picture with words elsewhere.

A playground is a JavaScript file in ``web/``. Its mathematics and its drawing run in the browser, so it answers without
asking a kernel, and a page without Python can have it too (``web/page.js``).
"""

from __future__ import annotations

import base64
import html
import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from course_lib import terminal
from course_lib.jupyter_private import mimebundle

if TYPE_CHECKING:
    from ipywidgets import DOMWidget

WEB = Path(__file__).parent / "web"
LOOK = "look.css"
_IMPORT = re.compile(r'^import [^;]*? from "\./(\w+)\.js";\n', re.MULTILINE)


def script(name: str) -> str:
    """A playground's module as one text, which is what a widget takes: what it imports comes first, each file once."""
    parts: dict[str, str] = {}

    def add(module: str) -> None:
        text = (WEB / f"{module}.js").read_text(encoding="utf-8")
        for needed in _IMPORT.findall(text):
            if needed not in parts:
                add(needed)
        parts[module] = _IMPORT.sub("", text)

    add(name)
    return "\n".join(parts.values())


def one_of(word: str, value: str, allowed: Iterable[str]) -> str:
    """``value``, if it is one of those that a playground knows.

    Raises:
        ValueError: where it is not; it names those that are.
    """
    if value not in (known := list(allowed)):
        raise ValueError(f"{word} is one of {', '.join(map(repr, known))}, not {value!r}.")
    return value


def play(name: str, state: Mapping[str, Any], data: Any = None) -> None:
    """Show the playground ``web/NAME.js``.

    Args:
        name: the playground.
        state: where it begins; what is left out begins as the playground's ``start`` says.
        data: what it works on where that is not its own, as JSON knows it.
    """
    import anywidget
    import traitlets

    class Playground(anywidget.AnyWidget):
        _esm = script(name)
        _css = (WEB / LOOK).read_text(encoding="utf-8")
        state = traitlets.Dict().tag(sync=True)
        data = traitlets.Any().tag(sync=True)

    show(Playground(state=dict(state), data=data), still(name, state, data))


def still(name: str, state: Mapping[str, Any], data: Any = None) -> str:
    """HTML of a playground's still picture; a page that loads ``web/page.js`` puts the living one in its place."""
    picture = (WEB / f"{name}.svg").read_text(encoding="utf-8")
    words = picture.partition("<desc>")[2].partition("</desc>")[0]  # escaped already
    begin = {"playground": name, "state": json.dumps(dict(state), ensure_ascii=False)}
    if data is not None:
        begin["data"] = json.dumps(data)
    said = " ".join(f'data-{key}="{html.escape(value, quote=True)}"' for key, value in begin.items())
    source = base64.b64encode(picture.encode()).decode("ascii")
    image = f'<img alt="{words}" src="data:image/svg+xml;base64,{source}" style="max-width:100%">'
    caption = "<figcaption>Still picture of a playground: in JupyterLab it moves.</figcaption>"
    return f"<figure {said}>{image}{caption}</figure>"


def show(widget: DOMWidget, fallback: str) -> None:
    """Display ``widget``; front ends without widgets show ``fallback``.

    Args:
        widget: the interactive view.
        fallback: HTML of a still picture with alt text.
    """
    # Both forms in one output: the front end takes the richest that it can show.
    words = "[A playground: open it in JupyterLab]"
    terminal.show({**mimebundle(widget), "text/html": fallback, "text/plain": words})
