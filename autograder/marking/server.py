"""Serves the page on 127.0.0.1. Who has not the address with its token gets nothing of what students wrote."""

from __future__ import annotations

import asyncio
import json
import math
import os
import secrets
import tempfile
import webbrowser
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from html import escape
from pathlib import Path
from typing import Any

from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application, HTTPError, RequestHandler

from autograder.course import Course, CourseError
from autograder.gradebook.by_hand import Mark, comments_used, mark, standings
from autograder.marking.questions import Question, find_questions, show, state
from autograder.reports.pages import TEMPLATES

PAGE = Path(__file__).parent / "page"
FILES = {
    "": (PAGE / "mark.html", "text/html"),
    "mark.js": (PAGE / "mark.js", "text/javascript"),
    "mark.css": (PAGE / "mark.css", "text/css"),
    "style.css": (TEMPLATES / "style.css", "text/css"),
}
"""All that is served without a token: nothing in it is of this course."""
TOKEN = "X-Marking-Token"
"""A header of our own: Jupyter's servers, behind whose proxy this may stand, take `Authorization` for theirs."""
LARGEST = 1_000_000
"""Bytes of a request."""
LONGEST = 20_000
"""Characters of a comment."""
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class Marking:
    """What the page asks for, and what it is answered.

    Args:
        course: whose hand-ins.
        questions: what may be marked.
        first: key of the question to begin with; empty: the first that waits.
        hide_names: whether the page begins without names.
    """

    def __init__(self, course: Course, questions: list[Question], first: str = "", hide_names: bool = False):
        self._course, self._first, self._hide = course, first, hide_names
        self._known = {question.key: question for question in questions}

    def questions(self) -> dict[str, Any]:
        """What there is to mark."""
        found = find_questions(self._course, list(self._known.values()))
        first = self._first or next((one.question.key for one in found if one.waiting), "")
        return {
            "first": first or (found[0].question.key if found else ""),
            "hide_names": self._hide,
            "questions": [
                {"key": one.question.key, "title": one.question.title, "answers": one.answers, "waiting": one.waiting}
                for one in found
            ],
        }

    def question(self, key: str, names: bool) -> dict[str, Any]:
        """The answers to one question."""
        return show(self._course, self._question(key), names)

    def mark(self, asked: Any) -> dict[str, Any]:
        """Write marks, and say which were not written and how all stand now.

        Raises:
            CourseError: where the request makes no sense.
        """
        try:
            question = self._question(str(asked["question"]))
            marks = [_mark(one) for one in asked["marks"]]
        except (KeyError, TypeError, ValueError, OverflowError) as error:
            raise CourseError(f"That is no mark ({error}). Nothing was changed.") from None
        place = (self._course, question.lesson, question.cell, question.item.name)
        refused = mark(*place, marks)
        there = standings(*place)
        return {
            "refused": refused,
            "states": {one.id: state(one) for one in there},
            "comments": comments_used(there),
        }

    def _question(self, key: str) -> Question:
        if key not in self._known:
            raise CourseError("There is no such question. Reload the page.")
        return self._known[key]


def _mark(asked: Any) -> Mark:
    points, comment = asked["points"], asked["comment"]
    if points is not None and (isinstance(points, bool) or not math.isfinite(float(points))):
        raise ValueError(f"points: {points!r}")
    if not isinstance(comment, str) or len(comment) > LONGEST:
        raise ValueError(f"a comment has at most {LONGEST:,} characters")
    return Mark(
        str(asked["id"]),
        str(asked["version"]),
        str(asked["seen"]),
        None if points is None else float(points),
        comment.replace("\x00", "").strip(),  # PostgreSQL keeps no such character
        asked.get("waits") is True,
    )


class _Handler(RequestHandler):
    def set_default_headers(self) -> None:
        self.clear_header("Server")
        for name, value in HEADERS.items():
            self.set_header(name, value)

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """Say what is wrong as the page reads it, without a traceback."""
        self.finish({"error": "Something went wrong; the terminal says what." if status_code == 500 else self._reason})


class _Files(_Handler):
    def get(self, name: str) -> None:
        if name not in FILES:
            raise HTTPError(404)
        path, kind = FILES[name]
        self.set_header("Content-Type", f"{kind}; charset=utf-8")
        self.finish(path.read_bytes())


class _Api(_Handler):
    def initialize(self, marking: Marking, token: str) -> None:
        self._marking, self._token = marking, token

    def prepare(self) -> None:
        given = self.request.headers.get(TOKEN, "")
        if not secrets.compare_digest(given.encode(), self._token.encode()):
            self.set_status(403)
            self.finish({"error": "This address has no valid token. Open the one that `autograder mark` printed."})

    async def get(self, name: str) -> None:
        if name == "questions":
            await self._answer(self._marking.questions)
        elif name == "question":
            key, names = self.get_query_argument("key"), self.get_query_argument("names", "1") == "1"
            await self._answer(lambda: self._marking.question(key, names))
        else:
            raise HTTPError(404)

    async def post(self, name: str) -> None:
        if name != "marks":
            raise HTTPError(404)
        try:
            asked = json.loads(self.request.body)
        except (ValueError, RecursionError):
            raise HTTPError(400) from None
        await self._answer(lambda: self._marking.mark(asked))

    async def _answer(self, work: Callable[[], dict[str, Any]]) -> None:
        """Work in a thread, for the gradebook may have others write first; say in words what cannot be done."""
        from sqlalchemy.exc import SQLAlchemyError

        try:
            found = await asyncio.get_running_loop().run_in_executor(self.settings["worker"], work)
        except CourseError as error:
            self.set_status(409)
            found = {"error": str(error)}
        except SQLAlchemyError as error:
            self.set_status(503)
            said = str(getattr(error, "orig", error)).splitlines()[0]
            found = {"error": f"The gradebook does not answer ({said}). Reload the page to see what was written."}
        self.finish(found)


def make_app(marking: Marking, token: str) -> Application:
    """The page and what it asks, for tornado."""
    api = {"marking": marking, "token": token}
    return Application(
        [(r"/api/(\w+)", _Api, api), (r"/(.*)", _Files)],
        log_function=lambda handler: None,
        worker=ThreadPoolExecutor(max_workers=1),
    )


async def serve(marking: Marking, port: int, ready: Callable[[int, str], None]) -> None:
    """Serve until somebody cancels it.

    Args:
        marking: what is served.
        port: where, on 127.0.0.1; 0 takes one that is free.
        ready: called with port and token as soon as it answers.

    Raises:
        CourseError: where the port is taken.
    """
    token = secrets.token_urlsafe(32)
    try:
        (socket,) = bind_sockets(port, "127.0.0.1")
    except OSError as error:
        raise CourseError(f"Port {port} is not free ({error.strerror}). Leave --port out, or take another.") from None
    server = HTTPServer(make_app(marking, token), max_body_size=LARGEST, max_buffer_size=2 * LARGEST)
    server.add_sockets([socket])
    ready(socket.getsockname()[1], token)
    try:
        await asyncio.Event().wait()
    finally:
        server.stop()
        await server.close_all_connections()


def open_browser(address: str, folder: Path) -> None:
    """Open the page, where there is a browser with a window.

    The address goes through a file that nobody else can read: command lines can be read by all users of a machine.
    """
    try:
        found = webbrowser.get()
    except webbrowser.Error:
        return
    if type(found) is webbrowser.GenericBrowser:  # one without windows would take this terminal
        return
    page = folder / "mark.html"
    target = escape(address)
    page.write_text(
        f'<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="0; url={target}">'
        f'<title>Marking</title><a href="{target}">Go on</a>\n',
        encoding="utf-8",
    )
    found.open(page.as_uri())


def on_a_hub(port: int, token: str) -> str:
    """Where the page is on a JupyterHub, below the hub's own address; empty elsewhere."""
    prefix = os.environ.get("JUPYTERHUB_SERVICE_PREFIX", "")
    return f"{prefix.rstrip('/')}/proxy/{port}/#{token}" if prefix else ""


def private_folder() -> tempfile.TemporaryDirectory[str]:
    """A folder that only this user can read, gone when it is left."""
    return tempfile.TemporaryDirectory(prefix="marking-", ignore_cleanup_errors=True)
