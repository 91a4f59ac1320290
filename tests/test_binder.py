"""What a visitor on Binder gets: an image that repo2docker can build, lessons in it, and no answers."""

import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

from course_lib import lab
from tests.notebooks.lessons import NOTEBOOKS, read

ROOT = Path(__file__).resolve().parent.parent


SECRET = re.compile(r"### BEGIN (?:SOLUTION|HIDDEN TESTS)\n(.*?)\n *### END (?:SOLUTION|HIDDEN TESTS)", flags=re.S)


def secret_regions(notebook: Path) -> list[str]:
    """Solutions and hidden tests of a lesson, as text; one short line alone (`return x`) may stand elsewhere, too."""
    found = [region for cell in read(notebook).cells for region in SECRET.findall(cell.source)]
    return [region for region in found if "\n" in region.strip()]


@pytest.fixture
def copy(tmp_path):
    """The repository as Binder clones it."""
    target = tmp_path / "course"
    tracked = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if tracked.returncode:
        pytest.skip("only in a clone: git says what belongs to the repository")
    for name in filter(None, tracked.stdout.split("\0")):
        if (ROOT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, target / name)
    return target


@pytest.mark.skipif(sys.platform == "win32", reason="repo2docker writes Linux images")
def test_repo2docker_accepts_it(copy, monkeypatch):
    from repo2docker.app import Repo2Docker

    monkeypatch.chdir(copy)
    for kind in Repo2Docker().buildpacks:
        buildpack = kind("image")
        if buildpack.detect():
            break
    buildpack.platform = "linux/amd64"
    dockerfile = buildpack.render({"NB_USER": "visitor", "NB_UID": "1000"})
    assert type(buildpack).__name__ == "PythonBuildPack"
    assert buildpack.python_version == "3.12"
    steps = ["src/ ${REPO_DIR}/", 'pip install --no-cache-dir -r "binder/requirements.txt"', "RUN ./binder/postBuild"]
    places = [dockerfile.find(step) for step in steps]
    assert -1 not in places and places == sorted(places), "the lock is one folder up, so the whole course comes first"


@pytest.mark.slow
def test_a_visitor_finds_lessons_and_no_answers(copy, tmp_path):
    regions = [region for notebook in NOTEBOOKS for region in secret_regions(notebook)]
    assert regions
    bank = [path.read_text(encoding="utf-8") for path in (copy / "tests" / "answers").rglob("*.py")]
    # an environment of its own that sees the packages of this one, for postBuild installs the course into it
    environment = tmp_path / "environment"
    venv.create(environment, symlinks=True)
    packages = Path(sysconfig.get_path("purelib", vars={"base": str(environment)}))
    (packages / "all.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    path = os.pathsep.join([str(environment / "bin"), str(Path(sys.executable).parent), os.environ["PATH"]])
    variables = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"} | {"PATH": path}
    result = subprocess.run(["binder/postBuild"], cwd=copy, env=variables, capture_output=True, text=True)
    assert result.returncode == 0, result.stdout + result.stderr

    menus = environment / "etc" / "jupyter" / "labconfig" / "page_config.json"
    assert json.loads(menus.read_text(encoding="utf-8"))["disabledExtensions"] == lab.PAGE["disabledExtensions"]
    for notebook in NOTEBOOKS:
        released = copy / "release" / notebook.parent.name / notebook.name
        cells = "\n".join(cell.source for cell in read(released).cells)
        assert not [region for region in regions if region in cells]
    assert "01_neurons_and_activations" in (copy / "release" / "start.md").read_text(encoding="utf-8")
    texts = {path: path.read_text(encoding="utf-8", errors="replace") for path in copy.rglob("*") if path.is_file()}
    for path, text in texts.items():
        for secret in ("BEGIN SOLUTION", "BEGIN HIDDEN", "END HIDDEN", *bank):
            assert secret not in text, f"{secret[:60]!r} in {path.relative_to(copy)}"
    assert not [path for path in texts if "gradebook" in path.name or ".git" in path.relative_to(copy).parts]
    imported = "import course_lib.check; print(course_lib.__file__)"
    result = subprocess.run(["python", "-c", imported], cwd=tmp_path, env=variables, capture_output=True, text=True)
    assert str(copy) in result.stdout, result.stderr
