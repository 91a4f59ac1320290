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


# %% wrong [not mended]: as it was
def soften(logits, temperature):
    z = logits * temperature
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=0, keepdims=True)


# %% wrong [temperature multiplied]: only the axis mended
def soften(logits, temperature):
    z = logits * temperature
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


# %% wrong [axis 0]: only the temperature mended
def soften(logits, temperature):
    z = logits / temperature
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=0, keepdims=True)


# %% wrong [all along axis 0]: the maximum moved to the wrong axis too
def soften(logits, temperature):
    z = logits / temperature
    e = np.exp(z - z.max(axis=0, keepdims=True))
    return e / e.sum(axis=0, keepdims=True)


# %% wrong [probabilities divided]: softmax first
def soften(logits, temperature):
    return activations.softmax(logits) / temperature


# %% wrong [temperature unused]: forgotten
def soften(logits, temperature):
    e = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


# %% wrong [not divided]: the last line lost
def soften(logits, temperature):
    z = logits / temperature
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e


# %% wrong [axis lost]: keepdims lost
def soften(logits, temperature):
    z = logits / temperature
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1)


# %% wrong [maximum down the columns]: axis 0 for the maximum
def soften(logits, temperature):
    z = logits / temperature
    e = np.exp(z - z.max(axis=0, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


# %% wrong [all numbers together]: no axis
def soften(logits, temperature):
    z = logits / temperature
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum()


# %% wrong [overflow]: without the maximum
def soften(logits, temperature):
    e = np.exp(logits / temperature)
    return e / e.sum(axis=-1, keepdims=True)


# %% wrong [turned round]: the maximum first
def soften(logits, temperature):
    z = logits / temperature
    e = np.exp(z.max(axis=-1, keepdims=True) - z)
    return e / e.sum(axis=-1, keepdims=True)


# %% wrong [multiplied]: times
def soften(logits, temperature):
    z = logits / temperature
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e * e.sum(axis=-1, keepdims=True)


# %% wrong [temperature unused]: plus
def soften(logits, temperature):
    z = logits + temperature
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


# %% wrong [maximum added]: plus the maximum
def soften(logits, temperature):
    z = logits / temperature
    e = np.exp(z + z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


# %% wrong [minimum subtracted]: min for max
def soften(logits, temperature):
    z = logits / temperature
    e = np.exp(z - z.min(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)
