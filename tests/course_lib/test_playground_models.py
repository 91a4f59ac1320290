"""What the playgrounds are there to show, in the NumPy models that the browser's numbers are held against."""

import itertools

import numpy as np
import pytest

from course_lib.playground.cone import SIDE, TRUE, X, cone
from course_lib.playground.xor import ACTIVATIONS as XOR_ACTIVATIONS
from course_lib.playground.xor import SEEDS, learn
from course_lib.playground.xor import X as XOR_X
from course_lib.playground.xor import Y as XOR_Y
from tests.browser.playground_models import CLASSES, MODELS


def numbers(name, **state):
    return MODELS[name].numbers(state)


def test_without_training_mllib_predicts_zero_and_a_fair_step_ends_near_the_floor():
    start = numbers("descent", step=1e-8, iterations=1, intercept=False)
    assert start[0] == pytest.approx(7.4510, abs=1e-4)
    for intercept, floor in ((False, 6.2068), (True, 0.4392)):
        *errors, least = numbers("descent", step=1.0, iterations=200, intercept=intercept)
        assert least == pytest.approx(floor, abs=1e-4)
        assert least <= errors[200] < 1.01 * least
    assert max(numbers("descent", step=10.0, iterations=20, intercept=False)) > 1e6, "it grows first"


def scores(cat=2.0, dog=1.0, bird=0.0, fish=-1.0, temperature=1.0, true="cat"):
    *shares, entropy = numbers("softmax", cat=cat, dog=dog, bird=bird, fish=fish, temperature=temperature, true=true)
    return shares, entropy


def test_softmax_heat_evens_out_and_a_lost_class_still_has_a_finite_cost():
    shares, entropy = scores(3.0, 3.0, 3.0, 3.0)
    assert shares == pytest.approx([0.25] * 4) and entropy == pytest.approx(np.log(4))
    cold, plain, hot = (scores(temperature=t)[0] for t in (0.1, 1.0, 10.0))
    assert hot[0] < plain[0] < cold[0] and all((np.diff(shares) < 0).all() for shares in (cold, plain, hot))
    assert scores(cat=-10.0, dog=10.0, temperature=0.1)[1] == pytest.approx(200.0)
    assert CLASSES == ("cat", "dog", "bird", "fish")


@pytest.mark.parametrize(
    ("keys", "hot", "partitions", "salts"), list(itertools.product([1, 2, 40], [0.0, 0.6], [1, 8, 16], [1, 8]))
)
def test_no_row_is_lost_in_a_shuffle(keys, hot, partitions, salts):
    rows = numbers("partitions", keys=keys, hot=hot, partitions=partitions, salts=salts)
    assert sum(rows[partitions:]) == 10_000


def test_salt_spreads_the_hot_key_and_more_partitions_do_not():
    for partitions in (2, 8, 16):
        hot = numbers("partitions", keys=40, hot=0.6, partitions=partitions, salts=1)[:partitions]
        assert sorted(hot)[-2:] == [0, 6000]
    unsalted, salted = (numbers("partitions", keys=40, hot=0.6, partitions=8, salts=n)[8:] for n in (1, 32))
    assert max(unsalted) > 4 * np.mean(unsalted) and max(salted) < 2 * np.mean(salted)


def times(prepare=30, train=20, prefetch=0, workers=1, cache=False):
    return numbers("pipeline", prepare=prepare, train=train, prefetch=prefetch, workers=workers, cache=cache)


def test_a_pipeline_adds_times_without_prefetch_and_with_it_the_longer_decides():
    assert times()[-2] == 12 * (30 + 20)
    for prepare, train in ((30, 20), (20, 30), (10, 10)):
        assert times(prepare, train, prefetch=1)[-2] == prepare + train + 11 * max(prepare, train)
    assert times(40, 20, prefetch=4)[-2] == times(40, 20, prefetch=1)[-2]
    assert times(40, 20, prefetch=2, workers=2)[-2] < times(40, 20, prefetch=2)[-2]
    lanes = times(cache=True)[:-2:3]
    assert sum(lane > 0 for lane in lanes) == 6 and sum(lane == 0 for lane in lanes) == 12


@pytest.mark.parametrize(("prefetch", "workers", "cache"), list(itertools.product((0, 1, 3), (1, 2, 4), (False, True))))
def test_nothing_overlaps_in_a_lane(prefetch, workers, cache):
    *work, _total, waited = times(35, 25, prefetch, workers, cache)
    work = np.reshape(work, (-1, 3))
    for lane in range(workers + 1):
        mine = work[work[:, 0] == lane]
        assert (mine[:-1, 2] <= mine[1:, 1]).all()
    assert 0 <= waited < 1


@pytest.mark.parametrize(("workers", "shards"), list(itertools.product(range(1, 5), ["equal", "unequal"])))
def test_weighted_by_rows_is_what_one_machine_finds_and_other_ways_are_not(workers, shards):
    def step(combine):
        *_, combined, alone, _after, _loss = numbers(
            "data_parallel", w=0.7, rate=0.2, workers=workers, shards=shards, combine=combine
        )
        return combined, alone

    combined, alone = step("weighted by rows")
    assert combined == pytest.approx(alone)
    if shards == "equal":
        assert step("plain mean")[0] == pytest.approx(alone)
        assert step("sum")[0] == pytest.approx(workers * alone)
    elif workers == 3:
        assert abs(step("plain mean")[0] - alone) > 0.5


def test_a_combiner_sends_fewer_boxes_and_spoils_the_naive_mean_only():
    def results(job, combiner):
        found = numbers("mapreduce", job=job, combiner=combiner)
        return found[: 6 if combiner else 5][-1], found[6 if combiner else 5 :]

    (plain, counts), (combined, same) = (results("Word count", c) for c in (False, True))
    assert (plain, combined) == (14, 7) and counts == same and counts[1::2] == [2, 2, 2, 6, 6], "by for of people the"
    assert results("Maximum temperature", True)[1][1::2] == [60, 94], "Chicago, Mumbai"
    assert results("Mean temperature, naive", False)[1][1::2] == pytest.approx([44.8, 87])
    assert results("Mean temperature, naive", True)[1][1::2] == pytest.approx([38.22, 88.67], abs=0.01)
    for combiner in (False, True):
        found = np.reshape(results("Mean with (sum, count)", combiner)[1], (-1, 3))
        assert found[:, 1:].tolist() == [[224, 5], [348, 4]]


def test_the_cones_map_shows_distances_and_a_surface_of_another_shape_is_refused():
    assert X.shape == (SIDE**2, 2) and TRUE[SIDE // 2, SIDE // 2] == 0
    assert TRUE[0, 0] == pytest.approx(np.sqrt(200)) and TRUE[SIDE // 2, -1] == pytest.approx(10), "columns are x"
    with pytest.raises(ValueError, match=r"not \(3, 5\)"):
        cone({"flat": np.zeros((3, 5))})


@pytest.mark.parametrize("activation", XOR_ACTIVATIONS)
def test_a_step_of_xor_goes_down_the_slope_of_its_loss(activation):
    before, after = (learn(3, activation, rate=0.1, steps=steps, seeds=[5]).weights for steps in (0, 1))

    def loss(weights):
        w, b, v, c = (part[0] for part in weights)
        z = XOR_X @ w + b
        return np.mean(((np.tanh(z) if activation == "tanh" else np.maximum(z, 0)) @ v + c - XOR_Y) ** 2)

    for part, (old, new) in enumerate(zip(before, after, strict=True)):
        for index in np.ndindex(old.shape):
            moved = [[w.copy() for w in before] for _ in range(2)]
            moved[0][part][index] += 1e-6
            moved[1][part][index] -= 1e-6
            slope = (loss(moved[0]) - loss(moved[1])) / 2e-6
            assert new[index] == pytest.approx(old[index] - 0.1 * slope, abs=1e-7)


def test_xor_wants_two_hidden_neurons_and_descent_is_glad_of_more():
    right = [learn(hidden).right.sum() for hidden in (1, 2, 3, 4)]
    assert right[0] == 0 < right[1] < right[2] < right[3] <= len(SEEDS)
    two, four = (learn(hidden, steps=0).weights[0] for hidden in (2, 4))
    assert (two == four[:, :, :2]).all(), "a start is the same, however many neurons take part"


def test_a_rate_that_is_too_large_for_xor_leaves_finite_numbers():
    learned = learn(4, rate=3.0)
    assert learned.losses.max() > 1e6 and np.isfinite(learned.losses).all() and not learned.right.any()
