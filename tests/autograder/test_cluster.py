"""`autograder grade --master`: a real standalone cluster of two workers gives what one machine gives."""

import json
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from autograder.authoring.answers import fill
from autograder.course import Course, CourseError
from autograder.gradebook.record import open_gradebook
from autograder.grading.grade_class import Grading, find_submissions
from autograder.kernels.rungs import why_no_sandbox
from autograder.reports.analysis import read_class
from autograder.reports.feedback import write_feedback
from tests.autograder.hostile_corpus import CORPUS, MARK, answers, attack, told
from tests.autograder.test_every_road import LOOKS
from tests.autograder.tiny_course import LESSON, NOTEBOOK, RIGHT, hand_in, points, printed
from tests.standalone import environment, standalone
from tests.waiting import PATIENCE, until

pytestmark = pytest.mark.slow
ANSWERS = [
    RIGHT,
    RIGHT | {"double": "def double(x):\n    return x ** 2"},
    RIGHT | {"why": "Because."},
    {},
    RIGHT | {"greet": "import os\nos._exit(1)"},
    RIGHT | {"double": "def double(x):\n    return 0\nget_ipython().run_cell = lambda *a, **k: None"},
]
ATTACKS = {
    "machinery": ["own-work-out", "socket-found-by-number", "replies-swapped"],
    "protocol": ["forged-message", "forged-idle-and-reply"],
    "values": ["equals-everything"],
    "leaks": ["class-made-of-the-data"],
    "notebook": ["tests-as-solutions"],
}
"""Class → attacks that are tried on a cluster, too."""
SECRETS = """
print("LOOKED", "environ", *[name for name in os.environ if "WORKER" in name or "AUTOGRADER" in name])
"""
"""What Spark and the grader tell a worker."""


@pytest.fixture
def handed_in(released: Course, monkeypatch) -> Course:
    """A class of seven; the first two wait in their first cell as long as the file `closed` is there."""
    data = released.root.parent / "data"  # the one folder besides Python that hand-ins may read
    data.mkdir()
    monkeypatch.setenv("COURSE_DATA_DIR", str(data))
    (data / "closed").touch()
    with (released.root / "nbgrader_config.py").open("a", encoding="utf-8") as config:
        config.write("c.Execute.timeout = 40\n")  # the last hand-in answers nothing: each run waits for it
    wait = f"import os, time\nwhile os.path.exists({str(data / 'closed')!r}):\n    time.sleep(0.1)\n"
    for number, sources in enumerate(ANSWERS):
        path = released.submitted / f"s{number}" / LESSON / NOTEBOOK
        gate = {"double": wait + sources["double"]} if number < 2 else {}
        fill(released.release / LESSON / NOTEBOOK, path, sources | gate)
    (released.submitted / "s6" / LESSON).mkdir(parents=True)
    (released.submitted / "s6" / LESSON / NOTEBOOK).write_text("{", encoding="utf-8")
    return released


@pytest.mark.seconds(180)
def test_a_killed_worker_changes_no_result_and_no_attack_gains_a_point(handed_in, tmp_path):
    attackers = hand_in_attacks(handed_in)
    gate = handed_in.root.parent / "data" / "closed"
    with standalone(tmp_path) as (address, workers):
        grader = start(handed_in, address)
        try:
            until(lambda: all(begun(tmp_path, number) for number in (1, 2)), lambda: goes_on(grader))
            theirs = psutil.Process(workers[0].pid).children(recursive=True)
            workers[0].kill()  # its executor ends with it, and all that runs hand-ins for it
            assert not psutil.wait_procs(theirs, timeout=PATIENCE)[1]
            gate.unlink()
            output, _ = grader.communicate(timeout=PATIENCE)
        finally:
            grader.kill()
            grader.wait()
    assert grader.returncode == 1, output  # one hand-in cannot be read
    assert begun(tmp_path, 1) == 1 and not finished(tmp_path, 1)
    assert finished(tmp_path, 2) == len(ANSWERS) + len(attackers)  # what the lost executor had begun, too
    there = {student: found for student, found in results(handed_in).items() if student not in attackers}
    earned = {student: worth for student, worth in points(handed_in).items() if student in attackers}
    assert earned.pop("t-looks") == 3 and {name: worth for name, worth in earned.items() if worth > 1} == {}
    if not why_no_sandbox():
        looked = [line.split() for line in printed(handed_in, "t-looks").splitlines() if line.startswith("LOOKED")]
        assert ["LOOKED", "environ"] in looked and {len(line) for line in looked} == {2}
    pages = write_feedback(read_class(handed_in, handed_in.lessons()), handed_in)
    assert [page for page in pages if MARK in told(page)] == []

    for student in attackers:
        shutil.rmtree(handed_in.submitted / student)
    shutil.rmtree(handed_in.autograded)
    handed_in.gradebook.unlink()
    for _ in Grading(handed_in, find_submissions(handed_in, handed_in.lessons())).run(sandboxed=not why_no_sandbox()):
        pass
    assert there == results(handed_in)
    assert len(there) == len(ANSWERS) + 1


def hand_in_attacks(course: Course) -> list[str]:
    """Hand in what attacks, as students whose turn comes after all others; returns who they are."""
    (lesson,) = course.lessons()
    for kind, names in ATTACKS.items():
        for name in names:
            code = CORPUS[kind][name]
            sources = {**answers(kind, code, {"double": ["double"]}), "greet": RIGHT["greet"]}
            attack(course, lesson, f"t-{name}", kind, code, sources)
    hand_in(course, "t-looks", greet=RIGHT["greet"] + LOOKS + SECRETS)
    return sorted(path.name for path in course.submitted.glob("t-*"))


def test_ctrl_c_keeps_what_was_recorded_and_goes_on_without_the_cluster(handed_in):
    gate = handed_in.root.parent / "data" / "closed"
    for old, new in {"s0": "z0", "s1": "z1", "s4": "a4"}.items():  # now the first are quick, and the last two wait
        (handed_in.submitted / old).rename(handed_in.submitted / new)
    grader = start(handed_in, "local-cluster[1,1,1024]")
    state = handed_in.autograded / ".graded.jsonl"
    until(lambda: state.exists() and f"a4/{LESSON}" in state.read_text(encoding="utf-8"), lambda: goes_on(grader))
    grader.send_signal(signal.SIGINT)
    output, _ = grader.communicate(timeout=PATIENCE)
    assert grader.returncode == 130, output
    assert "Traceback" not in output
    gate.unlink()
    grading = Grading(handed_in, find_submissions(handed_in, handed_in.lessons()))
    assert "a4" in {outcome.student for outcome in grading.unchanged()}
    assert all(outcome.graded for outcome in grading.run(sandboxed=not why_no_sandbox()) if outcome.student != "s6")


def test_an_executor_that_would_grade_otherwise_is_refused(handed_in, monkeypatch):
    monkeypatch.setattr("autograder.grading.cluster.environment", lambda: "another")
    grading = Grading(handed_in, find_submissions(handed_in, handed_in.lessons()))
    with pytest.raises(CourseError, match="its packages or its copy of the course differ"):
        list(grading.run(sandboxed=not why_no_sandbox(), master="local[1]"))
    assert not list(handed_in.autograded.glob("s[0-5]"))


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is no sandbox to take away")
def test_an_executor_without_a_sandbox_is_refused_as_loudly_as_this_machine(handed_in):
    closed = [sys.executable, "-m", "tests.autograder.closed_rungs", "2"]
    command = [*closed, "autograder", "grade", "--master", "local[1]"]
    done = subprocess.run(command, cwd=handed_in.root, env=environment(COLUMNS="200"), capture_output=True, text=True)
    assert done.returncode == 2, done.stdout + done.stderr
    assert "There is no sandbox on " in done.stdout and "Traceback" not in done.stdout
    assert not list(handed_in.autograded.glob("s[0-5]"))


def test_a_master_that_is_not_there_is_a_clear_error(handed_in):
    grader = start(handed_in, "no-master-at-all")
    output, _ = grader.communicate(timeout=PATIENCE)
    assert grader.returncode == 2
    assert "no-master-at-all does not answer" in output and "Traceback" not in output


def start(course: Course, master: str) -> subprocess.Popen:
    command = [sys.executable, "-m", "autograder.cli", "grade", "--master", master]
    command += ["--no-sandbox"] * bool(why_no_sandbox())
    return subprocess.Popen(
        command,
        cwd=course.root,
        env=environment(COLUMNS="200"),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
        # a runner in the background may have told its children to ignore Ctrl-C
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )


def goes_on(grader: subprocess.Popen) -> None:
    assert grader.poll() is None, grader.stdout.read()


def begun(folder: Path, number: int) -> int:
    """How many hand-ins a worker's executor has begun, by its own log."""
    return said(folder, number, r"Running task ")


def finished(folder: Path, number: int) -> int:
    return said(folder, number, r"Finished task ")


def said(folder: Path, number: int, pattern: str) -> int:
    logs = (folder / f"work{number}").glob("app-*/*/stderr")
    return sum(len(re.findall(pattern, log.read_text(errors="replace"))) for log in logs)


def results(course: Course) -> dict[str, dict]:
    """Student → what is in the gradebook, and what the graded notebook shows."""
    found: dict[str, dict] = {}
    with open_gradebook(course) as gradebook:
        for submission in gradebook.assignment_submissions(LESSON):
            (notebook,) = submission.notebooks
            grades = {grade.name: (grade.auto_score, grade.needs_manual_grade) for grade in notebook.grades}
            comments = {comment.name: comment.auto_comment for comment in notebook.comments}
            found[submission.student_id] = {"grades": grades, "comments": comments}
    for path in course.autograded.glob(f"*/{LESSON}/{NOTEBOOK}"):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        for cell in cells:
            cell["metadata"].pop("execution", None)  # when it ran
            cell.pop("execution_count", None)  # of a cell that kills its kernel it arrives or not
        found[path.parts[-3]]["cells"] = cells
    return found
