"""Grading: every kind of hand-in ends in a line that an instructor can act on, and none stops the others."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from autograder.authoring.answers import fill
from autograder.course import CourseError, read_notebook
from autograder.gradebook import record
from autograder.gradebook.journal import Journal
from autograder.gradebook.record import open_gradebook
from autograder.grading.grade_class import at_once, find_submissions
from autograder.kernels.rungs import why_no_sandbox
from tests.autograder.tiny_course import (
    LESSON,
    NOTEBOOK,
    RIGHT,
    grade,
    hand_in,
    hidden,
    lesson_cells,
    named,
    points,
    printed,
    set_limits,
    wide_environment,
    write_notebook,
)
from tests.waiting import until

pytestmark = pytest.mark.slow
COMMAND = [sys.executable, "-m", "autograder.cli", "grade", *["--no-sandbox"] * bool(why_no_sandbox())]


def tag(name: str, *tags: str):
    return lambda cells: named(cells, name)["metadata"].update(tags=list(tags))


def test_cores_are_kept_busy_as_far_as_the_memory_reaches():
    assert [at_once(cores, 64) for cores in (1, 2, 4, 16)] == [1, 3, 6, 24]
    assert [at_once(16, free) for free in (0.5, 3.9, 8.1, None)] == [1, 1, 4, 24]


LAB = "from contextlib import suppress; from pathlib import Path; from course_lib import lab\n"
LAB += "with suppress(SystemExit): lab.serve(Path(), 8888, True, ['--version'])\n"


@pytest.mark.parametrize("start", ["import autograder.cli\n", LAB], ids=["the command", "JupyterLab"])
def test_notebooks_are_read_without_a_grammar_of_web_addresses(start):
    code = start + "import nbformat, sys; nbformat.validate(nbformat.v4.new_notebook()); "
    code += "print(sys.modules['rfc3987_syntax'], 'lark' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "None False"


def test_right_wrong_and_untouched_answers(released):
    hand_in(released, "ada")
    hand_in(released, "bo", double="def double(x):\n    return x * x")
    stub = released.submitted / "cy" / LESSON / NOTEBOOK
    fill(released.release / LESSON / NOTEBOOK, stub, {})
    outcomes = grade(released)
    assert points(released) == {"ada": 3, "bo": 1, "cy": 0}
    assert all(outcome.graded and not outcome.problems for outcome in outcomes.values())
    assert not (released.autograded / "ada" / LESSON / "ran").exists()  # the cell tagged skip-grading
    shown = {
        cell["id"]: cell["source"] for cell in read_notebook(released.autograded / "ada" / LESSON / NOTEBOOK)["cells"]
    }
    assert shown["demonstration"].endswith("raise SystemExit")  # it stands there as the student had it


def test_a_test_that_stops_for_no_reason_of_the_answers_is_shown_to_a_person(released):
    cells = lesson_cells()
    named(cells, "greet_visible")["source"] = "assert greet('Ada') == 'Hello, Ada!'"
    named(cells, "greet_hidden")["source"] = hidden("greet('Bo')\nraise OSError('the disk is gone')")
    write_notebook(released.notebooks / LESSON / NOTEBOOK, cells)
    hand_in(released, "right")
    hand_in(released, "stops", greet="def greet(name):\n    return {}[name]")
    hand_in(released, "absent", greet="def hello(name):\n    return 'Hello!'")
    hand_in(released, "broken", greet="def greet(name:")
    outcomes = grade(released)
    assert points(released) == {"right": 2.5, "stops": 2, "absent": 2, "broken": 2}
    said = {student: outcome.problems for student, outcome in outcomes.items()}
    assert said.pop("right") == (
        "the test itself stopped with an error that is not the answer's; 0 points for now: greet_hidden",
    )
    assert not any(said.values()), said  # these errors are the answers' own
    with open_gradebook(released) as gradebook:
        asked = gradebook.find_grade("greet_hidden", "small_numbers", LESSON, "right").needs_manual_grade
        assert asked and not gradebook.find_grade("greet_hidden", "small_numbers", LESSON, "stops").needs_manual_grade


def test_what_costs_nothing_and_what_gains_nothing(released):
    wrong = "def double(x):\n    return 0"
    show = "\nfrom IPython import get_ipython\nimport IPython.core.displayhook as hook\n"
    hand_in(
        released, "warns", double="import sys\ndef double(x):\n    print('careful', file=sys.stderr)\n    return 2 * x"
    )
    hand_in(released, "warns-deep", double="import os\ndef double(x):\n    os.write(2, b'careful')\n    return 2 * x")
    debugs = "import sys\nprint('debugpy' in sys.modules)\nimport debugpy\nprint(debugpy.__name__)\n"
    hand_in(released, "debugs", double=debugs + RIGHT["double"])
    looks = "from ipykernel import ipkernel\nimport sys\nprint(ipkernel.sys is sys, len(sys.modules) > 500)\n"
    hand_in(released, "looks", double=looks + RIGHT["double"])
    # by itself it would send a minute later; ZeroMQ, to which it is handed, needs a moment
    ends = "import os, sys, time\nsys.stdout.flush_interval = 60\nprint('last words', flush=True)\n"
    ends += "time.sleep(1)\nos._exit(1)\n"
    hand_in(released, "ends", double=ends)
    keeps = "from pathlib import Path\nkept = b'x' * (16 << 20)\n"
    keeps += (
        "print(*[line for line in Path('/proc/self/smaps_rollup').read_text().splitlines() if 'AnonHuge' in line])\n"
    )
    hand_in(released, "keeps", double=keeps + RIGHT["double"])
    hand_in(released, "skips", tag("double_visible", "skip-grading"), double=wrong)
    hand_in(released, "skips-run", tag("double_visible", "skip-execution"), double=wrong)
    hand_in(released, "skips-answer", tag("double", "skip-grading"))
    for name, value in {"minus": "-1", "nan": "float('nan')", "true": "True", "word": "'full marks'"}.items():
        trick = f"get_ipython().events.register('post_run_cell', lambda *_: get_ipython().displayhook({value}))"
        hand_in(released, f"shows-{name}", double=f"{wrong}{show}{trick}")
    outcomes = grade(released)
    found = points(released)
    assert {found.pop(name) for name in ("warns", "warns-deep", "debugs", "looks", "keeps", "skips-answer")} == {3}
    # no kernel loads it by itself, for that takes long
    assert printed(released, "debugs").startswith("False\ndebugpy\n")
    assert printed(released, "looks").startswith("True True\n"), "what ipykernel was spared is as it was"
    assert printed(released, "ends").startswith("last words\n"), "what was flushed has been sent"
    large = int(printed(released, "keeps").split()[1])
    assert large >= 2_048 or "[madvise]" not in Path("/sys/kernel/mm/transparent_hugepage/enabled").read_text(), "kB"
    assert set(found.values()) <= {0, 1}, found
    assert all(outcome.graded for outcome in outcomes.values())


def test_broken_hand_ins_are_told_apart_and_the_others_are_graded(released):
    def folder(student: str):
        path = released.submitted / student / LESSON
        path.mkdir(parents=True)
        return path

    def split(cells):
        at = cells.index(named(cells, "greet"))
        return [*cells[:at], {**cells[at], "id": "half", "source": "def greet(name):"}, *cells[at:]]

    folder("a-empty-folder")
    (folder("b-empty-file") / NOTEBOOK).write_text("")
    (folder("c-no-json") / NOTEBOOK).write_text('{"cells": [')
    (folder("d-no-notebook") / "essay.docx").write_text("words")
    (folder("e-old-format") / NOTEBOOK).write_text('{"nbformat": 3, "worksheets": 7}')
    (folder("f-other-notebook") / NOTEBOOK).write_text('{"cells": [], "metadata": {}, "nbformat": 4}')
    (folder("g-link") / NOTEBOOK).symlink_to(released.notebooks / LESSON / NOTEBOOK)
    renamed = hand_in(released, "h-renamed")
    renamed.rename(renamed.with_name("small_numbers (1).ipynb"))
    hand_in(released, "i-split", split)
    hand_in(released, "j-deleted", lambda cells: [c for c in cells if c is not named(cells, "double_hidden")])
    hand_in(
        released, "k-changed", lambda cells: named(cells, "double_hidden")["metadata"]["nbgrader"].update(grade=False)
    )
    hand_in(released, "l-[odd]*name")
    hand_in(released, "n-names-lost", lambda cells: [cell | {"metadata": {}} for cell in cells])
    utf16 = hand_in(released, "o-utf-16")
    utf16.write_bytes(utf16.read_text(encoding="utf-8").encode("utf-16"))
    hand_in(released, "m-well")
    outcomes = grade(released)

    unreadable = {student[0]: outcome.problems[0] for student, outcome in outcomes.items() if not outcome.graded}
    assert sorted(unreadable) == ["a", "b", "c", "d", "e", "f", "g"]
    assert "folder is empty" in unreadable["a"]
    assert "empty file" in unreadable["b"]
    assert "JSONDecodeError" in unreadable["c"]
    assert "only essay.docx" in unreadable["d"]
    assert "old format 3, broken" in unreadable["e"]
    assert "none of the lesson's cells" in unreadable["f"]
    assert "folder is empty" in unreadable["g"]
    found = points(released)
    assert {found[name] for name in found if name[0] in "hijklmno"} == {3}
    assert "small_numbers (1).ipynb was taken" in outcomes["h-renamed"].notes[0]
    assert "greet" in outcomes["i-split"].notes[0]
    assert outcomes["j-deleted"].notes == ("missing cells, put back: double_hidden",)
    assert all(found[student] == 0 for student, outcome in outcomes.items() if not outcome.graded)


def test_a_dead_kernel_and_an_endless_loop_cost_only_what_comes_after(released):
    set_limits(released, timeout=5, limit=120)
    hand_in(released, "dies", greet="import os\nos._exit(1)")
    hand_in(released, "loops", greet="while True:\n    pass")
    stubborn = (
        "while True:\n    try:\n        while True:\n            pass\n    except KeyboardInterrupt:\n        pass"
    )
    hand_in(released, "loops-on", greet=stubborn)
    hand_in(released, "well")
    outcomes = grade(released)
    assert points(released) == {"dies": 2, "loops": 2, "loops-on": 2, "well": 3}
    assert "cell greet: Python stopped" in outcomes["dies"].problems[0]
    assert "cell greet: This cell ran for more than 5 seconds" in outcomes["loops"].problems[0]
    assert "cell greet" in outcomes["loops-on"].problems[0]
    assert not outcomes["well"].problems


def test_where_the_lessons_own_code_fails_a_person_is_asked(released):
    cells = lesson_cells()
    named(cells, "setup")["source"] += "\nimport a_package_that_is_not_here"
    write_notebook(released.notebooks / LESSON / NOTEBOOK, cells)
    hand_in(released, "ada")
    (problem,) = grade(released)["ada"].problems
    assert "cell setup" in problem and "a_package_that_is_not_here" in problem


def test_only_what_changed_is_graded_again_and_a_failure_keeps_no_old_points(released):
    ada, bo = hand_in(released, "ada"), hand_in(released, "bo")
    grade(released)
    assert all(outcome.unchanged for outcome in grade(released).values())

    hand_in(released, "ada", double="def double(x):\n    return 0")  # no timestamp, other content
    bo.write_text("{")
    outcomes = grade(released)
    assert not outcomes["ada"].unchanged
    assert points(released) == {"ada": 1, "bo": 0}
    assert record.marks(released)["bo", LESSON].to_read
    assert not (released.autograded / "bo" / LESSON).exists()
    assert (released.autograded / "ada" / LESSON / NOTEBOOK).exists()

    again = grade(released)["bo"]
    assert again.unchanged and not again.graded and again.problems
    assert not any(outcome.unchanged for outcome in grade(released, force=True).values())
    assert ada.exists()


def test_a_lost_gradebook_is_filled_again(released):
    hand_in(released, "ada")
    grade(released)
    released.gradebook.unlink()
    assert not grade(released)["ada"].unchanged
    assert points(released) == {"ada": 3}


def test_a_lesson_whose_cells_changed_after_grading_is_a_clear_error(released, autograder):
    hand_in(released, "ada")
    grade(released)
    cells = lesson_cells()
    del cells[6]
    write_notebook(released.notebooks / LESSON / NOTEBOOK, cells)
    code, output = autograder("grade")
    assert code == 2
    assert f"nbgrader db assignment remove {LESSON}" in output
    assert points(released) == {"ada": 3}


def test_marks_given_by_hand_stay(released):
    from nbgrader.api import Gradebook

    hand_in(released, "ada", why="Because.")
    grade(released)
    assert record.marks(released)["ada", LESSON].to_read
    with Gradebook(released.gradebook_url) as gradebook:
        written = gradebook.find_grade("why", "small_numbers", LESSON, "ada")
        written.manual_score, written.needs_manual_grade = 2, False
        gradebook.db.commit()
    hand_in(released, "ada", why="Because of this.")
    grade(released)
    assert points(released) == {"ada": 5}


def test_a_name_that_nobody_has_is_a_usage_error(released, autograder):
    hand_in(released, "ada")
    with pytest.raises(CourseError, match="zoe"):
        find_submissions(released, released.lessons(), ["zoe"])
    (released.submitted / "ada" / "01_smal_numbers").mkdir()
    code, output = autograder("grade")
    assert code == 0
    assert "submitted/ada/01_smal_numbers" in output
    assert "3 / 5" in output


def test_what_the_machine_failed_at_is_tried_again(released, monkeypatch):
    gate = readable_folder(released, monkeypatch) / "closed"
    gate.touch()
    hand_in(released, "ben")
    assert grade(released)["ben"].graded
    hand_in(released, "ada", double=wait_for(gate) + RIGHT["double"])
    started = subprocess.Popen(COMMAND, cwd=released.root, env=wide_environment(), stdout=subprocess.PIPE, text=True)
    # what lives longer than a moment grades; the others found out whether there is a sandbox
    until(lambda: grown(started), lambda: goes_on(started))
    grown(started)[0].kill()
    output, _ = started.communicate()
    assert started.returncode == 1
    assert "the process that graded it died" in output and "will try it again" in output
    gate.unlink()
    outcomes = grade(released)
    assert outcomes["ada"].graded and outcomes["ben"].unchanged
    assert set(points(released).values()) == {3}


def readable_folder(course, monkeypatch):
    """The one folder besides Python that hand-ins may read."""
    data = course.root.parent / "data"
    data.mkdir()
    monkeypatch.setenv("COURSE_DATA_DIR", str(data))
    return data


def wait_for(gate) -> str:
    """Code that waits until a file is gone."""
    return f"import os, time\nwhile os.path.exists({str(gate)!r}):\n    time.sleep(0.1)\n"


def forked(grader: subprocess.Popen) -> list[psutil.Process]:
    """The processes that grade hand-ins for this grader now."""
    servers = [
        child
        for child in psutil.Process(grader.pid).children()
        if any("multiprocessing.forkserver" in word for word in child.cmdline())
    ]
    return [child for server in servers for child in server.children()]


def grown(grader: subprocess.Popen) -> list[psutil.Process]:
    """Those of them that have lived for five seconds."""
    with contextlib.suppress(psutil.Error):
        return [child for child in forked(grader) if time.time() - child.create_time() > 5]
    return []


def goes_on(grader: subprocess.Popen) -> None:
    assert grader.poll() is None, grader.stdout.read()


def test_ctrl_c_leaves_whole_results_and_the_next_call_goes_on(released, monkeypatch):
    gate = readable_folder(released, monkeypatch) / "closed"
    gate.touch()
    hand_in(released, "s0")
    for number in range(1, 4):
        hand_in(released, f"s{number}", double=wait_for(gate) + RIGHT["double"])
    started = subprocess.Popen(
        COMMAND,
        cwd=released.root,
        env=wide_environment(),
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
        # a runner in the background may have told its children to ignore Ctrl-C
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    state = released.journal
    until(lambda: Journal(state).all("hand_in"), lambda: goes_on(started))
    os.killpg(started.pid, signal.SIGINT)
    output, _ = started.communicate()
    assert started.returncode == 130
    assert "go on" in output and "Traceback" not in output
    assert list(Journal(state).all("hand_in")) == [f"s0/{LESSON}"]
    gate.unlink()
    outcomes = grade(released)
    assert [student for student, outcome in outcomes.items() if outcome.unchanged] == ["s0"]
    assert set(points(released).values()) == {3}
