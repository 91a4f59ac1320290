"""A term on a JupyterHub: two students and one who grades, from release to fetched feedback, through the exchange.

All settings are those of docs/instructors.md, word for word; what a student may not see is not there.
"""

import shlex
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.autograder.conftest import make_course
from tests.autograder.tiny_course import LESSON, NOTEBOOK, RIGHT
from tests.browser import hub as hubs
from tests.browser.jupyterlab import CHROMIUM, Notebook, browser_page
from tests.notebooks.lessons import ROOT

pytestmark = [
    pytest.mark.slow,
    pytest.mark.seconds(240),
    pytest.mark.skipif(
        not CHROMIUM, reason="install Chromium for the browser tests (Debian: apt-get install chromium)"
    ),
    pytest.mark.skipif(bool(lacks := hubs.lacks()), reason=lacks),
]
WRONG = "def double(x):\n    return x * x"
COMMENT = "Say which of the two rules you mean."


@pytest.fixture(scope="module")
def proxy(tmp_path_factory):
    """The hub's proxy: the machine's own, or from npm."""
    if found := shutil.which(hubs.PROXY):
        return found
    folder = tmp_path_factory.mktemp("npm")
    folder.parent.chmod(0o755)
    command = ["npm", "install", "--prefix", folder, "--no-audit", "--no-fund", "--loglevel=error", hubs.PROXY]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        pytest.skip(f"npm cannot bring {hubs.PROXY} (npm install --global {hubs.PROXY}): {done.stderr[-300:]}")
    return str(folder / "node_modules" / ".bin" / hubs.PROXY)


@pytest.fixture(scope="module")
def hub(proxy):
    """The hub, with the tiny course in a folder of its instructor."""
    with hubs.hub(proxy, ["ada", "ben", "grace"]) as running:
        home = running.home("grace")
        course = make_course(home / "keras").root
        with (course / "nbgrader_config.py").open("a", encoding="utf-8") as config:
            config.write("\n" + hubs.block_for("/etc/jupyter/nbgrader_config.py"))
        own = hubs.block_for("~/.jupyter/nbgrader_config.py")
        (home / ".jupyter").mkdir()
        (home / ".jupyter" / "nbgrader_config.py").write_text(own, encoding="utf-8")
        running.owner("grace", home)
        course.chmod(0o700)  # as the page says
        yield running


class Person:
    """Somebody who works on the hub, in a browser of their own."""

    def __init__(self, browser, hub, name):
        self.hub, self.name, self.home = hub, name, hub.home(name)
        self.address = f"{hub.address}/user/{name}"
        self.page = browser.new_context(viewport={"width": 1280, "height": 800}).new_page()
        self.page.goto(f"{hub.address}/hub/login")
        self.page.locator("#username_input").fill(name)
        self.page.locator("#password_input").fill("of the test")
        self.page.locator("#login_submit").click()
        self.page.wait_for_url(f"{self.address}/lab**", timeout=120_000)
        self.lab()

    def lab(self):
        """Go to JupyterLab, unless it is open."""
        if not self.page.evaluate("() => Boolean(window.jupyterapp)"):
            self.page.goto(f"{self.address}/lab?reset")
        self.page.locator("#jp-MainMenu").wait_for(timeout=120_000)

    def command(self, name):
        self.page.evaluate("name => { window.jupyterapp.commands.execute(name) }", name)

    def can(self, name) -> bool:
        return self.page.evaluate("name => window.jupyterapp.commands.hasCommand(name)", name)

    def terminal(self, *commands) -> str:
        """Type commands into a terminal; returns what they say. They must end well."""
        said, code = self.home / "said", self.home / "code"
        code.unlink(missing_ok=True)
        self.page.goto(f"{self.address}/lab?reset")  # without the terminal that was open
        self.lab()
        self.command("terminal:create-new")
        self.page.wait_for_timeout(1000)
        self.page.locator(".jp-Terminal .xterm-screen").click(timeout=60_000)
        (self.home / "do.sh").write_text(
            f"export PATH={shlex.quote(str(Path(sys.executable).parent))}:$PATH\ncd ~/keras 2>/dev/null\n"
            + "\n".join(f"echo '$ '{shlex.quote(one)}\n{one} || exit $?" for one in commands)
        )
        self.page.keyboard.type("bash ~/do.sh 2>&1 | tee ~/said; echo ${PIPESTATUS[0]} > ~/code\n")
        for _ in range(600):
            if code.exists() and code.read_text():
                break
            time.sleep(0.5)
        assert code.read_text().strip() == "0", said.read_text()
        return said.read_text()

    def press(self, button):
        """Press a button in the list of assignments, as it is now."""
        self.lab()
        self.command("nbgrader:open-assignment-list")
        self.page.locator("#refresh_assignments_list").click(timeout=60_000)
        self.page.get_by_role("button", name=button, exact=True).click(timeout=60_000)

    def keep(self, name):
        """Keep a picture of what this person sees; ``test-artifacts/`` is ignored by git."""
        folder = ROOT / "test-artifacts"
        folder.mkdir(exist_ok=True)
        self.page.screenshot(path=folder / f"hub-{self.name}-{name}.png")

    def work(self, double):
        """Fetch the lesson, answer, look at the check, save, submit; returns what the check says."""
        self.press("Fetch")
        self.page.get_by_role("button", name="Submit", exact=True).wait_for(timeout=60_000)
        self.keep("fetched")
        notebook = Notebook(self.page, self.address, f"keras_spark/{LESSON}/{NOTEBOOK}")
        notebook.run("setup")
        for cell, source in (("double", double), ("greet", RIGHT["greet"])):
            notebook.type(cell, source)
            notebook.run(cell)
        notebook.run("double-visible")
        said = notebook.output("double-visible")
        self.keep("works")
        self.page.keyboard.press("Control+s")
        self.page.wait_for_function("() => !window.jupyterapp.shell.currentWidget.context.model.dirty")
        self.press("Submit")
        self.page.locator("#submitted_assignments_list", has_text=LESSON).wait_for(timeout=60_000)
        return said


def test_from_release_to_fetched_feedback(hub):
    with browser_page() as first:
        browser = first.context.browser
        grace, ada, ben = (Person(browser, hub, name) for name in ("grace", "ada", "ben"))
        (grace.home / "class.csv").write_text("id,first_name\nada,Ada\nben,Ben\n", encoding="utf-8")
        grace.terminal(
            "nbgrader db student import ~/class.csv", "autograder release 01", f"nbgrader release_assignment {LESSON}"
        )

        assert "✓ double" in ada.work(RIGHT["double"])
        assert "Twice a number is not its square." in ben.work(WRONG)
        check_what_students_see(hub, ada, grace)

        said = grace.terminal("nbgrader list --inbound", "autograder collect --lesson 01", "autograder grade 01")
        assert "ada" in said and "ben" in said
        mark(grace, "ada")
        grace.terminal("autograder feedback 01", f"nbgrader release_feedback {LESSON}")

        for person, theirs, others in (
            (ada, COMMENT, "Twice a number is not its square."),
            (ben, "Twice a number is not its square.", COMMENT),
        ):
            person.press("Fetch Feedback")
            person.page.locator("#submitted_assignments_list", has_text="(view feedback)").wait_for(timeout=60_000)
            person.keep("feedback")
            (page,) = person.home.glob(f"keras_spark/{LESSON}/feedback/*/*.html")
            text = page.read_text(encoding="utf-8")
            assert theirs in text and others not in text


def check_what_students_see(hub, ada, grace):
    """No tool of those who grade, no solution, nobody else's files."""
    ada.lab()
    tools = ("nbgrader:open-formgrader", "nbgrader:open-create-assignment", "nbgrader:open-course-list")
    assert ada.can("nbgrader:open-assignment-list") and not [tool for tool in tools if ada.can(tool)]
    assert all(grace.can(tool) for tool in tools)
    ada.page.locator("#jp-MainMenu").get_by_text("Nbgrader", exact=True).click()
    ada.keep("menu")
    assert ada.page.goto(f"{ada.address}/formgrader").status == 404
    assert ada.page.goto(f"{grace.address}/lab").status in (403, 404)
    inbound = "/srv/nbgrader/exchange/keras_spark/inbound"
    others = [hub.home("ben"), hub.home("grace"), hub.home("grace") / "keras" / "notebooks", inbound]
    said = ada.terminal(
        *(f"! ls {one}" for one in others), f"! grep -rlE 'BEGIN (SOLUTION|HIDDEN)' /srv {hub.place}/home"
    )
    assert said.count("Permission denied") >= len(others) and ".ipynb" not in said.replace("! grep", ""), said


def mark(grace, student):
    """Mark a written answer in Formgrader."""
    grace.page.goto(f"{grace.address}/formgrader/gradebook/{LESSON}/{Path(NOTEBOOK).stem}/?view=all")
    grace.page.locator("tbody tr", has_text=student).locator("td.name a:visible").click()
    grace.page.locator("#why").wait_for(timeout=60_000)
    grace.page.wait_for_load_state("networkidle")  # before that, the page does not listen yet
    for field, value, kind in (("#why", "1", "grade"), ("#why-comment", COMMENT, "comment")):
        grace.page.locator(field).fill(value)
        with grace.page.expect_response(lambda reply, kind=kind: f"/api/{kind}/" in reply.url and reply.ok):
            grace.page.locator(field).press("Tab")
    grace.keep("marking")
