"""The parts of PySpark that it keeps to itself and this course cannot do without: nowhere else are they touched.

Seen in PySpark 4.3.0 (``tests/course_lib/test_private_parts.py`` asks the installed one). Java's status store is
``private[spark]`` in Scala; the public REST interface gives the same numbers, but only while the web pages are served.
"""

from __future__ import annotations

import os
import re
import shlex
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from typing import IO

    from pyspark import SparkConf, SparkContext
    from pyspark.sql import SparkSession


def running_context() -> SparkContext | None:
    """The context that runs in this process. The public ``SparkContext.getOrCreate`` would start one."""
    from pyspark import SparkContext

    context = SparkContext._active_spark_context
    return context if context is not None and not is_stopped(context) else None


def is_stopped(context: SparkContext) -> bool:
    """Whether a context has been stopped: its Java half is gone then. There is no public way to ask."""
    return getattr(context, "_jsc", None) is None


# ------------------------------------------------------------------------------------------------- the Java process


def has_java() -> bool:
    """Whether this process has its Java process already: its settings are read once, at its start."""
    from pyspark import SparkContext

    return SparkContext._gateway is not None


MODULES = (
    *(f"java.base/java.{part}" for part in ("lang", "lang.invoke", "lang.reflect", "io", "net", "nio", "util")),
    *(f"java.base/java.util.{part}" for part in ("concurrent", "concurrent.atomic")),
    *(f"java.base/{part}" for part in ("jdk.internal.ref", "sun.nio.ch", "sun.nio.cs", "sun.security.action")),
    *("java.base/sun.util.calendar", "java.security.jgss/sun.security.krb5"),
)
"""Packages of Java that Spark opens for itself."""

OPTIONS = (
    "-XX:+IgnoreUnrecognizedVMOptions",
    "--add-modules=jdk.incubator.vector",
    *(f"--add-opens={module}=ALL-UNNAMED" for module in MODULES),
    "-Dio.netty.tryReflectionSetAccessible=true",
    "-Dio.netty.allocator.type=pooled",
    "-Dio.netty.handler.ssl.defaultEndpointVerificationAlgorithm=NONE",
    "--sun-misc-unsafe-memory-access=allow",
    "--enable-native-access=ALL-UNNAMED",
    "-Dderby.connection.requireAuthentication=false",
)
"""What Spark's launcher says to each Java."""


def java_command(settings: dict[str, str]) -> list[str] | None:
    """The command line that Spark's launcher would write for these settings; None where it had better write it itself.

    It takes three shells and a Java of its own for that: with what follows, some 0.4 processor seconds.
    """
    by_hand = ("spark.driver.extraClassPath", "spark.driver.extraLibraryPath", "spark.driver.defaultJavaOptions")
    home = Path(os.environ.get("SPARK_HOME", ""))
    shell = os.environ.get("PYSPARK_SUBMIT_ARGS", "pyspark-shell")
    logs = sorted(home.glob("jars/slf4j-api-*.jar"))  # first on the path, as there: kept classes fit no other order
    plain = os.name == "posix" and settings.get("spark.master", "").startswith("local[") and shell == "pyspark-shell"
    if not plain or len(logs) != 1 or (home / "conf").exists() or "SPARK_CONF_DIR" in os.environ:
        return None
    if any(name in settings for name in by_hand):
        return None
    java = [str(Path(os.environ["JAVA_HOME"], "bin", "java")), "-cp", f"{home}/conf:{logs[0]}:{home}/jars/*"]
    said = [os.environ.get("SPARK_SUBMIT_OPTS", ""), settings.get("spark.driver.extraJavaOptions", "")]
    own = [*shlex.split(said[0]), f"-Xmx{settings.get('spark.driver.memory', '1g')}", *shlex.split(said[1])]
    conf = [word for name, value in settings.items() for word in ("--conf", f"{name}={value}")]
    return [*java, *own, *OPTIONS, "org.apache.spark.deploy.SparkSubmit", *conf, shell]


ASKS_FOR_MLLIB = re.compile(r"r\nu\norg\.apache\.spark\.ml[.\n]")
"""How Py4J asks Java for a name in MLlib's package, or for the package."""


def session_without_mllib(context: SparkContext) -> SparkSession:
    """A session as ``SparkSession.builder`` makes it; MLlib's functions of SQL come when MLlib is first asked for.

    Spark registers them with each session, MLlib wanted or not. They are three, but loading Scala's reflection for them
    takes a third of the computing time of Spark's start.

    Args:
        context: runs, has no session yet, and asks for no extensions of SQL.
    """
    from pyspark.sql import SparkSession

    java = jvm(context)
    none = java.scala.Option.empty()
    empty = getattr(getattr(java, "scala.collection.immutable.Map$"), "MODULE$").empty()
    of_sql = java.org.apache.spark.sql
    made = of_sql.classic.SparkSession(java_context(context), none, none, of_sql.SparkSessionExtensions(), empty, empty)
    session = SparkSession(context, made)

    gateway: Any = context._gateway
    client = gateway._gateway_client
    send, one_at_a_time = client.send_command, RLock()

    def send_after_mllib(command: str, *rest: Any, **named: Any) -> Any:
        if ASKS_FOR_MLLIB.match(command):
            with one_at_a_time:
                if client.send_command is send_after_mllib:  # else another thread was first
                    of_sql.ml.InternalFunctionRegistration().apply(of_sql.SparkSessionExtensions())
                    client.send_command = send
        return send(command, *rest, **named)

    client.send_command = send_after_mllib
    return session


def start_java(conf: SparkConf, log: IO[bytes]) -> None:
    """Start the Java process with its own log file. PySpark's public ways let it write into the notebook.

    Raises:
        pyspark.errors.PySparkRuntimeError: where Java does not start.
    """
    from pyspark import SparkContext
    from pyspark.java_gateway import launch_gateway

    command = java_command(dict(conf.getAll()))
    if command is None or "PYSPARK_GATEWAY_PORT" in os.environ:
        gateway = launch_gateway(conf, popen_kwargs={"stdout": log, "stderr": log})
    else:
        gateway = _launch(command, log)
    SparkContext._ensure_initialized(gateway=gateway, conf=conf)


def _launch(command: list[str], log: IO[bytes]) -> Any:
    """What PySpark's ``launch_gateway`` does, with this command line.

    Raises:
        pyspark.errors.PySparkRuntimeError: where Java does not start.
    """
    from pyspark.errors import PySparkRuntimeError
    from pyspark.java_gateway import launch_gateway
    from pyspark.serializers import UTF8Deserializer, read_int

    with tempfile.TemporaryDirectory() as folder:
        said = Path(folder, "port")
        own = {"PYTHONHASHSEED": "0", "SPARK_CONNECT_MODE": "0", "_PYSPARK_DRIVER_CONN_INFO_PATH": str(said)}
        java = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,  # Java ends when it closes
            stdout=log,
            stderr=log,
            env=os.environ | own,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_IGN),  # an interrupted cell is not Java's end
        )
        while java.poll() is None and not said.exists():
            time.sleep(0.02)
        if not said.exists():
            raise PySparkRuntimeError(errorClass="JAVA_GATEWAY_EXITED", messageParameters={})
        with said.open("rb") as file:
            port, secret = read_int(file), UTF8Deserializer().loads(file)
    os.environ |= {"PYSPARK_GATEWAY_PORT": str(port), "PYSPARK_GATEWAY_SECRET": secret}
    try:
        gateway = launch_gateway()  # it only connects
    finally:
        del os.environ["PYSPARK_GATEWAY_PORT"], os.environ["PYSPARK_GATEWAY_SECRET"]
    gateway.proc = java
    return gateway


def name_user(name: str) -> None:
    """Say who runs Spark, before a context is made: Hadoop asks the system for a name, and stops without one."""
    from pyspark import SparkContext

    jvm: Any = SparkContext._jvm
    users = jvm.org.apache.hadoop.security.UserGroupInformation
    users.setLoginUser(users.createRemoteUser(name))


def end_java(patience: float) -> None:
    """End the Java process that this one has started; PySpark lets it live until Python ends, with its memory.

    Args:
        patience: seconds to wait for its end.
    """
    from pyspark import SparkContext

    gateway = SparkContext._gateway
    java = getattr(gateway, "proc", None)
    if gateway is not None and java is not None:  # a Java process that we did not launch is not ours to end
        gateway.shutdown()
        java.stdin.close()  # Spark's Java process ends when this pipe closes
        java.wait(timeout=patience)
        SparkContext._gateway = SparkContext._jvm = None


def java_is_gone() -> bool:
    """Whether the Java process that this one has started has ended by itself: killed, or out of memory."""
    from pyspark import SparkContext

    java = getattr(SparkContext._gateway, "proc", None)
    return java is not None and java.poll() is not None


def forget_java() -> None:
    """Forget a Java process that has ended, and the session in it, so that Spark can start anew."""
    from pyspark import SparkContext
    from pyspark.sql import SparkSession

    classic: Any = SparkSession
    classic._instantiatedSession = classic._activeSession = None
    SparkContext._active_spark_context = None
    SparkContext._gateway = SparkContext._jvm = None


def jvm(context: SparkContext) -> Any:
    """Java's packages and classes by name."""
    return context._jvm


def java_context(context: SparkContext) -> Any:
    """Java's half of a context: a session is made from it; its status tracker; whether it was stopped elsewhere."""
    return context._jsc.sc()


def java_session(session: SparkSession) -> Any:
    """Java's half of a session: what SystemDS's ``MLContext`` is made from."""
    return session._jsparkSession


def temporary_folder(context: SparkContext) -> Path:
    """The context's folder for temporary files below ``spark.local.dir``; Spark removes it at its end."""
    return Path(context._temp_dir)


def py4j_jar() -> Path:
    """The jar of py4j that Spark brings: it fits the installed py4j."""
    import pyspark

    return next(Path(pyspark.__file__).parent.glob("jars/py4j-*.jar"))


def serve_pages(session: SparkSession) -> None:
    """Serve the web pages of a session that was started without them: Spark itself decides that at its start only.

    They show all that has run, for the status store keeps it anyway, and listen where Spark's own would: the variable
    ``SPARK_LOCAL_IP`` that Java was started with says 127.0.0.1.
    """
    context = session.sparkContext
    java, packages = context._jsc.sc(), jvm(context).org.apache.spark
    option = jvm(context).scala.Option
    security = packages.SecurityManager  # Spark's own lies in SparkEnv, whose methods py4j cannot read
    secret, file = (getattr(security, f"$lessinit$greater$default${place}")() for place in (2, 3))
    pages = packages.ui.SparkUI.create(
        option.apply(java),
        java.statusStore(),
        java.conf(),
        security(java.conf(), secret, file),
        java.appName(),
        "",  # no path before the pages' own
        java.startTime(),
        java.version(),
    )
    pages.setAppId(java.applicationId())
    packages.sql.execution.ui.SQLTab(session._jsparkSession.sharedState().statusStore(), pages)
    pages.bind()
    pages.attachAllHandlers()
    field = java.getClass().getDeclaredField("_ui")  # so that uiWebUrl tells the address, and stop() ends them
    field.setAccessible(True)
    field.set(java, option.apply(pages))


def serve_clients(context: SparkContext, port: int) -> int:
    """Start Spark Connect's server in the Java process that runs, and return its port: the first one, if it serves.

    Publicly it comes with a session of its own, by a script or a plugin that is named before Java starts.
    """
    conf, ours = context._jsc.sc().conf(), "spark.connect.grpc.binding.port"
    if not conf.contains(ours):
        conf.set("spark.connect.grpc.binding.address", "127.0.0.1").set(ours, str(port))
        jvm(context).org.apache.spark.sql.connect.service.SparkConnectService.start(context._jsc.sc())
    return int(conf.get(ours))


def quiet_errors() -> None:
    """Let PySpark not log a failed query as a line of JSON, red in the notebook: the error itself says it all."""
    import logging

    from pyspark.logger import PySparkLogger

    for name in ("SQLQueryContextLogger", "DataFrameQueryContextLogger"):
        PySparkLogger.getLogger(name).setLevel(logging.CRITICAL)


# -------------------------------------------------------------------------------------------- Spark's status store


def jobs(context: SparkContext) -> list[Any]:
    """All jobs that the status store remembers."""
    return _items(_jobs(context))


def count_jobs(context: SparkContext) -> int:
    """How many jobs the status store remembers, without a call to Java for each."""
    return int(_jobs(context).size())


def stages(context: SparkContext) -> list[Any]:
    """All stages that the status store remembers, without their tasks."""
    gateway: Any = context._gateway
    no_quantiles = gateway.new_array(gateway.jvm.double, 0)
    return _items(context._jsc.sc().statusStore().stageList(None, False, False, no_quantiles, None))


def tasks(context: SparkContext, stage: int, attempt: int, most: int) -> list[Any]:
    """At most so many tasks of a stage."""
    return _items(context._jsc.sc().statusStore().taskList(stage, attempt, most))


def numbers_of_stages(job: Any) -> list[int]:
    """The stages of one of :func:`jobs`, also those that were skipped."""
    return _items(job.stageIds())


def executors(context: SparkContext) -> list[Any]:
    """The executors, the driver among them."""
    return _items(context._jsc.sc().statusStore().executorList(False))


def kept(context: SparkContext) -> list[Any]:
    """What caches hold; an RDD of which nothing is kept is left out."""
    java = context._jsc.sc()
    java.listenerBus().waitUntilEmpty()
    return list(java.getRDDStorageInfo())


def _jobs(context: SparkContext) -> Any:
    """Java's list of jobs. The last events are waited for, else the last numbers may not have arrived."""
    java = context._jsc.sc()
    java.listenerBus().waitUntilEmpty()
    return java.statusStore().jobsList(None)


def _items(sequence: Any) -> list[Any]:
    """A Scala sequence as a list."""
    return [sequence.apply(i) for i in range(sequence.size())]
