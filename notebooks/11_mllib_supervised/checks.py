"""The exercises of lesson 11."""

from functools import reduce
from itertools import pairwise

import numpy as np
from pyspark.ml import Pipeline, PipelineModel
from pyspark.ml.param import Params
from pyspark.mllib.regression import LabeledPoint

from course_lib import spark
from course_lib.check import Exercise, beside, raises, unfit, when


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
        yield ("0,9 8 7 6 5 4 3 2 1 0",), (0.0, [9.0, 8.0, 7.0, 6.0, 5.0, 4.0, 3.0, 2.0, 1.0, 0.0])

    def hidden(self, rng):
        yield ("0.25,7",), (0.25, [7.0])
        yield ("1e2,0 0",), (100.0, [0.0, 0.0])
        for n in (1, 3, 8, int(rng.integers(10, 20))):
            label, *features = rng.normal(0, 3, n + 1).round(3).tolist()
            spaces = [" " * int(k) for k in rng.integers(1, 4, n)]
            line = f"{label}," + "".join(f"{x}{s}" for x, s in zip(features, spaces, strict=True))
            yield (line.strip(),), (label, features)

    def hidden_inputs(self, draw):
        drawn = draw.items(lambda: draw.one_of(draw.whole(-99, 99), draw.number(-9, 9)), 2, 9)
        label, *features = drawn
        line = f"{label}," + "".join(f"{x}{draw.one_of(' ', '  ')}" for x in features)
        return (line.strip(),), (float(label), [float(x) for x in features])

    parts = ("the label", "the list of features")

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
            "The label is the first feature too: a model could read the answer there. Leave it out.",
        ),
        "label last": (
            lambda line: (numbers(line)[-1], numbers(line)[:-1]),
            "You take the last number as the label. It is the first.",
        ),
        "the other way round": (
            lambda line: (numbers(line)[1:], numbers(line)[0]),
            "Label first, then the features.",
        ),
        "eight features only": (
            lambda line: (numbers(line)[0], numbers(line)[1:9]),
            "You keep eight features. There may be any number of them.",
        ),
        "whole numbers": (
            lambda line: (int(numbers(line)[0]), [int(x) for x in numbers(line)[1:]]),
            "The fractions are gone. Make floats, not whole numbers.",
        ),
        "an empty piece": (
            raises("ValueError", r"could not convert string to float: ''"),
            '`float` got an empty text. `split(" ")` finds one between two spaces; `split()` takes one or more '
            "spaces as one cut.",
        ),
        "letter by letter": (
            raises("ValueError", r"could not convert string to float: '[-. ,]'"),
            "`float` got a single character that is no digit. A loop over a text goes character by character: "
            "`split` it first.",
        ),
        "more than one number": (
            raises("ValueError", r"could not convert string to float: '[^']*\d[ ,]+[^']*'"),
            "`float` reads one number at a time. Cut the line at the comma and at the spaces first.",
        ),
    }


@beside
def measured(mse, pairs):
    """The answer for an RDD of three partitions."""
    return mse(spark.start().sparkContext.parallelize(pairs, 3))


def mean(values):
    return sum(values) / len(values)


def partitions(items, number):
    """The items as Spark's `parallelize` lays them out; empty partitions are left out."""
    batch = max(1, len(items) // number)
    batches = [items[at : at + batch] for at in range(0, len(items), batch)]
    cuts = [part * len(batches) // number for part in range(number + 1)]
    laid = [[item for one in batches[a:b] for item in one] for a, b in pairwise(cuts)]
    return [part for part in laid if part]


def halved(values):
    """What `reduce` gives for (a + b) / 2."""
    return reduce(lambda a, b: (a + b) / 2, values)


def squares(pairs):
    return [(label - prediction) ** 2 for label, prediction in pairs]


MEAN_OF_MEANS = "You average averages, so some {} count more than others. Add all first; divide once, at the end."


class Mse(Exercise):
    """Mean squared error, by map and reduce on Spark."""

    name = "mse"

    def look(self, mse, pairs):
        return measured(mse, pairs)

    def examples(self):
        yield ([(3.0, 1.0), (5.0, 6.0)],), 2.5
        yield ([(1.0, 3.0), (2.0, 2.0), (-1.0, 0.0)],), 5 / 3
        yield ([(0.0, 1.0), (4.0, 4.0), (2.0, 0.0), (1.0, 4.0), (5.0, 3.0)],), 3.6

    def hidden(self, rng):
        yield ([(2.0, -1.0)],), 9.0
        yield ([(0, 1), (0, -1), (7, 7), (1, 4), (1, 4)],), 4.0
        halves = rng.integers(-20, 20, (7, 2)) / 2  # exact in 32 bits, too
        pairs = [(label, prediction) for label, prediction in halves.tolist()]
        yield (pairs,), mean([(v - q) ** 2 for v, q in pairs])

    @staticmethod
    def reference(pairs):
        return mean(squares(pairs))

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
            "`label - prediction ** 2` squares the prediction alone. Put brackets around the difference.",
        ),
        "one less": (
            lambda p: sum((v - q) ** 2 for v, q in p) / (len(p) - 1),
            "You divide by n − 1. A mean divides by n.",
        ),
        "multiplied by the number": (
            lambda p: sum(squares(p)) * len(p),
            "You multiply by the number of pairs. Divide by it.",
        ),
        "added, not subtracted": (
            lambda p: mean([(v + q) ** 2 for v, q in p]),
            "You square label plus prediction. The error is their difference.",
        ),
        "mean of means": (
            lambda p: halved([halved(squares(part)) for part in partitions(p, 3)]),
            MEAN_OF_MEANS.format("pairs"),
        ),
        "mean of the partitions' means": (
            lambda p: mean([mean(squares(part)) for part in partitions(p, 3)]),
            MEAN_OF_MEANS.format("pairs"),
        ),
        "no reduce": (
            raises("TypeError", "unsupported operand.*RDD"),
            "A map gives an RDD, not a number. An action makes one number of it, such as `reduce(add)`.",
        ),
        "pairs added": (
            raises("TypeError", "unsupported operand.*'(tuple|list)'"),
            "An operation got a pair where it needs a number. Map each pair to its squared difference first; "
            "then reduce by adding.",
        ),
        "one argument, not two": (
            raises("TypeError", "missing 1 required positional argument"),
            "A function waits for one argument more than it gets. `map` hands over one thing, the pair; "
            "its parts are `pair[0]` and `pair[1]`.",
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


def pulls(points, weights):
    """The gradient of each point."""
    return [(np.dot(weights, x) - label) * np.array(x) for label, x in points]


class OneStep(Exercise):
    """One step of gradient descent, as one job."""

    name = "one_step"

    def look(self, one_step, points, weights, step):
        return stepped(one_step, points, weights, step)

    def examples(self):
        yield ([(1.0, [2.0, 0.0])], [0.0, 5.0], 0.1), [0.2, 5.0]
        points = [(1.0, [1.0, 2.0]), (3.0, [0.0, 1.0]), (-1.0, [1.0, -1.0])]
        yield (points, [1.0, 1.0], 0.3), [0.7, 0.9]
        points = [(2.0, [1.0]), (0.0, [3.0]), (5.0, [1.0]), (1.0, [2.0]), (1.0, [0.0])]
        yield (points, [2.0], 0.1), [1.58]

    def hidden(self, rng):
        for n, d in ((4, 1), (2, 3), (5, 2)):
            labels, features = rng.normal(0, 2, n).tolist(), rng.normal(0, 2, (n, d)).tolist()
            points = list(zip(labels, features, strict=True))
            weights, step = rng.normal(size=d).tolist(), rng.uniform(0.05, 0.3)
            yield (points, weights, step), moved(points, weights, step)

    @staticmethod
    def reference(points, weights, step):
        return moved(points, weights, step)

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
        "step times gradient alone": (
            lambda p, w, s: np.array(w) - moved(p, w, s),
            "You give `step * mean`. Subtract it from the weights.",
        ),
        "the gradient alone": (
            lambda p, w, s: np.array(w) - moved(p, w, 1.0),
            "That is the mean gradient. Take `step` times it from the weights.",
        ),
        "lists joined": (
            lambda p, w, s: np.array(w) - s * pulls(p, w)[0] / len(p),
            "Only the first point's gradient counts. `+` joins two lists; it adds arrays: `np.array(…)`.",
        ),
        "multiplied by the number": (
            lambda p, w, s: moved(p, w, s, scale=1 / len(p)),
            "You multiply by the number of points. Divide by it.",
        ),
        "weights left out": (
            lambda p, w, s: np.array(w) + moved(p, [0.0] * len(w), s),
            "The prediction is not 0. It is `weights · features`.",
        ),
        "not downhill yet": (
            lambda p, w, s: w,
            "The weights come back as they were. Do you return the moved ones?",
        ),
        "mean of means": (
            lambda p, w, s: (
                np.array(w) - s * halved([halved(pulls(part, w)) for part in partitions(p, 2)])
            ),
            MEAN_OF_MEANS.format("points"),
        ),
        "mean of the partitions' means": (
            lambda p, w, s: (
                np.array(w) - s * mean([mean(pulls(part, w)) for part in partitions(p, 2)])
            ),
            MEAN_OF_MEANS.format("points"),
        ),
        "label added": (
            lambda p, w, s: moved([(-label, x) for label, x in p], w, s),
            "You add the label to the prediction. The error is prediction *minus* label.",
        ),
        "label left out": (
            lambda p, w, s: moved([(0.0, x) for _, x in p], w, s),
            "The label is missing. The error is prediction minus label.",
        ),
        "product, not a sum of products": (
            lambda p, w, s: (
                np.array(w) - s * mean([(np.array(w) * x - v) * np.array(x) for v, x in p])
            ),
            "`weights · features` is one number, a sum of products: `@` or `np.dot`. `*` keeps one product a feature.",
        ),
        "features left out": (
            lambda p, w, s: np.array(w) - s * mean([np.dot(w, x) - v for v, x in p]),
            "That moves all weights alike, by the mean error. Multiply each point's error by an array of its features.",
        ),
        "list arithmetic": (
            raises("TypeError", "multiply sequence|unsupported operand.*'list'"),
            "An operation got a list or a tuple. These do not subtract, nor multiply by floats: "
            "make a NumPy array of each in this line, `np.array(…)`.",
        ),
    }


@beside
def rated(error_rate, rows):
    """The answer for a table of these rows."""
    columns = ["label", "indexedLabel", "prediction"]
    return error_rate(spark.start().createDataFrame(rows, columns))


def share(rows, column=1):
    return sum(row[column] != row[2] for row in rows) / len(rows)


def f_measure(rows):
    """The mean of the classes' F1, weighted by their rows, as Spark's evaluator gives it by default."""
    total = 0.0
    for kind in {row[1] for row in rows}:
        there = sum(row[1] == kind for row in rows)
        hits = sum(row[1] == row[2] == kind for row in rows)
        total += there * 2 * hits / (there + sum(row[2] == kind for row in rows))
    return total / len(rows)


class ErrorRate(Exercise):
    """The share of rows that a model got wrong."""

    name = "error_rate"
    atol = 1e-5  # SQL's mean of 0.0 and 1.0 is a decimal with five places

    def look(self, error_rate, rows):
        return rated(error_rate, rows)

    def examples(self):
        yield ([(1.0, 0.0, 0.0), (1.0, 0.0, 1.0), (0.0, 1.0, 1.0), (0.0, 1.0, 1.0)],), 0.25
        yield ([(7.0, 1.0, 1.0), (2.0, 2.0, 2.0), (3.0, 0.0, 0.0)],), 0.0
        yield ([(2.0, 2.0, 0.0), (2.0, 2.0, 0.0), (7.0, 1.0, 1.0)],), 2 / 3

    def hidden(self, rng):
        rows = [(4.0, 2.0, 0.0), (9.0, 0.0, 0.0), (9.0, 0.0, 2.0), (9.0, 0.0, 1.0), (2.0, 1.0, 1.0)]
        yield (rows,), 0.6
        yield ([(1.0, 0.0, 1.0)],), 1.0
        indexed = rng.integers(0, 3, 9)
        wrong = rng.permutation(9) < rng.integers(1, 9)
        predicted = np.where(wrong, (indexed + 1) % 3, indexed)
        table = np.stack([indexed + 3, indexed, predicted], axis=1).astype(float)
        yield ([tuple(row) for row in table.tolist()],), np.mean(wrong)

    @staticmethod
    def reference(rows):
        return share(rows)

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
        "a fraction becomes 0": (
            lambda rows: float(share(rows) // 1),
            "0 comes out where a fraction should. If you divide with `//`: it drops the fraction, `/` keeps it.",
        ),
        "divided by the right rows": (
            lambda rows: share(rows) / (1 - share(rows)),
            "You divide by the number of right rows. Divide by the number of all rows.",
        ),
        "1 minus F1": (
            lambda rows: 1 - f_measure(rows),
            'The evaluator gives F1 unless you ask for another number: `metricName="accuracy"`.',
        ),
        "no count": (
            raises("TypeError", "unsupported operand.*DataFrame"),
            "That is a table, not a number. `count()` gives the number of its rows.",
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
    kind, stages = type(made).__name__, []
    if isinstance(made, Pipeline):
        made = made.getStages() if made.isSet("stages") else []
    for stage in made:
        settings = stage.extractParamMap() if isinstance(stage, Params) else {}
        named = {setting.name: value for setting, value in settings.items()}
        stages.append((type(stage).__name__, named))
    return kind, stages


@beside
def predicted(make_pipeline, depth, flowers, new):
    """The species that the fitted pipeline says of new flowers."""
    session, columns = spark.start(), ["species", "length", "width"]
    known = session.createDataFrame(flowers, columns).coalesce(1)
    model = make_pipeline(depth).fit(known)
    names = {row["label"]: row["species"] for row in model.transform(known).collect()}
    table = session.createDataFrame(new, columns[1:]).coalesce(1)
    rows = model.transform(table).select("prediction").collect()
    return [names.get(row["prediction"], row["prediction"]) for row in rows]


def columns_of(settings, side):
    """A stage's columns; they may be given as one name or as a list."""
    return ", ".join(settings.get(f"{side}Cols") or [str(settings.get(f"{side}Col"))])


def in_words(kind, settings):
    """A stage in words: its class, its columns, its depth."""
    if kind in ("StringIndexer", "VectorAssembler"):
        return f"{kind} {columns_of(settings, 'input')}→{columns_of(settings, 'output')}"
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
        yield (0, flowers, new), [frequent] * 3, self.hidden_predictions
        yield (3, flowers, new), [frequent, narrow, wide], self.hidden_predictions

    def hidden_predictions(self, make_pipeline, depth, flowers, new):
        return predicted(make_pipeline, depth, flowers, new)

    mistakes = {
        "depth ignored": (
            lambda d: [INDEXER, ASSEMBLER, classifier(5)],
            "The tree keeps its default depth, 5. Pass `maxDepth=depth`.",
        ),
        "always 2": (
            lambda d: [INDEXER, ASSEMBLER, classifier(2)],
            "The depth is 2 whatever `depth` says. Use the argument.",
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
        "no input": (
            when(lambda got: any(" None→" in stage for stage in got)),
            "A stage has nothing to read: give it its columns, `inputCol` or `inputCols`.",
        ),
        "no output": (
            when(lambda got: any(stage.endswith("__output") for stage in got)),
            "A stage writes to a column whose name Spark made up: give it `outputCol`. The tree reads `label` and "
            "`features`.",
        ),
        "fitted": (lambda d: "fitted", "You fit it already. Return the pipeline itself."),
    }


@beside
def indexed(index_cities, train, test, step=1):
    """The indices that come back, as two lists in the order of the rows; with step 0 the rows of a city are equal."""
    tables = []
    for cities in (train, test):
        rows = [(step * number, city) for number, city in enumerate(cities)]
        tables.append(spark.start().createDataFrame(rows, ["row", "city"]).coalesce(1))
    answer = index_cities(*tables)
    if not isinstance(answer, (tuple, list)) or not all(hasattr(one, "columns") for one in answer):
        return {"type": None if answer is None else type(answer).__name__}
    if not all({"row", "city", "index"} <= set(one.columns) for one in answer):
        return {"columns": [one.columns for one in answer]}
    return [[row["index"] for row in one.orderBy("row").collect()] for one in answer]


def each_new(train, test):
    """The cities of the training rows by frequency, then the new ones."""
    known = sorted(set(train), key=lambda city: (-train.count(city), city))
    return [*known, *sorted(set(test) - set(train), key=lambda city: (-test.count(city), city))]


def numbered(cities, learnt_from, drop=False, rarest=False):
    """Indices as a StringIndexer gives them; unseen cities get the next number, or are dropped."""
    sign = 1 if rarest else -1
    order = sorted(set(learnt_from), key=lambda city: (sign * learnt_from.count(city), city))
    found = [float(order.index(c)) if c in order else float(len(order)) for c in cities]
    return [i for i in found if i < len(order)] if drop else found


def by_count(cities, learnt_from):
    """Indices where equally frequent cities share one."""
    counts = sorted({learnt_from.count(city) for city in learnt_from}, reverse=True)
    found = {city: float(counts.index(learnt_from.count(city))) for city in learnt_from}
    return sorted(found.get(city, float(len(counts))) for city in cities)


def by_alphabet(cities, learnt_from):
    order = sorted(set(learnt_from))
    return [float(order.index(city)) if city in order else float(len(order)) for city in cities]


class IndexCities(Exercise):
    """Numbers for cities, learnt from the training rows alone."""

    name = "index_cities"

    def look(self, index_cities, train, test):
        return self.numbers(indexed(index_cities, train, test))

    def equally_frequent(self, index_cities, train, test):
        """Of equally frequent cities either may come first: the numbers alone, sorted."""
        found = self.numbers(indexed(index_cities, train, test, 0))
        return [sorted(numbers, key=str) for numbers in found] if isinstance(found, list) else found

    def numbers(self, found):
        if isinstance(found, dict):
            return None if found == {"type": None} else unfit(found)
        return found

    def examples(self):
        train, test = ["Rome", "Rome", "Oslo"], ["Oslo", "Lima", "Lima", "Lima"]
        yield (train, test), [[0.0, 0.0, 1.0], [1.0, 2.0, 2.0, 2.0]]
        test = ["Kyoto", "Kyoto", "Lima", "Accra", "Bern"]
        yield (["Kyoto"] + ["Accra"] * 2, test), [[1, 0, 0], [1, 1, 2, 0, 2]]
        train, test = ["Rome", "Rome", "Lima", "Oslo"], ["Lima", "Oslo", "Bern", "Bern"]
        yield (train, test), [[0, 0, 1, 2], [1, 2, 3, 3]], self.equally_frequent

    def hidden(self, rng):
        names = ["Accra", "Bern", "Kyoto", "Lagos", "Quito"]
        often, rare, once, new, newer = rng.permutation(names).tolist()
        train = rng.permutation([often] * 3 + [rare] * 2 + [once]).tolist()
        test = rng.permutation([new] * 4 + [newer, often, once]).tolist()
        yield (train, test), [numbered(train, train), numbered(test, train)]
        first, second = sorted([rare, once])
        equal = ([often, often, first, second], [first, second, new, new])
        yield equal, [[0, 0, 1, 2], [1, 2, 3, 3]], self.equally_frequent

    parts = ("the training table", "the test table")

    @staticmethod
    def reference(train, test):
        return numbered(train, train), numbered(test, train)

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
            'Rows with a new city are lost, as with `handleInvalid="skip"`. Each row must stay: "keep".',
        ),
        "a row is gone": (
            when(
                lambda got, expected: any(
                    len(g) < len(e) for g, e in zip(got, expected, strict=True)
                )
            ),
            "A table comes back with fewer rows. Equal rows are rows, too: each stays.",
        ),
        "a number for each new city": (
            lambda a, b: [numbered(a, a), [float(each_new(a, b).index(city)) for city in b]],
            "Each new city has a number of its own. They share one, the next free number.",
        ),
        "rarest first": (
            lambda a, b: [numbered(a, a, rarest=True), numbered(b, a, rarest=True)],
            "The rarest city has 0. The most frequent one should.",
        ),
        "cities share a number": (
            lambda a, b: [by_count(a, a), by_count(b, a)],
            "Two cities that come equally often in `train` share a number. Each city of `train` has its own.",
        ),
        "by the alphabet": (
            lambda a, b: [by_alphabet(a, a), by_alphabet(b, a)],
            "The numbers follow the alphabet. The most frequent city has 0.",
        ),
        "tables swapped": (
            lambda a, b: [numbered(b, a), numbered(a, a)],
            "The tables come back in the other order: `train` first, then `test`.",
        ),
        "no tables": (
            when(lambda got: "type" in got),
            "Return two tables, as `(train, test)`. `transform` gives one for each.",
        ),
        "null for new cities": (
            when(lambda got: None in got[1]),
            "A city that only the test has gets null. Give all of them the next free number.",
        ),
        "a column is missing": (
            when(lambda got: len(got["columns"]) == 2),
            "Both tables need their old columns and a new one called `index`.",
        ),
        "unseen city": (
            raises("Py4JJavaError", "Unseen label"),
            "The indexer stopped at a city that only the test has. `handleInvalid` decides what happens then: "
            '"skip" drops the row, "keep" gives all such cities one number.',
        ),
    }
