"""The class at a glance: a table on the screen, the same as HTML and CSV."""

from __future__ import annotations

import csv
import html
from dataclasses import dataclass
from pathlib import Path

from rich.table import Table
from rich.text import Text

from autograder.course import Course
from autograder.grade import Outcome
from autograder.record import Mark

LEGEND = "✎ a written answer waits to be read · ! points given, but please look · ✗ not graded · = as last time"


@dataclass(frozen=True)
class Cell:
    """One student and lesson: points, if there are any, and signs as in LEGEND."""

    points: float | None
    maximum: float
    signs: str

    def __str__(self) -> str:
        points = "–" if self.points is None else f"{self.points:g}"
        return f"{points} / {self.maximum:g} {self.signs}".strip()


@dataclass(frozen=True)
class ClassTable:
    """Students × lessons: what happened now, and what the gradebook says."""

    lessons: list[str]
    students: list[str]
    outcomes: dict[tuple[str, str], Outcome]
    marks: dict[tuple[str, str], Mark]

    @classmethod
    def of(cls, lessons: list[str], outcomes: list[Outcome], marks: dict[tuple[str, str], Mark]) -> ClassTable:
        """The table of these lessons, with every student of whom something is known."""
        students = {outcome.student for outcome in outcomes} | {student for student, name in marks if name in lessons}
        by_key = {(outcome.student, outcome.lesson): outcome for outcome in outcomes}
        return cls(lessons, sorted(students), by_key, marks)

    def cell(self, student: str, lesson: str) -> Cell | None:
        """What to show for one student and lesson; None where nothing was handed in."""
        mark, outcome = self.marks.get((student, lesson)), self.outcomes.get((student, lesson))
        if not mark:
            return None
        if outcome and not outcome.graded:
            return Cell(None, mark.maximum, "✗" + " =" * outcome.unchanged)
        looks = "!" if outcome and outcome.problems else ""
        signs = [looks, "✎" * mark.to_read, "=" * bool(outcome and outcome.unchanged)]
        return Cell(mark.points, mark.maximum, " ".join(sign for sign in signs if sign))

    def remarks(self) -> list[tuple[str, str, str]]:
        """Sign, hand-in and sentence, for all that was mended or needs a look."""
        found = []
        for outcome in self.outcomes.values():
            sign = "!" if outcome.graded else "✗"
            for sentence in outcome.problems:
                found.append((sign, f"{outcome.student} · {outcome.lesson}", sentence))
            for sentence in outcome.notes:
                found.append(("·", f"{outcome.student} · {outcome.lesson}", sentence))
        return sorted(found, key=lambda row: ("✗!·".index(row[0]), row))


def screen_table(table: ClassTable) -> Table:
    """The table for the terminal."""
    shown = Table(title="Points")
    shown.add_column("student")
    for lesson in table.lessons:
        shown.add_column(lesson.replace("_", " "), justify="right")  # so that a long name may wrap
    for student in table.students:
        cells = [table.cell(student, lesson) for lesson in table.lessons]
        styles = [
            "red" if cell and "✗" in cell.signs else "yellow" if cell and "!" in cell.signs else "" for cell in cells
        ]
        shown.add_row(Text(student), *(Text(str(c or ""), style) for c, style in zip(cells, styles, strict=True)))
    return shown


def write_reports(table: ClassTable, course: Course) -> tuple[Path, Path]:
    """Write ``class.html`` and ``class.csv`` into the course's ``reports/``; return their paths."""
    course.reports.mkdir(exist_ok=True)
    page, sheet = course.reports / "class.html", course.reports / "class.csv"
    page.write_text(_html(table), encoding="utf-8")
    with sheet.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["student", "lesson", "points", "maximum", "state", "remarks"])
        for (student, lesson), outcome in sorted(table.outcomes.items()):
            cell = table.cell(student, lesson)
            if cell:
                remarks = "; ".join([*outcome.problems, *outcome.notes])
                points = "" if cell.points is None else cell.points
                state = "graded" if outcome.graded else "not graded"
                writer.writerow([_text(student), _text(lesson), points, cell.maximum, state, _text(remarks)])
    return page, sheet


def _text(value: str) -> str:
    """Text that a spreadsheet takes for text: one that begins like a formula gets an apostrophe in front."""
    return (
        f"'{value}"
        if value.lstrip().startswith(("=", "+", "-", "@")) or value.startswith(("\t", "\r", "\n"))
        else value
    )


PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>The class</title><style>
body {{ font: 16px/1.5 system-ui, sans-serif; color: #222; background: #fff }}
body {{ margin: 2rem auto; max-width: 70rem; padding: 0 1rem }}
table {{ border-collapse: collapse; margin: 1rem 0 }}
th, td {{ border-bottom: 1px solid #ccc; padding: .3rem .8rem; text-align: left }}
td.points {{ text-align: right; font-variant-numeric: tabular-nums }}
.failed {{ background: #fbe3d6 }} .look {{ background: #fdf3cf }}
</style></head><body>
<h1>The class</h1>
<table><thead><tr><th scope="col">student</th>{heads}</tr></thead><tbody>
{rows}
</tbody></table>
<p>{legend}</p>
<h2>What to look at</h2>
{remarks}
</body></html>
"""


def _html(table: ClassTable) -> str:
    rows = []
    for student in table.students:
        cells = []
        for lesson in table.lessons:
            cell = table.cell(student, lesson)
            kind = " failed" if cell and "✗" in cell.signs else " look" if cell and "!" in cell.signs else ""
            cells.append(f'<td class="points{kind}">{html.escape(str(cell or ""))}</td>')
        rows.append(f'<tr><th scope="row">{html.escape(student)}</th>{"".join(cells)}</tr>')
    remarks = [
        f"<tr><td>{sign}</td><td>{html.escape(who)}</td><td>{html.escape(sentence)}</td></tr>"
        for sign, who, sentence in table.remarks()
    ]
    return PAGE.format(
        heads="".join(f'<th scope="col">{html.escape(lesson)}</th>' for lesson in table.lessons),
        rows="\n".join(rows),
        legend=html.escape(LEGEND),
        remarks=f"<table>{''.join(remarks)}</table>" if remarks else "<p>Nothing.</p>",
    )
