"""The playgrounds on a plain page, without Python or Jupyter behind them; and their still pictures, drawn anew.

``python -m tests.browser.playground_page`` draws the stills after a change in ``course_lib/playground/web``.
"""

from __future__ import annotations

import html
import json
from typing import Any
from unittest.mock import patch

import numpy as np
from playwright.sync_api import Page

from course_lib import playground
from course_lib.playground import view
from tests.browser.jupyterlab import browser_page

ADDRESS = "http://course.test/"
KINDS = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
ALIVE = sorted(file.stem for file in view.WEB.glob("*.svg"))


def networks() -> dict[str, np.ndarray]:
    """Two networks that learn the cone, as lesson 03 hands them over; made up, for nothing is trained here."""
    shares = np.linspace(0, 1, 11)[:, None, None]
    x, y = np.meshgrid(*[np.linspace(-10, 10, 41)] * 2)
    angles = np.arange(7) * 2 * np.pi / 7
    creased = np.max([x * np.cos(a) + y * np.sin(a) for a in angles], axis=0) + 0.4
    plane = np.full_like(x, 7.7) + 0.05 * x
    return {"ReLU": shares**0.5 * creased, "no activations": shares**0.5 * plane}


CALLS: dict[str, dict[str, Any]] = {
    "activation": {"x": 2.0},
    "ball": {"rate": 0.09},
    "cone": {"networks": networks(), "epoch": 3},
}
"""Arguments of the lessons, where they are not the usual ones."""


def begins(name: str) -> tuple[dict[str, Any], Any]:
    """State and data that a lesson's call sends to the browser."""
    with patch.object(view, "play") as sent:
        getattr(playground, name)(**CALLS.get(name, {}))
    _, state, *data = sent.call_args.args
    return state, data[0] if data else None


def element(name: str, state: dict[str, Any] | None = None) -> str:
    """What `page.js` makes alive."""
    usual, data = begins(name)
    said = {"playground": name, "state": json.dumps(usual if state is None else state), "data": json.dumps(data)}
    return "<div " + " ".join(f'data-{key}="{html.escape(value)}"' for key, value in said.items()) + "></div>"


def open_page(page: Page, body: str = "", address: str = "") -> None:
    """A page with the playgrounds' script and look; nothing else can be fetched."""

    def answer(route: Any) -> None:
        path = route.request.url.partition(ADDRESS)[2].partition("?")[0].partition("#")[0]
        file = view.WEB / path.removeprefix("web/")
        if not path:
            head = (
                '<!doctype html><html lang="en"><title>Playgrounds</title><link rel="icon" href="data:,">'
                '<link rel="stylesheet" href="web/look.css">'
            )
            script = '<script type="module" src="web/page.js"></script>'
            route.fulfill(body=head + body + script, content_type="text/html; charset=utf-8")
        elif file.is_file():
            route.fulfill(body=file.read_text(encoding="utf-8"), content_type=KINDS[file.suffix] + "; charset=utf-8")
        else:
            route.abort()

    page.unroute_all()
    page.route("**/*", answer)
    page.goto("about:blank")
    page.goto(ADDRESS + address)
    page.wait_for_function("[...document.querySelectorAll('[data-playground]')].every(e => e.querySelector('.pg'))")


def still(page: Page, name: str) -> str:
    """A playground's still picture, drawn by its own script; ``page`` is one of :func:`open_page`."""
    css = (view.WEB / view.LOOK).read_text(encoding="utf-8").partition("/* for pages")[0]
    draw = """async ([name, state, data, css]) => {
        const [kit, module] = [await import('/web/kit.js'), await import(`/web/${name}.js`)];
        return kit.still(module.default.spec, state, data, css);
    }"""
    return str(page.evaluate(draw, [name, *begins(name), css])) + "\n"


if __name__ == "__main__":
    with browser_page() as page:
        open_page(page)
        for file in sorted(view.WEB.glob("*.js")):
            if hasattr(playground, file.stem) and file.stem in playground.__all__:
                (view.WEB / f"{file.stem}.svg").write_text(still(page, file.stem), encoding="utf-8")
