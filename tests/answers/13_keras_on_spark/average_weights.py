"""Exercise `average_weights`: what students hand in."""

# %% right: loops
def average_weights(weights, rows):
    averaged = []
    for number in range(len(weights[0])):
        total = np.zeros_like(weights[0][number], dtype=float)
        for worker, n in zip(weights, rows):
            total = total + n * np.asarray(worker[number])
        averaged.append(total / sum(rows))
    return averaged

# %% right: shares and einsum
def average_weights(weights, rows):
    shares = np.array(rows) / sum(rows)
    return [np.einsum("w,w...->...", shares, np.stack(group)) for group in zip(*weights)]

# %% right: tensordot
def average_weights(weights, rows):
    shares = np.asarray(rows, dtype=float)
    shares /= shares.sum()
    return tuple(np.tensordot(shares, np.asarray(group), axes=1) for group in zip(*weights))

# %% right: sum of products
def average_weights(weights, rows):
    return [sum(n / sum(rows) * array for n, array in zip(rows, group)) for group in zip(*weights)]

# %% wrong [rows ignored]: plain mean
def average_weights(weights, rows):
    return [np.mean(group, axis=0) for group in zip(*weights)]

# %% repair: np.mean(group, axis=0) → sum(n * array for n, array in zip(rows, group))

# %% repair: zip(rows, group)) → zip(rows, group)) / sum(rows)

# %% wrong [not divided]: weighted sum
def average_weights(weights, rows):
    return [sum(n * array for n, array in zip(rows, group)) for group in zip(*weights)]

# %% repair: zip(rows, group)) → zip(rows, group)) / sum(rows)

# %% wrong [divided by workers]: by the number of workers
def average_weights(weights, rows):
    return [sum(n * array for n, array in zip(rows, group)) / len(rows) for group in zip(*weights)]

# %% repair: len(rows) → sum(rows)

# %% wrong [arrays of other shapes]: one big array
def average_weights(weights, rows):
    return np.average(np.array(weights), axis=0, weights=rows)

# %% repair: np.average(np.array(weights), axis=0, weights=rows) → [np.average(np.array(group), axis=0, weights=rows) for group in zip(*weights)]

# %% wrong [per worker]: inside a worker
def average_weights(weights, rows):
    return [np.mean([np.mean(array) for array in worker]) for worker in weights]

# %% repair: over the workers
def average_weights(weights, rows):
    return [np.mean(group, axis=0) for group in zip(*weights)]

# %% repair: np.mean(group, axis=0) → sum(n * array for n, array in zip(rows, group)) / sum(rows)

# %% wrong [two workers only]: the example's number
def average_weights(weights, rows):
    a, b = rows[0] / (rows[0] + rows[1]), rows[1] / (rows[0] + rows[1])
    return [a * one + b * two for one, two in zip(weights[0], weights[1])]

# %% repair
def average_weights(weights, rows):
    return [sum(n / sum(rows) * array for n, array in zip(rows, group)) for group in zip(*weights)]

# %% right: 32 bits
def average_weights(weights, rows):
    shares = (np.array(rows) / sum(rows)).astype("float32")
    return [sum(s * np.asarray(a, dtype="float32") for s, a in zip(shares, group)) for group in zip(*weights)]

# %% wrong [added, not averaged]: a plain sum
def average_weights(weights, rows):
    return [sum(group) for group in zip(*weights)]

# %% repair: sum(group) → sum(n * array for n, array in zip(rows, group)) / sum(rows)

# %% wrong [multiplied by rows]: times
def average_weights(weights, rows):
    return [sum(n * array for n, array in zip(rows, group)) * sum(rows) for group in zip(*weights)]

# %% repair: * sum(rows) → / sum(rows)

# %% wrong [shares turned round]: all rows divided by a worker's
def average_weights(weights, rows):
    return [sum(sum(rows) / n * array for n, array in zip(rows, group)) for group in zip(*weights)]

# %% repair: sum(rows) / n → n / sum(rows)

# %% wrong [all are 0]: Python 2's division
def average_weights(weights, rows):
    return [sum(n // sum(rows) * array for n, array in zip(rows, group)) for group in zip(*weights)]

# %% repair: // → /

# %% wrong [last worker only]: overwritten
def average_weights(weights, rows):
    averaged = []
    for group in zip(*weights):
        for n, array in zip(rows, group):
            total = n * array
        averaged.append(total / sum(rows))
    return averaged

# %% repair
def average_weights(weights, rows):
    averaged = []
    for group in zip(*weights):
        total = 0
        for n, array in zip(rows, group):
            total += n * array
        averaged.append(total / sum(rows))
    return averaged

# %% right: multiplies in place
def average_weights(weights, rows):
    for worker, n in zip(weights, rows):
        for array in worker:
            array *= n / sum(rows)
    return [sum(group) for group in zip(*weights)]
