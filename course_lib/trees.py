"""A decision tree of Spark as plain Python: read from the text that ``model.toDebugString`` gives."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Leaf:
    """The end of a path: what the tree predicts there."""

    prediction: float


@dataclass(frozen=True)
class Split:
    """A question: rows whose ``feature`` fits ``rule``, for instance ``"<= 70.5"``, go ``yes``, the others ``no``."""

    feature: int
    rule: str
    yes: Node
    no: Node


Node = Leaf | Split


def read(debug_string: str) -> Node:
    """Read a decision tree of ``pyspark.ml``.

    Args:
        debug_string: ``model.toDebugString`` of a ``DecisionTreeClassificationModel`` or ``…RegressionModel``.

    Raises:
        ValueError: where the text is not such a tree.
    """
    lines = [line.strip() for line in debug_string.splitlines()]
    return _node(iter(line for line in lines if line.startswith(("If ", "Else ", "Predict: "))))


def splits(tree: Node) -> list[Split]:
    """All questions of a tree, the root's first."""
    return [] if isinstance(tree, Leaf) else [tree, *splits(tree.yes), *splits(tree.no)]


def _node(lines: Iterator[str]) -> Node:
    line = next(lines, "")
    if line.startswith("Predict: "):
        return Leaf(float(line.removeprefix("Predict: ")))
    # as Spark prints it: `If (feature 0 <= 2.5)`, `If (feature 1 in {0.0,2.0})`
    question = re.fullmatch(r"If \(feature (\d+) (.+)\)", line)
    if question is None:
        raise ValueError(f"No decision tree: {line!r} is where a question or a prediction should stand.")
    yes = _node(lines)
    next(lines, "")  # the line "Else (…)" says the opposite of the question
    return Split(int(question[1]), question[2], yes, _node(lines))
