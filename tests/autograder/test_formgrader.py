"""What Formgrader shows a marker: rubrics, and student text that cannot act."""

import re

import pytest
from nbconvert.exporters import HTMLExporter
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from traitlets.config import Config

from autograder.course import read_notebook
from autograder.plugins.formgrader import ShowRubrics
from autograder.reading.sanitize import formula
from autograder.reports.safe_html import clean_html, safe_markdown
from tests.notebooks.lessons import NOTEBOOKS


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<svg onload=alert(1)>",
        "[x](javascript:alert(1))",
        "<a href='javascript:alert(1)'>x</a>",
        "<a href='&#106;avascript:alert(1)'>x</a>",
        "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
        "<form action=/formgrader/api><button>x</button></form>",
        "<style>body {display: none}</style>",
        "<p id='xor' class='score' style='position: fixed'>x</p>",
        "`<script>alert(1)</script>`",
        "```html\n<img src=x onerror=alert(1)>\n```",
        "![x](javascript:alert(1))",
        "$\\href{javascript:alert(1)}{x}$",
        "$\\class{score}{x} \\style{position: fixed}{y} \\color{red}{z}$",
        "$\\hspace{-400em} \\text{<script>alert(1)</script>}$",
        '![$\\text{" onerror=alert(1) x="}$](x.png)',
        '<td colspan="\n\n$\\text{" onerror=alert(1) x="}$\n\n">',
    ],
)
def test_an_answer_cannot_act(hostile):
    html = safe_markdown(hostile)
    for acting in (
        "<script",
        "<img",
        "<svg",
        "<iframe",
        "<form",
        "<button",
        "<style",
        'href="j',
        "style=",
        "id=",
        "\\href",
        "class=",
        "-400em",
        '" onerror',
    ):
        assert acting not in html


def test_an_honest_answer_stays_as_it_is():
    html = safe_markdown(
        "## Why\n\n**bold**, `a < b`, $W_2 W_1 < 1$, [web](https://keras.io)\n\n| a | b |\n|---|---|\n| 1 | 2 |"
    )
    formula = "<mi>W</mi><mn>1</mn></msub><mo>&lt;</mo>"
    for part in ("<h2>Why</h2>", "<strong>bold</strong>", formula, 'href="https://keras.io"', "<td>1</td>"):
        assert part in html
    assert "<code>a &lt; b</code>" in html


def test_formulas_need_no_mathjax_and_what_is_no_formula_stays_as_it_was_typed():
    html = safe_markdown("$$\\frac{a}{b}$$\n\n\\begin{align}a &= b\\\\ c &= d\\end{align}\n\n$\\frac{$ $\\nonsense x$")
    assert "<math display=block><mrow><mfrac>" in html and html.count("<mtr>") == 2
    assert "<code>\\frac{</code>" in html and "<code>\\nonsense x</code>" in html
    for tex in ("{" * 1500 + "}" * 1500, "x" * 10_000):
        assert tex in safe_markdown(f"${tex}$")


def test_every_formula_of_the_course_is_drawn():
    cells = [cell for path in NOTEBOOKS for cell in read_notebook(path)["cells"] if cell["cell_type"] == "markdown"]
    formulas = [tex for cell in cells for tex in re.findall(r"\$\$(.+?)\$\$|\$([^$]+)\$", cell["source"], re.DOTALL)]
    assert len(formulas) > 200
    assert [tex for tex in formulas if not formula(tex[0] or tex[1]).startswith("<math")] == []


def test_outputs_are_cleaned_too():
    assert "<script" not in clean_html(b"<b>x</b><script>alert(1)</script>")
    assert clean_html("<b>x</b>") == "<b>x</b>"


def test_rubrics_stand_under_written_answers_and_nowhere_on_disk(course):
    config = Config({"CourseDirectory": {"root": str(course.root)}})
    written = next(
        cell
        for cell in course.lessons()[0].cells
        if "### BEGIN SOLUTION" in cell["source"] and cell["cell_type"] == "markdown"
    )
    name = written["metadata"]["nbgrader"]["grade_id"]
    answer = new_markdown_cell("mine", metadata={"nbgrader": {"grade_id": name, "grade": True, "solution": True}})
    handed_in = new_notebook(
        cells=[new_markdown_cell("text"), answer, new_code_cell("1", outputs=[new_output("stream", text="1")])]
    )
    shown, _ = ShowRubrics(config=config, enabled=True).preprocess(handed_in, {"assignment_id": "01_small_numbers"})
    assert [cell.cell_type for cell in shown.cells] == ["markdown", "markdown", "markdown", "code"]
    assert "#### For the marker" in shown.cells[2].source and "BEGIN SOLUTION" not in shown.cells[2].source


def test_a_lesson_that_is_not_there_is_shown_without_rubric(course):
    config = Config({"CourseDirectory": {"root": str(course.root)}})
    for known, name in ((config, "99_other"), (Config(), "01_small_numbers")):
        shown, _ = ShowRubrics(config=known).preprocess(
            new_notebook(cells=[new_markdown_cell("x")]), {"assignment_id": name}
        )
        assert len(shown.cells) == 1


def test_the_config_wires_them_into_nbgraders_exporter(course):
    source = (course.root / "nbgrader_config.py").read_text(encoding="utf-8")
    config = Config()
    exec(
        compile(source, str(course.root / "nbgrader_config.py"), "exec"),
        {"get_config": lambda: config, "__file__": str(course.root / "nbgrader_config.py")},
    )
    page, _ = HTMLExporter(config=config).from_notebook_node(
        new_notebook(cells=[new_markdown_cell("<script>alert(1)</script>")])
    )
    assert "<script>alert(1)" not in page and "&lt;script&gt;alert(1)" in page
    assert "/mathjax/" not in page
