"""Exercise `leaky_relu`: what students hand in."""

# %% right: the larger of the two
def leaky_relu(x):
    return np.maximum(x, x / 10)

# %% right: where
def leaky_relu(x):
    return np.where(x > 0, x, 0.1 * x)

# %% right: a mask on a copy
def leaky_relu(x):
    result = x.copy()
    result[result < 0] *= 0.1
    return result

# %% right: a loop over the elements
def leaky_relu(x):
    flat = [max(0.1 * v, v) for v in x.ravel()]
    return np.array(flat).reshape(x.shape)

# %% right: two ReLUs, in float32 on the way
def leaky_relu(x):
    x = np.asarray(x)
    return np.maximum(0, x) + 0.1 * np.minimum(0, x)

# %% right: the library's own
def leaky_relu(x):
    import keras

    return keras.ops.leaky_relu(x.astype("float64"), negative_slope=0.1)

# %% wrong [slope 0.01]: the slope of the paper
def leaky_relu(x):
    return np.maximum(0.01 * x, x)

# %% repair: 0.01 → 0.1

# %% wrong [plain ReLU]: no leak at all
def leaky_relu(x):
    return np.maximum(0, x)

# %% repair: 0, x → 0.1 * x, x

# %% wrong [minimum]: the smaller of the two
def leaky_relu(x):
    return np.minimum(0.1 * x, x)

# %% repair: minimum → maximum

# %% wrong [absolute value]: the leak turned positive
def leaky_relu(x):
    return np.where(x > 0, x, 0.1 * np.abs(x))

# %% repair: np.abs(x) → x

# %% wrong [not vectorised]: an if on a whole array
def leaky_relu(x):
    if x > 0:
        return x
    return 0.1 * x

# %% repair: np.where
def leaky_relu(x):
    return np.where(x > 0, x, 0.1 * x)

# %% wrong [one number for all]: the built-in max over the array
def leaky_relu(x):
    return max(np.max(0.1 * x), np.max(x))

# %% repair: max(np.max(0.1 * x), np.max(x)) → np.maximum(0.1 * x, x)

# %% wrong [returns None]: no return
def leaky_relu(x):
    np.maximum(0.1 * x, x)

# %% repair: np.maximum → return np.maximum

# %% wrong [wrong shape]: flattened on the way
def leaky_relu(x):
    return np.array([max(0.1 * v, v) for v in x.ravel()])

# %% repair: x.ravel()]) → x.ravel()]).reshape(x.shape)

# %% right: a mask on x itself
def leaky_relu(x):
    x[x < 0] *= 0.1
    return x

# %% right: lists
def leaky_relu(x):
    return [leaky_relu(row) if np.ndim(row) else max(0.1 * row, row) for row in x]

# %% wrong [max for maximum]: the array as an axis
def leaky_relu(x):
    return np.max(0.1 * x, x)

# %% repair: np.max( → np.maximum(

# %% wrong [a tenth of all]: a tenth of everything
def leaky_relu(x):
    return 0.1 * x

# %% repair: 0.1 * x → np.where(x > 0, x, 0.1 * x)

# %% wrong [IndexError]: written for two axes
def leaky_relu(x):
    out = np.empty(x.shape)
    for i in range(x.shape[0]):
        for j in range(x.shape[1]):
            out[i, j] = max(0.1 * x[i, j], x[i, j])
    return out

# %% repair (hint): np.maximum
def leaky_relu(x):
    return np.maximum(0.1 * x, x)
