"""Self-checks with hints: the only thing that the test cells of a lesson call. See :mod:`course_lib.check.checks`."""

from course_lib import progress
from course_lib.check.checks import CheckFailed, Mistakes, cases, equal, that, values
from course_lib.check.hints import hint

__all__ = ["CheckFailed", "Mistakes", "cases", "equal", "hint", "that", "values"]

progress.watch()  # the one thing that importing it does: every lesson imports it, and students must not need to know
