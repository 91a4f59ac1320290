"""Imported once by the server that the pool forks its processes from."""

import contextlib
import gc

with contextlib.suppress(ImportError):
    # what the command line imports: each process runs its module once more
    import rich.markdown
    import rich.progress  # noqa: F401
    import typer  # noqa: F401

with contextlib.suppress(ImportError):
    import nbformat
    import nbgrader.apps
    import nbgrader.converters
    import nbgrader.preprocessors  # noqa: F401

    import autograder.grading.execute
    import autograder.grading.grade_one
    import autograder.grading.restore
    import autograder.grading.score

    nbformat.validate(nbformat.v4.new_notebook())  # a notebook's schema is worked out at its first use

with contextlib.suppress(ImportError):  # Linux alone
    import autograder.kernels.client  # noqa: F401
    from autograder.kernels.rungs import rung

    rung()  # it builds a sandbox to find out, and what it found out is kept

gc.collect()
gc.freeze()  # what the collector does not look through stays shared with the jobs
