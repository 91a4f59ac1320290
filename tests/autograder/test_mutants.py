"""Faults put into right answers: what is made of an answer, what is caught, and what is said of what is not."""

import ast
from typing import ClassVar

import numpy as np
import pytest

from autograder.authoring.mutants import prove_mutants, read_equivalents, try_lesson
from autograder.authoring.mutate import mutants
from autograder.authoring.trial import try_answer
from autograder.course import Course, CourseError
from course_lib import syntax
from course_lib.check.exercise import COSTS, Exercise
from tests.autograder.tiny_course import REPOSITORY, cell, write_notebook

MEAN = """def mean(x, start=0):
    total = start
    for value in x[1:]:
        if value > 0 and value != 3:
            total += value
    return total / len(x) - np.sum(x, axis=0)
"""

CHECKS = """
import numpy as np
from course_lib.check import Exercise
from course_lib import syntax


class Larger(Exercise):
    name = "larger"

    def examples(self):
        yield (1.0, 2.0), 2.0
        yield (-1.0, -3.0), -1.0

    def hidden(self, rng):
        for a, b in rng.normal(size=(3, 2)):
            yield (float(a), float(b)), float(max(a, b))

    mistakes = {"smaller": (lambda a, b: min(a, b), "That is the smaller one.")}


class Shout(Exercise):
    name = "shout"

    def examples(self):
        yield ("ab",), "AB!"

    def hidden(self, rng):
        yield ("ab",), "AB!"
"""
BANK = {
    "larger": "# %% right: an if\ndef larger(a, b):\n    return a if a >= b else b\n",
    "shout": "# %% right: plain\ndef shout(text, mark='!', twice=False):\n    return text.upper() + mark\n",
}


def changes(source: str) -> set[str]:
    return {mutant.change for mutant in mutants("x", source)}


def test_the_faults_are_those_that_people_make():
    made = changes(MEAN)
    for before, after in [
        ("for value in x[1:]:", "for value in x[2:]:"),
        ("for value in x[1:]:", "for value in x[0:]:"),
        ("for value in x[1:]:", "for value in x[:]:"),
        ("if value > 0 and value != 3:", "if value >= 0 and value != 3:"),
        ("if value > 0 and value != 3:", "if value > 0 or value != 3:"),
        ("if value > 0 and value != 3:", "if value > 0:"),
        ("total += value", "total -= value"),
        ("total += value", "total = value"),
        ("total += value", "pass"),
        ("return total / len(x) - np.sum(x, axis=0)", "return total / len(x) + np.sum(x, axis=0)"),
        ("return total / len(x) - np.sum(x, axis=0)", "return total / len(x)"),
        ("return total / len(x) - np.sum(x, axis=0)", "return total / len(x) - np.sum(x, axis=1)"),
        ("return total / len(x) - np.sum(x, axis=0)", "return total / len(x) - np.sum(x)"),
        ("return total / len(x) - np.sum(x, axis=0)", "return total / len(x) - np.mean(x, axis=0)"),
        ("return total / len(x) - np.sum(x, axis=0)", "total / len(x) - np.sum(x, axis=0)"),
        ("def mean(x, start=0):", "def mean(x, start=1):"),
    ]:
        assert f"{before} → {after}" in made
    assert any("if value > 0" in change and change.endswith("→ total += value") for change in made), "a branch dropped"


def test_each_fault_is_python_and_another_answer():
    made = list(mutants("x", MEAN))
    assert len({mutant.source for mutant in made}) == len(made) > 30
    for mutant in made:
        assert ast.unparse(syntax.parse(mutant.source)) == mutant.source != ast.unparse(syntax.parse(MEAN))


def test_what_means_the_same_is_no_fault():
    assert "return max(a, b) → return max(b, a)" not in changes("def f(a, b):\n    return max(a, b)")


@pytest.fixture
def small(tmp_path):
    """A course with one lesson, whose second exercise has holes in its tests."""
    folder = tmp_path / "notebooks" / "01_holes"
    folder.mkdir(parents=True)
    write_notebook(folder / "holes.ipynb", [cell("code", "setup", "import numpy as np", locked=True)])
    (folder / "checks.py").write_text(CHECKS, encoding="utf-8")
    bank = tmp_path / "tests" / "answers" / "01_holes"
    bank.mkdir(parents=True)
    for name, text in BANK.items():
        (bank / f"{name}.py").write_text(text, encoding="utf-8")
    return folder, bank


def test_a_hole_is_found_and_an_equivalent_needs_its_reason(small):
    folder, bank = small
    found = try_lesson(bank.parent, folder, None, None, 0)
    passes = {(fault.exercise, fault.change) for fault in found.survivors}
    same = "return a if a >= b else b → return a if a > b else b"
    twice = "def shout(text, mark='!', twice=False): → def shout(text, mark='!', twice=True):"
    assert passes == {("larger", same), ("shout", twice), ("shout", "(hard-coded)")}
    assert found.caught == len(found.faults) - 3 and found.kinds["foreseen"] >= 1
    (bank / "equivalent.toml").write_text(
        f"[[larger]]\nchange = '{same}'\nwhy = 'equal numbers'\n[[larger]]\nchange = 'gone'\nwhy = 'no more'\n",
        encoding="utf-8",
    )
    listed = try_lesson(bank.parent, folder, None, None, 0)
    assert listed.equivalent == 1 and ("larger", same) not in {(f.exercise, f.change) for f in listed.survivors}
    assert listed.unused == ["larger: gone"]
    (bank / "equivalent.toml").write_text("[[shout]]\nchange = '*'\nwhy = 'any will do'\n", encoding="utf-8")
    assert {fault.exercise for fault in try_lesson(bank.parent, folder, None, None, 0).survivors} == {"larger", "shout"}
    few = try_lesson(bank.parent, folder, "larger", 2, 0)
    assert len(few.faults) + few.equivalent == 3, "two drawn, and the one by heart"


def test_a_loop_without_end_is_caught_and_says_where_it_was(small, monkeypatch):
    folder, bank = small
    loop = "# %% right: with a loop\ndef larger(a, b):\n    while a < b:\n        a += 1\n    return a\n"
    (bank / "larger.py").write_text(loop, encoding="utf-8")
    monkeypatch.setattr("autograder.authoring.mutants.SECONDS", 0.3)
    found = try_lesson(bank.parent, folder, "larger", None, 0)
    endless = [fault for fault in found.faults if fault.change == "a += 1 → a -= 1"]
    assert [fault.kind for fault in endless] == ["long"]
    assert "was stopped before it came back" in endless[0].said and "larger(" in endless[0].said


def test_an_answer_that_only_changes_what_it_is_given_is_tried_to_its_end():
    class Twice(Exercise):
        name = "twice"
        in_place = COSTS
        mistakes: ClassVar = {"changes what it is given": (lambda x: x, "Work on a copy.")}

        def examples(self):
            yield (np.array([1.0, 2.0]),), np.array([2.0, 4.0])

        def hidden(self, rng):
            yield (np.array([3.0, 5.0]),), np.array([6.0, 10.0])

    def twice(x):
        x *= 2
        return x

    trial = try_answer(Twice, lambda: twice, 0, 5.0)
    assert not trial.stopped and trial.borne_out is None
    assert trial.visible.mistake == trial.hidden.mistake == "changes what it is given"


def test_a_list_of_equivalents_that_cannot_be_read_is_named(tmp_path):
    (tmp_path / "equivalent.toml").write_text("[[larger]]\nchange = 'x'\n", encoding="utf-8")
    with pytest.raises(CourseError, match=r"equivalent\.toml.*why"):
        read_equivalents(tmp_path / "equivalent.toml")


@pytest.mark.slow
def test_an_exercise_of_the_course_is_proved_by_its_faults():
    course = Course(REPOSITORY)
    (result,) = prove_mutants(course, course.lessons(["01"]), "leaky_relu")
    assert not result.missing and not result.survivors and not result.unused
    assert result.caught > 30 and result.equivalent > 0 and result.kinds["foreseen"] > 0
