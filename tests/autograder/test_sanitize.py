"""What others wrote is text: on a page, on the screen, in a spreadsheet."""

import csv

import pytest

from autograder.reading.sanitize import from_cell, in_cell, number, plain, prose, write_csv
from autograder.reports.pages import page

FORMULAS = [
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "  =1",
    "=cmd|' /C calc'!A0",
    "＝1",
    "'=1",
    "|x",
    "%x",
    "\0=1",
    "\ufeff=1",
    "\u200b\u2060@x",
]
HARMLESS = ["ada", "O'Neil", "a=b", "", "'", "''", "a,b", 'a"b', "a\nb", "001", "-", "é", "1e5", "'quoted'"]


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_becomes_text(text):
    assert in_cell(text) == "'" + text


@pytest.mark.parametrize("value", [-1.5, 0, 3, "-1.5", "+2", "-1e-3", "-.5"])
def test_numbers_stay_numbers(value):
    assert in_cell(value) == value


def test_a_table_comes_back_as_it_was(tmp_path):
    rows = [[text, -1.5] for text in FORMULAS + HARMLESS]
    path = write_csv(tmp_path / "new" / "table.csv", ["=name", "points"], rows)
    with path.open(encoding="utf-8", newline="") as file:
        header, *found = csv.reader(file, strict=True)
    assert [from_cell(name) for name in header] == ["=name", "points"]
    assert [[from_cell(text), float(points)] for text, points in found] == rows
    assert not any(text.lstrip().startswith(("=", "+", "@")) for row in found for text in row)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x1b]8;;http://x\x07link", "link"),
        ("\x9b2Jgone", "gone"),
        ("ann\u202egpj.exe", "ann�gpj.exe"),
        ("a\x00b\x07", "a�b�"),
        ("half \ud800", "half �"),
        ("two\r\nlines\tand a tab", "two\nlines\tand a tab"),
        ("ελληνικά עברית 日本語 👩‍🔬", "ελληνικά עברית 日本語 👩‍🔬"),
    ],
)
def test_what_cannot_be_seen_does_nothing(text, shown):
    assert plain(text) == shown


def test_prose_knows_code_formulas_and_letters_and_nothing_else():
    text = r"**Bold** *it* `a < b` $x \ge \alpha$ <b>no</b> [link](javascript:alert(1)) 2 * 3 * 4"
    assert prose(text) == (
        "<strong>Bold</strong> <em>it</em> <code>a &lt; b</code> <math display=inline><mrow><mi>x</mi><mo>≥</mo>"
        "<mi>α</mi></mrow></math> &lt;b&gt;no&lt;/b&gt; "
        "[link](javascript:alert(1)) 2 * 3 * 4"
    )


def test_numbers_have_no_needless_zeros():
    assert [number(value) for value in (2.0, 1.5, 1 / 3, -0.001, None)] == ["2", "1.5", "0.33", "0", "–"]


def test_a_page_without_a_value_is_refused():
    with pytest.raises(Exception, match="undefined"):
        page("feedback.html")
