"""Marking by question: what the page is told, what it may write, and who else marks at the same time."""

import json
import re
import shutil
import signal
import subprocess
import sys
import urllib.error
import urllib.request
import webbrowser
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from autograder.course import Course, CourseError
from autograder.gradebook.by_hand import GONE, GRADED_AGAIN, MARKED_MEANWHILE, Mark, mark
from autograder.gradebook.seen import Part, what_is_seen
from autograder.marking.alike import clusters
from autograder.marking.questions import choose, find_questions, questions_of
from autograder.marking.server import TOKEN, Marking, on_a_hub, open_browser
from autograder.reports.rubric import Rubric, rubrics_of
from tests.autograder.conftest import make_course
from tests.autograder.hostile_class import Tags
from tests.autograder.marked_class import (
    WHY,
    all_at_once,
    decide,
    formgrader_comes_between,
    look,
    make_class,
    put,
    served,
    standing,
)
from tests.autograder.tiny_course import LESSON, REPOSITORY, cell, wide_environment

QUESTION = f"{LESSON}/why"


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Course:
    course = make_course(tmp_path_factory.mktemp("marking") / "course")
    make_class(course)
    return course


@pytest.fixture
def marked(made, tmp_path) -> Course:
    """A class of the test's own, graded, nothing marked."""
    return Course(Path(shutil.copytree(made.root, tmp_path / "marked")))


def fetch(address: str, path: str, token: str = "", body: object = None) -> tuple[int, dict | str, dict]:
    """Status, content and headers of what the server answers."""
    data = None if body is None else body if isinstance(body, bytes) else json.dumps(body).encode()
    request = urllib.request.Request(address + path, data, {TOKEN: token} if token else {})
    try:
        with urllib.request.urlopen(request) as reply:
            status, text, headers = reply.status, reply.read().decode(), reply.headers
    except urllib.error.HTTPError as error:
        status, text, headers = error.code, error.read().decode(), error.headers
    return status, json.loads(text) if "json" in headers["Content-Type"] else text, dict(headers)


# ------------------------------------------------------------------------------------------------ rubrics and likeness


def test_every_rubric_of_the_course_makes_buttons():
    rows = 0
    for lesson in Course(REPOSITORY).lessons():
        for name, rubric in rubrics_of(lesson).items():
            levels = rubric.levels(lesson.grade_ids[name])
            assert levels[0].points == lesson.grade_ids[name] and levels[-1].points == 0, lesson.name
            rows += all(level.text for level in levels)
    assert rows >= 10


def test_a_rubric_without_a_table_has_a_button_for_each_point():
    assert [level.points for level in Rubric("- 1 point: this\n- 1 point: that", {}).levels(2.5)] == [2.5, 2, 1, 0]
    shown = Rubric("| points | |\n|---|---|\n| 1.5 | a \\| b |\n| 0 | none |\n| 9 | too many |", {}).levels(2)
    assert [(level.points, level.text) for level in shown] == [(1.5, "a | b"), (0, "none")]


def written(text: str) -> list[Part]:
    return [Part("answer", text, False)]


@pytest.mark.seconds(30)  # scikit-learn is imported
def test_equal_answers_are_one_group_and_nearly_equal_ones_stand_together():
    answers = {name: written(text) for name, text in WHY.items()}
    answers["empty"], answers["dots"] = written(""), written("…")
    found = clusters(answers)
    assert [set(group) for group in found[0]] == [{"ada", "bo"}, {"cy"}]
    assert sorted(name for cluster in found for group in cluster for name in group) == sorted(answers)
    assert clusters({}) == [] and clusters({"a": written("…")}) == [[["a"]]]


def test_code_and_pictures_are_told_apart():
    def code(text: str, said: str = "") -> list[Part]:
        return [Part("answer", text, True), Part("said", said, False)]

    answers = {
        "a": code("x = A\n\n"),
        "b": code("x = A  "),
        "capital": code("x = a"),
        "indented": code("  x = A"),
        "said": code("x = A", "CheckFailed"),
        "picture": [Part("answer", "x = A", True, {"x.png": {"image/png": "AAAA"}})],
    }
    groups = [set(group) for cluster in clusters(answers) for group in cluster]
    assert {"a", "b"} in groups and len(groups) == 5


# ------------------------------------------------------------------------------------------------------- the server


@pytest.mark.slow
def test_without_the_token_nothing_of_the_class_is_told(made):
    with served(made) as (address, token):
        for path in ("api/questions", f"api/question?key={QUESTION}"):
            for wrong in ("", token[:-1], token + "x"):
                status, told, _ = fetch(address, path, wrong)
                assert status == 403 and set(told) == {"error"}
        assert fetch(address, "api/marks", "", {"question": QUESTION, "marks": []})[0] == 403
        for path in ("", "mark.js", "mark.css", "style.css"):
            status, _, headers = fetch(address, path)
            assert status == 200
            assert "default-src 'none'; script-src 'self';" in headers["Content-Security-Policy"]
            assert "unsafe" not in headers["Content-Security-Policy"] and headers["Cache-Control"] == "no-store"
        for path in ("../gradebook.db", "..%2fgradebook.db", "mark.html", "api/", "api/other"):
            assert fetch(address, path, token)[0] == 404, path


@pytest.mark.slow
def test_the_page_is_told_all_answers_to_a_question_and_no_name_where_they_are_hidden(made):
    with served(made, hide_names=True) as (address, token):
        _, told, _ = fetch(address, "api/questions", token)
        assert told["hide_names"] and [(one["answers"], one["waiting"]) for one in told["questions"]] == [
            (1, 1),
            (5, 5),
        ]
        _, named, _ = fetch(address, f"api/question?key={QUESTION}", token)
        _, hidden, _ = fetch(address, f"api/question?key={QUESTION}&names=0", token)
    who = [{named["answers"][one]["who"] for one in group["answers"]} for group in named["groups"]]
    assert who[:2] == [{"ada", "bo"}, {"cy"}] and {"dee"} in who and {"mallory"} in who
    assert [(group["place"], group["of"]) for group in named["groups"][:2]] == [(1, 2), (2, 2)]
    assert [level["points"] for level in named["levels"]] == [2, 1, 0] and "secretly convinces" in named["rubric"]
    assert not WHY.keys() & set(re.findall(r"\w+", json.dumps(hidden)))
    assert hidden["groups"][0]["answers"] == sorted(hidden["groups"][0]["answers"])


@pytest.mark.slow
def test_what_students_wrote_cannot_act(made):
    with served(made) as (address, token):
        _, told, _ = fetch(address, f"api/question?key={QUESTION}", token)
        _, test, _ = fetch(address, f"api/question?key={LESSON}/double_hidden", token)
    (part,) = next(group["parts"] for group in told["groups"] if "taken over" in group["parts"][0]["text"])
    assert not {"script", "svg", "img"} & Tags(part["html"]).names and Tags(part["html"]).attributes <= {"href"}
    assert "\x1b" not in part["html"] + part["text"] and "<script>" in part["text"]
    kinds = {part["kind"]: part for part in test["groups"][0]["parts"]}
    assert set(kinds) == {"answer", "said", "why"} and not any(part["html"] for part in kinds.values())
    assert "knows the visible examples" in kinds["why"]["text"] and "2 * x" in kinds["answer"]["text"]


@pytest.mark.slow
def test_one_mark_for_equal_answers_lands_where_formgraders_lands_and_can_be_taken_back(marked):
    with served(marked) as (address, token):
        _, told, _ = fetch(address, f"api/question?key={QUESTION}", token)
        group = told["groups"][0]["answers"]

        def send(points, comment, versions, waits=False):
            marks = [
                {"id": name, "seen": told["answers"][name]["seen"], "version": versions[name]["version"]}
                | {"points": points, "comment": comment, "waits": waits}
                for name in group
            ]
            return fetch(address, "api/marks", token, {"question": QUESTION, "marks": marks})

        status, done, _ = send(1.5, "Which sign?\n", told["answers"])
        assert (status, done["refused"], done["comments"]) == (200, {}, ["Which sign?"])
        assert standing(marked, "ada") == standing(marked, "bo") == (1.5, False, "Which sign?")
        assert standing(marked, "cy") == (None, True, "")
        again = send(0, "", told["answers"])[1]  # another marker, who saw them unmarked
        assert set(again["refused"].values()) == {MARKED_MEANWHILE} and standing(marked, "ada")[0] == 1.5
        back = send(None, "", done["states"], waits=True)[1]
        assert back["refused"] == {} and standing(marked, "ada") == standing(marked, "bo") == (None, True, "")


@pytest.mark.slow
def test_marks_that_make_no_sense_are_refused_in_words_and_change_nothing(made):
    before = look(made)
    one = before[0]
    sound = {"id": one.id, "version": one.version, "seen": "", "points": 1, "comment": ""}
    with served(made) as (address, token):
        for change, said in (
            ({"points": -1}, "Points go from 0 to 2"),
            ({"points": 2.5}, "Points go from 0 to 2"),
            ({"points": float("nan")}, "no mark"),
            ({"points": 10**400}, "no mark"),
            ({"points": True}, "no mark"),
            ({"points": "one"}, "no mark"),
            ({"comment": "x" * 20_001}, "at most 20,000"),
            ({"comment": None}, "no mark"),
        ):
            status, told, _ = fetch(address, "api/marks", token, {"question": QUESTION, "marks": [sound | change]})
            assert status == 409 and said in told["error"], change
        for body in (b"{", b"[1]", b"null", b'{"question": 1}', {"question": f"{LESSON}/nobody", "marks": []}):
            assert fetch(address, "api/marks", token, body)[0] in (400, 409), body
        told = fetch(address, "api/marks", token, {"question": QUESTION, "marks": [sound | {"id": "other"}]})[1]
        assert told["refused"] == {"other": GONE}
    assert look(made) == before


@pytest.mark.slow
def test_a_mark_is_for_the_answer_that_was_seen_and_stands_until_that_changes(marked):
    seen = [one for one in look(marked) if one.student == "ada"]
    (lesson,) = marked.lessons()
    path = put(marked, "ada", WHY["ada"])
    assert decide(marked, seen, 2.0) == {}
    put(marked, "ada", WHY["ada"])  # graded again, the same
    assert standing(marked, "ada") == (2.0, False, "")
    put(marked, "ada", WHY["ada"], lambda cells: [*cells, cell("markdown", "more", "And more.")])  # goes on below
    assert standing(marked, "ada") == (2.0, True, "")
    assert "And more." in path.read_text(encoding="utf-8")
    seen = [one for one in look(marked) if one.student == "ada"]
    old = what_is_seen(path)["why"]
    put(marked, "ada", "Another answer.")
    late = Mark(seen[0].id, seen[0].version, old, 2.0, "")
    assert mark(marked, lesson, "why", "why", [late]) == {late.id: GRADED_AGAIN}


@pytest.mark.slow
def test_two_markers_at_once_never_overwrite_each_other(marked, monkeypatch):
    all_at_once(marked, monkeypatch)


@pytest.mark.slow
def test_who_marks_in_formgrader_at_the_same_moment_is_not_overwritten(marked, monkeypatch):
    formgrader_comes_between(marked, monkeypatch)


@pytest.mark.slow
def test_an_answer_in_a_cell_beside_the_stub_is_shown_and_the_lessons_own_cells_are_not(marked):
    def above(cells):
        at = next(place for place, one in enumerate(cells) if one["id"] == "why")
        return [*cells[:at], cell("markdown", "above", "It stands **above**."), *cells[at:]]

    put(marked, "eve", "*Write your answer here.*", above)
    with served(marked) as (address, token):
        _, told, _ = fetch(address, f"api/question?key={QUESTION}", token)
    shown = next(group["parts"] for group in told["groups"] if len(group["parts"]) > 1)
    assert [part["kind"] for part in shown] == ["beside", "answer"] and "<strong>above</strong>" in shown[0]["html"]


@pytest.mark.slow
def test_a_gradebook_that_does_not_answer_is_told_in_words(made, monkeypatch):
    def locked(self):
        raise OperationalError("SELECT", {}, Exception("database is locked"))

    monkeypatch.setattr(Marking, "questions", locked)
    with served(made) as (address, token):
        status, told, _ = fetch(address, "api/questions", token)
    assert status == 503 and "does not answer (database is locked)" in told["error"]


# ------------------------------------------------------------------------------------------------------ the command


def test_without_hand_ins_the_command_says_what_to_do_first(course, autograder):
    code, said = autograder("mark")
    assert code == 2 and "autograder grade" in said


@pytest.mark.slow
def test_a_question_is_chosen_by_the_beginning_of_its_name(made):
    found = find_questions(made, questions_of(made.lessons()))
    assert choose(found, "wh").cell == "why" and choose(found, "double").cell == "double_hidden"
    with pytest.raises(CourseError, match="No question begins with 'xor': double_hidden, why"):
        choose(found, "xor")


@pytest.mark.slow
def test_the_command_serves_the_page_until_ctrl_c(marked):
    command = [sys.executable, "-m", "autograder.cli", "mark", "01", "why", "--hide-names", "--no-browser"]
    env = wide_environment() | {"JUPYTERHUB_SERVICE_PREFIX": "/user/ada/"}
    # a runner in the background may have told its children to ignore Ctrl-C
    heeds = lambda: signal.signal(signal.SIGINT, signal.default_int_handler)  # noqa: E731
    with subprocess.Popen(
        command, cwd=marked.root, env=env, stdout=subprocess.PIPE, text=True, preexec_fn=heeds
    ) as process:
        try:
            lines = [process.stdout.readline() for _ in range(4)]
            address, token = re.search(r"(http://127\.0\.0\.1:\d+/)#(\S+)", "".join(lines)).groups()
            assert "6 answers wait" in lines[0]
            assert f"/user/ada/proxy/{address.split(':')[2]}#{token}" in "".join(lines)
            told = fetch(address, "api/questions", token)[1]
            assert told["first"] == QUESTION and told["hide_names"]
            assert len(list(marked.backups.glob("*.db"))) == 1
            taken = subprocess.run([*command, f"--port={address.split(':')[2][:-1]}"], cwd=marked.root, env=env,
                                   capture_output=True, text=True, check=False)  # fmt: skip
            assert taken.returncode == 2 and "is not free" in taken.stdout
        finally:
            process.send_signal(signal.SIGINT)
        assert "Stopped. What was marked is in the gradebook." in process.stdout.read()
    assert process.returncode == 130


def test_elsewhere_than_on_a_hub_there_is_one_address(monkeypatch):
    monkeypatch.delenv("JUPYTERHUB_SERVICE_PREFIX", raising=False)
    assert on_a_hub(8899, "t") == ""


def test_a_browser_gets_the_address_from_a_file_and_one_without_windows_gets_nothing(monkeypatch, tmp_path):
    class Browser(webbrowser.BackgroundBrowser):
        def open(self, url, new=0, autoraise=True):
            opened.append(url)

    opened: list[str] = []
    monkeypatch.setattr(webbrowser, "get", lambda: Browser("firefox"))
    open_browser("http://127.0.0.1:1/#secret", tmp_path)
    assert opened == [(tmp_path / "mark.html").as_uri()]
    assert "url=http://127.0.0.1:1/#secret" in (tmp_path / "mark.html").read_text(encoding="utf-8")
    monkeypatch.setattr(webbrowser, "get", lambda: webbrowser.GenericBrowser("w3m"))
    open_browser("http://127.0.0.1:1/#secret", tmp_path)
    assert len(opened) == 1
