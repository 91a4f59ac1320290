"""How the suite is run: which tests share a process, which come first, and what each of them may take.

`make test` runs it in half as many processes again as there are cores. Tests of one file share a process, for they
share what is costly (a Java, a released course, a lesson that has run); tests of one lesson share the lesson's run. The
longest come first, so that all processes end together.
"""

from __future__ import annotations

import os
import re
import time
from collections import defaultdict
from typing import Any

import pytest

os.environ["COLUMNS"] = "200"  # tables of the command line do not wrap, also where it runs in this process

QUICK, SLOW, LESSON = 10.0, 60.0, 300.0
"""Seconds that a test may take on two busy cores, where no marker `seconds` says more: one without `slow`, one with it,
and one that may be the first to run a whole lesson."""


def allowed(item: pytest.Item) -> float:
    """Seconds that a test may take, by its markers."""
    if (marker := item.get_closest_marker("seconds")) is not None:
        return float(marker.args[0])
    if not item.get_closest_marker("slow"):
        return QUICK
    return LESSON if group_of(item.nodeid).startswith("lesson ") else SLOW


def group_of(nodeid: str) -> str:
    """What a test shares a process with: its lesson's other tests, else its file's."""
    file = nodeid.partition("::")[0]
    if file in OF_THE_SITE:
        return AFTER_THE_LESSONS
    lesson = re.match(r"tests/notebooks/(?:test_lesson_(\d\d)\.py|.*\[(\d\d)_\w+\]$)", nodeid)
    return f"lesson {lesson[1] or lesson[2]}" if lesson else file


AFTER_THE_LESSONS = "tests/browser/test_site.py"
"""Reads what the lessons show. Begun before their own tests have run them, it would run all thirteen in a row."""
OF_THE_SITE = ("tests/browser/test_page_checks.py",)
"""Shares the built site with it."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--budget", action="store_true", help="fail where a test takes more than its marker allows")
    help = "in full what the suite takes samples of: lessons through plain nbgrader, attacks on the second rung, kills"
    parser.addoption("--thorough", action="store_true", help=help)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the groups that take longest first."""
    cost: dict[str, float] = defaultdict(float)
    for item in items:
        cost[group_of(item.nodeid)] += allowed(item)
    cost[AFTER_THE_LESSONS] = SLOW
    # stable: the order in a file stays
    items.sort(key=lambda item: (-cost[group_of(item.nodeid)], group_of(item.nodeid)))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Hand each group to one process, in the order above."""
    from xdist.scheduler import LoadScopeScheduling

    class Groups(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return group_of(nodeid)

    config.option.loadscopereorder = False
    return Groups(config, log)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Half as many processes again as there are cores, for now and then each waits; 3 GB of memory for each."""
    from course_lib.machine import cores, memory_gb

    return max(1, min(cores() + cores() // 2, int((memory_gb() or 64) // 3)))


# ------------------------------------------------------------------------------------------------ what it took


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item):
    """Tell the process that sums up what a test may take."""
    report = (yield).get_result()
    report.user_properties.append(("allowed", allowed(item)))


BEGAN = pytest.StashKey[float]()


def pytest_sessionstart(session: pytest.Session) -> None:
    session.config.stash[BEGAN] = time.monotonic()


def over_budget(terminalreporter) -> list[str]:
    """The tests that took more than their marker allows, in words. Their shared fixtures count for the first."""
    took: dict[str, float] = defaultdict(float)
    most: dict[str, float] = {}
    for outcome in ("", "passed", "failed"):
        for report in terminalreporter.stats.get(outcome, []):
            if hasattr(report, "duration"):
                took[report.nodeid] += report.duration
                most[report.nodeid] = dict(report.user_properties).get("allowed", SLOW)
    late = sorted((name for name in took if took[name] > most[name]), key=lambda name: most[name] - took[name])
    return [f"{took[name]:.0f} s, {most[name]:.0f} s allowed: {name}" for name in late]


def pytest_terminal_summary(terminalreporter, config: pytest.Config) -> None:
    """Name what took more than its marker allows, and say what all took together."""
    late = over_budget(terminalreporter)
    if late:
        terminalreporter.section("more than their markers allow")
        for line in late:
            terminalreporter.line(line)
    seconds = time.monotonic() - config.stash.get(BEGAN, time.monotonic())
    terminalreporter.section(f"the whole run took {seconds / 60:.1f} minutes")


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """With `--budget`, a test over its budget fails the run."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if session.config.getoption("--budget") and reporter and session.exitstatus == 0 and over_budget(reporter):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
