"""What the lessons share. Importing it is instant: a module imports its heavy libraries when it needs them."""

import json
import logging
import os
from pathlib import Path

# TensorFlow reads these when it is imported. Without oneDNN's reordered sums the same seed gives the same number on
# every machine of a kind, and TensorFlow greets nobody in red.
os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
# Whatever is started from here, a lesson's kernel above all, gets its memory from Linux in pages of 2 MB: with so many
# fewer of them to ask for, training and grading need a twentieth to a tenth less processor time.
os.environ.setdefault("GLIBC_TUNABLES", "glibc.malloc.hugetlb=1")
# Whoever trains several networks in a row is told in eight lines that each has its own graph. A lesson means it so.
logging.getLogger("tensorflow").addFilter(lambda record: "tf.function retracing" not in record.getMessage())

KERAS = {"backend": "tensorflow", "image_data_format": "channels_last", "floatx": "float32", "epsilon": 1e-7}
"""Keras's own settings, which the lessons are written for."""


def _do_without_settings_of_others() -> None:
    """Let Keras start with its own settings, whatever another course has left in variables and in ``keras.json``.

    Keras reads both when it is imported, and each lesson imports this package first.
    """
    os.environ["KERAS_BACKEND"] = "tensorflow"
    for name in ("KERAS_MAX_EPOCHS", "KERAS_MAX_STEPS_PER_EPOCH", "KERAS_NNX_ENABLED", "TF_USE_LEGACY_KERAS"):
        os.environ.pop(name, None)
    home = Path(os.path.expanduser(os.environ.get("KERAS_HOME") or "~/.keras"))  # noqa: PTH111 (never raises)
    try:
        said = json.loads((home / "keras.json").read_text(encoding="utf-8"))
        others = any(said.get(name, value) != value for name, value in {**KERAS, "nnx_enabled": False}.items())
    except FileNotFoundError:
        return
    except (OSError, ValueError, AttributeError):  # Keras would stop at some of these
        others = True
    if others:
        os.environ["KERAS_HOME"] = str(home / "keras-spark-course")  # Keras writes its own settings there


_do_without_settings_of_others()
