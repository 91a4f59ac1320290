"""Exercise `salting`: what students hand in."""

# %% right: rand and explode
def salt_large(sales, salts):
    return sales.withColumn("salt", F.floor(F.rand(seed=1) * salts).cast("int"))


def salt_small(shops, salts):
    return shops.withColumn("salt", F.explode(F.array(*[F.lit(s) for s in range(salts)])))

# %% right: id and crossJoin
def salt_large(sales, salts):
    return sales.withColumn("salt", F.col("id") % salts)


def salt_small(shops, salts):
    return shops.crossJoin(session.range(salts).withColumnRenamed("id", "salt"))

# %% right: hash and sequence
def salt_large(sales, salts):
    return sales.select("*", F.pmod(F.hash("id"), F.lit(salts)).alias("salt"))


def salt_small(shops, salts):
    return shops.select("*", F.explode(F.sequence(F.lit(0), F.lit(salts - 1))).alias("salt"))

# %% right: union of copies
def salt_large(sales, salts):
    return sales.withColumn("salt", (F.rand(7) * salts).cast("int"))


def salt_small(shops, salts):
    copies = [shops.withColumn("salt", F.lit(salt)) for salt in range(salts)]
    every = copies[0]
    for copy in copies[1:]:
        every = every.union(copy)
    return every

# %% wrong [constant salt]: one number for all
def salt_large(sales, salts):
    return sales.withColumn("salt", F.lit(0))


def salt_small(shops, salts):
    return shops.crossJoin(session.range(salts).withColumnRenamed("id", "salt"))

# %% repair: F.lit(0) → F.floor(F.rand() * salts)

# %% wrong [constant salt]: the salt depends on the shop alone
def salt_large(sales, salts):
    return sales.withColumn("salt", F.col("shop") % salts)


def salt_small(shops, salts):
    return shops.crossJoin(session.range(salts).withColumnRenamed("id", "salt"))

# %% repair: F.col("shop") % salts → F.col("id") % salts

# %% wrong [one salt per shop]: random on the small side
def salt_large(sales, salts):
    return sales.withColumn("salt", F.floor(F.rand() * salts))


def salt_small(shops, salts):
    return shops.withColumn("salt", F.floor(F.rand() * salts))

# %% repair (hint): shops.withColumn("salt", F.floor(F.rand() * salts)) → shops.crossJoin(session.range(salts).withColumnRenamed("id", "salt"))

# %% wrong [salts from 1]: both from 1
def salt_large(sales, salts):
    return sales.withColumn("salt", F.col("id") % salts + 1)


def salt_small(shops, salts):
    return shops.crossJoin(session.range(1, salts + 1).withColumnRenamed("id", "salt"))

# %% repair
def salt_large(sales, salts):
    return sales.withColumn("salt", F.col("id") % salts)


def salt_small(shops, salts):
    return shops.crossJoin(session.range(0, salts).withColumnRenamed("id", "salt"))

# %% wrong [one salt too many]: rounds
def salt_large(sales, salts):
    return sales.withColumn("salt", F.round(F.rand(3) * salts).cast("int"))


def salt_small(shops, salts):
    return shops.crossJoin(session.range(salts).withColumnRenamed("id", "salt"))

# %% repair: F.round(F.rand(3) * salts).cast("int") → F.floor(F.rand(3) * salts)

# %% wrong [sales repeated]: repeats both sides
def salt_large(sales, salts):
    return sales.crossJoin(session.range(salts).withColumnRenamed("id", "salt"))


def salt_small(shops, salts):
    return shops.crossJoin(session.range(salts).withColumnRenamed("id", "salt"))

# %% repair (hint): sales.crossJoin(session.range(salts).withColumnRenamed("id", "salt")) → sales.withColumn("salt", F.floor(F.rand() * salts))

# %% wrong [fractions]: no floor
def salt_large(sales, salts):
    return sales.withColumn("salt", F.rand() * salts)


def salt_small(shops, salts):
    return shops.crossJoin(session.range(salts).withColumnRenamed("id", "salt"))

# %% repair: F.rand() * salts → F.floor(F.rand() * salts)

# %% wrong [no column salt]: another name
def salt_large(sales, salts):
    return sales.withColumn("number", F.col("id") % salts)


def salt_small(shops, salts):
    return shops.crossJoin(session.range(salts))

# %% repair
def salt_large(sales, salts):
    return sales.withColumn("salt", F.col("id") % salts)


def salt_small(shops, salts):
    return shops.crossJoin(session.range(salts).withColumnRenamed("id", "salt"))

# %% right: the id
def salt_large(sales, salts):
    return sales.withColumn("salt", F.col("id") % salts)


def salt_small(shops, salts):
    return shops.crossJoin(session.range(salts).withColumnRenamed("id", "salt"))

# %% wrong [not all shops]: one shop has one salt
def salt_large(sales, salts):
    drawn = F.floor(F.rand() * salts)
    return sales.withColumn("salt", F.when(F.col("shop") == F.max("shop").over(Window.partitionBy(F.lit(0))), F.lit(0)).otherwise(drawn))


def salt_small(shops, salts):
    return shops.withColumn("salt", F.explode(F.array(*[F.lit(salt) for salt in range(salts)])))

# %% repair: F.when(F.col("shop") == F.max("shop").over(Window.partitionBy(F.lit(0))), F.lit(0)).otherwise(drawn) → drawn

# %% wrong [salt 0 left out]: a range from 1
def salt_large(sales, salts):
    return sales.withColumn("salt", F.floor(F.rand() * salts))


def salt_small(shops, salts):
    return shops.withColumn("salt", F.explode(F.array(*[F.lit(salt) for salt in range(1, salts)])))

# %% repair: range(1, salts) → range(salts)

# %% wrong [last salt left out]: a range that ends too early
def salt_large(sales, salts):
    return sales.withColumn("salt", F.floor(F.rand() * salts))


def salt_small(shops, salts):
    return shops.withColumn("salt", F.explode(F.array(*[F.lit(salt) for salt in range(salts - 1)])))

# %% repair: range(salts - 1) → range(salts)

# %% wrong [one salt too many for a shop]: a range that ends too late
def salt_large(sales, salts):
    return sales.withColumn("salt", F.floor(F.rand() * salts))


def salt_small(shops, salts):
    return shops.withColumn("salt", F.explode(F.array(*[F.lit(salt) for salt in range(salts + 1)])))

# %% repair: range(salts + 1) → range(salts)

# %% wrong [salts as text]: text on both sides
def salt_large(sales, salts):
    return sales.withColumn("salt", (F.col("id") % salts).cast("string"))


def salt_small(shops, salts):
    return shops.withColumn("salt", F.explode(F.array([F.lit(str(i)) for i in range(salts)])))

# %% repair: whole numbers on both sides
def salt_large(sales, salts):
    return sales.withColumn("salt", (F.col("id") % salts).cast("int"))


def salt_small(shops, salts):
    return shops.withColumn("salt", F.explode(F.array([F.lit(i) for i in range(salts)])))

# %% wrong [negative salts]: a hash by the row
def salt_large(sales, salts):
    return sales.withColumn("salt", F.hash("id") % salts)


def salt_small(shops, salts):
    return shops.withColumn("salt", F.explode(F.sequence(F.lit(0), F.lit(salts - 1))))

# %% repair: F.hash("id") % salts → F.pmod(F.hash("id"), F.lit(salts))

# %% wrong [some salts are never drawn]: by the partition
def salt_large(sales, salts):
    return sales.withColumn("salt", F.spark_partition_id() % salts)


def salt_small(shops, salts):
    return shops.withColumn("salt", F.explode(F.sequence(F.lit(0), F.lit(salts - 1))))

# %% repair: F.spark_partition_id() % salts → F.floor(F.rand() * salts).cast("int")
