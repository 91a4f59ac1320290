"""Feedback: a student reads what went wrong, and nothing of a hidden test."""

import re
import subprocess
import sys

import pytest

from autograder.course import CourseError
from autograder.reports.analysis import read_class
from autograder.reports.feedback import write_feedback
from tests.autograder.hostile_class import COLOURED, FORMULA, LESSON, NOTEBOOK, SCRIPT, TURNED, Tags
from tests.autograder.tiny_course import wide_environment

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def pages(hostile_class) -> dict[str, str]:
    """Student → what stands in the page's body."""
    paths = list(write_feedback(read_class(hostile_class, hostile_class.lessons()), hostile_class))
    assert hostile_class.root / "feedback" / "ada" / LESSON / "small_numbers.html" in paths
    return {path.parts[-3]: path.read_text(encoding="utf-8").partition("<body")[2] for path in paths}


def told(page: str) -> str:
    """A page without the student's own answers."""
    return re.sub("<details>.*?</details>", "", page, flags=re.DOTALL)


def test_students_read_what_they_wrote_as_it_was_typed(pages):
    own = re.findall("<details><summary>What you wrote</summary><pre>(.*?)</pre></details>", pages["ada"], re.DOTALL)
    assert own == [
        "def double(x):\n    return 2 * x",
        "def greet(name):\n    return f&#39;Hello, {name}!&#39;",
        "Because.",
    ]
    assert "# &lt;/script&gt;&lt;svg onload=alert(2)&gt;" in pages[SCRIPT]
    assert "<details>" not in pages["zoe"]


def card(page: str, title: str) -> str:
    return next(part for part in page.split("<section") if title in part)


def test_points_comment_and_penalty(pages):
    assert "3.5 of 5 points" in pages["ada"] and "Handed in 1 d 12 h late: 1 point taken off" in pages["ada"]
    assert "Good reason.\n&lt;svg" in pages["ada"] and "Marked by a person" in pages["ada"]


def test_the_hint_that_fits_and_what_to_read_again(pages):
    double = card(pages["bo"], "Exercise 1")
    assert "<strong>square</strong>: Twice a number is not its square." in double and "not yet" in double
    assert "Read again: the part “Small numbers”" in double
    assert "solved" in card(pages["bo"], "Exercise 2")
    assert "<strong>no name</strong>: The name is missing." in card(pages["cy"], "Exercise 2")
    assert "returns None" in card(pages[FORMULA], "Exercise 2")
    assert "could not be read" in pages["zoe"] and "Ask for" not in pages["zoe"]


def test_hidden_tests_show_by_name_alone(pages):
    double = card(pages[TURNED], "Exercise 1")
    assert (
        "passes the check in the notebook" in double and "None of the usual mistakes" in double and "in part" in double
    )
    for page in pages.values():
        assert not re.search(r"\b(140246|70123|16|Bo)\b", told(page).replace("1</span>", "")), (
            "numbers of the hidden tests"
        )


def test_what_a_student_puts_into_a_message_is_not_told(pages, hostile_class):
    graded = (hostile_class.autograded / "spy" / LESSON / NOTEBOOK).read_text(encoding="utf-8")
    assert "KEPT [" in graded and "70" in graded, "the attack is real: hidden numbers stand in a visible test's message"
    assert "KEPT" not in told(pages["spy"]) and "KeyError" in told(pages["spy"])
    for student in (COLOURED, SCRIPT):
        assert "alert(2)" not in told(pages[student]) and "<svg" not in pages[student]


def test_nothing_runs_in_a_page(hostile_class, pages):
    for path in (hostile_class.root / "feedback").rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert "default-src 'none'; style-src 'sha256-" in text and "script-src" not in text
        assert "\x1b" not in text and "\u202e" not in text and "javascript:" not in text
        tags = Tags(text)
        assert not tags.names & {"script", "svg", "img", "iframe", "object", "form", "link", "a", "b"}
        assert tags.attributes <= {"lang", "charset", "http-equiv", "content", "name", "class", "id", "aria-labelledby"}


def test_only_some_students(hostile_class, tmp_path):
    lessons = hostile_class.lessons()
    (path,) = write_feedback(read_class(hostile_class, lessons, ["bo"]), hostile_class, ["bo"])
    assert path.parts[-3] == "bo"
    with pytest.raises(CourseError, match="nobody"):
        list(write_feedback(read_class(hostile_class, lessons), hostile_class, ["nobody"]))


def test_nbgrader_releases_it(hostile_class, pages, tmp_path):
    feedback = hostile_class.root / "feedback"
    assert (feedback / "ada" / LESSON / "submission_secret.txt").read_text() == "5ec3e7"
    secret = (feedback / "bo" / LESSON / "submission_secret.txt").read_text()
    assert len(secret) == 128, "bo's hand-in came without one"
    exchange = tmp_path / "exchange"
    exchange.mkdir()
    exchange.chmod(0o777)
    command = [sys.executable, "-m", "nbgrader", "release_feedback", LESSON, f"--Exchange.root={exchange}"]
    done = subprocess.run(
        command, cwd=hostile_class.root, env=wide_environment(), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    released = list(exchange.rglob("*.html"))
    assert len(released) == len(pages)
    assert sum("3.5 of 5 points" in path.read_text(encoding="utf-8") for path in released) == 1


def test_nbgraders_own_command_writes_the_same_page(hostile_class, pages):
    page = hostile_class.root / "feedback" / "bo" / LESSON / "small_numbers.html"
    ours = page.read_bytes()
    command = [sys.executable, "-m", "nbgrader", "generate_feedback", LESSON, "--student=bo", "--force"]
    done = subprocess.run(
        command, cwd=hostile_class.root, env=wide_environment(), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert page.read_bytes() == ours
