"""Help on demand for an exercise, in three levels. The texts stand in ``hints.md`` beside the notebook.

The hint that a failed check shows is another one: it stands in ``checks.py`` and goes out as a message
(:mod:`course_lib.check.message`).
"""

from __future__ import annotations

import re

from course_lib import terminal
from course_lib.check.place import folders

LEVELS = ("Nudge", "Hint", "Worked idea")

_next_level: dict[str, int] = {}


def hint(exercise: str = "", level: int | None = None) -> None:
    """Show help for an exercise: a nudge at the first call, then a hint, then a worked idea.

    Args:
        exercise: its name, as the task says it; without one, the names are listed.
        level: 1, 2 or 3 to go straight to one level.
    """
    path = next((folder / "hints.md" for folder in folders() if (folder / "hints.md").is_file()), None)
    if path is None:
        print("No hints here: the file hints.md should lie beside this notebook.")
        return
    texts = read_hints(path.read_text(encoding="utf-8"))
    if exercise not in texts:
        print(f"There are no hints for {exercise!r}. There are some for: {', '.join(texts)}.")
        return
    if level is None:
        level = _next_level.get(exercise, 1)
    level = min(max(int(level), 1), len(LEVELS))
    _next_level[exercise] = min(level + 1, len(LEVELS))
    more = f'\n\n*Still stuck? Run `check.hint("{exercise}")` again.*' if level < len(LEVELS) else ""
    text = f"**{LEVELS[level - 1]}** ({level} of {len(LEVELS)}). {texts[exercise][level - 1]}{more}"
    terminal.show({"text/markdown": text, "text/plain": text})


def read_hints(text: str) -> dict[str, list[str]]:
    """Split ``hints.md`` into its exercises.

    Args:
        text: for each exercise a heading ``## name`` and three paragraphs that begin with ``**Nudge.**``,
            ``**Hint.**`` and ``**Worked idea.**``.

    Returns:
        Name of the exercise → its three texts.

    Raises:
        ValueError: where a level is missing.
    """
    hints = {}
    for section in re.split(r"^## +", text, flags=re.M)[1:]:
        exercise, _, body = section.partition("\n")
        parts = re.split(r"^\*\*(?:" + "|".join(LEVELS) + r")\.\*\*", body, flags=re.M)[1:]
        if len(parts) != len(LEVELS):
            raise ValueError(f"hints.md: {exercise.strip()} needs the paragraphs {', '.join(LEVELS)}.")
        hints[exercise.strip()] = [part.strip() for part in parts]
    return hints
