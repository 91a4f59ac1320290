"""The course on the web, built once from what the lessons show: no leak, no other host, readable everywhere."""

import html
import re
import shutil
from pathlib import Path
from urllib.parse import unquote, urldefrag

import axe_playwright_python
import pytest

from autograder.authoring.release import student_versions
from autograder.authoring.site.build import gives_away, words
from autograder.course import Course
from tests.browser.jupyterlab import CHROMIUM
from tests.browser.visitor import visitor
from tests.notebooks.lessons import ROOT

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not CHROMIUM, reason="install Chromium for the browser tests (Debian: apt-get install chromium)"
    ),
]
COURSE = Course(ROOT)
LESSONS = COURSE.lessons()
PAGES = ["index.html", "search.html", *(f"{lesson.name}.html" for lesson in LESSONS)]
FIRST = f"{LESSONS[0].name}.html"
AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js")
PHONE = {"width": 360, "height": 780}


# ---------------------------------------------------------------------------------------------- what a page holds


@pytest.fixture(scope="module")
def first_version(tmp_path_factory):
    """The first lesson's student version."""
    ((_, folder),) = student_versions(COURSE, LESSONS[:1], tmp_path_factory.mktemp("versions"))
    return folder


@pytest.mark.seconds(200)  # the first to ask for the site, which takes half a minute where nothing else runs
def test_a_solution_on_a_page_would_be_seen(site, first_version, tmp_path):
    """The build looks for them itself; here it is shown that it would find one, in the colours that code has."""
    lesson = LESSONS[0]
    assert gives_away(lesson, first_version, site) == []
    pages = tmp_path / "site"
    pages.mkdir()
    for name in ("index.html", "searchindex.js", FIRST):
        shutil.copy(site / name, pages)
    solution = next(cell["source"] for cell in lesson.cells if cell["source"].startswith("def sigmoid"))
    lines = solution.partition("### BEGIN SOLUTION\n")[2].partition("    ### END")[0]
    coloured = re.sub(r"(\w+)", r'<span class="n">\1</span>', html.escape(lines))
    (pages / FIRST).write_text((site / FIRST).read_text(encoding="utf-8") + coloured, encoding="utf-8")
    assert gives_away(lesson, first_version, pages) == [f"the hidden part of cell sigmoid in {FIRST}"]


def test_no_rubric_no_hidden_examples(site):
    for page in PAGES:
        text = words((site / page).read_text(encoding="utf-8"))
        for told in ("Rubric", "Sample for", "hidden=True", "BEGIN SOLUTION", "Traceback"):
            assert told not in text, (page, told)


def test_every_lesson_is_all_there(site):
    for lesson in LESSONS:
        text = (site / f"{lesson.name}.html").read_text(encoding="utf-8")
        assert text.count('<details class="hint">') == 3 * len(lesson.exercises), lesson.name
        assert text.count('<div class="task answer"') == len(lesson.exercises), lesson.name
        assert text.count('<pre class="printed"') > 5 and text.count("<img ") >= 3, lesson.name
        assert '<details class="guess">' in text, lesson.name
        assert '<img alt=""' not in text, f"{lesson.name}: a figure without words"
        for door in ("mybinder.org", "colab.research.google.com", "codespaces.new", f"{lesson.name}.ipynb"):
            assert door in text, lesson.name
        for said in ('name="description"', 'property="og:title"', 'property="og:image"', 'rel="canonical"'):
            assert said in text, lesson.name
        assert re.search(r"<h1>[^<]+", text)[0].removeprefix("<h1>") in text.partition("</title>")[0]


def test_the_first_page_shows_all_lessons(site):
    text = (site / "index.html").read_text(encoding="utf-8")
    assert text.count('<li class="card">') == len(LESSONS)
    drawing = text.partition('<div class="map">')[2].partition("</svg>")[0]
    for lesson in LESSONS:
        assert f'href="{lesson.name}.html"' in drawing, lesson.name
    assert len(re.findall(r"\d+ minutes", text)) >= len(LESSONS)
    assert ("Thirteen lessons" in text) == (len(LESSONS) == 13)


def test_links_lead_somewhere_and_pages_are_small(site):
    texts = {page: (site / page).read_text(encoding="utf-8") for page in PAGES}
    for page, text in texts.items():
        used = {page, "_static/formulas.woff"}
        for target in re.findall(r'\b(?:href|src)="([^"]*)"', text):
            path, fragment = urldefrag(unquote(target))
            if path.startswith(("https://", "data:")):
                continue
            path = path.partition("?")[0] or page
            assert (site / path).is_file(), f"{page}: {target} is not there"
            if fragment and path in texts:
                assert re.search(rf'\b(?:id|name)="{re.escape(fragment)}"', texts[path]), f"{page}: no place {target}"
            if not path.endswith((".ipynb", ".html")):
                used.add(path)
        assert sum((site / path).stat().st_size for path in used) < 1_500_000, page


# ------------------------------------------------------------------------------------------- what a visitor meets


def test_every_page_on_a_phone_without_a_network(browser, address):
    with visitor(browser, address, viewport=PHONE) as page:
        for name in PAGES:
            page.goto(address + name)
            assert page.locator(".mobile-header").is_visible(), name
            width = page.evaluate("document.documentElement.scrollWidth")
            assert width <= PHONE["width"], f"{name} is {width} pixels wide"


@pytest.mark.parametrize("zoom", [1, 2])
def test_every_page_and_figure_in_a_small_window_and_enlarged(browser, address, zoom):
    """1024 pixels, and twice as large: no page moves sideways, and no figure is drawn too small to be read."""
    window = {"width": 1024 // zoom, "height": 768 // zoom}
    with visitor(browser, address, viewport=window, device_scale_factor=zoom) as page:
        for name in PAGES:
            page.goto(address + name)
            page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true; })")
            assert page.evaluate("document.documentElement.scrollWidth") <= window["width"], name
            sizes = page.locator(".output:not(.playground) > img").evaluate_all(
                "all => all.map(one => [one.clientWidth, Number(one.getAttribute('width'))])"
            )
            assert all(width >= min(560, whole) for width, whole in sizes), name


def test_a_lesson_asks_before_it_shows(browser, address):
    with visitor(browser, address) as page:
        page.goto(address + FIRST)
        answer = page.get_by_text("weighted sum z = 1.0")
        assert answer.is_hidden()
        page.get_by_text("I have my guess. Show me.").first.click()
        assert answer.is_visible()


def test_a_guess_is_answered(browser, address):
    with visitor(browser, address) as page:
        page.goto(address + FIRST)
        page.get_by_role("button", name="near, but for rounding").click()
        told = page.get_by_role("status").filter(has_text="You said: near, but for rounding.")
        assert "These are whole numbers" in told.inner_text()
        page.get_by_role("button", name="exactly", exact=True).click()
        assert page.get_by_text("You said: exactly. So it is.").is_visible()


def test_whoever_wants_all_answers_opens_them_once(browser, address):
    with visitor(browser, address) as page:
        page.goto(address + FIRST)
        page.get_by_role("button", name="Open all answers").click()
        page.reload()  # it is remembered
        assert page.locator("details.guess:not([open])").count() == 0


def test_what_is_off_the_main_path_is_folded_and_a_link_opens_it(browser, address):
    name = "Deeper: one matrix product, three times"
    with visitor(browser, address) as page:
        page.goto(f"{address}{LESSONS[3].name}.html")
        section = page.locator("section", has=page.locator("> h3", has_text=name))
        listing = section.locator("pre").first
        assert listing.is_hidden() and section.locator("> h3").is_visible()
        section.get_by_text("Off the main path").click()
        assert listing.is_visible()
        page.reload()
        assert listing.is_hidden()
        page.goto(f"{address}{LESSONS[3].name}.html#{section.get_attribute('id')}")
        assert listing.is_visible()


def test_hints_come_one_by_one_and_code_can_be_copied(browser, address):
    with visitor(browser, address, permissions=["clipboard-read", "clipboard-write"]) as page:
        page.goto(address + FIRST)
        task = page.locator(".task.answer").first
        nudge = page.get_by_text("Two steps: first one number")
        assert nudge.is_hidden()
        task.get_by_text("Nudge").click()
        assert nudge.is_visible() and page.get_by_text("multiplies the two arrays item by item").is_hidden()
        task.locator(".copy").click()
        assert page.evaluate("navigator.clipboard.readText()").startswith("def neuron(x, w, b, activation):")


def test_the_search_works_offline(browser, address):
    with visitor(browser, address) as page:
        page.goto(address + "search.html?q=watermark")
        page.get_by_role("link", name="DataFrames and streaming").first.wait_for()


def test_formulas_are_drawn_by_the_browser(browser, address):
    with visitor(browser, address) as page:
        page.goto(address + FIRST)
        page.evaluate("document.fonts.ready")
        assert page.evaluate("document.fonts.check('20px \"STIX Two Math\"')")
        box = page.locator(".formula math").first.bounding_box()
        assert box["width"] > 100 and box["height"] > 10


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(browser, address, scheme):
    """On the first page and in the first lesson, all folds open; the others are made of the same parts."""
    with visitor(browser, address, color_scheme=scheme) as page:
        for name in ("index.html", FIRST):
            page.goto(address + name)
            page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true; })")
            page.wait_for_function(
                "[...document.querySelectorAll('[data-playground]')].every(e => e.querySelector('.pg'))"
            )
            page.evaluate(AXE.read_text(encoding="utf-8"))
            found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
            serious = [
                (one["id"], one["nodes"][0]["html"]) for one in found if one["impact"] in ("serious", "critical")
            ]
            assert not serious, name
