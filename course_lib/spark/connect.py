"""Spark Connect: what a client needs, and a server in the Java process that runs already."""

from __future__ import annotations

import importlib.util
import socket

from course_lib.spark import private

PACKAGES = ("grpc_status", "google.rpc", "zstandard")
"""What a client imports. They come with the course; where one is missing, PySpark ends the process without a word."""


def what_is_missing() -> str:
    """Return "" where this Python can be a client of Spark Connect, else one line that says what to install."""
    if all(_is_there(package) for package in PACKAGES):
        return ""
    return "A Spark Connect client needs more packages: pip install 'pyspark[connect]'"


def serve() -> str:
    """Let clients use the Spark that runs in this process. They run in other Python processes on this machine.

    Returns:
        The address for ``SparkSession.builder.remote``: ``sc://127.0.0.1:`` and a free port. Called again, the same.

    Raises:
        RuntimeError: where no Spark session runs in this process.
    """
    if (context := private.running_context()) is None:
        raise RuntimeError("No Spark session is running here. Start one: spark.start().")
    return f"sc://127.0.0.1:{private.serve_clients(context, _free_port())}"


def _is_there(package: str) -> bool:
    try:
        return importlib.util.find_spec(package) is not None
    except ModuleNotFoundError:  # of the package that it lies in
        return False


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])
