"""What changes after grading: due dates, penalties, tests, marks, the version of nbgrader."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest
from nbgrader.api import Student
from sqlalchemy import Engine, event

from autograder.authoring.release import release
from autograder.collecting.collect import collect
from autograder.course import Course, CourseError, Lesson
from autograder.gradebook import record
from autograder.gradebook.due import both, in_zone, parse_due
from autograder.gradebook.person import Person
from autograder.gradebook.result import Result
from autograder.reports.analysis import read_class
from course_lib.student.start_page import start_page
from tests.autograder.tiny_course import (
    DOUBLE_TEST,
    GREET_TEST,
    LESSON,
    NOTEBOOK,
    grade,
    hand_in,
    hidden,
    lesson_cells,
    named,
    write_notebook,
)
from tests.autograder.tiny_course import points as points_of


@pytest.fixture
def graded(released: Course) -> Course:
    """A class of one, who handed in on 2 May; late hand-ins have no points."""
    with (released.root / "nbgrader_config.py").open("a", encoding="utf-8") as config:
        config.write('c.LateSubmissionPlugin.penalty_method = "zero"\n')
    hand_in(released, "ada", why="Because.").with_name("timestamp.txt").write_text("2026-05-02 12:00:00 UTC")
    grade(released)
    return released


def mark(course: Course, name: str, points: float) -> None:
    """Give points by hand, as Formgrader does."""
    with record.open_gradebook(course) as gradebook:
        one = gradebook.find_grade(name, NOTEBOOK.removesuffix(".ipynb"), LESSON, "ada")
        one.manual_score, one.needs_manual_grade = points, False
        gradebook.db.commit()


def waiting(course: Course) -> set[str]:
    one = read_class(course, course.lessons()).submissions["ada", LESSON]
    return {name for name, score in one.grades.items() if score.waits}


@pytest.mark.slow
def test_due_dates_extensions_and_marks_that_change_after_grading_change_the_penalty(graded, autograder):
    def penalty(*command: str) -> float:
        assert autograder(*command)[0] == 0
        return read_class(graded, graded.lessons()).submissions["ada", LESSON].penalty

    (lesson,) = graded.lessons()
    assert penalty("grade") == 0
    record.set_due(graded, lesson, datetime(2026, 5, 1, tzinfo=UTC))
    assert penalty("grade") == 3  # nothing is graded anew
    assert "1 d 12 h" in (graded.reports / "class.csv").read_text()
    mark(graded, "why", 2)
    assert penalty("export") == 5
    with record.open_gradebook(graded) as gradebook:
        gradebook.find_submission(LESSON, "ada").extension = timedelta(days=2)
        gradebook.db.commit()
    assert penalty("report") == 0
    autograder("due", "01", "2026-04-01 12:00 UTC")
    assert penalty("feedback") == 5


@pytest.mark.slow
def test_a_mark_stands_as_long_as_what_the_marker_saw(graded):
    mark(graded, "why", 2)
    mark(graded, "double_hidden", 0.5)
    assert waiting(graded) == set()
    cells = lesson_cells()
    named(cells, "greet_hidden")["source"] = hidden(GREET_TEST.format(name="Cy", greeting="Hello, Cy!"))
    write_notebook(graded.notebooks / LESSON / NOTEBOOK, cells)
    assert not grade(graded)["ada"].unchanged
    assert waiting(graded) == set()  # the test of another exercise has changed
    assert points_of(graded)["ada"] == 4.5

    named(cells, "double_hidden")["source"] = hidden(DOUBLE_TEST.format(a=70123, b=140247, c=8, d=16))
    write_notebook(graded.notebooks / LESSON / NOTEBOOK, cells)
    grade(graded)
    assert waiting(graded) == {"double_hidden"}  # it says something else now
    hand_in(graded, "ada", why="Because of this.")
    grade(graded)
    assert "why" in waiting(graded)
    assert points_of(graded)["ada"] == 4.5


@pytest.mark.slow
def test_points_and_marks_go_with_a_student_who_gets_the_right_id(graded, tmp_path):
    mark(graded, "why", 2)
    content = (graded.submitted / "ada" / LESSON / NOTEBOOK).read_bytes()
    drop = tmp_path / "drop" / "ada"
    drop.mkdir(parents=True)
    (drop / NOTEBOOK).write_bytes(content)
    collect(graded, [drop.parent])
    (tmp_path / "class.csv").write_text("id,email\nu1,ada@x.org\n", encoding="utf-8")
    collect(graded, [drop.parent], roster=tmp_path / "class.csv")
    assert points_of(graded) == {"u1": 5}
    grade(graded)
    assert points_of(graded) == {"u1": 5}
    with record.open_gradebook(graded) as gradebook:
        assert not any(one.needs_manual_grade for one in gradebook.find_submission(LESSON, "u1").notebooks[0].grades)
    assert [person.id for person in record.students(graded)] == ["u1"]


@pytest.mark.slow
def test_a_gradebook_of_an_older_nbgrader_is_left_as_it_is(graded, autograder):
    with closing(sqlite3.connect(graded.gradebook)) as book:
        book.execute("ALTER TABLE student DROP COLUMN lms_user_id")
        book.commit()
    before = graded.gradebook.read_bytes()
    for command in (("grade",), ("report",), ("export",), ("due", "01", "2026-05-01"), ("due",)):
        code, output = autograder(*command)
        assert code == 2 and "nbgrader db upgrade" in output and "older nbgrader" in output
        assert "Copy it (cp " in "".join(output)
    assert graded.gradebook.read_bytes() == before


def test_a_gradebook_that_is_kept_ready_shows_what_others_write(tmp_path):
    course = Course(tmp_path)
    with record.kept_ready(course):
        record.enrol(course, [Person("ada")])
        with closing(sqlite3.connect(course.gradebook)) as book:
            book.execute("UPDATE student SET first_name = 'Ada'")
            book.commit()
        assert record.students(course) == [Person("ada", "Ada")]
        with pytest.raises(ZeroDivisionError), record.open_gradebook(course) as gradebook:
            gradebook.find_student("ada").first_name = "Eve"
            raise ZeroDivisionError
        assert record.students(course) == [Person("ada", "Ada")]  # what was not committed is gone
        course.gradebook.unlink()
        record.enrol(course, [Person("bob")])
        assert record.students(course) == [Person("bob")]
        with record.open_gradebook(course) as outer, record.open_gradebook(course) as inner:
            assert outer is not inner


def test_the_gradebook_is_asked_no_more_for_a_large_class_or_a_long_lesson(tmp_path):
    (tmp_path / LESSON).mkdir()
    lesson = Lesson(LESSON, tmp_path / LESSON, tmp_path / LESSON / NOTEBOOK)
    place = (NOTEBOOK.removesuffix(".ipynb"), LESSON)
    seen: list[object] = []

    def asked(students: int, cells: int) -> tuple[int, int, int]:
        """Queries, and students that are read: to record one's hand-in, to read all marks, to read the class."""
        course = Course(tmp_path / f"{students}-{cells}")
        course.root.mkdir()
        names = [f"test{number}" for number in range(cells)]
        with record.open_gradebook(course) as gradebook:
            gradebook.update_or_create_assignment(LESSON, duedate="2026-05-01 12:00:00 UTC")
            gradebook.update_or_create_notebook(*place)
            for name in names:
                gradebook.update_or_create_grade_cell(name, *place, max_score=1, cell_type="code")
                gradebook.update_or_create_solution_cell(name, *place)
        result = Result(dict.fromkeys(names, 1.0), (), {}, (), (), lesson.folder)
        for number in range(students):
            seen.clear()
            record.record(course, lesson, f"s{number}", lesson.folder, result)
        recording = len(seen)
        seen.clear()
        assert {mark.points for mark in record.marks(course).values()} == {cells}
        reading = len(seen)
        seen.clear()
        assert {one.points for one in read_class(course, [lesson]).submissions.values()} == {cells}
        return recording, reading, len(seen) - students  # each is read once

    watched = [(Engine, "before_cursor_execute"), (Student, "load")]
    listeners = [(*one, lambda *_: seen.append(1)) for one in watched]
    for one in listeners:
        event.listen(*one)
    try:
        assert asked(2, 2) == asked(6, 2) == asked(2, 8)
    finally:
        for one in listeners:
            event.remove(*one)


@pytest.mark.parametrize(
    ("text", "zone", "utc"),
    [
        ("2026-11-20 23:59 UTC", "", "2026-11-20 23:59"),
        ("2026-11-20 23:59 -0600", "", "2026-11-21 05:59"),
        ("2026-11-20T23:59+01:00", "", "2026-11-20 22:59"),
        ("2026-11-20 23:59 America/Chicago", "", "2026-11-21 05:59"),
        ("2026-07-20 9:30", "Europe/Berlin", "2026-07-20 07:30"),
        ("2026-11-20", "Europe/Berlin", "2026-11-20 22:59"),
    ],
)
def test_a_due_date_is_what_was_meant(text, zone, utc):
    assert f"{parse_due(text, zone).astimezone(UTC):%Y-%m-%d %H:%M}" == utc


@pytest.mark.parametrize("text", ["2026-11-20 23:59 CST", "2026-11-20 23:59 Mars/Base", "20.11.2026", "2026-11-31", ""])
def test_a_due_date_that_can_be_misunderstood_is_refused(text):
    with pytest.raises(CourseError, match=r"not known for certain|is no date"):
        parse_due(text)


@pytest.mark.parametrize("text", ["2026-11-20 11:59 PM", "2026-11-20 23.59", "2026-11-20, 23:59"])
def test_a_time_in_another_form_is_not_taken_for_a_zone(text):
    with pytest.raises(CourseError, match="is no date"):
        parse_due(text)


@pytest.mark.parametrize("text", ["9999-12-31 23:59 America/Chicago", "0001-01-01 00:00 Asia/Tokyo", "2206-11-20"])
def test_a_year_that_is_a_slip_or_means_never_is_refused(text):
    with pytest.raises(CourseError, match="Where there is no date, write 'none'"):
        parse_due(text)


@pytest.mark.slow
def test_due_dates_are_said_back_in_both_zones(course, autograder):
    code, output = autograder("due", "01", "2026-11-20 23:59 America/Chicago")
    both_times = "Friday, 20 November 2026, 23:59 America/Chicago = Saturday, 21 November 2026, 05:59 UTC"
    assert code == 0 and f"{LESSON}: due {both_times}" in output
    code, output = autograder("due", "--zone", "America/Chicago")
    assert code == 0 and both_times in output
    assert record.due_dates(course) == {LESSON: datetime(2026, 11, 21, 5, 59, tzinfo=UTC)}
    assert autograder("due", "01", "2026-11-20 23:59 CST")[0] == 2
    list(release(course, course.lessons()))
    read = course.release / LESSON / "due.txt"
    assert "Saturday, 21 November 2026, 05:59 UTC" in read.read_text()
    autograder("due", "01", "2026-11-27 23:59 America/Chicago")
    assert read.read_text() == (
        "Friday, 27 November 2026, 23:59 America/Chicago = Saturday, 28 November 2026, 05:59 UTC\n"
    )
    assert f"Due {read.read_text()}" in start_page(course.release)
    assert both(in_zone(datetime(2026, 1, 1, tzinfo=UTC), "UTC")) == "Thursday, 01 January 2026, 00:00 UTC"
