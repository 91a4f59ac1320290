"""Exercise `sigmoid`: what students hand in."""

# %% right: the exponent is never positive
def sigmoid(x):
    e = np.exp(-np.abs(x))
    return np.where(x >= 0, 1, e) / (1 + e)

# %% right: by way of tanh
def sigmoid(x):
    return (1 + np.tanh(x / 2)) / 2

# %% right: the formula as printed; NumPy warns, and the values are right
def sigmoid(x):
    return 1 / (1 + np.exp(-x))

# %% right: a loop with two branches
def sigmoid(x):
    import math

    result = np.zeros_like(x)
    for index, v in np.ndenumerate(x):
        if v >= 0:
            result[index] = 1 / (1 + math.exp(-v))
        else:
            result[index] = math.exp(v) / (1 + math.exp(v))
    return result

# %% right: clipped where it cannot be seen
def sigmoid(x):
    return 1 / (1 + np.exp(-np.clip(x, -500, 500)))

# %% right: the library's own
def sigmoid(x):
    import keras

    return keras.ops.convert_to_numpy(keras.ops.sigmoid(x))


# %% right: by way of tanh, in 32 bits
def sigmoid(x):
    half = np.asarray(x, dtype="float32") / 2
    return (np.tanh(half) + 1) / 2


# %% wrong [overflow]: inf divided by inf
def sigmoid(x):
    return np.exp(x) / (1 + np.exp(x))

# %% repair: np.exp(x) / (1 + np.exp(x)) → 1 / (1 + np.exp(-x))

# %% wrong [sign]: the curve falls
def sigmoid(x):
    return 1 / (1 + np.exp(x))

# %% repair: np.exp(x) → np.exp(-x)

# %% wrong [parentheses]: one divided by one
def sigmoid(x):
    return 1 / 1 + np.exp(-x)

# %% repair: 1 / 1 + np.exp(-x) → 1 / (1 + np.exp(-x))

# %% wrong [tanh]: the other S
def sigmoid(x):
    return np.tanh(x)

# %% repair: np.tanh(x) → (np.tanh(x) + 1) / 2

# %% repair: np.tanh(x) → np.tanh(x / 2)

# %% wrong [not vectorised]: math.exp on an array
def sigmoid(x):
    import math

    return 1 / (1 + math.exp(-x))

# %% repair: math.exp → np.exp

# %% wrong [clipped too early]: afraid of large numbers
def sigmoid(x):
    x = np.clip(x, -10, 10)
    return 1 / (1 + np.exp(-x))

# %% repair: -10, 10 → -100, 100

# %% wrong [overflow of math]: one number at a time, in the printed form
def sigmoid(x):
    import math

    return np.array([1 / (1 + math.exp(-v)) for v in x.ravel()]).reshape(x.shape)

# %% repair: two forms
def sigmoid(x):
    import math

    def one(v):
        return 1 / (1 + math.exp(-v)) if v >= 0 else math.exp(v) / (1 + math.exp(v))

    return np.array([one(v) for v in x.ravel()]).reshape(x.shape)

# %% wrong [always above one half]: afraid of the sign
def sigmoid(x):
    return 1 / (1 + np.exp(-np.abs(x)))

# %% repair: 1 / (1 + np.exp(-np.abs(x))) → np.where(x >= 0, 1 / (1 + np.exp(-np.abs(x))), np.exp(x) / (1 + np.exp(x)))

# %% right: in float32
def sigmoid(x):
    return 1 / (1 + np.exp(-x.astype('float32')))

# %% wrong [an if on an array]: one branch for the whole array
def sigmoid(x):
    if x >= 0:
        return 1 / (1 + np.exp(-x))
    return np.exp(x) / (1 + np.exp(x))

# %% repair: np.where
def sigmoid(x):
    return np.where(x >= 0, 1 / (1 + np.exp(-x)), np.exp(x) / (1 + np.exp(x)))

# %% wrong [1 lost]: the denominator without its 1
def sigmoid(x):
    return 1 / np.exp(-x)

# %% repair: np.exp(-x) → (1 + np.exp(-x))

# %% wrong [minus below]: minus
def sigmoid(x):
    return 1 / (1 - np.exp(-x))

# %% repair: 1 - np → 1 + np

# %% wrong [2 for 1]: a slip
def sigmoid(x):
    return 1 / (2 + np.exp(-x))

# %% repair: 2 + np → 1 + np

# %% wrong [twice as steep]: by way of tanh, half of it
def sigmoid(x):
    return (1 + np.tanh(x)) / 2

# %% repair: np.tanh(x) → np.tanh(x / 2)

# %% wrong [negative side]: the other form without its denominator
def sigmoid(x):
    e = np.exp(-np.abs(x))
    return np.where(x >= 0, 1 / (1 + e), e)

# %% repair: , e) → , e / (1 + e))

# %% wrong [positive side]: the first form without its fraction
def sigmoid(x):
    e = np.exp(-np.abs(x))
    return np.where(x >= 0, 1 + e, e / (1 + e))

# %% repair: 1 + e, → 1 / (1 + e),
