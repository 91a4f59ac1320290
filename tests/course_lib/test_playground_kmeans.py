"""The model behind the k-means stepper."""

import itertools

import numpy as np
import pytest

from course_lib.playground.kmeans import MOST_CENTRES, POINTS, STARTS, Walk, nearest

MOST_STEPS = 24
WAYS = list(itertools.product(range(1, MOST_CENTRES + 1), STARTS))


@pytest.mark.parametrize(("k", "start"), WAYS)
def test_no_half_step_makes_the_sum_of_squares_larger(k, start):
    sums = [Walk(k, start, step).sum_of_squares() for step in range(MOST_STEPS + 1)]
    assert all(after <= before + 1e-9 for before, after in itertools.pairwise(sums))


@pytest.mark.parametrize(("k", "start"), WAYS)
def test_each_start_has_k_different_points_of_the_cloud(k, start):
    first = Walk(k, start).first()
    assert first.shape == (k,) and len(np.unique(POINTS[first], axis=0)) == k


def test_an_odd_half_step_gives_points_and_an_even_one_moves_centres():
    start, given, moved = (Walk(4, "random 1", step) for step in (0, 1, 2))
    assert start.now()[1] is None
    assert np.array_equal(given.now()[0], start.now()[0])
    assert np.array_equal(given.now()[1], nearest(start.now()[0]))
    assert not np.array_equal(moved.now()[0], given.now()[0])


def test_two_starts_come_to_rest_in_two_places():
    good, bad = Walk(4, "random 1", MOST_STEPS), Walk(4, "random 2", MOST_STEPS)
    assert good.now()[2] and bad.now()[2]
    assert bad.sum_of_squares() > 3 * good.sum_of_squares()
