"""The MapReduce stepper: every frame holds the right boxes in the right places."""

import itertools
import json

import pytest

from course_lib import playground
from course_lib.playground.mapreduce import COLUMN, HEIGHT, JOBS, ROW, WORKERS, frames, scenes, svg, worker_of

every_job = pytest.mark.parametrize("job", JOBS.values(), ids=JOBS)
both_ways = pytest.mark.parametrize("combine", [False, True], ids=["plain", "combiner"])


def result(name, combine):
    return {box.text for box in frames(JOBS[name], combine)[-1].boxes}


def test_the_steps_have_their_names():
    job = JOBS["Word count"]
    assert [frame.name for frame in frames(job, combine=False)] == ["Read", "Map", "Shuffle", "Reduce"]
    assert [frame.name for frame in frames(job, combine=True)] == ["Read", "Map", "Combine", "Shuffle", "Reduce"]


@both_ways
def test_words_are_counted(combine):
    assert result("Word count", combine) == {"the 6", "people 6", "of 2", "by 2", "for 2"}


@both_ways
def test_the_maximum_survives_the_combiner(combine):
    assert result("Maximum temperature", combine) == {"Mumbai 94°", "Chicago 60°"}


def test_the_naive_mean_does_not_survive_the_combiner_and_sum_with_count_does():
    assert result("Mean temperature, naive", False) == {"Mumbai 87°", "Chicago 44.8°"}
    assert result("Mean temperature, naive", True) == {"Mumbai 88.7°", "Chicago 38.2°"}
    for combine in (False, True):
        assert result("Mean with (sum, count)", combine) == {"Mumbai 348/4", "Chicago 224/5"}


@every_job
def test_a_combiner_sends_fewer_boxes(job):
    assert frames(job, combine=True)[-1].crossed < frames(job, combine=False)[-1].crossed


@every_job
@both_ways
def test_after_the_shuffle_all_boxes_of_a_key_are_on_its_worker(job, combine):
    *_, before, shuffle, reduced = frames(job, combine)
    assert all(box.worker == worker_of(box.key) for box in shuffle.boxes)
    home = {box.id: box.worker for box in before.boxes}
    assert all(box.sent == (home[box.id] != box.worker) for box in shuffle.boxes)
    assert shuffle.crossed == sum(box.sent for box in shuffle.boxes)
    keys = [box.key for box in reduced.boxes]
    assert len(keys) == len(set(keys))


@every_job
@both_ways
def test_every_box_stands_in_its_workers_column_and_on_no_other(job, combine):
    for frame in frames(job, combine):
        places = [(box.x, box.y) for box in frame.boxes]
        assert len(places) == len(set(places)), frame.name
        for box in frame.boxes:
            assert 0 <= box.worker < WORKERS
            assert box.worker * COLUMN <= box.x and box.x + box.width <= (box.worker + 1) * COLUMN
            assert 0 <= box.y <= HEIGHT - ROW


@every_job
@both_ways
def test_every_box_knows_where_it_came_from(job, combine):
    for before, after in itertools.pairwise(frames(job, combine)):
        ids = {box.id for box in before.boxes}
        assert all(box.parents and set(box.parents) <= ids for box in after.boxes)
        assert {parent for box in after.boxes for parent in box.parents} == ids  # no box is lost


def test_the_view_gets_all_scenes_as_json():
    assert json.loads(json.dumps(scenes())).keys() == JOBS.keys()


def test_without_widgets_a_picture_with_alt_text_stands_there():
    job = JOBS["Word count"]
    picture = svg(frames(job, combine=False)[2], job)
    assert 'role="img"' in picture and "14 of 18 boxes cross the network" in picture
    assert "worker 1 holds" in picture


def test_one_output_holds_the_widget_and_the_picture(monkeypatch):
    shown = []
    monkeypatch.setattr("course_lib.terminal.show", lambda bundle: shown.append(bundle))
    playground.mapreduce()
    (bundle,) = shown
    assert "application/vnd.jupyter.widget-view+json" in bundle and "<svg" in bundle["text/html"]
