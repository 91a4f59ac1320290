"""Imported once by the server that the pool forks its processes from."""

import contextlib

import autograder.processes.no_grammar

with contextlib.suppress(ImportError):
    # what the command line imports: each process runs its module once more
    import rich.markdown
    import rich.progress  # noqa: F401
    import typer  # noqa: F401

with contextlib.suppress(ImportError):
    import nbgrader.apps
    import nbgrader.converters
    import nbgrader.preprocessors  # noqa: F401

    import autograder.grading.execute
    import autograder.grading.grade_one
    import autograder.grading.restore
    import autograder.grading.score

with contextlib.suppress(ImportError):  # Linux alone
    import autograder.kernels.client  # noqa: F401
