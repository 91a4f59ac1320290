"""A student's way through a lesson in JupyterLab: start page, checks, progress in both themes, receipt."""

import json
import re

import pytest

from autograder.authoring.release import release as make_release
from course_lib import lab
from tests.autograder.conftest import make_course
from tests.autograder.tiny_course import RIGHT
from tests.browser.jupyterlab import CHROMIUM, Notebook, browser_page, server
from tests.notebooks.lessons import ROOT

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not CHROMIUM, reason="install Chromium for the browser tests (Debian: apt-get install chromium)"
    ),
]
PATH = "01_small_numbers/small_numbers.ipynb"
CONTRAST = """element => {
    const numbers = text => text.match(/[\\d.]+/g).map(Number);
    const light = rgb => rgb.slice(0, 3).map(v => v / 255)
        .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
        .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
    let behind = element;
    const clear = one => { const c = numbers(getComputedStyle(one).backgroundColor); return c.length > 3 && c[3] < 1; };
    while (clear(behind)) behind = behind.parentElement;
    const [a, b] = [getComputedStyle(element).color, getComputedStyle(behind).backgroundColor]
        .map(numbers).map(light).sort();
    return (b + 0.05) / (a + 0.05);
}"""


@pytest.fixture(scope="module")
def release(tmp_path_factory):
    course = make_course(tmp_path_factory.mktemp("student") / "course")
    list(make_release(course, course.lessons()))
    lab.write_start_page(course.release)
    return course.release


@pytest.fixture(scope="module")
def address(release):
    with server(release) as address:
        yield address


def start_page(page, address) -> str:
    """The text of the start page, opened anew."""
    page.goto(f"{address}/lab/tree/start.md?reset")
    page.get_by_role("heading", name="Keras and Apache Spark, hands on").wait_for(timeout=120_000)
    return page.locator(".jp-RenderedMarkdown").first.inner_text()


def new_cell(notebook, source) -> str:
    """Put a cell below the last one; returns its id."""
    notebook.cell("why")
    notebook.page.evaluate("() => window.jupyterapp.commands.execute('notebook:insert-cell-below')")
    cell_id = notebook.page.evaluate("() => window.jupyterapp.shell.currentWidget.content.activeCell.model.id")
    notebook.type(cell_id, source)
    return cell_id


def test_from_the_start_page_to_the_receipt(release, address):
    pictures = ROOT / "test-artifacts"
    pictures.mkdir(exist_ok=True)
    with browser_page() as page:
        assert "○ not begun" in start_page(page, address)
        assert page.get_by_role("link", name="01 · Small numbers").is_visible()

        notebook = Notebook(page, address, PATH)
        notebook.run("setup")
        for name in ("double", "greet"):
            notebook.type(name, RIGHT[name])
            notebook.run(name)
        notebook.run("double-visible")
        assert "✓ double" in notebook.output("double-visible")

        shown = new_cell(notebook, "from course_lib import progress; progress.show()")
        for theme in ("JupyterLab Light", "JupyterLab Dark"):
            page.evaluate("theme => window.jupyterapp.commands.execute('apputils:change-theme', {theme})", theme)
            page.wait_for_timeout(1000)
            output = notebook.run(shown).locator(".jp-Cell-outputArea")
            assert "1 of 2 checks pass" in output.inner_text()
            for words in ("td >> nth=0", "small", "caption", "th a", "thead th >> nth=0"):
                assert output.locator(words).first.evaluate(CONTRAST) >= 4.5, (theme, words)
            page.screenshot(path=pictures / f"progress-{theme.split()[1].lower()}.png")

        call = new_cell(notebook, "from course_lib import submit; submit.check()")
        notebook.run(call)
        assert "save it (Ctrl+S)" in notebook.output(call)
        page.keyboard.press("Control+s")
        page.wait_for_function("() => !window.jupyterapp.shell.currentWidget.context.model.dirty")
        notebook.run(call)
        notebook.page.wait_for_timeout(500)
        seen = notebook.output(call)
        assert "✗ no answer yet: why" in seen and "1.5 of 1.5 points" in seen
        notebook.type(call, "from course_lib import submit; submit.check(unfinished=True)")
        page.keyboard.press("Control+s")
        page.wait_for_function("() => !window.jupyterapp.shell.currentWidget.context.model.dirty")
        notebook.run(call)
        seen = notebook.output(call)
        page.screenshot(path=pictures / "submit.png")
        assert "Next: hand in small_numbers.ipynb" in seen
        assert re.search(r"\[█+\]", seen) is None  # the bar is gone when it has done its work
        receipt = json.loads((release / PATH).with_suffix(".receipt.json").read_text(encoding="utf-8"))
        assert receipt["unanswered"] == ["why"]

        text = start_page(page, address)
        assert "✓ double ✓ greet" in text and "ready to hand in" in text
