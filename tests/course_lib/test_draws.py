"""Inputs drawn for exercises: all that a task allows, its ends among them."""

import numpy as np

from course_lib.check.draws import Draw, has_float_arrays, in_32_bits


def many(make, draws=300):
    return [make(Draw(np.random.default_rng(number))) for number in range(draws)]


def test_numbers_stay_in_their_range_and_reach_its_ends():
    for make, low, high in (
        (lambda draw: draw.whole(-3, 9), -3, 9),
        (lambda draw: draw.number(-2.5, 4), -2.5, 4),
        (lambda draw: draw.number(1, 8), 1, 8),
    ):
        found = many(make)
        assert min(found) == low and max(found) == high
        assert low > 0 or found.count(0) > 5, "0 comes often where it is allowed"
    assert {type(n) for n in many(lambda draw: draw.whole(0, 5))} == {int}
    assert {type(n) for n in many(lambda draw: draw.number(0, 5))} == {float}


def test_arrays_hold_the_same_numbers_in_32_bits():
    for x in many(lambda draw: draw.array(draw.shape(draw.whole(1, 3), 4), -1000, 1000)):
        assert x.dtype == float and abs(x).max() <= 1000 and 1 <= x.ndim <= 3 and max(x.shape) <= 4
        assert np.array_equal(x, x.astype(np.float32))
    sizes = [abs(x).max() for x in many(lambda draw: draw.array((4,), -1000, 1000))]
    assert min(sizes) < 100 and max(sizes) == 1000, "some arrays lie near 0"


def test_choices_and_lists_take_all_that_they_are_given():
    assert set(many(lambda draw: draw.one_of("a", 2, None))) == {"a", 2, None}
    lists = many(lambda draw: draw.items(lambda: draw.whole(0, 1), 0, 3))
    assert {len(found) for found in lists} == {0, 1, 2, 3}
    some = many(lambda draw: tuple(draw.some("a", "b", "c")))
    assert {len(found) for found in some} == {1, 2, 3} and all(len(set(found)) == len(found) for found in some)
    assert ("b", "a") in some and ("a", "b") in some
    assert {n for x in many(lambda draw: draw.wholes((3,), 2, 4)) for n in x.tolist()} == {2, 3, 4}
    assert {x.dtype.kind for x in many(lambda draw: draw.wholes((3,), 2, 4))} == {"i"}


def test_float_arrays_anywhere_in_the_arguments_get_32_bits():
    arguments = (np.array([0.5]), [np.array([1]), (np.array([2.5]),)], {"a": np.array([0.25])}, 0.1, "x", np.sin)
    one, [two, (three,)], four, *others = in_32_bits(arguments)
    assert [x.dtype for x in (one, three, four["a"])] == [np.float32] * 3
    assert two.dtype == int and others == [0.1, "x", np.sin]
    assert has_float_arrays(arguments) and has_float_arrays({"a": [one.astype(float)]})
    assert not has_float_arrays((np.array([1]), [0.5], "x"))
