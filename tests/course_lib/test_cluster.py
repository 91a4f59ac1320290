"""Lessons 09 and 11 run on a cluster unchanged: the same cells, the same answers, only ``SPARK_MASTER`` differs."""

import functools
import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from course_lib.spark import java
from tests.notebooks.lessons import NOTEBOOKS, ROOT
from tests.standalone import environment, service, standalone

pytestmark = pytest.mark.slow

JOBS = {
    "09": (
        "setup,map-reduce,word-count-toy,temperatures-records,temperatures-run,spark-start",
        "[sorted(spark_map_reduce(lines, word_pairs, add).items()),"
        " sorted(spark_map_reduce(weather, city_range, widen).items())]",
    ),
    "11": (
        "setup,spark-start,lines-run,deck-train,ml-train,claim-mse,tree-load,tree-train-run",
        "[*(mean_of_squares(table) for table in tables.values()), sgd.weights.tolist(),"
        " accuracy.evaluate(predictions), model.stages[-1].toDebugString.splitlines()[1:]]",
    ),
}
"""Lesson → the cells of its core job, and what to compare."""


def run_job(lesson: str, **more: str) -> dict:
    """Run a lesson's cells in a process of its own; what the last line says."""
    cells, expression = JOBS[lesson]
    notebook = next(path for path in NOTEBOOKS if path.parent.name.startswith(lesson))
    command = [sys.executable, str(Path(__file__).with_name("cluster_job.py")), str(notebook), cells, expression]
    done = subprocess.run(command, cwd=ROOT, env=environment(**more), capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stderr[-4000:]
    return json.loads(done.stdout.splitlines()[-1])


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    """A standalone cluster: master and two workers of one core each. Yields its address."""
    with standalone(tmp_path_factory.mktemp("cluster")) as (address, _):
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


@pytest.mark.seconds(300)
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


@pytest.mark.seconds(120)
@pytest.mark.skipif(not Path(sys.prefix, "bin", "activate").exists(), reason="no virtual environment")
def test_master_and_worker_start_with_the_lines_in_the_docs(tmp_path):
    """As typed in a new terminal: nothing of the environment is on its PATH."""
    text = (ROOT / "docs" / "clusters.md").read_text(encoding="utf-8")
    master, worker = re.findall(r"^( *)```\n((?:\1.+\n)+? *spark-class .+\n)\1```", text, flags=re.M)
    terminal = {"PATH": os.defpath, "JAVA_HOME": str(java.home()), "HOME": str(tmp_path), "SPARK_LOCAL_IP": "127.0.0.1"}
    # ports that the system chooses, for tests run beside each other
    terminal |= {f"SPARK_{who}_{what}": "0" for who in ("MASTER", "WORKER") for what in ("PORT", "WEBUI_PORT")}

    def typed(lines: str, address: str) -> list[str]:
        place = shlex.quote(str(tmp_path))
        here = {".venv": shlex.quote(sys.prefix), "spark://host:7077": address, "/var/tmp/spark": place}
        for said, meant in here.items():
            lines = lines.replace(said, meant)
        return ["bash", "-c", lines.replace("spark-class", "exec spark-class")]

    announced = r"Starting Spark master at (spark://\S+)"
    with (
        service(typed(master[1], ""), terminal, tmp_path / "master.log", announced) as (_, address),
        service(typed(worker[1], address), terminal, tmp_path / "worker.log", r"registered with master (\S+)") as (
            _,
            to,
        ),
    ):
        assert to == address
