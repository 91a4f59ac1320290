"""Exercise `closest`: what students hand in."""

# %% right: SQL
def closest(results, n):
    return session.sql(
        """
        SELECT year, place, district FROM (
            SELECT *, row_number() OVER (PARTITION BY year ORDER BY margin, district) AS place FROM {results}
        ) WHERE place <= {n}
        """,
        results=results,
        n=n,
    )

# %% right: DataFrame methods
def closest(results, n):
    window = Window.partitionBy("year").orderBy("margin", "district")
    placed = results.withColumn("place", F.row_number().over(window))
    return placed.where(F.col("place") <= n).select("year", "place", "district")

# %% right: a view and an f-string
def closest(results, n):
    results.createOrReplaceTempView("results_of_mine")
    return session.sql(f"""
        WITH placed AS (
            SELECT year, district, row_number() OVER (PARTITION BY year ORDER BY margin ASC, district ASC) AS place
            FROM results_of_mine)
        SELECT district, year, place FROM placed WHERE place < {n} + 1 ORDER BY year, place
    """)

# %% right: rank with a tie-breaker
def closest(results, n):
    window = Window.partitionBy("year").orderBy(F.asc("margin"), F.asc("district"))
    return results.select("year", F.rank().over(window).alias("place"), "district").filter(f"place <= {n}")

# %% right: QUALIFY
def closest(results, n):
    return session.sql(
        "SELECT year, row_number() OVER (PARTITION BY year ORDER BY margin, district) AS place, district "
        "FROM {results}",
        results=results,
    ).where(F.col("place").between(1, n))

# %% wrong [one list for all years]: no PARTITION BY
def closest(results, n):
    window = Window.orderBy("margin", "district")
    placed = results.withColumn("place", F.row_number().over(window))
    return placed.where(F.col("place") <= n).select("year", "place", "district")

# %% repair: Window.orderBy → Window.partitionBy("year").orderBy

# %% wrong [widest first]: DESC
def closest(results, n):
    window = Window.partitionBy("year").orderBy(F.desc("margin"), "district")
    placed = results.withColumn("place", F.row_number().over(window))
    return placed.where(F.col("place") <= n).select("year", "place", "district")

# %% repair: F.desc("margin") → "margin"

# %% wrong [rank gives ties]: rank
def closest(results, n):
    window = Window.partitionBy("year").orderBy("margin")
    placed = results.withColumn("place", F.rank().over(window))
    return placed.where(F.col("place") <= n).select("year", "place", "district")

# %% repair: F.rank() → F.row_number()

# %% repair: orderBy("margin") → orderBy("margin", "district")

# %% wrong [dense_rank gives ties]: dense_rank
def closest(results, n):
    window = Window.partitionBy("year").orderBy("margin")
    placed = results.withColumn("place", F.dense_rank().over(window))
    return placed.where(F.col("place") <= n).select("year", "place", "district")

# %% repair: F.dense_rank() → F.row_number()

# %% repair: orderBy("margin") → orderBy("margin", "district")

# %% wrong [order by district]: the alphabet
def closest(results, n):
    window = Window.partitionBy("year").orderBy("district")
    placed = results.withColumn("place", F.row_number().over(window))
    return placed.where(F.col("place") <= n).select("year", "place", "district")

# %% repair: orderBy("district") → orderBy("margin", "district")

# %% wrong [one too few]: less than
def closest(results, n):
    window = Window.partitionBy("year").orderBy("margin", "district")
    placed = results.withColumn("place", F.row_number().over(window))
    return placed.where(F.col("place") < n).select("year", "place", "district")

# %% repair: < n → <= n

# %% wrong [all places]: no filter
def closest(results, n):
    window = Window.partitionBy("year").orderBy("margin", "district")
    return results.select("year", F.row_number().over(window).alias("place"), "district")

# %% repair: .alias("place"), "district") → .alias("place"), "district").where(F.col("place") <= n)

# %% wrong [ties by luck]: district the other way
def closest(results, n):
    window = Window.partitionBy("year").orderBy("margin", F.desc("district"))
    placed = results.withColumn("place", F.row_number().over(window))
    return placed.where(F.col("place") <= n).select("year", "place", "district")

# %% repair: F.desc("district") → "district"

# %% wrong [places from 0]: counts as Python does
def closest(results, n):
    order = Window.partitionBy("year").orderBy("margin", "district")
    table = results.withColumn("place", F.row_number().over(order) - 1)
    return table.where(F.col("place") < n).select("year", "place", "district")

# %% repair: .over(order) - 1) → .over(order))

# %% repair: < n → <= n

# %% wrong [always two]: the example's number
def closest(results, n):
    order = Window.partitionBy("year").orderBy("margin", "district")
    table = results.withColumn("place", F.row_number().over(order))
    return table.where("place <= 2").select("year", "place", "district")

# %% repair: where("place <= 2") → where(F.col("place") <= n)

# %% wrong [margins rounded]: rounds first
def closest(results, n):
    races = Window.partitionBy("year").orderBy(F.round("margin", 1), "district")
    places = results.withColumn("place", F.row_number().over(races))
    return places.where(F.col("place") <= n).select("year", "place", "district")

# %% repair: F.round("margin", 1) → "margin"

# %% wrong [other columns]: the margin stays
def closest(results, n):
    order = Window.partitionBy("year").orderBy("margin", "district")
    return results.withColumn("place", F.row_number().over(order)).where(F.col("place") <= n)

# %% repair: where(F.col("place") <= n) → where(F.col("place") <= n).drop("margin")

# %% wrong [no DataFrame]: collected
def closest(results, n):
    order = Window.partitionBy("year").orderBy("margin", "district")
    places = results.withColumn("place", F.row_number().over(order))
    return places.where(F.col("place") <= n).select("year", "place", "district").collect()

# %% repair: .collect() →

# %% wrong [too many rows]: a place for each district
def closest(results, n):
    order = Window.partitionBy("year", "district").orderBy("margin")
    places = results.withColumn("place", F.row_number().over(order))
    return places.where(F.col("place") <= n).select("year", "place", "district")

# %% repair (nudge): partitionBy("year", "district").orderBy("margin") → partitionBy("year").orderBy("margin", "district")
