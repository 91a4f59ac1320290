"""The student's own record of checks: written in JupyterLab's kernels, nowhere else, and never in the way."""

import contextlib
import json
import re

import pytest
from jupyter_client.manager import start_new_kernel

from autograder.authoring.answers import fill
from course_lib import lab, progress
from course_lib.student import records
from course_lib.student.copy import digest, read_copy
from tests.autograder.tiny_course import RIGHT, wide_environment

pytestmark = pytest.mark.slow


@contextlib.contextmanager
def kernel_of(notebook, **environment):
    """A kernel as JupyterLab starts it for a notebook; yields a function that runs one of its cells."""
    manager, client = start_new_kernel(cwd=str(notebook.parent), env=wide_environment() | environment)

    def run(name, source=None):
        source = source if source is not None else read_copy(notebook).sources[name]
        message = client.session.msg("execute_request", {"code": source, "silent": False, "stop_on_error": False})
        message["metadata"]["cellId"] = name
        client.shell_channel.send(message)
        while (reply := client.get_shell_msg(timeout=60))["parent_header"]["msg_id"] != message["header"]["msg_id"]:
            pass
        return reply["content"]

    try:
        yield run
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def test_a_check_that_passes_is_noted_and_one_that_fails_no_more(own_copy):
    fill(own_copy, own_copy, RIGHT)
    release = own_copy.parent.parent
    lab.write_start_page(release)
    assert "◐ **begun** · 0 of 2 checks pass" in (release / "start.md").read_text(encoding="utf-8")
    with kernel_of(own_copy, JPY_SESSION_NAME=str(own_copy)) as run:
        for name in ("setup", "double", "double_visible", "double_hidden", "greet_visible"):
            run(name)
        now = progress.progress_of(read_copy(own_copy))
        assert (now.passed, now.open) == (("double",), ("greet",))
        assert "1 of 2 checks pass · 0 of 1 written answers: ✓ `double` ○ `greet`" in (release / "start.md").read_text(
            encoding="utf-8"
        )
        run("double", "def double(x): return x * x")
        run("double_visible")
        assert progress.progress_of(read_copy(own_copy)).passed == ()
        record = progress.read_record(read_copy(own_copy))
        assert record["ran"]["double"]["sha256"] == digest("def double(x): return x * x")
        assert run("x", "check.that(True, '', name='double')")["status"] == "ok"  # no test of the lesson's
        assert progress.progress_of(read_copy(own_copy)).passed == ()
    assert not list(release.rglob("*.new"))


@pytest.mark.parametrize("session", ["", "/nowhere/else.ipynb"])
def test_without_a_session_of_jupyterlab_nothing_is_written(own_copy, session):
    fill(own_copy, own_copy, RIGHT)
    with kernel_of(own_copy, JPY_SESSION_NAME=session) as run:
        for name in ("setup", "double", "double_visible"):
            assert run(name)["status"] == "ok"
    assert not (own_copy.parent.parent / records.FOLDER).exists()


def test_a_check_never_fails_for_a_record_that_cannot_be_written(own_copy):
    fill(own_copy, own_copy, RIGHT)
    (own_copy.parent.parent / records.FOLDER).write_text("a file is in the way", encoding="utf-8")
    with kernel_of(own_copy, JPY_SESSION_NAME=str(own_copy)) as run:
        for name in ("setup", "double", "double_visible"):
            assert run(name)["status"] == "ok"
    assert progress.progress_of(read_copy(own_copy)).passed == ()


@pytest.mark.parametrize("broken", ["", "[]", '{"tests": 3, "ran": {}}', '{"tests": {"double_visible": 1}, "ran": {}}'])
def test_a_broken_record_is_an_empty_one(own_copy, broken):
    folder = own_copy.parent.parent / records.FOLDER
    folder.mkdir()
    (folder / "01_small_numbers.json").write_text(broken, encoding="utf-8")
    assert progress.progress_of(read_copy(own_copy)).state == "not begun"


def test_the_table_reads_in_both_themes_and_is_escaped(own_copy, monkeypatch):
    copy = read_copy(own_copy)
    progress.note(copy, tests={"double_visible": True})
    row = progress.progress_of(copy)
    made = progress.table([row], own_copy.parent)
    assert 'href="small_numbers.ipynb"' in made and "✓ double" in made and "○ greet" in made and "begun" in made
    assert "<caption" in made and 'scope="col"' in made and 'scope="row"' in made
    colours = re.findall(r"(?<!-)color:([^;\"]+)", made)
    assert colours and all(colour.startswith("var(--jp-") and "," in colour for colour in colours)

    hostile = json.loads(own_copy.read_text(encoding="utf-8"))
    hostile["metadata"]["course"]["lesson"] = "<script>alert(1)</script>"
    hostile["metadata"]["course"]["cells"][0]["name"] = "<img onerror=x>"
    own_copy.write_text(json.dumps(hostile), encoding="utf-8")
    made = progress.table([progress.progress_of(read_copy(own_copy))], own_copy.parent)
    assert "<script" not in made and "<img" not in made


def test_show_finds_the_lessons_from_a_lesson_and_from_above(own_copy, monkeypatch, capsys):
    for folder in (own_copy.parent, own_copy.parent.parent):
        monkeypatch.chdir(folder)
        progress.show()
        assert "01_small_numbers: not begun; 0 of 2 checks pass" in capsys.readouterr().out
    monkeypatch.chdir("/")
    progress.show()
    assert "No lessons here" in capsys.readouterr().out


def test_a_start_page_that_is_not_ours_is_left_alone(own_copy):
    page = own_copy.parent.parent / "start.md"
    page.write_text("# Our own course\n", encoding="utf-8")
    progress.note(read_copy(own_copy), tests={"double_visible": True})
    assert page.read_text(encoding="utf-8") == "# Our own course\n"
    page.write_bytes("# Unser Kurs für Bären\n".encode("utf-16"))  # as an editor on Windows may save it
    progress.note(read_copy(own_copy), tests={"double_visible": False})
    assert page.read_bytes()[:2] == b"\xff\xfe"


def test_a_lesson_says_which_file_beside_it_hides_a_module(own_copy):
    (own_copy.parent / "random.py").write_text("", encoding="utf-8")
    code = (
        "import contextlib, io\n"
        "with contextlib.redirect_stdout(io.StringIO()) as said:\n    from course_lib import check\n"
        "assert 'random.py in 01_small_numbers hides what Python calls random' in said.getvalue(), said.getvalue()"
    )
    with kernel_of(own_copy, JPY_SESSION_NAME=str(own_copy)) as run:
        reply = run("", code)
    assert reply["status"] == "ok", reply
