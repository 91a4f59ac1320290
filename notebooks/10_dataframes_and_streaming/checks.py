"""The exercises of lesson 10."""

import re
from collections import Counter
from decimal import Decimal

import numpy as np
from pyspark.sql import functions as F
from pyspark.util import PythonEvalType

from course_lib import spark
from course_lib.check import Exercise, beside, unfit, when


@beside
def table(answer, result):
    """A DataFrame as lists: names of its columns in order of the alphabet, then its rows, sorted."""
    if not hasattr(result, "collect") or not hasattr(result, "columns"):
        return {"no table": result}
    plain = (int, float, str, type(None))
    order = sorted(range(len(result.columns)), key=result.columns.__getitem__)
    rows = [
        [float(cell) if isinstance(cell, Decimal) else cell for cell in map(row.__getitem__, order)]
        for row in result.collect()
    ]
    rows = [[cell if isinstance(cell, plain) else str(cell) for cell in row] for row in rows]
    return [sorted(result.columns), *sorted(rows, key=str)]


def opened(found):
    """What `table` gave: where the answer is no DataFrame, the answer as it is, and that is never right."""
    if not isinstance(found, dict):
        return found
    return None if found["no table"] is None else unfit(found["no table"])


def as_table(names, rows):
    """What `table` makes of a DataFrame with these columns and rows."""
    return [names.split(), *sorted(map(list, rows), key=str)]


def is_table(found):
    """Whether the answer gave a DataFrame at all."""
    return isinstance(found, list) and bool(found) and all(isinstance(line, list) for line in found)


def is_named(found):
    """Whether it begins with the names of its columns."""
    return is_table(found) and all(isinstance(name, str) for name in found[0])


TABLES = {
    "no DataFrame": (
        when(lambda got: isinstance(got, list) and not is_named(got)),
        "Return a DataFrame. `collect` makes a list of its rows.",
    ),
    "other columns": (
        when(lambda got, expected: is_named(got) and got[0] != expected[0]),
        "The columns are not those of the task. Compare their names, and look for one too many or too few.",
    ),
    "too few rows": (
        when(lambda got, expected: is_named(got) and len(got) < len(expected)),
        "The columns are those of the task; rows are missing.",
    ),
    "too many rows": (
        when(lambda got, expected: is_named(got) and len(got) > len(expected)),
        "The columns are those of the task; there are too many rows.",
    ),
}
"""How a table is not even in form what it should be; said where nothing better is."""


# --------------------------------------------------------------------------------------- exercise 1


@beside
def table_by_country(by_country, rows):
    columns = "country string, city string, low int, mean int, high int"
    return table(by_country, by_country(spark.start().createDataFrame(rows, columns)))


def climates(rows, key="country", cold=min, low="low", days=len, mean=np.mean):
    groups = {}
    for row in rows:
        day = dict(zip(("country", "city", "low", "mean", "high"), row, strict=True))
        groups.setdefault(day[key], []).append(day)
    lines = []
    for place, group in groups.items():
        line = {
            key: place,
            "coldest": cold(day[low] for day in group),
            "days": days([day["city"] for day in group]),
            "mean": float(mean([day["mean"] for day in group])),
        }
        lines.append([line[name] for name in sorted(line)])
    return as_table(
        "city coldest days mean" if key == "city" else "coldest country days mean", lines
    )


def mean_by_city(rows):
    """The right table, but for the mean: that of the cities' means."""
    names, *lines = climates(rows)
    cities = {(row[0], row[1]): np.mean([r[3] for r in rows if r[:2] == row[:2]]) for row in rows}
    means = [
        np.mean([m for (country, _), m in cities.items() if country == line[1]]) for line in lines
    ]
    return [names, *([*line[:3], float(m)] for line, m in zip(lines, means, strict=True))]


def of_different(rows):
    return climates(list(dict.fromkeys(rows)))


EQUAL_ROWS = (
    "Two equal rows are two days. Count all rows with `F.count('*')`, and drop none before."
)


def several_rows(got):
    """Whether a country has more than one row."""
    names, *lines = got
    countries = [line[names.index("country")] for line in lines]
    return len(set(countries)) < len(countries)


def cells(rows):
    """The cells of each row, whatever the order of the columns."""
    return sorted(sorted(map(str, row)) for row in rows)


class ByCountry(Exercise):
    """One row for each country: days, coldest, mean."""

    name = "by_country"

    def look(self, by_country, rows):
        found, right = opened(table_by_country(by_country, rows)), climates(rows)
        other_names = is_table(found) and found[0] != right[0]
        if other_names and cells(found[1:]) == cells(right[1:]):
            return {"names of the columns": found[0]}
        return found

    def examples(self):
        rows = [
            ("Peru", "Lima", 48, 61, 72),
            ("Peru", "Lima", 50, 60, 70),
            ("Peru", "Cusco", 41, 54, 66),
            ("Norway", "Oslo", -9, 0, 9),
            ("Norway", "Oslo", -9, 0, 9),
        ]
        right = [
            ["coldest", "country", "days", "mean"],
            [-9, "Norway", 2, 0.0],
            [41, "Peru", 3, 175 / 3],
        ]
        yield (rows,), right

    def hidden(self, rng):
        places = [("India", "Delhi"), ("India", "Mumbai"), ("China", "Beijing"), ("Chile", "Arica")]
        rows = []
        for number in rng.permutation(12):
            low = int(rng.integers(-20, 60))
            mean = low + int(rng.integers(1, 12))
            rows.append((*places[number % 4], low, mean, mean + int(rng.integers(1, 12))))
        rows += rows[:2]
        yield (rows,), climates(rows)

    mistakes = {
        "by city": (
            lambda rows: climates(rows, key="city"),
            "You group by the city. The question asks for countries.",
        ),
        "several rows for a country": (
            when(several_rows),
            "A country has several rows. Group by the country alone.",
        ),
        "cities, not days": (
            lambda rows: climates(rows, days=lambda cities: len(set(cities))),
            "`days` counts the different cities. Count the rows: `F.count('*')`.",
        ),
        "warmest low": (
            lambda rows: climates(rows, cold=max),
            "`coldest` is the highest low. `F.min` finds the lowest.",
        ),
        "low of the means": (
            lambda rows: climates(rows, low="mean"),
            "`coldest` is taken from the column `mean`. Take it from `low`.",
        ),
        "low of the highs": (
            lambda rows: climates(rows, low="high"),
            "`coldest` is taken from the column `high`. Take it from `low`.",
        ),
        "summed mean": (
            lambda rows: climates(rows, mean=sum),
            "`mean` is a sum. `F.avg` gives the mean.",
        ),
        "mean of means": (
            mean_by_city,
            "You average the cities' means, so a day counts more where a city has few. Average all days at once.",
        ),
        "days of the whole table": (
            lambda rows: climates(rows, days=lambda _: len(rows)),
            "`days` counts the rows of the whole table. Count inside each country.",
        ),
        "days of a city": (
            lambda rows: climates(rows, days=lambda cities: max(map(cities.count, cities))),
            "`days` counts the rows of one city. Count all rows of the country.",
        ),
        "equal rows counted once": (
            lambda rows: [
                *climates(rows)[:1],
                *(
                    [*all_of_it[:2], once[2], all_of_it[3]]
                    for all_of_it, once in zip(
                        climates(rows)[1:], of_different(rows)[1:], strict=True
                    )
                ),
            ],
            EQUAL_ROWS,
        ),
        "equal rows dropped": (lambda rows: of_different(rows), EQUAL_ROWS),
        "coldest and mean swapped": (
            lambda rows: [
                *climates(rows)[:1],
                *([d, b, c, a] for a, b, c, d in climates(rows)[1:]),
            ],
            "`coldest` holds the mean and `mean` the lowest low. Look at the names after `alias`.",
        ),
        "column names": (
            when(lambda got: got["names of the columns"]),
            'The values are right; the names are not. `.alias("days")` gives a column its name.',
        ),
    } | TABLES


# --------------------------------------------------------------------------------------- exercise 2


@beside
def table_of_closest(closest, rows, n):
    columns = "year int, district string, margin double"
    return table(closest, closest(spark.start().createDataFrame(rows, columns), n))


def ranked(rows, n, by_year=True, key=lambda row: (row[2], row[1]), rank=None):
    lines = []
    for year in {row[0] for row in rows} if by_year else [None]:
        group = sorted((row for row in rows if year in (None, row[0])), key=key)
        margins = [row[2] for row in group]
        for number, (at, district, margin) in enumerate(group, start=1):
            lines.append([district, rank(margin, margins) if rank else number, at])
    return as_table("district place year", (line for line in lines if line[1] <= n))


class Closest(Exercise):
    """The n closest races of each year."""

    name = "closest"

    def look(self, closest, rows, n):
        return opened(table_of_closest(closest, rows, n))

    def examples(self):
        rows = [
            (2004, "A", 0.3),
            (2000, "D", 0.4),
            (2004, "B", 0.1),
            (2004, "C", 0.2),
            (2000, "B", 0.5),
            (2000, "C", 0.4),
        ]
        yield (
            (rows, 2),
            [
                ["district", "place", "year"],
                ["B", 1, 2004],
                ["C", 1, 2000],
                ["C", 2, 2004],
                ["D", 2, 2000],
            ],
        )

        yield (
            ([(2008, "E", 0.0203), (2008, "A", 0.0204), (2012, "F", 0.7)], 1),
            [["district", "place", "year"], ["E", 1, 2008], ["F", 1, 2012]],
        )

    def hidden(self, rng):
        rows = [
            (2012, "Z", 0.2),
            (2012, "M", 0.05),
            (2012, "N", 0.2),
            (2012, "Y", 0.2),
            (2008, "A", 0.1042),
            (2008, "B", 0.1041),
        ]
        yield (rows, 3), ranked(rows, 3)
        rows = []
        for year in (2004, 2008, 2016):
            margins = rng.choice([0.01, 0.02, 0.2, 0.4], size=6).tolist()
            rows += [
                (year, district, margin) for district, margin in zip("EBAFDC", margins, strict=True)
            ]
        for n in (1, 4):
            yield (rows, n), ranked(rows, n)

    mistakes = {
        "one list for all years": (
            lambda rows, n: ranked(rows, n, by_year=False),
            "All years are ranked in one list. `PARTITION BY year` starts anew in each year.",
        ),
        "widest first": (
            lambda rows, n: ranked(rows, n, key=lambda row: (-row[2], row[1])),
            "These are the widest margins. The smallest comes first: no DESC.",
        ),
        "rank gives ties": (
            lambda rows, n: ranked(
                rows, n, rank=lambda m, all_of_them: 1 + sum(x < m for x in all_of_them)
            ),
            "`rank` gives equal margins the same place. `row_number` numbers them, and `district` decides.",
        ),
        "dense_rank gives ties": (
            lambda rows, n: ranked(
                rows, n, rank=lambda m, all_of_them: 1 + len({x for x in all_of_them if x < m})
            ),
            "`dense_rank` gives equal margins the same place. `row_number` numbers them.",
        ),
        "margins rounded": (
            lambda rows, n: ranked(rows, n, key=lambda row: (round(row[2], 2), row[1])),
            "Margins that differ a little count as equal, as if you rounded them. Order by the margin itself.",
        ),
        "order by district": (
            lambda rows, n: ranked(rows, n, key=lambda row: row[1]),
            "The places follow the alphabet. The margin comes first, the district only decides ties.",
        ),
        "ties by luck": (
            lambda rows, n: ranked(rows, n, key=lambda row: (row[2], -ord(row[1]))),
            "Of two equal margins the later district stands first. Order by margin, then by district.",
        ),
        "places from 0": (
            lambda rows, n: [
                *ranked(rows, n)[:1],
                *sorted([[d, place - 1, y] for d, place, y in ranked(rows, n)[1:]], key=str),
            ],
            "Your places begin with 0. The closest district has place 1.",
        ),
        "always two": (
            lambda rows, n: ranked(rows, 2),
            "You give two districts a year, whatever `n` says. Use the argument.",
        ),
        "one too few": (
            lambda rows, n: ranked(rows, n - 1),
            "Place n is missing. It belongs to the answer: `<=`.",
        ),
        "all places": (
            lambda rows, n: ranked(rows, 99),
            "You give every district. Keep the first n places.",
        ),
    } | TABLES


# --------------------------------------------------------------------------------------- exercise 3


@beside
def table_and_plan(enrich, sold, known):
    """The rows of the answer, and its plan where Spark may not guess which table is small."""
    session = spark.start()
    before = session.conf.get("spark.sql.autoBroadcastJoinThreshold")
    session.conf.set("spark.sql.autoBroadcastJoinThreshold", "-1")
    try:
        sales = session.createDataFrame(sold, "shop int, amount int")
        shops = session.createDataFrame(known, "shop int, country string")
        result = enrich(sales, shops)
        found = table(enrich, result)
        if not hasattr(result, "_jdf"):
            return found, None
        return found, result._jdf.queryExecution().executedPlan().toString()
    finally:
        session.conf.set("spark.sql.autoBroadcastJoinThreshold", before)


def is_dealt_anew(plan):
    """Whether rows travel by a shuffle that is not part of making the small table ready."""
    small = None
    for line in plan.splitlines():
        depth = len(line) - len(line.lstrip(" :+-"))
        small = None if small is not None and depth <= small else small
        if "BroadcastExchange" in line:
            small = depth
        elif small is None and re.search(r"\bExchange (hash|RoundRobin)", line):
            return True
    return False


def joined(sold, known, how="left", join="broadcast", twice=False):
    countries = dict(known)
    rows = [[a, countries.get(s), s] for s, a in sold if how == "left" or s in countries]
    if how == "right":
        rows += [[None, c, s] for s, c in known if s not in dict(sold)]
    if twice:
        rows = [[*row, row[2] if row[1] else None] for row in rows]
    names, *rows = as_table("amount country shop" + " shop" * twice, rows)
    return [names, rows, join]


class Enrich(Exercise):
    """A left join that broadcasts the small table."""

    name = "enrich"
    parts = ("the list of columns", "the list of rows", "the way of joining")

    def look(self, enrich, sold, known):
        found, plan = table_and_plan(enrich, sold, known)
        if plan is None or isinstance(found, dict):
            return opened(found)
        names, *rows = found
        broadcast = "BroadcastHashJoin" in plan or "BroadcastNestedLoopJoin" in plan
        dealt = "dealt anew, broadcast" if is_dealt_anew(plan) else "broadcast"
        return [names, rows, dealt if broadcast else "shuffle"]

    def examples(self):
        yield (
            ([(1, 5), (9, 3), (1, 4)], [(1, "Peru"), (2, "Chile")]),
            [
                ["amount", "country", "shop"],
                [[3, None, 9], [4, "Peru", 1], [5, "Peru", 1]],
                "broadcast",
            ],
        )

    def hidden(self, rng):
        a, b, unknown, without_sales = rng.permutation(90)[:4].tolist()
        x, y, z = rng.integers(1, 9, size=3).tolist()
        sold = [(a, x), (unknown, y), (a, x), (b, z)]
        known = [(b, "India"), (a, "China"), (without_sales, "Chile")]
        yield (sold, known), joined(sold, known)

    mistakes = {
        "no broadcast": (
            lambda s, k: joined(s, k, join="shuffle"),
            "The rows are right, but Spark is not told that `shops` is small. Wrap it: `F.broadcast(shops)`.",
        ),
        "large table dealt anew": (
            lambda s, k: joined(s, k, join="dealt anew, broadcast"),
            "The rows are right, and the join broadcasts `shops`. But another step, as `repartition` does, sends the "
            "sales to other partitions. Leave it out.",
        ),
        "inner join": (
            lambda s, k: joined(s, k, "inner"),
            'Sales of unknown shops are lost. A join is "inner" unless you say "left".',
        ),
        "inner shuffle join": (
            lambda s, k: joined(s, k, "inner", "shuffle"),
            'Sales of unknown shops are lost: say "left". Then let only the small table travel: `F.broadcast(shops)`.',
        ),
        "shop twice": (
            lambda s, k: joined(s, k, twice=True),
            'The column `shop` stands there twice. Join on its name: `"shop"`, not `sales.shop == shops.shop`.',
        ),
        "shops kept, not sales": (
            lambda s, k: joined(s, k, "right", "shuffle"),
            'Every shop stays, and sales of unknown shops are lost. The sales have to stay: a "left" join keeps '
            "what stands before `.join`.",
        ),
        "shops kept, not sales, broadcast": (
            lambda s, k: joined(s, k, "right"),
            'Every shop stays, and sales of unknown shops are lost. The sales have to stay: a "left" join keeps '
            "what stands before `.join`.",
        ),
    }


# --------------------------------------------------------------------------------------- exercise 4


@beside
def table_of_revenue(revenue, sold, history):
    session = spark.start()
    sales = session.createDataFrame(sold, "shop int, amount int")
    shops = session.createDataFrame(history, "shop int, country string, since int")
    return table(revenue, revenue(sales, shops))


def pairs(sold, history):
    """Country and amount of each sale, once for every row of its shop."""
    return [(c, amount) for shop, amount in sold for s, c, _ in history if s == shop]


def totals(amounts):
    sums = Counter()
    for country, amount in amounts:
        sums[country] += amount
    return as_table("country revenue", sums.items())


def means(amounts):
    names, *sums = totals(amounts)
    number = Counter(country for country, _ in amounts)
    return [names, *([country, total / number[country]] for country, total in sums)]


def one_row_each(history):
    return {(shop, country, 0) for shop, country, _ in history}


class Revenue(Exercise):
    """The revenue of each country; each sale counts once."""

    name = "revenue"

    def look(self, revenue, sold, history):
        return opened(table_of_revenue(revenue, sold, history))

    def examples(self):
        history = [
            (1, "Peru", 1999),
            (1, "Peru", 2020),
            (2, "Peru", 2001),
            (3, "Chile", 2020),
            (3, "Chile", 2022),
            (3, "Chile", 2022),
        ]
        yield (
            ([(1, 10), (1, 10), (2, 7), (2, 10), (3, 1)], history),
            [["country", "revenue"], ["Chile", 1], ["Peru", 37]],
        )

    def hidden(self, rng):
        yield ([(1, 3)], [(1, "Peru", 2000)]), [["country", "revenue"], ["Peru", 3]]
        a, b, c, d = rng.permutation(90)[:4].tolist()
        x, y, z = rng.integers(1, 50, size=3).tolist()
        sold = [(a, x), (a, x), (a, y), (b, z), (b, x), (c, z), (d, y)]
        history = [(b, "India", 2000), (c, "China", 1990), (a, "India", 2000), (d, "China", 1991)]
        history += [(a, "India", 2010), (c, "China", 1995), (a, "India", 2015)]
        history += [(a, "India", 2015)]
        yield (sold, history), totals(pairs(sold, one_row_each(history)))

    mistakes = {
        "counted twice": (
            lambda sold, history: totals(pairs(sold, history)),
            "A shop with two rows in its history counts each sale twice. "
            "Make `shops` one row per shop before the join.",
        ),
        "equal rows once": (
            lambda sold, history: totals(pairs(sold, set(history))),
            "Equal rows of `shops` are gone, but two renovations differ in `since`. "
            "Choose `shop` and `country` before `distinct`.",
        ),
        "latest rows": (
            lambda sold, history: totals(
                pairs(
                    sold, [r for r in history if r[2] == max(q[2] for q in history if q[0] == r[0])]
                )
            ),
            "Two renovations of a shop in one year leave two rows, and its sales count twice. Keep one row per shop.",
        ),
        "sales made distinct": (
            lambda sold, history: totals(pairs(set(sold), one_row_each(history))),
            "Two equal sales are two sales. "
            "Take the doubles out of `shops`, before the join, and leave the sales alone.",
        ),
        "sum of different amounts": (
            lambda sold, history: totals(set(pairs(sold, history))),
            "Equal amounts of a country count once, as with `sum_distinct`, or `distinct` after the join. "
            "Two sales of 10 are 20.",
        ),
        "one shop per country": (
            lambda sold, history: totals(
                pairs(sold, {row[1]: row for row in sorted(history, reverse=True)}.values())
            ),
            'Only one shop of each country is left. One row per *shop*: `dropDuplicates(["shop"])`.',
        ),
        "mean, not sum": (
            lambda sold, history: means(pairs(sold, one_row_each(history))),
            "`revenue` is a mean. Add the amounts: `F.sum`.",
        ),
        "number of sales": (
            lambda sold, history: totals([(c, 1) for c, _ in pairs(sold, one_row_each(history))]),
            "You count the sales. Add their amounts: `F.sum`.",
        ),
        "latest year only": (
            lambda sold, history: totals(
                pairs(sold, [row for row in history if row[2] == max(r[2] for r in history)])
            ),
            "You keep the rows of one year alone. Shops that were not renovated then are lost.",
        ),
    } | TABLES


# --------------------------------------------------------------------------------------- exercise 5


@beside
def records(answer, result):
    """The rows of a DataFrame, each as a dict."""
    return [row.asDict() for row in result.collect()] if hasattr(result, "collect") else result


@beside
def small_side(answer, known, salts):
    shops = spark.start().createDataFrame(known, "shop int, country string")
    return records(answer, answer.salt_small(shops, salts))


@beside
def large_side(answer, sold, salts):
    sales = spark.start().createDataFrame(sold, "id int, shop int")
    return records(answer, answer.salt_large(sales, salts))


def are_records(rows):
    return isinstance(rows, list) and bool(rows) and all(isinstance(row, dict) for row in rows)


def each_shop(known, salts):
    return sorted([shop, country, salt] for shop, country in known for salt in salts)


def each_sale(sold, salts):
    return [sorted(sold), list(salts), True]


def either_side(rows, salts):
    return (each_shop if isinstance(rows[0][1], str) else each_sale)(rows, salts)


def drawn(got):
    """The salts of the hot shop; none of the small side."""
    return got[1] if isinstance(got[0][0], (list, tuple, np.ndarray)) else []


class Salting(Exercise):
    """Both sides of a salted join."""

    name = "salting"
    asks = ("salt_large", "salt_small")

    def look(self, answer, known, salts):
        """Of the small side its rows."""
        rows = small_side(answer, known, salts)
        if not are_records(rows):
            return None if rows is None else unfit(rows)
        if "salt" not in rows[0]:
            return "no column salt"
        if any(isinstance(row["salt"], str) for row in rows):
            return "text"
        if len(rows) == len(known) and salts > 1:
            return "each shop once"
        return sorted([row["shop"], row["country"], row["salt"]] for row in rows)

    def large(self, answer, sold, salts):
        """Of the large side its sales, the salts of the most frequent shop, and whether its rows spread over them."""
        rows = large_side(answer, sold, salts)
        if not are_records(rows):
            return None if rows is None else unfit(rows)
        if "salt" not in rows[0]:
            return "no column salt"
        if any(isinstance(row["salt"], str) for row in rows):
            return "text"
        if any(row["salt"] is None or row["salt"] != int(row["salt"]) for row in rows):
            return "no whole numbers"
        used = {}
        for row in rows:
            used.setdefault(row["shop"], Counter())[row["salt"]] += 1
        hot = max(used, key=lambda shop: sum(used[shop].values()))
        if len(used[hot]) == 1 and salts > 1:
            return "one salt for the hot shop"
        spread = all(max(n.values()) <= 2.5 * sum(n.values()) / salts for n in used.values())
        return [sorted((row["id"], row["shop"]) for row in rows), sorted(used[hot]), spread]

    def examples(self):
        yield (
            ([(1, "Peru"), (2, "Chile")], 3),
            each_shop([(1, "Peru"), (2, "Chile")], range(3)),
        )
        sold = [(i, 1 if i % 5 else 2) for i in range(400)]
        yield (sold, 4), each_sale(sold, range(4)), self.large

    def hidden(self, rng):
        yield ([(7, "India"), (8, "India")], 1), [[7, "India", 0], [8, "India", 0]]
        a, b, c = rng.permutation(90)[:3].tolist()
        known, salts = [(b, "India"), (a, "Peru"), (c, "India")], int(rng.integers(3, 7))
        yield (known, salts), each_shop(known, range(salts))
        sold = [(i, a if often else b) for i, often in enumerate(rng.random(600) < 0.85)]
        yield (sold, salts), each_sale(sold, range(salts)), self.large

    mistakes = {
        "no column salt": (
            lambda rows, n: "no column salt",
            "The new column must be called `salt`.",
        ),
        "salts as text": (
            lambda rows, n: "text",
            'Your salts are text. A salt is a whole number: `.cast("int")`, and no quotes around it.',
        ),
        "one salt per shop": (
            lambda known, n: "each shop once" if n > 1 else each_shop(known, [0]),
            "Each shop stands there once. It must answer to every salt: repeat it, for instance with `F.explode`.",
        ),
        "salts from 1": (
            lambda rows, n: either_side(rows, range(1, n + 1)),
            "The salts run from 1. They should run from 0 to `salts - 1`.",
        ),
        "salt 0 left out": (
            lambda rows, n: either_side(rows, range(1, n)),
            "Salt 0 is missing. The salts run from 0 to `salts - 1`.",
        ),
        "last salt left out": (
            lambda rows, n: either_side(rows, range(n - 1)),
            "The last salt is missing. The salts run from 0 to `salts - 1`.",
        ),
        "one salt too many for a shop": (
            lambda known, n: each_shop(known, range(n + 1)),
            "There is one salt too many: 0 to `salts - 1`.",
        ),
        "constant salt": (
            lambda sold, n: "one salt for the hot shop",
            "All rows of the hot shop got the same salt, so they still go to one partition. "
            "Draw a salt for each row: `F.floor(F.rand() * salts)`, or `F.col('id') % salts`.",
        ),
        "not all shops": (
            when(lambda got, expected: got[:2] == expected[:2] and got[2] is False),
            "The salts of some shop are too uneven: one of them gets far more than its share of the rows. "
            "Draw a salt for each row.",
        ),
        "negative salts": (
            when(lambda got: min(drawn(got)) < 0),
            "Some salts are negative: a hash can be, and then its `%` is. `F.pmod` gives 0 to `salts - 1`.",
        ),
        "some salts are never drawn": (
            when(lambda got, expected: set() < set(drawn(got)) < set(expected[1])),
            "The rows of the hot shop get some of the salts alone. They should spread over all, 0 to `salts - 1`.",
        ),
        "one salt too many": (
            lambda sold, n: each_sale(sold, range(n + 1)),
            "There is one salt too many. `F.floor(F.rand() * salts)` gives 0 to `salts - 1`; rounding gives one more.",
        ),
        "sales repeated": (
            lambda sold, n: each_sale(sold * n, range(n)),
            "Each sale stands there once per salt. That is for the small side; a sale gets one salt.",
        ),
        "fractions": (
            lambda sold, n: "no whole numbers",
            "Some salts are no whole numbers and meet no shop. Cut fractions with `F.floor`.",
        ),
    }


# --------------------------------------------------------------------------------------- exercise 6


@beside
def kind_of_udf(celsius):
    """How Spark calls it: a number, None for a plain function."""
    return getattr(celsius, "evalType", None)


@beside
def column_through(celsius, temperatures):
    frame = spark.start().createDataFrame(list(enumerate(temperatures)), "id int, high double")
    rows = frame.coalesce(1).select("id", celsius("high")).collect()
    return [row[1] for row in sorted(rows)]


def each(formula):
    return lambda temperatures: [None if t is None else formula(t) for t in temperatures]


def to_celsius(f):
    return (f - 32) * 5 / 9


def proportional(got, expected):
    """Whether every temperature is off by one factor, neither 81/25 nor −1: those have hints of their own."""
    there = [number for number, right in enumerate(expected) if right]
    factor = got[there[0]] / expected[there[0]]
    scaled = [right if right is None else factor * right for right in expected]
    same = all(
        g is s or abs(g - s) < 1e-6 * max(1, abs(s)) for g, s in zip(got, scaled, strict=True)
    )
    return (
        same and abs(factor) > 1e-9 and all(abs(factor - other) > 1e-6 for other in (1, 3.24, -1))
    )


class Celsius(Exercise):
    """A pandas UDF."""

    name = "celsius"

    def look(self, celsius, temperatures):
        kind = kind_of_udf(celsius)
        if kind is None:
            return "no UDF"
        if kind not in (
            PythonEvalType.SQL_SCALAR_PANDAS_UDF,
            PythonEvalType.SQL_SCALAR_PANDAS_ITER_UDF,
        ):
            return "row by row"
        return column_through(celsius, temperatures)

    @staticmethod
    def steps(temperatures):
        return {"minus 32": each(lambda f: f - 32)(temperatures)}

    def examples(self):
        temperatures = [212.0, None, 32.0, 50.9, 13.0, 0.0]
        yield (temperatures,), [100.0, None, 0.0, 10.5, -95 / 9, -160 / 9]

    def hidden(self, rng):
        some, more = rng.uniform(-60, 130, size=(2, 3)).round(2).tolist()
        temperatures = [-40.0, *some, None, 98.6, None, 0.0, *more]
        yield (temperatures,), each(to_celsius)(temperatures)

    mistakes = {
        "no UDF": (
            lambda temperatures: "no UDF",
            'A plain function knows no columns. Write `@F.pandas_udf("double")` on the line above `def celsius`.',
        ),
        "another kind of UDF": (
            lambda temperatures: "row by row",
            "This UDF does not turn a Series into a Series. `F.udf` is called once per row: use `F.pandas_udf`, "
            "and leave the types in the line `def celsius` as they were.",
        ),
        "32 taken last": (each(lambda f: f * 5 / 9 - 32), "Take 32 away first, then multiply."),
        "32 left out": (each(lambda f: f * 5 / 9), "The 32 is missing. Take it away first."),
        "no brackets": (
            each(lambda f: f - 32 * 5 / 9),
            "`f - 32 * 5 / 9` multiplies first. Put brackets around the difference.",
        ),
        "32 added": (each(lambda f: (f + 32) * 5 / 9), "You add 32. Take it away."),
        "turned round": (
            each(lambda f: (32 - f) * 5 / 9),
            "The signs are wrong: it is the temperature minus 32, not 32 minus the temperature.",
        ),
        "another factor": (
            when(proportional),
            "32 degrees become 0, as they should; the factor is wrong. Multiply by 5, divide by 9.",
        ),
        "9/5": (each(lambda f: (f - 32) * 9 / 5), "The factor is 5/9. Yours is 9/5."),
        "back to Fahrenheit": (
            each(lambda c: c * 9 / 5 + 32),
            "That is Celsius to Fahrenheit, the other way.",
        ),
        "whole numbers": (
            each(lambda f: int(to_celsius(f))),
            'The fractions are gone. Is the type "int", or does something round? Use "double", and do not round.',
        ),
        "rounded": (
            each(lambda f: (f - 32) * 5 // 9),
            "The result is rounded down, as `//` does it. Divide with `/`.",
        ),
        "missing made zero": (
            lambda temperatures: [0 if t is None else to_celsius(t) for t in temperatures],
            "A missing temperature is not 0 degrees. Leave it missing: no `fillna`.",
        ),
        "missing taken for zero": (
            lambda temperatures: [to_celsius(t or 0) for t in temperatures],
            "A missing temperature is not 0 degrees. Leave it missing: no `fillna`.",
        ),
        "zero taken for missing": (
            lambda temperatures: [to_celsius(t) if t else None for t in temperatures],
            "0 degrees are a temperature; none is missing. `if f` takes 0 for nothing: ask `pd.isna(f)`.",
        ),
        "batch mean": (
            lambda ts: [np.mean([to_celsius(t) for t in ts if t is not None])] * len(ts),
            "You return one number for the whole batch. Return one per row: a Series as long as the input.",
        ),
    }


# --------------------------------------------------------------------------------------- exercise 7


@beside
def table_of_windows(clicks_per_window, events):
    """The answer for a table at rest, with the start of each window as HH:mm."""
    frame = spark.start().createDataFrame(events, "minute string, page string")
    time = F.to_timestamp(F.concat(F.lit("2026-03-01 "), "minute"), "yyyy-MM-dd HH:mm")
    result = clicks_per_window(frame.select(time.alias("time"), "page"))
    kind = dict(getattr(result, "dtypes", [])).get("start", "")
    if kind and not kind.startswith("timestamp"):
        return {"start": kind}
    if kind:
        result = result.withColumn("start", F.date_format("start", "HH:mm"))
    return table(clicks_per_window, result)


@beside
def plan_on_a_stream(clicks_per_window):
    """The plan of the answer for a stream, in a list; none is started."""
    stream = spark.start().readStream.format("rate").load()
    clicks = stream.select(F.col("timestamp").alias("time"), F.lit("home").alias("page"))
    result = clicks_per_window(clicks)
    plan = [result._jdf.queryExecution().analyzed().toString()] if hasattr(result, "_jdf") else None
    return plan or {"no table": result}


def by_window(events, length=10, slide=None, page=True):
    counts, slide = Counter(), slide or length
    for minute, name in events:
        at = int(minute[:2]) * 60 + int(minute[3:])
        for start in range(at // slide * slide, at - length, -slide):
            counts[name, f"{start // 60:02}:{start % 60:02}"] += 1
    if page:
        return as_table(
            "clicks page start", ((n, name, start) for (name, start), n in counts.items())
        )
    together = Counter()
    for (_, start), n in counts.items():
        together[start] += n
    return as_table("clicks start", ((n, start) for start, n in together.items()))


class ClicksPerWindow(Exercise):
    """Clicks by window and page, with a watermark."""

    name = "clicks_per_window"

    def look(self, clicks_per_window, events):
        found = table_of_windows(clicks_per_window, events)
        if isinstance(found, dict) and "start" in found:
            return f"start is of type {found['start']}"
        found = opened(found)
        return "the whole window" if is_table(found) and "window" in found[0] else found

    def waits(self, clicks_per_window, _stream):
        """How long a query on a stream waits for late clicks, read from its plan."""
        found = plan_on_a_stream(clicks_per_window)
        if isinstance(found, dict):
            return opened(found)
        (plan,) = found
        mark = re.search(r"EventTimeWatermark.*?time#\d+.*?, (.*)", plan)
        if not mark:
            return "no watermark"
        if "Aggregate" not in plan[: mark.start()]:
            return "watermark after the count"
        if not re.search(r"Aggregate \[(?:[^\[\]]*, )?`?\w+`?#\d+-T\d+ms[,\]]", plan):
            return "no group that the watermark closes"
        return mark[1].strip()

    def examples(self):
        events = [("10:01", "home"), ("10:09", "home"), ("10:10", "home"), ("10:19", "help")]
        events += [("10:01", "help"), ("10:01", "help")]
        yield (
            (events,),
            [
                ["clicks", "page", "start"],
                [1, "help", "10:10"],
                [1, "home", "10:10"],
                [2, "help", "10:00"],
                [2, "home", "10:00"],
            ],
        )
        yield ("stream",), "5 minutes", self.waits

    def hidden(self, rng):
        events = [("08:59", "cart"), ("09:00", "cart"), ("09:09", "cart"), ("09:04", "home")]
        events += [("09:04", "home"), ("23:55", "home")]
        for minute, page in zip(
            rng.integers(0, 60, 12), rng.choice(["cart", "home"], 12), strict=True
        ):
            events.append((f"09:{minute:02}", str(page)))
        yield (events,), by_window(events)
        yield ("stream",), "5 minutes", self.waits

    mistakes = {
        "the whole window": (
            lambda events: "the whole window",
            'The column `window` has a start and an end. Keep its start: `.select("window.start", ...)`.',
        ),
        "times, not clicks": (
            lambda events: by_window(list(dict.fromkeys(events))),
            "You count different times. Two clicks at the same time are two clicks: `F.count('*')`.",
        ),
        "not a timestamp": (
            when(lambda got: got.startswith("start is of type")),
            "`start` should be a timestamp, as `window.start` is: no text, no number.",
        ),
        "no group that the watermark closes": (
            lambda _: "no group that the watermark closes",
            "On a stream Spark cannot close these groups, and the state grows for ever. Group by `F.window(...)` "
            "itself; take its start afterwards.",
        ),
        "pages together": (
            lambda events: by_window(events, page=False),
            "All pages are counted together. Group by the window *and* the page.",
        ),
        "windows of 5 minutes": (
            lambda events: by_window(events, 5),
            "Your windows are 5 minutes long. That is the watermark; the window is 10 minutes.",
        ),
        "windows of an hour": (
            lambda events: by_window(events, 60),
            "Your windows are an hour long; 10 minutes are asked.",
        ),
        "sliding windows": (
            lambda events: by_window(events, 10, slide=5),
            "Your windows overlap, so a click counts twice. Give `F.window` one length only.",
        ),
        "by the minute": (
            lambda events: by_window(events, 1),
            'Each time is its own group. Group by `F.window("time", "10 minutes")`; its start is `window.start`.',
        ),
        "no watermark": (
            lambda _: "no watermark",
            "There is no watermark on `time`, and on a stream the state would grow for ever. "
            'Say `.withWatermark("time", "5 minutes")` before `groupBy`.',
        ),
        "watermark after the count": (
            lambda _: "watermark after the count",
            "The watermark comes after the count, too late to close a window. Set it before `groupBy`.",
        ),
        "watermark of 10 minutes": (
            lambda _: "10 minutes",
            "Your watermark waits 10 minutes. That is the window; the watermark is 5 minutes.",
        ),
        "another watermark": (
            when(lambda got: re.fullmatch(r"\d+ \w+", got)),
            "Your watermark does not wait 5 minutes.",
        ),
    } | TABLES
