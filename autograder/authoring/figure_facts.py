"""What can be measured of a figure: its titles and labels, its smallest letters, what covers what.

:mod:`autograder.authoring.outputs` loads it into the kernel that runs a lesson. There it writes the facts into the
metadata of each figure's output, and `tests/notebooks/test_figures.py` reads them.
"""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, Any

from course_lib import plots, terminal

if TYPE_CHECKING:
    import numpy as np
    from matplotlib.axes import Axes
    from matplotlib.axis import Axis
    from matplotlib.figure import Figure
    from matplotlib.text import Text

KEY = "figure"
"""Where the facts stand in an output's metadata."""


def record() -> None:
    """Let :func:`plots.show` write a figure's facts beside the figure, from now on in this process."""
    from IPython.display import display

    show, bare = plots.show, terminal.show

    def show_with_facts(fig: Figure, alt: str) -> None:
        metadata = {KEY: facts(fig)}
        terminal.show = lambda forms: display(dict(forms), metadata=metadata, raw=True)
        try:
            show(fig, alt)
        finally:
            terminal.show = bare

    plots.show = show_with_facts


def facts(fig: Figure) -> dict[str, Any]:
    """What a reader meets in a figure.

    Returns:
        ``titles``, what is written in bold; ``width``, in inches, margins trimmed; ``font``, the size of the smallest
        letters in points; ``unnamed``, axes with numbers and no label; ``covered``, points of the data under a legend;
        ``overlaps``, pairs of texts of which one lies on the other, and texts that lie on an axis.
    """
    fig.canvas.draw()
    panels = [axes for axes in fig.axes if axes.get_visible()]
    texts = _texts(fig, panels)
    return {
        "titles": [text.get_text() for text in texts if text.get_fontweight() == "bold"],
        "width": round(float(fig.get_tightbbox().width), 2),
        "font": min((text.get_fontsize() for text in texts), default=0.0),
        "unnamed": _unnamed(panels),
        "covered": sum(_covered(fig, axes) for axes in panels),
        "overlaps": _overlaps(texts) + [text for axes in panels for text in _on_axes(axes)],
    }


def _texts(fig: Figure, panels: list[Axes]) -> list[Text]:
    """All words and numbers that are drawn."""
    from matplotlib.axis import Axis
    from matplotlib.text import Text

    along = {text for axis in fig.findobj(Axis) for text in axis.findobj(Text)}
    texts = [text for text in fig.findobj(Text) if text not in along]
    for axes in panels:
        for axis in _axis_of(axes).values():
            texts += [axis.label, *_numbers(axis)]
    return [text for text in texts if text.get_visible() and text.get_text().strip()]


def _axis_of(axes: Axes) -> dict[str, Axis]:
    """The axes of a panel that are drawn, by name."""
    names = ["x", "y", "z"] if hasattr(axes, "zaxis") else ["x", "y"]
    return {name: getattr(axes, f"{name}axis") for name in names if axes.axison}


def _numbers(axis: Axis) -> list[Text]:
    """What stands at the ticks that can be seen."""
    low, high = sorted(axis.get_view_interval())
    ticks = [*axis.get_major_ticks(), *axis.get_minor_ticks()]
    return [tick.label1 for tick in ticks if low <= tick.get_loc() <= high and tick.label1.get_visible()]


def _unnamed(panels: list[Axes]) -> list[str]:
    """The axes with bare numbers that neither their panel names nor another one of its row or column."""

    def line(name: str, axes: Axes) -> float:
        place = axes.get_position()
        return round(float(place.y0 if name == "y" else place.x0), 3)

    drawn = [(name, axis, axes) for axes in panels for name, axis in _axis_of(axes).items()]
    named = {(name, line(name, axes)) for name, axis, axes in drawn if axis.label.get_text()}
    bare = [(name, axes) for name, axis, axes in drawn if any(map(_is_number, _numbers(axis)))]
    return [f"{name} of {axes.get_title('left')!r}" for name, axes in bare if (name, line(name, axes)) not in named]


def _is_number(text: Text) -> bool:
    words = re.sub(r"\\math\w+|times", "", text.get_text())
    return bool(re.search(r"\d", words)) and not re.search(r"[a-zA-Z]{2}", words)


def _covered(fig: Figure, axes: Axes) -> int:
    """How many points of a panel's data lie under a legend."""
    legends = [legend for legend in (axes.get_legend(), *fig.legends) if legend is not None]
    boxes = [legend.get_window_extent() for legend in legends]
    points = [point for line in axes.lines for point in _along(line.get_transform().transform(line.get_xydata()))]
    for dots in axes.collections:
        points += list(dots.get_offset_transform().transform(dots.get_offsets()))
    for patch in axes.patches:
        box = patch.get_window_extent()
        points += [(box.x0, box.y1), (box.x1, box.y1), ((box.x0 + box.x1) / 2, box.y1)]
    return sum(any(box.contains(x, y) for box in boxes) for x, y in points if axes.bbox.contains(x, y))


def _along(points: np.ndarray) -> np.ndarray:
    """Points of a line, and twenty between each two that are far apart; where it leaves the page (`nan`), none."""
    import numpy as np

    points = points[np.isfinite(points).all(axis=1)]
    if len(points) > 200 or len(points) < 2:
        return points
    share = np.linspace(0, 1, 20, endpoint=False)[:, None]
    return np.concatenate([*(start + share * (end - start) for start, end in itertools.pairwise(points)), points[-1:]])


def _overlaps(texts: list[Text]) -> list[str]:
    """Pairs of texts that lie on each other, but for a breath."""
    from matplotlib.text import Text

    level = [text for text in texts if text.get_rotation() % 90 == 0]  # a slanted text's box is larger than it
    # of the words alone: an annotation counts its arrow in
    boxes = [(text.get_text(), Text.get_window_extent(text).padded(-1.5)) for text in level]
    pairs = itertools.combinations(boxes, 2)
    return [f"{one!r} and {other!r}" for (one, box), (other, place) in pairs if box.overlaps(place)]


def _on_axes(axes: Axes) -> list[str]:
    """The words in a panel that one of its axes' lines goes through."""
    from matplotlib.text import Text

    lines = [spine.get_window_extent() for spine in axes.spines.values() if axes.axison and spine.get_visible()]
    boxes = [(text.get_text(), Text.get_window_extent(text).padded(-1.5)) for text in axes.texts if text.get_text()]
    return [f"{words!r} and an axis" for words, box in boxes if any(box.overlaps(line) for line in lines)]
