"""Predictions: what counts as right, which sentence is told, what is kept, and that nothing is ever in the way."""

import json

import pytest

from course_lib import predict, progress
from course_lib.predict import form
from course_lib.predict.question import Question
from course_lib.student import records
from course_lib.student.copy import read_copy

CHOICE = Question("noise", "choice", "What becomes of it?", ("a quarter", "a half"))
ORDER = Question("order", "order", "Least first.", ("c", "a", "b"))


@pytest.fixture(autouse=True)
def fresh_kernel(monkeypatch):
    for name, empty in (("_asked", {}), ("_said", {}), ("_told", set())):
        monkeypatch.setattr(predict, name, empty)


@pytest.mark.parametrize(
    "limits, said, right",
    [
        ({}, 16, True),
        ({}, 16.1, False),
        ({"within": 2}, 18, True),
        ({"within": 2}, 18.5, False),
        ({"factor": 2}, 8, True),
        ({"factor": 2}, 32, True),
        ({"factor": 2}, 33, False),
        ({"factor": 2}, -16, False),
        ({"factor": 2}, 0, False),
    ],
)
def test_how_near_a_number_must_be(limits, said, right):
    assert Question("n", "number", "How many?", **limits).agree(said, 16.0) is right


@pytest.mark.parametrize(
    "said, sentence", [(16, ""), (4, "the error itself"), (5, "the error itself"), (1, "low"), (99, "high"), (15, "")]
)
def test_a_number_gets_the_sentence_that_fits_it(said, sentence):
    question = Question("n", "number", "By what factor?", factor=1.5)
    assert question.sentence(said, 16.0, {4: "the error itself", "too low": "low", "too high": "high"}) == sentence


@pytest.mark.parametrize("said, sentence", [("abc", ""), ("bac", "b first"), ("bca", "b first"), ("acb", "c before b")])
def test_an_order_gets_the_sentence_of_what_stands_wrongly(said, sentence):
    because = {("b", "a"): "b first", ("c", "b"): "c before b"}
    assert ORDER.sentence(list(said), list("abc"), because) == sentence


@pytest.mark.parametrize(
    "unit, said", [("jobs", "1 job"), ("%", "1 %"), ("times the mean", "1 times the mean"), ("", "1")]
)
def test_one_is_not_called_many(unit, said):
    assert Question("n", "number", "How many?", unit=unit).words(1.0) == said


def test_without_anything_to_click_question_and_answer_are_printed(capsys):
    predict.choice("noise", "What becomes of it?", ["a quarter", "a half"])
    predict.answer("noise", "a half", {"a quarter": "The root."}, shown="0.51 of it")
    assert capsys.readouterr().out.splitlines() == [
        "Predict: What becomes of it?",
        "  ○ a quarter",
        "  ○ a half",
        "Measured: a half (0.51 of it)",
        'If you expect "a quarter": The root.',
    ]


def test_an_answer_without_its_question_is_an_answer(capsys):
    predict.answer("never-asked", 12345.0, {"too low": "x", 3: "y"})
    assert capsys.readouterr().out.splitlines()[0] == "Measured: 12,345"


def in_jupyterlab(monkeypatch, path):
    """From now on this process is a kernel of that notebook; returns the forms that are shown."""
    forms = []
    monkeypatch.setattr(progress, "session_notebook", lambda: path)
    monkeypatch.setattr(form, "show", lambda question, note, commit: forms.append((question, note, commit)))
    return forms


def kept(own_copy):
    return records.read_record(read_copy(own_copy))["predictions"]


@pytest.mark.slow
def test_the_first_guess_counts_and_the_start_page_tells(own_copy, monkeypatch, capsys):
    notebook = json.loads(own_copy.read_text(encoding="utf-8"))
    call = 'predict.choice("noise", "What becomes of it?", ["a quarter", "a half"])\npredict.number("n", "?")'
    notebook["cells"].append(
        {"cell_type": "code", "metadata": {}, "source": call, "outputs": [], "execution_count": None}
    )
    own_copy.write_text(json.dumps(notebook), encoding="utf-8")
    page = own_copy.parent.parent / "start.md"
    page.write_text("# Keras and Apache Spark, hands on\n", encoding="utf-8")
    forms = in_jupyterlab(monkeypatch, own_copy)

    predict.choice("noise", CHOICE.text, CHOICE.options)
    assert forms[-1][1] == "" and not kept(own_copy), "nothing is noted before a guess"
    assert "Kept: a quarter" in forms[-1][2]("a quarter")
    predict.answer("noise", "a half", {"a quarter": "The root."})
    assert capsys.readouterr().out == "You said: a quarter\nMeasured: a half\nThe root.\n"
    assert "1 of 2 predictions made, 0 came true" in page.read_text(encoding="utf-8")

    predict.choice("noise", CHOICE.text, CHOICE.options)  # run again
    assert "Your first guess was: a quarter" in forms[-1][1]
    forms[-1][2]("a half")
    predict.answer("noise", "a half", {"a quarter": "The root."})
    assert "As you said." in capsys.readouterr().out
    assert (kept(own_copy)["noise"]["said"], kept(own_copy)["noise"]["right"]) == ("a quarter", False)


@pytest.mark.slow
def test_a_guess_after_the_answer_does_not_count(own_copy, monkeypatch):
    forms = in_jupyterlab(monkeypatch, own_copy)
    predict.number("n", "How many?")
    predict.answer("n", 3)
    assert "you had seen the answer" in forms[-1][2](3)
    assert kept(own_copy)["n"]["said"] is None
    predict.number("n", "How many?")
    assert "shown already" in forms[-1][1]


@pytest.mark.slow
@pytest.mark.parametrize("said", ['"three"', "[1]", "{}", "null"])
def test_a_record_that_does_not_fit_is_no_guess(own_copy, monkeypatch, capsys, said):
    in_jupyterlab(monkeypatch, own_copy)
    copy = read_copy(own_copy)
    progress.note(copy, answers={"predictions": {"n": {"said": json.loads(said)}}})
    predict.number("n", "How many?")
    predict.answer("n", 3)
    assert capsys.readouterr().out == "Measured: 3\n"


@pytest.mark.slow
def test_a_record_that_cannot_be_written_is_no_obstacle(own_copy, monkeypatch, capsys):
    forms = in_jupyterlab(monkeypatch, own_copy)
    (own_copy.parent.parent / records.FOLDER).write_text("a file is in the way", encoding="utf-8")
    predict.number("n", "How many?", "steps")
    assert "Kept: 4 steps" in forms[-1][2](4)
    predict.answer("n", 3)
    assert capsys.readouterr().out == "You said: 4 steps\nMeasured: 3 steps\n"


def test_the_form_asks_and_gives_what_was_guessed_to_the_lesson():
    given = []
    widget = form._form(CHOICE, "A note.", lambda said: given.append(said) or f"Kept: {said}.")
    assert (widget.question["text"], widget.note, widget.said) == ("What becomes of it?", "A note.", None)
    widget.said = "a half"
    assert given == ["a half"] and widget.note == "Kept: a half."
