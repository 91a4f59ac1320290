"""The exercises of lesson 12."""

import numpy as np
from scipy.stats import chi2_contingency

from course_lib import spark
from course_lib.check import Exercise, beside, raises, when


def gaps(point, centres):
    return np.subtract(centres, point, dtype=float)


def squares(point, centres):
    return (gaps(point, centres) ** 2).sum(axis=1)


class Nearest(Exercise):
    """The index of the nearest centre."""

    name = "nearest"

    def examples(self):
        yield ([1, 1], [[9, 9], [0, 0]]), 1
        # index 0 to 5: so many centres that each mistake chooses another one
        yield ([3, 1], [[5, -4], [3, 6], [-3, 2], [-5, -1], [0, -6]]), 1
        centres = [[2, -2, 0], [0, 8, 1], [-6, -6, -2], [-3, 7, -4], [-3, 2, -3], [-3, 0, 8]]
        yield ([-3, 3, 3], centres), 5
        centres = [[6, 1], [5, 4], [7, 5], [3, 1], [3, 2]]
        yield (np.array([4, 3]), [np.array(centre) for centre in centres]), 1
        yield ([0, 0], [[3, 3], [0, 5]]), 0
        yield ([5, -1], [[4, -1], [0, 9], [9, -9], [-9, -3]]), 0
        yield ([0, 0], [[3e6, 0], [2e6, 0]]), 1

    def hidden(self, rng):
        yield ([-1, -1, 4], [[-9, 0, 4], [5, 5, 5], [-1, 0, 4]]), 2
        yield ([7], [[7]]), 0
        yield ([1, 2], [[4, 5], [4.5, 2]]), 1
        yield ([0, 0], [[4, 4], [7, 0.5], [4, -4]]), 0
        for n in (2, 3, 5):
            point, ways = rng.normal(0, 5, size=n), rng.normal(size=(6, n))
            distances = rng.permutation(6) + 1.0  # never nearly equal
            lengths = np.linalg.norm(ways, axis=1)
            centres = [*(point + ways * (distances / lengths)[:, None])]
            yield (point, centres), int(np.argmin(distances))

    def hidden_inputs(self, draw):
        n = draw.whole(1, 4)
        point, *centres = draw.wholes((draw.whole(2, 8), n), -9, 9)  # whole: equally near is equal
        point, centres = draw.one_of(
            (point, centres), (point.tolist(), [c.tolist() for c in centres])
        )
        return (point, centres), self.reference(point, centres)

    @staticmethod
    def reference(point, centres):
        return int(squares(point, centres).argmin())

    @staticmethod
    def steps(point, centres):
        return {"squared distances to the centres": squares(point, centres)}

    kinds = {"all centres are far away": lambda point, centres: squares(point, centres).min() > 1e6}
    mistakes = {
        "farthest": (
            lambda p, c: np.argmax(squares(p, c)),
            "That is the farthest centre. Look for the smallest distance.",
        ),
        "distance": (
            lambda p, c: np.sqrt(squares(p, c).min()),
            "You return the smallest distance. Return its index: `np.argmin`, or `distances.index(min(distances))`.",
        ),
        "squared distance": (
            lambda p, c: squares(p, c).min(),
            "You return the smallest squared distance. Put them into a list; `np.argmin` of it gives the index.",
        ),
        "the centre itself": (
            lambda p, c: c[np.argmin(squares(p, c))],
            "You return the centre. Return its index: put the distances into a list, and take `np.argmin` of it.",
        ),
        "arrays compared": (
            raises("ValueError", "truth value of an array"),
            "Two arrays are compared number by number, which gives no single yes or no. "
            "Compare distances: each is one number.",
        ),
        "counts from 1": (
            lambda p, c: np.argmin(squares(p, c)) + 1,
            "Python counts from 0: the first centre has index 0.",
        ),
        "last of equals": (
            lambda p, c: len(c) - 1 - np.argmin(squares(p, c)[::-1]),
            "Of two centres equally near you take the last. Take the first: compare with `<`, not `<=`.",
        ),
        "city blocks": (
            lambda p, c: np.argmin(np.abs(gaps(p, c)).sum(axis=1)),
            "You add up |differences|. Euclidean distance squares the differences first.",
        ),
        "largest difference": (
            lambda p, c: np.argmin(np.abs(gaps(p, c)).max(axis=1)),
            "You compare the largest single difference. Square all of them and add them up.",
        ),
        "first number only": (
            lambda p, c: np.argmin(np.abs(gaps(p, c))[:, 0]),
            "You compare the first number of each point. Add up the squared differences of all numbers.",
        ),
        "signs cancel": (
            lambda p, c: np.argmin(gaps(p, c).sum(axis=1)),
            "Differences of opposite sign cancel. Square each before you add.",
        ),
        "signs cancel, point first": (
            lambda p, c: np.argmax(gaps(p, c).sum(axis=1)),
            "Differences of opposite sign cancel. Square each before you add.",
        ),
        "signs cancel, sign dropped too late": (
            lambda p, c: np.argmin(np.abs(gaps(p, c).sum(axis=1))),
            "Differences of opposite sign cancel before you drop the sign. Square each before you add.",
        ),
        "two numbers only": (
            lambda p, c: np.argmin(squares(p[:2], [centre[:2] for centre in c])),
            "You look at the first two numbers of each point. A point may have any number of them.",
        ),
        "last number only": (
            lambda p, c: np.argmin(np.abs(gaps(p, c))[:, -1]),
            "You compare the last number of each point. Add up the squares of all: begin at 0, then `+=`.",
        ),
        "sum over the centres": (
            lambda p, c: np.argmin((gaps(p, c) ** 2).sum(axis=0)),
            "You add over the centres: one sum for each coordinate. Add over the coordinates of each centre: `axis=1`.",
        ),
        "point added": (
            lambda p, c: np.argmin(squares(np.negative(p), c)),
            "You add the point to the centre. Take the difference.",
        ),
        "point not used": (
            lambda p, c: np.argmin((np.square(c)).sum(axis=1)),
            "That is the centre nearest to 0. Take the point away from each centre first.",
        ),
    }


@beside
def total_of_rdd(sum_of_squares, points, centres):
    """What the answer gives for an RDD of these points, in two partitions."""
    rdd = spark.start().sparkContext.parallelize([np.array(p, dtype=float) for p in points], 2)
    total = sum_of_squares(rdd, [np.array(c, dtype=float) for c in centres])
    return "an RDD" if hasattr(total, "mapPartitions") else total


def every_square(points, centres):
    """Squared distances, shape (points, centres)."""
    return np.array([squares(point, centres) for point in points])


def min_sum(points, centres, measure):
    """The sum over all points of the smallest measure of its gaps to the centres."""
    return sum(measure(gaps(point, centres)).min() for point in points)


def sum_of_each_number(points, centres):
    nearest = every_square(points, centres).argmin(axis=1)
    return (np.subtract(points, np.array(centres)[nearest]) ** 2).sum(axis=0)


class SumOfSquares(Exercise):
    """What k-means makes small, over an RDD."""

    name = "sum_of_squares"

    def look(self, sum_of_squares, points, centres):
        return total_of_rdd(sum_of_squares, points, centres)

    def examples(self):
        yield ([[0, 0], [3, 4]], [[0, 0]]), 25
        yield ([[0, 0], [3, 4], [10, 0], [9, 2]], [[1, 0], [10, 1]]), 1 + 20 + 1 + 2
        yield ([[2, 1], [-1, 2], [4, 4]], [[0, 0], [5, 5], [2, 2]]), 1 + 5 + 2
        yield ([[1, 2, 2], [0, -8, 8], [5, 5, 5.5]], [[0, 0, 0], [5, 5, 6]]), 9 + 128 + 0.25

    def hidden(self, rng):
        yield ([[2.5], [-0.5]], [[0.5]]), 5.0
        yield (
            ([[20.5, 0.0], [20.5, 0.0]], [[0.0, 0.0]]),
            840.5,
        )  # far away, and the same number twice
        points, centres = rng.normal(0, 5, size=(7, 3)), rng.normal(0, 5, size=(3, 3))
        total = every_square(points, centres).min(axis=1).sum()
        yield (points.tolist(), centres.tolist()), total

    @staticmethod
    def reference(points, centres):
        return every_square(points, centres).min(axis=1).sum()

    @staticmethod
    def steps(points, centres):
        nearest = every_square(points, centres).min(axis=1)
        return {"each point's squared distance to its nearest centre": nearest}

    mistakes = {
        "sum of distances": (
            lambda p, c: np.sqrt(every_square(p, c).min(axis=1)).sum(),
            "This adds distances, as the slides do. Leave out the root.",
        ),
        "root of the sum": (
            lambda p, c: np.sqrt(every_square(p, c).min(axis=1).sum()),
            "You take the root of the sum. The sum itself is asked for.",
        ),
        "mean": (
            lambda p, c: every_square(p, c).min(axis=1).mean(),
            "That is the mean. Give the sum: no division.",
        ),
        "all centres": (
            lambda p, c: every_square(p, c).sum(),
            "You add the distances to every centre. Only the nearest one counts.",
        ),
        "first centre only": (
            lambda p, c: every_square(p, c)[:, 0].sum(),
            "You measure to the first centre. Measure to the nearest one of each point.",
        ),
        "farthest": (
            lambda p, c: every_square(p, c).max(axis=1).sum(),
            "You measure to the farthest centre. Measure to the nearest.",
        ),
        "largest": (
            lambda p, c: every_square(p, c).min(axis=1).max(),
            "Only the largest value is left. Add all of them up.",
        ),
        "a sum for each number": (
            sum_of_each_number,
            "You give one sum for each coordinate. Add the squares of a point's coordinates first.",
        ),
        "squared twice": (
            lambda p, c: (every_square(p, c).min(axis=1) ** 2).sum(),
            "`to_nearest` gives a squared distance already. You square it again.",
        ),
        "last point only": (
            lambda p, c: every_square(p, c).min(axis=1)[-1],
            "Only the last point is counted. A reducer keeps what came before: `a + b`.",
        ),
        "first point only": (
            lambda p, c: every_square(p, c).min(axis=1)[0],
            "Only the first point is counted. A reducer adds what comes: `a + b`.",
        ),
        "smallest": (
            lambda p, c: every_square(p, c).min(),
            "Only the smallest value is left. Add all of them up.",
        ),
        "number of points": (
            lambda p, c: len(p),
            "You count the points. Add up their squared distances.",
        ),
        "city blocks": (
            lambda p, c: min_sum(p, c, lambda gap: np.abs(gap).sum(axis=-1)),
            "You add |differences|. Square them.",
        ),
        "signs cancel": (
            lambda p, c: min_sum(p, c, lambda gap: gap.sum(axis=-1) ** 2),
            "You add the differences first, so they cancel. Square each before you add.",
        ),
        "not squared": (
            lambda p, c: min_sum(p, c, lambda gap: gap.sum(axis=-1)),
            "You add the differences as they are. Square each first.",
        ),
        "point added": (
            lambda p, c: min_sum(np.negative(p), c, lambda gap: (gap**2).sum(axis=-1)),
            "You add the point to the centre. Take the difference.",
        ),
        "point not used": (
            lambda p, c: min_sum(np.zeros_like(p), c, lambda gap: (gap**2).sum(axis=-1)),
            "You measure from 0 to each centre. Take the point away first.",
        ),
        "sum over the centres": (
            lambda p, c: min_sum(p, c, lambda gap: (gap**2).sum(axis=0)),
            "You add over the centres: one sum for each coordinate. Add over the coordinates of each centre: `axis=1`.",
        ),
        "arguments exchanged": (
            lambda p, c: sum(
                min((np.subtract(c, number) ** 2).sum() for number in point) for point in p
            ),
            "`to_nearest` takes the point first, then the centres.",
        ),
        "mean over the coordinates": (
            lambda p, c: min_sum(p, c, lambda gap: (gap**2).mean(axis=-1)),
            "You average over the coordinates of a point. Add up their squares.",
        ),
        "no action": (
            lambda p, c: "an RDD",
            "You return an RDD: a plan. `reduce` or `sum` runs it and gives a number.",
        ),
    }


def compare(a, b):
    return (b - a) / max(a, b)


def distance(gap, power=2):
    return np.sqrt((gap**2).sum(axis=1)) ** power


def silhouette(
    i,
    points,
    labels,
    measure=distance,
    itself=0,
    choose=min,
    alone=0.0,
    finish=compare,
    average=np.mean,
):
    distances = measure(points - points[i])
    own, others = labels == labels[i], np.arange(len(labels)) != i
    if own.sum() == 1:
        return alone
    a = average(distances[own if itself else own & others])
    b = choose(average(distances[labels == other]) for other in set(labels[~own].tolist()))
    return finish(a, b)


def own_cluster_too(i, points, labels):
    """As if b were the smallest mean of all clusters, the point's own among them."""
    means = [squares(points[i], points[labels == k]).mean() for k in set(labels.tolist())]
    return silhouette(i, points, labels, finish=lambda a, b: compare(a, min(means)))


def own_cluster_alone(i, points, labels):
    """As if b were the mean of the point's own cluster."""
    own = squares(points[i], points[labels == labels[i]]).mean()
    return silhouette(i, points, labels, finish=lambda a, b: compare(a, own))


def to_the_centres(i, points, labels):
    if (labels == labels[i]).sum() == 1:
        return 0.0
    means = {k: points[labels == k].mean(axis=0) for k in set(labels.tolist())}
    distances = {k: ((mean - points[i]) ** 2).sum() for k, mean in means.items()}
    return compare(distances.pop(labels[i]), min(distances.values()))


class Silhouette(Exercise):
    """The silhouette of one point, with squared distances."""

    name = "silhouette"
    atol = 1e-5  # float32 will do: b - a cancels where the point lies on the border

    def alone(self, silhouette, i, points, labels):
        """A point alone in its cluster has a mistake of its own."""
        try:
            return silhouette(i, points, labels)
        except ZeroDivisionError:
            return "division by zero"

    def examples(self):
        line, labels = np.array([[0.0], [2.0], [6.0]]), np.array([0, 0, 1])
        yield (0, line, labels), 32 / 36
        points = [[4.0, 5.0], [1.0, 1.0], [-1.0, 1.0], [1.0, 4.0], [1.0, -1.0], [21.0, 1.0]]
        points, groups = np.array(points), np.array([3, 3, 1, 1, 3, 7])
        yield (1, points, groups), (6.5 - 14.5) / 14.5
        yield (2, points, groups), (53 - 39) / 53
        yield (2, line, labels), 0.0, self.alone

    def hidden(self, rng):
        line, labels = np.array([[0.0], [1.0], [10.0], [2.0]]), np.array([0, 0, 1, 1])
        yield (3, line, labels), (2.5 - 64) / 64
        yield (0, line, labels), (52 - 1) / 52
        yield (0, -line, labels), (52 - 1) / 52
        points = np.array([[4.0, 4.0], [-1.0, 0.0], [5.0, 5.0]])
        yield (1, points, np.array([1, 0, 1])), 0.0, self.alone
        yield (1, points[:2], np.array([0, 1])), 0.0, self.alone
        for n in (1, 2, 3):
            labels = rng.permutation([2, 2, 2, 5, 5, 5, 5, 0, 8])
            points = rng.normal(0, 3, size=(9, n))[labels] + rng.normal(size=(9, n))
            for i in range(0, 9, 2):
                look = self.alone if (labels == labels[i]).sum() == 1 else self.look
                yield (i, points, labels), silhouette(i, points, labels), look

    def hidden_inputs(self, draw):
        n, k = draw.whole(2, 12), draw.whole(2, 4)
        labels = draw.rng.permutation([0, 1, *draw.wholes((n - 2,), 0, k - 1)]) * draw.one_of(1, 3)
        points = draw.rng.normal(0, 3, (n, draw.whole(1, 4))).round(2)  # never all of them equal
        i = draw.whole(0, n - 1)
        return (i, points, labels), silhouette(i, points, labels)

    reference = staticmethod(lambda _i, points, labels: silhouette(_i, points, labels))

    @staticmethod
    def steps(i, points, labels):
        return silhouette(i, points, labels, finish=lambda a, b: {"a": a, "b": b})

    kinds = {
        "the point lies nearer to another cluster than to its own": lambda i, points, labels: (
            silhouette(i, points, labels) < 0
        ),
        "the point lies nearest to its own cluster": lambda i, points, labels: (
            silhouette(i, points, labels) > 0
        ),
        "there are more than two clusters": lambda i, points, labels: len(set(labels)) > 2,
        "the point is alone in its cluster": lambda i, points, labels: (
            sum(labels == labels[i]) == 1
        ),
    }
    mistakes = {
        "itself counted": (
            lambda i, p, y: silhouette(i, p, y, itself=1),
            "You count the point itself among its cluster, at distance 0. Divide the sum by one less.",
        ),
        "plain distances": (
            lambda i, p, y: silhouette(i, p, y, measure=lambda gap: distance(gap, power=1)),
            "These are plain distances. MLlib squares them: leave out the root, or square what `norm` gives.",
        ),
        "all others together": (
            lambda i, p, y: silhouette(i, p, np.where(y == y[i], 1, 0)),
            "You put all other clusters into one mean. Take a mean for each, then the smallest.",
        ),
        "farthest cluster": (
            lambda i, p, y: silhouette(i, p, y, choose=max),
            "You take the cluster with the largest mean. b is the smallest.",
        ),
        "upside down": (
            lambda i, p, y: -silhouette(i, p, y),
            "The sign is turned round: b − a, not a − b.",
        ),
        "not divided": (
            lambda i, p, y: silhouette(i, p, y, finish=lambda a, b: b - a),
            "You give b − a. Divide by the larger of a and b.",
        ),
        "divided by b": (
            lambda i, p, y: silhouette(i, p, y, finish=lambda a, b: (b - a) / b),
            "You always divide by b. When a is larger, divide by a.",
        ),
        "divided by a": (
            lambda i, p, y: silhouette(i, p, y, finish=lambda a, b: (b - a) / a),
            "You always divide by a. When b is larger, divide by b.",
        ),
        "to the centres": (
            to_the_centres,
            "You measure to the means of the clusters. The silhouette measures to every point, then takes the mean.",
        ),
        "alone": (
            lambda i, p, y: silhouette(i, p, y, alone=float("nan")),
            "A point alone has no others: 0 divided by 0. Return 0 for it.",
        ),
        "alone gets 1": (
            lambda i, p, y: silhouette(i, p, y, alone=1.0),
            "A point alone in its cluster gets 0, not 1.",
        ),
        "divided by zero": (
            when(lambda got: got == "division by zero"),
            "A point alone has no others to divide by. Return 0 for it first.",
        ),
        "signs cancel": (
            lambda i, p, y: silhouette(i, p, y, measure=lambda gap: gap.sum(axis=1)),
            "You add the differences as they are. Square each first.",
        ),
        "city blocks": (
            lambda i, p, y: silhouette(i, p, y, measure=lambda gap: np.abs(gap).sum(axis=1)),
            "You add |differences|. Square them.",
        ),
        "sums, not means": (
            lambda i, p, y: silhouette(i, p, y, average=np.sum),
            "You add the distances up. Large clusters win or lose by their size: take means.",
        ),
        "largest distance": (
            lambda i, p, y: silhouette(i, p, y, average=np.max),
            "You take the largest distance to a cluster. Take the mean.",
        ),
        "smallest distance": (
            lambda i, p, y: silhouette(i, p, y, average=np.min),
            "You take the smallest distance to a cluster. Take the mean.",
        ),
        "divided by the smaller": (
            lambda i, p, y: silhouette(i, p, y, finish=lambda a, b: (b - a) / min(a, b)),
            "You divide by the smaller of a and b. Divide by the larger.",
        ),
        "its own cluster too": (
            own_cluster_too,
            "Your b may be the mean of the point's own cluster. Leave that one out: `k != labels[i]`.",
        ),
        "its own cluster alone": (
            own_cluster_alone,
            "Your b is the mean of the point's own cluster. Take the other clusters: `k != labels[i]`.",
        ),
        "a and b added": (
            lambda i, p, y: silhouette(i, p, y, finish=lambda a, b: (b + a) / max(a, b)),
            "You add a and b. Above the line stands b − a.",
        ),
        "b over the larger": (
            lambda i, p, y: silhouette(i, p, y, finish=lambda a, b: b / max(a, b)),
            "Only b stands above the line. It is b − a.",
        ),
        "a over the larger": (
            lambda i, p, y: silhouette(i, p, y, finish=lambda a, b: a / max(a, b)),
            "Only a stands above the line. It is b − a.",
        ),
        "multiplied": (
            lambda i, p, y: silhouette(i, p, y, finish=lambda a, b: (b - a) * max(a, b)),
            "You multiply by the larger of a and b. Divide by it.",
        ),
        "divided by the sum": (
            lambda i, p, y: silhouette(i, p, y, finish=lambda a, b: (b - a) / (a + b)),
            "You divide by a + b. Divide by the larger of the two.",
        ),
        "a alone": (
            lambda i, p, y: silhouette(i, p, y, finish=lambda a, b: a),
            "That is a. The silhouette is (b − a) / max(a, b).",
        ),
        "b alone": (
            lambda i, p, y: silhouette(i, p, y, finish=lambda a, b: b),
            "That is b. The silhouette is (b − a) / max(a, b).",
        ),
    }


def scale(new, train, axis=0, ddof=1, centre=True, power=1, constant=1.0):
    mean, deviation = train.mean(axis=axis), train.std(axis=axis, ddof=ddof)
    never_changes = np.ptp(train, axis=axis) == 0  # 0.1 three times has a deviation of 1e-17
    return (new - mean * centre) / np.where(never_changes, constant, deviation) ** power


class Rescale(Exercise):
    """New points, scaled as the training data say."""

    name = "rescale"
    rtol = atol = 1e-5  # an answer may compute in 32 bits

    def constant(self, rescale, new, train):
        """A column that never changes is a case of its own."""
        return rescale(new, train)

    def examples(self):
        train = np.array([[1, 10], [2, 30], [3, 20]])
        yield (np.array([[2, 25], [4, 10]]), train), [[0.0, 0.5], [2.0, -1.0]]
        train = np.array([[1.0, 10.0], [1.5, 30.0], [2.0, 20.0]])
        yield (np.array([[5.0, 10.0], [1.0, 42.0]]), train), [[7.0, -1.0], [-1.0, 2.2]]
        train = np.array([[0.0, 2.0], [1.0, 7.0], [3.0, 4.0]])  # here no variance is whole
        new = np.array([[2.0, 4.0], [5.0, 1.0]])
        yield (new, train), scale(new, train)
        train = np.array([[1.0, 4.0], [1.5, 4.0], [2.0, 4.0]])
        new = np.array([[5.0, 7.5], [1.0, 5.0]])
        yield (new, train), [[7.0, 3.5], [-1.0, 1.0]], self.constant

    def hidden(self, rng):
        yield (np.array([[1.0]]), np.array([[-1.0], [1.0]])), [[1 / np.sqrt(2)]]
        yield (np.array([[7, 2]]), np.array([[4, 2], [5, 5], [6, 8]])), [[2.0, -1.0]]
        for rows in (3, 5, 8):
            train = rng.normal([2, -30, 0], [1, 20, 5], size=(rows, 3))
            new = train[:3] + rng.uniform(1, 4, size=(3, 3))
            yield (new, train), scale(new, train)
            train = train.copy()
            train[:, rng.integers(3)] = rng.integers(-9, 10)  # one column never changes
            yield (new, train), scale(new, train), self.constant

    def hidden_inputs(self, draw):
        rows, columns = draw.whole(2, 9), draw.whole(1, 4)
        # quarters: where a column never changes, its mean is exact and its deviation exactly 0
        train = draw.wholes((rows, columns), -120, 120) / 4
        if draw.chance():
            train[:, draw.whole(0, columns - 1)] = draw.whole(-9, 9)  # one column never changes
        new = draw.array((draw.whole(1, 5), columns), -90, 90)
        return (new, train), scale(new, train)

    reference = staticmethod(lambda new, train: scale(new, train))

    @staticmethod
    def steps(new, train):
        deviations = train.std(axis=0, ddof=1)
        return {"means of train": train.mean(axis=0), "standard deviations of train": deviations}

    mistakes = {
        "the colleague's code": (
            lambda new, train: (new - new.mean()) / new.std(),
            "This is still the colleague's code: `train` is not used, and all columns share one mean.",
        ),
        "scaled by itself": (
            lambda new, train: scale(new, new),
            "You use the mean and deviation of the new points. "
            "They lose their place among the old: take those of `train`.",
        ),
        "scaled by itself, n below": (
            lambda new, train: scale(new, new, ddof=0),
            "You use the mean and deviation of the new points. Take those of `train`, with `ddof=1`.",
        ),
        "one mean for all": (
            lambda new, train: scale(new, train, axis=None),
            "One mean and one deviation for all columns mix units. `axis=0`, for both, gives one for each column.",
        ),
        "one mean for all, n below": (
            lambda new, train: scale(new, train, axis=None, ddof=0),
            "One mean and one deviation for all columns mix units. `axis=0`, for both, gives one for each column.",
        ),
        "n below the line": (
            lambda new, train: scale(new, train, ddof=0),
            "NumPy divides by n. StandardScaler divides by n − 1: `ddof=1`.",
        ),
        "not centred": (
            lambda new, train: scale(new, train, centre=False),
            "You divide, but do not take the mean away first.",
        ),
        "multiplied": (
            lambda new, train: scale(new, train, power=-1),
            "You multiply by the deviation. Divide by it.",
        ),
        "rounded down": (
            lambda new, train: np.floor(scale(new, train)),
            "`//` drops the fraction. Divide with `/`.",
        ),
        "mean added": (
            lambda new, train: scale(new, train, centre=-1),
            "You add the mean. Take it away.",
        ),
        "sum taken away": (
            lambda new, train: scale(new, train, centre=len(train)),
            "You take away the sum of each column. Take away its mean.",
        ),
        "brackets": (
            lambda new, train: new - train.mean(axis=0) / train.std(axis=0, ddof=1),
            "Only the mean is divided: `/` goes before `-`. Put `new - mean` into brackets.",
        ),
        "one mean, a deviation for each column": (
            lambda new, train: scale(new + train.mean(axis=0) - train.mean(), train),
            "The mean is that of all columns together. `axis=0` gives a mean for each column.",
        ),
        "one deviation, a mean for each column": (
            lambda new, train: (new - train.mean(axis=0)) / train.std(ddof=1),
            "The deviation is that of all columns together. `axis=0` gives one for each column.",
        ),
        "one deviation, a mean for each column, n below": (
            lambda new, train: (new - train.mean(axis=0)) / train.std(),
            "The deviation is that of all columns together. `axis=0` gives one for each column.",
        ),
        "train scaled": (
            lambda new, train: scale(train, train),
            "You scale `train`. Scale `new` with what `train` says.",
        ),
        "centred only": (
            lambda new, train: scale(new, train, power=0),
            "Every column is centred, but not divided by its standard deviation.",
        ),
        "whole numbers": (
            lambda new, train: (
                np.trunc(scale(new, train)) if new.dtype.kind in "iu" else scale(new, train)
            ),
            "Your result is kept in an array of whole numbers, as `new` is. Make a new array of floats.",
        ),
        "small deviations left out": (
            lambda new, train: (
                (new - train.mean(axis=0)) / np.maximum(train.std(axis=0, ddof=1), 1)
            ),
            "You divide by 1 wherever the deviation is below 1. Do so only where it is 0.",
        ),
        "variance": (
            lambda new, train: scale(new, train, power=2),
            "You divide by the variance. Divide by its root, the standard deviation.",
        ),
        "constant column": (
            lambda new, train: scale(new, train, constant=0.0),
            "A column that never changes has deviation 0, and you divide by it. Divide by 1 there.",
        ),
        "constant column as it was": (
            lambda new, train: np.where(train.std(axis=0) == 0, new, scale(new, train)),
            "A column that never changes in `train` comes back as it was. Centre it; only the division is left out.",
        ),
        "constant column to 0": (
            lambda new, train: np.where(train.std(axis=0) == 0, 0.0, scale(new, train)),
            "A new point may differ in a column that was constant. Centre it; only the division is left out.",
        ),
    }


USERS = {3: [2.0, 1.0], 8: [-1.0, 0.5], 0: [3.0, 2.0]}
MOVIES = {5: [1.0, 0.5], 0: [2.0, 3.0], 9: [1.0, 2.0], 2: [0.5, 2.0]}
THREE = {1: [1.0, 2.0, 0.5]}, {1: [2.0, 0.5, 2.0]}
UNKNOWN = "^(77|8|9)$"
"""Numbers of the visible examples that are in one dict at most."""


def stars(user, movie, users, movies, mean, low=1.0, high=5.0, unknown=None):
    if user not in users or movie not in movies:
        return mean if unknown is None else unknown
    return np.clip(np.dot(users[user], movies[movie]), low, high)


def cut(n, *tables):
    """The first n factors of everybody; for -1 the last one."""
    part = slice(-1, None) if n == -1 else slice(n)
    return [{number: factors[part] for number, factors in table.items()} for table in tables]


def ones(table):
    return {number: np.ones(len(factors)) for number, factors in table.items()}


def halved(users, movies):
    """Factors whose products add up to the mean of the products."""
    return {number: np.divide(factors, len(factors)) for number, factors in users.items()}, movies


def products(user, movie, users, movies, mean):
    known = user in users and movie in movies
    return np.multiply(users[user], movies[movie]) if known else mean


def all_factors_added(user, movie, users, movies, mean):
    known = user in users and movie in movies
    return np.clip(np.sum(users[user]) + np.sum(movies[movie]), 1, 5) if known else mean


class PredictRating(Exercise):
    """A guess of 1 to 5 stars from the factors of a user and a film."""

    name = "predict_rating"

    def examples(self):
        yield (3, 5, USERS, MOVIES, 1.8), 2.5
        yield (3, 0, USERS, MOVIES, 1.8), 5.0
        yield (8, 5, USERS, MOVIES, 1.8), 1.0
        yield (0, 2, USERS, MOVIES, 1.8), 5.0
        yield (8, 2, USERS, MOVIES, 1.8), 1.0
        yield (77, 5, USERS, MOVIES, 1.8), 1.8
        yield (3, 77, USERS, MOVIES, 1.8), 1.8
        yield (9, 9, USERS, MOVIES, 1.8), 1.8
        yield (8, 8, USERS, MOVIES, 1.8), 1.8
        yield (0, 5, USERS, MOVIES, 1.8), 4.0
        yield (1, 1, *THREE, 1.8), 4.0

    def hidden(self, rng):
        yield (3, 9, USERS, MOVIES, 2.2), 4.0
        yield (8, 0, USERS, MOVIES, 2.2), 1.0
        yield (0, 0, USERS, MOVIES, 2.2), 5.0
        yield (77, 77, USERS, MOVIES, 2.2), 2.2
        yield (8, 77, USERS, MOVIES, 3.0), 3.0
        yield (0, 5, USERS, MOVIES, 3.0), 4.0
        yield (8, 9, USERS, MOVIES, 3.0), 1.0
        users = {number: rng.uniform(-0.5, 2, size=3).tolist() for number in (0, 4, 8)}
        movies = {number: rng.uniform(-0.5, 2, size=3).tolist() for number in (0, 6, 9)}
        mean = rng.uniform(2, 4)
        for user in (0, 4, 8, 9):
            for movie in (0, 6, 9, 8):
                yield (user, movie, users, movies, mean), stars(user, movie, users, movies, mean)

    def hidden_inputs(self, draw):
        n, ids = draw.whole(1, 4), range(5)
        users, movies = (
            {i: draw.array((n,), -2, 3).tolist() for i in ids if draw.one_of(True, True, False)}
            for _ in range(2)
        )
        user, movie, mean = draw.one_of(*ids), draw.one_of(*ids), draw.number(1, 5)
        return (user, movie, users, movies, mean), stars(user, movie, users, movies, mean)

    @staticmethod
    def reference(_user, _movie, users, movies, mean):
        return stars(_user, _movie, users, movies, mean)

    @staticmethod
    def steps(user, movie, users, movies, mean):
        return {"products of the factors": np.multiply(users[user], movies[movie])}

    kinds = {
        "user and film are both known": lambda user, film, users, films, mean: (
            user in users and film in films
        ),
        "the user is unknown": lambda user, film, users, films, mean: user not in users,
        "the film is unknown": lambda user, film, users, films, mean: film not in films,
        "user or film is unknown": lambda user, film, users, films, mean: (
            not (user in users and film in films)
        ),
        "the guess leaves the scale of 1 to 5": lambda *a: stars(*a, low=-99, high=99) != stars(*a),
        "the guess lies within 1 to 5, its ends left out": lambda *a: 1 < stars(*a) < 5,
    }
    mistakes = {
        "not clipped": (
            lambda *a: stars(*a, low=-99, high=99),
            "A guess may leave the scale. Move it back to 1 or 5.",
        ),
        "only the top": (
            lambda *a: stars(*a, low=-99),
            "You cut at 5 stars, but guesses below 1 stay. Cut at both ends.",
        ),
        "only the bottom": (
            lambda *a: stars(*a, high=99),
            "You lift guesses to 1, but those above 5 stay. Cut at both ends.",
        ),
        "starts at 0": (
            lambda *a: stars(*a, low=0.0),
            "The fewest stars are 1, not 0.",
        ),
        "unknown": (
            raises("KeyError", UNKNOWN),
            "A user or a film without factors is not in its dict. "
            "Look for each of them first, as in `if user not in users`, and return `mean`.",
        ),
        "unknown gives None": (
            raises("TypeError", "NoneType"),
            "Something is None here, and `get` gives None for a user or a film without factors. "
            "Return `mean` before you multiply.",
        ),
        "unknown gets 0": (
            lambda *a: stars(*a, unknown=0.0),
            "An unknown user or film gets `mean`, not 0.",
        ),
        "unknown gets 1": (
            lambda *a: stars(*a, unknown=1.0),
            "An unknown user or film gets `mean`, not the lowest rating.",
        ),
        "another end of the scale": (
            when(
                lambda got, expected: (
                    got in ((0, 2) if expected < 2 else (4, 6) if expected > 4 else ())
                    or (expected in (1, 5) and abs(got - expected) < 1)
                )
            ),
            "The scale begins at 1 and ends at 5. A guess outside moves to the nearer end.",
        ),
        "ends exchanged": (
            lambda *a: 6 - stars(*a) if stars(*a, low=-99, high=99) != stars(*a) else stars(*a),
            "A guess below 1 moves to 1, one above 5 moves to 5. Yours move the other way.",
        ),
        "film not used": (
            lambda user, movie, users, movies, mean: stars(user, movie, users, ones(movies), mean),
            "You add up the factors of the user. Multiply each by the film's factor first.",
        ),
        "user not used": (
            lambda user, movie, users, movies, mean: stars(user, movie, ones(users), movies, mean),
            "You add up the factors of the film. Multiply each by the user's factor first.",
        ),
        "two factors only": (
            lambda user, movie, users, movies, mean: stars(
                user, movie, *cut(2, users, movies), mean
            ),
            "You use the first two factors. A list may hold more of them.",
        ),
        "first factors only": (
            lambda user, movie, users, movies, mean: stars(
                user, movie, *cut(1, users, movies), mean
            ),
            "You multiply the first factors only. Multiply all in pairs, and add up the products.",
        ),
        "last factors only": (
            lambda user, movie, users, movies, mean: stars(
                user, movie, *cut(-1, users, movies), mean
            ),
            "You multiply the last factors only. Each step must keep the sum so far: begin at 0, then `+=`.",
        ),
        "mean of the products": (
            lambda user, movie, users, movies, mean: stars(
                user, movie, *halved(users, movies), mean
            ),
            "You take the mean of the products. Add them up.",
        ),
        "products not added": (products, "You give the products one by one. Add them up."),
        "factors added": (
            all_factors_added,
            "You add all factors. Multiply them in pairs, then add the products.",
        ),
        "number 0": (
            lambda user, movie, *rest: stars(user, movie, *rest) if user and movie else rest[-1],
            "Users and films may have the number 0. Ask `user not in users`, not `not user`.",
        ),
    }


CORPUS = [
    ["war", "peace", "war"],
    ["peace", "trade", "trade", "warship"],
    ["peace", "gold"],
    ["peace", "gold", "war"],
]


def by_mllib(n, m, d):
    return n * np.log((m + 1) / (d + 1))


def in_the_text(document, word):
    return word in " ".join(document)


def in_the_text_of(words, word):
    return " ".join(words).count(word)


def weigh(
    words, corpus, rule=by_mllib, found=lambda document, word: word in document, counted=list.count
):
    """The weight of each word by a rule: it stands n times, and in d of m documents."""
    m, documents = len(corpus), {w: sum(found(document, w) for document in corpus) for w in words}
    return {word: rule(counted(words, word), m, np.float64(d)) for word, d in documents.items()}


class TfIdf(Exercise):
    """The weights of the words of one document, by MLlib's formula."""

    name = "tf_idf"

    def examples(self):
        yield (["a", "b", "b"], [["a", "b", "b"], ["a"]]), {"a": 0.0, "b": 2 * np.log(1.5)}
        yield (["war", "peace", "war"], CORPUS), {"war": 2 * np.log(5 / 3), "peace": 0.0}
        yield (["warship", "war"], CORPUS), {"warship": np.log(5 / 2), "war": np.log(5 / 3)}
        yield (["moon"], CORPUS), {"moon": np.log(5)}, self.unseen

    def hidden(self, rng):
        trade = {"trade": 3 * np.log(5 / 2), "gold": np.log(5 / 3)}
        yield (["trade", "gold", "trade", "trade"], CORPUS), trade
        yield (["moon", "war"], CORPUS), {"moon": np.log(5), "war": np.log(5 / 3)}, self.unseen
        yield ([], CORPUS), {}
        for m in (3, 6):
            corpus = [
                rng.choice(["ship", "law", "coin", "oath"], size=5).tolist() for _ in range(m)
            ]
            words = [*corpus[0], *corpus[0][:2]]
            yield (words, corpus), weigh(words, corpus)
            yield ([*words, "moon"], corpus), weigh([*words, "moon"], corpus), self.unseen

    def hidden_inputs(self, draw):
        words = "war", "warship", "peace", "trade", "gold", "a"
        corpus = draw.items(lambda: draw.items(lambda: draw.one_of(*words[:5]), 0, 6), 1, 6)
        document = draw.one_of(corpus[0], draw.items(lambda: draw.one_of(*words), 0, 8))
        return (document, corpus), weigh(document, corpus)

    def unseen(self, tf_idf, words, corpus):
        """A word that no document has is a case of its own."""
        return tf_idf(words, corpus)

    reference = staticmethod(lambda words, corpus: weigh(words, corpus))

    @staticmethod
    def steps(words, corpus):
        documents = {w: sum(w in document for document in corpus) for w in words}
        return {"m": len(corpus), "d of each word": documents}

    mistakes = {
        "nothing added": (
            lambda w, c: weigh(w, c, lambda n, m, d: n * np.log(m / d)),
            "You divide m by d. MLlib adds 1 to both: (m + 1) / (d + 1).",
        ),
        "one added above only": (
            lambda w, c: weigh(w, c, lambda n, m, d: n * np.log((m + 1) / d)),
            "You add 1 above the line only. MLlib adds 1 below as well.",
        ),
        "share of the document": (
            lambda w, c: weigh(w, c, lambda n, m, d: by_mllib(n / len(w), m, d)),
            "You divide the count by the length of the document. MLlib keeps the bare count.",
        ),
        "counts once": (
            lambda w, c: weigh(w, c, lambda n, m, d: by_mllib(1, m, d)),
            "A word that stands twice weighs twice. Multiply by its count.",
        ),
        "occurrences, not documents": (
            lambda w, c: weigh(w, c, found=list.count),
            "d counts documents. A document that has the word three times counts once.",
        ),
        "logarithm to base 10": (
            lambda w, c: weigh(w, c, lambda n, m, d: by_mllib(n, m, d) / np.log(10)),
            "ln is the natural logarithm: `np.log`, not `np.log10`.",
        ),
        "logarithm to base 2": (
            lambda w, c: weigh(w, c, lambda n, m, d: by_mllib(n, m, d) / np.log(2)),
            "ln is the natural logarithm: `np.log`, not `np.log2`.",
        ),
        "no logarithm": (
            lambda w, c: weigh(w, c, lambda n, m, d: n * (m + 1) / (d + 1)),
            "The logarithm of the ratio is missing.",
        ),
        "upside down": (
            lambda w, c: weigh(w, c, lambda n, m, d: -by_mllib(n, m, d)),
            "The fraction stands on its head: rare words must weigh more.",
        ),
        "unknown word": (
            raises("KeyError", "moon"),
            "No document has this word, so it is not in your dict. Then d is 0: `get(word, 0)`, or a `Counter`.",
        ),
        "one added below only": (
            lambda w, c: weigh(w, c, lambda n, m, d: n * np.log(m / (d + 1))),
            "You add 1 below the line only. MLlib adds 1 above as well.",
        ),
        "two added below": (
            lambda w, c: weigh(w, c, lambda n, m, d: n * np.log((m + 1) / (d + 2))),
            "One document too many is counted: below the line stands d + 1.",
        ),
        "rounded down": (
            lambda w, c: weigh(w, c, lambda n, m, d: n * np.log((m + 1) // (d + 1))),
            "`//` drops the fraction. Divide with `/`.",
        ),
        "multiplied": (
            lambda w, c: weigh(w, c, lambda n, m, d: n * np.log((m + 1) * (d + 1))),
            "You multiply (m + 1) by (d + 1). Divide.",
        ),
        "count alone": (
            lambda w, c: weigh(w, c, lambda n, m, d: n),
            "You give the count. Multiply it by the logarithm.",
        ),
        "one added to the logarithm": (
            lambda w, c: weigh(w, c, lambda n, m, d: n * (np.log((m + 1) / (d + 1)) + 1)),
            "You add 1 to the logarithm, as scikit-learn does. MLlib does not.",
        ),
        "count added": (
            lambda w, c: weigh(w, c, lambda n, m, d: n + by_mllib(1, m, d)),
            "You add count and logarithm. Multiply them.",
        ),
        "d is missing": (
            lambda w, c: weigh(w, c, lambda n, m, d: n * np.log(m + 1)),
            "Every word gets ln(m + 1). Divide by d + 1, with d documents that have the word.",
        ),
        "m is missing": (
            lambda w, c: weigh(w, c, lambda n, m, d: n * np.log(d + 1)),
            "Frequent words weigh most: you take ln(d + 1). It stands below the line, m + 1 above.",
        ),
        "documents without the word": (
            lambda w, c: weigh(w, c, found=lambda document, word: word not in document),
            "You count the documents that do not have the word. Count those that have it.",
        ),
        "parts of words": (
            lambda w, c: weigh(w, c, found=in_the_text),
            'In a text, `in` finds parts of words: "war" in "warship". Look it up in the list of words.',
        ),
        "parts of words, counted": (
            lambda w, c: weigh(
                w, c, lambda n, m, d: by_mllib(n, m, d), in_the_text, in_the_text_of
            ),
            'In a text, `count` finds parts of words: "war" in "warship". Count in the list of words.',
        ),
        "parts of words, in the count alone": (
            lambda w, c: weigh(w, c, counted=in_the_text_of),
            'In a text, `count` finds parts of words: "war" in "warship". Count in the list of words.',
        ),
    }


def squared(observed, expected):
    return (observed - expected) ** 2 / expected


def corrected(observed, expected):
    half = 0.5 if observed.shape == (2, 2) else 0.0
    return np.maximum(np.abs(observed - expected) - half, 0) ** 2 / expected


def expected_counts(observed):
    return np.outer(observed.sum(axis=1), observed.sum(axis=0)) / observed.sum()


def add_up(table, cell=squared):
    """The sum over all cells of what a rule makes of observed and expected counts."""
    observed = np.asarray(table, dtype=float)
    return cell(observed, expected_counts(observed)).sum()


class ChiSquare(Exercise):
    """The χ² statistic of a table of counts."""

    name = "chi_square"
    rtol = atol = 1e-4  # float32 will do

    def examples(self):
        # here the counts are the expected ones: what is wrong with those shows best
        yield ([[2, 4], [3, 6]],), 0.0
        yield ([[10, 20], [20, 10]],), 20 / 3
        yield ([[10, 10, 40], [20, 0, 20]],), 50 / 3
        yield ([[6, 2], [4, 8]],), 10 / 3
        yield ([[1, 2], [3, 4], [5, 0]],), 320 / 63

    def hidden(self, rng):
        yield (np.array([[30, 10], [15, 5]]),), 0.0
        yield ([[1, 2, 3], [4, 5, 6], [7, 8, 0]],), 8.94
        yield ([[0, 5], [5, 0]],), 10.0
        yield ([[3, 5, 9]],), 0.0
        for shape in ((2, 2), (2, 3), (4, 3)):
            table = rng.integers(1, 60, size=shape)
            yield (table.tolist(),), add_up(table)

    def hidden_inputs(self, draw):
        table = draw.wholes(draw.shape(2, 5), 0, 60)
        table[0], table[:, 0] = table[0] + 1, table[:, 0] + 1  # no row and no column is all zeros
        return (draw.one_of(table, table.tolist()),), add_up(table)

    reference = staticmethod(lambda table: add_up(table))

    @staticmethod
    def steps(table):
        observed = np.asarray(table, dtype=float)
        expected = expected_counts(observed)
        terms = squared(observed, expected)
        return {"expected counts": expected, "(observed − expected)² / expected": terms}

    kinds = {
        "rows and columns are independent, so that 0 should come": lambda t: abs(add_up(t)) < 1e-9,
        "there are as many rows as columns": lambda t: np.shape(t)[0] == np.shape(t)[1],
        "there are more rows than columns, or fewer": lambda t: np.shape(t)[0] != np.shape(t)[1],
        "rows and columns have different totals": lambda t: (
            sorted(np.sum(t, axis=0)) != sorted(np.sum(t, axis=1))
        ),
        "a count is 0": lambda t: not np.all(t),
    }
    mistakes = {
        "all added": (
            lambda table: add_up(table) + 2 * np.sum(table),
            "You add the number of all observations. Take it away.",
        ),
        "number of observations": (
            np.sum,
            "What comes is the number of all observations. Add up (observed − expected)² / expected.",
        ),
        "squares not divided": (
            lambda table: np.square(table, dtype=float).sum() - np.sum(table),
            "You add up the squares of the observed counts. Divide each by its expected count first.",
        ),
        "divided by observed": (
            lambda t: add_up(t, lambda o, e: (o - e) ** 2 / o),
            "You divide by the observed counts. Divide by the expected ones.",
        ),
        "not divided": (
            lambda t: add_up(t, lambda o, e: (o - e) ** 2),
            "Divide each square by its expected count, before you add.",
        ),
        "not squared": (
            lambda t: 0.0,
            "0 comes out. Plain differences always add up to 0: square each one first.",
        ),
        "the square is missing": (
            lambda t: add_up(t, lambda o, e: (o - e) / e),
            "You divide the plain differences, so those up and those down cancel in part. Square each one first.",
        ),
        "absolute differences": (
            lambda t: add_up(t, lambda o, e: np.abs(o - e) / e),
            "You take |observed − expected|. Square the difference.",
        ),
        "all cells alike": (
            lambda t: add_up(t, lambda o, e: squared(o, o.mean())),
            "You expect the same count in every cell. Use row total × column total / total.",
        ),
        "expected counts not divided": (
            lambda t: add_up(t, lambda o, e: squared(o, e * o.sum())),
            "Your expected counts are row total × column total. Divide by the total.",
        ),
        "expected counts rounded": (
            lambda t: add_up(t, lambda o, e: squared(o, np.floor(e))),
            "Your expected counts are rounded down. They may have a fraction: divide with `/`.",
        ),
        "added": (
            lambda t: add_up(t, lambda o, e: (o + e) ** 2 / e),
            "You add observed and expected counts. Take the difference.",
        ),
        "nothing taken away": (
            lambda t: add_up(t, lambda o, e: o**2 / e),
            "You square the observed counts. Take the expected ones away first.",
        ),
        "multiplied": (
            lambda t: add_up(t, lambda o, e: (o - e) ** 2 * e),
            "You multiply each square by its expected count. Divide by it.",
        ),
        "mean": (
            lambda t: add_up(t) / np.size(t),
            "You take the mean over the cells. Add them up.",
        ),
        "p-value": (
            lambda t: chi2_contingency(t, correction=False).pvalue,
            "That is the p-value. χ² itself stands before it in what `chi2_contingency` gives: `.statistic`.",
        ),
        "last cell only": (
            lambda t: add_up(t, lambda o, e: squared(o, e)[-1:, -1:]),
            "Only the last cell counts. Add all of them up: `+=`.",
        ),
        "one sum for each": (
            when(lambda got: np.ndim(got) > 0),
            "You give several numbers. Add them up, over all rows and columns.",
        ),
        "by rows alone": (
            lambda t: add_up(
                t, lambda o, e: squared(o, o.sum(axis=1, keepdims=True) / o.shape[1] + 0 * o)
            ),
            "You expect the same count in all cells of a row. The totals of the columns count as well.",
        ),
        "by columns alone": (
            lambda t: add_up(t, lambda o, e: squared(o, o.sum(axis=0) / o.shape[0] + 0 * o)),
            "You expect the same count in all cells of a column. The totals of the rows count as well.",
        ),
        "root": (
            lambda t: np.sqrt(add_up(t)),
            "You take a root at the end. χ² is the sum itself.",
        ),
        "corrected": (
            lambda t: add_up(t, corrected),
            "Your library takes half a count off each difference (Yates). Switch it off: `correction=False`.",
        ),
    }
