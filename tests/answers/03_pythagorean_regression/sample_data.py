"""Exercise `sample_data`: what students hand in."""

# %% right: uniform table, then hypot
def sample_data(n, low, high, rng):
    X = rng.uniform(low, high, size=(n, 2))
    return X, np.hypot(X[:, 0], X[:, 1])

# %% right: two columns, float32
def sample_data(n, low, high, rng):
    x = rng.uniform(low, high, n).astype("float32")
    y = rng.uniform(low, high, n).astype("float32")
    return np.stack([x, y], axis=1), np.sqrt(x**2 + y**2)

# %% right: a loop and lists
def sample_data(n, low, high, rng):
    points, distances = [], []
    for _ in range(n):
        x, y = low + (high - low) * rng.random(), low + (high - low) * rng.random()
        points.append([x, y])
        distances.append((x * x + y * y) ** 0.5)
    return points, distances

# %% right: norm of rows, as a list of two
def sample_data(n, low, high, rng):
    X = (high - low) * rng.random((n, 2)) + low
    return [X, np.linalg.norm(X, axis=1)]

# %% wrong [swapped]: distances first
def sample_data(n, low, high, rng):
    X = rng.uniform(low, high, size=(n, 2))
    return np.hypot(X[:, 0], X[:, 1]), X

# %% repair: np.hypot(X[:, 0], X[:, 1]), X → X, np.hypot(X[:, 0], X[:, 1])

# %% wrong [points in columns]: two rows
def sample_data(n, low, high, rng):
    X = rng.uniform(low, high, size=(2, n))
    return X, np.hypot(*X)

# %% repair: return X, → return X.T,

# %% wrong [distances in a column]: keepdims
def sample_data(n, low, high, rng):
    X = rng.uniform(low, high, size=(n, 2))
    return X, np.sqrt((X**2).sum(axis=1, keepdims=True))

# %% repair: , keepdims=True →

# %% wrong [distances]: no root
def sample_data(n, low, high, rng):
    X = rng.uniform(low, high, size=(n, 2))
    return X, (X**2).sum(axis=1)

# %% repair: (X**2).sum(axis=1) → np.sqrt((X**2).sum(axis=1))

# %% wrong [distances]: the sum of the sides
def sample_data(n, low, high, rng):
    X = rng.uniform(low, high, size=(n, 2))
    return X, abs(X).sum(axis=1)

# %% repair: abs(X).sum(axis=1) → np.sqrt((X**2).sum(axis=1))

# %% wrong [from 0 to 1]: not stretched
def sample_data(n, low, high, rng):
    X = rng.random((n, 2))
    return X, np.hypot(X[:, 0], X[:, 1])

# %% repair: random((n, 2)) → uniform(low, high, (n, 2))

# %% wrong [from 0 to high]: only positive
def sample_data(n, low, high, rng):
    X = rng.uniform(0, high, size=(n, 2))
    return X, np.hypot(X[:, 0], X[:, 1])

# %% repair: uniform(0, → uniform(low,

# %% wrong [other borders]: normal numbers
def sample_data(n, low, high, rng):
    X = rng.normal(0, high, size=(n, 2))
    return X, np.hypot(X[:, 0], X[:, 1])

# %% repair: normal(0, high → uniform(low, high

# %% wrong [one number twice]: the same column
def sample_data(n, low, high, rng):
    x = rng.uniform(low, high, n)
    return np.column_stack([x, x]), np.sqrt(2) * abs(x)

# %% repair
def sample_data(n, low, high, rng):
    x, y = rng.uniform(low, high, n), rng.uniform(low, high, n)
    return np.column_stack([x, y]), np.sqrt(2) * abs(x)

# %% repair: np.sqrt(2) * abs(x) → np.sqrt(x**2 + y**2)

# %% wrong [not even]: pulled to the middle
def sample_data(n, low, high, rng):
    X = (rng.uniform(low, high, (n, 2)) + rng.uniform(low, high, (n, 2))) / 2
    X[:2] = [[low], [high]][:n]
    return X, np.hypot(X[:, 0], X[:, 1])

# %% repair
def sample_data(n, low, high, rng):
    X = rng.uniform(low, high, (n, 2))
    return X, np.hypot(X[:, 0], X[:, 1])

# %% wrong [not from rng]: NumPy's own generator
def sample_data(n, low, high, rng):
    X = np.random.uniform(low, high, size=(n, 2))
    return X, np.hypot(X[:, 0], X[:, 1])

# %% repair: np.random.uniform → rng.uniform

# %% wrong [not from rng]: a seed of its own
def sample_data(n, low, high, rng):
    X = np.random.default_rng(0).uniform(low, high, size=(n, 2))
    return X, np.hypot(X[:, 0], X[:, 1])

# %% repair: np.random.default_rng(0) → rng

# %% wrong [always ten]: the borders of the example
def sample_data(n, low, high, rng):
    X = rng.uniform(-10, 10, size=(n, 2))
    return X, np.hypot(X[:, 0], X[:, 1])

# %% repair: -10, 10 → low, high

# %% wrong [returns None]: no return
def sample_data(n, low, high, rng):
    X = rng.uniform(low, high, size=(n, 2))
    print(X, np.hypot(X[:, 0], X[:, 1]))

# %% repair: print(X, np.hypot(X[:, 0], X[:, 1])) → return X, np.hypot(X[:, 0], X[:, 1])

# %% wrong [whole numbers]: integers
def sample_data(n, low, high, rng):
    X = rng.integers(int(low), int(high) + 1, size=(n, 2))
    return X, np.hypot(X[:, 0], X[:, 1])

# %% repair: rng.integers(int(low), int(high) + 1 → rng.uniform(low, high

# %% wrong [a disc]: angle and radius
def sample_data(n, low, high, rng):
    r, angle = (high - low) / 2 * np.sqrt(rng.random(n)), 2 * np.pi * rng.random(n)
    X = (low + high) / 2 + np.column_stack([r * np.cos(angle), r * np.sin(angle)])
    return X, np.hypot(X[:, 0], X[:, 1])

# %% repair
def sample_data(n, low, high, rng):
    X = np.column_stack([rng.uniform(low, high, n), rng.uniform(low, high, n)])
    return X, np.hypot(X[:, 0], X[:, 1])

# %% right: the distances as complex numbers' size
def sample_data(n, low, high, rng):
    X = rng.uniform([low, low], [high, high], (n, 2))
    return X, np.abs(X[:, 0] + 1j * X[:, 1])

# %% wrong [shifted]: shifted the wrong way
def sample_data(n, low, high, rng):
    X = (high - low) * rng.random((n, 2)) + high
    return X, np.hypot(X[:, 0], X[:, 1])

# %% repair: + high → + low

# %% wrong [a column stands still]: x stands still
def sample_data(n, low, high, rng):
    X = np.column_stack([np.full(n, low), rng.uniform(low, high, n)])
    return X, np.hypot(X[:, 0], X[:, 1])

# %% repair: np.full(n, low) → rng.uniform(low, high, n)

# %% wrong [no distance for each point]: the norm of the whole table
def sample_data(n, low, high, rng):
    X = rng.uniform(low, high, size=(n, 2))
    return X, np.linalg.norm(X)

# %% repair: norm(X) → norm(X, axis=1)

# %% wrong [no distance for each point]: along the wrong axis
def sample_data(n, low, high, rng):
    X = rng.uniform(low, high, size=(n, 2))
    return X, np.linalg.norm(X, axis=0)

# %% repair: axis=0 → axis=1

# %% wrong [not two columns]: space has three
def sample_data(n, low, high, rng):
    X = rng.uniform(low, high, size=(n, 3))
    return X, np.hypot(X[:, 0], X[:, 1])

# %% repair: (n, 3) → (n, 2)

# %% wrong [always 600]: the number of the example
def sample_data(n, low, high, rng):
    X = rng.uniform(low, high, size=(600, 2))
    return X, np.hypot(X[:, 0], X[:, 1])

# %% repair: (600, 2) → (n, 2)

# %% wrong [numbers that come again]: a grid, shuffled
def sample_data(n, low, high, rng):
    x = np.linspace(low, high, n)
    X = np.column_stack([rng.permutation(x), rng.permutation(x)])
    return X, np.hypot(X[:, 0], X[:, 1])

# %% repair: drawn
def sample_data(n, low, high, rng):
    X = rng.uniform(low, high, (n, 2))
    return X, np.hypot(X[:, 0], X[:, 1])

# %% wrong [numbers that come again]: rounded
def sample_data(n, low, high, rng):
    X = rng.uniform(low, high, (n, 2)).round(1)
    return X, np.hypot(X[:, 0], X[:, 1])

# %% repair: .round(1) →

# %% wrong [not from rng]: x on a grid
def sample_data(n, low, high, rng):
    X = np.column_stack([np.linspace(low, high, n), rng.uniform(low, high, n)])
    return X, np.hypot(X[:, 0], X[:, 1])

# %% repair: np.linspace(low, high, n) → rng.uniform(low, high, n)

# %% wrong [the same points twice]: from a copy
def sample_data(n, low, high, rng):
    import copy

    rng = copy.deepcopy(rng)
    X = rng.uniform(low, high, (n, 2))
    return X, np.hypot(X[:, 0], X[:, 1])

# %% repair: without the copy
def sample_data(n, low, high, rng):
    X = rng.uniform(low, high, (n, 2))
    return X, np.hypot(X[:, 0], X[:, 1])

# %% wrong [whole numbers]: integers, the upper border left out
def sample_data(n, low, high, rng):
    X = rng.integers(low, high, (n, 2))
    return X, np.hypot(X[:, 0], X[:, 1])

# %% repair: rng.integers → rng.uniform

# %% wrong [another number of points]: those of the example
def sample_data(n, low, high, rng):
    X = rng.uniform(low, high, (5, 2))
    return X, np.hypot(X[:, 0], X[:, 1])

# %% repair: (5, 2) → (n, 2)
