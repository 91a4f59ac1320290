"""The doctor names each fault with its cure."""

import importlib.metadata
import shlex
import shutil
import subprocess
import sys

import pytest

from course_lib import doctor, install
from course_lib.spark import java

ALONE = "import sys; sys.path.insert(0, '.'); from course_lib import doctor; sys.exit(doctor.main([]))"


def test_it_looks_at_all_of_it_and_a_cure_is_one_line():
    findings = list(doctor.examine())
    names = ["Python", "packages", "Java", "SystemDS", "memory", "disk", "temporary", "ports", "limits", "names", "GPU"]
    assert [finding.what for finding in findings] == names
    assert not [finding for finding in findings if "\n" in finding.found + finding.cure]


def test_packages_that_come_from_another_programs_folder(tmp_path, monkeypatch):
    """ROS, and modules on a cluster, set PYTHONPATH: installing once more would change nothing."""
    (tmp_path / "numpy-1.21.5.dist-info").mkdir()
    (tmp_path / "numpy-1.21.5.dist-info" / "RECORD").touch()
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setenv("PYTHONPATH", f"/nowhere:{tmp_path}")
    finding = doctor.packages(doctor.LOCK)
    assert "numpy 1.21.5 instead of" in finding.found
    assert finding.cure.startswith(f"PYTHONPATH leads Python to {tmp_path} first: unset it")


@pytest.fixture
def fresh_clone(tmp_path):
    """The course before its set-up."""
    for name in ("course_lib", "requirements.txt", "pyproject.toml"):
        copy = shutil.copytree if (install.ROOT / name).is_dir() else shutil.copy
        copy(install.ROOT / name, tmp_path / name)
    return tmp_path


def test_it_runs_with_nothing_installed_and_says_what_to_install(fresh_clone):
    # -I -S: no packages at all
    result = subprocess.run([sys.executable, "-I", "-S", "-c", ALONE], cwd=fresh_clone, capture_output=True, text=True)
    assert result.returncode == 1
    assert "✗ packages" in result.stdout and "→ " in result.stdout and "course_lib.install" in result.stdout


@pytest.mark.parametrize("faults, code", [([], 0), ([doctor.Finding("Java", "none", "Install it.")], 1)])
def test_exit_code(monkeypatch, capsys, faults, code):
    monkeypatch.setattr(doctor, "examine", lambda full: [doctor.Finding("Python", "3.12"), *faults])
    assert doctor.main([]) == code
    assert "✓ Python" in capsys.readouterr().out


def test_packages_against_the_lock(tmp_path):
    lock = tmp_path / "requirements.txt"
    here = importlib.metadata.version("numpy")
    lines = [
        f"numpy=={here} \\",
        "    --hash=sha256:00",
        "no-such-package==1 ; sys_platform == 'plan9' \\",
        "    --hash=sha256:00",
    ]
    lock.write_text("\n".join(lines), encoding="utf-8")
    assert not doctor.packages(lock).cure
    lock.write_text("numpy==0.1\nno-such-package==1\n", encoding="utf-8")
    finding = doctor.packages(lock)
    assert finding.found == f"numpy {here} instead of 0.1; no-such-package is missing"
    assert finding.cure


def test_a_package_with_half_its_files_gone_is_named(tmp_path, monkeypatch):
    info = tmp_path / "site" / "six-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "RECORD").write_text("six.py,sha256=x,5\n", encoding="utf-8")
    (tmp_path / "lock.txt").write_text("six==1.0\n", encoding="utf-8")
    monkeypatch.setattr(sys, "path", [str(tmp_path / "site"), *sys.path])
    assert doctor.packages(tmp_path / "lock.txt").found == "six is damaged (six.py)"


def test_the_cure_is_for_the_environment_that_it_looked_at(tmp_path, monkeypatch):
    missing = [doctor.inventory.Fault("six", "six is missing")]
    damaged = [doctor.inventory.Fault("six", "six is damaged", damaged=True)]
    monkeypatch.setattr(sys, "prefix", str(doctor.VENV))
    assert doctor.mend(doctor.LOCK, damaged) == f"{install.COMMAND}   in the folder {install.ROOT}"
    assert str(doctor.VENV) in doctor.anew()
    monkeypatch.setattr(sys, "prefix", str(tmp_path))  # an environment of one's own, or conda's
    assert doctor.mend(doctor.LOCK, missing) == f'"{sys.executable}" -m pip install --no-deps -r "{doctor.LOCK}"'
    assert "--force-reinstall" in doctor.mend(doctor.LOCK, damaged)
    assert "--force-reinstall" in doctor.anew()


def test_the_systems_python_hands_over_to_the_one_of_the_lessons(fresh_clone):
    """Else it would miss every package, and the cure would change nothing."""
    system = str(getattr(sys, "_base_executable", sys.executable))
    subprocess.run([system, "-m", "venv", "--without-pip", fresh_clone / ".venv"], check=True)
    result = subprocess.run([system, "-m", "course_lib.doctor"], cwd=fresh_clone, capture_output=True, text=True)
    assert str(fresh_clone / ".venv") in result.stdout.splitlines()[0], result.stderr


def test_no_java(monkeypatch):
    def missing():
        raise java.JavaMissing("Install Java 17.")

    monkeypatch.setattr(java, "home", missing)
    assert doctor.runtime().cure == "Install Java 17."


def test_little_memory():
    assert doctor.memory(0.7).cure
    assert not doctor.memory(8.0).cure
    assert not doctor.memory(None).cure


def test_a_full_disk(monkeypatch, tmp_path):
    monkeypatch.setattr(doctor.shutil, "disk_usage", lambda folder: doctor.shutil._ntuple_diskusage(10, 9, 1))
    assert doctor.disk("disk", tmp_path).cure


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no ulimit")
@pytest.mark.parametrize("limit, says", [("-n 64", "Only 64 files"), ("-v 1500000", "Only 1.5 GB of addresses")])
def test_a_limit_that_is_too_tight_is_named(limit, says):
    code = "from course_lib import doctor; print(doctor.limits().cure)"
    command = ["sh", "-c", f"ulimit {limit}; exec {shlex.quote(sys.executable)} -c {shlex.quote(code)}"]
    assert says in subprocess.run(command, cwd=install.ROOT, capture_output=True, text=True).stdout
    assert not doctor.limits().cure


def test_a_machine_without_a_place_for_temporary_files_is_told(monkeypatch):
    monkeypatch.setattr(doctor.tempfile, "gettempdir", lambda: doctor.os.stat("/no folder at all"))
    assert "set TMPDIR" in doctor.temporary().cure


def test_a_file_that_hides_a_module_is_named(tmp_path, monkeypatch):
    lesson = tmp_path / "09_mapreduce"
    (lesson / "keras").mkdir(parents=True)
    (lesson / "keras" / "__init__.py").touch()
    for name in ("random.py", "my_tools.py", "data"):
        (lesson / name).touch()
    monkeypatch.chdir(lesson)
    cure = "keras, random.py in 09_mapreduce hides what Python calls keras, random: give it another name."
    assert doctor.names(tmp_path).cure == cure
    for name in ("random.py", "keras/__init__.py"):
        (lesson / name).unlink()
    assert not doctor.names(tmp_path).cure
    for name in ("six.py", "test.py"):  # dateutil, and so pandas, imports the one; nobody the other
        (lesson / name).touch()
    assert "six.py in 09_mapreduce hides what Python calls six:" in doctor.names(tmp_path).cure


def test_the_courses_own_folder_hides_nothing(tmp_path, monkeypatch):
    monkeypatch.chdir(install.ROOT)
    assert not doctor.names(tmp_path).cure


@pytest.mark.slow
def test_full_starts_tensorflow_and_spark():
    for what, code in (("TensorFlow", doctor.TRY_TENSORFLOW), ("Spark", doctor.TRY_SPARK)):
        assert not doctor.attempt(what, code).cure
    assert "ZeroDivisionError" in doctor.attempt("nothing", "1 / 0").found
    assert "RuntimeError: Cure. Cause" in doctor.attempt("nothing", "raise RuntimeError('Cure.\\nCause')").found


def test_it_tells_whether_systemds_can_run_and_what_it_lacks(monkeypatch):
    from course_lib import keras_on_spark

    monkeypatch.setattr(keras_on_spark, "what_is_missing", lambda: "")
    assert doctor.systemds() == doctor.Finding("SystemDS", "can run")
    monkeypatch.setattr(keras_on_spark, "what_is_missing", lambda: "Install a complete Java 17.")
    assert doctor.systemds().found.endswith("Install a complete Java 17.") and not doctor.systemds().cure
