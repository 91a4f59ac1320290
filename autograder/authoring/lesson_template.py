"""What `autograder new-lesson` writes: a small lesson that runs, releases and proves, to be written over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

EXERCISE = "rescale"


@dataclass(frozen=True)
class Cell:
    """A cell of the scaffold; ``{number}`` and ``{title}`` stand for the lesson's own."""

    kind: str
    name: str
    """Id of the cell, and its grade_id where nbgrader knows it."""
    source: str
    role: str = ""
    """`locked`, `answer`, `test`, `written`, `picture` (left out when grading), or empty for an ordinary cell."""
    points: int = 0

    @property
    def metadata(self) -> dict[str, Any]:
        if self.role in ("", "picture"):
            return {"tags": ["skip-grading"]} if self.role else {}
        nbgrader = {
            "grade": self.role in ("test", "written"),
            "grade_id": self.name,
            "locked": self.role in ("locked", "test"),
            "schema_version": 3,
            "solution": self.role in ("answer", "written"),
            "task": False,
        }
        if nbgrader["grade"]:
            nbgrader["points"] = self.points
        return {"nbgrader": nbgrader}


CELLS = [
    Cell(
        "markdown",
        "title",
        """
# {title}

Open with a picture or a riddle that this lesson solves.
*What do you expect? Why?*

After this lesson you can

- **rescale** an array to the numbers from 0 to 1,
- **predict** what that does to an outlier,
- **explain** why networks learn better from numbers of one size.

**You need:** Python and NumPy. **Time:** 45 minutes.
""",
    ),
    Cell(
        "code",
        "setup",
        """
import matplotlib.pyplot as plt
import numpy as np

# Not found? Choose the course's kernel (.venv); README.md: "A lesson opened alone".
from course_lib import check, plots

plots.style()
""",
        "locked",
    ),
    Cell(
        "markdown",
        "predict-outlier",
        """
## 1 · Numbers of one size

Four small numbers and one large one are to lie between 0 and 1.

**Predict:** where will the four small ones lie? Write down a guess, then run the cell.
""",
    ),
    Cell(
        "code",
        "measure-outlier",
        """
numbers = np.array([1.0, 2.0, 3.0, 4.0, 1000.0])
shares = (numbers - numbers.min()) / (numbers.max() - numbers.min())
print(shares.round(4))
print("Measured: smallest", shares.min(), "largest", shares.max())
""",
    ),
    Cell(
        "code",
        "picture-outlier",
        """
# Run this cell to see the picture.
fig, ax = plt.subplots(figsize=(6, 1.6))
ax.plot(shares, np.zeros(5), "o", color=plots.COLORS[0])
ax.set(title="One outlier crowds the others at 0", xlabel="rescaled number", yticks=[])
fig.tight_layout()
plots.show(fig, alt="Five points on a line from 0 to 1: four lie together at 0, one lies at 1.")
""",
        "picture",
    ),
    Cell(
        "markdown",
        "reading-outlier",
        """
The four small numbers are crowded at 0. One outlier decides the scale for all.
""",
    ),
    Cell(
        "markdown",
        "rescale-task",
        """
### Exercise 1 · Rescale (2 points)

Write $(x - \\min) / (\\max - \\min)$ for a whole array at once. `x` is a float array of any shape with
at least two different numbers; return an array of the same shape.

Example: `rescale(np.array([10.0, 20.0, 15.0]))` is `[0.0, 1.0, 0.5]`.

Stuck? Run `check.hint("rescale")`.
""",
        "locked",
    ),
    Cell(
        "code",
        "rescale",
        '''
def rescale(x):
    """Every element of x on a scale from 0, the smallest, to 1, the largest."""
    ### BEGIN SOLUTION
    return (x - x.min()) / (x.max() - x.min())
    ### END SOLUTION
''',
        "answer",
    ),
    Cell(
        "code",
        "rescale_visible",
        """
# Run this cell to check your answer.
check.answer("rescale")
""",
        "test",
        1,
    ),
    Cell(
        "code",
        "rescale_hidden",
        """
# Hidden tests run here when your work is graded: the same questions, other numbers.
### BEGIN HIDDEN TESTS
check.answer("rescale", hidden=True)
### END HIDDEN TESTS
""",
        "test",
        1,
    ),
    Cell(
        "markdown",
        "scale_matters-task",
        """
### Written answer · Why one size helps (2 points)

Explain in your own words, in three to six sentences, why a network learns better from inputs of one size.
A person reads this answer.
""",
        "locked",
    ),
    Cell(
        "markdown",
        "scale_matters",
        """
### BEGIN SOLUTION
**Rubric** (2 points)

| points | what the answer shows |
| --- | --- |
| 2 | A large input has large gradients, and one learning rate must fit all weights. |
| 1 | Says that large inputs dominate, without the learning rate. |
| 0 | No answer, or no reason. |

**Sample for 2.** The gradient of a weight is multiplied by its input. With one input near 1000 and one near 1,
the first weight jumps where the second hardly moves, and no learning rate suits both.

**Sample for 1.** The large number dominates the small ones.

**Sample for 0.** Networks like small numbers.
### END SOLUTION
""",
        "written",
        2,
    ),
    Cell(
        "markdown",
        "then-and-now",
        """
## Then and now

| then | now |
| --- | --- |
| what the deck or an older book writes | what one writes today |
""",
    ),
    Cell(
        "markdown",
        "recap",
        """
## Recap

- Rescaling brings numbers to one size; an outlier decides the scale.
""",
    ),
    Cell(
        "markdown",
        "reading",
        """
## Further reading

- Authors: *Title*, place, year.
""",
    ),
]

CHECKS = '''"""The exercises of lesson {number}: what is asked, what is right, which mistakes are foreseen."""

import numpy as np

from course_lib.check import Exercise


class Rescale(Exercise):
    """(x − min) / (max − min) for a whole array."""

    name = "rescale"

    def examples(self):
        yield (np.array([[-3.0, 5.0], [1.0, 3.0]]),), [[0.0, 1.0], [0.5, 0.75]]

    def hidden(self, rng):
        yield (np.array([7.0, -1.0, 3.0, 0.6]),), [1.0, 0.0, 0.5, 0.2]
        for shape in ((12,), (2, 2, 3)):
            x = rng.normal(5, 20, size=shape)
            yield (x,), (x - x.min()) / np.ptp(x)

    mistakes = {{
        "not moved to 0": (
            lambda x: x / x.max(),
            "You divide by the largest number. First subtract the smallest, so that it becomes 0.",
        ),
        "divided by the maximum": (
            lambda x: (x - x.min()) / x.max(),
            "The largest result is not 1. Divide by the whole range, largest minus smallest.",
        ),
        "standardised": (
            lambda x: (x - x.mean()) / x.std(),
            "Mean 0 and deviation 1 is another scale. Here the smallest becomes 0, the largest 1.",
        ),
        "upside down": (
            lambda x: (x.max() - x) / (x.max() - x.min()),
            "The largest number becomes 0 and the smallest 1: it is the other way round.",
        ),
        "each row by itself": (
            lambda x: (x - x.min(-1, keepdims=True)) / np.ptp(x, axis=-1, keepdims=True),
            "You rescale each row by itself. Take the smallest and the largest of the whole array.",
        ),
    }}
'''

HINTS = """\
# Hints for lesson {number:02}

## rescale
**Nudge.** Two steps: first move all numbers so that the smallest becomes 0, then shrink them so
that the largest becomes 1.

**Hint.** `x.min()` and `x.max()` give the smallest and the largest element of the whole array.

**Worked idea.** Take 10, 20, 15. Minus the smallest: 0, 10, 5. The range is 20 − 10 = 10. Divided by it: 0, 1, 0.5.
"""

BANK = '''\
"""Exercise `rescale`: what students hand in."""

# %% right: the formula
def rescale(x):
    return (x - np.min(x)) / np.ptp(x)

# %% right: a loop over the elements
def rescale(x):
    low, high = x.min(), x.max()
    return np.array([(v - low) / (high - low) for v in x.ravel()]).reshape(x.shape)

# %% right: interpolation
def rescale(x):
    return np.interp(x, [x.min(), x.max()], [0, 1])

# %% wrong [not moved to 0]: divides by the largest
def rescale(x):
    return x / np.max(x)

# %% wrong [divided by the maximum]: moves, then divides by the largest
def rescale(x):
    return (x - x.min()) / x.max()

# %% wrong [standardised]: mean 0, deviation 1
def rescale(x):
    return (x - np.mean(x)) / np.std(x)

# %% wrong [upside down]: the wrong way round
def rescale(x):
    return 1 - (x - x.min()) / (x.max() - x.min())

# %% wrong [each row by itself]: along the last axis
def rescale(x):
    low = x.min(axis=-1, keepdims=True)
    return (x - low) / (x.max(axis=-1, keepdims=True) - low)

# %% wrong [returns None]: no return
def rescale(x):
    (x - x.min()) / (x.max() - x.min())
'''

TESTS = '''\
"""Lesson {number:02}, {title}: the numbers that the cells print support what the prose says."""

import pytest

from tests.notebooks.lessons import NOTEBOOKS, numbers, printed

pytestmark = pytest.mark.slow
LESSON = next(path for path in NOTEBOOKS if path.parent.name.startswith("{number:02}_"))


def test_rescaled_numbers_fill_the_range():
    (line,) = printed(LESSON, "Measured")
    assert numbers(line) == [0, 1]
'''
