"""Exercise `cross_entropy`: what students hand in."""


# %% right: pick, raise, mean
def cross_entropy(probabilities, labels):
    true = probabilities[np.arange(len(labels)), labels]
    return -np.log(np.maximum(true, 1e-7)).mean()


# %% right: one-hot times logarithm, clipped on both sides
def cross_entropy(probabilities, labels):
    p = np.clip(probabilities, 1e-7, 1 - 1e-7)
    targets = np.eye(p.shape[1])[labels]
    return -(targets * np.log(p)).sum(axis=1).mean()


# %% right: a loop
def cross_entropy(probabilities, labels):
    import math

    total = 0
    for row, label in zip(probabilities, labels):
        total -= math.log(max(row[label], 1e-7))
    return total / len(labels)


# %% right: float32
def cross_entropy(probabilities, labels):
    p = np.asarray(probabilities, dtype="float32")
    return np.mean([-np.log(max(p[i, y], np.float32(1e-7))) for i, y in enumerate(labels)])


# %% wrong [sum]: not the mean
def cross_entropy(probabilities, labels):
    true = probabilities[np.arange(len(labels)), labels]
    return -np.log(np.maximum(true, 1e-7)).sum()

# %% repair: .sum() → .mean()

# %% wrong [sign]: minus forgotten
def cross_entropy(probabilities, labels):
    true = probabilities[np.arange(len(labels)), labels]
    return np.log(np.maximum(true, 1e-7)).mean()

# %% repair: np.log → -np.log

# %% wrong [log of 0]: no clip
def cross_entropy(probabilities, labels):
    return -np.log(probabilities[np.arange(len(labels)), labels]).mean()

# %% repair: probabilities[np.arange(len(labels)), labels] → np.maximum(probabilities[np.arange(len(labels)), labels], 1e-7)

# %% wrong [0 times infinity]: no clip, with one-hot targets
def cross_entropy(probabilities, labels):
    targets = np.eye(probabilities.shape[1])[labels]
    return -(targets * np.log(probabilities)).sum(axis=1).mean()

# %% repair: np.log(probabilities) → np.log(np.maximum(probabilities, 1e-7))

# %% wrong [mean over all numbers]: np.mean of the whole matrix
def cross_entropy(probabilities, labels):
    targets = np.eye(probabilities.shape[1])[labels]
    return -np.mean(targets * np.log(np.maximum(probabilities, 1e-7)))

# %% repair: np.mean(targets * np.log(np.maximum(probabilities, 1e-7))) → np.sum(targets * np.log(np.maximum(probabilities, 1e-7)), axis=1).mean()

# %% wrong [every label in every row]: a colon in place of arange
def cross_entropy(probabilities, labels):
    return -np.log(np.maximum(probabilities[:, labels], 1e-7)).mean()

# %% repair: probabilities[:, labels] → probabilities[np.arange(len(labels)), labels]

# %% wrong [logarithm to base 2]: bits
def cross_entropy(probabilities, labels):
    true = probabilities[np.arange(len(labels)), labels]
    return -np.log2(np.maximum(true, 1e-7)).mean()

# %% repair: np.log2 → np.log

# %% wrong [one number per row]: the mean forgotten
def cross_entropy(probabilities, labels):
    true = probabilities[np.arange(len(labels)), labels]
    return -np.log(np.maximum(true, 1e-7))

# %% repair: -np.log(np.maximum(true, 1e-7)) → np.mean(-np.log(np.maximum(true, 1e-7)))

# %% wrong [added, not raised]: a small number added
def cross_entropy(probabilities, labels):
    true = probabilities[np.arange(len(labels)), labels]
    return -np.log(true + 1e-7).mean()

# %% repair: true + 1e-7 → np.maximum(true, 1e-7)

# %% wrong [lowered]: minimum for maximum
def cross_entropy(probabilities, labels):
    true = probabilities[np.arange(len(labels)), labels]
    return -np.log(np.minimum(true, 1e-7)).mean()

# %% repair: np.minimum → np.maximum

# %% wrong [probability alone]: no logarithm at all
def cross_entropy(probabilities, labels):
    true = probabilities[np.arange(len(labels)), labels]
    return -np.maximum(true, 1e-7).mean()

# %% repair: -np.maximum(true, 1e-7) → -np.log(np.maximum(true, 1e-7))

# %% wrong [first row only]: return inside the loop
def cross_entropy(probabilities, labels):
    total = 0
    for row, label in zip(probabilities, labels):
        total -= np.log(max(row[label], 1e-7))
        return total / len(labels)

# %% repair: return after the loop
def cross_entropy(probabilities, labels):
    total = 0
    for row, label in zip(probabilities, labels):
        total -= np.log(max(row[label], 1e-7))
    return total / len(labels)

# %% wrong [last row only]: the loop overwrites
def cross_entropy(probabilities, labels):
    total = 0
    for row, label in zip(probabilities, labels):
        total = -np.log(max(row[label], 1e-7))
    return total / len(labels)

# %% repair: total = -np → total += -np

# %% wrong [all classes]: labels unused
def cross_entropy(probabilities, labels):
    return -np.log(np.maximum(probabilities, 1e-7)).sum(axis=1).mean()

# %% repair: the true class alone
def cross_entropy(probabilities, labels):
    true = probabilities[np.arange(len(labels)), labels]
    return -np.log(np.maximum(true, 1e-7)).mean()

# %% wrong [log of the mean]: the mean first
def cross_entropy(probabilities, labels):
    true = probabilities[np.arange(len(labels)), labels]
    return -np.log(np.maximum(true, 1e-7).mean())

# %% repair: np.log(np.maximum(true, 1e-7).mean()) → np.log(np.maximum(true, 1e-7)).mean()

# %% wrong [no logarithm]: one minus it
def cross_entropy(probabilities, labels):
    true = probabilities[np.arange(len(labels)), labels]
    return np.mean(1 - np.maximum(true, 1e-7))

# %% repair: 1 - np.maximum(true, 1e-7) → -np.log(np.maximum(true, 1e-7))

# %% wrong [the answer's class]: max for the label
def cross_entropy(probabilities, labels):
    return -np.log(probabilities.max(axis=1)).mean()

# %% repair: probabilities.max(axis=1) → probabilities[np.arange(len(labels)), labels]

# %% repair: probabilities[np.arange(len(labels)), labels] → np.maximum(probabilities[np.arange(len(labels)), labels], 1e-7)

# %% wrong [logarithm to base 10]: log10
def cross_entropy(probabilities, labels):
    true = probabilities[np.arange(len(labels)), labels]
    return -np.log10(np.maximum(true, 1e-7)).mean()

# %% repair: np.log10 → np.log

# %% wrong [divided by the classes]: the sum down the columns
def cross_entropy(probabilities, labels):
    p = np.maximum(probabilities, 1e-7)
    targets = np.eye(p.shape[1])[labels]
    return -(targets * np.log(p)).sum(axis=0).mean()

# %% repair: axis=0 → axis=1
