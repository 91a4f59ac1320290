"""The course's own folder is found on any machine, and is nobody else's."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from course_lib import cache

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="HOME, and owners of files")


@pytest.fixture
def nowhere_at_home(monkeypatch, tmp_path):
    """A user whose home cannot be written, and a temporary folder."""
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setenv("HOME", "/dev/null")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return tmp_path


def test_each_user_has_a_folder_of_their_own_in_the_temporary_one(nowhere_at_home):
    (nowhere_at_home / cache.NAME).mkdir(mode=0o500)  # what another user's course has made
    assert cache.folder() == nowhere_at_home / f"{cache.NAME}-{os.getuid()}"


def test_a_folder_that_somebody_else_has_made_under_that_name_is_not_trusted(nowhere_at_home, monkeypatch):
    (nowhere_at_home / f"{cache.NAME}-4711").mkdir()  # ours, while we are another user
    monkeypatch.setattr(os, "getuid", lambda: 4711)
    with pytest.raises(OSError, match="Neither"):
        cache.folder()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can become nobody in particular")
def test_a_user_without_home_and_without_an_entry_in_passwd():
    with tempfile.TemporaryDirectory() as temporary:  # pytest's own folders are closed to others
        Path(temporary).chmod(0o777)
        code = "import os, shutil; from course_lib import cache; os.setuid(4711); print(cache.folder())"
        variables = {name: value for name, value in os.environ.items() if name not in ("HOME", "XDG_CACHE_HOME")}
        variables |= {"TMPDIR": temporary, "PYTHONPATH": str(Path(cache.__file__).parents[1])}
        done = subprocess.run([sys.executable, "-c", code], env=variables, cwd="/", capture_output=True, text=True)
        assert done.stdout.strip() == str(Path(temporary, f"{cache.NAME}-4711")), done.stderr
