"""What is installed against what the lock wants: by the files on the disk, not by a note that says so.

Looks at the 42,000 files of the course in a quarter of a second, so every start can afford it.
"""

from __future__ import annotations

import csv
import os
import platform
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from course_lib.setup.pythons import read


class Pin(NamedTuple):
    """One line of a lock: a package, its version, and for which machines it is meant."""

    name: str
    version: str
    marker: str


@dataclass(frozen=True)
class Fault:
    """A package that is not as the lock wants it; ``damaged`` where it is there, but not all of it."""

    name: str
    text: str
    damaged: bool = False


class _Version(str):
    """A version in a marker: '3.9' is older than '3.12'."""

    def _key(self) -> list[int]:
        return [int(number) for number in re.findall(r"\d+", self)]

    def __lt__(self, other: str) -> bool:
        return self._key() < _Version(other)._key()

    def __le__(self, other: str) -> bool:
        return self._key() <= _Version(other)._key()

    def __gt__(self, other: str) -> bool:
        return self._key() > _Version(other)._key()

    def __ge__(self, other: str) -> bool:
        return self._key() >= _Version(other)._key()


def canonical(name: str) -> str:
    """The one spelling of a package's name (https://packaging.python.org/specifications/name-normalization/)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def pins(lock: Path) -> list[Pin]:
    """The lines of a lock."""
    # name==version, then perhaps "; marker", then perhaps "\" and the hashes on lines of their own
    lines = re.findall(r"^([A-Za-z0-9._-]+)==([^\s;]+)(?: *; *([^\\\n]+?))? *(?:\\|--hash.*)?$", read(lock), flags=re.M)
    return [Pin(canonical(name), version, marker) for name, version, marker in lines]


def applies(marker: str, python_version: str = "") -> bool:
    """Whether a line of the lock is meant for this machine and a Python of that version, ours by default."""
    version = python_version or platform.python_version()
    here = {
        "implementation_name": sys.implementation.name,
        "os_name": os.name,
        "platform_machine": platform.machine(),
        "platform_python_implementation": platform.python_implementation(),
        "platform_system": platform.system(),
        "python_full_version": _Version(version),
        "python_version": _Version(".".join(version.split(".")[:2])),
        "sys_platform": sys.platform,
    }
    # A marker is an expression of Python by its definition (PEP 508); it stands in the course's own lock.
    return not marker or bool(eval(marker, {"__builtins__": {}}, here))


def installed(site: Path) -> dict[str, Path]:
    """The packages in a folder of packages: name → its ``.dist-info``."""
    if not site.is_dir():
        return {}
    with os.scandir(site) as entries:
        infos = [Path(entry.path) for entry in entries if entry.name.endswith(".dist-info")]
    return {canonical(info.stem.rpartition("-")[0]): info for info in sorted(infos)}


def faults(present: dict[str, Path], wanted: list[Pin], python_version: str = "") -> Iterator[Fault]:
    """Yield what of ``present`` is not as ``wanted``: missing, in another version, or damaged."""
    for pin in wanted:
        if not applies(pin.marker, python_version):
            continue
        if pin.name not in present:
            yield Fault(pin.name, f"{pin.name} is missing")
            continue
        info = present[pin.name]
        version = info.stem.rpartition("-")[2]
        lost = first_lost(info)
        if version.replace("_", "-").lower() != pin.version.lower():
            yield Fault(pin.name, f"{pin.name} {version} instead of {pin.version}")
        elif lost:
            yield Fault(pin.name, f"{pin.name} is damaged ({lost})", damaged=True)


def first_lost(info: Path) -> str:
    """The first file of a package that is not there with all its bytes; nothing where all are.

    An installer believes in a package as soon as its metadata is there; its list of files tells the truth.
    """
    site = str(info.parent)
    try:
        with (info / "RECORD").open(newline="", encoding="utf-8") as record:
            for row in csv.reader(record):
                # compiled files may come and go; the list of files cannot know its own size
                if not row or row[0].endswith((".pyc", ".dist-info/RECORD")):
                    continue
                size = os.stat(os.path.join(site, row[0])).st_size  # noqa: PTH116, PTH118 (pathlib takes twice as long)
                # what lies outside (settings of Jupyter, for instance) may be edited
                if len(row) > 2 and row[2] and int(row[2]) != size and not row[0].startswith(".."):
                    return row[0]
    except OSError as error:
        return os.path.relpath(error.filename or info, site)
    except (ValueError, csv.Error):
        return "RECORD"
    return ""
