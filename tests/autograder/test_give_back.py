"""The way back: what Canvas and Moodle would do with the zip, by the rules in their own sources."""

import csv
import json
import shutil
import zipfile

import pytest

from autograder.course import CourseError
from autograder.reports.analysis import read_class
from autograder.reports.give_back import give_back
from tests.autograder.tiny_course import LESSON, NOTEBOOK, hand_in

pytestmark = pytest.mark.slow

MOODLE = {"ada": "Ada Lovelace_4711_assignsubmission_file_", "bo": "Bö O'Neil_4712_assignsubmission_file"}
CANVAS = {"ada": "lovelaceada_LATE_901_7001_", "bo": "anon_fG4hI_7003_"}


def moodle_finds(path: str) -> tuple[int, str, str]:
    """Participant, plugin and file of a path in the zip, as Moodle's importer reads them."""
    parts = path.split("/")
    while parts:
        info = parts.pop(0).split("_", 4)
        if len(info) >= 4 and info[1].isdigit():
            return int(info[1]), f"{info[2]}_{info[3]}", "/".join([*(info[4:] or [""]), *parts])
    raise AssertionError(path)


def canvas_finds(name: str) -> list[str]:
    """Student and upload of a file's name, as Canvas's importer reads them."""
    parts = [part for part in name.split("_") if part != "LATE"]
    return parts[1:3] if parts[0] == "anon" else [part for part in parts if part.isdigit()][:2]


@pytest.fixture(params=["moodle", "canvas"])
def returned(request, course, tmp_path, autograder):
    """A class of two that came through a platform, and one that did not: collected, graded, given back."""
    assert autograder("release")[0] == 0
    right = hand_in(course, "ada").read_bytes()
    wrong = hand_in(course, "bo", greet="def greet(name):\n    return 'Hello!'").read_bytes()
    for name in ("ada", "bo"):
        shutil.rmtree(course.submitted / name)
    names = MOODLE if request.param == "moodle" else CANVAS
    source = tmp_path / "download.zip"
    with zipfile.ZipFile(source, "w") as archive:
        for name, content in (("ada", right), ("bo", wrong)):
            inside = f"{names[name]}/{NOTEBOOK}" if request.param == "moodle" else f"{names[name]}{NOTEBOOK}"
            archive.writestr(inside, content)
    code, output = autograder("collect", str(source), "--lesson", "01")
    assert code == 0, output
    hand_in(course, "zoe")
    code, output = autograder("grade")
    assert code == 0, output
    code, output = autograder("feedback", "--to", request.param)
    assert code == 0, output
    return request.param, course, output


def test_each_platform_finds_whose_feedback_it_is(returned, autograder):
    to, course, output = returned
    assert "did not come from" in output and "zoe" in output
    with zipfile.ZipFile(course.exports / f"{to}-{LESSON}.zip") as archive:
        inside = {name: archive.read(name).decode() for name in archive.namelist()}
    assert len(inside) == 2
    assert not any("140" in text or "BEGIN HIDDEN" in text for text in inside.values()), "hidden tests stay here"
    if to == "moodle":
        found = {moodle_finds(name): text for name, text in inside.items()}
        assert set(found) == {(n, "assignfeedback_file", "/feedback.html") for n in (4711, 4712)}
        assert "no name" in found[4712, "assignfeedback_file", "/feedback.html"]
        with (course.exports / f"{to}-{LESSON}.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        assert {row["Identifier"] for row in rows} == {"Participant 4711", "Participant 4712"}
        assert {"Identifier", "Grade", "Last modified (grade)"} <= set(rows[0])
        assert {row["Identifier"][-4:]: float(row["Grade"]) for row in rows if row["Grade"]} == {"4711": 3, "4712": 2}
    else:
        assert sorted(canvas_finds(name) for name in inside) == [["901", "7001"], ["fG4hI", "7003"]]
        for name, text in inside.items():
            assert name.endswith(f"_{NOTEBOOK}") and json.loads(text)["cells"][0]["source"].startswith("# Feedback")
        assert "no name" in inside[f"{CANVAS['bo']}{NOTEBOOK}"]

    before = (course.exports / f"{to}-{LESSON}.zip").read_bytes()
    assert autograder("feedback", "--to", to)[0] == 0
    assert (course.exports / f"{to}-{LESSON}.zip").read_bytes() == before
    classroom = read_class(course, course.lessons())
    with pytest.raises(CourseError, match="None of these hand-ins came from"):
        give_back(course, classroom, "canvas" if to == "moodle" else "moodle")
    with pytest.raises(CourseError, match="canvas or moodle"):
        give_back(course, classroom, "blackboard")
