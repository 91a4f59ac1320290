"""Exercise `softmax`: what students hand in."""


# %% right: the row's maximum first
def softmax(z):
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


# %% right: through the logarithm of the sum
def softmax(z):
    from scipy.special import logsumexp

    return np.exp(z - logsumexp(z, axis=-1, keepdims=True))


# %% right: row by row, a list comes back
def softmax(z):
    if z.ndim > 1:
        return [softmax(row) for row in z]
    powers = [np.exp(v - max(z)) for v in z]
    return [p / sum(powers) for p in powers]


# %% right: float32
def softmax(z):
    z = np.asarray(z, dtype="float32")
    e = np.exp(z - np.max(z, -1)[..., None])
    return e / np.sum(e, -1)[..., None]


# %% right: Keras
def softmax(z):
    import keras

    return keras.ops.softmax(z, axis=-1)


# %% right: through the logarithm of the sum, in 32 bits
def softmax(z):
    z = z.astype("float32")
    highest = z.max(axis=-1, keepdims=True)
    return np.exp(z - (highest + np.log(np.exp(z - highest).sum(axis=-1, keepdims=True))))


# %% wrong [overflow]: the formula as it stands
def softmax(z):
    return np.exp(z) / np.exp(z).sum(axis=-1, keepdims=True)

# %% repair: the largest entry subtracted
def softmax(z):
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)

# %% wrong [axis 0]: down the columns
def softmax(z):
    e = np.exp(z - np.max(z, axis=0))
    return e / np.sum(e, axis=0)

# %% repair: the last axis
def softmax(z):
    e = np.exp(z - np.max(z, axis=-1))
    return e / np.sum(e, axis=-1)

# %% repair: axes kept
def softmax(z):
    e = np.exp(z - np.max(z, axis=-1, keepdims=True))
    return e / np.sum(e, axis=-1, keepdims=True)

# %% wrong [all numbers together]: no axis at all
def softmax(z):
    e = np.exp(z - np.max(z))
    return e / np.sum(e)

# %% repair: np.sum(e) → np.sum(e, axis=-1, keepdims=True)

# %% repair: np.max(z) → np.max(z, axis=-1)

# %% repair: np.max(z, axis=-1) → np.max(z, axis=-1, keepdims=True)

# %% wrong [one maximum for all]: sum by row, maximum of everything
def softmax(z):
    e = np.exp(z - np.max(z))
    return e / np.sum(e, axis=-1, keepdims=True)

# %% repair: np.max(z) → np.max(z, axis=-1)

# %% repair: np.max(z, axis=-1) → np.max(z, axis=-1, keepdims=True)

# %% wrong [not divided]: the division forgotten
def softmax(z):
    return np.exp(z - z.max(axis=-1, keepdims=True))

# %% repair: divided by the sum of the row
def softmax(z):
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1)

# %% repair: e.sum(axis=-1) → e.sum(axis=-1, keepdims=True)

# %% wrong [axis 1]: axis 1 in place of the last
def softmax(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)

# %% repair: the last axis
def softmax(z):
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)

# %% wrong [axis lost]: keepdims forgotten in the sum
def softmax(z):
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1)

# %% repair: e.sum(axis=-1) → e.sum(axis=-1, keepdims=True)

# %% wrong [sign]: minus in the exponent
def softmax(z):
    e = np.exp(-z - (-z).max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)

# %% repair: -z - (-z).max → z - z.max

# %% wrong [returns None]: printed
def softmax(z):
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    print(e / e.sum(axis=-1, keepdims=True))

# %% repair: print(e / e.sum(axis=-1, keepdims=True)) → return e / e.sum(axis=-1, keepdims=True)

# %% wrong [maximum over axis 1]: axis 1 for the maximum only
def softmax(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)

# %% repair: axis=1 → axis=-1

# %% wrong [sum over axis 1]: axis 1 for the sum, where there is one
def softmax(z):
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=min(1, z.ndim - 1), keepdims=True)

# %% repair: min(1, z.ndim - 1) → -1

# %% wrong [sum down the columns]: axis 0 for the sum
def softmax(z):
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=0, keepdims=True)

# %% repair: axis=0 → axis=-1

# %% wrong [maximum added]: plus
def softmax(z):
    e = np.exp(z + z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)

# %% repair: z + z → z - z

# %% wrong [mean subtracted]: mean for max
def softmax(z):
    e = np.exp(z - z.mean(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)

# %% repair: z.mean → z.max

# %% wrong [minimum subtracted]: min for max
def softmax(z):
    e = np.exp(z - z.min(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)

# %% repair: z.min → z.max

# %% wrong [turned round]: the maximum first
def softmax(z):
    e = np.exp(z.max(axis=-1, keepdims=True) - z)
    return e / e.sum(axis=-1, keepdims=True)

# %% repair: z.max(axis=-1, keepdims=True) - z → z - z.max(axis=-1, keepdims=True)

# %% wrong [mean for sum]: mean
def softmax(z):
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.mean(axis=-1, keepdims=True)

# %% repair: e.mean → e.sum

# %% wrong [multiplied]: times
def softmax(z):
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e * e.sum(axis=-1, keepdims=True)

# %% repair: e * e → e / e

# %% wrong [no exponential]: shares of the logits
def softmax(z):
    return z / z.sum(axis=-1, keepdims=True)

# %% repair: the exponential first
def softmax(z):
    e = np.exp(z)
    return e / e.sum(axis=-1, keepdims=True)

# %% repair: np.exp(z) → np.exp(z - z.max(axis=-1, keepdims=True))

# %% wrong [log softmax]: the library's other function
def softmax(z):
    from scipy.special import log_softmax

    return log_softmax(z, axis=-1)

# %% repair: return log_softmax(z, axis=-1) → return np.exp(log_softmax(z, axis=-1))

# %% wrong [maximum down the columns]: axis 0 for the maximum
def softmax(z):
    e = np.exp(z - z.max(axis=0, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)

# %% repair: axis=0 → axis=-1


# %% wrong [second axis]: axis 1 for the sum only
def softmax(z):
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)

# %% repair: axis=1 → axis=-1
