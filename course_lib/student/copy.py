"""A student's copy of a lesson: the list of cells that its release left in it, and what has become of them.

``release`` writes into the notebook's metadata, under ``course``, the lesson's name and, for every cell that nbgrader
knows, what it is and the SHA-256 of its text. So a copy can be looked at wherever it went, without the lesson.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NotRequired, TypedDict, cast

KEY = "course"
"""Where the list stands in a notebook's metadata."""
CHECKS = ".checks"
"""The file beside a notebook that holds the visible half of its checks, packed."""
DUE = "due.txt"
"""The file beside a notebook that says when it is due, where the teacher has set a date, and what being late costs."""
NAME = re.compile(r"[\w-]+", re.ASCII)
ASIDE = re.compile(r"-\d{8}-\d{6}$")
"""How the name of a notebook ends that was put aside for a fresh one: the day and the time."""
UNWRITTEN = re.compile(r"^[ \t]*raise NotImplementedError\b", re.MULTILINE)
"""The line of a stub."""
HELPER = re.compile(r"^\s*(?:from course_lib import submit|import course_lib\.submit|submit\.check\()", re.MULTILINE)


class Cell(TypedDict):
    """A cell of a notebook. It comes from a student: its metadata may be anything, or missing."""

    cell_type: str
    source: str
    metadata: NotRequired[Any]


class Notebook(TypedDict):
    """A notebook of format 4, as far as it is looked at here; its metadata may be anything, too."""

    cells: list[Cell]
    metadata: NotRequired[Any]


class NoCopy(Exception):
    """A file that is no student's copy of a lesson; the text says what it is and what to do."""


class Broken(NoCopy):
    """A file that is no notebook any more: cut off by a crash or a full disk, or written by another program."""


@dataclass(frozen=True)
class ReleasedCell:
    """A cell that the lesson was released with."""

    kind: str
    """`answer`, `written` (an answer in words), `test`, `hidden` (a test whose body is cut out) or `locked`."""
    sha256: str
    """Of its text, as released."""
    points: float = 0.0


@dataclass(frozen=True)
class Copy:
    """A student's copy of a lesson, as it was saved."""

    path: Path
    lesson: str
    """Name of the lesson's folder, for instance ``01_neurons_and_activations``."""
    released_as: str
    """Name of the file, as released."""
    released: dict[str, ReleasedCell]
    """grade_id → the cell as it was released, in order."""
    sources: dict[str, str]
    """grade_id → its text now. Where a cell is there twice the last one counts, as in grading."""
    notebook: Notebook

    @property
    def missing(self) -> list[str]:
        """Cells that are gone; those that only hold text are not needed."""
        return [
            name
            for name, cell in self.released.items()
            if name not in self.sources and not name.endswith(("-task", "_task"))
        ]

    @property
    def changed(self) -> list[str]:
        """Locked cells and tests whose text is another now. Grading puts the lesson's own back."""
        return [name for name in self._of("test", "hidden", "locked") if not self._as_released(name)]

    @property
    def unanswered(self) -> list[str]:
        """Answers that are empty, still what was released, or still end in ``raise NotImplementedError``."""
        return [name for name in self._of("answer", "written") if self._is_unanswered(name)]

    @property
    def is_begun(self) -> bool:
        """Whether there is an answer in it."""
        return bool(set(self._of("answer", "written")) - set(self.unanswered))

    @property
    def content_sha256(self) -> str:
        """SHA-256 of type, name and text of all cells: the same for two files that differ in outputs alone.

        Empty cells and those that call ``submit.check`` do not count.
        """
        total = hashlib.sha256()
        for cell in self.notebook["cells"]:
            if cell["source"].strip() and not HELPER.search(cell["source"]):
                total.update(f"{cell['cell_type']}\0{grade_id(cell)}\0{cell['source']}\0".encode("utf-8", "replace"))
        return total.hexdigest()

    def name_of(self, kind: str, source: str) -> str:
        """Name of the released cell of this kind with this text, or an empty string."""
        known = digest(source)
        return next((name for name, cell in self.released.items() if cell.kind == kind and cell.sha256 == known), "")

    def _of(self, *kinds: str) -> list[str]:
        return [name for name, cell in self.released.items() if cell.kind in kinds and name in self.sources]

    def _as_released(self, name: str) -> bool:
        return digest(self.sources[name]) == self.released[name].sha256

    def _is_unanswered(self, name: str) -> bool:
        source = self.sources[name]
        unwritten = self.released[name].kind == "answer" and UNWRITTEN.search(source)
        return not source.strip() or self._as_released(name) or bool(unwritten)


def read_copy(path: Path) -> Copy:
    """Read a student's copy.

    Raises:
        NoCopy: where the file is missing, no notebook, or not released by the course.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise NoCopy(f"{path} cannot be read: {error.strerror or error}.") from None
    return parse_copy(content, path)


def parse_copy(content: bytes, path: Path) -> Copy:
    """The copy in the bytes of a file; see :func:`read_copy`."""
    try:
        notebook = read_notebook(content)
        listed = notebook["metadata"].get(KEY)
    except (ValueError, KeyError, AttributeError):
        raise Broken(
            f"{path.name} is no readable notebook: it was cut off, or another program wrote it. Where it is still open "
            "in JupyterLab, save it. Its last good version may lie in the hidden folder .ipynb_checkpoints beside it. "
            "For a fresh one give this file another name, then type `make lab`, or ask your teacher."
        ) from None
    try:
        cells = {
            str(cell["name"]): ReleasedCell(str(cell["kind"]), str(cell["sha256"]), float(cell["points"]))
            for cell in listed["cells"]
            if NAME.fullmatch(str(cell["name"]))
        }
        lesson, name = str(listed["lesson"]), str(listed["notebook"])
    except (KeyError, TypeError, AttributeError, ValueError):
        raise NoCopy(
            f"{path.name} does not say which lesson it is a copy of. Take a fresh copy of the lesson, and paste your "
            "answers into it."
        ) from None
    sources = {grade_id(cell): cell["source"] for cell in notebook["cells"] if grade_id(cell)}
    return Copy(path, lesson, name, cells, sources, notebook)


def read_notebook(content: bytes) -> Notebook:
    """Read the bytes of a notebook; each cell's type and text become strings.

    Raises:
        ValueError: where it is none.
    """
    try:
        notebook = json.loads(content.decode("utf-8-sig"))
        for cell in notebook["cells"]:
            cell["source"] = cell["source"] if isinstance(cell["source"], str) else "".join(cell["source"])
            cell["cell_type"] = str(cell["cell_type"])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(f"no notebook of format 4 ({type(error).__name__})") from None
    return cast(Notebook, notebook)


def copies_in(folder: Path) -> list[Copy]:
    """The students' copies in a folder of lessons, ``folder/NN_topic/topic.ipynb``, in the lessons' order.

    See :func:`copies_of` for which ones.
    """
    return [copy for lesson in sorted(folder.glob("[0-9][0-9]_*")) for copy in copies_of(lesson)]


def copies_of(lesson: Path) -> list[Copy]:
    """The copies in a lesson's folder that count: the one with answers, or with the name that it was released with.

    What lies beside it, a duplicate or an older version, does not count. Where only the name has changed, the renamed
    notebook does, also where a fresh one lies beside it. There is more than one where nobody can say.
    """
    found = []
    for path in sorted(lesson.glob("*.ipynb")):
        with contextlib.suppress(NoCopy):
            found.append(read_copy(path))
    found = [copy for copy in found if copy.lesson == lesson.name and not ASIDE.search(copy.path.stem)]
    found = [copy for copy in found if copy.is_begun] or found
    return [copy for copy in found if copy.path.name == copy.released_as] or found


def broken_in(lesson: Path) -> list[Broken]:
    """What to say of the notebooks in a lesson's folder that cannot be read."""
    found = []
    for path in sorted(lesson.glob("*.ipynb")):
        try:
            read_copy(path)
        except Broken as why:
            found.append(why)
        except NoCopy:
            continue
    return found


def due_lines(notebook: Path) -> list[str]:
    """What the teacher has written about the date of a lesson: the date, then what being late costs; empty: no date."""
    try:
        text = notebook.with_name(DUE).read_text(encoding="utf-8")
    except (OSError, ValueError):
        return []
    return [line.strip() for line in text.splitlines() if line.strip()]


def grade_id(cell: Cell) -> str:
    """nbgrader's name of a cell, or an empty string."""
    metadata = cell.get("metadata")
    own = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    return str(own.get("grade_id", "")) if isinstance(own, dict) else ""


def digest(source: str) -> str:
    """SHA-256 of a cell's text, without white space around it."""
    return hashlib.sha256(source.strip().encode("utf-8", "replace")).hexdigest()
