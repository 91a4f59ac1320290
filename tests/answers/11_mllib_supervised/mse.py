"""Exercise `mse`: what students hand in."""

# %% right: map and reduce
def mse(pairs):
    return pairs.map(lambda pair: (pair[0] - pair[1]) ** 2).reduce(add) / pairs.count()

# %% right: sum and count in one reduce
def mse(pairs):
    total, count = pairs.map(lambda p: ((p[0] - p[1]) ** 2, 1)).reduce(
        lambda a, b: (a[0] + b[0], a[1] + b[1])
    )
    return total / count

# %% right: mean
def mse(pairs):
    def squared(pair):
        label, prediction = pair
        return (label - prediction) ** 2

    return pairs.map(squared).mean()

# %% right: collected, NumPy, float32
def mse(pairs):
    table = np.array(pairs.collect(), dtype="float32")
    return np.mean((table[:, 0] - table[:, 1]) ** 2)

# %% right: fold
def mse(pairs):
    squares = pairs.map(lambda p: float((p[1] - p[0]) * (p[1] - p[0])))
    return squares.fold(0.0, lambda a, b: a + b) / squares.count()

# %% wrong [sum]: forgets the count
def mse(pairs):
    return pairs.map(lambda p: (p[0] - p[1]) ** 2).reduce(add)

# %% repair: reduce(add) → reduce(add) / pairs.count()

# %% wrong [root]: RMSE
def mse(pairs):
    return pairs.map(lambda p: (p[0] - p[1]) ** 2).mean() ** 0.5

# %% repair: .mean() ** 0.5 → .mean()

# %% wrong [absolute]: mean absolute error
def mse(pairs):
    return pairs.map(lambda p: abs(p[0] - p[1])).reduce(add) / pairs.count()

# %% repair: abs(p[0] - p[1]) → (p[0] - p[1]) ** 2

# %% wrong [not squared]: mean difference
def mse(pairs):
    return pairs.map(lambda p: p[0] - p[1]).reduce(add) / pairs.count()

# %% repair: p[0] - p[1] → (p[0] - p[1]) ** 2

# %% wrong [square of the sum]: squares too late
def mse(pairs):
    return pairs.map(lambda p: p[0] - p[1]).reduce(add) ** 2 / pairs.count()

# %% repair
def mse(pairs):
    return pairs.map(lambda p: (p[0] - p[1]) ** 2).reduce(add) / pairs.count()

# %% wrong [brackets]: precedence
def mse(pairs):
    return pairs.map(lambda p: p[0] - p[1] ** 2).reduce(add) / pairs.count()

# %% repair: p[0] - p[1] → (p[0] - p[1])

# %% wrong [one less]: sample variance
def mse(pairs):
    return pairs.map(lambda p: (p[0] - p[1]) ** 2).reduce(add) / (pairs.count() - 1)

# %% repair: (pairs.count() - 1) → pairs.count()

# %% wrong [one argument, not two]: unpacks as Python 2 did
def mse(pairs):
    return pairs.map(lambda v, p: (v - p) ** 2).reduce(add) / pairs.count()

# %% repair: lambda v, p: (v - p) → lambda pair: (pair[0] - pair[1])

# %% wrong [mean of means]: halves in the reduce
def mse(pairs):
    return pairs.map(lambda p: (p[0] - p[1]) ** 2).reduce(lambda a, b: (a + b) / 2)

# %% repair: (a + b) / 2) → a + b) / pairs.count()

# %% wrong [mean of the partitions' means]: a mean in each partition
def mse(pairs):
    def mean(part):
        squares = [(p[0] - p[1]) ** 2 for p in part]
        return [sum(squares) / len(squares)] if squares else []

    return pairs.mapPartitions(mean).mean()

# %% repair
def mse(pairs):
    def total(part):
        return [sum((p[0] - p[1]) ** 2 for p in part)]

    return pairs.mapPartitions(total).reduce(add) / pairs.count()

# %% wrong [added, not subtracted]: plus
def mse(pairs):
    return pairs.map(lambda p: (p[0] + p[1]) ** 2).mean()

# %% repair: p[0] + p[1] → p[0] - p[1]

# %% wrong [no reduce]: divides the RDD
def mse(pairs):
    return pairs.map(lambda p: (p[0] - p[1]) ** 2) / pairs.count()

# %% repair: ** 2) → ** 2).reduce(add)

# %% wrong [pairs added]: reduce without a map
def mse(pairs):
    return pairs.reduce(lambda a, b: (a - b) ** 2) / pairs.count()

# %% repair: pairs.reduce(lambda a, b: (a - b) ** 2) → pairs.map(lambda p: (p[0] - p[1]) ** 2).reduce(add)

# %% wrong [pairs added]: forgets the map
def mse(pairs):
    return pairs.reduce(add) / pairs.count()

# %% repair: pairs.reduce → pairs.map(lambda p: (p[0] - p[1]) ** 2).reduce

# %% wrong [wrong shape]: a list with one number
def mse(pairs):
    return [pairs.map(lambda p: (p[0] - p[1]) ** 2).mean()]

# %% repair: the number itself
def mse(pairs):
    return pairs.map(lambda p: (p[0] - p[1]) ** 2).mean()

# %% wrong [multiplied by the number]: times
def mse(pairs):
    return pairs.map(lambda p: (p[0] - p[1]) ** 2).reduce(add) * pairs.count()

# %% repair: reduce(add) * → reduce(add) /
