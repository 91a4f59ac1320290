"""What runs on the machines of a Spark cluster: hand-ins, in the same processes and sandboxes as on one machine.

Spark starts this module in each executor in place of ``pyspark.daemon`` (setting ``spark.python.daemon.module``). It
loads nbgrader, starts a fork server for kernels, and forks a fresh worker for each hand-in.
"""

from __future__ import annotations

import os
import socket
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.course import environment, files_in
from autograder.gradebook.result import Result
from autograder.grading import grade_one
from autograder.grading.version import Version
from autograder.kernels.rungs import why_no_sandbox
from autograder.processes import scratch
from autograder.processes.pool import LIMIT, JobFailed, run_jobs
from course_lib.spark import workers

MODULES, ENVIRONMENT = "AUTOGRADER_MODULES", "AUTOGRADER_ENVIRONMENT"
"""What the driver tells its executors: the lessons' modules, and the hash of the programs that grade."""

_server: str | None = None
"""Address of this executor's fork server."""


@dataclass(frozen=True)
class WorkerRefused:
    """Why this machine runs no hand-ins."""

    why: str


def serve() -> None:
    """Be the daemon of an executor until Spark closes stdin."""
    global _server
    workers.forget_zips()  # kernels too: Spark's zips, which executors get PySpark from, hold no Java parts
    import pyspark.daemon

    import autograder.grading.preload  # noqa: F401
    from autograder.kernels.fork import fork_server

    environment()  # workers inherit the answer, and the next one
    why_no_sandbox()
    scratch.sweep()
    with fork_server(os.environ.get(MODULES, "").split()) as _server:
        pyspark.daemon.manager()


def grade_task(
    files: dict[str, bytes], of: Any, sandboxed: bool
) -> tuple[Result, dict[str, bytes]] | JobFailed | WorkerRefused:
    """Grade one hand-in, as a Spark task.

    Args:
        files: name → content of what was handed in, examined.
        of: the lesson, a broadcast :class:`~autograder.grading.version.Version`.
        sandboxed: whether the kernel runs in a sandbox.

    Returns:
        What grading gave, and the files that are new or have changed; or why there is nothing.
    """
    if environment() != os.environ.get(ENVIRONMENT):
        why = "its Python, its packages or its copy of the course differ from those of this machine"
        return WorkerRefused(f"{socket.gethostname()} would grade otherwise: {why}")
    if sandboxed and (reason := why_no_sandbox(os.environ.get(MODULES, "").split())):
        return WorkerRefused(f"There is no sandbox on {socket.gethostname()}: {reason}")
    version: Version = of.value
    with scratch.scratch() as place:
        folder = place / version.lesson
        write_files(folder, files)
        # this process was forked with everything loaded, for this task alone: its child needs no other server
        start = "fork" if sys.platform == "linux" else None
        jobs = {version.lesson: (folder, version, _server, sandboxed)}
        ((_, result),) = run_jobs(grade_one.grade_notebook, jobs, LIMIT, workers=1, start=start)
        if isinstance(result, JobFailed):
            return result
        return result, {name: content for name, content in read_files(folder).items() if files.get(name) != content}


def read_files(folder: Path) -> dict[str, bytes]:
    """Name below ``folder`` → content."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files_in(folder)}


def write_files(folder: Path, files: dict[str, bytes]) -> None:
    """Undo :func:`read_files`."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


if __name__ == "__main__":
    # the module by its name: what it pickles must not say __main__
    from autograder.grading import cluster_worker

    cluster_worker.serve()
