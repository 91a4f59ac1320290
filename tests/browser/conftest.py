"""The course on the web, built once for all tests of it."""

import functools
import http.server
import threading

import pytest

from autograder.authoring.site.build import build
from autograder.course import Course
from tests.browser.jupyterlab import browser_page
from tests.notebooks.lessons import ROOT


@pytest.fixture(scope="session")
def site(request, tmp_path_factory):
    """The built site: all of it where `test_site.py` runs as well, else the page of lesson 09 alone.

    Lessons that the suite has run are not run again.
    """
    whole = any("test_site.py" in item.nodeid for item in request.session.items)
    return build(Course(ROOT), tmp_path_factory.mktemp("web") / "site", print, None if whole else ["09"])


@pytest.fixture(scope="session")
def address(site):
    """The site on 127.0.0.1."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=site)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture(scope="module")
def browser():
    with browser_page() as page:
        yield page.context.browser
