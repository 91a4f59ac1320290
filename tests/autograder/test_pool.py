"""Many jobs at once: each is made when its turn comes."""

import sys

import pytest

from autograder.processes.pool import run_jobs


@pytest.mark.skipif(sys.platform == "win32", reason="there is no fork there")
def test_a_job_is_asked_for_when_there_is_room_for_it():
    asked = []

    def jobs():
        for number in range(6):
            asked.append(number)
            yield number, (number,)

    results = run_jobs(abs, jobs(), 60, workers=2, start="fork")
    first = next(results)
    assert asked == [0, 1]
    assert sorted([first, *results]) == [(number, number) for number in range(6)]
    assert asked == [0, 1, 2, 3, 4, 5]
