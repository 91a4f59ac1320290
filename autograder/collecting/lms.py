"""Whose hand-in is it? Reads what Canvas, Moodle and people write into names of files and folders.

**Canvas** ("Download Submissions") gives one flat zip. A file is called
``doejane_LATE_12345_67890_neurons-1.ipynb``: the sortable name without spaces and capitals, ``LATE`` where it is, the
user's number in Canvas, the number of the upload (a later upload has a larger one), and the name of the student's file,
with ``-1``, ``-2`` added at a second, third attempt. Anonymous marking leaves the name out and has ``anon_abcde`` in
the number's place: ``LATE_anon_abcde_67890_neurons.ipynb``. Typed text is ``doejane_12345_text.html``, a web address
``doejane_12345_link.html``. (Canvas's source: ``lib/content_zipper.rb``.)

**Moodle** ("Download all submissions") gives a folder per hand-in,
``Jane Doe_12345_assignsubmission_file_/neurons.ipynb`` (in some versions without the last ``_``), or with folders
switched off ``Jane Doe_12345_assignsubmission_file_neurons.ipynb``. The number is that of the participant in this
assignment, another one in the next. Typed text is ``..._assignsubmission_onlinetext_/onlinetext.html``. Where groups
hand in, the group's name stands there without a number. (Moodle's source: ``mod/assign/classes/downloader.php``.)

**Folders**: ``student/lesson/files`` as nbgrader has it, ``lesson/student/files``, ``student/files``, or files alone,
named after students; and nbgrader's exchange, ``student+lesson+time/files``. A lesson's folder names no student.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import takewhile

from autograder.collecting.sources import File

CANVAS = re.compile(
    r"(?:(?P<anon_late>LATE_)?(?P<anon>anon_[A-Za-z0-9]{5})|(?P<name>.+?)(?P<late>_LATE)?_(?P<user>\d+))"
    r"_(?:(?P<upload>\d+)_(?P<file>.+)|(?P<typed>(?:text|link)\.html))",
    re.DOTALL,
)
"""`name_LATE_user_upload_file`; hidden names as `LATE_anon_Ab3dE_upload_file`; typed answers end in `_text.html`."""
MOODLE = re.compile(r"(?P<name>.+?)(?:_(?P<number>\d+))?_assignsubmission_(?P<kind>file|onlinetext)(?:_(?P<file>.*))?")
"""`name_participant_assignsubmission_file_file`; as a folder it ends before the file's name."""
BLIND = {"participant", "teilnehmerin"}
"""What stands in the place of the name where Moodle hides names: without the number it is nobody's."""
FILES_OF_OTHERS = {
    "Gradescope": re.compile(r"(?:[^/]+/)?(?:submission_metadata\.yml|submission_\d+/.+)"),
    "Sakai": re.compile(r"(?:[^/]+/)?[^/]+/Submission attachment\(s\)/.+"),
    "Blackboard": re.compile(r"[^/]+_attempt_\d{4}(?:-\d\d){5}(?:_[^/]+|\.txt)"),
    "GitHub Classroom": re.compile(r"(?:[^/]+/)?\.github/classroom/.+"),
}
FOLDERS_OF_OTHERS = {
    "Brightspace": re.compile(r"\d+-\d+ - .+ - .+"),
    "ILIAS": re.compile(r"[^_]+_[^_]+_[^_]+_\d+"),  # last name, first name, login, number
}
"""How exports of platforms look that are not read here: a path in one, and the folders in one."""
EXCHANGE = re.compile(r"(?P<student>.+?)\+(?P<lesson>[^+]+)\+(?P<time>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)[^+]*(?:\+[^+]*)?")
"""A folder in nbgrader's exchange: `student+lesson+time`, and letters that nobody can guess."""
COPY = re.compile(r"(?:[-_ ]?copy\d*|-checkpoint|[-_ ]\d{1,2}| ?\(\d+\))$", re.IGNORECASE)
"""What browsers, Jupyter and Canvas add to the name of a file that is there already."""


@dataclass
class Packet:
    """The files that one student handed in."""

    key: str
    """What tells this student from the others in this LMS."""
    name: str
    """The student's name or id, as it stands in the source."""
    number: str = ""
    """The LMS's number for the student."""
    late: bool | None = None
    """Whether the LMS says that it is late; None where it says nothing."""
    group: bool = False
    """Whether a group has handed it in."""
    lesson: str = ""
    """The lesson's folder, where there is one."""
    sent_as: str = ""
    """How the platform finds this hand-in again: `canvas:` or `moodle:` and the beginning of names; else empty."""
    files: list[tuple[File, int]] = field(default_factory=list)
    """Files, with names as the student gave them, and their order (number of the upload)."""


def packets(files: list[File], lessons: list[str]) -> list[Packet]:
    """Sort the files of a source by student.

    Args:
        files: all of them.
        lessons: names of the course's lessons: folders called so do not name a student.
    """
    files = _unwrapped(files, lessons)
    found: dict[str, Packet] = {}
    numbers: dict[str, set[str]] = {}
    for file in files:
        if match := MOODLE.fullmatch(file.parts[0]):
            numbers.setdefault(match["name"], set()).add(match["number"] or "")
    canvas = sum(_canvas(file) is not None for file in files) > len(files) / 2
    for file in files:
        packet, inner, order = _packet(file, canvas, numbers, lessons)
        sent_as, packet = packet.sent_as, found.setdefault(f"{packet.key}\0{packet.lesson}", packet)
        if sent_as and order >= max((known for _, known in packet.files), default=0):  # of several uploads the latest
            packet.sent_as = sent_as
        packet.files.append((replace(file, parts=inner), order))
    return list(found.values())


def other_platform(files: list[File], class_ids: set[str]) -> str:
    """The platform, none of those read here, that a source was exported from; empty where it looks like none of them.

    Args:
        files: all of the source.
        class_ids: students of the class; a folder that is called like one of them is that student's.
    """
    paths = [file.path for file in files]
    while len({file.parts[0] for file in files if len(file.parts) > 1}) == 1:  # the folders around all, lists beside
        files = _below(files)
    folders = sorted({file.parts[0] for file in files if len(file.parts) > 1})
    if folders and (class_ids.issuperset(folders) or all(EXCHANGE.fullmatch(name) for name in folders)):
        return ""
    for platform, form in FILES_OF_OTHERS.items():
        if any(form.fullmatch(path) for path in (*paths, *(file.path for file in files))):
            return platform
    for platform, form in FOLDERS_OF_OTHERS.items():
        if folders and all(form.fullmatch(name) for name in folders):
            return platform
    if len(folders) > 1:  # assignment-user, the assignment the same in all; student-1 is none
        pairs = zip(folders[0], folders[-1], strict=False)
        same = "".join(char for char, _ in takewhile(lambda pair: pair[0] == pair[1], pairs)).rpartition("-")[0]
        if len(same) > 3 and not any(name[len(same) + 1 :].isdigit() for name in folders):
            return "GitHub Classroom"
    return ""


def stem(name: str) -> str:
    """The name of a notebook without its ending and without what was added to tell copies apart."""
    found = re.sub(r"\.(ipynb|json|txt|html?)$", "", name, flags=re.IGNORECASE)
    found = re.sub(r"\.ipynb$", "", found, flags=re.IGNORECASE)
    while (shorter := COPY.sub("", found)) != found and shorter:
        found = shorter
    return found.strip()


def _packet(
    file: File, canvas: bool, numbers: dict[str, set[str]], lessons: list[str]
) -> tuple[Packet, tuple[str, ...], int]:
    """Whose file this is: the packet, the file's path in it, its order."""
    first, rest = file.parts[0], file.parts[1:]
    if match := MOODLE.fullmatch(first):
        name, several = match["name"], len(numbers[match["name"]]) > 1 or match["name"].casefold() in BLIND
        inner = rest or (match["file"] or first,)
        if not match["number"]:
            return Packet(f"moodle group:{name}", name, group=True), inner, 0
        key = f"moodle:{name}" + (f"#{match['number']}" if several else "")
        sent_as = f"moodle:{name}_{match['number']}"
        whose = f"{name} {match['number']}" if several else name
        return Packet(key, whose, match["number"], sent_as=sent_as), inner, 0
    if canvas and not rest and (match := _canvas(file)):
        name, late = match["name"] or match["anon"], match["late"] or match["anon_late"]
        number, order = match["user"] or "", int(match["upload"] or 0)
        inner = (match["file"] or match["typed"],)
        sent_as = f"canvas:{file.name[: match.start('file') - 1]}" if match["file"] and match["upload"] else ""
        return Packet(f"canvas:{number or name}", name, number, bool(late), sent_as=sent_as), inner, order
    if not rest:
        whose = _owner(first, lessons)
        return Packet(f"folder:{whose}", whose), (first,), 0
    if (match := EXCHANGE.fullmatch(first)) and match["lesson"] in lessons:
        order = int(re.sub(r"\D", "", match["time"]))  # of several the newest
        return Packet(f"folder:{match['student']}", match["student"], lesson=match["lesson"]), rest, order
    if first in lessons:
        student = rest[0] if len(rest) > 1 else ""
        return Packet(f"folder:{student}", student, lesson=first), rest[1:] or rest, 0
    lesson = rest[0] if len(rest) > 1 and rest[0] in lessons else ""
    return Packet(f"folder:{first}", first, lesson=lesson), rest[1:] if lesson else rest, 0


def _canvas(file: File) -> re.Match[str] | None:
    if len(file.parts) > 1:
        return None
    return CANVAS.fullmatch(file.name)


def _owner(name: str, lessons: list[str]) -> str:
    """Whose a file without a folder is: what is left of its name without the lesson's; empty where nothing is."""
    whose = re.sub(r"(\.ipynb|\.zip|\.txt|\.json)+$", "", name, flags=re.IGNORECASE)
    for lesson in sorted(lessons, key=len, reverse=True):
        for part in (lesson, lesson.partition("_")[2]):
            if part and (match := re.search(re.escape(part), whose, re.IGNORECASE)):
                after = whose[match.end() :]
                return (whose[: match.start()] + ("" if COPY.fullmatch(after) else after)).strip(" _-.")
    return whose


def _unwrapped(files: list[File], lessons: list[str]) -> list[File]:
    """The files without the one folder, if there is one, that a zip program put around all students' folders."""
    tops = {file.parts[0] for file in files}
    if len(tops) != 1 or not all(len(file.parts) > 1 for file in files) or MOODLE.fullmatch(next(iter(tops))):
        return files
    inner = _below(files)
    if any(file.parts[0] in lessons for file in inner):  # student/lesson/files of one student, or lesson/student/files
        return inner if _of_several(_below(inner)) else files
    if all(_canvas(file) or MOODLE.fullmatch(file.parts[0]) for file in inner):
        return inner
    # beside the students' folders there may lie a list
    return inner if _of_several(inner) or all(len(file.parts) > 1 for file in inner) else files


def _below(files: list[File]) -> list[File]:
    """What lies in folders, as seen from there."""
    return [replace(file, parts=file.parts[1:]) for file in files if len(file.parts) > 1]


def _of_several(files: list[File]) -> bool:
    """Whether one notebook stands in several folders, and none beside them."""
    notebooks = [file for file in files if file.name.lower().endswith(".ipynb")]
    places = {(file.name, file.parts[0]) for file in notebooks}
    return all(len(file.parts) > 1 for file in notebooks) and len(places) > len({name for name, _ in places})
