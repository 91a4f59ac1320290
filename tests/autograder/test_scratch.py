"""Temporary folders go with their owner, whether it ends in peace or not."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.processes import scratch
from tests.autograder.tiny_course import REPOSITORY


@pytest.fixture(autouse=True)
def temporary(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return tmp_path


def test_a_folder_is_there_as_long_as_it_is_wanted(temporary):
    with scratch.scratch() as folder:
        (folder / "file").write_text("words")
        assert scratch.sweep() == 0
        assert (folder / "file").exists()
    assert not list(temporary.iterdir())


def test_no_folder_is_renamed_in_which_a_file_is_open(temporary, monkeypatch):
    """Windows refuses that."""

    def as_windows(folder, target):
        opened = [os.path.realpath(file) for file in Path("/proc/self/fd").iterdir()]
        assert not [path for path in opened if path.startswith(f"{folder}{os.sep}")], f"{folder} is in use"
        return rename(folder, target)

    rename = Path.rename
    if sys.platform == "linux":
        monkeypatch.setattr(Path, "rename", as_windows)
    with scratch.scratch() as folder:
        assert folder.is_dir()


def test_a_folder_that_is_just_being_made_is_nobodys_to_remove(temporary):
    making = temporary / "autograder-being-made"
    (making / "kept").mkdir(parents=True)
    assert scratch.sweep() == 0
    (making / "owner").touch()  # its maker has not locked it yet
    assert scratch.sweep() == 0 and making.is_dir()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no locks that end with their owner")
def test_what_a_killed_process_has_left_is_removed_and_what_a_living_one_keeps_is_not(temporary):
    code = (
        "import os, sys, tempfile; tempfile.tempdir = sys.argv[1]; from autograder.processes import scratch; "
        "(scratch.make() / 'file').touch(); print('made', flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", code, str(temporary)]
    owner = subprocess.Popen(command, cwd=REPOSITORY, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert owner.stdout.readline() == "made\n"
    (temporary / "autograder-not-ours").mkdir()  # no owner is named: nobody's business
    assert scratch.sweep() == 0
    owner.kill()
    owner.communicate()
    assert scratch.sweep() == 1
    assert [path.name for path in temporary.iterdir()] == ["autograder-not-ours"]
