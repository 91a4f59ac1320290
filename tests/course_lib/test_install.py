"""The set-up: what it decides, and a real installation of a small lock, offline."""

import hashlib
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from course_lib import install

LINUX = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the rule is one for Linux")

# A build backend of a few lines stands in for setuptools, so that nothing is downloaded.
BACKEND = """
import zipfile
from pathlib import Path

FILES = {
    "tiny_course.pth": str(Path.cwd()),
    "tiny_course-1.0.dist-info/METADATA": "Metadata-Version: 2.1\\nName: tiny-course\\nVersion: 1.0\\n",
    "tiny_course-1.0.dist-info/WHEEL": "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n",
    "tiny_course-1.0.dist-info/RECORD": "",
}


def build_editable(folder, config_settings=None, metadata_directory=None):
    name = "tiny_course-1.0-py3-none-any.whl"
    with zipfile.ZipFile(Path(folder, name), "w") as wheel:
        for file, text in FILES.items():
            wheel.writestr(file, text)
    return name
"""


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
        wheel.writestr(f"{info}/RECORD", "".join(f"{file},,\n" for file in [*files, f"{info}/RECORD"]))
    return f"{name}==1.0 --hash=sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}\n"


@pytest.fixture
def course(tmp_path):
    """A course whose lock is one tiny package, two for the tests."""
    root = tmp_path / "course"
    root.mkdir()
    head = f"--no-index\n--find-links {root}\n"
    lessons = head + make_wheel(root, "tiny_lesson")
    (root / "requirements.txt").write_text(lessons, encoding="utf-8")
    (root / "requirements-dev.txt").write_text(lessons + make_wheel(root, "tiny_tests"), encoding="utf-8")
    (root / "backend.py").write_text(BACKEND, encoding="utf-8")
    build = '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n'
    (root / "pyproject.toml").write_text(build + '[project]\nname = "tiny-course"\nversion = "1.0"\n', encoding="utf-8")
    return root


@pytest.fixture
def without_uv(monkeypatch):
    which = install.shutil.which
    monkeypatch.setattr(install.shutil, "which", lambda name: None if name == "uv" else which(name))


def python(root: Path, code: str) -> str:
    return install.output([str(install.python_in(root / ".venv")), "-c", code])


def packages(root: Path) -> Path:
    return Path(python(root, "import sysconfig; print(sysconfig.get_path('purelib'))"))


# ------------------------------------------------------------------------------------------- what it decides


@pytest.mark.parametrize("version", [(3, 11), (3, 12), (3, 13)])
@LINUX
def test_pythons_that_suit(version):
    assert not install.problem(version, 64, "x86_64")


@pytest.mark.parametrize("version", [(2, 7), (3, 8), (3, 10), (3, 14), (0, 0)])
def test_pythons_that_do_not_suit(version):
    text = install.problem(version, 64, "x86_64")
    assert "3.11, 3.12 or 3.13" in text and "Install one: " in text


@LINUX
def test_machines_that_do_not_suit():
    assert "32-bit" in install.problem((3, 12), 32, "i686")
    assert "riscv64" in install.problem((3, 12), 64, "riscv64")


def test_another_python_on_the_path_is_used(monkeypatch):
    def describe(command):
        return (3, 12) if "python3.12" in command[0] else (3, 14), 64, "x86_64"

    monkeypatch.setattr(install, "describe", describe)
    monkeypatch.setattr(install.shutil, "which", lambda name: f"/bin/{name}")
    monkeypatch.setattr(install, "output", lambda command: command[0])
    monkeypatch.setattr(install.sys, "platform", "linux")
    assert install.find_python() == "python3.12"


def test_with_no_python_that_suits_it_says_which_to_install(monkeypatch, capsys, course):
    monkeypatch.setattr(install, "ROOT", course)
    monkeypatch.setattr(install, "describe", lambda command: ((3, 10), 64, "x86_64"))
    assert install.main([]) == 1
    assert "this is Python 3.10. Install one: " in capsys.readouterr().err
    assert not (course / ".venv").exists()


def test_a_full_disk_is_said_before_anything_is_made(monkeypatch, course):
    monkeypatch.setattr(install.shutil, "disk_usage", lambda folder: install.shutil._ntuple_diskusage(9, 8, 10**9))
    with pytest.raises(install.SetupError, match="Make room"):
        install.install(course, dev=False)
    assert not (course / ".venv").exists()


def test_why_it_failed(monkeypatch, tmp_path):
    def no_network(*_, **__):
        raise OSError

    monkeypatch.setattr(install.socket, "create_connection", no_network)
    assert "no way to the internet" in install.why_it_failed(tmp_path)
    monkeypatch.setattr(install.shutil, "disk_usage", lambda folder: install.shutil._ntuple_diskusage(9, 9, 10**8))
    assert "disk is nearly full" in install.why_it_failed(tmp_path)


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
def test_install_again_change_move(course, without_uv, monkeypatch):
    install.install(course, dev=True)
    assert python(course, "import tiny_lesson, tiny_tests, backend; print(tiny_lesson.answer)") == "42"
    assert "__pycache__" in {path.name for path in packages(course).iterdir()}, "compiled"

    with monkeypatch.context() as patched:  # nothing runs the second time
        patched.setattr(install, "find_python", None)
        install.install(course, dev=True)
        install.install(course, dev=False)

    # Ctrl-C in the midst: no stamp, a package with metadata and half its files
    (course / ".venv" / "installed").unlink()
    (packages(course) / "tiny_lesson.py").unlink()
    install.install(course, dev=False)
    assert python(course, "import tiny_lesson; print(tiny_lesson.answer)") == "42"

    # another lock
    lock = course / "requirements.txt"
    lock.write_text(lock.read_text(encoding="utf-8") + make_wheel(course, "tiny_news"), encoding="utf-8")
    install.install(course, dev=False)
    assert python(course, "import tiny_news; print(tiny_news.answer)") == "42"

    # the folder has another place
    moved = course.rename(course.with_name("moved"))
    for name in ("requirements.txt", "requirements-dev.txt"):
        path = moved / name
        path.write_text(path.read_text(encoding="utf-8").replace(str(course), str(moved)), encoding="utf-8")
    install.install(moved, dev=False)
    assert python(moved, "import backend; print(backend.__file__)") == str(moved / "backend.py")
    assert str(course) not in (moved / ".venv" / "pyvenv.cfg").read_text(encoding="utf-8")


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="links")
def test_a_broken_environment_is_made_anew(course, without_uv, capfd):
    (course / ".venv" / "bin").mkdir(parents=True)
    (course / ".venv" / "bin" / "python").symlink_to("/no/such/python")
    install.install(course, dev=False)
    assert "Making .venv anew" in capfd.readouterr().out
    assert python(course, "import tiny_lesson; print(tiny_lesson.answer)") == "42"


@pytest.mark.slow
def test_a_wrong_hash_installs_nothing(course, without_uv, monkeypatch):
    lock = course / "requirements.txt"
    lock.write_text(
        lock.read_text(encoding="utf-8").replace("sha256:", "sha256:" + 8 * "0")[:-9] + "\n", encoding="utf-8"
    )
    with pytest.raises(install.SetupError, match="lines above say where"):
        install.install(course, dev=False)
    assert not (course / ".venv" / "installed").exists()
