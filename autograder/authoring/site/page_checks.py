"""Exercises that a reader answers in the page: which they are, and what goes along with the site for them.

Python runs in the page by Pyodide, which the ordinary npm client brings; where it cannot, the site is built without.
"""

from __future__ import annotations

import ast
import base64
import hashlib
import json
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import course_lib
from autograder.authoring.site import in_page
from autograder.course import Cell, CourseError, Lesson, grade_id, is_solution, is_test
from autograder.grading.names import definitions, names_in
from autograder.processes.scratch import scratch
from course_lib import cache, syntax
from course_lib.check.lesson import pack
from course_lib.files import write_json
from course_lib.student.copy import CHECKS as PACKED

PYODIDE = "0.29.5"
"""Of npm's package; its Python is 3.13, the newest that the course runs on."""
INTEGRITY = "sha512-TkYrUv9m8QmfImADKRmpwZulL48E0uUaBSO+dvRQKyAJc0qh9gu7jn8btyHPh3NZm1r2IH2YrJhIr7Q2B9urAw=="
"""Of that version, as npm states it: nothing else goes into the site."""
FILES = ("pyodide.mjs", "pyodide.asm.js", "pyodide.asm.wasm", "python_stdlib.zip", "pyodide-lock.json", "package.json")
PYTHON, CHECKS = "python", "checks"
"""Folders in the site's ``_static``: Python, and a file for each lesson."""
OPEN = "Exercises are not checked in the pages, which say where to open a lesson instead"
_TRY = "import sys; sys.path[:0] = sys.argv[1:]; from in_page.run import main; main()"


def add(
    lessons: list[tuple[Lesson, list[Cell]]], static: Path, tell: Callable[[str], None]
) -> dict[Lesson, frozenset[str]]:
    """Put Python, and the checks that run on it, into the site; returns the exercises of each lesson that run there.

    Args:
        lessons: each with the cells of its student version.
        static: the folder whose files become the site's ``_static``.
        tell: takes a line that says why there are none.
    """
    try:
        archive = fetched()
    except OSError as missing:
        tell(f"{OPEN}: {missing}")
        return {}
    ready = {lesson: of(lesson, cells) for lesson, cells in lessons if lesson.checks}
    tasks = [(lesson, cell) for lesson in ready for cell in lesson.cells if grade_id(cell) in ready[lesson]["checks"]]
    passed, files = _tried([(ready[lesson], grade_id(cell), cell["source"]) for lesson, cell in tasks])
    found: dict[Lesson, frozenset[str]] = {}
    for lesson, page in ready.items():
        here = [grade_id(cell) for (one, cell), passes in zip(tasks, passed, strict=True) if passes and one == lesson]
        if here:
            page["checks"] = {name: page["checks"][name] for name in here}
            write_json(static / CHECKS / f"{lesson.name}.json", page)
            found[lesson] = frozenset(here)
    if found:
        _install(archive, files, static / PYTHON)
    return found


def of(lesson: Lesson, cells: list[Cell]) -> dict[str, Any]:
    """What a page needs to check the answers of a lesson.

    Args:
        lesson: the lesson.
        cells: of its student version.

    Returns:
        ``defines``: what the lesson's cells put in scope, as when an answer is graded. ``names``: all that they name.
        ``checks``: exercise → the visible half of its checks, packed, as in the file ``.checks`` of a student's copy.
    """
    shown = [c["source"] for c in cells if c["cell_type"] == "code" and not is_solution(c) and not is_test(c)]
    checks = {exercise.name: pack(alone(lesson.checks, exercise.name)) for exercise in lesson.exercises}
    return {
        "defines": "\n".join(definitions(source) for source in shown),
        "names": sorted(set().union(*map(names_in, shown))),
        "checks": checks,
    }


def texts(static: Path, lesson: Lesson) -> Iterator[tuple[str, str]]:
    """What a site tells of a lesson's checks, each part under the name that it has in a student's copy."""
    file = static / CHECKS / f"{lesson.name}.json"
    if file.is_file():
        page = json.loads(file.read_text(encoding="utf-8"))
        yield "what the page puts in scope.py", page["defines"]
        for exercise, packed in page["checks"].items():
            yield f"{exercise}/{PACKED}", packed


def alone(checks: str, exercise: str) -> str:
    """A ``checks.py`` without its other exercises. Imports that only these need go when it is packed."""
    tree = syntax.parse(checks)
    tree.body = [node for node in tree.body if _exercise(node) in ("", exercise)]
    return ast.unparse(tree)


def _exercise(node: ast.stmt) -> str:
    """The name of the exercise that a class asks; empty where it is none."""
    for part in node.body if isinstance(node, ast.ClassDef) else ():
        match part:
            case ast.Assign(targets=[ast.Name(id="name")], value=ast.Constant(value=str() as name)):
                return name
    return ""


def _tried(tasks: list[tuple[dict[str, Any], str, str]]) -> tuple[list[bool], list[Path]]:
    """Run answers in a Python that has its own modules alone; which pass, and the files of the course they need.

    Raises:
        CourseError: where that does not end well.
    """
    ours = [Path(course_lib.__file__).parents[1], Path(in_page.__file__).parents[1]]
    given = json.dumps([(json.dumps(page), name, source) for page, name, source in tasks])
    command = [sys.executable, "-I", "-S", "-B", "-c", _TRY, *map(str, ours)]
    try:
        done = subprocess.run(
            command, input=given, capture_output=True, text=True, encoding="utf-8", timeout=300, check=True
        )
    except subprocess.SubprocessError as error:
        said = getattr(error, "stderr", None) or error
        raise CourseError(f"Which exercises run in a page could not be tried: {str(said).strip()[-2000:]}") from None
    told = json.loads(done.stdout)
    return told["passed"], [Path(file) for file in told["files"]]


# ------------------------------------------------------------------------------------------------ Python for browsers


def fetched() -> Path:
    """Pyodide's package, from the user's cache or once by npm.

    Raises:
        OSError: where it cannot be had; the text says why.
    """
    archive = cache.folder() / f"pyodide-{PYODIDE}.tgz"
    if archive.is_file() and _integrity(archive) == INTEGRITY:
        return archive
    npm = shutil.which("npm")
    if npm is None:
        raise FileNotFoundError("npm is not installed (Debian: apt-get install npm).")
    with scratch() as place:
        command = [
            npm,
            "pack",
            f"pyodide@{PYODIDE}",
            "--loglevel=error",
            "--fetch-retries=1",
            "--pack-destination",
            str(place),
        ]
        try:
            done = subprocess.run(command, cwd=place, capture_output=True, text=True, timeout=300)
        except subprocess.TimeoutExpired:
            raise OSError("npm has not brought pyodide in five minutes.") from None
        found = next(place.glob("*.tgz"), None)
        if done.returncode or found is None:
            why = next(iter(done.stderr.strip().splitlines()), "it says nothing")
            raise OSError(f"npm cannot bring Pyodide ({why}). To see more: npm pack pyodide@{PYODIDE}")
        if _integrity(found) != INTEGRITY:
            raise OSError(f"what npm brings as pyodide {PYODIDE} is not what autograder/authoring/site expects.")
        shutil.copyfile(found, archive.with_suffix(".new"))
        archive.with_suffix(".new").replace(archive)
    return archive


def _integrity(archive: Path) -> str:
    return "sha512-" + base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()


def _install(archive: Path, files: list[Path], folder: Path) -> None:
    """Write Python and the course's part for it."""
    folder.mkdir(parents=True)
    with tarfile.open(archive) as package:
        for name in FILES:
            content = package.extractfile(f"package/{name}")
            assert content is not None
            (folder / name).write_bytes(content.read())
    lock = json.loads((folder / "pyodide-lock.json").read_text(encoding="utf-8"))
    # no package lies here, and none is fetched from elsewhere
    write_json(folder / "pyodide-lock.json", lock | {"packages": {}})
    root, own = Path(course_lib.__file__).parents[1], Path(in_page.__file__).parent
    with zipfile.ZipFile(folder / "course.zip", "w", zipfile.ZIP_DEFLATED) as course:
        for file in files:
            course.write(file, file.relative_to(root))
        for file in sorted(own.glob("*.py")):
            course.write(file, file.relative_to(own.parent))
