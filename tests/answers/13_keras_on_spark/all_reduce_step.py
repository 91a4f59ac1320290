"""Exercise `all_reduce_step`: what students hand in."""

# %% right: weighted by hand
def all_reduce_step(w, shards, rate):
    total, rows = 0.0, 0
    for x, y in shards:
        total += len(x) * np.mean(2 * x * (w * x - y))
        rows += len(x)
    return w - rate * total / rows

# %% right: sums in place of means
def all_reduce_step(w, shards, rate):
    gradient = sum(np.sum(2 * x * (w * x - y)) for x, y in shards)
    return w - rate * gradient / sum(len(x) for x, _ in shards)

# %% right: all rows together
def all_reduce_step(w, shards, rate):
    x = np.concatenate([x for x, _ in shards])
    y = np.concatenate([y for _, y in shards])
    return w - rate * np.mean(2 * x * (w * x - y))

# %% right: map and reduce
def all_reduce_step(w, shards, rate):
    from functools import reduce

    pairs = map(lambda s: (np.sum(2 * s[0] * (w * s[0] - s[1])), s[0].size), shards)
    total, rows = reduce(lambda a, b: (a[0] + b[0], a[1] + b[1]), pairs)
    return np.float64(w - rate * total / rows)

# %% wrong [both faults]: the colleague's
def all_reduce_step(w, shards, rate):
    for x, y in shards:
        gradient = np.mean(2 * x * (w * x - y))
        w = w - rate * gradient / len(shards)
    return w

# %% repair: all gradients from the old w
def all_reduce_step(w, shards, rate):
    gradients = []
    for x, y in shards:
        gradients.append(np.mean(2 * x * (w * x - y)))
    return w - rate * sum(gradients) / len(shards)

# %% repair: sum(gradients) / len(shards) → np.average(gradients, weights=[len(x) for x, _ in shards])

# %% wrong [moved on between workers]: weighting mended only
def all_reduce_step(w, shards, rate):
    rows = sum(len(x) for x, _ in shards)
    for x, y in shards:
        gradient = np.mean(2 * x * (w * x - y))
        w = w - rate * gradient * len(x) / rows
    return w

# %% repair
def all_reduce_step(w, shards, rate):
    rows = sum(len(x) for x, _ in shards)
    gradients = []
    for x, y in shards:
        gradients.append(np.mean(2 * x * (w * x - y)) * len(x) / rows)
    return w - rate * sum(gradients)

# %% wrong [mean of means]: same w, plain mean
def all_reduce_step(w, shards, rate):
    gradients = [np.mean(2 * x * (w * x - y)) for x, y in shards]
    return w - rate * np.mean(gradients)

# %% repair: np.mean(gradients) → np.average(gradients, weights=[len(x) for x, _ in shards])

# %% wrong [sum of gradients]: not divided
def all_reduce_step(w, shards, rate):
    return w - rate * sum(np.mean(2 * x * (w * x - y)) for x, y in shards)

# %% repair
def all_reduce_step(w, shards, rate):
    rows = sum(len(x) for x, _ in shards)
    return w - rate * sum(np.mean(2 * x * (w * x - y)) * len(x) for x, y in shards) / rows

# %% wrong [uphill]: the sign
def all_reduce_step(w, shards, rate):
    gradients = [np.mean(2 * x * (w * x - y)) for x, y in shards]
    return w + rate * np.average(gradients, weights=[len(x) for x, y in shards])

# %% repair: w + rate → w - rate

# %% wrong [two forgotten]: the derivative of a square without its 2
def all_reduce_step(w, shards, rate):
    gradients = [np.mean(x * (w * x - y)) for x, y in shards]
    return w - rate * np.average(gradients, weights=[len(x) for x, _ in shards])

# %% repair: np.mean(x → np.mean(2 * x

# %% wrong [sum over rows]: a sum in place of a mean
def all_reduce_step(w, shards, rate):
    gradient = sum(np.sum(2 * x * (w * x - y)) for x, y in shards)
    return w - rate * gradient

# %% repair: rate * gradient → rate * gradient / sum(len(x) for x, _ in shards)

# %% wrong [divided twice]: by the workers, too
def all_reduce_step(w, shards, rate):
    rows = sum(len(x) for x, _ in shards)
    gradient = sum(np.mean(2 * x * (w * x - y)) * len(x) / rows for x, y in shards)
    return w - rate * gradient / len(shards)

# %% repair: gradient / len(shards) → gradient

# %% wrong [sum over rows, divided by workers]: sums of sums
def all_reduce_step(w, shards, rate):
    gradient = sum(np.sum(2 * x * (w * x - y)) for x, y in shards)
    return w - rate * gradient / len(shards)

# %% repair: / len(shards) → / sum(len(x) for x, _ in shards)

# %% wrong [rate left out]: a whole step
def all_reduce_step(w, shards, rate):
    gradient = sum(np.sum(2 * x * (w * x - y)) for x, y in shards)
    return w - gradient / sum(len(x) for x, _ in shards)

# %% repair: w - gradient → w - rate * gradient

# %% wrong [the move alone]: without w
def all_reduce_step(w, shards, rate):
    gradient = sum(np.sum(2 * x * (w * x - y)) for x, y in shards)
    return -rate * gradient / sum(len(x) for x, _ in shards)

# %% repair: return -rate → return w - rate

# %% wrong [first worker only]: return in the loop
def all_reduce_step(w, shards, rate):
    for x, y in shards:
        gradient = np.mean(2 * x * (w * x - y))
        return w - rate * gradient

# %% repair
def all_reduce_step(w, shards, rate):
    gradients = []
    for x, y in shards:
        gradients.append(np.mean(2 * x * (w * x - y)))
    return w - rate * np.mean(gradients)

# %% repair: np.mean(gradients) → np.average(gradients, weights=[len(x) for x, _ in shards])

# %% wrong [last worker only]: overwritten
def all_reduce_step(w, shards, rate):
    for x, y in shards:
        gradient = np.mean(2 * x * (w * x - y))
    return w - rate * gradient

# %% repair
def all_reduce_step(w, shards, rate):
    gradients = []
    for x, y in shards:
        gradients.append(np.mean(2 * x * (w * x - y)))
    return w - rate * np.mean(gradients)

# %% repair: np.mean(gradients) → np.average(gradients, weights=[len(x) for x, _ in shards])

# %% wrong [means divided by rows]: means added
def all_reduce_step(w, shards, rate):
    gradient = sum(np.mean(2 * x * (w * x - y)) for x, y in shards)
    return w - rate * gradient / sum(len(x) for x, _ in shards)

# %% repair: sum(np.mean( → sum(len(x) * np.mean(

# %% wrong [multiplied by rows]: times
def all_reduce_step(w, shards, rate):
    gradient = sum(np.sum(2 * x * (w * x - y)) for x, y in shards)
    return w - rate * gradient * sum(len(x) for x, _ in shards)

# %% repair: * sum(len → / sum(len

# %% wrong [label added]: plus
def all_reduce_step(w, shards, rate):
    gradient = sum(np.sum(2 * x * (w * x + y)) for x, y in shards)
    return w - rate * gradient / sum(len(x) for x, _ in shards)

# %% repair: w * x + y → w * x - y

# %% wrong [label left out]: the prediction alone
def all_reduce_step(w, shards, rate):
    gradient = sum(np.sum(2 * x * w * x) for x, y in shards)
    return w - rate * gradient / sum(len(x) for x, _ in shards)

# %% repair: 2 * x * w * x → 2 * x * (w * x - y)

# %% wrong [weight left out]: x for w·x
def all_reduce_step(w, shards, rate):
    gradient = sum(np.sum(2 * x * (x - y)) for x, y in shards)
    return w - rate * gradient / sum(len(x) for x, _ in shards)

# %% repair: (x - y) → (w * x - y)

# %% wrong [counted twice]: sums, weighted
def all_reduce_step(w, shards, rate):
    total, rows = 0.0, 0
    for x, y in shards:
        total += len(x) * np.sum(2 * x * (w * x - y))
        rows += len(x)
    return w - rate * total / rows

# %% repair: np.sum → np.mean

# %% wrong [divided by the mean gradient]: a slash
def all_reduce_step(w, shards, rate):
    x = np.concatenate([x for x, _ in shards])
    y = np.concatenate([y for _, y in shards])
    return w - rate / np.mean(2 * x * (w * x - y))

# %% repair: rate / → rate *

# %% wrong [no factor 2·x]: the error alone
def all_reduce_step(w, shards, rate):
    gradient = sum(np.sum(w * x - y) for x, y in shards)
    return w - rate * gradient / sum(len(x) for x, _ in shards)

# %% repair: np.sum(w * x - y) → np.sum(2 * x * (w * x - y))

# %% wrong [no factor x]: twice the error
def all_reduce_step(w, shards, rate):
    gradient = sum(np.sum(2 * (w * x - y)) for x, y in shards)
    return w - rate * gradient / sum(len(x) for x, _ in shards)

# %% repair: 2 * ( → 2 * x * (

# %% wrong [rate times gradient alone]: no w
def all_reduce_step(w, shards, rate):
    gradient = sum(np.sum(2 * x * (w * x - y)) for x, y in shards)
    return rate * gradient / sum(len(x) for x, _ in shards)

# %% repair: return rate → return w - rate
