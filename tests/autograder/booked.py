"""A course of three small lessons whose gradebook is filled in by hand: points, times and marks without a kernel."""

from datetime import datetime

from autograder.course import Course
from autograder.gradebook import record
from autograder.gradebook.team_work import SECRET
from tests.autograder.tiny_course import cell, write_notebook

LESSONS = ("01_small_numbers", "02_large_numbers", "03_odd_numbers")


def three_lessons(course: Course) -> Course:
    """Give the tiny course a second and a third lesson."""
    for name in LESSONS[1:]:
        cells = [
            cell("code", "triple", "def triple(x):\n    return 3 * x", solution=True),
            cell("code", "triple_hidden", "assert triple(2) == 6", grade=True, locked=True, points=10),
            cell("markdown", "why", "*Write.*", grade=True, solution=True, points=2),
        ]
        write_notebook(course.notebooks / name / f"{name[3:]}.ipynb", cells)
    return course


def book(course: Course, student: str, lesson: str, handed_in: str = "", points: float = 10) -> None:
    """Write a hand-in into the gradebook: one test of 10 points, and a written answer that waits.

    Args:
        course: whose gradebook.
        student: who.
        lesson: which lesson.
        handed_in: when, as ISO 8601 in UTC; empty: nobody knows.
        points: of the test.
    """
    name = lesson[3:]
    with record.open_gradebook(course) as gradebook:
        gradebook.update_or_create_assignment(lesson)
        gradebook.update_or_create_notebook(name, lesson)
        gradebook.update_or_create_grade_cell("triple_hidden", name, lesson, max_score=10, cell_type="code")
        gradebook.update_or_create_grade_cell("why", name, lesson, max_score=2, cell_type="markdown")
        gradebook.update_or_create_solution_cell("why", name, lesson)
        gradebook.update_or_create_student(student)
        submission = gradebook.update_or_create_submission(lesson, student)
        submission.timestamp = datetime.fromisoformat(handed_in) if handed_in else None
        grade = gradebook.find_grade("triple_hidden", name, lesson, student)
        grade.auto_score, grade.needs_manual_grade = points, False
        gradebook.find_grade("why", name, lesson, student).needs_manual_grade = True
        gradebook.db.commit()


def penalties(course: Course, student: str = "ada") -> dict[str, float]:
    """Number of the lesson → points taken off, as the gradebook has them."""
    with record.open_gradebook(course) as gradebook:
        found = gradebook.student_submissions(student)
        return {one.name[:2]: one.late_submission_penalty for one in sorted(found, key=lambda one: one.name)}


def rule(course: Course, **settings: object) -> None:
    """Change what being late costs."""
    with (course.root / "nbgrader_config.py").open("a", encoding="utf-8") as config:
        config.writelines(f"c.LateDays.{name} = {value!r}\n" for name, value in settings.items())


def files(course: Course, student: str, lesson: str) -> dict[str, bytes]:
    """What lies in a hand-in's folder, but for what is its student's own."""
    folder = course.submitted / student / lesson
    return {path.name: path.read_bytes() for path in folder.glob("*") if path.name != SECRET}
