"""Many jobs at once, each in a process of its own, a few at a time.

nbgrader changes directory and environment, so its calls share no process. Where the system can, processes are forked
from one that has imported nbgrader already, which saves seconds a job.
"""

from __future__ import annotations

import contextlib
import math
import multiprocessing
import os
import select
import signal
import threading
import time
from collections.abc import Callable, Generator, Hashable, Iterable, Mapping
from itertools import islice
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, TypeVar

from course_lib.machine import cores

Key = TypeVar("Key", bound=Hashable)


class JobFailed(Exception):
    """A job could not be done, died or ran too long; the text says why. A job may raise it itself."""


class MachineFailed(JobFailed):
    """A job could not be done, and it may well be the machine's fault: another try may do it."""


def run_jobs(
    function: Callable[..., Any],
    jobs: Mapping[Key, tuple[Any, ...]] | Iterable[tuple[Key, tuple[Any, ...]]],
    limit: float,
    workers: int | None = None,
    start: str | None = None,
) -> Generator[tuple[Key, Any]]:
    """Call ``function(*arguments)`` for every job and yield the results as they come.

    Args:
        function: importable by name; what it returns is pickled.
        jobs: key → arguments, or pairs of them, each asked for when there is room for it.
        limit: seconds that one job may take; then it is killed with all its children.
        workers: how many run at once; by default one a core.
        start: how processes begin: `fork` where the caller has no threads and everything loaded. By default they are
            forked from a server that has nbgrader loaded, or spawned.

    Yields:
        The key and the result, or a :class:`JobFailed`. When the caller stops early (Ctrl-C), running jobs are killed.
    """
    waiting = iter(jobs.items() if isinstance(jobs, Mapping) else jobs)
    with Pool(function, limit, workers, start) as pool:
        while True:
            for key, arguments in islice(waiting, pool.free):
                pool.begin(key, arguments)
            if not pool.running:
                return
            yield from pool.done()


class Pool:
    """The same for jobs that come one by one; a context manager, at whose end the jobs that still run are killed.

    Args:
        function, limit, workers, start: as :func:`run_jobs` has them.
    """

    def __init__(
        self, function: Callable[..., Any], limit: float, workers: int | None = None, start: str | None = None
    ):
        self._function, self._limit, self._workers = function, limit, workers or cores()
        self._context: Any = multiprocessing.get_context(start) if start else _context()
        self._jobs: dict[Any, tuple[Any, Any, float]] = {}

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *_: object) -> None:
        for process in [process for _, process, _ in self._jobs.values()]:
            _end(process)

    @property
    def running(self) -> list[Any]:
        """The keys of the jobs that run."""
        return [key for key, _, _ in self._jobs.values()]

    @property
    def free(self) -> int:
        """How many more may run."""
        return max(0, self._workers - len(self._jobs))

    def begin(self, key: Hashable, arguments: tuple[Any, ...]) -> None:
        """Start a job now."""
        receiver, sender = self._context.Pipe(duplex=False)
        process = self._context.Process(target=_child, args=(sender, self._function, arguments))
        process.start()
        sender.close()
        self._jobs[receiver] = (key, process, time.monotonic() + self._limit)

    def done(self, patience: float = math.inf) -> Generator[tuple[Any, Any]]:
        """Wait until a job is done, ``patience`` seconds at most, and yield what :func:`run_jobs` does of each."""
        until = min([deadline for _, _, deadline in self._jobs.values()], default=0.0)
        ready = wait(list(self._jobs), timeout=max(0.0, min(patience, until - time.monotonic())))
        late = [receiver for receiver, (_, _, deadline) in self._jobs.items() if deadline <= time.monotonic()]
        for receiver in dict.fromkeys([*ready, *late]):
            key, process, _ = self._jobs.pop(receiver)
            result = _receive(receiver) if receiver in ready else JobFailed(f"stopped after {self._limit:.0f} seconds")
            _end(process)
            yield key, result


def make_ready() -> None:
    """Start the server that processes are forked from now, where the system can: it loads while the caller goes on."""
    if _context().get_start_method() == "forkserver":
        from multiprocessing import forkserver

        forkserver.ensure_running()


def _context() -> Any:
    """How processes begin, unless a caller knows better."""
    context: Any = multiprocessing.get_context(
        "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
    )
    if context.get_start_method() == "forkserver":
        # the second is what nbgrader's own commands look up, in each job that calls one
        context.set_forkserver_preload(["autograder.grading.preload", "autograder.plugins"])
    return context


def _child(sender: Connection, function: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
    if hasattr(os, "setsid"):
        os.setsid()  # Ctrl-C reaches the parent alone, and the whole family can be ended at once
    if hasattr(select, "poll"):
        threading.Thread(target=_end_with_parent, args=(sender,), daemon=True).start()
    silent = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(silent, stream)
    try:
        result = function(*arguments)
    except JobFailed as failed:
        result = failed
    except (OSError, MemoryError) as error:
        result = MachineFailed(f"{type(error).__name__}: {error}")
    except BaseException as error:
        result = JobFailed(f"{type(error).__name__}: {error}")
    sender.send(result)
    sender.close()


def _end_with_parent(sender: Connection) -> None:
    """Wait until nobody listens at the other end, then end this job and what it has started."""
    watch = select.poll()
    watch.register(sender.fileno(), 0)  # no event is asked for: only an error, the other end closed, wakes it
    watch.poll()
    os.killpg(0, signal.SIGKILL)


def _receive(receiver: Connection) -> Any:
    try:
        return receiver.recv()
    except (EOFError, OSError):
        return MachineFailed("the process that graded it died")


def _end(process: BaseProcess) -> None:
    """End a job that is done or must stop, and all that it started in its session."""
    process.join(timeout=5 if not process.is_alive() else 0.2)
    if hasattr(os, "killpg"):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid or 0, signal.SIGKILL)
    elif process.is_alive():
        process.kill()
    process.join()


LIMIT = 900.0
"""Seconds after which a hand-in's process is killed, should Execute's own limits not have ended it."""
