"""The playgrounds in a browser, on a plain page: right numbers, hands of every kind, words, links, still pictures.

The browser computes what is compared with NumPy, too: it is the engine that students have, it runs here anyway, and
one more tool (Node.js) would only be one more thing to install.
"""

import json

import numpy as np
import pytest

from course_lib.playground import view
from tests.browser.jupyterlab import CHROMIUM, browser_page
from tests.browser.playground_models import MODELS
from tests.browser.playground_page import ALIVE, begins, element, open_page, still

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not CHROMIUM, reason="install Chromium for the browser tests (Debian: apt-get install chromium)"
    ),
]


@pytest.fixture(scope="module")
def browser():
    with browser_page(width=1000) as page:
        faults = []
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda line: line.type == "error" and faults.append(line.text))
        yield page
        assert faults == []


@pytest.fixture
def opened(browser):
    """Opens a playground in a state; gives the page."""

    def go(name, state=None, address=""):
        open_page(browser, element(name, state), address)
        return browser

    return go


def words(page):
    return page.locator(".pg-words").inner_text()


def test_two_playgrounds_of_a_lesson_share_no_names(browser):
    """As in a notebook: each widget brings its whole script, so none knows of the other."""
    open_page(browser)
    both = [(view.script(name), *begins(name)) for name in ("xor", "ball")]
    again, unnamed = browser.evaluate(
        """async (widgets) => {
            for (const [script, state, data] of widgets) {
                const module = new Blob([script], { type: "text/javascript" });
                const { default: widget } = await import(URL.createObjectURL(module));
                const model = { get: (key) => ({ state, data })[key], set() {}, on() {}, off() {}, save_changes() {} };
                widget.render({ model, el: document.body.appendChild(document.createElement("div")) });
            }
            const ids = [...document.querySelectorAll("[id]")].map((e) => e.id);
            const sliders = [...document.querySelectorAll("input[type=range]")];
            const unnamed = sliders.filter((e) => !e.labels.length);
            return [ids.filter((id, i) => ids.indexOf(id) < i), unnamed.map((e) => e.id)];
        }""",
        both,
    )
    assert (again, unnamed) == ([], [])


@pytest.mark.parametrize("name", MODELS)
def test_the_browser_computes_what_numpy_computes(browser, name):
    model, (_, data) = MODELS[name], begins(name)
    open_page(browser)
    states = list(model.draw())
    script = f"""async (given) => {{
        const [m, [states, data]] = [await import('/web/{name}.js'), JSON.parse(given)];
        return JSON.stringify(states.map(s => {model.script}));
    }}"""
    results = json.loads(browser.evaluate(script, json.dumps([states, data])))  # one text: Playwright's own way is slow
    for state, got in zip(states, results, strict=True):
        np.testing.assert_allclose(np.array(got, float), model.numbers(state), rtol=1e-6, atol=1e-6, err_msg=str(state))


def test_every_playground_is_compared_with_numpy():
    assert set(MODELS) == set(ALIVE)


@pytest.mark.parametrize("name", ALIVE)
def test_the_still_picture_is_what_the_playground_draws(browser, name):
    open_page(browser)
    hint = "drawn anew by: python -m tests.browser.playground_page"
    assert still(browser, name) == (view.WEB / f"{name}.svg").read_text(encoding="utf-8"), hint


@pytest.mark.parametrize("name", ALIVE)
def test_one_text_for_a_widget_gives_the_same_playground(browser, name):
    """As anywidget does it: the module from a text, no file beside it; the model answers by name."""
    open_page(browser, '<div id="widget"></div>')
    state, data = begins(name)
    browser.evaluate(
        """async ([text, state, data]) => {
            const url = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
            const module = await import(url);
            const model = { get: (key) => ({ state, data })[key] };
            module.default.render({ model, el: document.querySelector("#widget") });
        }""",
        [view.script(name), state, data],
    )
    assert browser.locator("#widget .pg-panel svg").first.is_visible()
    assert len(words(browser)) > 40


@pytest.mark.parametrize("name", ALIVE)
def test_it_fits_the_page_and_every_control_has_a_name_and_moves_by_keyboard(opened, name):
    page = opened(name)
    for width in (360, 1000):
        page.set_viewport_size({"width": width, "height": 900})
        page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, f"wider than {width}"
        letters = page.locator(".pg text").evaluate_all(
            """texts => texts.map(t => parseFloat(getComputedStyle(t).fontSize)
                * t.ownerSVGElement.clientWidth / t.ownerSVGElement.viewBox.baseVal.width)"""
        )
        assert min(letters, default=12) >= 11, f"too small to read at {width}"

    hands = page.locator(".pg-controls :is(input, select, button)")
    names = hands.evaluate_all("all => all.map(e => e.ariaLabel || e.labels?.[0]?.textContent || e.textContent)")
    assert len(names) > 3 and all(name.strip() for name in names)
    before = words(page)
    page.locator(".pg input[type=range]:visible").last.press("ArrowRight")
    page.wait_for_function("before => document.querySelector('.pg-words').textContent !== before", arg=before)
    page.wait_for_function(
        "document.querySelector('.pg-live').textContent === document.querySelector('.pg-words').textContent"
    )


AT_THE_ENDS = """async ([name, begin, data]) => {
    const { spec, mount } = (await import(`/web/${name}.js`)).default;
    const drawn = () => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
    const place = document.createElement("div");
    document.body.replaceChildren(place);
    const one = mount(place, begin, { data });
    const value = limit => (typeof limit === "function" ? limit(one.state, data) : limit);
    const [low, high] = [{}, {}];
    const single = spec.controls.filter(c => c.key && !c.make).flatMap(({ key, options, toggle, min = 0, max }) => {
        if (options) return options.map(option => ({ [key]: option }));
        if (toggle) return [{ [key]: true }];
        [low[key], high[key]] = [value(min), value(max)];
        return [{ [key]: low[key] }, { [key]: high[key] }];
    });
    const faults = new Set();
    for (const change of [{}, low, high, ...single]) {
        one.set({ ...begin, ...change });
        await drawn();
        document.getAnimations().forEach(motion => motion.finish());
        await drawn();
        const where = JSON.stringify(change);
        const said = place.querySelector(".pg-words").textContent;
        const many = said.match(/(?<!(worker|neuron|by) )\\b1 [a-z-]{3,}s\\b/g) ?? [];
        many.forEach(words => faults.add(`${words} ${where}`));
        for (const svg of place.querySelectorAll(".pg-panel svg")) {
            const edge = svg.getBoundingClientRect();
            const boxes = [...svg.querySelectorAll("text")].map(t => [t.textContent, t.getBoundingClientRect()]);
            const within = b => b.left >= edge.left - 2 && b.right <= edge.right + 2 && b.top >= edge.top - 3;
            for (const [words, b] of boxes) if (!within(b)) faults.add(`${words} leaves the picture ${where}`);
            for (const stroke of svg.querySelectorAll("line[stroke-dasharray]")) {
                const { left, right, top, bottom } = stroke.getBoundingClientRect();
                const level = bottom - top < 4 && (b => top > b.top + 4 && top < b.bottom - 4);
                const struck = boxes.filter(([, b]) => level && level(b) && left < b.right && right > b.left);
                struck.forEach(([words]) => faults.add(`${words} is struck through ${where}`));
            }
            boxes.forEach(([words, b], i) => boxes.slice(i + 1).forEach(([others, c]) => {
                const across = Math.min(b.right, c.right) - Math.max(b.left, c.left);
                const down = Math.min(b.bottom, c.bottom) - Math.max(b.top, c.top);
                if (across > 1 && down > 4) faults.add(`${words} on ${others} ${where}`);
            }));
        }
    }
    one.destroy();
    return [...faults];
}"""
"""Sets each control to its ends, and all sliders together; says what cannot be read then, or is said badly."""


@pytest.mark.parametrize("name", ALIVE)
def test_letters_stay_free_and_inside_at_the_ends_of_all_controls(browser, name):
    open_page(browser)
    for width in (360, 1000):
        browser.set_viewport_size({"width": width, "height": 900})
        assert browser.evaluate(AT_THE_ENDS, [name, *begins(name)]) == [], width


def test_the_address_holds_the_state_and_a_link_brings_it_back(opened):
    page = opened("neuron")
    page.get_by_label("weight w₁", exact=True).press("ArrowRight")
    page.wait_for_function("location.hash === '#neuron?w1=1.1'")
    page = opened("neuron", address="#neuron?w1=20&w2=20&b=-30&activation=tanh")
    assert "weights 20 and 20, bias −30 and tanh" in words(page)
    page = opened("neuron", address="#neuron?w1=999&activation=<b>&b=x&x1=")
    assert "weights 30 and 1, bias −0.5 and sigmoid" in words(page), "limits and choices hold for links"


def test_a_finger_moves_the_point_and_the_mouse_paints(opened):
    page = opened("neuron")
    box = page.locator(".pg-drag").bounding_box()
    touch = page.context.new_cdp_session(page)
    for kind, share in (("touchStart", 0.3), ("touchMove", 0.5), ("touchMove", 0.6)):
        place = {"x": box["x"] + share * box["width"], "y": box["y"] + 0.5 * box["height"]}
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [place]})
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    page.wait_for_function("!document.querySelector('.pg-words').textContent.includes('(1.50, 0.50)')")

    page = opened("convolution", {"drawing": "empty"})
    assert "the largest 0.00" in words(page)
    box = page.locator(".pg-drag").first.bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.35, box["y"] + box["height"] * 0.35)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.35, box["y"] + box["height"] * 0.65, steps=8)
    page.mouse.up()
    page.wait_for_function("document.querySelector('.pg-words').textContent.includes('the largest 4.00')")
    page.locator(".pg-drag").first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    page.wait_for_function("document.querySelector('.pg-words').textContent.includes('column 5 is on')")
    page.get_by_label("weight in row 2, column 1").fill("7")
    page.wait_for_function("!document.querySelector('.pg-words').textContent.includes('the largest 4.00')")


def test_play_goes_on_by_itself_and_the_arrow_keys_step(opened):
    page = opened("descent", {"iterations": 3})
    page.get_by_role("button", name="play").click()
    went_on = "/after (\\d+) iterations/.exec(document.querySelector('.pg-words').textContent)[1] >= 6"
    page.wait_for_function(went_on)
    page.get_by_role("button", name="pause").click()
    page.evaluate("new Promise(requestAnimationFrame)")  # the last step is drawn
    at = page.get_by_label("iterations", exact=True).input_value()
    page.get_by_role("button", name="one iteration on").press("ArrowLeft")
    page.wait_for_function(
        "at => document.querySelector('.pg-words').textContent.includes(`after ${at - 1} iterations`)", arg=int(at)
    )


def test_nothing_glides_where_motion_is_not_wanted(opened):
    page = opened("convolution")
    moving = "document.getAnimations().length"
    step = page.get_by_role("button", name="one place on")
    step.click()
    page.wait_for_function(f"{moving} > 0")
    page.emulate_media(reduced_motion="reduce")
    step.click()
    page.wait_for_function("document.querySelector('.pg-words').textContent.includes('row 1, column 3')")
    page.wait_for_function(f"{moving} === 0", timeout=2000)
    page.emulate_media(reduced_motion=None)
