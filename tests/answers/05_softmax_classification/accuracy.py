"""Exercise `accuracy`: what students hand in."""


# %% right: mean of a comparison
def accuracy(probabilities, labels):
    return np.mean(np.argmax(probabilities, axis=1) == labels)


# %% right: a loop
def accuracy(probabilities, labels):
    hits = 0
    for row, label in zip(probabilities, labels):
        if list(row).index(max(row)) == label:
            hits += 1
    return hits / len(labels)


# %% right: scikit-learn
def accuracy(probabilities, labels):
    from sklearn.metrics import accuracy_score

    return accuracy_score(labels, probabilities.argmax(-1))


# %% right: float32
def accuracy(probabilities, labels):
    return (probabilities.argmax(axis=1) == labels).astype("float32").mean()


# %% wrong [argmax over rows]: axis 0
def accuracy(probabilities, labels):
    return np.mean(probabilities.argmax(axis=0) == labels)

# %% repair: axis=0 → axis=1

# %% wrong [one argmax for all]: no axis
def accuracy(probabilities, labels):
    return np.mean(np.argmax(probabilities) == labels)

# %% repair: np.argmax(probabilities) → np.argmax(probabilities, axis=1)

# %% wrong [count]: not divided
def accuracy(probabilities, labels):
    return sum(probabilities.argmax(axis=1) == labels)

# %% repair: sum(probabilities.argmax(axis=1) == labels) → sum(probabilities.argmax(axis=1) == labels) / len(labels)

# %% wrong [percent]: times 100
def accuracy(probabilities, labels):
    return 100 * np.mean(probabilities.argmax(axis=1) == labels)

# %% repair: 100 * np → np

# %% wrong [error rate]: the wrong ones
def accuracy(probabilities, labels):
    return np.mean(probabilities.argmax(axis=1) != labels)

# %% repair: != → ==

# %% wrong [above one half]: a threshold
def accuracy(probabilities, labels):
    return np.mean(probabilities[np.arange(len(labels)), labels] > 0.5)

# %% repair: probabilities[np.arange(len(labels)), labels] > 0.5 → probabilities.argmax(axis=1) == labels

# %% wrong [mean probability]: no argmax at all
def accuracy(probabilities, labels):
    return probabilities[np.arange(len(labels)), labels].mean()

# %% repair: probabilities[np.arange(len(labels)), labels].mean() → (probabilities.argmax(axis=1) == labels).mean()

# %% wrong [argmin]: the lowest
def accuracy(probabilities, labels):
    return np.mean(probabilities.argmin(axis=1) == labels)

# %% repair: argmin → argmax

# %% wrong [whole numbers]: two slashes
def accuracy(probabilities, labels):
    return sum(probabilities.argmax(axis=1) == labels) // len(labels)

# %% repair: // → /

# %% wrong [mean confidence]: the largest itself
def accuracy(probabilities, labels):
    return probabilities.max(axis=1).mean()

# %% repair: probabilities.max(axis=1).mean() → (probabilities.argmax(axis=1) == labels).mean()

# %% wrong [one answer per row]: no mean
def accuracy(probabilities, labels):
    return probabilities.argmax(axis=1) == labels

# %% repair: probabilities.argmax(axis=1) == labels → np.mean(probabilities.argmax(axis=1) == labels)

# %% wrong [divided by the classes]: divided by all numbers
def accuracy(probabilities, labels):
    return np.sum(probabilities.argmax(axis=1) == labels) / probabilities.size

# %% repair: probabilities.size → len(labels)

# %% wrong [always the same]: the largest number in place of where it stands
def accuracy(probabilities, labels):
    return np.mean(np.max(probabilities, axis=1) == labels)

# %% repair (hint): np.max( → np.argmax(
