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
    """`locked`, `answer`, `test`, `written`, or empty for an ordinary cell; `picture` and `told` are left out when
    grading, and what is told is folded."""
    points: int = 0

    @property
    def metadata(self) -> dict[str, Any]:
        if self.role in ("", "picture", "told"):
            tags = {"tags": ["skip-grading"]} if self.role else {}
            return {"jupyter": {"source_hidden": True}, **tags} if self.role == "told" else tags
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
from course_lib import check, plots, predict, recall

plots.style()
""",
        "locked",
    ),
    Cell(
        "code",
        "recall-opening",
        """
# Two questions on earlier lessons, from memory. Run this cell.
recall.opening()
""",
        "picture",
    ),
    Cell(
        "markdown",
        "outlier-idea",
        """
## 1 · Numbers of one size

Four small numbers and one large one are to lie between 0 and 1.
""",
    ),
    Cell(
        "code",
        "predict-outlier",
        """
predict.choice(
    "outlier",
    "Where will the four small numbers lie?",
    ["evenly between 0 and 1", "all near 0", "all near 1"],
)
""",
        "picture",
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
        "answer-outlier",
        """
# Run this cell to see how your guess went.
predict.answer(
    "outlier",
    "all near 0" if shares[:4].max() < 0.1 else "evenly between 0 and 1",
    {
        "evenly between 0 and 1": "The order stays, and so do the shares of the gaps between them.",
        "all near 1": "The largest number becomes 1, and these are far smaller.",
    },
    shown=f"at most {shares[:4].max():.3f}",
)
""",
        "told",
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
        "code",
        "recall-closing",
        """
# Three questions on this lesson, from memory. Run this cell.
recall.closing()
""",
        "picture",
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

    def hidden_inputs(self, draw):  # one input of all that the task allows
        x = draw.array(draw.shape(draw.whole(1, 3), 4, 2), -100, 100)
        x.flat[:2] = -101, 101  # never all the same
        return (x,), (x - x.min()) / np.ptp(x)

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

QUESTIONS = """\
# What one can after this lesson, where that is met, and its questions from memory; CONTRIBUTING.md tells the form.

[[objective]]
name = "rescale"
text = "**rescale** an array to the numbers from 0 to 1"
items = ["exercise:rescale", "prediction:outlier", "closing:steps-of-rescaling"]

[[objective]]
name = "outlier"
text = "**predict** what that does to an outlier"
items = ["prediction:outlier", "exercise:rescale", "closing:wrong-about-rescaling"]

[[objective]]
name = "one-size"
text = "**explain** why networks learn better from numbers of one size"
items = ["exercise:scale_matters", "closing:why-one-size", "closing:wrong-about-rescaling"]

[[opening]]
name = "relu-by-hand"
recalls = "01:neuron"
kind = "number"
text = "A ReLU neuron has the weights 1 and −2 and the bias 1. What does it put out for the inputs 3 and 1?"
answer = 2
right = "The sum is 3 − 2 + 1 = 2, and a ReLU leaves a positive sum as it is."
[opening.because]
1 = "The bias is missing."
6 = "The second weight is −2: its product counts against the first."

[[opening]]
name = "loss-that-grows"
recalls = "02:learning-rate"
kind = "choice"
text = "The loss grows at every step. What do you try first?"
options = ["a smaller rate", "a larger rate", "more steps"]
answer = "a smaller rate"
right = "Steps that are too long jump across the valley and land higher."
[opening.because]
"a larger rate" = "Then each step lands higher still."
"more steps" = "Each of them lands higher than the one before."

[[closing]]
name = "steps-of-rescaling"
kind = "order"
text = "An array is brought to the numbers from 0 to 1. Put the steps in order."
options = ["divide by the range", "subtract the smallest number", "find smallest number and range"]
answer = ["find smallest number and range", "subtract the smallest number", "divide by the range"]
right = "First the smallest number moves to 0, then the largest comes to 1."
[closing.because]
"divide by the range → subtract the smallest number" = "After a division the smallest is another one."

[[closing]]
name = "wrong-about-rescaling"
kind = "choice"
text = "Which of these sentences is wrong?"
options = ["Rescaling keeps the order.", "Rescaling removes outliers.", "Rescaling moves the mean."]
answer = "Rescaling removes outliers."
right = "The outlier becomes 1, and crowds the others at 0."
[closing.because]
"Rescaling keeps the order." = "It is true: all numbers are moved alike and divided by the same positive range."
"Rescaling moves the mean." = "It is true of these numbers: their mean lies between 0 and 1 afterwards."

[[closing]]
name = "why-one-size"
kind = "choice"
text = "Why does one learning rate not fit inputs near 1 and inputs near 1,000?"
options = ["a gradient contains the input", "large numbers are inexact", "small inputs have no gradient"]
answer = "a gradient contains the input"
right = "The large input makes its weight's slope a thousand times as large, and each step as much longer."
[closing.because]
"large numbers are inexact" = "Floats keep as many digits of 1,000 as of 1."
"small inputs have no gradient" = "They have one, but it is small beside that of the large input."
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

# %% repair: x / np.max(x) → (x - x.min()) / np.max(x)

# %% repair: np.max(x) → (np.max(x) - x.min())

# %% wrong [divided by the maximum]: moves, then divides by the largest
def rescale(x):
    return (x - x.min()) / x.max()

# %% repair: x.max() → (x.max() - x.min())

# %% wrong [standardised]: mean 0, deviation 1
def rescale(x):
    return (x - np.mean(x)) / np.std(x)

# %% repair
def rescale(x):
    return (x - np.min(x)) / (np.max(x) - np.min(x))

# %% wrong [upside down]: the wrong way round
def rescale(x):
    return 1 - (x - x.min()) / (x.max() - x.min())

# %% repair: 1 - (x → (x

# %% wrong [each row by itself]: along the last axis
def rescale(x):
    low = x.min(axis=-1, keepdims=True)
    return (x - low) / (x.max(axis=-1, keepdims=True) - low)

# %% repair
def rescale(x):
    low = x.min()
    return (x - low) / (x.max() - low)

# %% wrong [returns None]: no return
def rescale(x):
    (x - x.min()) / (x.max() - x.min())

# %% repair: (x - x.min()) / → return (x - x.min()) /
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
