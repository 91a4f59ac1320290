"""A real Spark cluster, if small: standalone master and workers, each a process of its own, from the pip package.

They listen on 127.0.0.1, on ports that the system chooses.
"""

import contextlib
import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from course_lib.spark import java
from tests.notebooks.lessons import ROOT
from tests.waiting import until

HERE = ["--host", "127.0.0.1", "--port", "0", "--webui-port", "0"]
PACKAGE = "org.apache.spark.deploy"


def environment(**more: str) -> dict[str, str]:
    """For whoever takes part: the driver, the master, the workers."""
    short = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"  # as on one machine: these processes live for seconds
    return {**os.environ, "PYTHONPATH": str(ROOT), "SPARK_LOCAL_IP": "127.0.0.1", "JAVA_TOOL_OPTIONS": short, **more}


@contextlib.contextmanager
def standalone(folder: Path, workers: int = 2) -> Iterator[tuple[str, list[subprocess.Popen]]]:
    """A cluster of workers with one core each. Yields its address, and its workers."""
    with contextlib.ExitStack() as stack:
        master = [f"{PACKAGE}.master.Master", *HERE]
        _, address = stack.enter_context(
            _service(master, folder / "master.log", r"Starting Spark master at (spark://\S+)")
        )
        processes = []
        for number in range(1, workers + 1):
            worker = [f"{PACKAGE}.worker.Worker", *HERE, "--cores", "1", "--memory", "1g"]
            worker += ["--work-dir", str(folder / f"work{number}"), address]
            log = folder / f"worker{number}.log"
            process, _ = stack.enter_context(_service(worker, log, r"Successfully registered with master (\S+)"))
            processes.append(process)
        yield address, processes


@contextlib.contextmanager
def _service(arguments: list[str], log: Path, announces: str):
    """Start one of Spark's own services, as :func:`service` does."""
    from pyspark.find_spark_home import _find_spark_home

    home = Path(_find_spark_home())
    started = environment(
        SPARK_HOME=str(home), JAVA_HOME=str(java.home()), SPARK_NO_DAEMONIZE="1", SPARK_DAEMON_MEMORY="256m"
    )
    with service([str(home / "bin" / "spark-class"), *arguments], started, log, announces) as found:
        yield found


@contextlib.contextmanager
def service(command: list[str], env: dict[str, str], log: Path, announces: str) -> Iterator[tuple[Any, str]]:
    """Start a service; yield it and what the pattern finds in its log. Ends it in any case."""
    with log.open("wb") as file:
        process = subprocess.Popen(command, env=env, stdout=file, stderr=subprocess.STDOUT)
    try:
        yield process, _wait_for(announces, log, process)
    finally:
        process.terminate()  # spark-class has become Java itself (exec), so this is the service's own process
        try:
            process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_for(pattern: str, log: Path, process: subprocess.Popen) -> str:
    def text() -> str:
        return log.read_text(errors="replace")

    def goes_on() -> None:
        assert process.poll() is None, text()[-3000:]

    until(lambda: re.search(pattern, text()), goes_on)
    return re.search(pattern, text())[1]
