"""What goes along with the site for exercises that are answered in a page, and what stays out of it."""

import base64
import json
import shutil
import subprocess
import tarfile
import zipfile
import zlib

import pytest

from autograder.authoring.site import page_checks
from autograder.authoring.site.build import gives_away
from autograder.authoring.site.figures import Figures
from autograder.authoring.site.lesson_page import Page, markdown
from autograder.course import Course
from course_lib.check.lesson import FORM, unpack
from course_lib.files import write_json
from tests.notebooks.lessons import ROOT

LESSON = Course(ROOT).lessons(["09"])[0]


@pytest.fixture
def no_cache(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


def added(tmp_path, cells):
    told = []
    return page_checks.add([(LESSON, cells)], tmp_path / "static", told.append), told


def test_without_npm_the_site_is_built_and_says_why(no_cache, monkeypatch, tmp_path):
    monkeypatch.setattr(shutil, "which", lambda name: None)
    found, told = added(tmp_path, LESSON.cells)
    assert found == {} and not (tmp_path / "static").exists()
    (line,) = told
    assert line.startswith("Exercises are not checked in the pages") and "npm is not installed (Debian:" in line


def test_a_package_that_is_another_one_stays_out(no_cache, monkeypatch, tmp_path):
    def brings(command, cwd, **_):
        (cwd / "pyodide.tgz").write_bytes(b"something else")
        return subprocess.CompletedProcess(command, 0, "", "")

    monkeypatch.setattr(shutil, "which", lambda name: "npm")
    monkeypatch.setattr(subprocess, "run", brings)
    found, told = added(tmp_path, LESSON.cells)
    assert found == {} and "is not what" in told[0]
    monkeypatch.setattr(
        subprocess, "run", lambda *_, **__: subprocess.CompletedProcess([], 1, "", "npm error code ENOTFOUND\n…\n")
    )
    assert (
        added(tmp_path, LESSON.cells)[1][0]
        .partition(": ")[2]
        .startswith("npm cannot bring Pyodide (npm error code ENOTFOUND). ")
    )


@pytest.fixture(scope="module")
def static(tmp_path_factory):
    """The files for the lesson's page; in place of Pyodide's some of the same names."""
    place = tmp_path_factory.mktemp("site")
    for name in page_checks.FILES:
        (place / name).write_text('{"packages": {"numpy": {}}}', encoding="utf-8")
    with tarfile.open(place / "pyodide.tgz", "w:gz") as package:
        for name in page_checks.FILES:
            package.add(place / name, f"package/{name}")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(page_checks, "fetched", lambda: place / "pyodide.tgz")
        found, told = added(place, LESSON.cells)
    assert not told
    return found[LESSON], place / "static"


def test_exercises_that_need_python_alone_are_found_by_trying(static):
    found, folder = static
    assert found == {exercise.name for exercise in LESSON.exercises} - {"longest_words"}, "that one needs Spark"
    page = json.loads((folder / page_checks.CHECKS / f"{LESSON.name}.json").read_text(encoding="utf-8"))
    assert set(page["checks"]) == found and "def map_reduce(" in page["defines"] and "weather" in page["names"]
    assert "class Decide" in unpack(page["checks"]["decide"]) and "class Extremes" not in unpack(
        page["checks"]["decide"]
    )


def test_all_that_python_needs_lies_in_the_site(static):
    folder = static[1] / page_checks.PYTHON
    with zipfile.ZipFile(folder / "course.zip") as course:
        names = course.namelist()
    assert {"course_lib/check/checks.py", "in_page/run.py", "in_page/arrays.py"} <= set(names)
    assert all(name.startswith(("course_lib/", "in_page/")) for name in names), "nothing of the autograder's"
    lock = json.loads((folder / "pyodide-lock.json").read_text(encoding="utf-8"))
    assert lock["packages"] == {}, "else Pyodide would say where to get NumPy"


def test_hidden_examples_in_the_site_would_be_seen(static, tmp_path):
    version, pages = tmp_path / "version", tmp_path / "pages"
    (version / LESSON.name).mkdir(parents=True)
    write_json(version / LESSON.name / LESSON.notebook.name, {"cells": [], "metadata": {}})
    shutil.copytree(static[1], pages / "_static")
    for name in ("index.html", "searchindex.js", f"{LESSON.name}.html"):
        (pages / name).write_text("", encoding="utf-8")
    assert gives_away(LESSON, version / LESSON.name, pages) == []
    file = pages / "_static" / page_checks.CHECKS / f"{LESSON.name}.json"
    page = json.loads(file.read_text(encoding="utf-8"))
    whole = base64.b64encode(zlib.compress(LESSON.checks.encode())).decode()
    write_json(file, page | {"checks": page["checks"] | {"decide": json.dumps({"form": FORM, "checks": whole})}})
    assert gives_away(LESSON, version / LESSON.name, pages) == ["hidden examples in .checks"]


def test_a_page_says_where_an_exercise_is_answered(tmp_path):
    def page(*here):
        return markdown(Page(LESSON.cells, {}, {}, Figures(tmp_path), "", LESSON.name, frozenset(here)))

    assert "data-check" not in page() and page().count("Write it yourself: it is checked at once") == 7
    some = page("decide", "extremes")
    assert some.count("data-check=") == 2 and f'data-check="{LESSON.name}/decide"' in some
    assert some.count("open the lesson to write it") == 5
