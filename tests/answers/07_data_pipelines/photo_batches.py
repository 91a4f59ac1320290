"""Exercise `photo_batches`: what students hand in."""

# %% right: slices
def photo_batches(paths, labels, batch_size, load):
    while True:
        for start in range(0, len(paths), batch_size):
            end = start + batch_size
            yield np.stack([load(p) for p in paths[start:end]]), np.array(labels[start:end])

# %% right: photograph by photograph, a batch when it is full
def photo_batches(paths, labels, batch_size, load):
    while True:
        X, y = [], []
        for path, label in zip(paths, labels):
            X.append(load(path))
            y.append(label)
            if len(X) == batch_size:
                yield np.array(X), np.array(y)
                X, y = [], []
        if X:
            yield np.array(X), np.array(y)

# %% right: a counter that begins again, float32
def photo_batches(paths, labels, batch_size, load):
    start = 0
    while True:
        chosen = range(start, min(start + batch_size, len(paths)))
        yield np.array([load(paths[i]) for i in chosen], dtype="float32"), np.array([labels[i] for i in chosen])
        start = 0 if start + batch_size >= len(paths) else start + batch_size

# %% right: one round in a function of its own, repeated by itertools
import itertools

def photo_batches(paths, labels, batch_size, load):
    for start in itertools.cycle(range(0, len(paths), batch_size)):
        part = slice(start, start + batch_size)
        yield np.stack(list(map(load, paths[part]))), labels[part]

# %% wrong [stops after one round]: no endless loop
def photo_batches(paths, labels, batch_size, load):
    for start in range(0, len(paths), batch_size):
        part = slice(start, start + batch_size)
        yield np.stack([load(p) for p in paths[part]]), labels[part]

# %% repair
def photo_batches(paths, labels, batch_size, load):
    while True:
        for start in range(0, len(paths), batch_size):
            part = slice(start, start + batch_size)
            yield np.stack([load(p) for p in paths[part]]), labels[part]

# %% wrong [last batch dropped]: whole batches only
def photo_batches(paths, labels, batch_size, load):
    while True:
        for i in range(len(paths) // batch_size):
            part = slice(i * batch_size, (i + 1) * batch_size)
            yield np.stack([load(p) for p in paths[part]]), labels[part]

# %% repair: len(paths) // batch_size → -(-len(paths) // batch_size)

# %% wrong [last batch filled up]: wraps around
def photo_batches(paths, labels, batch_size, load):
    while True:
        for start in range(0, len(paths), batch_size):
            chosen = [i % len(paths) for i in range(start, start + batch_size)]
            yield np.stack([load(paths[i]) for i in chosen]), labels[chosen]

# %% repair: range(start, start + batch_size) → range(start, min(start + batch_size, len(paths)))

# %% wrong [labels first]: the wrong way round
def photo_batches(paths, labels, batch_size, load):
    while True:
        for start in range(0, len(paths), batch_size):
            part = slice(start, start + batch_size)
            yield labels[part], np.stack([load(p) for p in paths[part]])

# %% repair: labels[part], np.stack([load(p) for p in paths[part]]) → np.stack([load(p) for p in paths[part]]), labels[part]

# %% wrong [the first batch again]: the slice does not move
def photo_batches(paths, labels, batch_size, load):
    while True:
        yield np.stack([load(p) for p in paths[:batch_size]]), labels[:batch_size]

# %% repair
def photo_batches(paths, labels, batch_size, load):
    while True:
        for start in range(0, len(paths), batch_size):
            part = slice(start, start + batch_size)
            yield np.stack([load(p) for p in paths[part]]), labels[part]

# %% wrong [one batch, not many]: return
def photo_batches(paths, labels, batch_size, load):
    for start in range(0, len(paths), batch_size):
        part = slice(start, start + batch_size)
        return np.stack([load(p) for p in paths[part]]), labels[part]

# %% repair: return → yield

# %% repair
def photo_batches(paths, labels, batch_size, load):
    while True:
        for start in range(0, len(paths), batch_size):
            part = slice(start, start + batch_size)
            yield np.stack([load(p) for p in paths[part]]), labels[part]

# %% wrong [too much loaded]: no memory saved
def photo_batches(paths, labels, batch_size, load):
    X = np.stack([load(p) for p in paths])
    while True:
        for start in range(0, len(paths), batch_size):
            yield X[start : start + batch_size], labels[start : start + batch_size]

# %% repair
def photo_batches(paths, labels, batch_size, load):
    while True:
        for start in range(0, len(paths), batch_size):
            part = slice(start, start + batch_size)
            yield np.stack([load(p) for p in paths[part]]), labels[part]

# %% wrong [load not called]: the paths in place of the photographs
def photo_batches(paths, labels, batch_size, load):
    while True:
        for start in range(0, len(paths), batch_size):
            part = slice(start, start + batch_size)
            yield np.array(paths[part]), labels[part]

# %% repair: np.array(paths[part]) → np.stack([load(path) for path in paths[part]])

# %% wrong [lists, no arrays]: photographs in a list
def photo_batches(paths, labels, batch_size, load):
    while True:
        for start in range(0, len(paths), batch_size):
            part = slice(start, start + batch_size)
            yield [load(path) for path in paths[part]], labels[part]

# %% repair: [load(path) for path in paths[part]] → np.stack([load(path) for path in paths[part]])

# %% wrong [lists, no arrays]: labels in a list
def photo_batches(paths, labels, batch_size, load):
    while True:
        for start in range(0, len(paths), batch_size):
            part = slice(start, start + batch_size)
            yield np.array([load(path) for path in paths[part]]), list(labels[part])

# %% repair: list(labels[part]) → np.array(labels[part])

# %% wrong [first photograph left out]: counted from one
def photo_batches(paths, labels, batch_size, load):
    while True:
        for start in range(1, len(paths), batch_size):
            part = slice(start, start + batch_size)
            yield np.stack([load(path) for path in paths[part]]), labels[part]

# %% repair: range(1, → range(0,

# %% wrong [overlapping]: the step of the range is forgotten
def photo_batches(paths, labels, batch_size, load):
    while True:
        for start in range(0, len(paths)):
            chosen = slice(start, start + batch_size)
            yield np.array([load(path) for path in paths[chosen]]), np.array(labels[chosen])

# %% repair: range(0, len(paths)) → range(0, len(paths), batch_size)

# %% wrong [an empty batch]: the range ends one too late
def photo_batches(paths, labels, batch_size, load):
    while True:
        for start in range(0, len(paths) + 1, batch_size):
            chosen = slice(start, start + batch_size)
            yield np.array([load(path) for path in paths[chosen]]), np.array(labels[chosen])

# %% repair: len(paths) + 1 → len(paths)

# %% wrong [labels of the first batch]: only the photographs move on
def photo_batches(paths, labels, batch_size, load):
    while True:
        for start in range(0, len(paths), batch_size):
            chosen = slice(start, start + batch_size)
            yield np.array([load(path) for path in paths[chosen]]), np.array(labels[:batch_size])

# %% repair: labels[:batch_size] → labels[chosen]

# %% wrong [photographs alone]: the labels are forgotten
def photo_batches(paths, labels, batch_size, load):
    while True:
        for start in range(0, len(paths), batch_size):
            chosen = slice(start, start + batch_size)
            yield np.array([load(path) for path in paths[chosen]])

# %% repair: for path in paths[chosen]]) → for path in paths[chosen]]), np.array(labels[chosen])

# %% wrong [one photograph each]: no batches
def photo_batches(paths, labels, batch_size, load):
    while True:
        for path, label in zip(paths, labels):
            yield np.array([load(path)]), np.array([label])

# %% repair: collected first
def photo_batches(paths, labels, batch_size, load):
    while True:
        X_batch, y_batch = [], []
        for path, label in zip(paths, labels):
            X_batch.append(load(path))
            y_batch.append(label)
            if len(X_batch) == batch_size:
                yield np.stack(X_batch), np.array(y_batch)
                X_batch, y_batch = [], []
        if X_batch:
            yield np.stack(X_batch), np.array(y_batch)

# %% wrong [rest carried over]: the lists are emptied in the loop alone
def photo_batches(paths, labels, batch_size, load):
    X_batch, y_batch = [], []
    while True:
        for path, label in zip(paths, labels):
            X_batch.append(load(path))
            y_batch.append(label)
            if len(X_batch) == batch_size:
                yield np.stack(X_batch), np.array(y_batch)
                X_batch, y_batch = [], []

# %% repair: the rest at the end of a round
def photo_batches(paths, labels, batch_size, load):
    while True:
        X_batch, y_batch = [], []
        for path, label in zip(paths, labels):
            X_batch.append(load(path))
            y_batch.append(label)
            if len(X_batch) == batch_size:
                yield np.stack(X_batch), np.array(y_batch)
                X_batch, y_batch = [], []
        if X_batch:
            yield np.stack(X_batch), np.array(y_batch)

# %% wrong [another order]: shuffled in each round
def photo_batches(paths, labels, batch_size, load):
    rng = np.random.default_rng(1)
    while True:
        order = rng.permutation(len(paths))
        for start in range(0, len(paths), batch_size):
            chosen = order[start : start + batch_size]
            yield np.array([load(paths[i]) for i in chosen]), np.array([labels[i] for i in chosen])

# %% repair: rng.permutation(len(paths)) → np.arange(len(paths))
