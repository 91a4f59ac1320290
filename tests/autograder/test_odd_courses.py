"""The course's own folder, settings and gradebook as they may come: each command says what is wrong and what to do."""

import shutil
import sqlite3
from contextlib import closing

import pytest
import typer
from sqlalchemy.exc import OperationalError

from autograder.commands.shared import orderly
from autograder.course import Course, read_config
from autograder.gradebook import backup, record
from autograder.gradebook.person import Person
from tests.autograder.conftest import make_course
from tests.autograder.tiny_course import LESSON


@pytest.mark.parametrize("name", ["What is Spark?", "Spark%20course, 100%"])
def test_the_gradebook_lies_in_the_course_whatever_its_folder_is_called(tmp_path, name):
    course = make_course(tmp_path / name)
    record.enrol(course, [Person("ada")])
    assert course.gradebook == course.root / "gradebook.db" and course.gradebook.is_file()
    assert [folder.name for folder in tmp_path.iterdir()] == [name]
    assert read_config(course.root).CourseDirectory.db_url == course.gradebook_url  # plain nbgrader takes the same


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("c.LateDays.free_days = (3", "line 4 stops with SyntaxError: '(' was never closed"),
        ("from a_neighbours_course import c", "line 4 stops with ModuleNotFoundError"),
        ("c.LateDays.free_days = three", "line 4 stops with NameError: name 'three' is not defined"),
        ("c.CourseDirectory.db_url = 'gradebook.db'", "'gradebook.db' is no address of a database"),
    ],
)
def test_settings_that_stop_are_told_with_their_line(course: Course, autograder, line, said):
    (course.root / "nbgrader_config.py").write_text(f"c = get_config()\n\n# mine\n{line}\n")
    code, output = autograder("due")
    assert code == 2 and "nbgrader_config.py" in output and said in output


def test_a_gradebook_that_another_program_holds_keeps_nobody_waiting(course: Course, monkeypatch):
    record.enrol(course, [Person("ada")])
    connect = sqlite3.connect
    monkeypatch.setattr(backup.sqlite3, "connect", lambda path: connect(path, timeout=0.1))
    with closing(connect(course.gradebook, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert "not backed up: database is locked" in backup.back_up(course)
        other.execute("ROLLBACK")
    assert backup.back_up(course) == "" and len(list(course.backups.glob("gradebook-*.db"))) == 1


@pytest.mark.parametrize("name", ["submitted", "autograded"])
def test_a_file_in_a_folders_place_is_told(course: Course, autograder, name):
    (course.root / "in" / "ada").mkdir(parents=True)
    (course.root / name).write_text("")
    code, output = autograder("collect", "in")
    assert code == 2 and f"{course.root / name}: File exists. Mend that. What was collected is in its place." in output


def test_a_gradebook_that_takes_nothing_is_told(capsys):
    with pytest.raises(typer.Exit) as ended, orderly("Run it again."):
        raise OperationalError("INSERT ...", {}, sqlite3.OperationalError("database is locked"))
    assert ended.value.exit_code == 2
    said = capsys.readouterr().out
    assert said == "The gradebook: (sqlite3.OperationalError) database is locked. Mend that. Run it again.\n"


@pytest.mark.parametrize("content", ["[]", "null", "{", '{"people": [], "hand_ins": null}'])
def test_a_spoiled_memory_of_what_was_collected_is_begun_anew(course: Course, autograder, content):
    course.submitted.mkdir()
    course.collected.write_text(content)
    shutil.copytree(course.notebooks / LESSON, course.root / "in" / "ada")
    assert autograder("collect", "in")[0] == 0
    assert (course.submitted / "ada" / LESSON).is_dir()
