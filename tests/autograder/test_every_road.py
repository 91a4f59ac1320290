"""What holds for `autograder grade` holds for `nbgrader autograde`, Formgrader's button and the second rung, too."""

import pytest

from autograder.course import Course
from autograder.gradebook.record import marks
from autograder.kernels.rungs import why_no_sandbox
from autograder.reports.analysis import read_class
from autograder.reports.feedback import write_feedback
from tests.autograder.hostile_corpus import CORPUS, MARK, answers, attack, told
from tests.autograder.test_formgraders_button import press_autograde
from tests.autograder.test_landlock import second_rung, why_not
from tests.autograder.test_plain_nbgrader import nbgrader
from tests.autograder.tiny_course import LESSON, NOTEBOOK, RIGHT, hand_in, named, points, printed

pytestmark = pytest.mark.slow

LOOKS = """
import os, pathlib, sys
def find(*hidden):
    here = pathlib.Path.cwd()
    for top in (here, *here.parents[:-1]):
        for at, folders, files in os.walk(top):
            if at == sys.prefix:  # Python's own packages, wherever they are installed
                folders.clear()
            for name in files:
                if ".ipynb" in name or name.endswith(".json"):
                    text = pathlib.Path(at, name).read_text(errors="replace")
                    print("LOOKED", name, *[word for word in hidden if word in text])
find("1" + "40)", "Bo" + "!", "BEGIN " + "HIDDEN")
"""
"""Reads every notebook in the working directory, above it and below."""
OPENS = "import json\n[own] = [c for c in json.load(open({name!r}))['cells'] if c['id'] == 'title']\n" + RIGHT["double"]
"""An honest answer that opens its own notebook."""

STRONGEST = {
    "machinery": ["own-work-out", "says-all-are-functions", "socket-found-by-number", "replies-swapped"],
    "protocol": ["forged-message", "forged-idle-and-reply", "display-updated-later"],
    "values": ["equals-everything", "answers-change"],
    "leaks": ["kept-for-later-cells", "written-into-the-notebook", "class-made-of-the-data"],
    "files": ["shadows-the-course"],
    "notebook": ["tests-as-solutions", "tests-without-metadata"],
}
"""Class → attacks."""
ROADS = ["grade", "nbgrader autograde", "button", "second rung"]


def take(road: str, course: Course, autograder, students: list[str]) -> None:
    """Grade the class on this road."""
    if road == "grade":
        code, said = autograder("grade")
        assert code in (0, 1), said
    elif road == "nbgrader autograde":
        nbgrader(course, "autograde", LESSON)
    elif road == "button":
        outcomes = press_autograde(course, *students)
        assert all(outcome["success"] for outcome in outcomes.values()), outcomes
    else:
        done = second_rung("autograder", "grade", folder=course.root)
        assert done.returncode in (0, 1), done.stdout + done.stderr


def write_below(cells: list[dict]) -> None:
    """An answer in a new cell below the stub."""
    at = cells.index(named(cells, "why")) + 1
    cells[at:at] = [{"cell_type": "markdown", "id": "below", "metadata": {}, "source": "Because it is so."}]


def put_tests_first(cells: list[dict]) -> list[dict]:
    """The tests of `double` moved above their answer."""
    moved = [named(cells, name) for name in ("double_visible", "double_hidden")]
    rest = [cell for cell in cells if cell not in moved]
    at = rest.index(named(rest, "double"))
    return [*rest[:at], *moved, *rest[at:]]


def put_imports_last(cells: list[dict]) -> list[dict]:
    """The lesson's imports moved to the end."""
    return [*[cell for cell in cells if cell is not named(cells, "setup")], named(cells, "setup")]


@pytest.mark.parametrize("road", ROADS)
def test_no_road_shows_hidden_tests_and_honest_habits_cost_nothing(released, autograder, road):
    if road == "second rung" and why_not():
        pytest.skip(why_not())
    if road in ("nbgrader autograde", "button"):
        nbgrader(released, "generate_assignment", LESSON, "--force")
    uses_numpy = "two = np.int64(2)\ndef double(x):\n    return int(two * x)"
    worth = {"looks": 3, "opens": 3, "shell": 3, "below": 3, "tests-first": 3, "imports-last": 3, "stub": 3}
    hand_in(released, "looks", greet=RIGHT["greet"] + LOOKS)
    hand_in(released, "opens", double=OPENS.format(name=NOTEBOOK))
    hand_in(released, "shell", double=f"!ls\n{RIGHT['double']}")
    hand_in(released, "below", write_below)
    hand_in(released, "tests-first", put_tests_first)
    hand_in(released, "imports-last", put_imports_last, double=uses_numpy)
    hand_in(released, "stub")
    take(road, released, autograder, list(worth))
    assert points(released) == worth
    if not why_no_sandbox():
        looked = [line.split() for line in printed(released, "looks").splitlines() if line.startswith("LOOKED")]
        assert ["LOOKED", NOTEBOOK] in looked and {len(line) for line in looked} == {2}
    waiting = {student: row.to_read for (student, _), row in marks(released).items()}
    assert waiting == dict.fromkeys(worth, False) | {"below": True}


@pytest.mark.skipif(bool(why_no_sandbox()), reason=f"there is no sandbox here: {why_no_sandbox()}")
@pytest.mark.parametrize("road", ROADS)
def test_no_attack_gains_a_point_on_any_road_and_nothing_asked_comes_back(released, autograder, road):
    if road == "second rung" and why_not():
        pytest.skip(why_not())
    if road in ("nbgrader autograde", "button"):
        nbgrader(released, "generate_assignment", LESSON, "--force")
    (lesson,) = released.lessons()
    for kind, names in STRONGEST.items():
        for name in names:
            code = CORPUS[kind][name]
            sources = {**answers(kind, code, {"double": ["double"]}), "greet": RIGHT["greet"]}
            attack(released, lesson, name, kind, code, sources)
    hand_in(released, "honest")
    take(road, released, autograder, sorted(path.name for path in released.submitted.iterdir()))
    earned = points(released)
    assert earned.pop("honest") == 3
    assert {name: worth for name, worth in earned.items() if worth > 1} == {}
    assert len(earned) == sum(map(len, STRONGEST.values()))
    pages = write_feedback(read_class(released, [lesson]), released)
    assert [page for page in pages if MARK in told(page)] == []
