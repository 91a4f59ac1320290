"""Keeps nbgrader from starting the command ``alembic`` for each gradebook that it makes: one to three seconds.

nbgrader asks the command for one word, the version of its own tables. The library tells the same word in this process.
"""

from __future__ import annotations


def ask_here() -> None:
    """Let nbgrader ask in this process, from now on."""
    from nbgrader import api

    api.get_alembic_version = newest_version


def newest_version() -> str:
    """The version of the tables that this nbgrader makes."""
    from alembic.script import ScriptDirectory
    from nbgrader.dbutil import ALEMBIC_DIR

    return ScriptDirectory(ALEMBIC_DIR).get_current_head() or ""
