"""The answer bank: right and wrong answers to every exercise, as students hand them in.

One file per exercise, ``tests/answers/<lesson>/<exercise>.py``. A docstring first, then the answers::

    # %% right: vectorised
    def leaky_relu(x):
        return np.maximum(0.1 * x, x)

    # %% wrong [slope 0.01]: the slope of the paper
    def leaky_relu(x):
        return np.maximum(0.01 * x, x)

    # %% repair: 0.01 → 0.1

The text under a heading replaces the whole solution cell. In brackets stands the mistake whose hint a student must see,
or ``none yet`` where no hint fits so far.

A repair is what a student makes of the wrong answer above it who does what the check says, and no more. It is one piece
of the answer and what stands in its place, or the whole cell anew, below a heading without an arrow. Where the check
says something else next, a second repair follows, and so on. Who needs more help than the check's own words names it::

    # %% repair (worked idea): with np.where
    def leaky_relu(x):
        return np.where(x > 0, x, 0.1 * x)
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from pathlib import Path

from autograder.course import CourseError, grade_id, is_solution, read_notebook
from course_lib.check.hints import LEVELS

NONE_YET = "none yet"
"""Stands for the mistake of a wrong answer that gets no hint of its own."""
HEADING = re.compile(r"# %% (?P<kind>right|wrong)(?: \[(?P<mistake>[^\]]+)\])?: (?P<title>\S.*)")
REPAIR = re.compile(r"# %% repair(?: \((?P<help>[a-z ]+)\))?(?:: (?P<what>\S.*))?")
ARROW = re.compile(r" → ?")
HELP = ("check", *(level.lower() for level in LEVELS))
"""What a student reads who repairs an answer: what the check says, or a level of help on demand besides."""


@dataclass(frozen=True)
class Repair:
    """What a student makes of a wrong answer who reads what is said of it."""

    source: str
    """The whole answer, repaired."""
    help: str
    """How much help it takes, one of `HELP`."""


@dataclass(frozen=True)
class Answer:
    """One answer of the bank. The stub is an answer too: kind `stub`, no source."""

    kind: str
    title: str
    mistake: str = ""
    source: str = ""
    repairs: tuple[Repair, ...] = ()
    """Of a wrong answer: one after the other, until it is right."""


STUB = Answer("stub", "the cell as it was released")


def read_bank(folder: Path) -> dict[str, list[Answer]]:
    """All answers to a lesson: exercise → answers.

    Raises:
        CourseError: with file and line, where a file is not in the form above.
    """
    return {path.stem: read_answers(path) for path in sorted(folder.glob("*.py"))}


def read_answers(path: Path) -> list[Answer]:
    """The answers in one file of the bank.

    Raises:
        CourseError: with file and line, where the file is not in the form above.
    """
    blocks = [(0, "", list[str]())]  # line number, heading, lines below it; the first block is the docstring
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1):
        if re.match(r"#\s*%%", line):
            blocks.append((number, line.rstrip(), []))
        else:
            blocks[-1][2].append(line)
    if len(blocks) == 1:
        raise CourseError(f"{path}:1: no answers here.")
    answers: list[Answer] = []
    for number, line, body in blocks[1:]:
        place = f"{path}:{number}"
        source = "\n".join(body).strip("\n")
        if line.startswith("# %% repair"):
            if not answers or answers[-1].kind != "wrong":
                raise CourseError(f"{place}: a repair stands below the wrong answer that it repairs.")
            answers[-1] = _repaired(answers[-1], line, source, place)
            continue
        heading = HEADING.fullmatch(line)
        if not heading:
            forms = "`# %% right: title`, `# %% wrong [mistake]: title` or `# %% repair: before → after`"
            raise CourseError(f"{place}: a heading reads {forms}, not {line!r}.")
        kind, mistake, title = heading["kind"], heading["mistake"] or "", heading["title"]
        if (kind == "wrong") != bool(mistake):
            which = "needs the name of its mistake in [brackets]" if kind == "wrong" else "has no [mistake]"
            raise CourseError(f"{place}: a {kind} answer {which}.")
        if any(title == answer.title for answer in answers):
            raise CourseError(f"{place}: there is an answer with the title {title!r} already.")
        if not source.strip():
            raise CourseError(f"{place}: the answer is empty.")
        answers.append(Answer(kind, title, "" if mistake == NONE_YET else mistake, source))
    return answers


def _repaired(answer: Answer, heading: str, below: str, place: str) -> Answer:
    """The answer with one repair more.

    Raises:
        CourseError: where the repair is not in its form, or what it replaces does not stand in the answer once.
    """
    form = REPAIR.fullmatch(heading)
    if not form or form["help"] not in (None, *HELP[1:]):
        raise CourseError(f"{place}: a repair reads `# %% repair: before → after`, help in (brackets): {HELP[1:]}.")
    if not below:
        before, *after = ARROW.split(form["what"] or "", maxsplit=1)
        last = answer.repairs[-1].source if answer.repairs else answer.source
        if not after:
            raise CourseError(f"{place}: this repair has no arrow and no text below it.")
        if last.count(before) != 1:
            raise CourseError(f"{place}: this repair replaces {before!r}, which stands not once there.")
        below = last.replace(before, after[0])
    return replace(answer, repairs=(*answer.repairs, Repair(below, form["help"] or HELP[0])))


def fill(notebook: Path, target: Path, sources: dict[str, str]) -> None:
    """Write ``notebook`` to ``target``, with the solution cells named in ``sources`` filled in."""
    content = read_notebook(notebook)
    for cell in content["cells"]:
        if is_solution(cell) and grade_id(cell) in sources:
            cell["source"] = sources[grade_id(cell)]
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")
