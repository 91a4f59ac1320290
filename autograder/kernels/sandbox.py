"""The sandbox around one kernel, on Linux: its own file system, processes, network and user, entered by a forked child.

Bubblewrap starts new programs only; a forked kernel keeps what the fork server has imported. So the same means (kernel
namespaces, a whitelist of files, no privileges) are used here from within, by a process that has just been forked:

* files: a fresh, empty root. The system, Python and ``course_lib`` are there, read-only; ``/tmp`` is in memory.
* processes: its own process ids. When the first of them ends, all of them end.
* network: loopback only, and its own.
* privileges: none, and none to be had (``no_new_privs``, seccomp); root becomes a user of its own.

Sources: the manual pages namespaces(7), pivot_root(2), mount_setattr(2), seccomp(2), capabilities(7).
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import select
import shutil
import signal
import socket
import struct
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.kernels import memory, seccomp
from autograder.kernels.limits import MB, Limits
from autograder.kernels.messages import KILLED

NEW_ROOT = Path("/run" if Path("/run").is_dir() else "/mnt")
"""Where the new root is put together: any folder that exists; only this process sees what is mounted there."""

FIRST_USER = 61000
"""Where the grader runs as root, hand-ins run as users with ids from here on, that nobody has."""

ETC = "alternatives fonts hosts java* ld.so.* localtime mime.types nsswitch.conf ssl/certs timezone"
"""What is shown of ``/etc``."""

DEVICES = ("null", "zero", "full", "random", "urandom")

_libc = ctypes.CDLL(None, use_errno=True)
# From the kernel's headers: linux/sched.h (CLONE_NEW…), linux/mount.h (MS_…), asm/unistd.h, linux/prctl.h (PR_…).
_NEWNS, _NEWUTS, _NEWIPC, _NEWUSER, _NEWPID, _NEWNET = (
    0x00020000,
    0x04000000,
    0x08000000,
    0x10000000,
    0x20000000,
    0x40000000,
)
_RDONLY, _NOSUID, _NODEV, _NOEXEC, _REMOUNT, _BIND, _REC, _PRIVATE = 1, 2, 4, 8, 32, 4096, 16384, 1 << 18
_DETACH = 2
_MOUNT_SETATTR, _PIVOT_ROOT = 442, {"x86_64": 155, "aarch64": 41}
_CAPABILITIES_3 = 0x20080522  # capset(2): two words for each set
_PDEATHSIG, _CAPBSET_DROP, _NO_NEW_PRIVS, _DUMPABLE, _KEEPCAPS, _AMBIENT = 1, 24, 38, 4, 8, 47


class SandboxFailed(Exception):
    """The system does not allow a step; the text names it."""


def separate() -> None:
    """Leave the system's namespaces; the next child is the first process of a new world.

    Raises:
        SandboxFailed: where the system does not allow it.
    """
    spaces = _NEWNS | _NEWUTS | _NEWIPC | _NEWPID | _NEWNET
    user, group = os.getuid(), os.getgid()
    if user != 0:
        spaces |= _NEWUSER
    call("unshare", spaces)
    if user != 0:
        Path("/proc/self/setgroups").write_text("deny")
        Path("/proc/self/uid_map").write_text(f"{user} {user} 1")
        Path("/proc/self/gid_map").write_text(f"{group} {group} 1")


@dataclass(frozen=True)
class Mounts:
    """What is shown of this machine's files."""

    readable: list[str]
    """Folders and files that are there under their own names, read-only."""
    cache: str
    """The course's cache. What lies in it is in the hand-in's own cache, read-only."""
    channels: str
    """The folder for the kernel's sockets; the one place that is shared with the outside."""
    work: str
    """A folder whose files are copied to ``/tmp/hand-in``, the working directory."""


def build(mounts: Mounts, user: int, limits: Limits) -> None:
    """Put together the file system of this world and make it the root. To be called by its first process.

    Args:
        mounts: what is shown.
        user: who the kernel will be.
        limits: the size of ``/tmp``.
    """
    call("prctl", _PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    _loopback_up()
    socket.sethostname("localhost")
    _mount(None, "/", None, _REC | _PRIVATE)
    root = NEW_ROOT
    _mount("tmpfs", root, "tmpfs", _NOSUID | _NODEV, "mode=755,size=1m")
    for name, size in {"tmp": limits.disk, "dev/shm": 256}.items():
        (root / name).mkdir(parents=True)
        _mount("tmpfs", root / name, "tmpfs", _NOSUID | _NODEV, f"mode=1777,size={size}m,nr_inodes=100k")
    for name in DEVICES:
        _bind(Path("/dev", name), root / "dev" / name)
    for name, target in {"fd": "/proc/self/fd", "stdin": "/proc/self/fd/0", "stdout": "/proc/self/fd/1"}.items():
        (root / "dev" / name).symlink_to(target)
    bound: set[Path] = set()
    for path in sorted(map(Path, [*mounts.readable, *system_files()]), key=lambda path: len(path.parts)):
        inside = root / path.relative_to("/")
        if path.is_symlink() and len(path.parts) == 2:  # /bin, /lib
            inside.symlink_to(path.readlink())
        elif path.exists() and bound.isdisjoint((path, *path.parents)):
            _bind(path, inside)
            _read_only(inside)
            bound.add(path)
    cache = root / "tmp" / "home" / ".cache" / Path(mounts.cache or "none").name
    cache.mkdir(parents=True)
    for path in Path(mounts.cache).iterdir() if mounts.cache else ():
        _bind(path, cache / path.name)
        _read_only(cache / path.name)
    (root / "etc" / "passwd").write_text(f"student:x:{user}:{user}::/tmp/home:/bin/sh\n")  # Java asks for its home
    (root / "etc" / "group").write_text(f"student:x:{user}:\n")
    shutil.copytree(mounts.work, root / "tmp" / "hand-in")
    for own in (cache, *list(cache.parents)[:2], root / "tmp" / "hand-in", *(root / "tmp" / "hand-in").rglob("*")):
        os.chown(own, user, -1)
    _bind(Path(mounts.channels), root / Path(mounts.channels).relative_to("/"))
    (root / "proc").mkdir(exist_ok=True)
    (root / ".old").mkdir()
    machine = os.uname().machine
    if machine not in _PIVOT_ROOT:
        raise SandboxFailed(f"no sandbox on {machine} yet")
    call("syscall", _PIVOT_ROOT[machine], bytes(root), bytes(root / ".old"))
    os.chdir("/")
    _mount("proc", "/proc", "proc", _NOSUID | _NODEV | _NOEXEC)
    call("umount2", b"/.old", _DETACH)
    Path("/.old").rmdir()
    _mount(None, "/", None, _REMOUNT | _BIND | _RDONLY | _NOSUID | _NODEV)


def close_channels(channels: str) -> None:
    """The sockets are there: from now on nothing new may be written beside them."""
    _mount(None, channels, None, _REMOUNT | _BIND | _RDONLY | _NOSUID | _NODEV)


def drop(user: int | None, limits: Limits, keep: int = 0) -> None:
    """Give up every privilege for good, and take the limits.

    Args:
        user: become this user, where the grader runs as root; None where it does not.
        limits: what may be used.
        keep: the bits of capabilities that are kept, where this process has them.
    """
    for name, value in {
        "NPROC": limits.processes,
        "CPU": limits.cpu,
        "CORE": 0,
        "FSIZE": limits.disk * MB,
        "NOFILE": 4096,
        "MEMLOCK": 64 * 1024,
    }.items():
        number = getattr(resource, f"RLIMIT_{name}")
        most = resource.getrlimit(number)[1]
        value = value if most == resource.RLIM_INFINITY else min(value, most)
        resource.setrlimit(number, (value, value))
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000")  # if memory ends, this goes first
    keep &= _capabilities()
    for capability in range(64):
        if keep >> capability & 1:  # its bit is set
            continue
        if _libc.prctl(_CAPBSET_DROP, capability, 0, 0, 0) != 0:
            break
    if keep:
        call("prctl", _KEEPCAPS, 1, 0, 0, 0)
    if user is not None:
        os.setgroups([])
        os.setresgid(user, user, user)
        os.setresuid(user, user, user)
    call("capset", struct.pack("=Ii", _CAPABILITIES_3, 0), struct.pack("=IIIIII", keep, keep, keep, 0, 0, 0))
    for capability in range(32):
        if keep >> capability & 1:
            call("prctl", _AMBIENT, 2, capability, 0, 0)  # programs that it starts keep it, too
    call("prctl", _NO_NEW_PRIVS, 1, 0, 0, 0)
    call("prctl", _DUMPABLE, 1, 0, 0, 0)  # else /proc/self belongs to root


def watch(kernel: int, limits: Limits, orders: int, report: Callable[[str], object]) -> None:
    """Be the first process: reap orphans, watch over memory, pass on interrupts, end when the kernel ends.

    Args:
        kernel: the kernel's process id in this world.
        limits: its memory.
        orders: file descriptor of a pipe. ``i`` interrupts the kernel; its end ends everything.
        report: called with a sentence before all is ended for a reason that the instructor should read.
    """
    while not ended_or_interrupted(kernel, orders, 0.1, report):
        used = memory.of_this_world(limits.memory)
        if used > limits.memory:
            report(f"It used {used:.0f} MB of memory; {limits.memory} MB are allowed.")
            return


def wait(kernel: int, orders: int) -> None:
    """What :func:`watch` does where there is no sandbox: pass on interrupts, end when the kernel ends."""
    while not ended_or_interrupted(kernel, orders, 0.1):
        pass


def ended_or_interrupted(
    kernel: int, orders: int, seconds: float, report: Callable[[str], object] = lambda reason: None
) -> bool:
    """Wait a moment for an order, reap who has ended, tell where the kernel was killed; returns whether all is over."""
    if select.select([orders], [], [], seconds)[0]:
        if not os.read(orders, 1):
            return True
        os.kill(kernel, signal.SIGINT)
    with contextlib.suppress(ChildProcessError):
        while (reaped := os.waitpid(-1, os.WNOHANG))[0] != 0:
            ended, status = reaped
            if ended == kernel:
                if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL:
                    report(KILLED)
                return True
    return False


# ------------------------------------------------------------------------------------------------ how it is done


def call(name: str, *arguments: Any) -> int:
    """Call a function of the C library; raise what it says."""
    result: int = getattr(_libc, name)(*arguments)
    if result < 0:
        code = ctypes.get_errno()
        raise SandboxFailed(f"{name}: {os.strerror(code)}")
    return result


def _mount(source: Path | str | None, target: Path | str, kind: str | None, flags: int, options: str = "") -> None:
    words = [str(word).encode() if word else None for word in (source, target, kind)]
    try:
        call("mount", *words, ctypes.c_ulong(flags), options.encode() or None)
    except SandboxFailed as failed:
        raise SandboxFailed(f"{failed} ({kind or 'mount'} on {target})") from None


def _bind(path: Path, target: Path) -> None:
    if path.is_dir():
        target.mkdir(parents=True, exist_ok=True)
    else:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.touch()
    _mount(path, target, None, _BIND | _REC)


def _read_only(target: Path) -> None:
    """Make a mount read-only and powerless, and the mounts in it."""
    attributes = struct.pack("=QQQQ", 1 | 2, 0, 0, 0)  # MOUNT_ATTR_RDONLY, MOUNT_ATTR_NOSUID
    call("syscall", _MOUNT_SETATTR, -100, bytes(target), 0x8000, attributes, ctypes.c_size_t(len(attributes)))


def system_files() -> list[str]:
    """What every program needs of this machine."""
    files = ["/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32"]
    files += [str(path) for pattern in ETC.split() for path in Path("/etc").glob(pattern)]
    return files


def _loopback_up() -> None:
    import fcntl

    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        request = struct.pack("16sh14x", b"lo", 1 | 64)  # IFF_UP, IFF_RUNNING
        fcntl.ioctl(any_socket, 0x8914, request)  # SIOCSIFFLAGS


def _capabilities() -> int:
    """The capabilities that this process may use."""
    status = Path("/proc/self/status").read_text()
    return int(status.split("CapPrm:", 1)[1].split()[0], 16)


def ask_child(attempt: Callable[[], None]) -> str:
    """Call a function in a child process, whatever becomes of that; returns what it raised, or an empty string."""
    receive, send = os.pipe()
    if (child := os.fork()) == 0:
        try:
            attempt()
            os.write(send, b"ok")
        except BaseException as error:
            os.write(send, f"{type(error).__name__}: {error}".encode())
        os._exit(0)
    os.close(send)
    with os.fdopen(receive) as answer:
        text = answer.read()
    os.waitpid(child, 0)
    return "" if text == "ok" else text or "it died"


def try_it() -> str:
    """Build a sandbox in a child process; returns what failed, or an empty string."""
    with tempfile.TemporaryDirectory() as place:
        failed = ask_child(lambda: _try(place))
    return failed and f"this system does not let programs make a world of their own ({failed})"


def _try(place: str) -> None:
    separate()

    def inside() -> None:
        build(Mounts([sys.base_prefix, sys.prefix], "", place, place), os.getuid(), Limits())
        drop(FIRST_USER if os.getuid() == 0 else None, Limits())
        seccomp.restrict()

    if failed := ask_child(inside):
        raise SandboxFailed(failed)
