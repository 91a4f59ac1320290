"""Imported once by the server that the pool forks its processes from."""

import contextlib

with contextlib.suppress(ImportError):
    import nbgrader.apps
    import nbgrader.converters
    import nbgrader.preprocessors  # noqa: F401

    import autograder.execute
    import autograder.restore
    import autograder.run
    import autograder.score

with contextlib.suppress(ImportError):  # Linux alone
    import autograder.kernels.client  # noqa: F401
