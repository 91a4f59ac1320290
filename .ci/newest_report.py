"""What the newest versions of the dependencies break, as a page to read: ``newest_report.py report.xml LOCK``.

Reads pytest's report and compares the installed versions with those of the lock. Standard library alone.
"""

from __future__ import annotations

import re
import sys
import xml.etree.ElementTree as ElementTree
from collections.abc import Mapping
from importlib import metadata
from pathlib import Path

MOST = 60
"""So many lines of each kind at most: a report is read by a person."""


def failures(report: str) -> dict[str, str]:
    """Test → the line that says what happened, from pytest's JUnit report."""
    found = {}
    for case in ElementTree.fromstring(report).iter("testcase"):
        for kind in ("failure", "error"):
            for problem in case.findall(kind):
                said = (problem.get("message") or problem.text or kind).strip().splitlines()
                found[f"{case.get('classname')}.{case.get('name')}"] = said[0][:200] if said else kind
    return found


def locked(lock: str) -> dict[str, str]:
    """Package → version, of a lock."""
    return dict(re.findall(r"^([\w.-]+)==([^\s;]+)", lock, flags=re.M))


def page(broken: Mapping[str, str], lock: Mapping[str, str], installed: Mapping[str, str]) -> str:
    """The report in Markdown."""
    newer = [
        f"| {name} | {lock[name]} | {installed[name]} |"
        for name in sorted(lock)
        if name in installed and installed[name] != lock[name]
    ]
    tests = [f"- `{name}`: {said.replace('|', ' ')}" for name, said in sorted(broken.items())]
    lines = [f"{len(broken)} tests fail with the newest versions that `pyproject.toml` allows.", ""]
    lines += tests[:MOST] + [f"- … and {len(tests) - MOST} more"] * (len(tests) > MOST)
    lines += [
        "",
        "What is newer than in the lock:",
        "",
        "| package | lock | newest |",
        "| --- | --- | --- |",
        *newer[:MOST],
    ]
    lines += [
        "",
        "Next: find the package at fault with `pip install NAME==VERSION`, mend the code, or bound the package in",
    ]
    lines += ["`pyproject.toml` with its reason; then `make lock`."]
    return "\n".join(lines) + "\n"


def main(report: str, lock: str) -> None:
    """Print the page."""
    text = Path(report).read_text(encoding="utf-8") if Path(report).exists() else "<testsuites/>"
    installed = {one.name.lower().replace("_", "-"): one.version for one in metadata.distributions()}
    print(page(failures(text), locked(Path(lock).read_text(encoding="utf-8")), installed))


if __name__ == "__main__":
    main(*sys.argv[1:])
