"""What being late costs. nbgrader's plugin says how much: ``c.LateSubmissionPlugin`` in ``nbgrader_config.py``."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from autograder.course import Course, read_config


def reckon(course: Course, notebooks: Iterable[Any]) -> None:
    """Set what nbgrader's plugin for late hand-ins takes off, as nbgrader's own step does while it grades.

    A penalty hangs on the due date, on extensions and on marks, too, and these change after grading.

    Args:
        course: whose settings.
        notebooks: handed-in ones of an open gradebook, their points committed.
    """
    from nbgrader.preprocessors import AssignLatePenalties

    plugin = None
    for notebook in notebooks:
        late, penalty = notebook.assignment.total_seconds_late, None
        if late > 0:
            if plugin is None:
                step = AssignLatePenalties(config=read_config(course.root))
                step.init_plugin()
                plugin = step.plugin_inst
            penalty = plugin.late_submission_penalty(notebook.student.id, notebook.score, late)
        notebook.late_submission_penalty = None if penalty is None else min(max(0, penalty), notebook.score)
