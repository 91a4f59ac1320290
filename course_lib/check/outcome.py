"""What asking an answer gave: plain data, an exception, or something that is no plain data."""

from __future__ import annotations

import builtins
import contextlib
import re
import sys
import traceback
from dataclasses import dataclass
from typing import Any

from course_lib.check.message import NOT_WRITTEN, lines
from course_lib.check.plain import Difference, NotPlain, compare, to_plain

MACHINERY = re.compile(r"[\\/]course_lib[\\/]check[\\/]|[\\/]autograder[\\/]|[\\/](?:site|dist)-packages[\\/]|^<checks")
"""Files whose lines are not the student's."""
CELL = re.compile(r"ipykernel_|^<ipython-input|^<answer")
"""Files that are cells: of ipykernel, of IPython, of the tests."""
COLOURS = re.compile(r"\x1b\[[0-9;]*m")
"""What colours text on a terminal, and is noise elsewhere."""
AROUND = re.compile(
    r"^Graph execution error:.*(?:\n  File [^\n]*|\n<stack traces unavailable>)\n+"
    r"|^in user code:.*\n    \w+(?:Error|Exception): "
    r"|^(?:\{\{function_node [^}\n]*\}\}\s?)?(?:Error in user-defined function [^\n]{,200}? with iterator: \S+ )?"
    r"|\n\nArguments received by .*"
    r"| ?\[Op:\w+\](?: name: )?$",
    re.S,
)
"""What TensorFlow and Keras write around a reason: files and lines that are not the student's."""
NODE = re.compile(r"\n\t \[\[\{\{node ([^}\n]{,300})\}\}\]\]")
"""How TensorFlow says where in a graph it happened."""
QUOTED = re.compile(r'^ *File "([^"\n]*)", line \d+, in [^\n]*\n +(?! |File ")([^\n]+)', re.M)
"""A file and its line, in a traceback that stands in an exception's text: of a graph, or of a function in it."""
LONGEST_TEXT, LONGEST_LINE = 300, 160
IN_PLAIN_WORDS = [
    (
        "UnboundLocalError",
        "local variable",
        "",
        "It is used before any line has given it a value. Give it one first; a sum begins at 0.",
    ),
    ("IndexError", "tuple index out of range", ".shape[", "Here the array has fewer axes than the line asks for."),
]
"""What Python says badly: kind, part of its text, part of the line, and what to say besides."""
SPARK_GONE = "Spark has ended"
"""The mistake that is none: Java was killed, or ran out of memory."""
SPARK_FAILED = "Spark itself failed"
"""The mistake that may be none: what carries the answer's work out gave up, and no line of the answer is named."""
NOT_BY_AN_ANSWER = re.compile(
    "python worker (?:failed to connect|exited unexpectedly)|cannot_open_socket|could not open socket|timed? ?out|"
    "outofmemory|no space left|unable to create native thread|cannot run program|too many open files|connection reset",
    re.I,
)
"""What Spark says where the machine was too busy or too small for it, or where a worker of its own died."""


@dataclass(frozen=True)
class Raised:
    """An exception that an answer ended in, as plain data: it may have been raised in another process."""

    kinds: tuple[str, ...]
    """Names of its class and of that class's parents, its own first."""
    text: str = ""
    line: str = ""
    """The student's line where it happened, as it stands in the cell; empty where there is none."""

    @classmethod
    def of(cls, error: BaseException) -> Raised:
        """Read an exception. One that came from another process says itself what it was."""
        if isinstance(error, AnswerError):
            return error.raised
        name, text = _cause(error)
        kinds = [str(kind.__name__)[:60] for kind in type(error).__mro__ if kind not in (object, BaseException)]
        return cls(
            tuple(dict.fromkeys([name[:60], *kinds[:12]])),
            _cut(_reason(COLOURS.sub("", text)), LONGEST_TEXT),
            _cut(_line(error), LONGEST_LINE),
        )

    @property
    def kind(self) -> str:
        """Name of its class."""
        return self.kinds[0]

    def explain(self) -> tuple[str, str, str]:
        """Name of the mistake, a sentence, and the line where it happened."""
        if self.kind == "NotImplementedError":
            return NOT_WRITTEN, "Replace the line `raise NotImplementedError(...)` with your answer.", ""
        if self.kind == SPARK_GONE:
            return (
                SPARK_GONE,
                "This says nothing of your answer. Run `spark.start()`, and the cells again from there.",
                "",
            )
        if self.kind == SPARK_FAILED:
            return (
                SPARK_FAILED,
                "This may say nothing of your answer: run the cell once more. If it comes again, a function that you "
                f"gave to Spark may end its Python, or fill its memory.\n  Spark     {self.text}",
                f"  at        {self.line}" * bool(self.line),
            )
        plainly = [
            words
            for kind, text, line, words in IN_PLAIN_WORDS
            if kind == self.kind and text in self.text and line in self.line
        ]
        sentence = lines(f"Your code stops with {self.kind}: {self.text}", *plainly)
        return self.kind, sentence, f"  at        {self.line}" * bool(self.line)


class AnswerError(Exception):
    """Stands for an exception of an answer in another process; also an instance of Python's own class of that name."""

    raised: Raised

    @classmethod
    def like(cls, raised: Raised) -> AnswerError:
        """An exception that ``except ValueError`` catches where the answer raised a ValueError."""
        for name in raised.kinds:
            kind = getattr(builtins, name, None)
            if isinstance(kind, type) and issubclass(kind, Exception):
                with contextlib.suppress(TypeError):  # a class with a layout of its own
                    both: Any = type(name, (cls, kind), {})
                    error: AnswerError = both.__new__(both)
                    error.args, error.raised = (raised.text,), raised
                    return error
        error = cls(raised.text)
        error.raised = raised
        return error

    def __str__(self) -> str:
        return self.raised.text


class unfit:
    """Stands for an answer that has not the form that a check looks at: hints may read it, but it is never right.

    Without it an answer might give the very facts that a check looks for.
    """

    def __init__(self, answer: Any):
        self.answer = answer


class Outcome:
    """What one question gave."""

    def __init__(self, value: Any = None, error: BaseException | None = None):
        self.error = Raised.of(error) if error is not None else None
        self.problem, self.plain = "", None
        self.fits = not isinstance(value, unfit)
        self.changed = False
        """Whether the arguments of the call are changed by it."""
        if isinstance(value, unfit):
            value = value.answer
        if error is None:
            try:
                self.plain = to_plain(value)
            except NotPlain as not_plain:
                self.problem = str(not_plain)
            except Exception:
                self.problem = "an object that cannot be read"

    @property
    def shown(self) -> Any:
        """The plain data without what was only measured: in a dict of facts, the names that begin with ``_``."""
        if isinstance(self.plain, dict):
            return {key: fact for key, fact in self.plain.items() if not re.match("_.", str(key))}
        return self.plain

    def difference(self, expected: Any, rtol: float, atol: float) -> Difference | None:
        """Where it differs from what was expected; None where it does not."""
        if not self.fits and self.error is None and (self.plain is not None or self.problem):  # None has its own words
            sentence = "The result has another form than the task asks for."
            shown = self.problem or self.shown
            return Difference(to_plain(expected), shown, "wrong type", sentence, comparable=False)
        return self._difference(expected, rtol, atol)

    def agrees(self, other: Any, rtol: float, atol: float) -> bool:
        """Whether it is what something else gave, right or wrong; NaN agrees with NaN."""
        return self._difference(other, rtol, atol, equal_nan=True) is None

    def _difference(self, expected: Any, rtol: float, atol: float, equal_nan: bool = False) -> Difference | None:
        expected = to_plain(expected)
        if self.error is not None:
            return Difference(expected, self.error)
        if self.problem:
            sentence = f"What comes back is, or holds, {self.problem}. Give numbers, text, arrays, or lists of these."
            return Difference(expected, self.problem, "wrong type", sentence)
        return compare(expected, self.shown, rtol, atol, equal_nan)


def _cause(error: BaseException) -> tuple[str, str]:
    """Name and text of an exception. An error in a Spark worker comes wrapped; then those of the worker's own error."""
    text = _text(error)
    if _spark_is_gone(error):
        return SPARK_GONE, "Spark's Java process has ended"
    # the last line of the worker's own traceback, which stands in the text of Java's
    in_worker = re.findall(r"^(?:\w+\.)*(\w+(?:Error|Exception)): (.*)$", text.partition("Traceback (most")[2], re.M)
    name = type(error).__name__
    if in_worker:
        name, text = in_worker[0]
    elif type(error).__module__.partition(".")[0] in ("py4j", "pyspark") and (said := NOT_BY_AN_ANSWER.search(text)):
        return SPARK_FAILED, text[said.start() :].partition("\n")[0]
    return name, text


def _text(error: BaseException) -> str:
    try:
        return str(error)
    except Exception:  # a hostile __str__ must not stop the check
        return BaseException.__str__(error)


def _reason(text: str) -> str:
    """An exception's text without what TensorFlow and Keras write around the reason."""
    return NODE.sub(r" (at \1)", AROUND.sub("", text)).strip()


def _spark_is_gone(error: BaseException) -> bool:
    """Whether this error only says that the Java process behind Spark has ended."""
    private = sys.modules.get("course_lib.spark.private")
    from_java = type(error).__module__.startswith("py4j") or isinstance(error, (ConnectionError, AttributeError))
    return private is not None and from_java and bool(private.java_is_gone())


def _line(error: BaseException) -> str:
    """The line of the student's where an exception arose: the innermost of a cell, or of any file but ours.

    A function that runs inside a graph is on no way there; its line stands in the exception's text.
    """
    quoted = [line for file, line in QUOTED.findall(_text(error)) if CELL.search(file)]
    frames = traceback.extract_tb(error.__traceback__)
    others = [frame for frame in frames if not MACHINERY.search(frame.filename)]
    return (quoted[-1] if quoted else own_line(error)) or (others[-1].line or "" if others else "")


def own_line(error: BaseException) -> str:
    """The innermost line of a cell on the way to where an exception arose; empty where there is none."""
    own = [frame for frame in traceback.extract_tb(error.__traceback__) if CELL.search(frame.filename)]
    return _cut(own[-1].line or "", LONGEST_LINE) if own else ""


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[:most] + "…"
