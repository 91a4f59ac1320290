"""The model behind the playground of lesson 06."""

import itertools

import numpy as np
import pytest

from course_lib.playground.convolution import KERNELS, Convolution

SIDE = 10


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


def test_an_edge_kernel_sees_nothing_in_an_even_picture():
    assert not Convolution(np.ones((SIDE, SIDE)), KERNELS["left-right edge"]).output.any()
