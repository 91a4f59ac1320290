"""Open the lessons in JupyterLab: ``python -m course_lib.lab``.

Makes the students' version in ``release/`` where it is missing (work that somebody has done there is kept), writes the
start page with the map of lessons, and opens it in the browser. Ctrl-C ends it.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from course_lib import jupyter_private, terminal
from course_lib.student.start_page import write_start_page

ROOT = Path(__file__).resolve().parent.parent

# Nobody is asked whether to fetch news, nothing asks the network for updates, and text opens as a page to read.
SETTINGS = {
    "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False},
    "@jupyterlab/docmanager-extension:plugin": {"defaultViewers": {"markdown": "Markdown Preview"}},
}

# nbgrader's tools for those who make and mark lessons are not on a student's screen, nor the menu that offers them
FOR_INSTRUCTORS = ("menu", "create-assignment", "formgrader", "course-list")
PAGE = {"disabledExtensions": {f"@jupyter/nbgrader:{name}": True for name in FOR_INSTRUCTORS}}


def main(argv: list[str] | None = None) -> int:
    """Prepare ``release/`` and run JupyterLab in it until Ctrl-C; return the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m course_lib.lab",
        description="Open the lessons in JupyterLab. Any other option is handed to JupyterLab.",
    )
    parser.add_argument("--no-browser", action="store_true", help="print the address, open nothing")
    parser.add_argument("--port", type=int, default=8888, help="where to listen; the next free one if it is taken")
    parser.add_argument("--prepare", action="store_true", help="make the lessons and the start page, start nothing")
    options, others = parser.parse_known_args(argv)
    terminal.make_readable()

    # nbgrader calls its helpers by name, and a terminal in JupyterLab should find this Python
    os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    release = ROOT / "release"
    hindrance = cannot_write(release)
    if hindrance:
        print(hindrance, file=sys.stderr)
        return 1
    give_a_home(Path(sys.prefix))
    try:
        code = make_lessons()
    except KeyboardInterrupt:
        print("\nStopped. Nothing is broken.")
        return 130
    if code:
        print("The lessons could not be made; the lines above say why.", file=sys.stderr)
        return code
    write_start_page(release)
    write_settings(Path(sys.prefix))
    if options.prepare:
        return 0
    print("Opening JupyterLab; it may take a few seconds. Ctrl-C here ends it.", flush=True)
    show_students_menus(Path(sys.prefix))
    with keeping_sparks_classes():
        serve(release, options.port, options.no_browser, others)
    return 0


def make_lessons() -> int:
    """Bring ``release/`` up to date; returns the exit code. Where students' copies came alone, it is."""
    if not (ROOT / "notebooks").is_dir() and any((ROOT / "release").glob("[0-9][0-9]_*")):
        return 0
    print("Making the lessons ready ...", flush=True)
    return subprocess.run([sys.executable, "-m", "autograder.cli", "release"], cwd=ROOT).returncode


def cannot_write(release: Path) -> str:
    """Say why nothing can be written where the lessons and a student's work are kept, and what to do; else nothing."""
    folder = release if release.exists() else release.parent
    try:
        tempfile.TemporaryFile(dir=folder).close()
    except PermissionError:
        course, copy = release.parent, f'"$HOME/{release.parent.name}"'
        return (
            f"You may not write to {folder}, and the lessons with your work are kept there. Make a copy of your own:\n"
            f"  mkdir -p {copy}\n"
            f'  tar -C "{course}" --exclude=./.venv --exclude=./release -cf - . | tar -C {copy} -xf -\n'
            f"  cd {copy} && make lab"
        )
    except OSError as error:
        return f"Nothing can be written to {folder}: {error.strerror}. Mend that, then run this again."
    return ""


def give_a_home(prefix: Path) -> None:
    """Let programs keep their settings elsewhere where this user has no home that can be written (OpenShift)."""
    home = Path(os.path.expanduser("~"))  # noqa: PTH111 (Path.home() raises where there is none)
    if os.name == "nt" or (home.is_absolute() and os.access(home, os.W_OK)):
        return
    for home in (prefix / "share" / "keras-spark-course" / "home", Path(tempfile.gettempdir(), f"home-{os.getuid()}")):
        with contextlib.suppress(OSError):
            home.mkdir(parents=True, exist_ok=True)
            if home.stat().st_uid != os.getuid():
                continue
            os.environ.update(HOME=str(home))
            os.environ.setdefault("USER", "student")  # a user id without a name, which Jupyter and Spark ask for
            print(f"You have no home folder that can be written; settings are kept in {home}.", flush=True)
            return


@contextlib.contextmanager
def keeping_sparks_classes() -> Iterator[subprocess.Popen[bytes]]:
    """Make ready, beside the lessons, what lets Spark start in half the time: with what they leave of the processor.

    Without a Java, or where the file is there already, nothing happens. Yields the process that does it.
    """
    code = "import os; getattr(os, 'nice', int)(10); from course_lib import spark; spark.share_classes()"
    nothing = subprocess.DEVNULL
    maker = subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=ROOT,
        stdin=nothing,
        stdout=nothing,
        stderr=nothing,
        start_new_session=True,  # Ctrl-C is for the server, which ends this with itself
    )
    try:
        yield maker
    finally:
        with contextlib.suppress(ProcessLookupError):
            maker.kill() if os.name == "nt" else os.killpg(maker.pid, signal.SIGKILL)
        maker.wait()


def serve(release: Path, port: int, no_browser: bool, others: list[str]) -> None:
    """Run JupyterLab on this machine alone, with the start page in front, until Ctrl-C."""
    jupyter_private.without_address_grammar()
    import zmq
    from jupyterlab.labapp import LabApp

    LabApp.launch_instance(
        [
            f"--ServerApp.root_dir={release}",
            "--ServerApp.ip=127.0.0.1",
            "--ServerApp.allow_root=True",  # in a container there is often no other user
            f"--ServerApp.port={port}",
            "--ServerApp.answer_yes=True",  # Ctrl-C once is enough
            *(f"--{exporter}.enabled=False" for exporter in cannot_export()),
            # its warnings ("not trusted", "ping timeout") are of nothing that a student could do; the address comes
            "--Application.log_level=ERROR",
            # else each kernel warns that others might listen; encrypted, none can
            *(["--KernelManager.transport_encryption=auto"] if zmq.has("curve") else []),
            "--LabApp.default_url=/lab/tree/start.md",
            # its own memory of open tabs: those of another project would only give errors here
            f"--LabApp.workspaces_dir={Path(sys.prefix, 'share', 'keras-spark-course', 'workspaces')}",
            *(["--no-browser"] if no_browser else []),
            *others,
        ]
    )


def cannot_export() -> list[str]:
    """The forms of *File → Save and Export* that end in an error here: they are left out of the menu.

    Those that print by a browser of their own are left out everywhere: the student's own browser prints as well.
    """
    forms = ["WebPDFExporter", "QtPDFExporter", "QtPNGExporter"]
    if not shutil.which("pandoc"):
        forms += ["LatexExporter", "RSTExporter", "ASCIIDocExporter"]
    if not (shutil.which("pandoc") and shutil.which("xelatex")):
        forms += ["PDFExporter"]
    return forms


def write_settings(prefix: Path) -> None:
    """Give JupyterLab in the Python environment ``prefix`` the course's settings; a user's own come first."""
    _write(prefix / "share" / "jupyter" / "lab" / "settings" / "overrides.d" / "keras-spark-course.json", SETTINGS)


def show_students_menus(prefix: Path) -> None:
    """Leave out what is for instructors in the JupyterLab that this process starts, and in no other."""
    folder = prefix / "share" / "keras-spark-course" / "config"
    _write(folder / "labconfig" / "page_config.json", PAGE)
    before = os.environ.get("JUPYTER_CONFIG_PATH")
    os.environ["JUPYTER_CONFIG_PATH"] = os.pathsep.join([str(folder), *([before] if before else [])])


def _write(path: Path, settings: dict[str, Any]) -> None:
    """Write settings where they differ."""
    text = json.dumps(settings, indent=2)
    with contextlib.suppress(OSError):  # an environment that an administrator made; the settings are a comfort
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
