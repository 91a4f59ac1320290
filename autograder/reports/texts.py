"""Reads what the students of a class answered, from hand-ins as they came, for :mod:`autograder.reports.similar`."""

from __future__ import annotations

import json
import re
from pathlib import Path

from autograder.course import Course, Lesson, files_in, grade_id, is_solution
from autograder.gradebook.record import students
from autograder.gradebook.teams import Teams
from autograder.reading.bounds import MEGABYTE, too_large
from autograder.reading.notebook import Unreadable, read_leniently
from autograder.reports.statements import MOST_CHARACTERS

MOST_NOTEBOOK = 20 * MEGABYTE

Texts = dict[str, dict[str, str]]
"""Student → exercise or written answer → what stands in its cell."""


def read_texts(course: Course, lesson: Lesson) -> tuple[Texts, dict[str, str]]:
    """What students answered, and why some hand-ins are not compared.

    Answers are read from ``submitted/``; one that is not found there (another file name, a cell that lost its name)
    from ``autograded/``, where grading has put it back into its place.
    """
    texts: Texts = {}
    remarks: dict[str, str] = {}
    wanted = {grade_id(cell) for cell in lesson.cells if is_solution(cell)}
    for student, folders in sorted(_folders(course, lesson).items()):
        found: dict[str, str] = {}
        for folder in folders:
            try:
                found = {name: text for name, text in _answers(folder, lesson).items() if name in wanted} | found
            except Unreadable as error:
                remarks.setdefault(student, str(error))
            except OSError as error:
                remarks.setdefault(student, f"It cannot be read ({error.strerror}).")
            if wanted <= found.keys():
                break
        if found:
            texts[student] = found
            remarks.pop(student, None)
        else:
            remarks.setdefault(student, "None of the lesson's answers was found in it.")
        if cut := [name for name, text in found.items() if len(text) > MOST_CHARACTERS]:
            remarks[student] = f"Longer than {MOST_CHARACTERS:,} characters, compared up to there: {', '.join(cut)}."
    return texts, remarks


def teams_of(course: Course, lesson: Lesson) -> dict[str, str]:
    """Student → team, of those who do not work alone in a lesson."""
    teams = Teams.read(course, students(course))
    return {student: team for team, members in teams.together(lesson.name).items() for student in members}


def once_for_a_team(texts: Texts, teams: dict[str, str]) -> Texts:
    """Of members of a team who have the same in front of them one: it is one hand-in."""
    seen: set[tuple[str, str]] = set()
    found: Texts = {}
    for student, own in texts.items():
        if team := teams.get(student):
            key = (team, json.dumps(own, sort_keys=True))
            if key in seen:
                continue
            seen.add(key)
        found[student] = own
    return found


def _folders(course: Course, lesson: Lesson) -> dict[str, list[Path]]:
    """Student → where the hand-in lies, as it came and as it was graded."""
    found: dict[str, list[Path]] = {}
    for root in (course.submitted, course.autograded):
        for student in root.glob("[!.]*"):
            folder = student / lesson.name
            if folder.is_dir() and not folder.is_symlink():
                found.setdefault(student.name, []).append(folder)
    return found


def _answers(folder: Path, lesson: Lesson) -> dict[str, str]:
    """grade_id → text, of a hand-in's notebook: the one with the lesson's name, or the only one. Of copies the last.

    Messages name the lesson's file, never the student's, which may be called after its owner.
    """
    name = lesson.notebook.name
    if why := too_large(folder):
        raise Unreadable(why)
    notebooks = [path for path in files_in(folder) if path.suffix == ".ipynb"]
    named = [path for path in notebooks if path == folder / name] or notebooks
    if len(named) != 1:
        raise Unreadable(f"There is no {name}. Ask for it.")
    if named[0].stat().st_size > MOST_NOTEBOOK:
        raise Unreadable(f"{name} has more than {MOST_NOTEBOOK // MEGABYTE} MB. Ask for it without outputs.")
    content, _ = read_leniently(named[0].read_bytes(), name)
    cells = {grade_id(cell): cell["source"] for cell in content["cells"]}
    return {cell: re.sub("\r\n?", "\n", source) for cell, source in cells.items()}  # lines as Python counts them
