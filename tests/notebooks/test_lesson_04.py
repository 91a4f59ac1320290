"""Lesson 04: the numbers that the cells print support what the prose says. No time is compared with anything."""

import importlib.util
import re
from inspect import signature
from pathlib import Path
from statistics import median

import pytest
from optuna.samplers import TPESampler
from scipy.stats import spearmanr

from tests.notebooks.lessons import NOTEBOOKS, lines_of, numbers, printed, prose

pytestmark = pytest.mark.slow
LESSON = next(path for path in NOTEBOOKS if path.parent.name.startswith("04_"))


def rows(claim, *words):
    return [line for line in printed(LESSON, claim) if all(word in line for word in words)]


def test_c6_the_winner_of_the_search_is_better_on_fresh_data_too():
    (counts,) = rows("C6", "pruned")
    trials, pruned, trained, possible = numbers(counts)
    assert trials == 16 and possible == 192
    assert pruned >= 3 and trained < 0.9 * possible
    assert signature(TPESampler).parameters["n_startup_trials"].default == 10
    assert "first ten trials are drawn at random" in prose(LESSON, "search-idea")
    (ten,), (twelve,), (winner,) = (
        rows("C6", words) for words in ("choices, 10 epochs", "choices, 12 epochs", "the winner's")
    )
    deck_10, deck_12, found = (numbers(line)[1] for line in (ten, twelve, winner))
    assert found < deck_12 / 2 and found < deck_10 / 2


def test_c7_an_exponential_unit_helps_with_rain_and_harms_with_distances():
    of_top = {}
    mse = {}
    for line in rows("C7", " rate "):
        name, head = re.match(r"C7: (\w+) +(\w+)", line).groups()
        _, mse[name, head], _, _, of_top[name, head] = numbers(line)
    assert mse["rain", "exponential"] < 0.7 * mse["rain", "linear"]
    assert of_top["rain", "exponential"] < 0.8 * of_top["rain", "linear"]
    assert mse["distance", "exponential"] > 5 * mse["distance", "linear"]


def test_c8_validation_sees_over_fitting():
    runs = [numbers(line) for line in rows("C8", "best validation in epoch")]
    assert len(runs) == 5
    at_the_end, kept = [run[2] for run in runs], [run[4] for run in runs]
    assert median(at_the_end) > 1.3 * median(kept)
    assert sum(end > best for end, best in zip(at_the_end, kept, strict=True)) >= 4


def test_validation_ranks_the_cures_much_as_fresh_points_do():
    lines = [line for line in lines_of(LESSON, "regularise-table")[1:] if not line.startswith("early stopping")]
    pairs = [re.search(r"val (\S+) +fresh (\S+)", line).groups() for line in lines]
    assert len(pairs) == 8 and spearmanr([[float(n) for n in pair] for pair in pairs]).statistic > 0.6
    assert "in much the same order" in prose(LESSON, "regularise-reading")


def test_c8_the_last_fifth_of_sorted_rows_asks_another_question():
    (mixed,), (by_class,) = (rows("C8", order, "in the last fifth") for order in ("mixed", "sorted"))
    assert "[0 1 2 3 4 5 6 7 8 9]" in mixed
    assert re.search(r"\[(7 )?8 9\]", by_class)
    for order in ("mixed", "sorted"):
        for line in rows("C8", order, "seed"):
            validation, fresh = (float(part) for part in re.findall(r"\d\.\d+", line))
            if order == "mixed":
                assert validation > 0.85 and fresh > 0.85
            else:
                assert validation < 0.15 and 0.6 < fresh < 0.85


def contest():
    """(default or best, optimizer) → rate, median MSE, epochs to 0.3, epochs to 0.1."""
    table = {}
    for line in rows("C9"):
        found = re.match(r"C9: (default|best) +(\w+) +(\S+) +(\S+) \(.*\) +(\S+) \| (\S+)", line)
        if found:
            values = [float(value.replace("never", "inf")) for value in found.groups()[2:]]
            table[found[1], found[2]] = dict(zip(("rate", "mse", "to_0.3", "to_0.1"), values, strict=True))
    assert len(table) == 8
    return table


def test_c9_at_the_defaults_sgd_is_ahead_of_adam():
    table = contest()
    sgd, adam = table["default", "SGD"], table["default", "Adam"]
    assert sgd["to_0.3"] <= 5 < adam["to_0.3"]
    assert table["default", "Adagrad"]["mse"] > 10


def test_c9_at_its_best_rate_adam_is_ahead_of_sgd_and_adagrad_keeps_up():
    table = contest()
    sgd, adam, adagrad = (table["best", name] for name in ("SGD", "Adam", "Adagrad"))
    assert adam["mse"] < 0.7 * sgd["mse"] and adagrad["mse"] < 0.7 * sgd["mse"]
    assert adam["to_0.1"] < sgd["to_0.1"] and adagrad["to_0.1"] < sgd["to_0.1"]
    assert adam["rate"] > 0.001, "better than its default"


def test_c9_what_each_optimizer_keeps_beside_a_weight():
    kept = {re.match(r"C9: (\w+)", line)[1]: numbers(line)[-1] for line in rows("C9", "numbers per weight")}
    assert kept == {"SGD": 1, "RMSprop": 2, "Adagrad": 2, "Adam": 3}


def test_c10_the_same_product_and_the_same_predictions_however_computed():
    (small,) = rows("C10", "difference to NumPy")
    assert all(difference < 1e-10 for difference in numbers(small))
    large = rows("C10", "of the largest number")
    assert large and all(float(re.search(r"difference (\S+) of", line)[1]) < 1e-2 for line in large)
    calls = [numbers(line) for line in rows("C10", "batches of")]
    assert [run[0] for run in calls] == [1, 32, 1024] and [run[1] for run in calls] == [1024, 32, 1]
    (predictions,) = rows("C10", "between the predictions")
    assert numbers(predictions)[-1] < 1e-4


def test_only_tensorflow_looks_for_the_logit_behind_a_sigmoid():
    """Read in Keras's own source: of its backends one goes back to the logit."""
    backends = Path(importlib.util.find_spec("keras").origin).parent / "src" / "backend"
    looks = [
        name for name in ("tensorflow", "jax", "torch") if "_get_logits" in (backends / name / "nn.py").read_text()
    ]
    assert looks == ["tensorflow"]
    assert "On TensorFlow alone" in prose(LESSON, "crossentropy-reading")
