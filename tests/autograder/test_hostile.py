"""Hostile hand-ins, in real kernels and real sandboxes: none gains a point, learns a secret, or stops the class.

Every attacker's `double` is wrong (2 points), and `greet` is right (1 point): one point is what each of them may have.
"""

import json
import socket
import subprocess
import sys

import pytest

from autograder.course import Course
from autograder.gradebook import record
from autograder.grading.grade_class import Grading, find_submissions
from autograder.kernels.rungs import why_no_sandbox
from tests.autograder.hostile_corpus import CORPUS, SLOW, answers, attack
from tests.autograder.tiny_course import LESSON, NOTEBOOK, RIGHT, hand_in, named, set_limits
from tests.waiting import new_nap, sleeps, until

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(bool(why_no_sandbox()), reason=f"there is no sandbox here: {why_no_sandbox()}"),
]
WRONG = "def double(x):\n    return 0\n"
SECRET = "a-secret-of-the-grader"
HIDDEN = "140246"
"""A number that stands in a hidden test alone."""

GAINS = {kind: CORPUS[kind] for kind in ("kernel", "protocol", "namespace", "files", "notebook")}
GAINS["machinery"] = {name: code for name, code in CORPUS["machinery"].items() if name in SLOW}
"""Attacks that are after points, by class. Those of the other classes are tried in the course's own lessons."""


@pytest.fixture
def released(released: Course) -> Course:
    set_limits(released, timeout=15, limit=40, memory=600, disk=100)
    return released


def grade(course: Course) -> tuple[dict, dict]:
    """Grade the class; returns student → points and student → outcome."""
    outcomes = {
        outcome.student: outcome for outcome in Grading(course, find_submissions(course, course.lessons())).run()
    }
    return {student: mark.points for (student, _), mark in record.marks(course).items()}, outcomes


def graded_text(course: Course, student: str) -> str:
    return (course.autograded / student / LESSON / NOTEBOOK).read_text(encoding="utf-8")


def outputs(course: Course, student: str) -> str:
    """What a hand-in printed."""
    cells = json.loads(graded_text(course, student))["cells"]
    return "".join("".join(out["text"]) for cell in cells for out in cell.get("outputs", []) if "text" in out)


@pytest.mark.parametrize("kind", GAINS)
def test_no_attack_gains_a_point(released, kind):
    (lesson,) = released.lessons()
    for name, code in GAINS[kind].items():
        sources = {**answers(kind, code, {"double": ["double"]}), "greet": RIGHT["greet"]}
        attack(released, lesson, name, kind, code, sources)
    hand_in(released, "zz-honest")
    points, outcomes = grade(released)
    assert points.pop("zz-honest") == 3
    assert {name: value for name, value in points.items() if value > 1} == {}
    assert [name for name, outcome in outcomes.items() if not outcome.graded] == []


def test_nothing_is_learnt(released, monkeypatch):
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRET)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        for name, code in CORPUS["reads"].items():
            hand_in(released, name, double=WRONG + code.replace("PORT", str(port)))
        # `greet` comes after the hidden tests of `double`: what has it kept of them?
        later = "print(In, _ih, get_ipython().history_manager.input_hist_raw)\nimport linecache\nprint(linecache.cache)"
        hand_in(released, "reads-history", greet=RIGHT["greet"] + "\n" + later)
        points, _ = grade(released)
    assert points["reads-history"] == 3
    for name in [*CORPUS["reads"], "reads-history"]:
        shown = outputs(released, name)
        assert "FOUND" not in shown and SECRET not in shown, (name, shown)
    assert HIDDEN not in outputs(released, "reads-history")


def test_no_damage_reaches_anybody_else(released):
    nap = new_nap()
    for name, code in CORPUS["resources"].items():
        hand_in(released, name, greet=RIGHT["greet"] + "\n" + code.replace("NAP", nap).replace("ANSWER", "greet"))
    hand_in(released, "zz-honest")
    submitted = sorted(path.relative_to(released.root) for path in released.submitted.rglob("*"))
    points, outcomes = grade(released)
    assert points.pop("zz-honest") == 3
    assert all(value >= 2 for value in points.values()), points  # what ran before the damage counts
    assert all(outcome.graded for outcome in outcomes.values())
    assert "MB of memory" in outcomes["memory-bomb"].problems[0]
    assert any(why in outcomes["endless-stream"].problems[0] for why in ("printed more than", "MB of memory"))
    assert [name for name in CORPUS["resources"] if "FOUND" in outputs(released, name)] == []
    assert sorted(path.relative_to(released.root) for path in released.submitted.rglob("*")) == submitted
    assert all(len(graded_text(released, name)) < 12_000_000 for name in points)
    until(lambda: not sleeps(nap))


def test_what_never_answers_is_ended(released):
    set_limits(released, timeout=5)  # they compute until then
    for name, code in CORPUS["endless"].items():
        hand_in(released, name, greet=RIGHT["greet"] + "\n" + code.replace("ANSWER", "greet"))
    hand_in(released, "zz-honest")
    points, outcomes = grade(released)
    assert points == dict.fromkeys(CORPUS["endless"], 2) | {"zz-honest": 3}
    assert all(outcome.graded for outcome in outcomes.values())


def test_a_score_stays_what_the_judge_said(released):
    """In a test that gives partial credit: what an answer has shown meanwhile is changed when the test is over."""
    for path in (released.notebooks / LESSON / NOTEBOOK, released.release / LESSON / NOTEBOOK):
        content = json.loads(path.read_text(encoding="utf-8"))
        for name in ("double_visible", "double_hidden"):
            named(content["cells"], name)["source"] = "1.0 * (double(3) == 6)"
        path.write_text(json.dumps(content), encoding="utf-8")
    code = CORPUS["protocol"]["display-updated-later"].replace("ANSWER", "double")
    for count in (1, 2):
        shows = "; ".join(["say('display_data')"] * count)
        updates = WRONG + code.replace("say('display_data'); say('display_data')", shows)
        hand_in(released, f"shows-{count}", double=updates)
        hand_in(
            released,
            f"shows-{count}-and-updates-once",
            double=updates.rpartition("\n")[0],
            greet=f"{RIGHT['greet']}\nsay('update_display_data')",
        )
    hand_in(released, "zz-honest")
    points, _ = grade(released)
    assert points.pop("zz-honest") == 3
    assert {name: value for name, value in points.items() if value > 1} == {}


def test_files_beside_the_notebook_shadow_nothing(released):
    for name in ("numpy.py", "course_lib/__init__.py", "course_lib/check/checks.py", "sitecustomize.py", "json.py"):
        path = released.submitted / "shadows" / LESSON / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("def cases(*a, **k): pass\nvalues = cases\n", encoding="utf-8")
    hand_in(released, "shadows", double=WRONG)
    honest = hand_in(released, "honest", double="from own_helper import twice as double")
    honest.with_name("own_helper.py").write_text("def twice(x):\n    return 2 * x\n", encoding="utf-8")
    points, _ = grade(released)
    assert points == {"shadows": 1, "honest": 3}


def test_neighbours_change_no_score(released):
    set_limits(released, timeout=8)  # it computes until then
    hand_in(released, "hog", greet=RIGHT["greet"] + "\nhog = bytearray(400_000_000)\nwhile True: pass")
    for number in range(6):
        hand_in(released, f"well-{number}")
        hand_in(released, f"wrong-{number}", double=WRONG)
    points, _ = grade(released)
    assert {points[f"well-{number}"] for number in range(6)} == {3}
    assert {points[f"wrong-{number}"] for number in range(6)} == {1}


def test_a_grader_that_dies_takes_its_kernels_with_it(released):
    nap = new_nap()
    hand_in(released, "waits", double=f"import subprocess\nsubprocess.run(['sleep', '{nap}'])")
    grader = subprocess.Popen([sys.executable, "-m", "autograder.cli", "grade"], cwd=released.root)
    until(lambda: sleeps(nap), lambda: ended(grader))
    grader.kill()
    grader.wait()
    until(lambda: not sleeps(nap))


def ended(grader: subprocess.Popen) -> None:
    assert grader.poll() is None, "the grader has ended"
