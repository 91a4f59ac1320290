"""A function measured in a process of its own. Memory and counts are asserted, never a time."""

import os
import time

import numpy as np
import psutil
import pytest

from course_lib import measure

MB = 10**6


def test_result_and_costs():
    measured = measure.in_fresh_process(lambda a, b: a + b, 2, 3)
    assert measured.result == 5
    assert measured.seconds >= 0 and measured.cpu_seconds >= 0 and measured.peak_mb > 1


def test_it_is_another_process():
    assert measure.in_fresh_process(os.getpid).result != os.getpid()


def test_peak_memory_grows_with_what_the_function_takes():
    def hold(megabytes):
        import time

        data = np.ones(megabytes * MB, dtype="uint8")
        time.sleep(0.3)  # longer than the interval between two looks
        return int(data[-1])

    little, much = (measure.in_fresh_process(hold, megabytes) for megabytes in (1, 301))
    assert little.result == much.result == 1
    assert 250 < much.peak_mb - little.peak_mb < 350


def test_variables_and_functions_around_it_travel_along():
    factor = 7

    def helper(x):
        return factor * x

    assert measure.in_fresh_process(lambda: helper(6)).result == 42


def test_what_ends_at_once_is_watched_too(monkeypatch):
    look = psutil.Process
    monkeypatch.setattr(psutil, "Process", lambda pid: time.sleep(0.5) or look(pid))
    assert measure.in_fresh_process(int).peak_mb > 5


def test_what_prepare_returns_comes_first():
    assert measure.in_fresh_process(lambda made, x: (made, x), 2, prepare=lambda: "made").result == ("made", 2)


def test_an_error_is_told():
    with pytest.raises(RuntimeError, match="ZeroDivisionError"):
        measure.in_fresh_process(lambda: 1 / 0)
    with pytest.raises(RuntimeError, match="ended with 3"):
        measure.in_fresh_process(lambda: os._exit(3))
