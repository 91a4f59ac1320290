"""Say what this machine lacks for the course, and the cure: ``python -m course_lib.doctor``, ``--full`` to try it all.

Uses the standard library alone, so that it also runs where the installation failed. Exit code: 0 well, 1 a fault.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from course_lib import install, shadows, terminal
from course_lib.machine import MEMORY_GB, memory_gb, tight_limits
from course_lib.setup import inventory, pythons, sources
from course_lib.setup.venv import python_in
from course_lib.spark import java

DISK_GB = 1
VENV = install.ROOT / ".venv"
LOCK = install.ROOT / "requirements.txt"

TRY_TENSORFLOW = "import tensorflow as tf; assert float(tf.add(1.0, 2.0)) == 3.0; print(tf.__version__)"
TRY_SPARK = """
from course_lib import spark
session = spark.start()
assert session.sparkContext.parallelize([1, 2], 1).map(lambda x: x + 1).sum() == 5
print(session.version)
spark.stop()
"""


@dataclass(frozen=True)
class Finding:
    """What was looked at, what was found, and the cure in one line where it is a fault."""

    what: str
    found: str
    cure: str = ""


def main(argv: list[str] | None = None) -> int:
    """Print one line for each finding, the cure below a fault; return 1 where there is a fault."""
    parser = argparse.ArgumentParser(prog="python -m course_lib.doctor", description="Say what this machine lacks.")
    parser.add_argument("--full", action="store_true", help="also start TensorFlow and Spark (half a minute)")
    full = parser.parse_args(argv).full
    terminal.make_readable()
    own = python_in(VENV)
    if in_no_environment() and pythons.describe([str(own)]) > ((0, 0), 0, ""):
        # the lessons run in .venv, so that is what must be looked at
        command = [str(own), "-m", "course_lib.doctor", *(["--full"] if full else [])]
        return subprocess.run(command, cwd=install.ROOT, env=sources.neutral()).returncode
    faults = 0
    for finding in examine(full):
        print(f"{'✗' if finding.cure else '✓'} {finding.what:<11} {finding.found}", flush=True)
        if finding.cure:
            print(f"  {'':<11} → {finding.cure}", flush=True)
            faults += 1
    print("\nAll well." if not faults else f"\n{faults} to mend: see the lines with →.")
    return 1 if faults else 0


def examine(full: bool = False) -> Iterator[Finding]:
    """Yield the findings, the quick ones first."""
    yield python()
    yield packages(LOCK)
    yield runtime()
    yield systemds()
    yield memory(memory_gb())
    yield disk("disk", install.ROOT)
    yield temporary()
    yield ports()
    yield limits()
    yield names(install.ROOT / "release")
    yield gpu()
    if full:
        yield attempt("TensorFlow", TRY_TENSORFLOW)
        yield attempt("Spark", TRY_SPARK)


def python() -> Finding:
    """The version of this Python."""
    version, bits, machine = pythons.describe([sys.executable])
    found = f"{sys.version.split()[0]}, {bits} bits, {machine}, {sys.executable}"
    return Finding("Python", found, pythons.problem(version, bits, machine).replace("\n", " "))


def in_no_environment() -> bool:
    """Whether this is a Python of the system: in no virtual environment and not conda's."""
    return sys.prefix == sys.base_prefix and not Path(sys.prefix, "conda-meta").is_dir()


def packages(lock: Path) -> Finding:
    """The installed packages against the lock, and whether all their files are there."""
    pins = inventory.pins(lock)
    if not pins:
        return Finding("packages", f"no lock in {lock.parent}", "Run this in a clone of the course.")
    present = {}
    for folder in reversed(sys.path):  # as `import` does: the first one counts
        present.update(inventory.installed(Path(folder).resolve()))
    faults = list(inventory.faults(present, pins))
    if not faults:
        return Finding("packages", "all as in requirements.txt")
    more = f" and {len(faults) - 3} more" if len(faults) > 3 else ""
    led = {str(Path(place).resolve()) for place in os.environ.get("PYTHONPATH", "").split(os.pathsep) if place}
    others = sorted({str(present[fault.name].parent) for fault in faults if fault.name in present} & led)
    cure = mend(lock, faults)
    if others:
        cure = f"PYTHONPATH leads Python to {', '.join(others)} first: unset it where it is set, then start anew."
    return Finding("packages", "; ".join(fault.text for fault in faults[:3]) + more, cure)


def mend(lock: Path, faults: list[inventory.Fault]) -> str:
    """The command that puts right what is missing or damaged in this Python's environment."""
    if in_no_environment() or Path(sys.prefix) == VENV:
        return f"{install.COMMAND}   in the folder {install.ROOT}"
    # conda, or a virtual environment of one's own
    again = " --force-reinstall" if any(fault.damaged for fault in faults) else ""
    return f'"{sys.executable}" -m pip install --no-deps{again} -r "{lock}"'


def anew() -> str:
    """The cure where all packages are there and still do not work."""
    if in_no_environment() or Path(sys.prefix) == VENV:
        return f"Delete the folder {VENV}, then: {install.COMMAND}   in the folder {install.ROOT}"
    return f'"{sys.executable}" -m pip install --no-deps --force-reinstall -r "{LOCK}"'


def runtime() -> Finding:
    """The Java that Spark will use."""
    try:
        home = java.home()
    except java.JavaMissing as missing:
        return Finding("Java", "none that Spark can use", str(missing))
    return Finding("Java", f"{java.version_of(home)}, {home}")


def systemds() -> Finding:
    """Whether Apache SystemDS can run. It is no fault where it cannot: lesson 13 then leaves those cells out."""
    try:
        from course_lib.keras_on_spark import what_is_missing
    except ImportError as error:
        return Finding("SystemDS", f"cannot be looked at: {error}")
    missing = what_is_missing()
    return Finding("SystemDS", f"cannot run, and lesson 13 leaves it out. {missing}" if missing else "can run")


def memory(gigabytes: float | None) -> Finding:
    """Memory that is free."""
    if gigabytes is None:
        return Finding("memory", "unknown on this system; a lesson needs 2 GB")
    cure = "Close other programs and notebooks: a lesson needs 2 GB." if gigabytes < MEMORY_GB else ""
    return Finding("memory", f"{gigabytes:.1f} GB free", cure)


def disk(what: str, folder: Path) -> Finding:
    """Room on the disk of a folder."""
    free = shutil.disk_usage(folder).free / 1e9
    cure = f"Make room: at least {DISK_GB} GB for data and what Spark writes." if free < DISK_GB else ""
    return Finding(what, f"{free:.0f} GB free in {folder}", cure)


def temporary() -> Finding:
    """The folder for temporary files, and room in it."""
    try:
        return disk("temporary", Path(tempfile.gettempdir()))
    except OSError:  # none of the usual ones can be written
        cure = "Make room in /tmp, or set TMPDIR to a folder that you may write to."
        return Finding("temporary", "no folder for temporary files", cure)


def ports() -> Finding:
    """Whether programs on this machine can talk to each other: JupyterLab, kernels and Spark must."""
    try:
        with socket.create_server(("127.0.0.1", 0)) as server:
            socket.create_connection(server.getsockname(), timeout=2).close()
    except OSError as error:
        return Finding("ports", f"127.0.0.1 does not answer: {error}", "Let the firewall allow 127.0.0.1.")
    busy = [str(port) for port in (8888, 4040) if in_use(port)]
    return Finding("ports", f"127.0.0.1 answers{'; taken, so the next is used: ' + ', '.join(busy) if busy else ''}")


def in_use(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(0.5)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def limits() -> Finding:
    """Limits of this terminal or its user (``ulimit``)."""
    tight = tight_limits()
    return Finding("limits", "too tight" if tight else "none that matters", " ".join(tight))


def names(lessons: Path) -> Finding:
    """Files beside the lessons that Python takes for modules of its own."""
    folders = [Path.cwd(), *sorted(folder for folder in lessons.glob("*") if folder.is_dir())]
    told = [shadows.warning(shadows.hiding(folder)) for folder in folders]
    cure = " ".join(words for words in dict.fromkeys(told) if words)
    return Finding("names", "a file hides a module" if cure else "no file hides a module", cure)


def gpu() -> Finding:
    """An NVIDIA GPU, where there is one. None is no fault."""
    name = pythons.output(["nvidia-smi", "--query-gpu=name", "--format=csv,noheader"])
    if not name:
        return Finding("GPU", "none found; no lesson needs one")
    return Finding("GPU", f"{name.splitlines()[0]} (see the gpu extra in pyproject.toml)")


def attempt(what: str, code: str) -> Finding:
    """Run a few lines in a fresh Python."""
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=install.ROOT)
    if result.returncode == 0:
        return Finding(what, f"{result.stdout.strip().splitlines()[-1]} runs")
    # a traceback's last part: the error, and what more it says in lines of its own
    said = re.split(r"^(?=[\w.]+: )", result.stderr.strip() or "stopped without a word", flags=re.M)[-1]
    return Finding(
        what, f"does not run: {' '.join(said.split())[:300]}", f"Mend what is said above, if anything. Else: {anew()}"
    )


if __name__ == "__main__":
    sys.exit(main())
