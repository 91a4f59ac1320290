"""A tree of Spark read from its text, and drawn."""

import matplotlib.pyplot as plt
import pytest

from course_lib import plots, trees
from course_lib.trees import Leaf, Split

TEXT = """DecisionTreeClassificationModel: uid=dt, depth=2, numNodes=5, numClasses=2, numFeatures=784
  If (feature 434 <= 70.5)
   If (feature 99 in {0.0,2.0})
    Predict: 0.0
   Else (feature 99 not in {0.0,2.0})
    Predict: 1.0
  Else (feature 434 > 70.5)
   Predict: 0.0
"""


def test_questions_and_predictions_are_read():
    tree = trees.read(TEXT)
    inner = Split(99, "in {0.0,2.0}", Leaf(0.0), Leaf(1.0))
    assert tree == Split(434, "<= 70.5", inner, Leaf(0.0))
    assert [split.feature for split in trees.splits(tree)] == [434, 99]


def test_a_tree_may_be_one_leaf():
    assert trees.read("depth=0, numNodes=1\n  Predict: 1.0\n") == Leaf(1.0)


def test_something_else_is_refused():
    with pytest.raises(ValueError, match="No decision tree"):
        trees.read("LinearRegressionModel: uid=lr")


def test_the_drawing_says_every_question_and_prediction():
    fig, ax = plt.subplots()
    plots.tree(ax, trees.read(TEXT), "pixel {}".format, "digit {:.0f}".format)
    said = [text.get_text() for text in ax.texts]
    assert {"pixel 434 ≤ 70.5?", "pixel 99 in {0.0,2.0}?"} <= set(said)
    assert said.count("digit 0") == 2 and said.count("digit 1") == 1
    assert said.count("yes") == said.count("no") == 2
    plt.close(fig)
