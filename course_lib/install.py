"""Set the course up in ``.venv``: ``python3 -m course_lib.install``, with ``--dev`` for the tests' tools as well.

Runs before anything is installed, so it and ``course_lib/setup/`` use the standard library alone. Calling it again
costs a third of a second: it looks at the files of every package that the lock names, and at nothing else. After an
interruption it goes on where it stopped.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import re
import shutil
import sys
import time
from pathlib import Path

from course_lib import terminal
from course_lib.setup import inventory, reasons, sources, stages
from course_lib.setup.inventory import Fault, Pin
from course_lib.setup.pythons import SetupError, find_python, read
from course_lib.setup.venv import (
    bring_pip,
    find_uv,
    forget_damaged,
    has_pip,
    make_venv,
    python_in,
    requirement,
    site_of,
    usable,
    version_of,
)

ROOT = Path(__file__).resolve().parent.parent
COMMAND = "py -m course_lib.install" if os.name == "nt" else "python3 -m course_lib.install"
DISK_GB = 6  # packages, and for a moment what they are unpacked from; 3 GB stay


def main(argv: list[str] | None = None) -> int:
    """Install what is missing and return the exit code: 0 done, 1 failed, 130 interrupted."""
    parser = argparse.ArgumentParser(prog="python -m course_lib.install", description="Set the course up in .venv.")
    parser.add_argument("--dev", action="store_true", help="also what the tests need")
    dev = parser.parse_args(argv).dev
    terminal.make_readable()
    try:
        install(ROOT, dev)
    except SetupError as error:
        print(f"\n✗ {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped. Nothing is broken: run the same command again and it goes on from here.", file=sys.stderr)
        return 130
    return 0


def install(root: Path, dev: bool) -> None:
    """Bring ``root/.venv`` to the state of the lock.

    Raises:
        SetupError: with what to do next.
    """
    lock = root / ("requirements-dev.txt" if dev else "requirements.txt")
    if is_installed(root, lock):
        return
    if not os.access(root, os.W_OK):
        raise SetupError(
            f"The course is not installed, and you may not write to its folder {root}. Ask whoever put it there to run "
            f"{COMMAND} in it, or work in a copy of your own."
        )
    try:
        with stages.one_at_a_time(root) as held:
            if not is_installed(root, lock):  # another set-up may have done it while we waited
                _install(root, lock, held)
    except OSError as error:
        raise SetupError(f"{error}\n{reasons.why(str(error), root, {})}") from error


def is_installed(root: Path, lock: Path) -> bool:
    """Whether a set-up of this lock was finished here, and all of it is still there."""
    venv = root / ".venv"
    done = fingerprint(root, lock) in read(venv / "installed").split()
    # an administrator's Python may lie where others may not look
    return done and os.access(python_in(venv), os.X_OK) and not faults(root, lock)


def faults(root: Path, lock: Path) -> list[Fault]:
    """What in ``root/.venv`` is not as the lock wants it."""
    venv = root / ".venv"
    known = read(venv / "incomplete").split()
    wanted = [*inventory.pins(lock), *own_package(root)]
    found = inventory.faults(inventory.installed(site_of(venv)), wanted, version_of(venv))
    return [fault for fault in found if not (fault.damaged and fault.name in known)]


def own_package(root: Path) -> list[Pin]:
    """The course itself, as a line of the lock."""
    text = read(root / "pyproject.toml")
    words = [re.search(rf'^{key} *= *"([^"]+)"', text, flags=re.M) for key in ("name", "version")]
    name, version = (word[1] if word else "" for word in words)
    return [Pin(inventory.canonical(name), version, "")]


def fingerprint(root: Path, lock: Path) -> str:
    """Say what a finished installation is made of: the lock, the project's settings, and where it lies."""
    parts = [lock.name, str(root), read(lock), read(root / "pyproject.toml")]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def check_disk(root: Path) -> None:
    """Stop early where the disk would run full."""
    free = shutil.disk_usage(root).free / 1e9
    if free < DISK_GB and not (root / ".venv").exists():
        raise SetupError(
            f"The set-up needs {DISK_GB} GB of disk for a moment; {free:.1f} GB are free in {root}. "
            "Make room and try again."
        )


def _install(root: Path, lock: Path, held: tuple[int, ...]) -> None:
    started = time.monotonic()
    venv = root / ".venv"
    python = find_python()
    check_disk(root)
    task = "the first time takes a few minutes."
    if fingerprint(root, lock) in read(venv / "installed").split():
        task = "; ".join(fault.text for fault in faults(root, lock)[:3]) + "."
    (venv / "installed").unlink(missing_ok=True)
    (venv / "incomplete").unlink(missing_ok=True)
    print(f"Setting the course up in .venv; {task}", flush=True)
    if not usable(venv):
        make_venv(python, venv, held)
    wanted = {pin.name for pin in [*inventory.pins(lock), *own_package(root)]} | {"pip", "uv"}
    forget_damaged(venv, wanted)
    if not has_pip(venv):
        bring_pip(venv, held)
    env = sources.environment([python_in(venv), python])
    env.setdefault("UV_CACHE_DIR", str(venv / "cache"))  # needs no home, can be linked from, and is gone in the end
    uv = _bring_uv(root, env, held)

    _packages(root, lock, uv, env, held)
    still = faults(root, lock)
    if any(fault.damaged for fault in still):
        # what was unpacked before an interruption may itself be damaged: once more, from the download on
        shutil.rmtree(venv / "cache", ignore_errors=True)
        forget_damaged(venv, wanted)
        _packages(root, lock, uv, {**env, "PIP_NO_CACHE_DIR": "1", "UV_CACHE_DIR": str(venv / "cache")}, held)
        still = faults(root, lock)
    if any(not fault.damaged for fault in still):
        words = "; ".join(fault.text for fault in still[:3])
        raise SetupError(
            f"{'uv' if uv else 'pip'} says that it is done, but {words}. Delete the folder {venv} and run it once more."
        )
    for fault in still:  # a package whose own list of files is wrong must not be installed at every start
        print(f"Note: {fault.text}. If something does not work, look at your virus scanner first.", flush=True)
    (venv / "incomplete").write_text("".join(fault.name + "\n" for fault in still), encoding="utf-8")
    shutil.rmtree(venv / "cache", ignore_errors=True)

    # What the tests need holds everything that the lessons need, in the same versions.
    locks = {root / "requirements.txt", lock}
    stamp = "".join(fingerprint(root, each) + "\n" for each in sorted(locks))
    (venv / "installed").write_text(stamp, encoding="utf-8")
    print(f"The course is installed ({time.monotonic() - started:.0f} s).", flush=True)


def _bring_uv(root: Path, env: dict[str, str], held: tuple[int, ...]) -> str:
    """Return uv: the one that is there, or the lock's, installed by pip; nothing where it cannot be had."""
    venv = root / ".venv"
    lines = requirement(root / "requirements-dev.txt", "uv")
    version = lines.partition("==")[2].partition(" ")[0].strip()
    uv = find_uv(venv, version)
    if uv or not lines:
        return uv
    wanted = venv / "uv.txt"
    wanted.write_text(lines, encoding="utf-8")
    pip = [python_in(venv), "-m", "pip", "install", "--no-deps", "--only-binary", ":all:", "--require-hashes"]
    try:
        stages.run("The installer uv", [*pip, "-r", wanted], env, root, keep=held)
    except stages.Failed as failed:
        if reasons.kind(failed.text) not in ("lacks", "hash", ""):
            raise SetupError(_told(failed, root, env)) from None
    wanted.unlink(missing_ok=True)
    uv = find_uv(venv, version)
    if not uv:
        print("uv cannot be had here, so pip does its work. That takes longer.", flush=True)
    return uv


def _packages(root: Path, lock: Path, uv: str, env: dict[str, str], held: tuple[int, ...]) -> None:
    """Install the lock, then the course itself.

    Raises:
        SetupError: with the reason.
    """
    python = python_in(root / ".venv")
    if uv:
        # --compile-bytecode: else the first `import tensorflow` takes very long
        install_it = [uv, "pip", "install", "--python", python, "--color", "never"]
        hashes = ["--no-deps", "--require-hashes", "--compile-bytecode", "--build-constraints", lock]
        hashes += ["--no-index"] if "PIP_NO_INDEX" in env else []
        # PySpark comes as source; packing its 480 MB only to unpack them again would take 10 s longer
        hashes += ["--config-settings-package", "pyspark:--build-option=--compression=stored"]
    else:
        install_it = [python, "-m", "pip", "install", "--progress-bar", "off"]
        hashes = ["--no-deps", "--require-hashes", "--compile"]
    count = sum(inventory.applies(pin.marker) for pin in inventory.pins(lock))
    follow = stages.follow_uv if uv else stages.follow_pip
    editable = ["--no-deps", "--no-build-isolation", "--no-index", "-e", root]
    try:
        title = f"{count} packages, with {'uv' if uv else 'pip'}"
        stages.run(title, [*install_it, *hashes, "-r", lock], env, root, follow, held)
        stages.run("The course itself", [*install_it, *editable], env, root, keep=held)
    except stages.Failed as failed:
        raise SetupError(_told(failed, root, env)) from None


def _told(failed: stages.Failed, root: Path, env: dict[str, str]) -> str:
    return f"The installation stopped:\n{reasons.last_words(failed.text)}\n{reasons.why(failed.text, root, env)}"


if __name__ == "__main__":
    sys.exit(main())
