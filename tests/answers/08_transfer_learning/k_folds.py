"""Exercise `k_folds`: what students hand in."""

# %% right: remainders
def k_folds(n, k):
    positions = np.arange(n)
    return [(positions[positions % k != i], positions[positions % k == i]) for i in range(k)]

# %% right: loops and lists
def k_folds(n, k):
    folds = []
    for i in range(k):
        train, test = [], []
        for j in range(n):
            if j % k == i:
                test.append(j)
            else:
                train.append(j)
        folds.append((train, test))
    return folds

# %% right: sets
def k_folds(n, k):
    folds = []
    for i in range(k):
        test = list(range(i, n, k))
        train = sorted(set(range(n)) - set(test))
        folds.append([train, test])
    return folds

# %% right: delete
def k_folds(n, k):
    return [(np.delete(np.arange(n), np.arange(i, n, k)), np.arange(n)[i::k]) for i in range(k)]

# %% wrong [tested on what it trained on]: train is everything
def k_folds(n, k):
    return [(np.arange(n), np.arange(i, n, k)) for i in range(k)]

# %% repair: (np.arange(n), → (np.setdiff1d(np.arange(n), np.arange(i, n, k)),

# %% wrong [train and test swapped]: the other way round
def k_folds(n, k):
    positions = np.arange(n)
    return [(positions[positions % k == i], positions[positions % k != i]) for i in range(k)]

# %% repair: (positions[positions % k == i], positions[positions % k != i]) → (positions[positions % k != i], positions[positions % k == i])

# %% wrong [blocks]: neighbours together
def k_folds(n, k):
    parts = np.array_split(np.arange(n), k)
    return [(np.concatenate([*parts[:i], *parts[i + 1 :]]), parts[i]) for i in range(k)]

# %% repair: np.array_split(np.arange(n), k) → [np.arange(i, n, k) for i in range(k)]

# %% repair: np.concatenate([*parts[:i], *parts[i + 1 :]]) → np.sort(np.concatenate([*parts[:i], *parts[i + 1 :]]))

# %% wrong [only the tests]: half of each pair
def k_folds(n, k):
    return [list(range(i, n, k)) for i in range(k)]

# %% repair: [list(range(i, n, k)) for → [([j for j in range(n) if j % k != i], list(range(i, n, k))) for

# %% wrong [the last ones lost]: as many as divide evenly
def k_folds(n, k):
    positions = np.arange(n // k * k)
    return [(positions[positions % k != i], positions[positions % k == i]) for i in range(k)]

# %% repair: n // k * k → n

# %% wrong [counts from one]: as people count
def k_folds(n, k):
    folds = []
    for i in range(1, k + 1):
        test = list(range(i, n + 1, k))
        folds.append(([j for j in range(1, n + 1) if j not in test], test))
    return folds

# %% repair
def k_folds(n, k):
    folds = []
    for i in range(k):
        test = list(range(i, n, k))
        folds.append(([j for j in range(n) if j not in test], test))
    return folds

# %% wrong [one fold]: returns inside the loop
def k_folds(n, k):
    for i in range(k):
        test = list(range(i, n, k))
        return [j for j in range(n) if j not in test], test

# %% repair
def k_folds(n, k):
    folds = []
    for i in range(k):
        test = list(range(i, n, k))
        folds.append(([j for j in range(n) if j not in test], test))
    return folds
