"""Exercise `split_and_scale`: what students hand in."""

# %% right: a permutation
def split_and_scale(X, y, seed):
    order = np.random.default_rng(seed).permutation(len(X))
    X, y = X[order], y[order]
    cut = int(0.8 * len(X))
    mean, std = X[:cut].mean(axis=0), X[:cut].std(axis=0)
    return (X[:cut] - mean) / std, y[:cut], (X[cut:] - mean) / std, y[cut:]

# %% right: scikit-learn
def split_and_scale(X, y, seed):
    from sklearn.model_selection import train_test_split
    from sklearn.preprocessing import StandardScaler

    X_train, X_val, y_train, y_val = train_test_split(X, y, test_size=0.2, random_state=seed)
    scaler = StandardScaler().fit(X_train)
    return scaler.transform(X_train), y_train, scaler.transform(X_val), y_val

# %% right: the old random state, n - 1 under the root
def split_and_scale(X, y, seed):
    np.random.seed(seed)
    order = np.arange(len(X))
    np.random.shuffle(order)
    cut = len(X) * 4 // 5
    train, validation = order[:cut], order[cut:]
    mean, std = X[train].mean(0), X[train].std(0, ddof=1)
    X = (X - mean) / std
    return X[train], y[train], X[validation], y[validation]

# %% right: validation first, float32, Python's own shuffle, a list back
def split_and_scale(X, y, seed):
    import random

    order = list(range(len(X)))
    random.Random(seed).shuffle(order)
    n = len(X) // 5
    X = X.astype("float32")
    X_val, X_train = X[order[:n]], X[order[n:]]
    mean, std = X_train.mean(axis=0), X_train.std(axis=0)
    return [(X_train - mean) / (std + 1e-7), y[order[n:]], (X_val - mean) / (std + 1e-7), y[order[:n]]]

# %% right: a Normalization layer of Keras
def split_and_scale(X, y, seed):
    order = np.random.default_rng(seed).permutation(len(X))
    cut = int(0.8 * len(X))
    train, validation = order[:cut], order[cut:]
    layer = keras.layers.Normalization(axis=-1)
    layer.adapt(X[train])
    return layer(X[train]), y[train], layer(X[validation]), y[validation]

# %% wrong [leak]: as the colleague wrote it
def split_and_scale(X, y, seed):
    X = (X - X.mean(axis=0)) / X.std(axis=0)
    cut = int(0.8 * len(X))
    return X[:cut], y[:cut], X[cut:], y[cut:]

# %% repair
def split_and_scale(X, y, seed):
    cut = int(0.8 * len(X))
    X = (X - X[:cut].mean(axis=0)) / X[:cut].std(axis=0)
    return X[:cut], y[:cut], X[cut:], y[cut:]

# %% repair
def split_and_scale(X, y, seed):
    order = np.random.default_rng(seed).permutation(len(X))
    X, y = X[order], y[order]
    cut = int(0.8 * len(X))
    X = (X - X[:cut].mean(axis=0)) / X[:cut].std(axis=0)
    return X[:cut], y[:cut], X[cut:], y[cut:]

# %% wrong [leak]: shuffled, scaled too early
def split_and_scale(X, y, seed):
    order = np.random.default_rng(seed).permutation(len(X))
    X, y = X[order], y[order]
    X = (X - X.mean(axis=0)) / X.std(axis=0)
    cut = int(0.8 * len(X))
    return X[:cut], y[:cut], X[cut:], y[cut:]

# %% repair
def split_and_scale(X, y, seed):
    order = np.random.default_rng(seed).permutation(len(X))
    X, y = X[order], y[order]
    cut = int(0.8 * len(X))
    X = (X - X[:cut].mean(axis=0)) / X[:cut].std(axis=0)
    return X[:cut], y[:cut], X[cut:], y[cut:]

# %% wrong [not shuffled]: only the leak mended
def split_and_scale(X, y, seed):
    cut = int(0.8 * len(X))
    mean, std = X[:cut].mean(axis=0), X[:cut].std(axis=0)
    X = (X - mean) / std
    return X[:cut], y[:cut], X[cut:], y[cut:]

# %% repair
def split_and_scale(X, y, seed):
    order = np.random.default_rng(seed).permutation(len(X))
    X, y = X[order], y[order]
    cut = int(0.8 * len(X))
    mean, std = X[:cut].mean(axis=0), X[:cut].std(axis=0)
    X = (X - mean) / std
    return X[:cut], y[:cut], X[cut:], y[cut:]

# %% wrong [validation scaled by itself]: each part by its own
def split_and_scale(X, y, seed):
    order = np.random.default_rng(seed).permutation(len(X))
    X, y = X[order], y[order]
    cut = int(0.8 * len(X))
    a, b = X[:cut], X[cut:]
    return (a - a.mean(0)) / a.std(0), y[:cut], (b - b.mean(0)) / b.std(0), y[cut:]

# %% repair: (b - b.mean(0)) / b.std(0) → (b - a.mean(0)) / a.std(0)

# %% wrong [rows and targets apart]: shuffled twice
def split_and_scale(X, y, seed):
    rng = np.random.default_rng(seed)
    X, y = X[rng.permutation(len(X))], y[rng.permutation(len(y))]
    cut = int(0.8 * len(X))
    mean, std = X[:cut].mean(axis=0), X[:cut].std(axis=0)
    return (X[:cut] - mean) / std, y[:cut], (X[cut:] - mean) / std, y[cut:]

# %% repair
def split_and_scale(X, y, seed):
    rng = np.random.default_rng(seed)
    order = rng.permutation(len(X))
    X, y = X[order], y[order]
    cut = int(0.8 * len(X))
    mean, std = X[:cut].mean(axis=0), X[:cut].std(axis=0)
    return (X[:cut] - mean) / std, y[:cut], (X[cut:] - mean) / std, y[cut:]

# %% wrong [rows and targets apart]: the targets forgotten
def split_and_scale(X, y, seed):
    X = np.random.default_rng(seed).permutation(X)
    cut = int(0.8 * len(X))
    mean, std = X[:cut].mean(axis=0), X[:cut].std(axis=0)
    return (X[:cut] - mean) / std, y[:cut], (X[cut:] - mean) / std, y[cut:]

# %% repair
def split_and_scale(X, y, seed):
    order = np.random.default_rng(seed).permutation(len(X))
    X, y = X[order], y[order]
    cut = int(0.8 * len(X))
    mean, std = X[:cut].mean(axis=0), X[:cut].std(axis=0)
    return (X[:cut] - mean) / std, y[:cut], (X[cut:] - mean) / std, y[cut:]

# %% wrong [seed ignored]: always 0
def split_and_scale(X, y, seed):
    order = np.random.default_rng(0).permutation(len(X))
    cut = int(0.8 * len(X))
    train, validation = order[:cut], order[cut:]
    mean, std = X[train].mean(axis=0), X[train].std(axis=0)
    return (X[train] - mean) / std, y[train], (X[validation] - mean) / std, y[validation]

# %% repair: default_rng(0) → default_rng(seed)

# %% wrong [another split each time]: no seed
def split_and_scale(X, y, seed):
    order = np.random.permutation(len(X))
    cut = int(0.8 * len(X))
    train, validation = order[:cut], order[cut:]
    mean, std = X[train].mean(axis=0), X[train].std(axis=0)
    return (X[train] - mean) / std, y[train], (X[validation] - mean) / std, y[validation]

# %% repair: np.random.permutation → np.random.default_rng(seed).permutation

# %% wrong [validation not scaled]: forgotten
def split_and_scale(X, y, seed):
    order = np.random.default_rng(seed).permutation(len(X))
    cut = int(0.8 * len(X))
    train, validation = order[:cut], order[cut:]
    mean, std = X[train].mean(axis=0), X[train].std(axis=0)
    return (X[train] - mean) / std, y[train], X[validation], y[validation]

# %% repair: X[validation], y → (X[validation] - mean) / std, y

# %% wrong [not scaled]: only shuffled
def split_and_scale(X, y, seed):
    order = np.random.default_rng(seed).permutation(len(X))
    X, y = X[order], y[order]
    cut = int(0.8 * len(X))
    return X[:cut], y[:cut], X[cut:], y[cut:]

# %% repair: return X[:cut], → return (X[:cut] - X[:cut].mean(axis=0)) / X[:cut].std(axis=0),

# %% repair: X[cut:], y → (X[cut:] - X[:cut].mean(axis=0)) / X[:cut].std(axis=0), y

# %% wrong [wrong scale]: one mean for all columns
def split_and_scale(X, y, seed):
    order = np.random.default_rng(seed).permutation(len(X))
    X, y = X[order], y[order]
    cut = int(0.8 * len(X))
    mean, std = X[:cut].mean(), X[:cut].std()
    return (X[:cut] - mean) / std, y[:cut], (X[cut:] - mean) / std, y[cut:]

# %% repair: X[:cut].mean(), X[:cut].std() → X[:cut].mean(axis=0), X[:cut].std(axis=0)

# %% wrong [order of the four]: scikit-learn's order
def split_and_scale(X, y, seed):
    order = np.random.default_rng(seed).permutation(len(X))
    X, y = X[order], y[order]
    cut = int(0.8 * len(X))
    mean, std = X[:cut].mean(axis=0), X[:cut].std(axis=0)
    return (X[:cut] - mean) / std, (X[cut:] - mean) / std, y[:cut], y[cut:]

# %% repair: (X[cut:] - mean) / std, y[:cut], → y[:cut], (X[cut:] - mean) / std,

# %% wrong [rows in both parts]: drawn with replacement
def split_and_scale(X, y, seed):
    rng = np.random.default_rng(seed)
    train = rng.integers(0, len(X), int(0.8 * len(X)))
    validation = rng.integers(0, len(X), len(X) - len(train))
    mean, std = X[train].mean(axis=0), X[train].std(axis=0)
    return (X[train] - mean) / std, y[train], (X[validation] - mean) / std, y[validation]

# %% repair
def split_and_scale(X, y, seed):
    rng = np.random.default_rng(seed)
    order = rng.permutation(len(X))
    train, validation = order[: int(0.8 * len(X))], order[int(0.8 * len(X)) :]
    mean, std = X[train].mean(axis=0), X[train].std(axis=0)
    return (X[train] - mean) / std, y[train], (X[validation] - mean) / std, y[validation]

# %% wrong [sizes swapped]: 20 % for training
def split_and_scale(X, y, seed):
    order = np.random.default_rng(seed).permutation(len(X))
    X, y = X[order], y[order]
    cut = int(0.2 * len(X))
    mean, std = X[:cut].mean(axis=0), X[:cut].std(axis=0)
    return (X[:cut] - mean) / std, y[:cut], (X[cut:] - mean) / std, y[cut:]

# %% repair: 0.2 → 0.8

# %% wrong [seed ignored]: the first fifth, only training is shuffled
def split_and_scale(X, y, seed):
    cut = len(X) // 5
    order = cut + np.random.default_rng(seed).permutation(len(X) - cut)
    mean, deviation = X[order].mean(axis=0), X[order].std(axis=0)
    return (X[order] - mean) / deviation, y[order], (X[:cut] - mean) / deviation, y[:cut]

# %% repair
def split_and_scale(X, y, seed):
    order = np.random.default_rng(seed).permutation(len(X))
    X, y = X[order], y[order]
    cut = len(X) // 5
    mean, deviation = X[cut:].mean(axis=0), X[cut:].std(axis=0)
    return (X[cut:] - mean) / deviation, y[cut:], (X[:cut] - mean) / deviation, y[:cut]

# %% right: shuffles and scales what it is given, in place
def split_and_scale(X, y, seed):
    order = np.random.default_rng(seed).permutation(len(X))
    X[:], y[:] = X[order], y[order]
    cut = int(0.8 * len(X))
    mean, std = X[:cut].mean(axis=0), X[:cut].std(axis=0)
    X -= mean
    X /= std
    return X[:cut], y[:cut], X[cut:], y[cut:]

# %% wrong [targets changed]: the targets scaled as well
def split_and_scale(X, y, seed):
    order = np.random.default_rng(seed).permutation(len(X))
    X, y = X[order], y[order]
    cut = int(0.8 * len(X))
    mean, deviation = X[:cut].mean(axis=0), X[:cut].std(axis=0)
    y = (y - y[:cut].mean()) / y[:cut].std()
    return (X[:cut] - mean) / deviation, y[:cut], (X[cut:] - mean) / deviation, y[cut:]

# %% repair
def split_and_scale(X, y, seed):
    order = np.random.default_rng(seed).permutation(len(X))
    X, y = X[order], y[order]
    cut = int(0.8 * len(X))
    mean, deviation = X[:cut].mean(axis=0), X[:cut].std(axis=0)
    return (X[:cut] - mean) / deviation, y[:cut], (X[cut:] - mean) / deviation, y[cut:]
