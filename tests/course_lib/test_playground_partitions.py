"""The model behind the playground of partitions and skew."""

import itertools

import numpy as np
import pytest

from course_lib import playground
from course_lib.playground.partitions import ROWS, Shuffle, _Bars

GRID = list(itertools.product([1, 2, 40], [0.0, 0.6, 1.0], [1, 8, 16], [1, 8]))


@pytest.mark.parametrize(("keys", "hot", "partitions", "salts"), GRID)
def test_no_row_is_lost(keys, hot, partitions, salts):
    shuffle = Shuffle(keys, hot, partitions, salts)
    assert sum(shuffle.rows_per_key()) == ROWS and len(shuffle.rows_per_key()) == keys
    assert np.sum(shuffle.sizes()) == ROWS
    assert 1 <= shuffle.skew() <= partitions


def test_without_salt_the_hot_key_sits_in_one_partition_however_many_there_are():
    for partitions in (2, 8, 16):
        hot, _ = Shuffle(partitions=partitions).sizes()
        assert sorted(hot)[-2:] == [0, 6000]


def test_salt_spreads_the_hot_key():
    assert Shuffle(salts=1).skew() > 4
    assert Shuffle(salts=32).skew() < 2


def test_the_picture_has_alt_text_with_its_numbers():
    html = _Bars().html(Shuffle())
    assert html.startswith('<img alt="Bars: rows in each of 8 partitions') and Shuffle().title() in html


def test_shown_as_widget_and_as_a_picture(monkeypatch):
    bundles = []
    monkeypatch.setattr("course_lib.terminal.show", lambda bundle: bundles.append(bundle))
    playground.partitions()
    (bundle,) = bundles
    assert "application/vnd.jupyter.widget-view+json" in bundle and "data:image/png" in bundle["text/html"]
