"""The fork server: a process that imports the heavy libraries once and then forks a kernel for each caller.

A caller connects to the Unix socket and sends one line of JSON, the request (:class:`Request`). While the kernel runs,
the caller may send ``i`` to interrupt it; when the caller hangs up, or dies, the kernel and all that it started are
killed. The answer is one line of JSON when the kernel has ended: ``{"ended": "why"}``, empty where it ended by itself.

Three processes stand behind a kernel: the keeper, which talks to the caller; the first process of the sandbox, which
watches memory and ends everything when it ends; the kernel itself, the only one that is not trusted.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import logging
import os
import random
import select
import signal
import socket
import sys
from dataclasses import dataclass, field
from pathlib import Path

from autograder.kernels import landlock, memory, sandbox, seccomp
from autograder.kernels.limits import Limits
from autograder.kernels.rungs import LANDLOCK, NAMESPACES
from autograder.kernels.wire import Channel

IN_SANDBOX = Path("/tmp/hand-in")


@dataclass(frozen=True)
class Request:
    """What a caller asks for."""

    connection_file: str
    """Jupyter's connection file, in the folder ``channels``."""
    channels: str
    work: str
    """A folder with the files of the hand-in."""
    readable: list[str] = field(default_factory=list)
    cache: str = ""
    """The course's cache: what lies in it is shown in the hand-in's own, read-only."""
    rung: str = NAMESPACES
    """Which sandbox; empty where none is wanted."""
    user: int = 0
    """Which of the users that nobody has, counted from 0 (only where the grader runs as root)."""
    limits: dict[str, int] = field(default_factory=dict)
    judge: bool = False
    """Whether a judge is wanted (:mod:`autograder.kernels.judge`) and no kernel; two connections come with its request,
    one with that of a kernel."""


def serve(listening: int, modules: list[str]) -> None:
    """Import ``modules`` and fork a kernel for each caller until stdin closes.

    Args:
        listening: file descriptor of a Unix socket that listens; who calls early waits.
        modules: their names; those that cannot be imported are left to the notebook's own error.
    """
    for module in modules:
        with contextlib.suppress(Exception):
            importlib.import_module(module)
    gc.collect()
    gc.freeze()  # pages that the collector does not touch stay shared with the children
    memory.in_large_pages()
    with socket.socket(fileno=listening) as listener:
        while True:
            ready, _, _ = select.select([listener.fileno(), 0], [], [], 1.0)
            with contextlib.suppress(ChildProcessError):
                while os.waitpid(-1, os.WNOHANG)[0]:
                    pass
            if 0 in ready:
                return
            if listener.fileno() in ready:
                caller, _ = listener.accept()
                if os.fork() == 0:
                    listener.close()
                    _keep(caller)
                caller.close()


def _keep(caller: socket.socket) -> None:
    """The keeper: start the sandbox, pass messages, end everything when the caller hangs up."""
    with contextlib.suppress(OSError):
        os.setsid()
        nothing = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(nothing, stream)
    reason = b"the kernel could not be started"
    try:
        request, connections = _read_request(caller)
        orders, give_orders = os.pipe()
        reports, give_reports = os.pipe()
        if request.rung == NAMESPACES:
            sandbox.separate()  # this process stays outside; its next child is the first inside
        first = os.fork()
        if first == 0:
            caller.close()
            os.close(give_orders)
            os.close(reports)
            _first_process(request, connections, orders, give_reports)
        for connection in connections:  # else nobody would see it end
            os.close(connection)
        os.close(orders)
        os.close(give_reports)
        # from here on: the caller hangs up, or the first process ends and closes `reports`
        reason = _pass_messages(caller, give_orders, reports)
        if request.rung == LANDLOCK:  # nothing dies with the first process: it ends the others, then itself
            os.close(give_orders)
            os.waitpid(first, 0)
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.kill(first, signal.SIGKILL)
            if not request.rung:
                os.killpg(first, signal.SIGKILL)
        with contextlib.suppress(ChildProcessError):
            os.waitpid(first, 0)
    except BaseException as error:
        reason = f"{type(error).__name__}: {error}".encode()
    with contextlib.suppress(OSError):
        caller.sendall(json.dumps({"ended": reason.decode(errors="replace")}).encode() + b"\n")
    os._exit(0)


def _read_request(caller: socket.socket) -> tuple[Request, list[int]]:
    """What a caller asks for, and the connections that came with it."""
    line, connections, _, _ = socket.recv_fds(caller, 1 << 20, 2)
    while not line.endswith(b"\n"):
        if not (more := caller.recv(1 << 20)):
            raise EOFError("no request")
        line += more
    for connection in connections:
        os.set_inheritable(connection, False)
    return Request(**json.loads(line)), connections


def _pass_messages(caller: socket.socket, orders: int, reports: int) -> bytes:
    """Pass interrupts on until the caller hangs up or the kernel ends; returns what the first process reported."""
    reason = b""
    while True:
        ready, _, _ = select.select([caller.fileno(), reports], [], [])
        if reports in ready:
            said = os.read(reports, 4096)
            if not said:
                return reason
            reason += said
        if caller.fileno() in ready:
            asked = caller.recv(64)
            if not asked:
                return reason
            with contextlib.suppress(BrokenPipeError):
                os.write(orders, b"i")


def _first_process(request: Request, connections: list[int], orders: int, reports: int) -> None:
    """Process 1 of the sandbox (or of a plain session): make the world, start the kernel in it, watch."""
    try:
        limits = Limits(**request.limits)
        user = sandbox.FIRST_USER + request.user if os.getuid() == 0 else None
        home, folder = None, Path(request.work)
        mounts = sandbox.Mounts(request.readable, request.cache, request.channels, request.work)
        if request.rung == NAMESPACES:
            sandbox.build(mounts, user or os.getuid(), limits)
            home, folder = Path("/tmp/home"), IN_SANDBOX
        elif request.rung == LANDLOCK:
            home = landlock.build(mounts, user)
            folder = home / "hand-in"
        if request.rung and user is not None:
            for path in (request.channels, request.connection_file)[: 1 if request.judge else 2]:
                os.chown(path, user, user)
        if not request.rung:
            os.setpgid(0, 0)
        bound, now_bound = os.pipe()  # the kernel says `.` once its sockets are there, or why they are not
        kernel = os.fork()
        if kernel == 0:
            os.close(orders)
            os.close(reports)
            os.close(bound)
            if request.rung:
                sandbox.drop(user, limits, landlock.SEARCH if request.rung == LANDLOCK else 0)
                if request.rung == LANDLOCK:
                    landlock.restrict(mounts)
                seccomp.restrict(alone=request.rung == LANDLOCK)
            if request.judge:
                _become_judge(connections, now_bound)
            _become_kernel(request, connections, home, folder, now_bound)
        os.close(now_bound)  # so that reading ends where the kernel dies
        for connection in connections:
            os.close(connection)
        said = os.read(bound, 4096)
        if said != b".":
            raise RuntimeError(f"the kernel did not start: {said.decode(errors='replace')}")
        if request.rung == NAMESPACES:
            sandbox.close_channels(request.channels)
            sandbox.watch(kernel, limits, orders, lambda text: os.write(reports, text.encode()))
        elif home:
            landlock.watch(kernel, home, limits, orders, lambda text: os.write(reports, text.encode()))
        else:
            sandbox.wait(kernel, orders)
    except BaseException as error:
        with contextlib.suppress(OSError):
            os.write(reports, f"{type(error).__name__}: {error}".encode())
    os._exit(0)


def _become_judge(connections: list[int], now_bound: int) -> None:
    """Turn this process into a judge. It never returns."""
    try:
        from autograder.kernels import judge

        grader, student = (socket.socket(fileno=connection) for connection in connections)
        os.write(now_bound, b".")
        os.close(now_bound)
        judge.run(grader, student)
    except BaseException as error:
        with contextlib.suppress(OSError):
            os.write(now_bound, f"{type(error).__name__}: {error}".encode())
    finally:
        os._exit(0)


def _become_kernel(request: Request, connections: list[int], home: Path | None, folder: Path, now_bound: int) -> None:
    """Turn this process into an IPython kernel. It never returns."""
    try:
        os.chdir(folder)
        if home:
            temporary = "/tmp" if request.rung == NAMESPACES else str(home / "tmp")
            os.environ.update(HOME=str(home), TMPDIR=temporary, IPYTHONDIR=str(home / ".ipython"), USER="student")
        sys.path.insert(0, "")  # as a kernel has it: the hand-in's own modules can be imported
        sys.argv = ["ipykernel"]
        random.seed()
        if "numpy" in sys.modules:
            sys.modules["numpy"].random.seed()
        from ipykernel.kernelapp import IPKernelApp

        from autograder.kernels.answering import AnsweringKernel
        from autograder.kernels.streams import Stream

        AnsweringKernel.judge = Channel(socket.socket(fileno=connections[0])) if connections else None
        app = IPKernelApp.instance(kernel_class=AnsweringKernel)
        options = ["--HistoryManager.enabled=False", f"--IPKernelApp.outstream_class={Stream.__module__}.Stream"]
        app.initialize(["-f", request.connection_file, *options])
        app.log.setLevel(logging.WARNING)  # else each message is logged, at a level that nobody reads
        if request.rung == LANDLOCK:
            seccomp.refuse_sockets()  # the kernel has its own now
        os.write(now_bound, b".")
        os.close(now_bound)
        app.start()
    except BaseException as error:
        with contextlib.suppress(OSError):  # once the kernel runs, nobody listens here
            os.write(now_bound, f"{type(error).__name__}: {error}".encode())
    finally:
        os._exit(1)
