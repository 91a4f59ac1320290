"""Every number in prose is held by what the cells show; and the thing that says so is able to say no."""

import nbformat
import pytest

from tests.notebooks import shown
from tests.notebooks.lessons import NOTEBOOKS

each_lesson = pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.parent.name)


@each_lesson
def test_every_number_in_prose_is_held(notebook):
    assert not shown.unbound(notebook)


@each_lesson
@pytest.mark.slow
def test_what_is_bound_holds(notebook):
    assert not shown.faults(notebook)


def lesson(tmp_path, *cells):
    path = tmp_path / "01_x" / "x.ipynb"
    path.parent.mkdir()
    made = [
        nbformat.v4.new_markdown_cell(text, id=name)
        if name.startswith("text")
        else nbformat.v4.new_code_cell(text, id=name)
        for name, text in cells
    ]
    nbformat.write(nbformat.v4.new_notebook(cells=made), path)
    return path


def test_numbers_that_nothing_holds_are_found(tmp_path):
    path = lesson(
        tmp_path,
        (
            "text-1",
            "## 3 · Lesson 07, claim 9, Keras 3, 1986: `77`, $88$, and **41.5**, over a thousand, 20 %.\n1. Item",
        ),
        ("code", 'share = 0.2\nplots.show(fig, alt="It falls to 66.")\npredict.answer("a", share, {5: "It is 67."})'),
        ("text-2", "Given 0.2, and 99.\n\n<!-- given: 99 the deck's own number -->"),
    )
    assert shown.unbound(path) == [("text-1", "41.5"), ("text-1", "thousand"), ("code", "66"), ("code", "67")]


def test_a_phrase_that_a_test_of_the_lesson_holds_is_held(tmp_path, monkeypatch):
    path = lesson(tmp_path, ("text", "They need 31 rates. And 32."))
    monkeypatch.setattr(shown, "tested_phrases", lambda notebook: ["They need 31 rates"])
    assert shown.unbound(path) == [("text", "32")]


@pytest.mark.parametrize(
    "mark, output, fault",
    [
        ("0.386 in a: reach (\\S+)", "reach 0.3861", ""),
        ("0.386 in a: reach (\\S+)", "reach 0.42", "shows 0.42"),
        ("0.386 ± 0.05 in a: reach (\\S+)", "reach 0.42", ""),
        ("0.386 in a: reach (\\S+)", "comes to 0.386", "nothing like"),
        ('"0.386, or a third" >= 0.3 in a: reach (\\S+)', "reach 0.31\nreach 0.5", ""),
        ('"0.386, or a third" >= 0.3 in a: reach (\\S+)', "reach 0.31\nreach 0.2", "shows 0.2"),
        ('"a third" = 0.33 ± 0.05 in a: (?s)(\\d+) steps.* (\\d+) steps', "momentum 30 steps\nSGD 90 steps", ""),
        ('"a third" = 0.33 ± 0.05 in a: (?s)(\\d+) steps.* (\\d+) steps', "momentum 60 steps\nSGD 90 steps", "0.666"),
    ],
)
def test_a_binding_compares(tmp_path, monkeypatch, mark, output, fault):
    path = lesson(tmp_path, ("text", f"They reach 0.386, or a third.\n\n<!-- shown: {mark} -->"), ("a", "pass"))
    ran = {"a": [{"output_type": "stream", "text": output}]}
    monkeypatch.setattr(shown, "run", lambda notebook: ran)
    found = shown.faults(path)
    assert (fault in found[0]) if fault else not found


@pytest.mark.parametrize(
    "mark", ["shown: 0.4 in a: (.*)", "shown: about 0.386 in a", 'shown: "a half" = 0.5 in a: (.*)']
)
def test_a_binding_that_binds_nothing_is_refused(tmp_path, mark):
    path = lesson(tmp_path, ("text", f"They reach 0.386.\n\n<!-- {mark} -->"))
    with pytest.raises(AssertionError):
        shown.marks(path)
