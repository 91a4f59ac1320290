"""The start page: the map of lessons, what is done, and how to work with them."""

from __future__ import annotations

import contextlib
import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from course_lib.files import write_text
from course_lib.student.copy import Broken, NoCopy, copies_of, due_lines, read_copy, read_notebook
from course_lib.student.records import Progress, progress_of

PARTS = {"Keras": range(1, 9), "Apache Spark": range(9, 14), "More": range(14, 100)}


START = """\
# Keras and Apache Spark, hands on

Welcome. Click a lesson to open it. Begin with the first one and take them in order; each is one sitting.

{lessons}

## How a lesson works

1. **Predict.** Make a guess before you run on: a wrong one teaches more than none. Where a question has a form, your
   first guess is kept on this machine, for your own eyes. Other questions you answer for yourself. Those *from memory*,
   at both ends of a lesson, are answered at once.
2. **Run.** Press <kbd>Shift</kbd>+<kbd>Enter</kbd>, cell by cell, from the top. Read the number that appears.
3. **Answer.** In an exercise, write your code where it says `raise NotImplementedError`, and run it.
4. **Check.** Run the cell below your answer. A ✓ says that it is right; a ✗ says what to look at.
5. **Ask for a hint.** `check.hint("relu")` gives a nudge; call it again for more. Hints cost nothing.
6. **Hand in.** Save (<kbd>Ctrl</kbd>+<kbd>S</kbd>). Run `from course_lib import submit; submit.check()` in a new cell:
   it looks whether all is there and runs from top to bottom, and writes a receipt. Then hand in the notebook file
   and the receipt as your teacher says. Hidden tests ask the same questions with other numbers.

Some questions want words, not code. Write them into the cell that says *Write your answer here*: double-click it,
type, press <kbd>Shift</kbd>+<kbd>Enter</kbd>. Your teacher reads these.

## When something does not work

- **A cell hangs or all is mixed up:** menu *Kernel → Restart Kernel*, then run the cells again from the top.
- **Python, Java, memory, disk:** run `python -m course_lib.doctor` in a terminal (*File → New → Terminal*).
  It names each fault with its cure.
- **A PDF or a printout:** menu *File → Print...*; in the window that opens, choose *Save as PDF*.
- **Where am I?** This page is brought up to date each time a check changes; close and open it to see. In any notebook,
  `from course_lib import progress; progress.show()` says the same. Only this machine knows it.
- **Start again from here:** open `start.md`, or type `make lab` in the course's folder. Your work is kept.
"""


@dataclass
class LessonSummary:
    """What the map says of a lesson; all of it is read from the notebook's first cells."""

    path: Path
    title: str
    time: str = ""
    goals: list[str] = field(default_factory=list)

    @property
    def number(self) -> int:
        return int(self.path.parent.name[:2])


def write_start_page(release: Path) -> None:
    """Write ``start.md``, so that a reader sees the old page or the new one."""
    write_text(release / "start.md", start_page(release))


def refresh_start_page(release: Path) -> None:
    """Write the start page again, where there is one of ours."""
    page = release / "start.md"
    if page.is_file() and page.read_text(encoding="utf-8", errors="replace").startswith(START.split("\n", 1)[0]):
        write_start_page(release)


def start_page(release: Path) -> str:
    """Return the start page as Markdown: the lessons in ``release``, what is done, and how to work with them."""
    lessons = [
        read_lesson(path)
        for folder in sorted(release.glob("[0-9][0-9]_*"))
        for path in [copy.path for copy in copies_of(folder)] or sorted(folder.glob("*.ipynb"))
    ]
    lines = []
    for part, numbers in PARTS.items():
        inside = [lesson for lesson in lessons if lesson.number in numbers]
        if inside:
            lines += [f"## {part}", ""]
        for lesson in inside:
            link = quote(lesson.path.relative_to(release).as_posix())
            time = f" · {lesson.time}" if lesson.time else ""
            goals = "; ".join(goal.rstrip(",;.") for goal in lesson.goals)
            lines += [f"**[{lesson.number:02} · {lesson.title}]({link})**{time}", ""]
            lines += [f"You will {goals[0].lower()}{goals[1:]}.", ""] if goals else []
            due = due_lines(lesson.path)
            lines += [f"Due {due[0]}", "", *due[1:], ""] if due else []
            try:
                lines += [progress_line(progress_of(read_copy(lesson.path))), ""]
            except Broken as why:
                lines += [f"✗ {why}", ""]
            except NoCopy:
                pass
    return START.format(lessons="\n".join(lines).strip() or "There are no lessons yet.")


def progress_line(progress: Progress) -> str:
    """How far a student is with a lesson, as a line of Markdown."""
    if not progress.begun:
        return "○ not begun"
    names = [f"✓ `{name}`" for name in progress.passed] + [f"○ `{name}`" for name in progress.open]
    sign = "◐" if progress.state == "begun" else "✓"
    return f"{sign} **{progress.state}** · {progress.details}: {' '.join(names)}".replace("\n", " ")


def read_lesson(path: Path) -> LessonSummary:
    """Read what the map says from the cells before the first code cell.

    The title is the first heading, the time the first "45 minutes" or "45 to 60 minutes", the goals are the first list.
    """
    text = ""
    with contextlib.suppress(OSError, ValueError):  # a notebook that a student has broken
        for cell in read_notebook(path.read_bytes())["cells"]:
            if cell["cell_type"] == "code":
                break
            text += cell["source"] + "\n\n"
    heading = re.search(r"^# +(.+)$", text, flags=re.M)
    # without its number: `Lesson 3 · Title`
    title = re.sub(r"^(Lesson )?\d+\s*[·:.–-]\s*", "", heading[1].strip()) if heading else path.stem.replace("_", " ")
    time = re.search(r"\d+(?: ?(?:to|–|-) ?\d+)? minutes", text)
    # the first list, with the lines that continue an item
    goals = re.search(r"(?:^(?:[-*]|\d\.) .+\n)(?:^(?:[-*]|\d\.| ) .+\n)*", text, flags=re.M)
    items = re.split(r"^(?:[-*]|\d\.) ", goals[0], flags=re.M)[1:] if goals else []
    return LessonSummary(path, title, time[0] if time else "", [" ".join(item.split()) for item in items])
