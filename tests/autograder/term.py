"""A term of a class of 60 in three lessons of the course, from the list of students to feedback handed back.

One of the class hands in nothing. The other 59 hand in lesson 02, through Moodle; twelve of them 01, through Canvas,
and 05, as folders, for a run of all takes too long for the suite: ``FULL_TERM=1`` has all 59 hand in each. Answers come
from the bank; what they should earn is asked of the lessons' checks alone, without a notebook.
"""

import csv
import json
import os
import random
import shutil
import zipfile
from contextlib import chdir
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from typer.testing import CliRunner

from autograder import cli
from autograder.authoring.answers import Answer, fill, read_bank
from autograder.authoring.trial import give, namespace, try_answer
from autograder.course import Course, Lesson, grade_id, read_notebook
from autograder.gradebook.by_hand import Mark, mark, standings
from autograder.gradebook.seen import what_is_seen
from autograder.kernels.rungs import why_no_sandbox
from course_lib.check.lesson import LessonChecks
from tests.autograder.tiny_course import REPOSITORY

FULL = bool(os.environ.get("FULL_TERM"))
CANVAS, MOODLE, FOLDERS = "01_neurons_and_activations", "02_training_by_hand", "05_softmax_classification"
WRITTEN = {CANVAS: "xor", MOODLE: "diverging", FOLDERS: "trust"}
CLASS = [
    (f"u{number:02}", first, last)
    for number, (first, last) in enumerate(
        [("Dan", "Smith"), ("Dan", "Smith"), ("Bö", "O'Neil"), ("小明", "王"), ("Eve Maria", "de la Cruz")]
        + [
            (first, last)
            for last in (
                "Ångström",
                "Brown-Jones",
                "Çelik",
                "Dvořák",
                "Ebert",
                "Foß",
                "García",
                "Hall",
                "Ito",
                "Jaber",
                "Kim",
            )
            for first in ("Ada", "Ben", "Cléo", "Dilan", "Emeka")
        ]
    )
]
IDS = [student for student, _, _ in CLASS]
NAME = {student: (first, last) for student, first, last in CLASS}
FEW = IDS[:-1] if FULL else IDS[:12]
LATE, LONGER, MEMBER, UPLOADER, AGAIN, REWORDED = "u02", "u03", "u06", "u07", "u08", "u09"
"""Late twice; has an extension; two of a team; hands in lesson 01 again, with other code, and with another text."""
ABSENT = "u59"
HANDED_IN = {CANVAS: FEW, MOODLE: IDS[:-1], FOLDERS: FEW}


@dataclass
class Term:
    """What was handed in, and what the commands said and left."""

    course: Course
    work: dict[tuple[str, str], dict[str, Answer]] = field(default_factory=dict)
    """(student, lesson) → exercise → answer."""
    said: dict[str, str] = field(default_factory=dict)
    """Step → output."""

    def lesson(self, name: str) -> Lesson:
        return next(one for one in self.course.lessons() if one.name == name)


@cache
def verdicts(lesson: str) -> dict[str, dict[str, tuple[Answer, set[str]]]]:
    """Exercise → title → the answer and the tests that it passes, asked without a notebook.

    An answer whose verdict hangs on which hidden examples were drawn is left out.
    """
    folder = REPOSITORY / "notebooks" / lesson
    (notebook,) = folder.glob("*.ipynb")
    checks, module = LessonChecks((folder / "checks.py").read_text(encoding="utf-8")), namespace(notebook)
    found: dict[str, dict[str, tuple[Answer, set[str]]]] = {}
    for name, answers in read_bank(REPOSITORY / "tests" / "answers" / lesson).items():
        exercise, known = checks.exercises[name], found.setdefault(name, {})
        for kind, most in (("right", 3), ("wrong", 5)):
            for answer in [one for one in answers if one.kind == kind][:most]:
                make = lambda: give(module, exercise, answer.title, answer.source)  # noqa: B023, E731
                trials = [try_answer(exercise, make, seed, 30) for seed in range(3)]
                passed = {(trial.visible is None, trial.hidden is None, trial.stopped) for trial in trials}
                if len(passed) == 1 and not trials[0].stopped:
                    parts = {"visible": trials[0].visible, "hidden": trials[0].hidden}
                    known[answer.title] = answer, {f"{name}_{part}" for part, fault in parts.items() if fault is None}
    return found


def write_answers(term: Term, student: str, lesson: str, dice: random.Random, essay: str = "") -> bytes:
    """A notebook of a student's; about two thirds of its answers are right."""
    chosen: dict[str, Answer] = {}
    for exercise, known in verdicts(lesson).items():
        kind = "right" if dice.random() < 2 / 3 else "wrong"
        chosen[exercise] = dice.choice([answer for answer, _ in known.values() if answer.kind == kind])
    term.work[student, lesson] = chosen
    return notebook(term, student, lesson, essay)


def notebook(term: Term, student: str, lesson: str, essay: str = "") -> bytes:
    """The student's copy with the answers that the student has chosen, and a text of the student's own."""
    sources = {exercise: answer.source for exercise, answer in term.work[student, lesson].items()}
    sources[WRITTEN[lesson]] = essay or f"I, {' '.join(NAME[student])}, measured it and it grew {student[1:]} times."
    inside, target = Path(lesson) / term.lesson(lesson).notebook.name, term.course.root / "one.ipynb"
    fill(term.course.release / inside, target, sources)
    return target.read_bytes()


def number(student: str, base: int) -> int:
    return base + IDS.index(student)


def canvas_name(term: Term, student: str, again: bool = False) -> str:
    """What Canvas calls an upload to lesson 01; the second one has a larger number, and `-1` at its end."""
    whose = "".join(char for char in f"{NAME[student][1]}{NAME[student][0]}".lower() if char.isalnum())
    late, file = "_LATE" * (student == LATE), term.lesson(CANVAS).notebook.stem
    upload = number(student, 9000 if again else 7000)
    return f"{whose}{late}_{number(student, 900)}_{upload}_{file}{'-1' * again}.ipynb"


def moodle_name(student: str) -> str:
    return f"{' '.join(NAME[student])}_{number(student, 4000)}"


def pack(path: Path, files: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def table(path: Path, rows: list[list[object]], delimiter: str = ",", encoding: str = "utf-8-sig") -> Path:
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows(rows)
    return path


def tables(term: Term) -> None:
    """The class as a spreadsheet saves it, Canvas's gradebook, Moodle's worksheet, a table of teams."""
    root = term.course.root
    people = [(student, first, last, f"{student}@uni.example") for student, first, last in CLASS]
    table(root / "class.csv", [["id", "first_name", "last_name", "email"], *map(list, people)], ";")
    canvas = [["Student", "ID", "SIS User ID", "SIS Login ID", "Section", f"{CANVAS} (555)"]]
    canvas += [["    Points Possible", "", "", "", "", "19"]]
    canvas += [[f"{last}, {first}", str(number(one, 900)), "", one, "S1", ""] for one, first, last in CLASS]
    table(root / "canvas.csv", canvas)
    sheet = [
        [
            "Identifier", "Full name", "Email address", "Status", "Grade", "Maximum grade", "Grade can be changed",
            "Last modified (submission)", "Last modified (grade)", "Feedback comments",
        ]
    ]  # fmt: skip
    for one, first, last in CLASS:
        day = "Sunday, 15" if one in (LATE, LONGER) else "Thursday, 12"
        time = "-" if one in (MEMBER, ABSENT) else f"{day} November 2026, 12:00 PM"
        who = f"Participant {number(one, 4000)}", f"{first} {last}", f"{one}@uni.example"
        sheet.append([*who, "", "", "20", "Yes", time, "-", ""])
    table(root / "worksheet.csv", sheet)
    table(root / "groups.csv", [["team", "id", "lesson"], ["red", MEMBER, "02"], ["red", UPLOADER, "02"]])


def a_term(root: Path) -> Term:
    """The term, from the list of students to feedback and exports."""
    course = Course(root)
    for lesson in WRITTEN:
        shutil.copytree(REPOSITORY / "notebooks" / lesson, course.notebooks / lesson)
    rules = 'c.LateDays.zone = "Europe/Berlin"\nc.LateDays.free_days = 1\nc.LateDays.percent_a_day = 10\n'
    rules += "c.Execute.sandbox = False\n" * bool(why_no_sandbox())
    (course.root / "nbgrader_config.py").write_text(
        (REPOSITORY / "nbgrader_config.py").read_text(encoding="utf-8") + rules, encoding="utf-8"
    )
    term = Term(course)
    with chdir(course.root):
        hand_out(term)
        hand_in(term)
        mark_by_hand(term)
        hand_in_again(term)
        give_back(term)
    return term


def run(term: Term, step: str, *arguments: str, codes: tuple[int, ...] = (0,)) -> None:
    """Type a command; keep what it said."""
    done = CliRunner().invoke(cli.app, list(arguments))
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    assert done.exit_code in codes, done.output
    term.said[step] = done.output


def grade(term: Term, step: str) -> None:
    run(term, step, "grade", *["--no-sandbox"] * bool(why_no_sandbox()))


def hand_out(term: Term) -> None:
    tables(term)
    run(term, "roster", "roster", "class.csv")
    for lesson, date in ((CANVAS, "2026-11-06"), (MOODLE, "2026-11-13"), (FOLDERS, "2026-11-20")):
        run(term, f"due {lesson}", "due", lesson, f"{date} 23:59")
    run(term, "teams", "teams", "groups.csv")
    run(term, "release", "release")


def hand_in(term: Term) -> None:
    """Each lesson on a way of its own; then the first grading."""
    dice, root = random.Random(18), term.course.root
    through_canvas = {canvas_name(term, one): write_answers(term, one, CANVAS, dice) for one in HANDED_IN[CANVAS]}
    pack(root / "submissions.zip", through_canvas)
    file = term.lesson(MOODLE).notebook.name
    through_moodle = {
        f"{moodle_name(one)}_assignsubmission_file_/{file}": write_answers(term, one, MOODLE, dice)
        for one in HANDED_IN[MOODLE]
        if one != MEMBER
    }
    pack(root / "moodle.zip", through_moodle)
    term.work[MEMBER, MOODLE] = term.work[UPLOADER, MOODLE]
    for one in HANDED_IN[FOLDERS]:
        place = root / "by-mail" / one / "my solution.ipynb"  # renamed: the cells say which lesson it is
        place.parent.mkdir(parents=True)
        place.write_bytes(write_answers(term, one, FOLDERS, dice))
    run(term, "extension", "due", "02", "2026-11-16 12:00", "--student", LONGER)
    run(term, "collect canvas", "collect", "submissions.zip", "--roster", "canvas.csv")
    run(term, "collect moodle", "collect", "moodle.zip", "--roster", "worksheet.csv")
    run(term, "collect folders", "collect", "by-mail")
    grade(term, "grade")


def mark_by_hand(term: Term) -> None:
    """Two points for everybody's text on XOR, as the page of `autograder mark` gives them."""
    lesson, cell = term.lesson(CANVAS), WRITTEN[CANVAS]
    graded = term.course.autograded
    marks = [
        Mark(one.id, one.version, what_is_seen(graded / one.student / CANVAS / lesson.notebook.name)[cell], 2.0, "Why?")
        for one in standings(term.course, lesson, cell, cell)
    ]
    assert mark(term.course, lesson, cell, cell, marks) == {}


def hand_in_again(term: Term) -> None:
    """Two students upload to Canvas anew; its next zip has the newest upload of everybody."""
    files = {}
    with zipfile.ZipFile("submissions.zip") as archive:
        for student in HANDED_IN[CANVAS]:
            files[canvas_name(term, student, student in (AGAIN, REWORDED))] = archive.read(canvas_name(term, student))
    before = term.work[AGAIN, CANVAS]
    term.work[AGAIN, CANVAS] = {
        exercise: next(one for one, _ in known.values() if one.kind == "right" and one != before[exercise])
        for exercise, known in verdicts(CANVAS).items()
    }
    files[canvas_name(term, AGAIN, True)] = notebook(term, AGAIN, CANVAS)
    files[canvas_name(term, REWORDED, True)] = notebook(
        term, REWORDED, CANVAS, "Now I know better: one line is too few."
    )
    pack(term.course.root / "again.zip", files)
    run(term, "collect again", "collect", "again.zip")
    grade(term, "grade again")


def give_back(term: Term) -> None:
    run(term, "report", "report")
    run(term, "feedback canvas", "feedback", "01", "--to", "canvas")
    run(term, "feedback moodle", "feedback", "02", "--to", "moodle")
    run(term, "feedback", "feedback", "05")
    run(term, "export canvas", "export", "--to", "canvas", "--roster", "canvas.csv")
    run(term, "export moodle", "export", "--to", "moodle")


def everything() -> set[tuple[str, str]]:
    """(student, lesson) of all that was handed in."""
    return {(student, lesson) for lesson, students in HANDED_IN.items() for student in students}


def expected(term: Term, student: str, lesson: str) -> float:
    """What the answers of a hand-in earn, by the lesson's checks."""
    points = term.lesson(lesson).grade_ids
    found = verdicts(lesson)
    answers = term.work[student, lesson].items()
    return sum(points[test] for exercise, answer in answers for test in found[exercise][answer.title][1])


def by_hand(student: str, lesson: str) -> float:
    return 2.0 if lesson == CANVAS else 0.0


def hidden_examples(graded: Path) -> set[str]:
    """What the hidden tests of a graded notebook printed of their examples, where it can be told apart."""
    lines = {
        line.split(None, 1)[1]
        for cell in read_notebook(graded)["cells"]
        if grade_id(cell).endswith("_hidden")
        for output in cell["outputs"]
        for line in output.get("evalue", "").splitlines()
        if line.startswith(("  call", "  input", "  expected", "  got")) and len(line) > 30
    }
    visible = json.dumps([cell for cell in read_notebook(graded)["cells"] if not grade_id(cell).endswith("_hidden")])
    return {line for line in lines if json.dumps(line)[1:-1] not in visible}
