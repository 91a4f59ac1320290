"""Forked kernels and their sandbox."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.kernels.limits import Limits
from autograder.kernels.rungs import why_no_sandbox
from course_lib import syntax

linux = pytest.mark.skipif(sys.platform != "linux", reason="kernels are forked on Linux alone")


@linux
def test_the_filter_refuses_what_attacks_begin_with():
    from autograder.kernels import seccomp

    code = seccomp.program("x86_64")
    assert len(code) % 8 == 0 and len(code) // 8 < 4096
    with pytest.raises(OSError, match="no seccomp filter"):
        seccomp.program("pdp11")


@linux
def test_the_filter_works_in_a_child():
    program = (
        "import ctypes, os\nfrom autograder.kernels import seccomp\nlibc = ctypes.CDLL(None, use_errno=True)\n"
        "libc.prctl(38, 1, 0, 0, 0)\nseccomp.restrict()\n"
        "child = os.fork()\nif child == 0: os._exit(0)\nos.waitpid(child, 0)\n"
        "print(libc.unshare(0x10000000), libc.ptrace(0, 0, 0, 0))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "-1 -1\n"


@linux
def test_only_known_sockets_are_there():
    code = (
        "import ctypes, socket\nfrom autograder.kernels import seccomp\n"
        "ctypes.CDLL(None).prctl(38, 1, 0, 0, 0)\nseccomp.restrict()\nopen_ = []\n"
        "for family in range(46):\n"
        "    for kind in (1, 2, 3, 5):\n"
        "        try:\n            socket.socket(family, kind).close()\n            open_.append(family)\n"
        "        except OSError:\n            pass\n"
        "print(sorted(set(open_) - {1, 2, 10, 16}))\n"
        "one, other = socket.socketpair()\none.send(b'x')\nprint(other.recv(1))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout.splitlines() == ["[]", "b'x'"], done.stderr


CALL_ALL = """
import ctypes, errno, os, sys
from autograder.kernels import seccomp
libc = ctypes.CDLL(None, use_errno=True)
def call(number, *arguments):
    ctypes.set_errno(0)
    libc.syscall(number, *arguments, *[0] * (6 - len(arguments)))
    return errno.errorcode.get(ctypes.get_errno(), "done")
column, _ = seccomp.MACHINES[os.uname().machine]
needed = {numbers[column] for numbers in seccomp.ALLOWED.values()}
libc.prctl(38, 1, 0, 0, 0)
seccomp.restrict(alone=sys.argv[1] == "second")
(_, low), (high, last) = seccomp.KNOWN[os.uname().machine]
left = {n for n in range(1200) if n not in needed} - {seccomp.CLONE3, 335, 336}  # the system calls uretprobe itself
known = {n for n in left if n <= low or high <= n <= last}
print(len(known) > 80, set(map(call, known)), set(map(call, left - known)))
print(call(seccomp.ALLOWED["clone"][column], 0x10000000 | 17), call(seccomp.CLONE3), call(0x40000000 + 39))
print(call(seccomp.ALLOWED["prlimit64"][column], 1), call(seccomp.ALLOWED["fchown"][column], 999))
"""


@linux
@pytest.mark.parametrize("rung", ["first", "second"])
def test_a_system_call_that_is_not_in_the_table_is_refused_or_does_not_exist(rung):
    done = subprocess.run([sys.executable, "-c", CALL_ALL, rung], capture_output=True, text=True, check=False)
    others = "done EBADF" if rung == "first" else "EPERM done"  # another's limits; rights that seem to change
    assert done.stdout.splitlines() == ["True {'EPERM'} {'ENOSYS'}", "EPERM ENOSYS ENOSYS", others], done.stderr


@linux
@pytest.mark.parametrize(
    "column, header", [(0, "/usr/include/x86_64-linux-gnu/asm/unistd_64.h"), (1, "/usr/include/asm-generic/unistd.h")]
)
def test_the_numbers_are_those_of_the_systems_headers(column, header):
    from autograder.kernels import seccomp

    if not Path(header).exists():
        pytest.skip("install linux-libc-dev")
    text = Path(header).read_text(encoding="utf-8")
    told = {name: int(number) for name, number in re.findall(r"#define __NR(?:3264)?_(\w+)\s+(\d+)", text)}
    ours = {name: numbers[column] for name, numbers in seccomp.ALLOWED.items() if numbers[column] >= 0}
    assert len(ours.keys() & told.keys()) > 180
    assert {name: number for name, number in ours.items() if told.get(name, number) != number} == {}


@linux
def test_a_lessons_modules_are_found_and_magic_is_skipped():
    from autograder.kernels.ahead import modules_of

    sources = [
        "import numpy as np\nfrom course_lib import check, spark",
        "%matplotlib inline",
        "from os.path import join",
    ]
    found = modules_of([{"cell_type": "code", "source": source} for source in sources], checks="import pandas")
    assert {"numpy", "course_lib.spark", "pyspark.sql", "os.path", "pandas"} <= set(found)
    assert "matplotlib.pyplot" not in found and "IPython.core.pylabtools" not in found
    assert all(syntax.parse(f"import {name}") for name in found)


@linux
def test_nothing_of_a_course_is_readable_but_its_library():
    from autograder.kernels.client import readable
    from tests.autograder.tiny_course import REPOSITORY

    places = readable()
    assert str(REPOSITORY / "course_lib") in places
    assert str(REPOSITORY) not in places and str(REPOSITORY.parent) not in places


def test_where_there_is_no_sandbox_the_reason_is_told():
    assert why_no_sandbox() == "" or len(why_no_sandbox()) > 10
    assert Limits().memory > 2000  # a lesson with its Java fits


@pytest.mark.skipif(sys.platform != "linux", reason="kernels are forked on Linux")
def test_nobody_waits_for_the_thread_of_a_heartbeat(tmp_path):
    from autograder.kernels.client import SandboxClient, SandboxedKernelManager

    assert SandboxedKernelManager.client_factory.default_value is SandboxClient
    ports = {f"{channel}_port": n for n, channel in enumerate(("shell", "iopub", "stdin", "control", "hb"), 1)}
    client = SandboxClient(transport="ipc", ip=str(tmp_path / "s"), **ports)
    client.start_channels()
    assert client.shell_channel.is_alive() and not client.hb_channel.is_alive()
    client.stop_channels()


@linux
def test_large_pages_hold_what_small_ones_held():
    program = (
        "import re\nfrom pathlib import Path\nfrom autograder.kernels import memory\n"
        "large = lambda: int(re.search(r'AnonHugePages: +(\\d+)', Path('/proc/self/smaps_rollup').read_text())[1])\n"
        "kept = [bytes([n % 251]) * 1000 for n in range(40_000)]\nbefore = large()\nmemory.in_large_pages()\n"
        "assert kept == [bytes([n % 251]) * 1000 for n in range(40_000)]\nprint(before, large())"
    )
    small = {name: value for name, value in os.environ.items() if name != "GLIBC_TUNABLES"}  # `course_lib` sets it
    done = subprocess.run([sys.executable, "-c", program], env=small, capture_output=True, text=True, check=True)
    before, after = map(int, done.stdout.split())
    if after == before:
        pytest.skip("this kernel makes no large pages (Linux 6.1 with CONFIG_TRANSPARENT_HUGEPAGE does)")
    assert after - before > 20_000  # kB, of the 40,000 that are held
