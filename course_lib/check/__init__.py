"""Self-checks with hints: what the check cells of a lesson call, and what its ``checks.py`` is written with.

A check cell is one line, ``check.answer("mse")``; the exercise stands in :mod:`course_lib.check.exercise`'s form beside
the notebook. ``check.hint("mse")`` helps, in three levels.
"""

from course_lib import progress
from course_lib.check.checks import CheckFailed, Mistakes, Unjudged, cases, equal, in_turn, raises, that, values, when
from course_lib.check.exercise import Exercise, beside
from course_lib.check.hints import hint
from course_lib.check.lesson import answer
from course_lib.check.outcome import unfit

__all__ = [
    "CheckFailed",
    "Exercise",
    "Mistakes",
    "Unjudged",
    "answer",
    "beside",
    "cases",
    "equal",
    "hint",
    "in_turn",
    "raises",
    "that",
    "unfit",
    "values",
    "when",
]

progress.watch()  # the one thing that importing it does: every lesson imports it, and students must not need to know
