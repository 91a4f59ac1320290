"""The second rung of the sandbox, Landlock and seccomp: the same hostile hand-ins, with namespaces closed."""

import subprocess
import sys

import pytest

from autograder.authoring.answers import fill
from tests.autograder.tiny_course import LESSON, NOTEBOOK, REPOSITORY, RIGHT, printed, wide_environment
from tests.waiting import new_nap, sleeps, until


def second_rung(*arguments: str, folder=REPOSITORY, closed: int = 1) -> subprocess.CompletedProcess:
    command = [sys.executable, "-m", "tests.autograder.closed_rungs", str(closed), *arguments]
    return subprocess.run(command, cwd=folder, env=wide_environment(), capture_output=True, text=True, check=False)


def why_not() -> str:
    """Why this machine has no second rung."""
    if sys.platform != "linux":
        return "Landlock is a part of Linux"
    from autograder.kernels import landlock

    return landlock.try_it()


pytestmark = [pytest.mark.slow, pytest.mark.skipif(bool(why_not()), reason=f"no second rung here: {why_not()}")]

HOSTILE = """
import os, signal, socket, subprocess, sys
def tried(what, attempt):
    try:
        print(what, "FOUND", attempt())
    except (OSError, subprocess.SubprocessError) as error:
        print(what, "refused", type(error).__name__)
outside = os.getppid()
tried("signal", lambda: os.kill(outside, signal.SIGTERM))
tried("group", lambda: os.kill(1, 0))
tried("environment", lambda: open(f"/proc/{outside}/environ").read())
tried("memory", lambda: open(f"/proc/{outside}/mem", "rb"))
tried("processes", lambda: os.listdir("/proc"))
tried("temporary", lambda: os.listdir("/tmp"))
tried("home", lambda: os.listdir(HOME))
tried("write", lambda: open(HOME + "/mine", "w"))
tried("library", lambda: open(LIBRARY, "a"))
tried("tcp", lambda: socket.socket())
tried("unix", lambda: socket.socket(socket.AF_UNIX))
tried("datagrams", lambda: socket.socketpair(type=socket.SOCK_DGRAM))
tried("limits", lambda: __import__("resource").prlimit(outside, 0, (1, 1)))
tried("child", lambda: subprocess.run([sys.executable, "-c", "import socket; socket.socket()"], check=True, stderr=-3))
os.chmod(LIBRARY, 0)
"""
HONEST = """
import asyncio, multiprocessing, os, shutil, subprocess, sys, tempfile, threading
from pathlib import Path
Path("own.txt").write_text("words")
shutil.copy2("own.txt", Path.home() / "copy.txt")
with tempfile.TemporaryDirectory() as place:
    Path(place, "more").write_text("words")
async def nothing():
    await asyncio.sleep(0)
    return "a loop ran"
loop = threading.Thread(target=lambda: print(asyncio.run(nothing())))
loop.start()
loop.join()
ends = multiprocessing.Pipe()
child = multiprocessing.get_context("fork").Process(target=lambda: ends[1].send("sent"))
child.start()
print(ends[0].recv(), subprocess.run(["echo", "said"], capture_output=True, text=True).stdout, os.cpu_count() > 0)
threading.Thread(target=print, args=("threads run",)).start()
child.join()
print("all well")
"""


def test_doctor_says_on_which_rung_this_machine_stands(released):
    done = second_rung("autograder", "doctor", folder=released.root)
    assert "second rung" in done.stdout and "unshare" in done.stdout
    assert done.returncode == 0, done.stdout + done.stderr


def test_what_honest_code_does_works_and_what_is_others_is_out_of_reach(released):
    library = REPOSITORY / "course_lib" / "__init__.py"
    mode = library.stat().st_mode
    known = f"HOME, LIBRARY = {str(released.root)!r}, {str(library)!r}\n"
    for student, extra in {"honest": HONEST, "hostile": known + HOSTILE}.items():
        path = released.submitted / student / LESSON / NOTEBOOK
        fill(released.release / LESSON / NOTEBOOK, path, RIGHT | {"greet": RIGHT["greet"] + "\n" + extra})
    done = second_rung("autograder", "grade", folder=released.root)
    assert done.returncode == 0, done.stdout + done.stderr
    well = printed(released, "honest")
    assert all(words in well for words in ("a loop ran", "sent said", "threads run", "all well")), well
    shown = printed(released, "hostile")
    assert "FOUND" not in shown, shown
    assert shown.count("refused") == HOSTILE.count("\ntried("), shown
    assert library.stat().st_mode == mode
    assert not (released.root / "mine").exists()


def test_where_both_rungs_are_closed_nothing_is_run(released):
    fill(released.release / LESSON / NOTEBOOK, released.submitted / "ada" / LESSON / NOTEBOOK, RIGHT)
    done = second_rung("autograder", "grade", folder=released.root, closed=2)
    assert done.returncode == 2
    assert "There is no sandbox on this machine" in done.stdout and "--no-sandbox" in done.stdout
    assert not list(released.autograded.glob("[!.]*"))
    assert second_rung("autograder", "doctor", folder=released.root, closed=2).returncode == 2


def test_a_lesson_that_needs_spark_is_refused(released):
    lesson = released.notebooks / LESSON / NOTEBOOK
    lesson.write_text(lesson.read_text(encoding="utf-8").replace("import numpy as np", "import pyspark"))
    fill(lesson, released.submitted / "ada" / LESSON / NOTEBOOK, {})
    done = second_rung("autograder", "grade", folder=released.root)
    assert done.returncode == 2
    assert "Spark needs a network of its own" in done.stdout and "--no-sandbox" in done.stdout


@pytest.mark.seconds(300)
def test_the_hostile_class_gains_nothing_here_either(tmp_path, request):
    """What walls have to keep out. What the judge refuses on either rung: `test_every_road.py`, and `--thorough`."""
    options = ["-q", "-p", "no:cacheprovider", f"--basetemp={tmp_path}"]
    if not request.config.getoption("--thorough"):
        options += ["-k", "not ([protocol] or [namespace] or [notebook] or [machinery])"]
    done = second_rung("pytest", *options, "tests/autograder/test_hostile.py")
    assert done.returncode == 0, done.stdout[-3000:]
    assert "passed" in done.stdout and "skipped" not in done.stdout


def test_nothing_is_left_behind(released):
    path = released.submitted / "ada" / LESSON / NOTEBOOK
    nap = new_nap()
    stays = f"import subprocess\nsubprocess.Popen(['sleep', '{nap}'], start_new_session=True)\n"
    fill(released.release / LESSON / NOTEBOOK, path, RIGHT | {"double": stays + RIGHT["double"]})
    assert second_rung("autograder", "grade", folder=released.root).returncode == 0
    until(lambda: not sleeps(nap))
