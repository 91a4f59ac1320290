"""What runs outside: the weekly run against the newest versions says what broke, in a page that a person can read."""

import importlib.util
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
spec = importlib.util.spec_from_file_location("newest_report", ROOT / ".ci" / "newest_report.py")
newest_report = importlib.util.module_from_spec(spec)
spec.loader.exec_module(newest_report)

REPORT = """<testsuites><testsuite>
<testcase classname="tests.test_a" name="test_well"/>
<testcase classname="tests.test_a" name="test_keras">
<failure message="AttributeError: no fit&#10;more">x</failure></testcase>
<testcase classname="tests.test_b" name="test_java"><error>Java
did not start</error></testcase>
</testsuite></testsuites>"""


def test_the_report_names_each_broken_test_and_each_newer_package():
    broken = newest_report.failures(REPORT)
    assert broken == {"tests.test_a.test_keras": "AttributeError: no fit", "tests.test_b.test_java": "Java"}
    lock = newest_report.locked("keras==3.15.1 \\\n    --hash=sha256:1\nnumpy==2.4.6 ; python_version > '3'\n")
    page = newest_report.page(broken, lock, {"keras": "3.16.0", "numpy": "2.4.6"})
    assert "2 tests fail" in page and "| keras | 3.15.1 | 3.16.0 |" in page and "numpy" not in page
    assert "`tests.test_a.test_keras`: AttributeError: no fit" in page


def test_the_site_is_published_from_what_make_site_builds():
    text = (ROOT / ".github" / "workflows" / "site.yml").read_text(encoding="utf-8")
    steps = ["make site", "upload-pages-artifact", "path: site", "deploy-pages"]
    assert [text.index(step) for step in steps] == sorted(text.index(step) for step in steps)
    assert "pages: write" in text and "contents: read" in text


def test_it_reads_the_courses_own_lock():
    assert newest_report.locked((ROOT / "requirements-dev.txt").read_text(encoding="utf-8"))["pytest"]


def test_the_workflow_has_its_three_lanes():
    text = (ROOT / ".github" / "workflows" / "test.yml").read_text(encoding="utf-8")
    for lane in ("  quick:", "  everything:", "  newest:"):
        assert lane in text
    assert "windows-latest" in text and "macos-latest" in text and ".ci/run" in text and "newest_report.py" in text
