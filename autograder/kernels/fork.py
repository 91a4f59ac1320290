"""The fork server that the kernels of a run come from."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from autograder.reading.sanitize import in_short


@contextmanager
def fork_server(modules: list[str], remark: Callable[[str], object] = lambda _: None) -> Iterator[str | None]:
    """The address of a fork server that loads these modules; None where the system cannot fork kernels.

    Args:
        modules: their names.
        remark: called with a sentence where kernels will be slower than they could be.
    """
    if sys.platform != "linux":
        yield None
        return
    from autograder.kernels.client import ForkServer

    with ForkServer(modules) as server:
        if "course_lib.spark" in modules:
            from course_lib import spark
            from course_lib.spark import java

            try:
                spark.share_classes()
            except java.JavaMissing:
                pass  # the notebooks will say so
            except Exception as error:  # it saves time, no more: a slow machine may need longer than it is given
                remark(f"Spark starts slowly here: its classes could not be kept in a file ({in_short(error)}).")
        yield server.address
