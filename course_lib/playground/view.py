"""Show a playground where there are widgets, and its static figure where there are none."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from course_lib import terminal
from course_lib.jupyter_private import mimebundle

if TYPE_CHECKING:
    from ipywidgets import DOMWidget


def show(widget: DOMWidget, fallback: str) -> None:
    """Display ``widget``; front ends without widgets show ``fallback``.

    Args:
        widget: the interactive view.
        fallback: HTML of a static figure with alt text, for instance from ``plots.img``.
    """
    # Both forms in one output: the front end takes the richest that it can show.
    words = "[A playground: open it in JupyterLab]"
    terminal.show({**mimebundle(widget), "text/html": fallback, "text/plain": words})


def controls_and_picture(controls: Mapping[str, Any], draw: Callable[..., str]) -> DOMWidget:
    """Controls above, a picture below that follows them.

    Args:
        controls: name → ipywidgets control.
        draw: takes the controls' values by name and returns HTML (a picture with its alt text).
    """
    import ipywidgets as widgets

    picture = widgets.HTML()

    def redraw(_change: object = None) -> None:
        picture.value = draw(**{name: control.value for name, control in controls.items()})

    for control in controls.values():
        control.observe(redraw, names="value")
    redraw()
    return widgets.VBox([*controls.values(), picture])
