"""The model behind the playground of one data-parallel step."""

import itertools

import pytest

from course_lib import playground
from course_lib.playground.data_parallel import COMBINE, MOST_WORKERS, Step, X, _Picture, loss

WAYS = list(itertools.product(range(1, MOST_WORKERS + 1), ["equal", "unequal"]))


@pytest.mark.parametrize(("workers", "shards"), WAYS)
def test_weighted_by_rows_is_what_one_machine_finds(workers, shards):
    step = Step(w=0.7, workers=workers, shards=shards)
    assert sum(step.rows()) == len(X) and len(step.rows()) == workers
    assert step.combined() == pytest.approx(step.alone())


def test_the_plain_mean_is_right_for_equal_shards_only():
    assert Step(workers=3, combine="plain mean").combined() == pytest.approx(Step().alone())
    unequal = Step(workers=3, shards="unequal", combine="plain mean")
    assert abs(unequal.combined() - unequal.alone()) > 0.5


def test_the_sum_steps_as_many_times_too_far_as_there_are_workers():
    step = Step(workers=4, combine="sum")
    assert step.combined() == pytest.approx(4 * step.alone())
    assert loss(step.after()) > loss(Step(workers=4).after())


def test_a_small_step_lowers_the_loss():
    step = Step(w=0.0, rate=0.1)
    assert loss(step.after()) < loss(step.w)


@pytest.mark.parametrize("combine", COMBINE)
def test_the_picture_has_alt_text_with_its_numbers(combine):
    html = _Picture().html(Step(w=4.5, rate=0.6, workers=4, shards="unequal", combine=combine))
    assert html.startswith('<img alt="Bars of gradients: worker 1 with 2 rows') and combine in html


def test_shown_as_widget_and_as_a_picture(monkeypatch):
    bundles = []
    monkeypatch.setattr("course_lib.terminal.show", lambda bundle: bundles.append(bundle))
    playground.data_parallel()
    (bundle,) = bundles
    assert "application/vnd.jupyter.widget-view+json" in bundle and "data:image/png" in bundle["text/html"]
