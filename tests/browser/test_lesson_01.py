"""A new student in JupyterLab: runs lesson 01, answers wrongly, reads the hint, answers rightly, guesses."""

import json
import shutil
import subprocess
import sys

import pytest

from tests.browser.jupyterlab import CHROMIUM, Notebook, browser_page, server
from tests.notebooks.lessons import ROOT

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not CHROMIUM, reason="install Chromium for the browser tests (Debian: apt-get install chromium)"
    ),
]

LESSON = "01_neurons_and_activations"
WRONG = "def leaky_relu(x):\n    return np.maximum(0.01 * x, x)\n"
RIGHT = "def leaky_relu(x):\n    return np.maximum(0.1 * x, x)\n"


@pytest.fixture(scope="module")
def release(tmp_path_factory):
    """The student version, made in a copy of the course."""
    course = tmp_path_factory.mktemp("course")
    shutil.copytree(ROOT / "notebooks" / LESSON, course / "notebooks" / LESSON)
    shutil.copy(ROOT / "nbgrader_config.py", course)
    subprocess.run([sys.executable, "-m", "autograder.cli", "release"], cwd=course, check=True)
    return course / "release"


@pytest.fixture(scope="module")
def notebook(release):
    with server(release) as address, browser_page() as page:
        yield Notebook(page, address, f"{LESSON}/neurons_and_activations.ipynb")


@pytest.fixture
def screenshot(notebook, request):
    """Keep a picture of what the student saw; ``test-artifacts/`` is ignored by git."""
    yield
    folder = ROOT / "test-artifacts"
    folder.mkdir(exist_ok=True)
    notebook.page.screenshot(path=folder / f"{request.node.name}.png")


def test_an_untouched_answer_asks_to_be_written(notebook, screenshot):
    notebook.run_up_to("leaky_relu-task", timeout=180)
    assert "✗ neuron · not written yet" in notebook.output("neuron_visible")
    assert "Traceback" not in notebook.output("neuron_visible")
    assert notebook.cell("opening-picture").locator("img[alt^='Four panels']").is_visible()


def test_a_figure_needs_no_scrolling_at_1024_pixels(notebook, screenshot):
    notebook.page.set_viewport_size({"width": 1024, "height": 900})
    notebook.page.wait_for_timeout(500)
    shown = notebook.cell("opening-picture").locator(".jp-OutputArea-output:has(img)")
    room, needed = shown.evaluate("output => [output.clientWidth, output.scrollWidth]")
    notebook.page.set_viewport_size({"width": 1280, "height": 900})
    assert needed <= room


def test_a_wrong_answer_gets_its_hint(notebook, screenshot):
    notebook.type("leaky_relu", WRONG)
    notebook.run("leaky_relu")
    notebook.run("leaky_relu_visible")
    seen = notebook.output("leaky_relu_visible")
    assert "✗ leaky_relu · slope 0.01" in seen
    assert "The slope for negative x is 0.1 in this course" in seen


def test_more_help_comes_on_demand(notebook, screenshot):
    notebook.type("leaky_relu", WRONG + 'check.hint("leaky_relu")')
    notebook.run("leaky_relu")
    assert "Nudge (1 of 3)" in notebook.output("leaky_relu")


def test_the_right_answer_passes(notebook, screenshot):
    notebook.type("leaky_relu", RIGHT)
    notebook.run("leaky_relu")
    notebook.run("leaky_relu_visible")
    assert notebook.output("leaky_relu_visible").strip() == "✓ leaky_relu: 2 examples"


def test_test_cells_are_folded_and_locked(notebook, screenshot):
    cell = notebook.cell("leaky_relu_visible")
    assert "Run this cell to check your answer." in cell.inner_text()
    assert "mistakes" not in cell.inner_text()


def test_a_slider_moves_the_picture(notebook, screenshot):
    playground = notebook.run("neuron-playground")
    words = playground.locator(".pg-words")
    words.wait_for(timeout=30_000)
    assert "weights 1 and 1," in words.inner_text()
    playground.get_by_label("weight w₁", exact=True).press("ArrowRight")
    notebook.page.wait_for_function(
        "document.querySelector('.jp-mod-active .pg-words').textContent.includes('weights 1.1 and 1,')"
    )


def test_a_guess_is_made_from_the_keyboard_and_counts(notebook, release, screenshot):
    notebook.run("setup")
    form = notebook.run("predict-dead").locator("form")
    form.get_by_role("group", name="After 300 steps").wait_for(timeout=30_000)
    assert "Measured" not in notebook.output("predict-dead")
    page = notebook.page
    form.get_by_role("radio").first.focus()
    for key in ("ArrowDown", "Tab", "Enter"):
        page.keyboard.press(key)
    form.get_by_text("Kept: the ReLU").wait_for(timeout=30_000)
    assert page.evaluate("() => window.jupyterapp.shell.currentWidget.content.activeCell.model.id") == "predict-dead"
    page.screenshot(path=ROOT / "test-artifacts" / "predict-form.png")

    notebook.run("dead-neuron")
    notebook.run("answer-dead")
    seen = notebook.output("answer-dead")
    assert "You said: the ReLU" in seen and "Measured: the Leaky ReLU" in seen and "its slope is 0" in seen
    assert "predict.answer" not in notebook.cell("answer-dead").inner_text(), "folded: it would give the answer away"
    record = json.loads((release / ".course-progress" / f"{LESSON}.json").read_text(encoding="utf-8"))
    assert (record["predictions"]["dead"]["said"], record["predictions"]["dead"]["right"]) == ("the ReLU", False)


@pytest.mark.parametrize(
    "name, keys, said",
    [
        ("width", ["1", "6"], "16 times smaller"),
        ("small-variance", ["s", "Tab", "t", "Tab", "R"], "sigmoid → tanh → ReLU"),
    ],
    ids=["number", "order"],
)
def test_a_number_and_an_order_are_typed(notebook, name, keys, said, screenshot):
    notebook.run("setup")
    form = notebook.run(f"predict-{name}").locator("form")
    form.get_by_role("button").wait_for(timeout=30_000)
    form.get_by_role("button").click()
    assert "first." in form.get_by_role("status").inner_text(), "nothing is kept before there is a guess"
    form.locator("input, select").first.focus()
    for key in [*keys, "Tab", "Enter"]:
        notebook.page.keyboard.press(key)
    form.get_by_text(f"Kept: {said}").wait_for(timeout=30_000)


def test_questions_from_memory_are_answered_at_once(notebook, release, screenshot):
    notebook.run("setup")
    forms = notebook.run("recall-opening").locator("form")
    forms.nth(1).get_by_role("group", name="From memory: W has the shape").wait_for(timeout=30_000)
    forms.first.get_by_role("radio").first.focus()
    for key in ("Space", "Tab", "Enter"):
        notebook.page.keyboard.press(key)
    forms.first.get_by_text("Not so. 3 is the growth").wait_for(timeout=30_000)
    assert "Answer: by 3h." in forms.first.get_by_role("status").inner_text()
    for key in ("Tab", "ArrowDown", "Tab", "Enter"):  # on to the next question
        notebook.page.keyboard.press(key)
    forms.nth(1).get_by_text("Right. Each row of W").wait_for(timeout=30_000)
    record = json.loads((release / ".course-progress" / f"{LESSON}.json").read_text(encoding="utf-8"))
    assert [record["recalled"][name]["right"] for name in ("what-a-slope-says", "shape-of-a-product")] == [False, True]
    notebook.page.screenshot(path=ROOT / "test-artifacts" / "recall-opening.png")

    form = notebook.run("recall-closing").locator("form").first
    form.get_by_role("button").wait_for(timeout=30_000)
    form.locator("select").first.focus()
    for key in ("x = W1", "x = np.m", "x = W2", "x = np.t"):
        notebook.page.keyboard.type(key)
        notebook.page.keyboard.press("Tab")
    notebook.page.keyboard.press("Enter")
    form.get_by_text("Right. In each layer").wait_for(timeout=30_000)
