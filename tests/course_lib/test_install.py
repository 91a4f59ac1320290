"""The set-up: a real installation of a small lock, offline, with uv and with pip, and all that may come between."""

import base64
import hashlib
import http.server
import importlib.metadata
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import zipfile
from pathlib import Path

import pytest

from course_lib import install
from course_lib.setup import reasons, stages, venv
from course_lib.setup.pythons import output

# A build backend of a few lines stands in for setuptools, so that nothing is downloaded.
BACKEND = """
import zipfile
from pathlib import Path

FILES = {
    "tiny_course.pth": str(Path.cwd()),
    "tiny_course-1.0.dist-info/METADATA": "Metadata-Version: 2.1\\nName: tiny-course\\nVersion: 1.0\\n",
    "tiny_course-1.0.dist-info/WHEEL": "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n",
}
FILES["tiny_course-1.0.dist-info/RECORD"] = "".join(f"{name},,\\n" for name in FILES)


def build_editable(folder, config_settings=None, metadata_directory=None):
    name = "tiny_course-1.0-py3-none-any.whl"
    with zipfile.ZipFile(Path(folder, name), "w") as wheel:
        for file, text in FILES.items():
            wheel.writestr(file, text)
    return name
"""


def record_hash(text: str) -> str:
    """The hash of a file as a wheel's RECORD has it."""
    return "sha256=" + base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).decode().rstrip("=")


def make_wheel(folder: Path, name: str) -> str:
    """Write a wheel with one module; return its line of the lock."""
    path = folder / f"{name}-1.0-py3-none-any.whl"
    info = f"{name}-1.0.dist-info"
    files = {
        f"{name}.py": "answer = 42\n",
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    with zipfile.ZipFile(path, "w") as wheel:
        for file, text in files.items():
            wheel.writestr(file, text)
        rows = [f"{file},{record_hash(text)},{len(text)}\n" for file, text in files.items()]
        wheel.writestr(f"{info}/RECORD", "".join([*rows, f"{info}/RECORD,,\n"]))
    return f"{name}==1.0 --hash=sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}\n"


@pytest.fixture(scope="session")
def uv_wheel(tmp_path_factory) -> Path:
    """The uv that is installed here, packed into a wheel again."""
    uv = importlib.metadata.distribution("uv")
    files = [file for file in uv.files or [] if file.suffix != ".pyc"]
    [tag] = [line.split()[1] for line in uv.read_text("WHEEL").splitlines() if line.startswith("Tag:")][:1]
    path = tmp_path_factory.mktemp("uv") / f"uv-{uv.version}-{tag}.whl"
    with zipfile.ZipFile(path, "w") as wheel:
        for file in files:
            # programs lie outside of the packages; in a wheel they have a folder of their own
            name = f"uv-{uv.version}.data/scripts/{file.name}" if str(file).startswith("..") else str(file)
            if file.name == "RECORD":
                wheel.writestr(name, "".join(f"{each},,\n" for each in wheel.namelist()))
            elif file.name not in ("INSTALLER", "REQUESTED", "direct_url.json"):
                wheel.write(file.locate(), name)  # with its right to be run
    return path


@pytest.fixture(params=["uv", "pip"])
def course(tmp_path, request, monkeypatch):
    """A course whose lock is one tiny package, two for the tests; no uv on PATH, its wheel at hand or not."""
    root = tmp_path / "course"
    root.mkdir()
    lessons = make_wheel(root, "tiny_lesson")
    tests = lessons + make_wheel(root, "tiny_tests")
    if request.param == "uv":
        wheel = request.getfixturevalue("uv_wheel")
        shutil.copy(wheel, root)
        digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
        tests += f"uv=={wheel.name.split('-')[1]} \\\n    --hash=sha256:{digest}\n"
    (root / "requirements.txt").write_text(lessons, encoding="utf-8")
    (root / "requirements-dev.txt").write_text(tests, encoding="utf-8")
    (root / "backend.py").write_text(BACKEND, encoding="utf-8")
    build = '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n'
    (root / "pyproject.toml").write_text(build + '[project]\nname = "tiny-course"\nversion = "1.0"\n', encoding="utf-8")
    shutil.copytree(install.ROOT / "course_lib" / "setup", root / "course_lib" / "setup")
    for name in ("__init__.py", "install.py"):
        shutil.copy(install.ROOT / "course_lib" / name, root / "course_lib")
    for name in [name for name in os.environ if name.startswith(("PIP_", "UV_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(root))
    folders = [folder for folder in os.environ["PATH"].split(os.pathsep) if not Path(folder, "uv").exists()]
    monkeypatch.setenv("PATH", os.pathsep.join(folders))
    return root


OWN = "The course itself"
only_uv = pytest.mark.parametrize("course", ["uv"], indirect=True)


def python(root: Path, code: str) -> str:
    return output([venv.python_in(root / ".venv"), "-c", code])


def packages(root: Path) -> Path:
    return venv.site_of(root / ".venv")


def works(root: Path) -> bool:
    """Whether the tiny package is in ``.venv`` and stays there."""
    there = python(root, "import tiny_lesson, sys; print(tiny_lesson.__file__.startswith(sys.prefix))") == "True"
    return there and install.is_installed(root, root / "requirements.txt")


# ------------------------------------------------------------------------------- what it decides before anything


def test_with_no_python_that_suits_it_says_which_to_install(monkeypatch, capsys, tmp_path):
    monkeypatch.setattr(install, "ROOT", tmp_path)
    monkeypatch.setattr("course_lib.setup.pythons.describe", lambda command: ((3, 10), 64, "x86_64"))
    assert install.main([]) == 1
    assert "this is Python 3.10. Install one: " in capsys.readouterr().err
    assert not (tmp_path / ".venv").exists()


def test_a_full_disk_is_said_before_anything_is_made(monkeypatch, tmp_path):
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: shutil._ntuple_diskusage(9, 8, 10**9))
    with pytest.raises(install.SetupError, match="Make room"):
        install.install(tmp_path, dev=False)
    assert not (tmp_path / ".venv").exists()


def test_a_folder_that_may_not_be_written(monkeypatch, tmp_path):
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    with pytest.raises(install.SetupError, match="you may not write to its folder"):
        install.install(tmp_path, dev=False)


@pytest.mark.skipif(os.name == "nt", reason="links")
def test_an_environment_whose_python_may_not_be_looked_at_is_no_traceback(monkeypatch, tmp_path):
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    (tmp_path / ".venv" / "bin" / "python").symlink_to("/no/such/python")
    stamp = install.fingerprint(tmp_path, tmp_path / "requirements.txt")
    (tmp_path / ".venv" / "installed").write_text(stamp, encoding="utf-8")
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    with pytest.raises(install.SetupError, match="you may not write to its folder"):
        install.install(tmp_path, dev=False)


def test_ctrl_c_is_no_failure(monkeypatch, capsys):
    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(install, "install", interrupted)
    assert install.main([]) == 130
    assert "goes on from here" in capsys.readouterr().err


def test_it_runs_on_the_standard_library_alone():
    result = subprocess.run(
        [sys.executable, "-I", "-S", "-c", "import sys; sys.path.insert(0, '.'); import course_lib.install"],
        cwd=install.ROOT, capture_output=True, text=True,
    )  # fmt: skip
    assert result.returncode == 0, result.stderr


# --------------------------------------------------------------------------------- a real, small installation


@pytest.mark.slow
def test_install_again_change_move(course, monkeypatch, capfd):
    install.install(course, dev=True)
    assert python(course, "import tiny_lesson, tiny_tests, backend; print(tiny_lesson.answer)") == "42"
    assert "__pycache__" in {path.name for path in packages(course).iterdir()}, "compiled"
    assert not (course / ".venv" / "cache").exists()
    said = capfd.readouterr().out.splitlines()
    stages_of_it = [line.split(" ...")[0].strip() for line in said if re.fullmatch(r"  .+ \.\.\. \d+ s", line)]
    by = "uv" if (course / ".venv" / "bin" / "uv").exists() else "pip"
    bringing = ["The installer uv"] if by == "uv" else []
    assert stages_of_it == ["A Python environment", "pip", *bringing, f"{2 + len(bringing)} packages, with {by}", OWN]
    assert len(said) == len(stages_of_it) + 2, "in a log one line for each stage, and nothing else"

    with monkeypatch.context() as patched:  # nothing runs the second time
        patched.setattr(install, "find_python", None)
        install.install(course, dev=True)
        install.install(course, dev=False)

    # another lock
    lock = course / "requirements.txt"
    lock.write_text(lock.read_text(encoding="utf-8") + make_wheel(course, "tiny_news"), encoding="utf-8")
    install.install(course, dev=False)
    assert python(course, "import tiny_news; print(tiny_news.answer)") == "42"

    # the folder has another place
    moved = course.rename(course.with_name("moved"))
    monkeypatch.setenv("PIP_FIND_LINKS", str(moved))
    install.install(moved, dev=False)
    assert python(moved, "import backend; print(backend.__file__)") == str(moved / "backend.py")
    assert str(course) not in (moved / ".venv" / "pyvenv.cfg").read_text(encoding="utf-8")


@pytest.mark.slow
def test_what_is_lost_or_changed_comes_back(course):
    install.install(course, dev=False)
    site = packages(course)

    def uninstalled():
        output([venv.python_in(course / ".venv"), "-m", "pip", "uninstall", "--yes", "tiny-lesson"])

    def another_version():
        (site / "tiny_lesson-1.0.dist-info").rename(site / "tiny_lesson-0.9.dist-info")

    losses = [
        uninstalled,
        another_version,
        (site / "tiny_lesson.py").unlink,
        lambda: (site / "tiny_lesson.py").write_text("ans", encoding="utf-8"),
        (site / "tiny_lesson-1.0.dist-info" / "RECORD").unlink,
        lambda: shutil.rmtree(next(site.glob("tiny_course-*.dist-info"))),
        lambda: shutil.rmtree(site / "pip" / "_internal"),
    ]
    for lose in losses:
        lose()
        if lose is not losses[-1]:  # pip is not in the lock, so it is only put back with other work
            assert not works(course)
        install.install(course, dev=False)
        assert works(course)
    assert python(course, "import tiny_lesson; print(tiny_lesson.answer)") == "42"


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="links")
@only_uv
def test_a_broken_environment_is_made_anew(course, capfd):
    (course / ".venv" / "bin").mkdir(parents=True)
    (course / ".venv" / "bin" / "python").symlink_to("/no/such/python")
    install.install(course, dev=False)
    assert "Making .venv anew" in capfd.readouterr().out
    assert works(course)


@pytest.mark.slow
def test_settings_that_send_packages_elsewhere_are_passed_by_and_sources_are_kept(course, tmp_path, monkeypatch):
    elsewhere = tmp_path / "elsewhere"
    monkeypatch.delenv("PIP_NO_INDEX")
    monkeypatch.delenv("PIP_FIND_LINKS")
    conf = tmp_path / "pip.conf"
    conf.write_text(
        f"[global]\nfind-links = {course}\nno-index = true\n[install]\ntarget = {elsewhere}\nno-deps = true\n"
        f"no-binary = :all:\n",
        encoding="utf-8",
    )
    monkeypatch.setenv("PIP_CONFIG_FILE", str(conf))
    config = tmp_path / "config" / "uv"
    config.mkdir(parents=True)
    (config / "uv.toml").write_text(
        f'[pip]\ntarget = "{elsewhere.as_posix()}"\nno-binary = [":all:"]\n', encoding="utf-8"
    )
    monkeypatch.setenv("XDG_CONFIG_HOME", str(config.parent))
    for name, value in {
        "PIP_PREFIX": elsewhere, "PIP_USER": "1", "PIP_REQUIRE_HASHES": "1", "UV_SYSTEM_PYTHON": "1",
        "UV_PYTHON": sys.executable, "UV_NO_BINARY": "1", "UV_EXCLUDE_NEWER": "2001-01-01", "PYTHONHOME": elsewhere,
        "UV_PROJECT_ENVIRONMENT": elsewhere, "PYTHONPATH": elsewhere, "PIP_PYTHON": elsewhere / "python",
    }.items():  # fmt: skip
        monkeypatch.setenv(name, str(value))
    install.install(course, dev=False)
    assert works(course)
    assert not elsewhere.exists()


# ------------------------------------------------------------------------------------------- what may go wrong


@pytest.mark.slow
def test_a_wrong_hash_installs_nothing(course):
    lock = course / "requirements.txt"
    text = lock.read_text(encoding="utf-8")
    lock.write_text(text.replace("sha256:", "sha256:" + 8 * "0")[:-9] + "\n", encoding="utf-8")
    with pytest.raises(install.SetupError, match="not the file that the course was tested with"):
        install.install(course, dev=False)
    assert not (course / ".venv" / "installed").exists()


@pytest.mark.slow
def test_a_mirror_that_lacks_a_version(course):
    for wheel in course.glob("tiny_lesson-*"):
        wheel.unlink()
    with pytest.raises(install.SetupError, match=r"does not have tiny.lesson==1.0"):
        install.install(course, dev=False)


class Answer(http.server.BaseHTTPRequestHandler):
    """An index that answers every question with the status of its first folder."""

    def do_GET(self):
        self.send_response(int(self.path.split("/")[1]))
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


@pytest.fixture
def index():
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def closed_port() -> str:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return f"127.0.0.1:{server.getsockname()[1]}"


TRUE_REASONS = {
    "{index}/404/simple": "127.0.0.1 does not have",
    "{index}/401/simple": "wants a name and a password",
    "http://{closed}/simple": "127.0.0.1 does not answer: connect to the internet",
    "https://no-such-host.invalid/simple": "The address of no-such-host.invalid is not found",
    "proxy": "The proxy http://{closed} did not let the download through",
}


@pytest.mark.slow
@pytest.mark.parametrize("has_uv", [True, False], ids=["uv is there", "uv is to be brought"])
@only_uv
def test_the_true_reason_is_told(course, index, has_uv, monkeypatch):
    places = {"index": index, "closed": closed_port()}
    if has_uv:
        make_venv_with_uv(course)
    monkeypatch.delenv("PIP_NO_INDEX")
    monkeypatch.delenv("PIP_FIND_LINKS")
    for where, words in TRUE_REASONS.items():  # one after the other in one environment: each goes on from the last
        if where == "proxy":
            where = "https://packages.invalid/simple"
            monkeypatch.setenv("PIP_PROXY", "http://" + places["closed"])
        monkeypatch.setenv("PIP_INDEX_URL", where.format(**places))
        with pytest.raises(install.SetupError) as caught:
            install.install(course, dev=False)
        assert words.format(**places) in str(caught.value)


def make_venv_with_uv(course: Path) -> None:
    """Leave the environment as a set-up that was stopped after uv had come."""
    install.install(course, dev=False)
    (course / ".venv" / "installed").unlink()
    shutil.rmtree(packages(course) / "tiny_lesson-1.0.dist-info")


def in_a_small_disk(course: Path, megabytes: int) -> subprocess.CompletedProcess:
    """Run the set-up where ``.venv`` lies on a disk of that size."""
    small = course / ".venv"
    small.mkdir()
    script = f"mount -t tmpfs -o size={megabytes}m none {small} && exec {sys.executable} -m course_lib.install"
    return subprocess.run(["unshare", "-rm", "sh", "-c", script], cwd=course, capture_output=True, text=True)


@pytest.mark.slow
@pytest.mark.skipif(
    not shutil.which("unshare") or subprocess.run(["unshare", "-rm", "true"], capture_output=True).returncode != 0,
    reason="wants namespaces of Linux",
)
@pytest.mark.parametrize("megabytes", [1, 8, 40])
@only_uv
def test_a_disk_that_runs_full_on_the_way_is_said(course, megabytes):
    """In ensurepip, in pip's share, in uv's."""
    result = in_a_small_disk(course, megabytes)
    assert result.returncode == 1
    assert "The disk ran full" in result.stderr, result.stdout + result.stderr
    assert "-venv" not in result.stderr and "internet" not in result.stderr


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="signals")
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_stopped_at_each_stage_it_goes_on_from_there(course, how):
    """Each start is stopped as soon as its stage is named; the last one ends by itself."""
    for stage in ("A Python environment", "pip", "The installer uv", "with ", "The course itself"):
        process = subprocess.Popen(
            [sys.executable, "-u", "-m", "course_lib.install"],
            cwd=course, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
        )  # fmt: skip
        said = b""
        while stage.encode() not in said and (more := process.stdout.read1(100)):
            said += more
        os.killpg(process.pid, how) if how == signal.SIGINT else process.kill()
        _, errors = process.communicate()
        assert b"Traceback" not in errors
        assert process.returncode in (0, 130, -signal.SIGKILL), errors
    install.install(course, dev=False)
    assert works(course)


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="no lock there")
@only_uv
def test_two_at_once_are_one_after_the_other(course):
    command = [sys.executable, "-m", "course_lib.install"]
    both = [subprocess.Popen(command, cwd=course, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    outputs = [process.communicate()[0] for process in both]
    assert [process.returncode for process in both] == [0, 0]
    assert sum("The course is installed" in text for text in outputs) == 1
    assert sum("Another set-up works here" in text for text in outputs) == 1


def test_on_a_terminal_a_stage_is_one_line_that_moves(tmp_path, monkeypatch, capfd):
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    code = "import time; print('Downloading keras (2.0MiB)', flush=True); time.sleep(0.4)"
    stages.run("Packages", [sys.executable, "-c", code], dict(os.environ), tmp_path, stages.follow_uv)
    said = capfd.readouterr().out
    assert "\r\x1b[K  Packages: downloaded 0 of 2 MB" in said
    assert said.count("\n") == 1 and re.search(r"  Packages: \d s\n$", said)


def test_a_program_that_fails_is_told_with_its_words(tmp_path):
    with pytest.raises(stages.Failed, match="Errno 28"):
        stages.run("It", [sys.executable, "-c", "raise OSError(28, 'x')"], dict(os.environ), tmp_path)
    assert "secret" not in reasons.last_words("at https://me:secret@host/simple")
