"""Playground: gradient descent on the 67 patients of lpsa.data. Step size, iterations and intercept as controls."""

from __future__ import annotations

from course_lib import data
from course_lib.playground import view


def descent(step: float = 1.0, iterations: int = 100, intercept: bool = False) -> None:
    """Linear regression as MLlib's ``LinearRegressionWithSGD`` trains it, with all rows in every step.

    The dashed line is the least MSE that the model can reach, however long it trains.
    """
    rows = [line.replace(",", " ").split() for line in data.lpsa().read_text(encoding="utf-8").splitlines()]
    patients = {"x": [list(map(float, row[1:])) for row in rows], "y": [float(row[0]) for row in rows]}
    view.play("descent", {"step": step, "iterations": iterations, "intercept": intercept}, patients)
