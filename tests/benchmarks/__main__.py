"""`make bench`: how long and how large; each measurement beside its limit, all in one run."""

from __future__ import annotations

import contextlib
import importlib
import os
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import nbformat
import numpy as np
import psutil
from nbclient import NotebookClient
from nbclient.exceptions import DeadKernelError
from rich.console import Console
from rich.table import Table

from tests.notebooks.lessons import NOTEBOOKS

SECONDS, MEGABYTES, SLIDER, IMPORT = 180, 2000, 0.1, 0.2


def main() -> None:
    table = Table(title=f"Measured on {os.cpu_count()} cores, Python {sys.version.split()[0]}")
    for column in ("what", "measured", "limit", "ratio"):
        table.add_column(column, justify="left" if column == "what" else "right")

    def row(what: str, measured: float, limit: float, unit: str, digits: int = 0) -> None:
        numbers = f"{measured:.{digits}f} {unit}", f"{limit:.{digits}f} {unit}", f"{measured / limit:.2f}"
        table.add_row(what, *numbers)

    row("import course_lib, beyond a bare Python", import_seconds(), IMPORT, "s", 3)
    for name, answer in sliders().items():
        row(f"slider: {name}", 1000 * answer, 1000 * SLIDER, "ms")
    console = Console()
    for notebook in NOTEBOOKS:
        with console.status(f"running {notebook.parent.name}"):
            seconds, megabytes = lesson(notebook)
        ended = " (ended there)" if megabytes > MEGABYTES else ""
        row(f"{notebook.parent.name}: time{ended}", seconds, SECONDS, "s")
        row(f"{notebook.parent.name}: memory, all its processes", megabytes, MEGABYTES, "MB")
    console.print(table)


def import_seconds() -> float:
    """Median of five: ``import course_lib`` less an empty program."""

    def run(code: str) -> float:
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", code], check=True)
        return time.perf_counter() - start

    return statistics.median(run("import course_lib") - run("pass") for _ in range(5))


def sliders() -> dict[str, float]:
    """Playground → seconds from a new value to the finished picture, median of 20."""

    # The package's names are functions; the modules behind them are meant here.
    def module(name: str) -> ModuleType:
        return importlib.import_module(f"course_lib.playground.{name}")

    activation, data_parallel, descent, kmeans = map(module, ("activation", "data_parallel", "descent", "kmeans"))
    losses, neuron, partitions, pipeline = map(module, ("losses", "neuron", "partitions", "pipeline"))
    ball, cone, convolution, softmax = map(module, ("ball", "cone", "convolution", "softmax"))
    lines, curves, shards, path = neuron._Map(), activation._Curves(), data_parallel._Picture(), descent._Curve()
    cloud, bars, times, fits = kmeans._Picture(), partitions._Bars(), pipeline._Timeline(), losses._Picture()
    ground, shares = ball._Map(), softmax._Bars()
    learned, maps = cone._Picture(20, (1, 10)), convolution._Maps()
    surfaces = cone.Learning("noise", np.random.default_rng(0).normal(size=(21, cone.SIDE, cone.SIDE)))
    moves: dict[str, Callable[[float], object]] = {
        "neuron": lambda v: lines.html(neuron.Neuron(w1=v)),
        "activation": lambda v: curves.html(activation.Point(x=v)),
        "pipeline": lambda v: times.html(pipeline.Pipeline(prepare=10 + 10 * v, prefetch=2, workers=2)),
        "partitions": lambda v: bars.html(partitions.Shuffle(hot=v / 2)),
        "gradient descent": lambda v: path.html(descent.Descent(step=0.1 + v)),
        "k-means": lambda v: cloud.html(kmeans.Walk(step=round(10 * v) % kmeans.MOST_STEPS)),
        "losses": lambda v: fits.html(losses.Fits(outlier=20 * v)),
        "data parallel": lambda v: shards.html(data_parallel.Step(w=v, workers=1 + int(10 * v) % 4)),
        "ball": lambda v: ground.html(ball.Roll(rate=0.01 + v / 100)),
        "convolution": lambda v: maps.html(
            convolution.Convolution(convolution.DRAWINGS["seven"] * v, convolution.KERNELS["sharpen"])
        ),
        "cone": lambda v: learned.html(surfaces, round(10 * v)),
        "softmax": lambda v: shares.html(softmax.Scores(cat=v)),
    }
    return {name: statistics.median(_timed(move, 0.1 * i) for i in range(20)) for name, move in moves.items()}


def _timed(move: Callable[[float], object], value: float) -> float:
    start = time.perf_counter()
    move(value)
    return time.perf_counter() - start


def lesson(notebook: Path) -> tuple[float, float]:
    """Seconds of a whole run, and the peak of the memory of kernel, JVM and Python workers together, in MB.

    Shared pages are counted once (proportional set size). A lesson that takes more than it may is ended, as Binder
    would: then the peak is what it had reached.
    """
    peak, running = 0.0, True

    def watch() -> None:
        nonlocal peak
        while running:
            processes = psutil.Process().children(recursive=True)
            peak = max(peak, sum(map(_megabytes, processes)))
            if peak > MEGABYTES:
                for process in processes:
                    with contextlib.suppress(psutil.Error):
                        process.kill()
            time.sleep(0.2)

    watcher = threading.Thread(target=watch)
    watcher.start()
    start = time.perf_counter()
    try:
        client = NotebookClient(
            nbformat.read(notebook, as_version=4),
            timeout=600,
            kernel_name="python3",
            resources={"metadata": {"path": str(notebook.parent)}},
        )
        client.execute()
    except DeadKernelError:
        if peak <= MEGABYTES:
            raise
    finally:
        running = False
        watcher.join()
    return time.perf_counter() - start, peak


def _megabytes(process: psutil.Process) -> float:
    """Memory of a process; 0 where it has just ended."""
    try:
        return getattr(process.memory_full_info(), "pss", process.memory_info().rss) / 1e6
    except psutil.Error:
        return 0.0


if __name__ == "__main__":
    main()
