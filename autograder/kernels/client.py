"""Kernels from the fork server, as Jupyter's client libraries want them."""

from __future__ import annotations

import asyncio
import atexit
import contextlib
import json
import math
import os
import queue
import select
import signal
import socket
import subprocess
import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

import zmq
from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.kernelspec import NATIVE_KERNEL_NAME, KernelSpec
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning.provisioner_base import KernelProvisionerBase
from traitlets import Type

import course_lib
from autograder.course import CONFIG
from autograder.kernels import users
from autograder.kernels.limits import Limits
from autograder.kernels.messages import JudgeFailed
from autograder.kernels.rungs import rung
from autograder.kernels.server import Request
from autograder.kernels.wire import Channel, WireError
from autograder.processes import scratch
from autograder.reading import lenient_json
from course_lib import cache

KEPT = ("PATH", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "JAVA_HOME", "COURSE_DATA_DIR", "PYTHONPATH", "SYSTEMROOT")
"""Of the grader's environment, what student code may know. The rest may hold secrets."""
OF_LIBRARIES = ("TF_", "OMP_", "KERAS_", "GLIBC_")
"""What libraries' settings begin with: student code is to compute as the lessons do."""


def readable() -> list[str]:
    """What a sandbox shows of this machine: Python, its packages and ``course_lib``, but nothing else of a course."""
    places = [Path(sys.prefix), Path(sys.base_prefix), Path(course_lib.__file__).parent]
    places += [Path(entry) for entry in sys.path if entry and Path(entry).exists() and not _in_a_course(Path(entry))]
    if data := os.environ.get("COURSE_DATA_DIR"):
        places.append(Path(data))
    return list(dict.fromkeys(str(place.absolute()) for place in places))


def _in_a_course(path: Path) -> bool:
    """Whether a folder is a course, holds one or lies in one: the environment itself may, and is shown all the same."""
    return any((folder / CONFIG).exists() for folder in (path, *path.resolve().parents, *path.glob("*/")))


class ForkServer:
    """A running fork server; a context manager. Callers need not wait until it has loaded its modules.

    It ends with the process that started it.
    """

    def __init__(self, modules: list[str]):
        self._folder = scratch.make()
        self.address = str(self._folder / "server")
        environment = {name: os.environ[name] for name in KEPT if name in os.environ}
        environment |= {name: value for name, value in os.environ.items() if name.startswith(OF_LIBRARIES)}
        environment |= {"MPLBACKEND": "module://matplotlib_inline.backend_inline", "HOME": str(self._folder)}
        root = str(Path(__file__).resolve().parents[2])
        code = f"import sys; sys.path.append({root!r}); from autograder.kernels.server import serve; "
        code += "serve(int(sys.argv[1]), sys.argv[2:])"
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(self.address)
            listener.listen(64)
            self._process = subprocess.Popen(
                [sys.executable, "-c", code, str(listener.fileno()), *modules],
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env=environment,
                cwd=self._folder,
                pass_fds=[listener.fileno()],
                start_new_session=True,
            )

    def close(self) -> None:
        """End the server; kernels that it has forked go on until their callers hang up."""
        if self._process.stdin:
            self._process.stdin.close()
        self._process.wait()
        scratch.remove(self._folder)

    def __enter__(self) -> ForkServer:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _request(
    place: Path,
    work: Path,
    user: users.Slot,
    limits: Limits,
    sandboxed: bool,
    connection_file: str = "",
    judge: bool = False,
) -> dict[str, Any]:
    """What a fork server is asked for, as it goes there: a kernel or a judge with the same walls around it."""
    on = rung()[0] if sandboxed else ""
    shown, kept = readable(), str(cache.folder())
    request = Request(connection_file, str(place), str(work), shown, kept, on, user.number, asdict(limits), judge)
    return asdict(request)


def call_server(address: str, request: dict[str, Any], connections: list[socket.socket]) -> socket.socket:
    """Ask a fork server for a process; the connections go to it and are closed here. Returns the line to its keeper."""
    line = socket.socket(socket.AF_UNIX)
    line.connect(address)
    text = json.dumps(request).encode() + b"\n"
    sent = socket.send_fds(line, [text], [connection.fileno() for connection in connections])
    line.sendall(text[sent:])
    for connection in connections:
        connection.close()
    return line


GRACE = 10
"""Seconds that the judge has for its verdict after it was interrupted."""


class JudgeProcess:
    """The judge of one hand-in, as the grader sees it."""

    def __init__(self, address: str, to_student: socket.socket, limits: Limits, sandboxed: bool):
        """Start one.

        Args:
            address: of the fork server.
            to_student: its connection to the student's kernel.
            limits: what it may use.
            sandboxed: whether it lives in a sandbox of its own.
        """
        self._place = scratch.make()
        work = self._place / "work"
        work.mkdir()
        self._user = users.Slot()
        request = _request(self._place, work, self._user, limits, sandboxed, judge=True)
        self._socket, theirs = socket.socketpair()
        self._socket.settimeout(60)  # for each part of a message that has begun
        self._channel = Channel(self._socket)
        self._keeper = call_server(address, request, [theirs, to_student])

    def start(self, checks: str, seed: int, definitions: list[str], seconds: float) -> None:
        """Give it what it needs to know.

        Raises:
            JudgeFailed: where it cannot start.
        """
        self._send({"checks": checks, "seed": seed, "definitions": definitions})
        if not self._says_something(seconds):
            raise JudgeFailed("it did not start in time")
        if (said := self._receive()).get("ready") is not True:
            raise JudgeFailed(str(said.get("failed", "it did not start"))[:500])

    def ask(self, test: str, answers: list[str], seconds: float) -> dict[str, Any] | None:
        """Name a test. Returns the verdict, where all was asked before; else None: the judge has questions now.

        Raises:
            JudgeFailed: as below.
        """
        self._send({"test": test, "answers": answers})
        return self._wait(seconds, "asks")

    def verdict(self, seconds: float) -> dict[str, Any]:
        """What the test says, when the student's kernel has answered.

        Raises:
            JudgeFailed: where it does not answer, or nothing that is a verdict.
        """
        said = self._wait(seconds)
        if said is None:
            raise JudgeFailed("what it says is no verdict")
        return said

    def _wait(self, seconds: float, or_else: str = "") -> dict[str, Any] | None:
        """A verdict; None where the judge says this one word. It is interrupted where it takes longer."""
        if not self._says_something(seconds):
            with contextlib.suppress(OSError):
                self._keeper.send(b"i")
            if not self._says_something(GRACE):
                self._socket.close()  # a verdict that comes late must not be taken for that of the next test
                raise JudgeFailed("it does not answer")
        said = self._receive()
        if or_else and said == {or_else: True}:
            return None
        if not _is_verdict(said):
            raise JudgeFailed("what it says is no verdict")
        return said

    def close(self) -> None:
        """End it."""
        self._socket.close()
        self._keeper.close()
        scratch.remove(self._place)
        self._user.close()

    def _send(self, message: dict[str, Any]) -> None:
        try:
            self._channel.send(message)
        except WireError as error:
            raise JudgeFailed(str(error)) from None

    def _says_something(self, seconds: float) -> bool:
        return bool(select.select([self._socket], [], [], seconds)[0])

    def _receive(self) -> dict[str, Any]:
        """One message."""
        try:
            return self._channel.receive()[0]
        except WireError as error:
            raise JudgeFailed(str(error)) from None


def _is_verdict(said: dict[str, Any]) -> bool:
    """Whether it has the form of :class:`autograder.kernels.judge.Verdict`: the judge has read what is not trusted."""
    match said:
        case {
            "printed": str(),
            "error": None | [str(), str()],
            "score": None | float(),
            "stopped": str(),
            "for_a_person": [*sentences],
        }:
            return len(said) == 5 and all(isinstance(sentence, str) for sentence in sentences)
    return False


class ForkedKernel(KernelProvisionerBase):
    """One kernel of a fork server, seen by Jupyter's kernel manager."""

    def __init__(self, address: str, request: dict[str, Any], to_judge: socket.socket, **options: Any):
        super().__init__(**options)
        self._address, self._request, self._to_judge = address, request, to_judge
        self._connection: socket.socket | None = None
        self.ended: str | None = None
        """Why it ended, empty where it ended by itself; None while it runs."""

    @property
    def has_process(self) -> bool:
        return self._connection is not None

    async def poll(self) -> int | None:
        if self._connection is None:
            return 0
        if self.ended is None and select.select([self._connection], [], [], 0)[0]:
            said = b""
            with contextlib.suppress(OSError):
                while part := self._connection.recv(4096):
                    said += part
            with contextlib.suppress(ValueError, KeyError):
                self.ended = str(json.loads(said)["ended"])
            self.ended = self.ended or ""
        return None if self.ended is None else 1

    async def wait(self) -> int | None:
        await self._over()
        self._hang_up()
        return 0

    async def _over(self) -> None:
        while await self.poll() is None:
            await asyncio.sleep(0.01)

    async def send_signal(self, signum: int) -> None:
        if self._connection is None:
            return
        if signum == signal.SIGINT:
            with contextlib.suppress(OSError):
                self._connection.send(b"i")
        elif signum:
            self.end()

    async def kill(self, restart: bool = False) -> None:
        self.end()
        # the manager looks ten times a second whether it is over; it is after a hundredth
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._over(), 1.0)

    async def terminate(self, restart: bool = False) -> None:
        self.end()

    async def launch_kernel(self, cmd: list[str], **options: Any) -> Any:
        self._connection = call_server(self._address, self._request, [self._to_judge])
        return self.connection_info

    async def pre_launch(self, **options: Any) -> dict[str, Any]:
        manager: Any = self.parent
        manager.write_connection_file()
        self.connection_info = manager.get_connection_info()
        return {"cmd": [], **options}

    async def cleanup(self, restart: bool = False) -> None:
        self._hang_up()

    def end(self) -> None:
        """Say that no more will come: the keeper kills everything and then answers."""
        if self._connection is not None:
            with contextlib.suppress(OSError):
                self._connection.shutdown(socket.SHUT_WR)

    def _hang_up(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


class SandboxClient(AsyncKernelClient):
    """Listens to a kernel, but not for its heartbeat: the provisioner knows whether it lives.

    jupyter_client's thread for it sets its flag "running" as it begins. Where the kernel has ended by then, and the
    thread was told to stop, it runs for ever, and whoever waits for its end waits as long: a hand-in whose first cell
    ends the kernel, on a busy machine.
    """

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Return when the kernel answers and what it publishes arrives here.

        jupyter_client's own then listens for another 0.2 s until nothing more comes. Here the last word on the last
        question is known: the kernel is idle again.

        Raises:
            RuntimeError: when the kernel dies before, or does not answer within ``timeout`` seconds.
        """
        until = time.monotonic() + (math.inf if timeout is None else timeout)
        asked = ""
        while not asked or not await self._said(self.iopub_channel, asked, 0.2, "idle"):
            asked = self.kernel_info()
            while not await self._said(self.shell_channel, asked, 1.0):
                if not await self._async_is_alive():
                    raise RuntimeError("Kernel died before replying to kernel_info")
                if time.monotonic() > until:
                    raise RuntimeError(f"Kernel didn't respond in {timeout} seconds")

    async def _said(self, channel: Any, asked: str, seconds: float, state: str | None = None) -> bool:
        """Whether the answer to a question comes, within some time after each message; those before it are dropped."""
        with contextlib.suppress(queue.Empty):
            while True:
                message = await channel.get_msg(timeout=seconds)
                said = message["content"].get("execution_state")
                if message["parent_header"].get("msg_id") == asked and said == state:
                    return True
        return False

    def start_channels(
        self, shell: bool = True, iopub: bool = True, stdin: bool = True, hb: bool = True, control: bool = True
    ) -> None:
        super().start_channels(shell, iopub, stdin, False, control)


class SandboxedKernelManager(AsyncKernelManager):
    """A kernel manager whose kernel comes from a fork server, with channels in a folder of its own."""

    client_factory = Type(SandboxClient)
    kernel_spec = KernelSpec()
    """Nobody reads it: the kernel is forked. jupyter_client would look for one in all that is installed."""

    def __init__(
        self, address: str, work: Path, limits: Limits, sandboxed: bool, to_judge: socket.socket, **options: Any
    ):
        super().__init__(kernel_name=NATIVE_KERNEL_NAME, transport="ipc", **options)
        self._place, self._user = scratch.make(), users.Slot()
        self.session.unpack = lenient_json.unpack  # what student code has said must not stop who listens
        self.context.setsockopt(zmq.MAXMSGSIZE, 64_000_000)  # what is larger ends the connection
        self.context.setsockopt(zmq.RECONNECT_IVL, 5)  # ms; the kernel is soon there, and jupyter_client asks before
        self.connection_file = str(self._place / "connection.json")
        self.ip = str(self._place / "s")
        request = _request(self._place, work, self._user, limits, sandboxed, connection_file=self.connection_file)
        self.provisioner = ForkedKernel(address, request, to_judge, parent=self)

    def cleanup_resources(self, restart: bool = False) -> Any:
        scratch.remove(self._place)
        self._user.close()
        return super().cleanup_resources(restart)

    async def _async_request_shutdown(self, restart: bool = False) -> None:
        """No politeness: what runs in there is not trusted, and nothing in it needs to be saved."""
        if self.provisioner:
            await self.provisioner.kill()


MOST_SERVERS = 2
"""Fork servers that one process keeps: each holds a lesson's modules in memory, and Formgrader runs for days."""

_own: dict[tuple[str, ...], ForkServer] = {}  # the one used last stands last


def own_server(modules: list[str]) -> ForkServer:
    """The fork server of this process with these modules, started when first asked for.

    Of more than ``MOST_SERVERS`` the one unused for longest ends; the kernels that it has forked go on.
    """
    key = tuple(modules)
    server = _own.pop(key, None) or ForkServer(modules)
    _own[key] = server
    while len(_own) > MOST_SERVERS:
        _own.pop(next(iter(_own))).close()
    return server


@atexit.register
def _close_own_servers() -> None:
    while _own:
        _own.popitem()[1].close()
