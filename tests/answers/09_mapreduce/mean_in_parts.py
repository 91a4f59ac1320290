"""Exercise `mean_in_parts`: what students hand in."""

# %% right: tuples (sum, count)
def mean_start(value):
    return value, 1


def mean_merge(a, b):
    return a[0] + b[0], a[1] + b[1]


def mean_finish(partial):
    total, count = partial
    return total / count

# %% right: dicts
def mean_start(value):
    return {"sum": value, "count": 1}


def mean_merge(a, b):
    return {key: a[key] + b[key] for key in a}


def mean_finish(partial):
    return partial["sum"] / partial["count"]

# %% right: NumPy arrays
def mean_start(value):
    return np.array([value, 1.0])


def mean_merge(a, b):
    return a + b


def mean_finish(partial):
    return partial[0] / partial[1]

# %% right: (mean, count), weighted
def mean_start(value):
    return value, 1


def mean_merge(a, b):
    n = a[1] + b[1]
    return (a[0] * a[1] + b[0] * b[1]) / n, n


def mean_finish(partial):
    return partial[0]

# %% right: keeps all values
def mean_start(value):
    return [value]


def mean_merge(a, b):
    return a + b


def mean_finish(partial):
    return np.mean(partial)

# %% right: Counter
def mean_start(value):
    return [value, 1]


def mean_merge(a, b):
    return list(map(add, a, b))


def mean_finish(partial):
    return reduce(lambda total, count: total / count, partial)

# %% wrong [mean of means]: as it was
def mean_start(value):
    return value


def mean_merge(a, b):
    return (a + b) / 2


def mean_finish(partial):
    return partial

# %% repair
def mean_start(value):
    return value, 1


def mean_merge(a, b):
    return a[0] + b[0], a[1] + b[1]


def mean_finish(partial):
    return partial[0] / partial[1]

# %% wrong [mean of means]: carries the count, and halves all the same
def mean_start(value):
    return value, 1


def mean_merge(a, b):
    return (a[0] + b[0]) / 2, a[1] + b[1]


def mean_finish(partial):
    return partial[0]

# %% repair: (a[0] + b[0]) / 2 → a[0] + b[0]

# %% repair: return partial[0] → return partial[0] / partial[1]

# %% wrong [sum only]: never divides
def mean_start(value):
    return value


def mean_merge(a, b):
    return a + b


def mean_finish(partial):
    return partial

# %% repair
def mean_start(value):
    return value, 1


def mean_merge(a, b):
    return a[0] + b[0], a[1] + b[1]


def mean_finish(partial):
    return partial[0] / partial[1]

# %% wrong [sum only]: the count stays 1
def mean_start(value):
    return value, 1


def mean_merge(a, b):
    return a[0] + b[0], a[1]


def mean_finish(partial):
    return partial[0] / partial[1]

# %% repair: b[0], a[1] → b[0], a[1] + b[1]

# %% wrong [rounded down]: integer division
def mean_start(value):
    return value, 1


def mean_merge(a, b):
    return a[0] + b[0], a[1] + b[1]


def mean_finish(partial):
    return partial[0] // partial[1]

# %% repair: // → /

# %% wrong [counts merges]: starts counting at 0
def mean_start(value):
    return value, 0


def mean_merge(a, b):
    return a[0] + b[0], a[1] + b[1] + 1


def mean_finish(partial):
    return partial[0] / max(1, partial[1])

# %% repair: value, 0 → value, 1

# %% repair: a[1] + b[1] + 1 → a[1] + b[1]

# %% wrong [not divided]: hands out sum and count
def mean_start(value):
    return value, 1


def mean_merge(a, b):
    return a[0] + b[0], a[1] + b[1]


def mean_finish(partial):
    return partial

# %% repair: return partial → return partial[0] / partial[1]

# %% wrong [the first value]: adds the tuples themselves
def mean_start(value):
    return (value, 1)


def mean_merge(a, b):
    return a + b


def mean_finish(partial):
    return partial[0] / partial[1]

# %% repair: a + b → a[0] + b[0], a[1] + b[1]

# %% wrong [merge counts one]: merge adds one more for each merge
def mean_start(value):
    return value, 1


def mean_merge(a, b):
    return a[0] + b[0], a[1] + 1


def mean_finish(partial):
    return partial[0] / partial[1]

# %% repair: a[1] + 1 → a[1] + b[1]

# %% wrong [the first value]: keeps the first
def mean_start(value):
    return value, 1


def mean_merge(a, b):
    return a


def mean_finish(partial):
    return partial[0] / partial[1]

# %% repair: return a → return a[0] + b[0], a[1] + b[1]

# %% wrong [the last value]: keeps the second
def mean_start(value):
    return value, 1


def mean_merge(a, b):
    return b


def mean_finish(partial):
    return partial[0] / partial[1]

# %% repair: return b → return a[0] + b[0], a[1] + b[1]

# %% wrong [one sum is lost]: only the counts are added
def mean_start(value):
    return value, 1


def mean_merge(a, b):
    return a[0], a[1] + b[1]


def mean_finish(partial):
    return partial[0] / partial[1]

# %% repair: a[0], → a[0] + b[0],

# %% wrong [the other sum is lost]: the sum of the second
def mean_start(value):
    return value, 1


def mean_merge(a, b):
    return b[0], a[1] + b[1]


def mean_finish(partial):
    return partial[0] / partial[1]

# %% repair: b[0], → a[0] + b[0],

# %% wrong [count only]: gives the count
def mean_start(value):
    return value, 1


def mean_merge(a, b):
    return a[0] + b[0], a[1] + b[1]


def mean_finish(partial):
    return partial[1]

# %% repair: return partial[1] → return partial[0] / partial[1]

# %% wrong [multiplied]: times for divided
def mean_start(value):
    return value, 1


def mean_merge(a, b):
    return a[0] + b[0], a[1] + b[1]


def mean_finish(partial):
    return partial[0] * partial[1]

# %% repair: * → /

# %% wrong [upside down]: count over sum
def mean_start(value):
    return value, 1


def mean_merge(a, b):
    return a[0] + b[0], a[1] + b[1]


def mean_finish(partial):
    return partial[1] / partial[0]

# %% repair: partial[1] / partial[0] → partial[0] / partial[1]

# %% wrong [divides in every merge]: a mean too early
def mean_start(value):
    return value, 1


def mean_merge(a, b):
    return (a[0] + b[0]) / (a[1] + b[1]), a[1] + b[1]


def mean_finish(partial):
    return partial[0]

# %% repair: (a[0] + b[0]) / (a[1] + b[1]) → a[0] + b[0]

# %% repair: return partial[0] → return partial[0] / partial[1]

# %% wrong [divides in every merge and at the end]: a mean too early, and once more
def mean_start(value):
    return value, 1


def mean_merge(a, b):
    return (a[0] + b[0]) / (a[1] + b[1]), a[1] + b[1]


def mean_finish(partial):
    return partial[0] / partial[1]

# %% repair: (a[0] + b[0]) / (a[1] + b[1]) → a[0] + b[0]

# %% wrong [halved, then divided]: halves, and divides
def mean_start(value):
    return value, 1


def mean_merge(a, b):
    return (a[0] + b[0]) / 2, a[1] + b[1]


def mean_finish(partial):
    return partial[0] / partial[1]

# %% repair: (a[0] + b[0]) / 2 → a[0] + b[0]

# %% wrong [b counts as one value]: a running mean
def mean_start(value):
    return value, 1


def mean_merge(a, b):
    return (a[0] * a[1] + b[0]) / (a[1] + b[1]), a[1] + b[1]


def mean_finish(partial):
    return partial[0]

# %% repair: + b[0]) → + b[0] * b[1])

# %% wrong [always 1]: the sum by the sum
def mean_start(value):
    return value, 1


def mean_merge(a, b):
    return a[0] + b[0], a[1] + b[1]


def mean_finish(partial):
    return partial[0] / partial[0]

# %% repair: / partial[0] → / partial[1]

# %% wrong [sums and counts mixed]: the second's count for its sum
def mean_start(value):
    return value, 1


def mean_merge(a, b):
    return a[0] + b[1], a[1] + b[1]


def mean_finish(partial):
    return partial[0] / partial[1]

# %% repair: a[0] + b[1] → a[0] + b[0]

# %% wrong [sums and counts mixed, in a]: the first's count for its sum
def mean_start(value):
    return value, 1


def mean_merge(a, b):
    return a[1] + b[0], a[1] + b[1]


def mean_finish(partial):
    return partial[0] / partial[1]

# %% repair: a[1] + b[0] → a[0] + b[0]

# %% wrong [sums and counts mixed, count of a]: the first's sum for its count
def mean_start(value):
    return value, 1


def mean_merge(a, b):
    return a[0] + b[0], a[0] + b[1]


def mean_finish(partial):
    return partial[0] / partial[1]

# %% repair: a[0] + b[1] → a[1] + b[1]

# %% wrong [sums and counts mixed, count of b]: the second's sum for its count
def mean_start(value):
    return value, 1


def mean_merge(a, b):
    return a[0] + b[0], a[1] + b[0]


def mean_finish(partial):
    return partial[0] / partial[1]

# %% repair: a[1] + b[0] → a[1] + b[1]

# %% wrong [sums and counts exchanged]: the pair turned round
def mean_start(value):
    return value, 1


def mean_merge(a, b):
    return a[1] + b[1], a[0] + b[0]


def mean_finish(partial):
    return partial[0] / partial[1]

# %% repair: a[1] + b[1], a[0] + b[0] → a[0] + b[0], a[1] + b[1]

# %% wrong [always 1]: the count first, the value second
def mean_start(value):
    return 1, value


def mean_merge(a, b):
    n = a[1] + b[1]
    return (a[0] * a[1] + b[0] * b[1]) / n, n


def mean_finish(partial):
    return partial[0]

# %% repair: return 1, value → return value, 1

# %% wrong [each value once]: a set of values
def mean_start(value):
    return {value}


def mean_merge(a, b):
    return a | b


def mean_finish(partial):
    return sum(partial) / len(partial)

# %% repair
def mean_start(value):
    return [value]


def mean_merge(a, b):
    return a + b


def mean_finish(partial):
    return sum(partial) / len(partial)

# %% wrong [the median]: the value in the middle
def mean_start(value):
    return [value]


def mean_merge(a, b):
    return a + b


def mean_finish(partial):
    return float(np.median(partial))

# %% repair: np.median → np.mean
