"""Exercises answered in the page: Python in the browser says of each answer of the bank what a notebook says."""

import json
import re
import types
from pathlib import Path

import axe_playwright_python
import pytest

from autograder.authoring.answers import read_bank
from autograder.authoring.site.page_checks import CHECKS, fetched
from autograder.authoring.trial import give
from autograder.course import Course, is_solution, is_test
from autograder.grading.names import definitions
from course_lib.check.checks import CheckFailed
from course_lib.check.exercise import VISIBLE
from course_lib.check.lesson import LessonChecks, check, visible_half
from tests.browser.jupyterlab import CHROMIUM
from tests.browser.visitor import visitor
from tests.notebooks.lessons import ROOT

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not CHROMIUM, reason="install Chromium for the browser tests (Debian: apt-get install chromium)"
    ),
]
LESSON = "09_mapreduce"
PYTHON_SAYS = re.compile(r"^(Your code stops with \w+): .*$", re.MULTILINE)
"""Python's own words for an error, which change from version to version."""
TEMPORARY = re.compile(r"/tmp/tmp\w+")
"""A temporary folder, which is another one each time."""
AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js")
DRIVE = """
async ([address, tasks]) => {
  const worker = new Worker(address + "_static/python.js", { type: "module" });
  const ask = (task) => new Promise((resolve) => {
    worker.onerror = (event) => resolve({ failed: event.message });
    worker.onmessage = ({ data }) => data.began || resolve(data);
    worker.postMessage(task);
  });
  const said = [];
  for (const task of tasks) said.push(await ask(task));
  worker.terminate();
  return said;
}
"""


@pytest.fixture(scope="module", autouse=True)
def python():
    """Pyodide; the tests are skipped where npm cannot bring it."""
    try:
        return fetched()
    except OSError as missing:
        pytest.skip(f"the site is built without Python: {missing}")


@pytest.fixture
def page(browser, address):
    """The lesson's page, with the network cut off but for the site."""
    with visitor(browser, address) as page:
        page.goto(f"{address}{LESSON}.html")
        yield page


class InThePage:
    """An exercise in the page, as a reader has it."""

    def __init__(self, page, exercise):
        self.page, self.place = page, page.locator(f'[data-check="{LESSON}/{exercise}"]')
        self.field, self.verdict = self.place.get_by_role("textbox"), self.place.get_by_role("status")

    def button(self, name):
        return self.place.get_by_role("button", name=name, exact=True)

    def type(self, source):
        """Type an answer whose lines stand in one block: the field indents them by itself."""
        self.field.fill("")
        self.field.press_sequentially("\n".join(line.strip() for line in source.splitlines() if line.strip()))

    def run(self, wait_for):
        self.button("Run and check").click()
        self.verdict.get_by_text(wait_for).first.wait_for(timeout=120_000)
        return self.verdict.inner_text()


def bank(exercise):
    return {answer.title: answer for answer in read_bank(ROOT / "tests" / "answers" / LESSON)[exercise]}


# --------------------------------------------------------------------------------- the bank, through and through


def in_a_notebook(lesson, names):
    """What the visible checks of a lesson say in a notebook: exercise, title, source → the text."""
    module = types.ModuleType("__main__")
    for cell in lesson.cells:
        if cell["cell_type"] == "code" and not is_solution(cell) and not is_test(cell):
            exec(definitions(cell["source"]), vars(module))
    half = LessonChecks(visible_half(lesson.checks))
    for name in names:
        for answer in read_bank(ROOT / "tests" / "answers" / lesson.name)[name]:
            bound = give(module, half.exercises[name], answer.title, answer.source)
            try:
                said = check(half.exercises[name](), VISIBLE, bound)
            except CheckFailed as failed:
                said = str(failed)
            yield {"lesson": lesson.name, "exercise": name, "source": answer.source}, answer, said


def same_words(message: str) -> str:
    """What a check says, without what differs from run to run."""
    return TEMPORARY.sub("/tmp/…", PYTHON_SAYS.sub(r"\1", message))


@pytest.mark.seconds(300)  # the first to ask for the site, and so for the lesson, where it runs alone
def test_the_page_says_what_a_notebook_says(browser, address, site):
    """Of every answer of the bank, right and wrong, to all exercises that run in a page."""
    pages = sorted((site / "_static" / CHECKS).glob("*.json"))
    known = {path.stem: json.loads(path.read_text(encoding="utf-8"))["checks"] for path in pages}
    wanted = [
        one for lesson in Course(ROOT).lessons(list(known)) for one in in_a_notebook(lesson, sorted(known[lesson.name]))
    ]
    with visitor(browser, address) as page:
        page.goto(address + "index.html")
        found = page.evaluate(DRIVE, [address, [task for task, _, _ in wanted]])
    lacking = 0
    for (task, answer, said), got in zip(wanted, found, strict=True):
        here = (task["lesson"], task["exercise"], answer.title)
        assert "failed" not in got, (here, got)
        if got["lacks"]:  # it says itself what it wants and a page has not
            assert got["lacks"] in answer.source and not got["passed"], here
            lacking += 1
        else:
            assert same_words(got["message"]) == same_words(said), here
            assert got["passed"] == said.startswith("✓"), here
    assert len(wanted) > 100 and lacking < len(wanted) / 10, lacking


# ------------------------------------------------------------------------------------------------ by hand and keyboard


def test_answers_typed_and_clicked(page):
    """Right, wrong with the hint that fits, and wrong in a way that nobody foresaw; three hints stand below."""
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    pairs = InThePage(page, "letter_pairs")
    assert not any("python" in url for url in asked), "nothing is fetched before one asks for it"
    wrong = next(answer for answer in bank("letter_pairs").values() if answer.mistake == "capitals left out")
    pairs.type(wrong.source)
    said = pairs.run("✗")
    assert "✗ letter_pairs · capitals left out" in said and "Make the whole line small letters first." in said
    assert any("python/pyodide.asm.wasm" in url for url in asked)
    pairs.type(
        'def letter_pairs(line):\nprint("here " * 30_000)\nreturn [(c, 1) for c in line.lower() if "a" <= c <= "z"]'
    )
    said = pairs.run("✓")
    assert "here" in said and "✓ letter_pairs: 3 examples" in said
    pairs.place.get_by_text("Nudge").click()
    assert page.get_by_text("Look at word_pairs.").is_visible()
    multiply = InThePage(page, "shift_and_multiply")
    assert "not written yet" in multiply.run("✗")
    multiply.type("def shift_and_multiply(numbers, shift:\nreturn 1")
    assert "SyntaxError" in multiply.run("SyntaxError")
    multiply.type("def shift_and_multiply(numbers, shift):\nreturn int(np.prod(np.array(numbers) + shift))")
    assert "There is no np in this page" in multiply.run("Open the lesson")


def test_an_endless_loop_can_be_stopped(browser, address):
    with visitor(browser, address) as page:
        page.clock.install()
        page.goto(f"{address}{LESSON}.html")
        one = InThePage(page, "shift_and_multiply")
        one.type("def shift_and_multiply(numbers, shift):\nwhile True: pass")
        one.run("Running …")
        one.button("Stop").click()
        assert one.verdict.inner_text() == "Stopped."
        one.run("Running …")
        page.clock.fast_forward(11_000)
        one.verdict.get_by_text("Is there a loop that never ends?").wait_for()
        one.type("def shift_and_multiply(numbers, shift):\nreturn shift_and_multiply(numbers, shift)")
        assert "RecursionError" in one.run("✗")
        one.type("def shift_and_multiply(numbers, shift):\nreturn reduce(lambda a, b: a * (b + shift), numbers, 1)")
        assert "✓ shift_and_multiply: 4 examples" in one.run("✓")


def test_work_is_kept_and_can_be_begun_anew(page):
    one = InThePage(page, "decide")
    stub = one.field.input_value()
    assert "raise NotImplementedError" in stub and one.button("Start over").is_hidden()
    one.type("def decide(tally):\nreturn max(tally), 0")
    mine = one.field.input_value()
    assert mine == "def decide(tally):\n    return max(tally), 0"
    page.reload()
    assert one.field.input_value() == mine
    one.button("Start over").click()
    assert one.field.input_value() == stub
    one.button("Bring mine back").click()
    assert one.field.input_value() == mine


def test_whoever_walks_by_keyboard_is_not_caught(page):
    one = InThePage(page, "decide")
    focused = "() => document.activeElement.tagName + document.activeElement.textContent"
    one.field.focus()
    page.keyboard.press("Tab")
    assert page.evaluate(focused) == "BUTTONRun and check"
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Control+Home")
    page.keyboard.press("ArrowDown")
    before = one.field.input_value()
    page.keyboard.press("Tab")
    assert one.field.input_value() == before.replace("\n    ", "\n        ", 1), "it indents the line where one writes"
    page.keyboard.press("Shift+Tab")
    assert one.field.input_value() == before
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    assert page.evaluate(focused) == "BUTTONRun and check"
    one.field.focus()
    page.keyboard.press("Shift+Enter")
    one.verdict.get_by_text("not written yet").wait_for(timeout=120_000)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_verdict_on_a_phone_is_read_by_everybody(browser, address, scheme):
    with visitor(browser, address, viewport={"width": 360, "height": 780}, color_scheme=scheme) as page:
        page.goto(f"{address}{LESSON}.html")
        one = InThePage(page, "extremes")
        one.run("not written yet")
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true; })")
        page.evaluate(AXE.read_text(encoding="utf-8"))
        found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
        assert not [(o["id"], o["nodes"][0]["html"]) for o in found if o["impact"] in ("serious", "critical")]
        one.place.screenshot(path=str(ROOT / "test-artifacts" / f"page-check-{scheme}.png"))
