"""Exercise `soften`: what students hand in."""


# %% right: both lines mended
def soften(logits, temperature):
    z = logits / temperature
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


# %% right: the library's softmax
def soften(logits, temperature):
    return activations.softmax(logits / temperature)


# %% right: SciPy, axis 1
def soften(logits, temperature):
    import scipy.special

    return scipy.special.softmax(logits * (1 / temperature), axis=1)


# %% right: row by row
def soften(logits, temperature):
    rows = []
    for row in logits:
        powers = [np.exp((v - max(row)) / temperature) for v in row]
        rows.append([p / sum(powers) for p in powers])
    return rows


# %% right: through the logarithm of the sum
def soften(logits, temperature):
    z = logits / temperature
    highest = z.max(axis=1, keepdims=True)
    return np.exp(z - (highest + np.log(np.exp(z - highest).sum(axis=1, keepdims=True))))


# %% right: 32 bits
def soften(logits, temperature):
    z = logits.astype("float32") / np.float32(temperature)
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


# %% wrong [not mended]: as it was
def soften(logits, temperature):
    z = logits * temperature
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=0, keepdims=True)

# %% repair: logits * → logits /

# %% repair: axis=0 → axis=-1

# %% wrong [temperature multiplied]: only the axis mended
def soften(logits, temperature):
    z = logits * temperature
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)

# %% repair: logits * → logits /

# %% wrong [axis 0]: only the temperature mended
def soften(logits, temperature):
    z = logits / temperature
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=0, keepdims=True)

# %% repair: axis=0 → axis=-1

# %% wrong [all along axis 0]: the maximum moved to the wrong axis too
def soften(logits, temperature):
    z = logits / temperature
    e = np.exp(z - z.max(axis=0, keepdims=True))
    return e / e.sum(axis=0, keepdims=True)

# %% repair: the last axis
def soften(logits, temperature):
    z = logits / temperature
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)

# %% wrong [probabilities divided]: softmax first
def soften(logits, temperature):
    return activations.softmax(logits) / temperature

# %% repair: (logits) / temperature → (logits / temperature)

# %% wrong [temperature unused]: forgotten
def soften(logits, temperature):
    e = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)

# %% repair: the logits divided
def soften(logits, temperature):
    logits = logits / temperature
    e = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)

# %% wrong [not divided]: the last line lost
def soften(logits, temperature):
    z = logits / temperature
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e

# %% repair: return e → return e / e.sum(axis=-1, keepdims=True)

# %% wrong [axis lost]: keepdims lost
def soften(logits, temperature):
    z = logits / temperature
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1)

# %% repair: e.sum(axis=-1) → e.sum(axis=-1, keepdims=True)

# %% wrong [maximum down the columns]: axis 0 for the maximum
def soften(logits, temperature):
    z = logits / temperature
    e = np.exp(z - z.max(axis=0, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)

# %% repair: axis=0 → axis=-1

# %% wrong [all numbers together]: no axis
def soften(logits, temperature):
    z = logits / temperature
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum()

# %% repair: e.sum() → e.sum(axis=-1)

# %% repair: e.sum(axis=-1) → e.sum(axis=-1, keepdims=True)

# %% wrong [overflow]: without the maximum
def soften(logits, temperature):
    e = np.exp(logits / temperature)
    return e / e.sum(axis=-1, keepdims=True)

# %% repair: the largest entry subtracted
def soften(logits, temperature):
    z = logits / temperature
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)

# %% wrong [turned round]: the maximum first
def soften(logits, temperature):
    z = logits / temperature
    e = np.exp(z.max(axis=-1, keepdims=True) - z)
    return e / e.sum(axis=-1, keepdims=True)

# %% repair: z.max(axis=-1, keepdims=True) - z → z - z.max(axis=-1, keepdims=True)

# %% wrong [multiplied]: times
def soften(logits, temperature):
    z = logits / temperature
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e * e.sum(axis=-1, keepdims=True)

# %% repair: e * e → e / e

# %% wrong [temperature unused]: plus
def soften(logits, temperature):
    z = logits + temperature
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)

# %% repair: logits + → logits /

# %% wrong [overflow in 32 bits]: without the maximum, in float32
def soften(logits, temperature):
    z = np.asarray(logits / temperature, dtype="float32")
    e = np.exp(z)
    return e / e.sum(axis=-1, keepdims=True)

# %% repair: np.exp(z) → np.exp(z - z.max(axis=-1, keepdims=True))

# %% wrong [maximum added]: plus the maximum
def soften(logits, temperature):
    z = logits / temperature
    e = np.exp(z + z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)

# %% repair: z + z → z - z

# %% wrong [minimum subtracted]: min for max
def soften(logits, temperature):
    z = logits / temperature
    e = np.exp(z - z.min(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)

# %% repair: z.min → z.max
