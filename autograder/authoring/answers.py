"""The answer bank: right and wrong answers to every exercise, as students hand them in.

One file per exercise, ``tests/answers/<lesson>/<exercise>.py``. A docstring first, then the answers::

    # %% right: vectorised
    def leaky_relu(x):
        return np.maximum(0.1 * x, x)

    # %% wrong [slope 0.01]: the slope of the paper
    def leaky_relu(x):
        return np.maximum(0.01 * x, x)

The text under a heading replaces the whole solution cell. In brackets stands the mistake whose hint a student must see,
or ``none yet`` where no hint fits so far.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

from autograder.course import CourseError, grade_id, is_solution, read_notebook

NONE_YET = "none yet"
"""Stands for the mistake of a wrong answer that gets no hint of its own."""
HEADING = re.compile(r"# %% (?P<kind>right|wrong)(?: \[(?P<mistake>[^\]]+)\])?: (?P<title>\S.*)")


@dataclass(frozen=True)
class Answer:
    """One answer of the bank. The stub is an answer too: kind `stub`, no source."""

    kind: str
    title: str
    mistake: str = ""
    source: str = ""


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
        heading = HEADING.fullmatch(line)
        if not heading:
            forms = "`# %% right: title` or `# %% wrong [mistake]: title`"
            raise CourseError(f"{place}: a heading reads {forms}, not {line!r}.")
        kind, mistake, title = heading["kind"], heading["mistake"] or "", heading["title"]
        if (kind == "wrong") != bool(mistake):
            which = "needs the name of its mistake in [brackets]" if kind == "wrong" else "has no [mistake]"
            raise CourseError(f"{place}: a {kind} answer {which}.")
        if any(title == answer.title for answer in answers):
            raise CourseError(f"{place}: there is an answer with the title {title!r} already.")
        source = "\n".join(body).strip("\n")
        if not source.strip():
            raise CourseError(f"{place}: the answer is empty.")
        answers.append(Answer(kind, title, "" if mistake == NONE_YET else mistake, source))
    return answers


def fill(notebook: Path, target: Path, sources: dict[str, str]) -> None:
    """Write ``notebook`` to ``target``, with the solution cells named in ``sources`` filled in."""
    content = read_notebook(notebook)
    for cell in content["cells"]:
        if is_solution(cell) and grade_id(cell) in sources:
            cell["source"] = sources[grade_id(cell)]
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")
