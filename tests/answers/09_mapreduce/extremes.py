"""Exercise `extremes`: what students hand in."""

# %% right: min and max
def low_high(day):
    return [(day["country"], (day["low"], day["high"]))]


def wider(a, b):
    return min(a[0], b[0]), max(a[1], b[1])

# %% right: a generator, and unpacking
def low_high(day):
    yield day["country"], (day["low"], day["high"])


def wider(a, b):
    (low_a, high_a), (low_b, high_b) = a, b
    return (low_a if low_a < low_b else low_b, high_a if high_a > high_b else high_b)

# %% right: zip, lists
def low_high(day):
    return [[day["country"], [day["low"], day["high"]]]]


def wider(a, b):
    lows, highs = zip(a, b)
    return [min(lows), max(highs)]

# %% right: sorted
def low_high(day):
    pair = (day["country"], (day["low"], day["high"]))
    return (pair,)


def wider(a, b):
    ordered = sorted([*a, *b])
    return ordered[0], ordered[-1]

# %% right: NumPy
def low_high(day):
    return [(day["country"], (day["low"], day["high"]))]


def wider(a, b):
    return (np.minimum(a[0], b[0]), np.maximum(a[1], b[1]))

# %% wrong [narrower]: max of lows, min of highs
def low_high(day):
    return [(day["country"], (day["low"], day["high"]))]


def wider(a, b):
    return max(a[0], b[0]), min(a[1], b[1])

# %% repair: max(a[0], b[0]), min(a[1], b[1]) → min(a[0], b[0]), max(a[1], b[1])

# %% wrong [high first]: result the wrong way round
def low_high(day):
    return [(day["country"], (day["low"], day["high"]))]


def wider(a, b):
    return max(a[1], b[1]), min(a[0], b[0])

# %% repair: max(a[1], b[1]), min(a[0], b[0]) → min(a[0], b[0]), max(a[1], b[1])

# %% wrong [min of the tuples]: min of tuples
def low_high(day):
    return [(day["country"], (day["low"], day["high"]))]


def wider(a, b):
    return min(a, b)

# %% repair: min(a, b) → min(a[0], b[0]), max(a[1], b[1])

# %% wrong [max of the tuples]: max of tuples
def low_high(day):
    return [(day["country"], (day["low"], day["high"]))]


def wider(a, b):
    return max(a, b)

# %% repair: max(a, b) → min(a[0], b[0]), max(a[1], b[1])

# %% wrong [by city]: the wrong key
def low_high(day):
    return [(day["city"], (day["low"], day["high"]))]


def wider(a, b):
    return min(a[0], b[0]), max(a[1], b[1])

# %% repair: city → country

# %% wrong [high before low]: the value the wrong way round
def low_high(day):
    return [(day["country"], (day["high"], day["low"]))]


def wider(a, b):
    return min(a[0], b[0]), max(a[1], b[1])

# %% repair: (day["high"], day["low"]) → (day["low"], day["high"])

# %% wrong [a pair, not a list]: the pair alone
def low_high(day):
    return day["country"], (day["low"], day["high"])


def wider(a, b):
    return min(a[0], b[0]), max(a[1], b[1])

# %% repair: day["country"], (day["low"], day["high"]) → [(day["country"], (day["low"], day["high"]))]

# %% wrong [mean temperature]: the mean temperature
def low_high(day):
    return [(day["country"], day["mean"])]


def wider(a, b):
    return min(a[0], b[0]), max(a[1], b[1])

# %% repair: day["mean"] → (day["low"], day["high"])

# %% wrong [value before key]: the pair turned round
def low_high(day):
    return [((day["low"], day["high"]), day["country"])]


def wider(a, b):
    return min(a[0], b[0]), max(a[1], b[1])

# %% repair: ((day["low"], day["high"]), day["country"]) → (day["country"], (day["low"], day["high"]))

# %% wrong [three things in a pair]: no tuple for the value
def low_high(day):
    return [(day["country"], day["low"], day["high"])]


def wider(a, b):
    return min(a[0], b[0]), max(a[1], b[1])

# %% repair: day["low"], day["high"] → (day["low"], day["high"])

# %% wrong [returns None]: a mapper that prints
def low_high(day):
    print([(day["country"], (day["low"], day["high"]))])


def wider(a, b):
    return min(a[0], b[0]), max(a[1], b[1])

# %% repair: print([(day["country"], (day["low"], day["high"]))]) → return [(day["country"], (day["low"], day["high"]))]

# %% wrong [one part]: the high by its size without the sign
def low_high(day):
    return [(day["country"], (day["low"], day["high"]))]


def wider(a, b):
    return min(a[0], b[0]), max(a[1], b[1], key=abs)

# %% repair: , key=abs →
