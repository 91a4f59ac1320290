"""Where things are: the course's folders, its lessons, their exercises and points."""

from __future__ import annotations

import ast
import hashlib
import json
import os
import sys
import traceback
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from course_lib import syntax

if TYPE_CHECKING:
    from traitlets.config import Config

CONFIG = "nbgrader_config.py"
CHECKS = "checks.py"
"""The file in a lesson's folder that holds its exercises; never part of what students get."""
QUESTIONS = "questions.toml"
"""The file in a lesson's folder with its questions from memory: students get it, and nothing graded hangs on it."""
TIMESTAMP = "timestamp.txt"
"""nbgrader's file in a hand-in's folder that says when it arrived."""
Cell = dict[str, Any]
"""A cell of a notebook as the format has it: ``cell_type``, ``source`` (here one string), ``metadata``, ``outputs``."""

IGNORED = {".ipynb_checkpoints", "__pycache__"}
LATE_SETTINGS = {"LateDays", "LateSubmissionPlugin", "AssignLatePenalties"}
"""Classes in nbgrader's settings that only say what being late costs."""


class CourseError(Exception):
    """Something in the course's folders is not as it must be; the text says what to do."""


@dataclass(frozen=True)
class Exercise:
    """An autograded exercise: one solution cell and the test cells that belong to it."""

    name: str
    points: dict[str, float]
    """grade_id of a test cell → its points."""


@dataclass(frozen=True)
class Lesson:
    """One lesson: a folder with one notebook. Its name is nbgrader's assignment id."""

    name: str
    folder: Path
    notebook: Path

    @cached_property
    def cells(self) -> list[Cell]:
        """The cells of the instructors' version."""
        cells: list[Cell] = read_notebook(self.notebook)["cells"]
        return cells

    @cached_property
    def checks(self) -> str:
        """The text of its ``checks.py``; empty where its tests stand in the notebook."""
        path = self.folder / CHECKS
        return path.read_text(encoding="utf-8") if path.is_file() else ""

    @property
    def grade_ids(self) -> dict[str, float]:
        """grade_id → points, of every cell that gives points."""
        return {grade_id(cell): float(_nbgrader(cell)["points"]) for cell in self.cells if is_graded(cell)}

    @property
    def exercises(self) -> list[Exercise]:
        """The autograded exercises: code cells to be solved, and the tests named after them (`relu_visible`)."""
        names = [grade_id(cell) for cell in self.cells if is_answer(cell)]
        points: dict[str, dict[str, float]] = {name: {} for name in names}
        for test, value in self.grade_ids.items():
            if owner := exercise_of(test, names):
                points[owner][test] = value
        return [Exercise(name, tests) for name, tests in points.items()]

    @cached_property
    def digest(self) -> str:
        """A hash of everything that its grading hangs on, nbgrader's settings among it.

        What being late costs is not in it: that is reckoned anew each time, without a kernel.
        """
        files = [path for path in files_in(self.folder) if path != self.folder / QUESTIONS]
        return self._digest(files)

    @cached_property
    def source(self) -> str:
        """A hash of everything that the student version is made of."""
        return self._digest(files_in(self.folder))

    def _digest(self, files: list[Path]) -> str:
        root = self.folder.parent.parent
        return hashlib.sha256((digest_of(files, root) + settings_that_grade(root)).encode()).hexdigest()


@dataclass(frozen=True)
class Course:
    """A course directory, laid out as nbgrader has it."""

    root: Path

    @classmethod
    def find(cls, start: Path | None = None) -> Course:
        """The course in ``start`` (by default the working directory) or in the nearest folder above it.

        Raises:
            CourseError: where there is none.
        """
        start = (start or Path.cwd()).resolve()
        for folder in (start, *start.parents):
            if (folder / CONFIG).is_file():
                return cls(folder)
        raise CourseError(f"No {CONFIG} in {start} or above it. Run this command inside the course's folder.")

    @property
    def notebooks(self) -> Path:
        return self.root / "notebooks"

    @property
    def release(self) -> Path:
        return self.root / "release"

    @property
    def submitted(self) -> Path:
        return self.root / "submitted"

    @property
    def autograded(self) -> Path:
        return self.root / "autograded"

    @property
    def reports(self) -> Path:
        return self.root / "reports"

    @property
    def feedback(self) -> Path:
        return self.root / "feedback"

    @property
    def exports(self) -> Path:
        return self.root / "exports"

    @property
    def backups(self) -> Path:
        return self.root / "backups"

    @property
    def site(self) -> Path:
        """The course on the web."""
        return self.root / "site"

    @property
    def demo(self) -> Path:
        """Where the class of `autograder demo` lies, a course of its own."""
        return self.root / "demo"

    @property
    def earlier(self) -> Path:
        """Hand-ins that a newer one has replaced: ``<student>/<lesson>/<time>``. Nothing grades them."""
        return self.submitted / ".earlier"

    @property
    def teams(self) -> Path:
        """Who hands in together: a table that the instructor keeps."""
        return self.root / "teams.csv"

    @property
    def extensions(self) -> Path:
        """Who has longer: a table that the instructor keeps."""
        return self.root / "extensions.csv"

    @property
    def collected(self) -> Path:
        """What `collect` remembers: who is who, what was taken."""
        return self.submitted / ".collected.json"

    @property
    def journal(self) -> Path:
        """What `grade` remembers of each hand-in."""
        return self.autograded / ".graded.jsonl"

    @property
    def team_marks(self) -> Path:
        """The marks of each member of a team as they were last made equal."""
        return self.autograded / ".graded-teams.json"

    @property
    def lock(self) -> Path:
        """Locked by the one who grades or collects."""
        return self.autograded / ".lock"

    @property
    def served(self) -> Path:
        """What `serve` remembers of each hand-in."""
        return self.autograded / ".graded-served.jsonl"

    @property
    def serving(self) -> Path:
        """Locked by the one who watches for hand-ins."""
        return self.autograded / ".serving"

    @property
    def writing(self) -> Path:
        """Locked while one hand-in's points are written."""
        return self.autograded / ".writing"

    @property
    def answers(self) -> Path:
        """The bank of right and wrong answers."""
        return self.root / "tests" / "answers"

    @cached_property
    def gradebook_url(self) -> str:
        """Where the gradebook is, as SQLAlchemy writes it: `c.CourseDirectory.db_url`, else `gradebook.db` here.

        Raises:
            CourseError: where the settings cannot be read, or have no such address.
        """
        from sqlalchemy.engine import make_url
        from sqlalchemy.exc import ArgumentError

        configured = read_config(self.root).get("CourseDirectory", {}).get("db_url")
        if not configured:
            return sqlite_url(self.root / "gradebook.db")
        try:
            make_url(str(configured))
        except ArgumentError:
            raise CourseError(
                f"{CONFIG}: c.CourseDirectory.db_url = {configured!r} is no address of a database, as "
                "'sqlite:////home/ada/course/gradebook.db' is one."
            ) from None
        return str(configured)

    @cached_property
    def gradebook(self) -> Path | None:
        """The gradebook's file; None where it is in a database server."""
        from sqlalchemy.engine import make_url

        url = make_url(self.gradebook_url)
        return self.root / url.database if url.get_backend_name() == "sqlite" and url.database else None

    def lessons(self, names: list[str] | None = None) -> list[Lesson]:
        """The lessons named, in the course's order; all of them by default.

        Args:
            names: folder names, or their beginnings: `01` is enough for `01_neurons_and_activations`.

        Raises:
            CourseError: for a name that fits none or several, and where a lesson has more than one notebook.
        """
        found = [
            self._lesson(folder)
            for folder in sorted(self.notebooks.glob("*"))
            if folder.is_dir() and any(folder.glob("*.ipynb"))
        ]
        if not found:
            raise CourseError(f"No lessons in {self.notebooks}: each is a folder with one notebook.")
        return choose(found, names)

    def _lesson(self, folder: Path) -> Lesson:
        notebooks = sorted(folder.glob("*.ipynb"))
        if len(notebooks) > 1:
            listed = ", ".join(notebook.name for notebook in notebooks)
            raise CourseError(f"{folder} has several notebooks ({listed}); a lesson has one.")
        return Lesson(folder.name, folder, notebooks[0])


def sqlite_url(path: Path) -> str:
    """The address of a database in a file, also where a folder is called `What is Spark?` or `Spark%20course`."""
    return f"sqlite:///{str(path).replace('%', '%25').replace('?', '%3F')}"  # in an address both begin something else


def choose(lessons: list[Lesson], names: list[str] | None) -> list[Lesson]:
    """Those of ``lessons`` that are named, in their order; all of them where no name is given.

    Args:
        lessons: read already (:meth:`Course.lessons`); a command reads them once.
        names: folder names, or their beginnings.

    Raises:
        CourseError: for a name that fits none or several.
    """
    wanted = set()
    for name in names or []:
        name = Path(name).name
        fits = [lesson.name for lesson in lessons if lesson.name == name or lesson.name.startswith(name)]
        fits = [name] if name in fits else fits
        if len(fits) != 1:
            known = ", ".join(fits or [lesson.name for lesson in lessons])
            raise CourseError(f"{'Several lessons begin' if fits else 'No lesson begins'} with {name!r}: {known}.")
        wanted.update(fits)
    return [lesson for lesson in lessons if not names or lesson.name in wanted]


def read_config(root: Path) -> Config:
    """The settings in the course's ``nbgrader_config.py``; none where there is no such file.

    Raises:
        CourseError: where it stops with an error; the text says in which line.
    """
    from traitlets.config import Config
    from traitlets.config.loader import PyFileConfigLoader

    if not (root / CONFIG).exists():
        return Config()
    try:
        return Config(PyFileConfigLoader(CONFIG, path=str(root)).load_config())
    except Exception as error:  # it is a program: whatever an instructor's line of it raises
        steps = [step.lineno for step in traceback.extract_tb(error.__traceback__) if step.filename.endswith(CONFIG)]
        line = error.lineno if isinstance(error, SyntaxError) else steps[-1] if steps else None
        where = f"{root / CONFIG}, line {line}" if line else f"{root / CONFIG}"
        raise CourseError(f"{where} stops with {type(error).__name__}: {error}. Mend it there.") from None


def settings_that_grade(root: Path) -> str:
    """The statements of ``nbgrader_config.py``, comments and layout aside, but for what being late costs."""
    try:
        text = (root / CONFIG).read_text(encoding="utf-8")
        return "\n".join(ast.unparse(node) for node in syntax.parse(text).body if not _only_late(node))
    except FileNotFoundError:
        return ""
    except (SyntaxError, ValueError):  # nbgrader itself says what is wrong with it
        return file_digest(root / CONFIG)


def _only_late(node: ast.stmt) -> bool:
    """Whether a statement is of the kind `c.LateDays.free_days = 3`."""
    parts = [ast.unparse(target).split(".") for target in node.targets] if isinstance(node, ast.Assign) else []
    return bool(parts) and all(len(names) == 3 and names[1] in LATE_SETTINGS for names in parts)


# ------------------------------------------------------------------------------------ notebooks as plain data


def read_notebook(path: Path) -> dict[str, Any]:
    """A notebook of the course's own, each cell with its ``source`` as one string.

    Those of others are read by :func:`autograder.reading.notebook.read_leniently`.

    Raises:
        CourseError: where the file is no notebook of format 4.
    """
    try:
        notebook: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        for cell in notebook["cells"]:
            if not isinstance(cell["source"], str):
                cell["source"] = "".join(cell["source"])
            if not isinstance(cell["metadata"], dict) or not isinstance(_nbgrader(cell), dict):
                raise TypeError("metadata is not a dict")
    except (ValueError, KeyError, TypeError) as error:
        raise CourseError(f"{path} is no readable notebook ({type(error).__name__}: {error}).") from None
    return notebook


def _nbgrader(cell: Cell) -> dict[str, Any]:
    found: dict[str, Any] = cell["metadata"].get("nbgrader", {})
    return found


def grade_id(cell: Cell) -> str:
    """nbgrader's name of a cell, or an empty string."""
    return str(_nbgrader(cell).get("grade_id", ""))


def is_solution(cell: Cell) -> bool:
    """Whether a student writes in this cell: code, or text that a person reads."""
    return bool(_nbgrader(cell).get("solution"))


def is_graded(cell: Cell) -> bool:
    """Whether this cell gives points: a test, or a written answer."""
    return bool(_nbgrader(cell).get("grade"))


def is_answer(cell: Cell) -> bool:
    """Whether this is the answer's cell of an exercise: code that tests look at."""
    return is_solution(cell) and not is_graded(cell)


def is_written(cell: Cell) -> bool:
    """Whether this is an answer that a person marks."""
    return is_solution(cell) and is_graded(cell)


def is_test(cell: Cell) -> bool:
    """Whether this cell tests an answer, visibly or hidden."""
    return is_graded(cell) and not is_solution(cell)


def is_one_line(test: str) -> bool:
    """Whether a test cell, given by its text, does nothing but ask for exercises of ``checks.py``."""
    try:
        body = syntax.parse(test).body
    except SyntaxError:
        return False
    calls = [node.value for node in body if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)]
    return len(calls) == len(body) > 0 and all(ast.unparse(call.func) == "check.answer" for call in calls)


def exercise_of(test: str, names: Iterable[str]) -> str | None:
    """The exercise among ``names`` that a test belongs to: tests are called after it (``relu_visible``)."""
    return max((name for name in names if test.startswith(name + "_")), key=len, default=None)


def is_locked(cell: Cell) -> bool:
    """Whether students cannot edit this cell: the lesson's own text and code, and its tests."""
    return bool(_nbgrader(cell).get("locked"))


def shows(source: str, attachment: str) -> bool:
    """Whether a cell's text names an attachment of the cell."""
    return f"attachment:{attachment}" in source or f"attachment:{quote(attachment)}" in source


# ------------------------------------------------------------------------------------------------- files


def everything_in(folder: Path) -> Iterator[Path]:
    """All that lies below ``folder``, in no order; links are not followed, what cannot be opened is passed by.

    However deep it goes: ``Path.rglob`` calls itself once a level and stops a thousand levels down.
    """
    waiting = [str(folder)]
    while waiting:
        try:
            with os.scandir(waiting.pop()) as entries:
                found = list(entries)
        except OSError:
            continue
        waiting += [entry.path for entry in found if entry.is_dir(follow_symlinks=False)]
        yield from (Path(entry.path) for entry in found)


def files_in(folder: Path) -> list[Path]:
    """All plain files below ``folder``, sorted; links and what Jupyter and Python leave behind are left out."""
    return sorted(
        path
        for path in everything_in(folder)
        if path.is_file() and not path.is_symlink() and not IGNORED & set(path.relative_to(folder).parts)
    )


def digest_of(files: list[Path], root: Path) -> str:
    """One SHA-256 of the names (below ``root``) and contents of ``files``."""
    total = hashlib.sha256()
    for path in files:
        line = f"{path.relative_to(root).as_posix()}\0{file_digest(path)}\n"
        total.update(line.encode("utf-8", "surrogatepass"))  # a file's name need not be UTF-8
    return total.hexdigest()


@cache
def environment() -> str:
    """A SHA-256 of what grades: Python, the installed packages, the sources of ``course_lib`` and ``autograder``."""
    installed = sorted(f"{one.name}=={one.version}" for one in metadata.distributions())
    here = Path(__file__).resolve().parents[1]
    sources = [path for part in ("autograder", "course_lib") for path in files_in(here / part) if path.suffix == ".py"]
    return hashlib.sha256("\n".join([sys.version, *installed, digest_of(sources, here)]).encode()).hexdigest()


def file_digest(path: Path) -> str:
    """SHA-256 of one file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def read_json(path: Path) -> dict[str, Any]:
    """The object that :func:`course_lib.files.write_json` wrote; empty where the file holds none, or is not there."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        return found if isinstance(found, dict) else {}
    except (OSError, ValueError, RecursionError):
        return {}
