"""The table of objectives, ``docs/objectives.md``, made of all ``questions.toml``.

``python -m tests.notebooks.objectives`` writes it anew.
"""

from __future__ import annotations

import functools
from pathlib import Path

from course_lib.files import write_text
from course_lib.recall import FILE, Objective, Questions, read_questions
from tests.notebooks.lessons import NOTEBOOKS, ROOT, read

PAGE = ROOT / "docs" / "objectives.md"
WITH_QUESTIONS = [path for path in NOTEBOOKS if path.with_name(FILE).is_file()]
HEAD = """\
# What one can after each lesson

Each objective is met at least three times and in two forms: an exercise, a prediction, a question from memory. A later
lesson asks for it once more where it opens. Made from the lessons' `questions.toml` by
`python -m tests.notebooks.objectives`; `tests/notebooks/test_objectives.py` keeps it true.
"""


@functools.cache
def questions(notebook: Path) -> Questions:
    return read_questions(notebook.with_name(FILE).read_text(encoding="utf-8"))


def number(notebook: Path) -> str:
    return notebook.parent.name[:2]


def items(notebook: Path, objective: Objective) -> list[str]:
    """Where an objective is met: in its lesson, then where later lessons open with it (`opening:03:who-validates`)."""
    own = f"{number(notebook)}:{objective.name}"
    later = [
        f"opening:{number(other)}:{asked.question.name}"
        for other in WITH_QUESTIONS
        for asked in questions(other).opening
        if asked.recalls == own
    ]
    return [*objective.items, *later]


def page() -> str:
    """The table as Markdown."""
    lines = []
    for notebook in WITH_QUESTIONS:
        title = read(notebook).cells[0].source.partition("\n")[0].removeprefix("# ")
        lines += [
            "",
            f"## {number(notebook)} · {title}",
            "",
            "| one can … | exercises | predictions | from memory |",
            "| --- | --- | --- | --- |",
        ]
        for objective in questions(notebook).objectives:
            found = [item.split(":") for item in items(notebook, objective)]
            of = {
                kind: [f"`{name}`" for first, *_, name in found if first == kind]
                for kind in ("exercise", "prediction", "closing")
            }
            of["closing"] += [
                f"`{name}` (lesson {where})" for first, where, *rest in found if first == "opening" for name in rest
            ]
            lines.append(f"| {objective.text} | {' | '.join(', '.join(names) or '–' for names in of.values())} |")
    return HEAD + "\n".join(lines) + "\n"


if __name__ == "__main__":
    write_text(PAGE, page())
