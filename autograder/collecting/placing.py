"""Puts hand-ins into ``submitted/<student>/<lesson>/``.

Each is built beside its place and renamed into it: it is there whole or not at all. Of several hand-ins the newest
counts; earlier ones are kept in ``submitted/.earlier/``, which nothing grades. ``submitted/.collected.json`` remembers
which name stands for which student, what was collected and what its files were called, so that the same source again
changes nothing, not even what you have mended by hand since.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from autograder.collecting.lms import Packet, other_platform, packets
from autograder.collecting.roster import find, safe_id
from autograder.collecting.sorting import Delivery, NotPlaced, shown, sort_packet
from autograder.collecting.sources import Broken, read_source
from autograder.course import TIMESTAMP, Course, CourseError, Lesson, digest_of, files_in, read_json
from autograder.gradebook import record
from autograder.gradebook.extensions import extensions
from autograder.gradebook.late_days import LATE, Rules
from autograder.gradebook.person import Person, squashed
from autograder.gradebook.team_work import set_aside
from autograder.gradebook.teams import Teams
from course_lib.files import write_json


@dataclass(frozen=True)
class Found:
    """What became of one hand-in, or of something that is none."""

    who: str
    lesson: str
    status: str
    """`new`, `newer` (it replaced an earlier one), `earlier` (kept aside), `as before`, or `left out`."""
    remarks: tuple[str, ...] = ()
    late: bool = False
    needs_person: bool = False
    untimed: bool = False
    """Whether there is a due date, and nothing says when this was handed in."""


class Collecting:
    """One run of `autograder collect`."""

    def __init__(self, course: Course, lessons: list[Lesson], only: Lesson | None, people: list[Person]):
        self.course, self.lessons, self.only, self.people = course, lessons, only, people
        self.renamed: list[Person] = []
        """Students under another id than their name in the source."""
        self._rules, self._due = Rules.of(course), record.due_dates(course)
        self._teams = Teams.read(course, people)
        self._later = extensions(course, self._rules.zone, self._teams, people)
        self._path = course.collected
        known: dict[str, Any] = {
            part: facts for part, facts in read_json(self._path).items() if isinstance(facts, dict)
        }
        self._state: dict[str, Any] = {"people": {}, "hand_ins": {}, "names": {}, "uploads": {}} | known

    def open(self, source: Path) -> tuple[list[Packet], list[Found]]:
        """The packets of a source, and what in it cannot be taken.

        Raises:
            CourseError: where the source cannot be opened at all.
        """
        if source.resolve().is_relative_to(self.course.submitted.resolve()):
            raise CourseError(f"{source} lies in submitted/ already.")
        try:
            files, left_out = read_source(source)
        except Broken as error:
            raise CourseError(f"{source}: {error}.") from None
        if platform := other_platform(files, {person.id for person in self.people}):
            raise CourseError(
                f"{source} looks like an export of {platform}, which is not read here: its folders are no students. "
                "Sort the notebooks into a folder for each student, named by the student's id, and collect these.\n"
                "If they are named after students already, say so with --roster class.csv (column id)."
            )
        strange = [Found(shown(out.path), "", "left out", (f"{out.why}.",), needs_person=True) for out in left_out]
        return packets(files, [lesson.name for lesson in self.lessons]), strange

    def take(self, packet: Packet) -> Iterator[Found]:
        """Put one student's hand-ins into their places."""
        if not packet.name:
            listed = ", ".join(shown(file.path) for file, _ in packet.files[:5])
            yield self._left_out(listed, "does not say whose it is. Put it into a folder with the student's id.")
            return
        team = self._team(packet)
        if not team and (packet.group or self._is_group(packet)):
            why = "a group has handed it in. Say who is in it: `autograder teams worksheet.csv`, with Moodle's grading "
            why += "worksheet, or write teams.csv; then collect once more."
            yield self._left_out(packet.name, why)
            return
        student = "" if team else self._student(packet)
        taken = False
        for hand_in in sort_packet(packet, self.lessons, self.only):
            taken = True
            if isinstance(hand_in, NotPlaced):
                who = f"{student or team} · {hand_in.path}" if hand_in.path else student or team
                yield self._left_out(who, hand_in.why, packet.lesson)
                continue
            lesson = hand_in.lesson.name
            who = student or self._first_of(team, lesson, packet)
            if not who:
                yield self._left_out(team, "teams.csv names nobody in this team for this lesson.", lesson)
                continue
            try:
                found = self._place(who, hand_in, packet)
                if found.status != "earlier":
                    self._remember(who, lesson, packet, bool(team))
                yield found
            except OSError as error:
                yield self._left_out(who, f"it cannot be written: {error}.", lesson)
        if not taken:
            yield self._left_out(student or team, "there is nothing in it for a lesson.")

    def _team(self, packet: Packet) -> str:
        """The team that has handed in, by its name in the table; empty where a student has.

        Canvas puts a group's name before the number of one of its members (its source: ``representatives`` in
        ``app/models/assignment.rb``), Moodle before the group's own number (``mod/assign/classes/downloader.php``).
        """
        person = self._person(packet)
        if person and squashed(packet.name) in person.keys:
            return ""
        return next((team for team in self._teams.names if squashed(team) == squashed(packet.name)), "")

    def _is_group(self, packet: Packet) -> bool:
        """Whether Moodle's grading worksheet has a group of this name: then the number is the group's own."""
        return any(one.group and squashed(one.group) == squashed(packet.name) for one in self.people)

    def _first_of(self, team: str, lesson: str, packet: Packet) -> str:
        """Under whose name a team's hand-in is put first: the one whose number it has, or the first by id."""
        known = {one.id for one in self.people}
        members = [one for one in self._teams.members(team, lesson) if not known or one in known]
        person = self._person(packet)
        return person.id if person and person.id in members else next(iter(members), "")

    def _remember(self, student: str, lesson: str, packet: Packet, of_team: bool) -> None:
        """Note what the platform calls a hand-in, for the way back; also how it finds the other members of a team.

        A comment on a group's upload in Canvas goes to all of the group. Moodle wants each member's own number, which
        its grading worksheet has.
        """
        names = self._state["names"]
        self._state["uploads"][f"{student}/{lesson}"] = max((order for _, order in packet.files), default=0)
        moodle = packet.key.startswith("moodle")
        if packet.sent_as and not (of_team and moodle):
            names[f"{student}/{lesson}"] = packet.sent_as
        members = self._teams.members(self._teams.of(student, lesson), lesson)
        for member in members:
            if of_team and packet.sent_as.startswith("canvas:"):
                names[f"{member}/{lesson}"] = packet.sent_as
            person = next((one for one in self.people if one.id == member and one.participant), None)
            if moodle and person:
                names[f"{member}/{lesson}"] = f"moodle:{person.name.replace('_', ' ')}_{person.participant}"

    def know(self, packets: list[Packet]) -> None:
        """Decide on everybody's id, and remember it, before anything is written: a kill later mixes up nobody."""
        for packet in packets:
            if packet.name and not packet.group and not self._team(packet) and not self._is_group(packet):
                self._student(packet)
        self.save()

    def missing(self, lesson: Lesson) -> list[str]:
        """Who of the class has no hand-in for a lesson."""
        everybody = {person.id for person in self.people}
        return sorted(name for name in everybody if not (self.course.submitted / name / lesson.name).is_dir())

    def save(self) -> None:
        """Remember who is who and what was collected."""
        write_json(self._path, self._state)

    # -------------------------------------------------------------------------------------------- who

    def _student(self, packet: Packet) -> str:
        """The id under which a student's work stands; a new one is remembered."""
        known = self._state["people"]
        person = self._person(packet)
        claimed = person and any(one == person.id and _rival(key, packet.key) for key, one in known.items())
        if person and not claimed:
            before = known.get(packet.key)
            known[packet.key] = person.id
            if before and before not in known.values() and all(before != one.id for one in self.people):
                self._move(before, person.id)
        elif packet.key not in known:
            taken = {identity.casefold() for key, identity in known.items() if _rival(key, packet.key)}
            identity = safe_id(packet.name)
            if identity.casefold() in taken:  # another student, whose name differs in capitals alone, or not at all
                identity = safe_id(packet.name, capitals=False)
            if identity.casefold() in taken:
                identity = safe_id(f"{packet.name} {packet.number}")
            known[packet.key] = identity
            if identity != packet.name:
                self.renamed.append(Person(identity, last=packet.name))
        return str(known[packet.key])

    def _move(self, old: str, new: str) -> None:
        """Let a student's work, points and marks stand under the right id; nothing stays under the one that was not."""
        for of in (self.course.submitted, self.course.autograded, self.course.feedback, self.course.earlier):
            if old in ("", ".", "..") or Path(old).name != old:  # no folder of a student
                continue
            for folder in sorted((of / old).glob("*")):
                place = of / new / folder.name
                if not place.exists():
                    place.parent.mkdir(parents=True, exist_ok=True)
                    folder.rename(place)
                elif of == self.course.submitted:
                    set_aside(folder, self._earlier(new, folder.name, _when(folder)))
            shutil.rmtree(of / old, ignore_errors=True)
        seen = self._state["hand_ins"]
        for key in [key for key in seen if key.partition("/")[0] == old]:
            seen[f"{new}/{key.partition('/')[2]}"] = seen.pop(key) | seen.get(f"{new}/{key.partition('/')[2]}", {})
        names = self._state["names"]
        for key in [key for key in names if key.partition("/")[0] == old]:
            names.setdefault(f"{new}/{key.partition('/')[2]}", names.pop(key))
        copies = self._state.get("copies", {})
        for key in [key for key in copies if key.partition("/")[0] == old]:
            copies.setdefault(f"{new}/{key.partition('/')[2]}", copies.pop(key))
        record.rename(self.course, old, new)

    def _person(self, packet: Packet) -> Person | None:
        number = "participant" if packet.key.startswith("moodle:") else "lms"
        return find(self.people, packet.name, **{number: packet.number})

    # ------------------------------------------------------------------------------------------ where

    def _handed_in(self, student: str, hand_in: Delivery, packet: Packet) -> datetime | None:
        """When a hand-in arrived, where anybody says so. The dates in a zip are those of the download.

        Canvas says whether it is late, not by how much: then it is the first moment after the due date.
        """
        lesson = hand_in.lesson.name
        due = self._due.get(lesson)
        if packet.late is not None:
            return due + LATE if packet.late and due else None
        if hand_in.handed_in:
            return hand_in.handed_in
        person = self._person(packet)
        if self._team(packet):  # of a group's hand-in each member's row says the time
            members = self._teams.members(self._teams.of(student, lesson), lesson)
            times = [one.handed_in for one in self.people if one.id in members and one.handed_in]
            return max(times, default=None)
        return person.handed_in if person and packet.number == person.participant else None

    def _due_for(self, student: str, lesson: str) -> datetime | None:
        """When a lesson is due for a student; of the lesson's date and an extension the later one counts."""
        due = self._due.get(lesson)
        return max(due, self._later.get((student, lesson), due)) if due else None

    def _place(self, student: str, hand_in: Delivery, packet: Packet) -> Found:
        """Write a hand-in, unless it is there already; put the older of two aside."""
        lesson, when, remarks = hand_in.lesson.name, hand_in.when, list(hand_in.remarks)
        due, handed_in = self._due_for(student, lesson), self._handed_in(student, hand_in, packet)
        untimed = due is not None and handed_in is None and packet.late is None
        seen = self._state["hand_ins"].setdefault(f"{student}/{lesson}", {})
        place = self.course.submitted / student / lesson
        key = _digest(hand_in.files)
        late = bool(due and handed_in and self._rules.days_late(due, handed_in)) or bool(packet.late and not due)
        if packet.late and due and not late:
            remarks.append("Canvas calls it late, not by how much; with its extension it counts as in time")
        newest = max(seen.values(), default="")
        if place.is_dir() and key in seen and (seen[key] == newest or _iso(when) <= newest):
            if seen[key] == newest and (handed_in or packet.late is False):  # what the LMS says now
                _write_time(place, handed_in)
            return Found(student, lesson, "as before", tuple(remarks), late, untimed=untimed)
        fresh = self.course.submitted / ".new"
        shutil.rmtree(fresh, ignore_errors=True)
        for name, content in hand_in.files.items():
            target = fresh / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        _write_time(fresh, handed_in)
        os.utime(fresh / hand_in.lesson.notebook.name, (when.timestamp(), when.timestamp()))
        there = max((time for time in (_when(place), record.parse_timestamp(newest)) if time), default=None)
        older = place.is_dir() and there is not None and there > when
        if place.is_dir() and not older and _folder_digest(place) == _folder_digest(fresh):
            status = "as before"  # put there by hand, or by nbgrader
            shutil.rmtree(fresh)
            if handed_in:
                _write_time(place, handed_in)
        elif older:
            status = "earlier"
            set_aside(fresh, self._earlier(student, lesson, when))
            remarks.append("there is a newer one, so it was kept in submitted/.earlier")
        else:
            status = "newer" if place.is_dir() else "new"
            if place.is_dir():
                set_aside(place, self._earlier(student, lesson, there))
            place.parent.mkdir(parents=True, exist_ok=True)
            fresh.rename(place)
        seen[key] = _iso(when)
        return Found(student, lesson, status, tuple(remarks), late, hand_in.doubtful, untimed)

    def _earlier(self, student: str, lesson: str, when: datetime | None) -> Path:
        return self.course.earlier / student / lesson / f"{when or datetime.now():%Y%m%d-%H%M%S}"

    def _left_out(self, who: str, why: str, lesson: str = "") -> Found:
        return Found(shown(who), lesson or (self.only.name if self.only else ""), "left out", (why,), needs_person=True)


def _rival(key: str, other: str) -> bool:
    """Whether two names stand for two people: they come from the same kind of source and differ."""
    return key != other and key.partition(":")[0] == other.partition(":")[0]


def _digest(files: dict[str, bytes]) -> str:
    total = hashlib.sha256()
    for name, content in sorted(files.items()):
        total.update(f"{name}\0{hashlib.sha256(content).hexdigest()}\n".encode())
    return total.hexdigest()


def _folder_digest(folder: Path) -> str:
    return digest_of([path for path in files_in(folder) if path != folder / TIMESTAMP], folder)


def _iso(when: datetime) -> str:
    return f"{when.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f}"


def _write_time(folder: Path, when: datetime | None) -> None:
    """Write down when a hand-in arrived; no time is better than a wrong one."""
    if when:
        (folder / TIMESTAMP).write_text(f"{_iso(when)} UTC\n", encoding="utf-8")
    else:
        (folder / TIMESTAMP).unlink(missing_ok=True)


def _when(folder: Path) -> datetime | None:
    try:
        return record.parse_timestamp((folder / TIMESTAMP).read_bytes().decode("utf-8", "replace"))
    except OSError:
        return None
