"""A visitor of the site, in a real browser."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

from playwright.sync_api import Browser, Page, Route


@contextlib.contextmanager
def visitor(browser: Browser, address: str, **options: Any) -> Iterator[Page]:
    """A page of a visitor who reaches this site and nothing else; whatever goes wrong in it is a fault."""
    context = browser.new_context(**options)
    faults: list[str] = []

    def only_here(route: Route) -> None:
        if route.request.url.startswith((address, "data:")):
            route.continue_()
        else:
            faults.append(f"asks {route.request.url}")
            route.abort()

    context.route("**/*", only_here)
    page = context.new_page()
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("response", lambda answer: None if answer.ok else faults.append(f"{answer.status} {answer.url}"))
    try:
        yield page
    finally:
        context.close()
    assert not faults
