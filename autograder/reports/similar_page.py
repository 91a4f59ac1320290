"""The page of pairs, side by side, with what chance alone does: where a person begins to look, never a judgement."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from math import comb
from pathlib import Path
from statistics import median
from typing import Any

from rich.table import Table
from rich.text import Text

from autograder.course import Course
from autograder.reading.sanitize import plain
from autograder.reports.lesson_items import title_of
from autograder.reports.pages import page
from autograder.reports.report import percent
from autograder.reports.similar import (
    ALIKE,
    ENOUGH,
    FEW,
    LONG,
    MANY,
    SAME,
    WORD,
    WORDS,
    Comparison,
    Pair,
    Shared,
    shapes,
)
from autograder.reports.statements import MOST_CHARACTERS, statements

MOST_PAIRS = 60
"""That the page shows."""
MOST_ROWS = 10
"""That a terminal shows."""
MOST_LINES, MOST_WIDTH = 150, 300
"""Of an answer, on the page."""
PHRASE = 4
"""Words in a row that are marked where both have them."""


def labels(comparison: Comparison, hidden: bool = False) -> dict[str, str]:
    """What each student is called; hidden names become numbers, in another order each time."""
    students = sorted({*comparison.texts, *comparison.remarks})
    if not hidden:
        team = comparison.teams
        return {name: f"{name} (team {team[name]})" if name in team else name for name in students}
    mixed = random.SystemRandom().sample(students, len(students))
    return {name: f"hand-in {number}" for number, name in enumerate(mixed, start=1)}


def remarks(comparison: Comparison, names: dict[str, str]) -> list[tuple[str, str]]:
    """Whose hand-in was not compared, or not all of it, and why."""
    return sorted((names[student], why) for student, why in comparison.remarks.items())


def write_similar(comparison: Comparison, course: Course, names: dict[str, str]) -> Path:
    """Write ``reports/similar-<lesson>.html``; returns its path. ``names`` are of :func:`labels`."""
    path = course.reports / f"similar-{comparison.lesson.name}.html"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(html(comparison, names), encoding="utf-8")
    return path


def table(comparison: Comparison, names: dict[str, str]) -> Table:
    """The first pairs, for a terminal."""
    made = Table("hand-ins", "shared statements", "where", "written answers")
    for pair in comparison.pairs[:MOST_ROWS]:
        where = ", ".join(one.exercise for one in pair.code)
        prose = ", ".join(f"{name} {cosine:.2f}" for name, cosine in pair.prose.items())
        who = " · ".join(plain(names[student]) for student in pair.students)
        made.add_row(Text(who), Text(str(pair.rare)), Text(where), Text(prose))
    return made


def html(comparison: Comparison, names: dict[str, str]) -> str:
    """The page."""
    shown = comparison.pairs[:MOST_PAIRS]
    hand_ins = len(comparison.texts)
    total = comparison.class_rates.get("", Counter())
    return page(
        "similar.html",
        title=title_of(comparison.lesson),
        now=f"{datetime.now():%d %B %Y, %H:%M}",
        tiles=[
            ("hand-ins compared", hand_ins),
            ("pairs of them", comb(hand_ins, 2)),
            ("pairs to look at", len(comparison.pairs)),
            ("hand-ins not compared", sum(name not in comparison.texts for name in comparison.remarks)),
        ],
        pairs=[_pair(pair, comparison, names) for pair in shown],
        left_out=len(comparison.pairs) - len(shown),
        chance=_chance(comparison.chance_of_all if comparison.chance else None, total),
        bank_pairs=sum(rates.total() for rates in comparison.chance.values()),
        exercises=[_exercise(name, comparison) for name in comparison.known.right],
        remarks=remarks(comparison, names),
        percent=percent,
        rules={
            "enough": ENOUGH, "long": LONG, "same": percent(SAME), "words": WORDS, "alike": ALIKE,
            "few": FEW, "many": percent(MANY),
        },
    )  # fmt: skip


def _chance(independent: dict[int, float] | None, total: Counter[int]) -> list[dict[str, Any]]:
    """One row for each number of shared statements: how often in the bank, how often in the class."""
    rows = []
    for number in range(ENOUGH + 1):
        last = number == ENOUGH
        fits = [n for n in {*total, *(independent or {})} if n == number or (last and n > number)]
        share = None if independent is None else sum(independent.get(n, 0.0) for n in fits)
        head = f"{number} or more" if last else str(number)
        rows.append({"number": head, "bank": share, "class": sum(total[n] for n in fits), "of": total.total()})
    return rows


def _exercise(name: str, comparison: Comparison) -> dict[str, Any]:
    chance, rates = comparison.chance.get(name, Counter()), comparison.class_rates.get(name, Counter())
    answers = Counter(shapes(found[name]) for found in comparison.texts.values() if name in found)
    most = answers.most_common(1)
    lengths = [len(found) for found in comparison.known.right[name]]
    return {
        "title": comparison.items[name].title,
        "length": median(lengths) if lengths else None,
        "bank_pairs": chance.total(),
        "bank_share": chance.total() - chance[0],
        "class_pairs": rates.total(),
        "class_share": rates.total() - rates[0],
        "most_frequent": most[0][1] if most else 0,
        "answers": answers.total(),
    }


def _pair(pair: Pair, comparison: Comparison, names: dict[str, str]) -> dict[str, Any]:
    one, other = (comparison.texts[student] for student in pair.students)
    code = sorted(pair.code, key=lambda shared: -len(shared.marked))
    return {
        "names": [names[student] for student in pair.students],
        "rare": pair.rare,
        "code": [_code(shared, one, other, comparison) for shared in code],
        "prose": [
            {
                "title": comparison.items[name].title,
                "cosine": cosine,
                "class_alike": sum(name in every.prose for every in comparison.pairs),
                "class_pairs": comb(len(comparison.prose[name]), 2),
                "sides": _prose(*(comparison.prose[name][student] for student in pair.students)),
            }
            for name, cosine in pair.prose.items()
        ],
    }


def _code(shared: Shared, one: dict[str, str], other: dict[str, str], comparison: Comparison) -> dict[str, Any]:
    name, rare = shared.exercise, len(shared.rare)
    chance, rates = comparison.chance.get(name, Counter()), comparison.class_rates.get(name, Counter())
    written_by = comparison.written_by[name]
    numbers: dict[str, int] = {}
    return {
        "title": comparison.items[name].title,
        "rare": rare,
        "both": len(shared.both),
        "longer": shared.longer,
        "long_and_same": shared.long_and_same,
        "most_alike": comparison.known.most_alike(name),
        "bank_pairs": chance.total(),
        "bank_as_many": sum(pairs for number, pairs in chance.items() if number >= rare),
        "class_pairs": rates.total(),
        "class_as_many": sum(pairs for number, pairs in rates.items() if number >= rare),
        "spread": min(written_by[shape] for shape in shared.marked),
        "sides": [list(_lines(text[name], shared.marked, numbers)) for text in (one, other)],
    }


def _lines(text: str, marked: frozenset[str], numbers: dict[str, int]) -> Iterator[tuple[str, int | None]]:
    """The lines of an answer, each with the number of the shared statement that it belongs to."""
    of_line: dict[int, int] = {}
    for statement in sorted(statements(text), key=lambda statement: statement.first):
        if statement.shape in marked:
            number = numbers.setdefault(statement.shape, len(numbers) + 1)
            of_line |= dict.fromkeys(range(statement.first, statement.last + 1), number)
    lines = text[:MOST_CHARACTERS].split("\n")
    for place, line in enumerate(lines[:MOST_LINES], start=1):
        yield (line if len(line) <= MOST_WIDTH else line[:MOST_WIDTH] + " …"), of_line.get(place)
    if len(lines) > MOST_LINES:
        yield f"… and {len(lines) - MOST_LINES} lines more", None


def _prose(one: str, other: str) -> list[list[tuple[str, bool]]]:
    """Both texts in pieces, and whether the other has each piece word for word."""
    words = [[found.group().lower() for found in WORD.finditer(text)] for text in (one, other)]
    phrases = set(_phrases(words[0])) & set(_phrases(words[1]))
    return [list(_pieces(text, own, phrases)) for text, own in zip((one, other), words, strict=True)]


def _phrases(words: list[str]) -> Iterable[tuple[str, ...]]:
    return zip(*(words[start:] for start in range(PHRASE)), strict=False)


def _pieces(text: str, words: list[str], phrases: set[tuple[str, ...]]) -> Iterator[tuple[str, bool]]:
    starts = [place for place, phrase in enumerate(_phrases(words)) if phrase in phrases]
    covered = {place + more for place in starts for more in range(PHRASE)}
    done, marking = 0, False
    for place, found in enumerate(WORD.finditer(text)):
        if (place in covered) != marking:
            yield text[done : found.start()], marking
            done, marking = found.start(), not marking
    yield text[done:], marking
