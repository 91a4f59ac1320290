"""Which hand-ins of a lesson share what nobody else wrote: a page for an instructor to read, never points.

Two short right answers are often the same. So only statements count here that nobody is known to write: not in the
lesson, not in the answer bank, not in many hand-ins. The page shows beside each pair how often independent answers of
the bank share as much.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import combinations

from autograder.course import Cell, Course, Lesson, grade_id, is_answer, is_written, read_config
from autograder.reports.lesson_items import Item, items_of
from autograder.reports.statements import MOST_CHARACTERS, by_line, statements
from autograder.reports.texts import Texts, once_for_a_team, read_texts, teams_of

ENOUGH = 4
"""So many shared statements in a lesson that nobody is known to write, and a person should look."""
LONG, SAME = 6, 0.8
"""Also where answers of at least so many statements are the same to this share: none that the bank or many have."""
WORDS, ALIKE = 30, 0.5
"""Written answers of at least so many words, and the cosine of their TF-IDF from which a person should look."""
FEW, MANY = 5, 0.25
"""What more than five hand-ins have, and more than a quarter of all, is known to everybody."""

Bank = Mapping[str, Mapping[str, list[tuple[str, str]]]]
"""Lesson → exercise → its answers: `right` or `wrong`, and the text."""
WORD = re.compile(r"\w+")
SOLUTION = re.compile(r"^([ \t]*)### BEGIN SOLUTION.*?### END SOLUTION", re.DOTALL | re.MULTILINE)
"""What a lesson solves, with the space before it: a stub stands there in what students get."""


@dataclass(frozen=True)
class Shared:
    """What two students share in one exercise."""

    exercise: str
    rare: frozenset[str]
    """The shapes of statements that nobody else is known to write."""
    both: frozenset[str]
    """Of all shared statements that were not given."""
    longer: int
    """How many statements the longer answer has that were not given."""
    long_and_same: bool
    """Whether both answers are long and the same, and unlike all that the course knows."""

    @property
    def marked(self) -> frozenset[str]:
        """What the page marks."""
        return self.both if self.long_and_same else self.rare


@dataclass(frozen=True)
class Pair:
    """Two hand-ins."""

    students: tuple[str, str]
    code: tuple[Shared, ...]
    """The exercises in which they share what nobody else is known to write, or are long and the same."""
    prose: dict[str, float]
    """Written answer → cosine, of those that are alike."""

    @property
    def rare(self) -> int:
        return sum(len(one.rare) for one in self.code)

    @property
    def to_look_at(self) -> bool:
        return self.rare >= ENOUGH or bool(self.prose) or any(one.long_and_same for one in self.code)


@dataclass(frozen=True)
class Known:
    """What is known to be written by people who did not copy."""

    counts: Counter[str]
    """Shape of a statement → how many texts of the course have it: cells of the lessons, answers of the bank."""
    given: frozenset[str]
    """The shapes of all that the lesson gives its students."""
    derived: dict[str, Counter[str]]
    """Exercise of this lesson → as ``counts``, of its wrong answers: most are a right one with a fault in it."""
    right: dict[str, list[frozenset[str]]]
    """Exercise of this lesson → the shapes of each right answer of the bank, without those that were given."""
    answers: dict[str, list[frozenset[str]]]
    """The same of all answers, that of the lesson itself among them."""

    @classmethod
    def of(cls, lesson: Lesson, lessons: Iterable[Lesson], bank: Bank) -> Known:
        counts: Counter[str] = Counter()
        for one in lessons:
            for cell in _code(one):
                counts.update(_all_shapes(cell["source"]))
        for exercises in bank.values():
            for found in exercises.values():
                for _, source in found:
                    counts.update(_all_shapes(source))
        given = frozenset().union(*(_all_shapes(SOLUTION.sub(r"\1pass", cell["source"])) for cell in _code(lesson)))
        known = cls(counts, given, {}, {}, {})
        for cell in filter(is_answer, lesson.cells):
            name = grade_id(cell)
            found = bank.get(lesson.name, {}).get(name, [])
            known.derived[name] = Counter(x for kind, source in found if kind != "right" for x in shapes(source))
            known.right[name] = [shapes(source) - given for kind, source in found if kind == "right"]
            known.answers[name] = [
                _all_shapes(source) - given for source in (cell["source"], *(text for _, text in found))
            ]
        return known

    def shared_by_chance(self, exercise: str) -> Counter[int]:
        """How many pairs of right answers of the bank share 0, 1, 2 … statements that no third text has.

        Such answers were written independently of each other, and on purpose in different ways: people in one class
        share more.
        """
        derived = self.derived[exercise]
        return Counter(
            sum(self.counts[shape] - derived[shape] <= 2 for shape in one & other)
            for one, other in combinations(self.right[exercise], 2)
        )

    def most_alike(self, exercise: str) -> float | None:
        """The largest share in which two long right answers of the bank are the same; None where it has no two."""
        pairs = combinations(self.right[exercise], 2)
        return max((_sameness(*pair) for pair in pairs if min(map(len, pair)) >= LONG), default=None)


@dataclass(frozen=True)
class Comparison:
    """All pairs of hand-ins of one lesson."""

    lesson: Lesson
    texts: Texts
    known: Known
    remarks: dict[str, str]
    """Student → why the hand-in was not compared, or not all of it."""
    pairs: list[Pair] = field(default_factory=list)
    """Those that a person should look at, the most striking first."""
    class_rates: dict[str, Counter[int]] = field(default_factory=dict)
    """Exercise → how many pairs of hand-ins share 0, 1, 2 … statements that nobody else is known to write; under an
    empty name, in all exercises together."""
    written_by: dict[str, Counter[str]] = field(default_factory=dict)
    """Exercise → shape of a statement → how many hand-ins have it."""
    prose: dict[str, dict[str, str]] = field(default_factory=dict)
    """Written answer → student → what was compared of it."""
    teams: dict[str, str] = field(default_factory=dict)
    """Student → team: who hands in together copies from nobody there."""

    @property
    def sentence(self) -> str:
        """What was found, in short."""
        pairs = f"{len(self.pairs)} pair{'s' * (len(self.pairs) != 1)}"
        return f"{self.lesson.name}: {pairs} to look at, of {len(self.texts)} hand-ins."

    @cached_property
    def items(self) -> dict[str, Item]:
        return {item.name: item for item in items_of(self.lesson)}

    @cached_property
    def chance(self) -> dict[str, Counter[int]]:
        """Exercise → :meth:`Known.shared_by_chance`, of those that the bank has pairs for."""
        found = {name: self.known.shared_by_chance(name) for name in self.known.right}
        return {name: rates for name, rates in found.items() if rates}

    @cached_property
    def chance_of_all(self) -> dict[int, float]:
        """Share of pairs of hand-ins that have so many in common, were each put together from the bank's answers."""
        total = {0: 1.0}
        for rates in self.chance.values():
            added: dict[int, float] = {}
            for so_far, share in total.items():
                for more, pairs in rates.items():
                    added[so_far + more] = added.get(so_far + more, 0.0) + share * pairs / rates.total()
            total = added
        return total


def shapes(source: str) -> frozenset[str]:
    """The shapes of the statements of a text."""
    return frozenset(statement.shape for statement in statements(source))


@lru_cache(10_000)
def _all_shapes(source: str) -> frozenset[str]:
    """Those of its lines, too: what a student shares with it may be no Python as a whole."""
    return shapes(source) | {line.shape for line in by_line(source)}


def compare(course: Course, lesson: Lesson, lessons: list[Lesson], bank: Bank) -> Comparison:
    """Compare the hand-ins of a lesson, each with each.

    Args:
        course: whose class.
        lesson: of which hand-ins.
        lessons: all of the course: what stands in them is everybody's.
        bank: what else is known to be written by people who did not copy; says what chance does.
    """
    texts, remarks = read_texts(course, lesson)
    stub = str(read_config(course.root).get("ClearSolutions", {}).get("text_stub", ""))
    teams = teams_of(course, lesson)
    known = Known.of(lesson, lessons, bank)
    return compare_texts(Comparison(lesson, once_for_a_team(texts, teams), known, remarks, teams=teams), stub)


def compare_texts(result: Comparison, stub: str = "") -> Comparison:
    """Compare what was read, each with each, in place.

    Args:
        result: with texts, what is known, and no pairs yet.
        stub: what stands in a written answer as it is released.
    """
    texts, known = result.texts, result.known
    for cell in filter(is_written, result.lesson.cells):
        result.prose[grade_id(cell)] = _own_prose(result, grade_id(cell), stub)
    alike = {name: _alike(found) for name, found in result.prose.items()}
    own = {
        student: {name: shapes(text) - known.given for name, text in found.items() if name in known.right}
        for student, found in texts.items()
    }
    for name in known.right:
        result.written_by[name] = Counter(shape for found in own.values() for shape in found.get(name, ()))
    for one, other in combinations(own, 2):
        if one in result.teams and result.teams[one] == result.teams.get(other):
            continue
        code = [_share(name, own[one][name], own[other][name], result) for name in own[one] if name in own[other]]
        prose = {name: cosines[one, other] for name, cosines in alike.items() if (one, other) in cosines}
        pair = Pair((one, other), tuple(found for found in code if found.marked), prose)
        for name, rare in [("", pair.rare), *((found.exercise, len(found.rare)) for found in code)]:
            result.class_rates.setdefault(name, Counter())[rare] += 1
        if pair.to_look_at:
            result.pairs.append(pair)
    result.pairs.sort(key=lambda pair: (-sum(len(one.marked) for one in pair.code), -sum(pair.prose.values())))
    return result


def _code(lesson: Lesson) -> list[Cell]:
    return [cell for cell in lesson.cells if cell["cell_type"] == "code"]


def _share(exercise: str, one: frozenset[str], other: frozenset[str], of: Comparison) -> Shared:
    both = one & other
    few = max(FEW, MANY * len(of.texts))
    rare = frozenset(x for x in both if not of.known.counts[x] and of.written_by[exercise][x] <= few)
    same = (
        min(len(one), len(other)) >= LONG
        and _sameness(one, other) >= SAME
        and min(of.written_by[exercise][shape] for shape in both) <= few
        and not any(len(both & known) >= SAME * len(both) for known in of.known.answers[exercise])
    )
    return Shared(exercise, rare, both, max(len(one), len(other)), same)


def _sameness(one: frozenset[str], other: frozenset[str]) -> float:
    """The share of the longer answer's statements that both have."""
    return len(one & other) / max(len(one), len(other), 1)


def _own_prose(of: Comparison, name: str, stub: str) -> dict[str, str]:
    """Student → a written answer, without lines that the lesson has; only those that say enough to be compared."""
    given = {_bare(line) for cell in of.lesson.cells for line in [*cell["source"].split("\n"), stub]}
    found = {}
    for student, answers in of.texts.items():
        lines = answers.get(name, "")[:MOST_CHARACTERS].split("\n")
        text = "\n".join(line for line in lines if _bare(line) not in given)
        if len(WORD.findall(text)) >= WORDS:
            found[student] = text
    return found


def _bare(line: str) -> str:
    return line.strip(" \t>*_")


def _alike(texts: dict[str, str]) -> dict[tuple[str, str], float]:
    """The cosine of each two texts by TF-IDF of their words and pairs of words, where it is high."""
    if len(texts) < 2:
        return {}
    from sklearn.feature_extraction.text import TfidfVectorizer

    weights = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, token_pattern=WORD.pattern)
    vectors = weights.fit_transform(texts.values())
    cosines = (vectors @ vectors.T).toarray()
    pairs = combinations(enumerate(texts), 2)
    return {(a, b): float(cosines[i, j]) for (i, a), (j, b) in pairs if cosines[i, j] >= ALIKE}
