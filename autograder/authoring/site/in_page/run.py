"""One answer, as in a notebook: its cell runs, then its check cell. In a reader's page (Pyodide), on Python alone.

The same runs when the site is built, in a Python without its libraries, to see which exercises can be answered so
(:mod:`autograder.authoring.site.page_checks`).
"""

from __future__ import annotations

import contextlib
import dis
import io
import json
import linecache
import os
import re
import sys
import tempfile
import types
from pathlib import Path
from typing import Any

MOST_PRINTED = 20_000
"""Characters of what an answer prints; the rest is left out."""
_NO_MODULE = re.compile(r"\bModuleNotFoundError: No module named '(\w+)")


class _Printed(io.StringIO):
    """What an answer prints, up to a limit: a loop without an end must not fill the memory."""

    def write(self, text: str) -> int:
        room = MOST_PRINTED - self.tell()
        super().write(text if len(text) <= room else text[: max(0, room)])
        return len(text)


def begin() -> None:
    """Import :mod:`course_lib.check`, with arrays of our own for NumPy; nobody else sees these."""
    from . import arrays

    stand_in: Any = arrays
    sys.modules["numpy"] = stand_in
    try:
        from course_lib import check as check
    finally:
        del sys.modules["numpy"]
    os.chdir(tempfile.mkdtemp())


def answer(lesson: str, exercise: str, source: str) -> str:
    """Run an answer and its check.

    Args:
        lesson: what a page's file holds, see :func:`autograder.authoring.site.page_checks.of`; JSON.
        exercise: its name.
        source: the text of the answer's cell.

    Returns:
        JSON: whether it has ``passed``; the ``message`` of the check; what was ``printed``; where it has not passed,
        the name of something that it uses and a page ``lacks``.
    """
    from course_lib import check
    from course_lib.check import lesson as checking
    from course_lib.check.message import Message
    from course_lib.check.outcome import Raised
    from course_lib.student.copy import CHECKS

    known = json.loads(lesson)
    Path(CHECKS).write_text(known["checks"][exercise], encoding="utf-8")
    cell = sys.modules["__main__"] = types.ModuleType("__main__")
    exec(known["defines"], vars(cell))
    file = f"<answer {exercise}>"
    linecache.cache[file] = (len(source), None, source.splitlines(True), file)
    printed, uses = _Printed(), set[str]()
    passed: list[str] = []
    vars(checking)["print"] = passed.append  # apart from what an answer prints while it is asked
    with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
        try:
            code = compile(source, file, "exec")
            uses = _reads(code)
            exec(code, vars(cell))
            check.answer(exercise)
            message = passed[0]
        except check.CheckFailed as failed:
            message = str(failed)
        except BaseException as error:
            kind, sentence, place = Raised.of(error).explain()
            if isinstance(error, SyntaxError) and error.text:
                place = f"  at        {error.text.strip()}"
            message = Message(exercise, kind, sentence, place).format()
    lacking = [*_NO_MODULE.findall(message), *sorted(uses & set(known["names"]) - set(vars(cell)))]
    lacks = lacking[0] if lacking and not passed else ""
    said = {"passed": bool(passed), "message": message, "printed": printed.getvalue(), "lacks": lacks}
    return json.dumps(said)


def _reads(code: types.CodeType) -> set[str]:
    """The names from outside that a text and its functions read."""
    names = {one.argval for one in dis.get_instructions(code) if one.opname in ("LOAD_GLOBAL", "LOAD_NAME")}
    return names.union(*(_reads(part) for part in code.co_consts if isinstance(part, types.CodeType)))


def main() -> None:
    """Try answers: reads ``[[lesson, exercise, source], …]`` and prints which pass, and the files of ours they need."""
    begin()
    passed = [json.loads(answer(*task))["passed"] for task in json.load(sys.stdin)]
    modules = [module for name, module in sys.modules.items() if name.partition(".")[0] == "course_lib"]
    json.dump({"passed": passed, "files": sorted(filter(None, (module.__file__ for module in modules)))}, sys.stdout)
