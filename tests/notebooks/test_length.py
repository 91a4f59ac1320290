"""How long a lesson's main path is, and that its deeper sections may be left out.

A section whose heading begins with `Deeper:` is off the main path. It is folded in JupyterLab and ends with the next
heading of its level or above.
"""

import re
import symtable
from collections.abc import Iterator

import nbformat
import pytest

from course_lib import syntax
from tests.notebooks.lessons import NOTEBOOKS, ROOT, grading, read

LIMIT = 2_600
"""Words of a main path: what one reads in a sitting of 90 minutes, beside exercises and waiting."""
DEEPER = re.compile(r"^(##+) Deeper: \S", re.MULTILINE)
FOLDED = "jp-MarkdownHeadingCollapsed"
each_lesson = pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.parent.name)


def sections(cells: list[nbformat.NotebookNode]) -> list[list[nbformat.NotebookNode]]:
    """The cells of each deeper section."""
    found: list[list[nbformat.NotebookNode]] = []
    level = 0  # of the section that is open
    for cell in cells:
        heading = re.match(r"(#+) ", cell.source) if cell.cell_type == "markdown" else None
        if heading and len(heading[1]) <= (level or 6):
            level = 0
            if DEEPER.match(cell.source):
                level = len(heading[1])
                found.append([])
        if level:
            found[-1].append(cell)
    return found


def main_path(cells: list[nbformat.NotebookNode]) -> list[nbformat.NotebookNode]:
    deeper = [id(cell) for section in sections(cells) for cell in section]
    return [cell for cell in cells if id(cell) not in deeper]


def words(cells: list[nbformat.NotebookNode]) -> int:
    """Words of prose; rubrics, comments and formulas on lines of their own are none."""
    texts = [cell.source for cell in cells if cell.cell_type == "markdown" and "### BEGIN SOLUTION" not in cell.source]
    return sum(len(re.sub(r"<!--.*?-->|\$\$.*?\$\$", "", text, flags=re.DOTALL).split()) for text in texts)


def bound_and_read(source: str) -> tuple[set[str], set[str]]:
    """The names that a cell binds at its top level, and those that it needs from outside it, its functions' too."""
    syntax.parse(source)
    tables = [symtable.symtable(source, "cell", "exec")]
    bound = {name.get_name() for name in tables[0].get_symbols() if name.is_assigned() or name.is_imported()}
    needed = set()
    while tables:
        table = tables.pop()
        tables += table.get_children()
        top = table.get_type() == "module"
        needed |= {
            name.get_name() for name in table.get_symbols() if name.is_referenced() and (top or name.is_global())
        }
    return bound, needed


def leaning(cells: list[nbformat.NotebookNode]) -> Iterator[str]:
    """Where the main path needs a name as a deeper section has left it."""
    for section in sections(cells):
        inside = [id(cell) for cell in section]
        code = [cell for cell in section if cell.cell_type == "code"]
        left = set().union(*(bound_and_read(cell.source)[0] for cell in code))
        after = cells[[id(cell) for cell in cells].index(inside[-1]) + 1 :]
        for cell in after:
            if cell.cell_type == "code":
                bound, needed = bound_and_read(cell.source)
                # a cell that binds a name and reads it is taken to bind it first
                yield from (f"{cell.id} reads {name} of {section[0].id}" for name in sorted(left & needed - bound))
                left -= bound


@each_lesson
def test_the_main_path_is_one_sitting(notebook):
    cells = read(notebook).cells
    assert words(main_path(cells)) <= LIMIT


@each_lesson
def test_the_words_stand_in_the_table_of_measurements(notebook):
    """To a hundredth: not each word that is mended asks for a new row."""
    text = (ROOT / "docs" / "measurements.md").read_text(encoding="utf-8")
    table = text.partition("| words |")[2].partition("\n\n")[0]
    rows = re.findall(rf"^\| {notebook.parent.name[:2]} \| ([\d,]+) \| ([\d,]*)", table, re.MULTILINE)
    assert len(rows) == (notebook in NOTEBOOKS)  # a lesson that has just begun has none
    cells = read(notebook).cells
    counts = words(main_path(cells)), sum(words(section) for section in sections(cells))
    for row in rows:
        assert [int(number.replace(",", "") or 0) for number in row] == pytest.approx(counts, rel=0.01)


@each_lesson
def test_deeper_sections_may_be_left_out(notebook):
    cells = read(notebook).cells
    for section in sections(cells):
        assert section[0].metadata.get(FOLDED) is True, f"{section[0].id}: fold it ({FOLDED} in its metadata)"
        shown = len(section[0].source.split())
        assert shown <= 45, f"{section[0].id}: JupyterLab shows the cell of a folded heading, all {shown} words of it"
        assert not [cell.id for cell in section if grading(cell)], f"{section[0].id}: an exercise is for everybody"
        text = "\n".join(cell.source for cell in section)
        asked = set(re.findall(r"predict\.(?:choice|number|order)\(\s*[\"']([\w-]+)", text))
        answered = set(re.findall(r"predict\.answer\(\s*[\"']([\w-]+)", text))
        assert asked == answered, f"{section[0].id}: question and answer stand together: {asked ^ answered}"
    assert not list(leaning(cells))
    folded = [cell for cell in cells if cell.metadata.get(FOLDED)]
    assert all(DEEPER.match(cell.source) for cell in folded), "only deeper sections are folded"


def test_what_leans_on_a_deeper_section_is_found():
    markdown, code = nbformat.v4.new_markdown_cell, nbformat.v4.new_code_cell
    cells = [
        code("x = 1", id="start"),
        markdown("## 1 · Main\n\nThree words here.", id="main"),
        markdown("### Deeper: more\n\nLong.", id="deeper"),
        code("x, y = 2, 3\n\n\ndef f(z):\n    w = z\n    return w", id="inside"),
        markdown("#### Part of it", id="part"),
        markdown("## 2 · Next", id="next"),
        code("print([y for y in range(3)])\nw = 5", id="own"),
        code("def g(a):\n    return a + y", id="leans"),
        code("x = 3\nprint(x)", id="anew"),
        code("print(x, f(1), w)", id="leans-too"),
    ]
    assert [cell.id for cell in sections(cells)[0]] == ["deeper", "inside", "part"]
    assert list(leaning(cells)) == ["leans reads y of deeper", "leans-too reads f of deeper"]
    assert words(main_path(cells)) == 11
