"""`submit.check`: what a student is told before handing in, and the receipt."""

import datetime
import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from autograder.authoring.answers import fill
from course_lib import progress, submit
from course_lib.student import fresh_run, records
from course_lib.student.copy import NoCopy, digest, read_copy
from course_lib.student.start_page import start_page
from tests.autograder.tiny_course import RIGHT, wide_environment
from tests.course_lib.test_progress import kernel_of
from tests.course_lib.test_student_copy import edit
from tests.waiting import PATIENCE, until

pytestmark = pytest.mark.slow
ALL = RIGHT | {"why": "Because."}


def check(notebook, *arguments):
    """Run the command as a student does; returns exit code and output."""
    command = [sys.executable, "-m", "course_lib.submit", *(arguments or ["01"])]
    done = subprocess.run(
        command, cwd=notebook.parent.parent, env=wide_environment(), capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout + done.stderr


def receipt_of(notebook):
    return json.loads(records.receipt_path(notebook).read_text(encoding="utf-8"))


def add_cell(notebook, source, place=None):
    cell = {"cell_type": "code", "id": "own", "metadata": {}, "source": source, "outputs": [], "execution_count": None}
    edit(notebook, lambda content: content["cells"].insert(len(content["cells"]) if place is None else place, cell))


def test_a_complete_notebook_gets_a_receipt_that_fits_it(own_copy):
    fill(own_copy, own_copy, ALL)
    before = own_copy.read_bytes()
    code, output = check(own_copy)
    assert code == 0, output
    assert "✓ all cells are there, and every question has an answer" in output
    assert "✓ it runs from top to bottom" in output
    assert "visible checks: 1.5 of 1.5 points. Not the grade" in output
    assert "Next: hand in small_numbers.ipynb and small_numbers.receipt.json" in output
    assert own_copy.read_bytes() == before  # nothing is run in it
    receipt = receipt_of(own_copy)
    assert receipt["file_sha256"] == hashlib.sha256(before).hexdigest()
    assert receipt["lesson"] == "01_small_numbers" and receipt["unanswered"] == []
    assert datetime.datetime.fromisoformat(receipt["utc"]).utcoffset() == datetime.timedelta(0)
    assert receipt["visible_checks"]["points"] == 1.5 and "Not the grade" in receipt["visible_checks"]["note"]
    assert sorted(path.name for path in own_copy.parent.iterdir()) == [
        "hints.md",
        "small_numbers.ipynb",
        "small_numbers.receipt.json",
    ]  # the demonstration, tagged skip-grading, did not run
    assert progress.progress_of(read_copy(own_copy)).state == "ready to hand in"
    add_cell(own_copy, "x = 1")
    assert progress.progress_of(read_copy(own_copy)).state != "ready to hand in"


def test_a_receipt_fits_the_same_cells_and_no_others(own_copy):
    receipt = submit.receipt(read_copy(own_copy), 1, 2, [])
    assert submit.matches(receipt, own_copy.read_bytes()) == "the same file"
    edit(own_copy, lambda notebook: notebook["cells"][1].update(execution_count=7))
    assert submit.matches(receipt, own_copy.read_bytes()) == "the same cells"
    fill(own_copy, own_copy, ALL)
    assert submit.matches(receipt, own_copy.read_bytes()) == ""
    assert submit.matches(receipt, b"no notebook") == ""


def test_what_is_missing_is_named_and_no_receipt_written_unless_asked_for(own_copy):
    fill(own_copy, own_copy, {"double": RIGHT["double"]})
    edit(own_copy, lambda notebook: notebook["cells"].remove(next(c for c in notebook["cells"] if c["id"] == "greet")))
    code, output = check(own_copy)
    assert code == 1
    assert "✗ these cells are gone: greet." in output and "✗ no answer yet: why" in output
    assert "· not passing: greet" in output and "No receipt was written" in output
    assert not records.receipt_path(own_copy).exists()
    code, output = check(own_copy, "01", "--unfinished")
    assert code == 0, output
    assert receipt_of(own_copy)["unanswered"] == ["greet", "why"]
    assert receipt_of(own_copy)["visible_checks"]["not_passing"] == ["greet_visible"]


def test_a_wrong_answer_may_be_handed_in(own_copy):
    fill(own_copy, own_copy, ALL | {"double": "def double(x):\n    return x * x"})
    code, output = check(own_copy)
    assert code == 0
    assert "0.5 of 1.5 points" in output and "not passing: double" in output


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("print(undefined_name)", "cell 3 stops with NameError: name 'undefined_name' is not defined"),
        ("def broken(:", "cell 3 stops with SyntaxError"),
        ("import os; os._exit(1)", "cell 3: Python itself ends there"),
        ("input('Name?')", "cell 3 stops with StdinNotImplementedError"),
    ],
)
def test_a_cell_that_does_not_run_is_named(own_copy, source, says):
    fill(own_copy, own_copy, ALL)
    add_cell(own_copy, source, place=2)
    code, output = check(own_copy)
    assert code == 1 and says in output


def test_a_loop_without_an_end_is_ended(own_copy):
    fill(own_copy, own_copy, ALL | {"greet": "while True:\n    pass"})
    ran = fresh_run.run(read_copy(own_copy), cell_limit=3)
    assert "greet: it takes more than 3 seconds" in ran.stopped
    assert ran.passed == ["double_visible"]
    ran = fresh_run.run(read_copy(own_copy), run_limit=3)
    assert "all cells together take more than 3 seconds" in ran.stopped


def test_an_answer_that_was_run_but_not_saved_is_noticed(own_copy):
    fill(own_copy, own_copy, ALL)
    progress.note(read_copy(own_copy), ran={"double": digest("def double(x): return 3 * x")})
    os.utime(own_copy, (1_700_000_000, 1_700_000_000))
    code, output = check(own_copy)
    assert code == 1 and "✗ not saved: you ran another version of double." in output
    os.utime(own_copy)  # saved since: then what stands in the file counts
    assert check(own_copy)[0] == 0


def test_which_notebook_is_meant(own_copy, tmp_path):
    shutil.copytree(own_copy.parent, own_copy.parent.parent / "02_more")
    edit(
        own_copy.parent.parent / "02_more" / "small_numbers.ipynb",
        lambda notebook: notebook["metadata"]["course"].update(lesson="02_more"),
    )
    for given in ("7", "0"):
        code, output = check(own_copy, given)
        assert code == 2 and "Which lesson?" in output and "01_small_numbers, 02_more" in output
    assert "02_more · small_numbers.ipynb" in check(own_copy, "02")[1]
    assert "02_more · small_numbers.ipynb" in check(own_copy, "02_more/small_numbers.ipynb")[1]
    code, output = check(own_copy, "gone.ipynb")
    assert code == 2 and "cannot be read" in output


def goes_on(process: subprocess.Popen) -> None:
    assert process.poll() is None, "it has ended"


@pytest.mark.skipif(os.name == "nt", reason="Ctrl-C is sent as a signal")
@pytest.mark.parametrize("left", [0, 700])
def test_a_notebook_that_a_crash_has_cut_off_is_named(own_copy, left):
    """It was told that there is no lesson here; the start page was silent."""
    own_copy.write_bytes(own_copy.read_bytes()[:left])
    release = own_copy.parent.parent
    for here, lesson in ((own_copy.parent, ""), (release, "01"), (release.parent, "01")):
        if here == release.parent:
            (release.parent / "release").symlink_to(release, target_is_directory=True)
        with pytest.raises(NoCopy, match=r"^small_numbers.ipynb is no readable notebook: .*\.ipynb_checkpoints"):
            submit._find(lesson, here)
    page = start_page(release)
    assert "✗ small_numbers.ipynb is no readable notebook" in page and "`make lab`" in page


def test_ctrl_c_leaves_no_receipt_no_kernel_and_no_folder(own_copy, tmp_path):
    fill(own_copy, own_copy, ALL | {"greet": "open('PLACE', 'w').write('x')\nwhile True:\n    pass"})
    text = own_copy.read_text(encoding="utf-8").replace("PLACE", str(tmp_path / "running"))
    own_copy.write_text(text, encoding="utf-8")
    (tmp_path / "tmp").mkdir()
    process = subprocess.Popen(
        [sys.executable, "-m", "course_lib.submit", "01"],
        cwd=own_copy.parent.parent,
        env=wide_environment() | {"TMPDIR": str(tmp_path / "tmp")},
        stdout=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    until((tmp_path / "running").exists, lambda: goes_on(process))
    process.send_signal(signal.SIGINT)
    output, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode == 130 and "Stopped. Nothing was written." in output
    assert not records.receipt_path(own_copy).exists()
    assert not list((tmp_path / "tmp").glob("course-submit-*"))


@pytest.mark.skipif(os.name == "nt", reason="the interrupt is sent as a signal")
def test_interrupt_kernel_stops_it_and_the_notebook_goes_on(own_copy, tmp_path):
    call = "from course_lib import submit\nsubmit.check()"
    marker = tmp_path / "running"
    fill(own_copy, own_copy, ALL | {"greet": f"open({str(marker)!r}, 'w').close()\nwhile True:\n    pass"})
    add_cell(own_copy, call)
    with kernel_of(own_copy, JPY_SESSION_NAME=str(own_copy)) as run:
        run("own", f"import os; open({str(tmp_path / 'pid')!r}, 'w').write(str(os.getpid()))")
        with ThreadPoolExecutor(1) as pool:
            answer = pool.submit(run, "own", call)
            while not marker.exists():
                assert not answer.done()
                time.sleep(0.1)
            os.kill(int((tmp_path / "pid").read_text()), signal.SIGINT)
            assert answer.result(60)["status"] == "ok"
        assert run("own", "1 + 1")["status"] == "ok"
    assert not records.receipt_path(own_copy).exists()


def test_without_a_kernel_it_is_said(own_copy, tmp_path):
    command = [sys.executable, "-c", "import sys; from course_lib import submit; sys.exit(submit.main(['01']))"]
    (tmp_path / "jupyter_client").mkdir()
    (tmp_path / "jupyter_client" / "__init__.py").touch()
    broken = "class KernelManager:\n    has_kernel = False\n    def __init__(self, **_): pass\n"
    broken += "    def start_kernel(self, **_): raise RuntimeError('no room')\n"
    (tmp_path / "jupyter_client" / "manager.py").write_text(broken, encoding="utf-8")
    env = wide_environment()
    env["PYTHONPATH"] = f"{tmp_path}{os.pathsep}{env['PYTHONPATH']}"
    done = subprocess.run(command, cwd=own_copy.parent.parent, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 2 and "No fresh Python could be started (no room)." in done.stdout


def test_from_a_cell_of_the_notebook_itself(own_copy):
    fill(own_copy, own_copy, ALL)
    call = "from course_lib import submit\nsubmit.check()"
    with kernel_of(own_copy, JPY_SESSION_NAME=str(own_copy)) as run:
        run("own", call)  # not saved yet
        assert not records.receipt_path(own_copy).exists()
        add_cell(own_copy, call)
        assert run("own", call)["status"] == "ok"
        assert receipt_of(own_copy)["visible_checks"]["points"] == 1.5


def test_a_fresh_kernel_passes_the_helpers_cell_by(own_copy):
    call = "from course_lib import submit\nsubmit.check()"
    with kernel_of(own_copy, JPY_SESSION_NAME="") as run:
        assert run("own", call)["status"] == "ok"
    assert not records.receipt_path(own_copy).exists()
