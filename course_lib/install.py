"""Set the course up in ``.venv``: ``python3 -m course_lib.install``, with ``--dev`` for the tests' tools as well.

Runs before anything is installed, so it uses the standard library alone. Calling it again costs next to nothing: a
stamp in ``.venv``, written last, says which lock is installed. After an interruption it goes on where it stopped.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.metadata
import os
import platform
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OLDEST, NEWEST = (3, 11), (3, 13)  # TensorFlow 2.21 comes for these
DISK_GB = 4

# Asked of every candidate, so it must run on any Python.
ASK = "import platform, sys; print(*sys.version_info[:2], 64 if sys.maxsize > 2**32 else 32, platform.machine())"


class SetupError(Exception):
    """The set-up cannot go on; the text says what to do next."""


def main(argv: list[str] | None = None) -> int:
    """Install what is missing and return the exit code: 0 done, 1 failed, 130 interrupted."""
    parser = argparse.ArgumentParser(prog="python -m course_lib.install", description="Set the course up in .venv.")
    parser.add_argument("--dev", action="store_true", help="also what the tests need")
    dev = parser.parse_args(argv).dev
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
    venv = root / ".venv"
    stamp = venv / "installed"
    lock = root / ("requirements-dev.txt" if dev else "requirements.txt")
    if fingerprint(root, lock) in read(stamp).split() and python_in(venv).exists():
        return
    started = time.monotonic()
    python = find_python()
    uv = shutil.which("uv")
    check_disk(root)
    stamp.unlink(missing_ok=True)
    if not usable(venv, needs_pip=not uv):
        make_venv(python, venv, with_pip=not uv)
    drop_half_installed(venv)

    print(
        f"Installing the course into .venv with {'uv' if uv else 'pip'}; the first time takes a few minutes.",
        flush=True,
    )
    pip = [uv, "pip", "install", "--python", python_in(venv)] if uv else [python_in(venv), "-m", "pip", "install"]
    compiled = "--compile-bytecode" if uv else "--compile"  # else the first `import tensorflow` takes very long
    run([*pip, "--require-hashes", compiled, "-r", lock], root)
    run([*pip, "--quiet", "--no-deps", "--no-build-isolation", "-e", root], root)

    # What the tests need holds everything that the lessons need, in the same versions.
    locks = {root / "requirements.txt", lock}
    stamp.write_text("".join(fingerprint(root, each) + "\n" for each in sorted(locks)), encoding="utf-8")
    print(f"The course is installed ({time.monotonic() - started:.0f} s).", flush=True)


def fingerprint(root: Path, lock: Path) -> str:
    """Say what a finished installation is made of: the lock, the project's settings, and where it lies."""
    parts = [lock.name, str(root), read(lock), read(root / "pyproject.toml")]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def read(path: Path) -> str:
    """Text of a file; nothing where there is none."""
    return path.read_text(encoding="utf-8") if path.is_file() else ""


# ---------------------------------------------------------------------------------------- Python and machine


def find_python() -> str:
    """Return a Python that the course runs on: this one, else another on ``PATH``.

    Raises:
        SetupError: where there is none.
    """
    # Inside a virtual environment, the Python below it: .venv must not be made from itself.
    own = getattr(sys, "_base_executable", None) or sys.executable
    own_problem = problem(*describe([own]))
    if not own_problem:
        return own
    for minor in range(NEWEST[1], OLDEST[1] - 1, -1):
        for command in ([f"python3.{minor}"], ["py", f"-3.{minor}"]):
            if shutil.which(command[0]) and not problem(*describe(command)):
                return output([*command, "-c", "import sys; print(sys.executable)"])
    raise SetupError(own_problem)


def describe(command: list[str]) -> tuple[tuple[int, int], int, str]:
    """Ask a Python for its version, its bits and its processor; version (0, 0) where it does not run."""
    words = output([*command, "-c", ASK]).split()
    return ((int(words[0]), int(words[1])), int(words[2]), words[3]) if len(words) == 4 else ((0, 0), 0, "")


def problem(version: tuple[int, int], bits: int, machine: str) -> str:
    """Say why the course does not run on such a Python, and what to do; nothing where it does."""
    cure = {
        "darwin": "Install one: brew install python@3.12",
        "win32": "Install one: winget install Python.Python.3.12",
    }.get(sys.platform, "Install one: sudo apt install python3.12 python3.12-venv, or: uv python install 3.12")
    if not OLDEST <= version <= NEWEST:
        found = f"Python {version[0]}.{version[1]}" if version > (0, 0) else "a Python that does not run"
        return f"The course needs Python 3.11, 3.12 or 3.13; this is {found}. {cure}\nThen run the same command again."
    if bits != 64:
        return f"This Python is the 32-bit one, and TensorFlow comes for 64 bits only. {cure} (64-bit)."
    if sys.platform == "darwin" and machine == "x86_64":
        return "TensorFlow 2.21 does not come for Macs with an Intel processor. Use the Binder link in README.md."
    if sys.platform == "win32" and machine == "ARM64":
        return f"TensorFlow does not come for Windows on ARM. Install the Python for x86-64 processors. {cure}"
    if sys.platform == "linux" and machine not in ("x86_64", "aarch64"):
        return f"TensorFlow does not come for {machine} processors. Use the Binder link in README.md."
    if sys.platform == "linux" and platform.libc_ver()[0] not in ("glibc", ""):
        return "TensorFlow needs a Linux with glibc (Debian, Ubuntu, Fedora ...). Use the Binder link in README.md."
    return ""


def check_disk(root: Path) -> None:
    """Stop early where the disk would run full."""
    free = shutil.disk_usage(root).free / 1e9
    if free < DISK_GB and not (root / ".venv").exists():
        raise SetupError(
            f"The course needs about {DISK_GB} GB of disk; {free:.1f} GB are free in {root}. Make room and try again."
        )


# ----------------------------------------------------------------------------------- the virtual environment


def python_in(venv: Path) -> Path:
    """The Python of a virtual environment."""
    return venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def usable(venv: Path, needs_pip: bool) -> bool:
    """Whether ``.venv`` runs, on a Python that suits, from the place where it was made."""
    if problem(*describe([str(python_in(venv))])):
        return False
    code = f"import sys{', pip' if needs_pip else ''}; print(sys.prefix)"
    prefix = output([str(python_in(venv)), "-c", code])
    return bool(prefix) and Path(prefix).resolve() == venv.resolve() and str(venv) in read(venv / "pyvenv.cfg")


def make_venv(python: str, venv: Path, with_pip: bool) -> None:
    """Make ``.venv`` anew."""
    if venv.is_symlink() or venv.is_file():
        venv.unlink()
    elif venv.exists():
        print("Making .venv anew: the one that is there does not work.", flush=True)
        shutil.rmtree(venv)
    command = [python, "-m", "venv", *([] if with_pip else ["--without-pip"]), str(venv)]
    result = subprocess.run(command, capture_output=True, text=True, env=environment())
    if result.returncode == 0:
        return
    shutil.rmtree(venv, ignore_errors=True)
    text = result.stdout + result.stderr
    if "ensurepip" in text or "No module named venv" in text:
        major, minor = describe([python])[0]
        raise SetupError(
            "This Python cannot make virtual environments. Install the part that does: "
            f"sudo apt install python{major}.{minor}-venv\nThen run the same command again."
        )
    raise SetupError(f"Making .venv failed:\n{text.strip()}\n{why_it_failed(venv.parent)}")


def drop_half_installed(venv: Path) -> None:
    """Forget the packages whose installation was interrupted, so that they are installed again.

    An installer believes in a package as soon as its metadata is there; its list of files tells the truth.
    """
    for folder in [*venv.glob("lib/python*/site-packages"), *venv.glob("Lib/site-packages")]:
        for info in folder.glob("*.dist-info"):
            files = importlib.metadata.PathDistribution(info).files
            if files is None or not all(complete(folder / str(file), file.size) for file in files):
                shutil.rmtree(info)


def complete(path: Path, size: int | None) -> bool:
    """Whether a file is there with all its bytes. Compiled files may come and go."""
    if path.suffix == ".pyc":
        return True
    try:
        return size in (None, path.stat().st_size)
    except OSError:
        return False


# --------------------------------------------------------------------------------------------- running things


def environment() -> dict[str, str]:
    """The environment without what would make an installer put packages elsewhere."""
    odd = (
        "PYTHONPATH",
        "PYTHONHOME",
        "PIP_USER",
        "PIP_TARGET",
        "PIP_PREFIX",
        "UV_SYSTEM_PYTHON",
        "__PYVENV_LAUNCHER__",
    )
    kept = {name: value for name, value in os.environ.items() if name not in odd}
    return {**kept, "PIP_USER": "0", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}


def output(command: list[str]) -> str:
    """What a command prints; nothing where it fails."""
    try:
        result = subprocess.run(command, capture_output=True, text=True, env=environment())
    except OSError:
        return ""
    return result.stdout.strip() if result.returncode == 0 else ""


def run(command: list[object], root: Path) -> None:
    """Run one step with its progress on the screen.

    Raises:
        SetupError: where it fails.
    """
    process = subprocess.Popen([str(word) for word in command], cwd=root, env=environment())
    try:
        code = process.wait()
    except KeyboardInterrupt:
        process.wait()  # it was interrupted as well; let it tidy up
        raise
    if code:
        raise SetupError(f"The installation stopped; the lines above say where. {why_it_failed(root)}")


def why_it_failed(root: Path) -> str:
    """The usual causes, looked at one by one, and what to do next."""
    free = shutil.disk_usage(root).free / 1e9
    if free < 1:
        return f"The disk is nearly full ({free:.1f} GB free). Make room, then run the same command again."
    try:
        socket.create_connection(("www.python.org", 443), timeout=5).close()
    except OSError:
        return (
            "There seems to be no way to the internet from here. Connect (behind a proxy, set HTTPS_PROXY), "
            "then run the same command again: it goes on from here."
        )
    return "Run the same command again: it goes on from here. If it stops at the same place, delete .venv and try anew."


if __name__ == "__main__":
    sys.exit(main())
