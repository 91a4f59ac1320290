"""Who hands in together: the table ``teams.csv`` in the course's folder, with the columns `team`, `id`, `lesson`.

A row without a lesson holds for all lessons; one with a lesson (or several: ``05 06``) holds for these and comes first.
A row with a lesson and without a team says that somebody works alone there. Who stands in no row works alone.
`autograder teams` writes the table from what Canvas and Moodle export.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from autograder.course import Course, CourseError, choose
from autograder.gradebook.person import Person, id_of, perhaps, squashed
from autograder.reading.notebook import Unreadable
from autograder.reading.sanitize import from_cell, write_csv
from autograder.reading.tables import read_rows

COLUMNS = ("team", "id", "lesson")


@dataclass(frozen=True)
class Row:
    """One student's place in a team, for one lesson or for all."""

    team: str
    """Empty: alone."""
    id: str
    lesson: str = ""
    """The lesson's full name; empty: all lessons without a row of their own."""
    line: int = 0


@dataclass(frozen=True)
class Teams:
    """The table."""

    rows: tuple[Row, ...] = ()

    @classmethod
    def read(cls, course: Course, people: list[Person], path: Path | None = None) -> Teams:
        """The course's table; an empty one where there is none.

        Args:
            course: the course.
            people: the class: an id may also be written as a name or an e-mail address of somebody in it.
            path: another table of the same form.

        Raises:
            CourseError: where a row is not as it must be; the message names it.
        """
        path = path or course.teams
        if not path.exists():
            return cls()
        try:
            rows = read_rows(path)
        except Unreadable as why:
            raise CourseError(f"{path.name} {why}") from None
        lessons = course.lessons()
        found = []
        for line, row in rows:
            cells = {key.strip().casefold(): from_cell(value) for key, value in row.items()}
            if missing := [column for column in COLUMNS[:2] if column not in cells]:
                raise CourseError(
                    f"{path.name} has no column {missing[0]!r}: its columns are {', '.join(COLUMNS)} (the last may be "
                    "left out)."
                )
            if not cells["id"] and not cells["team"]:
                continue
            named = re.split(r"[\s,;]+", cells.get("lesson", ""))
            try:
                chosen = [lesson.name for lesson in choose(lessons, named)] if any(named) else [""]
            except CourseError as why:
                raise CourseError(f"{path.name}, line {line}: {why}") from None
            if not cells["id"] or (not cells["team"] and chosen == [""]):
                raise CourseError(f"{path.name}, line {line}: {'team' if cells['id'] else 'id'!r} is empty.")
            if Path(cells["id"]).name != cells["id"] or cells["id"].startswith("."):
                raise CourseError(f"{path.name}, line {line}: {cells['id']!r} is no student's id.")
            found += [Row(cells["team"], id_of(people, cells["id"]), lesson, line) for lesson in chosen]
        return cls(tuple(_checked(found, path.name)))

    @cached_property
    def _by_student(self) -> dict[tuple[str, str], str]:
        return {(row.id, row.lesson): row.team for row in self.rows}

    @cached_property
    def names(self) -> list[str]:
        """The teams, in the table's order."""
        return list(dict.fromkeys(row.team for row in self.rows if row.team))

    def of(self, student: str, lesson: str) -> str:
        """The team of a student in a lesson; empty where the student works alone."""
        known = self._by_student
        return known.get((student, lesson), known.get((student, ""), ""))

    def members(self, team: str, lesson: str) -> list[str]:
        """Who is in a team in a lesson, by id. The name may differ in capitals, spaces and signs."""
        wanted = squashed(team)
        ids = dict.fromkeys(row.id for row in self.rows)
        return sorted(student for student in ids if wanted and squashed(self.of(student, lesson)) == wanted)

    def together(self, lesson: str) -> dict[str, list[str]]:
        """Team → its members, of the teams of a lesson that have more than one."""
        found = {team: self.members(team, lesson) for team in self.names}
        return {team: members for team, members in found.items() if len(members) > 1}

    def strangers(self, people: list[Person], name: str) -> list[str]:
        """A sentence for each row whose id is nobody's; nothing where there is no class yet."""
        known = {person.id for person in people}
        return [
            f"{name}, line {row.line}: nobody in the class is called {row.id!r}; the row counts for nobody."
            f"{perhaps(people, row.id) or f' If it is right: `nbgrader db student add {row.id}`.'}"
            for row in {row.line: row for row in self.rows}.values()
            if known and row.id not in known
        ]

    def changed(self, new: Iterable[Row], handed_in: Iterable[str], lessons: Iterable[str] = ()) -> Teams:
        """The table after a new one came in.

        Args:
            new: its rows; those without a lesson hold from now on.
            handed_in: lessons that somebody has handed in: they keep the teams that they have, where there are any yet.
            lessons: where the new table holds for these alone, and all else stays.
        """
        new, students = list(new), dict.fromkeys(row.id for row in self.rows)
        if lessons:
            fresh = [Row(row.team, row.id, lesson) for row in new if not row.lesson for lesson in lessons]
            fresh += [row for row in new if row.lesson]
            alone = [
                Row("", student, lesson)
                for lesson in lessons
                for student in students
                if self.of(student, lesson) and not any((row.id, row.lesson) == (student, lesson) for row in fresh)
            ]
            fresh += alone
            replaced = {(row.id, row.lesson) for row in fresh}
            return Teams(tuple([row for row in self.rows if (row.id, row.lesson) not in replaced] + fresh))
        own = {(row.id, row.lesson) for row in [*self.rows, *new] if row.lesson}
        everybody = dict.fromkeys([*students, *(row.id for row in new)])
        general = {row.id: row.team for row in new if not row.lesson}
        kept = [
            Row(self.of(student, lesson), student, lesson)
            for lesson in (handed_in if self.rows else ())
            for student in everybody
            if (student, lesson) not in own and self.of(student, lesson) != general.get(student, "")
        ]
        replaced = {(row.id, row.lesson) for row in new}
        stay = [row for row in self.rows if row.lesson and (row.id, row.lesson) not in replaced]
        return Teams(tuple([*stay, *kept, *new]))

    def differences(self, before: Teams, handed_in: Iterable[str], lessons: Iterable[str] = ()) -> list[str]:
        """What is another now, in sentences.

        Args:
            before: the table that this one replaces.
            handed_in: lessons that somebody has handed in.
            lessons: those that were changed; by default all that nobody has handed in.
        """
        moved = sorted(
            f"{student}: {before.of(student, lesson) or 'alone'} → {self.of(student, lesson) or 'alone'}"
            for student in {row.id for row in [*before.rows, *self.rows]}
            for lesson in [next(iter(lessons), "")]
            if before.rows and squashed(before.of(student, lesson)) != squashed(self.of(student, lesson))
        )
        kept = [lesson for lesson in handed_in if any(row.lesson == lesson for row in self.rows)]
        said = [f"Changed: {'; '.join(moved)}."] * bool(moved)
        if moved and kept and not lessons:
            said.append(f"Handed in already, so with the teams as they were: {', '.join(kept)}.")
        return said

    def lines(self, people: list[Person]) -> list[str]:
        """The table in words: who is in which team, and who is in none."""
        if not self.rows:
            return ["There are no teams: everybody works alone."]
        said = []
        for lesson in sorted({row.lesson for row in self.rows}):
            rows = [row for row in self.rows if row.lesson == lesson]
            said.append(f"{lesson or 'All lessons'}{' not named below' * (not lesson and len(rows) < len(self.rows))}:")
            for team in sorted({row.team for row in rows}):
                said.append(f"    {team or '(alone)'}: {', '.join(row.id for row in rows if row.team == team)}")
        known = {row.id for row in self.rows}
        alone = sorted(person.id for person in people if person.id not in known)
        return said + [f"In no team: {', '.join(alone)}"] * bool(alone)

    def write(self, path: Path) -> None:
        """Write the table."""
        write_csv(path, COLUMNS, [(row.team, row.id, row.lesson) for row in self.rows])


def _checked(rows: list[Row], name: str) -> list[Row]:
    """The rows, where nobody is in two teams at once.

    Raises:
        CourseError: where somebody is.
    """
    seen: dict[tuple[str, str], Row] = {}
    for row in rows:
        before = seen.setdefault((row.id, row.lesson), row)
        if squashed(before.team) != squashed(row.team):
            where = row.lesson or "all lessons"
            raise CourseError(
                f"{name}: {row.id} is in two teams for {where}, {before.team!r} (line {before.line}) and {row.team!r} "
                f"(line {row.line}). Take one out, or name the lesson in the column `lesson`."
            )
    return list(seen.values())
