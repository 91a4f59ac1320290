"""The lock pins everything, with hashes, for every platform, and says nothing about where it was made."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LOCKS = ["requirements.txt", "requirements-dev.txt"]


def entries(name: str) -> list[tuple[Requirement, list[str]]]:
    """The requirements of a lock, each with its hashes."""
    text = (ROOT / name).read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return [
        (Requirement(line.split(" --hash")[0]), re.findall(r"--hash=sha256:([0-9a-f]{64})", line)) for line in lines
    ]


@pytest.mark.parametrize("name", LOCKS)
def test_every_line_is_one_exact_version_with_hashes(name):
    for requirement, hashes in entries(name):
        assert re.fullmatch(r"==[^*,]+", str(requirement.specifier)), requirement
        assert hashes, requirement


@pytest.mark.parametrize("name", LOCKS)
def test_no_host_and_no_path(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    assert not re.search(r"://|\bfile:|--(extra-)?index-url|--find-links|^/|^-e|@ ", text, flags=re.M)


@pytest.mark.parametrize("python", ["3.11", "3.12", "3.13"])
@pytest.mark.parametrize("platform, machine", [("linux", "x86_64"), ("linux", "aarch64"), ("darwin", "arm64")])
@pytest.mark.parametrize("name", LOCKS)
def test_every_dependency_is_pinned_once(name, platform, machine, python):
    here = {"python_version": python, "python_full_version": f"{python}.0", "sys_platform": platform}
    here |= {"platform_machine": machine, "platform_system": platform.capitalize(), "os_name": "posix", "extra": ""}

    def applies(marker: Marker | None) -> bool:
        return marker is None or marker.evaluate(here)

    pins = [requirement for requirement, _ in entries(name) if applies(requirement.marker)]
    versions = {canonicalize_name(pin.name): str(pin.specifier)[2:] for pin in pins}
    assert len(versions) == len(pins), "a package is pinned twice"
    wanted = [*PROJECT["dependencies"]]
    if name == "requirements-dev.txt":
        wanted += PROJECT["optional-dependencies"]["dev"]
    for requirement in map(Requirement, wanted):
        if applies(requirement.marker):
            version = versions.get(canonicalize_name(requirement.name))
            assert version and requirement.specifier.contains(version), requirement


def test_the_tests_use_what_the_lessons_use():
    lessons, tests = ({str(requirement) for requirement, _ in entries(name)} for name in LOCKS)
    assert lessons <= tests
