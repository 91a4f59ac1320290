"""An instructor in Formgrader: release a lesson, autograde it, mark an answer beside its rubric, send feedback."""

import getpass
import os
import shutil
import subprocess
import sys

import pytest

from autograder.authoring.answers import fill, read_bank
from autograder.course import Course
from autograder.kernels.rungs import why_no_sandbox
from tests.browser.jupyterlab import CHROMIUM, browser_page, server
from tests.notebooks.lessons import ROOT

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not CHROMIUM, reason="install Chromium for the browser tests (Debian: apt-get install chromium)"
    ),
    pytest.mark.skipif(os.name != "posix", reason="nbgrader's exchange needs Linux or macOS (on Windows: WSL)"),
]

STUDENT = getpass.getuser()  # nbgrader's exchange goes by the user of the machine
LESSON, NOTEBOOK, WRITTEN = "01_neurons_and_activations", "neurons_and_activations", "xor"
HONEST = "No. Without activations the layers collapse into one: $W_2 W_1 x$ is linear. If a < b, it stays so."
HOSTILE = """<script>document.title = 'taken over'</script> <img src=x onerror="document.title = 'taken over'">
[click](javascript:alert(1)) $\\href{javascript:alert(1)}{x}$ <input id="xor" value="4"> **bold stays**"""


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A course with lesson 01 and an exchange of its own."""
    root = tmp_path_factory.mktemp("formgrader") / "course"
    shutil.copytree(ROOT / "notebooks" / LESSON, root / "notebooks" / LESSON)
    shutil.copytree(ROOT / "tests" / "answers" / LESSON, root / "tests" / "answers" / LESSON)
    exchange = root.parent / "exchange"
    exchange.mkdir()
    exchange.chmod(0o777)
    config = (ROOT / "nbgrader_config.py").read_text(encoding="utf-8")
    config += f"c.Exchange.root = {str(exchange)!r}\n"
    if why_no_sandbox():  # then walk the rest without
        config += "c.Execute.sandbox = False\n"
    (root / "nbgrader_config.py").write_text(config, encoding="utf-8")
    return Course(root)


@pytest.fixture(scope="module")
def formgrader(course):
    """The address of Formgrader, and a page of a browser that reaches nothing else."""
    with server(course.root) as address, browser_page() as page:
        page.context.route(lambda url: not url.startswith((address, "data:", "file:")), lambda route: route.abort())
        yield address + "/formgrader", page


def press(page, row, column):
    """Press the button in a column of a table's row, read the answer, and close it."""
    page.locator("tr", has_text=row).locator(f"td.{column} a").click()
    page.locator(".modal.in .modal-body").wait_for(timeout=180_000)
    said = page.locator(".modal.in").inner_text()
    page.locator(".modal.in button.close, .modal.in [data-dismiss=modal]").first.click()
    page.locator(".modal-backdrop").wait_for(state="detached", timeout=20_000)
    return said


def keep(page, name):
    """Keep a picture of what the instructor saw; ``test-artifacts/`` is ignored by git."""
    folder = ROOT / "test-artifacts"
    folder.mkdir(exist_ok=True)
    page.screenshot(path=folder / f"formgrader-{name}.png")


def test_release_puts_the_student_version_into_the_exchange(course, formgrader):
    address, page = formgrader
    page.goto(address)
    assert "Success" in press(page, LESSON, "assign")
    assert "Success" in press(page, LESSON, "release")
    keep(page, "assignments")
    released = list(course.root.parent.glob(f"exchange/*/outbound/{LESSON}/*.ipynb"))
    assert len(released) == 1 and "BEGIN HIDDEN TESTS" not in released[0].read_text(encoding="utf-8")


def nbgrader(course, command):
    """Run a student's nbgrader command, as a terminal of JupyterLab would; returns the student's folder."""
    home = course.root.parent / "student"
    home.mkdir(exist_ok=True)
    options = [LESSON, "--course=keras_spark", f"--Exchange.root={course.root.parent / 'exchange'}"]
    done = subprocess.run(
        [sys.executable, "-m", "nbgrader", command, *options], cwd=home, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return home


def test_hand_ins_are_collected_and_graded_by_the_courses_engine(course, formgrader):
    address, page = formgrader
    bank = read_bank(course.answers / LESSON)
    right = {name: next(a.source for a in answers if a.kind == "right") for name, answers in bank.items()}
    path = nbgrader(course, "fetch_assignment") / LESSON / f"{NOTEBOOK}.ipynb"
    fill(path, path, right | {WRITTEN: HONEST})
    nbgrader(course, "submit")
    fill(path, course.submitted / "mallory" / LESSON / f"{NOTEBOOK}.ipynb", right | {WRITTEN: HOSTILE})

    page.goto(address)
    assert "Success" in press(page, LESSON, "collect")
    page.goto(f"{address}/manage_submissions/{LESSON}")
    for student in (STUDENT, "mallory"):
        assert "Success" in press(page, student, "autograde")
    page.reload()
    page.locator("tr", has_text=STUDENT).locator(".label", has_text="needs manual grading").wait_for()
    keep(page, "submissions")


def open_hand_in(address, page, student):
    """Go to a hand-in as a marker does: manual grading, the lesson, the notebook, the student."""
    page.goto(f"{address}/gradebook/{LESSON}/{NOTEBOOK}/?view=all")
    page.locator("tbody tr", has_text=student).locator("td.name a:visible").click()
    page.locator(f"#{WRITTEN}").wait_for(timeout=20_000)
    page.wait_for_load_state("networkidle")  # only with the grades and comments fetched does a field save anything


def test_the_marker_reads_the_rubric_under_the_answer(formgrader):
    address, page = formgrader
    open_hand_in(address, page, STUDENT)
    rubric = page.locator(".text_cell", has_text="For the marker")
    assert rubric.locator("table").is_visible() and "Sample" in rubric.inner_text()
    gap = rubric.locator("th").first.evaluate("head => parseFloat(getComputedStyle(head).paddingRight)")
    assert gap > 5, "the headings of its columns run into each other"
    answer = page.locator(".nbgrader_cell", has=page.locator(f"#{WRITTEN}"))
    assert "If a < b, it stays so" in answer.inner_text()
    formula = answer.locator("math").bounding_box()
    assert formula and formula["width"] > 20  # drawn without MathJax, without the web
    page.locator(f"#{WRITTEN}").fill("-1")  # Formgrader itself would save 0
    page.locator(f"#{WRITTEN}").press("Tab")
    assert answer.get_by_role("alert").inner_text() == "Not saved: 0 to 3 points."
    keep(page, "minus-one")
    for field, value, kind in (
        (f"#{WRITTEN}", "3", "grade"),
        (f"#{WRITTEN}-comment", "Well said. Which claim of the lesson shows it?", "comment"),
    ):
        page.locator(field).fill(value)
        with page.expect_response(lambda reply, kind=kind: f"/api/{kind}/" in reply.url and reply.ok):
            page.locator(field).press("Tab")  # Formgrader saves when the marker leaves the field
    assert answer.get_by_role("alert").inner_text() == ""
    page.locator(f"#{WRITTEN}").press("Escape")  # one of Formgrader's own keys
    assert page.evaluate("document.activeElement.id") == ""
    answer.scroll_into_view_if_needed()
    keep(page, "marking")


def test_a_hostile_answer_is_text(formgrader):
    address, page = formgrader
    open_hand_in(address, page, "mallory")
    page.wait_for_timeout(500)
    assert page.title() != "taken over"
    answer = page.locator(".nbgrader_cell", has=page.locator(f"#{WRITTEN}"))
    assert answer.locator("script, img, .text_cell_render input").count() == 0
    assert answer.locator("strong", has_text="bold stays").is_visible()
    assert page.locator(f"#{WRITTEN}").count() == 1 and "javascript:" not in (
        answer.locator("a", has_text="click").get_attribute("href") or ""
    )
    keep(page, "hostile")


def test_feedback_reaches_the_student(course, formgrader):
    address, page = formgrader
    page.goto(f"{address}/manage_submissions/{LESSON}")
    assert "Success" in press(page, STUDENT, "generate-feedback")
    assert "Success" in press(page, STUDENT, "release-feedback")
    (written,) = (nbgrader(course, "fetch_feedback") / LESSON / "feedback").glob("*/*.html")
    page.goto(written.as_uri())
    assert "Which claim of the lesson shows it?" in page.locator("body").inner_text()
    keep(page, "feedback")
