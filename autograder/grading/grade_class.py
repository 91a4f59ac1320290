"""Grades what lies in ``submitted/``: finds what is new, runs it, records it."""

from __future__ import annotations

import shutil
from collections.abc import Generator, Iterator
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from autograder import nbgrader_calls
from autograder.course import Course, CourseError, Lesson, digest_of, environment, files_in
from autograder.gradebook import record
from autograder.gradebook.backup import back_up
from autograder.gradebook.journal import Journal
from autograder.gradebook.lock import only_grader
from autograder.gradebook.result import Result
from autograder.gradebook.team_work import SECRET
from autograder.gradebook.teams import Teams
from autograder.grading import grade_one
from autograder.grading.cluster import Cluster
from autograder.grading.examine import Unreadable, examine
from autograder.grading.version import Version, version
from autograder.kernels.ahead import modules_needed
from autograder.kernels.fork import fork_server
from autograder.kernels.rungs import why_no_sandbox
from autograder.processes import scratch
from autograder.processes.pool import LIMIT, JobFailed, MachineFailed, run_jobs
from autograder.reading.bounds import too_large
from autograder.reading.sanitize import in_short
from course_lib.machine import MEMORY_GB, cores, memory_gb

NO_SANDBOX = (
    "There is no sandbox on this machine: {}.\nHand-ins are programs that may read and delete what you can. "
    "`autograder grade --no-sandbox` runs them all the same: only for students you trust."
)

STANDS = "The earlier result stands."


@dataclass(frozen=True)
class Submission:
    """What one student handed in for one lesson."""

    student: str
    lesson: Lesson
    folder: Path

    team: str = ""
    """With whom the student handed in, by the team's name; empty: alone."""

    @property
    def key(self) -> str:
        return f"{self.student}/{self.lesson.name}"

    @cached_property
    def too_large(self) -> str:
        """Why nothing of it is read, in a sentence; empty where it is as small as it should be."""
        return too_large(self.folder)

    @cached_property
    def digest(self) -> str:
        """What its points hang on: what was handed in, the lesson, the limits, the programs that grade it.

        Empty where its files cannot be read: then it is never what it was.
        """
        try:
            files = [path for path in files_in(self.folder) if path.name != SECRET]  # it may differ within a team
            own = self.too_large or digest_of(files, self.folder)
        except OSError:
            return ""
        return own + self.lesson.digest + environment()


@dataclass(frozen=True)
class Outcome:
    """What became of a hand-in."""

    student: str
    lesson: str
    graded: bool
    """False where nbgrader could not run it at all."""
    notes: tuple[str, ...] = ()
    """What was mended on the way."""
    problems: tuple[str, ...] = ()
    """What a person should look at."""
    unchanged: bool = False
    """Whether it was graded an earlier time, and nothing has changed since."""


def find_submissions(course: Course, lessons: list[Lesson], students: list[str] | None = None) -> list[Submission]:
    """What lies in ``submitted/`` for these lessons.

    Raises:
        CourseError: where a student named is not there.
    """
    present = sorted(path.name for path in course.submitted.glob("*") if path.is_dir() and path.name[0] != ".")
    unknown = sorted(set(students or []) - set(present))
    if unknown:
        raise CourseError(f"Nothing was handed in by {', '.join(unknown)}: no such folder in {course.submitted}.")
    teams = Teams.read(course, record.students(course))
    return [
        Submission(student, lesson, folder, teams.of(student, lesson.name))
        for student in present
        if not students or student in students
        for lesson in lessons
        if (folder := course.submitted / student / lesson.name).is_dir() and not folder.is_symlink()
    ]


def strangers(course: Course, lessons: list[Lesson]) -> list[str]:
    """Folders in ``submitted/`` that belong to no lesson, for instance because of a spelling mistake."""
    names = {lesson.name for lesson in lessons}
    folders = sorted(course.submitted.glob("[!.]*/*"))
    return [str(path.relative_to(course.root)) for path in folders if path.is_dir() and path.name not in names]


class Grading:
    """One run of `autograder grade`. What was graded before and has not changed is left alone.

    A small file beside the graded notebooks keeps, for each hand-in, the hash of its files and of the lesson. It is
    written after the gradebook: whatever is interrupted is graded again.
    """

    def __init__(self, course: Course, chosen: list[Submission], force: bool = False):
        self.course, self.chosen = course, chosen
        self.remarks: list[str] = []
        """What an instructor should know of the run itself."""
        self._journal = Journal(course.journal)
        self._recorded, self._known_lessons = record.what_is_known(course)
        self._versions: dict[str, tuple[str, Version]] = {}
        self._notes: dict[Submission, list[str]] = {}
        unchanged = [hand_in for hand_in in chosen if self.is_unchanged(hand_in)]
        self.old = [] if force else unchanged
        old = set(self.old)
        self.new = [hand_in for hand_in in chosen if hand_in not in old]

    def unchanged(self) -> list[Outcome]:
        """What is known of the hand-ins that need no grading."""
        known = self._journal.all("hand_in")
        return [
            Outcome(
                hand_in.student,
                hand_in.lesson.name,
                known[hand_in.key]["graded"],
                tuple(known[hand_in.key]["notes"]),
                tuple(known[hand_in.key]["problems"]),
                unchanged=True,
            )
            for hand_in in self.old
        ]

    def run(self, workers: int | None = None, sandboxed: bool = True, master: str | None = None) -> Generator[Outcome]:
        """Grade the others, a few at a time, and yield what became of each as it is recorded.

        Args:
            workers: how many at once; by default what :func:`at_once` says.
            sandboxed: whether student code runs in a sandbox.
            master: address of a Spark cluster whose machines run the hand-ins; by default this machine does.

        Raises:
            CourseError: where a lesson itself breaks nbgrader's rules; where another grader is at work in this course;
                where the cluster cannot be used.
        """
        lessons = {hand_in.lesson.name: hand_in.lesson for hand_in in self.new}
        modules = modules_needed(lessons.values())
        if sandboxed and not master and (reason := why_no_sandbox(modules)):  # a cluster's machines ask themselves
            raise CourseError(NO_SANDBOX.format(reason))
        with only_grader(self.course), ExitStack() as stack:
            stack.callback(self.close)
            stack.enter_context(record.kept_ready(self.course))
            scratch.sweep()  # what a killed grader has left
            place = stack.enter_context(scratch.scratch())
            # either loads modules while the rest is prepared
            cluster = stack.enter_context(Cluster(master, modules)) if master else None
            server = None if cluster else stack.enter_context(fork_server(modules, self.remarks.append))
            if no_backup := back_up(self.course):
                self.remarks.append(no_backup)
            versions = {name: self.version_of(lesson, place) for name, lesson in lessons.items()}
            alike = _alike(self.new)
            unreadable: list[Outcome] = []
            jobs = self._examined(alike, place, versions, unreadable)
            if cluster:
                results = cluster.grade_each(jobs, sandboxed)
            else:
                here = ((hand_in, (*job, server, sandboxed)) for hand_in, job in jobs)
                results = run_jobs(grade_one.grade_notebook, here, LIMIT, workers or at_once(cores(), memory_gb()))
            stack.callback(results.close)
            for hand_in, result in results:
                yield from self.settle(alike[hand_in], result)
            yield from unreadable

    def _examined(
        self,
        alike: dict[Submission, list[Submission]],
        place: Path,
        versions: dict[str, Version],
        unreadable: list[Outcome],
    ) -> Iterator[tuple[Submission, tuple[Path, Version]]]:
        """The hand-ins that can be run, each examined when its turn comes: meanwhile others run.

        Args:
            alike: what is to run, each with those that are the same.
            place: a folder to work in.
            versions: lesson → as grading needs it.
            unreadable: gets what became of the others.
        """
        for number, hand_in in enumerate(alike):
            copy = place / str(number) / hand_in.lesson.name
            if failed := self.examine(alike[hand_in], copy):
                unreadable += failed
            else:
                yield hand_in, (copy, versions[hand_in.lesson.name])

    def close(self) -> None:
        """Nothing more will be written down."""
        self._journal.close()

    def version_of(self, lesson: Lesson, place: Path) -> Version:
        """A lesson as grading needs it; one that is new, or has changed, goes into the gradebook first.

        Args:
            lesson: which.
            place: a folder to work in.

        Raises:
            CourseError: where it breaks nbgrader's rules.
        """
        if self._journal.all("lesson").get(lesson.name) != lesson.digest or lesson.name not in self._known_lessons:
            register(self.course, lesson, place / f"{lesson.name}-registered")
            self._journal.note("lesson", lesson.name, lesson.digest)
            self._known_lessons.add(lesson.name)
        digest, found = self._versions.get(lesson.name, ("", None))
        if found is None or digest != lesson.digest:
            found = version(self.course, lesson)
            self._versions[lesson.name] = lesson.digest, found
        return found

    def examine(self, alike: list[Submission], copy: Path) -> list[Outcome]:
        """Copy a hand-in, mended, into a folder for its run.

        Args:
            alike: hand-ins that are the same: the first runs for all.
            copy: the folder; it does not exist yet.

        Returns:
            What became of them where there is nothing to run; else nothing.
        """
        try:
            self._notes[alike[0]] = _examine(alike[0], copy)
        except Unreadable as error:
            return [self._fail(one, str(error)) for one in alike]
        except CourseError:
            raise
        except Exception as error:  # whatever it is, it is this hand-in's: the class goes on
            return [self._fail(one, _unexpected(error), again=True) for one in alike]
        return []

    def settle(self, alike: list[Submission], result: Result | JobFailed) -> list[Outcome]:
        """Write down what the run of hand-ins gave that :meth:`examine` made ready."""
        notes = self._notes.pop(alike[0])
        outcomes = [self._settle(one, result, notes) for one in alike]
        if isinstance(result, Result):
            shutil.rmtree(result.folder.parent, ignore_errors=True)
        return outcomes

    def _settle(self, hand_in: Submission, result: Result | JobFailed, notes: list[str]) -> Outcome:
        """Write down what became of a job."""
        if isinstance(result, MachineFailed):
            return self._fail(hand_in, f"{result}. `autograder grade` will try it again.", notes, again=True)
        if isinstance(result, JobFailed):
            return self._fail(hand_in, f"{result}. Grade this one by hand, or ask for a new hand-in.", notes)
        return self._record(hand_in, result, notes)

    def is_unchanged(self, hand_in: Submission) -> bool:
        """Whether a hand-in was graded before, and nothing has changed since."""
        known = self._journal.all("hand_in").get(hand_in.key)
        recorded = (hand_in.student, hand_in.lesson.name) in self._recorded
        if not known or not recorded or not hand_in.digest or known["digest"] != hand_in.digest:
            return False
        return not known["graded"] or (self.course.autograded / hand_in.key).is_dir()

    def _record(self, hand_in: Submission, result: Result, notes: list[str]) -> Outcome:
        """Write down what grading gave."""
        try:
            record.record(self.course, hand_in.lesson, hand_in.student, hand_in.folder, result)
        except CourseError:
            raise
        except Exception as error:
            return self._fail(hand_in, _unexpected(error), notes, again=True)
        return self._note(hand_in, True, [*notes, *result.notes], list(result.problems))

    def _fail(self, hand_in: Submission, problem: str, notes: list[str] | None = None, again: bool = False) -> Outcome:
        """Write down why a hand-in was not graded.

        Points that it earned earlier go, unless it is the same hand-in still, or the machine may have failed rather
        than the hand-in (``again``): then they stand until there is a new result.
        """
        known = self._journal.all("hand_in").get(hand_in.key, {})
        same = hand_in.digest and hand_in.digest == known.get("earned_by", known.get("digest"))
        if (again or same) and self._stands(hand_in, known):
            before = [sentence for sentence in known.get("problems", []) if not sentence.endswith(STANDS)]
            return self._note(hand_in, True, known.get("notes", []), [f"{problem} {STANDS}", *before], again, old=True)
        try:
            record.record_failure(self.course, hand_in.lesson, hand_in.student)
        except CourseError:
            raise
        except Exception as error:  # for instance a student's name that no database can keep
            problem, again = f"{problem} It is not in the gradebook: {in_short(error)}.", True
        return self._note(hand_in, False, notes or [], [problem], again)

    def _stands(self, hand_in: Submission, known: dict[str, Any]) -> bool:
        """Whether an earlier run has graded this student's lesson."""
        recorded = (hand_in.student, hand_in.lesson.name) in self._recorded
        return recorded and bool(known.get("graded", True)) and (self.course.autograded / hand_in.key).is_dir()

    def _note(
        self,
        hand_in: Submission,
        graded: bool,
        notes: list[str],
        problems: list[str],
        again: bool = False,
        old: bool = False,
    ) -> Outcome:
        """Write down what became of a hand-in.

        Args:
            hand_in: which.
            graded: whether there is a result.
            notes: what was mended.
            problems: what a person should look at.
            again: as if it had changed, so that the next run tries it.
            old: the result is an earlier one.
        """
        outcome = Outcome(hand_in.student, hand_in.lesson.name, graded, tuple(notes), tuple(problems), unchanged=old)
        known = self._journal.all("hand_in").get(hand_in.key, {})
        earned_by = known.get("earned_by", known.get("digest", "")) if old else hand_in.digest
        facts = {"digest": "" if again else hand_in.digest, "earned_by": earned_by}
        self._recorded.add((hand_in.student, hand_in.lesson.name))
        self._journal.note("hand_in", hand_in.key, asdict(outcome) | facts)
        return outcome


def _examine(hand_in: Submission, copy: Path) -> list[str]:
    """Copy a hand-in, mended; returns notes on what was mended.

    Raises:
        Unreadable: where there is nothing to run, or too much.
    """
    if hand_in.too_large:
        raise Unreadable(hand_in.too_large)
    return examine(hand_in.folder, hand_in.lesson, copy)


def _alike(hand_ins: list[Submission]) -> dict[Submission, list[Submission]]:
    """Hand-ins that have to run, each with those that are the same: of a team one member's runs for all of them."""
    found: dict[Submission, list[Submission]] = {}
    known: dict[tuple[str, str, str], Submission] = {}
    for hand_in in hand_ins:
        first = hand_in
        if hand_in.team and hand_in.digest:
            first = known.setdefault((hand_in.team, hand_in.lesson.name, hand_in.digest), hand_in)
        found.setdefault(first, []).append(hand_in)
    return found


def _unexpected(error: Exception) -> str:
    return f"Grading it ended in {in_short(error)}. Look at it by hand; `autograder grade` will try it again."


def at_once(cores: int, gigabytes: float | None) -> int:
    """How many hand-ins to run at the same time.

    Half as many again as there are cores: now and then each waits, for Java to start or for its own workers. But no
    more than the memory holds, at 2 GB for a lesson.

    Args:
        cores: of this machine.
        gigabytes: memory that is free; None where the system does not say.
    """
    most = cores + cores // 2
    return most if gigabytes is None else max(1, min(most, int(gigabytes // MEMORY_GB)))


def register(course: Course, lesson: Lesson, place: Path) -> None:
    """Write a lesson's cells into the course's gradebook, as `nbgrader generate_assignment` does.

    Args:
        course: whose gradebook.
        lesson: which lesson.
        place: a folder to work in, that does not exist yet.

    Raises:
        CourseError: where the lesson breaks nbgrader's rules, or lost or got cells after it was graded.
    """
    nbgrader_calls.prepare(place, course, lesson)
    _all_well(run_jobs(nbgrader_calls.generate, {lesson.name: (place, lesson.name, course.gradebook_url)}, LIMIT))


def _all_well(results: Iterator[tuple[str, object]]) -> None:
    for lesson, result in results:
        if isinstance(result, JobFailed):
            advice = ""
            if "submissions associated" in str(result):
                advice = (
                    "\nIts cells changed after hand-ins were graded. Put the cells back, or forget the old grades: "
                    f"nbgrader db assignment remove {lesson} --force"
                )
            raise CourseError(f"nbgrader refuses {lesson}: {result}{advice}")
