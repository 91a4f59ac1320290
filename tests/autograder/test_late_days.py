"""Late days: counted by the clock on the wall, free ones spent in order, reckoned anew without a kernel."""

import shutil
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from nbgrader.api import Gradebook
from nbgrader.preprocessors import AssignLatePenalties

from autograder.course import Course, CourseError, read_config
from autograder.gradebook import record
from autograder.gradebook.late_days import LATE, Rules
from autograder.plugins import AssignPenalties
from autograder.reports.analysis import read_class
from autograder.reports.feedback import html as feedback_page
from autograder.reports.report import html as report_page
from course_lib import submit
from course_lib.student.start_page import start_page
from tests.autograder.booked import LESSONS, book, penalties, rule, three_lessons
from tests.autograder.conftest import make_course
from tests.autograder.test_plain_nbgrader import nbgrader
from tests.autograder.tiny_course import LESSON, hand_in, lesson_cells, write_notebook

ZONES = ("Europe/Berlin", "America/New_York", "UTC", "Australia/Lord_Howe")
SECOND = timedelta(seconds=1)


@pytest.fixture
def course(course: Course) -> Course:
    return three_lessons(course)


@pytest.fixture(scope="session")
def term_book(tmp_path_factory) -> Path:
    """The gradebook of :func:`term`, made once. Only to be copied."""
    made = three_lessons(make_course(tmp_path_factory.mktemp("term") / "course"))
    for number, (lesson, day) in enumerate(zip(LESSONS, (1, 8, 15), strict=True)):
        book(made, "ada", lesson, f"2026-05-{day + (2, 0, 3)[number]:02} 11:00:00")
        (one,) = made.lessons([lesson])
        record.set_due(made, one, datetime(2026, 5, day, 12, tzinfo=UTC))
    return made.root / "gradebook.db"


@pytest.fixture
def term(course: Course, term_book: Path) -> Course:
    """Three lessons due on 1, 8 and 15 May at noon UTC; ada was 2 days late, in time, and 3 days late."""
    shutil.copy(term_book, course.root)
    rule(course, zone="UTC", percent_a_day=10)
    return course


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("clock", [(23, 59), (2, 30), (0, 0)])
def test_days_are_those_of_the_clock_on_the_wall_all_through_two_years(zone, clock):
    rules, place = Rules(zone=zone), ZoneInfo(zone)
    for number in range(730):
        typed = datetime(2026, 1, 1, *clock, tzinfo=place) + timedelta(days=number)
        due = typed.astimezone(UTC)  # 2:30 may not be on the clock that night
        for days in (0, 1, 2, 7):
            # Python adds days on the wall, too
            edge = (due.astimezone(place) + timedelta(days=days)).astimezone(UTC)
            assert rules.days_late(due, edge) == days, typed
            assert rules.days_late(due, edge + 2 * SECOND) == days + 1, typed


@pytest.mark.parametrize(
    ("zone", "due", "handed_in", "days"),
    [
        # summer time ends on 25 October 2026 in Berlin: that Sunday has 25 hours
        ("Europe/Berlin", "2026-10-24T21:59", "2026-10-25T22:59", 1),
        ("Europe/Berlin", "2026-10-24T21:59", "2026-10-25T23:00", 2),
        # it begins on 28 March 2027: that Sunday has 23
        ("Europe/Berlin", "2027-03-27T22:59", "2027-03-28T21:59", 1),
        ("Europe/Berlin", "2027-03-27T22:59", "2027-03-28T22:00", 2),
        # New York: back on 1 November 2026, forward on 14 March 2027
        ("America/New_York", "2026-11-01T03:59", "2026-11-02T04:59", 1),
        ("America/New_York", "2026-11-01T03:59", "2026-11-02T05:00", 2),
        ("America/New_York", "2027-03-14T04:59", "2027-03-15T03:59", 1),
        ("America/New_York", "2027-03-14T04:59", "2027-03-15T04:00", 2),
        ("UTC", "2026-10-24T21:59", "2026-10-25T22:59", 2),
        # 2:30 comes twice that night; what is due at the second is in time at the second
        ("Europe/Berlin", "2026-10-25T01:30", "2026-10-25T01:30", 0),
        ("Europe/Berlin", "2026-10-25T00:30", "2026-10-25T01:30", 1),
    ],
)
def test_a_day_in_which_the_clock_is_changed_is_one_day(zone, due, handed_in, days, monkeypatch):
    times = [datetime.fromisoformat(text).replace(tzinfo=UTC) for text in (due, handed_in)]
    assert Rules(zone=zone).days_late(*times) == days
    monkeypatch.setenv("TZ", zone)  # the same where the zone is this machine's
    time.tzset()
    try:
        assert Rules().days_late(*times) == days
    finally:
        monkeypatch.undo()
        time.tzset()


def test_the_grace_holds_at_the_end_of_each_day():
    rules = Rules(grace_minutes=15, zone="UTC")
    due = datetime(2026, 5, 1, 12, tzinfo=UTC)

    def days(**late: int) -> int:
        return rules.days_late(due, due + timedelta(**late))

    assert [days(minutes=-1), days(minutes=15), days(minutes=15, seconds=1)] == [0, 0, 1]
    assert [days(days=1, minutes=15), days(days=1, minutes=16)] == [1, 2]
    assert rules.days_late(due, due + LATE) == 1  # Canvas says that it is late, not by how much
    assert rules.days_late(due, datetime(9999, 1, 1, tzinfo=UTC)) > 2_900_000


def test_free_days_go_to_what_is_due_first_and_all_is_reckoned_anew(term, autograder):
    def after(*command: str) -> dict[str, float]:
        code, output = autograder(*(command or ("report",)))
        assert code == 0, output
        return penalties(term)

    assert after() == {"01": 2, "02": 0, "03": 3}
    rule(term, free_days=3)
    assert after() == {"01": 0, "02": 0, "03": 2}  # two of the three went to lesson 01
    assert after("due", "01", "2026-05-30 12:00 UTC") == {"01": 0, "02": 0, "03": 0}  # in time now, none is spent there
    assert after("due", "01", "none") == {"01": 0, "02": 0, "03": 0}
    assert after("due", "01", "2026-05-01 12:00 UTC") == {"01": 0, "02": 0, "03": 2}
    assert after("due", "03", "2026-04-15 12:00 UTC")["01"] == 2  # lesson 03 comes first now, and takes them all
    # with more time it still comes first: the order is that of the lessons' own dates
    assert after("due", "03", "2026-05-15 12:00 UTC", "--student", "ada") == {"01": 2, "02": 0, "03": 0}
    assert after("due", "03", "none", "--student", "ada")["03"] == 10
    rule(term, percent_a_day=0)
    assert after("export") == {"01": 0, "02": 0, "03": 0}


def test_nbgraders_own_setting_takes_all_points_once_no_day_is_free(term, autograder):
    with (term.root / "nbgrader_config.py").open("a", encoding="utf-8") as config:
        config.write('c.LateSubmissionPlugin.penalty_method = "zero"\n')
    rule(term, free_days=2)
    assert autograder("report")[0] == 0
    assert penalties(term) == {"01": 0, "02": 0, "03": 10}


@pytest.mark.parametrize("step", [AssignPenalties, AssignLatePenalties])
def test_nbgraders_step_takes_off_the_same_in_whatever_order_lessons_are_graded(term, step):
    rule(term, free_days=3)
    record.reckon_penalties(term)
    ours = penalties(term)
    assert ours["03"] == 2
    for order in (LESSONS, LESSONS[::-1]):
        with Gradebook(term.gradebook_url) as gradebook:
            for name in LESSONS:
                gradebook.find_submission(name, "ada").notebooks[0].late_submission_penalty = 7.0
            gradebook.db.commit()
        config = read_config(term.root)
        for lesson in order:
            names = {"notebook": lesson[3:], "assignment": lesson, "student": "ada", "db_url": term.gradebook_url}
            step(config=config).preprocess(_empty_notebook(), {"nbgrader": names})
        assert penalties(term) == ours


def _empty_notebook():
    from nbformat.v4 import new_notebook

    return new_notebook()


@pytest.mark.slow
def test_changing_the_rules_runs_no_notebook_and_plain_nbgrader_agrees(course, autograder):
    autograder("release", "01")
    hand_in(course, "ada").with_name("timestamp.txt").write_text("2026-05-02 13:00:00 UTC")
    autograder("due", "01", "2026-05-01 14:00 Europe/Berlin")
    assert autograder("grade")[0] == 0
    assert penalties(course) == {"01": 0}
    before = (course.autograded / "ada" / LESSON / "small_numbers.ipynb").read_bytes()
    rule(course, percent_a_day=25, zone="UTC")
    code, output = autograder("grade")
    assert code == 0 and "0 graded now, 1 unchanged" in output
    assert penalties(course) == {"01": 1.5}  # two days have begun; half of three points
    assert (course.autograded / "ada" / LESSON / "small_numbers.ipynb").read_bytes() == before
    rule(course, grace_minutes=120)
    nbgrader(course, "autograde", LESSON, "--force")
    assert penalties(course) == {"01": 0.75}
    assert autograder("release", "01")[0] == 0  # nothing else is new in it
    assert "25 % of the points" in (course.release / LESSON / "due.txt").read_text()


def test_only_what_being_late_costs_is_left_out_of_a_lessons_hash(course):
    def digest() -> str:
        (lesson,) = course.lessons(["01"])
        return lesson.digest

    before = digest()
    rule(course, free_days=3, percent_a_day=10)
    with (course.root / "nbgrader_config.py").open("a", encoding="utf-8") as config:
        config.write('c.LateSubmissionPlugin.penalty_method = "zero"  # and a comment\n')
    assert digest() == before
    with (course.root / "nbgrader_config.py").open("a", encoding="utf-8") as config:
        config.write("c.Execute.timeout = 7\n")
    assert digest() != before


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ({"free_day": 3}, "no c.LateDays.free_day. Perhaps free_days?"),
        ({"free_days": 2.5}, "it must be a whole number"),
        ({"percent_a_day": 110}, "it must be between 0 and 100"),
        ({"percent_a_day": "10"}, "it must be a number"),
        ({"grace_minutes": -1}, "it must be 0 or more"),
        ({"zone": "CET"}, "The time zone 'CET' is not known for certain"),
    ],
)
def test_rules_that_cannot_be_meant_stop_with_a_word(term, autograder, setting, said):
    record.reckon_penalties(term)
    before = penalties(term)
    rule(term, **setting)
    for command in ("due", "report", "grade"):
        code, output = autograder(command)
        assert code == 2 and said in output, output
    assert penalties(term) == before


def test_an_extension_is_said_back_kept_in_the_table_and_shown(term, autograder):
    rule(term, zone="Europe/Berlin")
    code, output = autograder("due", "01", "2026-05-04 23:59", "--student", "ada")
    said = "ada has until Monday, 04 May 2026, 23:59 Europe/Berlin = Monday, 04 May 2026, 21:59 UTC"
    assert code == 0 and said in output
    assert penalties(term)["01"] == 0
    code, output = autograder("due")
    assert said in output and "Every day late that has begun takes off 10 % of the points" in output
    assert "01_small_numbers: due Friday, 01 May 2026, 14:00 Europe/Berlin = Friday, 01 May 2026, 12:00 UTC" in output
    # the table may be edited by hand, and may say who before anything is handed in
    with term.extensions.open("a", encoding="utf-8") as table:
        table.write("ada;03;2026-05-30\n".replace(";", ","))
        table.write("bo,02,2026-05-20\n")
    code, output = autograder("report")
    assert penalties(term)["03"] == 0
    code, output = autograder("due")
    assert "extensions.csv, line 4: nobody in the class, and no team, is called 'bo'" in output
    # the lesson's own date counts where it is the later one
    code, output = autograder("due", "01", "2026-04-20", "--student", "ada")
    assert code == 0 and "The lesson's own date is later, and it counts" in output
    assert penalties(term)["01"] == 2


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("id,lesson,until\nada,01,soon\n", "extensions.csv, line 2: 'soon' is no date"),
        ("id,lesson,until\nada,09,2026-05-04\n", "extensions.csv, line 2: No lesson begins with '09'"),
        ("id,lesson\nada,01\n", "extensions.csv has no column 'until'"),
        ("id,lesson,until\nada,01,2026-05-04\nada,01_s,2026-05-05\n", "line 3: ada has an extension"),
        ("id,lesson,until\nada,,2026-05-04\n", "line 2: 'lesson' is empty"),
    ],
)
def test_a_table_that_can_be_misunderstood_is_refused_and_stays_as_it_is(term, autograder, rows, said):
    term.extensions.write_text(rows, encoding="utf-8")
    for command in (("due",), ("report",), ("due", "01", "2026-05-09", "--student", "ada")):
        code, output = autograder(*command)
        assert code == 2 and said in output, output
    assert term.extensions.read_text(encoding="utf-8") == rows


def test_nobody_gets_an_extension_by_a_slip(term, autograder):
    code, output = autograder("due", "01", "2026-05-09", "--student", "adda")
    assert code == 2 and "Nobody in the class, and no team, is called 'adda'. Perhaps ada?" in output
    assert not term.extensions.exists()
    code, output = autograder("due", "01", "--student", "ada")
    assert code == 2 and "Until when?" in output
    code, output = autograder("due", "01", "none", "--student", "ada")
    assert code == 0 and "ada had no extension" in output


def test_report_feedback_and_export_tell_of_it(term, autograder):
    rule(term, free_days=4)
    assert autograder("report")[0] == 0
    table = (term.reports / "class.csv").read_text(encoding="utf-8")
    assert '"late days","free days","team"' in table
    assert '"ada","03_odd_numbers",9' in table and '"2 d 23 h","",3,2,""' in table
    classroom = read_class(term, term.lessons())
    page = report_page(classroom)
    assert "Over the whole term 4 late days are free" in page and "free days left" in page
    (third,) = term.lessons(["03"])
    page = feedback_page(classroom.submissions["ada", third.name], third, classroom)
    assert "Due Friday, 15 May 2026, 12:00 UTC" in page
    assert "1 point taken off" in page and "That is 3 late days, 2 of them free; no free days are left" in page
    code, output = autograder("export")
    assert code == 0 and "Taken off for being late: 1 point, from 1 hand-in." in output


def test_students_read_the_date_and_the_rules(course, autograder):
    write_notebook(course.release / LESSON / "small_numbers.ipynb", lesson_cells())
    rule(course, zone="Europe/Berlin", grace_minutes=10, free_days=1, percent_a_day=10)
    assert autograder("due", "01", "2026-05-01 23:59")[0] == 0
    rules = (
        "Up to 10 minutes late cost nothing. Over the whole term 1 late day is free. It is spent without your doing, "
        "on the lesson that is due first. Every other day late that has begun takes off 10 % of the points that you "
        "earned."
    )
    page = start_page(course.release)
    assert "Due Friday, 01 May 2026, 23:59 Europe/Berlin = Friday, 01 May 2026, 21:59 UTC" in page and rules in page
    notebook = course.release / LESSON / "small_numbers.ipynb"
    first, *rest = submit.due(notebook, datetime(2026, 4, 30, 20, 29, tzinfo=UTC))
    assert first.endswith("21:59 UTC: 1 d 1 h left") and rest == [rules]
    (late, _) = submit.due(notebook, datetime(2026, 5, 1, 23, 4, tzinfo=UTC))
    assert "1 h 5 min ago, unless your teacher gave you another date" in late
    rule(course, free_days=0, percent_a_day=0)
    assert autograder("due", "01", "2026-05-01 23:59")[0] == 0
    assert submit.due(notebook, datetime(2026, 4, 30, tzinfo=UTC))[1:] == []
    assert autograder("due", "01", "none")[0] == 0
    assert submit.due(notebook, datetime(2026, 4, 30, tzinfo=UTC)) == []


def test_rules_are_read_from_the_settings_alone(course):
    assert Rules.of(course) == Rules()
    rule(course, percent_a_day=10, zone="Nowhere/Land")
    with pytest.raises(CourseError, match="Nowhere/Land"):
        Rules.of(course)
