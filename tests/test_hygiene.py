"""What is committed says nothing about the machine it was written on, nor where that machine gets its packages."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

HOST = re.compile(r"\b(?:pypi|npmjs|anaconda)\.org\b|\bpython[h]osted\b|\bdeb\.debian\.org\b", flags=re.I)
# people's homes, and where this very clone lies, whatever that is called
HOME = re.compile(
    r"(?<![\w.~*/-])/(?:home/\w+|root/)"
    r"|\b[A-Z]:[\\/]+Users[\\/]"  # one backslash, or two as in a string
    rf"|(?<![\w.~*/-]){re.escape(str(ROOT))}\b"
)

MADE_UP = "/" + "home/ada"

ALLOWED: dict[tuple[str, str], str] = {
    ("tests/course_lib/test_spark_workers.py", MADE_UP): "a made-up student's, in a test of search paths",
}
"""(file, what stands there) → why a reader needs it."""


def tracked() -> list[str]:
    """The files that are in git; a test is skipped where the course did not come by git."""
    try:
        done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError) as error:
        pytest.skip(f"no git here, or no repository: {error}")
    return [name for name in done.stdout.split("\0") if name and (ROOT / name).is_file()]


def found(pattern: re.Pattern[str]) -> dict[tuple[str, str], int]:
    """(file, what was found) → the line of its first place, in all files that are text."""
    places: dict[tuple[str, str], int] = {}
    for name in tracked():
        try:
            text = (ROOT / name).read_text(encoding="utf-8")
        except UnicodeDecodeError:  # a picture
            continue
        for match in pattern.finditer(text):
            places.setdefault((name, match[0]), text.count("\n", 0, match.start()) + 1)
    return places


@pytest.mark.parametrize(
    ("pattern", "instead"), [(HOST, "example.org"), (HOME, "a relative path")], ids=["hosts", "paths"]
)
def test_no_registry_and_no_machine_is_named(pattern, instead):
    lines = [f"{name}:{line}: {what}" for (name, what), line in found(pattern).items() if (name, what) not in ALLOWED]
    assert not lines, f"use {instead}, or allow it in tests/test_hygiene.py with a reason:\n" + "\n".join(lines)


def test_what_is_allowed_is_still_there():
    assert set(ALLOWED) <= {*found(HOST), *found(HOME)}


def test_the_patterns_find_what_they_look_for():
    backslash = "\\"
    for text in (f"cd {MADE_UP}/course", f'"{MADE_UP}"', f"C:{backslash}Users{backslash}ada", f"see {ROOT}/notebooks"):
        assert HOME.search(text), text
    for text in ("bo/home/small.ipynb", "~/root/x", "rootless", "/tmp/home:/bin/sh", "/home"):
        assert not HOME.search(text), text
    for name in ("pypi", "registry.npmjs", "conda.anaconda", "deb.debian", "files.python" + "hosted"):
        assert HOST.search(f"https://{name}.org/simple"), name
