"""What the judge calls in place of a student's function: plain data goes to the student's process and comes back."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

from autograder.kernels.wire import Channel, Packer, Unpacker, WireError, packed_error, read_error
from course_lib import syntax
from course_lib.check.outcome import AnswerError, Raised

MOST_CALLBACKS = 100_000


class Student:
    """The student's process, as the judge sees it."""

    def __init__(self, channel: Channel, beside: str = "", wake: Callable[[], None] = lambda: None):
        """Talk to a student's process.

        Args:
            channel: the connection.
            beside: the text of :func:`beside_half`, sent when it is first needed.
            wake: called before the first question, and before the first one after :meth:`done`.
        """
        self._channel, self._beside, self._sent = channel, beside, False
        self._wake, self._is_awake = wake, False
        self._changed = False
        self._open = False
        """Whether a question has no answer yet: one that comes late must not be taken for that of the next."""

    def ask(self, question: dict[str, Any], arguments: tuple[Any, ...], named: dict[str, Any]) -> Any:
        """Ask for one thing; while it is worked out, the student's process may call the functions among the arguments.

        Raises:
            AnswerError: where the student's code raises.
            WireError: where what comes back is no answer.
        """
        if self._open:
            raise WireError("a question before this one has no answer")
        if not self._is_awake:
            self._wake()
            self._is_awake = True
        functions: list[Callable[..., Any]] = []
        packer = Packer(functions)
        packed = [packer.pack(arguments), packer.pack(named)]
        self._open = True
        self._channel.send({**question, "arguments": packed}, packer.blobs)
        for _ in range(MOST_CALLBACKS):
            message, blobs = self._channel.receive()
            match message:
                case {"gave": value}:
                    self._open = False
                    self._changed |= message.get("changed") is True
                    return Unpacker(blobs).unpack(value)
                case {"raised": error}:
                    self._open = False
                    raised = read_error(error)
                    if raised.kind == "KeyboardInterrupt":  # it took too long, and was interrupted
                        raise KeyboardInterrupt
                    raise AnswerError.like(raised)
                case {"callback": int(number), "arguments": given} if 0 <= number < len(functions):
                    self._call_back(functions[number], Unpacker(blobs).unpack(given))
                case _:
                    raise WireError("no answer")
        raise WireError("it calls a function without end")

    def _call_back(self, function: Callable[..., Any], arguments: Any) -> None:
        if not isinstance(arguments, tuple):
            raise WireError("no arguments")
        packer = Packer()
        try:
            value = packer.pack(function(*arguments))
        except Exception as error:
            raised = Raised.of(error)
            self._channel.send({"raised": packed_error(Raised(raised.kinds, raised.text))})
        else:
            self._channel.send({"gave": value}, packer.blobs)

    def has_changed(self) -> bool:
        """Whether a call since this was last asked has changed its arguments: what the student's process says."""
        changed, self._changed = self._changed, False
        return changed

    def beside(self, function: str, names: tuple[str, ...], arguments: tuple[Any, ...]) -> Any:
        """Run a function of the lesson's checks where the answer is."""
        question: dict[str, Any] = {"beside": function, "names": list(names)}
        if not self._sent:
            question["load"] = self._beside
        value = self.ask(question, arguments, {})
        self._sent = True
        return value

    def kinds(self, names: list[str]) -> dict[str, str]:
        """What there is under these names: `function`, or `value`; nothing where there is none."""
        found = self.ask({"kinds": names}, (), {})
        if not isinstance(found, dict) or not all(isinstance(kind, str) for kind in found.values()):
            raise WireError("no kinds")
        return {name: found[name] for name in names if found.get(name) in ("function", "value")}

    def value(self, name: str) -> Any:
        """What a name is bound to, as plain data."""
        return self.ask({"value": name}, (), {})

    def done(self) -> None:
        """Say that no more questions come for now."""
        if self._is_awake:
            self._is_awake = False
            self._channel.send({"done": True})


class StandIn:
    """Stands for one function of the student's."""

    is_stand_in = True

    def __init__(self, student: Student, name: str, names: tuple[str, ...] = ()):
        """Stand for a function.

        Args:
            student: whose.
            name: what it is called there.
            names: all names of the answer that it belongs to; a function beside the answer gets them all.
        """
        self._student, self.__name__, self._names = student, name, names or (name,)

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        return self._student.ask({"call": self.__name__}, arguments, named)

    def run_beside(self, function: str, answer: Any, arguments: tuple[Any, ...]) -> Any:
        """Run a function that stands beside the answer; see :func:`course_lib.check.exercise.beside`."""
        names = (self.__name__,) if answer is self else self._names
        return self._student.beside(function, names, arguments)


def beside_half(source: str) -> str:
    """Of a ``checks.py`` only what may travel to the student's process: its imports, and what is marked ``@beside``."""
    kept: list[ast.stmt] = []
    for node in syntax.parse(source).body:
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            kept.append(node)
        elif isinstance(node, ast.FunctionDef) and any(_is_beside(mark) for mark in node.decorator_list):
            node.decorator_list = []
            kept.append(node)
    return ast.unparse(ast.Module(kept, []))


def _is_beside(mark: ast.expr) -> bool:
    return (mark.id if isinstance(mark, ast.Name) else mark.attr if isinstance(mark, ast.Attribute) else "") == "beside"
