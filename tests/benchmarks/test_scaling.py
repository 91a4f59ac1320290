"""The arithmetic of the bench that asks what more machines gain; it measures nothing here."""

import json
import os
import subprocess
import sys

import pytest

from tests.benchmarks.scaling import Costs, predicted, read
from tests.benchmarks.scaling_notes import worked


def test_amdahls_law_and_where_recording_is_the_limit():
    costs = Costs(start=30, parallel=2, serial=0.05, after=0.01)
    assert costs.amdahl(1000, 1) == pytest.approx(30 + 1000 * (0.01 + 0.05 + 2))
    assert costs.amdahl(1000, 100) == pytest.approx(30 + 1000 * (0.01 + 0.05 + 0.02))
    assert costs.enough == 40
    assert costs.overlapped(1000, 20) == pytest.approx(30 + 1000 * (0.01 + 0.1))  # the cores are the limit
    assert costs.overlapped(1000, 100) == costs.overlapped(1000, 40) == pytest.approx(30 + 1000 * (0.01 + 0.05))
    share = costs.share(1000)
    assert costs.amdahl(1000, 1) / costs.amdahl(1000, 10**9) == pytest.approx(1 / share, rel=1e-6)


def test_what_notes_say_and_what_follows_for_more_executors():
    hand_ins = [  # executor, begins, ends, processor seconds of the executor before and after
        (7, 20, 22, 8.0, 9.0),
        (7, 23, 25, 9.0, 10.0),  # a half of what the first had worked is gone with its process
        (7, 26, 28, 10.0, 11.0),
        (7, 29, 31, 11.0, 12.0),
    ]
    notes = [{"kind": "ready", "at": 10, "python": 3.0, "all": 7.0}]
    for executor, begin, end, before, after in hand_ins:
        notes += [{"kind": "examine", "at": 0, "clock": 1, "processor": 0.1}]
        notes += [{"kind": "record", "at": 0, "clock": 1, "processor": 0.2}]
        notes += [{"kind": "begin", "at": begin, "machine": 2 * begin}]
        facts = {"executor": executor, "begin": begin, "before": before, "after": after, "own": 0.5, "machine": 2 * end}
        notes += [{"kind": "hand-in", "at": end, **facts}]
    notes += [{"kind": "recorded", "at": 32, "python": 5.0, "all": 13.0}]
    notes += [{"kind": "report", "at": 33, "clock": 0.5, "processor": 0.4}, {"kind": "end", "at": 34}]
    run = read(map(json.dumps, notes), executors=1, begin=0, end=35)
    assert (run.wall, run.first, run.loading, run.tail, run.hand_ins) == (35, 20, 10, 4, 4)
    assert (run.inside, run.cycle, run.work, run.machine) == (2, 11 / 4, 5.5 / 4, 22 / 4)
    assert (run.python, run.java, run.record, run.report, run.late) == (0.5, 1.0, 0.2, 0.4, 1)
    assert predicted(run, 1, cores=2) == pytest.approx(35)
    # two executors: the machine's two cores are the limit, (1.375 + 0.5 + 1.0) / 2 a hand-in
    assert predicted(run, 2, cores=2) == pytest.approx(20 + 4 * 2.875 / 2 + 4)
    assert predicted(run, 2, cores=8) == pytest.approx(20 + 2 * 11 / 4 + 4)
    assert predicted(run, 4, cores=2) == pytest.approx(30 + 4 * 2.875 / 2 + 4)  # libraries: two by two


@pytest.mark.skipif(sys.platform != "linux", reason="a cluster for grading is one of Linux machines")
def test_processor_time_counts_those_that_have_ended():
    before = worked(os.getpid())
    code = "import time\nwhile time.process_time() < 0.2: pass"
    subprocess.run([sys.executable, "-c", code], check=True)
    assert worked(os.getpid()) - before > 0.15
