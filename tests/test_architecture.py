"""The house is as docs/architecture.md draws it: rooms, floors, arrows, and every file that the page names."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

import pytest

from course_lib import syntax

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "architecture.md"
TEXT = PAGE.read_text(encoding="utf-8")
PACKAGES = ("autograder", "course_lib")
MOST_ENTRIES = 16
MADE = ("submitted", "release", "autograded", "feedback", "reports", "exports", "gradebook.db")
"""What the tools make: the page names it, and it is not there in a fresh clone."""

Arrows = dict[str, set[str]]

each_package = pytest.mark.parametrize("package", PACKAGES)


# --------------------------------------------------------------------------------------- what the code says


def modules(package: str, root: Path = ROOT) -> dict[str, Path]:
    """Module → its file; a package stands for its ``__init__.py``."""
    files = sorted((root / package).rglob("*.py"))
    return {".".join(file.relative_to(root).with_suffix("").parts).removesuffix(".__init__"): file for file in files}


def imported(module: str, file: Path, known: Mapping[str, Path]) -> set[str]:
    """The modules of ``known`` that a file imports: at its top, within functions, for type checkers alone.

    ``from a.b import c`` is an import of ``a.b.c`` where that is a module, else of ``a.b``.
    """
    found = set()
    here = module.split(".") if file.name == "__init__.py" else module.split(".")[:-1]
    for node in ast.walk(syntax.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            parents = here[: len(here) - node.level + 1] if node.level else []
            base = ".".join([*parents, *filter(None, [node.module])])
            found |= {name if (name := f"{base}.{alias.name}") in known else base for alias in node.names}
    return (found & set(known)) - {module}


def room(module: str) -> str:
    """``autograder.kernels.fork`` lives in ``kernels``; the package's own ``__init__.py`` is a room, too."""
    return module.split(".")[1] if "." in module else "__init__"


def module_arrows(package: str, to: str | None = None) -> Arrows:
    """Module → modules of ``to`` (the same package by default) that it imports."""
    known = modules(to or package)
    return {module: imported(module, file, known) for module, file in modules(package).items()}


def room_arrows(package: str, to: str | None = None) -> Arrows:
    """Room → other rooms that it imports."""
    arrows: Arrows = defaultdict(set)
    for module, targets in module_arrows(package, to).items():
        arrows[room(module)] |= {room(target) for target in targets}
    return {name: targets - (set() if to else {name}) for name, targets in arrows.items()}


def circles(arrows: Arrows) -> list[list[str]]:
    """Each set of names that all import each other, along however many arrows."""

    def reach(start: str) -> set[str]:
        seen: set[str] = set()
        waiting = [start]
        while waiting:
            for name in arrows.get(waiting.pop(), set()) - seen:
                seen.add(name)
                waiting.append(name)
        return seen

    reached = {name: reach(name) for name in arrows}
    found = {
        tuple(sorted(other for other in arrows if other in reached[name] and name in reached[other])) for name in arrows
    }
    return [list(circle) for circle in sorted(found) if circle]


# --------------------------------------------------------------------------------------- what the page says


def block(title: str) -> list[str]:
    """The lines of the page's fenced block that begins with ``# title``."""
    found = re.search(rf"^```\n# {re.escape(title)}\n(.*?)^```$", TEXT, flags=re.M | re.S)
    assert found, f"docs/architecture.md: there is no fenced block that begins with '# {title}'"
    return found[1].splitlines()


def arrows_on_page(title: str) -> Arrows:
    arrows: Arrows = {}
    for line in block(title):
        name, arrow, targets = line.partition(" -> ")
        assert arrow and name not in arrows, f"docs/architecture.md: not one line for each room: {line!r}"
        arrows[name] = set(targets.split(", "))
    return arrows


def compare(title: str, drawn: Arrows) -> None:
    """Hold the arrows of the code against a block of the page, and say which line to edit."""
    written = arrows_on_page(title)
    wrong = []
    for name in sorted({*drawn, *written}):
        code, page = drawn.get(name, set()), written.get(name, set())
        if code == page:
            continue
        wrong += [f"{name} -> {other}: the code has this arrow, the page does not" for other in sorted(code - page)]
        wrong += [f"{name} -> {other}: the page has this arrow, the code does not" for other in sorted(page - code)]
        wrong.append(f"    the line should read: {name} -> {', '.join(sorted(code))}" if code else "    take it out")
    lines = "\n".join(wrong)
    assert not wrong, f"docs/architecture.md, block '# {title}' (or is the new import one too many?):\n{lines}"


# ------------------------------------------------------------------------------------------------ the tests


@each_package
def test_the_page_has_the_arrows_of_the_code(package):
    compare(f"arrows of {package}", room_arrows(package))


def test_the_page_says_what_the_autograder_takes_from_course_lib():
    compare("arrows between the packages", room_arrows("autograder", "course_lib"))


def test_course_lib_never_imports_the_autograder():
    assert not {name: targets for name, targets in module_arrows("course_lib", "autograder").items() if targets}


@each_package
def test_every_room_imports_from_floors_below_its_own(package):
    floors: dict[str, int] = {}
    for line in block(f"floors of {package}"):
        number, *rooms = line.split()
        floors |= dict.fromkeys(rooms, int(number))
    arrows = room_arrows(package)
    rooms_in_code = set(arrows) - {"__init__"}
    assert set(floors) == rooms_in_code, f"docs/architecture.md, block '# floors of {package}'"
    up = [f"{one} -> {other}" for one in arrows for other in arrows[one] if floors.get(other, 0) >= floors.get(one, 99)]
    assert not up, f"docs/architecture.md, block '# floors of {package}': these do not run down"


@each_package
def test_every_room_is_told_of(package):
    told = re.findall(rf"`{package}/(\w+)", TEXT)
    assert set(room_arrows(package)) - {"__init__"} <= set(told)


@each_package
def test_no_circle_among_rooms(package):
    found = circles(room_arrows(package))
    assert not found, f"these rooms import each other: {found}"


@each_package
def test_no_circle_among_modules(package):
    """Imports within functions count: they put a circle off, they do not open it."""
    found = circles(module_arrows(package))
    assert not found, f"these modules import each other: {found}"


def test_the_front_door_of_the_autograder_is_short():
    entries = sorted(path.name for path in (ROOT / "autograder").iterdir() if path.name != "__pycache__")
    assert len(entries) <= MOST_ENTRIES, f"{len(entries)} entries, {MOST_ENTRIES} at most: {', '.join(entries)}"


def test_nbgraders_settings_name_nothing_but_the_plugins():
    text = (ROOT / "nbgrader_config.py").read_text(encoding="utf-8")
    named = set(re.findall(r"\b(?:autograder|course_lib)(?:\.\w+)+|import (?:autograder|course_lib)\b", text))
    assert named and all(name.startswith("autograder.plugins.") for name in named), sorted(named)


def test_every_path_that_the_page_names_exists():
    a_path = re.compile(r"[\w.-]+(?:/[\w.-]+)+/?|[\w.-]+/|\w+\.(?:py|md|toml|ipynb)")  # a/b, a/b/, a/, a.py
    in_lines = re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", TEXT, flags=re.S))
    named = [code for code in in_lines if a_path.fullmatch(code)]
    assert len(named) > 20
    lacking = [path for path in named if path.split("/")[0] not in MADE and not (ROOT / path).exists()]
    assert not lacking, f"docs/architecture.md names what is not there: {lacking}"


# ------------------------------------------------------------------------------------- the test's own tools


def test_an_import_is_seen_wherever_it_stands(tmp_path):
    folder = tmp_path / "house"
    (folder / "room").mkdir(parents=True)
    for name in ("__init__", "top", "typed", "late", "room/__init__", "room/near", "room/far"):
        (folder / f"{name}.py").write_text("", encoding="utf-8")
    (folder / "room" / "all.py").write_text(
        "import house.top as t\nfrom typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from house import typed\n"
        "def later():\n    from house.late import anything\nfrom . import near\nfrom .far import x\nimport json\n",
        encoding="utf-8",
    )
    known = modules("house", tmp_path)
    seen = imported("house.room.all", known["house.room.all"], known)
    assert seen == {"house.top", "house.typed", "house.late", "house.room.near", "house.room.far"}


def test_circles_are_found():
    assert circles({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}}) == [["a", "b", "c"]]
    assert circles({"a": {"b", "c"}, "b": {"c"}, "c": set()}) == []


def test_a_wrong_line_is_named(monkeypatch):
    monkeypatch.setitem(globals(), "TEXT", "```\n# arrows of x\na -> b, c\n```\n")
    with pytest.raises(AssertionError, match=r"(?s)a -> c: the page has.*the line should read: a -> b, d"):
        compare("arrows of x", {"a": {"b", "d"}})
