"""Makes a notebook of format 4 out of the bytes of a file that is meant to be one, or says what the file is instead."""

from __future__ import annotations

import json
import re
from typing import Any

from autograder.reading.lenient_json import loads, whole

NEWEST_MINOR = 5
TYPES = ("code", "markdown", "raw")
PARTS = {"id", "cell_type", "metadata", "source", "attachments", "outputs", "execution_count"}
CONFLICT = re.compile(r"^(<{7} |>{7} )", re.MULTILINE)
"""Lines that Git leaves where two versions could not be merged."""
OTHER_FILES = {
    b"PK\x03\x04": "a zip or office file",
    b"%PDF": "a PDF",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"\x1f\x8b": "a gzip archive",
    b"Rar!": "a RAR archive",
}


class Unreadable(Exception):
    """A hand-in that cannot be run; the text says why, and what to ask for."""


def read_leniently(content: bytes, name: str) -> tuple[dict[str, Any], list[str]]:
    """The notebook in a file, mended, and notes on what was mended.

    Byte order marks, UTF-16 and UTF-32 are undone; older formats are converted; a newer minor version is read as the
    newest one that is known; cells become what :func:`tidy` makes of them.

    Args:
        content: of the file.
        name: of the file, for messages.

    Raises:
        Unreadable: where it is no notebook.
    """
    text, notes = _text(content, name)
    try:
        notebook = loads(text)
    except (ValueError, RecursionError) as error:
        raise Unreadable(_why_no_json(text, name, error)) from None
    try:
        notebook, converted = _format_4(notebook, name)
        if not isinstance(notebook["cells"], list):
            raise TypeError("its cells are no list")
        wrong: list[str] = []
        kept = [cell for cell in notebook["cells"] if isinstance(cell, dict)]
        if len(kept) != len(notebook["cells"]):
            notes.append(f"{name} had {len(notebook['cells']) - len(kept)} cells that are none: left out")
        for cell in kept:
            wrong += tidy(cell)
        notebook["cells"] = kept
        if wrong:
            notes.append(f"{name} had cells whose {', '.join(dict.fromkeys(wrong))} had a wrong form: mended")
        if not isinstance(notebook.setdefault("metadata", {}), dict):
            notebook["metadata"] = {}
    except (KeyError, TypeError, ValueError, OverflowError, AttributeError) as error:
        why = f"{type(error).__name__}: {error}"
        raise Unreadable(f"{name} is no readable notebook ({why}). Ask for a new upload.") from None
    return notebook, notes + converted


def tidy(cell: dict[str, Any]) -> list[str]:
    """Make each part of a cell what the format says it is; returns the parts that were something else, now mended.

    Outputs go, for grading makes new ones, and so does what neither nbgrader nor a person has put into the metadata.
    """
    source, wrong = cell.get("source", ""), []
    if cell.get("cell_type") not in TYPES:  # for instance the headings of format 3
        wrong.append("type")
        cell["cell_type"] = "code" if "outputs" in cell else "markdown"
    for key in cell.keys() - PARTS:
        del cell[key]
    lines = source if isinstance(source, list) else [source]
    if not all(isinstance(line, str) for line in lines):
        wrong.append("source")
    cell["source"] = whole("".join(line for line in lines if isinstance(line, str)))
    if not isinstance(cell.setdefault("metadata", {}), dict):
        wrong.append("metadata")
        cell["metadata"] = {}
    metadata = cell["metadata"]
    tags = metadata.get("tags", [])
    if not isinstance(tags, list) or not all(isinstance(tag, str) for tag in tags):
        wrong.append("tags")
        del metadata["tags"]
    if not isinstance(metadata.get("nbgrader", {}), dict):
        wrong.append("nbgrader")
        del metadata["nbgrader"]
    for name in metadata.keys() - {"nbgrader", "tags"}:  # what programs left there for programs: nothing of an answer
        del metadata[name]
    if "attachments" in cell and not _are_attachments(cell["attachments"]):
        wrong.append("attachments")
        del cell["attachments"]
    if cell["cell_type"] == "code":
        if not isinstance(cell.get("outputs", []), list):
            wrong.append("outputs")
        cell["outputs"], cell["execution_count"] = [], None
    else:
        cell.pop("outputs", None)
        cell.pop("execution_count", None)
    return wrong


def _are_attachments(value: object) -> bool:
    """Whether a value has the form of a cell's attachments: name → type → content."""
    return isinstance(value, dict) and all(
        isinstance(kinds, dict) and all(isinstance(content, str | list) for content in kinds.values())
        for kinds in value.values()
    )


def _text(content: bytes, name: str) -> tuple[str, list[str]]:
    """The text of a file, and how it was encoded where that is not UTF-8."""
    if not content.strip():
        raise Unreadable(f"{name} is an empty file. Ask for a new upload.")
    for begin, kind in OTHER_FILES.items():
        if content.startswith(begin):
            raise Unreadable(f"{name} is {kind} under a wrong name. Ask for the .ipynb file itself.")
    if not content.strip(b"\0"):
        raise Unreadable(f"{name} holds nothing but zero bytes: the upload broke off. Ask for a new upload.")
    if (
        content.endswith(b"\0") and content.startswith(b"{") and content[1] != 0
    ):  # a disk that lost power fills up what it had promised
        whole_text, said = _text(content.rstrip(b"\0"), name)
        return whole_text, [*said, f"{name} ended in zero bytes: cut off"]
    encoding = json.detect_encoding(content)
    if encoding == "utf-8-sig":
        return content.decode(encoding, "replace"), [f"{name} began with a byte order mark"]
    if encoding == "utf-8":
        try:
            return content.decode(encoding), []
        except UnicodeDecodeError:
            return content.decode("cp1252", "replace"), [f"{name} was not UTF-8; read as Windows-1252"]
    return content.decode(encoding, "replace"), [f"{name} was {encoding[:6].upper()}"]


def _why_no_json(text: str, name: str, error: Exception) -> str:
    if CONFLICT.search(text):
        return (
            f"{name} has git's merge conflict marks in it (<<<<<<<). Ask for the notebook with the conflict resolved."
        )
    start = text.lstrip()[:200].lower()
    if start.startswith("<"):
        kind = "a web page" if "html" in start else "a page of HTML or XML"
        return f"{name} is {kind}, not a notebook: saved from the browser? Ask for the .ipynb file (File › Download)."
    if start.startswith(("import ", "from ", "#", "def ", "# %%")):
        return f"{name} is Python text, not a notebook. Ask for the .ipynb file (File › Download)."
    return f"{name} is no readable notebook ({type(error).__name__}: {error}). Ask for a new upload."


def _format_4(notebook: dict[str, Any], name: str) -> tuple[dict[str, Any], list[str]]:
    """A notebook in format 4, with nbgrader's metadata as it was."""
    major, minor = notebook.get("nbformat", 4), notebook.get("nbformat_minor", NEWEST_MINOR)
    if not isinstance(major, int | float) or not isinstance(minor, int | float):
        raise TypeError("nbformat is no number")
    major, minor = int(major), int(minor)  # programs that know one kind of number alone write 4.0
    if major > 4:
        raise Unreadable(f"{name} has the notebook format {major}, newer than this grader's. Ask for format 4.")
    if major < 4:
        import nbformat

        try:
            old = {"worksheets": [], "metadata": {}, "nbformat_minor": 0, **notebook}
            new = json.loads(nbformat.writes(nbformat.reads(json.dumps(old), as_version=4)))
        except Exception as error:  # nbformat raises whatever the broken content leads to
            why = f"{type(error).__name__}: {error}"
            raise Unreadable(f"{name} has the old format {major}, broken ({why}). Ask for a new upload.") from None
        return new, [f"{name} had the old notebook format {major}"]
    if minor > NEWEST_MINOR:
        notebook["nbformat_minor"] = NEWEST_MINOR
        return notebook, [f"{name} had the newer notebook format 4.{minor}, read as 4.{NEWEST_MINOR}"]
    notebook["nbformat"], notebook["nbformat_minor"] = major, minor
    return notebook, []
