"""An answer that does not come back is stopped, and a student reads where it was."""

import linecache
import threading

import pytest

from course_lib.check import CheckFailed, Exercise
from course_lib.check.asking import TOO_LONG, ask_each, at_most
from course_lib.check.exercise import VISIBLE
from course_lib.check.lesson import check


class Double(Exercise):
    """Twice the number."""

    name = "double"

    def examples(self):
        yield (1,), 2
        yield (3,), 6


def an_answer(source):
    """A function whose lines stand in a cell, so to speak."""
    names = {}
    linecache.cache["<answer>"] = len(source), None, source.splitlines(True), "<answer>"
    exec(compile(source, "<answer>", "exec"), names)
    return names["double"]


LOOP = """
def double(x):
    n = 0
    while n < 2 * x:
        n -= 1
    return n
"""


def test_an_endless_loop_is_stopped_and_its_line_and_call_are_told():
    exercise = Double()
    with pytest.raises(CheckFailed) as failed, at_most(0.3):
        ask_each(exercise, exercise.questions(VISIBLE, None), an_answer(LOOP))
    assert failed.value.mistake == TOO_LONG
    said = str(failed.value)
    assert "was stopped before it came back" in said and "nearer to its end" in said
    assert "double(1)" in said
    assert "while n < 2 * x" in said or "n -= 1" in said


def test_a_check_stops_by_itself(monkeypatch):
    monkeypatch.setattr("course_lib.check.asking.LONGEST", 0.3)
    with pytest.raises(CheckFailed) as failed:
        check(Double(), VISIBLE, an_answer(LOOP))
    assert failed.value.mistake == TOO_LONG


def test_the_stop_button_gives_the_same_words():
    def double(x):
        raise KeyboardInterrupt

    with pytest.raises(CheckFailed, match="was stopped before it came back") as failed:
        check(Double(), VISIBLE, double)
    assert failed.value.mistake == TOO_LONG


def test_what_comes_back_in_time_is_not_disturbed():
    before = threading.active_count()
    assert "✓" in check(Double(), VISIBLE, lambda x: 2 * x)
    assert threading.active_count() <= before + 1  # the clock is cancelled


def test_where_there_are_no_threads_it_is_asked_all_the_same(monkeypatch):
    """As in a page, where Python cannot start one."""

    def start(self):
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", start)
    assert "✓" in check(Double(), VISIBLE, lambda x: 2 * x)
