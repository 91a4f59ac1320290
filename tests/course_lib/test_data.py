"""The data sets are what their docstrings say, traps included."""

import re
from collections import Counter

import numpy as np
import pytest

from course_lib import data


def test_speeches_are_paragraphs_in_order_of_time():
    speeches = data.speeches()
    assert len(speeches) == 25_110
    assert speeches[0]["text"].startswith("Fellow-Citizens") and speeches[0]["president"] == "Washington"
    years = [record["year"] for record in speeches]
    assert years == sorted(years) and (years[0], years[-1]) == (1790, 2026)
    assert all(record["text"].strip() == record["text"] != "" for record in speeches)
    assert sum(len(record["text"].split()) for record in speeches) == pytest.approx(2.0e6, rel=0.02)


def test_weather_has_every_day_of_two_years_in_each_city():
    weather = data.weather()
    assert Counter(day["city"] for day in weather) == dict.fromkeys(data.COUNTRY, 731)
    assert len({day["country"] for day in weather}) == 4
    assert all(day["low"] <= day["mean"] <= day["high"] for day in weather)
    assert min(day["low"] for day in weather) == -13 and max(day["high"] for day in weather) == 102  # °F


def test_votes_are_counts_for_each_candidate_and_district():
    votes = data.votes()
    places = Counter((record["year"], record["district"]) for record in votes)
    assert len(places) == 2 * 53
    assert all(count == {2000: 2, 2004: 3}[year] for (year, _), count in places.items())
    assert all(type(record["votes"]) is int and record["votes"] > 0 for record in votes)
    first = next(record for record in votes if record["year"] == 2004 and record["candidate"] == "Kerry")
    assert first == {"year": 2004, "district": "CA-1", "candidate": "Kerry", "party": "D", "votes": 173_926}


def test_winners_have_names_of_one_form_and_one_winner_for_each_district():
    winners = data.winners()
    assert Counter(record["year"] for record in winners) == {2008: 435, 2016: 430}
    assert all(re.fullmatch(rf"{record['state']}-[1-9]\d*", record["district"]) for record in winners)
    assert len({(record["year"], record["district"]) for record in winners}) == len(winners)
    assert Counter(r["winner"] for r in winners) == {"Obama": 240, "McCain": 195, "Trump": 226, "Clinton": 204}


def test_lpsa_has_a_label_and_eight_features_that_are_nearly_standardised():
    rows = [[float(x) for x in line.replace(",", " ").split()] for line in data.lpsa().read_text().splitlines()]
    assert {len(row) for row in rows} == {9} and len(rows) == 67
    means = [sum(column) / 67 for column in zip(*rows, strict=True)]
    assert means[0] == pytest.approx(2.452, abs=0.001)
    assert all(0 < abs(mean) < 0.12 for mean in means[1:])


def test_binary_digits_are_ones_and_zeros_with_pixels_from_1_to_692():
    lines = [line.split() for line in data.binary_digits().read_text().splitlines()]
    assert Counter(label for label, *_ in lines) == {"1": 57, "0": 43}
    pixels = [pair.split(":") for _, *pairs in lines for pair in pairs]
    assert max(int(pixel) for pixel, _ in pixels) == 692
    assert all(0 < float(grey) <= 255 for _, grey in pixels)


def test_kmeans_data_is_six_points_in_two_groups():
    points = [[float(x) for x in line.split(" ")] for line in data.kmeans_data().read_text().splitlines()]
    assert points == [[x] * 3 for x in (0.0, 0.1, 0.2, 9.0, 9.1, 9.2)]


def test_movie_ratings_rate_a_film_once_for_each_person():
    ratings = data.movie_ratings()
    assert ratings[0] == {"user": 0, "movie": 2, "rating": 3.0}
    assert {record["user"] for record in ratings} == set(range(30))
    assert {record["movie"] for record in ratings} == set(range(100))
    assert {record["rating"] for record in ratings} == {1.0, 2.0, 3.0, 4.0, 5.0}
    assert len({(record["user"], record["movie"]) for record in ratings}) == len(ratings)


def test_a_caller_may_change_what_it_gets():
    data.weather()[0]["high"] = 1000
    assert data.weather()[0]["high"] == 68


def test_digits_are_images_of_ten_kinds_in_a_mixed_order():
    images, digits = data.digits()
    assert images.shape == (5000, 28, 28) and images.dtype == np.uint8 and images.max() == 255
    assert np.bincount(digits).tolist() == [500] * 10
    assert len(set(digits[:100])) == 10
    again, _ = data.digits()
    assert np.array_equal(images, again)
    ink = images.mean(axis=(1, 2))
    assert ink[digits == 1].mean() < 0.6 * ink[digits == 0].mean()  # a one needs less ink than a zero


def test_the_catalog_names_source_and_licence_of_every_set():
    catalog = data.catalog()
    names = [
        "speeches",
        "weather",
        "votes",
        "winners",
        "lpsa",
        "binary_digits",
        "kmeans_data",
        "movie_ratings",
        "digits",
    ]
    assert list(catalog.index) == names
    assert catalog["records"].tolist() == [25_110, 3655, 265, 865, 67, 100, 6, 1501, 5000]
    assert catalog.notna().all(axis=None) and (catalog[["source (package)", "licence"]] != "").all(axis=None)
    for name in catalog.index:
        docstring = getattr(data, name).__doc__
        assert "Source:" in docstring and "Returns:" in docstring
