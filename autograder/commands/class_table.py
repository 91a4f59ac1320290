"""The class at a glance: what grading says on the screen."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from autograder.authoring.answers import HELP
from autograder.authoring.drawn import LessonDraws
from autograder.authoring.mutants import LessonFaults
from autograder.authoring.prove import Proof
from autograder.authoring.repairs import STEPS, Chain
from autograder.gradebook.record import Mark
from autograder.grading.grade_class import Outcome
from autograder.processes.pool import JobFailed
from autograder.reading.sanitize import one_line

LEGEND = "✎ a written answer waits to be read · ! points given, but please look · ✗ not graded · = as last time"


@dataclass(frozen=True)
class Entry:
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

    def cell(self, student: str, lesson: str) -> Entry | None:
        """What to show for one student and lesson; None where nothing was handed in."""
        mark, outcome = self.marks.get((student, lesson)), self.outcomes.get((student, lesson))
        if not mark:
            return None
        if outcome and not outcome.graded:
            return Entry(None, mark.maximum, "✗" + " =" * outcome.unchanged)
        looks = "!" if outcome and outcome.problems else ""
        signs = [looks, "✎" * mark.to_read, "=" * bool(outcome and outcome.unchanged)]
        return Entry(mark.points, mark.maximum, " ".join(sign for sign in signs if sign))

    def remarks(self) -> list[tuple[str, str, str]]:
        """Sign, hand-in and sentence, for all that was mended or needs a look."""
        found = []
        for outcome in self.outcomes.values():
            sign = "!" if outcome.graded else "✗"
            for sentence in outcome.problems:
                found.append((sign, f"{one_line(outcome.student)} · {outcome.lesson}", one_line(sentence)))
            for sentence in outcome.notes:
                found.append(("·", f"{one_line(outcome.student)} · {outcome.lesson}", one_line(sentence)))
        return sorted(found, key=lambda row: ("✗!·".index(row[0]), row))


def rich_table(table: ClassTable) -> Table:
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
        shown.add_row(
            Text(one_line(student)), *(Text(str(c or ""), style) for c, style in zip(cells, styles, strict=True))
        )
    return shown


def show_proofs(proofs: list[Proof], console: Console) -> None:
    """Print how the answer bank did, and what each failure looked like."""
    table = Table(title="The answer bank")
    for column in ("lesson", "exercise"):
        table.add_column(column)
    for column in ("right accepted", "wrong caught", "own hint shown", "stub 0"):
        table.add_column(column, justify="right")
    for proof in proofs:
        counts = [
            (kind, proof.tried["wrong" if kind == "hint" else kind]) for kind in ("right", "wrong", "hint", "stub")
        ]
        cells = [f"{proof.passed[kind]} / {of}" if not proof.missing else "–" for kind, of in counts]
        table.add_row(Text(proof.lesson), Text(proof.exercise), *cells, style="" if proof.well else "red")
    console.print(table)
    for proof in proofs:
        if proof.missing:
            console.print(Text(f"✗ {proof.lesson} · {proof.exercise}: {proof.missing}", style="red"), soft_wrap=True)
        for failure in proof.failures:
            heading = f"✗ {proof.lesson} · {proof.exercise} · {failure.answer.kind}: {failure.answer.title}"
            console.print(Text(heading, style="red"), soft_wrap=True)
            console.print(Text(f"  expected: {failure.expected}"), soft_wrap=True)
            console.print(Text("  got:      " + failure.got.replace("\n", "\n            ")), soft_wrap=True)
    failed = sum(not proof.well for proof in proofs)
    tried = sum(sum(proof.tried.values()) for proof in proofs)
    console.print(
        f"{len(proofs)} exercises, {tried} answers; " + (f"{failed} exercises fail." if failed else "all well.")
    )


HINTS = {
    "foreseen": "own hint",
    "family": "a property",
    "form": "its form",
    "error": "its error",
    "long": "too long, and where",
    "worked": "worked example",
    "plain": "example alone",
    "untrue": "not borne out",
    "stopped": "not tried",
}
"""What a student would read of a mutant that is caught."""


def _side_by_side(
    title: str, what: Sequence[str], of_lesson: Mapping[str, Sequence[str]], bad: Collection[str]
) -> Table:
    """Lessons side by side, one figure below the other: thirteen of them fit a window of 80 letters."""
    table = Table(title=title, box=box.SIMPLE_HEAD, padding=(0, 0, 0, 1))
    table.add_column("lesson")
    for lesson in of_lesson:
        table.add_column(lesson.partition("_")[0], justify="right", style="red" if lesson in bad else "")
    for row in zip(what, *of_lesson.values(), strict=True):
        table.add_row(*row)
    return table


def show_mutants(results: list[LessonFaults], console: Console) -> None:
    """Print how many faults were caught, what students would read of them, and those that passed."""
    what = ("faults", "caught", "caught, %", *HINTS.values(), "equivalent")
    of_lesson = {}
    for result in results:
        share = 100 * result.caught // len(result.faults) if result.faults else "–"  # 100 where all are caught
        counts = [len(result.faults), result.caught, share, *(result.kinds[kind] for kind in HINTS), result.equivalent]
        of_lesson[result.lesson] = [str(count) for count in counts]
    bad = [result.lesson for result in results if result.survivors or result.missing]
    console.print(_side_by_side("One fault in a right answer", what, of_lesson, bad))
    for result in results:
        if result.missing:
            console.print(Text(f"✗ {result.lesson}: {result.missing}", style="red"), soft_wrap=True)
        for fault in result.survivors:
            where = f"✗ {result.lesson} · {fault.exercise} · {fault.answer}: "
            console.print(Text(where + fault.change, style="red"), soft_wrap=True)
        for fault in result.faults:
            if fault.kind == "untrue":
                where = f"? {result.lesson} · {fault.exercise} · {fault.answer}: {fault.change}"
                console.print(Text(f"{where}\n  is told: {fault.said}".replace("\n", "\n  ")), soft_wrap=True)
        for entry in result.unused:
            console.print(Text(f"· {result.lesson}: listed as equivalent, but none passes: {entry}"), soft_wrap=True)
    faults, caught = sum(len(r.faults) for r in results), sum(r.caught for r in results)
    console.print(f"{faults} faults, {caught} caught, {faults - caught} pass.")


def show_draws(results: list[LessonDraws], console: Console) -> None:
    """Print how much right answers were asked, and those that were refused."""
    table = Table(title="Right answers, asked what their tasks allow")
    columns = ("lesson", "right answers", "inputs asked", "draws of hidden examples", "refused")
    for column in columns:
        table.add_column(column, justify="left" if column == "lesson" else "right")
    for result in results:
        counts = f"{result.answers:,}", f"{result.inputs:,}", f"{result.draws:,}", str(len(result.refused))
        table.add_row(result.lesson, *counts, style="red" if result.refused or result.missing else "")
    console.print(table)
    for result in results:
        if result.missing:
            console.print(Text(f"✗ {result.lesson}: {result.missing}", style="red"), soft_wrap=True)
        if result.cut:
            console.print(
                Text(f"· {result.lesson}: not all was asked in time: {', '.join(result.cut)}"), soft_wrap=True
            )
        for refusal in result.refused:
            heading = f"✗ {result.lesson} · {refusal.exercise} · {refusal.answer}, {refusal.what}"
            console.print(Text(heading + "\n  " + refusal.said.replace("\n", "\n  "), style="red"), soft_wrap=True)


def show_repairs(results: list[tuple[str, list[Chain] | JobFailed]], console: Console) -> bool:
    """Print how wrong answers became right by what is said of them, and where they did not; whether all did."""
    what = ("wrong answers", "right at last", "right at last, %", *(f"after {n}" for n in range(1, STEPS + 1)), *HELP)
    of_lesson = {}
    broken = list[Text]()
    for lesson, chains in results:
        if isinstance(chains, JobFailed):
            broken.append(Text(f"✗ {lesson}: {chains}", style="red"))
            continue
        ended = [chain for chain in chains if not chain.broken]
        share = f"{100 * len(ended) / len(chains):.0f}" if chains else "–"
        steps = [sum(len(chain.help) == number for chain in ended) for number in range(1, STEPS + 1)]
        most = [max((HELP.index(help) for help in chain.help), default=0) for chain in ended]
        helped = [most.count(level) for level in range(len(HELP))]
        of_lesson[lesson] = [str(count) for count in (len(chains), len(ended), share, *steps, *helped)]
        for chain in chains:
            if chain.broken:
                heading = f"✗ {lesson} · {chain.exercise} · {chain.title}: {chain.broken}"
                said = "\n  then\n".join(chain.said).replace("\n", "\n  ")
                broken.append(Text(f"{heading}\n  {said}", style="red"))
    console.print(_side_by_side("Wrong answers, repaired as the checks say", what, of_lesson, ()))
    for line in broken:
        console.print(line, soft_wrap=True)
    return not broken
