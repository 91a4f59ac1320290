"""Exercise `index_cities`: what students hand in."""

# %% right: keep
def index_cities(train, test):
    indexer = StringIndexer(inputCol="city", outputCol="index", handleInvalid="keep").fit(train)
    return indexer.transform(train), indexer.transform(test)

# %% right: a pipeline, a list
def index_cities(train, test):
    indexer = StringIndexer(inputCol="city", outputCol="index").setHandleInvalid("keep")
    model = Pipeline(stages=[indexer]).fit(train)
    return [model.transform(table) for table in (train, test)]

# %% right: by hand, a dict
def index_cities(train, test):
    counts = {row["city"]: row["count"] for row in train.groupBy("city").count().collect()}
    order = sorted(counts, key=lambda city: (-counts[city], city))

    def numbered(table):
        rows = [(*row, float(order.index(row["city"]) if row["city"] in order else len(order))) for row in table.collect()]
        return table.sparkSession.createDataFrame(rows, [*table.columns, "index"])

    return numbered(train), numbered(test)

# %% right: set on the model
def index_cities(train, test):
    model = StringIndexer(inputCol="city", outputCol="index").fit(train)
    return model.transform(train), model.setHandleInvalid("keep").transform(test)

# %% wrong [fitted on all]: union, as it was
def index_cities(train, test):
    indexer = StringIndexer(inputCol="city", outputCol="index").fit(train.union(test))
    return indexer.transform(train), indexer.transform(test)

# %% repair: train.union(test) → train

# %% repair: outputCol="index" → outputCol="index", handleInvalid="keep"

# %% wrong [fitted on all]: keep alone does not help
def index_cities(train, test):
    both = test.union(train)
    indexer = StringIndexer(inputCol="city", outputCol="index", handleInvalid="keep").fit(both)
    return indexer.transform(train), indexer.transform(test)

# %% repair: fit(both) → fit(train)

# %% wrong [fitted twice]: one indexer for each table
def index_cities(train, test):
    indexer = StringIndexer(inputCol="city", outputCol="index")
    return indexer.fit(train).transform(train), indexer.fit(test).transform(test)

# %% repair
def index_cities(train, test):
    model = StringIndexer(inputCol="city", outputCol="index").fit(train)
    return model.transform(train), model.transform(test)

# %% repair: outputCol="index" → outputCol="index", handleInvalid="keep"

# %% wrong [fitted on the test]: the wrong table
def index_cities(train, test):
    indexer = StringIndexer(inputCol="city", outputCol="index", handleInvalid="keep").fit(test)
    return indexer.transform(train), indexer.transform(test)

# %% repair: fit(test) → fit(train)

# %% wrong [rows lost]: skip
def index_cities(train, test):
    indexer = StringIndexer(inputCol="city", outputCol="index", handleInvalid="skip").fit(train)
    return indexer.transform(train), indexer.transform(test)

# %% repair: skip → keep

# %% wrong [unseen city]: fit on train alone
def index_cities(train, test):
    indexer = StringIndexer(inputCol="city", outputCol="index").fit(train)
    return indexer.transform(train), indexer.transform(test)

# %% repair: outputCol="index" → outputCol="index", handleInvalid="keep"

# %% right: lists of columns
def index_cities(train, test):
    indexer = StringIndexer(inputCols=["city"], outputCols=["index"], handleInvalid="keep").fit(train)
    return indexer.transform(train), indexer.transform(test)

# %% wrong [a number for each new city]: by hand
def index_cities(train, test):
    def by_frequency(table):
        counts = {row["city"]: row["count"] for row in table.groupBy("city").count().collect()}
        return sorted(counts, key=lambda city: (-counts[city], city))

    order = by_frequency(train)
    order += [city for city in by_frequency(test) if city not in order]

    def numbered(table):
        rows = [(*row, float(order.index(row["city"]))) for row in table.collect()]
        return table.sparkSession.createDataFrame(rows, [*table.columns, "index"])

    return numbered(train), numbered(test)

# %% repair
def index_cities(train, test):
    def by_frequency(table):
        counts = {row["city"]: row["count"] for row in table.groupBy("city").count().collect()}
        return sorted(counts, key=lambda city: (-counts[city], city))

    order = by_frequency(train)

    def numbered(table):
        rows = []
        for row in table.collect():
            known = row["city"] in order
            rows.append((*row, float(order.index(row["city"]) if known else len(order))))
        return table.sparkSession.createDataFrame(rows, [*table.columns, "index"])

    return numbered(train), numbered(test)

# %% wrong [rarest first]: ascending
def index_cities(train, test):
    indexer = StringIndexer(inputCol="city", outputCol="index", handleInvalid="keep", stringOrderType="frequencyAsc")
    model = indexer.fit(train)
    return model.transform(train), model.transform(test)

# %% repair: frequencyAsc → frequencyDesc

# %% wrong [tables swapped]: test first
def index_cities(train, test):
    model = StringIndexer(inputCol="city", outputCol="index", handleInvalid="keep").fit(train)
    return model.transform(test), model.transform(train)

# %% repair: model.transform(test), model.transform(train) → model.transform(train), model.transform(test)

# %% wrong [a column is missing]: another name
def index_cities(train, test):
    model = StringIndexer(inputCol="city", outputCol="number", handleInvalid="keep").fit(train)
    return model.transform(train), model.transform(test)

# %% repair: "number" → "index"

# %% wrong [no tables]: the model in place of the tables
def index_cities(train, test):
    return StringIndexer(inputCol="city", outputCol="index", handleInvalid="keep").fit(train)

# %% repair
def index_cities(train, test):
    model = StringIndexer(inputCol="city", outputCol="index", handleInvalid="keep").fit(train)
    return model.transform(train), model.transform(test)

# %% wrong [by the alphabet]: another order
def index_cities(train, test):
    indexer = StringIndexer(inputCol="city", outputCol="index", handleInvalid="keep", stringOrderType="alphabetAsc")
    model = indexer.fit(train)
    return model.transform(train), model.transform(test)

# %% repair: alphabetAsc → frequencyDesc

# %% wrong [returns None]: forgets to return
def index_cities(train, test):
    model = StringIndexer(inputCol="city", outputCol="index", handleInvalid="keep").fit(train)
    model.transform(train), model.transform(test)

# %% repair: model.transform(train), → return model.transform(train),

# %% right: by hand, equally frequent cities as they come
def index_cities(train, test):
    from collections import Counter

    from pyspark.sql import functions as F

    ranking = [city for city, _ in Counter(row["city"] for row in train.collect()).most_common()]
    number = F.coalesce(*[F.when(F.col("city") == city, i) for i, city in enumerate(ranking)], F.lit(len(ranking)))
    return train.withColumn("index", number), test.withColumn("index", number)

# %% wrong [cities share a number]: dense_rank
def index_cities(train, test):
    from pyspark.sql import Window
    from pyspark.sql import functions as F

    order = Window.orderBy(F.desc("count"))
    numbers = train.groupBy("city").count().select("city", (F.dense_rank().over(order) - 1).alias("index"))
    free = numbers.agg(F.max("index")).first()[0] + 1
    return train.join(numbers, "city", "left"), test.join(numbers, "city", "left").fillna(free, ["index"])

# %% repair
def index_cities(train, test):
    from pyspark.sql import Window
    from pyspark.sql import functions as F

    order = Window.orderBy(F.desc("count"), "city")
    numbers = train.groupBy("city").count().select("city", (F.row_number().over(order) - 1).alias("index"))
    free = numbers.agg(F.max("index")).first()[0] + 1
    return train.join(numbers, "city", "left"), test.join(numbers, "city", "left").fillna(free, ["index"])

# %% wrong [a column is missing]: the city goes
def index_cities(train, test):
    model = StringIndexer(inputCol="city", outputCol="index", handleInvalid="keep").fit(train)
    return model.transform(train).drop("city"), model.transform(test).drop("city")

# %% repair: .transform(train).drop("city"), model.transform(test).drop("city") → .transform(train), model.transform(test)

# %% wrong [null for new cities]: a left join, and no more
def index_cities(train, test):
    numbers = train.groupBy("city").count().orderBy("count", "city", ascending=[False, True]).collect()
    known = [(row["city"], float(number)) for number, row in enumerate(numbers)]
    index = session.createDataFrame(known, "city string, index double")
    return train.join(index, "city", "left"), test.join(index, "city", "left")

# %% repair: test.join(index, "city", "left") → test.join(index, "city", "left").fillna(float(len(known)), "index")

# %% wrong [a row is gone]: each different row once
def index_cities(train, test):
    model = StringIndexer(inputCol="city", outputCol="index", handleInvalid="keep").fit(train)
    return model.transform(train).distinct(), model.transform(test).distinct()

# %% repair
def index_cities(train, test):
    model = StringIndexer(inputCol="city", outputCol="index", handleInvalid="keep").fit(train)
    return model.transform(train), model.transform(test)
