"""What the lessons share. Importing it is instant: a module imports its heavy libraries when it needs them."""

import os

# TensorFlow reads these when it is imported. Without oneDNN's reordered sums the same seed gives the same number on
# every machine of a kind, and TensorFlow greets nobody in red.
os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
