"""Open the lessons in JupyterLab: ``python -m course_lib.lab``.

Makes the students' version in ``release/`` where it is missing (work that somebody has done there is kept), writes the
start page with the map of lessons, and opens it in the browser. Ctrl-C ends it.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from course_lib.progress import Progress, progress_of
from course_lib.student_copy import NoCopy, read_copy

ROOT = Path(__file__).resolve().parent.parent
PARTS = {"Keras": range(1, 9), "Apache Spark": range(9, 14), "More": range(14, 100)}

# Nobody is asked whether to fetch news, nothing asks the network for updates, and text opens as a page to read.
SETTINGS = {
    "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False},
    "@jupyterlab/docmanager-extension:plugin": {"defaultViewers": {"markdown": "Markdown Preview"}},
}

START = """\
# Keras and Apache Spark, hands on

Welcome. Click a lesson to open it. Begin with the first one and take them in order; each is one sitting.

{lessons}

## How a lesson works

1. **Predict.** Where a cell asks a question, answer it for yourself before you run the cell.
2. **Run.** Press <kbd>Shift</kbd>+<kbd>Enter</kbd>, cell by cell, from the top. Read the number that appears.
3. **Answer.** In an exercise, write your code where it says `raise NotImplementedError`, and run it.
4. **Check.** Run the cell below your answer. A ✓ says that it is right; a ✗ says what to look at.
5. **Ask for a hint.** `check.hint("relu")` gives a nudge; call it again for more. Hints cost nothing.
6. **Hand in.** Save (<kbd>Ctrl</kbd>+<kbd>S</kbd>). Run `from course_lib import submit; submit.check()` in a new cell:
   it looks whether all is there and runs from top to bottom, and writes a receipt. Then hand in the notebook file
   and the receipt as your teacher says. Hidden tests ask the same questions with other numbers.

Some questions want words, not code. Write them into the cell that says *Write your answer here*: double-click it,
type, press <kbd>Shift</kbd>+<kbd>Enter</kbd>. Your teacher reads these.

## When something does not work

- **A cell hangs or all is mixed up:** menu *Kernel → Restart Kernel*, then run the cells again from the top.
- **Python, Java, memory, disk:** run `python -m course_lib.doctor` in a terminal (*File → New → Terminal*).
  It names each fault with its cure.
- **Where am I?** This page is brought up to date each time a check changes; close and open it to see. In any notebook,
  `from course_lib import progress; progress.show()` says the same. Only this machine knows it.
- **Start again from here:** open `start.md`, or type `make lab` in the course's folder. Your work is kept.
"""


@dataclass
class Lesson:
    """What the map says of a lesson; all of it is read from the notebook's first cells."""

    path: Path
    title: str
    time: str = ""
    goals: list[str] = field(default_factory=list)

    @property
    def number(self) -> int:
        return int(self.path.parent.name[:2])


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

    # nbgrader calls its helpers by name, and a terminal in JupyterLab should find this Python
    os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    release = ROOT / "release"
    hindrance = cannot_write(release)
    if hindrance:
        print(hindrance, file=sys.stderr)
        return 1
    give_a_home(Path(sys.prefix))
    print("Making the lessons ready ...", flush=True)
    try:
        code = subprocess.run([sys.executable, "-m", "autograder.cli", "release"], cwd=ROOT).returncode
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
    serve(release, options.port, options.no_browser, others)
    return 0


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
            os.environ.update(HOME=str(home))
            os.environ.setdefault("USER", "student")  # a user id without a name, which Jupyter and Spark ask for
            print(f"You have no home folder that can be written; settings are kept in {home}.", flush=True)
            return


def serve(release: Path, port: int, no_browser: bool, others: list[str]) -> None:
    """Run JupyterLab on this machine alone, with the start page in front, until Ctrl-C."""
    from jupyterlab.labapp import LabApp

    LabApp.launch_instance(
        [
            f"--ServerApp.root_dir={release}",
            "--ServerApp.ip=127.0.0.1",
            "--ServerApp.allow_root=True",  # in a container there is often no other user
            f"--ServerApp.port={port}",
            "--ServerApp.answer_yes=True",  # Ctrl-C once is enough
            "--ServerApp.log_level=WARN",
            "--LabApp.default_url=/lab/tree/start.md",
            # its own memory of open tabs: those of another project would only give errors here
            f"--LabApp.workspaces_dir={Path(sys.prefix, 'share', 'keras-spark-course', 'workspaces')}",
            *(["--no-browser"] if no_browser else []),
            *others,
        ]
    )


def write_settings(prefix: Path) -> None:
    """Give JupyterLab in the Python environment ``prefix`` the course's settings; a user's own come first."""
    path = prefix / "share" / "jupyter" / "lab" / "settings" / "overrides.d" / "keras-spark-course.json"
    text = json.dumps(SETTINGS, indent=2)
    with contextlib.suppress(OSError):  # an environment that an administrator made; the settings are a comfort
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")


# ---------------------------------------------------------------------------------------------- the start page


def write_start_page(release: Path) -> None:
    """Write ``start.md``, so that a reader sees the old page or the new one."""
    fresh = release / f"start.md.{os.getpid()}.new"
    try:
        fresh.write_text(start_page(release), encoding="utf-8")
        fresh.replace(release / "start.md")
    finally:
        fresh.unlink(missing_ok=True)


def refresh_start_page(release: Path) -> None:
    """Write the start page again, where there is one of ours."""
    page = release / "start.md"
    if page.is_file() and page.read_text(encoding="utf-8").startswith(START.split("\n", 1)[0]):
        write_start_page(release)


def start_page(release: Path) -> str:
    """Return the start page as Markdown: the lessons in ``release``, what is done, and how to work with them."""
    lessons = [read_lesson(path) for path in sorted(release.glob("[0-9][0-9]_*/*.ipynb")) if not _is_duplicate(path)]
    lines = []
    for part, numbers in PARTS.items():
        inside = [lesson for lesson in lessons if lesson.number in numbers]
        if inside:
            lines += [f"## {part}", ""]
        for lesson in inside:
            link = quote(lesson.path.relative_to(release).as_posix())
            time = f" · {lesson.time}" if lesson.time else ""
            goals = "; ".join(goal.rstrip(",;.") for goal in lesson.goals)
            lines += [f"**[{lesson.number:02} · {lesson.title}]({link})**{time}", ""]
            lines += [f"You will {goals[0].lower()}{goals[1:]}.", ""] if goals else []
            with contextlib.suppress(NoCopy):
                lines += [progress_line(progress_of(read_copy(lesson.path))), ""]
    return START.format(lessons="\n".join(lines).strip() or "There are no lessons yet.")


def _is_duplicate(path: Path) -> bool:
    """Whether a notebook is a student's duplicate of the lesson that lies beside it."""
    with contextlib.suppress(NoCopy):
        name = read_copy(path).released_as
        return path.name != name and (path.parent / name).exists()
    return False


def progress_line(progress: Progress) -> str:
    """How far a student is with a lesson, as a line of Markdown."""
    if not progress.begun:
        return "○ not begun"
    names = [f"✓ `{name}`" for name in progress.passed] + [f"○ `{name}`" for name in progress.open]
    sign = "◐" if progress.state == "begun" else "✓"
    return f"{sign} **{progress.state}** · {progress.details}: {' '.join(names)}".replace("\n", " ")


def read_lesson(path: Path) -> Lesson:
    """Read what the map says from the cells before the first code cell.

    The title is the first heading, the time the first "45 minutes" or "45 to 60 minutes", the goals are the first list.
    """
    text = ""
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError):  # a notebook that a student has broken
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            if cell["cell_type"] == "code":
                break
            text += "".join(cell["source"]) + "\n\n"
    heading = re.search(r"^# +(.+)$", text, flags=re.M)
    title = re.sub(r"^(Lesson )?\d+\s*[·:.–-]\s*", "", heading[1].strip()) if heading else path.stem.replace("_", " ")
    time = re.search(r"\d+(?: ?(?:to|–|-) ?\d+)? minutes", text)
    goals = re.search(r"(?:^(?:[-*]|\d\.) .+\n)(?:^(?:[-*]|\d\.| ) .+\n)*", text, flags=re.M)
    items = re.split(r"^(?:[-*]|\d\.) ", goals[0], flags=re.M)[1:] if goals else []
    return Lesson(path, title, time[0] if time else "", [" ".join(item.split()) for item in items])


if __name__ == "__main__":
    sys.exit(main())
