"""What waits, and whose turn it is. Nothing is kept of it but what is done: the rest is what lies at the doors."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import asdict, dataclass

from autograder.collecting.arrivals import Arrival, Exchange, Uploads
from autograder.gradebook.journal import Journal

HOUR = 3600.0
AGAIN = (10.0, 40.0, 160.0, 640.0)
"""Seconds until a hand-in is tried again that the machine failed at; after the last it waits for a person."""


@dataclass(eq=False)
class Waiting:
    """A hand-in that is not done."""

    arrival: Arrival
    seen: float
    """When it was first seen. Times are seconds since 1970."""
    state: str = ""
    """What lay there at the last look."""
    ready: bool = False
    """Whether two looks found the same: nobody writes into it any more."""
    until: float = 0.0
    """When it may begin."""
    why: str = ""
    """Why not at once."""
    tries: int = 0
    """How often the machine has failed at it."""


@dataclass(frozen=True)
class Done:
    """What is kept of a hand-in that is done."""

    student: str
    lesson: str
    at: float
    seconds: float | None
    """From when it was seen until its page was there; None where something made it wait."""
    ran: bool
    """Whether it was a try, as the limit counts them."""
    problems: tuple[str, ...] = ()
    """What a person should know."""


class Queue:
    """The hand-ins at the doors that are not done.

    Args:
        doors: where they arrive.
        lessons: names of those that are graded.
        record: what is done, over all runs of the server.
        tries: hand-ins of a student for a lesson that are graded within an hour; 0: all of them.
        now: the clock.
    """

    def __init__(
        self,
        doors: Sequence[Exchange | Uploads],
        lessons: Collection[str],
        record: Journal,
        tries: int,
        now: Callable[[], float] = time.time,
    ):
        self._doors, self._lessons, self._record, self._tries, self._now = doors, lessons, record, tries, now
        self.waiting: list[Waiting] = []
        self.done: list[Done] = []
        self._ran: dict[tuple[str, str], list[float]] = defaultdict(list)
        self._turns: dict[str, int] = {}
        for fact in record.all("done").values():
            self._count(Done(**(fact | {"problems": tuple(fact["problems"])})))

    def look(self) -> list[Waiting]:
        """Look what lies at the doors; returns the hand-ins that have just met the limit of tries."""
        places: dict[tuple[str, str], list[Arrival]] = defaultdict(list)
        for door in self._doors:
            for arrival in door.look(self._lessons):
                places[arrival.student, arrival.lesson].append(arrival)
        before = {one.arrival.key: one for one in self.waiting}
        self.waiting, limited = [], []
        for arrivals in places.values():
            for arrival in sorted(arrivals, key=lambda one: one.when, reverse=True):
                if arrival.key in self._record.all("done"):
                    break  # the newest is done, so the earlier ones are
                one = before.get(arrival.key) or Waiting(arrival, self._now())
                if not one.ready:
                    state = arrival.door.state(arrival)
                    one.ready, one.state = bool(state) and state == one.state, state
                if one.state:  # else it is still being written, and the one before it counts
                    self.waiting.append(one)
                    limited += [one] * self._meets_limit(one)
                    break
        return limited

    def _meets_limit(self, one: Waiting) -> bool:
        ran = self._ran[one.arrival.student, one.arrival.lesson]
        free = ran[-self._tries] + HOUR if self._tries and len(ran) >= self._tries else 0.0
        if not one.ready or free <= max(self._now(), one.until):
            return False
        one.until, one.why = free, f"{self._tries} were graded within an hour"
        return True

    def able(self, busy: Collection[str] = ()) -> list[Waiting]:
        """Those that may begin now, in the order in which they do: each student in turn, one hand-in at a time.

        Args:
            busy: students with one that runs.
        """
        able = [
            one
            for one in self.waiting
            if one.ready and one.until <= self._now() and one.arrival.student not in busy
        ]  # fmt: skip
        return sorted(able, key=lambda one: (self._turns.get(one.arrival.student, 0), one.seen, one.arrival.when))

    def begins(self, one: Waiting) -> None:
        """It is the others' turn then."""
        self._turns[one.arrival.student] = max(self._turns.values(), default=0) + 1

    def finish(self, one: Waiting, ran: bool, problems: Sequence[str] = ()) -> Done:
        """Write down that a hand-in is done; nobody grades it again."""
        arrival, now = one.arrival, self._now()
        seconds = None if one.why else now - one.seen
        done = Done(arrival.student, arrival.lesson, now, seconds, ran, tuple(problems))
        self._record.note("done", arrival.key, asdict(done))
        self._count(done)
        self.waiting = [other for other in self.waiting if other is not one]
        return done

    def later(self, one: Waiting, why: str) -> bool:
        """Put a hand-in off that the machine has failed at; False where that was often enough."""
        if one.tries >= len(AGAIN):
            return False
        one.until, one.why, one.tries = self._now() + AGAIN[one.tries], why, one.tries + 1
        return True

    def _count(self, done: Done) -> None:
        self.done.append(done)
        if done.ran:
            self._ran[done.student, done.lesson].append(done.at)

    def failures(self, most: int) -> list[Done]:
        """The last ones that a person should look at."""
        return [one for one in reversed(self.done) if one.problems][:most]

    def latency(self) -> tuple[int, float, float]:
        """Of the last day's hand-ins that nothing kept: how many, the median and the 95th percentile in seconds."""
        since = self._now() - 24 * HOUR
        seconds = sorted(one.seconds for one in self.done if one.seconds is not None and one.at > since)
        if not seconds:
            return 0, 0.0, 0.0
        return len(seconds), seconds[(len(seconds) - 1) // 2], seconds[-(-95 * len(seconds) // 100) - 1]
