"""The first page: what the course is, its map, and a card for each lesson; all of it read from the lessons."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from pathlib import Path

from autograder.authoring.links import Links
from autograder.authoring.site.lesson_page import raw
from course_lib.student.start_page import PARTS, LessonSummary

TITLE = "Keras and Apache Spark, hands on"
DESCRIPTION = (
    "Thirteen lessons on neural networks and big data, with Keras and Apache Spark. Each asks a question, lets you "
    "guess, and measures the answer. Free, and runs in your browser."
)
TEMPLATE = Path(__file__).with_name("start.md")


@dataclass(frozen=True)
class Card:
    """What the map says of a lesson."""

    page: str
    """Name of its page, without ``.html``."""
    summary: LessonSummary
    hook: str
    """What the lesson begins with."""
    question: str
    """The question that it asks first."""
    builds_on: tuple[int, ...]

    @property
    def number(self) -> int:
        return self.summary.number

    @property
    def part(self) -> str:
        return next(part for part, numbers in PARTS.items() if self.number in numbers)


def card(page: str, summary: LessonSummary, first_cell: str) -> Card:
    """Read a lesson's first cell.

    Args:
        page: name of the lesson's page.
        summary: what the student's own start page says of it.
        first_cell: its text: a hook with a question in italics, goals, ``**You need:** lessons 01 and 02``.
    """
    paragraphs = first_cell.split("\n\n")[1:]
    hook = re.sub(r"[^.?!]*\bbelow\.\s*", " ", paragraphs[0]) if paragraphs else ""  # there is nothing below on a card
    asked = re.search(r"\*([^*]+\?)\*", " ".join(first_cell.split()))
    needs = re.search(r"\*\*You need:\*\*(.*?)\*\*Time", first_cell, re.DOTALL)
    needed = re.sub(r"nothing of lessons.*", "", needs[1]) if needs else ""
    numbers = tuple(map(int, re.findall(r"\b\d\d\b", needed)))
    return Card(page, summary, _bare(" ".join(hook.split())), asked[1] if asked else "", numbers)


def leads_to(cards: list[Card]) -> dict[int, list[int]]:
    """Number of a lesson → the lessons that build on it."""
    return {one.number: [other.number for other in cards if one.number in other.builds_on] for one in cards}


def start_page(cards: list[Card], links: Links, drawing: str, pictures: dict[int, str], small: dict[int, str]) -> str:
    """The page as MyST Markdown.

    Args:
        cards: the lessons, in order.
        links: where they are opened.
        drawing: the map as SVG.
        pictures: number of a lesson → its first picture, as a path in the site.
        small: the same pictures, smaller.
    """
    first, after = cards[0], leads_to(cards)
    parts = []
    for part in PARTS:
        inside = [_card(one, after[one.number], small.get(one.number, "")) for one in cards if one.part == part]
        if inside:
            parts += [f"### {part}", raw(f'<ul class="cards">{"".join(inside)}</ul>')]
    return TEMPLATE.read_text(encoding="utf-8").format(
        title=TITLE,
        first=first.page,
        binder=links.binder("release/start.md"),
        picture=pictures.get(first.number, ""),
        hook=html.escape(first.hook),
        map=_linked(drawing, cards),
        parts="\n\n".join(parts),
        home=links.home,
    )


def _card(one: Card, after: list[int], picture: str) -> str:
    goals = "".join(f"<li>{_marked(goal.rstrip(',;.'))}</li>" for goal in one.summary.goals)
    image = f'<img src="{picture}" alt="" loading="lazy" width="480" height="170">' if picture else ""
    facts = one.summary.time + " · leads to " * bool(after) + ", ".join(f"{number:02}" for number in after)
    title = f'<strong><span class="number">{one.number:02}</span> {html.escape(one.summary.title)}</strong>'
    summary = f'What you will learn<span class="hidden"> in lesson {one.number:02}</span>'
    return (
        f'<li class="card"><a href="{one.page}.html">{image}{title}</a>'
        f'<p class="question">{_marked(one.question)}</p><p class="time">{facts}</p>'
        f"<details><summary>{summary}</summary><ul>{goals}</ul></details></li>"
    )


def _linked(drawing: str, cards: list[Card]) -> str:
    """The map, with each box a link to its lesson."""
    pages = {f"{one.number:02}": one for one in cards}

    def link(match: re.Match[str]) -> str:
        one = pages.get(match[2])
        if one is None:
            return match[0]
        name = html.escape(f"Lesson {match[2]}: {one.summary.title}", quote=True)
        return f'<a href="{one.page}.html" aria-label="{name}">{match[0]}</a>'

    drawing = drawing.replace(' role="img"', ' role="group"')  # the links in it are to be found
    return re.sub(r"(<g><rect [^>]*/>\s*<text [^>]*>(\d\d)</text>.*?</g>)", link, drawing, flags=re.DOTALL)


def _bare(markdown: str) -> str:
    """Prose without its marks."""
    return re.sub(r"\*\*|\*|`|\$", "", markdown)


def _marked(markdown: str) -> str:
    """A line of Markdown as HTML: bold, code, nothing else."""
    text = html.escape(markdown, quote=False)
    text = re.sub(r"\*\*([^*]+)\*\*", r"<b>\1</b>", text)
    text = re.sub(r"`([^`]+)`", r"<code>\1</code>", text)
    return re.sub(r"\*|\$", "", text)


def read_drawing(root: Path) -> str:
    """The map of the lessons."""
    return (root / "docs" / "lessons.svg").read_text(encoding="utf-8")
