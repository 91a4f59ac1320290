"""`autograder new-lesson`: a lesson that runs, keeps the standard as far as a scaffold can, releases and proves."""

import json
import shutil
import subprocess
import sys

import pytest

from autograder.authoring.new_lesson import new_lesson, slug
from autograder.course import Course, CourseError
from tests.autograder.tiny_course import REPOSITORY, wide_environment
from tests.notebooks import test_length, test_objectives, test_predictions, test_standard

NAME = "14_recurrent_networks"


def make(course: Course):
    new_lesson(course, 14, "Recurrent networks")
    return course.notebooks / NAME / "recurrent_networks.ipynb"


def test_the_scaffold_keeps_the_standard_but_for_its_size(course, monkeypatch):
    notebook = make(course)
    monkeypatch.setattr(test_standard, "ROOT", course.root)
    short = {"test_asks_before_it_tells", "test_the_number_of_exercises"}
    standard = {name: test for name, test in vars(test_standard).items() if name.startswith("test_")}
    of_one_lesson = {name: test for name, test in standard.items() if "notebook" in test.__code__.co_varnames[:1]}
    assert short < of_one_lesson.keys() and len(of_one_lesson) > 6
    failed = set()
    for name, test in of_one_lesson.items():
        try:
            test(notebook)
        except AssertionError:
            failed.add(name)
    assert failed == short


def test_the_scaffold_asks_before_it_tells_and_from_memory(course):
    notebook = make(course)
    tests = vars(test_objectives) | vars(test_length) | vars(test_predictions)
    of_one_lesson = {name for name in tests if name.startswith("test_") and tests[name].__code__.co_argcount == 1}
    wants_six = "test_six_questions_and_each_is_answered_later"
    runs_it = "test_each_answer_is_one_that_could_be_given"
    assert {wants_six, runs_it} < of_one_lesson
    for name in of_one_lesson - {wants_six, runs_it}:
        tests[name](notebook)


def test_the_scaffold_is_in_the_style_of_the_house(course):
    make(course)
    for path in ("pyproject.toml", "notebooks/ruff.toml", "tests/notebooks/lessons.py"):
        (course.root / path).parent.mkdir(exist_ok=True)
        shutil.copy(REPOSITORY / path, course.root / path)
    for tool in (["check"], ["format", "--check"]):
        command = [sys.executable, "-m", "ruff", *tool, "--no-cache", f"notebooks/{NAME}", "tests/notebooks"]
        done = subprocess.run(command, cwd=course.root, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout


@pytest.mark.slow
def test_a_new_lesson_releases_runs_and_proves(course, autograder):
    code, output = autograder("new-lesson", "14", "Recurrent networks")
    assert code == 0
    assert f"made notebooks/{NAME}" in output and "tests/notebooks/test_lesson_14.py" in output
    assert "autograder prove 14" in output
    assert autograder("release", "14") == (0, f"made release/{NAME}\n")
    for how in ([], ["--repairs"]):
        code, output = autograder("prove", "14", *how)
        assert code == 0, output

    tests = course.root / "tests"  # its own tests run in the course that it was made in
    shared = ("lessons.py", "test_run.py", "__init__.py")
    for name in ("__init__.py", *(f"notebooks/{one}" for one in shared)):
        shutil.copy(REPOSITORY / "tests" / name, tests / name)
    shutil.copy(REPOSITORY / "requirements.txt", course.root)
    (course.root / "course_lib").mkdir()  # what lessons are made of is a part of what their outputs are kept by
    shutil.rmtree(course.notebooks / "01_small_numbers")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/notebooks"]
    environment = wide_environment() | {"PYTHONPATH": f"{course.root}:{REPOSITORY}"}
    done = subprocess.run(command, cwd=course.root, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("number", "title", "says"),
    [
        (1, "Another first", "01_small_numbers already"),
        (2, "Small numbers", "01_small_numbers/small_numbers.ipynb already"),
        (0, "None", "1 to 99"),
        (100, "Many", "1 to 99"),
        (2, "…", "at least one letter"),
        (2, "x" * 61, "at most 60"),
        (2, "a\x1b[2J", "at least one letter"),
    ],
)
def test_nothing_is_overwritten_and_odd_names_are_refused(course, number, title, says):
    before = sorted(course.root.rglob("*"))
    with pytest.raises(CourseError, match=says):
        new_lesson(course, number, title)
    assert sorted(course.root.rglob("*")) == before


def test_a_bank_or_a_test_of_that_number_is_not_overwritten_either(course):
    own = course.root / "tests" / "notebooks" / "test_lesson_14.py"
    own.parent.mkdir(parents=True)
    own.write_text("mine", encoding="utf-8")
    with pytest.raises(CourseError, match=r"test_lesson_14.py already; nothing was written"):
        make(course)
    assert own.read_text(encoding="utf-8") == "mine" and not (course.notebooks / NAME).exists()


def test_what_stops_half_way_leaves_nothing(course, monkeypatch):
    before = sorted(course.notebooks.rglob("*"))

    def stop(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("autograder.authoring.new_lesson._write", stop)
    with pytest.raises(KeyboardInterrupt):
        make(course)
    assert sorted(course.notebooks.rglob("*")) == before


def test_titles_become_names(course):
    assert slug("Über-Netze, 2nd part") == "uber_netze_2nd_part"
    new_lesson(course, 3, 'A "quoted" \\ title with {braces}')
    notebook = course.notebooks / "03_a_quoted_title_with_braces" / "a_quoted_title_with_braces.ipynb"
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    assert cells[0]["source"][0] == '# A "quoted" \\ title with {braces}\n'
    compile((course.root / "tests/notebooks/test_lesson_03.py").read_text(encoding="utf-8"), "test", "exec")
