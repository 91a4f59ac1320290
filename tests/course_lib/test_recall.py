"""Questions from memory: where they are found, what an answer is told, what is kept, and what a file must be."""

import pytest

from course_lib import progress, recall
from course_lib.predict import form
from course_lib.recall import read_questions
from course_lib.student import records
from course_lib.student.copy import read_copy

CHOICE = """
[[opening]]
name = "noise"
recalls = "02:batches"
kind = "choice"
text = "Four times as many rows. What becomes of the noise?"
options = ["a quarter", "a half"]
answer = "a half"
right = "It falls with the root."
[opening.because]
"a quarter" = "So would its square."
"""
NUMBER = """
[[opening]]
name = "sum"
kind = "number"
text = "How many?"
unit = "rows"
answer = 4
within = 1
right = "Two and two."
[opening.because]
8 = "Twice two are four."
"too low" = "More."
"""
ORDER = """
[[closing]]
name = "steps"
kind = "order"
text = "First to last."
options = ["b", "c", "a"]
answer = ["a", "b", "c"]
right = "As in the alphabet."
[closing.because]
"b → a" = "The alphabet begins with a."
"""
OBJECTIVE = """
[[objective]]
name = "losses"
text = "**choose** a loss"
items = ["exercise:huber"]
"""


@pytest.fixture
def lesson(tmp_path, monkeypatch):
    """A folder with these questions, in which a notebook runs."""
    (tmp_path / recall.FILE).write_text(OBJECTIVE + CHOICE + NUMBER + ORDER, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_without_anything_to_click_questions_and_answers_are_printed(lesson, capsys):
    recall.opening()
    assert capsys.readouterr().out.splitlines() == [
        "From memory: Four times as many rows. What becomes of the noise?",
        "  ○ a quarter",
        "  ○ a half",
        "Answer: a half",
        "Why: It falls with the root.",
        'If you say "a quarter": So would its square.',
        "From memory: How many?",
        "  …  rows",
        "  Up to 1 more or less counts as right.",
        "Answer: 4 rows",
        "Why: Two and two.",
        "If you say 8 rows: Twice two are four.",
        "If you say too low: More.",
    ]
    recall.closing()
    assert "Answer: a → b → c" in capsys.readouterr().out


def test_on_a_page_the_answer_is_folded(lesson, monkeypatch):
    shown = []
    monkeypatch.setattr(form.terminal, "show", shown.append)
    recall.closing()
    question, _, answer = shown[0]["text/html"].partition('<details class="guess">')
    assert "<b>From memory:</b> First to last." in question and "<li>a</li>" in question
    assert "a → b → c" in answer and "a → b → c" not in question


@pytest.mark.parametrize(
    "name, said, told",
    [
        ("noise", "a half", "Right. It falls with the root."),
        (
            "noise",
            "a quarter",
            "Not so. So would its square.\nAnswer: a half. It falls with the root.\nLesson 02 tells it.",
        ),
        ("sum", 5, "Right. Two and two."),
        ("sum", 8, "Not so. Twice two are four.\nAnswer: 4 rows. Two and two."),
        ("sum", 1, "Not so. More.\nAnswer: 4 rows. Two and two."),
        ("steps", ["b", "c", "a"], "Not so. The alphabet begins with a.\nAnswer: a → b → c. As in the alphabet."),
        ("steps", ["a", "c", "b"], "Not so.\nAnswer: a → b → c. As in the alphabet."),
    ],
)
def test_an_answer_is_told_at_once(name, said, told):
    questions = read_questions(CHOICE + NUMBER + ORDER)
    (asked,) = (one for one in (*questions.opening, *questions.closing) if one.question.name == name)
    assert asked.reply(asked.question.plain(said)) == told


@pytest.mark.slow
def test_the_first_answer_counts_and_the_start_page_tells(own_copy, monkeypatch):
    page = own_copy.parent.parent / "start.md"
    page.write_text("# Keras and Apache Spark, hands on\n", encoding="utf-8")
    (own_copy.parent / recall.FILE).write_text(CHOICE + NUMBER, encoding="utf-8")
    monkeypatch.chdir(own_copy.parent)
    forms = []
    monkeypatch.setattr(progress, "session_notebook", lambda: own_copy)
    monkeypatch.setattr(form, "show", lambda question, note, commit, answer: forms.append((note, commit)))

    recall.opening()
    assert [note for note, _ in forms] == ["", ""] and not progress.kept("recalled", "noise")
    forms[0][1]("a quarter")
    forms[0][1]("a half")
    forms[1][1](4)
    assert "recalled 1 of 2" in page.read_text(encoding="utf-8")
    recall.opening()
    assert forms[2][0] == "Your first answer was: a quarter. It counts; you may answer again."
    kept = records.read_record(read_copy(own_copy))["recalled"]
    assert {name: (entry["said"], entry["right"]) for name, entry in kept.items()} == {
        "noise": ("a quarter", False),
        "sum": (4, True),
    }


def test_a_file_that_is_missing_or_damaged_is_no_obstacle(lesson, capsys):
    (lesson / recall.FILE).write_text("[[opening]]\nname = ", encoding="utf-8")
    recall.opening()
    assert "cannot be read: questions.toml is no TOML" in capsys.readouterr().out
    (lesson / recall.FILE).unlink()
    recall.closing()
    assert "should lie beside this notebook" in capsys.readouterr().out


@pytest.mark.parametrize(
    "text, says",
    [
        (CHOICE.replace('name = "noise"', ""), "opening '(no name)': name is missing"),
        (CHOICE.replace("right =", "rihgt ="), "opening 'noise': right is missing"),
        (CHOICE + CHOICE, "noise is there twice"),
        (CHOICE.replace("recalls", "recall"), "there is no key recall. Known: name,"),
        (CHOICE.replace('"choice"', '"yes"'), "its kind is choice, number, order, not 'yes'"),
        (CHOICE.replace('["a quarter", "a half"]', "[]"), "has options"),
        (CHOICE.replace('answer = "a half"', 'answer = "half"'), "its answer is one of the options"),
        (CHOICE.replace('"a quarter" =', '"a fifth" ='), "because has its options, word for word, not 'a fifth'"),
        (CHOICE.replace('"a quarter" =', '"a half" ='), "'a half' is right"),
        (CHOICE.replace("[[opening]]", "[opening]").replace("[opening.because]", ""), "write [[opening]]"),
        (CHOICE.replace("opening", "openings"), "but no openings"),
        (NUMBER.replace("answer = 4", 'answer = "4"'), "its answer is"),
        (NUMBER.replace("within = 1", 'within = "1"'), "within cannot be '1'"),
        (NUMBER.replace("8 =", "eight ="), "because has numbers"),
        (NUMBER.replace("8 =", "5 ="), "'5 rows' is right"),
        (ORDER.replace('answer = ["a", "b", "c"]', 'answer = ["a", "b"]'), "a list of all options"),
        (ORDER.replace('answer = ["a", "b", "c"]', 'answer = ["b", "c", "a"]'), "in another order"),
        (ORDER.replace('"b → a" =', '"b" ='), 'options with " → " between them'),
        (ORDER.replace('"b → a" =', '"a → c" ='), "'a → c' is right"),
        (OBJECTIVE.replace("items =", "item ="), "objective 'losses': items is missing"),
    ],
)
def test_what_is_wrong_in_a_file_is_named(text, says):
    read_questions(OBJECTIVE + CHOICE + NUMBER + ORDER)
    with pytest.raises(ValueError) as raised:
        read_questions(text)
    assert says in str(raised.value)
