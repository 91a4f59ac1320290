"""What every lesson has to be, read from its file: clean, complete, short cells, exercises that keep the contract."""

import itertools
import json
import re

import pytest

from course_lib.check.hints import read_hints
from tests.notebooks.lessons import NOTEBOOKS, ROOT, exercises, grading, read
from tests.notebooks.test_length import sections

each_lesson = pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.parent.name)


def cells(notebook, kind):
    return [cell for cell in read(notebook).cells if cell.cell_type == kind]


@each_lesson
def test_is_clean(notebook):
    for cell in cells(notebook, "code"):
        if "keep_output" not in cell.metadata.get("tags", []):
            assert cell.execution_count is None and not cell.outputs, cell.id
    raw = json.loads(notebook.read_text(encoding="utf-8"))
    assert all(isinstance(cell["source"], list) for cell in raw["cells"]), "one JSON string for each line"
    ids = [cell["id"] for cell in raw["cells"]]
    assert len(ids) == len(set(ids))
    assert not [i for i in ids if re.fullmatch(r"[0-9a-f]{8}", i)], "cell ids are readable names"


@each_lesson
def test_begins_and_ends_as_lessons_do(notebook):
    first, *_, last = cells(notebook, "markdown")
    assert first.source.startswith("# ")
    assert "After this lesson you can" in first.source
    assert "**You need:**" in first.source and "**Time:**" in first.source
    headings = re.findall(r"^## (.+)$", "\n".join(cell.source for cell in cells(notebook, "markdown")), flags=re.M)
    assert headings[-3:] == ["Then and now", "Recap", "Further reading"]
    assert "Further reading" in last.source


@each_lesson
def test_headings_go_down_one_level_at_a_time(notebook):
    text = "\n".join(re.sub(r"```.*?```", "", cell.source, flags=re.S) for cell in cells(notebook, "markdown"))
    levels = [len(marks) for marks in re.findall(r"^(#+) ", text, flags=re.M)]
    assert levels.count(1) == 1 and levels[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


@each_lesson
def test_reads_well_without_eyes_and_without_colours(notebook):
    """Pictures in the text have words, links say where they lead, and nothing is named by its colour alone."""
    colour = r"(?:red|green|blue|orange|yellow|purple|pink|gr[ae]y)"
    mark = r"(?:bars?|lines?|curves?|dots?|points?|crosses|squares?|circles?|arrows?|areas?|rows?|boxes|parts?)"
    for cell in cells(notebook, "markdown"):
        text = re.sub(r"```.*?```|`[^`\n]*`", "", cell.source, flags=re.S)
        for words, target in re.findall(r"!\[([^\]]*)\]\(([^)\s]+)", text):
            assert len(words.split()) >= 4, f"{cell.id}: {target} needs words for readers who cannot see it"
            assert (notebook.parent / target).exists(), f"{cell.id}: there is no {target}"
        for tag in re.findall(r"<img\b[^>]*>", text):
            assert re.search(r"""alt=["'](?:\S+\s+){3}""", tag), f"{cell.id}: {tag}"
        for words in re.findall(r"(?<!!)\[([^\]]*)\]\(", text):
            assert words.strip().lower() not in ("", "here", "link", "this", "this link"), (
                f"{cell.id}: a link to where?"
            )
        alone = re.search(rf"\b{colour} {mark}\b", text, flags=re.I)
        assert not alone, f"{cell.id}: {alone[0]!r}: name the shape, the place or the label, and the colour after it"


@each_lesson
def test_tables_have_heads(notebook):
    for cell in cells(notebook, "markdown"):
        tables = re.findall(r"(?:^\|.*\|[ ]*\n?)+", cell.source, flags=re.M)
        for table in tables:
            head, rule, *rows = table.strip().split("\n")
            assert re.fullmatch(r"[|:\- ]+", rule) and rows, f"{cell.id}: a table without a head or rows"
            assert any(field.strip() for field in head.strip("| ").split("|")), f"{cell.id}: an empty head"
            assert len({line.replace(r"\|", "").count("|") for line in (head, rule, *rows)}) == 1, f"{cell.id}: ragged"


@each_lesson
def test_tables_fit_a_window(notebook):
    """At 1,024 pixels 68 letters have room beside JupyterLab's list of files, and a word of code never breaks."""
    for cell in read(notebook).cells:
        for table in re.findall(r"(?:^\|.*\n?)+", cell.source if cell.cell_type == "markdown" else "", re.M):
            lines = re.sub(r"\$[^$]*\$|^\|[ :|-]+$", "", table, flags=re.M).splitlines()
            columns = itertools.zip_longest(*(re.split(r"(?<!\\)\|", line.strip("| ")) for line in lines if line))
            words = [re.findall(r"[^\s`*]+", " ".join(filter(None, column))) for column in columns]
            assert sum(max(map(len, column), default=0) for column in words) <= 68, cell.id


@each_lesson
def test_prose_and_code_come_in_small_steps(notebook):
    for cell in cells(notebook, "markdown"):
        if not grading(cell).get("grade"):  # rubrics are for instructors
            source = re.sub(r"<!--.*?-->", "", cell.source, flags=re.S)  # see shown.py
            prose = "\n".join(line for line in source.splitlines() if not line.startswith(("|", "- ")))
            assert len(prose.split()) <= 120, f"{cell.id}: {len(prose.split())} words"
    for cell in cells(notebook, "code"):
        folded_answer = cell.source.startswith("# Run this cell to see how your guess went.")
        if not grading(cell).get("grade") and not folded_answer:  # test cells are folded, too
            lines = re.sub(r"^# (?:shown: |given: |Run this cell).*\n?", "", cell.source, flags=re.M).splitlines()
            assert len(lines) <= 25, f"{cell.id}: {len(lines)} lines"
            assert max(map(len, lines)) <= 100, f"{cell.id}: lines over 100 characters"


@each_lesson
def test_asks_before_it_tells(notebook):
    asked = [cell for cell in cells(notebook, "markdown") if "redict" in cell.source]
    asked += [cell for cell in cells(notebook, "code") if re.search(r"^predict\.(?!answer)", cell.source, flags=re.M)]
    assert len(asked) >= 5


@each_lesson
def test_whoever_opens_it_without_the_course_is_shown_the_way(notebook):
    first = next(cell.source for cell in cells(notebook, "code") if "course_lib" in cell.source)
    lines = first.splitlines()
    before = lines[next(n for n, line in enumerate(lines) if line.startswith("from course_lib")) - 1]
    assert before == '# Not found? Choose the course\'s kernel (.venv); README.md: "A lesson opened alone".'


@each_lesson
def test_the_number_of_exercises(notebook):
    written = [cell for cell in cells(notebook, "markdown") if grading(cell).get("grade")]
    assert 4 <= len(exercises(notebook)) <= 7
    assert len(written) >= 1
    for cell in written:
        assert "### BEGIN SOLUTION" in cell.source and "**Rubric**" in cell.source
        assert cell.source.count("**Sample for") >= 3


@each_lesson
def test_every_exercise_keeps_the_contract(notebook):
    by_id = {cell.id: cell for cell in read(notebook).cells}
    order = [cell.id for cell in read(notebook).cells]
    hints = read_hints((notebook.parent / "hints.md").read_text(encoding="utf-8"))
    assert list(hints) == exercises(notebook)
    for name in exercises(notebook):
        task, solution, visible, hidden = (
            by_id[i] for i in (f"{name}-task", name, f"{name}_visible", f"{name}_hidden")
        )
        start = order.index(task.id)
        assert order[start : start + 4] == [task.id, solution.id, visible.id, hidden.id]
        points = grading(visible)["points"] + grading(hidden)["points"]
        assert 1 <= points <= 3 and f"({points} point" in task.source
        assert f'check.hint("{name}")' in task.source
        assert "Example" in task.source, task.id
        assert "### BEGIN SOLUTION" in solution.source and "### END SOLUTION" in solution.source
        assert visible.source == f'# Run this cell to check your answer.\ncheck.answer("{name}")'
        body = re.fullmatch(r"# Hidden tests .*\n### BEGIN HIDDEN TESTS\n(.*)\n### END HIDDEN TESTS", hidden.source)
        assert body and body[1] == f'check.answer("{name}", hidden=True)', hidden.id
        for cell in (visible, hidden):
            assert "jupyter" not in cell.metadata, f"{cell.id} is short: nothing to fold"
            assert "skip-grading" not in cell.metadata.get("tags", [])
            assert grading(cell)["grade_id"] == cell.id


@each_lesson
def test_every_exercise_has_its_bank(notebook):
    bank = ROOT / "tests" / "answers" / notebook.parent.name
    assert sorted(path.stem for path in bank.glob("*.py")) == sorted(exercises(notebook))
    for path in bank.glob("*.py"):
        marks = re.findall(r"^# %% (right|wrong)", path.read_text(encoding="utf-8"), flags=re.M)
        assert marks.count("right") >= 3 and marks.count("wrong") >= 4, path.name


@each_lesson
def test_no_cell_leans_on_an_answer(notebook):
    """A wrong answer must not cascade: only an exercise's own test cells may use what it defines.

    And a deeper section that says so: nothing leans on it in turn (see test_length.py).
    """
    said = [part for part in sections(read(notebook).cells) if any("Your own answers to" in c.source for c in part)]
    may = {cell.id for part in said for cell in part}
    for name in exercises(notebook):
        own = {name, f"{name}_visible", f"{name}_hidden"}
        for cell in cells(notebook, "code"):
            if cell.id not in own | may:
                assert not re.search(rf"(?<![\w.\"']){name}\(", cell.source), f"{cell.id} uses the answer {name}"


def test_every_claim_has_one_home():
    homes: dict[str, set[str]] = {}
    for notebook in NOTEBOOKS:
        for cell in cells(notebook, "code"):
            for tag in cell.metadata.get("tags", []):
                if tag.startswith("claim-"):
                    homes.setdefault(tag, set()).add(notebook.parent.name)
                    assert f"{tag.removeprefix('claim-')}:" in cell.source, cell.id
    assert all(len(lessons) == 1 for lessons in homes.values())
    assert {f"claim-C{n}" for n in (1, 2, 3, *range(6, 11), *range(14, 29))} <= set(homes)
