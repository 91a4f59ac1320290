"""The models behind the playgrounds, and both forms in which a playground shows itself."""

import numpy as np
import pytest

from course_lib import playground
from course_lib.activations import ACTIVATIONS
from course_lib.playground import view
from course_lib.playground.activation import Point
from course_lib.playground.neuron import CORNERS, RESOLUTION, Neuron


def test_a_neuron_computes_and():
    neuron = Neuron(20, 20, -30, "sigmoid")
    assert (neuron.output(CORNERS) > 0.5).tolist() == [False, False, False, True]
    assert "(1, 1) gives 1.00" in neuron.describe()


def test_the_boundary_is_where_the_weighted_sum_is_zero():
    neuron = Neuron(2.0, -1.0, 0.5)
    x1, x2 = neuron.boundary()
    np.testing.assert_allclose(2.0 * x1 - 1.0 * x2 + 0.5, 0.0, atol=1e-12)
    assert Neuron(0.0, 0.0, 1.0).boundary() is None


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_the_surface_holds_the_outputs_on_the_grid(activation):
    neuron = Neuron(1.5, -0.5, 0.2, activation)
    surface = neuron.surface()
    assert surface.shape == (RESOLUTION, RESOLUTION)
    assert surface[0, -1] == pytest.approx(neuron.output(np.array([2.0, -1.0])))


def test_the_tangent_touches_and_has_the_slope():
    point = Point("sigmoid", 0.0)
    assert (point.value, point.slope) == (0.5, 0.25)
    assert point.tangent(np.array([0.0, 4.0])).tolist() == [0.5, 1.5]


@pytest.fixture
def shown(monkeypatch):
    bundles = []
    monkeypatch.setattr("course_lib.terminal.show", lambda bundle: bundles.append(bundle))
    return bundles


@pytest.mark.parametrize("show", [playground.neuron, playground.activation])
def test_shown_as_widget_and_as_a_picture_with_alt_text(show, shown):
    show()
    (bundle,) = shown
    assert "application/vnd.jupyter.widget-view+json" in bundle
    assert bundle["text/html"].startswith('<img alt="') and "data:image/png" in bundle["text/html"]


def test_the_picture_follows_its_controls():
    import ipywidgets as widgets

    slider = widgets.FloatSlider(1.0, min=0, max=5)
    panel = view.controls_and_picture({"x": slider}, lambda x: f"<b>{x}</b>")
    slider.value = 2.5
    assert panel.children[-1].value == "<b>2.5</b>"
