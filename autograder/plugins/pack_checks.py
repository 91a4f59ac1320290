"""Gives each released lesson the visible half of its checks, packed; `checks.py` itself is never released.

``c.CourseDirectory.ignore`` keeps nbgrader from copying that file; this step writes ``.checks`` beside the notebook.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor

from autograder.course import Course
from course_lib.check.lesson import pack
from course_lib.student.copy import CHECKS


class PackChecks(NbGraderPreprocessor):
    """Adds the file to what nbconvert writes."""

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        """Pack the checks of the lesson that is being released; a lesson without any gets no file."""
        course = Course.find(Path(self.config.CourseDirectory.root))
        (lesson,) = course.lessons([resources["nbgrader"]["assignment"]])
        if lesson.checks:
            resources.setdefault("outputs", {})[CHECKS] = pack(lesson.checks).encode()
        return nb, resources
