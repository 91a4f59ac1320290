"""Points for other gradebooks: they come back as they were, and no name is a formula."""

import csv
import subprocess
import sys
from dataclasses import replace

import pytest

from autograder.collecting.roster import safe_id
from autograder.course import CourseError
from autograder.gradebook.person import Person, login
from autograder.reading.sanitize import from_cell
from autograder.reports.analysis import read_class
from autograder.reports.export import export, read_csv
from tests.autograder.hostile_class import ANSWERS, FORMULA, LESSON
from tests.autograder.tiny_course import wide_environment

pytestmark = pytest.mark.slow

ROSTER = [
    [
        "Student",
        "ID",
        "SIS User ID",
        "SIS Login ID",
        "Section",
        "Old essay (17)",
        "Small numbers (4711)",
        "Final Score",
    ],
    ["    Points Possible", "", "", "", "", "10", "5", "(read only)"],
    ["Lovelace, Ada", "901", "u1", "ADA", "A", "9", "", "88"],
    ["=Boole(), George", "902", "u2", "bo", "A", "8", "1", "77"],
    ["Nobody, Handed In", "903", "u3", "nina", "A", "", "", ""],
]


@pytest.fixture
def classroom(hostile_class):
    return read_class(hostile_class, hostile_class.lessons())


@pytest.mark.parametrize("to", ["nbgrader", "canvas", "moodle"])
def test_what_is_written_comes_back(classroom, tmp_path, to):
    made = export(classroom, to)
    path = made.write(tmp_path / "points.csv")
    found = read_csv(path)
    written = [dict(zip(made.header, map(str, row), strict=True)) for row in made.rows]
    assert found == written
    names = {value for row in found for value in row.values()}
    assert set(ANSWERS) <= names
    assert "@mia" in names or to == "canvas"
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.reader(file, strict=True):
            assert not any(value.lstrip().startswith(("=", "@", "+")) for value in row)
    for said in ("wait for a person", "could not be graded", "Taken off for being late: 1 point, from 1 hand-in."):
        assert [remark for remark in made.remarks if said in remark], said


def test_nbgraders_columns_hold_what_nbgraders_own_export_says(classroom, hostile_class, tmp_path):
    theirs = tmp_path / "theirs.csv"
    command = [
        sys.executable,
        "-m",
        "nbgrader",
        "export",
        "--to",
        str(theirs),
        "--student",
        "['ada', 'bo', 'cy', 'zoe']",
    ]
    subprocess.run(command, cwd=hostile_class.root, env=wide_environment(), capture_output=True, check=True)
    ours = {row["student_id"]: row for row in read_csv(export(classroom, "nbgrader").write(tmp_path / "ours.csv"))}
    for row in read_csv(theirs):
        assert ours[row["student_id"]] == row


@pytest.mark.parametrize("between", [",", ";"])
def test_canvas_keeps_its_ids_and_its_name_of_the_lesson(classroom, tmp_path, between):
    roster = tmp_path / "canvas.csv"
    with roster.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=between).writerows(ROSTER)
    made = export(classroom, "canvas", roster)
    assert made.header == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Small numbers (4711)"]
    found = read_csv(made.write(tmp_path / "filled.csv"))
    assert [row["Small numbers (4711)"] for row in found] == ["5.0", "3.5", "1.0", ""]
    assert [[row[column] for column in made.header[:5]] for row in found] == [row[:5] for row in ROSTER[1:]]
    assert "cy" in made.remarks[0] and FORMULA in made.remarks[0]


def test_canvas_gets_a_new_column_where_it_has_none(classroom, tmp_path):
    roster = tmp_path / "canvas.csv"
    roster.write_text("Student,ID,SIS Login ID\nLovelace,901,ada\n", encoding="utf-8")
    made = export(classroom, "canvas", roster)
    assert made.header[-1] == LESSON and made.rows == [["Lovelace", "901", "ada", 3.5]]


def test_canvas_knows_students_by_its_number_where_the_gradebook_has_it(classroom, tmp_path):
    people = classroom.people | {"ada": Person("ada", lms="902")}
    roster = tmp_path / "canvas.csv"
    roster.write_text("Student,ID,SIS Login ID\nX,901,ada\nY,902,y\n", encoding="utf-8")
    assert [row[-1] for row in export(replace(classroom, people=people), "canvas", roster).rows] == ["", 3.5]


@pytest.mark.parametrize("name", ["o'neil", "ada+keras@x.edu", "Müller, Zoë", "~41", "王小明"])
def test_platforms_get_the_login_that_they_gave(classroom, tmp_path, name):
    """In the course's folders a name is written so that every file system takes it."""
    assert login(safe_id(name)) == name
    people = {safe_id(name): Person(safe_id(name))}
    own = replace(classroom, people=people, submissions={(safe_id(name), LESSON): classroom.submissions["ada", LESSON]})
    roster = tmp_path / "canvas.csv"
    roster.write_text(f'Student,ID,SIS Login ID\nX,901,"{name}"\n', encoding="utf-8")
    assert export(own, "moodle").rows[0][0] == export(own, "canvas").rows[1][3] == name
    assert export(own, "canvas", roster).rows == [["X", "901", name, 3.5]]


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n", 'Student,ID\n"open', "\x00"])
def test_a_roster_that_is_none_is_refused(classroom, tmp_path, text):
    roster = tmp_path / "canvas.csv"
    roster.write_text(text, encoding="utf-8")
    with pytest.raises(CourseError):
        export(classroom, "canvas", roster)


def test_wrong_use(classroom, tmp_path):
    with pytest.raises(CourseError, match="not 'blackboard'"):
        export(classroom, "blackboard")
    with pytest.raises(CourseError, match="Canvas"):
        export(classroom, "moodle", tmp_path)


def test_numbers_are_numbers(classroom, tmp_path):
    text = export(classroom, "moodle").write(tmp_path / "points.csv").read_text(encoding="utf-8")
    assert '"ada","",3.5' in text and from_cell("'" + FORMULA) == FORMULA
