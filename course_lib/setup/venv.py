"""The virtual environment ``.venv``: whether it works, making it, and the installer uv in it."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

from course_lib.setup import inventory, reasons, stages
from course_lib.setup.pythons import SetupError, describe, output, problem, read
from course_lib.setup.sources import neutral

OLDEST_UV = (0, 9)  # knows the options and variables that we set


def python_in(venv: Path) -> Path:
    """The Python of a virtual environment."""
    return venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def site_of(venv: Path) -> Path:
    """The folder of a virtual environment's packages."""
    return next(iter([*venv.glob("lib/python3*/site-packages"), *venv.glob("Lib/site-packages")]), venv / "nothing")


def version_of(venv: Path) -> str:
    """The version of the Python in a virtual environment, from the file that says it; no Python starts."""
    # venv calls it version, uv and virtualenv version_info
    found = re.search(r"^version(?:_info)? *= *(\d+(?:\.\d+)*)", read(venv / "pyvenv.cfg"), flags=re.M)
    return found[1] if found else ""


def usable(venv: Path) -> bool:
    """Whether ``.venv`` runs, on a Python that suits, from the place where it was made."""
    if problem(*describe([str(python_in(venv))])):
        return False
    prefix = output([python_in(venv), "-c", "import sys; print(sys.prefix)"])
    return bool(prefix) and Path(prefix).resolve() == venv.resolve() and str(venv) in read(venv / "pyvenv.cfg")


def make_venv(python: str, venv: Path, held: tuple[int, ...] = ()) -> None:
    """Make ``.venv`` anew, without pip.

    Raises:
        SetupError: with the reason.
    """
    if venv.is_symlink() or venv.is_file():
        venv.unlink()
    elif venv.exists():
        print("Making .venv anew: the one that is there does not work.", flush=True)
    try:
        command = [python, "-m", "venv", "--clear", "--without-pip", venv]
        stages.run("A Python environment", command, neutral(), venv.parent, keep=held)
    except stages.Failed as failed:
        shutil.rmtree(venv, ignore_errors=True)
        raise _cannot(failed.text, venv, describe([python])[0]) from None


def _cannot(text: str, venv: Path, version: tuple[int, int]) -> SetupError:
    """Why Python's own venv or ensurepip failed."""
    if re.search(r"No module named '?(venv|ensurepip)|ensurepip is not available", text):
        return SetupError(
            "This Python cannot make virtual environments. Install the part that does: "
            f"sudo apt install python{version[0]}.{version[1]}-venv\nThen run the same command again."
        )
    return SetupError(f"Making .venv failed:\n{reasons.last_words(text)}\n{reasons.why(text, venv.parent, {})}")


def forget_damaged(venv: Path, names: set[str]) -> None:
    """Forget those of the packages ``names`` of which files are gone, so that they are installed again."""
    for name, info in inventory.installed(site_of(venv)).items():
        if name in names and inventory.first_lost(info):
            shutil.rmtree(info)


def has_pip(venv: Path) -> bool:
    """Whether pip is in ``.venv``, as a finished installation leaves it."""
    return "pip" in inventory.installed(site_of(venv))


def bring_pip(venv: Path, held: tuple[int, ...] = ()) -> None:
    """Put pip into ``.venv``, where it is missing; without it, uv on ``PATH`` will do.

    Raises:
        SetupError: with the reason.
    """
    try:
        command = [python_in(venv), "-m", "ensurepip", "--default-pip"]
        stages.run("pip", command, neutral(), venv.parent, keep=held)
    except stages.Failed as failed:
        if not ("No module named ensurepip" in failed.text and _uv_on_path()):
            raise _cannot(failed.text, venv, describe([str(python_in(venv))])[0]) from None


def find_uv(venv: Path, wanted: str) -> str:
    """The uv in ``.venv`` if it has the wanted version, else one on ``PATH`` that is young enough, else nothing."""
    own = python_in(venv).with_name("uv.exe" if os.name == "nt" else "uv")
    if wanted and own.exists() and _uv_version(own) == tuple(map(int, wanted.split("."))):
        return str(own)
    return _uv_on_path()


def _uv_on_path() -> str:
    uv = shutil.which("uv")
    return uv if uv and _uv_version(Path(uv)) >= OLDEST_UV else ""


def _uv_version(uv: Path) -> tuple[int, ...]:
    found = re.match(r"uv (\d+)\.(\d+)\.(\d+)", output([uv, "--version"]))
    return tuple(map(int, found.groups())) if found else ()


def requirement(lock: Path, name: str) -> str:
    """The lines of one package in a lock: version and hashes; nothing where it is not in it."""
    # its first line ends with "\" where lines with hashes follow
    found = re.search(rf"^{name}==[^\n]*(?:(?<=\\)\n[^\n]*)*", read(lock), flags=re.M)
    return found[0] + "\n" if found else ""
