"""What Formgrader shows a marker: the rubric under each written answer, formulas, student text that cannot act.

``nbgrader_config.py`` names the parts; Formgrader's own exporter uses them while it renders a hand-in. The files on
disk stay as they are.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jinja2 import pass_context
from jinja2.runtime import Context
from nbconvert.exporters import TemplateExporter
from nbconvert.preprocessors import Preprocessor
from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell

from autograder.course import Course, CourseError, grade_id
from autograder.reports.rubric import Rubric, rubrics_of
from autograder.reports.safe_html import safe_markdown

TEMPLATES = str(Path(__file__).parent / "templates")


@pass_context
def markdown_in_page(context: Context, source: str) -> str:
    """:func:`safe_markdown` as a filter of nbconvert's templates: it finds attachments and the folder itself."""
    place = (context.get("resources") or {}).get("metadata", {}).get("path")
    return safe_markdown(source, getattr(context.get("cell"), "attachments", None), Path(place) if place else None)


class ShowRubrics(Preprocessor):
    """Puts the rubric of the instructors' notebook under each written answer, on the marker's screen only.

    The page gets a script of ours, too, in the place of MathJax from the web (``templates/``).
    """

    def __init__(self, **options: Any):
        super().__init__(**options)  # type: ignore[no-untyped-call]
        if isinstance(self.parent, TemplateExporter):
            self.parent.template_paths = [TEMPLATES, *self.parent.template_paths]

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        """Add a cell with the rubric under each written answer; a lesson that is not there is left as it is."""
        rubrics = self._rubrics(resources.get("assignment_id", ""))
        cells = []
        for cell in nb.cells:
            cells.append(cell)
            name = grade_id(cell)
            if cell.cell_type == "markdown" and name in rubrics:
                rubric = rubrics[name]
                # between two lines, apart from what the student wrote; not as a quote, which shows no tables
                shown = new_markdown_cell(f"---\n\n#### For the marker\n\n{rubric.text}\n\n---")
                if rubric.attachments:
                    shown["attachments"] = rubric.attachments
                cells.append(shown)
        nb.cells = cells
        return nb, resources

    def _rubrics(self, name: str) -> dict[str, Rubric]:
        try:
            (lesson,) = Course(Path(self.config.CourseDirectory.root)).lessons([name])
        except (CourseError, TypeError, ValueError):  # no such lesson, no root in the settings
            return {}
        return rubrics_of(lesson)
