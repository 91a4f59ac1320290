"""Collecting: whatever an LMS, a folder or a stranger's zip holds, each hand-in lands in its place or gets a line."""

import io
import json
import os
import re
import stat
import struct
import zipfile
import zlib
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from autograder.collecting.collect import collect
from autograder.collecting.lms import packets
from autograder.collecting.roster import find, read_roster, safe_id
from autograder.collecting.sources import File, _name, read_zip, safe_path
from autograder.course import Course, CourseError
from autograder.gradebook import record
from autograder.gradebook.person import Person
from autograder.grading.grade_class import strangers
from tests.autograder.tiny_course import LESSON, NOTEBOOK, cell, lesson_cells, write_notebook


@pytest.fixture
def course(course: Course) -> Course:
    """The tiny course with a second lesson."""
    cells = [cell("code", "triple", "def triple(x):\n    return 3 * x", solution=True)]
    write_notebook(course.notebooks / "02_large_numbers" / "large_numbers.ipynb", cells)
    return course


def notebook(answer: str = "", cells: list[dict] | None = None) -> bytes:
    """A hand-in's notebook; ``answer`` makes it differ from others."""
    cells = cells or [*lesson_cells(), cell("markdown", "more", answer)]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()


def packed(path: Path | None, files: dict, day: int = 1) -> Path | bytes:
    """A zip of these files, dated on this day of May 2026; a key may be a ZipInfo."""
    target = io.BytesIO() if path is None else path
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = name if isinstance(name, zipfile.ZipInfo) else zipfile.ZipInfo(name)
            entry.date_time = (2026, 5, day, 12, 0, 0)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return target.getvalue() if isinstance(target, io.BytesIO) else path


def folder(path: Path, files: dict[str, bytes]) -> Path:
    for name, content in files.items():
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_bytes(content)
    return path


def placed(course: Course) -> set[str]:
    """What lies in submitted/, without timestamps and what is hidden."""
    paths = (path.relative_to(course.submitted) for path in course.submitted.rglob("*") if path.is_file())
    return {path.as_posix() for path in paths if path.parts[0][0] != "." and path.name != "timestamp.txt"}


def earlier(course: Course) -> list[bytes]:
    return [path.read_bytes() for path in sorted((course.submitted / ".earlier").rglob("*.ipynb"))]


def when(course: Course, student: str) -> datetime | None:
    """When a student handed in, as nbgrader reads it."""
    path = course.submitted / student / LESSON / "timestamp.txt"
    return record.parse_timestamp(path.read_text()) if path.exists() else None


def said(collected) -> str:
    return "\n".join(collected.lines())


LAYOUTS = {
    "canvas": {"doejane_LATE_12_345_small_numbers-1.ipynb": "doejane", "roebo_13_346_small_numbers.ipynb": "roebo"},
    "canvas, anonymous": {
        "anon_aB3dE_345_small_numbers.ipynb": "anon_aB3dE",
        "LATE_anon_fG4hI_67891_small_numbers.ipynb": "anon_fG4hI",
    },
    "moodle": {
        "Jane Doe_12_assignsubmission_file_/small_numbers.ipynb": "Jane Doe",
        "Zoë O'Neil_13_assignsubmission_file/sub/small_numbers (1).ipynb": "Zoë O~27Neil",
    },
    "moodle, flat": {"Jane Doe_12_assignsubmission_file_small_numbers.ipynb": "Jane Doe"},
    "folders": {"jane/small_numbers.ipynb": "jane", "bo/mine/Small_Numbers-Copy1.ipynb": "bo"},
    "folders in one": {"class/jane/small_numbers.ipynb": "jane", "class/bo/small_numbers.ipynb": "bo"},
    "nbgrader's": {f"jane/{LESSON}/anything.ipynb": "jane"},
    "nbgrader's, whole": {f"submitted/jane/{LESSON}/{NOTEBOOK}": "jane", f"submitted/bo/{LESSON}/{NOTEBOOK}": "bo"},
    "lesson by lesson": {f"all/{LESSON}/jane/{NOTEBOOK}": "jane", f"all/{LESSON}/bo/{NOTEBOOK}": "bo"},
    "nbgrader's exchange": {f"jane+{LESSON}+2026-05-01 10:00:00.123456 UTC+q3/{NOTEBOOK}": "jane"},
    "files": {
        "jane_small_numbers.ipynb": "jane",
        "small_numbers-bo.ipynb": "bo",
        "cy_12.ipynb": "cy_12",
        "di_small_numbers-1.ipynb": "di",
    },
}


@pytest.mark.parametrize("form", ["zip", "folder"])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_is_understood(course, tmp_path, layout, form):
    files = {name: notebook() for name in LAYOUTS[layout]}
    source = packed(tmp_path / "s.zip", files) if form == "zip" else folder(tmp_path / "s", files)
    collected = collect(course, [source])
    assert placed(course) == {f"{student}/{LESSON}/{NOTEBOOK}" for student in LAYOUTS[layout].values()}
    assert not collected.needs_person
    assert {one.status for one in collected.found} == {"new"}
    assert {one.who for one in collected.found if one.late} == {"doejane", "anon_fG4hI"} & set(LAYOUTS[layout].values())
    again = collect(course, [source])
    assert {one.status for one in again.found} == {"as before"}


def test_the_newest_counts_and_nothing_is_lost(course, tmp_path):
    zips = {day: packed(tmp_path / f"{day}.zip", {f"jane/{NOTEBOOK}": notebook(str(day))}, day) for day in (1, 2, 3)}
    place = course.submitted / "jane" / LESSON
    for day, status in [(2, "new"), (1, "earlier"), (2, "as before"), (3, "newer"), (1, "as before"), (3, "as before")]:
        (found,) = collect(course, [zips[day]]).found
        assert found.status == status, day
    assert (place / NOTEBOOK).read_bytes() == notebook("3")
    assert earlier(course) == [notebook("1"), notebook("2")]
    assert strangers(course, course.lessons()) == []
    (place / NOTEBOOK).write_bytes(notebook("mended by the instructor"))
    assert collect(course, [zips[3]]).found[0].status == "as before"
    assert (place / NOTEBOOK).read_bytes() == notebook("mended by the instructor")


def test_canvas_says_who_is_late_whatever_the_dates_in_the_zip(course, tmp_path, monkeypatch):
    due = datetime(2026, 5, 1, 9).astimezone()
    monkeypatch.setattr(record, "due_dates", lambda course: {LESSON: due})
    names = ["ada_1_10_small_numbers.ipynb", "bo_LATE_2_11_small_numbers.ipynb"]
    found = collect(course, [packed(tmp_path / "canvas.zip", {name: notebook() for name in names}, 2)]).found
    assert {one.who: one.late for one in found} == {"ada": False, "bo": True}
    assert when(course, "ada") is None
    assert timedelta(0) < when(course, "bo") - due < timedelta(minutes=1)  # late; Canvas does not say by how much
    extended = packed(tmp_path / "again.zip", {"bo_2_11_small_numbers.ipynb": notebook()}, 3)
    assert not collect(course, [extended]).found[0].late and when(course, "bo") is None


@pytest.mark.parametrize("name", [f"Jane Doe_7_assignsubmission_file_/{NOTEBOOK}", f"jane/{NOTEBOOK}", "jane.ipynb"])
def test_the_date_of_a_download_makes_nobody_late(course, tmp_path, monkeypatch, name):
    monkeypatch.setattr(record, "due_dates", lambda course: {LESSON: datetime(2026, 5, 1, 9).astimezone()})
    collected = collect(course, [packed(tmp_path / "s.zip", {name: notebook()}, 8)])
    assert not any(one.late for one in collected.found)
    assert when(course, collected.found[0].who) is None
    assert f"no time · {LESSON}: nothing says when 1 of them" in said(collected)


ENGLISH = (
    "Identifier,Full name,Email address,Status,Grade,Maximum grade,Last modified (submission),Last modified (grade)"
)
GERMAN = "ID,Vollständiger Name,E-Mail-Adresse,Status,Bewertung,Bestwertung,Zuletzt geändert (Abgabe),Zuletzt geändert"
WORKSHEETS = {
    "English": (ENGLISH, "Participant ", "Friday, 1 May 2026, 11:30 PM", "Thursday, 30 April 2026, 8:05 AM", "-"),
    "German": (GERMAN, "Teilnehmer/in", "Freitag, 1. Mai 2026, 23:30", "Donnerstag, 30. April 2026, 08:05", "-"),
}


@pytest.mark.parametrize("language", WORKSHEETS)
def test_moodles_worksheet_says_who_is_who_and_when(course, tmp_path, monkeypatch, language):
    heading, word, late, early, never = WORKSHEETS[language]
    monkeypatch.setattr(record, "due_dates", lambda course: {LESSON: datetime(2026, 5, 1, 9).astimezone()})
    class_ = ((3, "Bo Roe", "bo1", late), (4, "Bo Roe", "bo2", early), (5, "Cy", "cy", never))
    rows = [f'{word}{n},{who},{mail}@x.org,,,6,"{time}","{late}"' for n, who, mail, time in class_]
    (tmp_path / "worksheet.csv").write_text("\n".join([heading, *rows]), encoding="utf-8-sig")
    files = {f"Bo Roe_{n}_assignsubmission_file_/{NOTEBOOK}": notebook(str(n)) for n in (3, 4)}
    source = packed(tmp_path / "moodle.zip", files, 8)
    collect(course, [source])  # before anybody thought of the worksheet
    collected = collect(course, [source], roster=tmp_path / "worksheet.csv")
    assert {one.who: one.late for one in collected.found} == {"bo1": True, "bo2": False}
    assert when(course, "bo1") == datetime(2026, 5, 1, 23, 30).astimezone()
    assert when(course, "bo2") == datetime(2026, 4, 30, 8, 5).astimezone()
    assert collected.missing == {LESSON: ["cy"]} and not collected.strangers
    # the number is another one in the next assignment
    assert {person.id: (person.lms, person.last) for person in record.students(course)} == {
        "bo1": ("", "Bo Roe"),
        "bo2": ("", "Bo Roe"),
        "cy": ("", "Cy"),
    }


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("dimanche 20 décembre 2026, 23:59", 12),
        ("lundi 20 juillet 2026, 23:59", 7),
        ("samedi 20 juin 2026, 23:59", 6),
        ("viernes, 20 de noviembre de 2026, 23:59", 11),
        ("quinta-feira, 20 de agosto de 2026, 23:59", 8),
        ("martedì, 20 gennaio 2026, 23:59", 1),
        ("dinsdag, 20 maart 2026, 23:59", 3),
        ("piątek, 20 listopada 2026, 23:59", None),
    ],
)
def test_moodle_writes_months_in_the_language_of_who_downloads(tmp_path, text, month):
    """Where the month is not known, the hand-in has no time: that of its grading, two columns on, is not its own."""
    heading = "Id,Nom complet,Adresse de courriel,Statut,Note,Max,Dernière modification,Dernière modification (note)"
    graded = "vendredi 1 janvier 2027, 12:00"
    rows = [f'Participant {n},Ada {n},a{n}@x.org,Remis,,10,"{text}","{graded}"' for n in (1, 2)]
    (tmp_path / "w.csv").write_text("\n".join([heading, *rows]), encoding="utf-8")
    expected = datetime(2026, month, 20, 23, 59).astimezone() if month else None
    assert [one.handed_in for one in read_roster(tmp_path / "w.csv")] == [expected, expected]


def test_the_class_comes_in_as_spreadsheets_save_it(course, tmp_path, autograder):
    assert "Nobody is in the class yet" in autograder("roster")[1]
    path = tmp_path / "class.csv"
    path.write_text("id;first_name;last_name;email\nada;Ada;Lovelace;ada@x.org\nd1;Dan;Roe;d1@x.org\n", "utf-8-sig")
    code, output = autograder("roster", str(path))
    assert code == 0 and "ada · Lovelace, Ada · ada@x.org" in output and "2 students in the class." in output
    path.write_text("id,first_name,last_name\nd2,Dan,Roe\n", "utf-8")
    output = autograder("roster", str(path))[1]
    assert "3 students" in output and "In the gradebook, not in class.csv: ada, d1. `nbgrader db student rem" in output
    assert autograder("roster")[1].count(" · Roe, Dan") == 2
    path.write_bytes("id,last_name\nmü,Müller\n".encode("latin-1"))
    code, output = autograder("roster", str(path))
    assert code == 2 and "save it again as 'CSV UTF-8'" in output and "mü" not in autograder("roster")[1]
    code, output = autograder("due", "01", "2026-11-20 23:59 UTC", "--student", "Dan Roe")
    assert code == 2 and "Perhaps d1 or d2?" in output


def test_moodles_full_names_leave_first_and_last_name_apart(course):
    record.enrol(course, [Person("ada", "Ada", "Lovelace")])
    record.enrol(course, [Person("ada", "", "Ada Lovelace", "ada@x.org", participant="7"), Person("bo", "", "Bo Roe")])
    known = {one.id: (one.first, one.last, one.email) for one in record.students(course)}
    assert known == {"ada": ("Ada", "Lovelace", "ada@x.org"), "bo": ("", "Bo Roe", "")}
    record.enrol(course, [Person("ada", "Ada", "King"), Person("bo", "Bo", "Roe")])
    assert {one.id: one.name for one in record.students(course)} == {"ada": "King, Ada", "bo": "Roe, Bo"}


def test_who_is_not_in_the_class_is_told_with_what_to_do(course, tmp_path):
    record.enrol(course, [Person("d1", "Dan", "Roe"), Person("d2", "Dan", "Roe")])
    source = packed(tmp_path / "s.zip", {f"roedan_{n}_1{n}_small_numbers.ipynb": notebook(str(n)) for n in (4, 5)})
    text = said(collect(course, [source]))
    assert "several: roedan, roedan 5. Their work lies under these names. Collect once more with a --roster" in text


def test_a_corrected_identity_leaves_nothing_behind(course, tmp_path):
    sources = [
        packed(tmp_path / f"{day}.zip", {"doejane_12_1_small_numbers.ipynb": notebook(str(day))}, day) for day in (1, 2)
    ]
    record.enrol(course, [Person("doejane")])  # as grading does
    for source in sources:
        collect(course, [source])
    roster = tmp_path / "roster.csv"
    roster.write_text("id,lms_user_id\nu1,12\nu2,13\n", encoding="utf-8")
    collected = collect(course, [sources[1]], roster=roster)
    assert placed(course) == {f"u1/{LESSON}/{NOTEBOOK}"}
    assert [one.status for one in collected.found] == ["as before"]
    assert earlier(course) == [notebook("1")]
    assert {path.name for path in course.submitted.iterdir() if path.is_dir()} == {"u1", ".earlier"}
    assert {path.name for path in course.earlier.iterdir()} == {"u1"}
    assert {person.id for person in record.students(course)} == {"u1", "u2"}
    assert collect(course, [sources[1]]).missing == {LESSON: ["u2"]}


EXPORTS = {
    "Gradescope": [f"assignment_9_export/submission_{n}/{NOTEBOOK}" for n in (1, 2)],
    "Brightspace": [f"4711-{n} - {who} - Nov 20, 2026 1159 PM/{NOTEBOOK}" for n, who in enumerate(("Jane", "Bo"))],
    "Sakai": [f"A1/{who}/Submission attachment(s)/{NOTEBOOK}" for who in ("Doe, Jane(jd)", "Peep, Bo(bo)")],
    "ILIAS": [f"Neurons/Abgaben/Doe_Jane_jdoe_{n}/{NOTEBOOK}" for n in (1, 2)],
    "Blackboard": [f"Neurons 1_{who}_attempt_2026-11-20-23-59-00_{NOTEBOOK}" for who in ("jdoe", "bo")],
    "GitHub Classroom": [f"neurons-submissions/neurons-{who}/{NOTEBOOK}" for who in ("jdoe", "bo7")],
}


@pytest.mark.parametrize("platform", EXPORTS)
def test_exports_that_are_not_read_stop_and_say_so(course, tmp_path, platform):
    files = {name: notebook() for name in EXPORTS[platform]}
    for number, among in enumerate(({}, {f"{EXPORTS[platform][0].split('/')[0]}/list.csv": b""}, {"list.xlsx": b"PK"})):
        if "/" in EXPORTS[platform][0] or not among:
            with pytest.raises(CourseError, match=f"an export of {platform}, which is not read here"):
                collect(course, [packed(tmp_path / f"{number}.zip", files | among)])
    assert not placed(course)


def test_a_single_hand_in_of_gradescope_is_no_student_either(course, tmp_path):
    with pytest.raises(CourseError, match="an export of Gradescope"):
        collect(course, [packed(tmp_path / "s.zip", {f"submission_9/{NOTEBOOK}": notebook()})])


def test_a_list_beside_the_students_folders_makes_no_single_student_of_them(course, tmp_path):
    files = {f"class/{who}/{NOTEBOOK}": notebook(who) for who in ("jane", "bo")} | {"class/grades.csv": b"id"}
    collected = collect(course, [packed(tmp_path / "s.zip", files)])
    assert placed(course) == {f"{who}/{LESSON}/{NOTEBOOK}" for who in ("jane", "bo")}
    assert [one.remarks[0] for one in collected.found if one.needs_person] == [
        "there is no notebook, only grades.csv. Ask for the .ipynb file."
    ]


def test_a_lessons_folder_is_no_student(course, tmp_path):
    files = {f"{LESSON}/{NOTEBOOK}": notebook(), "02_large_numbers/large_numbers.ipynb": notebook()}
    collected = collect(course, [packed(tmp_path / "s.zip", files)])
    assert not placed(course) and "does not say whose it is" in said(collected)


def test_of_several_in_nbgraders_exchange_the_newest_counts_with_its_time(course, tmp_path):
    files = {}
    for day in (21, 20):
        place = f"jane+{LESSON}+2026-11-{day} 10:00:00.000000 UTC+x"
        files |= {f"{place}/{NOTEBOOK}": notebook(f"{day}"), f"{place}/timestamp.txt": b""}
        files[f"{place}/timestamp.txt"] = f"2026-11-{day} 10:00:00.000000 UTC".encode()
    collect(course, [folder(tmp_path / "inbound", files)])
    assert (course.submitted / "jane" / LESSON / NOTEBOOK).read_bytes() == notebook("21")
    assert when(course, "jane").day == 21


def test_folders_that_are_called_like_students_of_the_class_are_theirs(course, tmp_path):
    record.enrol(course, [Person("neurons-jdoe"), Person("neurons-bo")])
    files = {f"neurons-{who}/{NOTEBOOK}": notebook() for who in ("jdoe", "bo")}
    assert not collect(course, [packed(tmp_path / "s.zip", files)]).needs_person


def test_of_several_uploads_of_one_student_the_last_counts_and_the_other_is_kept(course, tmp_path):
    files = {f"doejane_12_{n}_small_numbers-{n}.ipynb": notebook(str(n)) for n in (9, 10, 8)}
    collected = collect(course, [packed(tmp_path / "canvas.zip", files)])
    place = course.submitted / "doejane" / LESSON
    assert (place / NOTEBOOK).read_bytes() == notebook("10")
    assert {path.read_bytes() for path in (place / "other").iterdir()} == {notebook("8"), notebook("9")}
    assert "several notebooks" in said(collected)


def test_who_is_told_apart_by_number_and_by_letters(course, tmp_path):
    canvas = {f"doejane_{n}_1{n}_small_numbers.ipynb": notebook(str(n)) for n in (1, 2)}
    moodle = {f"Bo Roe_{n}_assignsubmission_file_/{NOTEBOOK}": notebook(str(n)) for n in (3, 4)}
    others = {f"{name}/{NOTEBOOK}": notebook(name) for name in ("ada", "Ada", "ADA", "cafe\u0301")}
    collect(course, [packed(tmp_path / f"{n}.zip", files) for n, files in enumerate((canvas, moodle, others))])
    students = {path.split("/")[0] for path in placed(course)}
    assert len({student.casefold() for student in students}) == len(students) == 8
    assert {"Bo Roe 3", "Bo Roe 4", "ada", "café", "doejane"} <= students
    second = packed(tmp_path / "later.zip", {"doejane_2_99_large_numbers.ipynb": notebook("2")})
    with pytest.raises(CourseError, match="lies in submitted/ already"):
        collect(course, [course.submitted])
    (found,) = collect(course, [second]).found  # the other doejane has not handed in this time
    assert (course.submitted / found.who / LESSON / NOTEBOOK).read_bytes() == notebook("2")


def test_the_roster_gives_ids_names_and_who_is_missing(course, tmp_path):
    roster = tmp_path / "roster.csv"
    rows = "id,first_name,last_name,lms_user_id\nu1,Jane,Doe,12\nu2,Zoë,Li,13\nu3,Cy,Roe,14\nu4,Cy,Roe,15\n"
    roster.write_text("\ufeff" + rows, encoding="utf-8")
    sources = [
        packed(tmp_path / "canvas.zip", {"doejane_12_1_small_numbers.ipynb": notebook()}),
        packed(tmp_path / "moodle.zip", {f"Zoë Li_77_assignsubmission_file_/{NOTEBOOK}": notebook()}),
        packed(tmp_path / "folders.zip", {f"u4/{NOTEBOOK}": notebook(), f"Cy Roe/{NOTEBOOK}": notebook("whose?")}),
    ]
    collected = collect(course, sources, roster=roster)
    assert {path.split("/")[0] for path in placed(course)} == {"u1", "u2", "u4", "Cy Roe"}
    assert collected.missing == {LESSON: ["u3"]}
    assert f"missing · {LESSON}: u3" in said(collected)
    assert "not in the class, or its name fits several: Cy Roe" in said(collected)
    assert {person.id: person.first for person in record.students(course)} == {
        "u1": "Jane",
        "u2": "Zoë",
        "u3": "Cy",
        "u4": "Cy",
    }
    assert collect(course, sources[:1]).missing == {LESSON: ["u3"]}  # now the gradebook knows the class


@pytest.mark.parametrize(
    ("rows", "identity", "lms"),
    [
        ("Student,ID,SIS Login ID\n'Doe, Jane',12,jdoe\n", "jdoe", "12"),
        ("id;first_name;last_name;lms_user_id\njdoe;Jane;Doe;9\n", "jdoe", "9"),
        ("Identifier,Full name,Email address\nParticipant 7,Jane Doe,jdoe@x.org\n", "jdoe", "7"),
        ("id,name,email,group,subject,year\nu7,Jane Doe,jdoe@x.org,A,Physics,2\n", "u7", ""),
    ],
)
def test_rosters_of_canvas_and_moodle_are_read(tmp_path, rows, identity, lms):
    (tmp_path / "roster.csv").write_text(rows.replace("'", '"'), encoding="utf-8")
    people = read_roster(tmp_path / "roster.csv")
    assert [(person.id, person.lms or person.participant) for person in people] == [(identity, lms)]
    assert find(people, "doejane" if lms == "12" else "Jane Doe") == people[0]


def test_a_roster_that_is_none(course, tmp_path):
    (tmp_path / "a.csv").write_text("colour\nred\n", encoding="utf-8")
    (tmp_path / "b.csv").write_text("id\nu1\nu1\n", encoding="utf-8")
    (tmp_path / "d.csv").write_text("id\né\n", encoding="cp1252")
    for name, why in {
        "a.csv": "no column",
        "b.csv": "u1 twice",
        "c.csv": "cannot be read",
        "d.csv": "not UTF-8",
    }.items():
        with pytest.raises(CourseError, match=why):
            read_roster(tmp_path / name)


LARGE = [cell("code", "triple", "", solution=True)]
UNCLEAR = {
    "no notebook": ({"jane/essay.docx": b"PK"}, "no notebook, only essay.docx"),
    "typed text": ({"doejane_12_text.html": b"<p>", "bo_13_9_x.ipynb": notebook()}, "only text.html"),
    "moodle text": ({"Jo_1_assignsubmission_onlinetext_/onlinetext.html": b"<p>"}, "only onlinetext.html"),
    "typed anonymously": ({"LATE_anon_fG4hI_text.html": b"<p>", "bo_13_9_x.ipynb": notebook()}, "only text.html"),
    "a link": ({"doejane_12_link.html": b"<p>", "bo_13_9_x.ipynb": notebook()}, "only link.html"),
    "a group": ({f"Default group_assignsubmission_file/{NOTEBOOK}": notebook()}, "a group has handed it in"),
    "unknown lesson": ({"jane/Untitled.ipynb": notebook(cells=[cell("code", "x", "")])}, "--lesson NN"),
    "no name": ({NOTEBOOK: notebook()}, "does not say whose it is"),
    "broken zip inside": ({"jane/work.zip": b"PK\x03\x04broken"}, "no zip that can be opened"),
    "zip in zip in zip": ({"jane/a.zip": packed(None, {"b.zip": packed(None, {NOTEBOOK: notebook()})})}, "only b.zip"),
    "too many files": ({f"jane/{n}.txt": b"" for n in range(1001)}, "1,001 files"),
}


@pytest.mark.parametrize("case", UNCLEAR)
def test_what_cannot_be_placed_gets_a_line_and_the_others_go_on(course, tmp_path, case):
    files, line = UNCLEAR[case]
    sources = [packed(tmp_path / "a.zip", files), packed(tmp_path / "b.zip", {f"well/{NOTEBOOK}": notebook()})]
    collected = collect(course, sources)
    assert line in said(collected)
    assert collected.needs_person
    assert f"well/{LESSON}/{NOTEBOOK}" in placed(course)


def test_which_lesson_a_notebook_is_for(course, tmp_path):
    files = {
        "a/hw.ipynb": notebook(),
        "b/hw.ipynb": notebook(cells=LARGE),
        "c/both/large_numbers.ipynb": notebook(cells=LARGE),
        "c/small_numbers.ipynb": notebook(),
        "d/hw.zip": packed(None, {NOTEBOOK: notebook(), "../../evil": b"", "data.csv": b"1"}),
    }
    collected = collect(course, [packed(tmp_path / "s.zip", files)])
    large = "02_large_numbers/large_numbers.ipynb"
    assert placed(course) == {
        f"a/{LESSON}/{NOTEBOOK}",
        f"b/{large}",
        f"c/{LESSON}/{NOTEBOOK}",
        f"c/{large}",
        f"d/{LESSON}/{NOTEBOOK}",
        f"d/{LESSON}/data.csv",
    }
    assert "hw.ipynb was taken for small_numbers.ipynb" in said(collected)
    only = collect(course, [packed(tmp_path / "t.zip", {"e/large_numbers.ipynb": notebook(cells=LARGE)})], "01")
    assert "it is for 02_large_numbers, not for 01_small_numbers" in said(only)
    renamed = collect(course, [packed(tmp_path / "r.zip", {"g/large_numbers.ipynb": notebook()})])
    assert "has the cells of 01_small_numbers: ask for the right one" in said(renamed)
    assert renamed.needs_person
    unknown = {"f/Untitled.ipynb": notebook(cells=[cell("code", "x", "")])}
    collect(course, [packed(tmp_path / "u.zip", unknown)], "01")
    assert f"f/{LESSON}/{NOTEBOOK}" in placed(course)


def entry(name: str, mode: int = 0) -> zipfile.ZipInfo:
    made = zipfile.ZipInfo(name)
    made.external_attr = mode << 16
    return made


HOSTILE = {
    "zip slip": ("jane/../../../evil", b"", "leads out"),
    "absolute": ("/tmp/evil", b"", "absolute"),
    "drive": ("C:\\evil", b"", "absolute"),
    "backslashes": ("jane\\..\\..\\evil", b"", "leads out"),
    "newline": ("ja\nne/x.txt", b"", "control"),
    "escape": ("jane/\x1b[2Jx.txt", b"", "control"),
    "turned": ("jane/\u202etxt.exe", b"", "control"),
    "long": (f"jane/{'x' * 500}.txt", b"", "too long"),
    "deep": ("jane/" + "d/" * 30 + "x", b"", "too long"),
    "link": (entry("jane/link", stat.S_IFLNK | 0o777), b"/etc/passwd", "link"),
    "fifo": (entry("jane/fifo", stat.S_IFIFO | 0o600), b"", "no plain file"),
    "bomb": ("jane/bomb.txt", bytes(20_000_000), "bomb"),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_zips_write_nothing_outside_and_cost_only_themselves(course, tmp_path, case):
    name, content, why = HOSTILE[case]
    before = {path for path in tmp_path.rglob("*") if course.root not in path.parents}
    source = packed(tmp_path / "s.zip", {name: content, f"bo/{NOTEBOOK}": notebook()})
    collected = collect(course, [source])
    assert why in said(collected)
    assert all(line.isprintable() for line in collected.lines())
    assert f"bo/{LESSON}/{NOTEBOOK}" in placed(course)
    assert {path for path in tmp_path.rglob("*") if course.root not in path.parents} - before == {source}
    assert not any("evil" in path.name for path in course.root.rglob("*"))


def test_an_encrypted_and_a_damaged_file_in_a_zip(course, tmp_path):
    source = packed(tmp_path / "s.zip", {f"jane/{NOTEBOOK}": notebook(), f"bo/{NOTEBOOK}": notebook()})
    data = bytearray(source.read_bytes())
    central = data.index(b"PK\x01\x02")
    data[central + 8] |= 1  # the first entry's flag "encrypted"
    second = data.index(b"PK\x03\x04", 10)
    data[second + 60 : second + 70] = bytes(10)
    source.write_bytes(data)
    text = said(collect(course, [source]))
    assert "is encrypted" in text and "is damaged" in text
    source.write_bytes(data[:-30])
    with pytest.raises(CourseError, match="no zip that can be opened"):
        collect(course, [source])


def test_links_and_fifos_in_a_folder_are_left_out(course, tmp_path):
    source = folder(tmp_path / "s", {f"jane/{NOTEBOOK}": notebook(), f"bo/{NOTEBOOK}": notebook("bo")})
    (source / "jane" / "secret.txt").symlink_to(course.root / "nbgrader_config.py")
    (source / "cy").symlink_to(source / "bo")
    (source / "jane" / "dangling").symlink_to("nowhere")
    os.mkfifo(source / "jane" / "fifo")
    os.link(source / "bo" / NOTEBOOK, source / "jane" / "hard.txt")
    text = said(collect(course, [source]))
    assert text.count("it is a link") == 3 and "no plain file" in text
    assert {path.split("/")[0] for path in placed(course)} == {"jane", "bo"}
    assert (course.submitted / "jane" / LESSON / "hard.txt").stat().st_nlink == 1


def test_a_students_own_timestamp_is_not_believed(course, tmp_path):
    forged = {f"jane/{NOTEBOOK}": notebook(), "jane/timestamp.txt": b"2001-01-01 00:00:00 UTC"}
    collect(course, [packed(tmp_path / "s.zip", forged)])
    assert when(course, "jane") is None
    own = {f"bo/{LESSON}/{NOTEBOOK}": notebook(), f"bo/{LESSON}/timestamp.txt": b"2001-01-01 00:00:00 UTC"}
    collect(course, [folder(tmp_path / "s", own)])
    assert "2001" in (course.submitted / "bo" / LESSON / "timestamp.txt").read_text()


def test_names_in_utf8_are_read_also_where_the_zip_does_not_say_so(course, tmp_path):
    names = [
        "Zoë O'Neil_13_assignsubmission_file_",
        "王小明_14_assignsubmission_file_",
        "Jane Doe_15_assignsubmission_file_",
    ]
    source = packed(tmp_path / "s.zip", {f"{name}/{NOTEBOOK}": notebook() for name in names})
    marked = source.read_bytes()
    for name in names:  # a Mac's program leaves the mark 0x800 out, in both places where the format has it
        raw = f"{name}/{NOTEBOOK}".encode()
        for header, flags in ((30, 6), (46, 8)):
            at = marked.find(raw, 0 if header == 30 else marked.find(b"PK\x01\x02")) - header + flags
            marked = marked[:at] + b"\0\0" + marked[at + 2 :]
    source.write_bytes(marked)
    collect(course, [source])
    assert {path.split("/")[0] for path in placed(course)} == {"Zoë O~27Neil", "王小明", "Jane Doe"}
    old = zipfile.ZipInfo("caf\u00e9/x.ipynb")  # a name in the format's own code page
    old.orig_filename = "caf\u00e9/x.ipynb"
    assert _name(old) == "caf\u00e9/x.ipynb"


@pytest.mark.parametrize(
    ("name", "encoding"), [("Müller", "cp437"), ("Jørgen", "cp850"), ("João Ávila", "cp850"), ("Иван", "cp866")]
)
def test_names_that_windows_has_packed_are_read_in_its_code_page(name, encoding):
    entry = zipfile.ZipInfo()
    entry.orig_filename = name.encode(encoding).decode("cp437")
    assert _name(entry) == name


def test_a_name_beside_the_name_counts_where_it_was_made_for_it():
    entry = zipfile.ZipInfo()
    entry.orig_filename, own = "Pawe?.ipynb", "Paweł.ipynb".encode()
    for checksum, name in ((zlib.crc32(b"Pawe?.ipynb"), "Paweł.ipynb"), (0, "Pawe?.ipynb")):
        field = struct.pack("<BL", 1, checksum) + own
        entry.extra = struct.pack("<HH", 0x5455, 1) + b"x" + struct.pack("<HH", 0x7075, len(field)) + field
        assert _name(entry) == name
    entry.extra = b"up\xff\xff"
    assert _name(entry) == "Pawe?.ipynb"


def test_names_that_clash_in_a_hand_in_stop_nobody(course, tmp_path):
    files = {f"jane/{name}": b"" for name in ("data", "data/x.csv", "A.txt", "a.txt", "con.txt", "dot.")}
    collected = collect(course, [packed(tmp_path / "s.zip", {f"jane/{NOTEBOOK}": notebook(), **files})])
    assert placed(course) == {f"jane/{LESSON}/{name}" for name in (NOTEBOOK, "data", "A.txt")}
    assert said(collected).count("left out") == 4


@pytest.mark.parametrize(
    "name",
    [
        "jane",
        "a+b",
        "Zoë",
        "*?[x]",
        "..",
        ".hidden",
        "con",
        "NUL.txt",
        "x ",
        " x",
        "a/b",
        "a\nb",
        "~",
        "%2B",
        "",
        "李明",
    ],
)
def test_ids_are_safe_and_can_be_turned_back(name):
    identity = safe_id(name)
    assert identity and not set(identity) & set("+*?[]/\\\n:%\"'<>|$ ") and identity[0] != "."
    data = re.sub(rb"~([0-9A-F]{2})", lambda found: bytes.fromhex(found[1].decode()), identity.encode())
    assert data.decode() == (name or "~")
    assert safe_id(name, capitals=False) == safe_id(name, capitals=False).lower() or "~" in safe_id(
        name, capitals=False
    )


def test_long_names_stay_apart():
    assert len(safe_id("x" * 999).encode()) <= 100
    assert safe_id("x" * 999) != safe_id("x" * 998)


def test_an_interrupted_run_leaves_whole_hand_ins_and_goes_on(course, tmp_path):
    source = packed(tmp_path / "s.zip", {f"s{n}/{NOTEBOOK}": notebook(str(n)) for n in range(4)})

    def stop(done: int, total: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        collect(course, [source], progress=stop)
    assert placed(course) == {f"s{n}/{LESSON}/{NOTEBOOK}" for n in range(2)}
    statuses = [one.status for one in collect(course, [source]).found]
    assert statuses == ["as before", "as before", "new", "new"]


def test_a_stop_between_two_steps_loses_nothing(course, tmp_path, monkeypatch):
    old = packed(tmp_path / "1.zip", {f"jane/{NOTEBOOK}": notebook("old")}, 1)
    new = packed(tmp_path / "2.zip", {f"jane/{NOTEBOOK}": notebook("new")}, 2)
    collect(course, [old])
    rename = Path.rename

    def stop(path: Path, target: Path) -> None:
        if path.name == ".new":
            raise KeyboardInterrupt
        rename(path, target)

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(Path, "rename", stop)
        collect(course, [new])
    assert earlier(course) == [notebook("old")]
    collect(course, [new])
    assert (course.submitted / "jane" / LESSON / NOTEBOOK).read_bytes() == notebook("new")
    assert earlier(course) == [notebook("old")]


def test_one_place_in_the_class_is_not_given_to_two_people(course, tmp_path):
    record.enrol(course, [Person("u1", "Jane", "Doe")])
    files = {f"doejane_{n}_1{n}_small_numbers.ipynb": notebook(str(n)) for n in (1, 2)}
    collected = collect(course, [packed(tmp_path / "canvas.zip", files)])
    assert (course.submitted / "u1" / LESSON / NOTEBOOK).read_bytes() == notebook("1")
    assert (course.submitted / "doejane" / LESSON / NOTEBOOK).read_bytes() == notebook("2")
    assert collected.strangers == ["doejane"]


def test_litter_is_no_file_and_no_line():
    many = [File((f"{n}",), datetime.now() + timedelta(n), 0, bytes) for n in range(3)]
    assert len(packets(many, [])) == 3
    assert safe_path("a/./b//c") == (("a", "b", "c"), "")
    assert read_zip(packed(None, {"__MACOSX/x": b"", ".DS_Store": b"", "a/.ipynb_checkpoints/x.ipynb": b""})) == (
        [],
        [],
    )


@pytest.mark.slow
def test_nbgraders_exchange(course, autograder, tmp_path):
    exchange = tmp_path / "exchange"
    with (course.root / "nbgrader_config.py").open("a", encoding="utf-8") as config:
        config.write(f"c.Exchange.root = {str(exchange)!r}\n")
    exchange.mkdir()
    exchange.chmod(0o777)
    code, output = autograder("collect")
    assert code == 2 and "There is no exchange" in output and "Traceback" not in output
    inbound = exchange / "keras_spark" / "inbound"
    hand_ins = {"jane+01_small_numbers+2026-05-02 12:00:00.000000 UTC+abc": "new"}
    hand_ins |= {"jane+01_small_numbers+2026-05-01 12:00:00.000000 UTC+abd": "old"}
    hand_ins |= {"bo+02_large_numbers+2026-05-01 12:00:00.000000 UTC": "bo"}
    for name, answer in hand_ins.items():
        own = {"large_numbers.ipynb": notebook(cells=LARGE)} if answer == "bo" else {NOTEBOOK: notebook(answer)}
        folder(inbound / name, own | {"timestamp.txt": name.split("+")[2].encode()})
    code, output = autograder("collect")
    assert code == 0, output
    place = course.submitted / "jane" / LESSON
    assert (place / NOTEBOOK).read_bytes() == notebook("new")
    assert (place / "timestamp.txt").read_text().startswith("2026-05-02 12:00:00")
    assert "bo/02_large_numbers/large_numbers.ipynb" in placed(course)


@pytest.mark.skipif(os.name == "nt", reason="links and owners of folders as Unix has them")
def test_a_hand_in_of_the_exchange_is_its_students_own(course, autograder, tmp_path):
    """A link to the course's solutions is no answer, and a folder under another's name does not replace theirs."""
    import pwd  # not on Windows

    with (course.root / "nbgrader_config.py").open("a", encoding="utf-8") as config:
        config.write(f"c.Exchange.root = {str(tmp_path)!r}\n")
    inbound, me = tmp_path / "keras_spark" / "inbound", pwd.getpwuid(os.getuid()).pw_name
    for name, content in {
        f"{me}+{LESSON}+2026-05-01 12:00:00.000000 UTC+a": notebook("mine"),
        f"bo+{LESSON}+2026-05-02 12:00:00.000000 UTC+b": notebook("whose?"),
    }.items():
        folder(inbound / name, {NOTEBOOK: content})
    solved = course.notebooks / LESSON / NOTEBOOK
    for name in (f"eve+{LESSON}+2026-05-03 12:00:00.000000 UTC+c", f"{me}+02_large_numbers+2026-05-03 12:00:00 UTC+d"):
        (inbound / name).mkdir()
        (inbound / name / NOTEBOOK).symlink_to(solved)
    (inbound / f"mal+{LESSON}+2026-05-03 12:00:00.000000 UTC+e").symlink_to(solved.parent)
    code, output = autograder("collect")
    assert code == 1
    assert placed(course) == {f"bo/{LESSON}/{NOTEBOOK}", f"{me}/{LESSON}/{NOTEBOOK}"}, output
    assert f"belongs to the user {me}. Has somebody else handed it in?" in " ".join(output.split())


def test_the_command_says_what_came_of_it(course, autograder, tmp_path):
    files = {f"jane/{NOTEBOOK}": notebook(), "bo/essay.docx": b"", "../../a\x1b[31m+b": b""}
    source = packed(tmp_path / "s.zip", files)
    code, output = autograder("collect", str(source))
    assert code == 1
    assert "bo: there is no notebook, only essay.docx. Ask for the .ipynb file." in output
    assert "\x1b" not in output and "Traceback" not in output
    assert autograder("collect", str(tmp_path / "nothing.zip"))[0] == 2
    assert "collect" in autograder("--help")[1]
