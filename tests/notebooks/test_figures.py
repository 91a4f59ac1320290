"""Every figure of every lesson can be read: it says what to see, names its axes, and nothing covers anything.

The facts were measured when the lesson ran: `autograder/authoring/figure_facts.py`.
"""

import pytest

from autograder.authoring.figure_facts import KEY
from tests.notebooks.lessons import NOTEBOOKS, run

pytestmark = [pytest.mark.slow, pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.parent.name)]
COLUMN = 7.36
"""Inches of a page's column, at a hundred pixels an inch: a wider figure is made smaller, its letters too."""
LETTERS = 6.5
"""Points that its smallest letters keep there, nine pixels."""


def figures(notebook):
    """The facts of each figure, by cell."""
    found = [(cell, one["metadata"]) for cell, shown in run(notebook).items() for one in shown if "metadata" in one]
    return [(cell, metadata[KEY]) for cell, metadata in found if KEY in metadata]


def test_each_figure_says_what_to_see(notebook):
    assert len(figures(notebook)) >= 3
    assert [cell for cell, facts in figures(notebook) if not facts["titles"]] == []


def test_numbers_along_an_axis_are_named(notebook):
    assert [(cell, facts["unnamed"]) for cell, facts in figures(notebook) if facts["unnamed"]] == []


def test_no_legend_covers_data_and_no_text_another(notebook):
    assert [(cell, facts["covered"]) for cell, facts in figures(notebook) if facts["covered"]] == []
    assert [(cell, facts["overlaps"]) for cell, facts in figures(notebook) if facts["overlaps"]] == []


def test_letters_stay_readable_in_a_page(notebook):
    for cell, facts in figures(notebook):
        assert facts["font"] * min(1, COLUMN / facts["width"]) >= LETTERS, cell
