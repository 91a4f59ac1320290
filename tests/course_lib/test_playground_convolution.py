"""The model behind the playground of lesson 06."""

import itertools

import numpy as np
import pytest

from course_lib.playground import convolution as show
from course_lib.playground.convolution import DRAWINGS, KERNELS, SIDE, Convolution, _Maps


@pytest.mark.parametrize(
    ("stride", "padding", "pool"), list(itertools.product((1, 2, 3), ("valid", "same"), (1, 2, 3)))
)
def test_it_computes_what_keras_computes(stride, padding, pool):
    import keras

    image = np.random.default_rng(1).normal(size=(SIDE, SIDE)).astype("float32")
    kernel = np.random.default_rng(2).normal(size=(3, 3)).astype("float32")
    theirs = keras.ops.conv(image[None, ..., None], kernel[..., None, None], strides=stride, padding=padding)
    if pool > 1:
        theirs = keras.ops.max_pool(theirs, pool)
    ours = Convolution(image, kernel, stride, padding, pool).output
    assert ours == pytest.approx(np.asarray(theirs)[0, ..., 0], abs=1e-5)


def test_drawings_and_kernels_have_their_size():
    assert {drawing.shape for drawing in DRAWINGS.values()} == {(SIDE, SIDE)}
    assert {kernel.shape for kernel in KERNELS.values()} == {(3, 3)}


def test_an_edge_kernel_sees_nothing_in_an_even_picture():
    even = np.ones((SIDE, SIDE))
    assert not Convolution(even, KERNELS["left-right edge"]).output.any()
    html = _Maps().html(Convolution(even, KERNELS["left-right edge"], stride=2, pool=2))
    assert "stride 2, padding valid and pooling 2: 2 by 2 numbers, the largest 0.00." in html


def test_pixels_kernel_and_presets_change_the_picture(monkeypatch):
    shown = []
    monkeypatch.setattr("course_lib.playground.view.show", lambda panel, fallback: shown.append(panel))
    show()
    left, right, picture = shown[0].children
    (drawings, board), (_, weights, *_) = left.children, right.children
    before = picture.value
    drawings.value = "empty"
    assert "the largest 0.00" in picture.value != before
    board.children[55].value = True
    assert "the largest 2.00" in picture.value
    weights.children[4].value = 7.0
    assert "the largest 7.00" in picture.value
