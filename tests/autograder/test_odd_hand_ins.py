"""Hand-ins that are odd, huge or broken in ways of their own: none ends the class's run, honest ones lose nothing."""

import contextlib
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator

import psutil
import pytest

from autograder.course import Course
from autograder.gradebook import record
from autograder.gradebook.result import Result
from autograder.grading import grade_class
from autograder.kernels.messages import KILLED
from autograder.kernels.rungs import why_no_sandbox
from autograder.processes import scratch
from autograder.reading import bounds
from course_lib import spark
from tests.autograder.tiny_course import LESSON, NOTEBOOK, RIGHT, grade, hand_in, named, points
from tests.waiting import new_nap, until

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform == "win32", reason="names that Windows does not take")]
LATIN = "l\udcff"
"""A name in bytes that are no UTF-8, as Python has it."""
SENDS = """
kernel = get_ipython().kernel
own = kernel.session.pack
kernel.session.pack = lambda value: {content} if "odd" in value else own(value)
kernel.session.send(kernel.iopub_socket, {kind!r}, {{"odd": 1}}, parent=kernel.get_parent())
kernel.session.pack = own
"""


@pytest.fixture
def released(released: Course):
    yield released
    subprocess.run(["rm", "-rf", released.submitted], check=True)  # deeper than pytest can remove


def edit(course: Course, student: str, change, encoding: str = "utf-8", **sources: str) -> None:
    """Hand in a notebook after ``change(content)``, in this encoding."""
    path = hand_in(course, student, **sources)
    content = json.loads(path.read_text(encoding="utf-8"))
    text = change(content) or json.dumps(content)
    path.write_bytes(text.encode(encoding))


def deep(levels: int) -> str:
    return "[" * levels + "]" * levels


def in_answer(**parts):
    """Give the answer's cell these parts."""
    return lambda content: named(content["cells"], "double").update(parts)


def make_folders(top, levels: int) -> None:
    """Folders in each other, deeper than a path may be long."""
    place = os.open(top, os.O_RDONLY)
    for _ in range(levels):
        os.mkdir("d", dir_fd=place)
        inner = os.open("d", os.O_RDONLY, dir_fd=place)
        os.close(place)
        place = inner
    os.close(place)


def hand_in_odd_ones(course: Course) -> None:
    """Odd, but honest: each is worth three points."""
    add = {"cell_type": "markdown", "id": "mine", "source": "My own notes."}
    hand_in(course, "a\\b")
    hand_in(course, "file-name").with_name(LATIN + ".txt").write_text("words")
    edit(course, "tags-null", lambda c: c["cells"].append(add | {"metadata": {"tags": None}}))
    edit(course, "tags-number", lambda c: c["cells"][2]["metadata"].update(tags=7))
    edit(course, "metadata-null", lambda c: c["cells"].append(add | {"metadata": None}))
    edit(course, "answer-without-metadata", in_answer(metadata=None))
    edit(course, "outputs-null", in_answer(outputs=None))
    edit(course, "source-null", lambda c: c["cells"].append(add | {"metadata": {}, "source": None}))
    edit(course, "attachments-null", lambda c: c["cells"][0].update(attachments=None))
    edit(course, "metadata-strange", lambda c: c["cells"][0].update(metadata={"magics_language": 7, "jupyter": None}))
    edit(course, "language-strange", lambda c: c["metadata"].update(language_info=None, kernelspec=7, widgets=7))
    edit(course, "nameless", lambda c: c["cells"][0]["metadata"].update(nbgrader={"grade": True, "points": 9}))
    edit(course, "utf-32", lambda c: None, "utf-32")
    edit(course, "utf-32-le", lambda c: None, "utf-32-le")
    edit(course, "half-character", in_answer(source=f"# half: \ud83d\n{RIGHT['double']}"))
    edit(course, "half-in-words", lambda c: named(c["cells"], "why").update(source="Because \udc00."))
    edit(course, "half-printed", lambda c: None, double=f"print('\\udcff', chr(0xd83d))\n{RIGHT['double']}")
    for where in ("outputs", "metadata"):
        edit(
            course,
            f"deep-{where}",
            lambda c, where=where: json.dumps(in_answer(**{where: ["odd"]})(c) or c).replace('["odd"]', deep(5000)),
        )
    edit(course, "shell", lambda c: None, double=f"!ls -l && echo {{6 * 7}}\nkept = !ls\n{RIGHT['double']}")


def hand_in_broken_ones(course: Course) -> dict[str, str]:
    """What cannot be graded; returns words of the sentence that each gets."""
    make_folders(hand_in(course, "deep-folders").parent, 1500)
    for student, size in (("sparse-3-gb", 3 * 2**30), ("sparse-1-tb", 2**40)):
        with hand_in(course, student).with_name("data.bin").open("wb") as file:
            file.truncate(size)
    folder = hand_in(course, "many-files").parent
    for number in range(bounds.MOST_FILES):
        (folder / f"{number}.txt").touch()
    hand_in(course, LATIN)
    large = f"more than {bounds.MOST_BYTES // bounds.MEGABYTE} MB"
    files = f"more than {bounds.MOST_FILES:,} files"
    return {
        "deep-folders": f"more than {bounds.MOST_DEPTH} deep",
        "sparse-3-gb": large,
        "sparse-1-tb": large,
        "many-files": files,
        LATIN: "It is not in the gradebook: UnicodeEncodeError",
    }


def test_the_class_is_graded_whatever_one_hands_in(released, autograder):
    hand_in_odd_ones(released)
    why = hand_in_broken_ones(released)
    # the kernel says what is no message
    deep_message = SENDS.format(kind="stream", content=f'b\'{{"name": "stdout", "text": {deep(5000)}}}\'')
    hand_in(released, "z-deep-message", greet=RIGHT["greet"] + deep_message)
    hand_in(released, "z-no-state", greet=RIGHT["greet"] + SENDS.format(kind="status", content="b'{}'"))
    hand_in(released, "zz-well")
    outcomes = grade(released)
    assert {name: outcome.problems for name, outcome in outcomes.items() if not outcome.graded}.keys() == why.keys()
    for name, words in why.items():
        assert words in outcomes[name].problems[0], outcomes[name]
    found = points(released)
    assert [found.pop(name) for name in why if name != LATIN] == [0, 0, 0, 0]
    assert set(found.values()) == {3}, found
    notebook = json.loads((released.autograded / "shell" / LESSON / NOTEBOOK).read_text(encoding="utf-8"))
    (shown,) = named(notebook["cells"], "double")["outputs"]
    assert NOTEBOOK in "".join(shown["text"]) and "42" in "".join(shown["text"])

    again = grade(released)
    assert {name for name, outcome in again.items() if not outcome.unchanged} == {LATIN}
    code, said = autograder("grade")
    assert code == 1 and "more than 200 MB" in said and "Traceback" not in said
    for command in (["report"], ["feedback"], ["export"], ["export", "--to", "canvas"]):
        code, said = autograder(*command)
        assert code == 0, said
    (released.submitted / "shell" / LESSON / "x.receipt.json").write_text(deep(5000))
    code, said = autograder("receipt")
    assert code == 1 and "this is no receipt" in said
    pages = {path.parts[-3] for path in (released.root / "feedback").rglob("*.html")}
    assert {"a\\b", "shell", "zz-well"} <= pages


def test_who_waits_for_the_keyboard_is_shown_to_a_person(released):
    """At home `input` works; when grading its cell ends there, and all that it defines is missing."""
    hand_in(released, "asks", double=f"n = input('How many? ')\n{RIGHT['double']}")
    (outcome,) = grade(released).values()
    assert outcome.problems == ("cell double: It waits for somebody at the keyboard (input()); the rest did not run.",)


def test_a_name_that_no_folder_can_have_costs_the_others_no_feedback(released, autograder):
    hand_in(released, "ada")
    grade(released)
    with record.open_gradebook(released) as gradebook:
        gradebook.add_student("../bo")
        gradebook.add_submission(LESSON, "../bo")
    code, said = autograder("feedback")
    assert code == 2 and "'../bo'" in said
    assert [path.parts[-3] for path in (released.root / "feedback").rglob("*.html")] == ["ada"]


def test_what_nobody_foresaw_is_that_hand_ins_alone_and_is_tried_again(released, monkeypatch):
    examine, write = grade_class.examine, record.record

    def stumble(folder, *rest):
        if folder.parent.name == "ada":
            raise ZeroDivisionError("a bug in examining")
        return examine(folder, *rest)

    def stumble_later(course, lesson, student, folder, result: Result):
        if student == "bo":
            raise ZeroDivisionError("a bug in recording")
        write(course, lesson, student, folder, result)

    for student in ("ada", "bo", "cy"):
        hand_in(released, student)
    monkeypatch.setattr(grade_class, "examine", stumble)
    monkeypatch.setattr(record, "record", stumble_later)
    outcomes = grade(released)
    assert [student for student, outcome in outcomes.items() if outcome.graded] == ["cy"]
    assert "ZeroDivisionError: a bug in examining" in outcomes["ada"].problems[0]
    assert "ZeroDivisionError: a bug in recording" in outcomes["bo"].problems[0]
    assert points(released) == {"ada": 0, "bo": 0, "cy": 3}
    monkeypatch.undo()
    outcomes = grade(released)
    assert points(released) == {"ada": 3, "bo": 3, "cy": 3}
    assert outcomes["cy"].unchanged and not outcomes["ada"].unchanged


@pytest.mark.skipif(bool(why_no_sandbox()), reason=f"there is no sandbox here: {why_no_sandbox()}")
def test_a_hand_in_that_the_machine_has_killed_is_run_once_more(released):
    nap, killed = new_nap(), []

    def kill_as_a_full_machine_does() -> None:
        until(lambda: list(napping(nap)))
        ((first, kernel),) = napping(nap)
        kernel.kill()
        killed.append(kernel)
        until(lambda: first not in [sleep for sleep, _ in napping(nap)])
        until(lambda: list(napping(nap)))  # the second run has come as far
        for sleep, _ in napping(nap):
            sleep.kill()

    hand_in(released, "ada", double=f"import subprocess\nsubprocess.call(['sleep', '{nap}'])\n{RIGHT['double']}")
    hand_in(released, "eve", double=f"import os\nos.kill(os.getpid(), 9)\n{RIGHT['double']}")
    machine = threading.Thread(target=kill_as_a_full_machine_does)
    machine.start()
    outcomes = grade(released)
    machine.join()
    assert killed and points(released) == {"ada": 3, "eve": 0}
    assert not outcomes["ada"].problems
    assert KILLED in " ".join(outcomes["eve"].problems)  # she does it each time


def napping(nap: str) -> Iterator[tuple[psutil.Process, psutil.Process]]:
    """The processes `sleep nap`, and who has started each."""
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error):
            if process.cmdline() == ["sleep", nap] and (parent := process.parent()):
                yield process, parent


def test_folders_that_a_hand_in_made_are_removed_however_deep(tmp_path):
    with scratch.scratch() as place:
        (place / "a" / "b").mkdir(parents=True)
        (place / "a" / "link").symlink_to(tmp_path)
        make_folders(place / "a" / "b", 1500)
    assert not place.parent.exists() and tmp_path.exists()


def test_a_speed_up_that_fails_is_told_and_ends_nothing(monkeypatch):
    def too_slow():
        raise subprocess.TimeoutExpired("java", 300)

    monkeypatch.setattr(spark, "share_classes", too_slow)
    remarks = []
    with grade_class.fork_server(["course_lib.spark"], remarks.append) as address:
        assert address
    assert len(remarks) == 1 and "TimeoutExpired" in remarks[0]
