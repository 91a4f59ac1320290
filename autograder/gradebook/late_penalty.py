"""What being late costs. nbgrader's plugin says how much: ``c.LateSubmissionPlugin`` in ``nbgrader_config.py``."""

from __future__ import annotations

from autograder.course import Course, Lesson, read_config


def take_off(course: Course, lesson: Lesson, student: str) -> None:
    """Write into the gradebook what nbgrader's plugin for late hand-ins takes off one student's points for a lesson."""
    from nbformat.v4 import new_notebook
    from nbgrader.preprocessors import AssignLatePenalties

    names = {"notebook": lesson.notebook.stem, "assignment": lesson.name, "student": student}
    penalties = AssignLatePenalties(config=read_config(course.root))
    penalties.preprocess(new_notebook(), {"nbgrader": names | {"db_url": course.gradebook_url}})
