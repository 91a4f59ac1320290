"""Lesson 07: the numbers that the cells print support what the prose says. Memory and counts, never a time."""

import inspect
import re

import pytest

from tests.notebooks.lessons import NOTEBOOKS, numbers, printed, prose, run

pytestmark = pytest.mark.slow
LESSON = next(path for path in NOTEBOOKS if path.parent.name.startswith("07_"))
WAYS = ["in memory", "generator", "tf.data", "PyDataset"]


def text(cell: str) -> str:
    return "".join(out.get("text", "") for out in run(LESSON)[cell] if out.get("name") == "stdout")


def test_c15_a_generator_needs_under_a_third_of_the_memory_above_the_floor():
    floor, *rows = printed(LESSON, "C15")[:5]
    floor_mb = numbers(floor)[0]
    above, decoded = {}, {}
    for line in rows:
        name, peak, over, count = re.match(
            r"C15: (.+?) +peak +(\d+) MB, above the floor +(-?\d+) MB; decoded ([\d,]+)$", line
        ).groups()
        above[name], decoded[name] = float(over), int(count.replace(",", ""))
        assert float(peak) == pytest.approx(floor_mb + above[name], abs=2)
    assert list(above) == WAYS
    set_mb = float(re.search(r"decoded set: (\d+) MB", text("race-ratios"))[1])
    assert set_mb == pytest.approx(226, abs=1)
    assert above["in memory"] > set_mb
    assert above["generator"] < above["in memory"] / 3 and above["PyDataset"] < above["in memory"] / 3
    assert above["tf.data"] < above["in memory"]  # its threads keep memory of their own: more cores, more threads


def test_c15_the_counts_that_explain_the_time():
    count = {line.split("  ")[0][5:].strip(): line.rsplit(" ", 1)[1] for line in printed(LESSON, "C15")[1:5]}
    assert count["in memory"] == "1,500"
    for name in WAYS[1:]:
        key = next(key for key in count if key.startswith(name))
        assert 3000 <= int(count[key].replace(",", "")) < 4500  # Keras asks for a few batches ahead


def test_c26_how_many_photographs_the_slides_call_asks_for():
    training, validation, steps, *_ = printed(LESSON, "C26")
    assert numbers(training) == [2000, 64000, 2000, 32]
    assert numbers(validation) == [800, 25600, 800, 32]
    assert numbers(steps) == [63, 25]


def test_c26_what_keras_does_when_a_stream_runs_dry():
    batches = {}
    for line in printed(LESSON, "C26")[3:]:
        name, epochs = re.match(r"C26: (.+?) +8 steps wanted, batches in each epoch: \[(.+)\]", line).groups()
        batches[name] = [int(n) for n in epochs.split(", ")]
    assert batches["finite tf.data"] == [5, 5, 5]
    assert batches["endless generator"] == batches["tf.data, repeat()"] == [8, 8, 8]
    first, *later = batches["finite generator"]
    assert first == 5 and all(n < 5 for n in later)
    assert "ran out of data" in text("dry-run")


def test_a_cache_leaves_no_readings_for_the_second_epoch():
    for line in text("tfdata-measure").splitlines()[1:-1]:
        readings = [int(n) for n in re.findall(r"(\d+) readings", line)]
        assert readings == ([128, 0] if "cache" in line else [128, 128]), line


def test_augmentation_works_in_training_only():
    in_training, in_prediction = (int(n) for n in re.findall(r": (\d) of 8", text("augmentation-off")))
    assert in_training > 0 and in_prediction == 0


def test_skips_let_the_gradient_and_the_training_through_and_so_does_a_start_that_fits():
    guess, *rows = text("depth-measure").splitlines()
    gradients, losses = {}, {}
    for line in rows:
        name, gradient, loss = re.match(r"(.+?) +first gradient +(\S+) +loss (\S+)", line).groups()
        gradients.setdefault(name, []).append(float(gradient))
        losses.setdefault(name, []).append(float(loss))
    assert {name: len(runs) for name, runs in losses.items()} == {"plain": 2, "plain, He's start": 2, "with skips": 2}
    assert max(gradients["plain"]) < min(gradients["with skips"] + gradients["plain, He's start"]) / 10
    variance = float(guess.split()[-1])
    assert min(losses["plain"]) > 0.9 * variance
    assert max(losses["with skips"]) < variance / 4 and max(losses["plain, He's start"]) < variance / 2
    assert "He's start cures this case without a skip" in prose(LESSON, "depth-reading")


def test_both_outputs_learn_and_only_the_brightness_needs_the_exposure():
    rows = [[float(n) for n in re.findall(r"\d\.\d+", line)] for line in text("two-train").splitlines()]
    (_, guess), (kind, brightness), (kind_hidden, brightness_hidden) = rows
    assert min(kind, kind_hidden) > 0.6
    assert brightness < 0.8 * guess and brightness < brightness_hidden


def test_the_slides_calls_fail_as_the_lesson_says_and_the_cures_run():
    generator, images = text("then-fit-generator"), text("then-image-data-generator")
    assert "has no attribute 'fit_generator'" in generator and "model.fit(generator) ran" in generator
    assert "has no attribute 'ImageDataGenerator'" in images and "(32, 112, 112, 3) (32, 1) batches: 63" in images


def test_a_generator_function_is_called_what_it_is():
    def function():
        yield 1

    assert inspect.isgeneratorfunction(function) and not inspect.isgenerator(function)
    assert inspect.isgenerator(function())
    assert "A Python function with `yield` is a **generator function**." in prose(LESSON, "folder-reading")
    assert text("generator-first").startswith("nothing has run yet")
