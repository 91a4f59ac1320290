"""Lesson 09: the numbers that the cells print support what the prose says."""

import re

import pytest

from course_lib import data
from tests.notebooks.lessons import NOTEBOOKS, numbers, printed, prose, read, run

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
    _, states, missing = text("country-wide-states").splitlines()
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


def test_the_pages_show_what_the_lens_shows():
    assert "Spark's pages: http://127.0.0.1:40" in text("pages-open")
    stages = re.findall(r"^ +\d+ (\w+) +(\d+) +([\d,]+)$", text("pages-read"), re.M)
    assert [(name, tasks) for name, tasks, _ in stages] == [("groupByKey", "4"), ("reduceByKey", "4")] * 2
    assert [size for *_, size in reversed(stages)] == re.findall(r"([\d,]+) bytes", text("shuffle-run"))
    assert "the lens counted the same: True" in text("pages-read")


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


def test_upon_is_described_as_it_is():
    counts = {}
    for record in data.speeches():
        words = re.findall(r"[a-z]+", record["text"].lower())
        upon, all_words = counts.get(record["year"] // 10 * 10, (0, 0))
        counts[record["year"] // 10 * 10] = upon + words.count("upon"), all_words + len(words)
    share = {decade: 1000 * upon / words for decade, (upon, words) in counts.items()}
    assert share[1800] < 1 and share[2020] < 0.2
    assert all(2.5 < share[decade] < 4 for decade in range(1820, 1920, 10))
    assert "dips below 1 per thousand words in 1800, stays" in prose(LESSON, "first-picture")
    assert "near 3 from 1820 to 1910 and then fades to almost none" in prose(LESSON, "first-picture")


def test_both_years_margins_are_of_two_parties():
    assert re.findall(r"(\d{4}) (\w+) .* no district", text("seats-run")) == [("2004", "Other")]
    assert 'tally.get("Other", 0)' in prose(LESSON, "margins-figure")
    assert "the figure counts the votes of the two parties alone, in both years" in prose(LESSON, "seats-read")
    leads = {2000: [], 2004: []}
    tallies = {}
    for vote in data.votes():
        tallies.setdefault((vote["year"], vote["district"]), {})[vote["candidate"]] = vote["votes"]
    for (year, _), tally in tallies.items():
        both = sum(votes for name, votes in tally.items() if name != "Other")
        leads[year].append(100 - 200 * tally["Bush"] / both)
    lowest, highest = (round(end(leads[2000] + leads[2004])) for end in (min, max))
    assert (lowest, highest) == (-37, 74)
    assert "from about minus 37 to plus 74 per cent" in prose(LESSON, "margins-figure").replace('" "', "")
    close = [f"{year} decided by less than 5 points: {sum(abs(n) < 5 for n in leads[year])}" for year in leads]
    assert text("margins-figure").splitlines() == close


def test_the_number_of_groups_is_called_a_choice():
    assert "four was our choice" in prose(LESSON, "kmeans-figure") and "we *choose* $k = 4$" in prose(LESSON, "kmeans")
