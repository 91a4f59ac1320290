"""Exercise `features`: what students hand in."""

# %% right: all eight of the lesson
def features(X):
    x, y = X.T
    return np.column_stack([x**2, y**2, abs(x), abs(y), abs(x * y), x**4, y**4, x**2 * y**2])

# %% right: five
def features(X):
    x, y = X[:, 0], X[:, 1]
    return np.stack([x**2, y**2, np.abs(x), np.abs(y), np.abs(x * y)], axis=1)

# %% right: the larger and the smaller side
def features(X):
    a = np.abs(X)
    return np.sort(a, axis=1)

# %% right: powers of the squared distance
def features(X):
    r = (X**2).sum(axis=1) / 200
    return np.column_stack([r, r**2, r**3, r**4])

# %% right: a loop, lists
def features(X):
    rows = []
    for x, y in X:
        rows.append([x * x, y * y, abs(x), abs(y), max(abs(x), abs(y))])
    return rows

# %% wrong [a level plane]: nothing done
def features(X):
    return X

# %% repair: return X → return X**2

# %% repair: X**2 → np.hstack([X**2, np.abs(X)])

# %% repair: [X**2, np.abs(X)] → [X**2, np.abs(X), np.abs(X[:, :1] * X[:, 1:])]

# %% wrong [only squares]: the bowl
def features(X):
    return X**2

# %% repair: X**2 → np.hstack([X**2, np.abs(X)])

# %% repair: [X**2, np.abs(X)] → [X**2, np.abs(X), np.abs(X[:, :1] * X[:, 1:])]

# %% wrong [only absolute values]: the pyramid
def features(X):
    return np.abs(X)

# %% repair: np.abs(X) → np.hstack([X**2, np.abs(X)])

# %% repair: [X**2, np.abs(X)] → [X**2, np.abs(X), np.abs(X[:, :1] * X[:, 1:])]

# %% wrong [squares and absolute values]: together
def features(X):
    return np.hstack([X**2, np.abs(X)])

# %% repair: np.abs(X)] → np.abs(X), X[:, :1] * X[:, 1:]]

# %% repair: X[:, :1] * X[:, 1:] → np.abs(X[:, :1] * X[:, 1:])

# %% wrong [the distance itself]: hypot
def features(X):
    return np.hypot(X[:, 0], X[:, 1])[:, None]

# %% repair: np.hypot(X[:, 0], X[:, 1])[:, None] → np.hstack([X**2, np.abs(X)])

# %% repair: [X**2, np.abs(X)] → [X**2, np.abs(X), np.abs(X[:, :1] * X[:, 1:])]

# %% wrong [the distance itself]: among others, doubled
def features(X):
    return np.column_stack([X, 2 * np.sqrt(X[:, 0] ** 2 + X[:, 1] ** 2) + 1])

# %% repair: 2 * np.sqrt(X[:, 0] ** 2 + X[:, 1] ** 2) + 1 → X[:, 0] ** 2 + X[:, 1] ** 2

# %% repair: [X, X[:, 0] ** 2 + X[:, 1] ** 2] → [X**2, np.abs(X), np.abs(X[:, 0] * X[:, 1])]

# %% wrong [too many features]: all powers
def features(X):
    x, y = X.T
    return np.column_stack([abs(x) ** i * abs(y) ** j for i in range(4) for j in range(4) if i + j])

# %% repair: range(4) for j in range(4) → range(3) for j in range(3)

# %% wrong [a level plane]: sums and products with signs
def features(X):
    x, y = X.T
    return np.column_stack([x, y, x * y, x + y])

# %% repair: x, y, x * y, x + y] → x**2, y**2, x * y, x + y]

# %% repair: x * y, x + y] → abs(x), abs(y), abs(x * y)]

# %% wrong [other rows]: scaled by the largest of all rows
def features(X):
    x, y = np.abs(X / np.abs(X).max()).T
    return np.column_stack([x**2, y**2, x, y, x * y])

# %% repair: X / np.abs(X).max() → X

# %% wrong [columns as rows]: a list of columns
def features(X):
    x, y = X.T
    return np.array([x**2, y**2, abs(x), abs(y), abs(x * y)])

# %% repair: np.array → np.column_stack

# %% wrong [returns None]: no return
def features(X):
    np.column_stack([X**2, np.abs(X)])

# %% repair: np.column_stack → return np.column_stack

# %% repair: np.abs(X)] → np.abs(X), np.abs(X[:, 0] * X[:, 1])]

# %% wrong [not good enough]: squares and a square of the product
def features(X):
    x, y = X.T
    return np.column_stack([x**2, y**2, x**2 * y**2])

# %% repair: x**2 * y**2 → abs(x), abs(y), abs(x * y)

# %% wrong [one column, flat]: a single feature
def features(X):
    return (X**2).sum(axis=1)

# %% repair: sum(axis=1) → sum(axis=1).reshape(-1, 1)

# %% repair
def features(X):
    return np.column_stack([X**2, np.abs(X), np.abs(X[:, 0] * X[:, 1])])

# %% right: a series in the smaller side over the larger
def features(X):
    small, large = np.sort(abs(X), axis=1).T
    return np.column_stack([large, small, *(small**n / large ** (n - 1) for n in (2, 3, 4))])
