"""Run cells of a lesson exactly as they stand in its notebook, and print what came out. Started by test_cluster.py.

    python cluster_job.py NOTEBOOK CELL,CELL,… EXPRESSION

Where Spark runs is decided outside, by SPARK_MASTER. The last line printed is JSON: the value of the expression, and
the signs of a cluster.
"""

import json
import os
import sys
import time
from pathlib import Path

import matplotlib
import nbformat

from course_lib import spark


def main(notebook: str, cells: str, expression: str) -> None:
    matplotlib.use("agg")
    sources = {cell.id: cell.source for cell in nbformat.read(Path(notebook), as_version=4).cells}
    names: dict = {}
    for cell in cells.split(","):
        exec(sources[cell], names)
    answer = eval(expression, names)
    try:
        signs = {"answer": answer, **where()}
    finally:
        spark.stop()
    print(json.dumps(signs))


def where() -> dict:
    """Whether Spark is local, how many processes take part, and how many different parents the Python workers had."""

    def parent(_: int) -> int:
        time.sleep(0.2)  # so that one executor cannot take all tasks before the other wakes
        return os.getppid()

    context = spark.start().sparkContext
    java = context._jsc.sc()
    return {
        "master": context.master,
        "local": java.isLocal(),
        "processes": len(java.statusTracker().getExecutorInfos()),
        "parents": context.parallelize(range(16), 16).map(parent).distinct().count(),
    }


if __name__ == "__main__":
    main(*sys.argv[1:])
