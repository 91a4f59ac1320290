"""Imported once by the server that the pool forks its processes from."""

import contextlib

with contextlib.suppress(ImportError):
    import nbgrader.apps
    import nbgrader.converters
    import nbgrader.preprocessors  # noqa: F401

    import autograder.execute
    import autograder.score  # noqa: F401
