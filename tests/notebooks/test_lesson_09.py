"""Lesson 09: the numbers that the cells print support what the prose says."""

import re

import pytest

from tests.notebooks.lessons import NOTEBOOKS, numbers, printed, read, run

pytestmark = pytest.mark.slow
LESSON = next(path for path in NOTEBOOKS if path.parent.name.startswith("09_"))


def text(cell: str) -> str:
    """What a cell prints."""
    return "".join(output["text"] for output in run(LESSON)[cell] if output["output_type"] == "stream")


def test_c17_the_decks_expression_gives_2520():
    mapped, reduced = printed(LESSON, "C17")
    assert numbers(mapped.replace("[", "").replace(",", " ")) == [3, 4, 5, 6, 7]
    assert numbers(reduced) == [2520]


def test_only_subtraction_and_the_mean_of_two_depend_on_the_cuts():
    differs = [line.split("  ")[0] for line in text("safe-reducers-run").splitlines() if "differs" in line]
    assert differs == ["a - b", "(a + b) / 2"]


def test_the_naive_mean_is_wrong_in_every_country_and_on_every_number_of_workers():
    rows = [[float(n) for n in re.findall(r"\d+\.\d", line)] for line in text("naive-mean").splitlines()[1:-1]]
    assert len(rows) == 4
    assert all(abs(mean - true) > 0.3 for true, *naive in rows for mean in naive)
    assert all(len(set(naive)) > 1 for _, *naive in rows)
    assert float(text("naive-mean").split()[-2]) > 20  # °F


def test_the_winner_of_the_state_wins_more_than_his_share_of_districts():
    rows = re.findall(r"(\d{4}) (\w+) +([\d.]+)% of the votes, \d+ of 53 districts \(([\d.]+)%\)", text("seats-run"))
    assert len(rows) == 4
    shares = {(year, name): (float(votes), float(districts)) for year, name, votes, districts in rows}
    for leader in (("2000", "Gore"), ("2004", "Kerry")):
        votes, districts = shares[leader]
        assert votes < districts
    assert all(int(line.split()[-1]) <= 5 for line in text("margins-figure").splitlines())


def test_the_table_of_2016_lacks_the_rows_that_the_prose_names():
    states, missing = text("country-wide-states").splitlines()
    assert missing.split(":")[1].split() == ["CA-34", "GA-6", "SC-5", "WA-4", "MT"]
    assert {"CA", "MT"} <= set(states.split()) and not {"GA", "SC", "WA"} & set(states.split())


def test_spark_gives_what_plain_python_gives():
    same = re.findall(r"same \w+: +(\w+)", text("spark-same-run"))
    assert same == ["True"] * 3


def test_the_plan_has_two_stages():
    assert text("lazy-run").count("+-(") == 1


def test_the_combiner_saves_bytes_and_most_where_keys_are_few():
    many_keys, few_keys = (float(n.replace(",", "")) for n in re.findall(r"sends ([\d,.]+) times", text("shuffle-run")))
    assert 1 < many_keys < 10
    assert few_keys > 100


def test_frequent_words_make_a_partition_heavy_and_both_cures_help():
    heaviest = {line.split("  ")[0].strip(): float(line.split()[-4]) for line in text("skew-run").splitlines()}
    assert heaviest["every pair"] > 1.8
    assert max(heaviest["salted"], heaviest["combined"]) < 1.4


def test_c16_without_the_cache_every_pass_parses_every_line_again():
    lines = [numbers(line) for line in printed(LESSON, "C16") if "lines parsed" in line]
    assert [row[0] for row in lines] == [1, 2, 4, 8]
    once = lines[0][1]
    assert once > 100
    assert [row[1:] for row in lines] == [[passes * once, once] for passes in (1, 2, 4, 8)]
    assert "same weights: True" in text("cache-compare")


def test_c18_our_centres_are_those_of_mllib():
    (line,) = printed(LESSON, "C18")
    assert numbers(line)[-1] < 1e-9


def test_spark_is_stopped_at_the_end():
    last = [cell for cell in read(LESSON).cells if cell.cell_type == "code"][-1]
    assert last.source.startswith("spark.stop()")
