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

# %% wrong [mean of means]: carries the count, and halves all the same
def mean_start(value):
    return value, 1


def mean_merge(a, b):
    return (a[0] + b[0]) / 2, a[1] + b[1]


def mean_finish(partial):
    return partial[0]

# %% wrong [sum only]: never divides
def mean_start(value):
    return value


def mean_merge(a, b):
    return a + b


def mean_finish(partial):
    return partial

# %% wrong [sum only]: the count stays 1
def mean_start(value):
    return value, 1


def mean_merge(a, b):
    return a[0] + b[0], a[1]


def mean_finish(partial):
    return partial[0] / partial[1]

# %% wrong [rounded down]: integer division
def mean_start(value):
    return value, 1


def mean_merge(a, b):
    return a[0] + b[0], a[1] + b[1]


def mean_finish(partial):
    return partial[0] // partial[1]

# %% wrong [counts merges]: starts counting at 0
def mean_start(value):
    return value, 0


def mean_merge(a, b):
    return a[0] + b[0], a[1] + b[1] + 1


def mean_finish(partial):
    return partial[0] / max(1, partial[1])

# %% wrong [not divided]: hands out sum and count
def mean_start(value):
    return value, 1


def mean_merge(a, b):
    return a[0] + b[0], a[1] + b[1]


def mean_finish(partial):
    return partial

# %% wrong [joined tuples]: adds the tuples themselves
def mean_start(value):
    return (value, 1)


def mean_merge(a, b):
    return a + b


def mean_finish(partial):
    return partial[0] / partial[1]

# %% wrong [merge counts one]: merge adds one more for each merge
def mean_start(value):
    return value, 1


def mean_merge(a, b):
    return a[0] + b[0], a[1] + 1


def mean_finish(partial):
    return partial[0] / partial[1]
