"""What another course has left in variables and in Keras's own file changes no lesson."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from jupyter_client.manager import start_new_kernel

from course_lib import install

OTHERS = {
    "an older Keras": {"backend": "theano", "image_dim_ordering": "th", "floatx": "float32", "epsilon": 1e-07},
    "PyTorch's order of channels": {"backend": "torch", "image_data_format": "channels_first"},
    "half the digits": {"floatx": "float16", "epsilon": 1e-4},
    "no settings at all": ["tensorflow"],
}
ASK = "import course_lib, keras.config as c; print(c.backend(), c.image_data_format(), c.floatx(), c.max_epochs())"


def run(home: Path, code: str, **variables: str) -> str:
    """What a fresh Python prints, for a user with this home."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("KERAS_")}
    env |= {"HOME": str(home), "USERPROFILE": str(home), **variables}
    return subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True).stdout


def where(home: Path, **variables: str) -> list[str]:
    """The back end that Keras will have, and the folder where it will look for settings."""
    code = "import course_lib, os; print(os.environ['KERAS_BACKEND'], os.environ.get('KERAS_HOME'))"
    return run(home, code, **variables).split()


@pytest.mark.parametrize("name", OTHERS)
def test_settings_of_another_course_are_passed_by(tmp_path, name):
    (tmp_path / ".keras").mkdir()
    (tmp_path / ".keras" / "keras.json").write_text(json.dumps(OTHERS[name]))
    assert where(tmp_path, KERAS_BACKEND="jax") == ["tensorflow", str(tmp_path / ".keras" / "keras-spark-course")]
    assert json.loads((tmp_path / ".keras" / "keras.json").read_text()) == OTHERS[name]


def test_who_has_keras_own_settings_keeps_its_folder(tmp_path):
    assert where(tmp_path) == ["tensorflow", "None"]
    (tmp_path / ".keras").mkdir()
    own = {"floatx": "float32", "epsilon": 1e-07, "backend": "tensorflow", "image_data_format": "channels_last"}
    (tmp_path / ".keras" / "keras.json").write_text(json.dumps(own))
    assert where(tmp_path) == ["tensorflow", "None"]
    assert where(tmp_path, KERAS_HOME=str(tmp_path)) == ["tensorflow", str(tmp_path)]


@pytest.mark.skipif(not shutil.which("make"), reason="no make")
def test_make_hands_on_nothing_that_leads_python_elsewhere():
    names = ("PYTHONPATH", "PYTHONHOME", "PYTHONSAFEPATH", "PYTHONOPTIMIZE", "PYTHONWARNINGS")
    command = ["make", "--directory", str(install.ROOT), "--eval", "show-it: ; @env", "show-it"]
    env = os.environ | dict.fromkeys(names, "left over")
    said = subprocess.run(command, env=env, capture_output=True, text=True, check=True).stdout
    assert "PATH=" in said and "left over" not in said


@pytest.mark.slow
@pytest.mark.seconds(120)
def test_keras_itself_starts_as_the_lessons_want_it(tmp_path):
    (tmp_path / "keras.json").write_text(json.dumps(OTHERS["half the digits"] | OTHERS["PyTorch's order of channels"]))
    said = run(tmp_path, ASK, KERAS_HOME=str(tmp_path), KERAS_BACKEND="jax", KERAS_MAX_EPOCHS="1")
    assert said.split() == ["tensorflow", "channels_last", "float32", "None"]


FIGURE = """
import matplotlib.pyplot as plt
from course_lib import plots
plots.style()
figure, axes = plt.subplots()
axes.set_title("$x^2$")
assert plots.png(figure)[1:4] == b"PNG" and axes.title.get_color() == "black", axes.title.get_color()
"""


@pytest.mark.slow
def test_figures_are_the_lessons_whatever_another_course_has_told_matplotlib(tmp_path):
    """A window that nobody sees, LaTeX that is not there, white letters on the course's white."""
    (tmp_path / "matplotlibrc").write_text("text.usetex: True\ntext.color: white\naxes.titlecolor: white\n")
    env = os.environ | {"MPLBACKEND": "TkAgg", "MATPLOTLIBRC": str(tmp_path)}
    env.pop("DISPLAY", None)
    manager, client = start_new_kernel(env=env)
    try:
        assert client.execute_interactive(FIGURE, timeout=60, output_hook=print)["content"]["status"] == "ok"
        # nothing of it outside of notebooks
        code = "import matplotlib; from course_lib import plots; plots.style(); print(matplotlib.get_backend())"
        assert run(tmp_path, code, MPLBACKEND="svg").strip() == "svg"
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
