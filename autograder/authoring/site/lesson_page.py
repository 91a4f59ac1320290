"""One lesson as a page of Markdown (MyST): the student's version, what its cells show, and its hints.

What a page adds to the notebook: where the prose says **Predict**, the answer is folded until the reader has guessed;
an exercise has its three hints beside it; code of figures is folded. It leaves out check cells, which do nothing here.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from autograder.authoring.outputs import Outputs
from autograder.authoring.site.figures import Figures
from autograder.course import Cell, grade_id, is_graded, is_solution
from course_lib.check.hints import LEVELS

FENCE = "`" * 8
"""Longer than any in a lesson."""
PREDICT = "**Predict"
ASK = (
    '<details class="guess"><summary><span class="shut">I have my guess. Show me.</span>'
    '<span class="open">Close this answer</span></summary>'
)
ANSWER = '<div class="task answer">'
TRY = '<a class="try" href="#run-it">Write it yourself: it is checked at once</a>'
ELSEWHERE = '<a class="try" href="#run-it">This one needs more than Python alone: open the lesson to write it</a>'
_STUCK = re.compile(r"^Stuck\? Run `check\.hint\(.*\n?", re.MULTILINE)
_RUN_ME = re.compile(r"^# Run this cell to see .*\n")
_ASKS = re.compile(r"^(predict\.(?:choice|number|order)|recall\.(?:opening|closing))\(", re.MULTILINE)
_HEADING = re.compile(r"^#{1,4} ", re.MULTILINE)


@dataclass
class Page:
    """What a lesson's page is made of."""

    cells: list[Cell]
    """Of the student's version."""
    outputs: Outputs
    hints: dict[str, list[str]]
    figures: Figures
    head: str
    """HTML below the title: how long it takes, where to run it."""
    lesson: str = ""
    """Its name."""
    here: frozenset[str] = frozenset()
    """The exercises that are answered in the page."""


def markdown(page: Page) -> str:
    """The page as MyST Markdown."""
    return "\n\n".join(part for part in _Writer(page).parts() if part.strip()) + "\n"


class _Writer:
    """Goes through the cells in order and remembers whether a question is open, and whether a fold is."""

    def __init__(self, page: Page):
        self.page = page
        self.asked = False
        self.folded = False

    def parts(self) -> Iterator[str]:
        for number, cell in enumerate(self.page.cells):
            if cell["cell_type"] == "markdown":
                yield from self._graded_prose(cell) if _is_task(cell) else self._prose(cell, first=number == 0)
            elif is_graded(cell):  # a check; nothing happens when one reads it
                continue
            elif is_solution(cell):
                yield from self._unfold()
                yield from self._answer(cell)
            elif cell["cell_type"] == "code":
                yield from self._code(cell)
        yield from self._unfold()

    def _prose(self, cell: Cell, first: bool) -> Iterator[str]:
        source = cell["source"]
        if first:
            title, _, source = source.partition("\n")
            yield title
            yield raw(self.page.head)
        inside, after = _reading(source) if self.folded else ("", source)
        yield inside
        yield from self._unfold()
        yield after
        self.asked = self.asked or PREDICT in after

    def _graded_prose(self, cell: Cell) -> Iterator[str]:
        """A task, or the place for a written answer."""
        yield from self._unfold()
        self.asked = False
        if is_solution(cell):
            yield raw('<p class="task written">This one you answer in words, in the notebook. A person reads it.</p>')
            return
        heading, task = _after_headings(_STUCK.sub("", cell["source"]))
        yield heading
        yield from wrap('<div class="task">', task, "</div>")

    def _answer(self, cell: Cell) -> Iterator[str]:
        self.asked = False
        name, here = grade_id(cell), self.page.here
        yield raw(f'<div class="task answer" data-check="{self.page.lesson}/{name}">' if name in here else ANSWER)
        yield code(cell["source"])
        levels = self.page.hints.get(name, [])
        yield raw('<div class="hints">') if levels else ""
        for name, text in zip(LEVELS, levels, strict=False):
            yield from wrap(f'<details class="hint"><summary>{name}</summary>', text, "</details>")
        yield raw(ELSEWHERE if here and name not in here else TRY)
        yield raw("</div>") if levels else ""
        yield raw("</div>")

    def _code(self, cell: Cell) -> Iterator[str]:
        shown = [made for output in self.page.outputs.get(cell["id"], []) if (made := self._shown(output))]
        source, summary = cell["source"], ""
        if asks := _ASKS.search(source):
            yield from self._unfold()
            self.asked = self.asked or asks[1].startswith("predict")
            for output in self.page.outputs.get(cell["id"], []):
                yield raw(_text(output.get("data", {}).get("text/html", "")))
            return
        if "predict.answer(" in source:
            source = ""
        elif cell["metadata"].get("jupyter", {}).get("source_hidden"):
            source, summary = _RUN_ME.sub("", source), "Code of this picture"
        elif grade_id(cell) == "setup":
            summary = "What this lesson imports"
        elif source.startswith("playground."):
            summary = "Code of this playground"
        listing = [code(source)] if source else []
        if summary:
            listing = list(wrap(f'<details class="code"><summary>{summary}</summary>', listing[0], "</details>"))
        picture_first = bool(summary and shown)
        yield from [] if picture_first else listing
        if shown and self.asked and not self.folded and "playground." not in source:
            yield raw(ASK)
            self.folded, self.asked = True, False
        yield from map(raw, shown)
        yield from listing if picture_first else []

    def _unfold(self) -> Iterator[str]:
        if self.folded:
            yield raw("</details>")
        self.folded = False

    def _shown(self, output: Cell) -> str:
        """An output as HTML; empty for what is only seen while a cell runs."""
        if output["output_type"] == "stream":
            return "" if output.get("name") == "stderr" else printed(_text(output["text"]))
        data = output.get("data", {})
        if "text/html" in data:
            made = self.page.figures.take_out(_text(data["text/html"]))
            live = "application/vnd.jupyter.widget-view+json" in data
            note = "<p>A still picture: in the notebook you move it.</p>" if "data-playground" not in made else ""
            kind, rest = ("output playground", note) if live else ("output", "")
            return f'<div class="{kind}" tabindex="0">{made}{rest}</div>'  # it may scroll, so keyboards must reach it
        if output["output_type"] == "execute_result":
            return printed(_text(data.get("text/plain", "")))
        return ""


def raw(markup: str) -> str:
    """HTML as it is."""
    return f"{FENCE}{{raw}} html\n{markup}\n{FENCE}"


def code(source: str) -> str:
    """Python in its colours."""
    return f"{FENCE}python\n{source.strip()}\n{FENCE}"


def printed(text: str) -> str:
    """What a cell prints."""
    return f'<pre class="printed" tabindex="0">{html.escape(text.rstrip())}</pre>' if text.strip() else ""


def wrap(before: str, text: str, after: str) -> Iterator[str]:
    """Markdown between two pieces of HTML."""
    yield from (raw(before), text, raw(after))


def _text(value: str | list[str]) -> str:
    return value if isinstance(value, str) else "".join(value)


def _is_task(cell: Cell) -> bool:
    return is_solution(cell) or (cell["cell_type"] == "markdown" and grade_id(cell).endswith("-task"))


def _reading(source: str) -> tuple[str, str]:
    """The part of a text that reads the result above it, and the rest: from the next heading or question on."""
    paragraphs = source.split("\n\n")
    for number, paragraph in enumerate(paragraphs):
        if _HEADING.match(paragraph) or PREDICT in paragraph:
            return "\n\n".join(paragraphs[:number]), "\n\n".join(paragraphs[number:])
    return source, ""


def _after_headings(source: str) -> tuple[str, str]:
    """The headings that a text begins with, and the rest."""
    paragraphs = source.split("\n\n")
    count = next((number for number, one in enumerate(paragraphs) if not _HEADING.match(one)), len(paragraphs))
    return "\n\n".join(paragraphs[:count]), "\n\n".join(paragraphs[count:])
