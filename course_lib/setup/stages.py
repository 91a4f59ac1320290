"""Show the stages of the set-up, one line each, and run the programs behind them."""

from __future__ import annotations

import contextlib
import os
import queue
import re
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path


class Failed(Exception):
    """A program ended with an error; ``text`` is what it said."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


def run(
    title: str,
    command: Sequence[object],
    env: dict[str, str],
    cwd: Path,
    follow: Callable[[list[str]], str] = lambda lines: "",
    keep: Sequence[int] = (),
) -> str:
    """Run one stage and return what the program said.

    On a terminal the stage's line is drawn anew: its title, what ``follow`` makes of the program's lines so far, the
    seconds. Elsewhere (a log) it is written once.

    Args:
        keep: files of ours that the program holds open as long as it runs, such as the lock of the set-up.

    Raises:
        Failed: with what the program said.
        KeyboardInterrupt: after the program has ended, too.
    """
    started = time.monotonic()
    alive = sys.stdout.isatty()
    if not alive:
        print(f"  {title} ...", end="", flush=True)
    process = subprocess.Popen(
        [str(word) for word in command], cwd=cwd, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, text=True, encoding="utf-8", errors="replace", pass_fds=keep,
    )  # fmt: skip
    said: queue.Queue[str] = queue.Queue()
    reader = threading.Thread(target=_read, args=(process, said), daemon=True)
    reader.start()
    lines: list[str] = []
    try:
        while reader.is_alive() or not said.empty():
            with contextlib.suppress(queue.Empty):
                lines.append(said.get(timeout=0.1).rstrip())
            if alive:
                _draw(f"  {title}: {follow(lines) or '...'}", time.monotonic() - started)
        code = process.wait()
    except KeyboardInterrupt:
        _end(process)  # it was interrupted as well; let it tidy up
        raise
    finally:
        if alive:
            print("\r\x1b[K", end="", flush=True)  # to the line's beginning, and clear it
    seconds = f"{time.monotonic() - started:.0f} s"
    if code:
        print(f"  {title}: stopped after {seconds}" if alive else f" stopped after {seconds}", flush=True)
        raise Failed("\n".join([*lines, *["Killed"] * (code == -9)]))  # by the system, which says nothing itself
    print(f"  {title}: {seconds}" if alive else f" {seconds}", flush=True)
    return "\n".join(lines)


def _read(process: subprocess.Popen[str], said: queue.Queue[str]) -> None:
    assert process.stdout
    for line in process.stdout:
        said.put(line)


def _draw(text: str, seconds: float) -> None:
    """Draw a line over the one before."""
    room = shutil.get_terminal_size().columns - 1
    print("\r\x1b[K" + f"{text[: room - 8]} {seconds:.0f} s"[:room], end="", flush=True)


def _end(process: subprocess.Popen[str]) -> None:
    """Wait for an interrupted program; end it where it does not end by itself."""
    steps: list[Callable[[], None]] = [lambda: None, process.terminate, process.kill]
    for end in steps:
        end()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(5)
            return


def follow_uv(lines: list[str]) -> str:
    """What uv is at, from its lines."""
    text = "\n".join(lines)
    if "Installed " in text:
        return "compiling"
    if "Prepared " in text:
        return "unpacking"
    sizes = {name: float(size) for name, size in re.findall(r"^ *Downloading (\S+) \(([\d.]+)MiB\)", text, flags=re.M)}
    done = sum(sizes.get(name, 0) for name in re.findall(r"^ *Downloaded (\S+)", text, flags=re.M))
    if sizes and done < sum(sizes.values()):
        return f"downloaded {done:.0f} of {sum(sizes.values()):.0f} MB"
    building = set(re.findall(r"^ *Building (\S+)", text, flags=re.M))
    building -= set(re.findall(r"^ *Built (\S+)", text, flags=re.M))
    if building:
        return f"building {', '.join(sorted(building))}"
    return "downloading the last ones" if sizes else "asking for the packages"


def follow_pip(lines: list[str]) -> str:
    """What pip is at, from its lines."""
    if any(line.startswith("Installing collected packages") for line in lines):
        return "unpacking and compiling"
    return f"downloading package {sum(line.startswith('Collecting ') for line in lines)}"


@contextlib.contextmanager
def one_at_a_time(folder: Path) -> Iterator[tuple[int, ...]]:
    """Wait until no other set-up works in ``folder``; yield the files that a program must hold open to be counted.

    A program that outlives a killed set-up keeps the lock until it ends. On Windows there is no such lock.
    """
    if os.name == "nt":
        yield ()
        return
    import fcntl

    lock = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("Another set-up works here; waiting for it to end ...", flush=True)
            fcntl.flock(lock, fcntl.LOCK_EX)
        except OSError:
            pass  # a file system without locks
        yield (lock,)
    finally:
        os.close(lock)
