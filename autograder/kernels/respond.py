"""The student's side of the judge's questions: calls what it is asked to call, and sends back what comes of it.

This runs in the student's process, so a hand-in may put anything in its place. It would gain nothing: here is no
expected value and no verdict, only questions.
"""

from __future__ import annotations

import contextlib
import io
import types
from collections.abc import Callable
from typing import Any

from autograder.kernels.wire import Channel, Packer, Unpacker, WireError, packed_error, read_error
from course_lib.check.checks import copies, has_changed, quiet
from course_lib.check.exercise import together
from course_lib.check.outcome import AnswerError, Raised


def respond(channel: Channel, names: Callable[[], dict[str, Any]], loaded: dict[str, Any]) -> None:
    """Answer questions until the judge says that it is done, or is gone.

    Args:
        channel: the connection to the judge.
        names: gives the student's namespace.
        loaded: kept between calls: what stands beside the answers, once it has come.
    """
    with contextlib.suppress(WireError):
        while True:
            try:
                message, blobs = channel.receive()
            except KeyboardInterrupt:  # the judge takes its time: it is told so where it asks next
                continue
            if "done" in message:
                return
            packer = Packer()
            try:
                with quiet(), contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
                    given, changed = _work_out(channel, message, blobs, names(), loaded)
                    value = packer.pack(given)
            except WireError:
                return
            except BaseException as error:  # whatever a hand-in raises
                channel.send({"raised": packed_error(Raised.of(error))})
                continue
            try:
                channel.send({"gave": value, "changed": changed}, packer.blobs)
            except WireError:
                channel.send({"gave": {"foreign": "more than can be sent"}})


def _work_out(
    channel: Channel, message: dict[str, Any], blobs: bytes, names: dict[str, Any], loaded: dict[str, Any]
) -> tuple[Any, bool]:
    """What comes of a question, and whether a call has changed its arguments."""
    unpacker = Unpacker(blobs, lambda number: _callback(channel, number))
    arguments, named = (unpacker.unpack(part) for part in message["arguments"])
    if "call" in message:
        before = copies(arguments)
        return names[message["call"]](*arguments, **named), has_changed(before, arguments)
    if "beside" in message:
        if "load" in message:
            # what is defined in a module of this name travels to Spark's workers by value
            loaded.update(vars(types.ModuleType("__main__")))
            exec(compile(message["load"], "<checks beside>", "exec"), loaded)
        answer = together({name: names[name] for name in message["names"]})
        return loaded[message["beside"]](answer, *arguments), False
    if "kinds" in message:
        return {
            name: "function" if callable(names[name]) else "value" for name in message["kinds"] if name in names
        }, False
    return names[message["value"]], False


def _callback(channel: Channel, number: int) -> Callable[..., Any]:
    """Stands for a function among the arguments: the judge works it out."""

    def function(*arguments: Any) -> Any:
        packer = Packer()
        packed = packer.pack(arguments)
        channel.send({"callback": number, "arguments": packed}, packer.blobs)
        message, blobs = channel.receive()
        if "raised" in message:
            raise AnswerError.like(read_error(message["raised"]))
        return Unpacker(blobs).unpack(message["gave"])

    return function
