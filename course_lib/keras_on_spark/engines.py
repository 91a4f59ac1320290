"""Two ways to run DML: SystemDS in a Java process of its own, or SystemDS on the Spark session in hand.

Both take a script, named matrices in and names of matrices out. The jar of SystemDS 3.4 is built for Spark 3.5; with
the settings of ``spark.start(systemds=True)`` it runs on Spark 4.3.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import shutil
import tempfile
import threading
import time
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from course_lib.spark import private, systemds
from course_lib.spark.systemds import SystemDSError

BLOCK = 1000  # rows and columns of a block in which Spark workers hold a matrix; SystemDS's default


MEMORY = "512m"  # heap of SystemDS's own Java process


@dataclass(frozen=True)
class Work:
    """What Spark did for one script.

    Attributes:
        jobs: Spark jobs.
        tasks: executor's name → tasks that it finished. On one machine the only executor is the driver.
    """

    jobs: int
    tasks: Mapping[str, int]


Listener = Callable[[str], object]
"""Is called with each line that a script prints, while the script runs."""


class OwnEngine:
    """SystemDS alone: one Java process without Spark. It ends with :meth:`close`, or with Python."""

    workers = 0

    def __init__(self) -> None:
        """Start the Java process.

        Raises:
            course_lib.spark.java.JavaMissing: where there is no Java, with the cure.
            SystemDSError: where SystemDS is missing or does not start.
        """
        from py4j.java_gateway import GatewayParameters, JavaGateway, launch_gateway

        from course_lib.spark import java

        program = java.home(complete=True) / "bin" / "java"
        library = systemds.jar()
        self._folder = Path(tempfile.mkdtemp(prefix="course-systemds-"))
        log = self._folder / "systemds.log"
        self._printed = self._folder / "printed.txt"
        temporary = f"-Djava.io.tmpdir={self._folder}"
        try:
            with log.open("wb") as file:
                port, token, self._process = launch_gateway(
                    # PySpark's: the older one beside SystemDS always takes the same port, so a second context hangs.
                    jarpath=str(private.py4j_jar()),
                    classpath=str(library),
                    javaopts=[
                        *systemds.JVM_OPTIONS,
                        f"-Xmx{MEMORY}",
                        "-XX:+UseSerialGC",
                        temporary,
                    ],
                    java_path=str(program),
                    die_on_exit=True,  # Java ends when Python does, also when Python is killed
                    redirect_stderr=file,
                    redirect_stdout=self._printed.open("a", buffering=1, encoding="utf-8"),  # line by line
                    enable_auth=True,
                    return_proc=True,
                )
            self._gateway = JavaGateway(
                gateway_parameters=GatewayParameters(port=port, auth_token=token, auto_convert=True)
            )
            self._connection = systemds.jmlc_connection(self._gateway.jvm)
        except Exception as error:
            words = (log.read_text(errors="replace").strip().splitlines() or [str(error)])[-1]
            shutil.rmtree(self._folder, ignore_errors=True)
            raise SystemDSError(
                f"SystemDS did not start. `python -m course_lib.doctor` looks at Java. Java said: {words}"
            ) from None
        atexit.register(self.close)

    def run(
        self, script: str, inputs: Mapping[str, np.ndarray], outputs: Sequence[str], hear: Listener | None = None
    ) -> dict[str, np.ndarray]:
        """Run a DML script.

        Args:
            script: DML that uses the names in ``inputs`` and sets those in ``outputs``.
            inputs: name → matrix (two axes).
            outputs: names of matrices.
            hear: gets each line that the script prints, while it runs.

        Returns:
            Name → matrix of float64, for each of ``outputs``.

        Raises:
            SystemDSError: where SystemDS stops, with its reason.
        """
        reads = "".join(f'{name} = read("{name}")\n' for name in inputs)
        writes = "".join(f'write({name}, "{name}")\n' for name in outputs)
        with _one_line_errors():
            # Imports stand first in DML.
            sources, body = _split_sources(script)
            prepared = self._connection.prepareScript(
                sources + reads + body + writes, self._strings(inputs), self._strings(outputs)
            )
            for name, matrix in inputs.items():
                prepared.setMatrix(name, systemds.to_block(self._gateway.jvm, matrix), False)
            with _listening(self._printed, hear, self._gateway.jvm.System.out.println):
                results = prepared.executeScript()
            return {name: systemds.to_numpy(self._gateway.jvm, results.getMatrixBlock(name)) for name in outputs}

    def close(self) -> None:
        """End the Java process."""
        self._gateway.close()
        self._process.kill()  # it holds nothing that needs saving
        self._process.wait(timeout=30)
        shutil.rmtree(self._folder, ignore_errors=True)
        atexit.unregister(self.close)

    def _strings(self, names: Any) -> Any:
        array = self._gateway.new_array(self._gateway.jvm.java.lang.String, len(names))
        for i, name in enumerate(names):
            array[i] = name
        return array


class SparkEngine:
    """SystemDS on a Spark session, through its ``MLContext``. The session stays the caller's."""

    def __init__(self, session: Any) -> None:
        """Lay SystemDS over ``session``, which :func:`course_lib.spark.start` made with ``systemds=True``.

        Raises:
            SystemDSError: where the session cannot carry SystemDS.
        """
        context = getattr(session, "sparkContext", None)
        if context is None:
            raise SystemDSError("SystemDS needs a classic Spark session, not a Spark Connect client (SPARK_REMOTE).")
        if "SystemDS.jar" not in context.getConf().get("spark.jars", ""):
            raise SystemDSError("This Spark session has no SystemDS: spark.stop(), then spark.start(systemds=True).")
        self._context, self._jvm = context, private.jvm(context)
        self.workers = context.defaultParallelism
        ml = systemds.mlcontext(self._jvm)
        with _one_line_errors():
            ml.MLContext.welcomePrint = False
            self._ml = ml.MLContext(private.java_session(session))
            # Executors read matrices from there: on a cluster this folder must be one that all its machines share.
            scratch = private.temporary_folder(context) / "systemds"
            self._ml.setConfigProperty("sysds.scratch", str(scratch / "scratch"))
            self._ml.setConfigProperty("sysds.localtmpdir", str(scratch / "local"))
        self.work = Work(0, {})

    def run(
        self, script: str, inputs: Mapping[str, np.ndarray], outputs: Sequence[str], hear: Listener | None = None
    ) -> dict[str, np.ndarray]:
        """Run a DML script, as :meth:`OwnEngine.run` does; ``work`` then says what Spark did for it."""
        from course_lib import spark

        ml = systemds.mlcontext(self._jvm)
        before = self._count()
        with _one_line_errors():
            dml = ml.Script(script)
            for name, matrix in inputs.items():
                size = ml.MatrixMetadata(matrix.shape[0], matrix.shape[1], BLOCK)
                getattr(dml, "in")(name, systemds.to_block(self._jvm, matrix), size)
            for name in outputs:
                dml.out(name)
            with _listening(spark.log(), hear):
                results = self._ml.execute(dml)
            blocks = {name: systemds.results_of(results, name) for name in outputs}
            arrays = {name: systemds.to_numpy(self._jvm, block) for name, block in blocks.items()}
        after = self._count()
        tasks = {name: n - before.tasks.get(name, 0) for name, n in after.tasks.items()}
        self.work = Work(after.jobs - before.jobs, {name: n for name, n in tasks.items() if n})
        return arrays

    def close(self) -> None:
        """Let go of MLContext; the Spark session goes on."""
        with contextlib.suppress(Exception):
            self._ml.close()

    def _count(self) -> Work:
        """Jobs and tasks of this application so far, from Spark's own status store."""
        jobs = private.count_jobs(self._context)
        return Work(jobs, {e.id(): e.completedTasks() for e in private.executors(self._context)})


Engine = OwnEngine | SparkEngine


def _split_sources(script: str) -> tuple[str, str]:
    lines = script.splitlines(keepends=True)
    sources = [line for line in lines if line.startswith("source(")]
    return "".join(sources), "".join(line for line in lines if not line.startswith("source("))


@contextlib.contextmanager
def _listening(printed: Path, hear: Listener | None, say: Callable[[str], object] | None = None) -> Iterator[None]:
    """While the block runs, hand each new line of the file ``printed`` to ``hear``; the last ones before it ends.

    Args:
        printed: the file.
        hear: gets each line.
        say: prints a line where the script prints. Java's lines come through a pipe and may be on their way when the
            script is done; one line said behind them tells that all have come.
    """
    if hear is None or not printed.exists():
        yield
        return
    over, end, looks = threading.Event(), f"end {uuid.uuid4().hex}", 1

    def follow() -> None:
        nonlocal looks
        rest = ""
        while looks:
            if over.wait(0.1):
                looks -= 1
                time.sleep(0.02)
            *lines, rest = (rest + file.read()).split("\n")
            for line in lines:
                if line == end:
                    return
                hear(line)

    with printed.open(encoding="utf-8", errors="replace") as file:
        file.seek(0, os.SEEK_END)
        follower = threading.Thread(target=follow, daemon=True)
        follower.start()
        try:
            yield
        finally:
            if say is not None:
                with contextlib.suppress(Exception):  # Java may have ended
                    say(end)
                    looks = 500  # ten seconds at the most
            over.set()
            follower.join()


@contextlib.contextmanager
def _one_line_errors() -> Iterator[None]:
    """Turn a Java exception into one line: the message of its first cause."""
    from py4j.protocol import Py4JError, Py4JJavaError

    try:
        yield
    except (Py4JJavaError, AssertionError) as error:
        # PySpark puts itself before py4j's errors, and stumbles over them where its own Java has been ended.
        java_error = error if isinstance(error, Py4JJavaError) else error.__context__
        if not isinstance(java_error, Py4JJavaError):
            raise
        cause = java_error.java_exception
        while cause.getCause() is not None:
            cause = cause.getCause()
        text = str(cause.getMessage() or cause.getClass().getName()).strip().splitlines()
        raise SystemDSError(f"SystemDS stopped: {text[0] if text else 'no reason given'}") from None
    except Py4JError as error:
        raise SystemDSError(f"SystemDS cannot be reached: {error}") from None
