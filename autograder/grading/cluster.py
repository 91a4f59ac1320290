"""Hand-ins on a Spark cluster: the driver sends each one as a job of its own, executors run it (:mod:`cluster_worker`).

A hand-in whose executor is lost runs again on another. Results are those of one machine: both call
``grade_one.grade_notebook``.
"""

from __future__ import annotations

import contextlib
import os
import signal
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from autograder.course import CourseError, environment
from autograder.gradebook.result import Result
from autograder.grading import cluster_worker
from autograder.grading.version import Version
from autograder.processes.pool import JobFailed, Key, MachineFailed

PATIENCE = 120.0
"""Seconds to wait for a cluster that gives no executor."""

ATTEMPTS = 8
"""So often a hand-in may lose its executor before it is given up."""

MOST = 1000
"""Hand-ins that are on their way at most, each with a thread of the driver."""

PASSED_ON = ("COURSE_DATA_DIR", "TF_", "KERAS_", "OMP_")
"""Beginnings of the driver's variables that executors get: what a hand-in's numbers may hang on."""


class Cluster:
    """A session on a Spark cluster; a context manager.

    Args:
        master: Spark's address, for instance ``spark://host:7077``.
        modules: what the lessons import; executors load it once.
    """

    def __init__(self, master: str, modules: list[str]):
        self.master, self.modules = master, modules
        self._versions: dict[str, Any] = {}  # lesson → Spark's broadcast of it
        self._last_seen = time.monotonic()

    def __enter__(self) -> Cluster:
        from course_lib import spark
        from course_lib.spark import java, private

        settings = {
            "spark.python.daemon.module": "autograder.grading.cluster_worker",
            "spark.python.worker.reuse": "false",
            "spark.task.maxFailures": str(ATTEMPTS),
            f"spark.executorEnv.{cluster_worker.MODULES}": " ".join(self.modules),
            f"spark.executorEnv.{cluster_worker.ENVIRONMENT}": environment(),
        }
        passed_on = {name: value for name, value in os.environ.items() if name.startswith(PASSED_ON)}
        settings |= {f"spark.executorEnv.{name}": value for name, value in passed_on.items()}
        handler = signal.getsignal(signal.SIGINT)
        try:
            with _environment(SPARK_MASTER=self.master, SPARK_REMOTE=None):
                self._context = spark.start("autograder grade", settings=settings).sparkContext
            self._java = private.java_context(self._context)
            self._wait_for_executors()
        except java.JavaMissing as missing:
            raise CourseError(str(missing)) from None
        except CourseError:
            self._stop()
            raise
        except Exception as error:
            self._stop()
            raise CourseError(
                f"Spark at {self.master} does not answer ({_in_a_line(error)}).\nWhat it said is in {spark.log()}."
            ) from None
        finally:
            signal.signal(signal.SIGINT, handler)  # Spark's own calls Java, which is none to be called when stopping
        return self

    def __exit__(self, *_: object) -> None:
        self._stop()

    def grade_each(
        self, jobs: Iterable[tuple[Key, tuple[Path, Version]]], sandboxed: bool
    ) -> Generator[tuple[Key, Result | JobFailed]]:
        """Grade each hand-in and yield the results as they come.

        Args:
            jobs: key, and the examined hand-in's folder, which becomes the graded one, with its lesson; each is asked
                for when there is room for it.
            sandboxed: whether kernels run in sandboxes.

        Raises:
            CourseError: where an executor may not run hand-ins; where the cluster is gone. What was yielded stays.
        """
        waiting = iter(jobs)
        running: dict[Future[Result | JobFailed], Key] = {}
        threads = ThreadPoolExecutor(MOST)
        try:
            while True:
                # twice the slots: while one result is recorded, the next hand-in is at Spark's door already
                room = max(0, min(2 * self._context.defaultParallelism, MOST) - len(running))
                for key, (folder, version) in islice(waiting, room):
                    task = partial(cluster_worker.grade_task, of=self._broadcast(version), sandboxed=sandboxed)
                    running[threads.submit(self._run, folder, task)] = key
                if not running:
                    return
                done, _ = wait(running, timeout=2, return_when=FIRST_COMPLETED)
                if not done:
                    self._check()
                for future in done:
                    yield running.pop(future), future.result()
        finally:
            with contextlib.suppress(Exception):
                self._context.cancelAllJobs()
            threads.shutdown(cancel_futures=True)

    def _run(self, folder: Path, task: Callable[..., Any]) -> Result | JobFailed:
        """One hand-in as a Spark job of one task."""
        try:
            (answer,) = self._context.parallelize([cluster_worker.read_files(folder)], 1).map(task).collect()
        except Exception as error:
            if self._gone():
                raise CourseError(f"Spark at {self.master} is gone.") from None
            return MachineFailed(f"the cluster could not run it: {_in_a_line(error)}")
        if isinstance(answer, cluster_worker.WorkerRefused):
            raise CourseError(
                f"{answer.why}.\nHand-ins run on machines alike, with this environment and a sandbox; see "
                "docs/clusters.md, “A cluster for grading”."
            )
        if isinstance(answer, JobFailed):
            return answer
        result: Result = answer[0]
        cluster_worker.write_files(folder, answer[1])
        return replace(result, folder=folder)

    def _broadcast(self, of: Version) -> Any:
        if of.lesson not in self._versions:
            self._versions[of.lesson] = self._context.broadcast(of)
        return self._versions[of.lesson]

    def _executors(self) -> int:
        """How many machines' processes run tasks for us."""
        others = len(self._java.statusTracker().getExecutorInfos()) - 1  # the driver is among them
        return 1 if self._java.isLocal() else others

    def _wait_for_executors(self) -> None:
        while not self._executors():
            self._check()
            time.sleep(0.2)

    def _check(self) -> None:
        """Raise where there is nobody to wait for."""
        if self._gone():
            raise CourseError(f"Spark at {self.master} is gone, or was never there.")
        if self._executors():
            self._last_seen = time.monotonic()
        elif time.monotonic() - self._last_seen > PATIENCE:
            raise CourseError(
                f"Spark at {self.master} has given no executor for {PATIENCE:.0f} seconds: "
                "are its workers up, and have they a core and memory to spare?"
            )

    def _gone(self) -> bool:
        try:
            return bool(self._java.isStopped())
        except Exception:
            return True

    def _stop(self) -> None:
        from course_lib import spark

        with contextlib.suppress(Exception):
            spark.stop()


@contextlib.contextmanager
def _environment(**values: str | None) -> Iterator[None]:
    """Variables of this process for as long as the block runs; None takes one away."""
    before = {name: os.environ.get(name) for name in values}
    try:
        _set(values)
        yield
    finally:
        _set(before)


def _set(values: Mapping[str, str | None]) -> None:
    for name, value in values.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value


def _in_a_line(error: Exception) -> str:
    """The line of an error that says what happened; Java's come with pages."""
    java = getattr(error, "java_exception", None)
    text = str(java.getMessage() if java is not None else error)
    return f"{type(error).__name__}: {next(iter(text.splitlines()), '')[:300]}"
