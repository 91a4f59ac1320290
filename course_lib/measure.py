"""Seconds, processor seconds and peak memory of a function, measured in a Python process of its own."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import pickle
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

INTERVAL = 0.01
"""Seconds between two looks at the memory."""


@dataclass(frozen=True)
class Measured:
    """What a function returned and what it cost.

    Attributes:
        result: its return value.
        seconds: time of the call alone; the start of Python and the reading of the function are left out.
        cpu_seconds: processor time of the call, all threads added up; other programs on the machine matter little.
        peak_mb: largest resident memory of the whole process in megabytes (10⁶ bytes), Python and libraries included.
    """

    result: Any
    seconds: float
    cpu_seconds: float
    peak_mb: float


def in_fresh_process(
    function: Callable[..., Any],
    *arguments: Any,
    prepare: Callable[..., Any] | None = None,
    loaded: Sequence[str] = (),
) -> Measured:
    """Call ``function(*arguments)`` in a new Python process; say how long it took and how much memory it needed.

    A new process starts with clean memory, so that two functions can be compared. The memory is read from outside,
    every 10 ms, in the same way on Linux, macOS and Windows; what lives shorter than that can escape. A script (not a
    notebook) calls it under ``if __name__ == "__main__":``, for the new process reads the script, too.

    Args:
        function: may be defined in a notebook; it travels with the variables that it uses.
        arguments: its arguments; they and the result are pickled.
        prepare: called in the new process before the clock starts; what it returns becomes the first argument.
        loaded: modules that each process is to find loaded. On Linux they are loaded once, for the first call, and
            later processes are forked from there; elsewhere each process loads what it needs by itself.

    Raises:
        RuntimeError: with the error of the function, or where the process died (for instance of too little memory).
    """
    import cloudpickle
    import psutil

    context: Any = multiprocessing.get_context("forkserver" if sys.platform == "linux" else "spawn")
    if sys.platform == "linux":
        context.set_forkserver_preload(list(loaded))  # heeded by the first call alone: then the server is there
    with tempfile.TemporaryDirectory() as folder:
        task, answer, errors = (Path(folder) / name for name in ("task", "answer", "errors"))
        task.write_bytes(cloudpickle.dumps((function, arguments, prepare)))
        errors.touch()
        begin, begins = context.Pipe(duplex=False)
        process = context.Process(target=_call, args=(begin, task, answer, errors))
        process.start()
        peak = 0
        try:
            with contextlib.suppress(psutil.Error, BrokenPipeError):  # it has just ended
                watched = psutil.Process(process.pid)
                peak = watched.memory_info().rss
                begins.send(None)  # not before it is watched: a quick function would have ended
                while process.is_alive():
                    peak = max(peak, watched.memory_info().rss)
                    time.sleep(INTERVAL)
            process.join()
        finally:
            process.kill()  # an interrupted notebook leaves nothing running
            process.join()
            begin.close()
            begins.close()
        if not answer.exists():
            raise RuntimeError(f"The process ended with {process.exitcode}:\n{errors.read_text()[-2000:]}")
        seconds, cpu_seconds, ok, result = pickle.loads(answer.read_bytes())
    if not ok:
        raise RuntimeError(f"The function failed in its own process:\n{result}")
    return Measured(result, seconds, cpu_seconds, peak / 1e6)


def _call(begin: Connection, task: Path, answer: Path, errors: Path) -> None:
    """What the new process does: read a task, time it, write the answer. What it prints is not shown."""
    for stream, path in ((1, os.devnull), (2, errors)):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT), stream)
    begin.recv()
    function, arguments, prepare = pickle.loads(task.read_bytes())
    if prepare is not None:
        arguments = prepare(), *arguments
    start, busy = time.perf_counter(), time.process_time()
    try:
        ok, result = True, function(*arguments)
    except Exception:
        ok, result = False, traceback.format_exc()
    seconds, cpu_seconds = time.perf_counter() - start, time.process_time() - busy
    answer.write_bytes(pickle.dumps((seconds, cpu_seconds, ok, result)))
