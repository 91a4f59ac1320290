"""Exercise `mse_gradient`: what students hand in."""

# %% right: the formula
def mse_gradient(p, y):
    return np.mean((p - y) ** 2), 2 * (p - y) / len(p)

# %% right: sizes and sums, a list
def mse_gradient(p, y):
    d = p - y
    return [float((d * d).sum() / d.size), 2 / d.size * d]

# %% right: a loop
def mse_gradient(p, y):
    loss, gradient = 0.0, np.zeros(p.shape)
    for i in range(len(p)):
        loss += float((p[i] - y[i]) ** 2) if p.ndim == 1 else float((p[i, 0] - y[i, 0]) ** 2)
        gradient[i] = 2 * (p[i] - y[i]) / len(p)
    return loss / len(p), gradient

# %% right: Keras, in float32
def mse_gradient(p, y):
    d = keras.ops.convert_to_numpy(keras.ops.subtract(p, y)).astype("float32")
    return (d**2).mean(), 2 * d / d.size

# %% wrong [2 forgotten]: the square's factor
def mse_gradient(p, y):
    return np.mean((p - y) ** 2), (p - y) / len(p)

# %% repair: , (p → , 2 * (p

# %% wrong [1/n forgotten]: a sum's gradient
def mse_gradient(p, y):
    return np.mean((p - y) ** 2), 2 * (p - y)

# %% repair: 2 * (p - y) → 2 * (p - y) / len(p)

# %% wrong [uphill and downhill]: y minus p
def mse_gradient(p, y):
    return np.mean((y - p) ** 2), 2 * (y - p) / len(p)

# %% repair: 2 * (y - p) → 2 * (p - y)

# %% wrong [mean of the gradient]: one number
def mse_gradient(p, y):
    return np.mean((p - y) ** 2), np.mean(2 * (p - y))

# %% repair: np.mean(2 * (p - y)) → 2 * (p - y)

# %% repair: 2 * (p - y) → 2 * (p - y) / len(p)

# %% wrong [gradient only]: no loss
def mse_gradient(p, y):
    return 2 * (p - y) / len(p)

# %% repair: return 2 → return np.mean((p - y) ** 2), 2

# %% wrong [sum]: no mean anywhere
def mse_gradient(p, y):
    return np.sum((p - y) ** 2), 2 * (p - y)

# %% repair: np.sum → np.mean

# %% repair: 2 * (p - y) → 2 * (p - y) / len(p)

# %% wrong [half]: the book's
def mse_gradient(p, y):
    return 0.5 * np.mean((p - y) ** 2), (p - y) / len(p)

# %% repair: 0.5 * np → np

# %% repair: (p - y) / len(p) → 2 * (p - y) / len(p)

# %% wrong [swapped]: gradient first
def mse_gradient(p, y):
    return 2 * (p - y) / len(p), np.mean((p - y) ** 2)

# %% repair: the two in the other order
def mse_gradient(p, y):
    return np.mean((p - y) ** 2), 2 * (p - y) / len(p)

# %% wrong [added]: plus
def mse_gradient(p, y):
    return np.mean((p + y) ** 2), 2 * (p + y) / len(p)

# %% repair: minus, both times
def mse_gradient(p, y):
    return np.mean((p - y) ** 2), 2 * (p - y) / len(p)

# %% wrong [not squared]: the mean absolute error
def mse_gradient(p, y):
    return np.mean(abs(p - y)), np.sign(p - y) / len(p)

# %% repair: abs(p - y) → (p - y) ** 2

# %% repair: np.sign(p - y) → 2 * (p - y)

# %% wrong [root]: the root mean squared error
def mse_gradient(p, y):
    return np.sqrt(np.mean((p - y) ** 2)), 2 * (p - y) / len(p)

# %% repair: np.sqrt(np.mean((p - y) ** 2)) → np.mean((p - y) ** 2)

# %% wrong [divided by n − 1]: as for a sample
def mse_gradient(p, y):
    n = len(p) - 1
    return np.sum((p - y) ** 2) / n, 2 * (p - y) / n

# %% repair: len(p) - 1 → len(p)
