"""Exercise `mend_backward`: what students hand in."""

# %% right: both mended
def mend_backward(weights, X, y):
    W1, b1, W2, b2 = weights
    Z = X @ W1 + b1
    H = np.tanh(Z)
    P = H @ W2 + b2
    dP = 2 * (P - y) / len(y)
    dZ = (dP @ W2.T) * (1 - H**2)
    return [X.T @ dZ, dZ.sum(axis=0), H.T @ dP, dP.sum(axis=0)]

# %% right: with cosh, a tuple
def mend_backward(weights, X, y):
    W1, b1, W2, b2 = weights
    Z = X.dot(W1) + b1
    dP = (np.tanh(Z).dot(W2) + b2 - y) * (2 / y.size)
    dZ = dP.dot(W2.T) / np.cosh(Z) ** 2
    return X.T.dot(dZ), dZ.sum(0), np.tanh(Z).T.dot(dP), dP.sum(0)

# %% right: TensorFlow's tape
def mend_backward(weights, X, y):
    import tensorflow as tf

    variables = [tf.Variable(w) for w in weights]
    with tf.GradientTape() as tape:
        W1, b1, W2, b2 = variables
        loss = tf.reduce_mean((tf.tanh(X @ W1 + b1) @ W2 + b2 - y) ** 2)
    return [g.numpy() for g in tape.gradient(loss, variables)]

# %% wrong [as it was]: copied
def mend_backward(weights, X, y):
    W1, b1, W2, b2 = weights
    Z = X @ W1 + b1
    H = np.tanh(Z)
    P = H @ W2 + b2
    dP = 2 * (P - y)
    dZ = (dP @ W2.T) * (1 - Z**2)
    return [X.T @ dZ, dZ.sum(axis=0), H.T @ dP, dP.sum(axis=0)]

# %% repair: 2 * (P - y) → 2 * (P - y) / len(y)

# %% repair: Z**2 → H**2

# %% wrong [mean forgotten]: one of two
def mend_backward(weights, X, y):
    W1, b1, W2, b2 = weights
    H = np.tanh(X @ W1 + b1)
    dP = 2 * (H @ W2 + b2 - y)
    dZ = (dP @ W2.T) * (1 - H**2)
    return [X.T @ dZ, dZ.sum(axis=0), H.T @ dP, dP.sum(axis=0)]

# %% repair: (H @ W2 + b2 - y) → (H @ W2 + b2 - y) / len(y)

# %% wrong [Z for tanh of Z]: the other of two
def mend_backward(weights, X, y):
    W1, b1, W2, b2 = weights
    Z = X @ W1 + b1
    H = np.tanh(Z)
    dP = 2 * (H @ W2 + b2 - y) / len(y)
    dZ = (dP @ W2.T) * (1 - Z**2)
    return [X.T @ dZ, dZ.sum(axis=0), H.T @ dP, dP.sum(axis=0)]

# %% repair: Z**2 → H**2

# %% wrong [not squared]: 1 - H
def mend_backward(weights, X, y):
    W1, b1, W2, b2 = weights
    H = np.tanh(X @ W1 + b1)
    dP = 2 * (H @ W2 + b2 - y) / len(y)
    dZ = (dP @ W2.T) * (1 - H)
    return [X.T @ dZ, dZ.sum(axis=0), H.T @ dP, dP.sum(axis=0)]

# %% repair: 1 - H → 1 - H**2

# %% wrong [tanh twice]: of H
def mend_backward(weights, X, y):
    W1, b1, W2, b2 = weights
    H = np.tanh(X @ W1 + b1)
    dP = 2 * (H @ W2 + b2 - y) / len(y)
    dZ = (dP @ W2.T) * (1 - np.tanh(H) ** 2)
    return [X.T @ dZ, dZ.sum(axis=0), H.T @ dP, dP.sum(axis=0)]

# %% repair: np.tanh(H) ** 2 → H**2

# %% wrong [tanh ignored]: no derivative
def mend_backward(weights, X, y):
    W1, b1, W2, b2 = weights
    H = np.tanh(X @ W1 + b1)
    dP = 2 * (H @ W2 + b2 - y) / len(y)
    dZ = dP @ W2.T
    return [X.T @ dZ, dZ.sum(axis=0), H.T @ dP, dP.sum(axis=0)]

# %% repair: dP @ W2.T → (dP @ W2.T) * (1 - H**2)

# %% wrong [the sigmoid's]: h(1 - h)
def mend_backward(weights, X, y):
    W1, b1, W2, b2 = weights
    H = np.tanh(X @ W1 + b1)
    dP = 2 * (H @ W2 + b2 - y) / len(y)
    dZ = (dP @ W2.T) * H * (1 - H)
    return [X.T @ dZ, dZ.sum(axis=0), H.T @ dP, dP.sum(axis=0)]

# %% repair: H * (1 - H) → (1 - H**2)

# %% wrong [2 lost]: while mending
def mend_backward(weights, X, y):
    W1, b1, W2, b2 = weights
    H = np.tanh(X @ W1 + b1)
    dP = (H @ W2 + b2 - y) / len(y)
    dZ = (dP @ W2.T) * (1 - H**2)
    return [X.T @ dZ, dZ.sum(axis=0), H.T @ dP, dP.sum(axis=0)]

# %% repair: dP = (H → dP = 2 * (H

# %% wrong [2 and mean lost]: the difference alone
def mend_backward(weights, X, y):
    W1, b1, W2, b2 = weights
    H = np.tanh(X @ W1 + b1)
    dP = H @ W2 + b2 - y
    dZ = (dP @ W2.T) * (1 - H**2)
    return [X.T @ dZ, dZ.sum(axis=0), H.T @ dP, dP.sum(axis=0)]

# %% repair: dP = H @ W2 + b2 - y → dP = 2 * (H @ W2 + b2 - y) / len(y)

# %% wrong [a tuple of three]: one bias lost
def mend_backward(weights, X, y):
    W1, b1, W2, b2 = weights
    H = np.tanh(X @ W1 + b1)
    dP = 2 * (H @ W2 + b2 - y) / len(y)
    dZ = (dP @ W2.T) * (1 - H**2)
    return X.T @ dZ, dZ.sum(axis=0), H.T @ dP

# %% repair: H.T @ dP → H.T @ dP, dP.sum(axis=0)

# %% wrong [uphill and downhill]: y minus P
def mend_backward(weights, X, y):
    W1, b1, W2, b2 = weights
    H = np.tanh(X @ W1 + b1)
    P = H @ W2 + b2
    dP = 2 * (y - P) / len(y)
    dZ = (dP @ W2.T) * (1 - H**2)
    return [X.T @ dZ, dZ.sum(axis=0), H.T @ dP, dP.sum(axis=0)]

# %% repair: y - P → P - y

# %% wrong [y added]: plus
def mend_backward(weights, X, y):
    W1, b1, W2, b2 = weights
    H = np.tanh(X @ W1 + b1)
    P = H @ W2 + b2
    dP = 2 * (P + y) / len(y)
    dZ = (dP @ W2.T) * (1 - H**2)
    return [X.T @ dZ, dZ.sum(axis=0), H.T @ dP, dP.sum(axis=0)]

# %% repair: P + y → P - y

# %% wrong [y forgotten]: no y
def mend_backward(weights, X, y):
    W1, b1, W2, b2 = weights
    H = np.tanh(X @ W1 + b1)
    P = H @ W2 + b2
    dP = 2 * P / len(y)
    dZ = (dP @ W2.T) * (1 - H**2)
    return [X.T @ dZ, dZ.sum(axis=0), H.T @ dP, dP.sum(axis=0)]

# %% repair: 2 * P → 2 * (P - y)

# %% wrong [n multiplied]: times
def mend_backward(weights, X, y):
    W1, b1, W2, b2 = weights
    H = np.tanh(X @ W1 + b1)
    P = H @ W2 + b2
    dP = 2 * (P - y) * len(y)
    dZ = (dP @ W2.T) * (1 - H**2)
    return [X.T @ dZ, dZ.sum(axis=0), H.T @ dP, dP.sum(axis=0)]

# %% repair: ) * len(y) → ) / len(y)

# %% wrong [the whole squared]: the square outside
def mend_backward(weights, X, y):
    W1, b1, W2, b2 = weights
    Z = X @ W1 + b1
    H = np.tanh(Z)
    dP = 2 * (H @ W2 + b2 - y) / len(X)
    dZ = dP @ W2.T * (1 - H)**2
    return [X.T @ dZ, dZ.sum(axis=0), H.T @ dP, dP.sum(axis=0)]

# %% repair: (1 - H)**2 → (1 - H**2)

# %% wrong [the slope of ReLU]: from the lesson's network
def mend_backward(weights, X, y):
    W1, b1, W2, b2 = weights
    Z = X @ W1 + b1
    H = np.tanh(Z)
    dP = 2 * (H @ W2 + b2 - y) / len(X)
    dZ = dP @ W2.T * (Z > 0)
    return [X.T @ dZ, dZ.sum(axis=0), H.T @ dP, dP.sum(axis=0)]

# %% repair: (Z > 0) → (1 - H**2)

# %% wrong [divided by the columns]: the other axis
def mend_backward(weights, X, y):
    W1, b1, W2, b2 = weights
    Z = X @ W1 + b1
    H = np.tanh(Z)
    dP = 2 * (H @ W2 + b2 - y) / X.shape[1]
    dZ = dP @ W2.T * (1 - H**2)
    return [X.T @ dZ, dZ.sum(axis=0), H.T @ dP, dP.sum(axis=0)]

# %% repair: X.shape[1] → len(X)

# %% wrong [ReLU throughout]: the lesson's own network
def mend_backward(weights, X, y):
    W1, b1, W2, b2 = weights
    Z = X @ W1 + b1
    H = np.maximum(Z, 0)
    dP = 2 * (H @ W2 + b2 - y) / len(y)
    dZ = (dP @ W2.T) * (Z > 0)
    return [X.T @ dZ, dZ.sum(axis=0), H.T @ dP, dP.sum(axis=0)]

# %% repair: np.maximum(Z, 0) → np.tanh(Z)

# %% repair: (Z > 0) → (1 - H**2)
