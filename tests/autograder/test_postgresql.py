"""A gradebook in PostgreSQL: a real server of the test's own, everything else as ever."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from autograder.authoring.release import release
from autograder.course import Course
from autograder.gradebook.record import open_gradebook
from autograder.kernels.rungs import why_no_sandbox
from tests.autograder.conftest import make_course
from tests.autograder.marked_class import all_at_once, formgrader_comes_between, make_class
from tests.autograder.test_formgraders_button import press_autograde
from tests.autograder.tiny_course import LESSON, hand_in, points
from tests.waiting import PATIENCE

pytestmark = pytest.mark.slow

PASSWORD = "not-a-secret-3141"
WRONG = "def double(x):\n    return x * x"


def program(name: str) -> str:
    """One of PostgreSQL's own programs. Debian keeps them beside the path."""
    newest = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: float(path.parts[-3]))
    return str(newest[-1]) if newest else shutil.which(name) or ""


def driver_is_missing() -> bool:
    try:
        import psycopg  # noqa: F401
    except ImportError:
        return True
    return False


@pytest.fixture(scope="module")
def server():
    """The address of an empty database; its server listens on a socket in a folder of its own."""
    if sys.platform == "win32" or not program("initdb"):
        pytest.skip("there is no PostgreSQL server here (Debian: apt-get install postgresql)")
    if driver_is_missing():
        pytest.skip("there is no driver for PostgreSQL (pip install -e .[postgresql])")
    place = Path(tempfile.mkdtemp(prefix="postgresql-"))
    (place / "password").write_text(PASSWORD)
    rights: dict = {"user": 65534, "group": 65534, "extra_groups": []} if os.getuid() == 0 else {}  # it refuses root
    for path in (place, place / "password"):
        os.chown(path, rights.get("user", -1), rights.get("group", -1))
    settings = ["--username=grader", f"--pwfile={place / 'password'}", "--auth=scram-sha-256", "--no-sync"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE, "cwd": place}
    subprocess.run([program("initdb"), f"--pgdata={place / 'data'}", *settings], check=True, **quiet, **rights)
    command = [program("postgres"), "-D", str(place / "data"), "-k", str(place), "-c", "listen_addresses="]
    with (place / "log").open("wb") as log:
        process = subprocess.Popen([*command, "-c", "fsync=off"], stdout=log, stderr=log, cwd=place, **rights)
    url = make_url(f"postgresql://grader:{PASSWORD}@/postgres?host={place}")
    try:
        deadline = time.monotonic() + PATIENCE
        while "ready to accept connections" not in (place / "log").read_text():
            assert process.poll() is None and time.monotonic() < deadline, (place / "log").read_text()
            time.sleep(0.1)
        yield url
    finally:
        process.send_signal(2)  # an end that waits for nobody
        process.wait()
        shutil.rmtree(place)


@pytest.fixture
def course(server, tmp_path) -> Course:
    """The tiny course, released, with a new database for its gradebook."""
    name = f"gradebook_{os.urandom(4).hex()}"
    ask(server, f"CREATE DATABASE {name}")
    course = make_course(tmp_path / "course")
    text = server.set(database=name).render_as_string(hide_password=False)
    with (course.root / "nbgrader_config.py").open("a", encoding="utf-8") as config:
        config.write(f"c.CourseDirectory.db_url = {text!r}\n")
    list(release(course, course.lessons()))
    return course


def ask(url, command: str) -> None:
    import psycopg

    connection = psycopg.connect(url.render_as_string(hide_password=False))
    connection.autocommit = True
    connection.cursor().execute(command)
    connection.close()


def grade(course: Course, **environment: str) -> subprocess.CompletedProcess:
    command = [sys.executable, "-m", "autograder.cli", "grade", *["--no-sandbox"] * bool(why_no_sandbox())]
    env = os.environ | {"COLUMNS": "200"} | environment
    return subprocess.run(command, cwd=course.root, env=env, capture_output=True, text=True, check=False)


def test_everything_is_as_with_sqlite(course, monkeypatch):
    monkeypatch.setenv("PATH", f"{Path(program('pg_dump')).parent}{os.pathsep}{os.environ['PATH']}")
    hand_in(course, "ada", why="Because.")
    hand_in(course, "bo", double=WRONG)
    (course.submitted / "cy" / LESSON).mkdir(parents=True)
    done = grade(course)
    assert done.returncode == 1 and "not backed up" not in done.stdout, done.stdout + done.stderr
    assert points(course) == {"ada": 3, "bo": 1, "cy": 0}
    assert not (course.root / "gradebook.db").exists()

    with open_gradebook(course) as gradebook:  # a person marks a written answer
        written = gradebook.find_grade("why", "small_numbers", LESSON, "ada")
        written.manual_score, written.needs_manual_grade = 2, False
        gradebook.db.commit()
    hand_in(course, "bo")
    assert "1 graded now, 1 unchanged" in grade(course).stdout
    assert points(course) == {"ada": 5, "bo": 3, "cy": 0}

    assert [path.suffix for path in (course.root / "backups").glob("*")] == [".dump"] * 2


def test_markers_never_overwrite_each_other(course, monkeypatch):
    make_class(course)
    formgrader_comes_between(course, monkeypatch)
    monkeypatch.undo()
    all_at_once(course, monkeypatch)
    assert not (course.root / "gradebook.db").exists()


def test_a_backup_can_be_played_back(course, server, monkeypatch):
    monkeypatch.setenv("PATH", f"{Path(program('pg_dump')).parent}{os.pathsep}{os.environ['PATH']}")
    hand_in(course, "ada")
    grade(course)
    hand_in(course, "ada", double=WRONG)
    grade(course)
    assert points(course) == {"ada": 1}
    last = max((course.root / "backups").glob("*.dump"))
    ask(server, "CREATE DATABASE restored")
    there = server.set(database="restored").render_as_string(hide_password=False)
    subprocess.run([program("pg_restore"), f"--dbname={there}", str(last)], check=True)
    with (course.root / "nbgrader_config.py").open("a", encoding="utf-8") as config:
        config.write(f"c.CourseDirectory.db_url = {there!r}\n")
    assert points(Course(course.root)) == {"ada": 3}


def test_without_pg_dump_the_missing_backup_is_told_and_grading_goes_on(course):
    hand_in(course, "ada")
    done = grade(course, PATH=str(course.root))
    assert done.returncode == 0, done.stdout + done.stderr
    assert "The gradebook was not backed up: pg_dump is not installed" in done.stdout
    assert points(course) == {"ada": 3}


def test_formgraders_button_writes_there_too(course):
    hand_in(course, "ada", double=WRONG)
    grade(course)
    hand_in(course, "ada")
    assert press_autograde(course, "ada")["ada"]["success"]
    assert points(course) == {"ada": 3}
    assert not (course.root / "gradebook.db").exists()


def test_a_server_that_does_not_answer_is_a_clear_error_without_the_password(course):
    hand_in(course, "ada")
    with (course.root / "nbgrader_config.py").open("a", encoding="utf-8") as config:
        config.write(f"c.CourseDirectory.db_url = 'postgresql://grader:{PASSWORD}@/g?host={course.root}'\n")
    done = grade(course)
    assert done.returncode == 2
    assert "cannot be opened" in done.stdout and "Traceback" not in done.stdout + done.stderr
    assert PASSWORD not in done.stdout + done.stderr
