"""Exercise `nearest`: what students hand in."""

# %% right: NumPy
def nearest(point, centres):
    return np.argmin(((np.array(centres) - np.array(point)) ** 2).sum(axis=1))

# %% right: a loop with <
def nearest(point, centres):
    best, smallest = 0, float("inf")
    for i, centre in enumerate(centres):
        square = 0
        for x, c in zip(point, centre):
            square += (x - c) ** 2
        if square < smallest:
            best, smallest = i, square
    return best

# %% right: min with a key, math.dist
def nearest(point, centres):
    import math

    return min(range(len(centres)), key=lambda i: math.dist(point, centres[i]))

# %% right: list and index, float32
def nearest(point, centres):
    distances = [np.linalg.norm(np.float32(point) - np.float32(c)) for c in centres]
    return distances.index(min(distances))

# %% wrong [farthest]: argmax
def nearest(point, centres):
    return int(np.argmax([np.linalg.norm(np.subtract(point, c)) for c in centres]))

# %% repair: argmax → argmin

# %% wrong [distance]: the distance itself
def nearest(point, centres):
    return min(np.linalg.norm(np.subtract(point, c)) for c in centres)

# %% repair: the list has a name
def nearest(point, centres):
    distances = [np.linalg.norm(np.subtract(point, c)) for c in centres]
    return distances.index(min(distances))

# %% wrong [squared distance]: the smallest square
def nearest(point, centres):
    return min(sum((x - y) ** 2 for x, y in zip(point, c)) for c in centres)

# %% repair: a list has an index
def nearest(point, centres):
    distances = [sum((x - y) ** 2 for x, y in zip(point, c)) for c in centres]
    return np.argmin(distances)

# %% wrong [the centre itself]: min of centres
def nearest(point, centres):
    return min(centres, key=lambda c: np.linalg.norm(np.subtract(point, c)))

# %% repair
def nearest(point, centres):
    return np.argmin([np.linalg.norm(np.subtract(point, c)) for c in centres])

# %% wrong [arrays compared]: looks for the centre in the list
def nearest(point, centres):
    return centres.index(min(centres, key=lambda c: np.linalg.norm(np.subtract(point, c))))

# %% repair
def nearest(point, centres):
    distances = [np.linalg.norm(np.subtract(point, c)) for c in centres]
    return distances.index(min(distances))

# %% wrong [counts from 1]: enumerate from 1
def nearest(point, centres):
    return min((np.linalg.norm(np.subtract(point, c)), i) for i, c in enumerate(centres, 1))[1]

# %% repair: enumerate(centres, 1) → enumerate(centres)

# %% wrong [last of equals]: <=
def nearest(point, centres):
    best, smallest = 0, float("inf")
    for i, centre in enumerate(centres):
        distance = np.linalg.norm(np.subtract(point, centre))
        if distance <= smallest:
            best, smallest = i, distance
    return best

# %% repair: <= → <

# %% wrong [city blocks]: absolute differences
def nearest(point, centres):
    return int(np.argmin([sum(abs(x - y) for x, y in zip(point, c)) for c in centres]))

# %% repair: abs(x - y) → (x - y) ** 2

# %% wrong [first number only]: one coordinate
def nearest(point, centres):
    return int(np.argmin([abs(point[0] - c[0]) for c in centres]))

# %% repair: abs(point[0] - c[0]) → sum((x - y) ** 2 for x, y in zip(point, c))

# %% wrong [signs cancel]: differences not squared
def nearest(point, centres):
    return int(np.argmin([sum(y - x for x, y in zip(point, c)) for c in centres]))

# %% repair: sum(y - x → sum((y - x) ** 2

# %% wrong [signs cancel, point first]: point minus centre, not squared
def nearest(point, centres):
    return int(np.argmin([sum(x - y for x, y in zip(point, c)) for c in centres]))

# %% repair: sum(x - y → sum((x - y) ** 2

# %% wrong [largest difference]: the distance of chess kings
def nearest(point, centres):
    gaps = np.abs(np.asarray(centres, dtype=float) - np.asarray(point, dtype=float))
    return int(gaps.max(axis=1).argmin())

# %% repair
def nearest(point, centres):
    gaps = np.asarray(centres, dtype=float) - np.asarray(point, dtype=float)
    return int((gaps**2).sum(axis=1).argmin())

# %% wrong [signs cancel, sign dropped too late]: abs of the sum
def nearest(point, centres):
    gaps = np.subtract(centres, point)
    return int(np.argmin(np.abs(gaps.sum(axis=1))))

# %% repair: np.abs(gaps.sum(axis=1)) → (gaps**2).sum(axis=1)

# %% wrong [last number only]: = instead of +=
def nearest(point, centres):
    best, smallest = 0, float("inf")
    for i, centre in enumerate(centres):
        for x, c in zip(point, centre):
            square = (x - c) ** 2
        if square < smallest:
            best, smallest = i, square
    return best

# %% repair
def nearest(point, centres):
    best, smallest = 0, float("inf")
    for i, centre in enumerate(centres):
        square = 0
        for x, c in zip(point, centre):
            square += (x - c) ** 2
        if square < smallest:
            best, smallest = i, square
    return best

# %% wrong [sum over the centres]: axis=0
def nearest(point, centres):
    gaps = np.subtract(centres, point)
    return int(np.argmin((gaps**2).sum(axis=0)))

# %% repair: axis=0 → axis=1

# %% wrong [point added]: a sum for the difference
def nearest(point, centres):
    return int(np.argmin(((np.array(centres) + np.array(point)) ** 2).sum(axis=1)))

# %% repair: ) + np → ) - np

# %% wrong [point not used]: nearest to 0
def nearest(point, centres):
    return int(np.argmin([np.linalg.norm(c) for c in centres]))

# %% repair: norm(c) → norm(np.subtract(c, point))

# %% wrong [two numbers only]: the plane
def nearest(point, centres):
    x, y = point[0], point[1]
    return int(np.argmin([(x - c[0]) ** 2 + (y - c[1]) ** 2 for c in centres]))

# %% repair: every number
def nearest(point, centres):
    return int(np.argmin([sum((a - b) ** 2 for a, b in zip(point, c)) for c in centres]))

# %% wrong [some inputs]: the search begins at a fixed number
def nearest(point, centres):
    best, where = 9999, 0
    for i, centre in enumerate(centres):
        distance = sum((a - b) ** 2 for a, b in zip(point, centre))
        if distance < best:
            best, where = distance, i
    return where

# %% repair: best, where = 9999, 0 → best, where = float("inf"), 0
