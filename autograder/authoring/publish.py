"""Publishes the students' version as a git branch: lessons without solutions, and what they need to run.

GitHub shows that branch to readers, and Binder, Codespaces, Colab and VS Code open it. Its history is its own: no
commit of the instructors' version is behind it. Nothing is checked out, and nothing in the working tree changes.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import nbformat

from autograder.authoring.links import BRANCH, Links, links
from autograder.authoring.release import release
from autograder.course import CONFIG, Course, CourseError
from autograder.processes.scratch import scratch
from course_lib.student.start_page import read_lesson, write_start_page

KEPT = (
    "course_lib",
    "binder",
    ".devcontainer",
    ".vscode",
    "LICENSE",
    "Makefile",
    "environment.yml",
    "pyproject.toml",
    "requirements.txt",
    "requirements-dev.txt",
)
"""What of the course goes along; all else stays with the instructors."""

README = """\
# Keras and Apache Spark, hands on

Lessons that ask before they tell, with checks that answer each mistake with its own hint. These are the students'
copies. They run in the browser:

[![Open the lessons in Binder](https://mybinder.org/badge_logo.svg)]({binder})
[![Open the lessons in GitHub Codespaces](https://github.com/codespaces/badge.svg)]({codespaces})

| | lesson | | open in |
| --- | --- | --- | --- |
{rows}

**Binder** needs no account and forgets your work when you close it: download your notebook first. **Codespaces** needs
a GitHub account and keeps your work. **Colab** needs a Google account; run the first cell of the lesson, which brings
the course.

**Your own computer** needs Python 3.11, 3.12 or 3.13:

```
git clone --branch {branch} --single-branch {home}
```

Then `make lab` in its folder. Without make: `python3 -m course_lib.install`, then `.venv/bin/python -m course_lib.lab`
(Windows: `py -m course_lib.install`, then `.venv\\Scripts\\python -m course_lib.lab`).

**VS Code:** set it up so, open the folder, open a lesson in `release/`, and choose `.venv` in *Select Kernel → Python
Environments*. With Docker, *Dev Containers: Reopen in Container* does all of it.

What teachers need is at [{home}]({home}), solutions, too. Code and text: MIT.
"""

FIRST_CELL = """\
# @title On Google Colab, run this first. Anywhere else it does nothing.
import sys
from pathlib import Path

if "google.colab" in sys.modules and not Path(".checks").exists():
    import shutil
    import urllib.request

    address = "{zip}"
    try:
        zipped, _ = urllib.request.urlretrieve(address)
    except OSError as error:
        raise RuntimeError(f"The course did not come from {{address}} ({{error}}). Run this cell once more.") from None
    shutil.unpack_archive(zipped, "course", "zip")
    sys.path.insert(0, str(next(Path("course").resolve().iterdir())))

    from course_lib import colab

    colab.set_up("{lesson}")"""


@dataclass(frozen=True)
class Published:
    """A commit on the students' branch."""

    commit: str
    new: bool
    """False where the branch held the same before."""


def publish(course: Course) -> Published:
    """Bring the students' branch up to date with the course as it lies on the disk; it is not sent anywhere.

    Raises:
        CourseError: where a lesson cannot be released, the course is no git repository, or git refuses.
    """
    where = links(course.root)
    kept = _git(course.root, "ls-files", "-z", "--", *KEPT).split("\0")
    if not any(kept):
        raise CourseError("git knows no file of the course here. Run this in a clone of its repository.")
    with scratch() as place:
        folder = place / "students"
        _copy(course, folder, [name for name in kept if name and (course.root / name).is_file()])
        lessons = _release(course, place / "course", where)
        lessons.rename(folder / "release")
        (folder / "README.md").write_text(_readme(folder, where), encoding="utf-8")
        return _commit(course.root, folder, place / "index")


def _copy(course: Course, folder: Path, kept: list[str]) -> None:
    for name in kept:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(course.root / name, folder / name)
    # whoever works in a clone may keep that work there
    ignored = (course.root / ".gitignore").read_text(encoding="utf-8")
    (folder / ".gitignore").write_text(ignored.replace("/release/\n", ""), encoding="utf-8")


def _release(course: Course, place: Path, where: Links) -> Path:
    """Release all lessons anew, not into the course's own ``release/``: somebody may have worked there."""
    made = Course(place)
    shutil.copytree(course.notebooks, made.notebooks, ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    shutil.copy(course.root / CONFIG, made.root)
    lessons = made.lessons()
    for _ in release(made, lessons):
        pass
    for lesson in lessons:
        add_first_cell(made.release / lesson.name / lesson.notebook.name, lesson.name, where)
    (made.release / ".made.json").unlink()  # what `autograder release` would go on from
    write_start_page(made.release)
    return made.release


def add_first_cell(notebook: Path, lesson: str, where: Links) -> None:
    """Put before a notebook's first code a cell that brings the course where it is opened on Colab."""
    content = nbformat.read(notebook, as_version=4)
    cell = nbformat.v4.new_code_cell(FIRST_CELL.format(zip=where.zip, lesson=lesson), id="colab")
    # folded in JupyterLab and on Colab; not run when it is graded
    cell.metadata = {"cellView": "form", "jupyter": {"source_hidden": True}, "tags": ["skip-grading"]}
    first = next(number for number, one in enumerate(content.cells) if one.cell_type == "code")
    content.cells.insert(first, cell)
    nbformat.write(content, notebook)


def _readme(folder: Path, where: Links) -> str:
    rows = []
    for path in sorted(folder.glob("release/*/*.ipynb")):
        lesson, name = read_lesson(path), path.relative_to(folder).as_posix()
        opened = f"[Binder]({where.binder(name)}) · [Colab]({where.colab(name)})"
        rows.append(f"| {lesson.number:02} | [{lesson.title}]({name}) | {lesson.time} | {opened} |")
    return README.format(
        binder=where.binder("release/start.md"),
        codespaces=where.codespaces,
        rows="\n".join(rows),
        branch=BRANCH,
        home=where.home,
    )


def _commit(root: Path, folder: Path, index: Path) -> Published:
    """Make a folder the newest commit of the branch, unless it is already."""
    own = {"GIT_INDEX_FILE": str(index)}
    git_dir = _git(root, "rev-parse", "--absolute-git-dir")
    _git(folder, f"--git-dir={git_dir}", f"--work-tree={folder}", "add", "--all", "--force", ".", **own)
    tree = _git(root, "write-tree", **own)
    reference = f"refs/heads/{BRANCH}"
    before = _git(root, "for-each-ref", "--format=%(objectname) %(tree)", reference).split()
    if before[1:] == [tree]:
        return Published(before[0], new=False)
    if f"branch {reference}" in _git(root, "worktree", "list", "--porcelain").splitlines():
        raise CourseError(f"The branch {BRANCH} is checked out, here or in a worktree. Switch to another one first.")
    parents = ["-p", before[0]] if before else []
    commit = _git(root, "commit-tree", tree, *parents, "-m", "The lessons, as students get them")
    _git(root, "update-ref", reference, commit, before[0] if before else "0" * len(commit))
    return Published(commit, new=True)


def _git(folder: Path, *arguments: str, **variables: str) -> str:
    """Run git in a folder and return what it says.

    Raises:
        CourseError: with git's own reason.
    """
    command = ["git", "-C", str(folder), *arguments]
    try:
        own = {**os.environ, **variables}
        done = subprocess.run(command, env=own, capture_output=True, text=True, encoding="utf-8")
    except FileNotFoundError:
        raise CourseError("git is not installed here. Install it (Debian: apt-get install git).") from None
    if done.returncode:
        what = next(word for word in arguments if not word.startswith("-"))
        raise CourseError(f"git {what} stopped: {done.stderr.strip()}")
    return done.stdout.strip()
