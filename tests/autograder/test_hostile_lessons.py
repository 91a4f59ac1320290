"""The course's own lessons, graded: no attack gains a point, learns a secret or costs others one; habits cost nothing.

Every attacker's answers are all wrong. The attacks stand in ``hostile/``, unusual but honest hand-ins in ``honest/``.
"""

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from autograder.authoring.answers import fill, read_bank
from autograder.authoring.release import release
from autograder.course import Course, Lesson, read_notebook
from autograder.gradebook import record
from autograder.grading.grade_class import Grading, Outcome, find_submissions
from autograder.kernels.rungs import why_no_sandbox
from autograder.reports.analysis import read_class
from autograder.reports.feedback import write_feedback
from course_lib.check.exercise import HIDDEN, VISIBLE
from course_lib.check.lesson import LessonChecks
from tests.autograder.hostile_corpus import CORPUS, MARK, SLOW, answers, asked, attack, told
from tests.autograder.tiny_course import REPOSITORY

FOLDERS = {folder.name[:2]: folder for folder in sorted((REPOSITORY / "notebooks").glob("[01]*"))}
BY_HEART = ("visible-facts-by-heart", "visible-examples-by-heart")
ATTACKS: dict[str, dict[str, list[str]]] = {
    "01": {
        kind: [name for name in CORPUS[kind] if name not in SLOW]
        for kind in ("machinery", "values", "namespace", "frames_and_memory", "leaks")
    }
    | {kind: list(CORPUS[kind])[::3] for kind in ("protocol", "notebook")},  # all of them: in `test_hostile.py`
    "02": {
        "machinery": [
            name for name in CORPUS["machinery"] if "callback" in name or name in ("drops-beside", "raw-echo")
        ],
        "values": [
            "visible-examples-by-heart",
            "visible-facts-by-heart",
            "nan-array",
            "object-array",
            "answers-change",
        ],
        "leaks": list(CORPUS["leaks"])[:6],
    },
    "06": {"values": [*BY_HEART, "true-for-all"], "models": list(CORPUS["models"]), "leaks": ["shown-while-asked"]},
    "09": {"java": list(CORPUS["java"]), "values": list(BY_HEART), "leaks": ["raises-what-it-is-asked"]},
    "10": {"java": ["java-killed", "rdd-that-agrees"], "values": list(BY_HEART), "leaks": ["returns-what-it-is-asked"]},
}
"""Lesson → class → attacks."""
TESTED = [number for number in ATTACKS if (FOLDERS[number] / "checks.py").is_file()]
HONEST = {
    path.stem[-2:]: dict(block.split("\n", 1) for block in path.read_text(encoding="utf-8").split("\n# %% ")[1:])
    for path in sorted((Path(__file__).parent / "honest").glob("*.py"))
}
NEIGHBOURS = ("aa-honest", "zz-honest")

in_a_sandbox = pytest.mark.skipif(bool(why_no_sandbox()), reason=f"there is no sandbox here: {why_no_sandbox()}")


@dataclass
class Graded:
    """A graded class of one lesson."""

    course: Course
    lesson: Lesson
    outcomes: dict[str, Outcome]
    points: dict[str, float]

    @property
    def full(self) -> float:
        """What the tests of the lesson are worth."""
        return sum(sum(exercise.points.values()) for exercise in self.lesson.exercises)

    def printed(self, student: str) -> str:
        """What the cells of a hand-in printed."""
        cells = read_notebook(self.course.autograded / student / self.lesson.name / self.lesson.notebook.name)["cells"]
        return "".join("".join(out["text"]) for cell in cells for out in cell.get("outputs", []) if "text" in out)


def course_of(root: Path, number: str, limits: str = "") -> tuple[Course, Lesson, dict[str, str]]:
    """A course with this lesson alone, released, with right answers to all its exercises."""
    folder = FOLDERS[number]
    shutil.copytree(folder, root / "notebooks" / folder.name)
    config = (REPOSITORY / "nbgrader_config.py").read_text(encoding="utf-8")
    (root / "nbgrader_config.py").write_text(config + limits, encoding="utf-8")
    course = Course(root)
    list(release(course, course.lessons()))
    bank = read_bank(REPOSITORY / "tests" / "answers" / folder.name)
    right = {name: next(one.source for one in bank[name] if one.kind == "right") for name in bank}
    return course, course.lessons()[0], right


def graded(course: Course, lesson: Lesson) -> Graded:
    """Grade the class."""
    outcomes = {outcome.student: outcome for outcome in Grading(course, find_submissions(course, [lesson])).run()}
    points = {student: mark.points for (student, _), mark in record.marks(course).items()}
    return Graded(course, lesson, outcomes, points)


@pytest.fixture(scope="module", params=TESTED)
def attacked(request, tmp_path_factory) -> Graded:
    """A class of attackers, between two honest students."""
    number = request.param
    patience = {"01": 20, "02": 10}.get(number)  # what has no end computes until then
    limits = f"c.Execute.timeout = {patience}\nc.Execute.limit = 40\nc.Execute.memory = 1200\n" if patience else ""
    course, lesson, right = course_of(tmp_path_factory.mktemp("lesson") / "course", number, limits)
    names = asked(course, lesson)
    for kind, attacks in ATTACKS[number].items():
        for name in attacks:
            code = CORPUS[kind][name]
            attack(course, lesson, name, kind, code, answers(kind, code, names))
    for student in NEIGHBOURS:
        attack(course, lesson, student, "", "", right)
    return graded(course, lesson)


@pytest.mark.slow
@in_a_sandbox
def test_no_attack_gains_a_point(attacked):
    assert {name: points for name, points in attacked.points.items() if points and name not in NEIGHBOURS} == {}


@pytest.mark.slow
@in_a_sandbox
def test_neighbours_keep_their_points_and_the_class_goes_on(attacked):
    assert {student: attacked.points[student] for student in NEIGHBOURS} == dict.fromkeys(NEIGHBOURS, attacked.full)
    assert [name for name, outcome in attacked.outcomes.items() if not outcome.graded] == []


@pytest.mark.slow
@in_a_sandbox
def test_nothing_that_was_asked_comes_back_to_a_student(attacked):
    pages = list(write_feedback(read_class(attacked.course, [attacked.lesson]), attacked.course))
    assert len(pages) == len(attacked.outcomes)
    assert [path.parent.parent.name for path in pages if MARK in told(path)] == []


@pytest.mark.slow
@in_a_sandbox
def test_nobody_finds_what_is_not_theirs(attacked):
    assert [name for name in attacked.outcomes if "FOUND" in attacked.printed(name)] == []


# ------------------------------------------------------------------------------------------------ honest students


@pytest.fixture(scope="module", params=HONEST)
def honest(request, tmp_path_factory) -> Graded:
    """A class of honest students with unusual habits."""
    course, lesson, right = course_of(tmp_path_factory.mktemp("honest") / "course", request.param)
    first = lesson.exercises[0].name
    for name, block in HONEST[request.param].items():
        before, *own = re.split(r"^## (\w+)\n", block, flags=re.MULTILINE)
        sources = {**right, **dict(zip(own[::2], own[1::2], strict=True))}
        sources[first] = f"{before}\n{sources[first]}".lstrip("\n")
        path = course.submitted / name / lesson.name / lesson.notebook.name
        fill(course.release / lesson.name / lesson.notebook.name, path, sources)
        helper = "def weighted_sum(x, w, b):\n    return w @ x + b\n"
        path.with_name("own_helper.py").write_text(helper, encoding="utf-8")
    return graded(course, lesson)


@pytest.mark.slow
@in_a_sandbox
def test_an_honest_habit_costs_nothing(honest):
    assert {name: points for name, points in honest.points.items() if points != honest.full} == {}
    assert {name: outcome.problems for name, outcome in honest.outcomes.items() if outcome.problems} == {}


# ---------------------------------------------------------------------------------------- without any kernel


@pytest.mark.slow
@pytest.mark.parametrize("number", [number for number, folder in FOLDERS.items() if (folder / "checks.py").is_file()])
def test_who_gives_the_facts_that_a_check_looks_for_is_not_right(number):
    checks = LessonChecks((FOLDERS[number] / "checks.py").read_text(encoding="utf-8"))
    for exercise in (kind() for kind in checks.exercises.values()):
        for part in (VISIBLE, HIDDEN):
            for question in exercise.questions(part, np.random.default_rng(0)):
                if _tells_facts(question.expected):
                    outcome = exercise.ask(question, _Gives(question.expected))
                    assert outcome.difference(question.expected, exercise.rtol, exercise.atol), exercise.name


def _tells_facts(expected: object) -> bool:
    return isinstance(expected, dict) and any(fact is True for fact in expected.values())


class _Gives:
    """An answer that gives the same whatever it is asked, under every name."""

    def __init__(self, given: object):
        self._given = given

    def __call__(self, *_: object, **__: object) -> object:
        return self._given
