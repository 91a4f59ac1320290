"""What being late costs. nbgrader's plugin says how much: ``c.AssignLatePenalties.plugin_class`` and ``c.LateDays``."""

from __future__ import annotations

from typing import Any

from traitlets.config import Config

from autograder.course import Course, read_config
from autograder.gradebook.late_days import Rules, lateness


def reckon(course: Course, gradebook: Any, students: list[str] | None = None, config: Config | None = None) -> None:
    """Set what nbgrader's plugin for late hand-ins takes off, as nbgrader's own step does while it grades.

    A penalty hangs on the due date, on extensions, on other lessons' free days and on marks, and these change after
    grading. So all hand-ins of a student are reckoned together.

    Args:
        course: whose settings.
        gradebook: open, its points committed.
        students: only these.
        config: other settings than the course's own.

    Raises:
        CourseError: where settings or the table of extensions are not as they must be.
    """
    from nbgrader.api import SubmittedAssignment
    from nbgrader.preprocessors import AssignLatePenalties

    config = read_config(course.root) if config is None else config
    found = lateness(course, gradebook, students, Rules.of(course, config))
    step, plugin = AssignLatePenalties(config=config), None
    query = gradebook.db.query(SubmittedAssignment)
    for submission in query if students is None else query.filter(SubmittedAssignment.student_id.in_(students)):
        late = found.get((submission.student_id, submission.name))
        for notebook in submission.notebooks:
            penalty = None
            if late and late.handed_in > late.due:
                if plugin is None:
                    step.init_plugin()
                    plugin = step.plugin_inst
                step.late = late  # for LateDays; another plugin knows nothing of it
                seconds = (late.handed_in - late.due).total_seconds()
                penalty = plugin.late_submission_penalty(submission.student_id, notebook.score, seconds)
            notebook.late_submission_penalty = None if penalty is None else min(max(0, penalty), notebook.score)
    gradebook.db.commit()
