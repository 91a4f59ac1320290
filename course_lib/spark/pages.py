"""Spark's web pages, asked as a program asks them: by the REST interface that has the same numbers."""

from __future__ import annotations

import contextlib
import json
from http.client import HTTPConnection, HTTPException
from typing import Any

from course_lib.spark import private


def page(path: str) -> Any:
    """What one of Spark's pages shows, as data.

    Args:
        path: ``stages``, ``jobs``, ``storage/rdd`` and more: https://spark.apache.org/docs/latest/monitoring.html.

    Raises:
        RuntimeError: where no pages are served, with what to do; where there is no such page.
    """
    context = private.running_context()
    if context is None or context.uiWebUrl is None:
        raise RuntimeError("Spark serves no pages: spark.start(ui=True).")
    status, text = _ask(context.uiWebUrl, f"/{context.applicationId}/{path}")
    if status != 200:
        raise RuntimeError(f"Spark has no page {path}: {status} {text}")
    return json.loads(text)


def wait(address: str, tries: int = 4) -> None:
    """Ask Spark's pages once, so that whoever opens them next is answered at once.

    For its first answer Java loads many classes. On a busy machine that takes longer than the half a minute for which
    Spark keeps a connection open: then it is asked again.
    """
    for _ in range(tries):
        with contextlib.suppress(OSError, HTTPException):
            _ask(address, "")
            return


def _ask(address: str, path: str) -> tuple[int, str]:
    """Status and text. No proxy is asked, whatever ``http_proxy`` says: it does not reach pages of this machine."""
    with contextlib.closing(HTTPConnection(address.removeprefix("http://"), timeout=60)) as connection:
        connection.request("GET", f"/api/v1/applications{path}")
        answer = connection.getresponse()
        return answer.status, answer.read().decode("utf-8")
