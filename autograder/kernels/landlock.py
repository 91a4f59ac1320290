"""The second rung of the sandbox, where no program may make namespaces (many containers, JupyterHub, Binder).

Landlock and seccomp need no privileges. They take away what :mod:`~autograder.kernels.sandbox` does not even show:

* files: Python, its packages, ``course_lib`` and the system can be read; one folder of its own can be written.
* network: none. Sockets of any kind are refused once the kernel has its own, so there is no Spark.
* processes: those outside cannot be signalled, traced, read or listed.
* limits: a watcher outside counts memory, files and processes, and ends them all.

Sources: the manual page landlock(7) and the kernel's Documentation/userspace-api/landlock.rst.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import shutil
import signal
import struct
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from autograder.kernels import memory, sandbox, seccomp
from autograder.kernels.limits import MB, Limits

ABI = 6
"""The oldest Landlock that also keeps signals in (Linux 6.12)."""

_CREATE, _ADD, _RESTRICT = 444, 445, 446  # on every machine
_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR, _MAKE_SOCK, _TRUNCATE = 1, 2, 4, 8, 1 << 9, 1 << 14
_ALL = (1 << 16) - 1  # bits 0 to 15: those that ABI 6 knows
"""Every right on files and folders."""
_READ = _EXECUTE | _READ_FILE | _READ_DIR
_FILE = _EXECUTE | _WRITE_FILE | _READ_FILE | _TRUNCATE | 1 << 15
"""Rights that a plain file can have."""
_TCP, _SCOPES = 3, 3  # both of each: bind and connect; abstract Unix sockets and signals
_SUBREAPER = 36  # prctl(2)

SEARCH = 1 << 2
"""CAP_DAC_READ_SEARCH: a user of its own finds Python in root's home. Landlock says what may be opened."""


def build(mounts: sandbox.Mounts, user: int | None) -> Path:
    """Make the one folder that a hand-in can write, with its files in ``hand-in``.

    To be called by the process that watches. Orphans of the kernel become its children.
    """
    sandbox.call("prctl", _SUBREAPER, 1, 0, 0, 0)
    channels = Path(mounts.channels)
    home = channels / "home"
    cache = home / ".cache" / Path(mounts.cache or "none").name
    cache.mkdir(parents=True)
    (home / "tmp").mkdir()
    for path in Path(mounts.cache).iterdir() if mounts.cache else ():
        (cache / path.name).symlink_to(path)
    shutil.copytree(mounts.work, home / "hand-in")
    if user is not None:
        channels.parent.chmod(0o711)
        for path in (home, *home.rglob("*")):
            os.chown(path, user, user, follow_symlinks=False)
    return home


def restrict(mounts: sandbox.Mounts) -> None:
    """Give this process, and all that it will start, the files of ``mounts`` alone. It needs ``no_new_privs``."""
    rules = struct.pack("=QQQ", _ALL, _TCP, _SCOPES)
    ruleset = sandbox.call("syscall", _CREATE, rules, ctypes.c_size_t(len(rules)), 0)
    for path in [*mounts.readable, *sandbox.system_files(), mounts.cache, f"{mounts.channels}/connection.json"]:
        _allow(ruleset, path, _READ)
    _allow(ruleset, "/proc", _READ_FILE)  # not its list of processes
    for device in sandbox.DEVICES:
        _allow(ruleset, f"/dev/{device}", _FILE)
    _allow(ruleset, mounts.channels, _MAKE_SOCK)
    _allow(ruleset, f"{mounts.channels}/home", _ALL)
    sandbox.call("syscall", _RESTRICT, ruleset, 0)
    os.close(ruleset)


def _allow(ruleset: int, path: str, rights: int) -> None:
    if not path or not Path(path).exists():
        return
    rights &= _ALL if Path(path).is_dir() else _FILE
    beneath = os.open(path, os.O_PATH | os.O_CLOEXEC)
    sandbox.call("syscall", _ADD, ruleset, 1, struct.pack("=Qi", rights, beneath), 0)
    os.close(beneath)


def watch(kernel: int, home: Path, limits: Limits, orders: int, report: Callable[[str], object]) -> None:
    """Do what :func:`sandbox.watch` does, from outside: nothing here has walls that end everything by themselves."""
    try:
        while not sandbox.ended_or_interrupted(kernel, orders, 0.2, report):
            if reason := _too_much(home, limits):
                report(reason)
                return
    finally:
        _end_all()


def _too_much(home: Path, limits: Limits) -> str:
    """Which limit is passed, in a sentence."""
    own = _family()
    used, threads = memory.of(own, limits.memory), sum(map(_threads, own))
    if used > limits.memory:
        return f"It used {used:.0f} MB of memory; {limits.memory} MB are allowed."
    if _megabytes(home, limits.disk) > limits.disk:
        return f"It wrote too many files, or more than {limits.disk} MB."
    if threads > limits.processes:
        return f"It had {threads} processes and threads; {limits.processes} are allowed."
    return ""


def _family() -> list[Path]:
    """The ``/proc`` folders of all processes that come from this one."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError, ValueError, IndexError):
            parent = int(entry.read_text(errors="replace").rpartition(")")[2].split()[1])
            children.setdefault(parent, []).append(int(entry.parent.name))
    found: list[int] = []
    new = [os.getpid()]
    while new:
        new = [child for process in new for child in children.get(process, ())]
        found += new
    return [Path("/proc", str(process)) for process in found]


def _threads(process: Path) -> int:
    with contextlib.suppress(OSError):
        return sum(1 for _ in (process / "task").iterdir())
    return 0


def _megabytes(folder: Path, limit: float) -> float:
    """MB of what lies in a folder; infinite where there are more than 100,000 files."""
    total, number = 0, 0
    for at, _, files in os.walk(folder):
        for name in files:
            with contextlib.suppress(OSError):
                total += os.lstat(f"{at}/{name}").st_blocks * 512
        number += len(files) + 1
        if number > 100_000:
            return float("inf")
        if total / MB > limit:
            break
    return total / MB


def _end_all() -> None:
    """Kill all that comes from this process; first everything stands still, so that nothing can fork away."""
    deadline = time.monotonic() + 30
    while (own := _family()) and time.monotonic() < deadline:
        for order in (signal.SIGSTOP, signal.SIGKILL):
            for process in own:
                with contextlib.suppress(OSError):
                    os.kill(int(process.name), order)
        with contextlib.suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass


def try_it() -> str:
    """Restrict a child process; returns what failed, or an empty string."""
    abi = ctypes.CDLL(None).syscall(_CREATE, None, ctypes.c_size_t(0), 1)
    if abi < ABI:
        return f"Landlock is {'too old' if abi > 0 else 'missing'}: it needs Linux 6.12"
    with tempfile.TemporaryDirectory() as place:
        return sandbox.ask_child(lambda: _try(place))


def _try(place: str) -> None:
    sandbox.drop(sandbox.FIRST_USER if os.getuid() == 0 else None, Limits(), keep=SEARCH)
    restrict(sandbox.Mounts([], "", place, place))
    seccomp.restrict(alone=True)
    seccomp.refuse_sockets()
    with contextlib.suppress(OSError):
        list(Path(place).iterdir())
        raise sandbox.SandboxFailed("Landlock lets everything pass")
