"""`autograder serve`: grades each hand-in as it arrives, by the means of `autograder grade`.

The pool, the fork server, the sandbox, the judge and the one writer are the same; what differs is that hand-ins come
one by one. Where the server is killed, what was not done lies where it lay, and what was graded is in the journals.
"""

from __future__ import annotations

import itertools
import signal
import socket
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from autograder.collecting.arrivals import Exchange, NotTaken, Uploads
from autograder.course import Course, CourseError, Lesson
from autograder.gradebook import record
from autograder.gradebook.backup import back_up
from autograder.gradebook.journal import Journal
from autograder.gradebook.late_days import check
from autograder.gradebook.lock import Busy, only_grader, only_server
from autograder.grading import grade_one
from autograder.grading.grade_class import Grading, Submission, at_once
from autograder.kernels.ahead import modules_needed
from autograder.kernels.fork import fork_server
from autograder.kernels.rungs import why_no_sandbox
from autograder.processes import scratch
from autograder.processes.pool import LIMIT, Pool
from autograder.reading.sanitize import in_short
from autograder.reports.pages import page
from autograder.serving.queue import Queue, Waiting
from autograder.serving.status import State, status_page
from autograder.serving.taking import give_back, take
from course_lib.machine import cores, memory_gb

PAUSE = 0.3
"""Seconds between two looks at the doors; more where a look takes long."""
REST = 10.0
"""Seconds until the next try where the course itself is in the way."""


@dataclass(eq=False)
class _Run:
    """A hand-in that runs."""

    waiting: Waiting
    lesson: Lesson
    submissions: list[Submission]
    said: list[str]
    """What a person should know of how it came in."""
    began: float


class Server:
    """One run of `autograder serve`.

    Args:
        course: whose hand-ins.
        lessons: names of those that are graded.
        doors: where hand-ins arrive.
        tries: hand-ins of a student for a lesson that are graded within an hour; 0: all of them.
        sandboxed: whether student code runs in a sandbox.
        say: is told in a line what has happened.
        now: the clock, in seconds since 1970.
    """

    def __init__(
        self,
        course: Course,
        lessons: Sequence[str],
        doors: Sequence[Exchange | Uploads],
        tries: int = 0,
        sandboxed: bool = True,
        say: Callable[[str], object] = print,
        now: Callable[[], float] = time.time,
    ):
        self.course, self._lessons, self._sandboxed, self._say, self._now = course, lessons, sandboxed, say, now
        self._doors, self._record = doors, Journal(course.served)
        self.queue = Queue(doors, lessons, self._record, tries, now)
        self.state = State()
        """What the status page shows; replaced, never changed."""
        self._running: list[_Run] = []
        self._trouble = ""
        self._said = 0
        self._backed_up: date | None = None

    def run(self, stop: threading.Event) -> None:
        """Grade what arrives until somebody sets ``stop``. Hand-ins that run then go back to the queue.

        Raises:
            CourseError: where somebody else grades or serves; where there is no sandbox; where settings are wrong.
        """
        check(self.course)
        modules = modules_needed(self.course.lessons(list(self._lessons)))
        if self._sandboxed and (reason := why_no_sandbox(modules)):
            raise CourseError(
                f"There is no sandbox on this machine: {reason}.\nA server runs hand-ins while nobody looks, so it "
                "starts only where there is one. `autograder doctor` says what is missing."
            )
        with only_server(self.course), closing(self._record):
            with only_grader(self.course):  # refuses at once beside a grader; one that comes later is waited for
                record.what_is_known(self.course)
                scratch.sweep()
            while not stop.is_set():
                with fork_server(modules, self._say) as address:
                    self._watch(address, stop)

    def _watch(self, address: str | None, stop: threading.Event) -> None:
        """Grade as long as the fork server lives."""
        while not stop.is_set():
            began = time.monotonic()
            self._look()
            pause = max(PAUSE, 5 * (time.monotonic() - began))
            if self.queue.able():
                try:
                    with only_grader(self.course), scratch.scratch() as place:
                        self._trouble = ""
                        if not self._shift(address, place, stop):
                            return
                except Busy:
                    self._trouble = "`autograder grade`, or another command, is at work in this course: hand-ins wait."
                except Exception as error:  # a gradebook that is locked, a full disk: nothing is lost by waiting
                    pause, self._trouble = REST, str(error) if isinstance(error, CourseError) else in_short(error)
                    self._say(self._trouble)
            stop.wait(pause)

    def _shift(self, address: str | None, place: Path, stop: threading.Event) -> bool:
        """Grade until nothing waits any more; False where the fork server has died."""
        if self._backed_up != date.today():
            self._backed_up = date.today()
            if no_backup := back_up(self.course):
                self._say(no_backup)
        folders = (place / str(number) for number in itertools.count())
        workers = at_once(cores(), memory_gb())
        with (
            record.kept_ready(self.course),
            closing(Grading(self.course, [])) as grading,
            Pool(grade_one.grade_notebook, LIMIT, workers) as pool,
        ):
            try:
                while not stop.is_set():
                    busy = [run.waiting.arrival.student for run in self._running]
                    able = self.queue.able(busy)
                    if able and pool.free:
                        self.queue.begins(able[0])
                        self._begin(able[0], grading, pool, next(folders), address)
                        continue
                    if not self._running:
                        return True
                    for run, result in pool.done(PAUSE):
                        self._running.remove(run)
                        (outcome, *_) = grading.settle(run.submissions, result)
                        if not self._settle(run, grading, outcome.problems) and not _answers(address):
                            return False
                    self._look()
                return True
            finally:
                self._running.clear()  # those go on waiting

    def _begin(self, waiting: Waiting, grading: Grading, pool: Pool, place: Path, address: str | None) -> None:
        """Take a hand-in in and start its run; or write down why it does not run."""
        place.mkdir()
        try:
            (lesson,) = self.course.lessons([waiting.arrival.lesson])  # as it is now: somebody may have mended it
            version = grading.version_of(lesson, place)
            submissions, said = take(self.course, waiting.arrival, lesson, place / "in")
            run, folder = _Run(waiting, lesson, submissions, said, self._now()), place / "run" / lesson.name
            if all(map(grading.is_unchanged, submissions)):  # stopped when it was graded, before its page was there
                self._settle(run, grading, ())
            elif failed := grading.examine(submissions, folder):
                self._settle(run, grading, failed[0].problems)
            else:
                pool.begin(run, (folder, version, address, self._sandboxed))
                self._running.append(run)
        except NotTaken as why:
            self._tell(waiting, "This hand-in was not graded", str(why))
            self._done(waiting, False, [str(why)])
        except Exception as error:  # whatever it is, it is this hand-in's, or its lesson's: the others go on
            self._fail(waiting, error)

    def _settle(self, run: _Run, grading: Grading, problems: Sequence[str]) -> bool:
        """Give the student a page; False where the machine has failed."""
        try:
            failed = not all(map(grading.is_unchanged, run.submissions))
            if failed and self._put_off(run.waiting, " ".join(problems)):
                return False
            trouble = give_back(self.course, run.waiting.arrival, run.lesson, run.submissions)
            self._done(run.waiting, True, [*problems, *run.said, *filter(None, [trouble])])
            return not failed
        except Exception as error:
            self._fail(run.waiting, error)
            return True

    def _fail(self, waiting: Waiting, error: Exception) -> None:
        """Try a hand-in again at which something unforeseen went wrong; or leave it to a person."""
        why = str(error) if isinstance(error, CourseError) else in_short(error)
        if not self._put_off(waiting, why):
            self._done(waiting, False, [why])

    def _done(self, waiting: Waiting, ran: bool, problems: list[str]) -> None:
        done = self.queue.finish(waiting, ran, problems)
        took = f" in {done.seconds:.1f} s" if done.seconds is not None else ""
        self._say(f"{done.student} · {done.lesson}: {problems[0] if problems else f'graded{took}'}")

    def _put_off(self, waiting: Waiting, why: str) -> bool:
        """Try a hand-in again a little later; False where that was done often enough."""
        if put_off := self.queue.later(waiting, why):
            self._say(f"{waiting.arrival.student} · {waiting.arrival.lesson}, to be tried again: {why}")
        return put_off

    def _tell(self, waiting: Waiting, title: str, sentence: str) -> None:
        """Put a page with a sentence where the student looks for feedback."""
        arrival = waiting.arrival
        try:
            (lesson,) = self.course.lessons([arrival.lesson])
            arrival.door.give(arrival, lesson, page("notice.html", lesson=lesson.name, title=title, sentence=sentence))
        except (OSError, CourseError) as error:
            self._say(f"{arrival.student} · {arrival.lesson}: the student could not be told ({error}).")

    def _look(self) -> None:
        """See what has arrived, tell whoever meets the limit, and show it all."""
        for one in self.queue.look():
            when = f"{datetime.fromtimestamp(one.until):%H:%M}"
            self._say(f"{one.arrival.student} · {one.arrival.lesson}: {one.why}; the next one waits until {when}.")
            safe = f"This one is safe: it will be graded at {when}, or a newer one of yours in its place."
            sentence = f"Of your hand-ins for this lesson, {one.why}. {safe} Fetch your feedback again then."
            self._tell(one, "Your hand-in waits", sentence)
        strangers = [sentence for door in self._doors for sentence in door.strangers]
        for sentence in strangers[self._said :]:
            self._say(sentence)
        self._said = len(strangers)
        trouble = [*strangers, *filter(None, [self._trouble])]
        running = [(run.waiting, run.began) for run in self._running]
        self.state = State.of(self.queue, running, trouble, self._now())


def serve(
    course: Course, lessons: list[str] | None, uploads: Path | None, tries: int, port: int, say: Callable[[str], object]
) -> None:
    """Serve until SIGINT or SIGTERM.

    Args:
        course: whose hand-ins.
        lessons: names, or their beginnings; None: all.
        uploads: a folder that hand-ins arrive in, besides the exchange; with it there need be no exchange.
        tries: as :class:`Server` has them.
        port: of the status page.
        say: prints a line.

    Raises:
        CourseError: as :meth:`Server.run`; where hand-ins can arrive nowhere; where the port is taken.
    """
    doors: list[Exchange | Uploads] = [Uploads(uploads)] if uploads else []
    try:
        doors.append(Exchange(course))
    except CourseError:
        if not uploads:
            raise
    names = [lesson.name for lesson in course.lessons(lessons)]
    server, stop = Server(course, names, doors, tries, say=say), threading.Event()
    before = {number: signal.signal(number, lambda *_: stop.set()) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        with status_page(lambda: server.state, port) as address:
            say(f"Hand-ins in {' and '.join(str(door.root) for door in doors)} are graded as they come.")
            say(f"How they stand: {address}")
            say("Ctrl-C ends it. What is not graded by then waits for the next start.")
            server.run(stop)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    say(f"Stopped. {len(server.queue.waiting)} wait for the next start.")


def _answers(address: str | None) -> bool:
    """Whether the fork server lives."""
    if address is None:
        return True
    try:
        with socket.socket(socket.AF_UNIX) as line:
            line.connect(address)
    except OSError:
        return False
    return True
