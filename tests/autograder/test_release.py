"""The student version: nothing given away, nobody's work lost."""

import json
import subprocess
import sys

import pytest

from autograder.authoring.release import leaks, release
from autograder.course import Course, CourseError, file_digest
from course_lib.student.copy import copies_in
from tests.autograder.tiny_course import LESSON, NOTEBOOK, REPOSITORY, lesson_cells, write_notebook

pytestmark = pytest.mark.slow
REAL = Course(REPOSITORY)


def released_text(course: Course) -> str:
    return (course.release / "01_small_numbers" / "small_numbers.ipynb").read_text(encoding="utf-8")


def states(course: Course, **options) -> list[str]:
    return [made.status for made in release(course, course.lessons(), **options)]


def test_solutions_and_hidden_tests_are_cut_out_and_stubs_put_in(course):
    assert states(course) == ["made"]
    text = released_text(course)
    for secret in ("twice", "140", "Bo!", "secretly convinces", "BEGIN", "END SOLUTION"):
        assert secret not in text
    assert text.count("NotImplementedError") == 2
    assert "def double(x):" in text and "Hidden tests run here" in text
    assert (course.release / "01_small_numbers" / "hints.md").exists()


def test_a_picture_that_is_to_be_kept_is_there_before_anything_has_run(course):
    cells = lesson_cells()
    demonstration = next(cell for cell in cells if cell["id"] == "demonstration")
    demonstration["metadata"]["tags"].append("keep_output")
    html = ["<img alt='a hill'\n", "src='x'>"]
    picture = {"output_type": "display_data", "data": {"text/html": html}, "metadata": {}}
    for cell in (demonstration, next(cell for cell in cells if cell["id"] == "setup")):
        cell["outputs"] = [picture]
    write_notebook(course.notebooks / LESSON / NOTEBOOK, cells)
    assert states(course) == ["made"]
    made = json.loads(released_text(course))["cells"]
    assert {cell["id"]: cell["outputs"] for cell in made if cell.get("outputs")} == {"demonstration": [picture]}


def test_questions_from_memory_go_along_and_no_points_hang_on_them(course):
    (lesson,) = course.lessons()
    before = lesson.digest
    states(course)
    (lesson.folder / "questions.toml").write_text("[[opening]]\n", encoding="utf-8")
    assert states(course) == ["made"] and (course.release / LESSON / "questions.toml").exists()
    (lesson,) = course.lessons()
    assert lesson.digest == before != lesson.source


@pytest.mark.skipif(not REAL.notebooks.is_dir(), reason="no lessons yet")
def test_every_lesson_of_the_course_gives_nothing_away(tmp_path):
    made = Course(tmp_path)
    (tmp_path / "notebooks").symlink_to(REAL.notebooks)
    (tmp_path / "nbgrader_config.py").symlink_to(REPOSITORY / "nbgrader_config.py")
    lessons = made.lessons()
    assert [result.status for result in release(made, lessons)] == ["made"] * len(lessons)
    for lesson in lessons:
        assert leaks(lesson, made.release / lesson.name) == []
        cells = json.loads((made.release / lesson.name / lesson.notebook.name).read_text(encoding="utf-8"))["cells"]
        stubs = [cell for cell in cells if "raise NotImplementedError(" in "".join(cell["source"])]
        assert len(stubs) == len(lesson.exercises)


def test_the_second_time_nothing_is_written(course):
    states(course)
    path = course.release / "01_small_numbers" / "small_numbers.ipynb"
    before = path.stat().st_mtime_ns
    assert states(course) == ["up to date"]
    assert path.stat().st_mtime_ns == before


def test_nothing_changed_needs_no_nbgrader(course):
    states(course)
    code = (
        "import sys; from autograder.cli import app; app(['release'], standalone_mode=False);"
        "print('nbgrader' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=course.root, capture_output=True, text=True, check=True)
    assert done.stdout == "release/01_small_numbers is up to date\nFalse\n"


def test_work_is_kept_when_the_lesson_changes_and_put_aside_on_demand(course):
    states(course)
    path = course.release / "01_small_numbers" / "small_numbers.ipynb"
    work = path.read_text(encoding="utf-8").replace("# Small numbers", "# MY WORK")
    path.write_text(work, encoding="utf-8")
    assert states(course) == ["up to date"]

    cells = lesson_cells()
    cells[0]["source"] = "# Small numbers, second edition"
    write_notebook(course.notebooks / "01_small_numbers" / "small_numbers.ipynb", cells)
    assert states(course) == ["kept"]
    assert states(course) == ["kept"]
    assert path.read_text(encoding="utf-8") == work

    assert states(course, fresh=True) == ["made"]
    assert "second edition" in path.read_text(encoding="utf-8")
    (backup,) = path.parent.glob("small_numbers-*.ipynb")
    assert backup.read_text(encoding="utf-8") == work
    assert states(course) == ["up to date"]


def test_work_in_a_notebook_that_the_tool_did_not_write_is_kept(course):
    path = course.release / "01_small_numbers" / "small_numbers.ipynb"
    path.parent.mkdir(parents=True)
    path.write_text("mine", encoding="utf-8")
    assert states(course) == ["kept"]
    assert path.read_text(encoding="utf-8") == "mine"


def test_a_changed_lesson_replaces_what_nobody_has_touched(course):
    states(course)
    cells = lesson_cells()
    cells[0]["source"] = "# Second edition"
    write_notebook(course.notebooks / "01_small_numbers" / "small_numbers.ipynb", cells)
    assert states(course) == ["made"]
    assert "Second edition" in released_text(course)


def second_edition(course):
    cells = lesson_cells()
    cells[0]["source"] = "# Second edition"
    write_notebook(course.notebooks / "01_small_numbers" / "small_numbers.ipynb", cells)


def worked_in(path, answer="def double(x):\n    return 2 * x"):
    """Answer an exercise, and run it all: JupyterLab saves counts and outputs."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    for count, cell in enumerate(cell for cell in notebook["cells"] if cell["cell_type"] == "code"):
        cell["execution_count"] = count
        cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": ["words\n"]}]
        if answer and cell["metadata"].get("nbgrader", {}).get("grade_id") == "double":
            cell["source"] = answer
    path.write_text(json.dumps(notebook), encoding="utf-8")
    return path.read_text(encoding="utf-8")


def test_a_notebook_that_was_only_run_gets_the_new_version(course):
    states(course)
    worked_in(course.release / "01_small_numbers" / "small_numbers.ipynb", answer="")
    second_edition(course)
    assert states(course) == ["made"]
    assert "Second edition" in released_text(course) and "words" not in released_text(course)


def test_what_an_earlier_version_of_the_tool_noted_is_understood(course):
    """It kept the hash of the whole file, also of a notebook."""
    states(course)
    path = course.release / "01_small_numbers" / "small_numbers.ipynb"
    record = course.release / ".made.json"
    made = json.loads(record.read_text(encoding="utf-8"))
    made["01_small_numbers"]["files"][path.name] = file_digest(path)
    record.write_text(json.dumps(made), encoding="utf-8")
    second_edition(course)
    assert states(course) == ["made"]


def test_no_fresh_notebook_appears_beside_a_renamed_one(course):
    states(course)
    path = course.release / "01_small_numbers" / "small_numbers.ipynb"
    renamed = path.rename(path.with_name("my small numbers.ipynb"))
    work = worked_in(renamed)
    assert states(course) == ["up to date"]
    second_edition(course)
    assert [(made.status, made.files) for made in release(course, course.lessons())] == [("kept", (renamed.name,))]
    assert not path.exists() and renamed.read_text(encoding="utf-8") == work
    assert states(course, fresh=True) == ["made"]  # when asked for, and the work is put aside
    assert "Second edition" in released_text(course) and not renamed.exists()
    (aside,) = path.parent.glob("my small numbers-*.ipynb")
    assert aside.read_text(encoding="utf-8") == work
    assert [copy.path for copy in copies_in(course.release)] == [path]


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("double_hidden", "# BEGIN HIDDEN TEST\nassert double(70) == 140"),  # not nbgrader's spelling: it stays in
        ("title", "# Small numbers\n\n(begin solution: 4)"),
    ],
)
def test_a_lesson_that_would_give_something_away_is_refused(course, name, source):
    cells = lesson_cells()
    next(cell for cell in cells if cell["id"] == name.replace("_", "-"))["source"] = source
    write_notebook(course.notebooks / "01_small_numbers" / "small_numbers.ipynb", cells)
    with pytest.raises(CourseError, match="would give away"):
        states(course)
    assert not (course.release / "01_small_numbers").exists()


def test_a_lesson_that_nbgrader_refuses_is_named_with_the_reason(course):
    cells = lesson_cells()
    cells[5]["metadata"]["nbgrader"]["grade_id"] = "double_hidden"  # twice the same name
    write_notebook(course.notebooks / "01_small_numbers" / "small_numbers.ipynb", cells)
    with pytest.raises(CourseError, match=r"01_small_numbers.*double_hidden"):
        states(course)


def test_names_of_lessons(course):
    assert [lesson.name for lesson in course.lessons(["01"])] == ["01_small_numbers"]
    with pytest.raises(CourseError, match="No lesson begins with '02'"):
        course.lessons(["02"])


def test_usage_errors_exit_with_2(autograder):
    code, output = autograder("release", "77")
    assert code == 2
    assert "No lesson begins with '77'" in output
