"""What an exercise says of itself, to tell what is wrong with an answer, is true: reference, parts, kinds."""

import ast
import inspect
from collections.abc import Mapping

import numpy as np
import pytest

from autograder.course import grade_id, is_solution, read_notebook
from course_lib import syntax
from course_lib.check.checks import by_hand
from course_lib.check.exercise import HIDDEN, VISIBLE, Exercise
from course_lib.check.lesson import LessonChecks
from course_lib.check.plain import compare, to_plain
from tests.notebooks.lessons import NOTEBOOKS

UNDECLARED = {
    "its answer takes no input": "and_weights build_network head_and_loss edge_kernel build_cnn",
    "its input is a fixed set of points": "features",
    "each question builds a network, reads photographs or starts a Spark job": """
        photo_batches mend_pipeline shuffled_photos find_leaks residual_block freeze new_head cached
        longest_words by_country closest enrich revenue salting celsius clicks_per_window
        mse one_step error_rate make_pipeline index_cities sum_of_squares
    """,
}
"""Exercises that declare no inputs, by their reason: `autograder prove --draws` draws their hidden examples."""


def exercises(lesson):
    return LessonChecks((lesson.parent / "checks.py").read_text(encoding="utf-8")).exercises.values()


def questions(exercise):
    return [q for part in (VISIBLE, HIDDEN) for q in exercise().questions(part, np.random.default_rng(1))]


def binds(signature, arguments):
    """Whether these are arguments of the reference: some ways to look ask for others."""
    try:
        return bool(signature.bind(*arguments))
    except TypeError:
        return False


def parameters(lesson, name):
    """The parameters of the function that a student writes."""
    cells = [c for c in read_notebook(lesson)["cells"] if is_solution(c) and grade_id(c) == name]
    for node in syntax.parse(cells[0]["source"]).body:
        if isinstance(node, ast.FunctionDef) and node.name == name:
            return [argument.arg for argument in node.args.args]
    return []


@pytest.mark.seconds(60)
@pytest.mark.parametrize("lesson", NOTEBOOKS, ids=lambda lesson: lesson.stem)
def test_references_agree_with_every_example(lesson):
    for exercise in exercises(lesson):
        if exercise.reference is None:
            continue
        with np.errstate(all="ignore"):
            signature = inspect.signature(exercise.reference)
            fitting = [q for q in questions(exercise) if binds(signature, q.arguments)]
            assert fitting, exercise.name
            for question in fitting:
                given = to_plain(exercise.reference(*question.arguments))
                wrong = compare(to_plain(question.expected), given, exercise.rtol, exercise.atol)
                assert wrong is None, (exercise.name, question.arguments, wrong)
        names = [name for name in signature.parameters if name[:1] != "_"]
        if exercise().calls(question):
            assert set(names) <= set(parameters(lesson, exercise.name)), f"{exercise.name}: as the task calls them"


@pytest.mark.seconds(60)
@pytest.mark.parametrize("lesson", NOTEBOOKS, ids=lambda lesson: lesson.stem)
def test_kinds_and_parts_are_of_use(lesson):
    for exercise in exercises(lesson):
        assert isinstance(exercise.kinds, Mapping) and isinstance(exercise.parts, tuple), exercise.name
        if not exercise.kinds and not exercise.parts:
            continue
        asked = questions(exercise)
        for words, holds in exercise.kinds.items():
            of_this_kind = {bool(holds(*q.arguments)) for q in asked}
            assert of_this_kind == {True, False}, f"{exercise.name}: {words}"
        sizes = {len(q.expected) for q in asked if isinstance(q.expected, (tuple, list))}
        assert not exercise.parts or len(exercise.parts) in sizes, exercise.name


def test_steps_by_hand_fit_what_is_asked_first():
    told = 0
    for exercise in (exercise for lesson in NOTEBOOKS for exercise in exercises(lesson) if exercise.steps):
        asked = exercise().questions(VISIBLE, np.random.default_rng(1))
        steps = exercise.steps(*asked[0].arguments)
        assert steps and to_plain(dict(steps)) and all(isinstance(words, str) for words in steps), exercise.name
        told += 1
    assert told > 10


def test_a_point_alone_in_its_cluster_has_no_steps():
    (lesson,) = (one for one in NOTEBOOKS if one.parent.name.startswith("12_"))
    (silhouette,) = (one for one in exercises(lesson) if one.name == "silhouette")
    points, labels = np.array([[0.0], [2.0], [6.0]]), np.array([0, 0, 1])
    assert "· a: 4.0\n· b: 36.0" in by_hand(silhouette.steps, (0, points, labels))
    assert by_hand(silhouette.steps, (2, points, labels)) == ""


def test_exercises_declare_which_inputs_their_tasks_allow():
    undeclared = [
        exercise.name
        for lesson in NOTEBOOKS
        for exercise in exercises(lesson)
        if exercise.hidden_inputs is Exercise.hidden_inputs
    ]
    assert sorted(undeclared) == sorted(" ".join(UNDECLARED.values()).split())
