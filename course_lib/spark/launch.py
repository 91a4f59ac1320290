"""What surrounds the start of Spark's Java process: variables that another Spark has left, and why it did not start."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from course_lib.machine import tight_limits

# Settings of another course's Spark, Hadoop or Java. On this machine alone spark.start() says all that is needed.
LEFT_OVER = re.compile(r"(PY)?SPARK_.*|(HADOOP|YARN)_CONF_DIR|_JAVA_OPTIONS|JAVA_TOOL_OPTIONS|JDK_JAVA_OPTIONS")
CONNECT = re.compile(r"SPARK_(CONNECT_\w+|API_MODE|LOCAL_REMOTE)")  # each would make a session of another kind
OURS = ("SPARK_MASTER", "SPARK_SUBMIT_OPTS", "SPARK_USER", "PYSPARK_PYTHON", "PYSPARK_DRIVER_PYTHON")

SHELL = "pyspark-shell"
"""The last word of ``PYSPARK_SUBMIT_ARGS``; without it Spark prints its help and ends."""

CURES = {
    r"No space left on device|Disk quota exceeded": "The disk is full: make room in the temporary folder (TMPDIR).",
    r"Could not (allocate|reserve)|insufficient memory|Cannot allocate memory|OutOfMemoryError|create native thread": (
        "There is too little memory: close other notebooks and programs."
    ),
}
"""What Java says → what to do."""
LINES = 12
NOISE = re.compile(
    r"\s+at |\s+\.\.\. \d+ more|SLF4J|WARNING|.* (WARN|INFO) |Using Spark's default|Setting default|To adjust log"
)
"""Lines of Java's log that tell no cause: stacks, warnings, how to set levels."""


@contextmanager
def own_variables() -> Iterator[None]:
    """Start Spark with this environment's own Spark, and without what another one has left in the variables.

    With ``SPARK_MASTER`` the cluster's settings are wanted, and only what would keep this Spark from starting is left
    out. Where ``spark-submit`` has started Java already, nothing is changed.
    """
    if "PYSPARK_GATEWAY_PORT" in os.environ:
        yield
        return
    import pyspark

    master = os.environ.get("SPARK_MASTER", "")
    before = dict(os.environ)
    if master:
        settings = Path(before.get("SPARK_HOME", ""), "conf")
        if "SPARK_HOME" in before and settings.is_dir():  # another folder of programs, but its settings may be meant
            os.environ.setdefault("SPARK_CONF_DIR", str(settings))
        if (arguments := before.get("PYSPARK_SUBMIT_ARGS")) and SHELL not in arguments:
            os.environ["PYSPARK_SUBMIT_ARGS"] = f"{arguments} {SHELL}"
    for name in before:
        if (CONNECT if master else LEFT_OVER).fullmatch(name) and name not in OURS:
            del os.environ[name]
    os.environ["SPARK_HOME"] = str(Path(pyspark.__file__).parent)
    if not master or master.startswith("local"):
        os.environ["SPARK_LOCAL_IP"] = (
            "127.0.0.1"  # else Spark asks for the address of this machine's name; it may have none
        )
    try:
        yield
    finally:
        for name in os.environ.keys() - before.keys():
            del os.environ[name]
        os.environ.update(before)


def why(said: str) -> str:
    """Why Java stopped, in a few lines: what it said first, without the steps of its stacks, and what to do.

    Args:
        said: what Java said since its start.
    """
    lines = [line for line in said.splitlines() if line.strip() and not NOISE.match(line)]
    if len(lines) > LINES:  # the cause stands at the top; where one error led to another, at the bottom
        lines = [*lines[: LINES - 4], "...", *lines[-4:]]
    cures = tight_limits() or [cure for words, cure in CURES.items() if re.search(words, said)]
    advice = " ".join(cures) or "`python -m course_lib.doctor --full` in a terminal looks for the cause."
    return f"{advice} Java said:\n" + "\n".join(line[:300] for line in lines)
