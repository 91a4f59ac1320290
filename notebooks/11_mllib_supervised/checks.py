"""The exercises of lesson 11."""

import numpy as np
from pyspark.ml import Pipeline, PipelineModel
from pyspark.ml.param import Params
from pyspark.mllib.regression import LabeledPoint

from course_lib import spark
from course_lib.check import Exercise, beside, raises


@beside
def parsed(parse_point, line):
    """The answer; the slides' LabeledPoint is welcome too."""
    answer = parse_point(line)
    if isinstance(answer, LabeledPoint):
        return answer.label, answer.features.toArray()
    return answer


def numbers(line):
    return [float(x) for x in line.replace(",", " ").split()]


class ParsePoint(Exercise):
    """Label and features of a line of text."""

    name = "parse_point"

    def look(self, parse_point, line):
        return parsed(parse_point, line)

    def examples(self):
        yield ("2.5,-1.0 0.5  3",), (2.5, [-1.0, 0.5, 3.0])
        yield ("-1,4 1e-3",), (-1.0, [4.0, 0.001])

    def hidden(self, rng):
        yield ("0.25,7",), (0.25, [7.0])
        yield ("1e2,0 0 ",), (100.0, [0.0, 0.0])
        for n in (1, 3, 8):
            label, *features = rng.normal(0, 3, n + 1).round(3).tolist()
            spaces = [" " * int(k) for k in rng.integers(1, 4, n)]
            line = f"{label}," + "".join(f"{x}{s}" for x, s in zip(features, spaces, strict=True))
            yield (line.strip(),), (label, features)

    mistakes = {
        "strings": (
            lambda line: (line.split(",")[0], line.split(",")[1].split()),
            "These are still strings. Make floats of them.",
        ),
        "label is a string": (
            lambda line: (line.split(",")[0], numbers(line)[1:]),
            "The label is still a string. Make it a float, too.",
        ),
        "one list": (numbers, "All numbers are in one list. Give a pair: (label, features)."),
        "label among the features": (
            lambda line: (numbers(line)[0], numbers(line)),
            "The label is the first feature too. A model could read the answer there.",
        ),
        "label last": (
            lambda line: (numbers(line)[-1], numbers(line)[:-1]),
            "You take the last number as the label. It is the first.",
        ),
        "the other way round": (
            lambda line: (numbers(line)[1:], numbers(line)[0]),
            "Label first, then the features.",
        ),
        "not a number": (
            raises("ValueError", ""),
            "Cut at the comma and at the spaces, then give `float` one number at a time. `split()` "
            "without argument takes one or more spaces as one cut.",
        ),
    }


@beside
def measured(mse, pairs):
    """The answer for an RDD of three partitions."""
    return mse(spark.start().sparkContext.parallelize(pairs, 3))


def mean(values):
    return sum(values) / len(values)


class Mse(Exercise):
    """Mean squared error, by map and reduce on Spark."""

    name = "mse"

    def look(self, mse, pairs):
        return measured(mse, pairs)

    def examples(self):
        yield ([(3.0, 1.0), (5.0, 6.0)],), 2.5
        yield ([(1.0, 4.0), (2.0, 2.0), (-1.0, 1.0), (0.0, 0.5)],), 3.3125

    def hidden(self, rng):
        yield ([(2.0, -1.0)],), 9.0
        yield ([(0, 1), (0, -1), (7, 7), (1, 4), (2, 0)],), 3.0
        halves = rng.integers(-20, 20, (7, 2)) / 2  # exact in 32 bits, too
        pairs = [(label, prediction) for label, prediction in halves.tolist()]
        yield (pairs,), mean([(v - q) ** 2 for v, q in pairs])

    mistakes = {
        "sum": (
            lambda p: sum((v - q) ** 2 for v, q in p),
            "That is the sum of the squares. Divide it by the number of pairs.",
        ),
        "root": (
            lambda p: mean([(v - q) ** 2 for v, q in p]) ** 0.5,
            "That is the root of the MSE. Leave the root out.",
        ),
        "absolute": (
            lambda p: mean([abs(v - q) for v, q in p]),
            "You average absolute differences. Square them.",
        ),
        "not squared": (
            lambda p: mean([v - q for v, q in p]),
            "Differences of both signs cancel. Square each before you add.",
        ),
        "square of the sum": (
            lambda p: sum(v - q for v, q in p) ** 2 / len(p),
            "You add first and square then. Square each difference in the map.",
        ),
        "brackets": (
            lambda p: mean([v - q**2 for v, q in p]),
            "`v - p ** 2` squares the prediction alone. Put brackets around the difference.",
        ),
        "one less": (
            lambda p: sum((v - q) ** 2 for v, q in p) / (len(p) - 1),
            "You divide by n − 1. A mean divides by n.",
        ),
    }


@beside
def stepped(one_step, points, weights, step):
    """The answer for an RDD of two partitions."""
    return one_step(spark.start().sparkContext.parallelize(points, 2), weights, step)


def moved(points, weights, step, sign=1.0, scale=None):
    """The right step, or one with another sign or scale."""
    x, y, w = np.array([f for _, f in points]), np.array([v for v, _ in points]), np.array(weights)
    return w - sign * step * (x.T @ (x @ w - y)) / (scale or len(y))


class OneStep(Exercise):
    """One step of gradient descent, as one job."""

    name = "one_step"

    def look(self, one_step, points, weights, step):
        return stepped(one_step, points, weights, step)

    def examples(self):
        yield ([(1.0, [2.0, 0.0])], [0.0, 5.0], 0.1), [0.2, 5.0]
        points = [(1.0, [1.0, 2.0]), (3.0, [0.0, 1.0]), (0.0, [1.0, -1.0])]
        yield (points, [1.0, 1.0], 0.3), [0.8, 0.8]

    def hidden(self, rng):
        for n, d in ((4, 1), (2, 3), (5, 2)):
            labels, features = rng.normal(0, 2, n).tolist(), rng.normal(0, 2, (n, d)).tolist()
            points = list(zip(labels, features, strict=True))
            weights, step = rng.normal(size=d).tolist(), rng.uniform(0.05, 0.3)
            yield (points, weights, step), moved(points, weights, step)

    mistakes = {
        "uphill": (
            lambda p, w, s: moved(p, w, s, -1),
            "You move uphill: the error grows. Check two signs: prediction minus label, weights minus step.",
        ),
        "sum": (
            lambda p, w, s: moved(p, w, s, scale=1),
            "You move by the sum of the gradients. Divide it by the number of points.",
        ),
        "twice": (
            lambda p, w, s: moved(p, w, s, 2.0),
            "Twice too far. The gradient here is that of *half* the squared error: no factor 2.",
        ),
        "step ignored": (
            lambda p, w, s: moved(p, w, 1.0),
            "You move by the whole mean gradient. Multiply it by `step`.",
        ),
        "the move alone": (
            lambda p, w, s: moved(p, w, s) - np.array(w),
            "You give the move. Add it to the weights.",
        ),
        "weights left out": (
            lambda p, w, s: np.array(w) + moved(p, [0.0] * len(w), s),
            "The prediction is not 0. It is `weights · features`.",
        ),
        "not downhill yet": (lambda p, w, s: w, "The weights come back as they were."),
        "list arithmetic": (
            raises("TypeError", ""),
            "An operation got a type that it cannot take. Lists do not subtract or multiply by floats: "
            "make NumPy arrays of weights and features.",
        ),
    }


@beside
def rated(error_rate, rows):
    """The answer for a table of these rows."""
    columns = ["label", "indexedLabel", "prediction"]
    return error_rate(spark.start().createDataFrame(rows, columns))


def share(rows, column=1):
    return sum(row[column] != row[2] for row in rows) / len(rows)


class ErrorRate(Exercise):
    """The share of rows that a model got wrong."""

    name = "error_rate"

    def look(self, error_rate, rows):
        return rated(error_rate, rows)

    def examples(self):
        yield ([(1.0, 0.0, 0.0), (1.0, 0.0, 1.0), (0.0, 1.0, 1.0), (0.0, 1.0, 1.0)],), 0.25
        yield ([(7.0, 1.0, 1.0), (2.0, 2.0, 2.0), (3.0, 0.0, 0.0)],), 0.0
        yield ([(2.0, 2.0, 0.0), (7.0, 1.0, 1.0)],), 0.5

    def hidden(self, rng):
        rows = [(4.0, 2.0, 0.0), (9.0, 0.0, 0.0), (9.0, 0.0, 2.0), (9.0, 0.0, 1.0), (2.0, 1.0, 1.0)]
        yield (rows,), 0.6
        yield ([(1.0, 0.0, 1.0)],), 1.0
        indexed = rng.integers(0, 3, 9)
        wrong = rng.permutation(9) < rng.integers(1, 9)
        predicted = np.where(wrong, (indexed + 1) % 3, indexed)
        table = np.stack([indexed + 3, indexed, predicted], axis=1).astype(float)
        yield ([tuple(row) for row in table.tolist()],), np.mean(wrong)

    mistakes = {
        "accuracy": (
            lambda rows: 1 - share(rows),
            "That is the share of right rows. The error rate is the rest: 1 minus it.",
        ),
        "raw label": (
            lambda rows: share(rows, 0),
            "You compare with `label`. The prediction speaks of `indexedLabel`; there 0 is the most frequent label.",
        ),
        "count": (
            lambda rows: sum(row[1] != row[2] for row in rows),
            "That is a number of rows. Divide by the number of all rows.",
        ),
        "percent": (lambda rows: 100 * share(rows), "0.25, not 25: a share, not per cent."),
        "numbers compared by size": (
            lambda rows: sum(abs(row[1] - row[2]) for row in rows) / len(rows),
            "Indexed labels are names. 2 for 0 is one error, as 1 for 0 is.",
        ),
    }


@beside
def stages_of(make_pipeline, depth):
    """The class of what comes back; for each stage its class and its settings."""
    spark.start()
    made = make_pipeline(depth)
    if made is None or isinstance(made, PipelineModel):
        return type(made).__name__, []
    stages = []
    for stage in made.getStages() if isinstance(made, Pipeline) else made:
        settings = stage.extractParamMap() if isinstance(stage, Params) else {}
        named = {setting.name: value for setting, value in settings.items()}
        stages.append((type(stage).__name__, named))
    return type(made).__name__, stages


@beside
def predicted(make_pipeline, depth, flowers, new):
    """What the fitted pipeline says of new flowers."""
    session, columns = spark.start(), ["species", "length", "width"]
    model = make_pipeline(depth).fit(session.createDataFrame(flowers, columns).coalesce(1))
    table = session.createDataFrame(new, columns[1:]).coalesce(1)
    return [row["prediction"] for row in model.transform(table).select("prediction").collect()]


def in_words(kind, settings):
    """A stage in words: its class, its columns, its depth."""
    if kind == "StringIndexer":
        return f"{kind} {settings.get('inputCol')}→{settings['outputCol']}"
    if kind == "VectorAssembler":
        return f"{kind} {', '.join(settings.get('inputCols', []))}→{settings['outputCol']}"
    if kind == "DecisionTreeClassifier":
        return classifier(settings["maxDepth"], f"{settings['featuresCol']}→{settings['labelCol']}")
    return kind


def classifier(depth, columns="features→label"):
    return f"DecisionTreeClassifier {columns}, depth {depth}"


INDEXER, ASSEMBLER = "StringIndexer species→label", "VectorAssembler length, width→features"


class MakePipeline(Exercise):
    """A pipeline of three stages."""

    name = "make_pipeline"
    costly = True

    def look(self, make_pipeline, depth):
        """Every stage in words."""
        kind, stages = stages_of(make_pipeline, depth)
        if kind in ("NoneType", "PipelineModel"):
            return "fitted" if kind == "PipelineModel" else None
        words = [in_words(*stage) for stage in stages]
        if words[:2] == [ASSEMBLER, INDEXER]:  # these two may change places
            words[:2] = [INDEXER, ASSEMBLER]
        return words if kind == "Pipeline" else ["no Pipeline", *words]

    def examples(self):
        for depth in (2, 4):
            yield (depth,), [INDEXER, ASSEMBLER, classifier(depth)]

    def hidden(self, rng):
        for depth in rng.choice([0, 1, 3, 6, 7], 2, replace=False).tolist():
            yield (depth,), [INDEXER, ASSEMBLER, classifier(depth)]

        # The frequent species is short; the others are long, one of them narrow and one wide.
        frequent, long = str(rng.choice(list("abc"))), rng.uniform(6, 9)
        narrow, wide = sorted({"a", "b", "c"} - {frequent})
        flowers = [(frequent, *flower) for flower in rng.uniform((1, 2), (3, 8), (3, 2)).tolist()]
        flowers += [(narrow, long, 1.0), (wide, long, 9.0)]
        new = [(2.0, 5.0), (long + 1, 0.5), (long + 1, 9.5)]
        yield (0, flowers, new), [0.0, 0.0, 0.0], self.hidden_predictions
        yield (3, flowers, new), [0.0, 1.0, 2.0], self.hidden_predictions

    def hidden_predictions(self, make_pipeline, depth, flowers, new):
        return predicted(make_pipeline, depth, flowers, new)

    mistakes = {
        "depth ignored": (
            lambda d: [INDEXER, ASSEMBLER, classifier(5)],
            "The tree keeps its default depth, 5. Pass `maxDepth=depth`.",
        ),
        "always 2": (
            lambda d: [INDEXER, ASSEMBLER, classifier(2)],
            "The depth is 2 whatever `depth` says.",
        ),
        "order": (
            lambda d: [classifier(d), INDEXER, ASSEMBLER],
            "Stages run in order. The tree needs `label` and `features`, so it comes last.",
        ),
        "no indexer": (
            lambda d: [ASSEMBLER, classifier(d)],
            "A species is a text, and the tree wants numbers. A `StringIndexer` comes first.",
        ),
        "no assembler": (
            lambda d: [INDEXER, classifier(d)],
            "The tree wants one column with a vector. A `VectorAssembler` makes it.",
        ),
        "a list of stages": (
            lambda d: ["no Pipeline", INDEXER, ASSEMBLER, classifier(d)],
            "These are the right stages, in a list. Put them into `Pipeline(stages=[…])`.",
        ),
        "text as label": (
            lambda d: [INDEXER, ASSEMBLER, classifier(d, "features→species")],
            "The tree should read the numbers in `label`, not the text in `species`.",
        ),
        "species among the features": (
            lambda d: [INDEXER, "VectorAssembler length, width, label→features", classifier(d)],
            "The label is among the features: the tree would read the answer there.",
        ),
        "columns the other way round": (
            lambda d: [INDEXER, "VectorAssembler width, length→features", classifier(d)],
            "`length` first, then `width`.",
        ),
        "fitted": (lambda d: "fitted", "You fit it already. Return the pipeline itself."),
    }


@beside
def indexed(index_cities, train, test):
    """The indices that come back, as two lists in the order of the rows."""
    tables = []
    for cities in (train, test):
        rows = [(number, city) for number, city in enumerate(cities)]
        tables.append(spark.start().createDataFrame(rows, ["row", "city"]).coalesce(1))
    return [[r["index"] for r in t.orderBy("row").collect()] for t in index_cities(*tables)]


def numbered(cities, learnt_from, drop=False):
    """Indices as a StringIndexer gives them; unseen cities get the next number, or are dropped."""
    order = sorted(set(learnt_from), key=lambda city: (-learnt_from.count(city), city))
    found = [float(order.index(c)) if c in order else float(len(order)) for c in cities]
    return [i for i in found if i < len(order)] if drop else found


class IndexCities(Exercise):
    """Numbers for cities, learnt from the training rows alone."""

    name = "index_cities"

    def look(self, index_cities, train, test):
        return indexed(index_cities, train, test)

    def examples(self):
        train, test = ["Rome", "Rome", "Oslo"], ["Oslo", "Lima", "Lima", "Lima"]
        yield (train, test), [[0.0, 0.0, 1.0], [1.0, 2.0, 2.0, 2.0]]
        yield (["Rome"] * 3 + ["Oslo"], ["Oslo", "Oslo", "Lima"]), [[0, 0, 0, 1], [1, 1, 2]]

    def hidden(self, rng):
        yield (["x", "y", "y"], ["x", "x", "x", "y", "z", "w"]), [[1, 0, 0], [1, 1, 1, 0, 2, 2]]
        names = ["Accra", "Bern", "Kyoto", "Lagos", "Quito"]
        often, rare, once, new, newer = rng.permutation(names).tolist()
        train = rng.permutation([often] * 3 + [rare] * 2 + [once]).tolist()
        test = rng.permutation([new] * 4 + [newer, often, once]).tolist()
        yield (train, test), [numbered(train, train), numbered(test, train)]

    mistakes = {
        "fitted on all": (
            lambda a, b: [numbered(a, a + b), numbered(b, a + b)],
            "The numbers still depend on the test rows. Fit on `train` alone.",
        ),
        "fitted twice": (
            lambda a, b: [numbered(a, a), numbered(b, b)],
            "Each table has numbers of its own, so 0 means two things. Fit once, transform twice.",
        ),
        "fitted on the test": (
            lambda a, b: [numbered(a, b), numbered(b, b)],
            "The numbers come from the test rows. Fit on `train`.",
        ),
        "rows lost": (
            lambda a, b: [numbered(a, a), numbered(b, a, drop=True)],
            '`handleInvalid="skip"` drops rows with a new city. Each row must stay: "keep".',
        ),
        "unseen city": (
            raises("Py4JJavaError", ""),
            "The indexer stopped at a city that only the test has. `handleInvalid` decides what happens then.",
        ),
    }
