"""`prove` passes a sound bank and catches every kind of unsound one."""

import ast
import re
import shutil

import pytest

from autograder.authoring.answers import Answer, read_answers, read_bank
from autograder.authoring.prove import Proof, prove, spread
from autograder.course import Course, CourseError, grade_id, is_graded, is_solution
from course_lib import syntax
from tests.autograder.tiny_course import BANK, LESSON, REPOSITORY

REAL = Course(REPOSITORY)


def write_answers(course, exercise: str, text: str):
    path = course.answers / LESSON / f"{exercise}.py"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.slow
def test_a_sound_bank_passes_and_nothing_else_is_touched(course, autograder):
    before = sorted(course.root.rglob("*"))
    code, output = autograder("prove")
    assert code == 0
    assert "2 exercises, 9 answers; all well." in output
    assert sorted(course.root.rglob("*")) == before


@pytest.mark.slow
def test_an_unsound_bank_is_caught(course):
    write_answers(
        course,
        "double",
        "# %% right: not at all\ndef double(x):\n    return x ** 2\n"
        "# %% wrong [square]: right in truth\ndef double(x):\n    return 2 * x\n"
        "# %% wrong [cube]: shows another hint\ndef double(x):\n    return x ** 2\n",
    )
    (course.answers / LESSON / "greet.py").rename(course.answers / LESSON / "great.py")
    proofs = {proof.exercise: proof for proof in prove(course, course.lessons())}
    by_title = {failure.answer.title: failure for failure in proofs["double"].failures}
    assert sorted(by_title) == ["not at all", "right in truth", "shows another hint"]
    assert "✗ double · square" in by_title["not at all"].got
    assert by_title["right in truth"].got == "2 of 2 points"
    assert by_title["shows another hint"].expected.endswith("“✗ double · cube”")
    assert "greet.py is missing" in proofs["greet"].missing
    assert "no such exercise" in proofs["great"].missing
    assert not any(proof.well for proof in proofs.values())


@pytest.mark.slow
def test_another_bank_and_one_exercise(course, tmp_path, autograder):
    own = tmp_path / "own" / LESSON
    own.mkdir(parents=True)
    (own / "greet.py").write_text('# %% right: shouts\ndef greet(name):\n    return "HELLO"\n', encoding="utf-8")
    code, output = autograder("prove", "--answers", str(own.parent))
    assert code == 1
    assert "right: shouts" in output and "double" not in output
    code, output = autograder("prove", "01", "--exercise", "double")
    assert code == 0
    assert "greet" not in output
    (own.parent / "02_no_lesson").mkdir()
    assert autograder("prove", "--answers", str(own.parent))[0] == 2
    code, output = autograder("prove", "--exercise", "halve")
    assert code == 2
    assert "halve" in output


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ('"""Nothing."""\n', 1, "no answers"),
        ("# %% right: empty\n\n# %% right: full\nx = 1\n", 1, "empty"),
        ("# %% wrong: which?\nx = 1\n", 1, "needs the name"),
        ("# %% right: a\nx = 1\n# %% right [slope]: b\nx = 1\n", 3, "has no"),
        ("\n# %% almost: a\nx = 1\n", 2, "a heading reads"),
        ("# %% right: a\nx = 1\n\n# %% right: a\nx = 2\n", 4, "already"),
    ],
)
def test_a_malformed_bank_is_named_with_its_line(course, text, line, reason):
    path = write_answers(course, "double", text)
    with pytest.raises(CourseError, match=reason) as error:
        read_answers(path)
    assert str(error.value).startswith(f"{path}:{line}: ")


def test_an_answer_is_the_text_below_its_heading(course):
    answers = read_answers(write_answers(course, "double", BANK["double"]))
    assert [answer.kind for answer in answers] == ["right", "right", "wrong", "wrong"]
    assert answers[0].source == "def double(x):\n    return 2 * x"
    assert answers[2].mistake == "square"


# --------------------------------------------------------------------------------------- the course's own bank


def of_what_is_there(value: ast.expr, names: set[str]) -> bool:
    """Whether a value is a constant, or belongs to one of these names (``keras.layers``)."""
    while isinstance(value, ast.Attribute):
        value = value.value
    return isinstance(value, ast.Constant) or (isinstance(value, ast.Name) and value.id in names)


def in_scope(cells: list[dict]) -> set[str]:
    """What these cells of a lesson put in scope without computing it: modules, functions, classes, other names."""
    found: set[str] = set()
    for cell in cells:
        if cell["cell_type"] != "code" or is_solution(cell) or is_graded(cell):
            continue
        for node in syntax.parse(cell["source"]).body:
            if isinstance(node, ast.Import | ast.ImportFrom):
                found |= {alias.asname or alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.FunctionDef | ast.ClassDef):
                found.add(node.name)
            elif isinstance(node, ast.Assign) and of_what_is_there(node.value, found):
                found |= {target.id for target in node.targets if isinstance(target, ast.Name)}
    return found


@pytest.fixture(scope="module")
def proofs(tmp_path_factory) -> dict[tuple[str, str], Proof]:
    """(lesson, exercise) → what became of its bank: one run over all lessons.

    Of each exercise three answers, for each costs a notebook's run; `make prove` takes all, and without a notebook
    `tests/notebooks/test_answering.py` tries more. The first right one insists here on what the lesson has put in scope
    above it.
    """
    bank = shutil.copytree(REAL.answers, tmp_path_factory.mktemp("bank") / "answers")
    for lesson in REAL.lessons():
        order = [grade_id(cell) for cell in lesson.cells]
        for path in (bank / lesson.name).glob("*.py"):
            names = sorted(in_scope(lesson.cells[: order.index(path.stem)]))
            insists = rf"\g<0>\nassert not set({names}) - set(globals())"
            text, found = re.subn(r"^# %% right: .*$", insists, path.read_text(encoding="utf-8"), count=1, flags=re.M)
            assert found, path
            path.write_text(text, encoding="utf-8")
    found = {(proof.lesson, proof.exercise): proof for proof in prove(REAL, REAL.lessons(), bank, most=3)}
    assert set(found) == {(lesson.name, one.name) for lesson in REAL.lessons() for one in lesson.exercises}
    return found


@pytest.mark.slow
@pytest.mark.seconds(1200)  # the first of them runs all thirteen
@pytest.mark.parametrize("lesson", [lesson.name for lesson in REAL.lessons()])
def test_the_bank_of_the_course_is_sound(proofs, lesson):
    for proof in (proof for (name, _), proof in proofs.items() if name == lesson):
        assert proof.well, f"{proof.lesson} · {proof.exercise}: {proof.missing or proof.failures}"
        assert proof.tried == {"right": 1, "wrong": 2, "stub": 1}, proof.exercise
    for exercise, answers in read_bank(REAL.answers / lesson).items():
        kinds = [answer.kind for answer in answers]
        assert kinds.count("right") >= 3 and kinds.count("wrong") >= 4, f"{exercise} needs more answers"


def test_some_of_a_bank_are_right_and_wrong_ones_from_all_over_it():
    answers = [Answer("right", f"r{n}") for n in range(5)] + [Answer("wrong", f"w{n}", "m") for n in range(20)]
    titles = [answer.title for answer in spread(answers, 8)]
    assert titles == ["r0", "r1", "r2", "r3", "w0", "w5", "w10", "w15"]
    assert spread(answers, None) == spread(answers, 25) == answers
    assert [answer.title for answer in spread(answers[4:6], 1)] == ["w0"]
