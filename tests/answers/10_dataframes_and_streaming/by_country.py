"""Exercise `by_country`: what students hand in."""

# %% right: groupBy and agg
def by_country(days):
    return days.groupBy("country").agg(
        F.count("*").alias("days"), F.min("low").alias("coldest"), F.avg("mean").alias("mean")
    )

# %% right: SQL
def by_country(days):
    return session.sql(
        "SELECT country, count(*) AS days, min(low) AS coldest, mean(mean) AS mean FROM {days} GROUP BY country",
        days=days,
    )

# %% right: other order of columns and rows
def by_country(days):
    table = days.groupBy("country").agg(
        F.mean(F.col("mean")).alias("mean"), F.min(days.low).alias("coldest"), F.count("country").alias("days")
    )
    return table.orderBy(F.desc("mean"))

# %% right: sum by count, expressions
def by_country(days):
    return days.groupBy("country").agg(
        F.expr("count(1) AS days"), F.expr("min(low) AS coldest"), F.expr("sum(mean) / count(mean) AS mean")
    )

# %% right: by the RDD
def by_country(days):
    pairs = days.rdd.map(lambda d: (d.country, (1, d.low, d.mean)))
    merged = pairs.reduceByKey(lambda a, b: (a[0] + b[0], min(a[1], b[1]), a[2] + b[2]))
    rows = merged.map(lambda item: (item[0], item[1][0], item[1][1], item[1][2] / item[1][0]))
    return rows.toDF(["country", "days", "coldest", "mean"])

# %% wrong [by city]: the wrong key
def by_country(days):
    return days.groupBy("city").agg(
        F.count("*").alias("days"), F.min("low").alias("coldest"), F.avg("mean").alias("mean")
    )

# %% repair: groupBy("city") → groupBy("country")

# %% wrong [several rows for a country]: groups by country and city
def by_country(days):
    table = days.groupBy("country", "city").agg(
        F.count("*").alias("days"), F.min("low").alias("coldest"), F.avg("mean").alias("mean")
    )
    return table.drop("city")

# %% repair
def by_country(days):
    return days.groupBy("country").agg(
        F.count("*").alias("days"), F.min("low").alias("coldest"), F.avg("mean").alias("mean")
    )

# %% wrong [cities, not days]: counts different cities
def by_country(days):
    return days.groupBy("country").agg(
        F.count_distinct("city").alias("days"), F.min("low").alias("coldest"), F.avg("mean").alias("mean")
    )

# %% repair: F.count_distinct("city") → F.count("*")

# %% wrong [warmest low]: max for min
def by_country(days):
    return days.groupBy("country").agg(
        F.count("*").alias("days"), F.max("low").alias("coldest"), F.avg("mean").alias("mean")
    )

# %% repair: F.max → F.min

# %% wrong [low of the means]: the wrong column
def by_country(days):
    return days.groupBy("country").agg(
        F.count("*").alias("days"), F.min("mean").alias("coldest"), F.avg("mean").alias("mean")
    )

# %% repair: F.min("mean") → F.min("low")

# %% wrong [summed mean]: a sum
def by_country(days):
    return days.groupBy("country").agg(
        F.count("*").alias("days"), F.min("low").alias("coldest"), F.sum("mean").alias("mean")
    )

# %% repair: F.sum → F.avg

# %% wrong [column names]: no alias
def by_country(days):
    return days.groupBy("country").agg(F.count("*"), F.min("low"), F.avg("mean"))

# %% repair: F.count("*"), F.min("low"), F.avg("mean") → F.count("*").alias("days"), F.min("low").alias("coldest"), F.avg("mean").alias("mean")

# %% wrong [returns None]: shows, does not return
def by_country(days):
    days.groupBy("country").agg(F.count("*").alias("days"), F.min("low"), F.avg("mean")).explain()

# %% repair: returned in place of shown
def by_country(days):
    return days.groupBy("country").agg(F.count("*").alias("days"), F.min("low"), F.avg("mean"))

# %% repair: F.min("low"), F.avg("mean") → F.min("low").alias("coldest"), F.avg("mean").alias("mean")

# %% wrong [mean of means]: two groupings
def by_country(days):
    cities = days.groupBy("country", "city").agg(
        F.count("*").alias("days"), F.min("low").alias("coldest"), F.avg("mean").alias("mean")
    )
    return cities.groupBy("country").agg(
        F.sum("days").alias("days"), F.min("coldest").alias("coldest"), F.avg("mean").alias("mean")
    )

# %% repair
def by_country(days):
    return days.groupBy("country").agg(
        F.count("*").alias("days"), F.min("low").alias("coldest"), F.avg("mean").alias("mean")
    )

# %% wrong [days of the whole table]: counts before it groups
def by_country(days):
    all_days = days.count()
    return days.groupBy("country").agg(
        F.lit(all_days).alias("days"), F.min("low").alias("coldest"), F.avg("mean").alias("mean")
    )

# %% repair: F.lit(all_days) → F.count("*")

# %% wrong [days of a city]: counts by city, too
def by_country(days):
    most = days.groupBy("country", "city").count().groupBy("country").agg(F.max("count").alias("days"))
    rest = days.groupBy("country").agg(F.min("low").alias("coldest"), F.avg("mean").alias("mean"))
    return most.join(rest, "country").select("country", "days", "coldest", "mean")

# %% repair: days.groupBy("country", "city").count().groupBy("country").agg(F.max("count").alias("days")) → days.groupBy("country").agg(F.count("*").alias("days"))

# %% wrong [equal rows counted once]: countDistinct
def by_country(days):
    return days.groupBy("country").agg(
        F.count_distinct("*").alias("days"), F.min("low").alias("coldest"), F.avg("mean").alias("mean")
    )

# %% repair: F.count_distinct → F.count

# %% wrong [equal rows dropped]: distinct
def by_country(days):
    return days.distinct().groupBy("country").agg(
        F.count("*").alias("days"), F.min("low").alias("coldest"), F.avg("mean").alias("mean")
    )

# %% repair: days.distinct().groupBy → days.groupBy

# %% wrong [coldest and mean swapped]: aliases in the wrong place
def by_country(days):
    return days.groupBy("country").agg(
        F.count("*").alias("days"), F.min("low").alias("mean"), F.avg("mean").alias("coldest")
    )

# %% repair: F.min("low").alias("mean"), F.avg("mean").alias("coldest") → F.min("low").alias("coldest"), F.avg("mean").alias("mean")

# %% wrong [low of the highs]: the column high
def by_country(days):
    return days.groupBy("country").agg(
        F.count("*").alias("days"), F.min("high").alias("coldest"), F.avg("mean").alias("mean")
    )

# %% repair: F.min("high") → F.min("low")

# %% right: decimals of SQL
def by_country(days):
    return session.sql(
        """
        SELECT country, count(*) AS days, min(low) AS coldest, sum(mean) * 1.0 / count(*) AS mean
        FROM {days} GROUP BY country
        """,
        days=days,
    )

# %% wrong [too few rows]: no groups
def by_country(days):
    return days.agg(
        F.first("country").alias("country"),
        F.count("*").alias("days"),
        F.min("low").alias("coldest"),
        F.avg("mean").alias("mean"),
    )

# %% repair
def by_country(days):
    return days.groupBy("country").agg(
        F.count("*").alias("days"), F.min("low").alias("coldest"), F.avg("mean").alias("mean")
    )
