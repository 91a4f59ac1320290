"""Exercise `clicks_per_window`: what students hand in."""

# %% right: window, page, count
def clicks_per_window(clicks):
    windows = clicks.withWatermark("time", "5 minutes").groupBy(F.window("time", "10 minutes"), "page")
    return windows.agg(F.count("*").alias("clicks")).select("window.start", "page", "clicks")

# %% right: count, then rename
def clicks_per_window(clicks):
    return (
        clicks.withWatermark("time", "5 minutes")
        .groupBy("page", F.window(F.col("time"), "600 seconds").alias("w"))
        .count()
        .select(F.col("w.start").alias("start"), "page", F.col("count").alias("clicks"))
    )

# %% right: SQL
def clicks_per_window(clicks):
    return session.sql(
        "SELECT window.start AS start, page, count(*) AS clicks FROM {late} "
        "GROUP BY window(time, '10 minutes'), page",
        late=clicks.withWatermark("time", "5 minutes"),
    )

# %% right: sliding by its own length, columns in another order
def clicks_per_window(clicks):
    groups = clicks.withWatermark("time", "300 seconds").groupBy(F.window("time", "10 minutes", "10 minutes"), "page")
    counted = groups.agg(F.count("page").alias("clicks"))
    return counted.withColumn("start", F.col("window").start).drop("window")

# %% wrong [pages together]: no page
def clicks_per_window(clicks):
    windows = clicks.withWatermark("time", "5 minutes").groupBy(F.window("time", "10 minutes"))
    return windows.agg(F.count("*").alias("clicks")).select("window.start", "clicks")

# %% repair
def clicks_per_window(clicks):
    windows = clicks.withWatermark("time", "5 minutes").groupBy(F.window("time", "10 minutes"), "page")
    return windows.agg(F.count("*").alias("clicks")).select("window.start", "page", "clicks")

# %% wrong [windows of 5 minutes]: exchanged
def clicks_per_window(clicks):
    windows = clicks.withWatermark("time", "10 minutes").groupBy(F.window("time", "5 minutes"), "page")
    return windows.agg(F.count("*").alias("clicks")).select("window.start", "page", "clicks")

# %% repair: F.window("time", "5 minutes") → F.window("time", "10 minutes")

# %% repair: withWatermark("time", "10 minutes") → withWatermark("time", "5 minutes")

# %% wrong [windows of an hour]: too long
def clicks_per_window(clicks):
    windows = clicks.withWatermark("time", "5 minutes").groupBy(F.window("time", "1 hour"), "page")
    return windows.agg(F.count("*").alias("clicks")).select("window.start", "page", "clicks")

# %% repair: 1 hour → 10 minutes

# %% wrong [sliding windows]: overlap
def clicks_per_window(clicks):
    windows = clicks.withWatermark("time", "5 minutes").groupBy(F.window("time", "10 minutes", "5 minutes"), "page")
    return windows.agg(F.count("*").alias("clicks")).select("window.start", "page", "clicks")

# %% repair: "10 minutes", "5 minutes") → "10 minutes")

# %% wrong [by the minute]: no window
def clicks_per_window(clicks):
    groups = clicks.withWatermark("time", "5 minutes").groupBy("time", "page")
    return groups.agg(F.count("*").alias("clicks")).select(F.col("time").alias("start"), "page", "clicks")

# %% repair
def clicks_per_window(clicks):
    groups = clicks.withWatermark("time", "5 minutes").groupBy(F.window("time", "10 minutes"), "page")
    return groups.agg(F.count("*").alias("clicks")).select("window.start", "page", "clicks")

# %% wrong [no watermark]: waits for ever
def clicks_per_window(clicks):
    windows = clicks.groupBy(F.window("time", "10 minutes"), "page")
    return windows.agg(F.count("*").alias("clicks")).select("window.start", "page", "clicks")

# %% repair: clicks.groupBy → clicks.withWatermark("time", "5 minutes").groupBy

# %% wrong [watermark of 10 minutes]: as long as the window
def clicks_per_window(clicks):
    windows = clicks.withWatermark("time", "10 minutes").groupBy(F.window("time", "10 minutes"), "page")
    return windows.agg(F.count("*").alias("clicks")).select("window.start", "page", "clicks")

# %% repair: withWatermark("time", "10 minutes") → withWatermark("time", "5 minutes")

# %% wrong [watermark after the count]: too late
def clicks_per_window(clicks):
    windows = clicks.groupBy(F.window("time", "10 minutes"), "page")
    counted = windows.agg(F.count("*").alias("clicks"), F.max("time").alias("time"))
    return counted.withWatermark("time", "5 minutes").select("window.start", "page", "clicks")

# %% repair
def clicks_per_window(clicks):
    windows = clicks.withWatermark("time", "5 minutes").groupBy(F.window("time", "10 minutes"), "page")
    counted = windows.agg(F.count("*").alias("clicks"), F.max("time").alias("time"))
    return counted.select("window.start", "page", "clicks")

# %% wrong [the whole window]: start and end together
def clicks_per_window(clicks):
    windows = clicks.withWatermark("time", "5 minutes").groupBy(F.window("time", "10 minutes"), "page")
    return windows.agg(F.count("*").alias("clicks"))

# %% repair: windows.agg(F.count("*").alias("clicks")) → windows.agg(F.count("*").alias("clicks")).select("window.start", "page", "clicks")

# %% right: the window in a column of its own
def clicks_per_window(clicks):
    table = clicks.withWatermark("time", "5 minutes").withColumn("part", F.window("time", "10 minutes"))
    return table.groupBy("page", "part").agg(F.count("page").alias("clicks")).selectExpr("part.start", "page", "clicks")

# %% wrong [times, not clicks]: counts different times
def clicks_per_window(clicks):
    windows = clicks.withWatermark("time", "5 minutes").groupBy(F.window("time", "10 minutes"), "page")
    return windows.agg(F.approx_count_distinct("time").alias("clicks")).select("window.start", "page", "clicks")

# %% repair: F.approx_count_distinct("time") → F.count("*")

# %% wrong [not a timestamp]: the start as text
def clicks_per_window(clicks):
    windows = clicks.withWatermark("time", "5 minutes").groupBy(F.window("time", "10 minutes"), "page")
    table = windows.agg(F.count("*").alias("clicks"))
    return table.select(F.date_format("window.start", "HH:mm").alias("start"), "page", "clicks")

# %% repair: F.date_format("window.start", "HH:mm").alias("start") → "window.start"

# %% wrong [no group that the watermark closes]: windows by arithmetic
def clicks_per_window(clicks):
    start = F.timestamp_seconds(F.floor(F.unix_timestamp("time") / 600) * 600).alias("start")
    return clicks.withWatermark("time", "5 minutes").groupBy(start, "page").agg(F.count("*").alias("clicks"))

# %% repair
def clicks_per_window(clicks):
    windows = clicks.withWatermark("time", "5 minutes").groupBy(F.window("time", "10 minutes"), "page")
    return windows.agg(F.count("*").alias("clicks")).select("window.start", "page", "clicks")

# %% wrong [another watermark]: of five seconds
def clicks_per_window(clicks):
    windows = clicks.withWatermark("time", "5 seconds").groupBy(F.window("time", "10 minutes"), "page")
    return windows.agg(F.count("*").alias("clicks")).select("window.start", "page", "clicks")

# %% repair: "5 seconds" → "5 minutes"
