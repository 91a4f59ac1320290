"""Figures reach the notebook with alt text, once."""

import matplotlib.pyplot as plt
import pytest

from course_lib import plots


@pytest.fixture
def shown(monkeypatch):
    bundles = []
    monkeypatch.setattr("IPython.display.display", lambda bundle, raw: bundles.append(bundle))
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


def test_the_gallery_shows_every_activation(shown):
    plots.activation_gallery()
    assert "Seven panels" in shown[0]["text/plain"]
