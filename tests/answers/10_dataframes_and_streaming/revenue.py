"""Exercise `revenue`: what students hand in."""

# %% right: distinct shops
def revenue(sales, shops):
    known = shops.select("shop", "country").distinct()
    return sales.join(known, "shop").groupBy("country").agg(F.sum("amount").alias("revenue"))

# %% right: dropDuplicates
def revenue(sales, shops):
    both = sales.join(shops.dropDuplicates(["shop"]), "shop")
    return both.groupBy("country").agg(F.sum("amount").alias("revenue"))

# %% right: latest row by a group
def revenue(sales, shops):
    known = shops.groupBy("shop").agg(F.max_by("country", "since").alias("country"))
    return sales.join(F.broadcast(known), "shop", "left").groupBy("country").agg(F.sum("amount").alias("revenue"))

# %% right: SQL
def revenue(sales, shops):
    return session.sql(
        "SELECT sum(amount) AS revenue, country FROM {sales} "
        "JOIN (SELECT DISTINCT shop, country FROM {shops}) USING (shop) GROUP BY country",
        sales=sales,
        shops=shops,
    )

# %% right: window, last renovation
def revenue(sales, shops):
    latest = Window.partitionBy("shop").orderBy(F.desc("since"))
    known = shops.withColumn("n", F.row_number().over(latest)).where("n = 1")
    return sales.join(known, "shop").groupBy("country").agg(F.sum("amount").alias("revenue"))

# %% right: sum first
def revenue(sales, shops):
    by_shop = sales.groupBy("shop").agg(F.sum("amount").alias("amount"))
    pairs = shops.select("country", "shop").dropDuplicates()
    return pairs.join(by_shop, "shop").groupBy("country").agg(F.sum("amount").alias("revenue"))

# %% wrong [counted twice]: as the colleague wrote it
def revenue(sales, shops):
    both = sales.join(shops, "shop")
    return both.groupBy("country").agg(F.sum("amount").alias("revenue"))

# %% repair: join(shops, → join(shops.distinct(),

# %% repair: shops.distinct() → shops.select("shop", "country").distinct()

# %% wrong [sales made distinct]: distinct on the wrong table
def revenue(sales, shops):
    both = sales.distinct().join(shops.select("shop", "country").distinct(), "shop")
    return both.groupBy("country").agg(F.sum("amount").alias("revenue"))

# %% repair: sales.distinct() → sales

# %% wrong [sales made distinct]: distinct after the join
def revenue(sales, shops):
    both = sales.join(shops, "shop").select("shop", "country", "amount").distinct()
    return both.groupBy("country").agg(F.sum("amount").alias("revenue"))

# %% repair: sales.join(shops, "shop").select("shop", "country", "amount").distinct() → sales.join(shops.select("shop", "country").distinct(), "shop")

# %% wrong [equal rows once]: distinct on whole rows
def revenue(sales, shops):
    both = sales.join(shops.distinct(), "shop")
    return both.groupBy("country").agg(F.sum("amount").alias("revenue"))

# %% repair: shops.distinct() → shops.select("shop", "country").distinct()

# %% wrong [sum of different amounts]: sum_distinct
def revenue(sales, shops):
    both = sales.join(shops, "shop")
    return both.groupBy("country").agg(F.sum_distinct("amount").alias("revenue"))

# %% repair: F.sum_distinct → F.sum

# %% repair: join(shops, → join(shops.dropDuplicates(["shop"]),

# %% wrong [one shop per country]: dropDuplicates by country
def revenue(sales, shops):
    both = sales.join(shops.orderBy("shop").coalesce(1).dropDuplicates(["country"]), "shop")
    return both.groupBy("country").agg(F.sum("amount").alias("revenue"))

# %% repair: ["country"] → ["shop"]

# %% wrong [latest rows]: rank
def revenue(sales, shops):
    latest = Window.partitionBy("shop").orderBy(F.desc("since"))
    known = shops.withColumn("n", F.rank().over(latest)).where("n = 1")
    return sales.join(known, "shop").groupBy("country").agg(F.sum("amount").alias("revenue"))

# %% repair: F.rank() → F.row_number()

# %% wrong [latest year only]: the year of the last renovation of all
def revenue(sales, shops):
    last = shops.agg(F.max("since")).first()[0]
    known = shops.where(F.col("since") == last).select("shop", "country", "since")
    return sales.join(known, "shop").groupBy("country").agg(F.sum("amount").alias("revenue"))

# %% repair: shops.where(F.col("since") == last).select → shops.select

# %% repair: shops.select("shop", "country", "since") → shops.select("shop", "country").distinct()

# %% wrong [mean, not sum]: avg
def revenue(sales, shops):
    known = shops.select("shop", "country").distinct()
    return sales.join(known, "shop").groupBy("country").agg(F.avg("amount").alias("revenue"))

# %% repair: F.avg → F.sum

# %% wrong [number of sales]: count
def revenue(sales, shops):
    known = shops.select("shop", "country").distinct()
    return sales.join(known, "shop").groupBy("country").agg(F.count("amount").alias("revenue"))

# %% repair: F.count → F.sum
