"""Images move by whole pixels and are shown on one scale."""

import matplotlib.pyplot as plt
import numpy as np
import pytest

from course_lib import images

ONE = np.arange(1, 13).reshape(3, 4)


def test_what_leaves_is_lost_and_what_comes_in_is_paper():
    assert images.shift(ONE, right=1).tolist() == [[0, 1, 2, 3], [0, 5, 6, 7], [0, 9, 10, 11]]
    assert images.shift(ONE, down=-1).tolist() == [[5, 6, 7, 8], [9, 10, 11, 12], [0, 0, 0, 0]]
    assert images.shift(ONE, right=-2, down=1).tolist() == [[0, 0, 0, 0], [3, 4, 0, 0], [7, 8, 0, 0]]


@pytest.mark.parametrize("far", [{"right": 4}, {"right": -9}, {"down": 3}, {"down": -5}])
def test_far_away_nothing_is_left(far):
    assert not images.shift(ONE, **far).any()


def test_many_images_move_together_and_the_original_stays():
    many = np.stack([ONE, 2 * ONE]).astype(np.uint8)
    moved = images.shift(many, right=1)
    assert moved.shape == many.shape and moved.dtype == np.uint8
    assert np.array_equal(moved[1], 2 * images.shift(ONE, right=1))
    assert np.array_equal(images.shift(many), many) and many[0, 0, 0] == 1


def test_a_grid_shows_every_image_on_one_scale():
    figure = images.grid(np.stack([ONE] * 5), titles=list("abcde"), columns=3)
    shown = [panel for panel in figure.axes if panel.images]
    assert len(shown) == 5 and [panel.get_title() for panel in shown] == list("abcde")
    assert {panel.images[0].get_clim() for panel in shown} == {(1.0, 12.0)}
    plt.close(figure)


def test_kernels_have_zero_in_the_middle_of_the_colours():
    figure = images.grid(np.array([[[-1.0, 0.5]], [[0.25, 0.0]]]), symmetric=True)
    assert {panel.images[0].get_clim() for panel in figure.axes} == {(-1.0, 1.0)}
    plt.close(figure)
