"""A copy of the gradebook before each run, in ``backups/``."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from datetime import datetime
from pathlib import Path

from autograder.course import Course
from autograder.gradebook.record import has_gradebook

KEPT = 20
"""So many copies are kept."""


def back_up(course: Course) -> str:
    """Copy the gradebook, where there is one yet: an SQLite file as it is, PostgreSQL with its own tool ``pg_dump``.

    A copy is there whole or not at all.

    Returns:
        Why there is no copy (another kind of database, no ``pg_dump``, a full disk), in a sentence; else an empty
        string.
    """
    try:
        _copy(course)
    except (_NoBackup, OSError, sqlite3.Error) as reason:
        return f"The gradebook was not backed up: {reason}."
    return ""


class _NoBackup(Exception):
    """Why the gradebook was not copied."""


def _copy(course: Course) -> None:
    if not has_gradebook(course):
        return
    folder = course.backups
    folder.mkdir(exist_ok=True)
    path = folder / f"gradebook-{datetime.now():%Y%m%d-%H%M%S-%f}{'.db' if course.gradebook else '.dump'}"
    fresh = folder / ".new"
    if course.gradebook:
        with closing(sqlite3.connect(course.gradebook)) as book, closing(sqlite3.connect(fresh)) as copy:
            # where another program holds the gradebook this gives up after five seconds; `backup` waits for ever
            book.execute("BEGIN").execute("SELECT 1 FROM sqlite_master")
            book.backup(copy)
    else:
        _dump(course.gradebook_url, fresh)
    fresh.replace(path)
    for old in sorted(folder.glob("gradebook-*.*"))[:-KEPT]:
        old.unlink()


def _dump(url: str, path: Path) -> None:
    """Write a database of PostgreSQL into a file for ``pg_restore``."""
    from sqlalchemy.engine import URL, make_url

    where = make_url(url)
    kind = where.get_backend_name()
    if kind != "postgresql":
        raise _NoBackup(f"Only SQLite and PostgreSQL are backed up here; {kind} needs a backup of its own")
    if (tool := shutil.which("pg_dump")) is None:
        raise _NoBackup("pg_dump is not installed (Debian: apt-get install postgresql-client)")
    # the password does not stand on the command line, where every user of this machine could read it
    secret = {"PGPASSWORD": str(where.password)} if where.password else {}
    address = URL.create("postgresql", where.username, None, where.host, where.port, where.database, where.query)
    command = [tool, "--no-password", "--format=custom", f"--file={path}", f"--dbname={address.render_as_string()}"]
    done = subprocess.run(
        command, env=os.environ | secret, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        path.unlink(missing_ok=True)
        raise _NoBackup(f"pg_dump failed: {(done.stderr.strip().splitlines() or ['it says nothing'])[0]}")
