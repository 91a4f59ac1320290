"""The numbers of a class, by hand on small examples and in a real gradebook."""

from collections import Counter
from pathlib import Path

import pytest

from autograder.course import Lesson
from autograder.gradebook.person import Person
from autograder.reports.analysis import CellScore, Classroom, GradedSubmission, ItemStatistics, read_class
from autograder.reports.lesson_items import Item, Ran
from course_lib.check.message import Message
from tests.autograder.hostile_class import LESSON, SCRIPT

ONE = Item(
    "one", "One", "Part", "", {"one_visible": 1.0, "one_hidden": 1.0}, frozenset({"one_hidden"}), {"odd": "Hint."}
)
TWO = Item("two", "Two", "Part", "", {"two_visible": 2.0}, frozenset(), {})
ESSAY = Item("why", "Why", "Part", "", {"why": 2.0}, frozenset(), {})


def submission(
    student: str, points: dict[str, float], waits: tuple = (), penalty: float = 0.0, **ran
) -> GradedSubmission:
    grades = {
        test: CellScore(points.get(test, 0.0), maximum, test in waits, False)
        for item in (ONE, TWO, ESSAY)
        for test, maximum in item.tests.items()
    }
    found = Ran(ran.get("messages", {}), ran.get("seconds", {}), ran.get("answers", {}))
    return GradedSubmission(student, "01", grades, {}, penalty, 0.0, None, "id", True, (), (), found)


def classroom(*submissions: GradedSubmission) -> Classroom:
    made = Classroom(
        [Lesson("01", Path(), Path())],
        {one.student: Person(one.student) for one in submissions},
        {(one.student, "01"): one for one in submissions},
        {},
    )
    made.__dict__["items"] = {"01": [ONE, TWO, ESSAY]}
    return made


def test_difficulty_discrimination_and_time():
    strong = {"one_visible": 1.0, "one_hidden": 1.0, "two_visible": 2.0}
    half = {"one_visible": 1.0, "two_visible": 1.0}
    students = [submission(name, strong, seconds={"one": 2.0, "one_hidden": 1.0}) for name in "ab"]
    students += [submission(name, half, seconds={"one": 1.0}) for name in "cd"] + [submission("e", {})]
    one, two, essay = classroom(*students).statistics()
    assert (one.count, one.difficulty, one.solved, one.seconds) == (5, 0.6, 0.4, 2.0)
    assert one.discrimination == pytest.approx(1.0) and two.discrimination == pytest.approx(1.0)
    assert essay.difficulty == 0 and essay.discrimination is None, "all have the same points"
    few = classroom(*students[:4]).statistics()[0]
    assert few.difficulty == 0.75 and few.discrimination is None, "too few to say"


def test_a_written_answer_is_counted_when_all_are_marked():
    students = [submission("a", {"why": 2.0}), submission("b", {}, waits=("why",))]
    essay = classroom(*students).statistics()[2]
    assert (essay.count, essay.difficulty, essay.remark) == (0, None, "waits to be marked")


def test_remarks_need_many_hand_ins():
    said = {count: ItemStatistics("01", ONE, count, 0.5, 0.5, -0.2, None, 0).remark for count in (5, 20)}
    assert not said[5] and "is the task clear" in said[20]


def test_mistakes_are_counted_by_student_and_the_named_one_wins():
    odd, unknown, stub = Message("double", "odd", "Hint."), Message("double"), Message("double", "not written yet")
    made = classroom(
        submission("a", {}, messages={"one_visible": odd, "one_hidden": odd}, answers={"one": "def one(): ..."}),
        submission("b", {}, messages={"one_visible": unknown, "one_hidden": odd}),
        submission("c", {}, messages={"one_hidden": unknown, "two_visible": stub}),
    )
    found = [(one.mistake, one.students, one.of) for one in made.misconceptions()]
    assert found == [("odd", 2, 3), ("", 1, 3)]
    assert made.misconceptions()[0].answer == "def one(): ..."
    assert made.statistics()[1].not_written == 1


def test_a_penalty_takes_no_more_than_there_is():
    assert submission("a", {"two_visible": 2.0}, penalty=0.5).points == 1.5
    assert submission("a", {"two_visible": 2.0}, penalty=5).points == 0


def test_a_course_without_a_gradebook_has_an_empty_class(course):
    assert read_class(course, course.lessons()).submissions == {}


@pytest.mark.slow
def test_a_real_class(hostile_class):
    made = read_class(hostile_class, hostile_class.lessons())
    ada, zoe = made.submissions["ada", LESSON], made.submissions["zoe", LESSON]
    assert (ada.points, ada.maximum, ada.penalty, ada.seconds_late) == (3.5, 5, 1, 36 * 3600)
    assert not zoe.graded and zoe.problems == ("The folder is empty. Ask for the notebook.",)
    assert made.missing(LESSON) == ["missing-mia"] and made.people["missing-mia"].name == "O'Neil, Jr., Mia"
    met = {(one.item.name, one.mistake): one for one in made.misconceptions()}
    assert met["double", "square"].students == 1 and "x * x" in met["double", "square"].answer
    assert met["double", "ValueError"].answer.startswith("def double")
    assert met["double", ""].students == 1, "the one whose answer fits the visible test alone"
    assert met["double", "always the same"].students == 1, "the forged message"
    assert ada.seconds(made.items[LESSON][0]) > 0
    assert made.statistics()[2].remark == "waits to be marked"
    only = read_class(hostile_class, hostile_class.lessons(), [SCRIPT])
    assert list(only.submissions) == [(SCRIPT, LESSON)]


def test_who_is_asked_about_alone_is_read_alone(hostile_class):
    """A server does so after each hand-in: in a large class it would read everybody's points each time."""
    from nbgrader.api import Grade, SubmittedAssignment
    from sqlalchemy import event

    read = []

    def note(row, _):
        read.append(type(row))

    for kind in (Grade, SubmittedAssignment):
        event.listen(kind, "load", note)
    try:
        read_class(hostile_class, hostile_class.lessons(), [SCRIPT])
        one = Counter(read)
        read.clear()
        everybody = read_class(hostile_class, hostile_class.lessons())
    finally:
        for kind in (Grade, SubmittedAssignment):
            event.remove(kind, "load", note)
    students, all_read = len(everybody.submissions), Counter(read)
    assert one[SubmittedAssignment] == 1 < students <= all_read[SubmittedAssignment]
    assert 0 < one[Grade] * students <= all_read[Grade]
