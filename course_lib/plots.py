"""Figures of the lessons: safe for colour-blind readers, readable in light and dark themes, with alt text.

Drawing functions take data and return Matplotlib axes. :func:`show` puts a finished figure into the notebook together
with the sentence that a screen reader says in its place.
"""

from __future__ import annotations

import base64
import html
import io
import os
import re
import textwrap
from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from course_lib import keras_private, terminal

if TYPE_CHECKING:
    import keras
    from matplotlib.axes import Axes
    from matplotlib.axis import Axis
    from matplotlib.figure import Figure

    from course_lib.trees import Node

COLORS = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000", "#F0E442"]
"""Okabe and Ito's palette (Color Universal Design, 2008), in the order in which the lessons use it."""

SEQUENTIAL = "cividis"
"""Colour map for magnitudes, made to read alike with and without colour-blindness (Nuñez et al., 2018)."""

READABLE = 550
"""Pixels across below which a figure's letters are too small to read."""


def style() -> None:
    """Set the course's look for all later figures: a light background of their own, so they read in a dark theme.

    What a ``matplotlibrc`` of one's own, or a variable, says of looks and windows does not count here.
    """
    import matplotlib as mpl
    import matplotlib.style
    from cycler import cycler

    matplotlib.style.use("default")
    if terminal.in_kernel() and not os.environ.get("MPLBACKEND", "module:").startswith("module:"):
        mpl.use("module://matplotlib_inline.backend_inline")  # TkAgg opens windows, or stops without a screen
    mpl.rcParams.update(
        {
            "figure.figsize": (7.0, 3.6),
            "figure.dpi": 100,
            "figure.facecolor": "white",
            "axes.prop_cycle": cycler(color=COLORS),
            "axes.spines.top": False,
            "axes.spines.right": False,
            "axes.grid": True,
            "grid.alpha": 0.25,
            "axes.titlesize": 12,
            "axes.titlelocation": "left",
            "axes.titleweight": "bold",
            "lines.linewidth": 2.2,
            "legend.frameon": False,
            "font.size": 10.5,
        }
    )


def png(fig: Figure) -> bytes:
    """Render a figure to PNG bytes, margins trimmed."""
    buffer = io.BytesIO()
    fig.savefig(buffer, format="png", bbox_inches="tight")
    return buffer.getvalue()


def quick_png(fig: Figure) -> bytes:
    """Render a figure to PNG bytes in half the time: margins as they are, one drawing pass, light compression."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from PIL import Image

    canvas = FigureCanvasAgg(fig)
    canvas.draw()
    buffer = io.BytesIO()
    Image.fromarray(np.asarray(canvas.buffer_rgba())).save(buffer, format="png", compress_level=1)
    return buffer.getvalue()


def img(picture: bytes, alt: str) -> str:
    """HTML of a PNG picture with its alt text: as wide as the page, and in a narrow one it scrolls, still readable."""
    data = base64.b64encode(picture).decode("ascii")
    size = f"max-width:max(100%, {READABLE}px)"
    return f'<img alt="{html.escape(alt, quote=True)}" src="data:image/png;base64,{data}" style="{size}">'


def show(fig: Figure, alt: str) -> None:
    """Show a figure in the notebook and close it.

    Args:
        fig: a Matplotlib figure.
        alt: what the figure shows, in a sentence, for readers who cannot see it.

    Raises:
        ValueError: where ``alt`` is empty.
    """
    if not alt.strip():
        raise ValueError("Say in a sentence what the figure shows: plots.show(fig, alt='…').")
    import matplotlib.pyplot as plt

    plt.close(fig)  # else Jupyter would show it a second time, without alt text
    for panel in fig.axes:
        for axis in (panel.xaxis, panel.yaxis):
            _put_commas(axis)
    terminal.show({"text/html": img(png(fig), alt), "text/plain": f"[Figure: {alt}]"})


def _put_commas(axis: Axis) -> None:
    """Write the numbers along an axis as the lessons do where they are large: 12,000."""
    from matplotlib.ticker import ScalarFormatter

    if type(axis.get_major_formatter()) is ScalarFormatter and max(map(abs, axis.get_view_interval())) >= 10_000:
        axis.set_major_formatter("{x:,.0f}")


def name_lines(panel: Axes, width: int = 24) -> None:
    """Write the label of each line where the line ends, in place of a legend, and one below the other.

    Call it last: a line's end is looked for inside the panel's limits.

    Args:
        panel: Matplotlib axes.
        width: letters after which a label goes on in a line of its own.
    """
    import matplotlib as mpl

    line_height = 1.35 * mpl.rcParams["font.size"] / 72 * panel.figure.dpi / panel.bbox.height
    limits = panel.viewLim.transformed(panel.transData).padded(1)  # in pixels, as is what follows
    ends = []
    for line in panel.lines:
        points = panel.transData.transform(line.get_xydata())
        inside = [point for point in points if limits.contains(*point)]
        if inside and not str(line.get_label()).startswith("_"):
            x, y = panel.transAxes.inverted().transform(inside[-1])
            label = _even_lines(str(line.get_label()), width)
            ends.append((y, x, label, line.get_color(), line_height * (label.count("\n") + 1)))
    ends.sort(key=lambda end: end[0])
    places, floor, ceiling = [], 0.0, 1.0
    for y, *_, height in ends:
        places.append(max(y, floor + height / 2))
        floor = places[-1] + height / 2
    for i in reversed(range(len(ends))):  # what was pushed out at the top pushes the others back
        height = ends[i][-1]
        places[i] = min(places[i], ceiling - height / 2)
        ceiling = places[i] - height / 2
    for (y, x, label, color, _), place in zip(ends, places, strict=True):
        panel.annotate(
            label,
            (x, y),
            (max(x, 1.0) + 0.035, place),
            xycoords="axes fraction",
            textcoords="axes fraction",
            va="center",
            color="0.15",
            arrowprops={"arrowstyle": "-", "color": color, "lw": 0.8, "shrinkA": 1, "shrinkB": 3, "relpos": (0, 0.5)},
        )


def _even_lines(words: str, width: int) -> str:
    """Words in as few lines as a width allows, no line much shorter than the others."""
    texts = [textwrap.fill(words, narrow, break_long_words=False) for narrow in range(1, width + 1)]
    return min(texts, key=lambda text: text.count("\n"))  # the first of them, so the narrowest


def heat_over(panel: Axes, image: np.ndarray, heat: np.ndarray) -> None:
    """Draw a photo in grey and a heat map over it: yellow where the map is high, clear where it is low.

    Args:
        panel: Matplotlib axes.
        image: RGB (height, width, 3), pixels 0 … 255.
        heat: (h, w), any size; scaled up to the photo, its low half left out.
    """
    from PIL import Image

    low, high = np.median(heat), heat.max()
    share = np.clip((heat - low) / (high - low or 1), 0, 1).astype("float32")
    height, width = image.shape[:2]
    smooth = np.asarray(Image.fromarray(share).resize((width, height), Image.Resampling.BICUBIC)).clip(0, 1)
    panel.imshow(image.mean(axis=-1), cmap="gray", vmin=0, vmax=255)
    panel.imshow(smooth, cmap=SEQUENTIAL, vmin=0, vmax=1, alpha=0.65 * smooth)
    panel.set(xticks=[], yticks=[])
    panel.grid(visible=False)


def tree(
    panel: Axes, root: Node, feature: Callable[[int], str] = "feature {}".format, label: Callable[[float], str] = str
) -> None:
    """Draw a decision tree: questions in boxes, *yes* to the left and *no* to the right, predictions at the ends.

    Args:
        panel: Matplotlib axes.
        root: the tree, from :func:`course_lib.trees.read`.
        feature: what to call a feature, given its number.
        label: what to call a prediction.
    """
    from course_lib.trees import Leaf

    end = 0  # where the next leaf goes, from left to right

    def place(node: Node, depth: int) -> float:
        nonlocal end
        box = {"boxstyle": "round,pad=0.5", "fc": "white", "ec": COLORS[0], "lw": 1.5}
        if isinstance(node, Leaf):
            x, text = float(end), label(node.prediction)
            end += 1
            box |= {"fc": "#FFF3D6", "ec": COLORS[4]}
        else:
            left, right = place(node.yes, depth + 1), place(node.no, depth + 1)
            x, text = (left + right) / 2, f"{feature(node.feature)} {node.rule.replace('<=', '≤')}?"
            for child, word in ((left, "yes"), (right, "no")):
                panel.plot([x, child], [-depth, -depth - 1], color="0.5", lw=1.5, zorder=1)
                panel.text((x + child) / 2, -depth - 0.5, word, ha="center", va="center", backgroundcolor="white")
        panel.text(x, -depth, text, ha="center", va="center", bbox=box, zorder=2)
        panel.set_ylim(min(panel.get_ylim()[0], -depth - 0.4), 0.4)
        return x

    place(root, 0)
    panel.set_xlim(-0.6, end - 0.4)
    panel.axis("off")


def activation_gallery() -> None:
    """Show every activation of the course (solid) with its derivative (dashed), one panel each."""
    import matplotlib.pyplot as plt

    from course_lib.activations import ACTIVATIONS, maxout

    x = np.linspace(-4.0, 4.0, 401)
    curves = {name: (a.function(x), a.derivative(x)) for name, a in ACTIVATIONS.items() if name != "linear"}
    lines = maxout(x[:, None], [1.0], -1.0, [-0.5], 0.0)
    curves["Maxout: x − 1, −x/2"] = lines, np.gradient(lines, x)

    fig, panels = plt.subplots(2, 5, figsize=(10, 4.8), sharex=True, sharey=True)
    for panel, (name, (value, slope)) in zip(panels.flat, curves.items(), strict=False):
        panel.plot(x, value, label="activation")
        panel.plot(x, slope, "--", label="derivative")
        panel.set(title=name, ylim=(-1.6, 3.2))
        panel.axhline(0, color="0.6", lw=0.8, zorder=0)
    for panel in panels[1]:
        panel.set_xlabel("weighted sum x")
    for panel in panels[:, 0]:
        panel.set_ylabel("value")
    for panel in panels.flat[len(curves) :]:
        panel.axis("off")
    panels.flat[-1].legend(*panels.flat[0].get_legend_handles_labels(), loc="center", title="In each panel")
    fig.tight_layout()
    show(
        fig,
        alt="Nine panels, each with an activation as a solid line and its derivative dashed: sigmoid and tanh flatten "
        "on both sides; ReLU, ELU, GELU and SiLU on the left only, the last two after a shallow dip below zero; "
        "Leaky ReLU and Maxout nowhere; the exponential grows.",
    )


def model_graph(model: keras.Model) -> None:
    """Show a Keras model as boxes and arrows: name, kind, output shape and parameters of each layer.

    Every arrow is a tensor; one that passes other boxes on its way is drawn dashed, round them. Names that Keras has
    made up (``conv2d_27``) are left out. No other program is needed.

    Args:
        model: one whose graph is known: functional, or sequential with a ``keras.Input``.
    """
    import matplotlib.pyplot as plt
    from matplotlib.patches import Rectangle

    boxes, arrows = _graph(model)
    rows = _rows(boxes, arrows)
    # In inches: one line of text is 0.17 high, one bold letter about 0.085 wide.
    half = 0.1 + 0.0425 * max(len(line) for lines in boxes.values() for line in lines)
    high, step = 0.3, 0.95
    place: dict[str, tuple[float, float]] = {}
    for number in sorted(set(rows.values())):
        row = [name for name in boxes if rows[name] == number]
        place |= {name: ((2 * half + 0.3) * (i - (len(row) - 1) / 2), -step * number) for i, name in enumerate(row)}
    left, right = min(x for x, _ in place.values()) - half - 0.1, max(x for x, _ in place.values()) + half + 0.6
    low, top = -step * max(rows.values()) - high - 0.1, high + 0.4

    fig = plt.figure(figsize=(right - left, top - low))
    ax = fig.add_axes((0, 0, 1, 1), xlim=(left, right), ylim=(low, top))
    ax.axis("off")
    name = "" if _is_made_up(model) else f"{model.name}: "
    ax.text(left + 0.1, top - 0.15, f"{name}{model.count_params():,} parameters", weight="bold", va="center")
    style = {"arrowstyle": "-|>", "color": "0.3", "lw": 1.6, "shrinkA": 0, "shrinkB": 0}
    for start, end in arrows:
        (x, y), (x_end, y_end) = place[start], place[end]
        between = [name for name in boxes if rows[start] < rows[name] < rows[end]]
        if any(abs(place[name][0] - x) < 2 * half for name in between):
            aside = max(place[name][0] for name in [start, end, *between]) + half + 0.35
            ax.plot([x + half, aside, aside], [y, y, y_end], "--", color=COLORS[1], lw=1.6)
            aside_style = style | {"color": COLORS[1], "ls": "--"}
            ax.annotate("", (x_end + half, y_end), (aside, y_end), arrowprops=aside_style)
        else:
            ax.annotate("", (x_end, y_end + high), (x, y - high), arrowprops=style)
    for name, (x, y) in place.items():
        corner = x - half, y - high
        ax.add_patch(Rectangle(corner, 2 * half, 2 * high, fc="#eaf2f8", ec=COLORS[0], lw=1.4, zorder=3))
        for i, line in enumerate(boxes[name]):
            weight, size = ("bold", 9) if i == 0 else ("normal", 8.5)
            middle = y + 0.18 * (len(boxes[name]) / 2 - 0.5 - i)
            ax.text(x, middle, line, ha="center", va="center", weight=weight, fontsize=size, zorder=4)
    arrows_in_words = "; ".join(f"{boxes[a][0]} to {boxes[b][0]}" for a, b in arrows)
    show(fig, alt=f"Graph of a model with {model.count_params():,} parameters. Arrows: {arrows_in_words}.")


def _graph(model: keras.Model) -> tuple[dict[str, list[str]], list[tuple[str, str]]]:
    """Boxes (name of a layer → lines of text) in the order of computing, and arrows (from, to)."""
    boxes, arrows = {}, []
    layers = model.layers
    if not any(type(layer).__name__ == "InputLayer" for layer in layers):
        layers = [keras_private.maker_of(tensor) for tensor in model.inputs] + layers  # Sequential hides its input
    names = _names(layers)
    for layer in layers:
        outputs = layer.output if isinstance(layer.output, list) else [layer.output]
        lines = [names[layer.name], " × ".join(str(n) for n in outputs[0].shape[1:])]
        boxes[layer.name] = lines + [f"{layer.count_params():,} parameters"] * bool(layer.count_params())
    for layer in layers:
        for tensor in keras_private.inputs_of(layer):
            start = keras_private.maker_of(tensor).name
            if start in boxes and (start, layer.name) not in arrows:
                arrows.append((start, layer.name))
    return boxes, arrows


def _names(layers: list[keras.Layer]) -> dict[str, str]:
    """What to call each layer: ``hidden (Dense)``; without a name of its own ``Dense``, or ``Dense 2``, the second."""
    kinds = {layer.name: type(layer).__name__.removesuffix("Layer") for layer in layers}
    nameless = [layer.name for layer in layers if _is_made_up(layer)]
    names = {}
    for name, kind in kinds.items():
        alike = [other for other in nameless if kinds[other] == kind]
        if name not in nameless:
            names[name] = f"{name} ({kind})"
        else:
            names[name] = kind if len(alike) == 1 else f"{kind} {alike.index(name) + 1}"
    return names


def _is_made_up(layer: keras.Layer) -> bool:
    """Whether a name says no more than the kind: Keras makes up ``max_pooling2d_3``, the fourth in this session."""
    kind = type(layer).__name__.lower()
    return bool(re.fullmatch(rf"({kind}|{kind.removesuffix('layer')})\d*", layer.name.replace("_", "").lower()))


def _rows(boxes: dict[str, list[str]], arrows: list[tuple[str, str]]) -> dict[str, int]:
    """The row of each box: below everything that it waits for; an input stands right above its first use."""
    rows = dict.fromkeys(boxes, 0)
    for _ in boxes:
        for start, end in arrows:
            rows[end] = max(rows[end], rows[start] + 1)
    ends = {end for _, end in arrows}
    for name in boxes:
        uses = [rows[end] for start, end in arrows if start == name]
        if name not in ends and uses:
            rows[name] = min(uses) - 1
    return rows
