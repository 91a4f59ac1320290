"""Exercise `one_step`: what students hand in."""

# %% right: map and reduce
def one_step(points, weights, step):
    w = np.array(weights)

    def gradient(point):
        features = np.array(point[1])
        return (features @ w - point[0]) * features

    return w - step * points.map(gradient).reduce(add) / points.count()

# %% right: lists and loops
def one_step(points, weights, step):
    def gradient(point):
        label, x = point
        error = sum(w * v for w, v in zip(weights, x)) - label
        return [error * v for v in x]

    total = points.map(gradient).reduce(lambda a, b: [p + q for p, q in zip(a, b)])
    n = points.count()
    return [w - step * g / n for w, g in zip(weights, total)]

# %% right: mean of arrays
def one_step(points, weights, step):
    mean = points.map(lambda p: (np.dot(weights, p[1]) - p[0]) * np.array(p[1])).mean()
    return tuple(np.array(weights) - step * mean)

# %% right: downhill is plus the other sign
def one_step(points, weights, step):
    def pull(point):
        x = np.asarray(point[1])
        return (point[0] - x.dot(weights)) * x, 1

    total, n = points.map(pull).reduce(lambda a, b: (a[0] + b[0], a[1] + b[1]))
    return weights + step * total / n

# %% right: one matrix
def one_step(points, weights, step):
    rows = points.collect()
    x, y = np.array([r[1] for r in rows]), np.array([r[0] for r in rows])
    return weights - step * x.T @ (x @ weights - y) / len(y)

# %% wrong [uphill]: adds
def one_step(points, weights, step):
    mean = points.map(lambda p: (np.dot(weights, p[1]) - p[0]) * np.array(p[1])).mean()
    return weights + step * mean

# %% repair: weights + step → weights - step

# %% wrong [uphill]: label minus prediction
def one_step(points, weights, step):
    mean = points.map(lambda p: (p[0] - np.dot(weights, p[1])) * np.array(p[1])).mean()
    return weights - step * mean

# %% repair: p[0] - np.dot(weights, p[1]) → np.dot(weights, p[1]) - p[0]

# %% wrong [sum]: forgets to divide
def one_step(points, weights, step):
    total = points.map(lambda p: (np.dot(weights, p[1]) - p[0]) * np.array(p[1])).reduce(add)
    return weights - step * total

# %% repair: step * total → step * total / points.count()

# %% wrong [twice]: the factor of the square
def one_step(points, weights, step):
    mean = points.map(lambda p: 2 * (np.dot(weights, p[1]) - p[0]) * np.array(p[1])).mean()
    return weights - step * mean

# %% repair: 2 * (np → (np

# %% wrong [step ignored]: step 1
def one_step(points, weights, step):
    mean = points.map(lambda p: (np.dot(weights, p[1]) - p[0]) * np.array(p[1])).mean()
    return weights - mean

# %% repair: weights - mean → weights - step * mean

# %% wrong [the move alone]: returns the difference
def one_step(points, weights, step):
    mean = points.map(lambda p: (np.dot(weights, p[1]) - p[0]) * np.array(p[1])).mean()
    return -step * mean

# %% repair: return -step → return weights - step

# %% wrong [weights left out]: as if the prediction were 0
def one_step(points, weights, step):
    mean = points.map(lambda p: -p[0] * np.array(p[1])).mean()
    return weights - step * mean

# %% repair: -p[0] → (np.dot(weights, p[1]) - p[0])

# %% wrong [not downhill yet]: returns the old weights
def one_step(points, weights, step):
    mean = points.map(lambda p: (np.dot(weights, p[1]) - p[0]) * np.array(p[1])).mean()
    np.array(weights) - step * mean
    return weights

# %% repair
def one_step(points, weights, step):
    mean = points.map(lambda p: (np.dot(weights, p[1]) - p[0]) * np.array(p[1])).mean()
    return np.array(weights) - step * mean

# %% wrong [list arithmetic]: lists are not arrays
def one_step(points, weights, step):
    mean = points.map(lambda p: (np.dot(weights, p[1]) - p[0]) * np.array(p[1])).mean()
    return weights - step * list(mean)

# %% repair: return weights - step * list(mean) → return np.array(weights) - step * np.array(mean)

# %% wrong [mean of means]: halves in the reduce
def one_step(points, weights, step):
    mean = points.map(lambda p: (np.dot(weights, p[1]) - p[0]) * np.array(p[1])).reduce(lambda a, b: (a + b) / 2)
    return weights - step * mean

# %% repair: reduce(lambda a, b: (a + b) / 2) → reduce(lambda a, b: a + b) / points.count()

# %% wrong [mean of the partitions' means]: a mean in each partition
def one_step(points, weights, step):
    def gradient(part):
        found = [(np.dot(weights, x) - label) * np.array(x) for label, x in part]
        return [np.mean(found, axis=0)] if found else []

    return weights - step * points.mapPartitions(gradient).mean()

# %% repair
def one_step(points, weights, step):
    def gradient(part):
        return [(np.dot(weights, x) - label) * np.array(x) for label, x in part]

    return weights - step * points.mapPartitions(gradient).reduce(add) / points.count()

# %% wrong [label added]: plus
def one_step(points, weights, step):
    mean = points.map(lambda p: (np.dot(weights, p[1]) + p[0]) * np.array(p[1])).mean()
    return weights - step * mean

# %% repair: p[1]) + p[0] → p[1]) - p[0]

# %% wrong [label left out]: the prediction alone
def one_step(points, weights, step):
    mean = points.map(lambda p: np.dot(weights, p[1]) * np.array(p[1])).mean()
    return weights - step * mean

# %% repair: np.dot(weights, p[1]) → (np.dot(weights, p[1]) - p[0])

# %% wrong [product, not a sum of products]: an asterisk
def one_step(points, weights, step):
    mean = points.map(lambda p: (np.array(weights) * p[1] - p[0]) * np.array(p[1])).mean()
    return weights - step * mean

# %% repair: np.array(weights) * p[1] → np.dot(weights, p[1])

# %% wrong [features left out]: the error alone
def one_step(points, weights, step):
    mean = points.map(lambda p: np.dot(weights, p[1]) - p[0]).mean()
    return np.array(weights) - step * mean

# %% repair: np.dot(weights, p[1]) - p[0] → (np.dot(weights, p[1]) - p[0]) * np.array(p[1])

# %% wrong [list arithmetic]: features stay a list
def one_step(points, weights, step):
    mean = points.map(lambda p: float(np.dot(weights, p[1]) - p[0]) * p[1]).mean()
    return np.array(weights) - step * mean

# %% repair: * p[1] → * np.array(p[1])

# %% wrong [step times gradient alone]: without the weights
def one_step(points, weights, step):
    return step * points.map(lambda p: (np.dot(weights, p[1]) - p[0]) * np.array(p[1])).mean()

# %% repair: return step → return weights - step

# %% wrong [multiplied by the number]: times
def one_step(points, weights, step):
    total = points.map(lambda p: (np.dot(weights, p[1]) - p[0]) * np.array(p[1])).reduce(add)
    return weights - step * total * points.count()

# %% repair: total * points → total / points

# %% wrong [lists joined]: adds lists
def one_step(points, weights, step):
    def gradient(point):
        label, features = point
        error = sum(w * x for w, x in zip(weights, features)) - label
        return [error * x for x in features]

    total = points.map(gradient).reduce(add)
    return [w - step * g / points.count() for w, g in zip(weights, total)]

# %% repair: return [error * x for x in features] → return np.array([error * x for x in features])

# %% wrong [the gradient alone]: gives the mean
def one_step(points, weights, step):
    w = np.array(weights)
    total = points.map(lambda p: (np.dot(w, p[1]) - p[0]) * np.array(p[1])).reduce(add)
    return total / points.count()

# %% repair: return total / points.count() → return w - step * total / points.count()
