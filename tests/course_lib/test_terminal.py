"""Every command speaks on a terminal that does not know every letter, and right and wrong still differ there."""

import os
import subprocess
import sys

import pytest

from course_lib import install


def say(command: list[str], encoding: str, cwd) -> str:
    environment = {**os.environ, "PYTHONIOENCODING": encoding, "PYTHONPATH": str(install.ROOT)}
    done = subprocess.run([sys.executable, *command], cwd=cwd, env=environment, capture_output=True)
    said = (done.stdout + done.stderr).decode(encoding)
    assert "Traceback" not in said, said
    return said


@pytest.mark.parametrize("encoding", ["latin-1", "ascii"])
@pytest.mark.parametrize(
    "command, expected",
    [
        (["-m", "course_lib.submit", "77"], "XX Which lesson?"),
        (["-m", "course_lib.doctor"], "ok Python"),
        (["-m", "autograder.cli", "doctor"], " GB free for temporary files"),
    ],
)
def test_a_command_goes_on_in_plain_letters(tmp_path, encoding, command, expected):
    said = say(command, encoding, tmp_path)
    assert expected in said and "?" not in said.replace("lesson?", "")


def test_the_set_up_says_in_plain_letters_why_it_stops(tmp_path):
    code = (
        "from course_lib import install\n"
        "def stop(*_): raise install.SetupError('Über den Draht ✓ …')\n"
        "install.install = stop; install.main([])"
    )
    assert say(["-c", code], "ascii", tmp_path).strip() == "XX Uber den Draht ok ..."


def test_what_a_notebook_shows_is_words_in_a_terminal(tmp_path):
    code = (
        "from course_lib import plots, progress\n"
        "from course_lib.playground import view\n"
        "from ipywidgets import HTML\n"
        "from matplotlib.figure import Figure\n"
        "progress.show()\n"
        "plots.show(Figure(), alt='A line that falls.')\n"
        "view.show(HTML(), '<img>')\n"
    )
    assert say(["-c", code], "utf-8", tmp_path).splitlines() == [
        "No lessons here: open this beside the lessons that you were given.",
        "[Figure: A line that falls.]",
        "[A playground: open it in JupyterLab]",
    ]
