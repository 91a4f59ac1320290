"""Pictures pasted into notebooks: a marker sees them, students do not see those of a rubric, nothing breaks on one."""

import json
import re

import nbformat
import pytest
from nbconvert.exporters import HTMLExporter
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from traitlets.config import Config

from autograder.authoring.release import leaks, release
from autograder.course import Course, CourseError, read_config
from autograder.reports.safe_html import clean_html, safe_markdown
from tests.autograder.test_plain_nbgrader import nbgrader
from tests.autograder.tiny_course import LESSON, NOTEBOOK, lesson_cells, named, write_notebook

DOT = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
RUBRIC = "R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"
SVG = "PHN2ZyBvbmxvYWQ9ImFsZXJ0KDEpIi8+"


@pytest.mark.parametrize("kind, data", [("png", DOT), ("jpeg", DOT), ("gif", RUBRIC), ("svg+xml", SVG)])
@pytest.mark.parametrize("name", ["image.png", "my image.png"])
def test_an_attached_picture_is_shown(kind, data, name):
    attachments = {name: {f"image/{kind}": data}}
    for typed in (f"![a plot](<attachment:{name}>)", f'<img src="attachment:{name}" alt="a plot">'):
        html = safe_markdown(typed, attachments)
        assert f'<img src="data:image/{kind};base64,{data}" alt="a plot">' in html


@pytest.mark.parametrize(
    "attachments",
    [
        None,
        {},
        7,
        {"x.png": None},
        {"x.png": {}},
        {"x.png": {"image/png": None}},
        {"x.png": {"text/html": SVG}},
        {"x.png": {"image/png": '" onerror="alert(1)'}},
        {"x.png": {"image/png": "<script>alert(1)</script>"}},
        {"other.png": {"image/png": DOT}},
    ],
)
def test_where_there_is_no_picture_its_description_is_shown(attachments):
    html = safe_markdown("![a plot](attachment:x.png) and *words*", attachments)
    assert "a plot" in html and "<em>words</em>" in html
    for acting in ("<img", "<script", "onerror="):
        assert acting not in html


@pytest.mark.parametrize(
    "hostile",
    [
        f"![x](data:text/html;base64,{SVG})",
        f'<img src="data:text/html;base64,{SVG}">',
        f'<img src="data:image/svg+xml;base64,{SVG}#" onload="alert(1)">',
        f'<a href="data:image/svg+xml;base64,{SVG}">x</a>',
        f"[x](data:image/svg+xml;base64,{SVG})",
        f'<iframe src="data:image/svg+xml;base64,{SVG}"></iframe>',
        f'<img alt="<script>alert(1)</script>" src="http://example.org/data:image/png;base64,{DOT}">',
        "<img alt='\"><script>alert(1)</script>'>",
        "![<script>alert(1)</script>](https://example.org/spy.png)",
    ],
)
def test_no_picture_acts_leads_away_or_is_fetched(hostile):
    html = safe_markdown(hostile)
    for acting in ("<script", "<iframe", "onload=", 'href="data', 'src="http', "text/html"):
        assert acting not in re.sub(r"&lt;.*?&gt;", "", html)
    assert not re.search(r'<img[^>]+src="(?!data:image/)', html)


@pytest.mark.parametrize("source", [None, 7, "> " * 5000 + "x", "<div>" * 3000, "half \ud83d", "[" * 3000, "$" * 999])
def test_whatever_stands_there_something_is_shown(source):
    assert isinstance(safe_markdown(source), str)
    safe_markdown(source).encode()
    clean_html(str(source)).encode()


def test_a_picture_beside_the_notebook_is_shown_and_no_other_file(tmp_path):
    folder = tmp_path / "ada"
    (folder / "plots").mkdir(parents=True)
    for name in ("plots/my plot.PNG", "notes.txt", "../secret.png"):
        (folder / name).write_bytes(b"content")
    (folder / "link.png").symlink_to(tmp_path / "secret.png")
    shown = "data:image/png;base64,Y29udGVudA=="
    for typed in ("![a plot](<plots/my plot.PNG>)", '<img src="plots/my%20plot.PNG" alt="a plot">'):
        assert f'<img src="{shown}" alt="a plot">' in safe_markdown(typed, None, folder)
    for other in (
        "notes.txt",
        "../secret.png",
        "link.png",
        "gone.png",
        f"{tmp_path}/secret.png",
        "plots",
        "%00.png",
        "",
    ):
        html = safe_markdown(f"![a plot]({other})", None, folder)
        assert "<img" not in html and "a plot" in html


def test_what_cannot_be_rendered_is_shown_as_it_was_typed(monkeypatch):
    def fail(*_):
        raise RecursionError

    monkeypatch.setattr("autograder.reports.safe_html.MarkdownWithMath", fail)
    assert safe_markdown("a <b> *c*") == "<pre>a &lt;b&gt; *c*</pre>"
    monkeypatch.setattr("autograder.reports.safe_html.bleach.clean", fail)
    assert clean_html("<script>") == "<pre>&lt;script&gt;</pre>"


def with_pictures(course: Course) -> list[dict]:
    """The lesson, with a picture in its rubric, one that is named nowhere any more, and one in its title."""
    cells = lesson_cells()
    named(cells, "why").update(
        source="Why? ![shown](attachment:task.png)\n### BEGIN SOLUTION\nLike ![rubric](attachment:rubric.gif)\n"
        "### END SOLUTION",
        attachments={
            "rubric.gif": {"image/gif": RUBRIC},
            "left.gif": {"image/gif": RUBRIC},
            "task.png": {"image/png": DOT},
        },
    )
    cells[0].update(
        source="# Small\n\n![title](attachment:my%20title.png)", attachments={"my title.png": {"image/png": DOT}}
    )
    write_notebook(course.notebooks / LESSON / NOTEBOOK, cells)
    return cells


def formgraders_page(course: Course, notebook) -> str:
    """What Formgrader shows of a graded notebook."""
    from nbgrader.server_extensions.formgrader import handlers

    config: Config = read_config(course.root)
    config.HTMLExporter.template_name = "formgrade"
    config.HTMLExporter.extra_template_basedirs = [handlers.template_path]
    path = course.autograded / "ada" / LESSON / NOTEBOOK
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, path)
    resources = {"assignment_id": LESSON, "notebook_id": "small_numbers", "submission_id": "1", "index": 0, "total": 1}
    resources |= {"base_url": "", "student": "ada", "last_name": "", "first_name": "", "notebook_path": ""}
    page, _ = HTMLExporter(config=config).from_filename(str(path), resources=resources)
    return page


def test_formgrader_opens_every_hand_in(course):
    with_pictures(course)
    about = {"nbgrader": {"grade_id": "why", "grade": True, "solution": True, "points": 2, "locked": False}}
    text = "Mine: ![pasted](attachment:image.png) ![lost](attachment:gone.png) ![beside](plot.svg)"
    written = new_markdown_cell(text, metadata=about)
    (course.autograded / "ada" / LESSON).mkdir(parents=True)
    (course.autograded / "ada" / LESSON / "plot.svg").write_text("<svg/>")
    written["attachments"] = {"image.png": {"image/png": DOT}}
    other = new_markdown_cell("![svg](attachment:s.svg) ![none](attachment:s.svg2)")
    other["attachments"] = {"s.svg": {"image/svg+xml": SVG}}
    shown = [
        new_output("display_data", data={"text/html": f"<img src='data:image/png;base64,{DOT}'><script>x</script>"}),
        new_output("display_data", data={"image/png": DOT, "text/plain": "x"}),
        new_output("stream", text="\x1b[31m<b>"),
        new_output("error", ename="E", evalue="<b>", traceback=["<script>alert(1)</script>"]),
    ]
    page = formgraders_page(course, new_notebook(cells=[written, other, new_code_cell("!ls", outputs=shown)]))
    for part in (
        f'src="data:image/png;base64,{DOT}"',
        f"data:image/svg+xml;base64,{SVG}",
        "lost",
        "none",
        "data:image/svg+xml;base64,PHN2Zy8+",
    ):
        assert part in page
    assert f"data:image/gif;base64,{RUBRIC}" in page and "For the marker" in page
    assert "<script>x" not in page and "<script>alert(1)" not in page


@pytest.mark.slow
@pytest.mark.parametrize("by", ["autograder", "nbgrader"])
def test_the_pictures_of_a_rubric_stay_with_the_instructor(course, by):
    with_pictures(course)
    if by == "autograder":
        list(release(course, course.lessons()))
    else:
        nbgrader(course, "generate_assignment", LESSON)
    text = (course.release / LESSON / NOTEBOOK).read_text(encoding="utf-8")
    assert RUBRIC not in text and "rubric" not in text
    cells = json.loads(text)["cells"]
    assert named(cells, "why")["attachments"] == {"task.png": {"image/png": DOT}}
    assert list(cells[0]["attachments"]) == ["my title.png"]
    assert leaks(course.lessons()[0], course.release / LESSON) == []


LONG = "Two points for a reason that secretly convinces."


@pytest.mark.slow
def test_a_release_that_gives_something_away_beside_the_text_is_found(course):
    with_pictures(course)
    cells = json.loads((course.notebooks / LESSON / NOTEBOOK).read_text())["cells"]
    named(cells, "why")["source"] += f"\n### BEGIN SOLUTION\n{LONG}\n### END SOLUTION"
    write_notebook(course.notebooks / LESSON / NOTEBOOK, cells)
    (lesson,) = course.lessons()
    list(release(course, [lesson]))
    path = course.release / LESSON / NOTEBOOK
    clean = path.read_text(encoding="utf-8")
    output = {"output_type": "stream", "name": "stdout", "text": [LONG, "\n"]}

    def found(change) -> str:
        content = json.loads(clean)
        change(content)
        path.write_text(json.dumps(content), encoding="utf-8")
        return "; ".join(leaks(lesson, path.parent))

    assert found(lambda content: None) == ""
    attachments = {"x.gif": {"image/gif": RUBRIC}}
    assert "attachment of cell why" in found(lambda c: named(c["cells"], "why").update(attachments=attachments))
    named_now = "![x](attachment:x.gif)"
    assert "attachment of cell title" in found(
        lambda c: c["cells"][0].update(source=named_now, attachments=attachments)
    )
    assert "beside the text of cell title" in found(lambda c: c["cells"][0]["metadata"].update(note=[LONG]))
    assert "in the metadata" in found(lambda c: c["metadata"].update(note={"a": LONG}))
    assert "beside the text of cell setup" in found(lambda c: named(c["cells"], "setup").update(outputs=[output]))
    assert "output of cell double" in found(lambda c: named(c["cells"], "double").update(outputs=[output]))
    found(lambda content: None)
    for name, text in {
        "notes.md": f"So:\n\n  {LONG}\n",
        "other.ipynb": json.dumps({"cells": [{"source": [LONG]}]}),
    }.items():
        (path.parent / name).write_text(text, encoding="utf-8")
        assert f"why in {name}" in "; ".join(leaks(lesson, path.parent))


@pytest.mark.slow
def test_such_a_lesson_is_not_released(course):
    cells = lesson_cells()
    named(cells, "why")["source"] = f"### BEGIN SOLUTION\n{LONG}\n### END SOLUTION"
    write_notebook(course.notebooks / LESSON / NOTEBOOK, cells)
    (course.notebooks / LESSON / "rubric.txt").write_text(f"why: {LONG}", encoding="utf-8")
    with pytest.raises(CourseError, match=r"the hidden part of cell why in rubric\.txt"):
        list(release(course, course.lessons()))
