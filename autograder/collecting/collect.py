"""`autograder collect` from end to end: sources, class, hand-ins one after the other, and what there is to say."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from rich.table import Table
from rich.text import Text

from autograder.collecting.arrivals import Exchange, NotTaken, copy
from autograder.collecting.lms import Packet
from autograder.collecting.placing import Collecting, Found
from autograder.collecting.roster import enrol_class, read_roster
from autograder.collecting.sources import read_source
from autograder.course import Course, Lesson, choose
from autograder.gradebook import record, team_work
from autograder.gradebook.lock import only_grader

COLUMNS = ("new", "newer", "earlier", "as before", "left out")


@dataclass(frozen=True)
class Collected:
    """What became of everything in the sources."""

    found: list[Found]
    strangers: list[str]
    """Who handed in without being in the class."""
    missing: dict[str, list[str]]
    """lesson → students of the class who have handed nothing in."""
    remarks: list[str]
    """On the run itself."""

    @property
    def needs_person(self) -> bool:
        return any(one.needs_person for one in self.found)

    def table(self) -> Table:
        """How many hand-ins of each lesson are new, and so on."""
        shown = Table(title="Collected")
        shown.add_column("lesson")
        for column in (*COLUMNS, "late", "missing"):
            shown.add_column(column, justify="right")
        lessons = sorted({one.lesson for one in self.found} | set(self.missing))
        for lesson in lessons:
            own = [one for one in self.found if one.lesson == lesson]
            counts = [sum(one.status == column for one in own) for column in COLUMNS]
            counts += [sum(one.late for one in own), len(self.missing.get(lesson, []))]
            shown.add_row(Text(lesson or "(no lesson)"), *(str(count or "") for count in counts))
        return shown

    def lines(self) -> list[str]:
        """A sentence for all that is late, missing, left out, or was understood in a way worth knowing."""
        said = list(self.remarks)
        for one in sorted(self.found, key=lambda one: (not one.needs_person, one.lesson, one.who)):
            if one.status == "as before":
                continue
            sign = "✗" if one.needs_person else "·"
            who = f"{one.who} · {one.lesson}" if one.lesson else one.who
            said += [f"{sign} {who}: {remark}" for remark in one.remarks]
        for title, status in (("late", None), ("newer, the earlier one kept in submitted/.earlier", "newer")):
            for lesson in sorted({one.lesson for one in self.found}):
                own = [one for one in self.found if one.lesson == lesson]
                names = sorted({one.who for one in own if (one.late if status is None else one.status == status)})
                said += [f"{title} · {lesson}: {', '.join(names)}"] * bool(names)
        for lesson, count in sorted(Counter(one.lesson for one in self.found if one.untimed).items()):
            said.append(
                f"no time · {lesson}: nothing says when {count} of them were handed in, so none of these is called "
                "late. Moodle's grading worksheet says it: --roster worksheet.csv"
            )
        if self.strangers:
            said.append(
                f"not in the class, or its name fits several: {', '.join(self.strangers)}. Their work lies under these "
                "names. Collect once more with a --roster that tells who they are, and it moves: Canvas's gradebook, "
                "Moodle's grading worksheet, or your own with them in it (column lms_user_id: Canvas's numbers)."
            )
        said += [f"missing · {lesson}: {', '.join(names)}" for lesson, names in self.missing.items() if names]
        return said


def collect(
    course: Course,
    sources: list[Path],
    lesson: str | None = None,
    roster: Path | None = None,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Collected:
    """Put the hand-ins of all sources into ``submitted/``.

    Args:
        course: the course.
        sources: zips and folders; none of them means nbgrader's exchange.
        lesson: only this one.
        roster: a CSV file with the class; by default the gradebook's students are the class.
        progress: called with the number of students done and of all.

    Raises:
        CourseError: where a source or the roster cannot be read, or somebody grades in this course.
    """
    lessons = course.lessons()
    (only,) = choose(lessons, [lesson]) if lesson else (None,)
    people = read_roster(roster) if roster else []
    remarks: list[str] = []
    course.submitted.mkdir(exist_ok=True)
    with only_grader(course), tempfile.TemporaryDirectory(prefix="autograder-") as place:
        if people:
            remarks = enrol_class(course, people)
        else:
            people = record.students(course)
        collecting = Collecting(course, lessons, only, people)
        opened = [collecting.open(source) for source in sources]
        if not sources:
            opened = [fetch(course, [only] if only else lessons, Path(place))]
        found = [one for _, left_out in opened for one in left_out]
        packets = [packet for some, _ in opened for packet in some]
        collecting.know(packets)
        try:
            for done, packet in enumerate(packets):
                progress(done, len(packets))
                found += collecting.take(packet)
        finally:  # Ctrl-C, too
            collecting.save()
            if collecting.renamed:
                record.enrol(course, collecting.renamed)
        remarks += team_work.share(course, lessons)
        names = {one.lesson for one in found} | ({only.name} if only else set())
        placed = {one.who for one in found if one.status in COLUMNS[:-1]}
        strangers = sorted(placed - {person.id for person in people}) if people else []
        missing = {one.name: collecting.missing(one) for one in lessons if one.name in names}
        return Collected(found, strangers, missing, remarks)


def fetch(course: Course, lessons: list[Lesson], place: Path) -> tuple[list[Packet], list[Found]]:
    """The newest hand-in of each student in nbgrader's exchange, and what of it cannot be taken.

    nbgrader's own command follows links: one to the course's notebook would bring its solutions as the answers.

    Raises:
        CourseError: where there is no exchange.
    """
    exchange = Exchange(course)
    found = sorted(exchange.everything([lesson.name for lesson in lessons]), key=lambda one: (not one.owner, one.when))
    newest = {(one.student, one.lesson): one for one in found}  # one in the student's own folder before a stranger's
    shared = len(newest) > 1 and len({one.owner for one in newest.values()}) == 1  # all are one user of the machine
    packets, left_out = [], []
    for number, one in enumerate(newest.values()):
        try:
            copy(one, place / str(number))
        except NotTaken as why:
            left_out.append(Found(one.student, one.lesson, "left out", (str(why),), needs_person=True))
            continue
        files, strange = read_source(place / str(number))
        remarks = [f"{out.path}: {out.why}." for out in strange]
        if one.owner and not shared:
            remarks.append(
                f"its folder in the exchange belongs to the user {one.owner}. Has somebody else handed it in? Where "
                "that is as it should be, write c.ExchangeCollect.check_owner = False into nbgrader_config.py."
            )
        if remarks:
            left_out.append(Found(one.student, one.lesson, "taken", tuple(remarks), needs_person=True))
        own = [(file, 0) for file in files]
        packets.append(Packet(f"folder:{one.student}", one.student, lesson=one.lesson, files=own))
    return packets, left_out
