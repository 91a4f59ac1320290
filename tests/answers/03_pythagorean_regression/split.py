"""Exercise `split`: what students hand in."""

# %% right: a permutation
def split(X, z, share, rng):
    order = rng.permutation(len(X))
    n = round(share * len(X))
    return X[order[n:]], X[order[:n]], z[order[n:]], z[order[:n]]

# %% right: row numbers shuffled in place
def split(X, z, share, rng):
    rows = np.arange(len(z))
    rng.shuffle(rows)
    cut = len(z) - int(round(share * len(z)))
    return [X[rows[:cut]], X[rows[cut:]], z[rows[:cut]], z[rows[cut:]]]

# %% right: chosen without replacement, a mask
def split(X, z, share, rng):
    test = np.zeros(len(X), dtype=bool)
    test[rng.choice(len(X), size=round(share * len(X)), replace=False)] = True
    return X[~test], X[test], z[~test], z[test]

# %% right: scikit-learn, seeded by the generator
def split(X, z, share, rng):
    from sklearn.model_selection import train_test_split

    return train_test_split(X, z, test_size=round(share * len(X)), random_state=int(rng.integers(2**31)))

# %% right: pairs shuffled together, lists
def split(X, z, share, rng):
    pairs = [(list(point), target) for point, target in zip(X, z)]
    rng.shuffle(pairs)
    n = round(share * len(pairs))
    test, train = pairs[:n], pairs[n:]
    return [p for p, _ in train], [p for p, _ in test], [t for _, t in train], [t for _, t in test]

# %% wrong [pairs torn apart]: the colleague's
def split(X, z, share, rng):
    rng.shuffle(X)
    n = int(share * len(X))
    return X[n:], X[:n], z[n:], z[:n]

# %% repair
def split(X, z, share, rng):
    order = rng.permutation(len(X))
    n = int(share * len(X))
    return X[order[n:]], X[order[:n]], z[order[n:]], z[order[:n]]

# %% repair: int(share → round(share

# %% wrong [pairs torn apart]: both shuffled, each by itself
def split(X, z, share, rng):
    X, z = rng.permutation(X), rng.permutation(z)
    n = round(share * len(X))
    return X[n:], X[:n], z[n:], z[:n]

# %% repair
def split(X, z, share, rng):
    order = rng.permutation(len(X))
    X, z = X[order], z[order]
    n = round(share * len(X))
    return X[n:], X[:n], z[n:], z[:n]

# %% wrong [not shuffled]: the last rows
def split(X, z, share, rng):
    n = round(share * len(X))
    return X[:-n], X[-n:], z[:-n], z[-n:]

# %% repair
def split(X, z, share, rng):
    order = rng.permutation(len(X))
    X, z = X[order], z[order]
    n = round(share * len(X))
    return X[:-n], X[-n:], z[:-n], z[-n:]

# %% wrong [the caller's arrays]: the same order, in place
def split(X, z, share, rng):
    order = rng.permutation(len(X))
    X[:], z[:] = X[order], z[order]
    n = round(share * len(X))
    return X[n:], X[:n], z[n:], z[:n]

# %% repair: X[:], z[:] = → X, z =

# %% wrong [another order]: X and z of each part
def split(X, z, share, rng):
    order = rng.permutation(len(X))
    n = round(share * len(X))
    return X[order[n:]], z[order[n:]], X[order[:n]], z[order[:n]]

# %% repair: X[order[n:]], z[order[n:]], X[order[:n]], z[order[:n]] → X[order[n:]], X[order[:n]], z[order[n:]], z[order[:n]]

# %% wrong [parts swapped]: the test part is large
def split(X, z, share, rng):
    order = rng.permutation(len(X))
    n = round(share * len(X))
    return X[order[:n]], X[order[n:]], z[order[:n]], z[order[n:]]

# %% repair: X[order[:n]], X[order[n:]], z[order[:n]], z[order[n:]] → X[order[n:]], X[order[:n]], z[order[n:]], z[order[:n]]

# %% wrong [rows twice]: drawn with replacement
def split(X, z, share, rng):
    order = rng.integers(0, len(X), len(X))
    n = round(share * len(X))
    return X[order[n:]], X[order[:n]], z[order[n:]], z[order[:n]]

# %% repair: rng.integers(0, len(X), len(X)) → rng.permutation(len(X))

# %% wrong [not from rng]: another generator
def split(X, z, share, rng):
    order = np.random.permutation(len(X))
    n = round(share * len(X))
    return X[order[n:]], X[order[:n]], z[order[n:]], z[order[:n]]

# %% repair: np.random.permutation → rng.permutation

# %% wrong [always a quarter]: the example's numbers
def split(X, z, share, rng):
    order = rng.permutation(len(X))
    n = len(X) // 4
    return X[order[n:]], X[order[:n]], z[order[n:]], z[order[:n]]

# %% repair: len(X) // 4 → round(share * len(X))

# %% wrong [rounded down]: int
def split(X, z, share, rng):
    order = rng.permutation(len(X))
    n = int(share * len(X))
    return X[order[n:]], X[order[:n]], z[order[n:]], z[order[:n]]

# %% repair: int(share → round(share

# %% right: seeded by a small number of the generator
def split(X, z, share, rng):
    order = np.random.RandomState(rng.integers(1000)).permutation(len(X))
    n = int(len(X) * share + 0.5)
    return X[order[n:]], X[order[:n]], z[order[n:]], z[order[:n]]

# %% wrong [rounded up]: ceil
def split(X, z, share, rng):
    order = rng.permutation(len(X))
    n = int(np.ceil(share * len(X)))
    return X[order[n:]], X[order[:n]], z[order[n:]], z[order[:n]]

# %% repair: int(np.ceil(share * len(X))) → round(share * len(X))

# %% wrong [a third order]: z cut at the other end
def split(X, z, share, rng):
    order = rng.permutation(len(X))
    n = round(share * len(X))
    return X[order[n:]], X[order[:n]], z[order[:n]], z[order[n:]]

# %% repair: z[order[:n]], z[order[n:]] → z[order[n:]], z[order[:n]]

# %% wrong [parts of two lengths]: one place forgotten
def split(X, z, share, rng):
    order = rng.permutation(len(X))
    n = round(share * len(X))
    return X[order[n:]], X[order[:n]], z[order], z[order[:n]]

# %% repair: z[order], → z[order[n:]],

# %% wrong [rows lost or doubled]: each row drawn for itself
def split(X, z, share, rng):
    n = round(share * len(X))
    train, test = rng.choice(len(X), n, replace=False), rng.choice(len(X), n, replace=False)
    return X[train], X[test], z[train], z[test]

# %% repair: train, test = rng.choice(len(X), n, → train, test = rng.choice(len(X), len(X) - n,

# %% repair
def split(X, z, share, rng):
    n = round(share * len(X))
    order = rng.permutation(len(X))
    train, test = order[n:], order[:n]
    return X[train], X[test], z[train], z[test]

# %% wrong [rows twice]: both parts from all rows
def split(X, z, share, rng):
    n = round(share * len(X))
    train, test = rng.choice(len(X), len(X) - n, replace=False), rng.choice(len(X), n, replace=False)
    return X[train], X[test], z[train], z[test]

# %% repair
def split(X, z, share, rng):
    n = round(share * len(X))
    order = rng.permutation(len(X))
    train, test = order[n:], order[:n]
    return X[train], X[test], z[train], z[test]

# %% wrong [another share]: share divided
def split(X, z, share, rng):
    order = rng.permutation(len(X))
    n = round(share / len(X))
    return X[order[n:]], X[order[:n]], z[order[n:]], z[order[:n]]

# %% repair: share / len(X) → share * len(X)

# %% wrong [another share]: half and half
def split(X, z, share, rng):
    order = rng.permutation(len(X))
    n = len(X) // 2
    return X[order[n:]], X[order[:n]], z[order[n:]], z[order[:n]]

# %% repair: len(X) // 2 → round(share * len(X))

# %% wrong [another share]: a whole row more, cut down
def split(X, z, share, rng):
    order = rng.permutation(len(X))
    n = int(share * len(X) + 1)
    return X[order[n:]], X[order[:n]], z[order[n:]], z[order[:n]]

# %% repair: int(share * len(X) + 1) → round(share * len(X))

# %% wrong [nothing in a part]: lists, and no test row
def split(X, z, share, rng):
    pairs = [(point, target) for point, target in zip(X, z)]
    rng.shuffle(pairs)
    n = round(share)
    test, train = pairs[: n - n], pairs[n:]
    return [p for p, _ in train], [p for p, _ in test], [t for _, t in train], [t for _, t in test]

# %% repair
def split(X, z, share, rng):
    pairs = [(point, target) for point, target in zip(X, z)]
    rng.shuffle(pairs)
    n = round(share * len(X))
    test, train = pairs[:n], pairs[n:]
    return [p for p, _ in train], [p for p, _ in test], [t for _, t in train], [t for _, t in test]

# %% wrong [some rows never]: the last row stays in training
def split(X, z, share, rng):
    order = np.append(rng.permutation(len(X) - 1), len(X) - 1)
    n = round(share * len(X))
    return X[order[n:]], X[order[:n]], z[order[n:]], z[order[:n]]

# %% repair: np.append(rng.permutation(len(X) - 1), len(X) - 1) → rng.permutation(len(X))

# %% wrong [few splits]: twenty seeds
def split(X, z, share, rng):
    order = np.random.default_rng(rng.integers(20)).permutation(len(X))
    n = round(share * len(X))
    return X[order[n:]], X[order[:n]], z[order[n:]], z[order[:n]]

# %% repair: np.random.default_rng(rng.integers(20)).permutation → rng.permutation
