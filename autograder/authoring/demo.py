"""A made-up class, to see the grader at work: twelve students whose answers come from the bank."""

from __future__ import annotations

import random
import shutil

from autograder.authoring.answers import Answer, fill, read_bank
from autograder.authoring.release import release
from autograder.course import CONFIG, Course, CourseError, Lesson, grade_id, is_written, sqlite_url

# name → how many of its answers are right; the rest are wrong or not written
CLASS = {
    "amara-okoye": 1.0,
    "bela-kovac": 0.95,
    "chiara-lunardi": 0.9,
    "dilan-aksoy": 0.9,
    "emeka-adeyemi": 0.7,
    "freja-holm": 0.65,
    "goran-petric": 0.6,
    "hanako-mori": 0.5,
    "ines-carvalho": 0.3,
    "jonas-lindgren": 0.2,
}
BROKEN, EMPTY = "katya-sorokina", "liam-obrien"
ESSAY = (
    "I would try the simple model first, measure it on data that it has not seen, and only then take the larger one."
)


LESSONS = ["01", "09"]
"""One lesson on Keras and one on Spark, by default."""


def make_class(course: Course, lessons: list[Lesson]) -> Course:
    """Lay out the course directory ``demo/`` anew, with twelve hand-ins for each lesson.

    Raises:
        CourseError: where a lesson has no answer bank.
    """
    made = Course(course.demo)
    for lesson in lessons:
        if not read_bank(course.answers / lesson.name):
            raise CourseError(f"{lesson.name} has no answers in {course.answers}.")
    shutil.rmtree(made.root, ignore_errors=True)
    made.root.mkdir()
    own = f"\nc.CourseDirectory.db_url = {sqlite_url(made.root / 'gradebook.db')!r}  # the demo's own\n"
    (made.root / CONFIG).write_text((course.root / CONFIG).read_text(encoding="utf-8") + own, encoding="utf-8")
    for lesson in lessons:
        shutil.copytree(
            lesson.folder, made.notebooks / lesson.name, ignore=shutil.ignore_patterns(".ipynb_checkpoints")
        )
    for _ in release(made, made.lessons()):
        pass
    dice = random.Random(2026)
    for lesson in made.lessons():
        _hand_in(made, lesson, read_bank(course.answers / lesson.name), dice)
    return made


def _hand_in(course: Course, lesson: Lesson, bank: dict[str, list[Answer]], dice: random.Random) -> None:
    released = course.release / lesson.name / lesson.notebook.name
    written = [grade_id(cell) for cell in lesson.cells if is_written(cell)]
    for student, skill in CLASS.items():
        sources = dict.fromkeys(written, ESSAY) if skill >= 0.5 else {}
        for exercise, answers in bank.items():
            kind = "right" if dice.random() < skill else "wrong"
            choices = [answer.source for answer in answers if answer.kind == kind]
            if choices and (kind == "right" or dice.random() < 0.7):
                sources[exercise] = dice.choice(choices)
        fill(released, course.submitted / student / lesson.name / lesson.notebook.name, sources)
    broken = course.submitted / BROKEN / lesson.name / lesson.notebook.name
    broken.parent.mkdir(parents=True)
    broken.write_bytes(released.read_bytes()[:2000])  # an upload that broke off
    (course.submitted / EMPTY / lesson.name).mkdir(parents=True)
