"""Forked kernels and their sandbox."""

import ast
import subprocess
import sys

import pytest

from autograder.kernels.limits import Limits
from autograder.kernels.rungs import why_no_sandbox

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
def test_only_known_sockets_and_system_calls_are_there():
    code = (
        "import ctypes, errno, socket\nfrom autograder.kernels import seccomp\n"
        "libc = ctypes.CDLL(None, use_errno=True)\n"
        "libc.prctl(38, 1, 0, 0, 0)\nseccomp.restrict()\nopen_ = []\n"
        "for family in range(46):\n"
        "    for kind in (1, 2, 3, 5):\n"
        "        try:\n            socket.socket(family, kind).close()\n            open_.append(family)\n"
        "        except OSError:\n            pass\n"
        "print(sorted(set(open_) - {1, 2, 10, 16}))\n"
        "one, other = socket.socketpair()\none.send(b'x')\nprint(other.recv(1))\n"
        "for number in (500, 1000):\n"
        "    libc.syscall(number, 0, 0, 0)\n    print(errno.errorcode[ctypes.get_errno()])\n"
        "for name in ('memfd_create', 'shmget', 'msgget'):\n"
        "    column = seccomp.MACHINES[__import__('os').uname().machine][0]\n"
        "    libc.syscall(seccomp.REFUSED[name][column], 0, 0, 0)\n    print(errno.errorcode[ctypes.get_errno()])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout.splitlines() == ["[]", "b'x'", "ENOSYS", "ENOSYS", "EPERM", "EPERM", "EPERM"], done.stderr


@linux
def test_a_lessons_modules_are_found_and_magic_is_skipped():
    from autograder.kernels.client import modules_of

    sources = [
        "import numpy as np\nfrom course_lib import check, spark",
        "%matplotlib inline",
        "from os.path import join",
    ]
    found = modules_of([{"cell_type": "code", "source": source} for source in sources])
    assert {"numpy", "course_lib.spark", "pyspark.sql", "os.path"} <= set(found)
    assert "matplotlib.pyplot" not in found and "IPython.core.pylabtools" not in found
    assert all(ast.parse(f"import {name}") for name in found)


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
