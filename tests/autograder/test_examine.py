"""The submission doctor: what can be mended is mended and noted; the rest gets a sentence to act on."""

import codecs
import json
import os
from pathlib import Path

import nbformat
import pytest

from autograder.course import Course, grade_id
from autograder.grading.examine import Unreadable, examine
from autograder.grading.restore import restore
from autograder.grading.version import version
from tests.autograder.tiny_course import cell, lesson_cells, write_notebook

NOTEBOOK = "small_numbers.ipynb"
ANSWER = "def double(x):\n    return x + x"


def cells() -> list[dict]:
    """The lesson's cells with one answer."""
    made = lesson_cells()
    next(one for one in made if grade_id(one) == "double")["source"] = ANSWER
    return made


def content(made: list[dict] | None = None, **other) -> dict:
    return {"cells": cells() if made is None else made, "metadata": {}, "nbformat": 4, "nbformat_minor": 5} | other


def text(made: list[dict] | None = None, **other) -> str:
    return json.dumps(content(made, **other), ensure_ascii=False)


def stripped() -> list[dict]:
    """A notebook whose metadata another editor threw away."""
    return [one | {"metadata": {}} for one in cells()]


def split() -> list[dict]:
    """The answer split in two cells that both keep the name."""
    made = cells()
    at = next(number for number, one in enumerate(made) if grade_id(one) == "double")
    half = made[at] | {"id": "half", "source": "import math"}
    return [*made[:at], half, *made[at:]]


def version_3() -> str:
    """The notebook as IPython 2 wrote it, nbgrader's metadata in it."""
    old = nbformat.convert(nbformat.from_dict(content([one | {"source": one["source"]} for one in cells()])), 3)
    return nbformat.writes(old, version=nbformat.NO_CONVERT)


def without_ids() -> list[dict]:
    return [{key: value for key, value in one.items() if key != "id"} for one in cells()]


HEADING = {"id": "x", "cell_type": "heading", "level": 2, "source": "Mine", "metadata": {}}
MENDED = {
    "as it should be": ({NOTEBOOK: text()}, None),
    "renamed": ({"homework (1).ipynb": text()}, "homework (1).ipynb was taken for"),
    "in a folder": ({f"work/{NOTEBOOK}": text()}, "was taken for"),
    "several, one fits": ({"a.ipynb": text(), "b.ipynb": text([cells()[0]])}, "which has most of its cells"),
    "several, one broken": ({"a.ipynb": text(), "b.ipynb": "{"}, "also there: b.ipynb"),
    "only a checkpoint": ({".ipynb_checkpoints/small_numbers-checkpoint.ipynb": text()}, "a checkpoint copy"),
    "byte order mark": ({NOTEBOOK: codecs.BOM_UTF8 + text().encode()}, "byte order mark"),
    "UTF-16": ({NOTEBOOK: text().encode("utf-16")}, "was UTF-16"),
    "UTF-16 without mark": ({NOTEBOOK: text().encode("utf-16-be")}, "was UTF-16"),
    "Windows-1252": ({NOTEBOOK: text([*cells(), cell("markdown", "x", "é")]).encode("cp1252")}, "Windows-1252"),
    "format 3": ({NOTEBOOK: version_3()}, "old notebook format 3"),
    "newer minor": ({NOTEBOOK: text(nbformat_minor=9)}, "newer notebook format 4.9"),
    "no minor": ({NOTEBOOK: json.dumps({"cells": cells()})}, None),
    "older minor, no ids": ({NOTEBOOK: text(without_ids(), nbformat_minor=2)}, None),
    "lines of source": ({NOTEBOOK: text([one | {"source": [one["source"]]} for one in cells()])}, None),
    "split": ({NOTEBOOK: text(split())}, "copied or split cells, the last one counts: double"),
    "copied": ({NOTEBOOK: text([*lesson_cells(), *cells()])}, "copied or split cells"),
    "names lost": ({NOTEBOOK: text(stripped())}, "found by what they define: double, greet"),
    "UTF-16 the other way round": ({NOTEBOOK: text().encode("utf-16-le")}, "was UTF-16"),
    "zero bytes behind it": ({NOTEBOOK: text().encode() + bytes(700)}, "ended in zero bytes"),
    "numbers of one kind": ({NOTEBOOK: text(nbformat=4.0, nbformat_minor=5.0)}, None),
    "a heading of format 3": ({NOTEBOOK: text([*cells(), HEADING])}, "whose type had a wrong form"),
    "a cell without a type": ({NOTEBOOK: text([*cells(), {"id": "x", "source": "x"}])}, "whose type had a wrong form"),
    "no cell at all": ({NOTEBOOK: text([None, *cells(), [], 7])}, "3 cells that are none: left out"),
    "ids that are none": ({NOTEBOOK: text([one | {"id": f"{one['id']}: é" * 9} for one in cells()])}, None),
    "a folder where the notebook should be": ({f"{NOTEBOOK}/x.ipynb": text()}, "was taken for"),
}


def look(course: Course, files: dict[str, str | bytes], tmp_path: Path) -> tuple[list[str], Path]:
    (lesson,) = (lesson for lesson in course.lessons() if lesson.name.startswith("01"))
    for name, data in files.items():
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.encode() if isinstance(data, str) else data)
    (tmp_path / "in").mkdir(exist_ok=True)
    return examine(tmp_path / "in", lesson, tmp_path / "copy"), tmp_path / "copy" / NOTEBOOK


@pytest.mark.parametrize("case", MENDED)
def test_what_can_be_mended_is_mended_and_noted(course, tmp_path, case):
    files, note = MENDED[case]
    notes, path = look(course, files, tmp_path)
    assert note in "; ".join(notes) if note else notes == []
    notebook = nbformat.read(path, as_version=4)
    restore(notebook, version(course, course.lessons()[0]))
    nbformat.validate(notebook)
    names = [grade_id(one) for one in notebook.cells if grade_id(one)]
    assert len(names) == len(set(names)) == sum(bool(grade_id(one)) for one in lesson_cells())
    (answer,) = (one for one in notebook.cells if grade_id(one) == "double")
    assert answer.source == ANSWER


OTHER = [cell("code", "triple", "def triple(x):\n    return 3 * x", solution=True)]
CONFLICT = text().replace('{"cells"', '<<<<<<< HEAD\n{"cells"')
UNREADABLE = {
    "empty folder": ({}, "folder is empty"),
    "empty file": ({NOTEBOOK: " \n"}, "empty file"),
    "zero bytes": ({NOTEBOOK: bytes(500)}, "upload broke off"),
    "half a notebook": ({NOTEBOOK: text()[:400]}, "JSONDecodeError"),
    "conflict": ({NOTEBOOK: CONFLICT}, "merge conflict"),
    "a web page": ({NOTEBOOK: "<!DOCTYPE html>\n<html></html>"}, "web page"),
    "Python": ({NOTEBOOK: "import numpy as np\n"}, "Python text"),
    "a zip": ({NOTEBOOK: b"PK\x03\x04..."}, "zip or office file"),
    "a PDF": ({NOTEBOOK: b"%PDF-1.4"}, "a PDF"),
    "a list": ({NOTEBOOK: "[]"}, "no readable notebook"),
    "deep": ({NOTEBOOK: "[" * 100_000}, "no readable notebook"),
    "cells are words": ({NOTEBOOK: '{"cells": ["a"], "nbformat": 4}'}, "Is it another notebook?"),
    "cells are no list": ({NOTEBOOK: '{"cells": {"a": {}}, "nbformat": 4}'}, "no readable notebook"),
    "format of no size": ({NOTEBOOK: '{"cells": [], "nbformat": 1e999}'}, "no readable notebook"),
    "strange cells": ({NOTEBOOK: text([HEADING])}, "Is it another notebook?"),
    "format 5": ({NOTEBOOK: text(nbformat=5)}, "format 5"),
    "format 3, broken": ({NOTEBOOK: '{"nbformat": 3, "worksheets": [{"cells": [7]}]}'}, "old format 3, broken"),
    "another lesson": ({NOTEBOOK: text(OTHER)}, "It is the notebook of 02_large_numbers"),
    "another notebook": ({NOTEBOOK: text([cell("code", "x", "1")])}, "Is it another notebook?"),
    "two that fit": ({"a.ipynb": text(), "b.ipynb": text()}, "a.ipynb, b.ipynb fit equally well"),
    "no notebook": ({"essay.docx": b"PK"}, "only essay.docx"),
}


@pytest.mark.parametrize("case", UNREADABLE)
def test_the_rest_gets_a_sentence_to_act_on(course, tmp_path, case):
    write_notebook(course.notebooks / "02_large_numbers" / "large_numbers.ipynb", OTHER)
    files, why = UNREADABLE[case]
    with pytest.raises(Unreadable) as error:
        look(course, files, tmp_path)
    assert why in str(error.value)
    assert str(tmp_path) not in str(error.value)


def test_links_are_never_followed(course, tmp_path):
    outside = tmp_path / "secret"
    write_notebook(outside / NOTEBOOK, cells())
    hand_in = tmp_path / "in"
    hand_in.mkdir()
    (hand_in / ".ipynb_checkpoints").symlink_to(outside)
    (hand_in / "folder").symlink_to(outside)
    (hand_in / NOTEBOOK).symlink_to(outside / NOTEBOOK)
    os.mkfifo(hand_in / "fifo.ipynb")
    with pytest.raises(Unreadable, match="folder is empty"):
        look(course, {}, tmp_path)


def test_what_defines_the_same_twice_the_last_one_counts(course, tmp_path):
    made = [one for one in cells() if grade_id(one) != "double"]
    tries = [cell("code", f"try-{n}", f"def double(x):\n    return x + {n}") for n in (1, 2)]
    notes, path = look(course, {NOTEBOOK: text([*tries, *made])}, tmp_path)
    (answer,) = (one for one in nbformat.read(path, as_version=4).cells if grade_id(one) == "double")
    assert answer.source.endswith("x + 2") and "double" in notes[0]
