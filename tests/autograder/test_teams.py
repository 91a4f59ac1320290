"""Teams: one hand-in, and each member has it, its points, its marks and its feedback; nothing is lost on the way."""

import csv
import json
import shutil
import zipfile
from pathlib import Path

import pytest

from autograder.course import Course
from autograder.gradebook import record
from autograder.gradebook.person import Person
from autograder.gradebook.teams import Row, Teams
from autograder.reports.analysis import read_class
from autograder.reports.feedback import html as feedback_page
from autograder.reports.give_back import give_back
from autograder.reports.report import html as report_page
from autograder.reports.similar import compare
from autograder.reports.similar_page import labels
from tests.autograder.booked import LESSONS, book, files, penalties, rule, three_lessons
from tests.autograder.conftest import make_course
from tests.autograder.test_collect import notebook, packed
from tests.autograder.test_give_back import moodle_finds
from tests.autograder.tiny_course import LESSON, NOTEBOOK, grade, hand_in, points

CLASS = [Person("ada", "Ada", "Lovelace", "ada@x.org", "901"), Person("bo", "Bö", "O'Neil", "bo@x.org", "902")]
CLASS += [Person("cy", "Cy", "Young", "cy@x.org", "903"), Person("dan", "Dan", "Doe", "dan@x.org", "904")]


@pytest.fixture
def course(course: Course) -> Course:
    """Three lessons and a class of four; ada, bo and cy are team Red."""
    three_lessons(course)
    record.enrol(course, CLASS)
    table(course, "Red,ada,", "Red,bo,", "Red,cy,")
    return course


def table(course: Course, *rows: str, name: str = "teams.csv", heading: str = "team,id,lesson") -> Path:
    path = course.root / name
    path.write_text("\n".join([heading, *rows, ""]), encoding="utf-8")
    return path


def drop(course: Course, files: dict[str, bytes], day: int = 1, name: str = "drop.zip") -> str:
    return str(packed(course.root / name, files, day))


def who_has(course: Course, lesson: str = LESSON) -> dict[str, str]:
    """Member → the answer in the notebook that lies under the member's name."""
    found = {}
    for path in sorted(course.submitted.glob(f"[!.]*/{lesson}/*.ipynb")):
        found[path.parent.parent.name] = json.loads(path.read_bytes())["cells"][-1]["source"]
    return found


def mark(course: Course, student: str, points: float | None, lesson: str = LESSON, comment: str | None = None) -> None:
    """Give points by hand, as Formgrader does."""
    with record.open_gradebook(course) as gradebook:
        grade = gradebook.find_grade("why", lesson[3:], lesson, student)
        grade.manual_score, grade.needs_manual_grade = points, points is None
        if comment:
            gradebook.find_comment("why", lesson[3:], lesson, student).manual_comment = comment
        gradebook.db.commit()


def marks(course: Course, lesson: str = LESSON) -> dict[str, tuple[float | None, bool]]:
    """Student → the mark of the written answer, and whether it waits."""
    with record.open_gradebook(course) as gradebook:
        found = gradebook.find_assignment(lesson).submissions
        rows = {one.student_id: gradebook.find_grade("why", lesson[3:], lesson, one.student_id) for one in found}
        return {student: (row.manual_score, row.needs_manual_grade) for student, row in sorted(rows.items())}


# ------------------------------------------------------------------------------------------------ the hand-in


def test_what_one_hands_in_lies_under_each_members_name(course, autograder):
    code, output = autograder("collect", drop(course, {f"bo/{NOTEBOOK}": notebook("ours")}))
    assert code == 0, output
    assert who_has(course) == {"ada": "ours", "bo": "ours", "cy": "ours"}
    assert f"missing · {LESSON}: dan" in output
    before = files(course, "ada", LESSON)
    code, output = autograder("collect", str(course.root / "drop.zip"))
    assert "members handed in" not in output and files(course, "ada", LESSON) == before
    # the next version goes to all, and no copy is taken for a hand-in of its own
    code, output = autograder("collect", drop(course, {f"bo/{NOTEBOOK}": notebook("newer")}, 2))
    assert set(who_has(course).values()) == {"newer"} and "members handed in" not in output
    assert [path.parents[1].parent.name for path in course.earlier.rglob("*.ipynb")] == ["bo"]


def test_of_two_hand_ins_the_newest_counts_and_the_other_is_kept(course, autograder):
    autograder("collect", drop(course, {f"bo/{NOTEBOOK}": notebook("bo's")}, 2))
    code, output = autograder("collect", drop(course, {f"cy/{NOTEBOOK}": notebook("cy's")}, 3))
    assert set(who_has(course).values()) == {"cy's"}
    assert (
        "team Red: 2 members handed in. cy's counts for all (the newest); put aside in submitted/.earlier: bo's"
        in output
    )
    code, output = autograder("collect", drop(course, {f"ada/{NOTEBOOK}": notebook("ada's")}, 1))
    assert set(who_has(course).values()) == {"cy's"}  # ada's is older
    kept = {json.loads(path.read_bytes())["cells"][-1]["source"] for path in course.earlier.rglob("*.ipynb")}
    assert {"ada's", "bo's"} <= kept
    everything = {f"{who}/{NOTEBOOK}": notebook(f"{who}'s") for who in ("bo", "cy", "ada")}
    code, output = autograder("collect", drop(course, everything, 1, "all.zip"))
    assert set(who_has(course).values()) == {"cy's"} and code == 0


def test_where_nothing_says_which_is_newer_the_instructor_is_told(course, autograder):
    both = {f"{who}/{NOTEBOOK}": notebook(f"{who}'s") for who in ("bo", "cy")}
    _code, output = autograder("collect", drop(course, both))
    assert set(who_has(course).values()) == {"bo's"}
    assert "nothing says which is the newest, so the first by name" in output
    (again,) = [path for path in course.earlier.rglob("*.ipynb")]
    assert json.loads(again.read_bytes())["cells"][-1]["source"] == "cy's"


def test_the_same_work_handed_in_again_by_another_makes_nobody_late(course, autograder):
    for who, when in (("bo", "2026-05-01 10:00"), ("cy", "2026-05-03 10:00")):
        path = course.submitted / who / LESSON / NOTEBOOK
        path.parent.mkdir(parents=True)
        path.write_bytes(notebook("the same"))
        path.with_name("timestamp.txt").write_text(f"{when}:00 UTC\n")
    code, output = autograder("teams")
    assert code == 0 and "members handed in" not in output
    times = {(course.submitted / who / LESSON / "timestamp.txt").read_text() for who in ("ada", "bo", "cy")}
    assert times == {"2026-05-01 10:00:00 UTC\n"}


def test_a_secret_of_the_exchange_stays_with_its_owner(course, autograder):
    path = course.submitted / "bo" / LESSON / NOTEBOOK
    path.parent.mkdir(parents=True)
    path.write_bytes(notebook("ours"))
    path.with_name("submission_secret.txt").write_text("bo's own")
    autograder("teams")
    assert {path.parents[1].name for path in course.submitted.rglob("submission_secret.txt")} == {"bo"}
    assert files(course, "ada", LESSON) == files(course, "bo", LESSON)


# -------------------------------------------------------------------------------------- from Canvas and Moodle

WORKSHEET = """Identifier,Full name,Email address,Status,Group,Grade,Maximum Grade,Last modified (submission)
Participant 11,Ada Lovelace,ada@x.org,Submitted for grading,Red_1,,5,"Friday, 1 May 2026, 10:00 AM"
Participant 12,Bö O'Neil,bo@x.org,Submitted for grading,Red_1,,5,"Friday, 1 May 2026, 10:00 AM"
Participant 77,Dan Doe,dan@x.org,No submission,Default group,,5,-
"""
CANVAS = """name,canvas_user_id,user_id,login_id,sections,group_name,canvas_group_id,group_id
"Lovelace, Ada",901,s1,ada,All,Team Blue,5,
"O'Neil, Bö",902,s2,bo,All,Team Blue,5,
"Doe, Dan",904,s4,dan,All,,,
"""


def test_moodles_group_is_told_from_a_student_with_the_same_number(course, autograder):
    course.teams.unlink()
    worksheet = course.root / "worksheet.csv"
    worksheet.write_text(WORKSHEET, encoding="utf-8")
    source = drop(course, {f"Red 1_77_assignsubmission_file/{NOTEBOOK}": notebook("ours")})
    code, output = autograder("collect", source, "--roster", str(worksheet))
    assert code == 1 and "a group has handed it in" in output and "autograder teams worksheet.csv" in output
    assert who_has(course) == {}

    code, output = autograder("teams", str(worksheet))
    assert code == 0 and "Red_1: ada, bo" in output and "1 students are in no group there" in output
    code, output = autograder("collect", source, "--roster", str(worksheet))
    assert code == 0, output
    assert who_has(course) == {"ada": "ours", "bo": "ours"}  # participant 77 is dan, group 77 is not
    times = {path.read_text()[:16] for path in course.submitted.glob(f"*/{LESSON}/timestamp.txt")}
    assert len(times) == 1 and times.pop().startswith("2026-05-01")

    for student in ("ada", "bo"):
        book(course, student, LESSON)
    (made,) = give_back(course, read_class(course, course.lessons(["01"])), "moodle")
    assert made.students == 2 and made.left_out == ()
    with zipfile.ZipFile(made.files[0]) as archive:
        assert {moodle_finds(name)[0] for name in archive.namelist()} == {11, 12}
    with made.files[1].open(encoding="utf-8", newline="") as file:
        assert {row["Identifier"] for row in csv.DictReader(file)} == {"Participant 11", "Participant 12"}


def test_a_team_of_most_of_the_class_may_be_those_in_no_group(course, autograder):
    """Moodle says `Default group` in the language of whoever downloads; all of them would share one's points."""
    course.teams.unlink()
    groups = ["Groupe par défaut"] * 8 + ["Rouge"] * 2
    rows = [f"Participant {n},P {n},p{n}@x.org,Remis,{group},,5,-" for n, group in enumerate(groups, 1)]
    heading = "Identifiant,Nom complet,Adresse de courriel,Statut,Groupe,Note,Note maximale,Dernière modification"
    (course.root / "w.csv").write_text("\n".join([heading, *rows]), encoding="utf-8")
    output = autograder("teams", "w.csv")[1]
    assert "Groupe par défaut has 8 of 10 students, and one hand-in gives points to all of them." in output
    assert "Rouge has" not in output


def test_canvas_has_one_file_for_the_group_and_takes_one_back(course, autograder):
    course.teams.unlink()
    (course.root / "groups.csv").write_text(CANVAS, encoding="utf-8")
    code, output = autograder("teams", "groups.csv")
    assert code == 0 and "Team Blue: ada, bo" in output and "In no team: cy, dan" in output
    names = {"teamblue_902_70_small_numbers.ipynb": notebook("ours"), "doedan_904_71_small_numbers.ipynb": notebook()}
    code, output = autograder("collect", drop(course, names))
    assert code == 0, output
    assert who_has(course) == {"ada": "ours", "bo": "ours", "dan": ""}
    for student in ("ada", "bo", "dan"):
        book(course, student, LESSON)
    (made,) = give_back(course, read_class(course, course.lessons(["01"])), "canvas")
    assert made.students == 3 and made.left_out == ()
    with zipfile.ZipFile(made.files[0]) as archive:
        assert sorted(archive.namelist()) == [f"doedan_904_71_{NOTEBOOK}", f"teamblue_902_70_{NOTEBOOK}"]


def test_of_two_uploads_in_canvas_the_later_number_is_the_newer(course, autograder):
    names = {"lovelaceada_901_80_small_numbers.ipynb": "ada's", "oneilbo_LATE_902_95_small_numbers.ipynb": "bo's"}
    autograder("collect", drop(course, {name: notebook(text) for name, text in names.items()}))
    assert set(who_has(course).values()) == {"bo's"}


@pytest.mark.parametrize(
    ("text", "teams"),
    [
        ("team,id\nRed,Ada Lovelace\nRed,bo@x.org\n", {"Red": ["ada", "bo"]}),  # names and addresses are understood
        ("team;id\nRed;ada\nRed;bo\n", {"Red": ["ada", "bo"]}),
        (
            "First name,Last name,Email address,Roles,Groups\n"
            "Ada,Lovelace,ada@x.org,Student,G1\nBö,O'Neil,bo@x.org,Student,G1\nDan,Doe,dan@x.org,Student,No groups\n",
            {"G1": ["ada", "bo"]},
        ),
        (
            "Vorname,Nachname,E-Mail-Adresse,ID number,Gruppen\nX,Y,x@x.org,ada,G1\nX,Z,z@x.org,bo,G1\n",
            {"G1": ["ada", "bo"]},
        ),
    ],
)
def test_every_table_of_teams_is_understood(course, autograder, text, teams):
    course.teams.unlink()
    (course.root / "groups.csv").write_text(text, encoding="utf-8")
    code, output = autograder("teams", "groups.csv")
    assert code == 0, output
    assert Teams.read(course, CLASS).together(LESSON) == teams


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a,b\n1,2\n", "is no table of teams that is known here"),
        ("team,id\nRed,ada\nBlue,ada\n", "ada is in two teams for all lessons, 'Red' (line 2) and 'Blue' (line 3)"),
        ("team,id,lesson\nRed,ada,14\n", "line 2: No lesson begins with '14'"),
        ("team,id\nRed,../../etc\n", "is no student's id"),
        ("team,id\n,ada\n", "line 2: 'team' is empty"),
        ("Full name,Email address,Groups\nAda,ada@x.org,A\nBo,bo@x.org,B\nAda,ada@x.org,B\n", "in several groups"),
        ("Full name,Email address,Groups\nAda,ada@x.org,\n", "nobody is in one"),
    ],
)
def test_a_table_that_can_be_misunderstood_changes_nothing(course, autograder, text, said):
    before = course.teams.read_bytes()
    (course.root / "groups.csv").write_text(text, encoding="utf-8")
    code, output = autograder("teams", "groups.csv")
    assert code == 2 and said in output, output
    assert course.teams.read_bytes() == before


def test_a_slip_in_an_id_counts_for_nobody_and_is_named(course, autograder):
    table(course, "Red,ada,", "Red,boo,")
    _code, output = autograder("collect", drop(course, {f"ada/{NOTEBOOK}": notebook("ours")}))
    assert "teams.csv, line 3: nobody in the class is called 'boo'; the row counts for nobody. Perhaps bo?" in output
    assert who_has(course) == {"ada": "ours"}
    table(course, "Red,ada,", "Red,bo,")
    autograder("teams")
    assert who_has(course) == {"ada": "ours", "bo": "ours"}


# ----------------------------------------------------------------------------------------- teams that change


def test_a_lesson_that_was_handed_in_keeps_its_teams(course, autograder):
    autograder("collect", drop(course, {f"ada/{NOTEBOOK}": notebook("ours")}))
    table(course, "Blue,cy", "Blue,dan", "Red,ada", "Red,bo", name="new.csv", heading="team,id")
    code, output = autograder("teams", "new.csv")
    assert code == 0 and "cy: Red → Blue" in output and f"with the teams as they were: {LESSON}" in output
    teams = Teams.read(course, CLASS)
    assert teams.together(LESSON) == {"Red": ["ada", "bo", "cy"]}
    assert teams.together(LESSONS[1]) == {"Blue": ["cy", "dan"], "Red": ["ada", "bo"]}
    assert set(who_has(course)) == {"ada", "bo", "cy"}
    assert list(course.backups.glob("teams-*.csv"))
    code, _again = autograder("teams", "new.csv")  # nothing more changes
    assert Teams.read(course, CLASS).together(LESSON) == {"Red": ["ada", "bo", "cy"]}


def test_a_lesson_that_is_named_changes_and_who_leaves_loses_the_copy(course, autograder):
    autograder("collect", drop(course, {f"ada/{NOTEBOOK}": notebook("ours")}))
    for student in ("ada", "bo", "cy"):
        book(course, student, LESSON)
    table(course, "Red,ada", "Red,bo", name="new.csv", heading="team,id")
    code, output = autograder("teams", "new.csv", "--lesson", "01")
    assert code == 0 and "cy is no longer in a team with ada" in output
    assert set(who_has(course)) == {"ada", "bo"} and set(points(course)) == {"ada", "bo"}
    assert [path.parents[1].parent.name for path in course.earlier.rglob("*.ipynb")] == ["cy"]
    assert Teams.read(course, CLASS).of("cy", LESSONS[1]) == "Red"


def test_rows_with_a_lesson_come_first():
    teams = Teams((Row("Red", "ada"), Row("Red", "bo"), Row("Blue", "ada", LESSON), Row("", "bo", LESSON)))
    assert [teams.of("ada", lesson) for lesson in LESSONS] == ["Blue", "Red", "Red"]
    assert [teams.of("bo", lesson) for lesson in LESSONS] == ["", "Red", "Red"]
    assert teams.together(LESSON) == {} and teams.members("red", LESSONS[1]) == ["ada", "bo"]


# --------------------------------------------------------------------------------------------- points and marks


@pytest.fixture(scope="session")
def red_book(tmp_path_factory) -> Path:
    """The gradebook of :func:`booked`, made once. Only to be copied."""
    made = three_lessons(make_course(tmp_path_factory.mktemp("red") / "course"))
    record.enrol(made, CLASS)
    for student in ("ada", "bo", "cy", "dan"):
        book(made, student, LESSONS[1], "2026-05-03 11:00:00")
    return made.root / "gradebook.db"


@pytest.fixture
def booked(course: Course, red_book: Path) -> Course:
    """Team Red's hand-in of the second lesson, graded: 10 points, and a written answer of 2 that waits; and dan's."""
    shutil.copy(red_book, course.root)
    record.reckon_penalties(course)
    return course


def test_an_answer_is_marked_once_for_the_team(booked, autograder):
    lesson = LESSONS[1]
    assert marks(booked, lesson) == {"ada": (None, True), "bo": (None, False), "cy": (None, False), "dan": (None, True)}
    page = report_page(read_class(booked, booked.lessons()))
    assert page.count("/submissions/") == 2 and "for team <bdi>Red</bdi>" in page
    code, output = autograder("export")
    assert "4 hand-ins wait for a person" in output  # nobody's points are all that they get

    mark(booked, "ada", 1.5, lesson, "Well said.")
    code, output = autograder("feedback")
    assert code == 0, output
    assert marks(booked, lesson) == {
        "ada": (1.5, False), "bo": (1.5, False), "cy": (1.5, False), "dan": (None, True)
    }  # fmt: skip
    assert {who: points(booked)[who] for who in ("ada", "bo", "cy", "dan")} == {
        "ada": 11.5,
        "bo": 11.5,
        "cy": 11.5,
        "dan": 10,
    }
    page = (booked.feedback / "cy" / lesson / "large_numbers.html").read_text(encoding="utf-8")
    assert "Well said." in page and "Handed in by your team, <bdi>Red</bdi>." in page and "11.5 of 12 points" in page


def test_a_mark_on_any_members_copy_counts_and_two_that_differ_are_told(booked, autograder):
    lesson = LESSONS[1]
    mark(booked, "cy", 2, lesson)
    autograder("report")
    assert {one for who, one in marks(booked, lesson).items() if who != "dan"} == {(2, False)}
    mark(booked, "bo", 1, lesson)  # an appeal
    _code, output = autograder("report")
    assert {one for who, one in marks(booked, lesson).items() if who != "dan"} == {
        (1, False)
    } and "different" not in output
    mark(booked, "ada", 0.5, lesson)
    mark(booked, "bo", 1.5, lesson)
    _code, output = autograder("report")
    assert "team Red: why was marked for ada and bo in different ways. The mark of ada counts for all." in output
    assert {one for who, one in marks(booked, lesson).items() if who != "dan"} == {(0.5, False)}
    mark(booked, "ada", None, lesson)  # taken back
    autograder("report")
    assert marks(booked, lesson)["cy"] == (None, False) and marks(booked, lesson)["ada"] == (None, True)


def test_who_comes_later_gets_the_teams_mark(booked, autograder):
    lesson = LESSONS[1]
    mark(booked, "ada", 1.5, lesson)
    autograder("report")
    table(booked, "Red,ada,", "Red,bo,", "Red,cy,", "Red,dan,")
    autograder("report")
    assert set(marks(booked, lesson).values()) == {(1.5, False)}


def test_each_member_is_late_alone_and_an_extension_for_the_team_holds_for_all(booked, autograder):
    rule(booked, percent_a_day=10, free_days=2, zone="UTC")
    book(booked, "ada", LESSON, "2026-04-03 11:00:00")
    autograder("due", "01", "2026-04-01 12:00 UTC")  # ada alone was two days late there, and has no free day left
    autograder("due", "02", "2026-05-01 12:00 UTC")
    assert [penalties(booked, who)["02"] for who in ("ada", "bo")] == [2, 0]
    code, output = autograder("due", "02", "2026-05-05 12:00 UTC", "--student", "Red")
    assert code == 0 and "Red has until Tuesday, 05 May 2026, 12:00 UTC" in output
    assert penalties(booked, "ada")["02"] == 0
    classroom = read_class(booked, booked.lessons())
    (second,) = booked.lessons(["02"])
    assert "Due Tuesday, 05 May 2026" in feedback_page(classroom.submissions["cy", second.name], second, classroom)


@pytest.mark.slow
def test_a_team_runs_once_and_each_member_has_points_on_every_road(course, autograder):
    autograder("release", "01")
    hand_in(course, "bo", why="Because.").with_name("timestamp.txt").write_text("2026-05-02 12:00:00 UTC")
    hand_in(course, "dan", greet="def greet(name):\n    return 'Hello!'")
    code, output = autograder("grade")
    assert code == 0, output
    assert points(course) == {"ada": 3, "bo": 3, "cy": 3, "dan": 2}
    graded = {(course.autograded / who / LESSON / NOTEBOOK).read_bytes() for who in ("ada", "bo", "cy")}
    assert len(graded) == 1, "the times in it say that it ran once"
    mark(course, "ada", 2)
    assert autograder("export")[0] == 0
    with (course.exports / "nbgrader.csv").open(encoding="utf-8", newline="") as file:
        score = {row["student_id"]: float(row["score"]) for row in csv.DictReader(file)}
    assert score == {"ada": 5, "bo": 5, "cy": 5, "dan": 2}
    assert all(outcome.unchanged for outcome in grade(course).values())


def test_similar_compares_a_team_once_and_never_within(course, autograder):
    rare = "def double(x):\n" + "".join(f"    step_{k} = x * {k} + {k * 7}\n" for k in range(9)) + "    return step_8"

    def copied(*names: str) -> None:
        for who in names:
            path = course.submitted / who / LESSON / NOTEBOOK
            path.parent.mkdir(parents=True, exist_ok=True)
            content = json.loads(notebook("x"))
            for cell in content["cells"]:
                if cell["id"] == "double":
                    cell["source"] = rare
            path.write_text(json.dumps(content), encoding="utf-8")

    (lesson,) = course.lessons(["01"])
    copied("ada", "bo", "cy")
    result = compare(course, lesson, course.lessons(), {})
    assert result.pairs == [] and set(result.texts) == {"ada"}
    copied("dan")
    result = compare(course, lesson, course.lessons(), {})
    assert [pair.students for pair in result.pairs] == [("ada", "dan")]
    assert labels(result)["ada"] == "ada (team Red)"
    rare = rare.replace("return step_8", "return step_7")  # put there by hand since; the next command makes them equal
    copied("bo")
    result = compare(course, lesson, course.lessons(), {})
    assert {pair.students for pair in result.pairs} == {("ada", "dan"), ("bo", "dan")}
