"""What a student handed in: the files of a packet, sorted into one hand-in for each lesson."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from autograder.collecting.lms import Packet, stem
from autograder.collecting.sources import MEGABYTE, RESERVED, Broken, File, read_zip
from autograder.course import TIMESTAMP, Lesson, grade_id
from autograder.gradebook import record
from autograder.reading.bounds import MOST_BYTES, MOST_FILES
from autograder.reading.notebook import Unreadable, read_leniently

Entry = tuple[File, int, bytes]
"""A file, its order among the student's uploads, its content."""


@dataclass(frozen=True)
class Delivery:
    """The files for one lesson, ready to be written."""

    lesson: Lesson
    when: datetime
    """Its place among others: when its file was last changed."""
    files: dict[str, bytes]
    remarks: tuple[str, ...] = ()
    doubtful: bool = False
    """Whether it is another lesson's notebook under this lesson's name."""
    handed_in: datetime | None = None
    """When it was handed in, where nbgrader's exchange has written that down."""


@dataclass(frozen=True)
class NotPlaced:
    """A file, or all that a student handed in, that cannot be placed."""

    path: str
    """The file; empty where it is all."""
    why: str


def sort_packet(packet: Packet, lessons: list[Lesson], only: Lesson | None = None) -> Iterator[Delivery | NotPlaced]:
    """A hand-in for each lesson that a student's files have a notebook for, and what cannot be one.

    Args:
        packet: one student's files.
        lessons: of the course.
        only: take only this lesson; what does not say which lesson it is for is taken for it.
    """
    trusted = packet.key.startswith("folder:") and bool(packet.lesson)
    files, remarks = _opened(packet)
    size = sum(file.size for file, _ in files)
    if len(files) > MOST_FILES or size > MOST_BYTES:
        why = f"it holds {len(files):,} files of {size / MEGABYTE:,.0f} MB, more than {MOST_FILES:,} or"
        yield NotPlaced("", f"{why} {MOST_BYTES // MEGABYTE} MB. Ask for the notebook alone.")
        return
    contents: dict[str, Entry] = {}
    for file, order in files:
        if file.name == TIMESTAMP and not trusted:
            remarks.append(f"left out {TIMESTAMP}: only the LMS says when")
            continue
        try:
            contents[f"{file.path}\0{order}"] = (file, order, file.read())
        except Broken as error:
            remarks.append(f"left out {shown(file.path)}: {error}")
    notebooks = [entry for entry in contents.values() if _is_notebook(entry[0])]
    if not notebooks:
        listed = ", ".join(shown(file.path) for file, _, _ in list(contents.values())[:5]) or "nothing"
        told = "; ".join(["there is no notebook, only " + listed, *remarks])
        yield NotPlaced("", f"{told}. Ask for the .ipynb file.")
        return
    by_lesson: dict[str, list[Entry]] = {}
    for entry in sorted(notebooks, key=lambda entry: (entry[1], entry[0].when), reverse=True):
        lesson, why = _lesson(entry[0], entry[2], packet, lessons, only)
        if lesson:
            by_lesson.setdefault(lesson.name, []).append(entry)
        else:
            yield NotPlaced(shown(entry[0].path), why)
    others = [entry for entry in contents.values() if not _is_notebook(entry[0])]
    for name, entries in by_lesson.items():
        (lesson,) = (lesson for lesson in lessons if lesson.name == name)
        exact = [entry for entry in entries if entry[0].name == lesson.notebook.name]
        if exact and not any(order for _, order, _ in entries):  # a folder: the right name, before the newer date
            entries = exact + [entry for entry in entries if entry not in exact]
        yield _hand_in(lesson, lessons, entries, others, remarks, trusted)


def _opened(packet: Packet) -> tuple[list[tuple[File, int]], list[str]]:
    """A packet's files; where there is no notebook among them, with the content of its zips, one level deep."""
    remarks: list[str] = []
    if any(_is_notebook(file) for file, _ in packet.files):
        return packet.files, remarks
    files = []
    for file, order in packet.files:
        if not file.name.lower().endswith(".zip"):
            files.append((file, order))
            continue
        try:
            inner, left_out = read_zip(file.read())
        except Broken as error:
            remarks.append(f"{shown(file.path)}: {error}")
            continue
        files += [(one, order) for one in inner]
        remarks += [f"left out {shown(out.path)} in {shown(file.name)}: {out.why}" for out in left_out]
    return files, remarks


def _lesson(
    file: File, content: bytes, packet: Packet, lessons: list[Lesson], only: Lesson | None
) -> tuple[Lesson | None, str]:
    """Which lesson a notebook is for, and why it is for none."""
    name = stem(file.name).casefold()
    fits = [lesson for lesson in lessons if lesson.name == packet.lesson]
    fits = fits or [lesson for lesson in lessons if lesson.notebook.stem.casefold() == name]
    fits = fits or [lesson for lesson in lessons if lesson.notebook.stem.casefold() in name]
    if len(fits) != 1:
        fits = likeliest(content, lessons)
    if len(fits) != 1:
        why = "neither its name nor its cells say which lesson it is for; collect it with --lesson NN"
        return only, "" if only else f"{why}."
    if only and fits[0].name != only.name:
        return None, f"it is for {fits[0].name}, not for {only.name}: ask for the right one."
    return fits[0], ""


def likeliest(content: bytes, lessons: list[Lesson]) -> list[Lesson]:
    """The lessons that share the most cells, more than none, with a notebook."""
    try:
        ids = {grade_id(cell) for cell in read_leniently(content, "notebook")[0]["cells"]} - {""}
    except Unreadable:
        return []
    shared = [len(ids & {grade_id(cell) for cell in lesson.cells}) for lesson in lessons]
    return [lesson for lesson, count in zip(lessons, shared, strict=True) if count and count == max(shared)]


def _hand_in(
    lesson: Lesson, lessons: list[Lesson], entries: list[Entry], others: list[Entry], remarks: list[str], trusted: bool
) -> Delivery:
    """One lesson's files: the first notebook counts, the rest are kept beside it under ``other/``."""
    (file, _, content), rest = entries[0], entries[1:]
    said = list(remarks)
    if stem(file.name).casefold() != lesson.notebook.stem.casefold():
        said.append(f"{shown(file.path)} was taken for {lesson.notebook.name}")
    truly = likeliest(content, lessons)
    doubtful = bool(truly) and lesson not in truly
    if doubtful:
        said.append(
            f"{shown(file.path)} has the cells of {' or '.join(other.name for other in truly)}: ask for the right one"
        )
    files = {lesson.notebook.name: content}
    handed_in = None
    for number, (other, _, data) in enumerate((entry for entry in rest if entry[2] != content), start=1):
        files[f"other/{number}-{other.name}.txt"] = data
        said.append(f"several notebooks: {shown(file.path)} counts, {shown(other.path)} was kept beside it in other/")
    names = {name.casefold() for name in files}
    inside = len(file.parts) - 1  # what lies beside the notebook goes along beside it
    for other, _, data in others:
        beside = other.parts[:inside] == file.parts[:-1]
        name = "/".join(other.parts[inside:] if beside else other.parts)
        if name == TIMESTAMP and trusted:
            handed_in = record.parse_timestamp(data.decode("utf-8", "replace"))
        elif any(RESERVED.match(part) or part[-1] in " ." for part in name.split("/")):
            said.append(f"left out {shown(name)}: Windows does not take this name")
        elif _clashes(name.casefold(), names):
            said.append(f"left out {shown(name)}: something else has this name, but for capitals")
        else:
            names.add(name.casefold())
            files[name] = data
    return Delivery(lesson, handed_in or file.when, files, tuple(dict.fromkeys(said)), doubtful, handed_in)


def _is_notebook(file: File) -> bool:
    return stem(file.name) != file.name and ".ipynb" in file.name.lower() and not file.name.startswith("._")


def _clashes(name: str, names: set[str]) -> bool:
    """Whether a file cannot stand beside others: the same name, or a file where the other has a folder."""
    return any(name == other or name.startswith(other + "/") or other.startswith(name + "/") for other in names)


def shown(name: str) -> str:
    """A name as one printable line."""
    plain = "".join(char if char.isprintable() else "�" for char in name)
    return plain if len(plain) <= 120 else plain[:117] + "…"
