"""Spark's Python daemon, which workers are forked from, with PySpark loaded once and in its quick form.

Spark runs this module in place of ``pyspark.daemon`` (setting ``spark.python.daemon.module``). As Spark comes, the
daemon reads PySpark from a zip file that holds no compiled code, and each worker reads its own half of it again: 0.8 s
of computing before the first job's first line.
"""

import gc
import importlib.util
import os
import sys
from pathlib import Path


def without_zips(entries: list[str]) -> list[str]:
    """The entries of a search path without Spark's archives, where PySpark also lies unpacked around them.

    Args:
        entries: as in ``sys.path`` or ``PYTHONPATH``.
    """
    if importlib.util.find_spec("py4j") is None:
        return entries
    return [entry for entry in entries if not _is_spare(Path(entry))]


def _is_spare(archive: Path) -> bool:
    packages = [folder.parent for folder in archive.parents if folder.name == "pyspark"]
    return (
        archive.suffix in (".zip", ".jar")
        and bool(packages)
        and (packages[0] / "pyspark" / "__init__.py").exists()
        and any(Path(entry) == packages[0] for entry in sys.path if entry)
    )


def forget_zips() -> None:
    """Let this process, and those that it starts, import PySpark from where it is installed."""
    sys.path[:] = without_zips(sys.path)
    if path := os.environ.get("PYTHONPATH"):
        os.environ["PYTHONPATH"] = os.pathsep.join(without_zips(path.split(os.pathsep)))


def mend_search_path() -> None:
    """Let this process import what is installed before what lies beside the lesson.

    A ``random.py`` beside the lesson would hide Python's own, which PySpark needs. Spark starts this process with
    ``PYTHONSAFEPATH``, so the folder is not in the path yet.
    """
    forget_zips()
    sys.path.append(str(Path.cwd()))


if __name__ == "__main__":
    mend_search_path()
    import pyspark.daemon
    import pyspark.worker

    gc.freeze()  # PySpark collects after each task; to look through all modules took most of a small task's time
    pyspark.daemon.manager()
