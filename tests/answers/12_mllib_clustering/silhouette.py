"""Exercise `silhouette`: what students hand in."""

# %% right: masks
def silhouette(i, points, labels):
    squares = np.sum((points - points[i]) ** 2, axis=1)
    mine = labels == labels[i]
    mine[i] = False
    if not mine.any():
        return 0
    a = squares[mine].mean()
    b = np.inf
    for k in np.unique(labels):
        if k != labels[i]:
            b = min(b, squares[labels == k].mean())
    return (b - a) / max(a, b)

# %% right: plain loops
def silhouette(i, points, labels):
    sums, counts = {}, {}
    for j in range(len(points)):
        if j == i:
            continue
        square = sum((x - y) ** 2 for x, y in zip(points[i], points[j]))
        sums[labels[j]] = sums.get(labels[j], 0) + square
        counts[labels[j]] = counts.get(labels[j], 0) + 1
    if labels[i] not in counts:
        return 0.0
    means = {k: sums[k] / counts[k] for k in sums}
    a = means.pop(labels[i])
    b = min(means.values())
    return (b - a) / max(a, b)

# %% right: scikit-learn
def silhouette(i, points, labels):
    from sklearn.metrics import silhouette_samples

    n = len(points)
    if len(set(labels.tolist())) == n:
        return 0.0
    return silhouette_samples(points, labels, metric="sqeuclidean")[i]

# %% right: float32 and np.delete
def silhouette(i, points, labels):
    squares = np.delete(((points - points[i]).astype(np.float64) ** 2).sum(1), i)
    rest = np.delete(labels, i)
    if labels[i] not in rest:
        return np.float64(0)
    means = [squares[rest == k].mean() for k in set(rest) - {labels[i]}]
    a, b = squares[rest == labels[i]].mean(), min(means)
    return b / a - 1 if a > b else 1 - a / b

# %% wrong [itself counted]: mean over the whole cluster
def silhouette(i, points, labels):
    squares = ((points - points[i]) ** 2).sum(axis=1)
    a = squares[labels == labels[i]].mean()
    b = min(squares[labels == k].mean() for k in set(labels) if k != labels[i])
    return (b - a) / max(a, b)

# %% repair: squares[labels == labels[i]].mean() → squares[labels == labels[i]].sum() / ((labels == labels[i]).sum() - 1)

# %% repair
def silhouette(i, points, labels):
    squares = ((points - points[i]) ** 2).sum(axis=1)
    if (labels == labels[i]).sum() == 1:
        return 0
    a = squares[labels == labels[i]].sum() / ((labels == labels[i]).sum() - 1)
    b = min(squares[labels == k].mean() for k in set(labels) if k != labels[i])
    return (b - a) / max(a, b)

# %% wrong [plain distances]: the norm
def silhouette(i, points, labels):
    d = np.linalg.norm(points - points[i], axis=1)
    own = labels == labels[i]
    if own.sum() == 1:
        return 0
    a = d[own].sum() / (own.sum() - 1)
    b = min(d[labels == k].mean() for k in set(labels) if k != labels[i])
    return (b - a) / max(a, b)

# %% repair: axis=1) → axis=1) ** 2

# %% wrong [all others together]: one mean
def silhouette(i, points, labels):
    d = ((points - points[i]) ** 2).sum(axis=1)
    own = labels == labels[i]
    if own.sum() == 1:
        return 0
    a, b = d[own].sum() / (own.sum() - 1), d[~own].mean()
    return (b - a) / max(a, b)

# %% repair: d[~own].mean() → min(d[labels == k].mean() for k in set(labels))

# %% repair: in set(labels)) → in set(labels) if k != labels[i])

# %% wrong [farthest cluster]: max of means
def silhouette(i, points, labels):
    d = ((points - points[i]) ** 2).sum(axis=1)
    own = labels == labels[i]
    if own.sum() == 1:
        return 0
    a = d[own].sum() / (own.sum() - 1)
    b = max(d[labels == k].mean() for k in set(labels) if k != labels[i])
    return (b - a) / max(a, b)

# %% repair: b = max( → b = min(

# %% wrong [upside down]: a - b
def silhouette(i, points, labels):
    d = ((points - points[i]) ** 2).sum(axis=1)
    own = labels == labels[i]
    if own.sum() == 1:
        return 0
    a = d[own].sum() / (own.sum() - 1)
    b = min(d[labels == k].mean() for k in set(labels) if k != labels[i])
    return (a - b) / max(a, b)

# %% repair: (a - b) → (b - a)

# %% wrong [not divided]: the difference
def silhouette(i, points, labels):
    d = ((points - points[i]) ** 2).sum(axis=1)
    own = labels == labels[i]
    if own.sum() == 1:
        return 0
    return min(d[labels == k].mean() for k in set(labels) if k != labels[i]) - d[own].sum() / (own.sum() - 1)

# %% repair: a and b get names
def silhouette(i, points, labels):
    d = ((points - points[i]) ** 2).sum(axis=1)
    own = labels == labels[i]
    if own.sum() == 1:
        return 0
    b = min(d[labels == k].mean() for k in set(labels) if k != labels[i])
    a = d[own].sum() / (own.sum() - 1)
    return (b - a) / max(a, b)

# %% wrong [divided by b]: always b
def silhouette(i, points, labels):
    d = ((points - points[i]) ** 2).sum(axis=1)
    own = labels == labels[i]
    if own.sum() == 1:
        return 0
    a = d[own].sum() / (own.sum() - 1)
    b = min(d[labels == k].mean() for k in set(labels) if k != labels[i])
    return (b - a) / b

# %% repair: / b → / (a if a > b else b)

# %% wrong [divided by a]: always a
def silhouette(i, points, labels):
    d = ((points - points[i]) ** 2).sum(axis=1)
    own = labels == labels[i]
    if own.sum() == 1:
        return 0
    a = d[own].sum() / (own.sum() - 1)
    b = min(d[labels == k].mean() for k in set(labels) if k != labels[i])
    return (b - a) / a

# %% repair: / a → / (b if b > a else a)

# %% wrong [to the centres]: means of the clusters
def silhouette(i, points, labels):
    d = {k: ((points[labels == k].mean(axis=0) - points[i]) ** 2).sum() for k in set(labels)}
    a = d.pop(labels[i])
    b = min(d.values())
    return (b - a) / max(a, b)

# %% repair: (points[labels == k].mean(axis=0) - points[i]) ** 2).sum() → (points[labels == k] - points[i]) ** 2).sum(axis=1).mean()

# %% repair
def silhouette(i, points, labels):
    d = {k: ((points[labels == k] - points[i]) ** 2).sum(axis=1).mean() for k in set(labels)}
    n = (labels == labels[i]).sum()
    a = d.pop(labels[i]) * n / (n - 1)
    b = min(d.values())
    return (b - a) / max(a, b)

# %% repair
def silhouette(i, points, labels):
    d = {k: ((points[labels == k] - points[i]) ** 2).sum(axis=1).mean() for k in set(labels)}
    n = (labels == labels[i]).sum()
    if n == 1:
        return 0
    a = d.pop(labels[i]) * n / (n - 1)
    b = min(d.values())
    return (b - a) / max(a, b)

# %% wrong [alone]: 0 / 0
def silhouette(i, points, labels):
    d = ((points - points[i]) ** 2).sum(axis=1)
    own = labels == labels[i]
    a = d[own].sum() / (own.sum() - 1)
    b = min(d[labels == k].mean() for k in set(labels) if k != labels[i])
    return (b - a) / np.maximum(a, b)

# %% repair
def silhouette(i, points, labels):
    d = ((points - points[i]) ** 2).sum(axis=1)
    own = labels == labels[i]
    if own.sum() == 1:
        return 0
    a = d[own].sum() / (own.sum() - 1)
    b = min(d[labels == k].mean() for k in set(labels) if k != labels[i])
    return (b - a) / np.maximum(a, b)

# %% wrong [alone gets 1]: perfect alone
def silhouette(i, points, labels):
    d = ((points - points[i]) ** 2).sum(axis=1)
    own = labels == labels[i]
    a = d[own].sum() / max(own.sum() - 1, 1)
    b = min(d[labels == k].mean() for k in set(labels) if k != labels[i])
    return (b - a) / max(a, b)

# %% repair
def silhouette(i, points, labels):
    d = ((points - points[i]) ** 2).sum(axis=1)
    own = labels == labels[i]
    if own.sum() == 1:
        return 0
    a = d[own].sum() / max(own.sum() - 1, 1)
    b = min(d[labels == k].mean() for k in set(labels) if k != labels[i])
    return (b - a) / max(a, b)

# %% wrong [divided by zero]: plain Python division
def silhouette(i, points, labels):
    mine = [((p - points[i]) ** 2).sum() for p, k in zip(points, labels) if k == labels[i]]
    a = float(sum(mine)) / (len(mine) - 1)
    b = min(((points[labels == k] - points[i]) ** 2).sum(axis=1).mean() for k in set(labels) if k != labels[i])
    return (b - a) / max(a, b)

# %% repair
def silhouette(i, points, labels):
    mine = [((p - points[i]) ** 2).sum() for p, k in zip(points, labels) if k == labels[i]]
    if len(mine) == 1:
        return 0
    a = float(sum(mine)) / (len(mine) - 1)
    b = min(((points[labels == k] - points[i]) ** 2).sum(axis=1).mean() for k in set(labels) if k != labels[i])
    return (b - a) / max(a, b)

# %% wrong [signs cancel]: not squared
def silhouette(i, points, labels):
    d = (points - points[i]).sum(axis=1)
    own = labels == labels[i]
    if own.sum() == 1:
        return 0
    own[i] = False
    a = d[own].mean()
    b = min(d[labels == k].mean() for k in set(labels) if k != labels[i])
    return (b - a) / max(a, b)

# %% repair: (points - points[i]).sum → ((points - points[i]) ** 2).sum

# %% wrong [city blocks]: absolute differences
def silhouette(i, points, labels):
    d = np.abs(points - points[i]).sum(axis=1)
    own = labels == labels[i]
    if own.sum() == 1:
        return 0
    own[i] = False
    a = d[own].mean()
    b = min(d[labels == k].mean() for k in set(labels) if k != labels[i])
    return (b - a) / max(a, b)

# %% repair: np.abs(points - points[i]).sum → (np.abs(points - points[i]) ** 2).sum

# %% wrong [sums, not means]: sum
def silhouette(i, points, labels):
    d = ((points - points[i]) ** 2).sum(axis=1)
    own = labels == labels[i]
    if own.sum() == 1:
        return 0
    own[i] = False
    a = d[own].sum()
    b = min(d[labels == k].sum() for k in set(labels) if k != labels[i])
    return (b - a) / max(a, b)

# %% repair: two means
def silhouette(i, points, labels):
    d = ((points - points[i]) ** 2).sum(axis=1)
    own = labels == labels[i]
    if own.sum() == 1:
        return 0
    own[i] = False
    a = d[own].mean()
    b = min(d[labels == k].mean() for k in set(labels) if k != labels[i])
    return (b - a) / max(a, b)

# %% wrong [largest distance]: max
def silhouette(i, points, labels):
    d = ((points - points[i]) ** 2).sum(axis=1)
    own = labels == labels[i]
    if own.sum() == 1:
        return 0
    own[i] = False
    a = d[own].max()
    b = min(d[labels == k].max() for k in set(labels) if k != labels[i])
    return (b - a) / max(a, b)

# %% repair: two means
def silhouette(i, points, labels):
    d = ((points - points[i]) ** 2).sum(axis=1)
    own = labels == labels[i]
    if own.sum() == 1:
        return 0
    own[i] = False
    a = d[own].mean()
    b = min(d[labels == k].mean() for k in set(labels) if k != labels[i])
    return (b - a) / max(a, b)

# %% wrong [smallest distance]: min
def silhouette(i, points, labels):
    d = ((points - points[i]) ** 2).sum(axis=1)
    own = labels == labels[i]
    if own.sum() == 1:
        return 0
    own[i] = False
    a = d[own].min()
    b = min(d[labels == k].min() for k in set(labels) if k != labels[i])
    return (b - a) / max(a, b)

# %% repair: two means
def silhouette(i, points, labels):
    d = ((points - points[i]) ** 2).sum(axis=1)
    own = labels == labels[i]
    if own.sum() == 1:
        return 0
    own[i] = False
    a = d[own].mean()
    b = min(d[labels == k].mean() for k in set(labels) if k != labels[i])
    return (b - a) / max(a, b)

# %% wrong [divided by the smaller]: min below
def silhouette(i, points, labels):
    d = ((points - points[i]) ** 2).sum(axis=1)
    own = labels == labels[i]
    if own.sum() == 1:
        return 0
    own[i] = False
    a = d[own].mean()
    b = min(d[labels == k].mean() for k in set(labels) if k != labels[i])
    return (b - a) / min(a, b)

# %% repair: min(a, b) → max(a, b)

# %% wrong [divided by the sum]: a + b below
def silhouette(i, points, labels):
    d = ((points - points[i]) ** 2).sum(axis=1)
    own = labels == labels[i]
    if own.sum() == 1:
        return 0
    own[i] = False
    a = d[own].mean()
    b = min(d[labels == k].mean() for k in set(labels) if k != labels[i])
    return (b - a) / (a + b)

# %% repair: (a + b) → max(a, b)

# %% wrong [a alone]: returns a
def silhouette(i, points, labels):
    d = ((points - points[i]) ** 2).sum(axis=1)
    own = labels == labels[i]
    if own.sum() == 1:
        return 0
    own[i] = False
    a = d[own].mean()
    b = min(d[labels == k].mean() for k in set(labels) if k != labels[i])
    return a

# %% repair: return a → return (b - a) / max(a, b)

# %% wrong [b alone]: returns b
def silhouette(i, points, labels):
    d = ((points - points[i]) ** 2).sum(axis=1)
    own = labels == labels[i]
    if own.sum() == 1:
        return 0
    own[i] = False
    a = d[own].mean()
    b = min(d[labels == k].mean() for k in set(labels) if k != labels[i])
    return b

# %% repair: return b → return (b - a) / max(a, b)

# %% wrong [itself counted]: a point alone is treated before
def silhouette(i, points, labels):
    squares = ((points - points[i]) ** 2).sum(axis=1)
    own = labels == labels[i]
    if own.sum() == 1:
        return 0
    a = squares[own].mean()
    b = min(squares[labels == k].mean() for k in set(labels) if k != labels[i])
    return (b - a) / max(a, b)

# %% repair: squares[own].mean() → squares[own].sum() / (own.sum() - 1)

# %% right: float32 all the way
def silhouette(i, points, labels):
    squares = np.square(points - points[i]).astype(np.float32).sum(axis=1)
    own = (labels == labels[i]) & (np.arange(len(labels)) != i)
    if not own.any():
        return np.float32(0)
    a = squares[own].mean()
    b = min(squares[labels == k].mean() for k in set(labels) if k != labels[i])
    return (b - a) / max(a, b)

# %% wrong [its own cluster too]: all clusters for b
def silhouette(i, points, labels):
    d = ((points - points[i]) ** 2).sum(axis=1)
    own = labels == labels[i]
    if own.sum() == 1:
        return 0
    own[i] = False
    a = d[own].mean()
    b = min(d[labels == k].mean() for k in set(labels))
    return (b - a) / max(a, b)

# %% repair: in set(labels)) → in set(labels) if k != labels[i])

# %% wrong [its own cluster alone]: == for !=
def silhouette(i, points, labels):
    d = ((points - points[i]) ** 2).sum(axis=1)
    own = labels == labels[i]
    if own.sum() == 1:
        return 0
    a = d[own].sum() / (own.sum() - 1)
    b = min(d[labels == k].mean() for k in set(labels) if k == labels[i])
    return (b - a) / max(a, b)

# %% repair: if k == labels[i] → if k != labels[i]

# %% wrong [a and b added]: plus
def silhouette(i, points, labels):
    d = ((points - points[i]) ** 2).sum(axis=1)
    own = labels == labels[i]
    if own.sum() == 1:
        return 0
    own[i] = False
    a = d[own].mean()
    b = min(d[labels == k].mean() for k in set(labels) if k != labels[i])
    return (b + a) / max(a, b)

# %% repair: b + a → b - a

# %% wrong [b over the larger]: a forgotten
def silhouette(i, points, labels):
    d = ((points - points[i]) ** 2).sum(axis=1)
    own = labels == labels[i]
    if own.sum() == 1:
        return 0
    own[i] = False
    a = d[own].mean()
    b = min(d[labels == k].mean() for k in set(labels) if k != labels[i])
    return b / max(a, b)

# %% repair: b / max → (b - a) / max

# %% wrong [a over the larger]: b forgotten
def silhouette(i, points, labels):
    d = ((points - points[i]) ** 2).sum(axis=1)
    own = labels == labels[i]
    if own.sum() == 1:
        return 0
    own[i] = False
    a = d[own].mean()
    b = min(d[labels == k].mean() for k in set(labels) if k != labels[i])
    return a / max(a, b)

# %% repair: a / max → (b - a) / max

# %% wrong [multiplied]: times for divided
def silhouette(i, points, labels):
    d = ((points - points[i]) ** 2).sum(axis=1)
    own = labels == labels[i]
    if own.sum() == 1:
        return 0
    own[i] = False
    a = d[own].mean()
    b = min(d[labels == k].mean() for k in set(labels) if k != labels[i])
    return (b - a) * max(a, b)

# %% repair: ) * max → ) / max
