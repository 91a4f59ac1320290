"""How far Spark's jobs are, as one line in the notebook that changes while they run."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from course_lib.spark import private

EVERY = 0.3
"""Seconds between two looks."""

WIDTH = 20


@dataclass
class Tasks:
    """Tasks of the stages seen so far."""

    stages: dict[int, tuple[int, int]] = field(default_factory=dict)
    """Number of a stage → tasks done, and tasks in all."""

    def look(self, tracker: Any) -> None:
        """Ask Spark's status tracker which stages run, and how far they are. Stages that run no more are done."""
        running = {}
        for number in tracker.getActiveStageIds():
            info = tracker.getStageInfo(number)
            if info is not None:
                running[number] = (info.numCompletedTasks, info.numTasks)
        self.stages = {number: (of, of) for number, (_, of) in self.stages.items()} | running

    @property
    def done(self) -> int:
        return sum(done for done, _ in self.stages.values())

    @property
    def known(self) -> int:
        return sum(of for _, of in self.stages.values())

    def line(self, what: str, seconds: float) -> str:
        """A bar and its numbers. Later stages are not known yet, so the bar may step back."""
        if not self.known:
            return f"{what}: {seconds:.0f} s"
        full = WIDTH * self.done // self.known
        return f"{what}: {'█' * full}{'░' * (WIDTH - full)} {self.done} of {self.known} tasks, {seconds:.0f} s"


@contextmanager
def progress(what: str) -> Iterator[None]:
    """Show how far Spark is while the block runs: tasks done, of those known so far, and seconds.

    Where no Spark runs in this process (also with Spark Connect) and outside a notebook, it shows nothing.

    Args:
        what: what takes long, in a few words.
    """
    from IPython.core.getipython import get_ipython

    context = private.running_context()
    if context is None or get_ipython() is None:
        yield
        return
    from IPython.display import display

    start, tasks, ended = time.monotonic(), Tasks(), threading.Event()
    line = display({"text/plain": f"{what}: …"}, raw=True, display_id=True)

    def show(text: str) -> None:
        line.update({"text/plain": text}, raw=True)

    def watch() -> None:
        tracker = context.statusTracker()
        while not ended.wait(EVERY):
            try:
                tasks.look(tracker)
            except Exception:  # Spark was stopped inside the block
                return
            show(tasks.line(what, time.monotonic() - start))

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        ended.set()
        watcher.join()
        show(f"{what}: done in {time.monotonic() - start:.1f} s")
