"""Lessons 09 and 11 run on a cluster unchanged: the same cells, the same answers, only ``SPARK_MASTER`` differs.

The cluster is real, if small: Spark's standalone master and two workers, each a process of its own, from the pip
package. They listen on 127.0.0.1, on ports that the system chooses.
"""

import contextlib
import functools
import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from course_lib import java
from tests.notebooks.lessons import NOTEBOOKS, ROOT

pytestmark = pytest.mark.slow

JOBS = {
    "09": (
        "setup,map-reduce,word-count-toy,temperatures-records,temperatures-run,spark-start",
        "[sorted(spark_map_reduce(lines, word_pairs, add).items()),"
        " sorted(spark_map_reduce(weather, city_range, widen).items())]",
    ),
    "11": (
        "setup,spark-start,lines-run,deck-train,ml-train,claim-mse,tree-load,tree-train-run",
        "[*(by_map_and_reduce(pairs) for pairs, _ in both.values()), sgd.weights.tolist(),"
        " accuracy.evaluate(predictions), model.stages[-1].toDebugString.splitlines()[1:]]",
    ),
}
"""Lesson → the cells of its core job, and what to compare."""


def environment(**more: str) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), "SPARK_LOCAL_IP": "127.0.0.1", **more}


def run_job(lesson: str, **more: str) -> dict:
    """Run a lesson's cells in a process of its own; what the last line says."""
    cells, expression = JOBS[lesson]
    notebook = next(path for path in NOTEBOOKS if path.parent.name.startswith(lesson))
    command = [sys.executable, str(Path(__file__).with_name("cluster_job.py")), str(notebook), cells, expression]
    done = subprocess.run(command, cwd=ROOT, env=environment(**more), capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stderr[-4000:]
    return json.loads(done.stdout.splitlines()[-1])


@contextlib.contextmanager
def service(arguments: list[str], log: Path, announces: str):
    """Start one of Spark's own services; yield what the pattern ``announces`` finds in its log. Ends it in any case."""
    from pyspark.find_spark_home import _find_spark_home

    home = Path(_find_spark_home())
    started = environment(SPARK_HOME=str(home), JAVA_HOME=str(java.home()), SPARK_NO_DAEMONIZE="1")
    with log.open("wb") as file:
        command = [str(home / "bin" / "spark-class"), *arguments]
        process = subprocess.Popen(command, env=started, stdout=file, stderr=subprocess.STDOUT)
    try:
        yield _wait_for(announces, log, process)
    finally:
        process.terminate()  # spark-class has become Java itself (exec), so this is the service's own process
        try:
            process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_for(pattern: str, log: Path, process: subprocess.Popen, patience: float = 180) -> str:
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        text = log.read_text(errors="replace")
        if found := re.search(pattern, text):
            return found[1]
        assert process.poll() is None, text[-3000:]
        time.sleep(0.2)
    raise AssertionError(f"{pattern!r} is not in the log:\n{text[-3000:]}")


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    """A standalone cluster: master and two workers of one core each. Yields its address."""
    folder = tmp_path_factory.mktemp("cluster")
    here = ["--host", "127.0.0.1", "--port", "0", "--webui-port", "0"]
    with contextlib.ExitStack() as stack:
        master = ["org.apache.spark.deploy.master.Master", *here]
        address = stack.enter_context(service(master, folder / "master.log", r"Starting Spark master at (spark://\S+)"))
        for number in (1, 2):
            worker = ["org.apache.spark.deploy.worker.Worker", *here, "--cores", "1", "--memory", "1g"]
            worker += ["--work-dir", str(folder / f"work{number}"), address]
            log = folder / f"worker{number}.log"
            stack.enter_context(service(worker, log, r"Successfully registered with master (\S+)"))
        yield address


@functools.cache
def local_answer(lesson: str) -> Any:
    """What the lesson's job gives on this machine alone."""
    here = run_job(lesson, SPARK_MASTER="local[2]")
    assert here["local"] is True and here["processes"] == 1
    return here["answer"]


def same(ours, theirs) -> bool:
    """Equal, numbers to rounding: on two machines partial sums come in another order."""
    if isinstance(ours, list):
        return len(ours) == len(theirs) and all(map(same, ours, theirs))
    return ours == (pytest.approx(theirs, rel=1e-9) if isinstance(ours, float) else theirs)


@pytest.mark.parametrize("lesson", JOBS)
def test_a_standalone_cluster_gives_the_answers_of_one_machine(lesson, cluster):
    there = run_job(lesson, SPARK_MASTER=cluster)
    assert there["master"] == cluster and there["local"] is False
    assert there["processes"] == 3  # the driver and two executors
    assert there["parents"] == 2  # Python workers ran under both
    assert same(there["answer"], local_answer(lesson))


def test_local_cluster_gives_the_same():
    there = run_job("09", SPARK_MASTER="local-cluster[2,1,1024]")
    assert there["local"] is False and there["processes"] == 3 and there["parents"] == 2
    assert same(there["answer"], local_answer("09"))
