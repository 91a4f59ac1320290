"""Grace, free late days, and per cent a day, as nbgrader's plugin for late hand-ins.

:mod:`autograder.gradebook.late_days` says how days are counted and which of them are free.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbgrader.api import Gradebook
from nbgrader.plugins import LateSubmissionPlugin
from nbgrader.preprocessors import AssignLatePenalties
from traitlets import Float, Int, Unicode

from autograder.course import Course
from autograder.gradebook.late_days import Rules, lateness
from autograder.gradebook.late_penalty import reckon


class LateDays(LateSubmissionPlugin):
    """What is taken off for being late."""

    grace_minutes = Float(0, min=0, help="So many minutes late cost nothing, at the end of each day.").tag(config=True)
    free_days = Int(0, min=0, help="So many late days are free for each student, in all, over the term.").tag(
        config=True
    )
    percent_a_day = Float(
        0, min=0, max=100, help="So much of the points earned is taken off for each other day that has begun."
    ).tag(config=True)
    zone = Unicode("", help="The course's time zone, for instance Europe/Berlin; by default this machine's.").tag(
        config=True
    )

    def late_submission_penalty(self, student_id: str, score: float, total_seconds_late: float) -> float | None:
        """Points to take off a hand-in, or None.

        Args:
            student_id: whose.
            score: what it earned.
            total_seconds_late: not used: free days hang on the student's other lessons, too.
        """
        rules = Rules(self.grace_minutes, self.free_days, self.percent_a_day, self.zone, self.penalty_method == "zero")
        late = getattr(self.parent, "late", None)
        if late is None:  # nbgrader's own step has called
            course = Course(Path(self.config.CourseDirectory.root))
            found = lateness(course, self.parent.gradebook, [student_id], rules)
            late = found.get((student_id, self.parent.assignment_id))
        return (rules.penalty(late, score) if late else 0) or None


class AssignPenalties(AssignLatePenalties):
    """nbgrader's step that takes points off, for all lessons of the student: a free day spent on one is gone."""

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        names = resources["nbgrader"]
        with Gradebook(names["db_url"]) as gradebook:
            reckon(Course(Path(self.config.CourseDirectory.root)), gradebook, [names["student"]], self.config)
        return nb, resources
