"""Exercise `sum_of_squares`: what students hand in."""

# %% right: map and reduce
def sum_of_squares(points, centres):
    return points.map(lambda p: to_nearest(p, centres)).reduce(lambda a, b: a + b)

# %% right: NumPy in the mapper, sum
def sum_of_squares(points, centres):
    return points.map(lambda p: np.min(((np.array(centres) - p) ** 2).sum(axis=1))).sum()

# %% right: partition by partition
def sum_of_squares(points, centres):
    return points.mapPartitions(lambda part: [float(sum(to_nearest(p, centres) for p in part))]).reduce(lambda a, b: a + b)

# %% right: aggregate
def sum_of_squares(points, centres):
    return points.aggregate(0.0, lambda total, p: total + to_nearest(p, centres), lambda a, b: a + b)

# %% wrong [sum of distances]: the slides' root
def sum_of_squares(points, centres):
    return points.map(lambda p: np.sqrt(to_nearest(p, centres))).reduce(lambda a, b: a + b)

# %% repair: np.sqrt(to_nearest(p, centres)) → to_nearest(p, centres)

# %% wrong [root of the sum]: the norm
def sum_of_squares(points, centres):
    return np.sqrt(points.map(lambda p: to_nearest(p, centres)).sum())

# %% repair: np.sqrt(points.map(lambda p: to_nearest(p, centres)).sum()) → points.map(lambda p: to_nearest(p, centres)).sum()

# %% wrong [mean]: divides
def sum_of_squares(points, centres):
    return points.map(lambda p: to_nearest(p, centres)).mean()

# %% repair: mean() → sum()

# %% wrong [all centres]: every centre
def sum_of_squares(points, centres):
    return points.map(lambda p: sum(((p - c) ** 2).sum() for c in centres)).reduce(lambda a, b: a + b)

# %% repair: sum(((p → min(((p

# %% wrong [first centre only]: centres[0]
def sum_of_squares(points, centres):
    return points.map(lambda p: ((p - centres[0]) ** 2).sum()).reduce(lambda a, b: a + b)

# %% repair: ((p - centres[0]) ** 2).sum() → min(((p - c) ** 2).sum() for c in centres)

# %% wrong [farthest]: max
def sum_of_squares(points, centres):
    return points.map(lambda p: max(((p - c) ** 2).sum() for c in centres)).reduce(lambda a, b: a + b)

# %% repair: max( → min(

# %% wrong [largest]: reduce with max
def sum_of_squares(points, centres):
    return points.map(lambda p: to_nearest(p, centres)).reduce(max)

# %% repair: reduce(max) → reduce(lambda a, b: a + b)

# %% wrong [a sum for each number]: a vector
def sum_of_squares(points, centres):
    def square(p):
        return min(((p - c) ** 2 for c in centres), key=lambda v: v.sum())

    return points.map(square).reduce(lambda a, b: a + b)

# %% repair: key=lambda v: v.sum()) → key=lambda v: v.sum()).sum()

# %% wrong [squared twice]: squares a square
def sum_of_squares(points, centres):
    return points.map(lambda p: to_nearest(p, centres) ** 2).reduce(lambda a, b: a + b)

# %% repair: ) ** 2) → ))

# %% wrong [no action]: a plan only
def sum_of_squares(points, centres):
    return points.map(lambda p: to_nearest(p, centres))

# %% repair: centres)) → centres)).sum()

# %% wrong [last point only]: keeps the second
def sum_of_squares(points, centres):
    return points.map(lambda p: to_nearest(p, centres)).reduce(lambda a, b: b)

# %% repair: a, b: b → a, b: a + b

# %% wrong [first point only]: keeps the first
def sum_of_squares(points, centres):
    return points.map(lambda p: to_nearest(p, centres)).reduce(lambda a, b: a)

# %% repair: a, b: a → a, b: a + b

# %% wrong [smallest]: reduce with min
def sum_of_squares(points, centres):
    return points.map(lambda p: to_nearest(p, centres)).reduce(min)

# %% repair: reduce(min) → reduce(lambda a, b: a + b)

# %% wrong [number of points]: count
def sum_of_squares(points, centres):
    return points.map(lambda p: to_nearest(p, centres)).count()

# %% repair: count() → sum()

# %% wrong [city blocks]: not squared
def sum_of_squares(points, centres):
    return points.map(lambda p: min(np.abs(p - c).sum() for c in centres)).sum()

# %% repair: np.abs(p - c).sum() → (np.abs(p - c) ** 2).sum()

# %% wrong [signs cancel]: squares the sum
def sum_of_squares(points, centres):
    return points.map(lambda p: min((p - c).sum() ** 2 for c in centres)).sum()

# %% repair: (p - c).sum() ** 2 → ((p - c) ** 2).sum()

# %% wrong [mean over the coordinates]: mean for sum
def sum_of_squares(points, centres):
    return points.map(lambda p: min(((p - c) ** 2).mean() for c in centres)).sum()

# %% repair: mean() → sum()

# %% wrong [not squared]: differences alone
def sum_of_squares(points, centres):
    return points.map(lambda p: min((c - p).sum() for c in centres)).sum()

# %% repair: (c - p).sum() → ((c - p) ** 2).sum()

# %% wrong [point added]: a sum for the difference
def sum_of_squares(points, centres):
    return points.map(lambda p: min(((c + p) ** 2).sum() for c in centres)).sum()

# %% repair: c + p → c - p

# %% wrong [point not used]: the centres alone
def sum_of_squares(points, centres):
    return points.map(lambda p: min((c**2).sum() for c in centres)).sum()

# %% repair: c**2 → (c - p) ** 2

# %% wrong [sum over the centres]: axis=0
def sum_of_squares(points, centres):
    return points.map(lambda p: np.min(((np.array(centres) - p) ** 2).sum(axis=0))).sum()

# %% repair: axis=0 → axis=1

# %% wrong [arguments exchanged]: the centres first
def sum_of_squares(points, centres):
    return points.map(lambda p: to_nearest(centres, p)).sum()

# %% repair: to_nearest(centres, p) → to_nearest(p, centres)

# %% wrong [off by a factor]: halved
def sum_of_squares(points, centres):
    return points.map(lambda point: to_nearest(point, centres) / 2).reduce(lambda a, b: a + b)

# %% repair: to_nearest(point, centres) / 2 → to_nearest(point, centres)
