"""The pages of the site: what becomes of cells, outputs, questions, hints, pictures and formulas."""

import base64
import io
import re

import pytest
from PIL import Image

from autograder.authoring.links import rewrite
from autograder.authoring.site.figures import Figures, thumbnail
from autograder.authoring.site.formulas import font, mathml
from autograder.authoring.site.lesson_page import Page, markdown
from autograder.authoring.site.start_page import card, leads_to
from course_lib.predict import form
from course_lib.predict.question import Question
from course_lib.predict.told import told
from course_lib.student.start_page import LessonSummary
from tests.autograder.tiny_course import cell

HINTS = {"double": ["Add it to itself.", "Twice is `2 *`.", "For 3 it is 6."]}


def page(tmp_path, cells, **outputs):
    """The Markdown of a page: an output is the text that a cell prints."""
    shown = {
        name.replace("_", "-"): [{"output_type": "stream", "name": "stdout", "text": text}]
        for name, text in outputs.items()
    }
    return markdown(
        Page([cell("markdown", "title", "# Small\n\nWhy?"), *cells], shown, HINTS, Figures(tmp_path), "HEAD")
    )


def folded(text):
    """What is folded until one has guessed."""
    return "".join(re.findall(r'<details class="guess">(.*?)</details>', text, flags=re.DOTALL))


def test_an_answer_is_folded_up_to_the_next_heading_and_no_further(tmp_path):
    cells = [
        cell("markdown", "asks", "**Predict:** how many?"),
        cell("code", "defines", "n = 3"),
        cell("code", "prints", "print(n)"),
        cell("markdown", "reads", "It is three.\n\nNot four.\n\n## Next\n\n**Predict:** and now?"),
        cell("code", "again", "print(2 * n)"),
        cell("markdown", "end", "## End"),
    ]
    text = page(tmp_path, cells, prints="3\n", again="6\n")
    first, second = folded(text).split("I have my guess")[1:]
    assert "It is three." in first and "Not four." in first and ">3</pre>" in first
    assert "print(n)" not in folded(text) and "## Next" not in folded(text) and "and now?" not in folded(text)
    assert ">6</pre>" in second and "## End" not in second
    assert text.count("<details") == text.count("</details>")


def asked(kept, question, answer=None):
    """The output of a cell that asks."""
    kept.setattr(form.terminal, "show", lambda data: outputs.append({"output_type": "display_data", "data": data}))
    outputs = []
    form.show(question, "", str, answer)
    return outputs


def test_a_question_of_the_lesson_shows_its_options_and_no_code(tmp_path, monkeypatch):
    call = 'predict.choice("n", "How many?", ["two", "three"])'
    cells = [cell("code", "asks", call), cell("code", "prints", "print(3)")]
    cells.append(cell("code", "answers", '# Run this cell.\npredict.answer("n", "three")'))
    shown = {
        "asks": asked(monkeypatch, Question("n", "choice", "How many <n>?", ("two", "three"))),
        "prints": [{"output_type": "stream", "name": "stdout", "text": "3\n"}],
        "answers": [{"output_type": "stream", "name": "stdout", "text": "Measured\n"}],
    }
    text = markdown(Page([cell("markdown", "title", "# Small"), *cells], shown, {}, Figures(tmp_path), ""))
    assert "How many &lt;n&gt;?" in text and "<li>two</li><li>three</li>" in text and "predict." not in text
    assert ">3</pre>" in folded(text) and "Measured" in folded(text)


def test_a_question_from_memory_has_its_answer_behind_a_fold_of_its_own(tmp_path, monkeypatch):
    question = Question("n", "number", "How many?", unit="rows", within=1, lead="From memory", word="answer")
    answer = told(question, None, 3.0, {"Answer": "3 rows", "Why": "Two and one."}, {2.0: "One more."})
    cells = [cell("code", "asks", "# From memory.\nrecall.closing()"), cell("code", "prints", "print(4)")]
    shown = {"asks": asked(monkeypatch, question, answer), "prints": [{"output_type": "stream", "text": "4\n"}]}
    text = markdown(Page([cell("markdown", "title", "# Small"), *cells], shown, {}, Figures(tmp_path), ""))
    assert "<b>From memory:</b> How many?" in text and "recall." not in text
    for told_of in ("3 rows", "Two and one.", "If you say 2 rows: One more."):
        assert told_of in folded(text)
    assert "Up to 1 more or less" not in folded(text) and ">4</pre>" not in folded(text)


def test_an_exercise_has_its_stub_and_three_hints_and_no_check(tmp_path):
    task = cell(
        "markdown", "double-task", '### Exercise 1\n\nDouble.\n\nStuck? Run `check.hint("double")`.', locked=True
    )
    answer = cell("code", "double", "def double(x):\n    raise NotImplementedError", solution=True)
    check = cell("code", "double_visible", 'check.answer("double")', grade=True, points=1)
    text = page(tmp_path, [task, answer, check], double="secret\n", double_visible="✓ double\n")
    assert text.index("### Exercise 1") < text.index('<div class="task">') < text.index("Double.")
    assert [text.count(f"<summary>{level}</summary>") for level in ("Nudge", "Hint", "Worked idea")] == [1, 1, 1]
    assert all(hint in text for hint in HINTS["double"]) and "NotImplementedError" in text
    for left_out in ("secret", "✓", "check.answer", "Stuck?"):
        assert left_out not in text


def test_progress_bars_and_warnings_are_not_shown(tmp_path):
    outputs = {
        "run": [
            {"output_type": "stream", "name": "stderr", "text": "WARNING"},
            {"output_type": "display_data", "data": {"text/plain": "0 of 16"}},
            {"output_type": "execute_result", "data": {"text/plain": "42 < 43"}},
        ]
    }
    text = markdown(
        Page([cell("markdown", "t", "# T"), cell("code", "run", "go()")], outputs, {}, Figures(tmp_path), "")
    )
    assert "42 &lt; 43" in text and "WARNING" not in text and "0 of 16" not in text


def test_pictures_become_files_with_their_words(tmp_path):
    def picture(width, height):
        buffer = io.BytesIO()
        Image.new("RGB", (width, height), "white").save(buffer, "PNG")
        data = base64.b64encode(buffer.getvalue()).decode()
        return f'<img alt="A &lt;b&gt;" src="data:image/png;base64,{data}" style="x">'

    figures = Figures(tmp_path)
    first, second = figures.take_out(picture(30, 20)), figures.take_out(picture(90, 20))
    assert re.fullmatch(r'<img alt="A &lt;b&gt;" src="(\S+\.webp)" width="30" height="20" fetchpriority="high">', first)
    assert 'class="wide" loading="lazy"' in second and "base64" not in first + second
    assert all((tmp_path / path).is_file() for path in figures.found)
    assert (tmp_path / thumbnail(tmp_path, figures.found[1])).is_file()


def test_formulas_become_mathml():
    made = mathml(r"\sum_i w_i, \dots", block=True)
    assert made.startswith("<math") and "…" in made and "$" not in made
    brace = mathml(r"\underbrace{\sum_c w_c}_{a}", block=True)
    assert re.search(r"⏟</mo>\s*</munder>\s*(<mrow>)?\s*<mi>a</mi>", brace) and "<msub><munder" not in brace
    with pytest.raises(ValueError, match=r"nosuch"):
        mathml(r"\nosuch{x}", block=False)


def test_the_font_has_the_signs_in_use_and_no_others():
    from fontTools.ttLib import TTFont

    cut = TTFont(io.BytesIO(font([f"<p>Ω</p>{mathml('x + α', block=False)}"])))
    signs = cut.getBestCmap()
    assert {ord("+"), ord("α"), 0x1D465} <= set(signs) and ord("Ω") not in signs and "MATH" in cut


def test_a_card_says_what_a_lesson_asks_and_what_it_builds_on(tmp_path):
    first = "# T\n\nHere is a wave. Look at the picture below. *Where does\nit come from?*\n\n"
    needs = "**You need:** lessons 01 and 02; nothing of lessons 03 to 08. **Time:** 50 minutes."
    made = card("09_t", LessonSummary(tmp_path / "09_t" / "t.ipynb", "T"), first + needs)
    assert made.hook == "Here is a wave. Where does it come from?"
    assert made.question == "Where does it come from?" and made.builds_on == (1, 2) and made.part == "Apache Spark"
    other = card("01_s", LessonSummary(tmp_path / "01_s" / "s.ipynb", "S"), "# S\n\nHm.")
    assert leads_to([other, made]) == {1: [9], 9: []}


def test_the_sites_address_moves_with_the_repository(tmp_path):
    (tmp_path / "pyproject.toml").write_text('[project.urls]\nRepository = "https://github.com/OWNER/REPO"\n')
    (tmp_path / "README.md").write_text("[On the web](https://owner.github.io/REPO/)\n")
    assert len(rewrite(tmp_path, "Ada/engines")) == 2
    assert (tmp_path / "README.md").read_text() == "[On the web](https://ada.github.io/engines/)\n"
