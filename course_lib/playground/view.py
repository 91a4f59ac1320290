"""Show a widget where there are widgets, and its static figure where there are none."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ipywidgets import DOMWidget


def show(widget: DOMWidget, fallback: str) -> None:
    """Display ``widget``; front ends without widgets show ``fallback``.

    Args:
        widget: the interactive view.
        fallback: HTML of a static figure with alt text, for instance from ``plots.img``.
    """
    from IPython.display import display

    made = widget._repr_mimebundle_()
    bundle = made[0] if isinstance(made, tuple) else made  # anywidget gives (data, metadata)
    # Both forms in one output: the front end takes the richest that it can show.
    display({**bundle, "text/html": fallback}, raw=True)
