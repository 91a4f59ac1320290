"""What Formgrader shows a marker: the rubric under each written answer, and student text that cannot act.

``nbgrader_config.py`` names the parts; Formgrader's own exporter uses them while it renders a hand-in. The files on
disk stay as they are.
"""

from __future__ import annotations

import re
from pathlib import Path

import bleach
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from nbconvert.preprocessors import Preprocessor
from nbformat.v4 import new_markdown_cell

from autograder.course import Course, CourseError, grade_id, is_graded, is_solution

TAGS = {*bleach.ALLOWED_TAGS, "br", "del", "details", "dd", "div", "dl", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "hr"}
TAGS |= {"kbd", "p", "pre", "s", "span", "sub", "summary", "sup", "table", "tbody", "td", "th", "thead", "tr"}
ATTRIBUTES = {"a": ["href", "title"], "td": ["colspan", "rowspan"], "th": ["colspan", "rowspan"]}
"""No ``id`` or ``class``: they would let an answer pose as a part of the page, for instance as its field for points."""
ACTING_TEX = re.compile(r"\\(href|url|class|cssId|style|require|def|newcommand|let|unicode)\b", re.IGNORECASE)
SOLUTION = re.compile(r"### BEGIN SOLUTION\n(.*?)\n?### END SOLUTION", re.DOTALL)


def clean_html(source: str | bytes) -> str:
    """HTML without anything that acts: other tags are shown as text, links lead to the web only."""
    text = source.decode() if isinstance(source, bytes) else str(source)
    return bleach.clean(text, tags=TAGS, attributes=ATTRIBUTES, protocols={"http", "https", "mailto"})


def safe_markdown(source: str) -> str:
    """Markdown as HTML that :func:`clean_html` lets through; formulas stay, what they could start does not."""
    html = MarkdownWithMath(renderer=IPythonRenderer(escape=False, exclude_anchor_links=True)).render(source)
    return clean_html(ACTING_TEX.sub(r"\\text{\1}", html))


class ShowRubrics(Preprocessor):
    """Puts the rubric of the instructors' notebook under each written answer, on the marker's screen only."""

    def preprocess(self, nb, resources):
        """Add a cell with the rubric under each written answer; a lesson that is not there is left as it is."""
        rubrics = self._rubrics(resources.get("assignment_id", ""))
        cells = []
        for cell in nb.cells:
            cells.append(cell)
            name = grade_id(cell)
            if cell.cell_type == "markdown" and name in rubrics:
                cells.append(new_markdown_cell(f"#### For the marker\n\n{rubrics[name]}"))
        nb.cells = cells
        return nb, resources

    def _rubrics(self, name: str) -> dict[str, str]:
        """grade_id of each written answer → its rubric."""
        try:
            (lesson,) = Course(Path(self.config.CourseDirectory.root)).lessons([name])
        except (CourseError, TypeError, ValueError):  # no such lesson, no root in the settings
            return {}
        written = [
            cell for cell in lesson.cells if cell["cell_type"] == "markdown" and is_solution(cell) and is_graded(cell)
        ]
        found = {grade_id(cell): SOLUTION.search(cell["source"]) for cell in written}
        return {name: match[1] for name, match in found.items() if match}
