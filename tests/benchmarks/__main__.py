"""`make bench`: how long and how large; each measurement beside its limit, all in one run."""

from __future__ import annotations

import contextlib
import os
import statistics
import subprocess
import sys
import threading
import time
from pathlib import Path

import nbformat
import psutil
from nbclient import NotebookClient
from nbclient.exceptions import DeadKernelError
from rich.console import Console
from rich.table import Table

from tests.browser.jupyterlab import browser_page
from tests.browser.playground_page import ALIVE, element, open_page
from tests.notebooks.lessons import NOTEBOOKS

SECONDS, MEGABYTES, SLIDER, IMPORT = 180, 2000, 0.016, 0.2


def main() -> None:
    table = Table(title=f"Measured on {os.cpu_count()} cores, Python {sys.version.split()[0]}")
    for column in ("what", "measured", "limit", "ratio"):
        table.add_column(column, justify="left" if column == "what" else "right")

    def row(what: str, measured: float, limit: float, unit: str, digits: int = 0) -> None:
        numbers = f"{measured:.{digits}f} {unit}", f"{limit:.{digits}f} {unit}", f"{measured / limit:.2f}"
        table.add_row(what, *numbers)

    row("import course_lib, beyond a bare Python", import_seconds(), IMPORT, "s", 3)
    for name, answer in sliders().items():
        row(f"slider: {name}", 1000 * answer, 1000 * SLIDER, "ms", 1)
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
    """Playground → seconds of the browser's work from a new value to the laid-out picture, median of 20.

    The frame that a browser waits for before it draws is left out: each answer is asked for at once.
    """
    draw = """() => {
        const slider = [...document.querySelectorAll('.pg input[type=range]')].findLast(e => e.offsetParent);
        const later = window.requestAnimationFrame;
        window.requestAnimationFrame = draw => { draw(0); return null; };
        const times = Array.from({ length: 20 }, (_, i) => {
            slider.value = +slider.min + ((slider.max - slider.min) * (1 + i)) / 21;
            const start = performance.now();
            slider.dispatchEvent(new Event('input'));
            document.querySelector('.pg').getBoundingClientRect();
            return performance.now() - start;
        });
        window.requestAnimationFrame = later;
        return times.sort((a, b) => a - b)[10] / 1000;
    }"""
    with browser_page() as page:

        def answer(name: str) -> float:
            open_page(page, element(name))
            return float(page.evaluate(draw))

        return {name: answer(name) for name in ALIVE}


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
