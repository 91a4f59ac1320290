"""Exercise `elu`: what students hand in."""

# %% right: parentheses
def elu(x, alpha=1.0):
    below = alpha * (np.exp(x) - 1)
    return np.where(x >= 0, x, below)

# %% right: expm1, never large
def elu(x, alpha=1.0):
    return np.where(x >= 0, x, alpha * np.expm1(np.minimum(x, 0)))

# %% right: alpha multiplied out
def elu(x, alpha=1.0):
    below = alpha * np.exp(x) - alpha
    return np.where(x >= 0, x, below)

# %% right: a loop
def elu(x, alpha=1.0):
    from math import exp

    result = np.array(x, dtype=float)
    for i, v in enumerate(result.flat):
        if v < 0:
            result.flat[i] = alpha * (exp(v) - 1)
    return result

# %% right: a mask
def elu(x, alpha=1.0):
    out = x.copy()
    out[x < 0] = alpha * (np.exp(x[x < 0]) - 1)
    return out

# %% wrong [not mended]: only the raise line deleted
def elu(x, alpha=1.0):
    below = alpha * np.exp(x) - 1
    return np.where(x >= 0, x, below)

# %% repair: np.exp(x) - 1 → (np.exp(x) - 1)

# %% wrong [alpha unused]: alpha thrown out
def elu(x, alpha=1.0):
    below = np.exp(x) - 1
    return np.where(x >= 0, x, below)

# %% repair: np.exp(x) - 1 → alpha * (np.exp(x) - 1)

# %% wrong [sign]: the difference turned round
def elu(x, alpha=1.0):
    below = alpha * (1 - np.exp(x))
    return np.where(x >= 0, x, below)

# %% repair: 1 - np.exp(x) → np.exp(x) - 1

# %% wrong [alpha everywhere]: alpha in front of all
def elu(x, alpha=1.0):
    below = np.exp(x) - 1
    return alpha * np.where(x >= 0, x, below)

# %% repair: alpha below alone
def elu(x, alpha=1.0):
    below = np.exp(x) - 1
    return np.where(x >= 0, x, alpha * below)

# %% wrong [no branch]: the branch lost
def elu(x, alpha=1.0):
    below = alpha * (np.exp(x) - 1)
    return below

# %% repair: return below → return np.where(x >= 0, x, below)

# %% wrong [UnboundLocalError]: the faulty line deleted, nothing in its place
def elu(x, alpha=1.0):
    result = np.where(x >= 0, x, below)
    below = alpha * (np.exp(x) - 1)
    return result

# %% repair: the two lines in the other order
def elu(x, alpha=1.0):
    below = alpha * (np.exp(x) - 1)
    result = np.where(x >= 0, x, below)
    return result

# %% wrong [shifted exponent]: the parenthesis one place too late
def elu(x, alpha=1.0):
    below = alpha * np.exp(x - 1)
    return np.where(x >= 0, x, below)

# %% repair: np.exp(x - 1) → np.exp(x) - 1

# %% repair: np.exp(x) - 1 → (np.exp(x) - 1)

# %% right: the library's own
def elu(x, alpha=1.0):
    import keras

    return keras.ops.convert_to_numpy(keras.ops.elu(x, alpha))

# %% wrong [sides swapped]: the other way round
def elu(x, alpha=1.0):
    below = alpha * (np.exp(x) - 1)
    return np.where(x < 0, x, below)

# %% repair: x < 0 → x >= 0

# %% wrong [plus 1]: the sign of the 1
def elu(x, alpha=1.0):
    below = alpha * (np.exp(x) + 1)
    return np.where(x >= 0, x, below)

# %% repair: + 1 → - 1

# %% wrong [1 lost]: the 1 deleted
def elu(x, alpha=1.0):
    below = alpha * np.exp(x)
    return np.where(x >= 0, x, below)

# %% repair: np.exp(x) → (np.exp(x) - 1)

# %% wrong [alpha added]: plus
def elu(x, alpha=1.0):
    below = alpha + np.exp(x) - 1
    return np.where(x >= 0, x, below)

# %% repair: alpha + → alpha *

# %% repair: np.exp(x) - 1 → (np.exp(x) - 1)

# %% wrong [divided by alpha]: a slash
def elu(x, alpha=1.0):
    below = (np.exp(x) - 1) / alpha
    return np.where(x >= 0, x, below)

# %% repair: / alpha → * alpha

# %% right: in float32
def elu(x, alpha=1.0):
    x = np.asarray(x, dtype='float32')
    return np.where(x >= 0, x, alpha * (np.exp(x) - 1))
