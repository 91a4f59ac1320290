"""Asks an answer its questions, and says where it was when it did not come back."""

from __future__ import annotations

import _thread
import contextlib
import signal
import threading
import time
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from course_lib.check.checks import CheckFailed, arguments_line
from course_lib.check.message import Message, lines
from course_lib.check.outcome import Outcome, own_line

if TYPE_CHECKING:
    from course_lib.check.exercise import Example, Exercise

LONGEST = 600.0
"""Seconds that all questions of a check may take in a notebook: so many that a busy machine stops nobody. Who will not
wait presses the stop button, and reads the same."""
TOO_LONG = "too long"
"""The mistake of an answer that does not come back."""
LOOP = "If it is in a loop: what in each round brings the loop nearer to its end? Otherwise: is there a shorter way?"
OUTSIDE = "What it gave takes long to try out: is it larger than the task asks for?"


def ask_each(exercise: Exercise, questions: Sequence[Example], answer: Any) -> list[Outcome]:
    """Ask all questions in order.

    Raises:
        CheckFailed: where the answer is interrupted before it came back, by the stop button or :func:`at_most`.
    """
    outcomes = []
    begin = time.monotonic()
    for question in questions:
        try:
            outcomes.append(exercise.ask(question, answer))
        except KeyboardInterrupt as stop:
            ran = round(time.monotonic() - begin)
            told = f"Your code ran for {ran} second{'s' * (ran != 1)} and was stopped before it came back."
            line = own_line(stop)
            call = arguments_line(exercise.name if exercise.calls(question) else "", question.arguments)
            detail = lines(call, f"  at        {line}" if line else "")
            raise CheckFailed(
                Message(exercise.name, TOO_LONG, lines(told, LOOP if line else OUTSIDE), detail)
            ) from None
    return outcomes


@contextlib.contextmanager
def at_most(seconds: float | None = None) -> Iterator[None]:
    """Press the stop button, so to speak, after so many seconds; where there are no threads, or in one, never.

    Args:
        seconds: by default ``LONGEST``.

    Raises:
        KeyboardInterrupt: in whatever computes then.
    """
    main = threading.main_thread()

    def stop() -> None:
        if hasattr(signal, "pthread_kill") and main.ident is not None:
            signal.pthread_kill(main.ident, signal.SIGINT)  # ends waiting as well
        else:
            _thread.interrupt_main()

    timer = threading.Timer(LONGEST if seconds is None else seconds, stop)
    timer.daemon = True
    if threading.current_thread() is main:
        with contextlib.suppress(RuntimeError):  # Python in a browser has no threads
            timer.start()
    try:
        yield
    finally:
        timer.cancel()
