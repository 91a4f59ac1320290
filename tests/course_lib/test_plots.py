"""Figures reach the notebook with alt text, once."""

import matplotlib.pyplot as plt
import numpy as np
import pytest

from autograder.authoring import figure_facts
from course_lib import plots


@pytest.fixture
def shown(monkeypatch):
    bundles = []
    monkeypatch.setattr("course_lib.terminal.show", lambda bundle: bundles.append(bundle))
    return bundles


def test_a_figure_is_shown_with_its_alt_text_and_closed(shown):
    fig, _ = plt.subplots()
    plots.show(fig, alt='A "quoted" <line>')
    assert 'alt="A &quot;quoted&quot; &lt;line&gt;"' in shown[0]["text/html"]
    assert shown[0]["text/plain"] == '[Figure: A "quoted" <line>]'
    assert not plt.fignum_exists(fig.number)


def test_a_figure_without_alt_text_is_refused():
    fig, _ = plt.subplots()
    with pytest.raises(ValueError, match="alt"):
        plots.show(fig, alt=" ")
    plt.close(fig)


def test_both_renderings_are_png():
    fig, _ = plt.subplots()
    assert plots.png(fig)[:4] == plots.quick_png(fig)[:4] == b"\x89PNG"
    plt.close(fig)


def test_large_numbers_along_an_axis_have_commas():
    fig, panel = plt.subplots()
    panel.plot([0, 4], [0, 50_000])
    plots.show(fig, alt="A line.")
    assert panel.yaxis.get_major_formatter()(50_000) == "50,000"
    assert panel.xaxis.get_major_formatter()(0.5) == "0.5"


def test_the_gallery_shows_every_activation(shown):
    plots.activation_gallery()
    assert "Nine panels" in shown[0]["text/plain"]


def branched():
    from keras import Input, Model, layers

    left, right = Input((8,), name="left"), Input((3,), name="right")
    hidden = layers.Dense(8, name="hidden")(left)
    summed = layers.Add(name="sum")([left, hidden])
    joined = layers.Concatenate(name="join")([summed, right])
    return Model([left, right], [layers.Dense(1, name="one")(joined), layers.Dense(2, name="two")(joined)])


def test_the_graph_of_a_model_has_every_layer_and_arrow(shown):
    model = branched()
    plots.model_graph(model)
    words = shown[0]["text/plain"]
    assert f"{model.count_params():,} parameters" in words
    for arrow in ("left (Input) to hidden (Dense)", "left (Input) to sum (Add)", "join (Concatenate) to two (Dense)"):
        assert arrow in words


def test_rows_of_the_graph_go_down_along_every_arrow():
    boxes, arrows = plots._graph(branched())
    rows = plots._rows(boxes, arrows)
    assert len(boxes) == 7 and all(rows[start] < rows[end] for start, end in arrows)
    assert rows["right"] == rows["join"] - 1 and boxes["hidden"][1:] == ["8", "72 parameters"]


def test_text_stays_in_its_box(monkeypatch):
    """Measured by the renderer: every line of text is narrower than the boxes, long names too."""
    from keras import Input, Sequential, layers

    figures = []
    monkeypatch.setattr(plots, "show", lambda fig, alt: figures.append(fig))
    long = "a_layer_with_a_name_of_WIDE_LETTERS_MWMW"
    plots.model_graph(Sequential([Input((28, 28, 3)), layers.Conv2D(1024, 7, name=long), layers.Flatten()]))
    ((axes,),) = [fig.axes for fig in figures]
    renderer = figures[0].canvas.get_renderer()
    boxes = [patch.get_window_extent(renderer) for patch in axes.patches if hasattr(patch, "get_width")]
    lines = [text.get_window_extent(renderer) for text in axes.texts if text.get_ha() == "center" and text.get_text()]
    assert len(boxes) == 3 and len(lines) >= 7
    for line in lines:
        assert any(b.x0 <= line.x0 and line.x1 <= b.x1 and b.y0 <= line.y0 and line.y1 <= b.y1 for b in boxes)
    plt.close(figures[0])


def test_a_sequential_model_shows_its_input_too(shown):
    from keras import Input, Sequential, layers

    plots.model_graph(Sequential([Input((4,), name="numbers"), layers.Dense(2, name="dense")]))
    assert "numbers (Input) to Dense" in shown[0]["text/plain"]


def test_no_name_that_keras_made_up_is_shown(monkeypatch):
    """`conv2d_27` counts a session's layers: it says nothing of the model, and another one at each run."""
    from keras import Input, Sequential, layers

    figures, words = [], []
    monkeypatch.setattr(plots, "show", lambda fig, alt: (figures.append(fig), words.append(alt)))
    stack = [layers.Conv2D(2, 3), layers.MaxPooling2D(), layers.Conv2D(2, 3), layers.Flatten(), layers.Dense(1)]
    plots.model_graph(Sequential([Input((28, 28, 1)), *stack]))
    ((axes,),) = [fig.axes for fig in figures]
    drawn = [text.get_text() for text in axes.texts]
    assert {"Input", "Conv2D 1", "MaxPooling2D", "Conv2D 2", "Flatten", "Dense"} <= set(drawn)
    assert not [text for text in [*drawn, *words] if "_" in text or "sequential" in text]
    assert "Conv2D 1 to MaxPooling2D; MaxPooling2D to Conv2D 2; Conv2D 2 to Flatten" in words[0]
    plt.close(figures[0])


def test_lines_are_named_where_they_end():
    """One below the other, in the lines' order, long names in even lines; also where ends meet, or leave the panel."""
    fig, panel = plt.subplots(figsize=(6, 3))
    x = np.arange(1.0, 11)
    for name, heights in {"low": 0 * x, "lower than high": 0 * x + 0.1, "high": x, "leaves": 9.5 * x}.items():
        panel.plot(x, heights, label=name)
    panel.plot(x, -x, color="0.5")  # without a name
    panel.set_ylim(-1, 10)
    plots.name_lines(panel, width=10)
    said = {text.get_text(): text.get_position()[1] for text in panel.texts}
    assert sorted(said, key=said.get) == ["low", "lower\nthan high", "leaves", "high"]
    assert figure_facts.facts(fig)["overlaps"] == []
    assert max(said.values()) <= 1 and all(text.get_position()[0] > 1 for text in panel.texts)
    plt.close(fig)


def test_what_a_figure_lacks_is_found():
    """The facts that every lesson's figures are held against see each fault."""
    plots.style()
    fig, (left, right) = plt.subplots(1, 2, figsize=(6, 3))
    left.plot([0, 1, 2], [3, 4, 5], label="covered")
    left.legend(loc="center", fontsize=6)
    right.bar(["cats", "dogs"], [1, 2])
    right.text(0.5, 1, "one text")
    right.text(0.5, 1, "another")
    left.annotate("on the axis", (0.5, 0), xycoords="axes fraction", va="center")
    faults = figure_facts.facts(fig)
    assert faults["titles"] == [] and faults["font"] == 6 and faults["covered"] > 0
    assert faults["unnamed"] == ["x of ''", "y of ''", "y of ''"]  # cats and dogs need no name
    assert faults["overlaps"] == ["'one text' and 'another'", "'on the axis' and an axis"]
    left.set(title="Up it goes", xlabel="step", ylabel="loss")
    left.legend(loc="upper left")
    right.set_ylabel("count")
    for text in [*left.texts, *right.texts]:
        text.remove()
    mended = figure_facts.facts(fig)
    assert mended["titles"] == ["Up it goes"] and not mended["unnamed"] and not mended["overlaps"]
    assert not mended["covered"]
    plt.close(fig)


def test_neighbouring_colours_differ_for_deuteranopes():
    """The palette's first six, as Machado, Oliveira and Fernandes (2009) say a person without green cones sees them."""
    from matplotlib.colors import to_rgb

    rgb = np.array([to_rgb(color) for color in plots.COLORS[:6]])
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    without_green = [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    seen = np.clip(linear @ np.transpose(without_green), 0, 1)
    white = np.array([0.95047, 1, 1.08883])
    to_xyz = [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
    f = np.cbrt(np.maximum(seen @ np.transpose(to_xyz) / white, 0.008856))
    lab = np.stack([116 * f[:, 1] - 16, 500 * (f[:, 0] - f[:, 1]), 200 * (f[:, 1] - f[:, 2])], axis=1)
    apart = np.linalg.norm(lab[:, None] - lab[None], axis=-1)[np.triu_indices(6, 1)]
    assert apart.min() > 15  # 2.3 is just noticeable
