"""Exercise `error_rate`: what students hand in."""

# %% right: filter and count
def error_rate(predictions):
    wrong = predictions.filter(predictions.indexedLabel != predictions.prediction)
    return wrong.count() / predictions.count()

# %% right: SQL text
def error_rate(predictions):
    return predictions.where("indexedLabel <> prediction").count() / predictions.count()

# %% right: RDD, map and mean
def error_rate(predictions):
    return predictions.rdd.map(lambda row: float(row.indexedLabel != row.prediction)).mean()

# %% right: the evaluator
def error_rate(predictions):
    evaluator = MulticlassClassificationEvaluator(labelCol="indexedLabel", metricName="accuracy")
    return 1 - evaluator.evaluate(predictions)

# %% right: collected
def error_rate(predictions):
    rows = predictions.select("indexedLabel", "prediction").collect()
    return np.mean([a != b for a, b in rows])

# %% wrong [accuracy]: the right ones
def error_rate(predictions):
    right = predictions.filter(predictions.indexedLabel == predictions.prediction)
    return right.count() / predictions.count()

# %% repair: return right → return 1 - right

# %% wrong [raw label]: compares with the label of the file
def error_rate(predictions):
    wrong = predictions.filter(predictions.label != predictions.prediction)
    return wrong.count() / predictions.count()

# %% repair: predictions.label → predictions.indexedLabel

# %% wrong [count]: does not divide
def error_rate(predictions):
    return predictions.filter("indexedLabel != prediction").count()

# %% repair: count() → count() / predictions.count()

# %% wrong [percent]: times 100
def error_rate(predictions):
    return 100 * predictions.filter("indexedLabel != prediction").count() / predictions.count()

# %% repair: 100 * predictions → predictions

# %% wrong [numbers compared by size]: mean absolute difference
def error_rate(predictions):
    return predictions.rdd.map(lambda row: abs(row.indexedLabel - row.prediction)).mean()

# %% repair: abs(row.indexedLabel - row.prediction) → row.indexedLabel != row.prediction

# %% wrong [returns None]: shows instead
def error_rate(predictions):
    predictions.filter("indexedLabel != prediction").count() / predictions.count()

# %% repair: predictions.filter → return predictions.filter

# %% wrong [divided by the right rows]: odds
def error_rate(predictions):
    wrong = predictions.filter("indexedLabel != prediction").count()
    return wrong / predictions.filter("indexedLabel = prediction").count()

# %% repair: predictions.filter("indexedLabel = prediction").count() → predictions.count()

# %% wrong [1 minus F1]: the evaluator's default
def error_rate(predictions):
    return 1 - MulticlassClassificationEvaluator(labelCol="indexedLabel").evaluate(predictions)

# %% repair: labelCol="indexedLabel" → labelCol="indexedLabel", metricName="accuracy"

# %% wrong [no count]: a table divided
def error_rate(predictions):
    return predictions.filter("indexedLabel != prediction") / predictions.count()

# %% repair: prediction") → prediction").count()

# %% wrong [a fraction becomes 0]: Python 2's division
def error_rate(predictions):
    return predictions.filter("indexedLabel != prediction").count() // predictions.count()

# %% repair: // → /

# %% right: a decimal of SQL
def error_rate(predictions):
    wrong = session.sql("SELECT avg(IF(prediction = indexedLabel, 0.0, 1.0)) FROM {p}", p=predictions)
    return wrong.first()[0]

# %% wrong [as if]: each different row once
def error_rate(predictions):
    each = predictions.distinct()
    return each.filter("prediction != indexedLabel").count() / each.count()

# %% repair: predictions.distinct() → predictions
