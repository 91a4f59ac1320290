"""A marker on the page of `autograder mark`: keys, comments, groups, undo, names, another marker, small and large."""

import pytest

from tests.autograder.conftest import make_course
from tests.autograder.marked_class import decide, look, make_class, served, standing
from tests.browser.jupyterlab import CHROMIUM, browser_page
from tests.notebooks.lessons import ROOT

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not CHROMIUM, reason="install Chromium for the browser tests (Debian: apt-get install chromium)"
    ),
]


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    made = make_course(tmp_path_factory.mktemp("marking") / "course")
    make_class(made)
    return made


def keep(page, name):
    """Keep a picture of what the marker saw; ``test-artifacts/`` is ignored by git."""
    folder = ROOT / "test-artifacts"
    folder.mkdir(exist_ok=True)
    page.screenshot(path=folder / f"marking-{name}.png")


def test_a_class_is_marked_by_keyboard_alone(course):
    problems = []
    with served(course, first="01_small_numbers/why") as (address, token), browser_page() as page:
        page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: problems.append(str(error)))
        place, said, press = page.locator("#place"), page.locator("#said"), page.keyboard.press
        page.goto(f"{address}#{token}")
        page.get_by_text("Answer 1 of 4 · 2 are the same").wait_for()
        assert token not in page.url
        assert page.locator("#who").inner_text() == "ada; bo"

        press("c")  # a comment, then points: both equal answers have them
        page.keyboard.type("Say why the sign stays. 2 < 3")
        press("Escape")
        press("2")
        page.get_by_text("2 answers marked: 2 points.").wait_for()
        assert standing(course, "ada") == standing(course, "bo") == (2, False, "Say why the sign stays. 2 < 3")
        assert page.locator("#count").inner_text() == "2 of 5 marked, 3 to go"

        assert place.inner_text() == "Answer 2 of 4" and "Number 2 of 2 that are alike" in page.inner_text("#state")
        press("Shift+Digit1")  # the comment used before
        press("1")
        page.get_by_text("1 answer marked: 1 point.").wait_for()
        assert standing(course, "cy") == (1, False, "Say why the sign stays. 2 < 3")

        press("u")  # taken back, and given again
        page.get_by_text("Taken back: 1 answer stands as before.").wait_for()
        assert standing(course, "cy") == (None, True, "") and place.inner_text() == "Answer 2 of 4"
        press("r")
        page.get_by_text("1 answer marked: 1 point.").wait_for()
        assert standing(course, "cy") == (1, False, "Say why the sign stays. 2 < 3")
        keep(page, "by-keyboard")

        while "No idea." not in page.inner_text("#answer"):
            press("n")
        page.locator("#hide").check()
        page.get_by_text("Names are hidden.").wait_for()
        assert "dee" not in page.content() and "No idea." in page.inner_text("#answer")
        mine = [one for one in look(course) if one.student == "dee"]
        assert decide(course, mine, 0.5, "from somebody else") == {}
        press("0")
        page.get_by_text("was marked by somebody else since you saw it (it has 0.5 points)").wait_for()
        assert standing(course, "dee") == (0.5, False, "from somebody else")

        press("p")
        page.keyboard.type("7")
        press("Enter")
        page.get_by_text("Points go from 0 to 2.").wait_for()
        assert standing(course, "dee")[0] == 0.5
        page.locator("#points").fill("1.5")
        press("Enter")
        said.get_by_text("1 answer marked: 1.5 points.").wait_for()
        assert standing(course, "dee") == (1.5, False, "from somebody else")

        assert "taken over" in page.inner_text("#answer")  # what waits comes next: the hostile answer
        assert page.title().startswith("Marking") and page.locator("#answer :is(script, svg, img)").count() == 0
        keep(page, "hostile")
        page.locator("#keys").uncheck()
        page.locator("h1").evaluate("document.activeElement.blur()")
        press("2")
        page.wait_for_timeout(500)  # whatever it would send has arrived
        assert standing(course, "mallory") == (None, True, "")
    assert problems == []


@pytest.mark.parametrize("width", [360, 1920])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_fits_small_and_large_screens(course, width, scheme):
    with served(course, first="01_small_numbers/double_hidden") as (address, token), browser_page(width, 800) as page:
        page.emulate_media(color_scheme=scheme)
        page.goto(f"{address}#{token}")
        page.get_by_text("Why a person must look").wait_for()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        for element in page.locator("button, input, select, textarea, progress, summary").all():
            assert element.evaluate(
                "e => (e.innerText || [...(e.labels ?? [])].map(l => l.innerText).join('') || e.ariaLabel "
                "|| document.getElementById(e.getAttribute('aria-labelledby'))?.innerText || '').trim()"
            ), element.evaluate("e => e.outerHTML")
        keep(page, f"{width}-{scheme}")


def test_a_wrong_address_and_a_server_that_is_gone_are_told(course):
    with browser_page() as page:
        with served(course) as (address, token):
            page.goto(f"{address}#wrong")
            page.get_by_text("This address has no valid token").wait_for()
            page.goto("about:blank")
            page.goto(f"{address}#{token}")
            page.locator("#levels button").first.wait_for()
            page.reload()
            page.locator("#levels button").first.wait_for()
        page.locator("#levels button").first.click()
        page.get_by_text("The server does not answer. Is `autograder mark` still running?").wait_for()
