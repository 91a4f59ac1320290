"""Grading on hand-in: the exchange, a folder of uploads, hostile students, turns, limits, kills, other graders."""

import multiprocessing
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from contextlib import closing
from pathlib import Path

import pytest

from autograder.authoring.answers import fill
from autograder.collecting.arrivals import Exchange, Uploads
from autograder.course import Course, read_config
from autograder.gradebook import record
from autograder.gradebook.journal import Journal
from autograder.gradebook.lock import Busy, only_grader, only_server
from autograder.kernels.rungs import why_no_sandbox
from autograder.serving.queue import HOUR, Queue
from autograder.serving.serve import Server
from autograder.serving.status import Row, State, status_page
from tests.autograder.hostile_corpus import CORPUS, answers, asked
from tests.autograder.tiny_course import LESSON, NOTEBOOK, RIGHT, grade, points, wide_environment
from tests.waiting import new_nap, sleeps, until

SQUARE = RIGHT | {"double": "def double(x):\n    return x ** 2"}
SECRET = "5ec3e7" * 20
KILLS = 3


@pytest.fixture
def inbound(course: Course, tmp_path: Path) -> Path:
    """The exchange of the tiny course, where everybody is the same user of the machine."""
    root = tmp_path / "exchange"
    for part in ("inbound", "outbound"):
        (root / "keras_spark" / part).mkdir(parents=True)
    root.chmod(0o777)
    with (course.root / "nbgrader_config.py").open("a", encoding="utf-8") as config:
        config.write(f"c.Exchange.root = {str(root)!r}\nc.Exchange.cache = {str(tmp_path / 'cache')!r}\n")
        config.write("c.ExchangeCollect.check_owner = False\n")
    return root / "keras_spark" / "inbound"


@pytest.fixture
def uploads(tmp_path: Path) -> Path:
    place = tmp_path / "uploads"
    place.mkdir()
    return place


def put(course: Course, place: Path, sources: dict[str, str] = RIGHT) -> Path:
    """Lay a hand-in into a folder; what is not released is empty."""
    if course.release.exists():
        fill(course.release / LESSON / NOTEBOOK, place / NOTEBOOK, sources)
    place.mkdir(parents=True, exist_ok=True)
    return place


def submit(course: Course, inbound: Path, student: str, sources: dict[str, str] = RIGHT, minute: int = 0) -> Path:
    """Lay a hand-in into the exchange as `nbgrader submit` does."""
    time = f"2026-05-01 12:{minute:02}:00.000000 UTC"
    place = put(course, inbound / f"{student}+{LESSON}+{time}+{student}{minute}", sources)
    (place / "timestamp.txt").write_text(time, encoding="utf-8")
    (place / "submission_secret.txt").write_text(f"{student}{minute}{SECRET}", encoding="utf-8")
    return place


def at_nbgrader(course: Course, student: str, step: type) -> None:
    """What `nbgrader submit` and `nbgrader fetch_feedback` do for a student, in the working directory."""
    from nbgrader.auth import Authenticator
    from nbgrader.coursedir import CourseDirectory

    config = read_config(course.root)
    place = CourseDirectory(config=config)
    place.student_id, place.assignment_id = student, LESSON
    step(coursedir=place, authenticator=Authenticator(config=config), config=config).start()


def server_of(course: Course, *doors: Exchange | Uploads, **options) -> Server:
    return Server(course, [LESSON], doors, sandboxed=not why_no_sandbox(), **options)


def run(server: Server, condition) -> None:
    """Let a server run until a condition holds."""
    stop = threading.Event()

    def watch() -> None:
        until(lambda: stop.is_set() or condition())
        stop.set()

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        server.run(stop)
    finally:
        stop.set()
        thread.join()


def done(course: Course) -> dict[str, dict]:
    """What the server remembers."""
    return Journal(course.served).all("done")


# ------------------------------------------------------------------------------------------ the whole way


@pytest.mark.slow
def test_a_hand_in_through_the_exchange_is_graded_and_its_feedback_fetched(released, inbound, tmp_path, monkeypatch):
    from nbgrader.exchange.default import ExchangeFetchFeedback, ExchangeSubmit

    shutil.copytree(released.release / LESSON, inbound.parent / "outbound" / LESSON)
    student = tmp_path / "student"
    put(released, student / LESSON, SQUARE)
    monkeypatch.chdir(student)
    at_nbgrader(released, "ada", ExchangeSubmit)
    said: list[str] = []
    server = server_of(released, Exchange(released), say=said.append)
    run(server, lambda: done(released))
    assert "graded in" in said[-1] and not server.queue.waiting
    at_nbgrader(released, "ada", ExchangeFetchFeedback)
    (page,) = (student / LESSON / "feedback").glob("*/*.html")
    assert "1 of 5 points" in page.read_text(encoding="utf-8")
    assert "not its square" in page.read_text(encoding="utf-8")
    assert points(released) == {"ada": 1}
    assert grade(released)["ada"].unchanged  # `autograder grade` has nothing to add


@pytest.mark.slow
def test_an_upload_gets_its_page_beside_it_and_hostile_ones_gain_and_reach_nothing(released, uploads, tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    put(released, uploads / "ada" / LESSON)
    (lesson,) = released.lessons()
    forger = answers("machinery", CORPUS["machinery"]["own-work-out"], asked(released, lesson))
    put(released, uploads / "<b>mal" / LESSON, forger)
    own = put(released, uploads / "links" / LESSON)
    (own / NOTEBOOK).unlink()
    (own / NOTEBOOK).symlink_to(lesson.notebook)  # the solutions
    (own / "feedback").symlink_to(outside)
    (own / "note.txt").write_text("here it is", encoding="utf-8")
    (uploads / "thief" / LESSON).parent.mkdir()
    (uploads / "thief" / LESSON).symlink_to(uploads / "ada" / LESSON)
    os.mkfifo(put(released, uploads / "pipe" / LESSON, {}) / "pipe.txt")
    put(released, uploads / "late" / LESSON)
    (uploads / "late" / LESSON / "timestamp.txt").write_text("2001-01-01 00:00:00 UTC", encoding="utf-8")
    run(server_of(released, Uploads(uploads)), lambda: len(done(released)) == 5)
    marks = points(released)
    assert marks == {"ada": 3, "~3Cb~3Emal": 0, "pipe": 0, "late": 3}
    assert "3 of 5 points" in (uploads / "ada" / LESSON / "feedback" / "small_numbers.html").read_text(encoding="utf-8")
    assert not any(outside.iterdir()) and not (uploads / "thief" / LESSON / "x").exists()
    with record.open_gradebook(released) as gradebook:
        assert gradebook.find_submission(LESSON, "late").timestamp.year > 2001
    (failed,) = [fact for fact in done(released).values() if fact["student"] == "links"]
    assert "there is no notebook" in failed["problems"][0]


@pytest.mark.slow
def test_over_the_limit_a_hand_in_waits_and_the_student_is_told(released, uploads):
    place, now = put(released, uploads / "ada" / LESSON, {}), 1e9
    page = place / "feedback" / "small_numbers.html"
    run(server_of(released, Uploads(uploads), tries=1, now=lambda: now), lambda: done(released))
    put(released, place)
    server = server_of(released, Uploads(uploads), tries=1, now=lambda: now)  # the limit holds over a restart
    run(server, lambda: "This one is safe" in page.read_text(encoding="utf-8"))
    assert points(released) == {"ada": 0} and len(server.queue.waiting) == 1
    now += HOUR + 1
    run(server_of(released, Uploads(uploads), tries=1, now=lambda: now), lambda: len(done(released)) == 2)
    assert "3 of 5 points" in page.read_text(encoding="utf-8")
    assert points(released) == {"ada": 3}


# ------------------------------------------------------------------------------------------ the queue


def test_each_student_has_a_turn_and_a_newer_hand_in_takes_the_place_of_one_that_waits(tmp_path):
    lessons = ["01_a", "02_b", "03_c"]
    for student, lesson in [*(("ada", lesson) for lesson in lessons), ("bo", "01_a")]:
        (tmp_path / student / lesson).mkdir(parents=True)
        (tmp_path / student / lesson / "x.ipynb").write_text("{}", encoding="utf-8")
    journal = Journal(tmp_path / ".journal")
    queue = Queue([Uploads(tmp_path)], lessons, journal, tries=0)
    queue.look()
    assert not queue.able()  # somebody may still write
    queue.look()
    begun = []
    while able := queue.able():
        queue.begins(able[0])
        begun.append(able[0].arrival.student)
        queue.finish(able[0], ran=True)
    journal.close()
    assert begun == ["ada", "bo", "ada", "ada"]
    (tmp_path / "bo" / "01_a" / "x.ipynb").write_text("{ }", encoding="utf-8")
    queue.look()
    (tmp_path / "bo" / "01_a" / "x.ipynb").write_text("{  }", encoding="utf-8")
    queue.look()
    queue.look()
    assert len(queue.waiting) == len(queue.able()) == 1
    assert not queue.able(busy=["bo"])


def test_a_hand_in_that_is_not_complete_or_not_the_students_own_hides_no_other(course, inbound):
    submit(course, inbound, "ada", minute=1)
    (submit(course, inbound, "ada", minute=2) / "submission_secret.txt").unlink()
    with closing(Journal(course.served)) as journal:
        queue = Queue([Exchange(course)], [LESSON], journal, tries=0)
        queue.look()
        queue.look()
        assert [one.arrival.names[0].endswith("ada1") for one in queue.able()] == [True]
    with (course.root / "nbgrader_config.py").open("a", encoding="utf-8") as config:
        config.write("c.ExchangeCollect.check_owner = True\n")
    door = Exchange(course)
    assert not list(door.look([LESSON]))
    assert len(door.strangers) == 2 and "check_owner = False" in door.strangers[0]


# ------------------------------------------------------------------------------------ kills, stops, locks


def serve(root: Path) -> None:
    """A server in a process of its own, until it is killed."""
    course = Course(root)
    server_of(course, Exchange(course), say=lambda line: None).run(threading.Event())


def start(course: Course):
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["autograder.grading.preload", "autograder.cli", "autograder.serving.serve"])
    process = context.Process(target=serve, args=(course.root,))
    process.start()
    return process


@pytest.mark.slow
@pytest.mark.seconds(240)
def test_kills_at_random_moments_lose_nothing_and_grade_nothing_twice(released, inbound):
    own = [RIGHT, SQUARE, {}, RIGHT | {"greet": "import os\nos._exit(1)"}]
    for number, sources in enumerate(own):
        submit(released, inbound, f"s{number}", sources)
        shutil.copytree(inbound.parent / "inbound" / f"s{number}+{LESSON}+2026-05-01 12:00:00.000000 UTC+s{number}0",
                        released.submitted / f"s{number}" / LESSON)  # fmt: skip
    grade(released)
    undisturbed = points(released)
    for place in (released.submitted, released.autograded):
        shutil.rmtree(place)
    released.gradebook.unlink()

    def recorded() -> dict:
        return Journal(released.journal).all("hand_in")

    dice, seen = random.Random(3), {}
    for kill in range(KILLS):
        server = start(released)
        until(lambda least=kill: len(recorded()) > least)  # the page of the last one may not be there yet
        time.sleep(dice.uniform(0, 0.5))
        server.kill()
        server.join()
        seen |= {name: graded(released, name) for name in recorded() if name not in seen}
    server = start(released)
    until(lambda: len(done(released)) == len(own))
    server.kill()
    server.join()
    assert points(released) == undisturbed
    assert seen and {name: graded(released, name) for name in seen} == seen  # what was graded is the same file still
    assert len(list((inbound.parent / "feedback").glob("*.html"))) == len(own)


def graded(course: Course, name: str) -> tuple[int, int]:
    """Which file, written when, is a hand-in's graded notebook."""
    status = (course.autograded / name / NOTEBOOK).stat()
    return status.st_ino, status.st_mtime_ns


@pytest.mark.slow
@pytest.mark.skipif(bool(why_no_sandbox()), reason="the command serves only where there is a sandbox")
def test_the_command_refuses_beside_a_grader_and_stops_at_a_signal(released, uploads, autograder, tmp_path):
    nap = new_nap()
    put(released, uploads / "ada" / LESSON, RIGHT | {"double": f"import os\nos.system('sleep {nap}')"})
    command = [sys.executable, "-m", "autograder.cli", "serve", "--uploads", str(uploads)]
    log = tmp_path / "log"
    with log.open("w", encoding="utf-8") as out:
        process = subprocess.Popen(command, cwd=released.root, env=wide_environment(), stdout=out, stderr=out)
    try:
        until(lambda: sleeps(nap), lambda: pytest.fail(log.read_text()) if process.poll() is not None else None)
        assert autograder("grade", "--force")[0] == 2
        assert "or stop the server (Ctrl-C)" in autograder("collect", str(uploads))[1]
    finally:
        process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=60) == 0, log.read_text()
    assert "Stopped. 1 wait for the next start." in log.read_text()
    until(lambda: not sleeps(nap))
    assert not done(released) and points(released) == {}


def test_a_server_does_not_start_beside_a_grader_or_another_server_nor_where_nothing_can_arrive(course, autograder):
    with only_grader(course), pytest.raises(Busy, match="Wait until it is done"):
        server_of(course).run(threading.Event())
    with only_server(course), pytest.raises(Busy, match="Stop it first"):
        server_of(course).run(threading.Event())
    code, output = autograder("serve")
    assert code == 2 and "autograder serve --uploads DIR" in output


# ------------------------------------------------------------------------------------------ the status page


def test_the_status_page_is_escaped_and_only_for_those_who_have_its_address():
    row = Row("<script>alert(1)</script>", LESSON, "now", "\x1b[31m<img src=x>")
    state = State("now", ("<b>trouble</b>",), (row,), (row,), 3, (row,), 7, 2, 0.51, 1.0)
    with status_page(lambda: state, 0) as address:
        with urllib.request.urlopen(address) as reply:
            page, headers = reply.read().decode(), reply.headers
        with pytest.raises(urllib.error.HTTPError, match="404"):
            urllib.request.urlopen(address.rsplit("/", 2)[0] + "/")
        assert address.startswith("http://127.0.0.1:")
    assert "<script" not in page and "<img" not in page and "<b>" not in page and "\x1b" not in page
    assert "within 0.5 s (p50)" in page and "4</strong> waiting" in page
    assert "default-src 'none'" in page and headers["Cache-Control"] == "no-store"
