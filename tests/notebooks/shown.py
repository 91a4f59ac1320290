"""Every number in a lesson's prose is bound to what shows it.

Prose is what a reader reads: Markdown, and the texts in code (titles, legends, alt texts, the sentences of
``predict.answer``). Formulas, code, tasks of exercises, rubrics and the list of further reading are none. A number in
prose is one of these:

* **given**: it stands as a number in the lesson's code, or names a lesson, an exercise, a claim, a version, a year;
* **shown**: a comment in the same cell says which cell's output it is compared with (Markdown: ``<!-- … -->``, code:
  ``# …``)::

      shown: 0.386 in fit-squares: squares reach (\\S+)
      shown: 0.39 ± 0.02 in fit-squares: squares reach (\\S+)
      shown: "more than ten" >= 10 in widths: times smaller: (\\S+)
      shown: "a third of the steps" = 0.33 ± 0.05 in valley: (?s)momentum +(\\d+).*SGD +(\\d+)

  All that the pattern finds must agree, rounded to the digits in the prose where no ± says more. With two groups the
  first number is divided by the second;
* **tested**: it stands in a phrase that a test of the lesson, ``test_lesson_NN.py``, holds against the prose;
* **excepted**, with a reason: ``given: 0.25 the sigmoid's largest slope, by calculus``.

``python -m tests.notebooks.shown 03`` names what is missing in lesson 03, and which cells print such a number.
"""

from __future__ import annotations

import ast
import functools
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from course_lib import syntax
from tests.notebooks.lessons import NOTEBOOKS, grading, read, run

NUMBER = r"[-−]?\d+(?:,\d{3})*(?:\.\d+)?(?:e[-+]?\d+)?"
WORDS = {
    **{"ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50},
    **{"sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100, "thousand": 1e3, "million": 1e6},
}
FOUND = re.compile(rf"(?<![\w.])(?:{NUMBER}|{'|'.join(WORDS)})(?![\w])")
MARK = re.compile(
    rf'shown: (?:"(?P<phrase>[^"]+)" (?P<how>=|>=|<=) )?(?P<number>{NUMBER})(?: ± (?P<spread>\S+))?'
    r" in (?P<cell>[\w-]+): (?P<pattern>.+)"
)
GIVEN = re.compile(rf"given: ({NUMBER}) +(\S.*)")
COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)
NOT_PROSE = [
    (re.compile(pattern, re.DOTALL | re.MULTILINE), " ")
    for pattern in (
        r"<!--.*?-->",
        r"```.*?```",
        r"`[^`\n]*`",
        r"\$\$.*?\$\$",
        r"\$[^$\n]+\$",
        r"\]\([^)]*\)",
        r"^#+ (?:\d+ ·)?",
        r"^ *\d+\. ",
        r"\*\*Time:\*\*.*",
        r"\b(?:[Ll]esson|[Ee]xercise|[Pp]art|[Ss]ection|[Cc]laim)s? \d+(?:(?:,| to| and) \d+)*",
        r"\b(?:Keras|Spark|Python|TensorFlow|NumPy|Java|MLlib) \d[\d.]*(?:(?:,| to| and) \d[\d.]*)*",
        r"\bC\d+\b",
        r"\b(?:1[5-9]|20)\d\d(?:s\b|\b)",
    )
]
LOOKS = ("figsize", "lw", "ms", "alpha", "x", "y", "fontsize", "markevery", "height_ratios", "width_ratios", "ncols")
"""Settings of figures: their numbers are given to nobody."""
PHRASE = 8
"""Letters of a text in a test that is a phrase of the lesson, and not there by chance."""


@dataclass(frozen=True)
class Mark:
    """A number in prose and the output that it is compared with."""

    home: str
    """The cell whose prose it is."""
    phrase: str
    how: str
    number: float
    spread: float
    cell: str
    pattern: str

    def fault(self, text: str) -> str:
        """What is wrong with it, given what its cell shows; empty where nothing is."""
        found = re.findall(self.pattern, text)
        if not found:
            return f"{self.home}: {self.phrase!r}: nothing like {self.pattern!r} in the output of {self.cell}"
        for one in found:
            measured = value(one[0]) / value(one[1]) if isinstance(one, tuple) else value(one)
            near = abs(measured - self.number) <= self.spread * (1 + 1e-9)
            more, less = measured > self.number, measured < self.number
            if not (near or (more and self.how == ">=") or (less and self.how == "<=")):
                wanted = f"{self.phrase!r} {self.how} {self.number:g} ± {self.spread:g}"
                return f"{self.home}: {wanted}, but {self.cell} shows {measured:g}"
        return ""


def value(text: str) -> float:
    """What a number is worth: ``16,889``, ``−3``, ``1e-7`` or ``ten``."""
    return WORDS[text] if text in WORDS else float(text.replace(",", "").replace("−", "-").rstrip("%"))


def rounding(text: str) -> float:
    """Half a unit in the last digit of a number as it is written."""
    digits, _, power = text.replace(",", "").partition("e")
    return 0.5 * 10.0 ** (int(power or 0) - len(digits.partition(".")[2]))


# -------------------------------------------------------------------------------------------------------- the prose


def is_prose(cell: Any) -> bool:
    """Whether a cell's text is the lesson's own, and speaks of what is shown."""
    own = grading(cell)
    if cell.cell_type == "markdown":
        return not own.get("grade") and not cell.id.endswith("-task") and "## Further reading" not in cell.source
    return cell.cell_type == "code" and not own.get("grade") and not own.get("solution")


def prose_of(cell: Any) -> str:
    """What a cell says to its reader, in words."""
    text = cell.source if cell.cell_type == "markdown" else "\n".join(spoken(cell.source))
    for pattern, blank in NOT_PROSE:
        text = pattern.sub(blank, text)
    return " ".join(text.split())


def spoken(code: str) -> list[str]:
    """The texts of more than one word in a cell's code, as they are typed: titles, legends, alt texts, what is printed.

    What a question of `predict` asks, and the guesses that one may make, are no claims.
    """
    nodes = list(ast.walk(syntax.parse(code)))
    guesses = [key for node in nodes if isinstance(node, ast.Dict) for key in node.keys]
    for call in (node for node in nodes if isinstance(node, ast.Call)):
        asked = ast.unparse(call.func).removeprefix("predict.")
        guesses += {"choice": call.args, "number": call.args, "order": call.args, "answer": call.args[:2]}.get(
            asked, []
        )
    unsaid = {id(node) for guess in guesses if guess is not None for node in ast.walk(guess)}
    texts = [node.value for node in nodes if isinstance(node, ast.Constant) and id(node) not in unsaid]
    return [text for text in texts if isinstance(text, str) and " " in text.strip()]


def comments(cell: Any) -> list[str]:
    """The comments in a cell, one to a line."""
    if cell.cell_type == "markdown":
        return [line.strip() for comment in COMMENT.findall(cell.source) for line in comment.splitlines()]
    return re.findall(r"^# (.+)$", cell.source, flags=re.MULTILINE)


def constants(notebook: Path) -> set[float]:
    """The numbers in a lesson's own code, as they are typed, without their signs."""
    code = [cell.source for cell in read(notebook).cells if cell.cell_type == "code" and is_prose(cell)]
    nodes = [node for source in code for node in ast.walk(syntax.parse(source))]
    looks = {id(node) for one in nodes if isinstance(one, ast.keyword) and one.arg in LOOKS for node in ast.walk(one)}
    return {
        abs(float(node.value))
        for node in nodes
        if isinstance(node, ast.Constant) and type(node.value) in (int, float) and id(node) not in looks
    }


@functools.cache
def tested_phrases(notebook: Path) -> list[str]:
    """The texts in the lesson's own tests, the longest first."""
    tests = Path(__file__).with_name(f"test_lesson_{notebook.parent.name[:2]}.py")
    nodes = ast.walk(syntax.parse(tests.read_text(encoding="utf-8")))
    texts = {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    return sorted((text for text in texts if len(text) >= PHRASE and " " in text), key=len, reverse=True)


# ------------------------------------------------------------------------------------------------------ the bindings


def marks(notebook: Path) -> list[Mark]:
    """All bindings of a lesson.

    Raises:
        AssertionError: where one cannot be read, or binds what its cell does not say.
    """
    found = []
    for cell in read(notebook).cells:
        for line in comments(cell):
            if not line.startswith("shown:"):
                continue
            one = MARK.fullmatch(line)
            assert one, f"{cell.id}: cannot read {line!r}; see the top of {Path(__file__).name}"
            phrase, number = one["phrase"] or one["number"], one["number"]
            said = " ".join((COMMENT.sub("", cell.source) if cell.cell_type == "markdown" else prose_of(cell)).split())
            stands = (
                phrase in said if one["phrase"] else value(number) in [value(n) for n in FOUND.findall(prose_of(cell))]
            )
            assert stands, f"{cell.id}: {phrase!r} is bound, but does not stand in the cell's prose"
            spread = float(one["spread"]) if one["spread"] else 0.0 if one["how"] in (">=", "<=") else rounding(number)
            found.append(Mark(cell.id, phrase, one["how"] or "=", value(number), spread, one["cell"], one["pattern"]))
    return found


def unbound(notebook: Path) -> list[tuple[str, str]]:
    """(cell, number) for each number in prose that nothing holds."""
    known, held = constants(notebook), marks(notebook)
    found = []
    for cell in filter(is_prose, read(notebook).cells):
        text = prose_of(cell)
        for phrase in [mark.phrase for mark in held if mark.home == cell.id] + tested_phrases(notebook):
            text = text.replace(" ".join(phrase.split()), " ") if not re.fullmatch(NUMBER, phrase) else text
        bound = {mark.number for mark in held if mark.home == cell.id}
        bound |= {value(one[1]) for line in comments(cell) if (one := GIVEN.fullmatch(line))}
        for one in FOUND.finditer(text):
            worth = value(one[0])
            percent = re.match(r" ?%", text[one.end() :]) and worth / 100 in known
            if not (worth in bound or abs(worth) in known or percent):
                found.append((cell.id, one[0]))
    return found


def output_of(notebook: Path, cell: str) -> str:
    """What a cell shows, as text."""
    outputs = run(notebook).get(cell, [])
    return "\n".join(out.get("text") or "".join(out.get("data", {}).get("text/plain", "")) for out in outputs)


def faults(notebook: Path) -> list[str]:
    """The bindings that do not hold, in words. Runs the lesson where nobody has."""
    return [fault for mark in marks(notebook) if (fault := mark.fault(output_of(notebook, mark.cell)))]


def main(numbers: list[str]) -> None:
    """Say of each lesson what is not bound, and what does not hold."""
    for notebook in (path for path in NOTEBOOKS if path.parent.name[:2] in numbers):
        outputs = {cell: output_of(notebook, cell) for cell in run(notebook)}
        for cell, number in unbound(notebook):
            places = [
                f"   {other}: {line}"
                for other, text in outputs.items()
                for line in text.splitlines()
                if re.search(rf"(?<![\w.]){re.escape(number)}(?!\w)", line)
            ]
            print("\n".join([f"{cell}: nothing holds {number}", *places[:3]]))
        print("\n".join(faults(notebook)) or "All that is bound holds.")


if __name__ == "__main__":
    main(sys.argv[1:])
