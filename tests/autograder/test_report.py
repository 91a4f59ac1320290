"""The class report: what an instructor reads. What students wrote is text in it, and does nothing."""

import csv
import json
import os
import re

import pytest
from typer.testing import CliRunner

from autograder.cli import app
from autograder.reading.sanitize import from_cell
from autograder.reports.analysis import read_class
from autograder.reports.report import duration, formgrader_of, html, late_by, write_report
from tests.autograder.hostile_class import FORMULA, LESSON, SCRIPT, Tags
from tests.browser.jupyterlab import CHROMIUM, browser_page

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def written(hostile_class):
    """The report's files, by name."""
    paths = write_report(read_class(hostile_class, hostile_class.lessons()), hostile_class.reports)
    return {path.name: path for path in paths}


def rows_of(path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return [{key: from_cell(value) for key, value in row.items()} for row in csv.DictReader(file, strict=True)]


def test_the_page_needs_nothing_but_itself(written):
    text = written["class.html"].read_text(encoding="utf-8")
    assert "default-src 'none'" in text
    assert set(re.findall(r'(?:src|href)="([^"#]*)', text)) == set(
        re.findall(r'href="(http://localhost:8888/[^"]*)', text)
    ) | {""}
    assert text.count("<script>") == 1 and "style=" not in text


def test_hostile_text_is_text(written):
    text = written["class.html"].read_text(encoding="utf-8")
    assert "\x1b" not in text and "\u202e" not in text
    tags = Tags(text)
    assert not tags.names & {"img", "iframe", "object", "form", "link", "b"}
    assert not {name for name in tags.attributes if name.startswith("on")}
    assert "&lt;script&gt;alert(1)&lt;script&gt;" in text and "ann�gpj.exe" in text


def test_what_waits_for_a_person(written):
    text = written["class.html"].read_text(encoding="utf-8")
    assert "The folder is empty. Ask for the notebook." in text and "missing-mia" in text and "1 d 12 h" in text
    ids = re.findall(r"/formgrader/submissions/([0-9a-f]{32})/", text)
    assert ids, "bo wrote an answer that nobody has marked"


def test_tables(written):
    by_student = {row["student"]: row for row in rows_of(written["class.csv"])}
    assert by_student["ada"] | {"remarks": ""} == {
        "student": "ada", "lesson": LESSON, "points": "3.5", "maximum": "5.0", "penalty": "1.0",
        "state": "graded", "late": "1 d 12 h", "late days": "2", "free days": "0", "team": "", "remarks": "",
    }  # fmt: skip
    assert by_student["zoe"]["state"] == "not graded" and by_student["zoe"]["points"] == ""
    assert by_student["missing-mia"]["state"] == "missing"
    assert {FORMULA, SCRIPT} < set(by_student)
    assert not re.search(r'(^|,)"?[=@]', written["class.csv"].read_text(encoding="utf-8"), re.M)
    exercises = {(row["student"], row["exercise"]): row for row in rows_of(written["exercises.csv"])}
    assert exercises["bo", "double"]["mistake"] == "square" and exercises["bo", "double"]["points"] == "0.0"
    assert [row["exercise"] for row in rows_of(written["items.csv"])] == ["double", "greet", "why"]
    assert {"square", "adds two", "no name"} <= {row["mistake"] for row in rows_of(written["mistakes.csv"])}


@pytest.mark.skipif(not CHROMIUM, reason="install Chromium for the browser tests (Debian: apt-get install chromium)")
def test_in_a_browser_nothing_runs_but_sorting(written):
    with browser_page() as page:
        said = []
        page.on("console", lambda message: said.append(message.text))
        page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
        page.on("request", lambda request: said.append(request.url) if request.url.startswith("http") else None)
        page.goto(written["class.html"].as_uri())
        heading = page.locator("#points ~ .wide th", has_text="sum").first
        sums = page.locator("#points ~ .wide").first.locator("tbody tr td:last-child")
        heading.locator("button").focus()
        page.keyboard.press("Enter")
        assert heading.get_attribute("aria-sort") == "ascending"
        shown = [float(text) for text in sums.all_inner_texts()]
        assert shown == sorted(shown) and shown[-1] == 3.5
        page.keyboard.press("Enter")
        assert [float(text) for text in sums.all_inner_texts()] == shown[::-1]
        assert page.get_by_role("img", name=re.compile("Histogram of the shares of points.*: 8 hand-ins")).count() == 1
        assert said == []


def test_links_lead_to_the_formgrader_that_is_named(hostile_class):
    text = html(read_class(hostile_class, hostile_class.lessons()), "https://hub.example/formgrader/")
    assert 'href="https://hub.example/formgrader/submissions/' in text and "localhost" not in text


def test_links_lead_to_the_jupyterlab_that_runs_in_the_course(hostile_class, tmp_path, monkeypatch):
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(tmp_path))
    assert formgrader_of(hostile_class) == "http://localhost:8888/formgrader"
    for name, root, url in (("1", tmp_path, "other"), ("2", hostile_class.root, "localhost:8891/hub/")):
        server = {"root_dir": str(root), "url": f"http://{url}", "pid": os.getpid()}
        (tmp_path / f"jpserver-{name}.json").write_text(json.dumps(server))
    assert formgrader_of(hostile_class) == "http://localhost:8891/hub/formgrader"


def test_the_commands(hostile_class, monkeypatch):
    monkeypatch.chdir(hostile_class.root)
    for arguments, said in {
        ("report",): "reports/class.html",
        ("report", "01"): "reports/01/class.html",  # the report on all lessons stays as it is
        ("feedback", "--student", "ada"): "1 page in",
        ("export", "--to", "moodle"): "moodle.csv",
    }.items():
        done = CliRunner().invoke(app, arguments)
        assert done.exit_code == 0 and said in done.output.replace("\n", ""), done.output
    assert CliRunner().invoke(app, ["report", "--formgrader", "javascript:alert(1)"]).exit_code == 2


def test_before_grading_there_is_nothing_to_tell(course, monkeypatch):
    monkeypatch.chdir(course.root)
    done = CliRunner().invoke(app, ["report"])
    assert done.exit_code == 2 and "Run `autograder grade` first" in " ".join(done.output.split())


def test_durations():
    assert [duration(seconds) for seconds in (5, 3600, 90000)] == ["1 min", "1 h 0 min", "1 d 1 h"]
    assert [late_by(seconds) for seconds in (0, 1, 5)] == ["", "late", "1 min"]  # 1 s: that is all that Canvas says
