"""All that ``nbgrader_config.py`` names: the other door to the same engine.

``nbgrader`` and Formgrader look these names up here.
"""

from autograder.grading.execute import Execute
from autograder.plugins.attachments import DropAttachments
from autograder.plugins.cell_list import ListCells
from autograder.plugins.feedback import FeedbackExporter
from autograder.plugins.formgrader import ShowRubrics, markdown_in_page
from autograder.plugins.keep_output import KeepOutput
from autograder.plugins.late_days import AssignPenalties, LateDays
from autograder.plugins.pack_checks import PackChecks
from autograder.plugins.remember import RememberSeen
from autograder.plugins.restore import Restore
from autograder.plugins.scores import SaveScores
from autograder.processes import no_alembic
from autograder.reports.safe_html import clean_html

no_alembic.ask_here()  # nbgrader's own commands make gradebooks, too

__all__ = [
    "AssignPenalties",
    "DropAttachments",
    "Execute",
    "FeedbackExporter",
    "KeepOutput",
    "LateDays",
    "ListCells",
    "PackChecks",
    "RememberSeen",
    "Restore",
    "SaveScores",
    "ShowRubrics",
    "clean_html",
    "markdown_in_page",
]
