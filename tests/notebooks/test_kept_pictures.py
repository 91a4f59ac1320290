"""The picture that a lesson opens with stands in its notebook, and shows what the cell draws."""

import re

import pytest

from autograder.plugins.keep_output import TAG
from tests.notebooks.lessons import NOTEBOOKS, read, run

WITHOUT = ("07", "08", "13")
"""07 and 08 open with other people's photos, which come from a package at run time and are not copied; the first
picture of 13 answers a question that comes before it."""


def pictures(outputs: list[dict]) -> list[str]:
    """What is shown, in the words for those who cannot see it."""
    html = "".join("".join(output.get("data", {}).get("text/html", "")) for output in outputs)
    return re.findall(r'<img alt="([^"]+)"', html)


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.parent.name)
def test_the_first_picture_is_there_before_anything_has_run(notebook):
    kept = [cell for cell in read(notebook).cells if TAG in cell.metadata.get("tags", ())]
    assert len(kept) == (0 if notebook.parent.name[:2] in WITHOUT else 1)
    for cell in kept:
        assert len(pictures(cell.outputs)) == 1, "python -m tests.notebooks.keep_pictures"
        assert len(str(cell.outputs)) < 80_000


@pytest.mark.slow
@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.parent.name)
def test_it_shows_what_the_cell_draws(notebook):
    for cell in read(notebook).cells:
        if TAG in cell.metadata.get("tags", ()):
            assert pictures(cell.outputs) == pictures(run(notebook)[cell.id]), "python -m tests.notebooks.keep_pictures"
