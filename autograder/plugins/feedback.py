"""Lets `nbgrader generate_feedback` write the pages of :mod:`autograder.reports.feedback`, without hidden tests."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nbconvert.exporters import HTMLExporter
from nbformat import NotebookNode

from autograder.course import Course
from autograder.gradebook.record import reckon_penalties
from autograder.reports.analysis import read_class
from autograder.reports.feedback import html


class FeedbackExporter(HTMLExporter):
    """Writes the feedback page of the hand-in that nbgrader names; what stands in the notebook itself is left out."""

    def from_notebook_node(self, nb: NotebookNode, resources: Any = None, **kwargs: Any) -> Any:
        """The page, and nbconvert's resources."""
        names = resources["nbgrader"]
        course = Course(Path(self.config.CourseDirectory.root))
        reckon_penalties(course)
        (lesson,) = course.lessons([names["assignment"]])
        classroom = read_class(course, [lesson], [names["student"]])
        resources["output_extension"] = ".html"
        return html(classroom.submissions[names["student"], lesson.name], lesson, classroom), resources
