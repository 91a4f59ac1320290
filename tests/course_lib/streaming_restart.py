"""A streaming program that is killed at random moments and started again: what arrives in the end?

Run as a program, this file *is* the streaming query; imported, it is the one who kills it.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parents[2]
ROWS_PER_FILE = 20
PATIENCE = 300  # seconds for one run of the program: a machine may be busy


@dataclass(frozen=True)
class Outcome:
    """What lies in the sink after the last run."""

    sent: int
    rows: int
    different: int
    killed_at: tuple[int, ...]
    """Batches that were done at each kill."""


def kill_and_restart(folder: Path, kills: int, seed: int) -> Outcome:
    """Start the program, kill it with all its processes at a random moment, ``kills`` times; then let it finish.

    Args:
        folder: an empty folder for the stream's files, its sink and its checkpoint.
        kills: how often.
        seed: of the random moments. The machine's speed has its share in them, too.
    """
    moments = random.Random(seed)
    files = 8 * (kills + 1)
    inbox = folder / "inbox"
    inbox.mkdir(parents=True)
    for number in range(files):
        rows = [{"id": number * ROWS_PER_FILE + i} for i in range(ROWS_PER_FILE)]
        (inbox / f"{number:05}.json").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")

    killed_at = []
    for _ in range(kills):
        target = len(_batches(folder, "offsets")) + moments.randint(1, 6)
        wait = moments.uniform(0, 0.5)
        program = _start(folder)
        try:
            _until(lambda target=target: len(_batches(folder, "offsets")) >= target, program)
            time.sleep(wait)
        finally:
            _kill(program)
        killed_at.append(len(_batches(folder, "commits")))
    program = _start(folder)
    try:
        code = program.wait(PATIENCE)
    finally:
        _kill(program)
    log = (folder / "log.txt").read_text(errors="replace")[-3000:]
    assert code == 0, log
    found = json.loads((folder / "found.json").read_text(encoding="utf-8"))
    return Outcome(files * ROWS_PER_FILE, found["rows"], found["different"], tuple(killed_at))


def _batches(folder: Path, kind: str) -> list[Path]:
    """Batches that Spark has begun (``offsets``) or finished (``commits``), by the checkpoint."""
    return [file for file in (folder / "checkpoint" / kind).glob("*") if file.name.isdigit()]


def _start(folder: Path) -> subprocess.Popen:
    temporary = folder / "tmp"  # a killed program leaves its temporary files behind: here they go with the folder
    temporary.mkdir(exist_ok=True)
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(temporary)}
    with (folder / "log.txt").open("ab") as log:
        return subprocess.Popen([sys.executable, __file__, str(folder)], env=environment, stdout=log, stderr=log)


def _until(reached, program: subprocess.Popen) -> None:
    """Wait until ``reached()``, or until the program has ended by itself: then there is nothing left to kill."""
    end = time.monotonic() + PATIENCE
    while not reached() and program.poll() is None:
        assert time.monotonic() < end, "the query makes no progress"
        time.sleep(0.01)


def _kill(program: subprocess.Popen) -> None:
    """SIGKILL for the program, its Java process and the Python workers: nobody gets to tidy up."""
    try:
        root = psutil.Process(program.pid)
        family = [*root.children(recursive=True), root]
    except psutil.NoSuchProcess:
        family = []
    for process in family:
        try:
            process.send_signal(signal.SIGKILL)
        except psutil.NoSuchProcess:
            continue
    psutil.wait_procs(family, timeout=30)
    program.wait(30)


def query(folder: Path) -> None:
    """Copy the inbox to the sink, a file a batch, until all files are read; then count what lies there."""
    from pyspark.sql import functions as F

    from course_lib import spark

    session = spark.start("restart")
    stream = session.readStream.schema("id long").option("maxFilesPerTrigger", 1).json(str(folder / "inbox"))
    sink = stream.writeStream.format("parquet").option("checkpointLocation", str(folder / "checkpoint"))
    sink.trigger(availableNow=True).start(str(folder / "sink")).awaitTermination()
    rows, different = session.read.parquet(str(folder / "sink")).agg(F.count("id"), F.count_distinct("id")).first()
    (folder / "found.json").write_text(json.dumps({"rows": rows, "different": different}), encoding="utf-8")
    spark.stop()


if __name__ == "__main__":
    query(Path(sys.argv[1]))
