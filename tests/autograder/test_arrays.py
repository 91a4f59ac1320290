"""In a page checks run without NumPy: what stands there in its place says the same, to the last letter."""

import importlib
import math
import random
import sys
from unittest import mock

import numpy as np
import pytest

import course_lib
import course_lib.check.checks as checks
import course_lib.check.outcome as outcome
from autograder.authoring.site.in_page import arrays

OURS = "course_lib.check"


@pytest.fixture(scope="module")
def both():
    """The checks with NumPy, and imported afresh with what stands for it."""
    with mock.patch.dict(sys.modules), mock.patch.object(course_lib, "check", course_lib.check):
        for name in [name for name in sys.modules if name.startswith(OURS)]:
            del sys.modules[name]
        sys.modules["numpy"] = arrays
        without = importlib.import_module(f"{OURS}.checks"), importlib.import_module(f"{OURS}.outcome")
    return (checks, outcome), without


def said(modules, examples, got) -> str:
    """What a check says of an answer that gives this."""
    checks, outcome = modules
    try:
        checks.decide("f", examples, [outcome.Outcome(value=one) for one in got], {})
    except checks.CheckFailed as failed:
        return str(failed)
    return ""


NUMBERS = [0, 1, -1, 2, 7, 10, 1000, 2**63 - 1, 2**63, -(2**63), 2**64, 2**70, True, False]
NUMBERS += [0.0, -0.0, 0.5, 1 / 3, -2.5, 1e-5, 123456.789, 1e8, 1e20, 1e-300, 1e300, math.inf, -math.inf, math.nan]
OTHERS = [
    None,
    "",
    "Abba",
    "abba",
    " a b ",
    "1.5",
    (),
    {},
    set(),
    {"a": 1},
    {"a": 2.0, "b": [1]},
    {1, 2},
    {2, 3},
    ("a", 1),
]


def drawn(draw: random.Random, depth: int = 0):
    """Plain data of every form that an answer may give."""
    kind = draw.random()
    if kind < 0.45 or depth > 2:
        return draw.choice(NUMBERS)
    if kind < 0.55:
        return draw.choice(OTHERS)
    if kind < 0.75:
        size = draw.randint(0, 15)
        return [draw.choice(draw.choice([NUMBERS[:6], NUMBERS[12:20], NUMBERS])) for _ in range(size)]
    if kind < 0.9:
        rows, columns = draw.randint(0, 6), draw.randint(0, 6)
        return [[round(draw.uniform(-20, 20), draw.randint(0, 8)) for _ in range(columns)] for _ in range(rows)]
    return [drawn(draw, depth + 1) for _ in range(draw.randint(0, 4))]


def changed(draw: random.Random, value):
    """An answer near to what is right, as wrong ones are."""
    if not isinstance(value, list) or not value:
        if isinstance(value, (int, float)) and not isinstance(value, bool) and draw.random() < 0.7:
            return draw.choice([-value, value / 2, value + 1, [value], abs(value)])
        return value if draw.random() < 0.5 else drawn(draw)
    if all(isinstance(row, list) and len(row) == len(value[0]) for row in value) and draw.random() < 0.3:
        return draw.choice([[list(row) for row in zip(*value, strict=True)], [x for row in value for x in row]])
    kind = draw.randrange(7)
    if kind == 5:
        return [changed_by(item, lambda x: 2 * x + 1) for item in value]
    if kind == 6:
        return [changed_by(value[0], lambda x: x + 3), *value[1:]]
    if kind == 0:
        return value[::-1]
    if kind == 1:
        return value[draw.randint(0, 1) : len(value) - draw.randint(0, 1)]
    if kind == 2:
        number = draw.choice([2, -1, 0.5, 3.7])
        return [changed_by(item, lambda x: x * number) for item in value]
    if kind == 3:
        return [changed_by(item, draw.choice([lambda x: x + 0.5, math.floor, abs, lambda x: x * x])) for item in value]
    return [changed(draw, item) for item in value]


def changed_by(item, function):
    if isinstance(item, list):
        return [changed_by(part, function) for part in item]
    try:
        return function(item)
    except (TypeError, ValueError, OverflowError):
        return item


@pytest.mark.seconds(40)
def test_the_same_is_said_of_every_answer(both):
    draw, told = random.Random(7), set()
    for number in range(1_500):
        wanted = [drawn(draw) for _ in range(draw.randint(1, 3))]
        got = [changed(draw, one) if draw.random() < 0.8 else drawn(draw) for one in wanted]
        inputs = [drawn(draw) for _ in wanted]
        if number % 10 == 0:  # off by the argument
            wanted = [[draw.randint(1, 50) for _ in range(4)] for _ in range(3)]
            inputs = draw.sample(range(2, 20), 3)
            got = [[item * by for item in row] for row, by in zip(wanted, inputs, strict=True)]
        examples = [((one,), want) for one, want in zip(inputs, wanted, strict=True)]
        one, two = (said(modules, examples, got) for modules in both)
        assert one == two, f"draw {number}: {examples} {got}"
        told.add(one.partition("\n")[0])
    assert len(told) > 15, told  # else much of it was never asked


def test_arrays_are_written_as_numpy_writes_them():
    draw = random.Random(2)
    for _ in range(2_000):
        shape = tuple(draw.randint(0, 9) for _ in range(draw.randint(0, 3)))
        powers = draw.choice([(0, 0), (-2, 3), (-12, 12), (90, 110)])
        numbers = [draw.uniform(-1, 1) * 10 ** draw.randint(*powers) for _ in range(math.prod(shape))]
        if draw.random() < 0.3:
            numbers = [round(number) for number in numbers]
        real = np.array(numbers).reshape(shape)
        if real.dtype.kind not in "biuf":
            continue
        ours = arrays.array2string(arrays.ndarray(numbers, shape, real.dtype.kind), 6, 12, ", ")
        theirs = np.array2string(real, precision=6, threshold=12, separator=", ")
        assert ours.split() == theirs.split(), numbers
