"""The playground of lesson 07: who waits for whom."""

import itertools

import pytest

from course_lib import playground
from course_lib.playground.pipeline import BATCHES, EPOCHS, Pipeline, _Timeline

ALL = BATCHES * EPOCHS


def test_without_prefetch_times_add_up():
    assert Pipeline(prepare=30, train=20).total == ALL * (30 + 20)


@pytest.mark.parametrize(("prepare", "train"), [(30, 20), (20, 30), (10, 10)])
def test_with_prefetch_the_longer_time_decides(prepare, train):
    pipeline = Pipeline(prepare=prepare, train=train, prefetch=1)
    first_and_last = prepare + train
    assert pipeline.total == first_and_last + (ALL - 1) * max(prepare, train)


def test_a_longer_prefetch_does_not_help_a_slow_worker_but_a_second_worker_does():
    slow = {"prepare": 40, "train": 20}
    assert Pipeline(**slow, prefetch=4).total == Pipeline(**slow, prefetch=1).total
    assert Pipeline(**slow, prefetch=2, workers=2).total < Pipeline(**slow, prefetch=2).total


def test_a_cache_leaves_nothing_to_prepare_in_the_second_epoch():
    bars = Pipeline(cache=True).bars()
    assert sum(bar.lane > 0 for bar in bars) == BATCHES
    assert sum(bar.lane == 0 for bar in bars) == ALL


@pytest.mark.parametrize(("prefetch", "workers", "cache"), list(itertools.product((0, 1, 3), (1, 2, 4), (False, True))))
def test_nothing_overlaps_in_a_lane_and_no_batch_is_trained_before_it_is_ready(prefetch, workers, cache):
    pipeline = Pipeline(prepare=35, train=25, prefetch=prefetch, workers=workers, cache=cache)
    bars = pipeline.bars()
    for lane in range(workers + 1):
        mine = [bar for bar in bars if bar.lane == lane]
        assert all(one.end <= two.start for one, two in itertools.pairwise(mine))
    ready = {bar.batch: bar.end for bar in bars if bar.lane}
    trained = [bar for bar in bars if bar.lane == 0]
    assert [bar.batch for bar in trained] == list(range(ALL))
    assert all(bar.start >= ready.get(bar.batch, 0) for bar in trained)
    assert 0 <= pipeline.waiting < 1


def test_the_picture_in_words_and_what_the_controls_do(monkeypatch):
    shown = []
    monkeypatch.setattr("course_lib.playground.view.show", lambda widget, fallback: shown.append((widget, fallback)))
    playground.pipeline()
    ((panel, fallback),) = shown
    assert fallback.startswith("<img alt=") and "prefetch 0" in fallback
    *controls, picture = panel.children
    assert picture.value == fallback
    by_name = {control.description: control for control in controls}
    by_name["prefetch"].value = 2
    by_name["cache"].value = True
    assert "prefetch 2, 1 worker, a cache" in picture.value


def test_bars_of_an_earlier_setting_do_not_stay():
    timeline = _Timeline()
    timeline.html(Pipeline(workers=4, prefetch=4))
    before = len(timeline.drawn)
    timeline.html(Pipeline(workers=4, prefetch=4))
    assert len(timeline.drawn) == before == len(timeline.ax.texts) + len(timeline.ax.collections)
