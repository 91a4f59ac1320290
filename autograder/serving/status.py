"""The status page: what waits, how long it takes, what failed. On 127.0.0.1, for whoever has its address."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from autograder.course import CourseError
from autograder.reports.pages import page
from autograder.serving.queue import Queue, Waiting

MOST = 50
"""Rows of a table."""
HEADERS = {
    "Content-Type": "text/html; charset=utf-8",
    "Content-Security-Policy": "frame-ancestors 'none'",  # the rest stands in the page
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "Refresh": "5",
}


@dataclass(frozen=True)
class Row:
    """A hand-in on the page."""

    student: str
    lesson: str
    time: str
    said: str = ""


@dataclass(frozen=True)
class State:
    """What the page shows."""

    at: str = ""
    trouble: tuple[str, ...] = ()
    running: tuple[Row, ...] = ()
    waiting: tuple[Row, ...] = ()
    more: int = 0
    """So many others wait."""
    failures: tuple[Row, ...] = ()
    done: int = 0
    graded: int = 0
    """Hand-ins of the last day that the two times are of."""
    median: float = 0.0
    most: float = 0.0
    """The 95th percentile."""

    @classmethod
    def of(cls, queue: Queue, running: list[tuple[Waiting, float]], trouble: Sequence[str], now: float) -> State:
        """How all stands now.

        Args:
            queue: what waits and what is done.
            running: what runs, and since when.
            trouble: what keeps hand-ins from being graded, in sentences.
            now: seconds since 1970.
        """
        runs = [one for one, _ in running]
        waits = [one for one in dict.fromkeys([*queue.able(), *queue.waiting]) if one not in runs]
        graded, median, most = queue.latency()
        return cls(
            _clock(now),
            tuple(trouble[-MOST:]),
            tuple(_row(one, began) for one, began in running),
            tuple(_row(one, one.seen) for one in waits[:MOST]),
            max(0, len(waits) - MOST),
            tuple(Row(one.student, one.lesson, _clock(one.at), " ".join(one.problems)) for one in queue.failures(MOST)),
            len(queue.done),
            graded,
            median,
            most,
        )


def _row(one: Waiting, time: float) -> Row:
    later = f"{one.why}; from {_clock(one.until)}" if one.why else ""
    return Row(one.arrival.student, one.arrival.lesson, _clock(time), later)


def _clock(time: float) -> str:
    return f"{datetime.fromtimestamp(time):%Y-%m-%d %H:%M:%S}"


@contextmanager
def status_page(state: Callable[[], State], port: int) -> Iterator[str]:
    """Serve the page as long as the block runs; its address.

    Args:
        state: what it shows.
        port: where, on 127.0.0.1; 0 takes one that is free.

    Raises:
        CourseError: where the port is taken.
    """
    secret = f"/{secrets.token_urlsafe(32)}/"

    class Handler(BaseHTTPRequestHandler):
        timeout = 10  # seconds that a caller may leave us waiting

        def do_GET(self) -> None:
            if not secrets.compare_digest(self.path.encode(), secret.encode()):
                self.send_error(404, "Open the address that `autograder serve` printed")
                return
            body = page("status.html", state=state()).encode()
            self.send_response(200)
            for name, value in (HEADERS | {"Content-Length": str(len(body))}).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def version_string(self) -> str:
            return "autograder"

        def log_message(self, format: str, *args: object) -> None:
            """Nothing: the terminal is for hand-ins."""

    try:
        server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    except OSError as error:
        raise CourseError(f"Port {port} is not free ({error.strerror}). Leave --port out, or take another.") from None
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}{secret}"
    finally:
        server.shutdown()
        server.server_close()
