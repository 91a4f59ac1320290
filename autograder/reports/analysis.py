"""The numbers of a class: who earned what, how the exercises did, which mistakes were met, what waits for a person."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from statistics import StatisticsError, correlation, mean, median
from typing import Any

from autograder.course import Course, Lesson
from autograder.gradebook.journal import Journal
from autograder.gradebook.late_days import Late, Rules, lateness
from autograder.gradebook.person import Person
from autograder.gradebook.record import has_gradebook, open_gradebook
from autograder.gradebook.record import students as enrolled
from autograder.gradebook.teams import Teams
from autograder.reports.lesson_items import NOT_RUN, UNKNOWN, Item, Ran, items_of, read_graded
from course_lib.check.message import NOT_WRITTEN, Message

ENOUGH, MANY = 5, 15
"""So many hand-ins it needs to compute a discrimination, and to draw a conclusion from it."""

MANY_AT_ONCE = 500
"""Hand-ins that are read from the gradebook together."""


@dataclass(frozen=True)
class CellScore:
    """What one cell earned."""

    points: float
    maximum: float
    waits: bool
    """Whether a person must still look at it."""
    by_hand: bool
    """Whether a person gave the points."""


@dataclass(frozen=True)
class GradedSubmission:
    """What the gradebook and the graded notebook say of one student and lesson."""

    student: str
    lesson: str
    grades: dict[str, CellScore]
    comments: dict[str, str]
    penalty: float
    seconds_late: float
    handed_in: datetime | None
    notebook_id: str
    """Under which Formgrader shows it."""
    graded: bool
    notes: tuple[str, ...]
    problems: tuple[str, ...]
    ran: Ran
    late: Late | None = None
    """When it was due and how late it is, where that is known."""
    team: str = ""
    """With whom it was handed in; empty: alone."""
    teammates: tuple[str, ...] = ()
    """The others of the team."""
    marked_with: str = ""
    """Of a team the member whose copy a person marks for all; empty where it is this one."""

    @property
    def points(self) -> float:
        """Points after the penalty for being late."""
        return max(0.0, sum(grade.points for grade in self.grades.values()) - self.penalty)

    @property
    def maximum(self) -> float:
        return sum(grade.maximum for grade in self.grades.values())

    @property
    def waits(self) -> bool:
        """Whether a person must still look at it."""
        return any(grade.waits for grade in self.grades.values())

    def of(self, item: Item) -> CellScore:
        """What an exercise earned, all its tests together."""
        found = [self.grades[test] for test in item.tests if test in self.grades]
        points, maximum = sum(grade.points for grade in found), sum(grade.maximum for grade in found)
        return CellScore(points, maximum, any(grade.waits for grade in found), any(grade.by_hand for grade in found))

    def message(self, item: Item) -> Message | None:
        """What the exercise's first failed test said; rather one that names the mistake."""
        found = [self.ran.messages[test] for test in item.tests if test in self.ran.messages]
        return next((message for message in found if message.mistake), found[0] if found else None)

    def seconds(self, item: Item) -> float:
        """How long the answer and its tests ran."""
        return sum(self.ran.seconds.get(name, 0.0) for name in (item.name, *item.tests))


@dataclass(frozen=True)
class ItemStatistics:
    """How one exercise did. The numbers are None where there are too few hand-ins."""

    lesson: str
    item: Item
    count: int
    difficulty: float | None
    """Mean share of the points: 1 is an exercise that everybody solved."""
    solved: float | None
    """Share of those with full points."""
    discrimination: float | None
    """Correlation, from -1 to 1, of its points with the points of the lesson's other exercises."""
    seconds: float | None
    """Median time that the answer and its tests ran."""
    not_written: int

    @property
    def remark(self) -> str:
        """What an instructor should know of it, in words."""
        if self.item.written and not self.count:
            return "waits to be marked"
        if self.discrimination is not None and self.discrimination < 0.1 and self.count >= MANY:
            return "weak students do as well as strong ones: is the task clear?"
        if self.difficulty is not None and self.difficulty < 0.4:
            return "hard"
        return "easy" if self.difficulty is not None and self.difficulty > 0.95 else ""


@dataclass(frozen=True)
class Misconception:
    """A mistake, and how many students made it."""

    lesson: str
    item: Item
    mistake: str
    students: int
    of: int
    """How many hand-ins of the lesson were graded."""
    example: Message
    answer: str
    """An answer that made it."""

    @property
    def hint(self) -> str:
        """The course's words where it foresaw the mistake, else what the example's message says."""
        return self.item.hints.get(self.mistake) or self.example.hint

    @property
    def foreseen(self) -> bool:
        """Whether the exercise has a hint of its own for it."""
        return self.mistake in self.item.hints


@dataclass(frozen=True)
class Classroom:
    """The class, as it stands in the gradebook and in ``autograded/``."""

    lessons: list[Lesson]
    people: dict[str, Person]
    """Student → who that is; also those who handed in nothing."""
    submissions: dict[tuple[str, str], GradedSubmission]
    due: dict[str, datetime]
    """Lesson → when it was due, where that is set."""
    rules: Rules = field(default_factory=Rules)
    """What being late costs."""

    @cached_property
    def items(self) -> dict[str, list[Item]]:
        """Lesson → its exercises."""
        return {lesson.name: items_of(lesson) for lesson in self.lessons}

    def handed_in(self, lesson: str, graded: bool = True) -> list[GradedSubmission]:
        """What was handed in for a lesson."""
        found = [submission for (_, name), submission in self.submissions.items() if name == lesson]
        return [submission for submission in found if submission.graded or not graded]

    def missing(self, lesson: str) -> list[str]:
        """Who has not handed in."""
        return [student for student in self.people if (student, lesson) not in self.submissions]

    def statistics(self) -> list[ItemStatistics]:
        """How each exercise did, in the course's order."""
        return [
            _statistics(lesson, item, self.items[lesson], self.handed_in(lesson))
            for lesson in self.items
            for item in self.items[lesson]
        ]

    def misconceptions(self) -> list[Misconception]:
        """The mistakes met, the most frequent first. Answers that were not written are none.

        Those without a hint of their own are told apart by what the answers gave.
        """
        met: dict[tuple[str, str, str, str], list[tuple[GradedSubmission, Message]]] = defaultdict(list)
        for submission in self.submissions.values():
            for item in self.items[submission.lesson]:
                message = submission.message(item)
                if message and message.mistake not in (NOT_WRITTEN, NOT_RUN):
                    given = "" if message.mistake in item.hints else message.detail
                    met[submission.lesson, item.name, message.mistake, given].append((submission, message))
        by_name = {(lesson, item.name): item for lesson, found in self.items.items() for item in found}
        all_of = Counter(one.lesson for one in self.submissions.values() if one.graded)
        found = [
            Misconception(
                lesson, by_name[lesson, name], mistake, len(cases), all_of[lesson], cases[0][1],
                cases[0][0].ran.answers.get(name, ""),
            )
            for (lesson, name, mistake, _), cases in met.items()
        ]  # fmt: skip
        return sorted(found, key=lambda one: (-one.students, one.mistake == UNKNOWN, one.lesson, one.item.name))


def read_class(course: Course, lessons: list[Lesson], students: list[str] | None = None) -> Classroom:
    """Read the class from the gradebook and ``autograded/``.

    Args:
        course: whose class.
        lessons: of these, the ones that anybody handed in.
        students: only what they handed in; by default, what everybody did.
    """
    from nbgrader.api import Assignment, Grade, SubmittedAssignment, SubmittedNotebook
    from sqlalchemy.orm import selectinload, undefer

    if not has_gradebook(course):
        return Classroom([], {}, {}, {})
    folders = [path.name for path in course.submitted.glob("*") if path.is_dir() and not path.name.startswith(".")]
    people = {name: Person(name) for name in folders} | {person.id: person for person in enrolled(course)}
    known = Journal(course.journal).all("hand_in")
    by_name = {lesson.name: lesson for lesson in lessons}
    submissions = {}
    rules = Rules.of(course)
    # many hand-ins in a few queries; else each cell's points and name would be a query of their own
    whole = (
        undefer(SubmittedAssignment.late_submission_penalty),
        selectinload(SubmittedAssignment.notebooks).options(
            selectinload(SubmittedNotebook.grades).options(undefer(Grade.max_score), selectinload(Grade.cell)),
            selectinload(SubmittedNotebook.comments),
        ),
    )
    with open_gradebook(course) as gradebook:
        late = lateness(course, gradebook, students or None, rules)
        due = {row.name: row.duedate for row in gradebook.db.query(Assignment) if row.duedate}
        handed_in = gradebook.db.query(SubmittedAssignment)
        asked = handed_in.filter(SubmittedAssignment.student_id.in_(students)) if students else handed_in
        for row in asked.options(*whole).yield_per(MANY_AT_ONCE):
            if row.name in by_name and row.notebooks:
                found = _submission(course, by_name[row.name], row, known, late.get((row.student_id, row.name)))
                submissions[row.student_id, row.name] = found
        teams = Teams.read(course, list(people.values()))
        recorded = handed_in
        if students:
            mates = {name for who, lesson in submissions for name in teams.members(teams.of(who, lesson), lesson)}
            recorded = handed_in.filter(SubmittedAssignment.student_id.in_(mates))
        _bring_together(submissions, teams, {(row.student_id, row.name): row for row in recorded})
    seen = {lesson for _, lesson in submissions}
    return Classroom(
        [lesson for lesson in lessons if lesson.name in seen],
        dict(sorted(people.items())),
        dict(sorted(submissions.items())),
        due,
        rules,
    )


def _bring_together(
    submissions: dict[tuple[str, str], GradedSubmission], teams: Teams, recorded: dict[tuple[str, str], Any]
) -> None:
    """Say in place who is in which team. Whether a person must still look is known of one member's copy, for all."""
    for (student, lesson), one in submissions.items():
        team = teams.of(student, lesson)
        members = [name for name in teams.members(team, lesson) if (name, lesson) in recorded]
        if len(members) < 2:
            continue
        first = recorded[members[0], lesson].notebooks
        waits = {grade.name: bool(grade.needs_manual_grade) for book in first for grade in book.grades}
        grades = {name: replace(grade, waits=waits.get(name, grade.waits)) for name, grade in one.grades.items()}
        others = tuple(name for name in members if name != student)
        with_whom = "" if members[0] == student else members[0]
        submissions[student, lesson] = replace(one, grades=grades, team=team, teammates=others, marked_with=with_whom)


def _submission(course: Course, lesson: Lesson, row: Any, known: dict[str, Any], late: Late | None) -> GradedSubmission:
    outcome = known.get(f"{row.student_id}/{lesson.name}", {})
    notebook = row.notebooks[0]
    grades = {
        grade.name: CellScore(
            grade.score or 0.0, grade.max_score or 0.0, bool(grade.needs_manual_grade), grade.manual_score is not None
        )
        for grade in notebook.grades
    }
    return GradedSubmission(
        row.student_id,
        lesson.name,
        grades,
        {comment.name: comment.comment for comment in notebook.comments if comment.comment},
        row.late_submission_penalty or 0.0,
        late.seconds if late else 0.0,
        row.timestamp,
        notebook.id,
        outcome.get("graded", True),
        tuple(outcome.get("notes", ())),
        tuple(outcome.get("problems", ())),
        read_graded(course.autograded / row.student_id / lesson.name / lesson.notebook.name) or Ran({}, {}, {}),
        late,
    )


def _statistics(lesson: str, item: Item, others: list[Item], submissions: list[GradedSubmission]) -> ItemStatistics:
    unmarked = item.written and any(one.of(item).waits for one in submissions)
    marked = [] if unmarked else submissions
    shares = [one.of(item).points / item.maximum for one in marked if item.maximum]
    rest = [sum(one.of(other).points for other in others if other != item and not other.written) for one in marked]
    times = [seconds for one in marked if (seconds := one.seconds(item))]
    said = [one.message(item) for one in marked]
    return ItemStatistics(
        lesson,
        item,
        len(shares),
        mean(shares) if shares else None,
        mean(share >= 1 - 1e-9 for share in shares) if shares else None,
        _correlation(shares, rest),
        median(times) if times else None,
        sum(message is not None and message.mistake == NOT_WRITTEN for message in said),
    )


def _correlation(some: list[float], others: list[float]) -> float | None:
    """Pearson's correlation; None where it says nothing: few values, or all the same."""
    if len(some) != len(others) or len(some) < ENOUGH:
        return None
    try:
        return correlation(some, others)
    except StatisticsError:
        return None
