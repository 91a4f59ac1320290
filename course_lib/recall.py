"""Questions from memory: a lesson opens with two on earlier lessons and closes with three on itself.

What has been recalled once stays longer than what has been read twice, and longest where some time lies between
(H. Roediger, J. Karpicke: *Test-enhanced learning*, Psychological Science 17, 2006). In a lesson::

    recall.opening()
    ...
    recall.closing()

The questions stand in ``questions.toml`` beside the notebook; CONTRIBUTING.md tells its form. An answer is told at once
and kept as predictions are (:mod:`course_lib.predict`): on the student's machine; the first one counts, for the
student's own eyes.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from typing import Any

from course_lib import progress
from course_lib.check.place import folders
from course_lib.predict import form
from course_lib.predict.question import Because, Question
from course_lib.predict.told import told

FILE = "questions.toml"
ARROW = " → "
"""Between things in an order, in the key of a sentence: ``"a → b"``, who put a before b."""
KINDS = ("choice", "number", "order")


@dataclass(frozen=True)
class Asked:
    """A question from memory, and its answer."""

    question: Question
    answer: Any
    right: str
    """Why it is so; told to everybody."""
    because: Because
    recalls: str
    """`03:validate`: the lesson and its objective that it is on. Empty for the lesson's own."""

    def reply(self, said: Any) -> str:
        """What is told to an answer."""
        if self.question.agree(said, self.answer):
            return f"Right. {self.right}"
        sentence = self.question.sentence(said, self.answer, self.because)
        answer = self.question.words(self.answer).removesuffix(".")
        again = f"\nLesson {self.recalls[:2]} tells it." if self.recalls else ""
        return f"Not so. {sentence}".rstrip() + f"\nAnswer: {answer}. {self.right}{again}"


@dataclass(frozen=True)
class Objective:
    """What one can after a lesson, and where that is met in it."""

    name: str
    text: str
    items: tuple[str, ...]
    """`exercise:relu`, `prediction:noise`, `closing:order-of-steps`."""


@dataclass(frozen=True)
class Questions:
    """What stands in a lesson's ``questions.toml``."""

    objectives: tuple[Objective, ...]
    opening: tuple[Asked, ...]
    closing: tuple[Asked, ...]


def opening() -> None:
    """Ask the two questions on what this lesson builds on."""
    _ask("opening")


def closing() -> None:
    """Ask the three questions on this lesson."""
    _ask("closing")


def _ask(part: str) -> None:
    path = next((folder / FILE for folder in folders() if (folder / FILE).is_file()), None)
    if path is None:
        print(f"No questions here: the file {FILE} should lie beside this notebook. Go on without them.")
        return
    try:
        questions = read_questions(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        print(f"The questions cannot be read: {error} Go on without them.")
        return
    for asked in getattr(questions, part):
        _show(asked)


def _show(asked: Asked) -> None:
    question = asked.question
    first = question.read(progress.kept("recalled", question.name).get("said"))
    note = (
        f"Your first answer was: {question.words(first)}. It counts; you may answer again." if first is not None else ""
    )

    def commit(said: Any) -> str:
        said = question.plain(said)
        if not progress.kept("recalled", question.name):
            progress.keep("recalled", question.name, said=said, right=question.agree(said, asked.answer))
        return asked.reply(said)

    facts = {"Answer": question.words(asked.answer), "Why": asked.right}
    form.show(question, note, commit, told(question, None, asked.answer, facts, asked.because))


# ---------------------------------------------------------------------------------------------- reading the file

_TEXTS = {"name": str, "text": str}
_OBJECTIVE = _TEXTS | {"items": list}
_NEEDED = _TEXTS | {"kind": str, "answer": object, "right": str}
_MORE = {"options": list, "because": dict, "recalls": str, "unit": str, "within": (int, float), "factor": (int, float)}


def read_questions(text: str) -> Questions:
    """Read a ``questions.toml``.

    Raises:
        ValueError: where it is not of its form; the text says which question, and what to do.
    """
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{FILE} is no TOML: {error}.") from None
    if unknown := content.keys() - {"objective", "opening", "closing"}:
        raise ValueError(f"{FILE}: there are [[objective]], [[opening]] and [[closing]], but no {_listed(unknown)}.")
    parts = {part: _tables(content, part) for part in ("objective", "opening", "closing")}
    objectives = tuple(_objective(table) for table in parts["objective"])
    asked = {part: tuple(_asked(part, table) for table in parts[part]) for part in ("opening", "closing")}
    for names in (
        [one.name for one in objectives],
        [one.question.name for part in asked.values() for one in part],
    ):
        if twice := {name for name in names if names.count(name) > 1}:
            raise ValueError(f"{FILE}: {_listed(twice)} is there twice. Names differ in a lesson.")
    return Questions(objectives, asked["opening"], asked["closing"])


def _tables(content: dict[str, Any], part: str) -> list[dict[str, Any]]:
    tables = content.get(part, [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise ValueError(f"{FILE}: write [[{part}]], in two brackets.")
    return tables


def _objective(table: dict[str, Any]) -> Objective:
    _keep_form("objective", table, _OBJECTIVE, {})
    return Objective(table["name"], table["text"], tuple(map(str, table["items"])))


def _asked(part: str, table: dict[str, Any]) -> Asked:
    where = _keep_form(part, table, _NEEDED, _MORE)
    kind, options = table["kind"], tuple(map(str, table.get("options", ())))
    if kind not in KINDS:
        raise ValueError(f"{where}: its kind is {', '.join(KINDS)}, not {kind!r}.")
    if len(set(options)) != len(options) or (len(options) < 2) != (kind == "number"):
        raise ValueError(f"{where}: a choice or an order has options, no two alike; a number has none.")
    limits = {name: float(table[name]) for name in ("within", "factor") if name in table}
    question = Question(
        table["name"], kind, table["text"], options, table.get("unit", ""), **limits, lead="From memory", word="answer"
    )
    answer = table["answer"]
    if kind == "choice":
        fits = answer in options
    elif kind == "number":
        fits = isinstance(answer, (int, float)) and not isinstance(answer, bool)
    else:
        fits = isinstance(answer, list) and set(answer) == set(options) and len(answer) == len(options)
    if not fits or answer == list(options):
        raise ValueError(
            f"{where}: its answer is one of the options (choice), a number, or a list of all options in another "
            "order than theirs (order)."
        )
    answer = question.plain(answer)
    because = {_expected(where, question, key): str(text) for key, text in table.get("because", {}).items()}
    for key in because:
        if key not in ("too low", "too high") and question.meets(key, answer, answer):
            raise ValueError(f"{where}: {question.words(key)!r} is right; [{part}.because] is for wrong answers.")
    return Asked(question, answer, table["right"], because, table.get("recalls", ""))


def _expected(where: str, question: Question, key: str) -> Any:
    """The key of a sentence, as :data:`course_lib.predict.question.Because` has it."""
    if question.kind == "number":
        try:
            return key if key in ("too low", "too high") else float(key)
        except ValueError:
            raise ValueError(f'{where}: because has numbers, "too low" and "too high", not {key!r}.') from None
    parts = tuple(key.split(ARROW)) if question.kind == "order" else (key,)
    if not set(parts) <= set(question.options) or (question.kind == "order" and len(parts) < 2):
        form_of = 'options with " → " between them' if question.kind == "order" else "its options"
        raise ValueError(f"{where}: because has {form_of}, word for word, not {key!r}.")
    return parts if question.kind == "order" else key


def _keep_form(part: str, table: dict[str, Any], needed: dict[str, Any], more: dict[str, Any]) -> str:
    """Whether a table has all keys, no others, each of its type; returns its name for messages."""
    where = f"{FILE}, {part} {table.get('name', '(no name)')!r}"
    for key, kind in (needed | more).items():
        if key in needed and key not in table:
            raise ValueError(f"{where}: {key} is missing.")
        if key in table and not isinstance(table[key], kind):
            raise ValueError(f"{where}: {key} cannot be {table[key]!r}.")
    if unknown := table.keys() - needed.keys() - more.keys():
        raise ValueError(f"{where}: there is no key {_listed(unknown)}. Known: {', '.join([*needed, *more])}.")
    return where


def _listed(names: set[str]) -> str:
    return ", ".join(sorted(names))
