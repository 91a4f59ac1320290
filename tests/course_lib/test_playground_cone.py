"""The model behind the playground of lesson 03."""

import numpy as np
import pytest

from course_lib.playground.cone import SIDE, TRUE, Learning, X, _Picture


def test_the_map_shows_distances():
    assert X.shape == (SIDE**2, 2)
    assert TRUE[SIDE // 2, SIDE // 2] == 0
    assert TRUE[0, 0] == pytest.approx(np.sqrt(200))
    assert TRUE[SIDE // 2, -1] == pytest.approx(10), "columns are x"


def test_errors_by_epoch():
    learning = Learning("a plane, then the cone", np.stack([np.zeros_like(TRUE), TRUE + 1, TRUE]))
    assert learning.epochs == 2
    assert learning.errors[1:] == pytest.approx([1, 0])
    assert "after epoch 1 of 2: mean squared error 1.000" in learning.describe(1)


def test_a_surface_of_another_shape_is_refused():
    with pytest.raises(ValueError, match="not \\(3, 5\\)"):
        Learning("flat", np.zeros((3, 5)))


def test_a_network_with_fewer_epochs_stands_still_at_its_last():
    learning = Learning("short", np.stack([TRUE, TRUE + 2]))
    html = _Picture(20, (0.1, 10)).html(learning, 20)
    assert html.startswith('<img alt="short after epoch 1 of 1: mean squared error 4.000')
