"""What plain nbgrader, Formgrader and the autograder all read. Paths are relative to the course's root."""

import os
import sys
from pathlib import Path

# nbgrader starts its helper `alembic` by name: let it be found also where the environment is not activated.
os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])

c = get_config()  # noqa: F821  (nbgrader defines it)

c.CourseDirectory.root = str(Path(__file__).resolve().parent)
if set(c.CourseDirectory.root) & set("%?"):  # in the address of a database these begin something else
    place = c.CourseDirectory.root.replace("%", "%25").replace("?", "%3F")
    c.CourseDirectory.db_url = f"sqlite:///{place}/gradebook.db"
c.CourseDirectory.course_id = "keras_spark"
c.CourseDirectory.source_directory = "notebooks"

# Instructors' eyes only; what students get of it, packed, PackChecks writes.
c.CourseDirectory.ignore = [".ipynb_checkpoints", "*.pyc", "__pycache__", "feedback", "checks.py"]

# pictures pasted into a rubric go with it
c.GenerateAssignment.preprocessors.append("autograder.plugins.DropAttachments")
c.GenerateAssignment.preprocessors.append("autograder.plugins.PackChecks")
# the picture that a lesson opens with is there before anything has run
c.GenerateAssignment.preprocessors.append("autograder.plugins.KeepOutput")
# the student's own tools (start page, submit.check) know the lesson's cells from this list
c.GenerateAssignment.preprocessors.append("autograder.plugins.ListCells")

c.ClearSolutions.code_stub = {"python": 'raise NotImplementedError("Write your answer here, then delete this line.")'}
c.ClearSolutions.text_stub = "*Write your answer here.*"

c.Autograde.exporter_class = "autograder.plugins.RememberSeen"  # a mark stands until what the marker saw changes
c.Autograde.sanitize_preprocessors = [
    "autograder.plugins.Restore",  # the lesson's own cells as they were written; copied, split and lost ones mended
    "nbgrader.preprocessors.OverwriteCells",
    "nbgrader.preprocessors.CheckCellMetadata",
]
c.Autograde.autograde_preprocessors = [
    "autograder.plugins.Execute",  # a forked kernel in a sandbox; what breaks costs the cells from there on, no more
    "nbgrader.preprocessors.LimitOutput",
    "autograder.plugins.SaveScores",  # warnings cost nothing; only a test that ran to its end gives full points
    "autograder.plugins.AssignPenalties",
    "nbgrader.preprocessors.CheckCellMetadata",
]
c.Execute.timeout = 120  # seconds per cell: a first Spark session alone may take 25
c.Execute.limit = 600  # seconds per hand-in
c.Execute.memory = 3000  # MB per hand-in, with Java and Spark's workers
c.Execute.startup_timeout = 120

# What being late costs, as it stands: nothing. docs/instructors.md tells all of it, "Due dates, extensions, late days".
# Changes count at the next command; nothing is graded again for them.
c.AssignLatePenalties.plugin_class = "autograder.plugins.LateDays"
c.LateDays.zone = ""  # where the course is, for instance "Europe/Berlin"; empty: where this machine is
c.LateDays.grace_minutes = 0
c.LateDays.free_days = 0  # in all, over the term
c.LateDays.percent_a_day = 0  # of the points earned, for each late day that is not free

# Formgrader's feedback, and that of `nbgrader generate_feedback`: the pages of `autograder feedback`, no hidden tests
c.GenerateFeedback.exporter_class = "autograder.plugins.FeedbackExporter"

# What a marker sees in Formgrader: the rubric under each written answer; nothing that a student wrote can act there
c.HTMLExporter.preprocessors = ["autograder.plugins.ShowRubrics"]
c.HTMLExporter.sanitize_html = True
c.HTMLExporter.filters = {
    "markdown2html": "autograder.plugins.markdown_in_page",
    "clean_html": "autograder.plugins.clean_html",
}
